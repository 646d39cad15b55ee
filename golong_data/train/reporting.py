"""What a run says about itself: figures by task at each step, and where they are written."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from transformers import TrainerCallback

from golong_data.train.advantages import drop_flat, task_statistics

Say = Callable[[str], None]

LOG_FILE = "log.jsonl"


def by_task(
    rewards: Tensor, advantages: Tensor, prompts: Tensor, tasks: list[str]
) -> dict[str, float]:
    """Per task: mean reward, pass rate, and of prompts with several completions the spread,
    the share of flat ones, and the norm of the advantages.

    The pass rate is the share of completions that earned more than 0.5; the spread is the
    root of the mean variance within prompts, which TMN divides by; the norm is the root mean
    square of the advantages. Rewards that are not applicable count nowhere.
    """
    values = rewards.detach().to("cpu", torch.float64)
    signals = advantages.detach().to("cpu", torch.float64)
    places: dict[str, list[int]] = defaultdict(list)
    for index, (task, nan) in enumerate(zip(tasks, values.isnan().tolist(), strict=True)):
        if not nan:
            places[task].append(index)
    found: dict[str, Any] = {}
    for task, chosen in sorted(places.items()):
        name, earned, groups = f"tasks/{task}", values[chosen], prompts[chosen]
        found[f"{name}/reward"] = earned.mean()
        found[f"{name}/pass_rate"] = (earned > 0.5).double().mean()
        if len(groups.unique()) < len(groups):
            sums = task_statistics(earned, groups, [task] * len(chosen))[task]
            found[f"{name}/spread"] = (sums.variances / sums.prompts) ** 0.5
            found[f"{name}/flat"] = drop_flat(earned, groups).isnan().double().mean()
            found[f"{name}/advantage_norm"] = signals[chosen].square().mean().sqrt()
    return {name: float(value) for name, value in found.items()}


class Reporter(TrainerCallback):
    """Writes every log to OUT/log.jsonl, and says one line of it."""

    def __init__(self, folder: Path, say: Say) -> None:
        self.path = folder / LOG_FILE
        self.say = say

    def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """Takes back what was logged after the checkpoint that a run resumes from."""
        if not state.is_world_process_zero:
            return
        lines = self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else []
        kept = [line for line in lines if _step(line) <= state.global_step > 0]
        self.path.write_text("".join(f"{line}\n" for line in kept), encoding="utf-8")
        if state.global_step:
            self.say(f"resumed at step {state.global_step:,} of {state.max_steps:,}")

    def on_log(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
        """One line of JSON, and a short one to read."""
        logs: dict[str, Any] = kwargs["logs"]
        if not state.is_world_process_zero:
            return
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"step": state.global_step, **logs}) + "\n")
        if "reward" in logs:
            rewards = {
                key.split("/")[1]: value
                for key, value in logs.items()
                if key.startswith("tasks/") and key.endswith("/reward")
            }
            parts = [f"{name} {value:.3f}" for name, value in rewards.items()]
            self.say(
                f"step {state.global_step:>5,} of {state.max_steps:,}   "
                f"reward {logs['reward'] or 0.0:.3f} ({', '.join(parts)})   "
                f"grad {logs.get('grad_norm') or 0.0:.3f}   {logs.get('step_time', 0.0):.1f} s"
            )


def _step(line: str) -> int:
    try:
        return int(json.loads(line)["step"])
    except (ValueError, KeyError, TypeError):
        # A line that a kill cut short.
        return 2**62
