"""The published metrics over the lines of an answer.

accuracy: 1 where the first line is the gold's first element; further ones are never read.
f1: set F1 of lines; a blank line is an element; 0 for an empty gold.
subem: share of the gold's elements that are lines; what else is listed costs nothing.
ndcg: linear gains n + 1 - i, cut at the gold's size; a repeated line counts where it stands
last; no rescaling.
pairwise: pairs in the gold's order over the pairs of the answer's lines, blank ones and all;
a value above 1, which gold with duplicates gives, counts as 0.
"""

from __future__ import annotations

from itertools import combinations
from math import log2

from golong_data.metrics.golong.common import Gold, gold_list, lines, passes_gate


def accuracy(text: str, gold: Gold) -> float:
    """As published: whether the first line is the gold's first element."""
    golds = gold_list(gold)
    return float(bool(golds) and passes_gate(text) and lines(text)[0] == golds[0])


def f1(text: str, gold: Gold) -> float:
    """As published: set F1 of the lines, blank ones included."""
    golds, answers = set(gold_list(gold)), set(lines(text))
    common = len(golds & answers)
    if not common or not passes_gate(text):
        return 0.0
    precision, recall = common / len(answers), common / len(golds)
    return 2 * precision * recall / (precision + recall)


def subem(text: str, gold: Gold) -> float:
    """As published: share of the gold's elements that are lines, over-listing free."""
    golds = gold_list(gold)
    if not golds or not passes_gate(text):
        return 0.0
    answers = set(lines(text))
    return sum(item in answers for item in golds) / len(golds)


def ndcg(text: str, gold: Gold) -> float:
    """As published: raw NDCG at the gold's size, the last of repeated lines counting."""
    golds = gold_list(gold)
    if not golds or not passes_gate(text):
        return 0.0
    size = len(golds)
    gain = {item: size - i for i, item in enumerate(golds)}
    # Where a line occurs twice, its later and lower place is the one that is kept.
    place = {item: i for i, item in enumerate(lines(text))}
    ranking = sorted(place, key=place.__getitem__)[:size]
    ideal = sorted(gain.values(), reverse=True)[:size]
    dcg = sum(gain.get(item, 0) / log2(rank + 2) for rank, item in enumerate(ranking))
    return dcg / sum(value / log2(rank + 2) for rank, value in enumerate(ideal))


def pairwise(text: str, gold: Gold) -> float:
    """As published: ordered pairs over the pairs of the answer, not of the gold."""
    golds, answers = gold_list(gold), lines(text)
    if len(golds) < 2 or len(answers) < 2 or not passes_gate(text):
        return 0.0
    place = {item: i for i, item in enumerate(answers)}
    known = [place[item] for item in golds if item in place]
    right = sum(first < second for first, second in combinations(known, 2))
    score = right / (len(answers) * (len(answers) - 1) // 2)
    return score if score <= 1 else 0.0
