"""Passages of real documents that can be quoted: runs of plain sentences on one line.

A run holds only sentences about whose ends no reader can be in doubt: no full stop stands
inside them before a space. So "the sentence after this one" means one thing.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from golong_data.contexts.drawing import spread
from golong_data.contexts.sentences import Sentence, quotable, sentences
from golong_data.contexts.workspace import Workspace

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

GLANCE = 6_000
"""Characters of a document that decide whether it serves: many are asked."""

READ = 40_000
"""Characters of a document in which runs are looked for."""

DOCUMENTS = 1_000
"""Documents of a large corpus that are quoted from, evenly spread over those that serve."""

LAPS = 4
"""Times that the rows of a recipe go through all quotable sentences; see `turn`."""

T = TypeVar("T")

_INNER_STOP = re.compile(r"[.!?][\"”’)]*\s|[。！？]")
_LABEL = re.compile(r"[A-Z][\w /-]{0,40}:\s")
_END = "\"'”’)」』.!?。！？"


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring sentences of one line of a document, two or more."""

    index: int
    """Of the document in its corpus."""
    sentences: tuple[Sentence, ...]
    n_tokens: int
    """Of the line that holds them."""


def plain(sentence: Sentence) -> bool:
    """Whether a sentence can be quoted and ends where it does beyond doubt."""
    text = sentence.text
    inside = text.rstrip(_END)
    return quotable(sentence) and not _INNER_STOP.search(inside) and not _LABEL.match(text)


def serves(corpus: Corpus, index: int) -> bool:
    """Whether the start of a document has a run."""
    if corpus.is_table(index):
        return False
    return bool(_runs_of(corpus.text(index)[:GLANCE]))


def quoted(indices: Sequence[int]) -> tuple[int, ...]:
    """At most DOCUMENTS of them, evenly spread."""
    return tuple(indices[at] for at in spread(len(indices), DOCUMENTS))


@lru_cache(maxsize=1 << 12)
def runs(corpus: Corpus, index: int) -> tuple[Run, ...]:
    """The runs of a document, in order."""
    text = corpus.text(index)[:READ]
    segments = corpus.segments(index)
    found = []
    for run in _runs_of(text):
        first, last = np.searchsorted(segments.ends, [run[0].start, run[-1].end - 1], side="right")
        found.append(Run(index, run, int(segments.tokens[first : last + 1].sum())))
    return tuple(found)


def _runs_of(text: str) -> list[tuple[Sentence, ...]]:
    found: list[tuple[Sentence, ...]] = []
    run: list[Sentence] = []
    seen: set[str] = set()
    for sentence in sentences(text):
        joined = run and text[run[-1].end : sentence.start] in ("", " ")
        fit = plain(sentence) and sentence.text not in seen
        seen.add(sentence.text)
        if not (joined and fit):
            if len(run) > 1:
                found.append(tuple(run))
            run = []
        if fit:
            run.append(sentence)
    return [*found, tuple(run)] if len(run) > 1 else found


def turn(work: Workspace, items: tuple[T, ...]) -> T:
    """The item whose turn it is, so that the rows of a recipe differ.

    `work.pick` steps through [0, 1) by the golden ratio, so the picks of n rows lie at least
    0.38/n apart. A generator with 1/LAPS of the weight sees one lap of the items, and none of
    them twice as long as n stays below 0.19 LAPS times their number. Every other time it is
    the next item's turn: a draw that was refused may go on to that one.
    """
    at = int(work.pick * LAPS * len(items)) + work.rng.randrange(2)
    return items[at % len(items)]


# --- changed sentences --------------------------------------------------------------------

_NUMBER = re.compile(
    r"(?<![\w.,–-])[1-9]\d{0,3}(?![\w%–-]|[.,]\d)|[一二三四五六七八九](?=[十百千万])"
)
_NAME = re.compile(
    r"(?<=[a-z,] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*\b(?! [A-Z])|"
    r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,3}(?=[曰道])"
)
_CLAUSE = re.compile(r"(?<![^，；])[^，；：。！？“”]{3,14}(?=[，；。])")
_DIGITS = "一二三四五六七八九"
_MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)


def changed(text: str, donor: str, rng: random.Random) -> str | None:
    """A sentence with one number, name or Chinese clause replaced; None where it has none.

    Names and clauses come from the donor, a text of the same kind, and are as long as what
    they replace: a name has as many words, a clause about as many characters.
    """
    for pattern in rng.sample([_NUMBER, _NAME, _CLAUSE], 3):
        places = list(pattern.finditer(text))
        if not places:
            continue
        place = rng.choice(places)
        old = place[0]
        if pattern is _NUMBER:
            new = _other_number(old, rng)
        elif old in _MONTHS:
            new = rng.choice([month for month in _MONTHS if month != old])
        else:
            others = sorted({m[0] for m in pattern.finditer(donor)})
            fresh = [o for o in others if o not in text and o not in _MONTHS and _alike(old, o)]
            if not fresh:
                continue
            new = rng.choice(fresh)
        return text[: place.start()] + new + text[place.end() :]
    return None


def _alike(old: str, new: str) -> bool:
    return old.count(" ") == new.count(" ") and abs(len(old) - len(new)) <= 8


def _other_number(old: str, rng: random.Random) -> str:
    """A number of as many digits, near the old one."""
    if old in _DIGITS:
        return rng.choice(_DIGITS.replace(old, ""))
    low, high = 10 ** (len(old) - 1), 10 ** len(old) - 1
    value = int(old)
    reach = max(3, min(12, value // 10))
    choices = [n for n in range(value - reach, value + reach + 1) if low <= n <= high]
    return str(rng.choice([n for n in choices if n != value]))
