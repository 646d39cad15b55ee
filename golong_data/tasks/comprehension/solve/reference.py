"""A house log found by house and day and acted out, sentence by sentence.

No verb is read: a thing goes from whoever or whatever has it to the other one named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from golong_data.solving import reading
from golong_data.solving.options import offered, the_one
from golong_data.solving.query import solver
from golong_data.tasks.comprehension.solve.asked import reader
from golong_data.tasks.comprehension.solve.names import names_in
from golong_data.words import words

Person = tuple[str, bool]
"""(name, whether it is a woman)."""


@dataclass(frozen=True, slots=True)
class Cues:
    """What to look for in a log."""

    sentence_end: re.Pattern[str]
    present: tuple[re.Pattern[str], ...]
    """Somebody in its first sentence: name, role and, of a woman, the group woman."""
    pronoun: re.Pattern[str]
    women: tuple[str, ...]
    """The pronouns for women."""
    ordinals: tuple[str, str]
    """The former, the latter."""
    it: re.Pattern[str]
    things: tuple[str, ...]
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """Where a thing is at the end of a log, or whom a word of a sentence means."""

    language: str
    house: str
    day: str
    thing: str = ""
    word: str = ""
    sentence: str = ""


reads = reader("reference", Query)


def finds(query: Query, prompt: str) -> str | None:
    """Follows the one log of that house and day to its end."""
    names, cues = (
        names_in(query.language),
        words(Cues, "material/worlds/logs", "reads")[query.language],
    )
    house = re.compile(rf"(?<!\d){re.escape(query.house)}")
    lines = [
        line
        for line in reading.context(prompt).split("\n")
        if house.search(line) and names.days(line) == [query.day]
    ]
    if len(lines) != 1:
        return None
    head, *sentences = filter(None, cues.sentence_end.split(lines[0]))
    acted, options = _act(_cast(head, cues), sentences, cues), offered(prompt)
    if query.thing:
        where = acted.where.get(query.thing)
        found = [letter for letter, text in options.items() if where and where in text]
        return found[0] if len(found) == 1 else None
    meant = {name for at, word, name in acted.meant if (at, word) == (query.sentence, query.word)}
    return the_one(options, meant.pop()) if len(meant) == 1 else None


@dataclass(frozen=True, slots=True)
class Acted:
    """A log acted out."""

    where: Mapping[str, str]
    """Thing -> the person or place that has it."""
    meant: Sequence[tuple[str, str, str]]
    """(sentence, a word for a person in it, the person's name)."""


def _cast(head: str, cues: Cues) -> dict[str, Person]:
    """Whom each name and each role means."""
    called: dict[str, Person] = {}
    for form in cues.present:
        for m in form.finditer(head):
            called[m["name"]] = called[m["role"]] = (m["name"], m["woman"] is not None)
    return called


def _act(called: Mapping[str, Person], sentences: Sequence[str], cues: Cues) -> Acted:
    """Who or what has each thing at the end; nothing where a sentence leaves that open."""
    where: dict[str, str] = {}
    meant: list[tuple[str, str, str]] = []
    before: list[Person] = []
    last = ""
    for sentence in sentences:
        named = next((thing for thing in cues.things if thing in sentence), "")
        thing = named or (last if cues.it.search(sentence) else "")
        people = _people(sentence, called, before, cues)
        places = [place for place in cues.places if place in sentence.lower()]
        if not thing or None in people.values():
            return Acted({}, ())
        ends = [*(person[0] for person in people.values() if person), *places]
        if thing not in where and len(ends) == 1:
            where[thing] = ends[0]
            continue
        others = [end for end in ends if end != where.get(thing)]
        if len(ends) != 2 or len(others) != 1:
            return Acted({}, ())
        meant += [(sentence, word, person[0]) for word, person in people.items() if person]
        before, last = [person for person in people.values() if person], thing
        where[thing] = others[0]
    return Acted(where, meant)


def _people(
    sentence: str, called: Mapping[str, Person], before: Sequence[Person], cues: Cues
) -> dict[str, Person | None]:
    """Each word for a person in a sentence, in order -> whom it means, None where that is open.

    Pronouns, the former and the latter mean people of the sentence `before`.
    """
    either = "|".join(map(re.escape, [*called, *cues.ordinals]))
    found: dict[str, Person | None] = {}
    for m in re.finditer(f"{cues.pronoun.pattern}|{either}", sentence, re.IGNORECASE):
        word = m[0] if m[0] in called else m[0][0].lower() + m[0][1:]
        if word in cues.ordinals:
            found[word] = before[cues.ordinals.index(word)] if len(before) == 2 else None
        elif cues.pronoun.fullmatch(word):
            alike = [person for person in before if person[1] == (word in cues.women)]
            found[word] = alike[0] if len(alike) == 1 else None
        else:
            found[m[0]] = called.get(word)
    return found


solve = solver(reads, finds)
