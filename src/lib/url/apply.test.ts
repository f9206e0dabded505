import { describe, expect, it } from 'vitest';
import { differences, hashOf } from './apply';

const snapshot = (version: string, digit: string, trials: number) => ({
	version,
	counts: { trials },
	database: { bytes: 1, sha256: digit.repeat(64) },
});
const manifest = {
	default: '2.2.0',
	snapshots: [snapshot('2.2.0', 'b', 600_000), snapshot('1.2.2', 'c', 41_134)],
};

describe('differences(made, manifest, open)', () => {
	it('says nothing when the link opens the data it was made on, or pins none', () => {
		expect(differences({ version: '' }, manifest)).toBeUndefined();
		expect(differences({ version: '1.2.2' }, manifest)).toBeUndefined();
		expect(differences({ version: '1.2.2', hash: 'c'.repeat(12) }, manifest)).toBeUndefined();
	});

	it('reports a snapshot that this site does not have', () => {
		const found = differences({ version: '2.1.2', hash: 'a'.repeat(12) }, manifest);
		expect(found).toMatchObject({ code: 'LINK_DATA', kind: 'version', available: false });
		expect(found?.now).toEqual({ version: '2.2.0', hash: 'b'.repeat(12), trials: 600_000 });
		expect(found?.message).toBe(
			'The link was made on snapshot 2.1.2, which this site does not have; shown is snapshot 2.2.0 (600,000 trials).',
		);
	});

	it('reports another build of the same version', () => {
		const found = differences({ version: '1.2.2', hash: 'd'.repeat(12) }, manifest);
		expect(found).toMatchObject({ kind: 'hash', available: false });
	});

	it('reports data that is here but not open, with both counts', () => {
		const found = differences({ version: '1.2.2' }, manifest, '2.2.0');
		expect(found).toMatchObject({ kind: 'open', available: true, made: { trials: 41_134 } });
		expect(found?.message).toContain('snapshot 1.2.2 (41,134 trials); shown is snapshot 2.2.0');
	});
});

describe('hashOf(snapshot)', () => {
	it('is what a link pins', () => {
		expect(hashOf(manifest.snapshots[1]!)).toBe('c'.repeat(12));
	});
});
