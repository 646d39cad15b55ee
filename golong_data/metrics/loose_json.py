"""Reads JSON as models write it: also with single quotes, Python's names, commas at the end.

Strict JSON is read by the standard decoder. What it refuses is tried once more with single or
curly quotes, tuples, None and True, keys without quotes, a comma behind the last item and any
white space. Numbers stay as they are written, as strings.

The cost of a text is linear: the second reader gives up for good once it has spent as many
characters as the text has on values that came to nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

MAX_TRIES = 100
"""Places in a text at which a value may seem to start and not be one."""
MAX_DEPTH = 40
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_START = re.compile(r"\{\s{0,20}(?:[\"'“}]|[^\W\d]\w{0,60}\s{0,5}:)|\[\s{0,20}[\[{(]")
_CURLY = str.maketrans("“”„‟", '""""')
_TOKEN = re.compile(
    r"""\s*(?:(?P<mark>[\[\](){},:])
      | "(?P<double>[^"\\]*(?:\\.[^"\\]*)*)"
      | '(?P<single>[^'\\]*(?:(?:\\.|'(?!\s{0,20}[,\]}):]))[^'\\]*)*)'
      | (?P<bare>[^\s\[\](){},:"'][^\[\](){},:"'\n]{0,400}))""",
    re.VERBOSE | re.DOTALL,
)
_NUMBER = re.compile(r"[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?%?")
_NAME = re.compile(r"[^\W\d]\w*")
_NAMES: dict[str, bool | None] = {
    "null": None, "None": None, "true": True, "True": True, "false": False, "False": False,
}  # fmt: skip
_CLOSING = {"[": "]", "(": ")", "{": "}"}
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


def values(text: str) -> Iterator[tuple[Any, int, int]]:
    """The objects, and arrays of those or of arrays, in a text: each with start and end.

    Values inside others are not named again.

    >>> [value for value, start, end in values("So {'a': [1, None,]} and [['b']].")]
    [{'a': ['1', None]}, [['b']]]
    """
    place = failures = spent = 0
    straight: str | None = None
    while failures < MAX_TRIES and (match := _START.search(text, place)):
        start = match.start()
        value, place = _strict(text, start)
        if place == start and spent < len(text):
            straight = text.translate(_CURLY) if straight is None else straight
            value, place, reached = _loose(straight, start)
            spent += reached - start if place == start else 0
        if place > start:
            yield value, start, place
        else:
            failures += 1
            place = start + 1


def whole_value(text: str) -> Any:
    """The object or array that a text is and nothing else; None where it is none.

    >>> whole_value(" ['B'] "), whole_value("[B] it is")
    (['B'], None)
    """
    text = text.strip()
    if text[:1] + text[-1:] not in ("{}", "[]"):
        return None
    value, end = _strict(text, 0)
    if not end:
        value, end, _ = _loose(text.translate(_CURLY), 0)
    return value if end == len(text) else None


def _strict(text: str, start: int) -> tuple[Any, int]:
    """The value that starts there and where it ends; (None, start) where there is none."""
    try:
        return _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None, start


def _loose(text: str, start: int) -> tuple[Any, int, int]:
    """The same of looser writing, and how far the text was read."""
    reader = _Loose(text, start)
    try:
        return reader.value(0), reader.place, reader.place
    except ValueError:
        return None, start, reader.place


class _Loose:
    """A reader by descent; `place` is how far it has got."""

    def __init__(self, text: str, place: int) -> None:
        self.text, self.place = text, place

    def token(self) -> tuple[str, str]:
        match = _TOKEN.match(self.text, self.place)
        if match is None or match.lastgroup is None:
            raise ValueError("no value")
        self.place = match.end()
        return match.lastgroup, match[match.lastgroup]

    def value(self, depth: int, token: tuple[str, str] | None = None) -> Any:
        kind, found = token or self.token()
        if kind == "bare":
            return _literal(found.strip())
        if kind != "mark":
            return _unescaped(found)
        if depth >= MAX_DEPTH or found not in _CLOSING:
            raise ValueError("no value")
        return self.object(depth) if found == "{" else self.array(depth, _CLOSING[found])

    def array(self, depth: int, closing: str) -> list[Any]:
        items: list[Any] = []
        token = self.token()
        while token != ("mark", closing):
            items.append(self.value(depth + 1, token))
            token = self.after_item(closing)
        return items

    def object(self, depth: int) -> dict[str, Any]:
        items: dict[str, Any] = {}
        token = self.token()
        while token != ("mark", "}"):
            kind, name = token
            if kind == "mark" or (kind == "bare" and not _NAME.fullmatch(name.strip())):
                raise ValueError("no key")
            if self.token() != ("mark", ":"):
                raise ValueError("no colon")
            key = name.strip() if kind == "bare" else _unescaped(name)
            items[key] = self.value(depth + 1)
            token = self.after_item("}")
        return items

    def after_item(self, closing: str) -> tuple[str, str]:
        token = self.token()
        if token == ("mark", ","):
            return self.token()
        if token != ("mark", closing):
            raise ValueError("no comma")
        return token


def _literal(word: str) -> Any:
    if word in _NAMES:
        return _NAMES[word]
    if _NUMBER.fullmatch(word) or word in ("NaN", "nan", "Infinity", "-Infinity"):
        return word
    raise ValueError("a word without quotes")


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(
        lambda m: chr(int(m[1][1:], 16)) if len(m[1]) == 5 else _ESCAPES.get(m[1], m[1]), text
    )
