"""How somebody chooses among options who does not want to read.

By where and how often the context mentions them, by their looks beside each other, by the
sentences that share the rarest words with the question. The same rules serve every question
with options; what is peculiar to a kind of question stands with its generator.
"""

from __future__ import annotations

import difflib
import re
import statistics
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby

from golong_data.scripts import is_chinese
from golong_data.solving import reading
from golong_data.solving.numbers import quantity
from golong_data.solving.options import offered, stated, takes_several
from golong_data.solving.sentences import bag
from golong_data.solving.sessions import alone
from golong_data.types import Gold

Reader = Callable[[str, str], Gold | None]
"""(question, whole prompt) -> an answer shaped like the gold, or None where the question is of
another kind."""

NEARLY = 0.8
"""Of the best score: sentences that have so much speak of the question as much as the best one."""

_NUMBER = re.compile(r"(?<!\d)-?\d+(?:,\d{3})*(?:\.\d+)?")
_ENDS = re.compile(r"[.!?](?=\s|$)|[。！？\n]")


@dataclass(frozen=True, slots=True)
class Offer:
    """A question with its options, and where the context mentions them."""

    question: str
    text: str
    """The context."""
    options: Mapping[str, str]
    """Letter -> text."""
    mentions: Mapping[str, Sequence[int]]
    """Letter -> the offsets of its text in the context."""

    @property
    def mentioned(self) -> list[str]:
        """The letters of those that the context mentions."""
        return [letter for letter, places in self.mentions.items() if places]

    def counted(self) -> dict[str, int]:
        """Letter -> how often it is mentioned; of those that are mentioned."""
        return {letter: len(self.mentions[letter]) for letter in self.mentioned}


Rule = Callable[[Offer], str | None]
"""The letter that somebody chooses; None where there is nothing to choose by."""


def offer(question: str, prompt: str, aside: Collection[str] = ()) -> Offer:
    """What a prompt offers, but for the options whose texts are put `aside`."""
    options = {a: text for a, text in offered(prompt).items() if text not in aside}
    places = _places(prompt)
    return Offer(question, reading.context(prompt), options, {a: places[a] for a in options})


@lru_cache(maxsize=2)
def _places(prompt: str) -> Mapping[str, tuple[int, ...]]:
    text = reading.context(prompt)
    return {a: places_of(option, text) for a, option in offered(prompt).items()}


def places_of(words: str, text: str) -> tuple[int, ...]:
    """Where a text holds these words, in any case, and not as a part of longer ones."""
    # Looking for the words first is several times faster than for the whole pattern.
    found = re.finditer(re.escape(words), text, re.IGNORECASE)
    whole = re.compile(alone(words), re.IGNORECASE)
    return tuple(m.start() for m in found if whole.match(text, m.start()))


def sentence_around(text: str, at: int) -> tuple[int, int]:
    """(start, stop) of the sentence of a line that a place lies in."""
    line = text.rfind("\n", 0, at) + 1
    starts = [m.end() for m in _ENDS.finditer(text, line, at)]
    end = _ENDS.search(text, at)
    return (starts[-1] if starts else line), (end.end() if end else len(text))


# --- by mentions ------------------------------------------------------------------------------


def first_mentioned(offer: Offer) -> str | None:
    """The one that is mentioned before all others."""
    return min(offer.mentioned, key=lambda a: offer.mentions[a][0], default=None)


def last_mentioned(offer: Offer) -> str | None:
    """The one whose last mention is the last of all."""
    return max(offer.mentioned, key=lambda a: offer.mentions[a][-1], default=None)


def most_mentioned(offer: Offer) -> str | None:
    """The one that is mentioned most often."""
    return max(offer.mentioned, key=offer.counted().__getitem__, default=None)


def least_mentioned(offer: Offer) -> str | None:
    """The one that is mentioned least often, of those that are mentioned."""
    return min(offer.mentioned, key=offer.counted().__getitem__, default=None)


# --- by looks -----------------------------------------------------------------------------------


def shape(text: str) -> str:
    """What a text looks like: runs of digits, capitals, small letters, Chinese characters.

    >>> shape("Quillham & Sons"), shape("9:30")
    ('Aa & Aa', '0:0')
    """
    return "".join(kind for kind, _ in groupby(map(_kind, text)))


def _kind(char: str) -> str:
    if char.isdigit():
        return "0"
    if is_chinese(char):
        return "字"
    if char.isalpha():
        return "A" if char.isupper() else "a"
    return char


def _likeness(texts: Mapping[str, str]) -> dict[str, float]:
    """Letter -> how like the others its text is, between 0 and 1."""

    def like(one: str, other: str) -> float:
        first, second = sorted((one, other))  # the measure is not symmetric
        return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()

    return {
        a: statistics.fmean(like(one, other) for b, other in texts.items() if a != b)
        for a, one in texts.items()
    }


def unlike(offer: Offer) -> str | None:
    """The one whose shape is least like the shapes of the others, where these differ."""
    shapes = {letter: shape(text) for letter, text in offer.options.items()}
    if len(shapes) < 2 or len(set(shapes.values())) == 1:
        return None
    likeness = _likeness(shapes)
    return min(likeness, key=likeness.__getitem__)


def centre(offer: Offer) -> str | None:
    """The one most like the others: they may all have been made out of it."""
    if len(offer.options) < 2:
        return None
    likeness = _likeness(offer.options)
    return max(likeness, key=likeness.__getitem__)


def longest(offer: Offer) -> str | None:
    """The longest one."""
    return max(offer.options, key=lambda a: len(offer.options[a]), default=None)


def shortest(offer: Offer) -> str | None:
    """The shortest one."""
    return min(offer.options, key=lambda a: len(offer.options[a]), default=None)


def _by_number(offer: Offer) -> list[str]:
    """The letters by the numbers of their options; none where one has no number."""
    keys = {}
    for letter, text in offer.options.items():
        parts = _NUMBER.findall(text)
        if not parts:
            return []
        whole = quantity(text) if len(parts) == 1 else None
        found = [float(part.replace(",", "")) for part in parts]
        keys[letter] = found if whole is None else [float(whole)]
    return sorted(keys, key=keys.__getitem__)


def smallest(offer: Offer) -> str | None:
    """The smallest number, or the earliest date."""
    return next(iter(_by_number(offer)), None)


def largest(offer: Offer) -> str | None:
    """The largest number, or the latest date."""
    return next(reversed(_by_number(offer)), None)


def middle(offer: Offer) -> str | None:
    """The number in the middle, the lower of two."""
    ranked = _by_number(offer)
    return ranked[(len(ranked) - 1) // 2] if ranked else None


# --- by what is said of the question ----------------------------------------------------------


def rarity(words: Iterable[str], text: str) -> dict[str, float]:
    """Word -> its weight: the rarer in a text, the more; those that it does not hold have none."""
    folded = text.casefold()
    counts = {word: folded.count(word) for word in words}
    return {word: 1 / n for word, n in counts.items() if n}


def speaking(offer: Offer) -> list[tuple[int, str]]:
    """(offset, letter) of the mentions, in order, whose sentences speak most of what is asked.

    A sentence counts by the words that it shares with the question, the rare ones most; words
    of the options themselves do not count.
    """
    own = frozenset[str]().union(*map(bag, offer.options.values()))
    weights = rarity(sorted(bag(offer.question) - own), offer.text)
    folded = offer.text.casefold()
    scored = []
    for letter, places in offer.mentions.items():
        for at in places:
            start, stop = sentence_around(offer.text, at)
            sentence = folded[start:stop]
            scored.append((sum(w for word, w in weights.items() if word in sentence), at, letter))
    best = max((score for score, _, _ in scored), default=0.0)
    return sorted((at, letter) for score, at, letter in scored if score >= NEARLY * best > 0)


def first_said(offer: Offer) -> str | None:
    """What is said first about the question's subject."""
    return next((letter for _, letter in speaking(offer)), None)


def last_said(offer: Offer) -> str | None:
    """What is said last about it."""
    return next((letter for _, letter in reversed(speaking(offer))), None)


MENTIONS: Mapping[str, Rule] = {
    "first mentioned": first_mentioned,
    "last mentioned": last_mentioned,
    "most mentioned": most_mentioned,
    "least mentioned": least_mentioned,
}
SHAPES: Mapping[str, Rule] = {"unlike the others": unlike}
LOOKS: Mapping[str, Rule] = {
    "centre of the options": centre,
    "longest option": longest,
    "shortest option": shortest,
}
NUMBERS: Mapping[str, Rule] = {
    "smallest number": smallest,
    "largest number": largest,
    "middle number": middle,
}
SAYINGS: Mapping[str, Rule] = {
    "said first of it": first_said,
    "said last of it": last_said,
}


# --- from a rule to a reader ------------------------------------------------------------------


def _chosen(
    rule: Rule, aside: Callable[[], Collection[str]], question: str, prompt: str
) -> Gold | None:
    found = rule(offer(question, prompt, aside()))
    return None if found is None else stated(prompt, [found])


def readers(
    *rules: Mapping[str, Rule], aside: Callable[[], Collection[str]] = frozenset[str]
) -> dict[str, Reader]:
    """Those who choose by these rules, having put some options `aside`."""
    return {name: partial(_chosen, rule, aside) for group in rules for name, rule in group.items()}


def mentioned_often(question: str, prompt: str) -> Gold | None:
    """Where several may be right, what is mentioned as often as the average or more often."""
    found = offer(question, prompt).counted()
    if not found or not takes_several(prompt):
        return None
    usual = statistics.fmean(found.values())
    return stated(prompt, [letter for letter, n in found.items() if n >= usual])


SEVERAL: Mapping[str, Reader] = {"mentioned often": mentioned_often}
"""Where several may be right."""
