import { expect, it } from 'vitest';
import { epochAxis, metricAxis, timeAxis, timeUnit } from './axes';

it('counts time in the largest unit of which there are two or more', () => {
	const names = [0, 1.9e9, 119e9, 121e9, 7_100e9, 7_300e9, 1.6e14, 1.8e14];
	expect(names.map((ns) => timeUnit(ns).name)).toEqual([
		...['seconds', 'seconds', 'seconds', 'minutes', 'minutes', 'hours', 'hours', 'days'],
	]);
	expect(timeUnit(NaN).name).toBe('seconds');
	expect(timeUnit(7_300e9).scale).toBe(3.6e12);
});

it('titles axes with what they hold and in which unit', () => {
	expect(timeAxis('Time', timeUnit(300e9), 'log')).toEqual({
		type: 'log',
		title: { text: 'Time (minutes)' },
	});
	expect(metricAxis('iou').title?.text).toBe('IoU (mean) (fraction)');
	expect(metricAxis('<b>').title?.text).toBe('&lt;b&gt; (fraction)');
	expect(epochAxis()).toMatchObject({ tickformat: 'd', title: { text: 'Epoch' } });
});
