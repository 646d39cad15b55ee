"""The Chinese words that jieba's own list knows, read as a file: importing jieba is slow."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path


def entries() -> Iterator[tuple[str, int, str]]:
    """(word, times that it was counted, part of speech); none where jieba is not installed."""
    spec = importlib.util.find_spec("jieba")
    if spec is not None and spec.submodule_search_locations:
        text = Path(spec.submodule_search_locations[0], "dict.txt").read_text(encoding="utf-8")
        for line in text.splitlines():
            word, times, tag = line.split(" ")
            yield word, int(times), tag
