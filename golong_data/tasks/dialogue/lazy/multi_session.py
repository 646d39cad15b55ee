"""Counts and sums of whatever is mentioned, whoever it concerns and whether it came about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from golong_data.solving.choosing import Reader
from golong_data.solving.options import lettered, offered, stated
from golong_data.solving.sessions import Sessions, sessions
from golong_data.tasks.dialogue.lazy import any_kind
from golong_data.tasks.dialogue.solve.multi_session import Query, reads
from golong_data.types import Gold


@dataclass(frozen=True, slots=True)
class Sums:
    """A question on a count or a sum, with what there is to choose from."""

    query: Query
    sessions: Sessions
    options: Mapping[str, str]

    def sentences(self, words: str, unlike: re.Pattern[str] | None = None) -> Iterator[str]:
        """What is said with these words, but for sentences of a kind."""
        for said in self.sessions.about(words):
            if unlike is None or not unlike.search(said.sentence):
                yield said.sentence

    def amounts(self, thing: str, unlike: re.Pattern[str] | None = None) -> list[int]:
        """The amounts of those sentences."""
        return [a for s in self.sentences(thing, unlike) if (a := self.query.cues.amount(s))]


def _amount(sums: Sums, wanted: int) -> str | None:
    """The option of an amount."""
    found = (text for text in sums.options.values() if sums.query.cues.amount(text) == wanted)
    return next(found, None) if wanted else None


def _combined(sums: Sums, unlike: re.Pattern[str] | None = None) -> str | None:
    """The sum of all amounts beside the thing, or the difference of two such sums."""
    totals = [sum(sums.amounts(thing, unlike)) for thing in sums.query.things]
    if not totals:
        return None
    return _amount(sums, totals[0] if len(totals) == 1 else abs(totals[0] - totals[1]))


def _counted(sums: Sums, unlike: re.Pattern[str] | None = None) -> str | None:
    """The number of different names in front of the noun."""
    noun = sums.query.noun
    named = re.compile(sums.query.cues.name + re.escape(noun))
    sentences = sums.sentences(noun, unlike) if noun else ()
    names = {found[1] for sentence in sentences for found in named.finditer(sentence)}
    return str(len(names)) if names else None


def _everything(sums: Sums) -> str | None:
    """All names or amounts, other people's and what came to nothing among them."""
    return _counted(sums) or _combined(sums)


def _everybody(sums: Sums) -> str | None:
    """All but what came to nothing: other people's too."""
    unreal = sums.query.asked.cues.unreal
    return _counted(sums, unreal) or _combined(sums, unreal)


def _even_unreal(sums: Sums) -> str | None:
    """All but other people's: what came to nothing too."""
    people = sums.query.asked.cues.people
    return _counted(sums, people) or _combined(sums, people)


def _mentions(sums: Sums) -> str | None:
    """How many sentences there are with what is counted."""
    return str(sum(1 for _ in sums.sentences(sums.query.noun))) if sums.query.noun else None


def _plays(choice: Callable[[Sums], str | None], question: str, prompt: str) -> Gold | None:
    query, read = reads(question), sessions(prompt)
    if query is None or read is None:
        return None
    options = {a: t for a, t in offered(prompt).items() if t not in any_kind.never()}
    found = choice(Sums(query, read, options))
    return stated(prompt, lettered(options, (found,))) if found else None


LAZY: Mapping[str, Reader] = {
    "everything mentioned": partial(_plays, _everything),
    "other people's as well": partial(_plays, _everybody),
    "what came to nothing as well": partial(_plays, _even_unreal),
    "mentions counted": partial(_plays, _mentions),
    **any_kind.LAZY,
}
