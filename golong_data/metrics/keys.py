"""Keys: what two elements have in common where they are the same.

Compatibility forms, case, wide characters, quotes and brackets around, periods or commas
behind, spaces beside Chinese characters and the brackets of a call without arguments do not
matter, all else does. "Part 1" is not "Part 12", "10" is not in "2010".
"""

from __future__ import annotations

import re

_QUOTES = str.maketrans("‘’‚‛“”„‟«»「」『』", '\'\'\'\'""""""""""')
_WRAPS = {"[": "]", "【": "】", "《": "》", "〈": "〉", '"': '"', "'": "'", "`": "`", "*": "*"}
_HAN_SPACE = re.compile(r"(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])")
_PERCENT = re.compile(r"(?<=\d) (?=[%‰])")
_NUMBER = re.compile(
    r"(?<!\S)([+-]?)((?:[1-9]\d{0,2}(?:,\d{3})+)|[1-9]\d*|0)(?:\.(\d*?)0*)?(%?)(?!\S)"
)

_RESPELT = frozenset(",.+-%\u2212")
"""What a number may hold that is written in more than one way."""


def line_key(line: str) -> str:
    """The key of a line that is normalised already, brackets and spaces as they stand."""
    text = line.casefold()
    if not text.isascii():
        text = text.translate(_QUOTES)
    if text[:1].isalnum() and text[-1:].isalnum():
        return text
    for _ in range(2):  # "Oslo." as well as "Oslo".
        text = text.rstrip(" .。,;").strip(" \"'")
    return text or line


def element_key(text: str) -> str:
    """The key of an element that is normalised already.

    >>> element_key("[Document 7]."), element_key("《文档 7》"), element_key("abc.run()")
    ('document 7', '文档7', 'abc.run')
    """
    key = line_key(text)
    if key.isascii() and key[:1].isalnum() and key[-1:].isalnum():
        return key
    for _ in range(3):
        shorter = key.rstrip(" .。,;:").removesuffix("()")
        close = _WRAPS.get(shorter[:1])
        inner = shorter[1:-1]
        if close and shorter[-1:] == close and inner and close not in inner:
            shorter = inner.strip()
        if shorter == key or not shorter:
            break
        key = shorter
    if not key.isascii():
        key = _HAN_SPACE.sub("", key)
    return key or text


def by_value(key: str) -> str:
    """A key with its numbers in one form: 1,200.50 as 1200.5, −2.0 % as -2%.

    >>> by_value("sports 25.00 %"), by_value("007")
    ('sports 25%', '007')
    """
    if _RESPELT.isdisjoint(key):
        return key
    if not key.isascii():
        key = key.replace("\u2212", "-")
    if " %" in key:
        key = _PERCENT.sub("", key)
    return _NUMBER.sub(_plain_number, key)


def _plain_number(match: re.Match[str]) -> str:
    sign, whole, part, percent = match.groups()
    sign = "-" if sign == "-" and (whole != "0" or part) else ""
    return sign + whole.replace(",", "") + (f".{part}" if part else "") + percent
