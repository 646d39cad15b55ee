"""One of the replies without counting: the first, the last, the n-th of anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from golong_data.solving import reading
from golong_data.solving.choosing import Reader
from golong_data.tasks.retrieval.solve.reply import Query, reads
from golong_data.tasks.retrieval.solve.sentences import split

Exchange = tuple[str, str]
"""Request and reply."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation, and what is asked about it."""

    query: Query
    exchanges: Sequence[Exchange]

    def sentence(self, replies: Sequence[str], at: int) -> str | None:
        """The sentence at the end asked for, of one of these replies."""
        found = split(replies[at]) if -len(replies) <= at < len(replies) else []
        return found[self.query.end] if found else None

    @property
    def counted(self) -> list[str]:
        """The replies that are to be counted."""
        return [reply for request, reply in self.exchanges if self.query.counts(request)]

    @property
    def on_subject(self) -> list[str]:
        """All replies on the subject, those of a single sentence among them."""
        about = self.query.about or self.query.request.partition("“")[2].partition("”")[0]
        about = about or self.query.request.partition("「")[2].partition("」")[0]
        return [reply for request, reply in self.exchanges if about and about in request]


def _talk(question: str, prompt: str) -> Talk | None:
    query = reads(question)
    if query is None:
        return None
    return Talk(query, query.cues.exchange.findall(reading.context(prompt)))


def candidates(question: str, prompt: str) -> Sequence[str]:
    """Every sentence of every reply."""
    talk = _talk(question, prompt)
    replies = [reply for _, reply in talk.exchanges] if talk else []
    return list(dict.fromkeys(sentence for reply in replies for sentence in split(reply)))


def _at(place: int, talk: Talk) -> str | None:
    """One place, whichever is asked for, among the replies to the request."""
    return talk.sentence(talk.counted, place)


def _other_end(talk: Talk) -> str | None:
    """Counted from the wrong end."""
    return talk.sentence(talk.counted, -1 - talk.query.at)


def _on_subject(talk: Talk) -> str | None:
    """Counted among all replies on the subject, whatever was requested."""
    return talk.sentence(talk.on_subject, talk.query.at)


def _any_subject(talk: Talk) -> str | None:
    """Counted among all replies."""
    return talk.sentence([reply for _, reply in talk.exchanges], talk.query.at)


def _longest(talk: Talk) -> str | None:
    """The longest reply to the request."""
    replies = talk.counted
    return talk.sentence([max(replies, key=len)], 0) if replies else None


def _plays(choice: Callable[[Talk], str | None], question: str, prompt: str) -> str | None:
    talk = _talk(question, prompt)
    return choice(talk) if talk else None


LAZY: Mapping[str, Reader] = {
    "the first reply": partial(_plays, partial(_at, 0)),
    "the last reply": partial(_plays, partial(_at, -1)),
    "the longest reply": partial(_plays, _longest),
    "counted from the wrong end": partial(_plays, _other_end),
    "counted by subject alone": partial(_plays, _on_subject),
    "counted without the subject": partial(_plays, _any_subject),
}
