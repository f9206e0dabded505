/** The data card beside the snapshots: README.md in the form of the Hugging Face hub, croissant.json. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest, Snapshot } from '../../src/lib/db/manifest';
import { BIBTEX, croissant, LEMUR_URL } from './croissant';

/** Writes both into `folder`, which already holds the files that `manifest` names. */
export function writeCard(folder: string, manifest: Manifest): void {
	const json = `${JSON.stringify(croissant(folder, manifest), null, '\t')}\n`;
	writeFileSync(join(folder, 'croissant.json'), json);
	writeFileSync(join(folder, 'README.md'), readme(manifest));
}

function readme(manifest: Manifest): string {
	const shipped = manifest.snapshots.find(({ version }) => version === manifest.default);
	return `---
license: mit
pretty_name: LEMUR training statistics
size_categories:
  - 100K<n<1M
task_categories:
  - image-classification
  - image-segmentation
  - object-detection
  - image-to-text
  - text-generation
  - text-to-image
tags:
  - arxiv:2504.10552
  - automl
  - hyperparameters
  - learning-curves
---

# LEMUR training statistics

Every training record inside releases of [nn-dataset](${LEMUR_URL}), the package of the LEMUR
neural network dataset: task, dataset, metric, net, epoch, accuracy, duration and hyperparameters,
bit by bit as the release has them. The nets' source code is not here.

${table(manifest.snapshots)}

## Files

- \`manifest.json\` lists the snapshots with the size and SHA-256 of every file.
- \`<version>-<hash>.bin\`: pieces of one gzip stream; inflated it is a SQLite database.
- \`<version>-summary-<hash>.bin\`: gzip JSON with leaderboards, nets and families.
- \`<version>-report.json\`: records of the release that are odd in some way, and what became of them.
- \`croissant.json\`: the same list of files for dataset tools.

Nothing is dated or random: \`npm run stat-db -- --wheel FILE\` gives the same database from the same
wheel. What identifies a snapshot is \`database.sha256\` in the manifest.

## Open it with sqlite3

\`\`\`sh
cat ${shipped?.chunks.map(({ name }) => name).join(' ') ?? ''} > lemur.db.gz
gunzip lemur.db.gz
sqlite3 lemur.db "SELECT nn, max(accuracy) FROM stat WHERE dataset = 'cifar-10' GROUP BY nn ORDER BY 2 DESC LIMIT 10"
\`\`\`

The views \`stat\`, \`prm\`, \`nn\`, \`metric\`, \`transform\` and \`run\` have the names and columns of LEMUR's own
tables. \`duration\` is in nanoseconds since the start of the run. Three things differ: \`code\` is NULL,
and where a uid can be computed from the hyperparameters the views say \`run-<number>\` instead of it,
as plain SQL has no MD5; \`stat.id\` is \`run-<number>-<epoch>\`. \`stat.prm\` still joins \`prm.uid\`.

## Licence

LEMUR is distributed under the MIT licence; so is this copy of its records.

> Copyright (c) 2024- ABrain One and contributors. All rights reserved.
>
> Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
> associated documentation files (the "Software"), to deal in the Software without restriction,
> including without limitation the rights to use, copy, modify, merge, publish, distribute,
> sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
> furnished to do so, subject to the following conditions:
>
> The above copyright notice and this permission notice shall be included in all copies or
> substantial portions of the Software.
>
> THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
> NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
> NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
> DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
> OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.

## Citation

\`\`\`bibtex
${BIBTEX}
\`\`\`
`;
}

const COLUMNS = ['snapshot', 'date', 'trials', 'runs', 'configurations', 'nets', 'device runs'];

function table(snapshots: readonly Snapshot[]): string {
	const rows = snapshots.map(({ title, date, counts }) => [
		title,
		date,
		counts.trials,
		counts.runs,
		counts.configurations,
		counts.nets,
		counts.deviceRuns,
	]);
	return [COLUMNS, COLUMNS.map(() => '---'), ...rows]
		.map((row) => `| ${row.join(' | ')} |`)
		.join('\n');
}
