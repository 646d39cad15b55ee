"""Rewording by rule: the same facts in other words, every number and name kept.

English: an opening phrase of time or place goes to the end and back, asides in parentheses
go, and words are exchanged for others of the same sense. Chinese (of novels): an opening
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
    "numerous": "many",
    "although": "though",
    "prior to": "before",
    "despite": "in spite of",
    "because of": "owing to",
    "due to": "owing to",
    "in order to": "to",
    "often": "frequently",
    "nearly": "almost",
    "usually": "generally",
    "rapidly": "quickly",
    "subsequently": "later",
    "currently": "at present",
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
}
_SENSE = re.compile(
    r"(?<![\w-])(" + "|".join(sorted(_SENSES, key=len, reverse=True)) + r")(?![\w-])"
)
_LOWER = frozenset(
    "The A An In On At By For From After Before Since During Until As It Its This That These "
    "Those They There Their He She His Her We Our Most Some Many Several Both All Each Other "
    "Under With Although While When If However Results Patients".split()
)

_CONNECTIVE = re.compile(r"^(?:却说|且说|话说|再说|于是|只见|忽然|原来|次日|当下|且看|因此)，?")
_SPOKEN = (
    (re.compile(r"(?<=[问叫喝笑叹骂答])曰(?=：|，)"), "道"),
    (re.compile(r"曰(?=：|，)"), "说道"),
    (re.compile(r"皆"), "都"),
    (re.compile(r"吾"), "我"),
    (re.compile(r"亦"), "也"),
    (re.compile(r"(?<![韩马])遂"), "于是"),
    (re.compile(r"汝(?!南|阳|阴)"), "你"),
    (re.compile(r"尽皆"), "全都"),
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
    swapped = 0

    def other(match: re.Match[str]) -> str:
        nonlocal swapped
        swapped += 1
        # Not all of them: what is left keeps the sentence near its source.
        return _SENSES[match[1]] if swapped <= 3 else match[1]

    return _SENSE.sub(other, told)


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
