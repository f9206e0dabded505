/** An extra check where LibreOffice is installed: it opens every report and prints it, without repair. */
import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { allRows } from '../plots/bad-input';
import { columnsOf } from '../testing';
import { REPORT_KINDS } from './report';
import { makeWorkbook } from './testing';

const run = promisify(execFile);

function installed(): boolean {
	try {
		execFileSync('soffice', ['--version'], { stdio: 'ignore', timeout: 30_000 });
		return true;
	} catch {
		return false;
	}
}

const rows = allRows(
	columnsOf([
		{
			nn: '=cmd',
			trials: [
				[1, 0.5, 3600e9],
				[2, 0.6, 7200e9],
			],
		},
		{ nn: '<b>&', metric: 'iou', dataset: 'coco', task: 'img-segmentation', trials: [[1, 0.25]] },
	]),
);

describe.skipIf(!installed())('LibreOffice (soffice is needed)', () => {
	it.each(REPORT_KINDS)(
		'prints %s',
		async (kind) => {
			const folder = await mkdtemp(join(tmpdir(), 'report-'));
			try {
				const { bytes } = await makeWorkbook(rows, kind);
				await writeFile(join(folder, 'report.xlsx'), bytes);
				const profile = `-env:UserInstallation=file://${folder}/profile`;
				await run(
					'soffice',
					[
						profile,
						'--headless',
						'--convert-to',
						'pdf',
						'--outdir',
						folder,
						join(folder, 'report.xlsx'),
					],
					{ timeout: 100_000 },
				);
				const pdf = await readFile(join(folder, 'report.pdf'));
				expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
				expect(pdf.length).toBeGreaterThan(5000);
			} finally {
				await rm(folder, { recursive: true, force: true });
			}
		},
		120_000,
	);
});
