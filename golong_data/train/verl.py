"""TMN-Reweight inside verl: the trainer's estimators, registered as verl's own.

verl imports this module in each of its processes where VERL_USE_EXTERNAL_MODULES names it.
From then on `algorithm.adv_estimator` may be "golong_" and the name of any estimator of
`golong_data.train.advantages`, computed by the very functions that `golong-data train` uses.

verl hands an estimator the rewards and the ids of their prompts, and of the rows' other
columns nothing. `trainer.v1.trainer_mode: golong` is verl's synchronous trainer with one
method more: it looks up the rows of the batch and tells the estimator what task each prompt
is of, and verl's log what the estimator measured.

Written for verl 0.9, whose trainer keeps batches in a TransferQueue. Before 0.9 there is no
such trainer to extend, and this module says so. `golong-data export --to verl` writes a
configuration that uses it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import torch
from omegaconf import open_dict
from torch import Tensor
from verl.trainer.ppo.core_algos import register_adv_est

from golong_data.errors import UserError
from golong_data.train.advantages import ESTIMATORS, Settings

try:
    import transfer_queue as tq
    from verl.trainer.ppo.v1 import PPOTrainerSync, register_trainer
except ImportError as error:
    raise UserError(
        f"this verl has no trainer to extend ({error}).",
        where="VERL_USE_EXTERNAL_MODULES",
        remedy='Install verl 0.9 or later with its own dependencies: pip install "verl>=0.9".',
    ) from error

PREFIX = "golong_"
MODE = "golong"
"""Name of the trainer, for trainer.v1.trainer_mode."""
TASK_BY = "reward_type"
"""Field of extra_info that says what task a row is of, unless algorithm.golong.task_by does."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What an estimator is told beside the rewards."""

    tasks: Mapping[str, str]
    """Prompt uid -> task. Prompts that are missing are padding."""
    metrics: dict[str, float] = field(default_factory=dict)
    """Filled by the estimator."""


_current: ContextVar[Batch | None] = ContextVar("golong_batch", default=None)


@contextmanager
def telling(tasks: Mapping[str, str]) -> Iterator[Batch]:
    """Within the block, estimators know these tasks."""
    batch = Batch(tasks)
    token = _current.set(batch)
    try:
        yield batch
    finally:
        _current.reset(token)


def estimator(name: str) -> Callable[..., tuple[Tensor, Tensor]]:
    """One of ESTIMATORS with the signature that verl calls."""

    def estimate(
        token_level_rewards: Tensor,
        response_mask: Tensor,
        index: Any,
        config: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> tuple[Tensor, Tensor]:
        """Advantages and returns, both (rollouts, tokens), 0 where the mask is.

        `index` holds the uid of each rollout's prompt; its task is looked up among those that
        the trainer told. Rows that verl added to fill up a batch are left out of everything.
        """
        batch = _current.get()
        if batch is None:
            raise UserError(
                "the tasks of the prompts are not known.",
                where=f"algorithm.adv_estimator={PREFIX}{name}",
                remedy=f"Set trainer.v1.trainer_mode={MODE}.",
            )
        prompts = [str(uid) for uid in index]
        tasks = [batch.tasks.get(uid, "") for uid in prompts]
        padding = torch.tensor([uid not in batch.tasks for uid in prompts])
        rewards = token_level_rewards.sum(dim=-1)
        rewards = rewards.masked_fill(padding.to(rewards.device), torch.nan)
        found, metrics = ESTIMATORS[name](rewards, prompts, tasks, settings_of(config))
        batch.metrics.update({f"advantages/{key}": value for key, value in metrics.items()})
        advantages = found.unsqueeze(-1) * response_mask
        return advantages, advantages

    return estimate


def settings_of(config: Mapping[str, Any] | None) -> Settings:
    """Settings from `algorithm.golong`; what is not there has the published value."""
    given = dict((config.get("golong") if config else None) or {})
    published = Settings()
    return Settings(
        gamma=float(given.get("gamma", published.gamma)),
        alpha=float(given.get("alpha", published.alpha)),
        epsilon=float(given.get("epsilon", published.epsilon)),
    )


def tasks_of(
    uids: list[str], infos: list[Any], tags: list[Mapping[str, Any]], by: str
) -> dict[str, str]:
    """Prompt uid -> task, without the rows that are padding. Raises UserError for a row that
    does not say its task."""
    tasks = {}
    for uid, info, tag in zip(uids, infos, tags, strict=True):
        if tag.get("is_padding"):
            continue
        task = (info or {}).get(by)
        if not task:
            raise UserError(
                f'a row has no "{by}" in its extra_info.',
                where="algorithm.golong.task_by",
                remedy="Train on rows of `golong-data export --to verl`, or name a field that "
                "every row has.",
            )
        tasks[uid] = str(task)
    return tasks


@register_trainer(MODE)
class TaskTrainer(PPOTrainerSync):  # type: ignore[misc]
    """verl's synchronous trainer, which tells estimators the task of each prompt."""

    def __init__(self, config: Any) -> None:
        # verl asks for the mode by its name to see whether batches are synchronous.
        with open_dict(config):
            config.trainer.v1.trainer_mode = "sync"
        super().__init__(config)

    def _compute_advantage(self, batch: Any, metrics: dict[str, Any]) -> Any:
        rows = tq.kv_batch_get(
            keys=batch.keys, partition_id=batch.partition_id, select_fields=["uid", "extra_info"]
        )
        by = (self.config.algorithm.get("golong") or {}).get("task_by", TASK_BY)
        tasks = tasks_of(list(rows["uid"]), list(rows["extra_info"]), batch.tags, by)
        with telling(tasks) as told:
            done = super()._compute_advantage(batch, metrics)
        metrics.update(told.metrics)
        return done


for _name in ESTIMATORS:
    register_adv_est(PREFIX + _name)(estimator(_name))
