"""Miswritings of Chinese words: one character replaced by another that sounds the same.

That is the slip of whoever types by sound (曹操 as 曹草). Sounds are those of pypinyin, tones
aside, all that a character may have; which words there are is known from jieba's dictionary
and from the corpus itself.
"""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import TYPE_CHECKING, Any

from golong_data.contexts.sampling import spread
from golong_data.material import wordlist
from golong_data.material.persons import persons
from golong_data.scripts import is_chinese
from golong_data.words import words

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

OFTEN = 8
"""Times that a word stands in what is read of the corpus, at least."""

READ = 800_000
"""Tokens of a corpus that are read for words and what sounds like them, evenly spread."""

KNOWN = 20
"""Times that jieba's dictionary has counted a noun, at least: below that many are no words."""

BOUND = 0.5
"""Share of a word's occurrences in which the same character may stand next to it: "夏侯" is
only a part of names."""

RARE = 0.1
"""What a corpus has that sounds like a word, at most, for each time that the word stands in it:
more could not be kept out of the context."""

_NOUNS = frozenset(("n", "ns", "nz"))


@dataclass(frozen=True, slots=True)
class Words:
    """What may be exchanged in a word without its being wrong."""

    same: tuple[str, ...]
    """Groups of characters that writers put for one another."""


@lru_cache(maxsize=1)
def dictionary() -> Mapping[str, bool]:
    """Words of two to four characters that jieba knows -> whether they are common nouns."""
    return {
        word: tag in _NOUNS and times >= KNOWN
        for word, times, tag in wordlist.entries()
        if 2 <= len(word) <= 4
    }


@lru_cache(maxsize=4)
def words_of(corpus: Corpus) -> Mapping[str, tuple[str, ...]]:
    """Nouns and names that recur in a corpus -> what it has that sounds like them, seldom."""
    share = min(1.0, READ / max(1, int(corpus.n_tokens[corpus.prose].sum())))
    some = spread(len(corpus.prose), max(1, int(share * len(corpus.prose))))
    text = "\n".join(corpus.text(int(corpus.prose[at])) for at in some)
    nouns = {word for word, noun in dictionary().items() if noun} | persons()
    times = _runs(text)
    alike = _by_sound(set(text))
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(word for word in nouns if times[word] >= OFTEN):
        if _bound(word, text):
            continue
        forms = tuple(sorted(form for form in set(_respelt(word, alike)) if form in times))
        if sum(times[form] for form in forms) <= RARE * times[word]:
            found[word] = forms
    return found


def _runs(text: str) -> Counter[str]:
    """How often each run of two to four characters stands in a text."""
    times: Counter[str] = Counter()
    runs = list(text)
    for size in (2, 3, 4):
        runs = list(map(add, runs, text[size - 1 :]))
        times.update(runs)
    return times


def _bound(word: str, text: str) -> bool:
    """Whether one character stands next to most occurrences of a word, on the same side."""
    places = [m.start() for m in re.finditer(word, text)]
    before = Counter(text[at - 1 : at] for at in places)
    after = Counter(text[at + len(word) : at + len(word) + 1] for at in places)
    beside = [n for side in (before, after) for char, n in side.items() if is_chinese(char)]
    return max(beside, default=0) > BOUND * len(places)


@lru_cache(maxsize=1 << 14)
def sounds(char: str) -> frozenset[str]:
    """The syllables that a Chinese character may stand for, without tones."""
    pypinyin: Any = importlib.import_module("pypinyin")
    (found,) = pypinyin.pinyin(char, style=pypinyin.Style.NORMAL, heteronym=True)
    return frozenset(found)


def _by_sound(chars: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Syllable -> the Chinese characters among these that may stand for it."""
    found: dict[str, list[str]] = {}
    for char in sorted(filter(is_chinese, chars)):
        for sound in sorted(sounds(char)):
            found.setdefault(sound, []).append(char)
    return {sound: tuple(group) for sound, group in found.items()}


def _respelt(word: str, alike: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The word with one character replaced by one that may sound the same."""
    for at, char in enumerate(word):
        for sound in sorted(sounds(char)):
            for other in alike.get(sound, ()):
                if other != char:
                    yield word[:at] + other + word[at + 1 :]


@lru_cache(maxsize=1)
def _common() -> Mapping[str, tuple[str, ...]]:
    """Syllable -> common characters that are read in this one way.

    Common are the 3,755 of the first level of GB 2312 (rows 16 to 55).
    """
    level = bytes(range(0xA1, 0xFF))
    chars = [
        char
        for row in range(0xB0, 0xD8)
        for char in b"".join(bytes((row, cell)) for cell in level).decode("gb2312", "ignore")
    ]
    return _by_sound([char for char in chars if len(sounds(char)) == 1])


def miswritings(word: str) -> set[str]:
    """Wrong forms of a word: a character of one sound replaced by a common one of that sound.

    None that the dictionary has, that has a character twice, or that differs by characters
    that writers exchange.
    """
    same = words(Words, "material/miswritings", "writes")["zh"].same
    found = set()
    for form in _respelt(word, _common()):
        (at,) = (i for i, char in enumerate(word) if form[i] != char)
        exchanged = any(word[at] in group and form[at] in group for group in same)
        if (
            len(sounds(word[at])) == 1
            and form[at] not in word
            and form not in dictionary()
            and not exchanged
        ):
            found.add(form)
    return found


def forms_in(text: str, listed: Sequence[str]) -> Counter[str]:
    """What stands in a text and sounds like one of the words with one character different."""
    alike = _by_sound(set(text))
    forms = {form for word in listed for form in _respelt(word, alike)}
    return Counter({form: k for form in sorted(forms) if (k := text.count(form))})
