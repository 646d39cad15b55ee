"""Who or where, within one passage: pronouns and roles resolved, a state followed.

A log planted into a real document tells in a few sentences how things pass from hand to hand
and in and out of places. Its sentences name people by name, by role, by "he" and "she", by
"the former" and "the latter"; each such word has one person that it can mean.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from golong_data.contexts.excerpts import Note
from golong_data.contexts.stitch import stitch
from golong_data.contexts.workspace import Workspace
from golong_data.tasks import reading
from golong_data.tasks.comprehension import words
from golong_data.tasks.comprehension.config import ComprehensionConfig
from golong_data.tasks.comprehension.planting import scattered
from golong_data.tasks.options import asked, draft, offered, the_one
from golong_data.types import Draft, Gold, Refused

HEADS = {"en": "House log of ", "zh": "宅中日志："}
PASSAGE_COST = 600
"""Tokens that a passage takes with its window."""

_ROLES = {
    "en": "the surveyor,the gardener,the clerk,the cook,the driver,the nurse,the painter".split(
        ","
    ),
    "zh": "测量员 园丁 书记 厨师 车夫 护士 画师".split(),
}
_THINGS = {
    "en": "the brass key,the red book,the sealed letter,the silver watch,the small map".split(","),
    "zh": "铜钥匙 红皮书 密封的信 银怀表 小地图".split(),
}
_PLACES = {
    "en": "the oak chest,the tin box,the desk drawer,the glass case,the wicker basket,"
    "the wall safe".split(","),
    "zh": "橡木箱 铁皮盒 书桌抽屉 玻璃柜 藤篮 壁橱".split(),
}

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "head": "House log of {house}, {day}. Present: {present}. ",
        "ms": "Ms {name}, {role}",
        "mr": "Mr {name}, {role}",
        "between": "; ",
        "holds": "At first {who} holds {thing}. ",
        "lies": "At first {thing} lies in {place}. ",
        "put": "{who} puts {thing} into {place}. ",
        "take": "{who} takes {thing} out of {place}. ",
        "give": "{who} gives {thing} to {to}. ",
        "she": "she",
        "he": "he",
        "it": "it",
        "former": "the former",
        "latter": "the latter",
        "in": "in {place}",
        "with": "in the hands of {who}",
    },
    "zh": {
        "head": "宅中日志：{house}，{day}。在场者：{present}。",
        "ms": "{name}女士（{role}）",
        "mr": "{name}先生（{role}）",
        "between": "、",
        "holds": "起初{who}拿着{thing}。",
        "lies": "起初{thing}在{place}里。",
        "put": "{who}把{thing}放进{place}里。",
        "take": "{who}把{thing}从{place}里取出。",
        "give": "{who}把{thing}交给{to}。",
        "she": "她",
        "he": "他",
        "it": "它",
        "former": "前者",
        "latter": "后者",
        "in": "在{place}里",
        "with": "在{who}手中",
    },
}

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


@dataclass(frozen=True, slots=True)
class Reference:
    """A sentence whose subject is not named, with what it means."""

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
    rng, knobs, language = work.rng, config.knobs(), config.language
    n = rng.randint(*knobs.options)
    people = words.people(rng, max(4, n - 1), language)
    roles = dict(zip(people, rng.sample(_ROLES[language], len(people)), strict=True))
    places = rng.sample(_PLACES[language], 4)
    passages = max(1, min(1 + knobs.distractors // 3, work.ctx * 7 // 10 // PASSAGE_COST))
    houses = words.houses(rng, 2, language)
    days = words.dates(rng, passages)
    keys = [(house, words.day(day, language)) for house in houses for day in days]
    first, *rest = rng.sample(keys, len(keys))
    keys = [first, *[k for k in rest if k[0] == first[0] or k[1] == first[1]]][:passages]
    stories = [_story(rng, language, people, roles, places, knobs.moves) for _ in keys]
    notes = [
        Note(_text(story, *key), number == 0)
        for number, (key, story) in enumerate(zip(keys, stories, strict=True))
    ]
    question, right, wrong = _question(rng, language, stories[0], places, first, n)
    variables, gold = asked(work, config, question, [right], wrong)
    heads = (HEADS[language],)
    blocks = scattered(work, notes, heads)
    context = stitch(work, blocks, work.room(variables), forbidden=heads, language=language)
    return draft(context, variables, gold, config, "reference")


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


def _text(story: Story, house: str, day: str) -> str:
    w = WORDS[story.language]
    present = w["between"].join(
        w["ms" if words.is_woman(p, story.language) else "mr"].format(name=p, role=story.roles[p])
        for p in story.people
    )
    head = w["head"].format(house=house, day=day, present=present)
    return (head + "".join(story.told)).strip()


def _story(
    rng: random.Random,
    language: str,
    people: Sequence[str],
    roles: Mapping[str, str],
    places: Sequence[str],
    moves: tuple[int, int],
) -> Story:
    """A log of so many moves: most with the same two things, so that "it" comes up."""
    w = WORDS[language]
    things = rng.sample(_THINGS[language], 2)
    story = Story(language, people, roles, {})
    for thing in things:
        where = rng.choice([*people, *places])
        key = "holds" if where in roles else "lies"
        story.told.append(w[key].format(who=where, place=where, thing=thing))
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
    word = _word(rng, story, person)
    receiver = rng.choice((to, story.roles[to])) if to else ""
    sentence = w[kind].format(who=word, thing=shown, place=place, to=receiver)
    sentence = sentence[0].upper() + sentence[1:]
    if word not in (person, story.roles[person]):
        story.references.append(Reference(sentence, word, person))
    story.told.append(sentence)
    story.past[thing].append(at)
    story.where[thing] = target
    story.thing, story.named = thing, (person, to) if to else (person,)


def _word(rng: random.Random, story: Story, person: str) -> str:
    """A word for the subject of the next sentence that can mean this person only."""
    w, language = WORDS[story.language], story.language
    found = [person, story.roles[person]]
    if person in story.named:
        woman = words.is_woman(person, language)
        if [words.is_woman(p, language) for p in story.named].count(woman) == 1:
            found += [w["she" if woman else "he"]] * 3
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
_PRESENT = re.compile(r"(?:(Ms|Mr) (.+?), (the \w+)|(.+?)(女士|先生)（(.+?)）)(?:; |、|$)")
_STARTED = re.compile(r"At first (.+) (?:holds (.+)|lies in (.+))|起初(.+?)(?:拿着(.+)|在(.+)里)")
_MOVED = re.compile(
    r"(?P<who>.+?) (?:puts|takes|gives) (?P<thing>.+?) "
    r"(?:into (?P<into>.+)|out of .+|to (?P<to>.+))"
    r"|(?P<who2>.+?)把(?P<thing2>.+?)(?:放进(?P<into2>.+)里|从.+里取出|交给(?P<to2>.+))"
)


def solve(question: str, prompt: str) -> Gold | None:
    """Finds the log by house and day and acts it out, sentence by sentence."""
    m = _ASKED.search(question)
    if m is None:
        return None
    found = {k.rstrip("2"): v for k, v in m.groupdict().items() if v}
    heads = (
        f"House log of {found['house']}, {found['day']}. Present: ",
        f"宅中日志：{found['house']}，{found['day']}。在场者：",
    )
    lines = [
        line.removeprefix(head)
        for line in reading.context(prompt).split("\n")
        for head in heads
        if line.startswith(head)
    ]
    if len(lines) != 1:
        return None
    present, *sentences = re.split(r"\. |。", lines[0].rstrip(".。"))
    acted = _act(_cast(present), sentences)
    options = offered(prompt)
    if "thing" in found:
        where = acted.where.get(found["thing"], "")
        spots = [
            letter
            for letter, text in options.items()
            if text in (f"in {where}", f"in the hands of {where}", f"在{where}里", f"在{where}手中")
        ]
        return spots[0] if len(spots) == 1 else None
    wanted = found["sentence"].rstrip(".。")
    subjects = {who for sentence, who in acted.subjects if sentence == wanted}
    return the_one(options, subjects.pop()) if len(subjects) == 1 else None


@dataclass(frozen=True, slots=True)
class _Acted:
    """A log acted out."""

    where: Mapping[str, str]
    subjects: Sequence[tuple[str, str]]
    """(sentence, who is its subject) in order."""


def _cast(present: str) -> dict[str, tuple[str, str]]:
    """What a person may be called: name and role -> (name, "she" or "he")."""
    called = {}
    for title, name, role, name2, title2, role2 in _PRESENT.findall(present):
        pronoun = "she" if title == "Ms" or title2 == "女士" else "he"
        called[name or name2] = called[role or role2] = (name or name2, pronoun)
    return called


def _act(called: Mapping[str, tuple[str, str]], sentences: Sequence[str]) -> _Acted:
    where: dict[str, str] = {}
    subjects: list[tuple[str, str]] = []
    before: list[tuple[str, str]] = []
    last = ""
    for sentence in sentences:
        if m := _STARTED.fullmatch(sentence):
            a, b, c = m.groups()[:3] if m[1] else m.groups()[3:]
            where[b or a] = a if b else c
            continue
        m = _MOVED.fullmatch(sentence)
        if m is None:
            return _Acted({}, ())
        got = {k.rstrip("2"): v for k, v in m.groupdict().items() if v}
        who = _meant(got["who"], called, before)
        thing = last if got["thing"] in ("it", "它") else got["thing"]
        if who is None or not thing:
            return _Acted({}, ())
        subjects.append((sentence, who[0]))
        to = called.get(got["to"]) if "to" in got else None
        where[thing] = to[0] if to else got.get("into", who[0])
        before, last = [who, to] if to else [who], thing
    return _Acted(where, subjects)


def _meant(
    word: str, called: Mapping[str, tuple[str, str]], before: Sequence[tuple[str, str]]
) -> tuple[str, str] | None:
    """The person that the subject of a sentence means, after a sentence on `before`."""
    low = word[0].lower() + word[1:]
    if word in called or low in called:
        return called.get(word) or called[low]
    if low in ("the former", "前者", "the latter", "后者"):
        return before[low in ("the latter", "后者")] if len(before) == 2 else None
    wanted = {"she": "she", "她": "she", "he": "he", "他": "he"}.get(low)
    found = [person for person in before if person[1] == wanted]
    return found[0] if len(found) == 1 else None
