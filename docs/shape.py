"""What each metric pays to chance, to half the work and to a naive reader: a table, computed.

Every answer is written out and scored, as a completion is. Where luck is in it the mean over
`DRAWS` answers of a fixed seed stands there, or over all orders where there are few.
"""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import factorial
from statistics import fmean

from golong_data.metrics import score

DRAWS = 400
CANDIDATES = 50
"""Elements of a context that are built like the right ones."""

NOUNS = (
    "harbour council bridge market engineer winter cargo tariff island railway museum fever "
    "orchard letter glacier tunnel brewery senate lantern copper voyage quarry parish ledger"
).split()
VERBS = "built opened closed sold crossed measured painted lost found repaired".split()
FUNCTION_WORDS = "the of and to a in that for on with as by it was at from the of and the".split()


@dataclass(frozen=True, slots=True)
class Shape:
    """One line of the table."""

    metric: str
    of: str
    """What the row asks for."""
    chance: float
    half: float
    naive: float
    reader: str
    """Who the naive reader is."""

    @property
    def cells(self) -> list[str]:
        """The line as cells."""
        figures = [f"{value:.3f}" for value in (self.chance, self.half, self.naive)]
        return [f"`{self.metric}`", self.of, *figures, self.reader]


HEAD = ("metric", "the row asks for", "chance", "half", "naive reader", "who that is")


def shapes() -> list[Shape]:
    """The lines of the table."""
    return [*_scalars(), *_letters(), *_sets(), *_orders(), *_tables(), *_summaries()]


def _mean(metric: str, gold: Sequence[str] | str, answers: Iterable[Sequence[str]]) -> float:
    return fmean(score(_written(answer), gold, metric) for answer in answers)


def _written(elements: Sequence[str]) -> str:
    return "\n".join(["[Answer]", *elements])


def _scalars() -> Iterable[Shape]:
    numbers = [str(n) for n in range(1, CANDIDATES + 1)]
    for metric, of in (("exact_match", "one of 50 texts"), ("math", "one of 50 numbers")):
        pool = [f"the {noun} of {n}" for n, noun in zip(numbers, itertools.cycle(NOUNS))]
        pool = numbers if metric == "math" else pool
        chance = _mean(metric, pool[7], ([item] for item in pool))
        half = _mean(metric, pool[7], [[pool[7][: len(pool[7]) // 2 + 1]]])
        naive = _mean(metric, pool[7], [[", ".join(pool)]])
        half = 0.0 if metric == "math" else half
        yield Shape(metric, of, chance, half, naive, "lists all that could be right")


def _letters() -> Iterable[Shape]:
    for metric, gold in (("selection", "B"), ("accuracy", ["B"]), ("accuracy", ["B", "D"])):
        right = list(gold)
        every = [list(found) for found in itertools.combinations("ABCD", len(right))]
        half = _mean(metric, gold, [right[:1]]) if len(right) > 1 else 0.0
        naive = _mean(metric, gold, [list("ABCD")])
        of = f"{len(right)} of 4 options"
        yield Shape(metric, of, _mean(metric, gold, every), half, naive, "names all options")


def _sets() -> Iterable[Shape]:
    every = [f"INV{n:03}" for n in range(CANDIDATES)]
    for metric, n in itertools.product(("f1", "subem"), (4, 10)):
        rng = random.Random(n)
        gold = rng.sample(every, n)
        chance = _mean(metric, gold, [rng.sample(every, n) for _ in range(DRAWS)])
        half = _mean(metric, gold, [gold[: n // 2]])
        naive = _mean(metric, gold, [every])
        yield Shape(metric, f"{n} of 50 elements", chance, half, naive, "lists all 50")


def _orders() -> Iterable[Shape]:
    for metric, n in itertools.product(("ndcg", "pairwise"), (2, 3, 4, 5, 6, 10, 30)):
        rng = random.Random(n)
        gold = [f"Part {k}" for k in rng.sample(range(1, 100), n)]
        few = factorial(n) <= 2 * DRAWS
        orders = [list(order) for order in itertools.permutations(gold)] if few else None
        chance = _mean(metric, gold, orders or [rng.sample(gold, n) for _ in range(4 * DRAWS)])
        half = _mean(metric, gold, [gold[: n // 2]])
        naive = _mean(metric, gold, [gold[n // 2 :] + gold[: n // 2]])
        yield Shape(metric, f"{n} in order", chance, half, naive, "the second half first")


def _tables() -> Iterable[Shape]:
    rng = random.Random(5)
    every = [[f"town {n}", n * 7] for n in range(CANDIDATES)]
    gold_rows = rng.sample(every, 10)

    def written(rows: Sequence[Sequence[object]]) -> str:
        return json.dumps({"columns": ["name", "people"], "data": rows})

    def paid(answers: Iterable[Sequence[Sequence[object]]]) -> float:
        return _mean("iou", written(gold_rows), ([written(rows)] for rows in answers))

    chance = paid([rng.sample(every, 10) for _ in range(DRAWS)])
    half, naive = paid([gold_rows[:5]]), paid([every])
    yield Shape("iou", "10 of 50 rows", chance, half, naive, "lists all 50")


def _summaries() -> Iterable[Shape]:
    rng = random.Random(6)

    def sentence() -> str:
        words = [
            rng.choice((NOUNS, VERBS, FUNCTION_WORDS, FUNCTION_WORDS)[k % 4]) for k in range(12)
        ]
        return " ".join(rng.sample(words, len(words))).capitalize() + "."

    context = [sentence() for _ in range(200)]
    gold = " ".join(context[:8])
    size = len(gold.split())
    chance = _mean("rouge_l", gold, ([" ".join(rng.sample(context[8:], 8))] for _ in range(50)))
    half = _mean("rouge_l", gold, [[" ".join(context[:4])]])
    naive = _mean("rouge_l", gold, [[" ".join((FUNCTION_WORDS * size)[:size])]])
    yield Shape("rouge_l", "a summary of 8 sentences", chance, half, naive, "function words only")
