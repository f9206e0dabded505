/**
 * Nets by LEMUR's name. A new net is one file and one line here. Nets that are not compiled in are
 * registered while the page runs.
 */
import type { NetSpec } from './net';
import { resNet } from './ResNet';

const compiled: readonly NetSpec[] = [resNet];

const brought = new Map<string, NetSpec>();

/** @returns the compiled nets, then those that were brought, in order */
export function nets(): readonly NetSpec[] {
	return [...compiled.filter(({ name }) => !brought.has(name)), ...brought.values()];
}

/** @returns the net of this name, or undefined */
export function netOf(name: string): NetSpec | undefined {
	return brought.get(name) ?? compiled.find((net) => net.name === name);
}

/** Adds a visitor's net, or replaces the one of its name. */
export function registerNet(spec: NetSpec): void {
	brought.set(spec.name, spec);
}
