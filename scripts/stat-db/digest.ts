/** A digest of a multiset of texts: the order in which they come does not matter. */
import { hash } from 'node:crypto';

const MASK = (1n << 128n) - 1n;

/** Sums the MD5s of its texts modulo 2^128; a repeated text counts each time. */
export class MultisetDigest {
	#sum = 0n;
	count = 0;

	add(text: string): void {
		this.#sum = (this.#sum + BigInt(`0x${hash('md5', text)}`)) & MASK;
		this.count++;
	}

	/** Equal for equal multisets. */
	toString(): string {
		return `${this.count}:${this.#sum.toString(16)}`;
	}
}
