import { describe, expect, it } from 'vitest';
import { bibtex } from './bibtex';

describe('bibtex(snapshot)', () => {
	it('cites the paper and the snapshot, with balanced braces', () => {
		const text = bibtex({
			version: '2.1.2',
			hash: 'ab'.repeat(32),
			link: 'https://a.b/#f=}{',
			date: '2026-01-31',
		});
		expect(text).toContain('eprint = {2504.10552}');
		expect(text).toContain('@misc{lemur-snapshot-2.1.2,');
		expect(text).toContain('year = {2026}');
		expect(text).toContain('url = {https://a.b/#f=%7D%7B}');
		expect(text.split('{').length).toBe(text.split('}').length);
	});
});
