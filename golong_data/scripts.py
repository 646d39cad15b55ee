"""Scripts: what tells text in Chinese characters from text in Latin letters, and month names."""

from __future__ import annotations

import re

CJK = "\u4e00-\u9fff"
"""Range of the common Chinese characters, for classes of patterns: rf"[{CJK}]"."""

MONTHS: tuple[str, ...] = tuple(
    "January February March April May June July August September October November December".split()
)
"""English month names."""

_CHINESE = re.compile(f"[{CJK}]")


def has_chinese(text: str) -> bool:
    """Whether a text holds a Chinese character."""
    return _CHINESE.search(text) is not None


def is_chinese(text: str) -> bool:
    """Whether a text, such as a word or a number, begins with a Chinese character."""
    return "\u4e00" <= text[:1] <= "\u9fff"
