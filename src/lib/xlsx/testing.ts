/**
 * Reads a workbook's parts back as XML, and finds what is wrong with a package. Test support only:
 * nothing that ships imports it.
 */
import { strFromU8, unzipSync } from 'fflate';

/** A file of the archive by its name; text of XML parts, bytes of pictures. */
export interface Package {
	readonly names: readonly string[];
	readonly text: (name: string) => string;
	readonly bytes: (name: string) => Uint8Array;
}

/** @returns what a file holds */
export async function bytesOf(file: Blob): Promise<Uint8Array> {
	return new Uint8Array(await file.arrayBuffer());
}

export function unpack(file: Uint8Array): Package {
	const entries = unzipSync(file);
	const bytes = (name: string) => {
		const entry = entries[name];
		if (!entry) throw new RangeError(`There is no ${name} in the workbook.`);
		return entry;
	};
	return { names: Object.keys(entries), bytes, text: (name) => strFromU8(bytes(name)) };
}

export interface XmlCell {
	readonly ref: string;
	/** the attribute `t` */
	readonly type: string;
	/** the attribute `s`; 0 without */
	readonly style: number;
	/** what is between its tags, without markup */
	readonly text: string;
	/** a value element is there, maybe empty */
	readonly hasValue: boolean;
	readonly formula: boolean;
}

const CELL = /<c r="([A-Z]+\d+)"(?: s="(\d+)")? t="(\w+)">(.*?)<\/c>/gs;

export function* cellsOf(sheet: string): Generator<XmlCell> {
	for (const [, ref = '', style = '0', type = '', content = ''] of sheet.matchAll(CELL))
		yield {
			ref,
			type,
			style: Number(style),
			text: content.replace(/<[^>]*>/g, ''),
			hasValue: content.includes('<v'),
			formula: content.includes('<f'),
		};
}

/** Attributes of each element of this name, without its namespace's entities resolved. */
export function elementsOf(xml: string, name: string): Record<string, string>[] {
	const found = xml.matchAll(new RegExp(`<${name}(?=[ />])([^>]*)>`, 'g'));
	return Array.from(found, ([, attributes = '']) =>
		Object.fromEntries(
			Array.from(attributes.matchAll(/([\w:]+)="([^"]*)"/g), ([, key = '', value = '']) => [
				key,
				value,
			]),
		),
	);
}

export interface Anchor {
	readonly column: number;
	readonly row: number;
	readonly offset: readonly [number, number];
	/** EMU */
	readonly size: readonly [number, number];
	readonly name: string;
	readonly id: string;
	readonly relation: string;
	/** whole path of the picture or chart */
	readonly target: string;
}

/** @param part such as `xl/drawings/drawing1.xml` */
export function anchorsOf(file: Package, part: string): Anchor[] {
	const xml = file.text(part);
	const targets = relationsOf(file, part);
	return Array.from(
		xml.matchAll(/<xdr:oneCellAnchor>(.*?)<\/xdr:oneCellAnchor>/gs),
		([, one = '']) => {
			const number = (name: string) =>
				Number(new RegExp(`<${name}>(-?\\d+)</${name}>`).exec(one)?.[1]);
			const [size] = elementsOf(one, 'xdr:ext');
			const [named] = elementsOf(one, 'xdr:cNvPr');
			const relation = /r:(?:embed|id)="(\w+)"/.exec(one)?.[1] ?? '';
			return {
				column: number('xdr:col'),
				row: number('xdr:row'),
				offset: [number('xdr:colOff'), number('xdr:rowOff')],
				size: [Number(size?.['cx']), Number(size?.['cy'])],
				name: named?.['name'] ?? '',
				id: named?.['id'] ?? '',
				relation,
				target: targets.get(relation) ?? '',
			};
		},
	);
}

/** Whole paths, or addresses outside, of a part's relations by their ids. */
export function relationsOf(file: Package, part: string): Map<string, string> {
	const [folder, name] = split(part);
	const rels = `${folder}_rels/${name}.rels`;
	if (!file.names.includes(rels)) return new Map();
	return new Map(
		elementsOf(file.text(rels), 'Relationship').map((relation) => [
			relation['Id'] ?? '',
			relation['TargetMode'] === 'External'
				? (relation['Target'] ?? '')
				: new URL(relation['Target'] ?? '', `file:///${folder}`).pathname.slice(1),
		]),
	);
}

/** @returns what a strict reader would complain of, in words; nothing for a sound workbook */
export function packageProblems(bytes: Uint8Array): string[] {
	const file = unpack(bytes);
	return [
		...file.names
			.filter((name) => /\.(xml|rels)$/.test(name))
			.flatMap((name) => xmlProblems(name, file.text(name))),
		...contentTypeProblems(file),
		...file.names.flatMap((name) => relationProblems(file, name)),
		...repeated('name in the archive', file.names),
	];
}

function contentTypeProblems(file: Package): string[] {
	const types = file.text('[Content_Types].xml');
	const defaults = elementsOf(types, 'Default').map((one) => one['Extension']);
	const parts = elementsOf(types, 'Override').map((one) => one['PartName']?.slice(1) ?? '');
	const extension = (name: string) => name.slice(name.lastIndexOf('.') + 1);
	return [
		...repeated('content type', parts),
		...parts
			.filter((part) => !file.names.includes(part))
			.map((part) => `${part} has a type but is not there`),
		...file.names
			.filter((name) => name !== '[Content_Types].xml' && !parts.includes(name))
			.filter((name) => !defaults.includes(extension(name)) || extension(name) === 'xml')
			.map((name) => `${name} has no content type`),
	];
}

function relationProblems(file: Package, part: string): string[] {
	if (part.endsWith('.rels')) {
		const ids = elementsOf(file.text(part), 'Relationship').map((one) => one['Id'] ?? '');
		return repeated(`id in ${part}`, ids);
	}
	if (!part.endsWith('.xml')) return [];
	const relations = relationsOf(file, part);
	const used = Array.from(
		file.text(part).matchAll(/ r:(?:id|embed)="(\w+)"/g),
		([, id = '']) => id,
	);
	const external = (target: string) => /^[a-z]+:/.test(target);
	return [
		...used
			.filter((id) => !relations.has(id))
			.map((id) => `${part} uses ${id}, which leads nowhere`),
		...[...relations].flatMap(([id, target]) =>
			external(target) || file.names.includes(target)
				? []
				: [`${part}: ${id} leads to ${target}, which is not there`],
		),
		...repeated(
			`drawing id in ${part}`,
			elementsOf(file.text(part), 'xdr:cNvPr').map((one) => one['id'] ?? ''),
		),
	];
}

/** Tags that do not match, stray characters and unknown entities. */
function xmlProblems(name: string, xml: string): string[] {
	const open: string[] = [];
	// eslint-disable-next-line no-control-regex
	if (/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(xml))
		return [`${name} holds a forbidden character`];
	if (/&(?!(?:amp|lt|gt|quot|#\d+);)/.test(xml)) return [`${name} holds a stray &`];
	for (const [, close, tag = '', self] of xml.matchAll(/<(\/?)([\w:]+)(?:\s[^<>]*?)?(\/?)>/g)) {
		if (close) {
			if (open.pop() !== tag) return [`${name}: </${tag}> closes another element`];
		} else if (!self) open.push(tag);
	}
	const text = xml.replace(/<\?[^>]*\?>|<\/?[\w:]+(?:\s[^<>]*?)?\/?>/g, '');
	if (/[<>]/.test(text)) return [`${name} holds a stray < or >`];
	return open.length > 0 ? [`${name}: ${open.join(', ')} never closed`] : [];
}

function repeated(what: string, values: readonly string[]): string[] {
	const twice = values.filter((value, i) => values.indexOf(value) !== i);
	return twice.map((value) => `${what} repeated: ${value}`);
}

function split(part: string): [folder: string, name: string] {
	const at = part.lastIndexOf('/') + 1;
	return [part.slice(0, at), part.slice(at)];
}
