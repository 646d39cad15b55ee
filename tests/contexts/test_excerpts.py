"""Excerpts: edits land where they were meant to, spans follow them, counts stay exact."""

from __future__ import annotations

import random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support import corpus_of

from golong_data.contexts.edits import Edit
from golong_data.contexts.excerpts import around, excerpt
from golong_data.contexts.notes import plant
from golong_data.contexts.stitch import Block, titled_apart
from golong_data.contexts.windows import GAP, source
from golong_data.contexts.workspace import Workspace
from golong_data.tokens import get_tokenizer
from golong_data.types import Refused

many = settings(max_examples=60)


def workspace(seed: int = 0) -> Workspace:
    corpus = corpus_of("factbook")
    return Workspace(
        corpus, get_tokenizer(), random.Random(seed), 8192, 0.0, 0.5, lambda question: 8192
    )


@many
@given(st.integers(0, 255), st.integers(0, 10**6), st.data())
def test_edits_and_evidence(index: int, seed: int, data: st.DataObject) -> None:
    """Each piece of evidence is the document's text there, with the edits inside it made."""
    work = workspace(seed)
    src = source(work.corpus, index)
    at = seed % (len(src.text) - 2)
    a, b = around(src, at, at + 1, 600, work.rng)
    low, high = src.start(a), src.start(a) + len(src.window(a, b))
    points = data.draw(st.lists(st.integers(low, high), min_size=4, max_size=4, unique=True))
    first, second, third, fourth = sorted(points)
    assume(second < third)
    edits = [Edit(second, third, data.draw(st.sampled_from(["", "x", "two words"])))]
    new = src.text[first:second] + edits[0].text + src.text[third:fourth]
    assume(new)
    block = excerpt(work, src, a, b, evidence=[(first, fourth)], edits=edits)
    [(start, end)] = block.evidence
    assert block.body[start:end] == new
    assert block.body == src.text[low:second] + edits[0].text + src.text[third:high]
    assert block.n_tokens in (None, work.tokenizer.count(block.body + GAP))


@many
@given(st.integers(0, 255), st.integers(0, 10**6))
def test_counts_without_edits_are_those_of_the_tokenizer(index: int, seed: int) -> None:
    """A window's stored count is what the tokenizer counts."""
    work = workspace(seed)
    src = source(work.corpus, index)
    at = seed % (len(src.text) - 2)
    block = excerpt(work, src, *around(src, at, at + 1, 600, work.rng))
    assert block.n_tokens == work.tokenizer.count(block.body + GAP)


@many
@given(st.integers(0, 255), st.integers(0, 10**6))
def test_counts_with_edits_are_those_of_the_tokenizer(index: int, seed: int) -> None:
    """Also where only the lines that changed are counted."""
    work = workspace(seed)
    src = source(work.corpus, index)
    at = seed % (len(src.text) - 2)
    a, b = around(src, at, at + 1, 600, work.rng)
    lines = [(src.start(i) + 1, src.start(i + 1) - 1) for i in range(a, b - 1)]
    changed = work.rng.sample(lines, min(3, len(lines)))
    edits = [Edit(start, max(start, end - 4), "12.5 (2019)") for start, end in changed]
    assume(all(edit.end < end for edit, (_, end) in zip(edits, changed, strict=True)))
    block = excerpt(work, src, a, b, edits=edits)
    assert block.n_tokens == work.tokenizer.count(block.body + GAP)


def test_what_lies_outside_the_window_is_refused() -> None:
    """Neither evidence nor an edit may be lost silently."""
    work = workspace()
    src = source(work.corpus, 7)
    for given_ in (
        {"evidence": [(0, len(src.text))]},
        {"edits": [Edit(len(src.text) - 2, len(src.text) - 1, "")]},
    ):
        with pytest.raises(Refused):
            excerpt(work, src, 0, 1, **given_)  # type: ignore[arg-type]


@many
@given(st.integers(0, 255), st.integers(0, 10**6))
def test_a_planted_note_is_a_paragraph_of_its_own(index: int, seed: int) -> None:
    """The span is the note, with blank lines or the body's ends around it."""
    note = "Note 17: the gate stays shut."
    block = plant(workspace(seed), index, note, 300, evidence=True)
    [(start, end)] = block.evidence
    assert block.body[start:end] == note
    assert block.body[:start].endswith(GAP) or start == 0
    assert block.body[end:].startswith(GAP) or end == len(block.body)


def test_shared_titles_are_told_apart() -> None:
    """Two documents of one name carry their ids; others keep their titles."""
    blocks = [Block("a", "Report", "x"), Block("b", "Report", "y"), Block("c", "Other", "z")]
    assert [b.title for b in titled_apart(blocks)] == ["Report (a)", "Report (b)", "Other"]
