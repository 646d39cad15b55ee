"""Labelled values of real documents: "Median age, total: 21.5 years" read as a number with a unit.

The reader of a corpus says which labels a document states (`Document.meta["fields"]`); here
their texts become values that can be compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

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
