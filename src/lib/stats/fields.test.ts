import { describe, expect, it } from 'vitest';
import {
	BASE_COLUMNS,
	FIELDS,
	fieldOf,
	isColumnId,
	isPrmColumn,
	metricTitle,
	prmName,
} from './fields';

describe('fieldOf(id)', () => {
	it.each(BASE_COLUMNS)('%s has a title and one sentence', (id) => {
		const field = fieldOf(id);
		expect(field).toBe(FIELDS[id]);
		expect(field.id).toBe(id);
		expect(field.title).not.toBe('');
		expect(field.about).toMatch(/^\S.*\.$/);
	});

	it('knows the common hyperparameters and has a sentence for any other', () => {
		expect(fieldOf('prm.lr').about).toContain('Learning rate');
		expect(fieldOf('prm.zeta').about).toContain('zeta');
		expect(fieldOf('prm.constructor').about).toContain('hyperparameter constructor');
		expect(fieldOf('prm.mode', 'text')).toMatchObject({ kind: 'text', unit: 'none' });
	});
});

describe('isColumnId(id)', () => {
	it('accepts base columns and named hyperparameters only', () => {
		expect(['nn', 'prm.lr', 'prm.a.b'].every(isColumnId)).toBe(true);
		expect(['prm.', 'prm', 'NN', '', 'toString'].some(isColumnId)).toBe(false);
		expect(isPrmColumn('nn')).toBe(false);
		expect(prmName('prm.a.b')).toBe('a.b');
	});
});

describe('metricTitle(metric)', () => {
	it('says what accuracy means', () => {
		expect(metricTitle('acc')).toBe('Accuracy');
		expect(metricTitle('map')).toBe('mAP@0.5 (LEMUR)');
		expect(metricTitle('bleu,meteor')).toBe('bleu,meteor');
	});
});
