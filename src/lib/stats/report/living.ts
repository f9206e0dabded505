/** The living workbook. */
import type { ReportSpec } from './spec';

export const living: ReportSpec = {
	plan: () => {
		throw new Error('no plan yet');
	},
	build: () => Promise.reject(new Error('not yet')),
};
