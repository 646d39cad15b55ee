"""Targeted rule violation: all entries of a scattered register that break one rule.

Entries, rules and exceptions are planted into real documents. An entry breaks the rule where
it is on the rule's goods and above the limit that holds for it; exceptions raise the limit
at one place or exempt what one person has countersigned. Near misses stand exactly at a
limit, are covered by an exception, or are on goods that another rule is about.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

from golong_data.contexts.excerpts import Note
from golong_data.contexts.workspace import Workspace
from golong_data.tasks import reading
from golong_data.tasks.asking import ask
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.planting import ENOUGH, SCARCE, finish, scatter
from golong_data.tasks.generators import takes_notes
from golong_data.types import Draft, Generator, Refused

ENTRY_COST = 62
"""Tokens that an entry takes in a short context, with its part of a window and header."""

MOST = 160
"""Entries at most."""


@dataclass(frozen=True, slots=True)
class Words:
    """The wording of one language."""

    goods: tuple[str, ...]
    places: tuple[str, ...]
    people: tuple[str, ...]
    entries: tuple[str, ...]
    rule: str
    raised: str
    exempt: str
    question: str
    answer_format: str
    forbidden: tuple[str, ...]


EN = Words(
    goods=tuple("solvents acids resins fuels lacquers fertilisers bleaches propellants".split()),
    places=tuple("Ashmere Bexford Corrin Dalby Elmstead Fenwick Garside Holmby".split()),
    people=tuple("Adair Bristow Calder Denholm Easton Farrow Gissing Hallam".split()),
    entries=(
        "Store entry {id}: {quantity} kg of {goods} at {place}, countersigned by {person}.",
        "Store entry {id}: at {place}, {quantity} kg of {goods}; countersigned by {person}.",
        "Store entry {id}: {person} has countersigned {quantity} kg of {goods} at {place}.",
    ),
    rule="Store rule {rule}: no entry may be for more than {limit} kg of {goods}.",
    raised="Exception to store rule {rule}: entries at {place} may be for up to {limit} kg.",
    exempt="Exception to store rule {rule}: entries that {person} has countersigned are exempt.",
    question="Store entries, store rules and exceptions to them are scattered over the documents. "
    "Which store entries break store rule {rule}, once all its exceptions are taken into account?",
    answer_format='Each element is the id of one entry, such as "E-0001".',
    forbidden=("Store entry ", "Store rule ", "store rule "),
)
ZH = Words(
    goods=("溶剂", "酸液", "树脂", "燃油", "清漆", "化肥", "漂白粉", "火药"),
    places=("青石库", "柳湾库", "南坪库", "白沙库", "双桥库", "松岭库", "红岩库", "云溪库"),
    people=("沈维", "顾明远", "陆一鸣", "苏婉", "方致和", "叶清", "韩松", "邓可"),
    entries=(
        "库存条目{id}：{goods}{quantity}公斤，存于{place}，会签人{person}。",
        "库存条目{id}：{place}存有{goods}{quantity}公斤，会签人{person}。",
        "库存条目{id}：会签人{person}，在{place}存放{goods}{quantity}公斤。",
    ),
    rule="库存规则{rule}：任何条目的{goods}不得超过{limit}公斤。",
    raised="库存规则{rule}的例外：{place}的条目上限为{limit}公斤。",
    exempt="库存规则{rule}的例外：会签人为{person}的条目不受此限。",
    question="各文档中散布着库存条目、库存规则以及规则的例外。考虑全部例外之后，"
    "哪些库存条目违反了库存规则{rule}？",
    answer_format="每一项是一个条目的编号，形如“E-0001”。",
    forbidden=("库存条目", "库存规则"),
)
WORDS: Mapping[str, Words] = {"en": EN, "zh": ZH}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register."""

    id: str
    quantity: int
    goods: str
    place: str
    person: str


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule asked about, with its exceptions as they are drawn."""

    number: int
    goods: str
    limit: int
    place: str
    """Where another limit holds; "" without such an exception."""
    place_limit: int
    person: str
    """Whose entries are exempt; "" without such an exception."""

    def broken_by(self, entry: Entry) -> bool:
        """Whether an entry breaks it."""
        if entry.goods != self.goods or (self.person and entry.person == self.person):
            return False
        return entry.quantity > (self.place_limit if entry.place == self.place else self.limit)


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """A register whose entries break the rule in a few places."""
    knobs, rng, words = config.knobs(), work.rng, WORDS[config.language]
    most = min(MOST, int(work.ctx * 0.7) // ENTRY_COST)
    breaches = min(rng.randint(*knobs.breaches), max(1, most // SCARCE))
    n = min(most, max(breaches * SCARCE, rng.randint(most // 2, most)))
    if n < 6:
        raise Refused("too little room for a register")
    # Two more rules with exceptions of their own, on goods that entries are for as well.
    rule, *decoys = (
        _rule(number, goods, knobs.exceptions, words, rng)
        for number, goods in zip(
            rng.sample(range(101, 9_999), 3), rng.sample(words.goods, 3), strict=True
        )
    )
    entries = _register(rule, breaches, n, words, rng)
    question = ask(
        words.question.format(rule=rule.number),
        words.answer_format,
        ("E-0001", "E-0002", "E-0003"),
        thinking=config.thinking,
    )
    broken = [entry for entry in entries if rule.broken_by(entry)]
    notes = [
        Note(rng.choice(words.entries).format_map(_fields(entry)), entry in broken)
        for entry in entries
    ]
    notes += [Note(text, True) for text in _statements(rule, words)]
    notes += [Note(text, False) for decoy in decoys for text in _statements(decoy, words)]
    blocks = scatter(work, notes, without=words.forbidden)
    gold = sorted(entry.id for entry in broken)
    return finish(
        work,
        config,
        "violation",
        blocks,
        question,
        lambda _: gold,
        forbidden=words.forbidden,
    )


def _fields(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in Entry.__slots__}


def _rule(number: int, goods: str, exceptions: int, words: Words, rng: random.Random) -> Rule:
    limit = rng.randrange(150, 700, 10)
    kinds = rng.sample(("place", "person"), exceptions)
    return Rule(
        number=number,
        goods=goods,
        limit=limit,
        place=rng.choice(words.places) if "place" in kinds else "",
        place_limit=limit + rng.randrange(60, 200, 10),
        person=rng.choice(words.people) if "person" in kinds else "",
    )


def _statements(rule: Rule, words: Words) -> list[str]:
    """The rule and its exceptions in words."""
    found = [words.rule.format(rule=rule.number, limit=rule.limit, goods=rule.goods)]
    if rule.place:
        found.append(
            words.raised.format(rule=rule.number, place=rule.place, limit=rule.place_limit)
        )
    if rule.person:
        found.append(words.exempt.format(rule=rule.number, person=rule.person))
    return found


def _register(rule: Rule, breaches: int, n: int, words: Words, rng: random.Random) -> list[Entry]:
    """`n` entries, so many of which break the rule; every exception saves at least one."""
    kinds = ["breach"] * breaches + ["at the limit"]
    kinds += ["saved by place"] * bool(rule.place) + ["saved by person"] * bool(rule.person)
    harmless = ["at the limit", "below", "below", "other goods", "other goods"]
    harmless += [kind for kind in kinds if kind.startswith("saved")]
    kinds += [rng.choice(harmless) for _ in range(n - len(kinds))]
    ids = rng.sample(range(1000, 10_000), len(kinds))
    return [_entry(rule, kind, f"E-{id}", words, rng) for kind, id in zip(kinds, ids, strict=True)]


def _entry(rule: Rule, kind: str, id: str, words: Words, rng: random.Random) -> Entry:
    """An entry of a kind: how it stands to the rule."""
    others = {
        "goods": [goods for goods in words.goods if goods != rule.goods],
        "place": [place for place in words.places if place != rule.place],
        "person": [person for person in words.people if person != rule.person],
    }
    goods, place = rule.goods, rng.choice(others["place"])
    person = rng.choice(others["person"])
    quantity = rule.limit + rng.randint(1, 90)
    if kind == "breach" and rule.place and rng.random() < 0.3:
        place, quantity = rule.place, rule.place_limit + rng.randint(1, 60)
    elif kind == "at the limit":
        quantity = rule.limit
    elif kind == "saved by place":
        place, quantity = rule.place, rng.randint(rule.limit + 1, rule.place_limit)
    elif kind == "saved by person":
        person = rule.person
    elif kind == "below":
        quantity = rule.limit - rng.randint(1, 90)
    elif kind == "other goods":
        goods, person = rng.choice(others["goods"]), rng.choice(words.people)
    return Entry(id, quantity, goods, place, person)


# --- the independent solver ---------------------------------------------------------------

_ASKED = re.compile(r"(?:Which store entries break store rule |哪些库存条目违反了库存规则)(\d+)")
_RULE = (
    r"^(?:Store rule {0}: no entry may be for more than (\d+) kg of (\w+)\.|"
    r"库存规则{0}：任何条目的(\w+)不得超过(\d+)公斤。)$"
)
_EXCEPTION = (
    r"^(?:Exception to store rule {0}: entries (?:at (\w+) may be for up to (\d+) kg"
    r"|that (\w+) has countersigned are exempt)\.|"
    r"库存规则{0}的例外：(?:(\w+)的条目上限为(\d+)公斤|会签人为(\w+)的条目不受此限)。)$"
)
_ENTRY = re.compile(r"^(?:Store entry |库存条目)(E-\d{4})[:：](.+)$", re.MULTILINE)
_QUANTITY = re.compile(r"(\d+) kg of (\w+)|([^\d\W]+?)(\d+)公斤")


def solve(question: str, prompt: str) -> tuple[str, ...] | None:
    """Reads rule, exceptions and entries off their lines."""
    asked = _ASKED.search(question)
    if not asked:
        return None
    text = reading.context(prompt)
    rules = re.findall(_RULE.format(asked[1]), text, re.MULTILINE)
    if len(rules) != 1:
        return None
    goods, limit = rules[0][1] or rules[0][2], int(rules[0][0] or rules[0][3])
    raised: dict[str, int] = {}
    exempt: set[str] = set()
    for m in re.finditer(_EXCEPTION.format(asked[1]), text, re.MULTILINE):
        if m[3] or m[6]:
            exempt.add(m[3] or m[6])
        else:
            raised[m[1] or m[4]] = int(m[2] or m[5])
    found = []
    for id, line in _ENTRY.findall(text):
        stated = _QUANTITY.search(line)
        if not stated or not (stated[2] or stated[3]).endswith(goods):
            continue
        bound = next((raised[place] for place in raised if place in line), limit)
        if int(stated[1] or stated[4]) > bound and not any(person in line for person in exempt):
            found.append(id)
    return tuple(sorted(found)) or None


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="prose of some length, to plant entries in",
    serves=takes_notes,
    least=ENOUGH,
)
