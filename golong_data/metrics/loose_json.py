"""Reads JSON as models write it: also with single quotes, Python's names, commas at the end.

A text is read by the standard decoder. Where that refuses a value, the text is rewritten once
as strict JSON (single and curly quotes, tuples, None and True, keys without quotes, a comma
behind the last item, any white space) and read again; line breaks stay, so that a line is a
place in either writing. Numbers stay as they are written, as strings. The cost is linear.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

MAX_TRIES = 100
"""Places in a text at which a value may seem to start and not be one."""
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_START = re.compile(r"\{\s{0,20}(?:[\"'“}]|[^\W\d]\w{0,60}\s{0,5}:)|\[\s{0,20}[\[{(]")
_CURLY = str.maketrans("“”„‟", '""""')
_LOOSE = re.compile(
    r"""(?P<double>"[^"\\\n]*(?:\\.[^"\\\n]*)*")
      | (?<![\w'"])'(?P<single>[^'\\\n]*(?:(?:\\.|'(?!\s{0,20}[,\]}):]))[^'\\\n]*)*)'
      | \b(?P<name>None|True|False|nan)\b
      | (?P<key>(?<=[{,\s])[A-Za-z_]\w{0,60}(?=\s{0,5}:))
      | (?P<comma>,(?=\s{0,40}[\]})]))
      | (?P<round>[()])
      | (?P<space>[^\S\ \t\n\r])""",
    re.VERBOSE,
)
_NAMES = {"None": "null", "True": "true", "False": "false", "nan": "NaN"}


def values(text: str) -> Iterator[tuple[Any, int, int]]:
    """The objects, and arrays of those or of arrays, in a text: each with first and last line.

    Values inside others are not named again.

    >>> list(values("So:\\n{'a': [1, None,]} and [['b']]."))
    [({'a': ['1', None]}, 1, 1), ([['b']], 1, 1)]
    """
    found, refused = _strict_values(text)
    return iter(_strict_values(rewritten(text))[0] if refused else found)


def whole_value(text: str) -> Any:
    """The object or array that a text is and nothing else; None where it is none.

    >>> whole_value(" ['B'] "), whole_value("[B] it is")
    (['B'], None)
    """
    text = text.strip()
    if text[:1] + text[-1:] not in ("{}", "[]"):
        return None
    for writing in (str, rewritten):
        text = writing(text)
        value, end = _value(text, 0)
        if end == len(text):
            return value
    return None


def rewritten(text: str) -> str:
    """`text` with what looks like a loose writing of JSON in the strict one."""
    return _LOOSE.sub(_strict, text.translate(_CURLY))


def _strict(match: re.Match[str]) -> str:
    kind, found = match.lastgroup, match[match.lastgroup or 0]
    if kind == "single":
        found = found.replace("\\'", "'").replace('"', '\\"')
        return f'"{found}"'
    if kind == "name":
        return _NAMES[found]
    if kind == "key":
        return f'"{found}"'
    if kind == "round":
        return "[" if found == "(" else "]"
    return found if kind == "double" else " " * (kind == "space")


def _strict_values(text: str) -> tuple[list[tuple[Any, int, int]], int]:
    """The values that are strict JSON, and how many places looked like one and were none."""
    found: list[tuple[Any, int, int]] = []
    place = failures = line = counted = 0
    while failures < MAX_TRIES and (match := _START.search(text, place)):
        start = match.start()
        value, place = _value(text, start)
        if place == start:
            failures += 1
            place += 1
        else:
            first = line + text.count("\n", counted, start)
            line = first + text.count("\n", start, place)
            counted = place
            found.append((value, first, line))
    return found, failures


def _value(text: str, start: int) -> tuple[Any, int]:
    """The value that starts there and where it ends; (None, start) where there is none."""
    try:
        return _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None, start
