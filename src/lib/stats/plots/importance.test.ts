import { describe, expect, it } from 'vitest';
import { columnsOf, type TestRun } from '../testing';
import { allRows, manyNets } from './bad-input';
import { numbersOf, textsOf } from './figure-reading';
import { EVALUATORS } from './ids';
import { importance } from './importance';
import { itSurvives } from './survives';

/** lr decides, momentum does not, dropout never varies. */
const runs = (count: number): TestRun[] =>
	Array.from({ length: count }, (_, i) => {
		const lr = (i * 0.7548776662) % 1;
		return {
			nn: `n${i}`,
			prm: { lr, momentum: (i * 0.569840291) % 1, dropout: 0.5 },
			trials: [[1, 1 - Math.abs(lr - 0.6)]] as const,
		};
	});
const rows = allRows(columnsOf(runs(200)));

describe('importance', () => {
	it.each(EVALUATORS)('by %s finds the parameter that decides', (evaluator) => {
		const figure = importance.draw(rows, { evaluator });
		expect(textsOf(figure, 'Hyperparameter').slice(0, 2)).toEqual(['lr', 'momentum']);
		const [first = 0, ...others] = numbersOf(figure, 'Importance (share)');
		expect(first).toBeGreaterThan(0.8);
		expect(first + others.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
		expect(figure.summary).toContain(`by ${evaluator === 'fanova' ? 'fANOVA' : 'PED-ANOVA'}: lr`);
		expect(figure.notes).toContain('dropout, transform are the same in all 200 runs.');
		expect(importance.draw(rows, { evaluator })).toEqual(figure);
	});

	it('compares only what is chosen', () => {
		const figure = importance.draw(rows, { prm: ['momentum', 'none'] });
		expect(textsOf(figure, 'Hyperparameter')).toEqual(['momentum']);
		expect(figure.notes).toContain('Only one hyperparameter is compared.');
	});

	it('says where the forest does not see all runs, and where runs are few', () => {
		const many = importance.draw(manyNets(3_000), { evaluator: 'fanova' });
		expect(many.notes.at(-1)).toContain('is grown on 2,000 of the 3,000 runs');
		const few = importance.draw(allRows(columnsOf(runs(20))), {});
		expect(few.notes.at(-1)).toContain('20 runs are few');
	});

	it('says why there is none: no two runs, nothing that varies, nothing that differs', () => {
		const why = (some: readonly TestRun[]) => importance.draw(allRows(columnsOf(some)), {}).empty;
		expect(why(runs(1))).toContain('one run here');
		const same = { prm: { lr: 1 }, trials: [[1, 0.5]] as const };
		expect(
			why([
				{ nn: 'A', ...same },
				{ nn: 'B', ...same },
			]),
		).toContain('same hyperparameters');
		const equal = runs(30).map((one): TestRun => ({ ...one, trials: [[1, 0.5]] }));
		expect(why(equal)).toContain('do not differ in what they reach');
	});
});

itSurvives(importance);
