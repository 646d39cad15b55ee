"""Metrics: pure functions (text, gold, **args) -> a score in [0, 1], by name.

`METRICS` holds them under the names that a `MetricSpec` uses. A further metric is a module
here and a line there. Importing this package loads the standard library and nothing else.

Every metric is total (no text makes it raise), deterministic, and bounded in cost for texts
of 100,000 characters; how it reads an answer is the business of `answer` and `elements`, and
what it pays, with formula, source and the cheats it resists, is told by its module.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TypeVar

from golong_data.errors import UserError, did_you_mean
from golong_data.metrics import math as _math
from golong_data.metrics.choices import accuracy, selection
from golong_data.metrics.exact_match import exact_match
from golong_data.metrics.f1 import f1
from golong_data.metrics.golong import GOLONG
from golong_data.metrics.iou import iou
from golong_data.metrics.ndcg import ndcg
from golong_data.metrics.pairwise import pairwise
from golong_data.metrics.rouge_l import rouge_l
from golong_data.metrics.subem import subem

Metric = Callable[..., float]
Value = TypeVar("Value")

METRICS: dict[str, Metric] = {
    "accuracy": accuracy,
    "exact_match": exact_match,
    "f1": f1,
    "iou": iou,
    "math": _math.math,
    "ndcg": ndcg,
    "pairwise": pairwise,
    "rouge_l": rouge_l,
    "selection": selection,
    "subem": subem,
}

PROFILES: Mapping[str, Mapping[str, Metric]] = {"strict": METRICS, "golong": GOLONG}
"""Scoring rules by name: "strict" is what our own rows are scored with, "golong" what the
published reward code pays (see `golong`)."""

__all__ = ["METRICS", "PROFILES", "Metric", "score"]


def score(
    text: str, gold: str | Sequence[str], name: str, *, profile: str = "strict", **args: object
) -> float:
    """The score of a completion: the one entry for whatever a `MetricSpec` says.

    `text` is the completion as generated, `args` the spec's arguments, for any profile: those
    that a profile's metric does not know change nothing there. `language` ("English",
    "Chinese", "en", "zh"; detected where it is missing) may be given to every metric; those
    that look at words use it. Raises UserError for a profile, metric or argument that does
    not exist; never on account of `text`.

    >>> score(r"The total is \\\\boxed{1,200}.", "1200", "math")
    1.0
    """
    metric = _pick(name, _pick(profile, PROFILES, "profile"), "metric")
    own = _arguments(metric)
    known = {"language": None, **_arguments(METRICS.get(name, metric)), **own}
    for key in args:
        _pick(key, known, f"argument of metric {name}")
    return metric(text, gold, **{key: value for key, value in args.items() if key in own})


@cache
def _arguments(metric: Metric) -> Mapping[str, inspect.Parameter]:
    parameters = inspect.signature(metric).parameters
    return {key: p for key, p in parameters.items() if p.kind is p.KEYWORD_ONLY}


def _pick(name: str, known: Mapping[str, Value], what: str) -> Value:
    if name not in known:
        raise UserError(f'there is no {what} "{name}"', remedy=did_you_mean(name, known))
    return known[name]
