import { describe, expect, it, vi } from 'vitest';
import type { DataClient } from '../db/client';
import type { SqlClient } from '../db/sql/client';
import type { DataRows } from '../stats/data-api';
import { REPORT_MEDIA_TYPE } from '../stats/report/report';
import { createLemur } from './lemur';

const data: DataRows = {
	rows: 2,
	task: ['img-classification', 'img-classification'],
	dataset: ['mnist', 'mnist'],
	metric: ['acc', 'acc'],
	nn: ['AlexNet', 'ResNet'],
	epoch: Float64Array.of(1, 2),
	accuracy: Float64Array.of(0.5, 0.25),
	duration: Float64Array.of(NaN, 7),
	uid: ['a', 'b'],
	transform: ['norm', 'norm'],
	prm: Uint32Array.of(0, 0),
	prmSets: [{ batch: 4, transform: 'norm' }],
};

/** A client that answers the given methods and refuses all others. */
function standIn<T extends object>(methods: Partial<T>): T {
	return new Proxy(methods as T, {
		get(target, key) {
			if (key in target) return Reflect.get(target, key);
			throw new Error(`Not expected: ${String(key)}`);
		},
	});
}

const studies = () => {
	throw new Error('Not expected: a study');
};

const trainer = () => {
	throw new Error('Not expected: a trial');
};

function setUp() {
	const asked = vi.fn(async () => data);
	const ran = vi.fn(async () => ({
		columns: [
			{ name: 'n', kind: 'number' as const, values: Float64Array.of(1, NaN) },
			{ name: 't', kind: 'text' as const, values: ['x', null] },
		],
		rows: 2,
		truncated: 'rows' as const,
		ms: 3,
	}));
	const versions: string[] = [];
	const lemur = createLemur({
		client: (version) => {
			versions.push(version);
			return standIn<DataClient>({ data: asked });
		},
		sqlClient: () => standIn<SqlClient>({ run: ran }),
		baseUrl: 'https://site.example/sub/',
		...{ trainer, studies },
		fetch: async (url) => {
			expect(String(url)).toBe('https://site.example/sub/stat-db/manifest.json');
			return new Response(JSON.stringify({ format: 1 }));
		},
	});
	return { lemur, asked, ran, versions };
}

describe('lemur.data', () => {
	it("gives LEMUR's columns, null where nothing was recorded", async () => {
		const { lemur, asked, versions } = setUp();
		const rows = await lemur.data({ dataset: 'mnist', maxRows: null, snapshot: '1.2.2' });
		expect(rows[0]).toEqual({
			task: 'img-classification',
			dataset: 'mnist',
			metric: 'acc',
			metric_code: null,
			nn: 'AlexNet',
			nn_code: null,
			epoch: 1,
			accuracy: 0.5,
			duration: null,
			prm: { batch: 4, transform: 'norm' },
			transform_code: null,
		});
		expect(rows[1]?.duration).toBe(7);
		expect(asked).toHaveBeenCalledWith({ dataset: 'mnist', maxRows: null });
		expect(versions).toEqual(['1.2.2']);
	});

	it('refuses a misspelt argument and points to sql', async () => {
		const { lemur, asked } = setUp();
		const misspelt: object = { datset: 'mnist' };
		await expect(lemur.data(misspelt)).rejects.toThrow(/lemur\.data: datset/);
		const sql: object = { sql: 'SELECT 1' };
		await expect(lemur.data(sql)).rejects.toThrow(/lemur\.sql/);
		expect(asked).not.toHaveBeenCalled();
	});
});

describe('lemur.sql', () => {
	it('gives names and rows, NULL as null, and says when rows were cut', async () => {
		const { lemur, ran } = setUp();
		const result = await lemur.sql('SELECT 1', [], { limit: 2 });
		expect(result).toEqual({
			columns: ['n', 't'],
			rows: [
				[1, 'x'],
				[null, null],
			],
			truncated: true,
			ms: 3,
		});
		expect(ran).toHaveBeenCalledWith('SELECT 1', [], { limit: 2 });
	});
});

describe('lemur.link and lemur.state', () => {
	it('read back each other', () => {
		const { lemur } = setUp();
		const link = lemur.link({ filter: { dataset: ['mnist'] }, view: 'curves' });
		const { view, problems } = lemur.state(`https://site.example/explore/${link}`);
		expect([view.filter, view.view, problems]).toEqual([{ dataset: ['mnist'] }, 'curves', []]);
	});

	it('refuse what is no state', () => {
		const { lemur } = setUp();
		const wrong: object = { view: 'pie' };
		expect(() => lemur.link(wrong)).toThrow(/lemur\.link: view/);
	});
});

describe('lemur.snapshots and lemur.export', () => {
	it('check what comes from outside', async () => {
		const { lemur } = setUp();
		await expect(lemur.snapshots()).rejects.toThrow();
		const format = 'docx';
		await expect(Reflect.apply(lemur.export, lemur, [format])).rejects.toThrow(/lemur\.export/);
	});
});

describe('lemur.plot', () => {
	const layout = { title: { text: 'T' }, showlegend: false };
	const figure = { data: [], layout, title: 'T', summary: '', used: 0, notes: [], table: [] };

	function setUpPlot(answer: object) {
		const plot = vi.fn(async (..._asked: unknown[]) => answer);
		const client = vi.fn((_version: string) => standIn({ plot }) as unknown as DataClient);
		const none = () => standIn<SqlClient>({});
		const lemur = createLemur({ client, sqlClient: none, baseUrl: '', fetch, trainer, studies });
		return { lemur, plot, client };
	}

	it('asks for the plot of the filter, with options read strictly', async () => {
		const { lemur, plot, client } = setUpPlot(figure);
		const filter = { dataset: ['mnist'] };
		const options = { mode: 'lemur', top: 3, snapshot: '1.2.2' } as const;
		expect(await lemur.plot('rolling-mean', filter, options)).toEqual({ data: [], layout });
		expect(client).toHaveBeenCalledWith('1.2.2');
		expect(plot).toHaveBeenCalledWith(filter, 'rolling-mean', { mode: 'lemur', top: 3 });
		await expect(lemur.plot('ecdf', {}, { tpo: 3 } as object)).rejects.toThrow(/tpo/);
		await expect(lemur.plot('ecdf', { datset: [] })).rejects.toThrow(/datset/);
		expect(plot).toHaveBeenCalledTimes(1);
	});

	it('names the plots there are when asked for another', async () => {
		const { lemur, plot } = setUpPlot(figure);
		await expect(lemur.plot('pie' as 'ecdf')).rejects.toThrow(/mean-std, box-epoch.*ecdf/);
		expect(plot).not.toHaveBeenCalled();
	});

	it('says in the layout why nothing is drawn', async () => {
		const { lemur } = setUpPlot({ ...figure, empty: 'No record <passes>.' });
		const { layout: said } = await lemur.plot('pareto');
		expect(said.annotations?.[0]?.text).toBe('No record &lt;passes&gt;.');
	});
});

describe('lemur.report', () => {
	function setUpReport() {
		const file = new Blob(['PK'], { type: REPORT_MEDIA_TYPE });
		const report = vi.fn(async (_asked: { options: { link: string; sentence: string } }) => ({
			file,
		}));
		const ready = async () => ({ version: '1.2.2', hash: 'abcdef0123456789' });
		const methods = { ready, facets: async () => ({ total: 7 }), report };
		const client = vi.fn((_version: string) => standIn(methods) as unknown as DataClient);
		const none = () => standIn<SqlClient>({});
		const lemur = createLemur({
			client,
			sqlClient: none,
			baseUrl: 'https://a.b/c/',
			fetch,
			...{ trainer, studies },
		});
		return { lemur, report, client };
	}

	it('gives a workbook that names its rows, its data and its link', async () => {
		const { lemur, report, client } = setUpReport();
		const filter = { dataset: ['mnist'] };
		const options = { pictures: false, snapshot: '1.2.2' };
		const blob = await lemur.report('living', filter, options);
		expect([blob.size, blob.type]).toEqual([2, REPORT_MEDIA_TYPE]);
		expect(client).toHaveBeenCalledWith('1.2.2');
		expect(report).toHaveBeenCalledWith({
			filter,
			kind: 'living',
			options: {
				sentence: '7 records, mnist; snapshot 1.2.2',
				link: expect.stringMatching(/^https:\/\/a\.b\/c\/explore\/#.*dataset=mnist/),
				source: 'LEMUR 1.2.2, sha256 abcdef0123456789',
				date: expect.any(String),
				pictures: false,
			},
		});
		const { view } = lemur.state(report.mock.calls[0]?.[0].options.link ?? '');
		expect(view.filter).toEqual(filter);
		expect(view.snapshot).toEqual({ version: '1.2.2', hash: 'abcdef012345' });
	});

	it('refuses kinds, filters and options that there are not', async () => {
		const { lemur, report } = setUpReport();
		const asked = (...args: unknown[]) => Reflect.apply(lemur.report, lemur, args);
		await expect(asked('docx')).rejects.toThrow(/lemur-statistics, lemur-raw, living/);
		await expect(asked('living', { datset: [] })).rejects.toThrow(/datset/);
		await expect(asked('living', {}, { picture: true })).rejects.toThrow(/lemur\.report: picture/);
		expect(report).not.toHaveBeenCalled();
	});
});
