"""House logs: how things pass from hand to hand and in and out of places.

Sentences name people by name, by role, by "he" and "her", by "the former" and "the latter";
each such word has one person that it can mean. Who gives may be named before or after who
receives.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from golong_data.material.worlds.names import Person, persons
from golong_data.types import Refused
from golong_data.words import words

PLACES = 4
"""Places of one log."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a log says, in one language."""

    roles: tuple[str, ...]
    things: tuple[str, ...]
    places: tuple[str, ...]
    space: str
    """Between two sentences."""
    between: str
    """Between two who are present."""
    she: str
    her: str
    """As an object."""
    he: str
    him: str
    """As an object."""
    it: str
    former: str
    latter: str
    head: tuple[str, ...]
    """The first sentence."""
    woman: tuple[str, ...]
    """Somebody present."""
    man: tuple[str, ...]
    forms: Mapping[str, tuple[str, ...]]
    """Kind of any other sentence -> how it is put."""

    def pronoun(self, person: Person, *, is_subject: bool) -> str:
        """The pronoun for a person."""
        if person.is_woman:
            return self.she if is_subject else self.her
        return self.he if is_subject else self.him


@dataclass(frozen=True, slots=True)
class Cast:
    """Who and what a log may be about."""

    words: Words
    people: Mapping[str, Person]
    """By their names."""
    roles: Mapping[str, str]
    """Name -> role."""
    places: Sequence[str]


@dataclass(frozen=True, slots=True)
class Reference:
    """A sentence one of whose people is not named, with the word in place of the name."""

    sentence: str
    word: str
    person: str


@dataclass(slots=True)
class Story:
    """A log being written, and the state of things in it."""

    cast: Cast
    where: dict[str, str] = field(default_factory=dict)
    """Thing -> the person or place that has it."""
    told: list[str] = field(default_factory=list)
    named: tuple[str, ...] = ()
    """People of the last sentence, in order."""
    thing: str = ""
    """The thing of the last sentence."""
    past: dict[str, list[str]] = field(default_factory=dict)
    """Thing -> where it was before, oldest first."""
    references: list[Reference] = field(default_factory=list)

    def text(self, rng: random.Random, house: str, day: str) -> str:
        """The whole log, in one line."""
        said, roles = self.cast.words, self.cast.roles
        women, men = rng.choice(said.woman), rng.choice(said.man)
        present = said.between.join(
            (women if person.is_woman else men).format(name=name, role=roles[name])
            for name, person in self.cast.people.items()
        )
        head = rng.choice(said.head).format(house=house, day=day, present=present)
        return said.space.join([head, *self.told])


def cast(rng: random.Random, n: int, language: str) -> Cast:
    """n people, each with a role, and the places around them."""
    told = words(Words, "material/worlds/logs", "writes")[language]
    people = {person.name: person for person in persons(rng, n, language)}
    roles = dict(zip(people, rng.sample(told.roles, n), strict=True))
    return Cast(told, people, roles, rng.sample(told.places, PLACES))


def story(rng: random.Random, cast: Cast, moves: tuple[int, int]) -> Story:
    """A log of so many moves: most with the same of two things, so that "it" comes up."""
    things = rng.sample(cast.words.things, 2)
    found = Story(cast)
    for thing in things:
        where = rng.choice([*cast.people, *cast.places])
        form = rng.choice(cast.words.forms["holds" if where in cast.roles else "lies"])
        found.told.append(_capital(form.format(who=where, place=where, thing=thing)))
        found.where[thing] = where
        found.past[thing] = []
    for _ in range(rng.randint(*moves)):
        _move(rng, found, rng.choices(things, (3, 1))[0])
    if max(map(len, found.past.values())) < 2:
        raise Refused("a log in which too little happens")
    return found


def _move(rng: random.Random, story: Story, thing: str) -> None:
    """One sentence, and what it changes."""
    cast, at = story.cast, story.where[thing]
    shown = cast.words.it if thing == story.thing and rng.random() < 0.7 else thing
    to, kind, place = "", "take", at
    if at not in cast.roles:
        target = person = rng.choice([*cast.people])
    else:
        person = at
        if rng.random() < 0.6:
            kind, target = "give", rng.choice([p for p in cast.people if p != person])
            to = target
        else:
            kind, target = "put", rng.choice(cast.places)
            place = target
    form = rng.choice(cast.words.forms[kind])
    word = _word(rng, story, person, is_subject="{whom}" not in form)
    receiver = rng.choice((to, cast.roles[to])) if to else ""
    sentence = _capital(form.format(who=word, whom=word, thing=shown, place=place, to=receiver))
    if word not in (person, cast.roles[person]):
        story.references.append(Reference(sentence, word, person))
    story.told.append(sentence)
    story.past[thing].append(at)
    story.where[thing] = target
    # In the order in which the sentence names them, for the former and the latter.
    gives_first = not to or form.index("{who") < form.index("{to}")
    pair = (person, to) if gives_first else (to, person)
    story.thing, story.named = thing, pair if to else (person,)


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def _word(rng: random.Random, story: Story, person: str, *, is_subject: bool) -> str:
    """A word for who acts in the next sentence that can mean this person only."""
    cast, said = story.cast, story.cast.words
    found = [person, cast.roles[person]]
    if person in story.named:
        who = cast.people[person]
        if [cast.people[p].is_woman for p in story.named].count(who.is_woman) == 1:
            found += [said.pronoun(who, is_subject=is_subject)] * 3
        if len(story.named) == 2:
            found += [said.former if person == story.named[0] else said.latter] * 3
    return rng.choice(found)
