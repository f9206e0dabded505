"""Optuna's own time for one suggestion over five parameters: prints `<trials> <preset> <ms>` lines."""

import random
import time
import warnings

import optuna
from optuna.distributions import CategoricalDistribution, FloatDistribution

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)

SPACE = {
    "lr": FloatDistribution(1e-5, 1, log=True),
    "momentum": FloatDistribution(0, 1),
    "dropout": FloatDistribution(0, 0.5),
    "batch": CategoricalDistribution([2**i for i in range(13)]),
    "transform": CategoricalDistribution([f"t{i}" for i in range(6)]),
}
REPEATS = 11


def draw(source):
    return {
        "lr": 10 ** source.uniform(-5, 0),
        "momentum": source.random(),
        "dropout": source.random() / 2,
        "batch": 2 ** source.randrange(13),
        "transform": f"t{source.randrange(6)}",
    }


def median_ms(count, multivariate):
    source = random.Random(1)
    sampler = optuna.samplers.TPESampler(seed=1, multivariate=multivariate)
    study = optuna.create_study(direction="maximize", sampler=sampler)
    study.add_trials(
        optuna.trial.create_trial(params=draw(source), distributions=SPACE, value=source.random())
        for _ in range(count)
    )
    times = []
    for _ in range(REPEATS + 2):
        start = time.perf_counter()
        trial = study.ask(SPACE)
        times.append(time.perf_counter() - start)
        study.tell(trial, 0.1)
    return sorted(times[2:])[REPEATS // 2] * 1e3


for count in (1_000, 10_000):
    print(count, "v4", median_ms(count, False))
    print(count, "v4-multivariate", median_ms(count, True))
