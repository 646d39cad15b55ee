"""ROUGE-L of a summary: the F-measure of the longest common subsequence of words.

F = 2PR / (P + R) with P = LCS / (words of the answer), R = LCS / (words of the reference)
(Lin, 2004, at sentence level and beta 1: what `rougeL` of Google's rouge-score is). Of several
references the best one counts. Words are runs of letters and digits without case, in Chinese
those of jieba (see `words`); the language is that of the reference unless `language` says.

The summary is what follows the last marker, or all that follows the thinking. The published
code scores the thinking and the marker as well, counts every distinct word once, whatever
its order in other sentences, and gives up (0) where its recursion gets too deep.

Cheats. The reference twenty times over has P = 1/20; the whole context has P near 0; words
in the thinking do not count.

Cost is linear in the answer for a given reference. Cutting Chinese into words takes 3
microseconds a character, so there an answer is read up to `REACH` times the reference and
1,000 characters more; what follows counts as words of one character that match nothing. That
takes a share of a score that is below 0.25 anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from golong_data.metrics.answer import after_marker, last_boxed
from golong_data.metrics.elements import Gold
from golong_data.metrics.thinking import without_thinking
from golong_data.metrics.words import bit_masks, is_chinese, lcs_length, words

REACH = 8


def rouge_l(text: str, gold: Gold, *, language: str = "") -> float:
    """ROUGE-L F1 of the answer against the reference, or the best of several references.

    >>> rouge_l("[Answer] The necklace is found.", "the necklace was found")
    0.75
    """
    summary = _summary(text)
    references = (gold,) if isinstance(gold, str) else tuple(map(str, gold))
    if not summary:
        return 0.0
    return max((_f_measure(summary, reference, language) for reference in references), default=0.0)


def _f_measure(summary: str, reference: str, language: str) -> float:
    masks, size, chinese = _reference(reference, language)
    if not size:
        return 0.0
    reach = REACH * len(reference) + 1000 if chinese else len(summary)
    found = words(summary[:reach], chinese)
    beyond = sum(map(len, summary[reach:].split()))
    return 2 * lcs_length(masks, size, found) / (size + len(found) + beyond)


@lru_cache(maxsize=256)
def _reference(text: str, language: str) -> tuple[Mapping[str, int], int, bool]:
    """The words of a reference as `bit_masks`, their number, and whether they are Chinese."""
    chinese = is_chinese(text, language)
    wanted = words(text, chinese)
    return bit_masks(wanted), len(wanted), chinese


def _summary(text: str) -> str:
    rest = without_thinking(text)
    if rest is None:
        return ""
    marked = after_marker(rest)
    summary = (rest if marked is None else marked).strip()
    if summary.endswith("}") and summary.lstrip("\\").startswith("boxed"):
        return last_boxed(summary) or summary
    return summary
