"""ROUGE-L of a summary: the F-measure of the longest common subsequence of words, with content.

    F(a, r) = 2 LCS(a, r) / (words of a + words of r)
    score = min(F(answer, reference), 3/2 F(their content words))

F is ROUGE-L at sentence level with beta 1 (Lin, 2004), what `rougeL` of Google's rouge-score
is. Words are runs of letters and digits without case, in Chinese those of jieba (see
`words`); the language is that of the reference unless `language` says. Of several references
the best one counts. Content words are all but `words.FUNCTION_WORDS`; where a reference has
none, F alone is the score.

The bound is ours. Half of a text's words are function words in much the same order whatever
it says, so F pays for them by themselves. With it they lend at most half as much again as
content earns. It never binds where content words are met at two thirds of F or more, as in a
summary that says what the reference says: there, and in texts of content words only, the
score is rougeL. What lazy answers earn against a passage of 120 words, mean over 200 chapters
of the King James Bible with F in brackets: its own function words alone 0 (0.72), as many
function words at random 0 (0.17), the first hundred words of the chapter 0.15 (0.20), another
passage of the chapter, as long, 0.16 (0.20); half of the passage itself 0.67 (0.67).

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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from golong_data.metrics.answer import after_marker, last_boxed
from golong_data.metrics.dress import without_closing
from golong_data.metrics.elements import Gold
from golong_data.metrics.thinking import without_thinking
from golong_data.metrics.words import (
    FUNCTION_WORDS,
    bit_masks,
    is_chinese,
    lcs_length,
    words,
)

REACH = 8
LENT = 1.5
"""The most that function words make of a score, as a multiple of that of the content words."""


@dataclass(frozen=True, slots=True)
class Sequences:
    """A reference as it is compared: its words, and those of them with content."""

    masks: Mapping[str, int]
    size: int
    content_masks: Mapping[str, int]
    content_size: int
    chinese: bool


def rouge_l(text: str, gold: Gold, *, language: str = "") -> float:
    """ROUGE-L F1 of the answer against the reference, or the best of several references.

    >>> rouge_l("[Answer] The necklace is found.", "the necklace was found")
    0.75
    >>> rouge_l("[Answer] The of was.", "the necklace was found")
    0.0
    """
    summary = _summary(text)
    references = (gold,) if isinstance(gold, str) else tuple(map(str, gold))
    if not summary:
        return 0.0
    return max((_score(summary, reference, language) for reference in references), default=0.0)


def _score(summary: str, text: str, language: str) -> float:
    reference = _reference(text, language)
    if not reference.size:
        return 0.0
    reach = REACH * len(text) + 1000 if reference.chinese else len(summary)
    found = words(summary[:reach], reference.chinese)
    beyond = sum(map(len, summary[reach:].split()))
    whole = _f_measure(reference.masks, reference.size, found, beyond)
    if not whole or not reference.content_size:
        return whole
    content = [word for word in found if word not in FUNCTION_WORDS]
    return min(
        whole,
        LENT * _f_measure(reference.content_masks, reference.content_size, content, beyond),
    )


def _f_measure(masks: Mapping[str, int], size: int, found: Sequence[str], beyond: int) -> float:
    return 2 * lcs_length(masks, size, found) / (size + len(found) + beyond)


@lru_cache(maxsize=256)
def _reference(text: str, language: str) -> Sequences:
    chinese = is_chinese(text, language)
    wanted = words(text, chinese)
    content = [word for word in wanted if word not in FUNCTION_WORDS]
    return Sequences(bit_masks(wanted), len(wanted), bit_masks(content), len(content), chinese)


def _summary(text: str) -> str:
    rest = without_thinking(text)
    if rest is None:
        return ""
    marked = after_marker(rest)
    summary = (rest if marked is None else without_closing(marked)).strip()
    if summary.endswith("}") and summary.lstrip("\\").startswith("boxed"):
        return last_boxed(summary) or summary
    return summary
