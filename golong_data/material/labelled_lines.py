"""Labelled values in lines of real documents: which there are, changed, shown, and as bounds.

A reader of a corpus says which labels a document states; see `facts` for how their texts
become values.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.edits import Edit
from golong_data.contexts.excerpts import around, excerpt
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import source
from golong_data.contexts.workspace import Workspace
from golong_data.material.changed_numbers import change_factor, decimals_of, scaled
from golong_data.material.columns import value
from golong_data.material.exact import least_decimals, number
from golong_data.material.values import SCALES, Fact, number_in, read_fact
from golong_data.types import Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

ENOUGH = 12
"""Documents that must give a label before it is asked about."""

VARIED = 8
"""Different values that they must give."""


@lru_cache(maxsize=4)
def labels(corpus: Corpus) -> Mapping[str, tuple[tuple[int, str], ...]]:
    """Label -> (document, text of its value), for labels of enough documents."""
    found: dict[str, list[tuple[int, str]]] = {}
    for index in corpus.prose.tolist():
        for label, text in corpus.meta(index).get("fields", {}).items():
            found.setdefault(label, []).append((index, text))
    return {label: tuple(texts) for label, texts in sorted(found.items()) if len(texts) >= ENOUGH}


@lru_cache(maxsize=1 << 10)
def facts_of(corpus: Corpus, label: str) -> tuple[Fact, ...]:
    """A label's values in the unit that most documents give; none where they vary too little."""
    by_unit: dict[str, list[Fact]] = {}
    for index, text in labels(corpus)[label]:
        fact = read_fact(index, label, text)
        if fact is not None:
            by_unit.setdefault(fact.unit, []).append(fact)
    facts = max(by_unit.values(), key=len, default=[])
    varied = len(facts) >= ENOUGH and len({fact.value for fact in facts}) >= VARIED
    return tuple(facts) if varied else ()


def perhaps_changed(fact: Fact, share: float, rng: random.Random) -> Fact:
    """A value, or for a share of them another. Percentages stay below 100."""
    factor = change_factor(share, rng)
    old = number_in(fact.text)
    decimals = decimals_of(old)
    top = 100 if fact.unit.startswith("%") else 10**15
    if not factor or (value(old) or 0) > top:
        return fact
    new = scaled(old, factor, -top * 10**decimals, top * 10**decimals, decimals)
    if "," in old:
        new = number(Fraction(new), decimals)
    found = read_fact(fact.index, fact.label, fact.text.replace(old, new, 1))
    if found is None:
        raise Refused("a changed value does not read as one")
    return found


def around_line(work: Workspace, fact: Fact, now: Fact, size: int, *, evidence: bool) -> Block:
    """A window of a value's document around its line, which states the value as it is `now`."""
    src = source(work.corpus, fact.index)
    line, new = f"{fact.label}: {fact.text}", f"{fact.label}: {now.text}"
    at = src.text.find(line)
    if at < 0 or src.text.count(f"{fact.label}:") != 1:
        raise Refused("a value's line is not unique in its document")
    end = at + len(line)
    a, b = around(src, at, end, size, work.rng)
    edits = (Edit(at, end, new),) if new != line else ()
    return excerpt(work, src, a, b, evidence=((at, end),) if evidence else (), edits=edits)


def as_stated(amount: Fraction, decimals: int, unit: str) -> str:
    """A value as the documents write such: "$5 billion", "5%", "5 million kWh"."""
    sign, rest = "$" if unit.startswith("$") else "", unit.removeprefix("$").strip()
    scales = {} if rest.startswith("%") else SCALES
    large = (
        (word, scale) for word, scale in scales.items() if scale > 1000 and abs(amount) >= scale
    )
    word, scale = next(large, ("", 1))
    decimals = max(least_decimals(amount / scale, most=40), 0 if word else decimals)
    parts = (f"{sign}{number(amount / scale, decimals)}", word, rest)
    return " ".join(filter(None, parts)).replace(" %", "%")
