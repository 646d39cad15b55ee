"""Advantage estimators: published numbers, and what holds for every batch."""

from __future__ import annotations

import itertools
import json
import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import support  # noqa: F401  (its Hypothesis profile: the same examples everywhere)
from hypothesis import given, settings
from hypothesis import strategies as st

torch = pytest.importorskip("torch")

from golong_data.train.advantages import (  # noqa: E402
    ESTIMATORS,
    WITH_STATISTICS,
    Settings,
    TaskStatistics,
    blend,
    drop_flat,
    task_statistics,
    tmn_advantages,
)

LINES = (Path(__file__).parent / "tmn_cases.jsonl").read_text(encoding="utf-8").splitlines()
CASES = [json.loads(line) for line in LINES[1:]]
few = settings(max_examples=25)
"""There are six estimators, and each property is tried on every one."""
each_estimator = pytest.mark.parametrize("name", ESTIMATORS)


@dataclass(frozen=True)
class Batch:
    """Rewards with their prompts and tasks, in any order."""

    rewards: list[float]
    prompts: list[int]
    tasks: list[int]


@st.composite
def batches(draw: st.DrawFn, *, nan: bool = True, least: int = 1) -> Batch:
    """Up to six prompts of up to three tasks with up to six rollouts, shuffled."""
    values = st.sampled_from([0.0, 1.0, 0.5, 1 / 3, 2 / 3]) | st.floats(0, 1, width=32)
    values = values | st.just(math.nan) if nan else values
    entries = []
    for prompt in range(draw(st.integers(1, 6))):
        task = draw(st.integers(0, 2))
        for reward in draw(st.lists(values, min_size=least, max_size=6)):
            entries.append((reward, prompt, task))
    entries = draw(st.permutations(entries))
    return Batch(*map(list, zip(*entries, strict=True)))


def estimate(name: str, batch: Batch, **changes: Any) -> list[float]:
    """Advantages of a batch, as a list."""
    rewards = torch.tensor(batch.rewards, dtype=torch.float64)
    found, _ = ESTIMATORS[name](rewards, batch.prompts, batch.tasks, Settings(**changes))
    assert found.shape == rewards.shape
    return [float(value) for value in found]


def close(a: Sequence[float], b: Sequence[float]) -> bool:
    """Equal but for rounding."""
    return len(a) == len(b) and all(
        math.isclose(x, y, rel_tol=1e-7, abs_tol=1e-7) for x, y in zip(a, b, strict=True)
    )


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_numbers_of_the_published_function_come_out(case: dict[str, Any]) -> None:
    """To nine decimals, with the mean pass rate where there is one."""
    found, metrics = tmn_advantages(
        torch.tensor(case["reward"], dtype=torch.float64),
        case["prompt"],
        case["task"],
        **{key: case[key] for key in ("reweight", "gamma", "alpha", "epsilon")},
    )
    wanted = torch.tensor(case["advantage"], dtype=torch.float64)
    assert float((found - wanted).abs().max()) <= 1e-9
    if case["mean_pass_rate"] is not None:
        assert metrics["mean_pass_rate"] == pytest.approx(case["mean_pass_rate"], abs=1e-9)


def by_hand(batch: Batch, alpha: float, gamma: float) -> list[float]:
    """TMN-Reweight in plain Python, prompt by prompt, from its formula alone."""
    groups: dict[int, list[float]] = {}
    task_of = dict(zip(batch.prompts, batch.tasks, strict=True))
    for reward, prompt in zip(batch.rewards, batch.prompts, strict=True):
        if not math.isnan(reward):
            groups.setdefault(prompt, []).append(reward)
    mean, variance = {}, {}
    for prompt, earned in groups.items():
        n = len(earned)
        mean[prompt] = math.fsum(earned) / n if n > 1 else 0.0
        squares = math.fsum((r - mean[prompt]) ** 2 for r in earned)
        variance[prompt] = squares / (n - 1) if n > 1 else 1.0
    found = []
    for reward, prompt in zip(batch.rewards, batch.prompts, strict=True):
        if math.isnan(reward):
            found.append(0.0)
            continue
        same = [p for p in groups if task_of[p] == task_of[prompt]]
        scale = math.sqrt(math.fsum(variance[p] for p in same) / len(same))
        task_mean = math.fsum(mean[p] for p in same) / len(same)
        bar = alpha * mean[prompt] + (1 - alpha) * task_mean
        if len(groups[prompt]) == 1:
            bar = task_mean
        passed = sum(r > bar + 1e-12 for r in groups[prompt]) / len(groups[prompt])
        sign = 1 if reward > mean[prompt] + 1e-12 else -1
        factor = math.exp(sign * gamma * (0.5 - passed))
        found.append((reward - mean[prompt]) / (scale + 1e-6) * factor)
    return found


@few
@given(batches(), st.sampled_from([0.0, 0.5, 0.8, 1.0]), st.sampled_from([0.0, 0.5, 1.0, 2.0]))
def test_tmn_is_what_its_formula_says(batch: Batch, alpha: float, gamma: float) -> None:
    """Against the formula written out in plain Python."""
    found = estimate("tmn_reweight", batch, alpha=alpha, gamma=gamma)
    assert close(found, by_hand(batch, alpha, gamma))


@each_estimator
@few
@given(batch=batches(), data=st.data())
def test_order_does_not_matter(name: str, batch: Batch, data: st.DataObject) -> None:
    """A shuffled batch has the same advantages, shuffled."""
    order = data.draw(st.permutations(range(len(batch.rewards))))
    shuffled = Batch(
        [batch.rewards[i] for i in order],
        [batch.prompts[i] for i in order],
        [batch.tasks[i] for i in order],
    )
    before = estimate(name, batch)
    assert close(estimate(name, shuffled), [before[i] for i in order])


@each_estimator
@few
@given(batch=batches())
def test_what_is_not_applicable_changes_nothing(name: str, batch: Batch) -> None:
    """NaN has the advantage 0, and the others have what they would have without it."""
    found = estimate(name, batch)
    kept = [i for i, reward in enumerate(batch.rewards) if not math.isnan(reward)]
    assert all(found[i] == 0 for i in range(len(found)) if i not in kept)
    alone = Batch(
        [batch.rewards[i] for i in kept],
        [batch.prompts[i] for i in kept],
        [batch.tasks[i] for i in kept],
    )
    assert close(estimate(name, alone), [found[i] for i in kept])


@each_estimator
@few
@given(batch=batches())
def test_ids_may_be_strings_integers_or_tensors(name: str, batch: Batch) -> None:
    """What an id is makes no difference, only which are equal."""
    rewards = torch.tensor(batch.rewards, dtype=torch.float64)
    estimator = ESTIMATORS[name]
    plain, _ = estimator(rewards, batch.prompts, batch.tasks, Settings())
    texts = [f"p{p}" for p in batch.prompts], [f"t{t}" for t in batch.tasks]
    tensors = torch.tensor(batch.prompts) * 7 + 3, torch.tensor(batch.tasks)
    assert torch.equal(plain, estimator(rewards, *texts, Settings())[0])
    assert torch.equal(plain, estimator(rewards, *tensors, Settings())[0])


@pytest.mark.parametrize("name", [name for name in ESTIMATORS if name != "task_level"])
@few
@given(batch=batches(nan=False, least=2))
def test_a_prompt_that_earns_the_same_throughout_teaches_nothing(name: str, batch: Batch) -> None:
    """Advantages of flat prompts are exactly 0, whatever the reward."""
    flat = {p: batch.rewards[i] for i, p in enumerate(batch.prompts)}
    same = Batch([flat[p] for p in batch.prompts], batch.prompts, batch.tasks)
    assert estimate(name, same) == [0.0] * len(same.rewards)


@each_estimator
@few
@given(batch=batches(nan=False, least=2))
def test_more_reward_on_a_prompt_never_means_less_advantage(name: str, batch: Batch) -> None:
    """Within a prompt advantages are in the order of rewards."""
    found = estimate(name, batch)
    for prompt in set(batch.prompts):
        mine = [i for i, p in enumerate(batch.prompts) if p == prompt]
        ordered = sorted(mine, key=lambda i: batch.rewards[i])
        for a, b in itertools.pairwise(ordered):
            assert found[a] <= found[b] + 1e-9


@few
@given(batch=batches(nan=False, least=2))
def test_the_task_level_baseline_is_the_mean_of_the_task(batch: Batch) -> None:
    """Advantages of each task sum to zero and have a standard deviation of 1 where it has one."""
    found = estimate("task_level", batch)
    for task in set(batch.tasks):
        places = [i for i, t in enumerate(batch.tasks) if t == task]
        mine, earned = [found[i] for i in places], [batch.rewards[i] for i in places]
        assert abs(math.fsum(mine)) < 1e-6 * max(1.0, max(map(abs, mine)))
        if len(places) > 1 and statistics.stdev(earned) > 1e-3:
            assert statistics.stdev(mine) == pytest.approx(1.0, abs=2e-3)


@pytest.mark.parametrize(
    "name", [name for name in ESTIMATORS if name not in ("tmn_reweight", "task_level")]
)
@few
@given(batch=batches(nan=False, least=2))
def test_without_reweighting_a_prompt_sums_to_zero(name: str, batch: Batch) -> None:
    """The baseline is the prompt's own mean."""
    found = estimate(name, batch)
    for prompt in set(batch.prompts):
        mine = [a for a, p in zip(found, batch.prompts, strict=True) if p == prompt]
        assert abs(math.fsum(mine)) < 1e-6 * max(1.0, max(map(abs, mine)))


@few
@given(batch=batches(nan=False, least=2))
def test_a_task_with_one_prompt_reduces_to_the_scale_of_its_group(batch: Batch) -> None:
    """Known, and counted in the metric lone_tasks."""
    apart = Batch(batch.rewards, batch.prompts, batch.prompts)
    assert close(estimate("tmn", apart), estimate("grpo", apart))
    rewards = torch.tensor(batch.rewards)
    assert tmn_advantages(rewards, batch.prompts, batch.prompts)[1]["lone_tasks"] == 1


@few
@given(batch=batches(), factor=st.sampled_from([0.25, 2.0, 8.0]))
def test_gamma_zero_is_tmn_alone(batch: Batch, factor: float) -> None:
    """And alpha then says nothing."""
    assert estimate("tmn_reweight", batch, gamma=0.0, alpha=factor) == estimate("tmn", batch)


def test_reweighting_favours_the_exception() -> None:
    """One success among four weighs more than three do, one failure more than three do."""
    hard, easy = [1.0, 0.0, 0.0, 0.0], [1.0, 1.0, 1.0, 0.0]
    batch = Batch(hard + easy, [0] * 4 + [1] * 4, [0] * 8)
    found, plain = estimate("tmn_reweight", batch), estimate("tmn", batch)
    assert found[0] > plain[0]
    assert found[4] < plain[4]
    assert abs(found[7]) > abs(plain[7])
    assert math.fsum(found[:4]) != pytest.approx(0.0, abs=0.1)


def test_single_precision_rewards_lose_nothing() -> None:
    """Rewards in thirds, where float32 statistics would be off: dtype and values come back."""
    rewards = [1 / 3, 1 / 3, 2 / 3, 1.0, 0.0, 1 / 3, 1 / 3, 2 / 3] * 4
    prompts, tasks = [i // 8 for i in range(32)], [i // 16 for i in range(32)]
    single, _ = tmn_advantages(torch.tensor(rewards, dtype=torch.float32), prompts, tasks)
    double, _ = tmn_advantages(torch.tensor(rewards, dtype=torch.float64), prompts, tasks)
    assert single.dtype == torch.float32
    assert float((single.double() - double).abs().max()) < 1e-6


def test_what_does_not_fit_is_refused() -> None:
    """Shapes that differ, and a prompt of two tasks."""
    with pytest.raises(ValueError, match="2 rewards, but 3 ids"):
        tmn_advantages(torch.zeros(2), [0, 0, 0], [0, 0])
    with pytest.raises(ValueError, match="belong to one task"):
        tmn_advantages(torch.zeros(2), [0, 0], [0, 1])
    with pytest.raises(ValueError, match="shape"):
        tmn_advantages(torch.zeros(2, 2), [0, 0], [0, 0])


@each_estimator
def test_nothing_to_estimate_is_no_error(name: str) -> None:
    """No reward, or none that is applicable."""
    assert estimate(name, Batch([], [], [])) == []
    assert estimate(name, Batch([math.nan] * 2, [0, 0], [0, 0])) == [0.0, 0.0]


@few
@given(batch=batches())
def test_flat_prompts_leave_and_others_are_estimated_as_if_alone(batch: Batch) -> None:
    """`drop_flat` turns them into what is not applicable, and touches no other reward."""
    rewards = torch.tensor(batch.rewards, dtype=torch.float64)
    dropped = drop_flat(rewards, batch.prompts).tolist()
    for prompt in set(batch.prompts):
        mine = [i for i, p in enumerate(batch.prompts) if p == prompt]
        earned = [batch.rewards[i] for i in mine if not math.isnan(batch.rewards[i])]
        flat = len(earned) > 1 and len(set(earned)) == 1
        for i in mine:
            assert math.isnan(dropped[i]) == (flat or math.isnan(batch.rewards[i]))
            assert math.isnan(dropped[i]) or dropped[i] == batch.rewards[i]


@pytest.mark.parametrize("name", sorted(WITH_STATISTICS))
@few
@given(batch=batches())
def test_statistics_of_the_batch_itself_change_nothing(name: str, batch: Batch) -> None:
    """Handing them in is the same as having them computed; so is a past that does not count."""
    rewards = torch.tensor(batch.rewards, dtype=torch.float64)
    own = task_statistics(rewards, batch.prompts, batch.tasks)
    past = {task: TaskStatistics(3.0, 1.0, 2.0) for task in range(5)}
    plain = estimate(name, batch)
    assert estimate(name, batch, statistics=own) == plain
    assert close(estimate(name, batch, statistics=blend(past, own, 0.0)), plain)


@few
@given(st.lists(batches(least=2), min_size=1, max_size=3), st.sampled_from([0.3, 0.9]))
def test_running_statistics_weigh_prompts_by_age(parts: list[Batch], decay: float) -> None:
    """Sums decay each time a task is seen, and only then."""
    running: dict[Any, TaskStatistics] = {}
    wanted: dict[int, float] = {}
    for part in parts:
        rewards = torch.tensor(part.rewards, dtype=torch.float64)
        now = task_statistics(rewards, part.prompts, part.tasks)
        running = blend(running, now, decay)
        for task, sums in now.items():
            wanted[task] = decay * wanted.get(task, 0.0) + sums.prompts
    assert {task: sums.prompts for task, sums in running.items()} == pytest.approx(wanted)
