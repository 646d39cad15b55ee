"""What documents of a corpus have in common: traits, such as words, and where each stands.

Each index is made once a process from an even spread of documents and says, per common
trait, in which of them it stands, and where. Traits of Python sources are indexed in
`python.statements`, labelled lines in `labels`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.sampling import spread
from golong_data.material import wordlist
from golong_data.material.names import apart
from golong_data.material.persons import persons
from golong_data.scripts import CJK, has_chinese

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

SEEN = 20
"""Documents of a word in which it is compared with others."""

REMEMBERED = 24
"""Characters before a word by which it is compared."""

_CAPITALISED = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]{3,}\b")
_SMALL = re.compile(r"\b[a-z]{4,}\b")
_CHINESE = re.compile(f"[{CJK}]+")
_WORD = re.compile(r"\w+")

Holders = Mapping[str, tuple[int, ...]]
"""Trait -> documents that have it, in order."""

Place = tuple[int, int, str]
"""Where in a document a trait stands: first character, one past the last, the trait."""

Places = Mapping[int, tuple[Place, ...]]
"""Document -> places of traits in it, in order."""


@lru_cache(maxsize=4)
def documents(corpus: Corpus) -> tuple[int, ...]:
    """The documents that are looked at: prose, of some length, evenly spread."""
    pool = [int(i) for i in corpus.prose if corpus.n_tokens[i] >= 60]
    return tuple(pool[at] for at in spread(len(pool), INDEXED))


def holders(corpus: Corpus, places: Places) -> Holders:
    """The documents of each trait that several have, but not too many."""
    return _common(corpus, ((trait, i) for i, found in places.items() for _, _, trait in found))


def _common(corpus: Corpus, found: Iterable[tuple[str, int]]) -> Holders:
    gathered: dict[str, dict[int, None]] = {}
    for trait, index in found:
        gathered.setdefault(trait, {})[index] = None
    most = max(FEWEST, int(COMMON * len(documents(corpus))))
    return {
        trait: tuple(gathered[trait])
        for trait in sorted(gathered)
        if FEWEST <= len(gathered[trait]) <= most
    }


# --- where they stand ---------------------------------------------------------------------


def places_within(places: Sequence[Place], low: int, high: int) -> Sequence[Place]:
    """The places that start within a range of characters."""
    return places[bisect_left(places, (low,)) : bisect_left(places, (high,))]


def closest(places: Sequence[Place], reach: int, text: str = "") -> tuple[int, int, int]:
    """Most different traits within reach, where they stand closest; in one line of a text."""
    best = (0, 0, 0)
    for at, (start, _, _) in enumerate(places):
        seen: set[str] = set()
        for _, end, name in places[at:]:
            if seen and (end - start > reach or "\n" in text[start:end]):
                break
            if name not in seen:
                seen.add(name)
                best = max(best, (len(seen), start, end), key=lambda b: (b[0], b[1] - b[2]))
    return best


def essential(places: Sequence[Place], least: int) -> tuple[int, int]:
    """The shortest range outside of which fewer than `least` different traits are left.

    There must be as many.
    """
    ordered = sorted(places)
    best = (ordered[0][0], max(end for _, end, _ in ordered))
    for first in range(len(ordered)):
        for last in range(first, len(ordered)):
            outside = {trait for _, _, trait in ordered[:first] + ordered[last + 1 :]}
            if len(outside) < least:
                start = ordered[first][0]
                end = max(end for _, end, _ in ordered[first : last + 1])
                best = min(best, (start, end), key=lambda r: r[1] - r[0])
                break
    return best


# --- words --------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def word_holders(corpus: Corpus) -> Holders:
    """Words to ask for by how they are spelt: names, and in Chinese other nouns."""
    return holders(corpus, _spellings(corpus))


@lru_cache(maxsize=4)
def word_places(corpus: Corpus) -> Places:
    """Where the words stand: those of Latin letters as whole words, others wherever spelt so."""
    known = word_holders(corpus)
    return {
        i: tuple(place for place in found if place[2] in known)
        for i, found in _spellings(corpus).items()
    }


@lru_cache(maxsize=1)
def _spellings(corpus: Corpus) -> Places:
    """Where names and nouns stand, common or not."""
    chinese = any(has_chinese(corpus.text(i)[:SAMPLE]) for i in documents(corpus))
    known = _names(corpus) | (_whole(corpus, chinese_nouns()) if chinese else frozenset())
    found: dict[int, tuple[Place, ...]] = {}
    for i in documents(corpus):
        text = corpus.text(i)[:READ]
        found[i] = tuple(sorted([*_latin_places(text, known), *_chinese_places(text, known)]))
    return found


def _names(corpus: Corpus) -> frozenset[str]:
    """Capitalised words within sentences, and Chinese names of persons.

    Words that the documents write small as well are no names.
    """
    small = {w for i in documents(corpus) for w in _SMALL.findall(corpus.text(i)[:SAMPLE])}
    found = _common(
        corpus,
        ((name, i) for i in documents(corpus) for name in _names_in(corpus.text(i)[:READ])),
    )
    return frozenset(name for name in found if name.lower() not in small)


def _names_in(text: str) -> set[str]:
    found = {m[0] for m in _CAPITALISED.finditer(text)}
    known = persons() if has_chinese(text) else frozenset()
    for run in _CHINESE.findall(text) if known else ():
        at = 0
        while at < len(run) - 1:
            size = next((n for n in (3, 2) if run[at : at + n] in known), 0)
            if size:
                found.add(run[at : at + size])
            at += size or 1
    return found


def _latin_places(text: str, known: Container[str]) -> Iterator[Place]:
    return ((*m.span(), m[0]) for m in _WORD.finditer(text) if m[0] in known and m[0].isascii())


def _chinese_places(text: str, known: Container[str]) -> Iterator[Place]:
    for run in _CHINESE.finditer(text):
        for at in range(run.start(), run.end() - 1):
            for size in range(2, min(LONGEST, run.end() - at) + 1):
                if text[at : at + size] in known:
                    yield at, at + size, text[at : at + size]


def _whole(corpus: Corpus, nouns: Container[str]) -> frozenset[str]:
    """Nouns that stand for themselves: mostly where the text is cut into the longest words.

    "安城" stands in a text as a part of "长安城", so it is none.
    """
    known = {word for word, _, _ in wordlist.entries() if 1 < len(word) <= LONGEST}
    seen: Counter[str] = Counter()
    cut: Counter[str] = Counter()
    for i in documents(corpus):
        text = corpus.text(i)[:SAMPLE]
        seen.update(word for _, _, word in _chinese_places(text, nouns))
        for run in _CHINESE.findall(text):
            at = 0
            while at < len(run):
                sizes = range(min(LONGEST, len(run) - at), 1, -1)
                size = next((n for n in sizes if run[at : at + n] in known), 1)
                cut[run[at : at + size]] += 1
                at += size
    return frozenset(word for word, times in seen.items() if cut[word] >= WHOLE * times)


# --- one word for another -----------------------------------------------------------------


def alternatives(known: Iterable[str], old: str, others: Collection[str]) -> list[str]:
    """Names that may stand in the place of one, apart from others.

    Chinese names of persons are replaced by such, other Chinese words by none.
    """
    people = persons()
    if has_chinese(old) and old not in people:
        return []
    return [
        name
        for name in known
        if apart(name, others)
        and (name in people if has_chinese(name) else not has_chinese(old))
        and ("." in name) == ("." in old)
    ]


def most_alike(corpus: Corpus, old: str, drawn: Sequence[str]) -> str:
    """The word, of some drawn, that most often stands after the same words as another."""
    own = _before(corpus, old)
    return max(drawn, key=lambda name: (own & _before(corpus, name)).total())


@lru_cache(maxsize=4096)
def _before(corpus: Corpus, name: str) -> Counter[str]:
    """What stands before a word, at its first place in some documents."""
    found: Counter[str] = Counter()
    for i in word_holders(corpus)[name][:SEEN]:
        start = next(p[0] for p in word_places(corpus)[i] if p[2] == name)
        ahead = corpus.text(i)[max(0, start - REMEMBERED) : start].split()
        if has_chinese(name):
            found["".join(ahead)[-1:]] += 1
        else:
            found[ahead[-1] if ahead else ""] += 1
    return found


# --- Chinese words out of a list ----------------------------------------------------------


@lru_cache(maxsize=1)
def chinese_nouns() -> frozenset[str]:
    """Nouns and names of places and bodies in the word list of jieba, and names of persons."""
    nouns = (
        word
        for word, _, tag in wordlist.entries()
        if tag in ("n", "ns", "nt") and 1 < len(word) <= LONGEST
    )
    return persons().union(nouns)
