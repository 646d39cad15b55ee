"""What documents of a corpus have in common: names, values of labels, imports, base classes.

Each index is made once a process from an even spread of documents and says, per common
trait, in which of them it stands.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from golong_data.contexts.drawing import spread
from golong_data.tasks.exhaustive.pycode import is_module

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

_LABELLED = re.compile(r"^([A-Z][^:\n\d]{2,60}): ([^\n:\d]{2,60})$", re.MULTILINE)
_WORD = re.compile(r"(?<=[a-z,] )[A-Z][A-Za-z]{3,}\b")
_SMALL = re.compile(r"\b[a-z]{4,}\b")
_CJK = re.compile(r"[\u4e00-\u9fff]+")
_IMPORT = re.compile(r"^(?:import (\w[\w.]*)(?: as \w+)?|from (\w[\w.]*) import .*)$", re.MULTILINE)
_CLASS = re.compile(r"^class \w+ *\(([\w., ]+)\):", re.MULTILINE)

Index = Mapping[str, tuple[int, ...]]
"""Trait -> documents that have it, in order."""


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
    spec = importlib.util.find_spec("jieba")
    if spec is None or not spec.submodule_search_locations:
        return frozenset()
    text = Path(spec.submodule_search_locations[0], "dict.txt").read_text(encoding="utf-8")
    return frozenset(
        word
        for word, _, tag in (line.split(" ") for line in text.splitlines())
        if tag == "nr"
        and ((len(word) == 2 and word[0] in SURNAMES) or (len(word) == 3 and word[:2] in COMPOUND))
    )


# --- labels -------------------------------------------------------------------------------


@lru_cache(maxsize=4)
def labels(corpus: Corpus) -> Mapping[str, Mapping[str, tuple[int, ...]]]:
    """Label -> value -> documents that state it, on a line "label: value" that stands once.

    Only labels of twenty documents or more, with three values that several documents share.
    """
    gathered: dict[str, dict[str, list[int]]] = {}
    for i in documents(corpus):
        text = corpus.text(i)
        for m in _LABELLED.finditer(text):
            if text.count(f"{m[1]}:") == 1:
                gathered.setdefault(m[1], {}).setdefault(m[2], []).append(i)
    return {
        label: {value: tuple(found) for value, found in sorted(values.items())}
        for label, values in sorted(gathered.items())
        if sum(map(len, values.values())) >= 20
        and sum(len(found) >= FEWEST for found in values.values()) >= 3
    }


# --- statements of Python -----------------------------------------------------------------


@lru_cache(maxsize=4)
def imports(corpus: Corpus) -> Index:
    """Modules that are imported by a statement of one line at the left margin."""
    return _index(
        corpus,
        (
            (m[1] or m[2], i)
            for i in documents(corpus)
            if is_module(corpus, i)
            for m in _IMPORT.finditer(corpus.text(i))
        ),
    )


@lru_cache(maxsize=4)
def bases(corpus: Corpus) -> Index:
    """Classes that others are derived from, as their `class` lines name them."""
    return _index(
        corpus,
        (
            (base.strip(), i)
            for i in documents(corpus)
            if is_module(corpus, i)
            for m in _CLASS.finditer(corpus.text(i))
            for base in m[1].split(",")
        ),
    )
