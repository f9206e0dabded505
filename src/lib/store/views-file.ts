/** The JSON file in which saved views travel. Foreign text: capped, checked, copied by field. */
import * as v from 'valibot';

/** A file larger than this was not written by us. */
const MAX_CHARS = 4_000_000;
const MAX_VIEWS = 2_000;

/** A fragment of this site: nothing that starts elsewhere can get in by a file. */
export const linkSchema = v.pipe(
	v.string(),
	v.regex(/^#[\x21-\x7e]*$/, 'A link must start with # and hold printable ASCII only.'),
	v.maxLength(8_000, 'A link may have 8,000 characters.'),
);

const fileSchema = v.object({
	format: v.literal('lemur-views'),
	version: v.literal(1),
	views: v.pipe(v.array(v.unknown()), v.maxLength(MAX_VIEWS)),
});

const entrySchema = v.object({ name: v.pipe(v.string(), v.maxLength(10_000)), link: linkSchema });

export interface ImportedView {
	readonly name: string;
	readonly link: string;
}

/** An entry that was left out, by its place in the file (from 0). */
export interface ImportRefusal {
	readonly index: number;
	readonly reason: string;
}

/** The text is not a file of saved views. */
export class ViewsFileError extends Error {
	override readonly name = 'ViewsFileError';
}

/** Normal form, no control or direction marks, at most 100 characters; never empty. */
export function cleanName(name: string): string {
	const visible = name
		.slice(0, 10_000)
		.normalize('NFC')
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim();
	return [...visible].slice(0, 100).join('') || 'Untitled view';
}

/** Deterministic text, one view per line. */
export function printViewsFile(views: readonly ImportedView[]): string {
	const lines = views.map(({ name, link }) => `\t\t${JSON.stringify({ name, link })}`);
	const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n\t]`;
	return `{\n\t"format": "lemur-views",\n\t"version": 1,\n\t"views": ${list}\n}\n`;
}

/** @throws ViewsFileError that names what is wrong with the file as a whole */
export function parseViewsFile(text: string): {
	readonly views: readonly ImportedView[];
	readonly refused: readonly ImportRefusal[];
} {
	if (text.length > MAX_CHARS) throw new ViewsFileError('The file is larger than 4 MB.');
	const file = v.safeParse(fileSchema, parseJson(text));
	if (!file.success) {
		throw new ViewsFileError(`Not a file of saved views: ${v.summarize(file.issues)}`);
	}
	const views: ImportedView[] = [];
	const refused: ImportRefusal[] = [];
	for (const [index, entry] of file.output.views.entries()) {
		const result = v.safeParse(entrySchema, entry);
		if (result.success) {
			views.push({ name: cleanName(result.output.name), link: result.output.link });
		} else refused.push({ index, reason: v.summarize(result.issues) });
	}
	return { views, refused };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (thrown) {
		throw new ViewsFileError('The file is not JSON.', { cause: thrown });
	}
}
