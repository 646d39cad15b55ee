"""What solvers see: sessions with their dates, the question without its date, the options."""

from __future__ import annotations

import bisect
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from golong_data.solving import reading
from golong_data.solving.options import offered, the_one
from golong_data.tasks.dialogue.chinese import CHINESE
from golong_data.tasks.dialogue.cues import CUES, Cues
from golong_data.tasks.dialogue.english import ENGLISH
from golong_data.tasks.dialogue.wording import Language

_HEADER = re.compile(r"^\[(?:Session|会话) \d+\] (\d{4}-\d\d-\d\d)[ （(]", re.MULTILINE)
_ASKED = re.compile(r"(?:Today is|今天是)[^)）]*[)）][.。] ?(.+)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_SENTENCE = re.compile(r"(?:[^.!?。！？]|\.(?=\d))+")
"""A stop inside a number does not end a sentence."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence found in a session."""

    date: datetime.date
    """Of the session."""
    sentence: str


@dataclass(frozen=True, slots=True)
class Chats:
    """Everything a solver reads."""

    text: str
    starts: tuple[int, ...]
    """Offset of each session's header."""
    dates: tuple[datetime.date, ...]
    question: str
    """Without the day it is asked on."""
    options: dict[str, str]
    language: Language

    @property
    def cues(self) -> Cues:
        """Those of the language."""
        return CUES[self.language.code]

    def about(self, words: str) -> Iterator[Told]:
        """The user's own sentences on a thing, in order: not on other people's, not on what
        was only thought of. What the assistant says to the user counts as well."""
        for m in re.finditer(self.cues.alone(words), self.text, re.IGNORECASE):
            session = bisect.bisect_right(self.starts, m.start()) - 1
            sentence = _sentence_at(self.text, m.start())
            own = not self.cues.people.search(sentence) and not self.cues.unreal.search(sentence)
            if session >= 0 and own:
                yield Told(self.dates[session], sentence)

    def values(self, words: str) -> list[tuple[datetime.date, str]]:
        """The options that those sentences hold, with the dates of the sessions."""
        found = []
        for told in self.about(words):
            held = [text for text in self.choices() if self.cues.holds(text, told.sentence)]
            found += [(told.date, held[0])] if len(held) == 1 else []
        return found

    def choices(self) -> list[str]:
        """The options but the one for nothing."""
        return [text for text in self.options.values() if text != self.language.never]

    def letter(self, text: str | None) -> str | None:
        """The letter of the option with this text, if there is just one."""
        return None if text is None else the_one(self.options, text)


def _sentence_at(text: str, at: int) -> str:
    """The sentence of a line that a place of a text lies in."""
    start = text.rfind("\n", 0, at) + 1
    stop = text.find("\n", at)
    line = text[start : stop if stop >= 0 else len(text)]
    return next(m[0] for m in _SENTENCE.finditer(line) if start + m.end() > at)


def read(question: str, prompt: str) -> Chats | None:
    """The sessions of a prompt; None where there are none, or the question is not dated."""
    asked = _ASKED.fullmatch(question)
    text = reading.context(prompt)
    marks = list(_HEADER.finditer(text))
    if not asked or not marks:
        return None
    return Chats(
        text,
        tuple(mark.start() for mark in marks),
        tuple(datetime.date.fromisoformat(mark[1]) for mark in marks),
        asked[1],
        offered(prompt),
        CHINESE if question.startswith("今天") else ENGLISH,
    )


def date_in(text: str) -> datetime.date | None:
    """The first date of a text."""
    m = _DATE.search(text)
    return datetime.date.fromisoformat(m[0]) if m else None
