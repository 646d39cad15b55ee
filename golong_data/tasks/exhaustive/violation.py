"""Targeted rule violation: all entries of a scattered register that break one rule.

Entries, rules and exceptions are planted into real documents. An entry breaks the rule where
it is on the rule's goods and above the limit that holds for it; exceptions raise the limit
at one place or exempt what one person has countersigned. Near misses stand exactly at a
limit, are covered by an exception, or are on goods that another rule with a like number is about.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from golong_data.contexts.excerpts import Note
from golong_data.contexts.workspace import Workspace
from golong_data.solving import reading
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.planting import (
    ENOUGH,
    NUMBERS,
    SCARCE,
    like_number,
    scatter,
)
from golong_data.tasks.forms import LIST, ask, compose
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
    rules: tuple[str, ...]
    raised: tuple[str, ...]
    """An exception for a place."""
    exempt: tuple[str, ...]
    """An exception for a person."""
    question: str
    answer_format: str
    forbidden: tuple[str, ...]


EN = Words(
    goods=tuple(
        "solvents acids resins fuels lacquers fertilisers bleaches propellants pesticides enamels "
        "lubricants alkalis varnishes explosives detergents coolants".split()
    ),
    places=tuple(
        "Ashmere Bexford Corrin Dalby Elmstead Fenwick Garside Holmby Inchley Kelsall Lowther "
        "Marwick Norbury Oakhanger Penhill Rushden Selworth Tarrant".split()
    ),
    people=tuple(
        "Adair Bristow Calder Denholm Easton Farrow Gissing Hallam Ibbotson Jessop Kinnear "
        "Lockyer Mottram Nuttall Orrin Pomfret Quayle Rigby".split()
    ),
    entries=(
        "Store entry {id}: {quantity} kg of {goods} at {place}, countersigned by {person}.",
        "Store entry {id}: at {place}, {quantity} kg of {goods}; countersigned by {person}.",
        "{person} has countersigned store entry {id}: {quantity} kg of {goods} at {place}.",
        "At {place}, store entry {id} puts {quantity} kg of {goods} into bay {bay}; the "
        "countersignature is {person}'s.",
        "{quantity} kg of {goods} came in at {place} under store entry {id}, which {person} "
        "countersigned.",
        "Countersigned by {person}: store entry {id}, {place}, bay {bay}, {goods}, {quantity} kg.",
        "For {goods}, {place} reports {quantity} kg in store entry {id} ({person} countersigned).",
        "| store entry | place | goods | quantity | countersigned |\n"
        "| --- | --- | --- | --- | --- |\n| {id} | {place} | {goods} | {quantity} kg | {person} |",
        "Store entry {id}\nGoods: {goods}\nPlace: {place}, bay {bay}\nQuantity: {quantity} kg\n"
        "Countersigned: {person}",
        "Bay {bay} at {place} took {quantity} kg of {goods}, countersigned by {person} (store "
        "entry {id}).",
    ),
    rules=(
        "Store rule {rule}: no entry may be for more than {limit} kg of {goods}.",
        "Under store rule {rule}, {limit} kg of {goods} is the most that one entry may be for.",
        "No entry of {goods} may exceed {limit} kg, as store rule {rule} has it.",
        "For {goods}, store rule {rule} allows at most {limit} kg an entry.",
    ),
    raised=(
        "Exception to store rule {rule}: entries at {place} may be for up to {limit} kg.",
        "At {place}, entries of up to {limit} kg are allowed in spite of store rule {rule}.",
        "Store rule {rule} is eased for {place}: there an entry may be for up to {limit} kg.",
    ),
    exempt=(
        "Exception to store rule {rule}: entries that {person} has countersigned are exempt.",
        "Store rule {rule} does not apply to entries countersigned by {person}.",
        "Whatever entry {person} has countersigned is exempt from store rule {rule}.",
    ),
    question="Store entries, store rules and exceptions to them are scattered over the documents. "
    "Which store entries break store rule {rule}, once all its exceptions are taken into account?",
    answer_format='Each element is the id of one entry, such as "E-0001".',
    forbidden=("tore entry ", "tore rule "),
)
ZH = Words(
    goods=tuple(
        "溶剂 酸液 树脂 燃油 清漆 化肥 漂白粉 火药 农药 釉料 润滑油 烧碱 颜料 硝石 洗涤剂 "
        "冷却液".split()
    ),
    places=tuple(
        "青石库 柳湾库 南坪库 白沙库 双桥库 松岭库 红岩库 云溪库 桃源库 石桥库 龙潭库 芦苇库 "
        "枫林库 月河库 梅坞库 沙洲库".split()
    ),
    people=tuple(
        "沈维 顾明远 陆一鸣 苏婉 方致和 叶清 韩松 邓可 秦岚 贺子衡 乔安 唐若谷 孟繁星 罗素心 "
        "白启文 江予".split()
    ),
    entries=(
        "库存条目{id}：{goods}{quantity}公斤，存于{place}，会签人{person}。",
        "库存条目{id}：{place}内有{goods}{quantity}公斤，会签人{person}。",
        "库存条目{id}：会签人{person}，货在{place}，为{goods}{quantity}公斤。",
        "{person}会签了库存条目{id}：{place}，{goods}，{quantity}公斤。",
        "{place}第{bay}货位收进{goods}{quantity}公斤，记为库存条目{id}，由{person}会签。",
        "据库存条目{id}，{quantity}公斤{goods}入{place}第{bay}货位，会签人为{person}。",
        "经{person}会签，{place}将{quantity}公斤{goods}登记为库存条目{id}。",
        "| 库存条目 | 库房 | 货物 | 数量 | 会签人 |\n| --- | --- | --- | --- | --- |\n"
        "| {id} | {place} | {goods} | {quantity}公斤 | {person} |",
        "库存条目{id}\n货物：{goods}\n库房：{place}第{bay}货位\n数量：{quantity}公斤\n会签人：{person}",
        "{goods}一批，计{quantity}公斤，会签人{person}，在{place}，见库存条目{id}。",
    ),
    rules=(
        "库存规则{rule}：任何条目的{goods}不得超过{limit}公斤。",
        "按库存规则{rule}，每个条目的{goods}至多{limit}公斤。",
        "{goods}每个条目以{limit}公斤为上限，不得超出（库存规则{rule}）。",
        "凡{goods}，单个条目不得多于{limit}公斤，此为库存规则{rule}。",
    ),
    raised=(
        "库存规则{rule}的例外：{place}的条目上限为{limit}公斤。",
        "{place}的条目不受库存规则{rule}所定上限约束，可至{limit}公斤。",
        "对{place}，库存规则{rule}放宽：条目至多{limit}公斤。",
    ),
    exempt=(
        "库存规则{rule}的例外：会签人为{person}的条目不受此限。",
        "凡由{person}会签的条目，不适用库存规则{rule}。",
        "库存规则{rule}不约束{person}会签的条目。",
    ),
    question="各文档中散布着库存条目、库存规则以及规则的例外。考虑全部例外之后，"
    "哪些库存条目违反了库存规则{rule}？",
    answer_format="每一项是一个条目的编号，形如“E-0001”。",
    forbidden=("库存条目", "库存规则"),
)
WORDS: Mapping[str, Words] = {"en": EN, "zh": ZH}

SHOWN = 8
"""Goods, places and people of one register."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register."""

    id: str
    quantity: int
    goods: str
    place: str
    person: str
    bay: int
    """In the store: a number of no account."""


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
    rng, words = work.rng, WORDS[config.language]
    most = min(MOST, int(work.ctx * 0.7) // ENTRY_COST)
    breaches = min(rng.randint(*config.breaches), max(1, most // SCARCE))
    n = min(most, max(breaches * SCARCE, rng.randint(most // 2, most)))
    if n < 6:
        raise Refused("too little room for a register")
    words = replace(
        words,
        goods=tuple(rng.sample(words.goods, SHOWN)),
        places=tuple(rng.sample(words.places, SHOWN)),
        people=tuple(rng.sample(words.people, SHOWN)),
    )
    # Two more rules with exceptions of their own, on goods that entries are for as well.
    number = rng.randrange(*NUMBERS)
    numbers = (number, like_number(number, rng), number // 10)
    rule, *decoys = (
        _rule(number, goods, config.exceptions, words, rng)
        for number, goods in zip(numbers, rng.sample(words.goods, 3), strict=True)
    )
    entries = _register(rule, breaches, n, words, rng)
    question = ask(
        LIST,
        config,
        words.question.format(rule=rule.number),
        words.answer_format,
        ("E-0001", "E-0002", "E-0003"),
    )
    broken = [entry for entry in entries if rule.broken_by(entry)]
    notes = [
        Note(rng.choice(words.entries).format_map(_fields(entry)), entry in broken)
        for entry in entries
    ]
    notes += [Note(text, True) for text in _statements(rule, words, rng)]
    notes += [Note(text, False) for decoy in decoys for text in _statements(decoy, words, rng)]
    blocks = scatter(work, notes, without=words.forbidden)
    gold = sorted(entry.id for entry in broken)
    return compose(
        work,
        config,
        question,
        blocks,
        gold,
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


def _statements(rule: Rule, words: Words, rng: random.Random) -> list[str]:
    """The rule and its exceptions in words."""
    number = rule.number
    found = [rng.choice(words.rules).format(rule=number, limit=rule.limit, goods=rule.goods)]
    if rule.place:
        raised = rng.choice(words.raised)
        found.append(raised.format(rule=number, place=rule.place, limit=rule.place_limit))
    if rule.person:
        found.append(rng.choice(words.exempt).format(rule=number, person=rule.person))
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
    return Entry(id, quantity, goods, place, person, rng.randint(2, 60))


# --- the independent solver ---------------------------------------------------------------

_ASKED = re.compile(r"(Which store entries break store rule |哪些库存条目违反了库存规则)(\d+)")
_RULE = re.compile(r"(?:[Ss]tore rule |库存规则)(\d+)")
_ID = re.compile(r"E-\d{4}")
_KILOS = re.compile(r"(\d+) ?(?:kg|公斤)")


def solve(question: str, prompt: str) -> tuple[str, ...] | None:
    """Reads every paragraph for the goods, places and people that it names, however it is put."""
    asked = _ASKED.search(question)
    if not asked:
        return None
    words = EN if asked[1].isascii() else ZH
    entries: list[str] = []
    rules: list[str] = []
    for text in reading.documents(prompt).values():
        for paragraph in text.split("\n\n"):
            of = _RULE.search(paragraph)
            if of and of[1] == asked[2]:
                rules.append(paragraph)
            elif not of and len(_ID.findall(paragraph)) == 1 and _KILOS.search(paragraph):
                entries.append(paragraph)
    goods, limits, exempt = _held(rules, words)
    if len(goods) != 1:
        return None
    found = []
    for paragraph in entries:
        place = _named(paragraph, words.places)
        limit = limits.get("".join(place), limits[""])
        if (
            goods == _named(paragraph, words.goods)
            and not exempt & _named(paragraph, words.people)
            and _kilos(paragraph) > limit
        ):
            found += _ID.findall(paragraph)
    return tuple(sorted(found)) or None


def _held(rules: Sequence[str], words: Words) -> tuple[set[str], dict[str, int], set[str]]:
    """What a rule and its exceptions say: goods, limits by place ("" for others), the exempt."""
    goods: set[str] = set()
    limits: dict[str, int] = {}
    exempt: set[str] = set()
    for paragraph in rules:
        goods |= _named(paragraph, words.goods)
        people = _named(paragraph, words.people)
        exempt |= people
        if not people:
            limits["".join(_named(paragraph, words.places))] = _kilos(paragraph)
    return goods if "" in limits else set(), limits, exempt


def _named(paragraph: str, names: Sequence[str]) -> set[str]:
    return {name for name in names if name in paragraph}


def _kilos(paragraph: str) -> int:
    found = _KILOS.search(paragraph)
    return int(found[1]) if found else 0


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="prose of some length, to plant entries in",
    serves=takes_notes,
    least=ENOUGH,
)
