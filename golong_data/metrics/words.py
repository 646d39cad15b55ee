"""Words of a text, in English and Chinese: what ROUGE counts.

Chinese is written without spaces, so its words come from jieba's dictionary. It is loaded at
the first Chinese text and takes about a second; a tokenizer of our own is used, so that words
that somebody else adds to jieba's global one change no score, and no cache file in a shared
folder is read or written.
"""

from __future__ import annotations

import importlib
import re
import threading
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from golong_data.metrics.text import fold

_WORD = re.compile(r"[^\W_]+")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_SAMPLE = 2000

_lock = threading.Lock()
_tokenizer: Any = None


def is_chinese(text: str, language: str = "") -> bool:
    """Whether a text is to be cut into Chinese words.

    `language` decides where it is given: "Chinese", "zh" and its kin ("zh-CN") say yes, any
    other name no. Else the text does: at least as many ideographs as other words.

    >>> is_chinese("侦探找到了项链"), is_chinese("the necklace"), is_chinese("necklace", "zh")
    (True, False, True)
    """
    if language:
        return language.lower().startswith(("chinese", "zh", "中文"))
    if text.isascii():
        return False
    sample = text[:_SAMPLE]
    ideographs = len(_HAN.findall(sample))
    return ideographs > 0 and ideographs >= len(_WORD.findall(_HAN.sub(" ", sample)))


def words(text: str, chinese: bool = False) -> list[str]:
    """Runs of letters and digits, without case or compatibility forms; or Chinese words.

    >>> words("The Detective's ﬁnd, 2nd.")
    ['the', 'detective', 's', 'find', '2nd']
    """
    text = fold(text).casefold()
    if not chinese:
        return _WORD.findall(text)
    return [word for word in segment(text) if _WORD.search(word)]


def segment(text: str) -> list[str]:
    """`text` in pieces as jieba cuts it, in its default mode; spaces are pieces too."""
    cut: list[str] = list(_jieba().cut(text))
    return cut


def _jieba() -> Any:
    global _tokenizer
    if _tokenizer is None:
        with _lock:
            if _tokenizer is None:
                _tokenizer = _load()
    return _tokenizer


def _load() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its escapes and pkg_resources are old-fashioned
        jieba = importlib.import_module("jieba")
    tokenizer = jieba.Tokenizer()
    # What its `initialize` does, less the marshalled cache in the folder for temporary files.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


def bit_masks(sequence: Sequence[str]) -> dict[str, int]:
    """For each word of a sequence an integer with bit p set where it is the word at place p."""
    masks: dict[str, int] = {}
    for place, word in enumerate(sequence):
        masks[word] = masks.get(word, 0) | 1 << place
    return masks


def lcs_length(masks: Mapping[str, int], size: int, sequence: Sequence[str]) -> int:
    """Length of the longest common subsequence of `size` words, given as `bit_masks`, and others.

    One bit a word of the one, one addition a word of the other (Crochemore et al., Information
    Processing Letters 80, 2001): 0.3 ms for 1,000 against 1,000 words, no recursion, no table.

    >>> lcs_length(bit_masks("a b c d".split()), 4, "b x d a".split())
    2
    """
    everything = row = (1 << size) - 1
    for mask in [masks[word] for word in sequence if word in masks]:
        taken = row & mask
        row = (row + taken) | (row - taken)  # a carry beyond the last bit does no harm
    return size - (row & everything).bit_count()
