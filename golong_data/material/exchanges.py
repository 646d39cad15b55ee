"""Sentences in which one stretch is exchanged for another of its kind, out of a donor's text.

A number, a name, a word or a clause: so nobody knows the sentence by heart, and a near copy of
it can stand beside it. The rest of it stays as it was.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence

from golong_data.scripts import CJK, MONTHS

Slot = tuple[int, int, Sequence[str]]
"""Where something stands in a sentence, start and end, and what may stand there instead."""

_NUMBER = re.compile(
    r"(?<![\w.,–-])[1-9]\d{0,3}(?![\w%–-]|[.,]\d)|"
    r"[二三四五六七八九](?=[十百千万]?余?[十百千万人将军兵员骑合里日年月座处次])"
)
_NAME = re.compile(
    r"(?P<before>[a-z]+,? )(?P<name>[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*)\b(?! [A-Z]|['’-])"
    r"(?P<stop>[.,;!?])?"
)
_WORD = re.compile(
    r"\b(?P<before>an?|the) (?P<name>[a-z]{3,}(?P<ending>[a-z]{2}))\b(?P<stop>[.,;!?])?"
)
_NO_NAME = "大笑怒问答叹喝谢奏告谓惊泣拜喜忙急慌亦又乃遂叱只声色报忖厉顾回自正"
_SPEAKER = re.compile(
    rf"(?<![{CJK}])(?P<name>(?:(?![{_NO_NAME}])[{CJK}]){{2}})"
    "(?=[笑怒问答叹喝谢奏告谓惊泣拜喜]?[曰道])"
)
"""A Chinese name of two characters: whoever says something."""
_CLAUSE = re.compile(r"(?<=[，；])[^，；：。！？“”]{3,14}(?=[，；。])")
_DIGITS = "一二三四五六七八九"


def exchanged(text: str, donor: str, rng: random.Random) -> str | None:
    """A sentence with one number or name replaced; a word or clause where it has neither.

    None where nothing can be. What comes instead is the donor's, text of the same kind, and
    as long as what it replaces: a name has as many words, a Chinese clause about as many
    characters.
    """
    for slots in [*rng.sample([_numbers, _names], 2), _words, _clauses]:
        found = [slot for slot in slots(text, donor) if slot[2]]
        if found:
            start, end, choices = rng.choice(found)
            return text[:start] + rng.choice(choices) + text[end:]
    return None


def _numbers(text: str, donor: str) -> Iterator[Slot]:
    """Numbers, with others near them."""
    for place in _NUMBER.finditer(text):
        yield *place.span(), _other_numbers(place[0])


def _names(text: str, donor: str) -> Iterator[Slot]:
    """Names: English ones in the same surroundings, Chinese ones of who speaks."""
    yield from _alike(_NAME, text, donor)
    speakers = {m["name"] for m in _SPEAKER.finditer(donor)}
    for name in sorted(speakers.union(m["name"] for m in _SPEAKER.finditer(text))):
        start = text.find(name)
        if start >= 0:
            yield start, start + len(name), _fresh(name, speakers, text)


def _words(text: str, donor: str) -> Iterator[Slot]:
    """English words behind an article."""
    yield from _alike(_WORD, text, donor)


def _alike(pattern: re.Pattern[str], text: str, donor: str) -> Iterator[Slot]:
    """What a pattern calls names, with such as the donor has in the same surroundings.

    That is behind the same word, with or without a word behind them: "in Paris." gives
    "in Rome.", never "in French". Words end alike too, so that most are of one kind; months
    give months.
    """

    def surroundings(place: re.Match[str]) -> tuple[object, ...]:
        found = place.groupdict()
        return found["before"], found["stop"] is None, found.get("ending")

    others = [(surroundings(other), other["name"]) for other in pattern.finditer(donor)]
    for place in pattern.finditer(text):
        fit = {name for around, name in others if around == surroundings(place)} - {*MONTHS}
        choices = MONTHS if place["name"] in MONTHS else fit
        yield *place.span("name"), _fresh(place["name"], choices, text)


def _clauses(text: str, donor: str) -> Iterator[Slot]:
    """Clauses behind a comma, with those of the donor."""
    others = {other[0] for other in _CLAUSE.finditer(donor)}
    for place in _CLAUSE.finditer(text):
        yield *place.span(), _fresh(place[0], others, text)


def _fresh(old: str, choices: Iterable[str], text: str) -> list[str]:
    """Those of the choices that are about as long as the old words and not in the text yet."""
    return sorted(
        new
        for new in choices
        if new not in text and old.count(" ") == new.count(" ") and abs(len(old) - len(new)) <= 8
    )


def _other_numbers(old: str) -> list[str]:
    """Numbers of as many digits, near the old one."""
    if old in _DIGITS:
        return [digit for digit in _DIGITS[1:] if digit != old]
    low, high = 10 ** (len(old) - 1), 10 ** len(old) - 1
    value = int(old)
    reach = max(3, min(12, value // 10))
    near = range(max(low, value - reach), min(high, value + reach) + 1)
    return [str(number) for number in near if number != value]
