/** Dropout as layers. */
import { dropout, dropout2d, stochasticDepth } from '../functional/dropout';
import { Module } from '../module';
import { ShapeError, type Tensor } from '../tensor';

function checkProbability(name: string, p: number): void {
	if (!(p >= 0 && p <= 1))
		throw new ShapeError(`${name}: p is a probability from 0 to 1, not ${p}.`);
}

export class Dropout extends Module {
	constructor(public p = 0.5) {
		super();
		checkProbability('Dropout', p);
	}

	forward(x: Tensor): Tensor {
		return dropout(x, this.p, this);
	}
}

export class Dropout2d extends Module {
	constructor(public p = 0.5) {
		super();
		checkProbability('Dropout2d', p);
	}

	forward(x: Tensor): Tensor {
		return dropout2d(x, this.p, this);
	}
}

/** torchvision's: a residual branch is left out for whole samples. */
export class StochasticDepth extends Module {
	constructor(
		public p: number,
		readonly mode: 'row' | 'batch',
	) {
		super();
		checkProbability('StochasticDepth', p);
	}

	forward(x: Tensor): Tensor {
		return stochasticDepth(x, this.p, this.mode, this);
	}
}
