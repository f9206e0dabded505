/** Which backend the reference vectors run on: the cpu in Node, others in the browser's tests. */
import { useCpu } from './cpu';

let use: () => Promise<void> = useCpu;

/** Makes the chosen backend the current one. */
export function useOracleBackend(): Promise<void> {
	return use();
}

export function setOracleBackend(next: () => Promise<void>): void {
	use = next;
}
