"""Rewording by rule: the same facts in other words, every number and name kept.

English: an opening phrase of time or place goes to the end and back, asides in parentheses
go, years are said in another way, and a few words are exchanged for others of the same sense,
but not where what follows gives them another one ("ruled that", "captured on film"). Chinese:
an opening connective of novels goes, characters of the old written language become those of
the spoken one, and words of laws and manuals become others of the same sense.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from golong_data.material.quotes import terms
from golong_data.words import words

MOST = 3
"""Phrases exchanged at most: what is left keeps the sentence near its source."""

KEPT = 0.75
"""Share of the terms of either that a sentence and its paraphrase must have in common."""

_NOTHING = re.compile("(?!)")


@dataclass(frozen=True, slots=True)
class Words:
    """The rules of one language, in the order in which they are applied."""

    aside: re.Pattern[str] = _NOTHING
    """An aside that may go: without it no less and no more is said."""
    opening: re.Pattern[str] = _NOTHING
    """A sentence that opens with a time: the word before it, the time, the clause."""
    closing: re.Pattern[str] = _NOTHING
    """A sentence that closes with one: the clause, the word before the time, the time."""
    scoped: re.Pattern[str] = _NOTHING
    """Where a clause holds one of these, a time put elsewhere might belong to another part."""
    years: re.Pattern[str] = _NOTHING
    """Years from one to another: the word before them, the first, the last."""
    spans: Mapping[str, str] = field(default_factory=dict)
    """That word, written small -> the same years said the other way."""
    rules: Mapping[re.Pattern[str], str] = field(default_factory=dict)
    """What may be put otherwise wherever it stands -> how."""
    senses: Mapping[str, str] = field(default_factory=dict)
    """Phrase -> another of the same sense."""
    otherwise: Mapping[str, str] = field(default_factory=dict)
    """Phrase -> what must not follow: before that it has another sense. A pattern."""
    small: tuple[str, ...] = ()
    """Words that begin sentences and are written small elsewhere."""


def _rules(language: str) -> Words:
    """Those of a language; none where it has no block."""
    return words(Words, "material/rewording", "writes").get(language) or Words()


def paraphrase(text: str, language: str) -> str:
    """A sentence reworded on one line; as it stands where too little of it would be left."""
    told = " ".join(reword(text, language).split())
    before, after = terms(text), terms(told)
    if sum(t in after for t in before) < KEPT * max(len(before), len(after)):
        return " ".join(text.split())
    return told


def reword(text: str, language: str) -> str:
    """A sentence in other words; as it stands where no rule applies."""
    rules = _rules(language)
    told = rules.aside.sub("", text)
    if len(told) < 0.8 * len(text):  # an aside as long as that is none
        told = text
    opening, closing = rules.opening.match(told), rules.closing.match(told)
    if opening and not rules.scoped.search(opening[3]):
        told = f"{capital(opening[3])} {opening[1].lower()} {opening[2]}."
    elif closing and not rules.scoped.search(closing[1]):
        told = f"{closing[2].capitalize()} {closing[3]}, {lower(closing[1], language)}."

    def span(match: re.Match[str]) -> str:
        return _begun_as(match[1], rules.spans[match[1].lower()].format(match[2], match[3]))

    def sense(match: re.Match[str]) -> str:
        return _begun_as(match[1], rules.senses[match[1].lower()])

    told = rules.years.sub(span, told)
    for pattern, other in rules.rules.items():
        told = pattern.sub(other, told)
    return _phrases(language).sub(sense, told, count=MOST)


@lru_cache(maxsize=16)
def _phrases(language: str) -> re.Pattern[str]:
    """Any phrase that may be exchanged, the longest first."""
    rules = _rules(language)
    if not rules.senses:
        return _NOTHING
    phrases = "|".join(
        f"{phrase}(?!{rules.otherwise[phrase]})" if phrase in rules.otherwise else phrase
        for phrase in sorted(rules.senses, key=len, reverse=True)
    )
    # Behind an article the word would need the other one.
    return re.compile(rf"(?<![\w-])(?<!\ba )(?<!\ban )({phrases})(?![\w-])", re.IGNORECASE)


def _begun_as(old: str, new: str) -> str:
    """New words with a capital where the old ones have one."""
    return capital(new) if old[0].isupper() else new


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def lower(text: str, language: str) -> str:
    """With a small first letter, where the first word is no name."""
    first = text.partition(" ")[0]
    return text[:1].lower() + text[1:] if first in _rules(language).small else text
