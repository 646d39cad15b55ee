"""Labelled values that the documents of a corpus state: "Median age, total: 21.5 years"."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.workspace import Workspace
from golong_data.material.facts import Fact, read_fact
from golong_data.types import Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

EXCERPT = (110, 1_200)
"""Tokens of a document shown around a value, fewest and most."""

ENOUGH = 20
"""Documents that must give a label, in one unit, before it is asked about."""

LABELS = 8
"""Labels that a corpus must have to be asked about."""


def labels(corpus: Corpus) -> int:
    """How many labels enough documents of the corpus state."""
    return len(stated(corpus))


@lru_cache(maxsize=4)
def stated(corpus: Corpus) -> Mapping[str, Mapping[int, Fact]]:
    """Label -> document -> value, in the unit that most documents give it in."""
    found: dict[str, dict[str, dict[int, Fact]]] = {}
    for index in corpus.prose.tolist():
        for label, text in corpus.meta(index).get("fields", {}).items():
            fact = read_fact(index, label, text)
            # Questions name labels and titles in quotes.
            if fact is not None and '"' not in label + corpus.title(index):
                found.setdefault(label, {}).setdefault(fact.unit, {})[index] = fact
    most = {label: max(by.values(), key=len) for label, by in sorted(found.items())}
    return {
        label: facts
        for label, facts in most.items()
        if len(facts) >= ENOUGH and len({fact.value for fact in facts.values()}) >= ENOUGH // 2
    }


@lru_cache(maxsize=4)
def every(corpus: Corpus) -> tuple[Fact, ...]:
    """All values that can be asked about, by label."""
    return tuple(fact for facts in stated(corpus).values() for fact in facts.values())


def distinct(work: Workspace, label: str, first: Fact | None = None) -> list[Fact]:
    """A label's values in random order behind the `first`; each value, text and title once."""
    facts = list(stated(work.corpus)[label].values())
    work.rng.shuffle(facts)
    kept: list[Fact] = []
    seen: set[str] = set()
    for fact in [first, *facts] if first else facts:
        keys = {str(fact.value), fact.text.casefold(), work.corpus.title(fact.index)}
        if seen.isdisjoint(keys):
            kept.append(fact)
        seen |= keys
    if len(kept) < 10:
        raise Refused("a label's values vary too little")
    return kept


def excerpt_size(work: Workspace, n: int) -> int:
    """Tokens to show of each of n documents."""
    return min(max(work.ctx * 6 // 10 // n, EXCERPT[0]), EXCERPT[1])
