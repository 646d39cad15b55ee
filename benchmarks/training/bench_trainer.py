"""What the trainer adds to TRL's: the estimators' cost, and what cutting padding saves.

Estimators: milliseconds for 2,048 rewards (128 prompts with 16 completions of nine tasks), and
their share of a step of the tiny model on as many completions, the smallest step there is
(target: below 1 %). Padding: seconds of a forward and a backward pass over four prompts of
64, 128, 256 and 4,000 tokens, one a micro-batch, with and without the columns that no row of a
micro-batch uses; loss and gradients are compared.

    pip install -e '.[dev,train]'
    OMP_NUM_THREADS=1 PYTHONPATH=benchmarks:tests python benchmarks/training/bench_trainer.py \\
        [--json FILE]
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from _common import Watch, arguments, finish, markdown, short
from train.mix import recipe, write_folder

from golong_data.train.advantages import ESTIMATORS, Settings
from golong_data.train.models import make_tiny
from golong_data.train.run import Job, make_trainer, prepare
from golong_data.train.trainer import TMNTrainer

PROMPTS, COMPLETIONS, TASKS = 128, 16, 9


def milliseconds(call: Callable[[], Any], calls: int) -> float:
    """The median of some calls, after a warm-up."""
    call()
    spent = []
    for _ in range(calls):
        start = time.perf_counter()
        call()
        spent.append((time.perf_counter() - start) * 1e3)
    return statistics.median(spent)


def estimators() -> dict[str, float]:
    """Milliseconds of each estimator on a batch of the published size."""
    torch.manual_seed(0)
    rewards = (torch.rand(PROMPTS * COMPLETIONS) * 3).floor() / 3
    prompts = torch.arange(len(rewards)) // COMPLETIONS
    tasks = [f"task {int(p) % TASKS}" for p in prompts]
    return {
        name: milliseconds(lambda e=estimator: e(rewards, prompts, tasks, Settings()), 50)
        for name, estimator in ESTIMATORS.items()
    }


def trainer(folder: Path, name: str, **settings: Any) -> TMNTrainer:
    """The tiny model on short rows, before its first step."""
    rows = folder / "rows"
    if not rows.is_dir():
        write_folder(rows, 512)
    job = Job(rows, recipe(**settings), "benchmark", (), folder / name, folder)
    model = folder / "model"
    if not model.is_dir():
        make_tiny(model, [("Say a.", "\\boxed{a}")], None, seed=0, vocabulary=300)
    job = replace(job, recipe=replace(job.recipe, model=str(model), warm_up=None))
    return make_trainer(prepare(job, lambda line: None), lambda line: None)


def step_seconds(folder: Path) -> float:
    """A step of the tiny model on 2,048 completions, generation and loss."""
    made = trainer(
        folder, "step", per_device_train_batch_size=2048, num_generations=16, max_steps=3
    )
    made.train()
    logs = [log["step_time"] for log in made.state.log_history if "step_time" in log]
    return statistics.median(logs)


def padding(folder: Path) -> dict[str, float]:
    """Seconds and results of the loss on one batch, with and without trimming."""
    lengths = (64, 128, 256, 4000)
    found: dict[str, float] = {}
    results = []
    for name, trim in (("trimmed", True), ("whole", False)):
        made = trainer(folder, f"padding-{name}", trim_padding=trim)
        torch.manual_seed(0)
        ids = torch.randint(3, 200, (len(lengths), max(lengths) + 32))
        mask = torch.ones_like(ids)
        for row, length in enumerate(lengths):
            mask[row, : max(lengths) - length] = 0
        made.model.train()
        start = time.perf_counter()
        logps, _, _ = made._get_per_token_logps_and_entropies(
            made.model, ids, mask, 32, batch_size=1, compute_entropy=True
        )
        logps.mean().backward()
        found[name] = time.perf_counter() - start
        gradients = torch.cat([p.grad.flatten() for p in made.model.parameters()])
        results.append((float(logps.mean().detach()), gradients))
    (one, g1), (two, g2) = results
    found["loss differs by"] = abs(one - two)
    found["gradients differ by"] = float((g1 - g2).abs().max())
    return found


def main() -> None:
    """Runs both parts and prints their tables."""
    options = arguments(__doc__ or "").parse_args()
    torch.set_num_threads(1)
    with Watch() as watch, tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        costs = estimators()
        step = step_seconds(folder)
        pads = padding(folder)
    rows = [[n, short(ms), f"{ms / step / 10:.2f} %"] for n, ms in costs.items()]
    text = f"A step of the tiny model on 2,048 completions: {step:.2f} s\n\n"
    text += markdown(["estimator", "ms for 2,048 rewards", "share of that step"], rows)
    text += "\n\n" + markdown(
        ["padding", "seconds"],
        [["whole", short(pads["whole"])], ["trimmed", short(pads["trimmed"])]],
    )
    text += (
        f"\n\nratio {pads['whole'] / pads['trimmed']:.1f}; loss differs by "
        f"{pads['loss differs by']:.1e}, gradients by {pads['gradients differ by']:.1e}"
    )
    finish(
        "bench_trainer",
        text,
        {"estimators": costs, "step": step, "padding": pads},
        watch,
        options.json,
    )


if __name__ == "__main__":
    main()
