"""Count under a condition across documents: every document has to be looked at.

Where documents of the corpus state labelled values ("Median age, total: 21.5 years"), those
are counted. Elsewhere short notes are planted into real documents.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.excerpts import around
from golong_data.contexts.notes import plant
from golong_data.contexts.stitch import Block, titled_apart
from golong_data.contexts.windows import Source, count_window, source
from golong_data.contexts.workspace import Workspace
from golong_data.material import exact
from golong_data.material.tables import change_factor, decimals_of, scaled
from golong_data.material.tables import value as value_of
from golong_data.material.values import SCALES, Fact, number_in, read_fact
from golong_data.solving import reading
from golong_data.tasks.forms import VALUE, ask, compose
from golong_data.tasks.numeric.config import NumericConfig
from golong_data.tasks.numeric.select import OPERATORS, round_between
from golong_data.types import Draft, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

EXCERPT = (120, 2_400)
"""Tokens of a document shown around what is counted, fewest and most."""

FEWEST = 6


def generate(work: Workspace, config: NumericConfig) -> Draft:
    """Excerpts that each state a value, and how many of the values meet a condition."""
    real = bool(_stated(work.corpus)) and config.tables != "generated"
    return _from_fields(work, config) if real else _from_notes(work, config)


# --- labelled values of real documents ----------------------------------------------------

ENOUGH = 12
"""Documents that must give a label before it is asked about."""


@lru_cache(maxsize=4)
def _stated(corpus: Corpus) -> Mapping[str, tuple[tuple[int, str], ...]]:
    """Label -> (document, text of its value), for labels of enough documents."""
    found: dict[str, list[tuple[int, str]]] = {}
    for index in corpus.prose.tolist():
        for label, text in corpus.meta(index).get("fields", {}).items():
            found.setdefault(label, []).append((index, text))
    return {
        label: tuple(stated) for label, stated in sorted(found.items()) if len(stated) >= ENOUGH
    }


@lru_cache(maxsize=1 << 10)
def _facts(corpus: Corpus, label: str) -> tuple[Fact, ...]:
    """A label's values in the unit that most documents give; none where they vary too little."""
    by_unit: dict[str, list[Fact]] = {}
    for index, text in _stated(corpus)[label]:
        fact = read_fact(index, label, text)
        if fact is not None:
            by_unit.setdefault(fact.unit, []).append(fact)
    facts = max(by_unit.values(), key=len, default=[])
    varied = len(facts) >= ENOUGH and len({fact.value for fact in facts}) >= 8
    return tuple(facts) if varied else ()


def _from_fields(work: Workspace, config: NumericConfig) -> Draft:
    rng = work.rng
    label = rng.choice(list(_stated(work.corpus)))
    facts = _facts(work.corpus, label)
    if not facts:
        raise Refused("a label's values vary too little")
    unit = facts[0].unit
    n = _how_many(work, config.documents, len(facts))
    facts = tuple(rng.sample(facts, n))
    size = _excerpt_size(work, n)
    shown: list[tuple[Fact, str]] = []
    values: list[Fraction] = []
    for fact in facts:
        factor = change_factor(config.counterfactual, rng)
        text = _changed(fact, factor) if factor else fact.text
        now = fact if text == fact.text else read_fact(fact.index, label, text)
        if now is None:
            raise Refused("a changed value does not read as one")
        shown.append((fact, text))
        values.append(now.value)
    decimals = max(decimals_of(number_in(text)) for _, text in shown)
    operator, threshold, places = _threshold(values, decimals, rng)
    hits = [_hit(v, operator, threshold) for v in values]
    blocks, changed = [], 0
    for (fact, text), hit in zip(shown, hits, strict=True):
        blocks.append(_excerpt(work, fact, text, size, evidence=hit))
        changed += hit and text != fact.text
    bound = _with_unit(threshold, places, unit)
    question = ask(
        VALUE,
        config,
        f'Some of the documents state a value on a line that starts with "{label}:". '
        f"In how many documents is that value {operator.removeprefix('is ')} {bound}?",
        "Give a whole number.",
    )
    return _composed(work, config, question, blocks, sum(hits), f"{label}:", changed)


def _with_unit(value: Fraction, places: int, unit: str) -> str:
    """A value as the documents write such: "$5 billion", "5%", "5 million kWh"."""
    sign = "$" if unit.startswith("$") else ""
    rest = unit.removeprefix("$").strip()
    scale, word = next(
        (
            (s, w)
            for w, s in SCALES.items()
            if s > 1000 and abs(value) >= s and not rest.startswith("%")
        ),
        (1, ""),
    )
    value /= scale
    while (value * 10**places).denominator > 1:
        places += 1
    parts = [
        f"{sign}{exact.number(value, places if scale == 1 else _least_places(value))}",
        word,
        rest,
    ]
    return " ".join(filter(None, parts)).replace(" %", "%")


def _least_places(value: Fraction) -> int:
    places = 0
    while (value * 10**places).denominator > 1:
        places += 1
    return places


def _changed(fact: Fact, factor: int) -> str:
    """The value's text with its number times `factor` thousandths; a share stays below 100 %."""
    old = number_in(fact.text)
    decimals = decimals_of(old)
    top = 100 if fact.unit.startswith("%") else 10**15
    if (value_of(old) or 0) > top:
        return fact.text
    new = scaled(old, factor, -top * 10**decimals, top * 10**decimals, decimals)
    if "," in old:
        new = exact.number(Fraction(new), decimals)
    return fact.text.replace(old, new, 1)


def _excerpt(work: Workspace, fact: Fact, text: str, size: int, *, evidence: bool) -> Block:
    """A window of the fact's document around its line, the line as `text` has it."""
    src = source(work.corpus, fact.index)
    line = f"{fact.label}: {fact.text}"
    at = src.text.find(line)
    if at < 0 or src.text.count(f"{fact.label}:") != 1:
        raise Refused("a value's line is not unique in its document")
    a, b = around(src, at, at + len(line), size, work.rng)
    tokens: int | None
    tokens = counted = count_window(work.tokenizer, src, a, b)
    start = at - src.start(a)
    body = src.window(a, b)
    new = f"{fact.label}: {text}"
    if new != line:
        tokens = _recount(work, src, a, b, at, line, new, counted)
        body = body[:start] + new + body[start + len(line) :]
    spans = ((start, start + len(new)),) if evidence else ()
    return Block(src.id, src.title, body, spans, tokens)


def _recount(
    work: Workspace, src: Source, a: int, b: int, at: int, old: str, new: str, tokens: int
) -> int | None:
    """Tokens of a window after one line changed: only that line's segment is counted.

    None, to be counted whole, where the line is no inner segment by itself.
    """
    segment = src.segment_at(at)
    start, end = src.start(segment), src.start(segment + 1)
    if start != at or segment + 1 >= b or not work.corpus.additive or end < at + len(old):
        return None
    changed = new + src.text[at + len(old) : end]
    return (
        tokens - int(src.before[segment + 1] - src.before[segment]) + work.tokenizer.count(changed)
    )


# --- planted notes ------------------------------------------------------------------------

_GOODS = "Pumps Valves Cables Filters Bearings Lamps Gaskets Sensors".split()
_DEPOTS = "Ashmere Bexford Corrin Dalby Elmstead Fenwick".split()


def _from_notes(work: Workspace, config: NumericConfig) -> Draft:
    """Notes planted into excerpts of real documents, one each."""
    rng = work.rng
    pool = [
        int(i) for i in rng.sample(range(len(work.corpus.prose)), min(400, len(work.corpus.prose)))
    ]
    n = _how_many(work, config.documents, len(pool))
    size = _excerpt_size(work, n)
    weights = [Fraction(rng.randint(20, 9_800), 10) for _ in range(n)]
    operator, threshold, places = _threshold(weights, 1, rng)
    depot = rng.choice(_DEPOTS)
    two = config.conditions > 1
    blocks: list[Block] = []
    hits = 0
    for k, weight in enumerate(weights):
        where = depot if two and rng.random() < 0.6 else rng.choice(_DEPOTS)
        hit = _hit(weight, operator, threshold) and (not two or where == depot)
        note = (
            f"Consignment note {rng.randint(1000, 9999)}-{k + 1}: {rng.choice(_GOODS).lower()}, "
            f"gross weight {exact.number(weight, 1)} kg, stored at {where}."
        )
        hits += hit
        blocks.append(
            plant(
                work,
                int(work.corpus.prose[pool[k]]),
                note,
                size,
                evidence=hit,
                without=("Consignment note ",),
            )
        )
    blocks = titled_apart(blocks)
    placed = f", stored at {depot}," if two else ""
    question = ask(
        VALUE,
        config,
        "Consignment notes are scattered over the documents. How many of them"
        f"{placed} state a gross weight that {operator} {exact.number(threshold, places)} kg?",
        "Give a whole number.",
    )
    return _composed(work, config, question, blocks, hits, "Consignment note ")


# --- shared -------------------------------------------------------------------------------


def _how_many(work: Workspace, documents: tuple[int, int], available: int) -> int:
    """Documents to count over: what the knob says, the length affords, the corpus has."""
    most = min(documents[1], work.ctx * 4 // 5 // (EXCERPT[0] * 2), available)
    if most < FEWEST:
        raise Refused("too few documents to count over")
    return work.rng.randint(min(documents[0], most), most)


def _excerpt_size(work: Workspace, n: int) -> int:
    return min(max(work.ctx * 7 // 10 // n, EXCERPT[0]), EXCERPT[1])


def _threshold(
    values: Sequence[Fraction], decimals: int, rng: random.Random
) -> tuple[str, Fraction, int]:
    """An operator and a round number that no value equals, some values on either side."""
    distinct = sorted(set(values))
    if len(distinct) < 4:
        raise Refused("too few different values")
    at = rng.randrange(1, len(distinct))
    threshold, places = round_between(distinct[at - 1], distinct[at], decimals)
    return rng.choice(OPERATORS), threshold, places


def _hit(value: Fraction, operator: str, threshold: Fraction) -> bool:
    return value > threshold if operator == "is greater than" else value < threshold


def _composed(
    work: Workspace,
    config: NumericConfig,
    question: Mapping[str, str],
    blocks: Sequence[Block],
    hits: int,
    forbidden: str,
    changed: int = 0,
) -> Draft:
    if hits < 1:
        raise Refused("nothing to count")
    return compose(
        work,
        config,
        question,
        blocks,
        str(hits),
        forbidden=(forbidden,),
        metric=exact.metric(None, ""),
        counterfactual=changed,
    )


# --- the independent solver ---------------------------------------------------------------


def solve(question: str, documents: Mapping[str, str]) -> str | None:
    """Counts over the documents' text alone."""
    m = re.search(
        r'a line that starts with "([^"]+):"\. In how many documents is that value '
        r"(greater|less) than (.+?)\? Give",
        question,
    )
    if m:
        lines = [
            line.removeprefix(f"{m[1]}:")
            for text in documents.values()
            for line in text.split("\n")
            if line.startswith(f"{m[1]}:")
        ]
        values = [reading.quantity(line) for line in lines]
        return _count([v for v in values if v is not None], m[2], reading.quantity(m[3]))
    m = re.search(
        r"How many of them(?:, stored at (\w+),)? state a gross weight that is (greater|less) than "
        r"(-?[\d,]*\.?\d+) kg",
        question,
    )
    if m:
        notes = re.findall(
            r"^Consignment note [\d-]+: \w+, gross weight ([\d,.]+) kg, stored at (\w+)\.$",
            "\n".join(documents.values()),
            re.MULTILINE,
        )
        weights = [reading.number(w) for w, where in notes if not m[1] or where == m[1]]
        return _count([w for w in weights if w is not None], m[2], reading.number(m[3]))
    return None


def _count(values: Sequence[Fraction], side: str, limit: Fraction | None) -> str | None:
    if not values or limit is None:
        return None
    return str(sum(v > limit if side == "greater" else v < limit for v in values))
