"""In which order rows are trained on: a pure function of the rows, a seed and the epoch.

No state is kept between batches, so a run that is resumed goes on in the same order, and
every process of a run comes to the same one.
"""

from __future__ import annotations

import hashlib
import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

LEVELS = ("easy", "medium", "hard")
"""What `difficulty` of a row may say; what says nothing counts as medium."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row is ordered by."""

    id: str
    task: str
    """The reward type, or whatever the estimator goes by."""
    capability: str
    difficulty: str
    n_tokens: int


@dataclass(frozen=True, slots=True)
class Curriculum:
    """Which rows come early, and how often rows come."""

    by: Literal["none", "length", "difficulty", "capability"] = "none"
    """Short before long, easy before hard, capabilities as `first` lists them."""
    start: float = 0.2
    """Share of the rows, from the early end, that is open when an epoch begins."""
    until: float = 0.5
    """Share of the epoch after which all rows are open; in between more open evenly."""
    epochs: int = 1
    """Epochs that are ordered; later ones are shuffled."""
    first: tuple[str, ...] = ()
    """Capabilities in their order, for `by: capability`; those not named come last."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """Capability -> how often its rows come in an epoch, 1 where it is not named. A fraction
    is a chance that is drawn anew each epoch: 2.5 is twice, and a third time for half of
    the rows. 0 leaves a capability out."""

    def __post_init__(self) -> None:
        if not 0 < self.start <= 1 or not 0 <= self.until <= 1:
            raise ValueError("start lies above 0 and up to 1, until between 0 and 1")
        if self.epochs < 0 or any(weight < 0 for weight in self.weights.values()):
            raise ValueError("epochs and weights are not negative")
        if self.by == "capability" and not self.first:
            raise ValueError("by: capability needs the key first, a list of capabilities")


def epoch_order(
    rows: Sequence[Entry], curriculum: Curriculum, *, seed: int, epoch: int
) -> list[int]:
    """Indices of rows in the order of one epoch; each as often as its weight says.

    At every place one of the rows that are open is drawn, all with the same chance, as in
    competence-based curricula (arXiv 1903.09848), except that none is drawn twice: so every
    row has had its place when the epoch ends.
    """
    copies: list[tuple[float, float, int]] = []
    for index, row in enumerate(rows):
        weight = curriculum.weights.get(row.capability, 1.0)
        times = int(weight) + (_draw(seed, epoch, "weight", row.id) < weight % 1)
        for copy in range(times):
            tie = _draw(seed, epoch, f"tie {copy}", row.id)
            copies.append((_key(row, curriculum), tie, index))
    copies.sort()
    rng = random.Random(f"{seed} {epoch}")
    ordered = curriculum.by != "none" and epoch < curriculum.epochs
    order: list[int] = []
    pool: list[int] = []
    opened = 0
    for place in range(len(copies)):
        share = _open_share(place / len(copies), curriculum) if ordered else 1.0
        wanted = max(place + 1, math.ceil(share * len(copies)))
        pool += [index for _, _, index in copies[opened:wanted]]
        opened = max(opened, wanted)
        drawn = rng.randrange(len(pool))
        pool[drawn], pool[-1] = pool[-1], pool[drawn]
        order.append(pool.pop())
    return order


def _open_share(progress: float, curriculum: Curriculum) -> float:
    """The share of the rows that is open when `progress` of the epoch is done."""
    if progress >= curriculum.until:
        return 1.0
    return curriculum.start + (1 - curriculum.start) * progress / curriculum.until


def _key(row: Entry, curriculum: Curriculum) -> float:
    if curriculum.by == "length":
        return float(row.n_tokens)
    if curriculum.by == "none":
        return 0.0
    if curriculum.by == "difficulty":
        return float(LEVELS.index(row.difficulty if row.difficulty in LEVELS else "medium"))
    named = curriculum.first
    return float(named.index(row.capability) if row.capability in named else len(named))


def together(order: Sequence[int], tasks: Sequence[str], k: int) -> list[int]:
    """The order with rows of a task in runs of k, so that batches hold at least k of each.

    `tasks` names the task of every row. A run stands where its last row stood, so nothing
    comes earlier than it did. What does not fill a run comes at the end, task by task. A
    batch size that is a multiple of k never cuts a run.
    """
    if k <= 1:
        return list(order)
    waiting: dict[str, list[int]] = defaultdict(list)
    found: list[int] = []
    for index in order:
        run = waiting[tasks[index]]
        run.append(index)
        if len(run) == k:
            found += run
            run.clear()
    return found + [index for task in sorted(waiting) for index in waiting[task]]


def _draw(*parts: object) -> float:
    """A number in [0, 1) by a hash of its arguments."""
    text = "\0".join(map(str, parts)).encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:7], "big") / 2**56
