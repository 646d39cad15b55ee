"""Rewording by rule: the same facts in other words, every number and name kept.

English: an opening phrase of time or place goes to the end and back, asides in parentheses
go, years are said in another way, and a few words
are exchanged for others of the same sense. Chinese (of novels): an opening
connective goes, and characters of the written language become those of the spoken one.
"""

from __future__ import annotations

import re

_OPENING = re.compile(
    r"^(In|On|Since|During|By|After|Before|Until|As of) ((?:[\w ]*\d[\w ]*|the \w+ century|"
    r"(?:late|early) \d+\w*)), ([^,;:]+)\.$"
)
_CLOSING = re.compile(
    r"^((?:The|A|An|It|Its|This|They) [^,;:()]+?) (in|since|by) ((?:\w+ )?\d{4})\.$"
)
_SCOPED = re.compile(
    r"\d|\b(?:and|or|but|before|after|when|until|while|as|that|which|who|to|being|having|in|since|by)\b"
)
"""Where a clause holds one of these, a time or place put elsewhere might belong to another part."""
_ASIDE = re.compile(r" \([^()\d]{1,80}\)(?= [a-z])")
_SENSES = {
    "approximately": "about",
    "roughly": "about",
    "largest": "biggest",
    "began": "started",
    "begun": "started",
    "primarily": "mainly",
    "principally": "mainly",
    "predominantly": "mostly",
    "largely": "mostly",
    "mostly": "largely",
    "numerous": "many",
    "although": "though",
    "prior to": "before",
    "despite": "in spite of",
    "because of": "owing to",
    "due to": "owing to",
    "in order to": "to",
    "often": "frequently",
    "frequently": "often",
    "nearly": "almost",
    "usually": "generally",
    "rapidly": "quickly",
    "increasingly": "more and more",
    "particularly": "especially",
    "especially": "particularly",
    "subsequently": "later",
    "currently": "at present",
    "throughout": "all through",
    "during": "in the course of",
    "more than": "over",
    "a number of": "several",
    "several": "a number of",
    "resulted in": "led to",
    "led to": "resulted in",
    "demonstrate": "show",
    "obtained": "gained",
    "regarding": "concerning",
    "sufficient": "enough",
    "required": "needed",
    "requires": "needs",
    "assist": "help",
    "permitted": "allowed",
    "majority": "greater part",
    "remainder": "rest",
    "conclude": "end",
    "concluded": "ended",
    "established": "set up",
    "founded": "set up",
    "created": "set up",
    "captured": "seized",
    "declared": "proclaimed",
    "occurred": "happened",
    "rejected": "turned down",
    "supported": "backed",
    "forced": "compelled",
    "halted": "stopped",
    "ousted": "removed",
    "remained": "stayed",
    "severe": "serious",
    "massive": "huge",
    "wealthy": "rich",
    "ruled": "governed",
    "gained independence": "became independent",
    "became independent": "gained independence",
    "returns": "gives",
}
_SENSE = re.compile(
    r"(?<![\w-])(" + "|".join(sorted(_SENSES, key=len, reverse=True)) + r")(?![\w-])",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b([Bb]etween|[Ff]rom) (\d{4}) (?:and|to) (\d{4})\b")
_YEAR = re.compile(r"\b([Ii]n) (\d{4})(?=[,.;])")
MOST = 3
"""Words exchanged at most: what is left keeps the sentence near its source."""
_LOWER = frozenset(
    "The A An In On At By For From After Before Since During Until As It Its This That These "
    "Those They There Their He She His Her We Our Most Some Many Several Both All Each Other "
    "Under With Although While When If However Results Patients".split()
)

_CONNECTIVE = re.compile(r"^(?:却说|且说|话说|再说|于是|只见|忽然|原来|且看)，?")
_SPOKEN = (
    (re.compile(r"(?<=[问叫喝笑叹骂答])曰(?=：|，)"), "道"),
    (re.compile(r"曰(?=：|，)"), "说道"),
    (re.compile(r"尽皆"), "全都"),
    (re.compile(r"皆"), "都"),
    (re.compile(r"吾"), "我"),
    (re.compile(r"亦"), "也"),
    (re.compile(r"(?<![韩马])遂"), "于是"),
    (re.compile(r"汝(?!南|阳|阴)"), "你"),
    (re.compile(r"甚(?!么)"), "很"),
)


def reword(text: str, language: str) -> str:
    """A sentence in other words; as it stands where no rule applies."""
    return _chinese(text) if language == "zh" else _english(text)


def _english(text: str) -> str:
    told = _ASIDE.sub("", text)
    if len(told) < 0.8 * len(text):  # an aside as long as that is none
        told = text
    opening, closing = _OPENING.match(told), _CLOSING.match(told)
    if opening and not _SCOPED.search(opening[3]):
        told = f"{capital(opening[3])} {opening[1].lower()} {opening[2]}."
    elif closing and not _SCOPED.search(closing[1]):
        told = f"{closing[2].capitalize()} {closing[3]}, {lower(closing[1])}."
    told = _YEARS.sub(_span, told)
    told = _YEAR.sub(r"\1 the year \2", told)
    return _SENSE.sub(_other, told, count=MOST)


def _span(match: re.Match[str]) -> str:
    """Years from one to another, said the other way."""
    first, word = ("from", "to") if match[1].lower() == "between" else ("between", "and")
    first = first.capitalize() if match[1][0].isupper() else first
    return f"{first} {match[2]} {word} {match[3]}"


def _other(match: re.Match[str]) -> str:
    """Another word for one, with a capital where that has one."""
    other = _SENSES[match[1].lower()]
    return capital(other) if match[1][0].isupper() else other


def _chinese(text: str) -> str:
    told = _CONNECTIVE.sub("", text)
    for pattern, other in _SPOKEN:
        told = pattern.sub(other, told)
    return told


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """With a small first letter, where the first word is no name."""
    first = text.partition(" ")[0]
    return text[:1].lower() + text[1:] if first in _LOWER else text
