"""Makes tests/oracles/optuna/storages.json with Optuna 4.5: one study in its two storages, and what is in it.

Run it with a Python that has optuna==4.5.0. The times in the files are of the run.
"""

import base64
import gzip
import json
import math
import pathlib
import tempfile
import warnings

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

warnings.filterwarnings("ignore")
optuna.logging.set_verbosity(optuna.logging.ERROR)

TARGET = pathlib.Path(__file__).parents[2] / "tests/oracles/optuna/storages.json"


def objective(trial):
    momentum = trial.suggest_float("momentum", 0, 1)
    trial.suggest_float("lr", 1e-5, 1, log=True)
    trial.suggest_categorical("batch", [1, 2, 4])
    trial.suggest_categorical("mixed", ["norm", None, True, 2.5])
    trial.suggest_int("n", 1, 9, step=2)
    trial.suggest_int("k", 1, 64, log=True)
    trial.suggest_float("q", 0, 1, step=0.25)
    for step in range(3):
        trial.report(math.nan if trial.number == 1 and step == 1 else momentum * (step + 1), step)
        if trial.should_prune():
            raise optuna.TrialPruned()
    trial.set_user_attr("note", f"trial {trial.number}")
    if trial.number == 3:
        raise ValueError("boom")
    if trial.number == 4:
        return math.inf
    return math.nan if trial.number == 5 else momentum


def fill(storage):
    study = optuna.create_study(
        study_name="one",
        direction="maximize",
        storage=storage,
        sampler=optuna.samplers.TPESampler(seed=1),
        pruner=optuna.pruners.SuccessiveHalvingPruner(min_resource=2),
    )
    study.optimize(objective, n_trials=8, catch=(ValueError,))
    study.ask({"lr": optuna.distributions.FloatDistribution(1e-5, 1, log=True)})
    study.enqueue_trial({"lr": 0.5})
    two = optuna.create_study(study_name="two", directions=["minimize", "maximize"], storage=storage)
    two.optimize(lambda trial: (trial.suggest_float("x", 0, 1), 1.0), n_trials=2)
    return [study, two]


def plain(value):
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def facts(study):
    return {
        "name": study.study_name,
        "directions": [direction.name.lower() for direction in study.directions],
        "trials": [
            {
                "state": trial.state.name,
                "values": None if trial.values is None else [plain(value) for value in trial.values],
                "params": trial.params,
                "intermediate": [[step, plain(v)] for step, v in trial.intermediate_values.items()],
                "note": trial.user_attrs.get("note"),
                "rungs": [
                    trial.system_attrs[f"completed_rung_{rung}"]
                    for rung in range(9)
                    if f"completed_rung_{rung}" in trial.system_attrs
                ],
                "seconds": trial.duration.total_seconds() if trial.duration else None,
            }
            for trial in study.trials
        ],
    }


with tempfile.TemporaryDirectory() as folder:
    database = pathlib.Path(folder) / "study.db"
    journal = pathlib.Path(folder) / "study.log"
    in_database = fill(f"sqlite:///{database}")
    in_journal = fill(JournalStorage(JournalFileBackend(str(journal))))
    packed = gzip.compress(database.read_bytes(), mtime=0)
    TARGET.write_text(
        json.dumps(
            {
                "reference": f"optuna {optuna.__version__}",
                "database": {
                    "gzip_base64": base64.b64encode(packed).decode(),
                    "studies": [facts(study) for study in in_database],
                },
                "journal": {
                    "text": journal.read_text(),
                    "studies": [facts(study) for study in in_journal],
                },
            },
            indent="\t",
        )
        + "\n"
    )
