"""Values of the user's own things: what is said of them, and near-misses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from golong_data.contexts.days import Days
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.dialogue.config import DialogueConfig
from golong_data.tasks.dialogue.drafting import Fact
from golong_data.tasks.dialogue.lexicon import capital, lexicon
from golong_data.words import words

FILES = ("dialogue/belongings", "dialogue/habits")


@dataclass(frozen=True, slots=True)
class Trait:
    """Something that has one value at a time, and the sentences that speak of it.

    Slots: thing, value, person. In the facts thing and value stand in one sentence.
    """

    qualifiers: tuple[str, ...]
    nouns: tuple[str, ...]
    """A thing is a qualifier and a noun, so that near-misses differ in one of them."""
    kind: str
    """What its values are: a key of `Lexicon.values`."""
    said: tuple[str, ...]
    """The value, for the first time."""
    other: tuple[str, ...]
    """Another person's value of a thing of the same name."""
    plan: tuple[str, ...]
    """A value that was considered and did not come about."""
    changed: tuple[str, ...] = ()
    """The value, when it takes the place of another. Empty: it does not change."""
    falls: bool = False
    """Whether it can only become less, as a record does."""
    prompt: tuple[str, ...] = ()
    """What the user asks where it is the assistant that states the value; else empty."""


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions for the values of a trait. Slots: thing, date."""

    asked: tuple[str, ...]
    """For the value that was said and never changed."""
    now: tuple[str, ...] = ()
    """For the latest value."""
    at: tuple[str, ...] = ()
    """For the value on a date."""
    before: tuple[str, ...] = ()
    """For the value before the latest."""
    first: tuple[str, ...] = ()
    """For the value before any change."""


@dataclass(frozen=True, slots=True)
class _Written:
    traits: Mapping[str, Trait]


@dataclass(frozen=True, slots=True)
class _Asked:
    questions: Mapping[str, Questions]


def traits(language: str) -> list[tuple[Trait, Questions]]:
    """All traits of a language with their questions."""
    found = []
    for file in FILES:
        written = words(_Written, file, "writes").get(language)
        asked = words(_Asked, file, "asks")
        if written:
            found += [(t, asked[language].questions[name]) for name, t in written.traits.items()]
    return found


def near_misses(
    work: Workspace,
    config: DialogueConfig,
    days: Days,
    trait: Trait,
    pair: tuple[str, str],
    values: Sequence[str],
) -> list[Fact]:
    """A sentence for each of the values, none of which is that of the thing of this pair.

    They belong to another person, to a plan that came to nothing, to a thing whose name
    shares a word, or (the easier, the more of them) to a thing of quite another name. The
    first is always another person's.
    """
    rng, names = work.rng, lexicon(config.language)
    qualifier, noun = pair
    thing = names.thing(qualifier, noun)
    people = rng.sample(names.people, len(names.people))
    unlike = [q for q in trait.qualifiers if q != qualifier]
    nouns = [w for w in trait.nouns if w != noun]
    rng.shuffle(unlike)
    rng.shuffle(nouns)
    found = []
    for i, value in enumerate(values):
        day = days.any()
        near = i == 0 or rng.random() < config.near
        kind = ("person", "plan", "qualifier", "noun")[i % 4] if near else "far"
        if kind == "person":
            who = people.pop()
            text = rng.choice(trait.other).format(person=who, thing=thing, value=value)
            found.append(Fact(day, text))
        elif kind == "plan":
            found.append(Fact(day, rng.choice(trait.plan).format(thing=thing, value=value)))
        else:
            q = qualifier if kind == "noun" else unlike.pop()
            w = noun if kind == "qualifier" else nouns.pop()
            found.append(own(work, trait, names.thing(q, w), value, day))
    return found


def own(
    work: Workspace,
    trait: Trait,
    thing: str,
    value: str,
    day: int,
    *,
    evidence: bool = False,
    changed: bool = False,
) -> Fact:
    """The sentence that gives a thing its value."""
    rng = work.rng
    wordings = trait.changed if changed else trait.said
    text = rng.choice(wordings).format(thing=thing, value=value)
    request = capital(rng.choice(trait.prompt).format(thing=thing)) if trait.prompt else ""
    return Fact(day, text, evidence, request)
