"""The published summary metric: ROUGE-L as the `rouge` package 1.0.1 computes it.

It is not the ROUGE-L of the literature. The whole completion is scored, thinking and marker
included, against each reference in turn; the best counts. Both are lower-cased, in Chinese
cut into words by jieba, cut into sentences at every period and into words at spaces.
For every pair of a reference sentence and a sentence of the completion one longest common
subsequence of words is traced. With U the set of all words on these traces,

    P = |U| / distinct words of the completion, R = |U| / distinct words of the reference,
    F = 2PR / (P + R + 1e-8)

so that repeating a sentence costs nothing. The package traces by recursion, one call a step;
a trace of more than `MAX_STEPS` steps overflows Python's stack and the score is 0.

Which of several longest subsequences is traced matters, so the table that the package fills
is needed, not only its last value. Here it is kept as one integer of bits a word (see
`words.lcs_length`), from which each entry can be counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from golong_data.metrics.golong.common import Gold, gold_list, normal, passes_gate
from golong_data.metrics.words import bit_masks, is_chinese, segment

MAX_STEPS = 987
"""What Python's limit of 1,000 calls leaves for a trace below a bare program that calls the
package. Under a trainer there are more callers, and it fails some dozens of steps earlier."""

Sentence = tuple[str, ...]


def rouge_l(text: str, gold: Gold, *, language: str = "English") -> float:
    """As published: ROUGE-L of the `rouge` package over the whole completion.

    `language` "Chinese" (or "zh") has both sides cut by jieba; nothing is detected.
    """
    answers, prediction = gold_list(gold), normal(text)
    if not answers or not prediction or not passes_gate(text):
        return 0.0
    if language and is_chinese("", language):
        answers = [" ".join(segment(answer)) for answer in answers]
        prediction = " ".join(segment(prediction))
    found = _sentences(prediction)
    scores = [_f_measure(found, _sentences(answer)) for answer in answers]
    # One failure fails the whole call.
    return max(0.0 if score is None else score for score in scores) if None not in scores else 0.0


def _sentences(text: str) -> list[Sentence]:
    return [tuple(" ".join(part.split()).split(" ")) for part in text.split(".") if part]


def _f_measure(found: Sequence[Sentence], wanted: Sequence[Sentence]) -> float | None:
    """F of a completion against a reference; None where the package fails."""
    if not found or not wanted:
        return None
    sentences = list(dict.fromkeys(found))
    holders = defaultdict(list)  # word -> numbers of the sentences that hold it
    for number, sentence in enumerate(sentences):
        for word in set(sentence):
            holders[word].append(number)
    too_long = [number for number, sentence in enumerate(sentences) if len(sentence) > MAX_STEPS]
    union: set[str] = set()
    for reference in dict.fromkeys(wanted):
        masks = bit_masks(reference)
        numbers = {number for word in masks for number in holders.get(word, ())}
        for number in numbers.union(too_long):
            sentence = sentences[number]
            if len(reference) + len(sentence) <= MAX_STEPS and all(
                word in union for word in sentence if word in masks
            ):
                continue  # neither can it fail nor can it add a word
            traced = _trace(reference, masks, sentence)
            if traced is None:
                return None
            union |= traced
    precision = len(union) / len({word for sentence in found for word in sentence})
    recall = len(union) / len({word for sentence in wanted for word in sentence})
    return 2 * precision * recall / (precision + recall + 1e-8)


def _trace(reference: Sentence, masks: dict[str, int], sentence: Sentence) -> set[str] | None:
    """Words of the common subsequence that the package traces; None beyond its stack.

    Bit p of a row is 0 where the best length grows from p to p + 1 words of the reference, so
    that the length for the first i words is the number of zeros below bit i. Only words that
    the reference holds change the row.
    """
    row = everything = (1 << len(reference)) - 1
    rows = [row]
    for word in sentence:
        if word in masks:
            taken = row & masks[word]
            row = ((row + taken) | (row - taken)) & everything
            rows.append(row)
    i, j, r = len(reference), len(sentence), len(rows) - 1
    traced: set[str] = set()
    steps = 0
    while i and j:
        steps += 1
        if steps > MAX_STEPS:
            return None
        word = sentence[j - 1]
        if word not in masks:
            j -= 1
        elif word == reference[i - 1]:
            traced.add(word)
            i, j, r = i - 1, j - 1, r - 1
        elif _length(rows[r], i - 1) > _length(rows[r - 1], i):
            i -= 1
        else:
            j, r = j - 1, r - 1
    return traced


def _length(row: int, i: int) -> int:
    return i - (row & ((1 << i) - 1)).bit_count()
