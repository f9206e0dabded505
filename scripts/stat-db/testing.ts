/** Small wheels for the builder's tests: both layouts, and every oddity that the report names. */
import { strToU8, zipSync } from 'fflate';

const LR = 0.04044532591645781;
const MOMENTUM = 0.599052840298076;
/** md5 of the printed dict with batch 4, transform norm_32, keys in alphabetical order. */
export const SORTED_UID = 'd6e616ab5893ad366e3936d804f63e7a';
/** No order of the keys gives this one. */
export const OTHER_UID = '0123456789abcdef0123456789abcdef';
export const UUID = '85e46dec-3a8d-4082-8471-59b482ba23d3';

/** A trial's JSON; `changes` are JSON texts by key, an empty text drops the key. */
export function trialJson(changes: Readonly<Record<string, string>> = {}): string {
	const texts: Record<string, string> = {
		accuracy: '0.5',
		batch: '4',
		duration: '1000000001',
		lr: String(LR),
		momentum: String(MOMENTUM),
		transform: '"norm_32"',
		uid: `"${SORTED_UID}"`,
		...changes,
	};
	const entries = Object.entries(texts).filter(([, text]) => text !== '');
	return `{${entries.map(([key, text]) => `"${key}": ${text}`).join(', ')}}`;
}

const list = (...trials: string[]) => `[${trials.join(', ')}]`;

/** A wheel of these files; paths below ab/nn. */
export function wheel(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
	const entries = Object.entries(files).map(([path, content]) => [
		`ab/nn/${path}`,
		typeof content === 'string' ? strToU8(content) : content,
	]);
	// Noon in the middle of the day: the zip format has no time zone.
	return zipSync(Object.fromEntries(entries), { mtime: new Date(2025, 10, 15, 12) });
}

const ALEX = 'stat/train/img-classification_cifar-10_acc_AlexNet';

/** Today's layout with device runs. Sixteen trials, of which ten are rows. */
export const ODD_WHEEL = wheel({
	[`${ALEX}/1.json`]: list(
		trialJson({ accuracy: '0.1234' }),
		trialJson({ accuracy: '0.25', uid: `"${OTHER_UID}"`, duration: '' }),
		trialJson({ accuracy: '0.2', duration: '2000' }),
		trialJson({ accuracy: 'NaN', uid: '"a"' }),
		trialJson({ accuracy: '0.1', uid: '"b"', lr: 'Infinity' }),
		trialJson({ accuracy: '0.1', uid: '"c"', epoch: '"5"' }),
		trialJson({ uid: '' }),
		trialJson({ accuracy: '' }),
		'7',
	),
	[`${ALEX}/2.json`]: list(
		trialJson({ accuracy: '0.3' }).replace('{', '{"accuracy": 0.9, '),
		trialJson({ accuracy: '0.1234567890123456', uid: '"free text"', batch: '4.0', lr: '1' }),
	),
	[`${ALEX}/10.json`]: list(
		trialJson({ accuracy: '1', uid: `"${UUID}"`, dropout: '0.0', epoch: '5', flag: 'true' }),
		trialJson({ accuracy: '1.0', uid: '"x"', note: '"a \\"b\\" ü"', n: '3', f: '3.0', l: '[1]' }),
	),
	'stat/train/txt-generation_wikitext_acc_LSTM/0.json': list(
		trialJson({ accuracy: '1e-05', uid: '"p"', epoch: '0.5', duration: '9007199254740993' }),
		trialJson({ accuracy: '0.0', uid: '"q"', transform: '', duration: '1.5' }),
		trialJson({ accuracy: '0.0', uid: '"r"', lr: '-0.0', duration: 'null' }),
	),
	'stat/train/img-classification_cifar-10_acc_Empty/1.json': '[]',
	'stat/train/only_three_parts/1.json': list(trialJson()),
	'stat/train/img-classification_cifar-10_acc_Bad/first.json': list(trialJson()),
	'stat/train/img-classification_cifar-10_acc_Bad/3.json': '{}',
	'stat/train/img-classification_cifar-10_acc_Bad/4.json': '[{]',
	'stat/train/img-classification_cifar-10_acc_Bad/5.json': Uint8Array.of(
		0x5b,
		0x22,
		0xff,
		0x22,
		0x5d,
	),
	'stat/train/deep/er/1.json': '[]',
	'stat/run/img-classification_AlexNet/phone.json': deviceJson('AlexNet', '512 KB'),
	'stat/run/img-classification_Other/phone.json': deviceJson('Other', '512 KB'),
	'nn/AlexNet.py': 'class Net:\n\tpass\n',
	'metric/acc.py': '# accuracy',
});

function deviceJson(model: string, cache: string): string {
	return `{"model_name": "${model}", "device_type": "phone", "os_version": "1 | 2", "valid": true,
		"emulator": false, "error_message": null, "duration": 461, "device_analytics":
		{"timestamp": 1760203006.8757076, "cpu_info": {"cores": 8, "cache": "${cache}"}}}`;
}

/** The layout of 2025: no folder `train`, a uid per row. */
export const OLD_WHEEL = wheel({
	'stat/img-segmentation_coco_iou_UNet-1/1.json': list(trialJson({ uid: `"${UUID}"` })),
});
