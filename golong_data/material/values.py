"""Values on labelled lines: "Median age, total: 21.5 years" read as a number with a unit.

Here the lines that documents state (see `labels`) become values that can be compared, and
those of a corpus an index by label.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.lines import Line, Shown
from golong_data.contexts.workspace import Workspace
from golong_data.material.columns import names_rows
from golong_data.material.exact import least_decimals, pointed, with_commas
from golong_data.material.groups import documents
from golong_data.material.labels import LINES, labelled_lines
from golong_data.types import Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

LABELS = 8
"""Labels that a corpus must have to be asked about."""

NEAR = 4
"""A value may stand for another within a fourth of all ranks, on either side."""

VARIED = 10
"""Different values that a label must have to be asked about."""

_VALUE = re.compile(
    r"^(?P<before>\$?)(?P<number>-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(?P<after>[^\d].*)?$"
)
_DATE = re.compile(r"\s*\((?:[^()\d]*\b(?:19|20)\d\d(?:[-–/]\d{1,4})?\b[^()\d]*|est\.)\)")
"""Of when a value is. Other remarks in parentheses belong to one document, as a rule."""
_DIGIT = re.compile(r"\d")

_SCALES = {"trillion": 10**12, "billion": 10**9, "million": 10**6, "thousand": 10**3}
"""Words behind a number that multiply it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """The value of one document's line."""

    line: Line
    value: Fraction
    """In the unit without "thousand", "million" and the like."""
    unit: str
    """What surrounds the number, such words and dates in parentheses left out."""

    @property
    def index(self) -> int:
        """The document."""
        return self.line.index

    @property
    def label(self) -> str:
        """What it is a value of."""
        return self.line.label

    @property
    def text(self) -> str:
        """As the document states it."""
        return self.line.text

    def shown(self, text: str, *, evidence: bool) -> Shown:
        """Its line, as it is to say another value."""
        return Shown(self.line, text, evidence)


def read_fact(line: Line) -> Fact | None:
    """The value of a line, if it is one number with its unit; blanks behind it are left out."""
    line = replace(line, text=line.text.rstrip()) if line.text[-1:].isspace() else line
    m = _VALUE.match(line.text)
    if not m:
        return None
    after = _DATE.sub("", m["after"] or "")
    if _DIGIT.search(after):
        return None
    words = after.split()
    scale = _SCALES.get(words[0], 1) if words else 1
    unit = " ".join([m["before"], *(words[1:] if scale > 1 else words)]).strip()
    # Integers: reading the number as a Fraction of text takes most of the time otherwise.
    whole, _, rest = m["number"].replace(",", "").partition(".")
    return Fact(line, Fraction(int(whole + rest) * scale, 10 ** len(rest)), unit)


def number_in(text: str) -> str:
    """The number of a labelled value as it is written; empty where it is none."""
    m = _VALUE.match(text)
    return m["number"] if m else ""


def as_stated(amount: Fraction, decimals: int, unit: str, *, commas: bool = True) -> str:
    """A value as the documents write such: "$5 billion", "5%", "5 million kWh"."""
    sign, rest = "$" if unit.startswith("$") else "", unit.removeprefix("$").strip()
    scales = {} if rest.startswith("%") else _SCALES
    large = (
        (word, scale) for word, scale in scales.items() if scale > 1000 and abs(amount) >= scale
    )
    word, scale = next(large, ("", 1))
    decimals = max(least_decimals(amount / scale, most=40), 0 if word else decimals)
    plain = pointed(int(amount / scale * 10**decimals), decimals)
    parts = (f"{sign}{with_commas(plain) if commas else plain}", word, rest)
    return " ".join(filter(None, parts)).replace(" %", "%")


# --- the values of a corpus ------------------------------------------------------------------


def has_values(corpus: Corpus) -> bool:
    """Whether enough documents of a corpus state values under enough labels."""
    return len(stated(corpus)) >= LABELS


@lru_cache(maxsize=4)
def stated(corpus: Corpus) -> Mapping[str, Mapping[int, Fact]]:
    """Label -> document -> value, in the unit that most documents give it in.

    Only documents with a title of their own: questions name them by it, and in quotes.
    """
    titles = {index: corpus.title(index) for index in documents(corpus)}
    times = Counter(titles.values())
    named = {i for i, title in titles.items() if times[title] == 1 and '"' not in title}
    found = {}
    for label, lines in labelled_lines(corpus).items():
        if names_rows(label):
            continue
        by_unit: dict[str, dict[int, Fact]] = {}
        for index, line in lines.items():
            fact = read_fact(line) if index in named and '"' not in line.text else None
            if fact is not None:
                by_unit.setdefault(fact.unit, {})[index] = fact
        facts = max(by_unit.values(), key=len, default={})
        if len(facts) >= LINES and len({fact.value for fact in facts.values()}) >= VARIED:
            found[label] = facts
    return found


@lru_cache(maxsize=4)
def stating(corpus: Corpus) -> frozenset[int]:
    """The documents that state one of these values."""
    return frozenset(index for facts in stated(corpus).values() for index in facts)


@lru_cache(maxsize=4)
def every(corpus: Corpus) -> tuple[Fact, ...]:
    """All values that can be asked about, by label."""
    return tuple(fact for facts in stated(corpus).values() for fact in facts.values())


@lru_cache(maxsize=1 << 10)
def ranked(corpus: Corpus, label: str) -> tuple[Fact, ...]:
    """The values of a label, lowest first."""
    return tuple(sorted(stated(corpus)[label].values(), key=lambda fact: fact.value))


def near(facts: Sequence[Fact], at: int, rng: random.Random) -> Fact:
    """One of ranked values that is not far from that at a rank; itself where all are equal."""
    reach = len(facts) // NEAR
    around = facts[max(0, at - reach) : at + reach + 1]
    return rng.choice([f for f in around if f.value != facts[at].value] or [facts[at]])


def distinct(work: Workspace, label: str, first: Fact | None = None) -> list[Fact]:
    """A label's values in random order behind the `first`; each value and text once."""
    facts = list(stated(work.corpus)[label].values())
    work.rng.shuffle(facts)
    kept: list[Fact] = []
    seen: set[str] = set()
    for fact in [first, *facts] if first else facts:
        keys = {str(fact.value), fact.text.casefold()}
        if seen.isdisjoint(keys):
            kept.append(fact)
        seen |= keys
    if len(kept) < VARIED:
        raise Refused("a label's values vary too little")
    return kept
