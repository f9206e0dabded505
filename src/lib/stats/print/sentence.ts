/** A filter in plain English: heading, page title, share text, alt text of charts. */
import type { Best, Conditions, Filter, PrmCondition, Range } from '../filter';
import { displayName } from '../../url/display-name';
import { metricTitle } from '../fields';
import { isTexts } from './canonical';

/** What the sentence may say beside the filter. */
export interface SentenceContext {
	/** version of the snapshot */
	readonly snapshot?: string;
	/** records that pass the filter */
	readonly rows?: number;
	/** how a name is written in text, by field; default: metrics by their title, others as they are */
	readonly title?: (field: 'task' | 'dataset' | 'metric', name: string) => string;
}

function plainTitle(field: 'task' | 'dataset' | 'metric', name: string): string {
	return field === 'metric' ? metricTitle(name).replace(/^Accuracy$/, 'accuracy') : name;
}

const BEST_WORDS: Readonly<Record<Best, string>> = {
	configuration: 'best per configuration',
	net: 'best per net',
	run: 'best per run',
	epoch: 'best per net and epoch',
};

/**
 * "12,041 records, cifar-10, accuracy, epochs 1–5, best per net; snapshot 2.1.2".
 * @returns one line of text that names every condition; invisible characters in names are left out
 */
export function sentence(filter: Filter, context: SentenceContext = {}): string {
	const { best, ...conditions } = filter;
	const { rows, snapshot } = context;
	const subject =
		rows === undefined
			? 'Records'
			: `${rows.toLocaleString('en-US')} record${rows === 1 ? '' : 's'}`;
	const parts = phrases(conditions, context);
	if (parts.length === 0 && best === undefined) parts.push('all of them');
	if (best !== undefined) parts.push(BEST_WORDS[best]);
	const version = snapshot === undefined ? '' : `; snapshot ${displayName(snapshot)}`;
	return `${[subject, ...parts].join(', ')}${version}`;
}

/** @returns the conditions alone, in words: what a chip says; 'anything' where there are none */
export function conditionsText(conditions: Conditions, context: SentenceContext = {}): string {
	return inner(conditions, context);
}

function phrases(conditions: Conditions, context: SentenceContext): string[] {
	const { nn, nnPrefix, nnFamily, nnRegex, transform, source, prm, any, not } = conditions;
	const said: string[] = [];
	for (const field of ['task', 'dataset', 'metric'] as const) {
		const names = conditions[field];
		const title = (name: string) => context.title?.(field, name) ?? plainTitle(field, name);
		if (names) said.push(names.length === 0 ? `no ${field}` : either(names.map(title)));
	}
	if (nn) said.push(named('net', 'nets', nn));
	if (nnPrefix) said.push(`nets that start with ${quoted(nnPrefix)}`);
	if (nnFamily) said.push(named('family', 'families', nnFamily));
	if (nnRegex !== undefined) said.push(`nets that match /${displayName(nnRegex)}/`);
	if (transform) said.push(named('transform', 'transforms', transform));
	if (source) said.push(sourceWords(source));
	if (conditions.epoch) said.push(epochWords(conditions.epoch));
	if (conditions.accuracy) said.push(rangeWords('accuracy', conditions.accuracy, String));
	if (conditions.duration) said.push(rangeWords('duration', conditions.duration, durationText));
	for (const [name, condition] of Object.entries(prm ?? {})) said.push(prmWords(name, condition));
	if (any) said.push(any.length === 0 ? 'none of them' : eitherOf(any, context));
	for (const member of not ?? []) said.push(`not (${inner(member, context)})`);
	return said;
}

function inner(member: Conditions, context: SentenceContext): string {
	return phrases(member, context).join(', ') || 'anything';
}

function eitherOf(any: readonly Conditions[], context: SentenceContext): string {
	const members = any.map((member) => `(${inner(member, context)})`);
	return members.length === 1 ? (members[0] ?? '') : `either ${members.join(' or ')}`;
}

/** Names listed in full up to five, then counted: the sentence is a heading, not the filter. */
function either(names: readonly string[]): string {
	const shown = names.slice(0, 5).map((name) => displayName(name) || '(no name)');
	const more = names.length - shown.length;
	return more > 0 ? `${shown.join(', ')} or ${more} more` : shown.join(' or ');
}

function named(one: string, many: string, names: readonly string[]): string {
	if (names.length === 0) return `no ${one}`;
	return `${names.length === 1 ? one : many} ${either(names)}`;
}

function quoted(names: readonly string[]): string {
	return names.length === 0 ? 'nothing' : either(names.map((name) => `“${displayName(name)}”`));
}

function sourceWords(source: readonly string[]): string {
	if (source.length === 0) return 'from no source';
	const words = source.map((one) => (one === 'mine' ? 'trained here' : 'from LEMUR'));
	return words.join(' or ');
}

function epochWords({ min, max }: Range): string {
	if (min === undefined && max === undefined) return 'any epoch';
	if (min === max) return `epoch ${min}`;
	if (min === undefined) return `epochs up to ${max}`;
	return max === undefined ? `epochs from ${min}` : `epochs ${min}–${max}`;
}

function rangeWords(name: string, { min, max }: Range, text: (value: number) => string): string {
	if (min === undefined && max === undefined) return `${name} recorded`;
	if (min === undefined) return `${name} at most ${text(max ?? 0)}`;
	if (max === undefined) return `${name} at least ${text(min)}`;
	return min === max ? `${name} ${text(min)}` : `${name} ${text(min)}–${text(max)}`;
}

function prmWords(name: string, condition: PrmCondition): string {
	const shown = displayName(name);
	if (!isTexts(condition)) return rangeWords(shown, condition, String);
	return condition.length === 0 ? `no ${shown}` : `${shown} ${either(condition)}`;
}

const UNITS = [
	['h', 3600e9],
	['min', 60e9],
	['s', 1e9],
	['ms', 1e6],
	['µs', 1e3],
	['ns', 1],
] as const;

/** Made once: a table of durations is written with every scroll, and making one costs more than using it. */
const SIX_DIGITS = new Intl.NumberFormat('en-US', { maximumFractionDigits: 6 });

/**
 * @param ns nanoseconds
 * @returns the duration in its largest fitting unit, exact enough to tell filters apart: `2.5 min`
 */
export function durationText(ns: number): string {
	const [unit, size] = UNITS.find(([, size]) => Math.abs(ns) >= size) ?? ['ns', 1];
	const value = Number((ns / size).toPrecision(4));
	// Four digits without a group print alike; plots write thousands of these.
	return `${value >= 1 && value < 1000 ? value : SIX_DIGITS.format(value)} ${unit}`;
}
