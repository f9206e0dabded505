import { describe, expect, it } from 'vitest';
import { FIGURE } from './testing';
import { placeText, step, type Place, type Step } from './walk';

const follow = (steps: readonly Step[], from?: Place) =>
	steps.reduce<Place | undefined>((place, by) => step(FIGURE, place, by), from);

describe('step(figure, from, by)', () => {
	it('walks a series past points without a value and stops at its ends', () => {
		expect(follow(['next'])).toEqual({ trace: 0, point: 0 });
		expect(follow(['next', 'next'])).toEqual({ trace: 0, point: 2 });
		expect(follow(['next', 'next', 'next'])).toEqual({ trace: 0, point: 2 });
		expect(follow(['last', 'last'])).toEqual({ trace: 0, point: 2 });
		expect(follow(['next', 'next', 'first'])).toEqual({ trace: 0, point: 0 });
		expect(follow(['next', 'next', 'previous'])).toEqual({ trace: 0, point: 0 });
	});

	it('goes down to the next series, over bands, and up again', () => {
		expect(follow(['next', 'down'])).toEqual({ trace: 2, point: 0 });
		expect(follow(['next', 'down', 'down'])).toEqual({ trace: 3, point: 0 });
		expect(follow(['next', 'down', 'up'])).toEqual({ trace: 0, point: 0 });
		expect(follow(['next', 'up'])).toEqual({ trace: 0, point: 0 });
	});

	it('changes the row of a heatmap, and leaves it at its edge', () => {
		expect(follow(['up'], { trace: 4, point: 0 })).toEqual({ trace: 4, point: 2 });
		expect(follow(['down'], { trace: 4, point: 2 })).toEqual({ trace: 4, point: 0 });
		expect(follow(['down'], { trace: 4, point: 3 })).toEqual({ trace: 5, point: 0 });
	});

	it('stays in the isolated series, and is nowhere in an empty figure', () => {
		expect(step(FIGURE, { trace: 0, point: 0 }, 'down', 'a')).toEqual({ trace: 0, point: 0 });
		expect(step({ ...FIGURE, data: [] }, undefined, 'next')).toBeUndefined();
	});
});

describe('placeText(figure, place)', () => {
	it('says what the hover says, without markup', () => {
		expect(placeText(FIGURE, { trace: 0, point: 2 })).toBe(
			'Net <A>, 3 of 3: third, Epoch 3: 0.7500',
		);
	});

	it('names the axes where there is no template', () => {
		expect(placeText(FIGURE, { trace: 2, point: 1 })).toBe(
			'B, 2 of 2: Time (hours) q, Accuracy (fraction) 4',
		);
		expect(placeText(FIGURE, { trace: 3, point: 0 })).toContain('median 2, quartiles 1 and 3');
		expect(placeText(FIGURE, { trace: 4, point: 3 })).toBe(
			'4 of 4: Time (hours) 2, Accuracy (fraction) high: 4',
		);
	});
});
