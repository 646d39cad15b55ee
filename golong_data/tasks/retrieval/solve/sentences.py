"""Sentences of a line, for questions that count them."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"\S.*?(?:[.!?]+[\"”’)\]]*(?=\s|$)|[。！？]+[”’」』）]*)")


def split(line: str) -> list[str]:
    """The sentences of a line: each up to a mark that ends one before a space, or a Chinese one."""
    return _SENTENCE.findall(line)
