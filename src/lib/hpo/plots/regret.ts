/** How far samplers were from the best known value: the plot of a race (`replay/race.ts`). */
import { layoutOf } from '../../stats/plots/figure';
import { paletteOf, withAlpha } from '../../stats/plots/palette';
import { numberText } from '../../stats/plots/prm-axis';
import type { Figure, ScatterTrace } from '../../stats/plots/plot';
import { plotName } from '../../stats/plots/text';
import { counted } from '../../stats/plots/words';
import type { RegretCurve } from '../replay/race';

export interface Raced {
	readonly label: string;
	readonly studies: number;
	readonly curve: RegretCurve;
}

/** @param by what the curves are over */
export function regretFigure(
	raced: readonly Raced[],
	by: 'trial' | 'time',
	options: { readonly theme?: 'light' | 'dark' },
): Figure {
	const title = 'Regret of samplers';
	const palette = paletteOf(options.theme);
	const data = raced.flatMap(({ label, curve }, place): ScatterTrace[] => {
		const { color, dash } = palette.series(place);
		const name = plotName(label);
		const plain = { type: 'scatter', mode: 'lines', x: curve.x, legendgroup: name } as const;
		const edge = {
			...plain,
			line: { color, width: 0 },
			hoverinfo: 'skip',
			showlegend: false,
		} as const;
		return [
			{ ...edge, y: curve.low },
			{ ...edge, y: curve.high, fill: 'tonexty', fillcolor: withAlpha(color, 0.15) },
			{
				...plain,
				name,
				y: curve.median,
				line: { color, dash, width: 2 },
				hovertemplate: `${name}: %{y} after %{x}<extra></extra>`,
			},
		];
	});
	const last = (curve: RegretCurve) => curve.median.at(-1) ?? NaN;
	const best = raced.reduce((a, b) => (last(b.curve) < last(a.curve) ? b : a));
	return {
		data,
		layout: layoutOf(title, options, {
			xaxis: {
				type: 'linear',
				title: { text: by === 'trial' ? 'Trials' : 'Simulated training time (s)' },
			},
			yaxis: { type: 'linear', title: { text: 'Distance from the best known value' } },
		}),
		title,
		summary: `Median regret at the end: ${raced.map(({ label, curve }) => `${label} ${numberText(last(curve))}`).join(', ')}. The least has ${best.label}.`,
		used: raced.reduce((sum, { studies }) => sum + studies, 0),
		notes: [
			`Lines are medians, bands the middle half, of ${counted(raced[0]?.studies ?? 0, 'study', 'studies')} for each.`,
		],
		table: tableOf(raced, by),
	};
}

function tableOf(raced: readonly Raced[], by: 'trial' | 'time'): Figure['table'] {
	const rows = raced.flatMap(({ label, curve }) =>
		Array.from(curve.x, (x, i) => ({ label, x, i, curve })),
	);
	return [
		{ title: 'Sampler', unit: 'none', values: rows.map(({ label }) => label) },
		{
			title: by === 'trial' ? 'Trials' : 'Time (s)',
			unit: 'plain',
			values: rows.map(({ x }) => x),
		},
		...(['low', 'median', 'high'] as const).map((key, q) => ({
			title: ['Lower quartile', 'Median', 'Upper quartile'][q]!,
			unit: 'plain' as const,
			values: rows.map(({ curve, i }) => curve[key][i]!),
		})),
	];
}
