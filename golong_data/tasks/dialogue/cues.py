"""How a reader who has never seen the wordings tells what a sentence says.

A sentence on the thing asked about is the user's own unless it names another person, or holds
a word that says that nothing came of it. Amounts, names and times are read by their looks. This
is what solvers rest on; the makers of facts do not know this module.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cues:
    """What to look for in the sentences and questions of one language."""

    people: re.Pattern[str]
    """Somebody else."""
    unreal: re.Pattern[str]
    """Only meant, offered, hoped for: it did not come about."""
    name: str
    """Pattern of the name of a place in front of its noun."""
    ago: Callable[[str], int]
    """How many days before its session a sentence's event was; 0 where it says nothing."""
    first: re.Pattern[str]
    """In questions: the earliest of several."""
    before: re.Pattern[str]
    """In questions: the last but one."""

    def holds(self, text: str, sentence: str) -> bool:
        """Whether a sentence holds these words, and not as a part of others."""
        # Few of the many things that are looked for stand there at all: no pattern for the rest.
        found = text.casefold() in sentence.casefold()
        return found and re.search(self.alone(text), sentence, re.IGNORECASE) is not None

    def alone(self, text: str) -> str:
        """Pattern of words that are no part of longer words or numbers."""
        return rf"(?<![A-Za-z0-9])(?<!\d[.,:]){re.escape(text)}(?![A-Za-z0-9]|[.,:]\d)"


_EN_NUMBERS = {
    word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), 1)
} | {"a": 1}
_EN_AGO = re.compile(rf"\b({'|'.join(_EN_NUMBERS)}) (day|week|fortnight)s? ago\b", re.IGNORECASE)
_EN_DAYS = {"day": 1, "week": 7, "fortnight": 14}


def _en_ago(sentence: str) -> int:
    if re.search(r"\byesterday\b", sentence, re.IGNORECASE):
        return 1
    m = _EN_AGO.search(sentence)
    return _EN_NUMBERS[m[1].lower()] * _EN_DAYS[m[2].lower()] if m else 0


_ZH_NUMBERS = {digit: at for at, digit in enumerate("一二三四五六七八九十", 1)} | {"两": 2, "半": 0}
_ZH_AGO = re.compile(rf"([{''.join(_ZH_NUMBERS)}])(天|周|个星期)(?:以)?前")


def _zh_ago(sentence: str) -> int:
    for word, days in (("大前天", 3), ("前天", 2), ("昨天", 1)):
        if word in sentence:
            return days
    m = _ZH_AGO.search(sentence)
    return _ZH_NUMBERS[m[1]] * (1 if m[2] == "天" else 7) if m else 0


CUES: Mapping[str, Cues] = {
    "en": Cues(
        people=re.compile(
            r"\b(sister|brother|neighbour|colleague|aunt|cousin|flatmate|uncle|teacher|landlady|"
            r"boss|friend|grandmother|father-in-law)\b",
            re.IGNORECASE,
        ),
        unreal=re.compile(
            r"\b(nearly|almost|wanted to|hoped|hoping|meant to|was about to|going to|considered|"
            r"thought of|thought that|tempted|offered|suggested|advised|proposed|recommends|"
            r"could have|would have|asked whether|somebody|had .* in mind|read about|mentioned|"
            r"had a ticket|as a possible|was possible|one day I will|I never)\b",
            re.IGNORECASE,
        ),
        name=r"([A-Z][a-z]+) ",
        ago=_en_ago,
        first=re.compile(r"\b(first|earliest|originally|to begin with|at the start)\b"),
        before=re.compile(r"\b(before|previous|previously)\b"),
    ),
    "zh": Cues(
        people=re.compile("姐姐|弟弟|邻居|同事|姑姑|表妹|室友|叔叔|老师|房东|老板|朋友|奶奶|岳父"),
        unreal=re.compile(
            "差点|差一点|本想|本来|打算|考虑过|有人|提议|希望|想过|曾想|劝我|没有|没能|没成|没去|"
            "险些|读到|问过|去看过|早晚|总有一天"
        ),
        name=r"([\u4e00-\u9fff]{2})",
        ago=_zh_ago,
        first=re.compile("最早|最先|起初|一开始|最初|第一"),
        before=re.compile("之前|上一|先前|前一"),
    ),
}
