"""Reads lists as programs write them: JSON, Python's literals, and {a, b} without quotes.

One tolerant reader instead of one a notation: brackets of either kind hold values between
commas, a value is a string in either quotes, a bare stretch of text, or a bracket; a quoted
string before a colon is a key. A line ends a bare stretch. Trailing commas are nothing.

A text of n characters is read in O(n), without recursion, and nothing raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from golong_data.metrics.wording import is_number

_SPACE = re.compile(r"\s*")
_MARK = re.compile(r"[\[\]{},]")
_DOUBLE = re.compile(r'"((?:[^"\\]|\\.)*)"(?=\s*[,:\]}])', re.DOTALL)
_SINGLE = re.compile(r"'((?:[^'\\]|\\.|'(?!\s*[,:\]}]))*)'(?=\s*[,:\]}])", re.DOTALL)
_COLON = re.compile(r"\s*:")
_BARE = re.compile(r"(?:[^\[\]{},(\n]|\([^()\n]{0,300}\)|\()+")
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|(.))", re.DOTALL)
_ESCAPED = {"n": " ", "t": " ", "r": " "}

_DEPTH = 50


@dataclass(slots=True)
class Node:
    """A bracket: `[...]`, or `{...}` with a key to each value that has one."""

    values: list[str | Node] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)


def read(text: str, start: int = 0) -> tuple[Node, int] | None:
    """The bracket that opens at `start`, and where it ends.

    None where it is never closed, or nests too deep.

    >>> node, end = read("['Oslo', \\"Lima\\", New York,]. So")
    >>> node.values, end
    (['Oslo', 'Lima', 'New York'], 27)
    """
    root = Node()
    stack = [root]
    key: str | None = None
    quotes = {'"': _DOUBLE, "'": _SINGLE}
    at = start
    while at < len(text):
        at = _skip(text, at)
        char = text[at : at + 1]
        if char in ("[", "{"):
            if len(stack) > _DEPTH:
                return None
            node = Node()
            stack[-1].values.append(node)
            stack[-1].keys.append(key)
            stack.append(node)
            key, at = None, at + 1
        elif char in ("]", "}"):
            stack.pop()
            key, at = None, at + 1
            if len(stack) == 1:
                opened = root.values[0]
                return (opened, at) if isinstance(opened, Node) else None
        elif char == ",":
            key, at = None, at + 1
        else:
            value, at, quoted = _value(text, at, quotes)
            colon = _COLON.match(text, at) if quoted else None
            if colon:
                key, at = value, colon.end()
            elif value:
                stack[-1].values.append(value)
                stack[-1].keys.append(key)
                key = None
            elif not quoted:
                return None  # a blank line, or the end
    return None


def _value(text: str, at: int, quotes: dict[str, re.Pattern[str]]) -> tuple[str, int, bool]:
    """A string or a bare stretch that starts here, its end, and whether it was quoted."""
    pattern = quotes.get(text[at : at + 1])
    match = pattern.match(text, at) if pattern else None
    if match:
        return _unescape(match[1]), match.end(), True
    if pattern is _SINGLE:
        del quotes["'"]  # no later one is closed either: to look again would take O(n) each
    match = _BARE.match(text, at)
    return (match[0].strip(), match.end(), False) if match else ("", at, False)


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(
        lambda match: chr(int(match[1], 16)) if match[1] else _ESCAPED.get(match[2], match[2]),
        text,
    )


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def rows(node: Node) -> list[tuple[str, ...]]:
    """What a bracket lists: each element with what stands beside it.

    An object of several keys is a label with a value each; a list of objects, or of lists, is
    a table whose rows they are. What lies deeper is taken as if it lay here.

    >>> rows(read('{"shares": {"Sports": "25%"}}')[0]), rows(read('[{"name": "Oslo"}]')[0])
    ([('Sports', '25%')], [('Oslo',)])
    """
    while len(node.values) == 1 and isinstance(inner := node.values[0], Node):
        if _is_row(inner) and (any(inner.keys) or (not any(node.keys) and len(inner.values) == 2)):
            break
        node = inner
    found: list[tuple[str, ...]] = []
    waiting: list[tuple[str | None, str | Node]] = list(zip(node.keys, node.values, strict=True))[
        ::-1
    ]
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, str):
            sole = len(node.values) == 1 and key is not None and not is_number(value)
            found.append((value,) if key is None or sole else (key, value))
        elif _is_row(value) and key is None:
            found.append(tuple(map(str, value.values)))
        else:
            waiting += list(zip(value.keys, value.values, strict=True))[::-1]
    return found


def _is_row(node: Node) -> bool:
    """Whether a bracket inside another is one element with its columns."""
    return len(node.values) > 0 and all(isinstance(value, str) for value in node.values)
