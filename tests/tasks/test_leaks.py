"""What whoever knows the sources, or sees what was copied from what, finds without the question.

Two such readers. One knows every document of the corpus and answers with whatever differs from
it: were only evidence changed, that would be the answer. The other looks for the thing that
all others were derived from: were look-alikes made around the one asked about, it would be
their centre.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from statistics import fmean

import pytest
from support import corpus_of, with_args

from golong_data.corpus import Corpus
from golong_data.recipes import load_recipe
from golong_data.solving import reading
from golong_data.tasks.knobs import LEVELS
from golong_data.types import Sample

ROWS = 30
"""Rows of each level."""

CHANCE = 0.15
"""F1 that lists of changed candidates may earn: what naming every candidate does, about."""

_STOP = re.compile(r"(?<=[.!?。！？])[\"'”’)\]」』）]*\s*|\n+")
_MARK = re.compile(r"\[(S\d+)\] ")
_OPTION = re.compile(r"^([A-H])\) (.+)$", re.MULTILINE)


@cache
def rows(recipe: str, generator: str) -> tuple[Sample, ...]:
    """Rows of all levels at 8k."""
    corpus = corpus_of(*load_recipe(recipe).corpus)
    found = []
    for level in LEVELS:
        args = {"generators": {generator: 1.0}, "level": level}
        maker = with_args(args, corpus, task=recipe)
        found += [maker.make(index).sample for index in range(ROWS)]
    assert all(found)
    return tuple(sample for sample in found if sample)


def text_of(sample: Sample) -> str:
    return "\n\n".join(message.content for message in sample.prompt)


def elements(sample: Sample) -> tuple[str, ...]:
    return (sample.gold,) if isinstance(sample.gold, str) else sample.gold


def f1(named: Collection[str], gold: Sequence[str]) -> float:
    return 2 * len(set(named) & set(gold)) / (len(set(named)) + len(gold)) if named else 0.0


# --- what differs from the source corpus ------------------------------------------------------


@cache
def sources(*names: str) -> dict[str, int]:
    """Id -> place of every document."""
    corpus = corpus_of(*names)
    return {corpus.document(i).id: i for i in range(len(corpus))}


def spaced(text: str) -> str:
    return " ".join(text.split())


def documents(sample: Sample) -> Iterator[tuple[int, str, str]]:
    """(number, title, text) of all documents of a context, in parts where they stand in parts."""
    text = reading.context(text_of(sample))
    marks = list(reading.HEADER.finditer(text))
    stops = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, stop in zip(marks, stops, strict=True):
        yield int(mark[1]), mark[2], text[mark.end() : stop]


def differing(sample: Sample, recipe: str) -> list[tuple[int, str, str]]:
    """(document, number in brackets before it, sentence) of what stands in no source."""
    names = load_recipe(recipe).corpus
    corpus: Corpus = corpus_of(*names)
    found = []
    for number, _, body in documents(sample):
        at = sources(*names).get(sample.doc_ids[number - 1])
        if at is None:  # made up as a whole
            continue
        source = spaced(corpus.text(at))
        head, *rest = _MARK.split(body)
        pieces = [("", head), *zip(rest[::2], rest[1::2], strict=True)]
        for mark, piece in pieces:
            sentences = (spaced(sentence) for sentence in _STOP.split(piece))
            found += [(number, mark, s) for s in sentences if len(s) > 5 and s not in source]
    return found


def changed_documents(sample: Sample, recipe: str) -> set[str]:
    """Documents with such a sentence, as citations name them."""
    name = "Document {}" if sample.language == "en" else "文档 {}"
    return {name.format(number) for number, _, _ in differing(sample, recipe)}


def changed_sentences(sample: Sample, recipe: str) -> set[str]:
    """Numbers of such sentences in the document that a statement is about."""
    title = re.search(r"(?:titled “|标题为“)(.+?)”", sample.question)
    assert title
    here = {number for number, name, _ in documents(sample) if name == title[1]}
    return {mark for number, mark, _ in differing(sample, recipe) if number in here and mark}


@pytest.mark.parametrize("recipe", ["exhaustive", "exhaustive-zh"])
@pytest.mark.parametrize(
    ("generator", "changed"),
    [("citation", changed_documents), ("statement", changed_sentences)],
)
def test_what_differs_from_the_source_is_not_the_list(
    recipe: str, generator: str, changed: Callable[[Sample, str], set[str]]
) -> None:
    """Naming all that is changed earns what naming everything does. It earned 0.33 to 0.61."""
    found = rows(recipe, generator)
    paid = [f1(changed(sample, recipe), elements(sample)) for sample in found]
    assert fmean(paid) <= CHANCE
    # Rows are changed at all: the reader has something to go by.
    assert sum(sample.counterfactual > 0 for sample in found) >= len(found) / 4


@pytest.mark.parametrize("recipe", ["retrieval", "retrieval-zh"])
def test_what_differs_from_the_source_is_not_the_sentence(recipe: str) -> None:
    """One of the changed sentences, drawn evenly, is right in less than a tenth of rows."""
    paid = []
    for sample in rows(recipe, "continuation"):
        (gold,) = elements(sample)
        changed = [sentence for _, _, sentence in differing(sample, recipe)]
        right = any(spaced(gold) in s or s in spaced(gold) for s in changed)
        paid.append(right / max(1, len(changed)))
    assert fmean(paid) <= 0.1


@pytest.mark.parametrize(
    ("recipe", "generator"),
    [("comprehension", "masked"), ("comprehension-zh", "masked"), ("comprehension", "fact")],
)
def test_what_differs_from_the_source_is_not_the_option(recipe: str, generator: str) -> None:
    """Of the options that a changed place names or states, no more are right than of all."""
    paid, chance = [], []
    for sample in rows(recipe, generator):
        if not sample.counterfactual or not isinstance(sample.gold, str):
            continue
        options = dict(_OPTION.findall(text_of(sample)))
        titles = {number: title for number, title, _ in documents(sample)}
        changed = differing(sample, recipe)
        places = " ".join(text for number, _, s in changed for text in (titles[number], s))
        named = [letter for letter, text in options.items() if spaced(text) in places]
        paid.append((sample.gold in named) / max(1, len(named)))
        chance.append(1 / len(options))
    assert len(paid) > 10
    assert fmean(paid) <= fmean(chance) + 0.08


# --- the centre of look-alikes ----------------------------------------------------------------


def distance(one: str, other: str) -> int:
    """Edits from one text to the other (Levenshtein 1966)."""
    before = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            row.append(min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b)))
        before = row
    return before[-1]


def difference(one: str, other: str) -> int:
    """Between two numbers."""
    return abs(int(one) - int(other))


def centres(found: Collection[str], distance: Callable[[str, str], int]) -> set[str]:
    """Those of some texts that the others are nearest to, all together."""
    apart = {one: sum(distance(one, other) for other in found) for one in found}
    return {one for one in found if apart[one] == min(apart.values())}


RECORD = r"(?:ecord no\. |档案编号 )(\d{6})"
FAMILIES = {
    "records": (RECORD, "", distance),
    "conflict": (r"(?:ocket |卷宗)(\d{6,7})", r"(?:docket |卷宗)(\d+)", difference),
    "violation": (r"(?:tore rule |库存规则)(\d+)", r"(?:rule |规则)(\d+)", distance),
}
"""Generator -> what numbers the look-alikes, where the question says which one is asked about
(empty: the evidence does), and how far apart two of them are."""


@pytest.mark.parametrize(
    ("recipe", "generator"),
    [
        ("retrieval", "records"),
        ("retrieval-zh", "records"),
        ("exhaustive", "conflict"),
        ("exhaustive-zh", "conflict"),
        ("exhaustive", "violation"),
    ],
)
def test_the_one_asked_about_is_not_the_centre_of_its_look_alikes(
    recipe: str, generator: str
) -> None:
    """One of the centres, drawn evenly, is no better than one of all. It was in 0.9 to 1.0."""
    number, asked, apart = FAMILIES[generator]
    paid, chance = [], []
    for sample in rows(recipe, generator):
        family = set(re.findall(number, reading.context(text_of(sample))))
        told = " ".join(piece.text for piece in sample.evidence)
        right = set(re.findall(asked or number, sample.question if asked else told)) & family
        if len(family) < 3:
            continue
        found = centres(family, apart)
        paid.append(len(found & right) / len(found))
        chance.append(len(right) / len(family))
    assert len(paid) > ROWS
    assert fmean(paid) <= fmean(chance) + 0.15
