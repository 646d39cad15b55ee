"""Who or where, within one passage: pronouns and roles resolved, a state followed.

A log planted into a real document tells in a few sentences how things pass from hand to hand
and in and out of places. Its sentences name people by name, by role, by "he" and "her", by
"the former" and "the latter"; each such word has one person that it can mean. Who gives may be
named before or after who receives.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from golong_data.contexts.notes import Note, scatter_singly
from golong_data.contexts.workspace import Workspace
from golong_data.solving import reading
from golong_data.solving.options import offered, the_one
from golong_data.tasks.comprehension import words
from golong_data.tasks.comprehension.config import ComprehensionConfig
from golong_data.tasks.comprehension.log_words import FORMS, PLACES, ROLES, THINGS, WORDS
from golong_data.tasks.forms import compose
from golong_data.tasks.options import asked
from golong_data.types import Draft, Gold, Refused

PASSAGE_COST = 600
"""Tokens that a passage takes with its window."""

STATE = {
    "en": "One document holds the house log of {house} of {day}. Where is {thing} at the end of "
    "that log?",
    "zh": "某文档中有{house}{day}的宅中日志。该日志结束时，{thing}在哪里？",
}
MEANT = {
    "en": 'One document holds the house log of {house} of {day}. Who is meant by "{word}" in its '
    'sentence "{sentence}"?',
    "zh": "某文档中有{house}{day}的宅中日志。其中“{sentence}”一句里的“{word}”指的是谁？",
}


_PRONOUN = {(True, True): "she", (True, False): "her", (False, True): "he", (False, False): "him"}
"""Of a woman or not, as a subject or not: a key of WORDS."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A sentence one of whose people is not named, with the word in place of the name."""

    sentence: str
    word: str
    person: str


@dataclass(slots=True)
class Story:
    """A log being written, and the state of things in it."""

    language: str
    people: Sequence[str]
    roles: Mapping[str, str]
    where: dict[str, str]
    """Thing -> the person or place that has it."""
    told: list[str] = field(default_factory=list)
    named: tuple[str, ...] = ()
    """People of the last sentence, in order."""
    thing: str = ""
    """The thing of the last sentence."""
    past: dict[str, list[str]] = field(default_factory=dict)
    """Thing -> where it was before, oldest first."""
    references: list[Reference] = field(default_factory=list)


def make(work: Workspace, config: ComprehensionConfig) -> Draft:
    """A log with its look-alikes, and a question on its end or on one of its words."""
    rng, language = work.rng, config.language
    n = rng.randint(*config.options)
    people = words.people(rng, n, language)
    roles = dict(zip(people, rng.sample(ROLES[language], len(people)), strict=True))
    places = rng.sample(PLACES[language], 4)
    passages = max(1, min(1 + config.distractors // 3, work.ctx * 7 // 10 // PASSAGE_COST))
    houses = words.houses(rng, 2, language)
    days = words.dates(rng, passages)
    keys = [(house, words.day(day, language)) for house in houses for day in days]
    first, *rest = rng.sample(keys, len(keys))
    keys = [first, *[k for k in rest if k[0] == first[0] or k[1] == first[1]]][:passages]
    stories = [_story(rng, language, people, roles, places, config.moves) for _ in keys]
    notes = [
        Note(_text(rng, story, *key), number == 0)
        for number, (key, story) in enumerate(zip(keys, stories, strict=True))
    ]
    question, right, wrong = _question(rng, language, stories[0], places, first, n)
    variables, gold = asked(work, config, question, [right], wrong)
    only_here = [*people, *houses]
    blocks = scatter_singly(work, notes, only_here)
    return compose(work, config, variables, blocks, gold, forbidden=only_here)


def _question(
    rng: random.Random,
    language: str,
    story: Story,
    places: Sequence[str],
    key: tuple[str, str],
    n: int,
) -> tuple[str, str, list[str]]:
    """(question, right option, wrong ones)."""
    house, day = key
    unique = [r for r in story.references if story.told.count(r.sentence) == 1]
    if unique and rng.random() < 0.35:
        asked_of = rng.choice(unique)
        wrong = [p for p in story.people if p != asked_of.person]
        others = rng.sample(wrong, min(n - 1, len(wrong)))
        question = MEANT[language].format(
            house=house, day=day, word=asked_of.word, sentence=asked_of.sentence.strip()
        )
        return question, asked_of.person, others
    thing = max(story.past, key=lambda t: len(story.past[t]))
    end = story.where[thing]
    # Where it was before is what a hasty reader answers.
    before = [w for w in dict.fromkeys(reversed(story.past[thing])) if w != end]
    named = [place for place in places if any(place in sentence for sentence in story.told)]
    others = [w for w in (*story.people, *named) if w != end and w not in before]
    wrong = (before + rng.sample(others, len(others)))[: n - 1]
    question = STATE[language].format(house=house, day=day, thing=thing)
    return question, _spot(story, end), [_spot(story, w) for w in wrong]


def _spot(story: Story, where: str) -> str:
    if where in story.roles:
        return WORDS[story.language]["with"].format(who=where)
    return WORDS[story.language]["in"].format(place=where)


def _text(rng: random.Random, story: Story, house: str, day: str) -> str:
    forms, language = FORMS[story.language], story.language
    called = {sex: rng.choice(forms[sex]) for sex in ("woman", "man")}
    present = WORDS[language]["between"].join(
        called["woman" if words.is_woman(p, language) else "man"].format(
            name=p, role=story.roles[p]
        )
        for p in story.people
    )
    head = rng.choice(forms["head"]).format(house=house, day=day, present=present)
    return (" " if language == "en" else "").join([head, *story.told])


def _story(
    rng: random.Random,
    language: str,
    people: Sequence[str],
    roles: Mapping[str, str],
    places: Sequence[str],
    moves: tuple[int, int],
) -> Story:
    """A log of so many moves: most with the same two things, so that "it" comes up."""
    things = rng.sample(THINGS[language], 2)
    story = Story(language, people, roles, {})
    for thing in things:
        where = rng.choice([*people, *places])
        key = "holds" if where in roles else "lies"
        form = rng.choice(FORMS[language][key])
        story.told.append(_capital(form.format(who=where, place=where, thing=thing)))
        story.where[thing] = where
        story.past[thing] = []
    for _ in range(rng.randint(*moves)):
        _move(rng, story, rng.choices(things, (3, 1))[0], places)
    if max(map(len, story.past.values())) < 2:
        raise Refused("a log in which too little happens")
    return story


def _move(rng: random.Random, story: Story, thing: str, places: Sequence[str]) -> None:
    """One sentence, and what it changes."""
    w = WORDS[story.language]
    at = story.where[thing]
    shown = w["it"] if thing == story.thing and rng.random() < 0.7 else thing
    to, target, kind, place = "", "", "", at
    if at not in story.roles:
        kind, person = "take", rng.choice(story.people)
        target = person
    else:
        person = at
        if rng.random() < 0.6:
            target = to = rng.choice([p for p in story.people if p != person])
            kind = "give"
        else:
            kind, place = "put", rng.choice(places)
            target = place
    form = rng.choice(FORMS[story.language][kind])
    is_subject = "{whom}" not in form
    word = _word(rng, story, person, is_subject=is_subject)
    receiver = rng.choice((to, story.roles[to])) if to else ""
    sentence = _capital(form.format(who=word, whom=word, thing=shown, place=place, to=receiver))
    if word not in (person, story.roles[person]):
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
    w, language = WORDS[story.language], story.language
    found = [person, story.roles[person]]
    if person in story.named:
        woman = words.is_woman(person, language)
        if [words.is_woman(p, language) for p in story.named].count(woman) == 1:
            found += [w[_PRONOUN[woman, is_subject]]] * 3
        if len(story.named) == 2:
            found += [w["former" if person == story.named[0] else "latter"]] * 3
    return rng.choice(found)


# --- the independent solver ---------------------------------------------------------------

_ASKED = re.compile(
    r"the house log of (?P<house>.+?) of (?P<day>\d+ \w+ \d{4})\. "
    r'(?:Where is (?P<thing>.+) at the end of that log\?|Who is meant by "(?P<word>.+)" in its '
    r'sentence "(?P<sentence>.+)"\?)'
    r"|某文档中有(?P<house2>.+?)(?P<day2>\d{4}年\d+月\d+日)的宅中日志。"
    r"(?:该日志结束时，(?P<thing2>.+)在哪里？|其中“(?P<sentence2>.+)”一句里的“(?P<word2>.+)”指的是谁？)"
)
_DAY = re.compile(words.DAY)
_PRESENT = re.compile(
    rf"(?P<title>Ms|Mr) (?P<name>{words.PERSON})(?:, | \()(?P<role>the \w+)"
    rf"|(?P<name2>{words.PERSON})(?P<title2>女士|先生)（(?P<role2>\w+)）"
    rf"|(?P<role3>{'|'.join(ROLES['zh'])})(?P<name3>{words.PERSON})(?P<title3>女士|先生)"
)
_PRONOUNS = {"she": "f", "her": "f", "她": "f", "he": "m", "him": "m", "他": "m"}
_ORDINALS = {"the former": 0, "前者": 0, "the latter": 1, "后者": 1}
_IT = re.compile(r"\bit\b|它")


def solve(question: str, prompt: str) -> Gold | None:
    """Finds the log by house and day and acts it out, sentence by sentence."""
    m = _ASKED.search(question)
    if m is None:
        return None
    found = {k.rstrip("2"): v for k, v in m.groupdict().items() if v}
    lines = [
        line
        for line in reading.context(prompt).split("\n")
        if re.search(rf"(?<!\d){re.escape(found['house'])}", line)
        and _DAY.findall(line) == [found["day"]]
    ]
    if len(lines) != 1:
        return None
    head, *sentences = [part for part in re.split(r"(?<=\.) |(?<=。)", lines[0]) if part]
    acted = _act(_cast(head), sentences)
    options = offered(prompt)
    if "thing" in found:
        where = acted.where.get(_bare(found["thing"]), "")
        spots = [
            letter
            for letter, text in options.items()
            if text in (f"in {where}", f"in the hands of {where}", f"在{where}里", f"在{where}手中")
        ]
        return spots[0] if len(spots) == 1 else None
    meant = {
        name
        for sentence, word, name in acted.meant
        if sentence == found["sentence"] and word == found["word"]
    }
    return the_one(options, meant.pop()) if len(meant) == 1 else None


@dataclass(frozen=True, slots=True)
class _Acted:
    """A log acted out."""

    where: Mapping[str, str]
    """Thing without its article -> the person or place that has it."""
    meant: Sequence[tuple[str, str, str]]
    """(sentence, a word for a person in it, the person's name)."""


def _bare(thing: str) -> str:
    return thing.removeprefix("the ")


def _cast(head: str) -> dict[str, tuple[str, str]]:
    """What a person may be called: name and role -> (name, "f" or "m")."""
    called = {}
    for m in _PRESENT.finditer(head):
        got = {k.rstrip("23"): v for k, v in m.groupdict().items() if v}
        person = got["name"], "f" if got["title"] in ("Ms", "女士") else "m"
        called[got["name"]] = called[got["role"]] = person
    return called


def _act(called: Mapping[str, tuple[str, str]], sentences: Sequence[str]) -> _Acted:
    """No verb is read: a thing goes from whoever or whatever has it to the other one named."""
    things = [_bare(thing) for thing in (*THINGS["en"], *THINGS["zh"])]
    where: dict[str, str] = {}
    meant: list[tuple[str, str, str]] = []
    before: list[tuple[str, str]] = []
    last = ""
    for sentence in sentences:
        named = next((thing for thing in things if thing in sentence), "")
        thing = named or (last if _IT.search(sentence) else "")
        people = _people(sentence, called, before)
        places = [p for p in (*PLACES["en"], *PLACES["zh"]) if p in sentence.lower()]
        if not thing or None in people.values():
            return _Acted({}, ())
        ends = [*(person[0] for person in people.values() if person), *places]
        if thing not in where and len(ends) == 1:
            where[thing] = ends[0]
            continue
        others = [end for end in ends if end != where.get(thing)]
        if len(ends) != 2 or len(others) != 1:
            return _Acted({}, ())
        meant += [(sentence, word, person[0]) for word, person in people.items() if person]
        before, last = [person for person in people.values() if person], thing
        where[thing] = others[0]
    return _Acted(where, meant)


def _people(
    sentence: str, called: Mapping[str, tuple[str, str]], before: Sequence[tuple[str, str]]
) -> dict[str, tuple[str, str] | None]:
    """Each word for a person in a sentence, in order -> whom it means, None where that is open.

    Pronouns, the former and the latter mean people of the sentence `before`.
    """
    either = "|".join(map(re.escape, [*called, *_ORDINALS]))
    word = re.compile(rf"\b(?:she|her|he|him)\b|[她他]|{either}", re.IGNORECASE)
    found: dict[str, tuple[str, str] | None] = {}
    for m in word.finditer(sentence):
        low = m[0][0].lower() + m[0][1:]
        known = called.get(m[0]) or called.get(low)
        if low in _ORDINALS:
            known = before[_ORDINALS[low]] if len(before) == 2 else None
        elif low in _PRONOUNS:
            alike = [person for person in before if person[1] == _PRONOUNS[low]]
            known = alike[0] if len(alike) == 1 else None
        found[low if low in (*_ORDINALS, *_PRONOUNS) else m[0]] = known
    return found
