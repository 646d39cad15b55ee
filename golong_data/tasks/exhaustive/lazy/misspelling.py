"""Misspelt words, taken by how seldom they stand or how odd they look, not by what they miss."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from golong_data.material import wordlist
from golong_data.scripts import CJK
from golong_data.solving import reading
from golong_data.tasks.exhaustive.lazy import listing
from golong_data.tasks.exhaustive.solve.misspelling import Misspelt, Miswritten, Query, reads

_WORD = re.compile(r"(?<![A-Za-z])[a-z]{6,}(?![A-Za-z])")
_DOUBLED = re.compile(r"(.)\1")


def _words(prompt: str) -> Counter[str]:
    """The longer words in small letters of the documents, in order, with their times."""
    return Counter(_WORD.findall(reading.context(prompt)))


def _forms(query: Miswritten, prompt: str) -> Counter[str]:
    """What is one character off a listed word, in order, with its times."""
    text = reading.context(prompt)
    # One form may be a character off two words, and forms of two lengths may start together.
    spots = {
        (found.start(), found[1])
        for word in query.listed
        for at, char in enumerate(word)
        for found in re.finditer(rf"(?=({word[:at]}(?!{char})[{CJK}]{word[at + 1 :]}))", text)
    }
    return Counter(form for _, form in sorted(spots))


def _all(query: Query, prompt: str) -> Iterator[str]:
    """What has the form asked for: words that begin so, or forms one character off."""
    if isinstance(query, Misspelt):
        yield from (word for word in _words(prompt) if word[0] in query.letters)
    elif isinstance(query, Miswritten):
        yield from _forms(query, prompt)


def _once(query: Query, prompt: str) -> Iterator[str]:
    found = _forms(query, prompt) if isinstance(query, Miswritten) else _words(prompt)
    yield from (word for word in _all(query, prompt) if found[word] == 1)


# --- English --------------------------------------------------------------------------------


def _doubled_letter(query: Query, prompt: str) -> Iterator[str]:
    """Those seen once that have a letter twice in a row."""
    if isinstance(query, Misspelt):
        yield from (word for word in _once(query, prompt) if _DOUBLED.search(word))


def _odd_letters(query: Query, prompt: str) -> Iterator[str]:
    """Those seen once with three letters in a row that no other word has."""
    if not isinstance(query, Misspelt):
        return
    runs = Counter(run for word in _words(prompt) for run in _runs(word))
    for word in _once(query, prompt):
        if any(runs[run] == 1 for run in _runs(word)):
            yield word


def _runs(word: str) -> set[str]:
    return {word[i : i + 3] for i in range(len(word) - 2)}


def _same_letters(query: Query, prompt: str) -> Iterator[str]:
    """Those seen once that have the letters of one seen again, whatever was done to it."""
    if not isinstance(query, Misspelt):
        return
    known = {frozenset(word) for word, n in _words(prompt).items() if n > 1}
    yield from (word for word in _once(query, prompt) if frozenset(word) in known)


# --- Chinese --------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _dictionary() -> frozenset[str]:
    return frozenset(word for word, _, _ in wordlist.entries())


def _unlisted(query: Query, prompt: str) -> Iterator[str]:
    """Forms that no dictionary has, whatever they sound like."""
    if isinstance(query, Miswritten):
        known = _dictionary()
        yield from (form for form in _forms(query, prompt) if form not in known)


def _long(query: Query, prompt: str) -> Iterator[str]:
    """Forms of the words of three characters or more."""
    if isinstance(query, Miswritten):
        yield from (form for form in _forms(query, prompt) if len(form) > 2)


candidates = listing.candidates(reads, _all)
"""Every word that begins as asked, or every string one character off a listed word."""

READERS = listing.readers(
    reads,
    {
        "seen once": _once,
        "seen once, doubled letter": _doubled_letter,
        "seen once, odd letters": _odd_letters,
        "seen once, letters of another": _same_letters,
        "in no dictionary": _unlisted,
        "of longer words": _long,
        "every such word": _all,
    },
)
