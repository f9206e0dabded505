/**
 * Where in a net something went wrong: modules that run are noted, so that an error can name the one it
 * came from by its dotted path. Costs two list operations for each module that runs.
 */

/** A module, as far as its name is looked for. */
export interface Named {
	namedModules(): Iterable<[string, unknown]>;
}

/** A module inside of the net that was called. */
export interface Place {
	readonly net: Named;
	readonly module: Named;
}

const running: Named[] = [];
/** Errors that have their place already: the innermost module is told first. */
const told = new WeakSet<Error>();

/** @returns the module that runs now, for what happens to its results later */
export function placeNow(): Place | undefined {
	const [net] = running;
	const module = running.at(-1);
	return net && module ? { net, module } : undefined;
}

/** Runs a module's work; what it throws is prefixed by the module's dotted path. */
export function inModule<T>(module: Named, work: () => T): T {
	running.push(module);
	try {
		return work();
	} catch (error) {
		throw atPlace(error, placeNow());
	} finally {
		running.pop();
	}
}

/** @returns the error with the dotted path and, where it is known, the way out before its own words */
export function atPlace(thrown: unknown, place: Place | undefined): Error {
	const error = thrown instanceof Error ? thrown : new Error(String(thrown));
	if (told.has(error) || !place) return error;
	told.add(error);
	const path = pathOf(place);
	error.message = `${path === '' ? '' : `${path}: `}${error.message}${wayOut(error.message)}`;
	return error;
}

/** @returns the dotted path, as `state_dict()` has it; '' for the net itself */
export function pathOf({ net, module }: Place): string {
	for (const [name, one] of net.namedModules()) if (one === module) return name;
	return '';
}

/** tfjs's words for a kernel that a backend lacks, which say nothing of what to do. */
function wayOut(message: string): string {
	const lacking = /Kernel '?(\w+)'? not registered for backend '?(\w+)/.exec(message);
	if (!lacking) return '';
	const [, kernel, backend] = lacking;
	return `. The backend ${backend} has no ${kernel}: choose another backend for this net, the processor has every kernel.`;
}
