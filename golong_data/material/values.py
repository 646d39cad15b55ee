"""Labelled values of real documents: "Median age, total: 21.5 years" read as a number with a unit.

The reader of a corpus says which labels a document states (`Document.meta["fields"]`); here
their texts become values that can be compared, and those of a corpus an index by label.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.workspace import Workspace
from golong_data.types import Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

ENOUGH = 20
"""Documents that must give a label, in one unit, before it is asked about."""

LABELS = 8
"""Labels that a corpus must have to be asked about."""

VARIED = 10
"""Different values that a label must have to be asked about."""

_VALUE = re.compile(
    r"^(?P<before>\$?)(?P<number>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(?P<after>[^\d].*)?$"
)
_ASIDE = re.compile(r"\s*\([^)]*\)")
_DIGIT = re.compile(r"\d")

SCALES = {"trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3}
"""Words behind a number that multiply it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One document's labelled value."""

    index: int
    label: str
    text: str
    """As the document states it, behind the colon."""
    value: Fraction
    """In the unit without "thousand", "million" and the like."""
    unit: str
    """What surrounds the number, such words and what stands in parentheses left out."""


def read_fact(index: int, label: str, text: str) -> Fact | None:
    """A labelled value whose text is one number with its unit; None where it is not."""
    m = _VALUE.match(text)
    if not m:
        return None
    after = _ASIDE.sub("", m["after"] or "")
    if _DIGIT.search(after):
        return None
    words = after.split()
    scale = SCALES.get(words[0], 1) if words else 1
    unit = " ".join([m["before"], *(words[1:] if scale > 1 else words)]).strip()
    # Integers: reading the number as a Fraction of text takes most of the time otherwise.
    whole, _, rest = m["number"].replace(",", "").partition(".")
    return Fact(index, label, text, Fraction(int(whole + rest) * scale, 10 ** len(rest)), unit)


def number_in(text: str) -> str:
    """The number of a labelled value as it is written; empty where it is none."""
    m = _VALUE.match(text)
    return m["number"] if m else ""


# --- the values of a corpus ------------------------------------------------------------------


def has_values(corpus: Corpus) -> bool:
    """Whether enough documents of a corpus state values under enough labels."""
    return len(stated(corpus)) >= LABELS


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
        if len(facts) >= ENOUGH and len({fact.value for fact in facts.values()}) >= VARIED
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
    if len(kept) < VARIED:
        raise Refused("a label's values vary too little")
    return kept
