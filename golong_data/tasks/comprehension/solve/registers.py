"""What the entries of registers say together: whatever is named beside a house is said of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from golong_data.solving import reading
from golong_data.tasks.comprehension.solve.names import names_in
from golong_data.words import words

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Cues:
    """What to look for in one language."""

    towns: tuple[str, ...]
    sum: re.Pattern[str]
    """An amount, with its number."""


@dataclass(frozen=True, slots=True)
class Registers:
    """What the registers of a prompt say."""

    kept: Mapping[str, str]
    """Item -> house, by the entry with the highest number."""
    town: Mapping[str, str]
    insured: Mapping[str, int]


def read(prompt: str, items: Collection[str], language: str) -> Registers:
    """The registers of a prompt, as far as they are about these items and any houses."""
    cues, house_of = (
        words(Cues, "material/worlds/registers", "reads")[language],
        names_in(language).house,
    )
    last: dict[str, tuple[int, str]] = {}
    towns: dict[str, str] = {}
    insured: dict[str, int] = {}
    for line in reading.context(prompt).split("\n"):
        houses = house_of.findall(line)
        if len(houses) != 1:
            continue
        (house,), rest = houses, cues.sum.sub("", house_of.sub("", line))
        number, amount = _NUMBER.search(rest), cues.sum.search(line)
        item = next((item for item in items if item in line), "")
        town = next((town for town in cues.towns if town in rest), "")
        if item and number:
            last[item] = max(last.get(item, (-1, "")), (int(number[0]), house))
        elif amount:
            insured[house] = sum_of(amount[1])
        elif town:
            towns[house] = town
    return Registers({item: house for item, (_, house) in last.items()}, towns, insured)


def sum_of(digits: str) -> int:
    """A sum of money with its thousands commas."""
    return int(digits.replace(",", "") or 0)
