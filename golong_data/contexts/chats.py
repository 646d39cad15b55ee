"""Chats out of a corpus: turns of real conversations, or passages that a user pastes.

Documents whose lines are "[2019-08-12 10:11:12] A: text" are conversations: whoever speaks
first is the user, the others are the assistant, and times are left out. Of any other document
a passage is pasted by the user, with a short remark and a short answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from golong_data.contexts.sampling import shuffled
from golong_data.contexts.stitch import cut
from golong_data.contexts.windows import GAP, Source, count_window, paragraph_near, source
from golong_data.contexts.workspace import Workspace
from golong_data.errors import UserError
from golong_data.languages import session_words

SHORTEST = 40
"""Tokens of filler worth a session of its own."""

_CHAT = re.compile(r"\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] ([A-Z]): (.*)")
STAMPED = 3
"""Tokens of a stored chat for one of what is said: times and speakers take the others."""

LETTERS = 4
"""Characters of a token of chat, about."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one side says at a time. Starts and ends with what is not white space."""

    text: str
    evidence: tuple[tuple[int, int], ...] = ()
    """Character ranges of `text`."""
    stored: tuple[int, int, int] | None = None
    """(start, end, tokens) of a stretch of whole lines whose count is known."""


class Filler:
    """Stretches of the corpus as sessions: of each document one, then of each a second."""

    def __init__(self, work: Workspace, forbidden: Sequence[str], language: str) -> None:
        self.work = work
        self.forbidden = tuple(text.casefold() for text in forbidden)
        self.words = session_words(language)
        self.used: dict[int, list[tuple[int, int]]] = {}
        self.indices = self._indices()

    def _indices(self) -> Iterator[int]:
        prose, rng = self.work.corpus.prose, self.work.rng
        while True:
            before = sum(map(len, self.used.values()))
            for at in shuffled(len(prose), rng):
                yield int(prose[at])
            if sum(map(len, self.used.values())) == before:
                raise UserError(
                    "the corpus has too little text that can serve as sessions beside those "
                    "that the question needs.",
                    where=f"corpus {', '.join(self.work.corpus.names)}",
                    remedy="Add documents (--corpus may be given more than once) or ask for a "
                    "shorter --ctx.",
                )

    def take(self, size: int) -> tuple[Turn, ...]:
        """The turns of one session, about `size` tokens long; the user starts and the
        assistant ends. Where chats are short, several make one session."""
        size = max(size, SHORTEST)
        turns = self._stretch(size)
        while turns[0].stored is None:
            left = size - sum(len(turn.text) for turn in turns) // LETTERS
            if left < max(size // 4, SHORTEST):
                break
            more = self._stretch(left)
            if more[0].stored is not None:
                break
            turns += more
        return turns

    def _stretch(self, size: int) -> tuple[Turn, ...]:
        """The turns of a stretch of one document."""
        for index in self.indices:
            src = source(self.work.corpus, index)
            # A very short document would make many more sessions than were asked for.
            if src.n_tokens < min(size, 300) or not src.clean:
                continue
            chat = bool(_CHAT.match(src.text))
            a, b = self._window(src, size * STAMPED if chat else size)
            if a >= b:
                continue
            turns = _chat(src.window(a, b)) if chat else self._passage(src, a, b, size)
            said = "\n".join(turn.text for turn in turns).casefold()
            if not turns or any(text in said for text in self.forbidden):
                continue
            self.used.setdefault(index, []).append((a, b))
            return turns
        raise AssertionError("the indices do not end")

    def _window(self, src: Source, size: int) -> tuple[int, int]:
        """Segments of a document that no session has yet, about `size` tokens from a paragraph."""
        low, high = src.clean[0]
        if src.before[high] - src.before[low] > size:
            spare = int(src.before[high] - src.before[low]) - size
            target = src.before[low] + self.work.rng.randrange(spare)
            at = int(np.searchsorted(src.before, target, side="right")) - 1
            low = paragraph_near(src, at, low, max(low, at))
        top = int(np.searchsorted(src.before, src.before[low] + size, side="right")) - 1
        high = min(high, max(top, low + 1))
        taken = self.used.get(src.index, ())
        return (low, high) if all(high <= a or b <= low for a, b in taken) else (0, 0)

    def _passage(self, src: Source, a: int, b: int, size: int) -> tuple[Turn, ...]:
        """A passage that the user pastes, and the assistant's short answer."""
        rng = self.work.rng
        lead = rng.choice(self.words.leads).format(title=src.title.strip('《》"')) + "\n"
        if src.before[b] - src.before[a] > 2 * size:
            text, tokens = cut(self.work, src, a, b, size)
        else:
            text = src.window(a, b) + GAP
            tokens = count_window(self.work.tokenizer, src, a, b)
        if not text.strip():
            return ()
        remark = rng.choice(self.words.remarks)
        stored = (len(lead), len(lead) + len(text), tokens)
        words = Turn(lead + text + remark, stored=stored)
        return words, Turn(rng.choice(self.words.replies))


def _chat(text: str) -> tuple[Turn, ...]:
    """Chat lines as turns: whoever speaks first is the user, the others are the assistant.

    What one side says in a row is one turn; a last word of the user's is left out.
    """
    turns: list[Turn] = []
    first = ""
    for line in text.split("\n"):
        m = _CHAT.match(line)
        if not m or not m[2].strip():
            continue
        first = first or m[1]
        side = int(m[1] != first)
        if turns and (len(turns) - 1) % 2 == side:
            turns[-1] = replace(turns[-1], text=f"{turns[-1].text} {m[2].strip()}")
        else:
            turns.append(Turn(m[2].strip()))
    return tuple(turns[: len(turns) - len(turns) % 2])
