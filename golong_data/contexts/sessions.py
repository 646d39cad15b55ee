"""Sessions: dated chats between a user and an assistant, put together to a token budget.

What the task plants (an exchange on a certain day) is let into real text: a stretch of a real
chat, its speakers relabelled and its time replaced, or, where the corpus holds no chats, a
passage that the user pastes with a short remark. Between the planted days stand sessions of
filler. The order is that of the dates, and a day's depth in the context is its share of the
calendar. Passages are counted by their stored segments; relabelled chats, headers and planted
words are counted as they stand.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from golong_data.contexts.chats import SHORTEST, Filler, Turn
from golong_data.contexts.days import Calendar, dated
from golong_data.contexts.windows import GAP
from golong_data.contexts.workspace import Workspace
from golong_data.languages import Sessions, session_headings, session_words
from golong_data.types import Context, Refused, Span

Layout = Literal["transcript", "messages"]

MIN_TAIL = 64
"""Tokens kept for the last session, which is cut to the token."""

MESSAGE = 6
"""Tokens that a chat template puts around a message, about."""


# --- what a task brings along ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Planted:
    """An exchange that has to stand in the session of a certain day."""

    day: int
    """Days after the calendar's start; of two planted sessions no two share one."""
    user: Turn
    assistant: Turn


def header(number: int, date: datetime.date, language: str = "en") -> str:
    """The line above a session."""
    return f"{session_words(language).heading}{number}] {dated(date, language)}\n"


# --- the context ------------------------------------------------------------------------------


def converse(
    work: Workspace,
    planted: Sequence[Planted],
    budget: int,
    calendar: Calendar,
    *,
    sessions: int,
    forbidden: Sequence[str] = (),
    language: str = "en",
    layout: Layout = "transcript",
) -> Context:
    """Planted sessions and about as many of filler as make `sessions`, in `budget` tokens.

    No filler holds any of the `forbidden` strings, whatever their case. As a transcript the
    length is exact; as chat messages it is an estimate, for the template around each message
    counts as well. Raises Refused where what is planted does not fit, UserError where the
    corpus is too small.
    """
    filler = Filler(work, (*session_headings(), *forbidden), language)
    size = max(budget // max(sessions, 1), 2 * SHORTEST)
    base = min(size, max(SHORTEST, budget // (2 * max(len(planted), 1)) - MIN_TAIL))
    builder = _Builder(work, calendar, language, layout)
    queue = []
    for item in sorted(planted, key=lambda item: item.day):
        turns = list(filler.take(work.rng.randint(base // 2, base)))
        at = 2 * work.rng.randint(0, len(turns) // 2)
        turns[at:at] = [item.user, item.assistant]
        body = builder.body(turns)
        queue.append((item.day, body, builder.cost(calendar.date(item.day), body)))
    reserved = sum(cost for _, _, cost in queue)
    room = budget - reserved - MIN_TAIL
    if room < 0:
        raise Refused("the planted sessions do not fit into the length asked for")
    pace = calendar.days / (room + 1)
    filled = last = 0

    def date_at(latest: int) -> datetime.date:
        """Of the next session of filler: in proportion, but in order."""
        return calendar.date(min(max(last, int(filled * pace)), latest))

    def place(body: _Body, date: datetime.date) -> None:
        builder.add(date, body, f"filler/{len(builder.doc_ids) + 1}")

    for day, body, cost in queue:
        due = (day + work.rng.random()) / pace
        while due - filled >= 2 * SHORTEST:
            wanted = min(int(size * work.rng.uniform(0.6, 1.4)), int(due) - filled)
            piece = builder.body(filler.take(wanted - SHORTEST // 2))
            date = date_at(day)
            spent = builder.cost(date, piece)
            if spent > budget - builder.tokens - reserved - MIN_TAIL:
                break
            place(piece, date)
            filled += spent
        builder.add(calendar.date(day), body, f"planted/{day}")
        reserved -= cost
        last = day
    while True:
        left, date = budget - builder.tokens, date_at(calendar.days - 1)
        wanted = min(int(size * work.rng.uniform(0.6, 1.4)), left + SHORTEST)
        piece = builder.body(filler.take(wanted))
        spent = builder.cost(date, piece)
        if spent <= left - MIN_TAIL:
            place(piece, date)
            filled += spent
        elif spent >= left:
            ending = builder.ending(date, piece.turns, left)
            if ending is not None:
                place(ending, date)
                return builder.context()


@dataclass(frozen=True, slots=True)
class _Body:
    """A session without its header."""

    turns: tuple[Turn, ...]
    text: str
    starts: tuple[int, ...]
    """Offset of each turn's own words."""
    tokens: int


@dataclass(slots=True)
class _Builder:
    """Text so far, with exact token and character counts."""

    work: Workspace
    calendar: Calendar
    language: str
    layout: Layout
    parts: list[str] = field(default_factory=list)
    chars: int = 0
    tokens: int = 0
    doc_ids: list[str] = field(default_factory=list)
    evidence: list[Span] = field(default_factory=list)
    turns: list[tuple[int, str]] = field(default_factory=list)

    @property
    def words(self) -> Sessions:
        """What sessions say in the language."""
        return session_words(self.language)

    def _label(self, at: int) -> str:
        return self.words.speakers[at % 2] if self.layout == "transcript" else ""

    def body(self, turns: Sequence[Turn]) -> _Body:
        """Turns as they will stand under a header, counted."""
        parts: list[str] = []
        starts: list[int] = []
        stored: list[tuple[int, int, int]] = []
        at = 0
        for place, turn in enumerate(turns):
            label = self._label(place)
            end = "\n" if label and place < len(turns) - 1 else GAP
            parts.append(label + turn.text + end)
            starts.append(at + len(label))
            if turn.stored:
                begin, stop, known = turn.stored
                stored.append((starts[-1] + begin, starts[-1] + stop, known))
            at += len(parts[-1])
        text = "".join(parts)
        tokens = MESSAGE * len(turns) if self.layout == "messages" else 0
        done = 0
        # What stands before and behind stored lines is counted as it stands: all cuts lie
        # between a newline and a character that is not white space.
        for begin, stop, known in stored:
            tokens += self.work.tokenizer.count(text[done:begin]) + known
            done = stop
        tokens += self.work.tokenizer.count(text[done:])
        return _Body(tuple(turns), text, tuple(starts), tokens)

    def cost(self, date: datetime.date, body: _Body, number: int = 9999) -> int:
        """Tokens of a session, by default with the longest number that it could get."""
        return body.tokens + self.work.tokenizer.count(header(number, date, self.language))

    def add(self, date: datetime.date, body: _Body, doc_id: str) -> None:
        number = len(self.doc_ids) + 1
        line = header(number, date, self.language)
        self.doc_ids.append(doc_id)
        for place, (start, turn) in enumerate(zip(body.starts, body.turns, strict=True)):
            begin = self.chars + len(line) + start
            self.evidence += [Span(doc_id, begin + a, begin + b) for a, b in turn.evidence]
            if self.layout == "messages":
                # The header stands in the user's first message.
                role = "assistant" if place % 2 else "user"
                self.turns.append((begin if place else self.chars, role))
        self.parts += [line, body.text]
        self.chars += len(line) + len(body.text)
        self.tokens += self.cost(date, body, number)

    def ending(self, date: datetime.date, turns: Sequence[Turn], left: int) -> _Body | None:
        """A session of exactly `left` tokens out of a longer one; None where none comes out.

        What is said is kept as far as there is room, then the user's words are cut.
        """
        reply = Turn(self.work.rng.choice(self.words.replies))
        number = len(self.doc_ids) + 1
        kept = len(turns) - len(turns) % 2 + 2
        spent = left + 1
        while spent > left and kept:
            kept -= 2
            spent = self.cost(date, self.body([*turns[:kept], Turn("-"), reply]), number)
        rest = " ".join(turn.text for turn in turns[kept:])
        text = self.work.tokenizer.head(rest, max(left - spent + 4, 0)).rstrip()
        while text:
            made = self.body([*turns[:kept], Turn(text), reply])
            over = self.cost(date, made, number) - left
            if over <= 0:
                return made
            text = text[: -max(1, over // 2)].rstrip()
        return None

    def context(self) -> Context:
        return Context(
            "".join(self.parts),
            self.tokens,
            tuple(self.doc_ids),
            tuple(self.evidence),
            tuple(self.turns),
        )
