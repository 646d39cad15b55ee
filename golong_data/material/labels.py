"""Labelled lines of a corpus, "label: value": what documents state, and the numbers among it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING

from golong_data.contexts.lines import Line
from golong_data.material.groups import FEWEST, Place, Places, documents, places_within

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

LINES = 20
"""Documents that state a label, at least."""

DISTINCT = 15
"""Different numbers that they state, at least, for a range of them to be asked for."""

DECIMALS = range(-9, 7)
"""Decimals that a bound may have; below 0 it is rounded to tens, hundreds, ..."""

_LINE = re.compile(r"^([A-Z][^:\n\"“”;]{2,60}): ([^\n]{1,80})$", re.MULTILINE)
_PLAIN = re.compile(r"[A-Z][^:\n\d]{2,60}: [^\n:\d]{2,60}")
"""A line that holds no figures, nor another label."""
_NUMBER = re.compile(r"(-|\$)?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\d,.])([^(]*)(?:\(.*)?")
_OTHERWISE = re.compile(r"^ *[-–/]|\b(?:thousand|million|billion|trillion|to)\b")


@lru_cache(maxsize=4)
def labelled_lines(corpus: Corpus) -> Mapping[str, Mapping[int, Line]]:
    """Label -> document -> its line, for labels that several documents state."""
    gathered: dict[str, dict[int, Line]] = {}
    for i in documents(corpus):
        text = corpus.text(i)
        for m in _LINE.finditer(text):
            if text.count(f"{m[1]}:") == 1:
                gathered.setdefault(m[1], {})[i] = Line(i, m.start(), m[1], m[2])
    return {label: found for label, found in sorted(gathered.items()) if len(found) >= LINES}


@lru_cache(maxsize=4)
def label_places(corpus: Corpus) -> Places:
    """Where the labelled lines stand, by their labels."""
    found: dict[int, list[Place]] = {}
    for label, stated in labelled_lines(corpus).items():
        for i, line in stated.items():
            found.setdefault(i, []).append((line.start, line.end, label))
    return {i: tuple(sorted(places)) for i, places in found.items()}


@lru_cache(maxsize=4)
def shared_values(corpus: Corpus) -> Mapping[str, Mapping[str, tuple[int, ...]]]:
    """Label -> value -> documents that state it.

    Only values without figures, and labels of which several documents share three of them.
    """
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for label, stated in labelled_lines(corpus).items():
        values: dict[str, list[int]] = {}
        for i, line in stated.items():
            if _PLAIN.fullmatch(f"{label}: {line.text}"):
                values.setdefault(line.text, []).append(i)
        if (
            sum(map(len, values.values())) >= LINES
            and sum(len(shared) >= FEWEST for shared in values.values()) >= 3
        ):
            found[label] = {value: tuple(where) for value, where in sorted(values.items())}
    return found


@lru_cache(maxsize=4)
def stated_numbers(corpus: Corpus) -> Mapping[str, Mapping[int, Fraction]]:
    """Label -> document -> the number that its value starts with.

    Only documents that write it as most do, as one plain number in the same unit, without
    words such as "million": so that nobody can read it otherwise.
    """
    found: dict[str, dict[int, Fraction]] = {}
    for label, stated in labelled_lines(corpus).items():
        read = {i: number for i, line in stated.items() if (number := plain_number(line.text))}
        unit, _ = Counter(unit for _, unit in read.values()).most_common(1)[0] if read else ("", 0)
        values = {i: value for i, (value, own) in read.items() if own == unit}
        if len(values) >= LINES and len(set(values.values())) >= DISTINCT:
            found[label] = values
    return found


def plain_number(text: str) -> tuple[Fraction, str] | None:
    """The number that a value starts with and its unit; None where it may be read otherwise.

    >>> plain_number("-1,250.5 sq km (2023 est.)")
    (Fraction(-2501, 2), 'sq km')
    >>> plain_number("1.2 million (2020)"), plain_number("10-12%")
    (None, None)
    """
    found = _NUMBER.fullmatch(text)
    if not found or _OTHERWISE.search(found[4]):
        return None
    digits = found[2].replace(",", "") + (found[3] or "")
    return Fraction(("-" if found[1] == "-" else "") + digits), found[4].strip()


# --- labels beside labels -----------------------------------------------------------------


def stated_together(
    corpus: Corpus, label: str, stated: Mapping[str, Collection[int]], reach: int
) -> dict[str, list[int]]:
    """Labels whose lines often stand near one's, and the documents where they do.

    Only documents count in which both labels are stated as `stated` has it.
    """
    found = {
        other: sorted(near.intersection(stated[label], stated[other]))
        for other, near in _beside(corpus, label, reach).items()
        if other in stated
    }
    return {other: both for other, both in found.items() if len(both) >= LINES}


@lru_cache(maxsize=1024)
def _beside(corpus: Corpus, label: str, reach: int) -> Mapping[str, frozenset[int]]:
    """Other labels whose lines stand within reach, each with the documents where they do."""
    places = label_places(corpus)
    found: dict[str, set[int]] = {}
    for i, own in labelled_lines(corpus)[label].items():
        for start, end, other in places_within(places[i], own.end - reach, own.start + reach):
            if other != label and max(end, own.end) - min(start, own.start) <= reach:
                found.setdefault(other, set()).add(i)
    return {other: frozenset(found[other]) for other in sorted(found)}


# --- in a text ----------------------------------------------------------------------------


def line_of(body: str, label: str) -> tuple[int, int, str] | None:
    """The line of a label in a text, and its value."""
    found = re.search(rf"^{re.escape(label)}: ([^\n]*)$", body, re.MULTILINE)
    return (*found.span(), found[1]) if found else None


def number_of(body: str, label: str) -> tuple[int, int, Fraction] | None:
    """The line of a label in a text, and the number that it plainly states."""
    found = line_of(body, label)
    read = plain_number(found[2]) if found else None
    return (found[0], found[1], read[0]) if found and read else None


def stand_once(body: str, labels: Collection[str]) -> bool:
    """Whether a text holds no label more than once."""
    return all(body.count(f"{label}:") <= 1 for label in labels)


# --- bounds between numbers ---------------------------------------------------------------


def between(low: Fraction, high: Fraction) -> Fraction:
    """The number between two others that takes the fewest decimals; near their middle.

    >>> between(Fraction("1.47"), Fraction("1.52"))
    Fraction(3, 2)
    """
    for decimals in DECIMALS:
        unit = Fraction(10) ** -decimals
        found = floor((low + high) / 2 / unit + Fraction(1, 2)) * unit
        if low < found < high:
            return found
    return (low + high) / 2


def figure(value: Fraction) -> str:
    """A number as it is written, with commas.

    >>> figure(Fraction(12_500)), figure(Fraction("-0.45"))
    ('12,500', '-0.45')
    """
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
