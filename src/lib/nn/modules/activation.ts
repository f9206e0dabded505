/** Activations as layers. */
import * as f from '../functional/activation';
import { Module } from '../module';
import type { Tensor } from '../tensor';

export class ReLU extends Module {
	forward(x: Tensor): Tensor {
		return f.relu(x);
	}
}

export class ReLU6 extends Module {
	forward(x: Tensor): Tensor {
		return f.relu6(x);
	}
}

export class LeakyReLU extends Module {
	constructor(readonly negativeSlope = 0.01) {
		super();
	}

	forward(x: Tensor): Tensor {
		return f.leakyRelu(x, this.negativeSlope);
	}
}

export class Sigmoid extends Module {
	forward(x: Tensor): Tensor {
		return f.sigmoid(x);
	}
}

export class Tanh extends Module {
	forward(x: Tensor): Tensor {
		return f.tanh(x);
	}
}

export class SiLU extends Module {
	forward(x: Tensor): Tensor {
		return f.silu(x);
	}
}

export class GELU extends Module {
	forward(x: Tensor): Tensor {
		return f.gelu(x);
	}
}

export class Hardswish extends Module {
	forward(x: Tensor): Tensor {
		return f.hardswish(x);
	}
}

export class Hardsigmoid extends Module {
	forward(x: Tensor): Tensor {
		return f.hardsigmoid(x);
	}
}

export class Softplus extends Module {
	forward(x: Tensor): Tensor {
		return f.softplus(x);
	}
}

export class Softmax extends Module {
	constructor(readonly dim = -1) {
		super();
	}

	forward(x: Tensor): Tensor {
		return f.softmax(x, this.dim);
	}
}
