"""TMNTrainer: TRL's GRPO with advantages that know of tasks.

TRL computes advantages inside `_generate_and_score_completions` and offers no hook. Two
overrides let the rewards of all processes pass by on their way in and put other advantages
in place on their way out; no code of TRL's is repeated. Both names are private: a test holds
what is relied on (tests/train/test_canary.py).
"""

from __future__ import annotations

import json
import logging
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from accelerate.utils import gather_object
from torch import Tensor
from torch.utils.data import Sampler
from transformers.trainer_utils import PREFIX_CHECKPOINT_DIR
from trl import GRPOTrainer

from golong_data.completions import completion_text, reader_of_trainer
from golong_data.train.advantages import (
    ESTIMATORS,
    WITH_STATISTICS,
    Settings,
    TaskStatistics,
    blend,
    drop_flat,
    task_statistics,
)
from golong_data.train.config import TMNConfig
from golong_data.train.curriculum import Curriculum
from golong_data.train.reporting import by_task
from golong_data.train.sampling import EpochSampler, entries

STATISTICS_FILE = "task_statistics.json"


class TMNTrainer(GRPOTrainer):
    """GRPOTrainer that estimates advantages by `args.estimator`, and logs by task.

    Rows have the columns `task` and `row_id` beside what rewards need. Where completions are
    logged, the row's id stands for its prompt.
    """

    args: TMNConfig

    def __init__(self, *args: Any, curriculum: Curriculum | None = None, **kwargs: Any) -> None:
        self.curriculum = curriculum or Curriculum()
        self.task_statistics: dict[Hashable, TaskStatistics] = {}
        self.evaluated: dict[str, list[str]] = defaultdict(list)
        """Row id -> completions of the last evaluation, of all processes."""
        self._scored: tuple[Tensor, list[str], list[str]] = (torch.empty(0), [], [])
        # It would write out prompts of a hundred thousand tokens.
        logging.getLogger("trl.trainer.grpo_trainer").addFilter(_no_prompts)
        super().__init__(*args, **kwargs)

    # --- advantages -----------------------------------------------------------------------

    def _calculate_rewards(
        self, inputs: list[dict[str, Any]], prompts: Any, completions: Any, completion_ids: Any
    ) -> Tensor:
        """(N, functions) rewards of all processes; keeps them with their tasks and row ids."""
        per_function: Tensor = super()._calculate_rewards(
            inputs, prompts, completions, completion_ids
        )
        weighted = per_function * self.reward_weights.to(per_function.device)
        none = per_function.isnan().all(dim=1)
        rewards = weighted.nansum(dim=1).masked_fill(none, torch.nan)
        tasks = gather_object([str(row["task"]) for row in inputs])
        ids = gather_object([str(row["row_id"]) for row in inputs])
        self._scored = rewards, tasks, ids
        if not self.model.training:
            texts = self._texts(inputs, prompts, completions, completion_ids)
            for identifier, text in zip(ids, gather_object(texts), strict=True):
                self.evaluated[identifier].append(text)
        return per_function

    def _texts(
        self, inputs: list[dict[str, Any]], prompts: Any, completions: Any, completion_ids: Any
    ) -> list[str]:
        """Completions as they are written down: with an opening of thinking that stands in the
        prompt, but for rows that are scored as published."""
        reader = reader_of_trainer(self)
        return [
            reader.text(completion, ids, prompt=prompt)
            if reader is not None and (row.get("extra_info") or {}).get("metric")
            else completion_text(completion)
            for row, prompt, completion, ids in zip(
                inputs, prompts, completions, completion_ids, strict=True
            )
        ]

    def _generate_and_score_completions(self, inputs: list[dict[str, Any]]) -> dict[str, Any]:
        """TRL's batch of this process, with the estimator's advantages."""
        output: dict[str, Any] = super()._generate_and_score_completions(inputs)
        training = self.model.training
        rewards, tasks, ids = self._scored
        size = self.num_generations if training else self.num_generations_eval
        # Groups lie one after the other, and may straddle processes.
        prompts = torch.arange(len(rewards)) // size
        kept = drop_flat(rewards, prompts) if self.args.drop_flat and training else rewards
        advantages, metrics = self._estimate(kept, prompts, tasks)
        start = self.accelerator.process_index * len(inputs)
        mine = slice(start, start + len(inputs))
        output["advantages"] = advantages[mine].to(output["advantages"])
        if self.args.drop_flat and training:
            self._leave_out(output, kept.isnan()[mine] & ~rewards.isnan()[mine])
        figures = by_task(rewards, advantages, prompts, tasks)
        for name, value in (metrics | figures).items() if training else figures.items():
            self._metrics["train" if training else "eval"][name].append(value)
        for column, values in (("prompt", ids), ("advantages", advantages.tolist())):
            logged = self._logs[column]
            # It forgets what is older than a batch, so it may hold less than was just added.
            for _ in range(min(len(values), len(logged))):
                logged.pop()
            logged.extend(values)
        return output

    def _estimate(
        self, rewards: Tensor, prompts: Tensor, tasks: list[str]
    ) -> tuple[Tensor, dict[str, float]]:
        args = self.args
        statistics = None
        if args.statistics_decay and args.estimator in WITH_STATISTICS:
            now = task_statistics(rewards, prompts, tasks)
            statistics = blend(self.task_statistics, now, args.statistics_decay)
            if self.model.training:
                self.task_statistics = statistics
        settings = Settings(args.tmn_gamma, args.tmn_alpha, args.tmn_epsilon, statistics)
        advantages, metrics = ESTIMATORS[args.estimator](rewards, prompts, tasks, settings)
        return advantages, {f"advantages/{name}": value for name, value in metrics.items()}

    def _leave_out(self, output: dict[str, Any], flat: Tensor) -> None:
        """Takes completions out of the loss and out of what it is divided by.

        As TRL does with truncated ones under `mask_truncated_completions`.
        """
        mask = output["completion_mask"]
        output["completion_mask"] = mask * (~flat).to(mask).unsqueeze(1)
        counted = output["completion_mask"] * output.get("tool_mask", 1)
        output["num_items_in_batch"] = self.accelerator.gather(counted.sum()).sum()

    # --- padding ---------------------------------------------------------------------------

    def _get_per_token_logps_and_entropies(
        self,
        model: Any,
        input_ids: Tensor,
        attention_mask: Tensor,
        logits_to_keep: int,
        batch_size: int | None = None,
        **kwargs: Any,
    ) -> tuple[Tensor, Tensor | None, Tensor | None]:
        """TRL's, on the columns that some row of the micro-batch uses.

        A batch is padded to its longest prompt on the left, so that what is shared by all rows
        of a micro-batch can go. Batches that hold images are left alone.
        """
        parent = super()._get_per_token_logps_and_entropies
        if not self.args.trim_padding or any(
            isinstance(kwargs.get(name), Tensor) for name in kwargs
        ):
            whole: tuple[Tensor, Tensor | None, Tensor | None] = parent(
                model, input_ids, attention_mask, logits_to_keep, batch_size, **kwargs
            )
            return whole
        parts = []
        for ids, mask in zip(
            input_ids.split(batch_size or len(input_ids)),
            attention_mask.split(batch_size or len(input_ids)),
            strict=True,
        ):
            # The first scored token is predicted from the one before it.
            most = ids.size(1) - logits_to_keep - 1
            cut = min(int(mask.any(dim=0).int().argmax()), most)
            parts.append(parent(model, ids[:, cut:], mask[:, cut:], logits_to_keep, **kwargs))
        logps, entropies, losses = zip(*parts, strict=True)
        return (
            torch.cat(logps),
            None if entropies[0] is None else torch.cat(entropies),
            None if losses[0] is None else torch.stack(losses).mean(),
        )

    # --- order, checkpoints, telemetry -------------------------------------------------------

    def _get_train_sampler(self, dataset: Any = None) -> Sampler[int]:
        """Rows in the order of the curriculum, each repeated as TRL wants it."""
        return EpochSampler(
            entries(self.train_dataset if dataset is None else dataset),
            self.curriculum,
            together=self.args.tasks_together,
            seed=self.args.seed if self.args.data_seed is None else self.args.data_seed,
            shuffle=self.shuffle_dataset,
            prompts=(self.args.generation_batch_size or 1) // self.num_generations,
            generations=self.num_generations,
            repeats=self.num_iterations * (self.args.steps_per_generation or 1),
        )

    def _save_checkpoint(self, model: Any, trial: Any) -> None:
        super()._save_checkpoint(model, trial)
        self.accelerator.wait_for_everyone()
        if self.args.should_save:
            # Written last: a checkpoint without it was being written when the run was killed.
            name = f"{PREFIX_CHECKPOINT_DIR}-{self.state.global_step}"
            path = Path(self._get_output_dir(trial=trial)) / name / STATISTICS_FILE
            text = json.dumps({task: asdict(s) for task, s in self.task_statistics.items()})
            path.write_text(text, encoding="utf-8")

    def _load_optimizer_and_scheduler(self, checkpoint: str | None) -> None:
        super()._load_optimizer_and_scheduler(checkpoint)
        path = Path(checkpoint or "") / STATISTICS_FILE
        if checkpoint is not None and path.is_file():
            found = json.loads(path.read_text(encoding="utf-8"))
            self.task_statistics = {task: TaskStatistics(**sums) for task, sums in found.items()}

    def _send_telemetry(self) -> None:
        """Nothing is sent to anyone."""


def _no_prompts(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith("All reward functions returned None")
