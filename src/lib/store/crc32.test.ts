import { expect, it } from 'vitest';
import { crc32 } from './crc32';

it('crc32(bytes) is that of zip', () => {
	const of = (text: string) => crc32(new TextEncoder().encode(text)).toString(16);
	// the check value of the algorithm's catalogue, and the empty text
	expect([of('123456789'), of('')]).toEqual(['cbf43926', '0']);
});
