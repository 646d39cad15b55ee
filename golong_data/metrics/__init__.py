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

# As modules: a function of the same name would hide its module.
from golong_data.metrics import choices as _choices
from golong_data.metrics import exact_match as _exact_match
from golong_data.metrics import f1 as _f1
from golong_data.metrics import iou as _iou
from golong_data.metrics import math as _math
from golong_data.metrics import ndcg as _ndcg
from golong_data.metrics import pairwise as _pairwise
from golong_data.metrics import rouge_l as _rouge_l
from golong_data.metrics import subem as _subem
from golong_data.metrics.golong import GOLONG

Metric = Callable[..., float]
Value = TypeVar("Value")

METRICS: dict[str, Metric] = {
    "accuracy": _choices.accuracy,
    "exact_match": _exact_match.exact_match,
    "f1": _f1.f1,
    "iou": _iou.iou,
    "math": _math.math,
    "ndcg": _ndcg.ndcg,
    "pairwise": _pairwise.pairwise,
    "rouge_l": _rouge_l.rouge_l,
    "selection": _choices.selection,
    "subem": _subem.subem,
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
    that look at words use it; so may `form` (see `forms`). Raises UserError for a profile,
    metric or argument that does not exist; never on account of `text`.

    >>> score(r"The total is \\\\boxed{1,200}.", "1200", "math")
    1.0
    """
    metric = _pick(name, _pick(profile, PROFILES, "profile"), "metric")
    own = _arguments(metric)
    known = {"language": None, "form": None, **_arguments(METRICS.get(name, metric)), **own}
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
