"""Families of records that are easily taken for one another, and a made-up one.

Record numbers differ by one, by two digits changed over or by a single digit; the same
person has records of several years, and others bear half of that person's name.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from golong_data.material.columns import value
from golong_data.tasks.retrieval.wording import ABOUT, BETWEEN, PAIRS, RECORDS
from golong_data.types import Refused


@dataclass(frozen=True, slots=True)
class Record:
    """A numbered record: labelled values of someone or something, of one year or of none."""

    number: str
    """Six digits."""
    holder: str
    """Whom or what it is about."""
    period: str
    """A year of four digits, or empty."""
    fields: tuple[tuple[str, str], ...]
    """Label and value, each label once."""
    changed: frozenset[str] = frozenset()
    """Labels whose value is not what the source says."""

    def get(self, label: str) -> str:
        """The value of a label; empty where it has none."""
        return dict(self.fields).get(label, "")

    def about(self, language: str) -> str:
        """Whom or what it is about, and the year."""
        form = ABOUT[language][bool(self.period)]
        return form.format(holder=self.holder, period=self.period)

    def line(self, language: str, rng: random.Random) -> str:
        """As it stands in a document: in any of the forms, its values in any order."""
        pair = rng.choice(PAIRS[language])
        pairs = rng.sample(self.fields, len(self.fields))
        fields = BETWEEN[language].join(pair.format(label=a, value=b) for a, b in pairs)
        form = rng.choice(RECORDS[language])
        return form.format(number=self.number, about=self.about(language), fields=fields)


def numbers(n: int, rng: random.Random) -> Iterator[str]:
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


def echoed(
    records: Sequence[Record], label: str, text: str, evidence: Sequence[Record], rng: random.Random
) -> tuple[Record, ...]:
    """The records, one of which states the value `text` of `label` under another label.

    Only where that is plausible: within the range of the values under that other label.
    None of the evidence is touched.
    """
    wanted = value(text)
    for at in rng.sample(range(len(records)), len(records)):
        record = records[at]
        others = [name for name, _ in record.fields if name != label]
        if wanted is None or record in evidence or not others:
            continue
        other = rng.choice(others)
        column = [v for r in records if (v := value(r.get(other))) is not None]
        if column and min(column) <= wanted <= max(column):
            fields = tuple((n, text if n == other else v) for n, v in record.fields)
            new = replace(record, fields=fields, changed=record.changed | {other})
            return (*records[:at], new, *records[at + 1 :])
    return tuple(records)


# --- a made-up family ---------------------------------------------------------------------

LABELS = {
    "en": ("town", "clerk", "amount (EUR)"),
    "zh": ("地点", "经办人", "金额（元）"),
}


def made_up(n: int, rng: random.Random, language: str) -> tuple[Record, ...]:
    """`n` records of persons, the first of which has the most look-alikes among the others.

    All numbers differ, and so do all pairs of holder and year, all clerks, all amounts and,
    as far as there are names for them, all towns. Amounts are as alike as the numbers are.
    """
    given = list(numbers(n, rng))
    holders = _holders(n, rng, language)
    towns, people = _towns(language), _people(language)
    places = rng.sample(towns, min(n, len(towns)))
    taken = {holder for holder, _ in holders}
    clerks = [p.name(language) for p in rng.sample(people, min(2 * n, len(people)))]
    clerks = [clerk for clerk in clerks if clerk not in taken]
    if min(len(clerks), len(holders)) < n:
        raise Refused("there are too few names for so many records")
    amounts = [f"{int(digits[:4]):,}.{digits[4:]}" for digits in numbers(n, rng)]
    values = zip((places[i % len(places)] for i in range(n)), clerks, amounts, strict=False)
    return tuple(
        Record(number, holder, str(year), tuple(zip(LABELS[language], stated, strict=True)))
        for number, (holder, year), stated in zip(given, holders, values, strict=True)
    )


def _holders(n: int, rng: random.Random, language: str) -> list[tuple[str, int]]:
    """Holder and year of `n` records: one person in several years, namesakes in the same ones."""
    people = _people(language)
    person = rng.choice(people)
    namesakes = [p for p in people if (p.first == person.first) != (p.last == person.last)]
    years = rng.sample(range(1996, 2026), 8)
    own = [(person.name(language), year) for year in years[: 2 + n // 5]]
    kin = rng.sample(namesakes, min(len(namesakes), 2 + n // 6))
    alike = [(p.name(language), year) for p in kin for year in years[: 2 + n // 8]]
    # The first one has a namesake in its own year, whatever else is drawn.
    near = [*own[2:], alike[0], *rng.sample(alike[1:], min(len(alike), n // 2) - 1)]
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
