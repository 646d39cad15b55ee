"""What solvers see: sessions with their dates, the question without its date, the options."""

from __future__ import annotations

import bisect
import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from golong_data.tasks import reading
from golong_data.tasks.dialogue.chinese import CHINESE
from golong_data.tasks.dialogue.english import ENGLISH
from golong_data.tasks.dialogue.wording import Language, matches
from golong_data.tasks.options import offered, the_one

_HEADER = re.compile(r"^\[(?:Session|会话) \d+\] (\d{4}-\d\d-\d\d)[ （(]", re.MULTILINE)
_ASKED = re.compile(r"(?:Today is|今天是)[^)）]*[)）][.。] ?(.+)")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence found in a session."""

    date: datetime.date
    slots: dict[str, str]


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

    def told(self, templates: Sequence[str], **known: str) -> Iterator[Told]:
        """Every place where one of the sentences stands, in order of its session."""
        found = sorted(
            ((m.start(), m.groupdict()) for m in matches(templates, self.text, **known)),
            key=lambda item: item[0],
        )
        for at, slots in found:
            session = bisect.bisect_right(self.starts, at) - 1
            if session >= 0:
                yield Told(self.dates[session], slots)

    def letter(self, text: str | None) -> str | None:
        """The letter of the option with this text, if there is just one."""
        return None if text is None else the_one(self.options, text)


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
