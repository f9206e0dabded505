/** Text that has to fit: shortened in the middle, or broken into lines. */
import type { Surface } from './surface';

/** @returns the text, or both of its ends with … between them, at most `room` wide */
export function shortened(text: string, room: number, size: number, surface: Surface): string {
	if (surface.measure(text, size) <= room) return text;
	const chars = [...text];
	let [fits, fails] = [0, chars.length];
	while (fails - fits > 1) {
		const kept = (fits + fails) >> 1;
		if (surface.measure(ends(chars, kept), size) <= room) fits = kept;
		else fails = kept;
	}
	return ends(chars, fits);
}

function ends(chars: readonly string[], kept: number): string {
	const head = Math.ceil(kept / 2);
	const tail = kept - head;
	return `${chars.slice(0, head).join('')}…${tail > 0 ? chars.slice(-tail).join('') : ''}`;
}

/** @returns lines no wider than `room`, at most `most`; the last one ends with … if words are left over */
export function wrapped(
	text: string,
	room: number,
	size: number,
	surface: Surface,
	most: number,
	bold = false,
): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(/\s+/).filter(Boolean)) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (line === '' || surface.measure(longer, size, bold) <= room) line = longer;
		else {
			lines.push(line);
			line = word;
		}
	}
	if (line !== '') lines.push(line);
	const cut = lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1]} …`] : lines;
	return cut.map((one) => shortened(one, room, size * (bold ? 1.1 : 1), surface));
}
