"""The end of a log, or who a word of it means, without acting the log out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from golong_data.solving import reading
from golong_data.solving.choosing import LOOKS, MENTIONS, SAYINGS, SHAPES, Reader, readers
from golong_data.solving.options import offered, stated
from golong_data.tasks.comprehension.solve.names import names_in
from golong_data.tasks.comprehension.solve.reference import Cues, Query, reads
from golong_data.types import Gold
from golong_data.words import words


@dataclass(frozen=True, slots=True)
class Log:
    """The log that a question is about, as far as a glance at it goes."""

    query: Query
    sentences: Sequence[str]
    """But for the first, which names all who are present."""
    ends: Mapping[str, str]
    """Person or place -> the letter of its option."""
    people: frozenset[str]

    def named(self, sentences: Sequence[str], among: frozenset[str] | None = None) -> list[str]:
        """The letters of what these sentences name, in their order; `among` a few only."""
        text = "\n".join(sentences).casefold()
        found = [
            (m.start(), letter)
            for name, letter in self.ends.items()
            if among is None or name in among
            for m in re.finditer(re.escape(name.casefold()), text)
        ]
        return [letter for _, letter in sorted(found)]

    @property
    def places(self) -> frozenset[str]:
        """Those of its ends that are no people."""
        return frozenset(self.ends) - self.people

    @property
    def before(self) -> Sequence[str]:
        """The sentences before the one asked about."""
        at = [i for i, s in enumerate(self.sentences) if self.query.sentence in s]
        return self.sentences[: at[0]] if self.query.sentence and at else ()


def log_of(question: str, prompt: str) -> Log | None:
    """The one line that names the house and the day."""
    query = reads(question)
    if query is None:
        return None
    names = names_in(query.language)
    cues = words(Cues, "material/worlds/logs", "reads")[query.language]
    lines = [
        line
        for line in reading.context(prompt).split("\n")
        if query.house in line and query.day in line
    ]
    if not lines:
        return None
    options = offered(prompt)
    ends = {
        name: letter
        for letter, text in options.items()
        for name in [*names.people(text), *(place for place in cues.places if place in text)]
    }
    people = frozenset(name for text in options.values() for name in names.people(text))
    sentences = list(filter(None, cues.sentence_end.split(lines[0])))[1:]
    return Log(query, sentences, ends, people)


Choice = Callable[[Log], str | None]
"""The letter that is chosen."""


def _last_of(log: Log) -> str | None:
    """The last person or place that the log names."""
    return _at(log.named(log.sentences), -1)


def _last_place(log: Log) -> str | None:
    """The last place."""
    return _at(log.named(log.sentences, log.places), -1)


def _last_person(log: Log) -> str | None:
    """The last person."""
    return _at(log.named(log.sentences, log.people), -1)


def _first_of(log: Log) -> str | None:
    """The first person or place."""
    return _at(log.named(log.sentences), 0)


def _most_of(log: Log) -> str | None:
    """The one named most often."""
    counted = Counter(log.named(log.sentences)).most_common(1)
    return counted[0][0] if counted else None


def _unnamed(log: Log) -> str | None:
    """The first option that the log, but for its first sentence, does not name."""
    named = set(log.named(log.sentences))
    return next((letter for letter in sorted(log.ends.values()) if letter not in named), None)


def _with_thing(log: Log) -> str | None:
    """The last one named in a sentence that names the thing."""
    return _at(log.named([s for s in log.sentences if log.query.thing in s]), -1)


def _nearest_before(place: int, log: Log) -> str | None:
    """A person of those named before the sentence: the last one, or the last but one."""
    return _at(list(dict.fromkeys(reversed(log.named(log.before, log.people)))), place)


def _previous(place: int, log: Log) -> str | None:
    """The first or the last person that the sentence before names."""
    return _at(log.named(log.before[-1:], log.people), place)


def _at(letters: Sequence[str], place: int) -> str | None:
    return letters[place] if -len(letters) <= place < len(letters) else None


def _plays(choice: Choice, on: str, question: str, prompt: str) -> Gold | None:
    log = log_of(question, prompt)
    found = choice(log) if log and bool(log.query.thing) == (on == "thing") else None
    return stated(prompt, [found]) if found else None


LAZY: Mapping[str, Reader] = {
    "last named in the log": partial(_plays, _last_of, "thing"),
    "last place of the log": partial(_plays, _last_place, "thing"),
    "last person of the log": partial(_plays, _last_person, "thing"),
    "first named in the log": partial(_plays, _first_of, "thing"),
    "most named in the log": partial(_plays, _most_of, "thing"),
    "not named in the log": partial(_plays, _unnamed, "thing"),
    "last named with the thing": partial(_plays, _with_thing, "thing"),
    "last person before": partial(_plays, partial(_nearest_before, 0), "word"),
    "last person but one before": partial(_plays, partial(_nearest_before, 1), "word"),
    "first of the sentence before": partial(_plays, partial(_previous, 0), "word"),
    "last of the sentence before": partial(_plays, partial(_previous, -1), "word"),
    **readers(MENTIONS, SHAPES, LOOKS, SAYINGS),
}
