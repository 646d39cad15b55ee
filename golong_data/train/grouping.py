"""Rewards grouped by prompt and task: what every estimator starts from.

All is computed in float64, on the CPU, and from centred differences.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

Ids = Tensor | Sequence[Hashable]
"""Whatever tells prompts, or tasks, apart: an integer tensor, or strings or integers."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The applicable rewards, grouped: M rewards of U prompts of T tasks."""

    kept: Tensor
    """(N,) bool: which rewards are applicable."""
    reward: Tensor
    """(M,) float64."""
    prompt: Tensor
    """(M,) the prompt of a reward, 0 .. U - 1."""
    task: Tensor
    """(U,) the task of a prompt, 0 .. T - 1."""
    tasks: tuple[Hashable, ...]
    """(T,) ids of the tasks."""
    count: Tensor
    """(U,) rewards of a prompt."""
    mean: Tensor
    """(U,) mean_u."""
    variance: Tensor
    """(U,) var_u."""

    @property
    def centred(self) -> Tensor:
        """(M,) r - mean_u."""
        return self.reward - self.mean[self.prompt]

    def over_prompts(self, values: Tensor) -> Tensor:
        """(U,) -> (T,) sums over the prompts of each task."""
        return sums(values, self.task, len(self.tasks))


def numbered(ids: Ids, kept: Tensor) -> tuple[Tensor, tuple[Hashable, ...]]:
    """(M,) the applicable ids as 0, 1, ... in the order they first appear, and what they were."""
    listed = ids.tolist() if isinstance(ids, Tensor) else ids
    if len(listed) != len(kept):
        raise ValueError(f"{len(kept)} rewards, but {len(listed)} ids")
    numbers: dict[Hashable, int] = {}
    chosen = [
        numbers.setdefault(identifier, len(numbers))
        for identifier, keep in zip(listed, kept.tolist(), strict=True)
        if keep
    ]
    return torch.tensor(chosen, dtype=torch.long), tuple(numbers)


def grouped(rewards: Tensor, prompt_ids: Ids, task_ids: Ids) -> Batch:
    """The applicable rewards of a batch with the statistics of its prompts.

    Raises ValueError for shapes that do not fit, and for a prompt of two tasks.
    """
    if rewards.dim() != 1:
        raise ValueError(f"rewards have the shape (N,), not {tuple(rewards.shape)}")
    # A few thousand numbers: launching kernels would cost more than the arithmetic.
    values = rewards.detach().to("cpu", torch.float64)
    kept = ~values.isnan()
    values = values[kept]
    prompt, prompts = numbered(prompt_ids, kept)
    task_of_reward, tasks = numbered(task_ids, kept)
    task = torch.zeros(len(prompts), dtype=torch.long)
    task[prompt] = task_of_reward
    if not torch.equal(task[prompt], task_of_reward):
        raise ValueError("the rollouts of a prompt belong to one task, but a prompt has two")
    count = counts(prompt, len(prompts))
    mean, variance = moments(values, prompt, count)
    lone = count == 1
    mean, variance = mean.masked_fill(lone, 0.0), variance.masked_fill(lone, 1.0)
    return Batch(kept, values, prompt, task, tasks, count, mean, variance)


def moments(values: Tensor, group: Tensor, count: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and unbiased variance of each group, 0 where it has one value.

    Taken as differences from the group's smallest value: equal values then give exactly
    their value and exactly 0.
    """
    base = torch.full_like(count, torch.inf).scatter_reduce(0, group, values, "amin")
    mean = base + sums(values - base[group], group, len(count)) / count
    squares = sums((values - mean[group]).square(), group, len(count))
    return mean, squares / (count - 1).clamp(min=1)


def deviation(values: Tensor, group: Tensor, groups: int) -> Tensor:
    """Standard deviation of each group; 0 where it has one value."""
    return moments(values, group, counts(group, groups))[1].sqrt()


def counts(group: Tensor, groups: int) -> Tensor:
    """(groups,) how many entries each group has, in float64."""
    return sums(torch.ones(len(group), dtype=torch.float64), group, groups)


def sums(values: Tensor, group: Tensor, groups: int) -> Tensor:
    """(groups,) the sum of each group's values."""
    return torch.zeros(groups, dtype=torch.float64).index_add(0, group, values)
