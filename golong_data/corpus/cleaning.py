"""Makes text safe to stitch: one idea of white space, one spelling, no special tokens.

Exact lengths rest on Python and every tokenizer agreeing on what a line and a blank are,
and a prompt's roles rest on no document spelling a special token. So text is brought to
NFC with plain newlines, invisible characters go, and `<|im_end|>` becomes `‹|im_end|›`:
visible to a reader, the same length, and recorded so that `restore` gives it back.

`clean` is idempotent. Each repair is guarded by a substring or character-class search, so
clean text costs a few passes at memory speed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

LONG_LINE = 4000
"""Prose lines with more characters than this are broken after sentence ends."""
SHORTEST_PIECE = 200
"""A broken line's pieces have at least this many characters, the last one excepted."""

_LINE_BREAKS = "\r\v\f\x85\u2028"
_DROPPED = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
)
FORBIDDEN = re.compile(f"[{_LINE_BREAKS}\x1c-\x1f\u2029{_DROPPED}\ud800-\udfff]")
"""No character of cleaned text matches. Joiners (U+200C, U+200D) stay: scripts and emoji
need them, and nobody takes them for white space."""

_TABLE: dict[int, str | None] = {ord(c): "\n" for c in _LINE_BREAKS}
_TABLE |= dict.fromkeys(range(28, 32), " ")
_TABLE |= {0x2029: "\n\n"}
_TABLE |= dict.fromkeys(range(55296, 57344), "�")
_TABLE |= {
    c: None
    for first, last in re.findall(r"(.)(?:-(.))?", _DROPPED, re.DOTALL)
    for c in range(ord(first), ord(last or first) + 1)
}
_ASCII_FORBIDDEN = bytes(c for c in range(128) if FORBIDDEN.match(chr(c)))

_ANGLED = (
    r"/?(?:s|bos|eos|pad|unk|mask|cls|sep|sop|eop|think|tool_call|tool_response|tools?|"
    r"tool_calls|function_calls?|arg_key|arg_value|start_of_turn|end_of_turn|"
    r"start_of_image|end_of_image|image_soft_token|image|video|audio|"
    r"fim_(?:prefix|middle|suffix|pad)|file_sep|repo_name|reponame|filename|gh_stars|"
    r"issue_(?:start|comment|closed)|jupyter_(?:start|text|code|output|script)|"
    r"empty_output|commit_(?:before|msg|after)|endoftext|end_of_utterance|"
    r"global-img|minimax:tool_call|begin_of_box|end_of_box|"
    r"(?:unused|extra_id_|reserved_|special_)\d+|eot|eom|eod|seed:[a-z_]+)"
)
_SQUARE = (
    r"/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|TOOL_CONTENT|"
    r"TOOL_CALL|CALL_ID|ARGS|THINK|IMG|IMG_BREAK|IMG_END|AUDIO|BEGIN_AUDIO|"
    r"PREFIX|MIDDLE|SUFFIX|REF|CLS|SEP|PAD|MASK|UNK|BOS|EOS|gMASK|sMASK|control_\d+)"
)
_ANGLE = re.compile(rf"<(?:\|[^<>\n]{{0,80}}?\|>|｜[^<>\n]{{0,80}}?｜>|{_ANGLED}>|</?SYS>>)")
_BRACKET = re.compile(rf"\[{_SQUARE}\]")
_SENTENCE_END = re.compile(
    r"(?:[。！？…]+[」』”’"
    r'"）)]*|[.!?]+["”’)\]]*(?=[^\S\n]))[^\S\n]*(?=\S)'
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Cleaned text and what was done to it."""

    text: str
    neutralised: tuple[tuple[int, str], ...] = ()
    """(offset in `text`, original spelling) of each special token."""
    broken_lines: int = 0
    """How many over-long lines were broken."""


def clean(text: str, *, break_lines: bool = True) -> Cleaned:
    """Text that starts and ends with a visible character, or is empty.

    `break_lines` is for prose; a line of a table is a row and stays whole.
    """
    text = _characters(text)
    text = _blank_lines(text).strip()
    broken = 0
    if break_lines and len(text) > LONG_LINE:
        text, broken = _break_long_lines(text)
    text, found = _neutralise(text)
    return Cleaned(text, found, broken)


def inline(text: str) -> str:
    """The same for a title: one line, single spaces, nothing recorded."""
    return _neutralise(" ".join(_characters(text).split()))[0]


def restore(text: str, meta: Mapping[str, Any]) -> str:
    """Cleaned text with the special tokens that were neutralised put back."""
    parts, at = [], 0
    for offset, original in meta.get("neutralised", ()):
        parts += [text[at:offset], original]
        at = offset + len(original)
    return "".join([*parts, text[at:]])


def _characters(text: str) -> str:
    if text.isascii():
        data = text.encode()
        if len(data.translate(None, _ASCII_FORBIDDEN)) == len(data):
            return text
        return text.replace("\r\n", "\n").translate(_TABLE)
    found = _judgements(text)
    if found & _IS_FORBIDDEN:
        text = text.replace("\r\n", "\n").translate(_TABLE)
    if found & _MAY_COMPOSE:
        text = unicodedata.normalize("NFC", text)
    return text


def _judgements(text: str) -> int:
    """All flags of all characters of a text."""
    codes = _codes(text)
    basic = codes < _BASIC
    found = _known[codes[basic]]
    unknown = codes[basic][found == _UNKNOWN]
    if unknown.size:
        # Characters met for the first time in this process.
        for code in np.unique(unknown).tolist():
            _known[code] = _flags(chr(code))
        found = _known[codes[basic]]
    flags = int(np.bitwise_or.reduce(found, initial=0))
    if not basic.all():
        for code in np.unique(codes[~basic]).tolist():
            flags |= _flags(chr(code))
    return flags


def _codes(text: str) -> NDArray[np.uint8] | NDArray[np.uint32]:
    """The code points of a text, a byte each where it is ASCII."""
    if text.isascii():
        return np.frombuffer(text.encode(), dtype=np.uint8)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


@lru_cache(maxsize=1 << 12)
def _flags(character: str) -> int:
    """NFC may change a text that holds a character which is not normal itself, or a mark or
    a Korean letter, which may join the character before it."""
    composes = (
        unicodedata.category(character)[0] == "M"
        or "\u1160" <= character <= "\u11ff"
        or not unicodedata.is_normalized("NFC", character)
    )
    forbidden = FORBIDDEN.match(character) is not None
    return _IS_FORBIDDEN * forbidden | _MAY_COMPOSE * composes


_IS_FORBIDDEN, _MAY_COMPOSE = 1, 2
_BASIC = 1 << 16
_UNKNOWN = 255
_known = np.full(_BASIC, _UNKNOWN, dtype=np.uint8)


def _blank_lines(text: str) -> str:
    """No white space before a newline, and never more than two blank lines."""
    if _has_blank_before_newline(text):
        text = "\n".join(map(str.rstrip, text.split("\n")))
    while "\n\n\n\n" in text:
        text = _MANY_LINES.sub("\n\n\n", text)
    return text


def _has_blank_before_newline(text: str) -> bool:
    codes = _codes(text)
    newlines = np.flatnonzero(codes == 10)
    return (
        bool(_BLANK_BASIC[codes[newlines - 1].astype(np.uint16)].any()) if newlines.size else False
    )


_MANY_LINES = re.compile(r"\n{4,}")
_BLANK_BASIC = np.zeros(_BASIC, dtype=bool)
_BLANK_BASIC[[c for c in range(0x3001) if chr(c).isspace() and c != 10]] = True
"""Per character below 2**16: white space other than a newline. Above there is none, and a
false alarm from the low bits of a rarer character only costs a pass."""


def _break_long_lines(text: str) -> tuple[str, int]:
    if not _has_long_line(text):
        return text, 0
    lines = text.split("\n")
    broken = 0
    for i, line in enumerate(lines):
        if len(line) > LONG_LINE:
            lines[i] = _break_line(line)
            broken += lines[i] != line
    return ("\n".join(lines), broken) if broken else (text, 0)


def _has_long_line(text: str) -> bool:
    """Whether some line is too long, by hops of one line length instead of every line."""
    start = 0
    while len(text) - start > LONG_LINE:
        cut = text.rfind("\n", start, start + LONG_LINE + 1)
        if cut < 0:
            return True
        start = cut + 1
    return False


def _break_line(line: str) -> str:
    pieces, start = [], 0
    for match in _SENTENCE_END.finditer(line):
        if match.end() - start >= SHORTEST_PIECE:
            pieces.append(line[start : match.end()].rstrip())
            start = match.end()
    return "\n".join([*pieces, line[start:]])


def _neutralise(text: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    found: list[tuple[int, str]] = []
    if "<" in text:
        text = _swap(text, _ANGLE, "‹›", found)
    if "[" in text:
        text = _swap(text, _BRACKET, "⁅⁆", found)
    return text, tuple(sorted(found))


def _swap(text: str, pattern: re.Pattern[str], marks: str, found: list[tuple[int, str]]) -> str:
    """Replaces the outer brackets of each match by same-length look-alikes."""
    parts, at = [], 0
    for match in pattern.finditer(text):
        original = match[0]
        found.append((match.start(), original))
        parts += [text[at : match.start()], marks[0], original[1:-1], marks[1]]
        at = match.end()
    return "".join([*parts, text[at:]]) if found else text
