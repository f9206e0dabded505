/**
 * LEMUR's command line: prints the `python -m ab.nn.train …` line of some settings, and reads one back.
 * Where LEMUR would do something else than this page with the same settings, it says so.
 */
import { FLAGS, type Flag } from './flags';
import {
	canonicalSettings,
	checkSettings,
	DEFAULT_SETTINGS,
	patternNotes,
	ZERO_RANGES,
	type Draft,
	type TrainSettings,
} from './settings';
import { shellQuote, shellWords } from './shell';

const MODULE = 'ab.nn.train';
const PYTHON = /^(.*[\\/])?python(3(\.\d+)?)?(\.exe)?$/;
/** What a copied line often begins with. */
const PROMPT = /^\s*[$%] /;
/** What Python's argparse takes for a value although it starts with a dash. */
const NEGATIVE = /^-(\d+|\d*\.\d+)$/;

/** A line that is no training command. */
export class CommandError extends Error {
	override readonly name = 'CommandError';
}

/** A command for a POSIX shell. */
export interface PrintedCommand {
	readonly text: string;
	/** what LEMUR would do otherwise, one sentence each; empty when it does the same */
	readonly differences: readonly string[];
}

/**
 * The line that makes LEMUR train with these settings; defaults are left out.
 * @throws SettingsError
 */
export function printCommand(settings: TrainSettings): PrintedCommand {
	checkSettings(settings);
	const canonical = canonicalSettings(settings);
	const words = ['python', '-m', MODULE];
	const shown = withZeroRanges(canonical);
	for (const flag of FLAGS) {
		const value = flag.print(shown);
		if (value === null || value === flag.print(DEFAULT_SETTINGS)) continue;
		if (looksLikeFlag(value)) words.push(`${flag.long}=${value}`);
		else words.push(flag.short ?? flag.long, value);
	}
	const differences = [...patternNotes(canonical.config), ...falsyNotes(shown)];
	return { text: words.map(shellQuote).join(' '), differences };
}

/** Settings of a command, and what LEMUR would do otherwise. */
export interface ReadCommand {
	readonly settings: TrainSettings;
	readonly notes: readonly string[];
}

/**
 * Reads a training command. Flags may be shortened and joined to their values as argparse allows.
 * @throws ShellError, CommandError, FlagError or SettingsError, all in words for people
 */
export function readCommand(text: string): ReadCommand {
	const draft: Draft = { ...DEFAULT_SETTINGS };
	const notes: string[] = [];
	for (const [flag, value] of flagValues(argumentsOf(text))) {
		const note = flag.read(value, draft);
		if (note) notes.push(note);
	}
	checkSettings(draft);
	notes.push(...patternNotes(draft.config), ...falsyNotes(draft));
	return { settings: canonicalSettings(draft), notes };
}

/** LEMUR takes a fixed 0 as not given; a range from 0 to 0 says the same where there is a range. */
function withZeroRanges(settings: TrainSettings): TrainSettings {
	const draft: Draft = { ...settings, nnPrm: { ...settings.nnPrm } };
	const zero = ZERO_RANGES.filter((name) => draft.nnPrm[name] === 0);
	draft.nnPrm = Object.fromEntries(
		Object.entries(draft.nnPrm).filter(([name]) => !zero.some((one) => one === name)),
	);
	if (zero.includes('momentum')) draft.minMomentum = draft.maxMomentum = 0;
	if (zero.includes('dropout')) draft.minDropout = draft.maxDropout = 0;
	return draft;
}

function falsyNotes({ nnPrm, pretrained }: TrainSettings): string[] {
	const searched = Object.keys(nnPrm).filter((name) => nnPrm[name] === 0);
	if (pretrained === 0) searched.push('pretrained');
	return searched.map(
		(name) => `LEMUR takes a fixed ${name} of 0 as not given and searches it; here it stays 0.`,
	);
}

/** The words after the module's name. */
function argumentsOf(text: string): string[] {
	const words = shellWords(text.replace(PROMPT, ''));
	if (words[0] === undefined) throw new CommandError('There is no command here.');
	const [python = '', dashM, module, ...rest] = words;
	if (PYTHON.test(python) && dashM === '-m' && module === MODULE) return rest;
	throw new CommandError(
		`This is not LEMUR’s training command: that one starts with 'python -m ${MODULE}'.`,
	);
}

function* flagValues(words: readonly string[]): Iterable<[Flag, string]> {
	for (let i = 0; i < words.length; i++) {
		const [flag, joined] = flagOf(words[i]!);
		if (joined !== null) {
			yield [flag, joined];
			continue;
		}
		const value = words[++i];
		if (value === undefined || looksLikeFlag(value))
			throw new CommandError(`${flag.long} needs a value.`);
		yield [flag, value];
	}
}

function looksLikeFlag(word: string): boolean {
	return word.startsWith('-') && word !== '-' && !NEGATIVE.test(word);
}

/** The flag of a word, and the value that is joined to it, null for none. */
function flagOf(word: string): [flag: Flag, joined: string | null] {
	const equals = word.indexOf('=');
	const name = equals < 0 ? word : word.slice(0, equals);
	const joined = equals < 0 ? null : word.slice(equals + 1);
	const exact = FLAGS.find(({ long, short }) => name === long || name === short);
	if (exact) return [exact, joined];
	if (!name.startsWith('--')) {
		const short = FLAGS.find(({ short }) => short !== undefined && word.startsWith(short));
		if (short) return [short, word.slice(2)];
		throw unknownFlag(word);
	}
	const started = FLAGS.filter(({ long }) => long.startsWith(name));
	if (started.length === 1) return [started[0]!, joined];
	if (started.length === 0 || name === '--') throw unknownFlag(word);
	const choices = started.map(({ long }) => long).join(', ');
	throw new CommandError(`${name} could be ${choices}: write the flag out.`);
}

function unknownFlag(word: string): CommandError {
	const flags = FLAGS.map(({ long, short }) => short ?? long).join(', ');
	return new CommandError(`LEMUR’s training has no flag '${word}'. It has ${flags}.`);
}
