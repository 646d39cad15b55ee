"""Lays the stretch of an answer out in clean lines: bullets, bold, wide forms and remarks go.

Nothing here raises, and every function is linear in the length of the text: patterns hold only
bounded repetitions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from golong_data.metrics.text import fold

_BOLD = re.compile(r"(?<![\w)])\*\*|\*\*(?![\w(])")
_EMPHASIS = re.compile(r"_[^_.]+_|__(?![a-z\d]+__)[^_.]+__")  # no "_a.__exit__", no "__init__"
_BULLETS = "-*+•·‣▪–—"
BULLET = re.compile(rf"^[{_BULLETS}][ ]+(?=\S)")
_NUMBER_STARTS = "(0123456789"
_NUMBERED = re.compile(
    r"^(?:\d{1,3}[.)](?:[ ]+(?=\S)|(?=[^\W\d_]))|\(\d{1,3}\)[ ]*(?=\S)|\d{1,3}、[ ]*(?=\S))"
)
_FENCE = re.compile(r"`{3,}\w*")

_REASON = re.compile(r"[,;]?\s\(?(?:because|since|as|given)\s")
_REMARK = re.compile(r"[,;]\s|\s\(|\s[-–—]\s")
_HEDGE = re.compile(r"\d|\b(?:or|and)\b|或|和")


def normalise_line(line: str) -> str:
    """One line without list bullet or number, bold, code ticks, wide forms, extra spaces.

    A minus sign stays: a bullet is a mark followed by a space.

    >>> normalise_line("- （1）**Ｏｓｌｏ**")
    'Oslo'
    """
    return _clean(line).bare


def without_remark(line: str) -> str:
    """`line` without a remark at its end, unless that names a number or an alternative.

    >>> without_remark("Oslo (as the report says)"), without_remark("Oslo (or Bergen)")
    ('Oslo', 'Oslo (or Bergen)')
    """
    remark = _REASON.search(line) or _REMARK.search(line)
    if remark and (remark.re is _REASON or not _HEDGE.search(line, remark.end())):
        return line[: remark.start()]
    return line


def is_sentence(line: str) -> bool:
    """Whether a line reads as a remark and not as an element: see `layout`."""
    if line[-1:] not in tuple(".!?:。！？："):
        return False
    ideographs = sum("\u4e00" <= char <= "\u9fff" for char in line)
    return len(line.split()) >= 4 or ideographs >= 10


class Line(NamedTuple):
    text: str
    """Clean, its bullet or number kept."""
    bare: str
    """The same without it."""


def _clean(line: str) -> Line:
    text = undress(fold(line))
    bare = text
    if text[:1] in _BULLETS:
        bare = BULLET.sub("", text)
    if bare[:1] in _NUMBER_STARTS:
        bare = _NUMBERED.sub("", bare)
    return Line(text, text if bare is text else undress(bare))


def undress(text: str) -> str:
    """`text` without bold, code ticks and emphasis around it, and with single spaces."""
    if "**" in text:
        text = _BOLD.sub("", text)
    text = " ".join(text.split())
    if text[-1:] in ("`", "*", "_"):
        for mark in "`*_":
            if mark == "_" and not _EMPHASIS.fullmatch(text):
                continue
            if len(text) > 2 and text[0] == text[-1] == mark:
                text = text.strip(mark).strip()
    return text


def blocks(text: str) -> Iterator[list[Line]]:
    """Runs of lines between blank ones; fences of code are passed over."""
    block: list[Line] = []
    for raw in text.split("\n"):
        if "```" in raw and _FENCE.fullmatch(raw.strip()):
            continue
        line = _clean(raw)
        if line.bare:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block
