import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figureProblems } from '../../stats/plots/figure-problems';
import { categorical, float } from '../distributions';
import { spaceOf } from '../space';
import { createStudy } from '../study/ask-tell';
import type { Study } from '../study/study';
import { testDefinition } from '../study/testing';
import { STUDY_PLOT_IDS, type PlotStudy } from './plot';
import { regretFigure } from './regret';
import { STUDY_PLOTS } from './registry';

const space = spaceOf({
	lr: float(1e-5, 1, { log: true }),
	momentum: float(0, 1),
	batch: categorical([1, 2, 4, 8]),
	fixed: float(3, 3),
});

type Step = readonly [end: number, value: number];

function studyOf(steps: readonly Step[]): Study {
	let now = 0;
	const asked = createStudy(
		testDefinition({ space, sampler: { id: 'random' } }),
		() => (now += 60_000),
	);
	for (const [end, value] of steps) {
		const { number } = asked.ask();
		if (end % 3 === 0) asked.report(number, 1, value);
		if (end % 2 === 0) asked.report(number, end, value / 2);
		if (end % 7 === 1) asked.tell(number, { state: 'PRUNED' });
		else if (end % 7 === 2) asked.tell(number, { state: 'FAIL', reason: 'no' });
		else if (end % 7 !== 3) asked.tell(number, value);
	}
	return asked.study;
}

const shown = (study: Study, name = 's'): PlotStudy => ({
	name,
	direction: study.definition.directions[0]!,
	trials: study.trials,
});

const value = fc.oneof(
	fc.double({ min: -5, max: 5, noNaN: true }),
	fc.constantFrom(0, NaN, Infinity, -Infinity),
);
const steps = fc.array(fc.tuple(fc.nat(20), value), { maxLength: 60 });

describe.each(STUDY_PLOT_IDS)('%s', (id) => {
	const spec = STUDY_PLOTS[id];

	it('is a sound figure, or says what is missing, whatever the trials are', () => {
		fc.assert(
			fc.property(steps, steps, fc.constantFrom('light', 'dark'), (a, b, theme) => {
				const studies = [shown(studyOf(a), 'a'), shown(studyOf(b), 'b')];
				for (const drawn of spec.compares ? [studies, [studies[0]!]] : [[studies[0]!]]) {
					const figure = spec.draw(drawn, { theme });
					expect(figureProblems(figure)).toEqual([]);
					if (figure.empty !== undefined) expect(figure.empty).toMatch(/\.$/);
				}
			}),
			{ numRuns: 25 },
		);
	});

	it('draws 10,000 trials with few marks', () => {
		const many = studyOf(Array.from({ length: 10_000 }, (_, i): Step => [i % 21, Math.sin(i)]));
		const figure = spec.draw([shown(many)], {});
		expect(figure.empty).toBeUndefined();
		const points = figure.data.reduce(
			(sum, trace) => sum + (trace.type === 'heatmap' ? 0 : trace.x.length),
			0,
		);
		expect(points).toBeLessThan(12_000);
		expect(figure.used).toBeGreaterThan(1_000);
	});
});

const four = studyOf([
	[4, 0.1],
	[4, 0.5],
	[4, 0.3],
	[1, 0.2],
]);

describe('history', () => {
	it('has a step where a value is better, and goes on to the last trial', () => {
		const figure = STUDY_PLOTS.history.draw([shown(four)], {});
		const line = figure.data.find(({ name }) => name === 'Best so far');
		expect(line).toMatchObject({ x: [0, 1, 1, 3], y: [0.1, 0.1, 0.5, 0.5] });
		expect(figure.summary).toBe('s: 4 trials, best value 0.5 in trial 1.');
		const least = { ...shown(four), direction: 'minimize' as const };
		const other = STUDY_PLOTS.history
			.draw([least], {})
			.data.find(({ name }) => name === 'Best so far');
		expect(other).toMatchObject({ y: [0.1, 0.1] });
	});
});

describe('edf', () => {
	it('rises by a share at each value', () => {
		const [line] = STUDY_PLOTS.edf.draw([shown(four)], {}).data;
		expect(line).toMatchObject({ x: [0.1, 0.1, 0.3, 0.3, 0.5, 0.5] });
		expect(line).toMatchObject({ y: [0, 1 / 3, 1 / 3, 2 / 3, 2 / 3, 1] });
	});
});

describe('importance', () => {
	it('finds the hyperparameter that the value depends on, with both evaluators', () => {
		const study = createStudy(testDefinition({ space, sampler: { id: 'random' } }));
		for (let i = 0; i < 80; i++) {
			const { number, params } = study.ask();
			study.tell(number, -((Number(params['momentum']) - 0.7) ** 2));
		}
		for (const evaluator of ['ped-anova', 'fanova'] as const) {
			const { table } = STUDY_PLOTS.importance.draw([shown(study.study)], { evaluator });
			expect(table[0]!.values[0]).toBe('momentum');
			expect(Number(table[1]!.values[0])).toBeGreaterThan(0.6);
		}
	});
});

describe('regretFigure', () => {
	it('names the sampler that ends nearest to the best', () => {
		const curve = (end: number) => {
			const median = Float64Array.of(1, end);
			return { x: Float64Array.of(1, 2), low: median, median, high: median };
		};
		const raced = [
			{ label: 'TPE', studies: 10, curve: curve(0.1) },
			{ label: 'random', studies: 10, curve: curve(0.3) },
		];
		const figure = regretFigure(raced, 'trial', {});
		expect(figureProblems(figure)).toEqual([]);
		expect(figure.summary).toMatch(/TPE 0\.1, random 0\.3\. The least has TPE\.$/);
	});
});
