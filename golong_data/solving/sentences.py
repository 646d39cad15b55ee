"""Sentences as solvers compare them: numbered documents, cut up, and the words in common.

Written apart from how the questions are made: other words, other cuts, other thresholds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golong_data.scripts import is_chinese
from golong_data.solving import reading

_CUT = re.compile(
    r"(?<=[.!?])(?<!\W[A-Z]\.)(?<!\b(?:Mr|Dr|St)\.)[\"'”’)\]]*\s+(?![a-z])|(?<=[。！？])[”’」』）]*|\n\s*\n"
)
"""Ends of sentences: not behind an initial, nor where a small letter follows."""

_WORD = re.compile(r"[^\W_]+")

ALIKE = 0.62
"""Words that a statement and a sentence must have in common, of the words of either."""


def numbered(prompt: str) -> Iterator[tuple[int, str, str]]:
    """(number, title, text) of every document; what goes on later is told again."""
    text = reading.context(prompt)
    marks = list(reading.HEADER.finditer(text))
    for mark, stop in zip(marks, [*(m.start() for m in marks[1:]), len(text)], strict=False):
        yield int(mark[1]), mark[2], text[mark.end() : stop]


def pieces(text: str) -> list[str]:
    """A text cut at ends of sentences and paragraphs."""
    return [piece.strip() for piece in _CUT.split(text) if piece and piece.strip()]


def bag(text: str) -> frozenset[str]:
    """Words of three letters or more, numbers, and every pair of neighbouring ideographs."""
    found = []
    for run in _WORD.findall(text.lower()):
        if is_chinese(run):
            found += [run[i : i + 2] for i in range(len(run) - 1)]
        elif len(run) > 2 or run.isdigit():
            found.append(run)
    return frozenset(found)


def alike(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two bags of words say the same."""
    return bool(a) and len(a & b) >= ALIKE * max(len(a), len(b))
