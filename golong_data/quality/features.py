"""What can be seen of a candidate without the question: where it stands and what it looks like.

Each candidate is a row of figures: those of its own, of the passage, the document and the
neighbours that it stands among, of other candidates that look like it; and behind them the
rank of each among the row's candidates. The question is never looked at; of options, which
stand behind it, only their letters and texts are.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from golong_data.quality.cases import NUMBER, Case
from golong_data.quality.layout import Home, Layout, words
from golong_data.quality.lookalikes import centrality, distances

Matrix = npt.NDArray[np.float64]

_CAPITAL = re.compile(r"[A-Z]")
_DIGIT = re.compile(r"\d")


def features(case: Case, candidates: Sequence[str]) -> Matrix:
    """One row a candidate: its figures, and their ranks in [0, 1] among `candidates`."""
    make = _of_options if case.kind == "option" else _of_candidates
    found = np.array([list(figures) for figures in make(case, candidates)], dtype=np.float64)
    return np.hstack([found, _ranks(found)])


def _ranks(found: Matrix) -> Matrix:
    """The rank of each figure in its column; equal ones share the middle of theirs."""
    ordered = np.sort(found, axis=0)
    ranks = np.empty_like(found)
    for column in range(found.shape[1]):
        below = np.searchsorted(ordered[:, column], found[:, column], side="left")
        up_to = np.searchsorted(ordered[:, column], found[:, column], side="right")
        ranks[:, column] = (below + up_to) / (2 * len(found))
    return ranks


def sight(case: Case, candidate: str) -> str:
    """The words that a candidate is seen with: its own, marked, and those around it."""
    text = case.option_texts.get(candidate, "") if case.kind == "option" else candidate
    own = [f"own_{word}" for word in words(text)]
    if case.kind == "option":
        return " ".join([f"letter_{candidate}", *own])
    around = _around(case, case.homes.get(candidate))
    return " ".join([*own, *(_masked(word) for word in words(around))])


def _masked(word: str) -> str:
    """A number as its length: no two rows share a long one."""
    return f"number_{len(word)}" if word[0].isdigit() and len(word) > 2 else word


def _around(case: Case, home: Home | None) -> str:
    if home is None:
        return ""
    layout = case.layout
    if home.labels:
        parts = [layout.documents[label] for label in home.labels]
        return " ".join(layout.text[spans[0][0] : spans[0][1]][:400] for spans in parts)
    found = [layout.passages[i] for i in home.passages[:2]]
    return " ".join(layout.text[start:end][:400] for start, end in found)


# --- options --------------------------------------------------------------------------------


def _of_options(case: Case, candidates: Sequence[str]) -> Iterator[list[float]]:
    layout, texts = case.layout, case.option_texts
    places = layout.mentions(text.rstrip(".") for text in texts.values())
    bags = {letter: frozenset(words(text)) for letter, text in texts.items()}
    far = distances(texts)
    long = max(1, len(layout.text))
    for i, letter in enumerate(candidates):
        text, bag = texts.get(letter, ""), bags.get(letter, frozenset())
        at = places.get(text.rstrip("."), [])
        shared = [layout.weight(bag & own) for own in layout.passage_words]
        peak = max(range(len(shared)), key=shared.__getitem__, default=0)
        others = [bag & own for other, own in bags.items() if other != letter]
        yield [
            float(i),
            *_looks(text),
            float(len(at)),
            min(at, default=-long) / long,
            max(at, default=-long) / long,
            max(shared, default=0.0),
            max(shared, default=0.0) / (1.0 + layout.weight(bag)),
            peak / max(1, len(shared)),
            layout.weight(bag),
            sum(word in layout.rarity for word in bag) / max(1, len(bag)),
            sum(map(len, others)) / max(1, len(bag) * len(others)),
            float(sum(bool(both) for both in others)),
            far.get(letter, 0.0),
            _value(text),
        ]


def _looks(text: str) -> list[float]:
    """What a text looks like: length, words, digits, capitals, other signs."""
    n = max(1, len(text))
    return [
        float(len(text)),
        float(text.count(" ") + 1),
        len(_DIGIT.findall(text)) / n,
        len(_CAPITAL.findall(text)) / n,
        sum(not char.isalnum() and not char.isspace() for char in text) / n,
    ]


def _value(text: str) -> float:
    """The first number of a text on a logarithmic scale; -1 where it has none."""
    found = re.search(r"\d[\d,]*(?:\.\d+)?", text)
    return math.log1p(float(found.group().replace(",", ""))) if found else -1.0


# --- candidates of the context --------------------------------------------------------------


def _of_candidates(case: Case, candidates: Sequence[str]) -> Iterator[list[float]]:
    layout = case.layout
    near = centrality(candidates)
    per_passage = Counter(i for c in candidates for i in case.homes[c].passages)
    numbers = [
        [float(n.rstrip("%").replace(",", "")) for n in NUMBER.findall(layout.text[a:b])]
        for a, b in layout.passages
    ]
    common = Counter(n for found in numbers for n in set(found))
    order = {label: i for i, label in enumerate(layout.documents)}
    cache: dict[int, list[float]] = {}
    for i, candidate in enumerate(candidates):
        home = case.homes[candidate]
        at = home.positions
        long = max(1, len(layout.text))
        passages = home.passages[:4]
        for p in passages:
            if p not in cache:
                cache[p] = _passage(layout, p, per_passage, numbers, common)
        seen = [cache[p] for p in passages]
        yield [
            i / len(candidates),
            *_looks(candidate),
            _value(candidate),
            float(len(at)),
            min(at, default=-long) / long,
            max(at, default=-long) / long,
            float(home.whole),
            near.get(candidate, 0.0),
            *(np.mean(seen, axis=0) if seen else [-1.0] * PASSAGE),
            *_documents(layout, order, home),
        ]


PASSAGE = 14
"""Figures of a passage."""


def _passage(
    layout: Layout,
    i: int,
    per_passage: Mapping[int, int],
    numbers: Sequence[Sequence[float]],
    common: Mapping[float, int],
) -> list[float]:
    """What the passage looks like, and what stands before and behind it."""
    start, end = layout.passages[i]
    text = layout.text[start:end]
    bag = layout.passage_words[i]
    heading = layout.heading_at(start)
    head = heading.end if heading else 0
    before = layout.passages[i - 1] if i else (0, 0)
    behind = layout.passages[i + 1] if i + 1 < len(layout.passages) else (0, 0)
    return [
        float(end - start),
        float(text.count("\n")),
        float(len(text) - len(text.lstrip())),
        len(_DIGIT.findall(text)) / max(1, len(text)),
        len(_CAPITAL.findall(text)) / max(1, len(text)),
        float(len(numbers[i])),
        math.log1p(abs(max(numbers[i], default=0.0))),
        float(max((common[n] for n in numbers[i]), default=0)),
        layout.weight(bag) / max(1, len(bag)),
        float(per_passage[i]),
        float(start - head),
        float(before[1] - before[0]),
        float(behind[1] - behind[0]),
        float(layout.text[max(0, start - 2) : start] == "\n\n")
        + 2.0 * (layout.text[end : end + 2] == "\n\n"),
    ]


def _documents(layout: Layout, order: Mapping[str, int], home: Home) -> list[float]:
    """The documents that a candidate names or stands in: parts, length, place, likeness."""
    labels = list(home.labels)
    if not labels:
        headings = [layout.heading_at(at) for at in home.positions[:4]]
        labels = list(dict.fromkeys(h.label for h in headings if h))
    known = [label for label in labels if label in order]
    if not known:
        return [-1.0] * 8
    spans = [layout.documents[label] for label in known]
    bags = [layout.document_words[label] for label in known]
    both = frozenset.intersection(*bags) if len(bags) > 1 else frozenset()
    sizes = [sum(end - start for start, end in own) for own in spans]
    last = [own[-1] for own in spans]
    return [
        float(len(known)),
        float(np.mean([len(own) for own in spans])),
        float(np.mean(sizes)),
        float(np.mean([order[label] for label in known])) / len(order),
        float(order[known[-1]] - order[known[0]]),
        layout.weight(both),
        float(np.mean([len(bag) / max(1, size) for bag, size in zip(bags, sizes, strict=True)])),
        float(np.mean([layout.text[end - 40 : end].rstrip()[-1:].isalnum() for _, end in last])),
    ]
