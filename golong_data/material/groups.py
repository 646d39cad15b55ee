"""What documents of a corpus have in common: names, labelled lines, imports, base classes.

Each index is made once a process from an even spread of documents and says, per common
trait, in which of them it stands, and where.
"""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.sampling import spread
from golong_data.material import wordlist
from golong_data.material.python.modules import is_module

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

INDEXED = 4_000
"""Documents of a corpus that are looked at."""

READ = 60_000
"""Characters of each."""

SAMPLE = 6_000
"""Characters of each in which words written small are looked for."""

COMMON = 0.3
"""Share of the documents that a trait may have, at most: filler must do without it."""

FEWEST = 3
"""Documents that have a trait, at least."""

LONGEST = 4
"""Characters of a Chinese word, at most."""

WHOLE = 0.9
"""Share of the places of a Chinese word where it stands for itself, at least."""

LINES = 20
"""Documents that state a label, at least."""

DISTINCT = 15
"""Different numbers that they state, at least, for a range of them to be asked for."""

_LABELLED = re.compile(r"^([A-Z][^:\n\d]{2,60}): ([^\n:\d]{2,60})$", re.MULTILINE)
_WORD = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]{3,}\b")
_SMALL = re.compile(r"\b[a-z]{4,}\b")
_CJK = re.compile(r"[\u4e00-\u9fff]+")
_IMPORT = re.compile(r"^(?:import (\w[\w.]*)(?: as \w+)?|from (\w[\w.]*) import .*)$", re.MULTILINE)
_CLASS = re.compile(r"^class \w+ *\(([\w., ]+)\):", re.MULTILINE)
_DEF = re.compile(r"^[ \t]*(?:async +)?def (\w+) *\(", re.MULTILINE)
_QUOTES = re.compile(r'"""|\'\'\'')
_RUN = re.compile(r"\w+")
_LINE = re.compile(r"^([A-Z][^:\n\"“”;]{2,60}): ([^\n]{1,80})$", re.MULTILINE)
_NUMBER = re.compile(r"(-|\$)?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\d,.])([^(]*)(?:\(.*)?")
_OTHERWISE = re.compile(r"^ *[-–/]|\b(?:thousand|million|billion|trillion|to)\b")

Index = Mapping[str, tuple[int, ...]]
"""Trait -> documents that have it, in order."""

Place = tuple[int, int, str]
"""Where in a document a trait stands: first character, one past the last, the trait."""

Places = Mapping[int, tuple[Place, ...]]
"""Document -> its places, in order."""


@lru_cache(maxsize=4)
def documents(corpus: Corpus) -> tuple[int, ...]:
    """The documents that are looked at: prose, of some length, evenly spread."""
    pool = [int(i) for i in corpus.prose if corpus.n_tokens[i] >= 60]
    return tuple(pool[at] for at in spread(len(pool), INDEXED))


def _index(corpus: Corpus, found: Iterator[tuple[str, int]]) -> Index:
    gathered: dict[str, dict[int, None]] = {}
    for trait, index in found:
        gathered.setdefault(trait, {})[index] = None
    most = max(FEWEST, int(COMMON * len(documents(corpus))))
    return {
        trait: tuple(gathered[trait])
        for trait in sorted(gathered)
        if FEWEST <= len(gathered[trait]) <= most
    }


# --- names --------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def names(corpus: Corpus) -> Index:
    """Capitalised words within sentences, and Chinese names of persons.

    Words that the documents write small as well are no names.
    """
    small = {w for i in documents(corpus) for w in _SMALL.findall(corpus.text(i)[:SAMPLE])}
    found = _index(
        corpus,
        ((name, i) for i in documents(corpus) for name in _names(corpus.text(i)[:READ])),
    )
    return {name: places for name, places in found.items() if name.lower() not in small}


def _names(text: str) -> set[str]:
    found = {m[0] for m in _WORD.finditer(text)}
    persons = chinese_persons() if _CJK.search(text) else frozenset()
    for run in _CJK.findall(text) if persons else ():
        at = 0
        while at < len(run) - 1:
            size = next((n for n in (3, 2) if run[at : at + n] in persons), 0)
            if size:
                found.add(run[at : at + size])
            at += size or 1
    return found


SURNAMES = frozenset(
    "曹刘孙张关赵黄吕董袁周鲁陆魏姜邓钟程郭荀贾许典徐乐李庞蒋费廖孟韩杨王陈吴郑冯朱蔡丁卢潘凌甘"
    "沈林宋唐罗高胡何谢邹苏杜范彭崔谭汪田任姚傅曾侯邵段戴夏秦顾毛郝龚薛雷贺龙陶阎伏华滕祢辛"
)
COMPOUND = frozenset("司马 诸葛 夏侯 公孙 太史 皇甫 欧阳 令狐 淳于 上官 东方 慕容".split())


@lru_cache(maxsize=1)
def chinese_persons() -> frozenset[str]:
    """Names of persons in the word list of jieba: a surname and one character behind it."""
    return frozenset(
        word
        for word, _, tag in wordlist.entries()
        if tag == "nr"
        and ((len(word) == 2 and word[0] in SURNAMES) or (len(word) == 3 and word[:2] in COMPOUND))
    )


@lru_cache(maxsize=1)
def chinese_nouns() -> frozenset[str]:
    """Nouns and names of places and bodies in the word list of jieba, and names of persons."""
    nouns = (
        word
        for word, _, tag in wordlist.entries()
        if tag in ("n", "ns", "nt") and 1 < len(word) <= LONGEST
    )
    return chinese_persons().union(nouns)


@lru_cache(maxsize=4)
def words(corpus: Corpus) -> Index:
    """Words to ask for by how they are spelt: names, and in Chinese other nouns."""
    return _standing(corpus, _spellings(corpus))


@lru_cache(maxsize=4)
def word_places(corpus: Corpus) -> Places:
    """Where the words stand: those of Latin letters as whole words, others wherever spelt so."""
    known = words(corpus)
    return {
        i: tuple(place for place in found if place[2] in known)
        for i, found in _spellings(corpus).items()
    }


@lru_cache(maxsize=1)
def _spellings(corpus: Corpus) -> Places:
    """Where names and nouns stand, common or not."""
    chinese = any(_CJK.search(corpus.text(i)[:SAMPLE]) for i in documents(corpus))
    known = names(corpus).keys() | (_whole(corpus, chinese_nouns()) if chinese else frozenset())
    found: dict[int, tuple[Place, ...]] = {}
    for i in documents(corpus):
        text = corpus.text(i)[:READ]
        found[i] = tuple(sorted([*_latin(text, known), *_chinese(text, known)]))
    return found


def _whole(corpus: Corpus, nouns: Container[str]) -> frozenset[str]:
    """Nouns that stand for themselves: mostly where the text is cut into the longest words.

    "安城" stands in a text as a part of "长安城", so it is none.
    """
    known = {word for word, _, _ in wordlist.entries() if 1 < len(word) <= LONGEST}
    seen: Counter[str] = Counter()
    cut: Counter[str] = Counter()
    for i in documents(corpus):
        text = corpus.text(i)[:SAMPLE]
        seen.update(word for _, _, word in _chinese(text, nouns))
        for run in _CJK.findall(text):
            at = 0
            while at < len(run):
                sizes = range(min(LONGEST, len(run) - at), 1, -1)
                size = next((n for n in sizes if run[at : at + n] in known), 1)
                cut[run[at : at + size]] += 1
                at += size
    return frozenset(word for word, times in seen.items() if cut[word] >= WHOLE * times)


def _latin(text: str, known: Container[str]) -> Iterator[Place]:
    return ((*m.span(), m[0]) for m in _RUN.finditer(text) if m[0] in known and m[0].isascii())


def _chinese(text: str, known: Container[str]) -> Iterator[Place]:
    for run in _CJK.finditer(text):
        for at in range(run.start(), run.end() - 1):
            for size in range(2, min(LONGEST, run.end() - at) + 1):
                if text[at : at + size] in known:
                    yield at, at + size, text[at : at + size]


# --- labels -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """A line "label: value" of a document, the only one with that label."""

    start: int
    value: int
    """Character at which the value starts."""
    text: str
    """The value as written."""

    @property
    def end(self) -> int:
        return self.value + len(self.text)


@lru_cache(maxsize=4)
def lines(corpus: Corpus) -> Mapping[str, Mapping[int, Line]]:
    """Label -> document -> its line, for labels that several documents state."""
    gathered: dict[str, dict[int, Line]] = {}
    for i in documents(corpus):
        text = corpus.text(i)
        for m in _LINE.finditer(text):
            if text.count(f"{m[1]}:") == 1:
                gathered.setdefault(m[1], {})[i] = Line(m.start(), m.start(2), m[2])
    return {label: found for label, found in sorted(gathered.items()) if len(found) >= LINES}


@lru_cache(maxsize=4)
def line_places(corpus: Corpus) -> Places:
    """Where the labelled lines stand, by their labels."""
    found: dict[int, list[Place]] = {}
    for label, stated in lines(corpus).items():
        for i, line in stated.items():
            found.setdefault(i, []).append((line.start, line.end, label))
    return {i: tuple(sorted(places)) for i, places in found.items()}


def within(places: Sequence[Place], low: int, high: int) -> Sequence[Place]:
    """The places that start within a range of characters."""
    return places[bisect_left(places, (low,)) : bisect_left(places, (high,))]


@lru_cache(maxsize=4)
def labels(corpus: Corpus) -> Mapping[str, Mapping[str, tuple[int, ...]]]:
    """Label -> value -> documents that state it, on a line "label: value" that stands once.

    Only values without figures, and labels of which several documents share three of them.
    """
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for label, stated in lines(corpus).items():
        values: dict[str, list[int]] = {}
        for i, line in stated.items():
            if _LABELLED.fullmatch(f"{label}: {line.text}"):
                values.setdefault(line.text, []).append(i)
        if (
            sum(map(len, values.values())) >= LINES
            and sum(len(shared) >= FEWEST for shared in values.values()) >= 3
        ):
            found[label] = {value: tuple(where) for value, where in sorted(values.items())}
    return found


@lru_cache(maxsize=4)
def numbers(corpus: Corpus) -> Mapping[str, Mapping[int, Fraction]]:
    """Label -> document -> the number that its value starts with.

    Only documents that write it as most do, as one plain number in the same unit, without
    words such as "million": so that nobody can read it otherwise.
    """
    found: dict[str, dict[int, Fraction]] = {}
    for label, stated in lines(corpus).items():
        read = {i: number for i, line in stated.items() if (number := plain_number(line.text))}
        unit, _ = Counter(unit for _, unit in read.values()).most_common(1)[0] if read else ("", 0)
        values = {i: value for i, (value, own) in read.items() if own == unit}
        if len(values) >= LINES and len(set(values.values())) >= DISTINCT:
            found[label] = values
    return found


def plain_number(text: str) -> tuple[Fraction, str] | None:
    """The number that a value starts with and its unit; None where it may be read otherwise.

    >>> plain_number("-1,250.5 sq km (2023 est.)")
    (Fraction(-2501, 2), 'sq km')
    >>> plain_number("1.2 million (2020)"), plain_number("10-12%")
    (None, None)
    """
    found = _NUMBER.fullmatch(text)
    if not found or _OTHERWISE.search(found[4]):
        return None
    digits = found[2].replace(",", "") + (found[3] or "")
    return Fraction(("-" if found[1] == "-" else "") + digits), found[4].strip()


# --- statements of Python -----------------------------------------------------------------


def _statements(corpus: Corpus, within: Callable[[str], Iterable[Place]]) -> Places:
    """Places in Python modules, those inside of strings with three quotes left out."""
    found: dict[int, tuple[Place, ...]] = {}
    for i in documents(corpus):
        if is_module(corpus, i):
            text = corpus.text(i)[:READ]
            quotes = [m.start() for m in _QUOTES.finditer(text)]
            found[i] = tuple(sorted(p for p in within(text) if bisect(quotes, p[0]) % 2 == 0))
    return found


@lru_cache(maxsize=4)
def import_places(corpus: Corpus) -> Places:
    """Statements that import one module, on one line at the left margin."""
    return _statements(
        corpus, lambda text: ((*m.span(), m[1] or m[2]) for m in _IMPORT.finditer(text))
    )


@lru_cache(maxsize=4)
def base_places(corpus: Corpus) -> Places:
    """Class statements at the left margin, once for each of their bases."""
    return _statements(
        corpus,
        lambda text: (
            (*m.span(), base.strip()) for m in _CLASS.finditer(text) for base in m[1].split(",")
        ),
    )


@lru_cache(maxsize=4)
def def_places(corpus: Corpus) -> Places:
    """Definitions of functions and methods."""
    return _statements(corpus, lambda text: ((*m.span(), m[1]) for m in _DEF.finditer(text)))


@lru_cache(maxsize=4)
def imports(corpus: Corpus) -> Index:
    """Modules that are imported by a statement of one line at the left margin."""
    return _standing(corpus, import_places(corpus))


@lru_cache(maxsize=4)
def bases(corpus: Corpus) -> Index:
    """Classes that others are derived from, as their `class` lines name them."""
    return _standing(corpus, base_places(corpus))


def _standing(corpus: Corpus, places: Places) -> Index:
    return _index(corpus, ((trait, i) for i, found in places.items() for _, _, trait in found))
