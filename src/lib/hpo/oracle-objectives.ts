/** The objectives of studies.json, as its README states them. For runners, tests and the bench only. */
import * as v from 'valibot';
import type { Params } from './space';

const numbers = v.array(v.number());
const lemurConstants = v.object({
	lr0: v.number(),
	lrb: v.number(),
	lrs: v.number(),
	m0: v.number(),
	ms: v.number(),
	d0: v.number(),
	ds: v.number(),
	b0: v.number(),
	bs: v.number(),
	base: v.number(),
	amp: v.number(),
	q: numbers,
});
const plateauConstants = v.object({ c: numbers, levels: v.number(), noise: v.number() });
const catinterConstants = v.object({ w: v.number(), ph: v.number() });
const sphereConstants = v.object({ r: v.number(), ph: v.number() });

export type OracleObjective = (params: Params) => number;

/** @returns the objective of a name, with its constants */
export function oracleObjective(name: string, constants: unknown): OracleObjective {
	switch (name) {
		case 'lemur':
			return lemur(v.parse(lemurConstants, constants));
		case 'branin':
			return branin;
		case 'hartmann6':
			return hartmann6;
		case 'plateau':
			return plateau(v.parse(plateauConstants, constants));
		case 'catinter':
			return catinter(v.parse(catinterConstants, constants));
		case 'sphere10':
			return sphere10(v.parse(sphereConstants, constants));
		default:
			throw new RangeError(`There is no objective ${name}.`);
	}
}

const real = (params: Params, name: string) => v.parse(v.number(), params[name]);
/** Choices are named by a letter and their place: t3, a0. */
const place = (params: Params, name: string) => Number(v.parse(v.string(), params[name]).slice(1));

function lemur(k: v.InferOutput<typeof lemurConstants>): OracleObjective {
	return (params) => {
		const b = Math.log2(real(params, 'batch'));
		const e =
			((Math.log10(real(params, 'lr')) - k.lr0 - k.lrb * (b - 6)) / k.lrs) ** 2 +
			((real(params, 'momentum') - k.m0) / k.ms) ** 2 +
			((real(params, 'dropout') - k.d0) / k.ds) ** 2 +
			((b - k.b0) / k.bs) ** 2;
		return k.base + k.amp * k.q[place(params, 'transform')]! * Math.exp(-e / 2);
	};
}

function branin(params: Params): number {
	const x = real(params, 'x1');
	const y = real(params, 'x2');
	const bend = y - (5.1 * x * x) / (4 * Math.PI * Math.PI) + (5 * x) / Math.PI - 6;
	return bend * bend + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
}

const HARTMANN = {
	a: [1, 1.2, 3, 3.2],
	A: [
		[10, 3, 17, 3.5, 1.7, 8],
		[0.05, 10, 17, 0.1, 8, 14],
		[3, 3.5, 1.7, 10, 17, 8],
		[17, 8, 0.05, 10, 0.1, 14],
	],
	P: [
		[1312, 1696, 5569, 124, 8283, 5886],
		[2329, 4135, 8307, 3736, 1004, 9991],
		[2348, 1451, 3522, 2883, 3047, 6650],
		[4047, 8828, 8732, 5743, 1091, 381],
	],
} as const;

function hartmann6(params: Params): number {
	const x = Array.from({ length: 6 }, (_, j) => real(params, `x${j}`));
	return -HARTMANN.a.reduce((sum, a, i) => {
		const distance = x.reduce(
			(inner, value, j) => inner + HARTMANN.A[i]![j]! * (value - HARTMANN.P[i]![j]! / 1e4) ** 2,
			0,
		);
		return sum + a * Math.exp(-distance);
	}, 0);
}

function plateau(k: v.InferOutput<typeof plateauConstants>): OracleObjective {
	return (params) => {
		const [x, y, z, n] = ['x', 'y', 'z', 'n'].map((name) => real(params, name)) as [
			number,
			number,
			number,
			number,
		];
		const at = [x, y, z, (n - 1) / 31];
		const r = Math.sqrt(at.reduce((sum, one, i) => sum + (one - k.c[i]!) ** 2, 0) / at.length);
		const s = 43758.5453 * Math.sin(12.9898 * x + 78.233 * y + 37.719 * z + 4.581 * n);
		return Math.floor(k.levels * r) / k.levels + k.noise * (s - Math.floor(s));
	};
}

function catinter(k: v.InferOutput<typeof catinterConstants>): OracleObjective {
	return (params) => {
		const c = ['a', 'b', 'c', 'd'].map((name) => place(params, name));
		let sum = (real(params, 'u') - (c[0]! + 0.5) / 4) ** 2;
		for (let i = 0; i < 3; i++)
			sum += 1 + Math.sin(k.w * (c[i]! + 1) * (c[i + 1]! + 2) + k.ph * (i + 1));
		return sum;
	};
}

function sphere10(k: v.InferOutput<typeof sphereConstants>): OracleObjective {
	return (params) => {
		let sum = 0;
		for (let i = 0; i < 10; i++) sum += (real(params, `x${i}`) - k.r * Math.sin(i + k.ph)) ** 2;
		return sum;
	};
}
