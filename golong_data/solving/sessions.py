"""Sessions read back out of a prompt: what was said on which day, sentence by sentence."""

from __future__ import annotations

import bisect
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from golong_data.languages import session_headings
from golong_data.solving import reading

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_SENTENCE = re.compile(r"(?:[^.!?。！？]|\.(?=\d))+")
"""A stop inside a number does not end a sentence."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence found in a session."""

    date: datetime.date
    """Of the session."""
    sentence: str


@dataclass(frozen=True, slots=True)
class Sessions:
    """All sessions of a prompt, in the order of the text."""

    text: str
    starts: tuple[int, ...]
    """Offset of each one's header."""
    dates: tuple[datetime.date, ...]

    def about(self, words: str) -> Iterator[Said]:
        """The sentences that hold these words, in order."""
        for m in re.finditer(alone(words), self.text, re.IGNORECASE):
            session = bisect.bisect_right(self.starts, m.start()) - 1
            if session >= 0:
                yield Said(self.dates[session], _sentence_at(self.text, m.start()))


def sessions(prompt: str) -> Sessions | None:
    """The sessions of a prompt; None where there are none."""
    text = reading.context(prompt)
    marks = list(_header().finditer(text))
    if not marks:
        return None
    dates = tuple(datetime.date.fromisoformat(mark[1]) for mark in marks)
    return Sessions(text, tuple(mark.start() for mark in marks), dates)


def date_in(text: str) -> datetime.date | None:
    """The first date of a text."""
    m = _DATE.search(text)
    return datetime.date.fromisoformat(m[0]) if m else None


def holds(text: str, words: str) -> bool:
    """Whether a text holds these words, in any case, and not as a part of others."""
    # Few of the many things that are looked for stand there at all: no pattern for the rest.
    found = words.casefold() in text.casefold()
    return found and re.search(alone(words), text, re.IGNORECASE) is not None


def alone(words: str) -> str:
    """Pattern of words that are no part of longer words or numbers."""
    return rf"(?<![A-Za-z0-9])(?<!\d[.,:]){re.escape(words)}(?![A-Za-z0-9]|[.,:]\d)"


@lru_cache(maxsize=1)
def _header() -> re.Pattern[str]:
    """The line above a session, with its date."""
    headings = "|".join(map(re.escape, session_headings()))
    return re.compile(rf"^(?:{headings})\d+\] ({_DATE.pattern})", re.MULTILINE)


def _sentence_at(text: str, at: int) -> str:
    """The sentence of a line that a place of a text lies in."""
    start = text.rfind("\n", 0, at) + 1
    stop = text.find("\n", at)
    line = text[start : stop if stop >= 0 else len(text)]
    return next(m[0] for m in _SENTENCE.finditer(line) if start + m.end() > at)
