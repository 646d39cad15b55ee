"""Metrics: pure functions (text, gold, **args) -> a score in [0, 1], by name.

`METRICS` holds them under the names that a `MetricSpec` uses. A further metric is a module
here and a line there. Importing this package loads the standard library and nothing else.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TypeVar

from golong_data.errors import UserError, did_you_mean
from golong_data.metrics import math as _math

Metric = Callable[..., float]
Value = TypeVar("Value")

METRICS: dict[str, Metric] = {
    "math": _math.math,
}

PROFILES: Mapping[str, Mapping[str, Metric]] = {"strict": METRICS}
"""Scoring rules by name: "strict" is what our own rows are scored with."""

__all__ = ["METRICS", "PROFILES", "Metric", "score"]


def score(
    text: str, gold: str | Sequence[str], name: str, *, profile: str = "strict", **args: object
) -> float:
    """The score of a completion: the one entry for whatever a `MetricSpec` says.

    `text` is the completion as generated, `args` the spec's arguments. Raises UserError for
    a profile, metric or argument that does not exist; never on account of `text`.

    >>> score(r"The total is \\\\boxed{1,200}.", "1200", "math")
    1.0
    """
    metrics = _pick(profile, PROFILES, "profile")
    metric = _pick(name, metrics, "metric")
    known = _arguments(metric)
    for key in args:
        _pick(key, known, f"argument of metric {name}")
    return metric(text, gold, **args)


@cache
def _arguments(metric: Metric) -> Mapping[str, inspect.Parameter]:
    parameters = inspect.signature(metric).parameters
    return {key: p for key, p in parameters.items() if p.kind is p.KEYWORD_ONLY}


def _pick(name: str, known: Mapping[str, Value], what: str) -> Value:
    if name not in known:
        raise UserError(f'there is no {what} "{name}"', remedy=did_you_mean(name, known))
    return known[name]
