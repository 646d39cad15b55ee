r"""Takes the dress of TeX, HTML and typography off a text: what is left are plain lines.

An answer may be written for a renderer: ``\text{Oslo}``, ``<li>Oslo</li>``, ``Oslo \\``. Here
breaks and items become lines of their own, braces and tags go, and characters that nobody
sees are dropped. A row of an HTML table becomes one of Markdown. Elements of a gold pass
through the same, so that nothing depends on which side writes how.

Nothing here raises, and every function is linear in the length of the text.
"""

from __future__ import annotations

import html
import re

from golong_data.metrics.placeholders import filled
from golong_data.metrics.text import visible

_SIGN = "\u20e3\u2460-\u2473\u2776-\u277f\u2780-\u2793\u24f5-\u24fe"
_SIGNS = re.compile(f"[{_SIGN}](?![{_SIGN}])")
_CIRCLED = {
    chr(ord(first) + n): f"({n + 1}) "
    for first, size in zip("①❶➀➊⓵", (20, 10, 10, 10, 10), strict=True)
    for n in range(size)
} | {"\u20e3": ". "}

_TEX_BREAK = re.compile(
    r"\\\\(?![a-zA-Z]{1,20}\s?\{)[^\S\n]{0,8}\n?|\\(?:newline|cr|item|par)\b[^\S\n]{0,8}"
)
_TEX_FRAME = re.compile(
    r"\\{1,2}(?:begin|end)\s?\{[a-zA-Z*]{1,20}\}(?:\[[^\]\n]{0,40}\]|\{[lcr|]{1,20}\})?"
)
_TEX_FONT = re.compile(
    r"\\{1,2}(?:text[a-z]{0,8}|math[a-z]{1,8}|mbox|emph|operatorname|underline|boxed)\s?"
    r"\{([^{}\\]{0,2000}(?:\\[^a-zA-Z][^{}\\]{0,2000}){0,100})\}"
)
_TEX_NAMED = re.compile(
    r"\\(?:(?P<arrow>(?:long)?rightarrow|to|Rightarrow|implies)|(?P<above>succ|gt)"
    r"|(?P<none>emptyset|varnothing)|(?P<gone>left|right|displaystyle|quad|qquad))(?![a-zA-Z])"
)
_TEX_NAMES = {"arrow": " → ", "above": " > ", "none": "∅", "gone": " "}
_TEX_CHARACTER = re.compile(r"\\([{}%$&#_,;:! ()\[\]])")
_TEX_SPACES = ",;:! "
_MATH = re.compile(r"(?<![\w$\\])\$(?=\S)([^$\n]{1,300}?)(?<=\S)\$(?![\w$])")

_TAG = re.compile(
    r"<(?:(?P<cell>/?t[dh])|(?P<line>/?(?:br|ul|ol|li|p|div|tr|table|tbody|thead|dl|dt|dd|h[1-6]))"
    r"|/?(?:b|strong|i|em|u|s|code|span|mark|sup|sub|small|a|font|kbd|tt))"
    r"(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
_HEADER_CELL = re.compile(r"<th(?:\s[^<>]{0,200})?>[^<]{0,200}</th>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\([^()\s]{1,300}\)")
_BREAKS = re.compile(r"\s*\0[\s\0]*")
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,6}|#x[0-9a-fA-F]{1,6});")


def plain(text: str) -> str:
    r"""`text` without invisible characters, TeX and HTML.

    >>> plain(r"\text{Oslo}, \textbf{Bergen} \\ $5.5\%$"), plain("<li>Oslo</li><li>Lima</li>")
    ('Oslo, Bergen \n5.5%', '\n- Oslo\n- Lima\n')
    """
    if not text.isascii():
        text = visible(text)
        text = _SIGNS.sub(lambda match: _CIRCLED[match[0]], text)
    text = filled(text)
    if "<" in text and _TAG.search(text):
        text = _HEADER_CELL.sub("", text.replace("\0", ""))
        text = _BREAKS.sub("\n", _TAG.sub(_instead, text))
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    if "\\" in text:
        text = _without_tex(text)
    if "$" in text:
        text = _MATH.sub(r"\1", text)
    return text


def _instead(tag: re.Match[str]) -> str:
    if tag["cell"]:
        return "|" if tag["cell"][0] != "/" else ""
    if not tag["line"]:
        return ""
    return "\0- " if tag["line"].lower() == "li" else "\0"


def _without_tex(text: str) -> str:
    text = _TEX_FRAME.sub("\n", text)
    for _ in range(3):  # as deep as fonts are nested
        text, n = _TEX_FONT.subn(r"\1", text)
        if not n:
            break
    text = _TEX_BREAK.sub("\n", text)
    text = _TEX_NAMED.sub(lambda match: _TEX_NAMES[str(match.lastgroup)], text)
    return _TEX_CHARACTER.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    char = match[1]
    if char in "()[]":
        return ""  # delimiters of formulas
    return " " if char in _TEX_SPACES else char
