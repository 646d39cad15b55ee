"""Record lookup among confusable keys: one field of one record out of many like it.

Records are planted as lines into real documents. Their numbers differ by one, by two
digits changed over or by a single digit; the same person has records of several years, and
others bear half of that person's name.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from golong_data.contexts.excerpts import Note
from golong_data.contexts.workspace import Workspace
from golong_data.tasks import reading
from golong_data.tasks.retrieval.config import Lookup, RetrievalConfig
from golong_data.tasks.retrieval.planting import Target, draft, scatter
from golong_data.types import Draft, Refused

RECORD = {
    "en": "Record no. {number}: holder {holder}; amount {amount} EUR; town {town}; "
    "clerk {clerk}; year {year}.",
    "zh": "档案编号{number}：持有人{holder}；金额{amount}元；地点{town}；经办人{clerk}；"
    "年份{year}。",
}
MARK = {"en": "Record no. ", "zh": "档案编号"}
"""What every record starts with."""

FIELDS = {
    "en": {"town": "town", "clerk": "clerk", "amount": "amount (the number alone)"},
    "zh": {"town": "地点", "clerk": "经办人", "amount": "金额（只写数字）"},
}
"""What is asked for, and how it is called."""

ASKED: Mapping[str, Mapping[Lookup, str]] = {
    "en": {
        "number": "Which {field} does record no. {number} state?",
        "holder": "Which {field} is stated in the record that {holder} holds for the year {year}?",
        "linked": "Take the holder of record no. {number}. Which {field} is stated in the record "
        "that this person holds for the year {year}?",
    },
    "zh": {
        "number": "档案编号{number}写明的{field}是什么？",
        "holder": "{holder}在{year}年份的那份档案，写明的{field}是什么？",
        "linked": "先找出档案编号{number}的持有人。此人在{year}年份的那份档案，"
        "写明的{field}是什么？",
    },
}

EXAMPLES = {
    "en": {"town": "Marlow Ferry", "clerk": "Ida Thornquist", "amount": "1,250.75"},
    "zh": {"town": "白石渡", "clerk": "欧阳若兰", "amount": "1,250.75"},
}

EACH = 45
"""Tokens of a record, about."""

SHARE = 3
"""Records and the excerpts that hold them take about 1/3 of a short context."""

MOST_TOKENS = 40_000
"""Tokens of records and excerpts, at most."""


@dataclass(frozen=True, slots=True)
class Record:
    """One planted line."""

    number: str
    holder: str
    year: int
    town: str
    clerk: str
    amount: str

    def line(self, language: str) -> str:
        """As it stands in a document."""
        return RECORD[language].format(
            number=self.number,
            holder=self.holder,
            year=self.year,
            town=self.town,
            clerk=self.clerk,
            amount=self.amount,
        )


def make(work: Workspace, config: RetrievalConfig) -> Draft:
    """Planted records, and a field of one of them."""
    found = target(work, config)
    tokens = min(work.ctx // SHARE, MOST_TOKENS)
    blocks = scatter(work, found.notes, tokens, without=found.forbidden)
    return draft(work, config, "records", found, blocks=blocks)


def target(work: Workspace, config: RetrievalConfig, *, most: int = 2_000) -> Target:
    """Such a question with up to `most` records, still to be planted."""
    knobs, rng, language = config.knobs(), work.rng, config.language
    room = min(knobs.records[1], most, max(8, work.ctx // SHARE // (EACH + 30)))
    records = family(rng.randint(min(knobs.records[0], room), room), rng, language)
    lookup = rng.choice(knobs.lookups)
    field = rng.choice(list(FIELDS[language]))
    asked = records[0]
    evidence = [asked]
    if lookup == "linked":
        evidence = [asked, next(r for r in records[1:] if r.holder == asked.holder)]
    notes = tuple(Note(r.line(language), r in evidence) for r in records)
    wrong = [r for r in records if r not in evidence]
    decoys = tuple(_worded(lookup, field, r, records, language) for r in wrong)
    return Target(
        question=_worded(lookup, field, asked, records, language),
        example=EXAMPLES[language][field],
        gold=getattr(evidence[-1], field),
        notes=notes,
        forbidden=(MARK[language],),
        decoys=tuple(filter(None, decoys)),
    )


def _worded(
    lookup: Lookup, field: str, record: Record, records: tuple[Record, ...], language: str
) -> str:
    """The question that leads to a field by way of a record; "" where it leads nowhere."""
    year = record.year
    if lookup == "linked":
        others = [r.year for r in records if r.holder == record.holder and r is not record]
        if not others:
            return ""
        year = others[0]
    return ASKED[language][lookup].format(
        field=FIELDS[language][field], number=record.number, holder=record.holder, year=year
    )


# --- families of confusable records -------------------------------------------------------


def family(n: int, rng: random.Random, language: str) -> tuple[Record, ...]:
    """`n` records, the first of which has the most look-alikes among the others.

    All numbers differ, and so do all pairs of holder and year, all clerks, all amounts and,
    as far as there are names for them, all towns.
    """
    numbers = list(_numbers(n, rng))
    holders = _holders(n, rng, language)
    towns, people = _towns(language), _people(language)
    places = rng.sample(towns, min(n, len(towns)))
    taken = {holder for holder, _ in holders}
    clerks = [p.name(language) for p in rng.sample(people, min(2 * n, len(people)))]
    clerks = [clerk for clerk in clerks if clerk not in taken]
    if min(len(clerks), len(holders)) < n:
        raise Refused("there are too few names for so many records")
    amounts = rng.sample(range(10_000, 999_999), n)
    return tuple(
        Record(
            number=numbers[i],
            holder=holders[i][0],
            year=holders[i][1],
            town=places[i % len(places)],
            clerk=clerks[i],
            amount=f"{amounts[i] // 100:,}.{amounts[i] % 100:02}",
        )
        for i in range(n)
    )


def _numbers(n: int, rng: random.Random) -> Iterator[str]:
    """A number of six digits and, after it, others that are easily taken for one before."""
    given = [str(rng.randint(120_000, 989_000))]
    yield given[0]
    while len(given) < n:
        # The first one is copied from most often.
        new = rng.choice(_SLIPS)(given[0] if rng.random() < 0.5 else rng.choice(given), rng)
        if new not in given and not new.startswith("0"):
            given.append(new)
            yield new


def _next_to(number: str, rng: random.Random) -> str:
    return str(int(number) + rng.choice((-2, -1, 1, 2)))


def _changed_over(number: str, rng: random.Random) -> str:
    i = rng.randrange(len(number) - 1)
    return number[:i] + number[i + 1] + number[i] + number[i + 2 :]


def _mistyped(number: str, rng: random.Random) -> str:
    i = rng.randrange(len(number))
    return number[:i] + str(rng.randrange(10)) + number[i + 1 :]


_SLIPS: tuple[Callable[[str, random.Random], str], ...] = (_next_to, _changed_over, _mistyped)


def _holders(n: int, rng: random.Random, language: str) -> list[tuple[str, int]]:
    """Holder and year of `n` records: one person in several years, namesakes in the same ones."""
    people = _people(language)
    person = rng.choice(people)
    namesakes = [p for p in people if (p.first == person.first) != (p.last == person.last)]
    years = rng.sample(range(1996, 2026), 8)
    own = [(person.name(language), year) for year in years[: 2 + n // 5]]
    alike = [
        (p.name(language), year)
        for p in rng.sample(namesakes, min(len(namesakes), 2 + n // 6))
        for year in years[: 2 + n // 8]
    ]
    near = [*own[2:], *rng.sample(alike, min(len(alike), n // 2))]
    known = {person, *namesakes}
    strangers = [p for p in rng.sample(people, min(len(people), n + len(known))) if p not in known]
    rest = [(p.name(language), rng.choice(years)) for p in strangers]
    return [*own[:2], *near, *rest][:n]


@dataclass(frozen=True, slots=True)
class _Person:
    first: str
    last: str

    def name(self, language: str) -> str:
        return f"{self.first} {self.last}" if language == "en" else self.last + self.first


@lru_cache(maxsize=2)
def _people(language: str) -> tuple[_Person, ...]:
    """Persons of whom many share a first or a last name."""
    from faker import Faker

    fake = Faker({"en": "en_US", "zh": "zh_CN"}[language])
    fake.seed_instance(20_260_102)
    firsts = list(dict.fromkeys(fake.first_name() for _ in range(150)))[:60]
    lasts = list(dict.fromkeys(fake.last_name() for _ in range(200)))[:60]
    everyone = [_Person(first, last) for first in firsts for last in lasts]
    rng = random.Random(3)
    return tuple(rng.sample(everyone, len(everyone)))


@lru_cache(maxsize=2)
def _towns(language: str) -> tuple[str, ...]:
    """Names of places, each different."""
    from faker import Faker

    fake = Faker({"en": "en_US", "zh": "zh_CN"}[language])
    fake.seed_instance(20_260_103)
    if language == "en":
        return tuple(dict.fromkeys(fake.city() for _ in range(4_000)))
    return tuple(dict.fromkeys(fake.city_name() + fake.street_name() for _ in range(4_000)))


# --- the independent solver ---------------------------------------------------------------

_LINES = (
    re.compile(
        r"^Record no\. (?P<number>\d+): holder (?P<holder>[^;]+); amount (?P<amount>[\d,.]+) EUR; "
        r"town (?P<town>[^;]+); clerk (?P<clerk>[^;]+); year (?P<year>\d+)\.$",
        re.MULTILINE,
    ),
    re.compile(
        r"^档案编号(?P<number>\d+)：持有人(?P<holder>[^；]+)；金额(?P<amount>[\d,.]+)元；"
        r"地点(?P<town>[^；]+)；经办人(?P<clerk>[^；]+)；年份(?P<year>\d+)。$",
        re.MULTILINE,
    ),
)
_OF_HOLDER = (
    re.compile(r"the record that (?P<who>.+?) holds for the year (?P<year>\d+)\?$"),
    re.compile(r"^(?:先找出.+?。)?(?P<who>.+?)在(?P<year>\d+)年份的那份档案，"),
)
_NUMBER = re.compile(r"(?:record no\. |档案编号)(\d+)")
_FIELD = re.compile(
    r"Which (town|clerk|amount)\b|写明的(地点|经办人|金额)(?:（只写数字）)?是什么？$"
)


def solve(question: str, prompt: str) -> str | None:
    """Reads all records, then filters them by what the question names."""
    field = _FIELD.search(question)
    number = _NUMBER.search(question)
    owned = next(filter(None, (pattern.search(question) for pattern in _OF_HOLDER)), None)
    if not field or not (number or owned):
        return None
    text = reading.context(prompt)
    records = [m.groupdict() for pattern in _LINES for m in pattern.finditer(text)]
    if number:
        records_of = [r for r in records if r["number"] == number[1]]
        if len(records_of) != 1:
            return None
        if not owned:
            return _only(records_of, field)
    if owned is None:
        return None
    who = records_of[0]["holder"] if number else owned["who"]
    year = owned["year"]
    return _only([r for r in records if (r["holder"], r["year"]) == (who, year)], field)


def _only(records: list[dict[str, str]], field: re.Match[str]) -> str | None:
    name = field[1] or {"地点": "town", "经办人": "clerk", "金额": "amount"}[field[2]]
    return records[0][name] if len(records) == 1 else None
