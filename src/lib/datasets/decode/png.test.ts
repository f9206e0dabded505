import { zlibSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePng, isPng } from './png';
import { bytesFrom, fixtures } from './testing';

const MAX = 1_000_000;

describe('decodePng()', () => {
	it.each(fixtures.pictures)('reads $mode as Pillow converts it to RGB', ({ png, rgb }) => {
		const bytes = bytesFrom(png);
		expect(isPng(bytes)).toBe(true);
		expect(decodePng(bytes, MAX)).toStrictEqual({ pixels: bytesFrom(rgb), height: 11, width: 13 });
	});

	it('leaves other depths to the browser', () => {
		expect(decodePng(bytesFrom(fixtures.one_bit), MAX)).toBeUndefined();
	});

	it('undoes every filter', () => {
		const sides = fc.integer({ min: 1, max: 6 });
		fc.assert(
			fc.property(
				sides,
				sides,
				fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
				(height, width, random) => {
					const row = width * 3;
					const pixels = Uint8Array.from({ length: height * row }, () => random.next().value);
					const filters = Array.from({ length: height }, () => random.next().value % 5);
					const png = encode(filtered(pixels, row, filters), width, height);
					expect(decodePng(png, MAX)).toStrictEqual({ pixels, height, width });
				},
			),
		);
	});

	it('notices every changed or missing byte', () => {
		const [picture] = fixtures.pictures;
		const bytes = bytesFrom(picture?.png ?? '');
		const whole = decodePng(bytes, MAX);
		for (let at = 8; at < bytes.length; at++) {
			expect(() => decodePng(bytes.subarray(0, at), MAX)).toThrow('ends too early');
			const flipped = bytes.slice();
			flipped[at] = (flipped[at] ?? 0) ^ 1;
			expect(() => decodePng(flipped, MAX)).toThrow(/damaged|too early/);
		}
		expect(whole).toBeDefined();
	});

	it('looks at the size before it inflates', () => {
		const png = encode(new Uint8Array(4), 100_000, 100_000);
		expect(() => decodePng(png, MAX)).toThrow('100000 × 100000 pixels is too large');
	});
});

/** PNG's filters, forwards. */
function filtered(pixels: Uint8Array, row: number, filters: readonly number[]): Uint8Array {
	const lines: number[] = [];
	filters.forEach((filter, y) => {
		lines.push(filter);
		for (let i = 0; i < row; i++) {
			const at = (dx: number, dy: number) =>
				i - dx < 0 || y - dy < 0 ? 0 : (pixels[(y - dy) * row + i - dx] ?? 0);
			const [left, up, corner] = [at(3, 0), at(0, 1), at(3, 1)];
			const nearest = [left, up, corner].reduce((best, one) => {
				const far = (value: number) => Math.abs(left + up - corner - value);
				return far(one) < far(best) ? one : best;
			});
			const guess = [0, left, up, (left + up) >> 1, nearest][filter] ?? 0;
			lines.push((at(0, 0) - guess + 256) % 256);
		}
	});
	return Uint8Array.from(lines);
}

function encode(raw: Uint8Array, width: number, height: number): Uint8Array {
	const head = new DataView(new ArrayBuffer(13));
	head.setUint32(0, width);
	head.setUint32(4, height);
	head.setUint8(8, 8);
	head.setUint8(9, 2);
	const chunks = [
		chunk('IHDR', new Uint8Array(head.buffer)),
		chunk('IDAT', zlibSync(raw)),
		chunk('IEND', new Uint8Array(0)),
	];
	return new Uint8Array(
		Buffer.concat([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), ...chunks]),
	);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
	const bytes = new Uint8Array(data.length + 12);
	const view = new DataView(bytes.buffer);
	view.setUint32(0, data.length);
	bytes.set(new TextEncoder().encode(type), 4);
	bytes.set(data, 8);
	let crc = 0xffffffff;
	for (const byte of bytes.subarray(4, 8 + data.length)) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	}
	view.setUint32(8 + data.length, ~crc >>> 0);
	return bytes;
}
