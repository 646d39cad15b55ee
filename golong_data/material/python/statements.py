"""Statements that Python modules of a corpus have in common: imports, classes, definitions.

Each is found where it starts a line of code: what stands inside of strings with three quotes
is none.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.material.groups import READ, Holders, Place, Places, documents, holders
from golong_data.material.python.modules import is_module

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

_IMPORT = re.compile(r"^(?:import (\w[\w.]*)(?: as \w+)?|from (\w[\w.]*) import .*)$", re.MULTILINE)
_CLASS = re.compile(r"^class \w+ *\(([\w., ]+)\):", re.MULTILINE)
_DEF = re.compile(r"^[ \t]*(?:async +)?def (\w+) *\(", re.MULTILINE)
_QUOTES = re.compile(r'"""|\'\'\'')


def _statements(corpus: Corpus, within: Callable[[str], Iterable[Place]]) -> Places:
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
def import_holders(corpus: Corpus) -> Holders:
    """Modules that are imported by a statement of one line at the left margin."""
    return holders(corpus, import_places(corpus))


@lru_cache(maxsize=4)
def base_holders(corpus: Corpus) -> Holders:
    """Classes that others are derived from, as their `class` lines name them."""
    return holders(corpus, base_places(corpus))


# --- as they are recognised in a text -----------------------------------------------------


def importing(name: str) -> re.Pattern[str]:
    """A statement of one line at the left margin that imports a module."""
    word = re.escape(name)
    forms = rf"^(?:import {word}(?: as \w+)?|from {word} import [^\n]*)[ \t]*$"
    return re.compile(forms, re.MULTILINE)


def deriving(name: str) -> re.Pattern[str]:
    """A class line at the left margin that names a base, however it is spaced."""
    word = re.escape(name)
    forms = rf"^class \w+ *\((?:[^()\n]*,)? *{word} *(?:,[^()\n]*)?\):"
    return re.compile(forms, re.MULTILINE)


def defining(name: str) -> re.Pattern[str]:
    """A line that starts the definition of a function or method."""
    return re.compile(rf"^[ \t]*(?:async +)?def +{re.escape(name)} *\(", re.MULTILINE)
