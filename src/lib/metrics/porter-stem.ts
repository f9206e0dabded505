/**
 * Porter's stemmer (Program 14(3), 1980) with the changes that NLTK makes to it by default: some
 * irregular words, short words left alone, `ies` and `ied` of short words, `alli`, `fulli` and `logi`.
 */

/** What NLTK does not leave to the rules. */
const IRREGULAR: Readonly<Record<string, string>> = {
	sky: 'sky',
	skies: 'sky',
	dying: 'die',
	lying: 'lie',
	tying: 'tie',
	news: 'news',
	inning: 'inning',
	innings: 'inning',
	outing: 'outing',
	outings: 'outing',
	canning: 'canning',
	cannings: 'canning',
	howe: 'howe',
	proceed: 'proceed',
	exceed: 'exceed',
	succeed: 'succeed',
};

/** The first rule whose suffix fits decides, even when its condition then fails. */
type Rule = readonly [suffix: string, replacement: string, holds?: (stem: string) => boolean];

/** @returns the stem of a word, in lower case */
export function stem(word: string): string {
	const lower = word.toLowerCase();
	if (Object.hasOwn(IRREGULAR, lower)) return IRREGULAR[lower]!;
	if (lower.length <= 2) return lower;
	return [
		plural,
		pastOrGerund,
		finalY,
		longSuffix,
		middleSuffix,
		lastSuffix,
		finalE,
		finalL,
	].reduce((text, step) => step(text), lower);
}

function isConsonant(word: string, i: number): boolean {
	const letter = word[i];
	if (letter === undefined || 'aeiou'.includes(letter)) return false;
	return letter !== 'y' || i === 0 || !isConsonant(word, i - 1);
}

/** Porter's m: how often a consonant follows a vowel. */
function measure(word: string): number {
	let m = 0;
	for (let i = 1; i < word.length; i++) if (isConsonant(word, i) && !isConsonant(word, i - 1)) m++;
	return m;
}

const positive = (text: string) => measure(text) > 0;
const aboveOne = (text: string) => measure(text) > 1;

function hasVowel(word: string): boolean {
	return Array.from(word).some((_, i) => !isConsonant(word, i));
}

function endsDouble(word: string): boolean {
	const last = word.length - 1;
	return last > 0 && word[last] === word[last - 1] && isConsonant(word, last);
}

/** Consonant, vowel, consonant other than w, x, y; NLTK also takes two letters such as `at`. */
function endsShort(word: string): boolean {
	const n = word.length;
	const vowelConsonant = !isConsonant(word, n - 2) && isConsonant(word, n - 1);
	if (n === 2) return vowelConsonant;
	return n > 2 && isConsonant(word, n - 3) && vowelConsonant && !'wxy'.includes(word[n - 1]!);
}

function apply(word: string, rules: readonly Rule[]): string {
	const rule = rules.find(([suffix]) => word.endsWith(suffix));
	if (!rule) return word;
	const [suffix, replacement, holds] = rule;
	const rest = word.slice(0, word.length - suffix.length);
	return holds && !holds(rest) ? word : rest + replacement;
}

/** Step 1a. */
function plural(word: string): string {
	if (word.length === 4 && word.endsWith('ies')) return word.slice(0, -1);
	return apply(word, [
		['sses', 'ss'],
		['ies', 'i'],
		['ss', 'ss'],
		['s', ''],
	]);
}

/** Step 1b. */
function pastOrGerund(word: string): string {
	if (word.endsWith('ied')) return word.slice(0, word.length === 4 ? -1 : -2);
	if (word.endsWith('eed')) return apply(word, [['eed', 'ee', positive]]);
	const suffix = ['ed', 'ing'].find(
		(end) => word.endsWith(end) && hasVowel(word.slice(0, -end.length)),
	);
	if (suffix === undefined) return word;
	const rest = word.slice(0, -suffix.length);
	if (/(at|bl|iz)$/.test(rest)) return `${rest}e`;
	if (endsDouble(rest)) return /[lsz]$/.test(rest) ? rest : rest.slice(0, -1);
	return measure(rest) === 1 && endsShort(rest) ? `${rest}e` : rest;
}

/** Step 1c. */
function finalY(word: string): string {
	return apply(word, [['y', 'i', (rest) => rest.length > 1 && isConsonant(rest, rest.length - 1)]]);
}

/** Step 2. */
const LONG: readonly Rule[] = [
	['ational', 'ate', positive],
	['tional', 'tion', positive],
	['enci', 'ence', positive],
	['anci', 'ance', positive],
	['izer', 'ize', positive],
	['bli', 'ble', positive],
	['alli', 'al', positive],
	['entli', 'ent', positive],
	['eli', 'e', positive],
	['ousli', 'ous', positive],
	['ization', 'ize', positive],
	['ation', 'ate', positive],
	['ator', 'ate', positive],
	['alism', 'al', positive],
	['iveness', 'ive', positive],
	['fulness', 'ful', positive],
	['ousness', 'ous', positive],
	['aliti', 'al', positive],
	['iviti', 'ive', positive],
	['biliti', 'ble', positive],
	['fulli', 'ful', positive],
	// NLTK measures the stem with its `l`.
	['logi', 'log', (rest) => positive(`${rest}l`)],
];

function longSuffix(word: string): string {
	if (word.endsWith('alli') && positive(word.slice(0, -4))) return longSuffix(word.slice(0, -2));
	return apply(word, LONG);
}

/** Step 3. */
const MIDDLE: readonly Rule[] = [
	['icate', 'ic', positive],
	['ative', '', positive],
	['alize', 'al', positive],
	['iciti', 'ic', positive],
	['ical', 'ic', positive],
	['ful', '', positive],
	['ness', '', positive],
];

function middleSuffix(word: string): string {
	return apply(word, MIDDLE);
}

/** Step 4. */
const LAST: readonly Rule[] = [
	['al', '', aboveOne],
	['ance', '', aboveOne],
	['ence', '', aboveOne],
	['er', '', aboveOne],
	['ic', '', aboveOne],
	['able', '', aboveOne],
	['ible', '', aboveOne],
	['ant', '', aboveOne],
	['ement', '', aboveOne],
	['ment', '', aboveOne],
	['ent', '', aboveOne],
	['ion', '', (rest) => aboveOne(rest) && /[st]$/.test(rest)],
	['ou', '', aboveOne],
	['ism', '', aboveOne],
	['ate', '', aboveOne],
	['iti', '', aboveOne],
	['ous', '', aboveOne],
	['ive', '', aboveOne],
	['ize', '', aboveOne],
];

function lastSuffix(word: string): string {
	return apply(word, LAST);
}

/** Step 5a. */
function finalE(word: string): string {
	const removes = (rest: string) => aboveOne(rest) || (measure(rest) === 1 && !endsShort(rest));
	return apply(word, [['e', '', removes]]);
}

/** Step 5b. */
function finalL(word: string): string {
	return apply(word, [['ll', 'l', (rest) => aboveOne(`${rest}l`)]]);
}
