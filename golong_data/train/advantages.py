"""Advantages of a batch of rewards: TMN-Reweight, and what it is compared with.

Every estimator is a pure function of N rewards, the prompt each was earned on and the task
each prompt belongs to. NaN stands for "not applicable": such a completion gets the advantage
0 and is left out of all statistics. Nothing depends on the order of the batch. All is
computed in float64 and from centred differences: in float32 rewards such as 1/3 are off by
more than what they are compared with.

Throughout, r is a reward, u a prompt, t its task; mean_u and var_u are the mean and the
unbiased variance of a prompt's rewards, and a prompt with a lone rollout has mean 0 and
variance 1, as in verl.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from golong_data.train.grouping import Batch, Ids, counts, deviation, grouped, moments, sums

Metrics = dict[str, float]

_TIE = 1e-12
"""Rewards no further apart than this, relative to 1, are equal but for rounding."""


@dataclass(frozen=True, slots=True)
class TaskStatistics:
    """What is known of a task: sums over its prompts, which decay as batches go by."""

    prompts: float
    means: float
    """Sum of mean_u."""
    variances: float
    """Sum of var_u."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an estimator may be told; each takes of it what it needs."""

    gamma: float = 1.0
    """Strength of the reweighting; 0 turns it off."""
    alpha: float = 0.8
    """Share of the prompt's own mean in the bar a rollout has to pass."""
    epsilon: float = 1e-6
    """Added to every scale."""
    statistics: Mapping[Hashable, TaskStatistics] | None = None
    """Of tasks over several batches, for `tmn` and `tmn_reweight`; default: of this batch."""


Estimator = Callable[[Tensor, Ids, Ids, Settings], tuple[Tensor, Metrics]]
"""(rewards (N,), prompt ids, task ids, settings) -> (advantages (N,), metrics)."""


def tmn_advantages(
    rewards: Tensor,
    prompt_ids: Ids,
    task_ids: Ids,
    *,
    reweight: bool = True,
    gamma: float = 1.0,
    alpha: float = 0.8,
    epsilon: float = 1e-6,
    statistics: Mapping[Hashable, TaskStatistics] | None = None,
) -> tuple[Tensor, Metrics]:
    """TMN-Reweight of GoLongRL (arXiv 2605.19577), or TMN alone with `reweight=False`.

    A prompt's own mean is the baseline; the scale is shared by the prompts of a task, so that
    a task whose rewards are spread widely does not drown the others:

        scale_t = sqrt(mean over the prompts of t of var_u)
        A = (r - mean_u) / (scale_t + epsilon)

    Reweighting takes weight from what is already the rule on a prompt, and gives it to what
    is the exception there:

        bar_u = alpha * mean_u + (1 - alpha) * mean over the prompts of t of mean_u
        p_u   = share of the prompt's rollouts with r > bar_u
        A    *= exp(gamma * (0.5 - p_u))  where r > mean_u
        A    *= exp(gamma * (p_u - 0.5))  elsewhere

    (the bar of a lone rollout is the task's mean).

    `rewards` has the shape (N,), NaN for "not applicable"; `prompt_ids` and `task_ids` have
    N entries each, in any order, integers or strings. The advantages have the shape, dtype
    and device of `rewards` and are 0 where a reward is NaN. `statistics` replaces the sums
    over this batch's prompts by longer ones, see `task_statistics` and `blend`.

    Known properties, which the metrics show:

    - Reweighted advantages of a prompt no longer sum to zero ("mean_advantage").
    - Where graded rewards are spread narrowly, p_u is 0 or 1 for whole prompts
      ("extreme_pass_rates", their share among prompts that are not flat), and the weight is
      decided by how the prompt stands to its task, not by its rollouts.
    - A task with one prompt in the batch reduces to the scale of that group, as in GRPO
      ("lone_tasks", their share).
    - Flat prompts add 0 to the variance of their task and so raise the advantages of its
      other prompts; `drop_flat` leaves them out beforehand ("flat_prompts", their share).

    Raises ValueError for shapes that do not fit, and for a prompt of two tasks.
    """
    batch = grouped(rewards, prompt_ids, task_ids)
    known = statistics if statistics is not None else _statistics(batch)
    of_task = [known[task] for task in batch.tasks]
    scale = torch.tensor([s.variances / s.prompts for s in of_task], dtype=torch.float64).sqrt()
    advantages = batch.centred / (scale[batch.task][batch.prompt] + epsilon)
    metrics = _metrics(batch)
    if reweight:
        task_mean = torch.tensor([s.means / s.prompts for s in of_task], dtype=torch.float64)
        passed = _passed(batch, task_mean[batch.task], alpha)
        exponent = gamma * (0.5 - passed[batch.prompt])
        advantages *= torch.exp(torch.where(batch.centred > _TIE, exponent, -exponent))
        uneven = batch.variance > 0
        metrics["mean_pass_rate"] = _mean(passed)
        metrics["extreme_pass_rates"] = _mean(((passed == 0) | (passed == 1))[uneven].double())
    metrics["mean_advantage"] = _mean(advantages)
    return _spread(batch, advantages, rewards), metrics


def _passed(batch: Batch, task_mean: Tensor, alpha: float) -> Tensor:
    """(U,) the share of each prompt's rollouts above its bar."""
    own = alpha * batch.mean + (1 - alpha) * task_mean
    bar = torch.where(batch.count > 1, own, task_mean)
    above = batch.reward > bar[batch.prompt] + _TIE
    return sums(above.double(), batch.prompt, len(batch.count)) / batch.count


def grpo(
    rewards: Tensor, prompt_ids: Ids, task_ids: Ids, settings: Settings
) -> tuple[Tensor, Metrics]:
    """(r - mean_u) / (std_u + epsilon), each prompt by its own scale (arXiv 2402.03300).

    A prompt on which one rollout of many succeeds outweighs one on which half do.
    """
    batch = grouped(rewards, prompt_ids, task_ids)
    scale = batch.variance.sqrt()[batch.prompt]
    return _plain(batch, batch.centred / (scale + settings.epsilon), rewards)


def dr_grpo(
    rewards: Tensor, prompt_ids: Ids, task_ids: Ids, settings: Settings
) -> tuple[Tensor, Metrics]:
    """r - mean_u, no scale (arXiv 2503.20783). Tasks count by how far their rewards spread."""
    batch = grouped(rewards, prompt_ids, task_ids)
    return _plain(batch, batch.centred, rewards)


def batch_std(
    rewards: Tensor, prompt_ids: Ids, task_ids: Ids, settings: Settings
) -> tuple[Tensor, Metrics]:
    """(r - mean_u) / (standard deviation of all rewards + epsilon) (arXiv 2508.08221)."""
    batch = grouped(rewards, prompt_ids, task_ids)
    everything = torch.zeros_like(batch.prompt)
    scale = deviation(batch.reward, everything, 1)[everything]
    return _plain(batch, batch.centred / (scale + settings.epsilon), rewards)


def task_level(
    rewards: Tensor, prompt_ids: Ids, task_ids: Ids, settings: Settings
) -> tuple[Tensor, Metrics]:
    """(r - mean of the task's rewards) / (their standard deviation + epsilon).

    The baseline is the task's, not the prompt's: an easy prompt has positive advantages even
    where all its rollouts earned the same, so that prompts teach how hard they are.
    """
    batch = grouped(rewards, prompt_ids, task_ids)
    task = batch.task[batch.prompt]
    mean, variance = moments(batch.reward, task, counts(task, len(batch.tasks)))
    centred = batch.reward - mean[task]
    return _plain(batch, centred / (variance.sqrt()[task] + settings.epsilon), rewards)


def task_std(
    rewards: Tensor, prompt_ids: Ids, task_ids: Ids, settings: Settings
) -> tuple[Tensor, Metrics]:
    """(r - mean_u) / (standard deviation of the task's rewards + epsilon).

    The task-specific estimation that QwenLong-L1.5 describes (arXiv 2512.12967). Unlike the
    scale of TMN, the deviation over a whole task also holds how far its prompts lie apart.
    """
    batch = grouped(rewards, prompt_ids, task_ids)
    task = batch.task[batch.prompt]
    scale = deviation(batch.reward, task, len(batch.tasks))[task]
    return _plain(batch, batch.centred / (scale + settings.epsilon), rewards)


def tmn(
    rewards: Tensor, prompt_ids: Ids, task_ids: Ids, settings: Settings
) -> tuple[Tensor, Metrics]:
    """`tmn_advantages` without reweighting."""
    return tmn_advantages(
        rewards,
        prompt_ids,
        task_ids,
        reweight=False,
        epsilon=settings.epsilon,
        statistics=settings.statistics,
    )


def tmn_reweight(
    rewards: Tensor, prompt_ids: Ids, task_ids: Ids, settings: Settings
) -> tuple[Tensor, Metrics]:
    """`tmn_advantages` with reweighting."""
    return tmn_advantages(
        rewards,
        prompt_ids,
        task_ids,
        gamma=settings.gamma,
        alpha=settings.alpha,
        epsilon=settings.epsilon,
        statistics=settings.statistics,
    )


ESTIMATORS: Mapping[str, Estimator] = {
    "grpo": grpo,
    "dr_grpo": dr_grpo,
    "batch_std": batch_std,
    "task_level": task_level,
    "task_std": task_std,
    "tmn": tmn,
    "tmn_reweight": tmn_reweight,
}
"""Name -> estimator. All share one signature."""
WITH_STATISTICS = frozenset({"tmn", "tmn_reweight"})
"""Estimators that can go by statistics over several batches."""


# --- statistics over several batches, and flat prompts --------------------------------------


def task_statistics(
    rewards: Tensor, prompt_ids: Ids, task_ids: Ids
) -> dict[Hashable, TaskStatistics]:
    """Sums over the prompts of each task of a batch; a task without rewards is absent."""
    return _statistics(grouped(rewards, prompt_ids, task_ids))


def blend(
    past: Mapping[Hashable, TaskStatistics],
    now: Mapping[Hashable, TaskStatistics],
    decay: float,
) -> dict[Hashable, TaskStatistics]:
    """An exponential average of task statistics: the past counts `decay`, the present 1.

    A task's past decays only when the task is seen again: what is seen rarely is what needs
    its past. Every prompt counts the same, so a batch with many prompts of a task moves it
    more than one with a single prompt. `decay` 0 forgets at once.
    """
    found = dict(past)
    for task, new in now.items():
        old = past.get(task, TaskStatistics(0.0, 0.0, 0.0))
        found[task] = TaskStatistics(
            decay * old.prompts + new.prompts,
            decay * old.means + new.means,
            decay * old.variances + new.variances,
        )
    return found


def drop_flat(rewards: Tensor, prompt_ids: Ids) -> Tensor:
    """Rewards with NaN on every prompt whose rollouts all earned the same.

    Such prompts teach nothing. The published recipe leaves them out before it estimates, and
    so do estimators that are given the result. A lone rollout is not flat.
    """
    batch = grouped(rewards, prompt_ids, prompt_ids)
    flat = (batch.variance == 0)[batch.prompt]
    dropped = rewards.clone()
    dropped[batch.kept.to(rewards.device)] = torch.where(flat, torch.nan, batch.reward).to(rewards)
    return dropped


# --- shared ---------------------------------------------------------------------------------


def _statistics(batch: Batch) -> dict[Hashable, TaskStatistics]:
    prompts = batch.over_prompts(torch.ones_like(batch.mean)).tolist()
    means = batch.over_prompts(batch.mean).tolist()
    variances = batch.over_prompts(batch.variance).tolist()
    return {
        task: TaskStatistics(*sums)
        for task, *sums in zip(batch.tasks, prompts, means, variances, strict=True)
    }


def _metrics(batch: Batch) -> Metrics:
    alone = batch.over_prompts(torch.ones_like(batch.mean)) == 1
    return {
        "prompts": float(len(batch.count)),
        "flat_prompts": _mean((batch.variance == 0).double()),
        "lone_tasks": _mean(alone.double()),
    }


def _plain(batch: Batch, advantages: Tensor, rewards: Tensor) -> tuple[Tensor, Metrics]:
    metrics = _metrics(batch) | {"mean_advantage": _mean(advantages)}
    return _spread(batch, advantages, rewards), metrics


def _spread(batch: Batch, advantages: Tensor, rewards: Tensor) -> Tensor:
    """(M,) -> (N,): 0 where a reward is not applicable."""
    found = torch.zeros(len(batch.kept), dtype=torch.float64)
    found[batch.kept] = advantages
    dtype = rewards.dtype if rewards.is_floating_point() else torch.float64
    return found.to(rewards.device, dtype)


def _mean(values: Tensor) -> float:
    return float(values.mean()) if len(values) else 0.0
