"""Sentences of real text with their places: English, Chinese, or both mixed.

A sentence ends at a full stop, question or exclamation mark that is followed by white space
and a capital (or by anything in Chinese), but not behind an abbreviation or an initial.
Line breaks inside a paragraph are part of a sentence; a blank line ends one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from golong_data.scripts import CJK

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st gen sen rep gov col lt capt sgt rev hon "
    "ed eds al etc vs cf ca approx est e.g i.e u.s u.k u.n inc ltd co corp jr sr dept "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_NUMBERED = frozenset("no nos vol fig figs eq eqs sec ch p pp art".split())
"""Abbreviations only where a number follows."""
_STOP = re.compile(r"[.!?][\"'”’)\]]*(?=\s)|[。！？][”’」』）]*|\n[ \t]*\n")
_WORD = re.compile(r"[\w.]+$")
_PLAIN = re.compile(r"[^\[\]{}|<>\\_=*#`~^\n]+")
_CJK = re.compile(f"[{CJK}]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands in its document."""

    start: int
    end: int
    text: str


def sentences(text: str) -> list[Sentence]:
    """All sentences in order, headings and other scraps included."""
    found: list[Sentence] = []
    start = 0
    for stop in _STOP.finditer(text):
        if stop[0].startswith(".") and not _ends(text, start, stop):
            continue
        _add(found, text, start, stop.end())
        start = stop.end()
    _add(found, text, start, len(text))
    return found


def gap_after(sentence: str) -> str:
    """What parts a sentence from the next one: a space, or nothing behind a Chinese one."""
    last = sentence.rstrip("\"'”’」』）)]")[-1:]
    return "" if last in "。！？" or _CJK.match(last) else " "


def joined(texts: Sequence[str]) -> str:
    """Sentences one behind the other, whatever language each is in."""
    return "".join(text + gap_after(text) for text in texts[:-1]) + "".join(texts[-1:])


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence."""
    after = text[stop.end() : stop.end() + 4].lstrip()[:1]
    if stop[0] == ".":
        word = _WORD.search(text, max(start, stop.start() - 24), stop.start())
        last = word[0].casefold() if word else ""
        if last in _NUMBERED:
            return not after.isdigit()
        if last in _ABBREVIATIONS or (len(last) == 1 and last.isalpha()):
            return False
    return not after or not after.islower()


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    stripped = piece.strip()
    if stripped:
        begin = start + len(piece) - len(piece.lstrip())
        found.append(Sentence(begin, begin + len(stripped), stripped))


def quotable(sentence: Sentence, *, shortest: int = 40, longest: int = 300) -> bool:
    """Whether a sentence is whole, in one line and in plain words: fit to be quoted.

    `shortest` and `longest` are characters of English; a third of them in Chinese.
    """
    text = sentence.text
    chinese = bool(_CJK.search(text))
    scale = 3 if chinese else 1
    if not shortest // scale <= len(text) <= longest // scale or not _PLAIN.fullmatch(text):
        return False
    if text.count('"') % 2 or text.count("“") != text.count("”"):
        return False
    if chinese:
        return text[-1] in "。！？”」" and sum(map(len, _CJK.findall(text))) * 2 > len(text)
    if not (text[0].isupper() or text[0] in '"“') or text.rstrip('"”’)')[-1:] not in ".!?":
        return False
    letters = sum(c.isalpha() or c == " " for c in text)
    return letters >= 0.8 * len(text) and text.count(" ") >= 5
