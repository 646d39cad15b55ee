"""The profile `golong`: what the reward code published with the GoLongRL data set pays.

It is here so that the published rows train as they did there, and so that an audit can show
what that code pays for a cheat. It is no recommendation: every known hole is kept on purpose,
and our own rows are scored under `strict`. No code was taken over; the behaviour was read off
and measured, and the values are those of the rouge (1.0.1), pytrec_eval, jieba and math-verify
packages that the published code calls.

What all of them share:

- the gate: 0 for a completion without ``</think>`` or with more than one ``<think>`` or
  ``</think>``, whatever it says;
- the list metrics read everything behind the last ``[Answer]`` (or, where that occurs
  nowhere, ``[答案]``), or else the whole completion with its thinking, lower-cased, one element
  a line; a blank line is an element;
- any error while scoring is a score of 0, also a score above 1.

Where ours differs on purpose: nothing raises, math has the same verdict on every thread, and
a verification that takes too long is cut off earlier (after `timeout`, there after 5 s a
step). A gold that is a list where the published rows hold one string stands for its last entry.
"""

from __future__ import annotations

from collections.abc import Callable

from golong_data.metrics.golong.lists import accuracy, f1, ndcg, pairwise, subem
from golong_data.metrics.golong.scalars import (
    exact_match,
    iou,
    math,
    retrieval_calculate,
    selection,
)
from golong_data.metrics.golong.summary import rouge_l

GOLONG: dict[str, Callable[..., float]] = {
    "accuracy": accuracy,
    "exact_match": exact_match,
    "f1": f1,
    "iou": iou,
    "math": math,
    "ndcg": ndcg,
    "pairwise": pairwise,
    "rouge_l": rouge_l,
    "selection": selection,
    "subem": subem,
}

__all__ = ["GOLONG", "retrieval_calculate"]
