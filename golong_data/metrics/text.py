"""Text as it is compared: one form for what Unicode can write in several.

Unicode normalisation takes quadratic time over a run of combining marks, so such runs are cut
to `_MAX_MARKS` first (the Stream-Safe Text Format of Unicode Standard Annex #15).
"""

from __future__ import annotations

import re
import unicodedata

INVISIBLE = "".join(
    chr(code)
    for first, last in (
        *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x180E, 0x180E)),
        *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x206F)),
        *((0xFE0E, 0xFE0F), (0xFEFF, 0xFEFF)),
    )
    for code in range(first, last + 1)
)
"""Soft hyphens, zero-width spaces and joiners, marks of direction, variation selectors, byte
order marks."""
_MAX_MARKS = 30
_SUPERSCRIPT = re.compile(r"(?<=[0-9)}])[⁰¹²³⁴-⁹⁺⁻]+")
_VULGAR = re.compile(r"[¼-¾⅐-⅞]")


def visible(text: str) -> str:
    """`text` without characters that nobody sees.

    >>> visible("mon\u200bey")
    'money'
    """
    if text.isascii():
        return text
    # So many searches for one character are faster than one for a set of them.
    for character in INVISIBLE:
        if character in text:
            text = text.replace(character, "")
    return text


def fold(text: str) -> str:
    """`text` in Unicode form NFKC, with powers and vulgar fractions kept readable.

    NFKC alone would turn 10⁶ into 106 and 3½ into 31⁄2; here they become 10^6 and 3 1/2.
    """
    if text.isascii():
        return text
    if len(text) > _MAX_MARKS:
        text = _cut_marks(text)
    text = _SUPERSCRIPT.sub(lambda m: "^" + unicodedata.normalize("NFKC", m.group()), text)
    text = _VULGAR.sub(lambda m: " " + unicodedata.normalize("NFKC", m.group()), text)
    return unicodedata.normalize("NFKC", text).replace("\u2044", "/")


def _cut_marks(text: str) -> str:
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= _MAX_MARKS:
            kept.append(char)
    return "".join(kept)
