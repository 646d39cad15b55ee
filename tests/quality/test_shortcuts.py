"""Policies that only look are caught where looking is enough, and nowhere else."""

from __future__ import annotations

import doctest
import random
import re
from types import ModuleType
from typing import Any, cast

import pytest
from kinds import our_row
from planted import planted_row

from golong_data.quality import audit as auditing
from golong_data.quality import ceilings, layout, lookalikes
from golong_data.quality.audit import TOTAL, Audit, audit
from golong_data.quality.cases import Case, case_of
from golong_data.quality.cheats import pool_of
from golong_data.quality.layout import Layout, homes
from golong_data.quality.lookalikes import centrality
from golong_data.quality.originals import Originals
from golong_data.quality.policies import POLICIES
from golong_data.quality.shortcuts import SHORTCUTS
from golong_data.rewards import Scoring

PICKING = {**SHORTCUTS, **{n: POLICIES[n] for n in ("first candidates", "random candidates")}}
"""Policies that pick among candidates."""


def looked_at(leak: str, n: int = 30) -> Audit:
    """What they earn on rows with a leak."""
    return audit([planted_row(leak, i) for i in range(n)], policies=PICKING, learners=())


@pytest.mark.parametrize("module", [auditing, ceilings, layout, lookalikes])
def test_docstring_examples_hold(module: ModuleType) -> None:
    """What they show is what happens."""
    assert doctest.testmod(module).failed == 0


# --- leaks that were put there --------------------------------------------------------------


@pytest.mark.parametrize(
    ("leak", "policy", "least"),
    [
        ("first", "first candidates", 1.0),
        ("last mentioned", "last mentioned", 1.0),
        ("most mentioned", "most mentioned", 0.9),
        ("least mentioned", "least mentioned", 1.0),
        ("medoid", "centre of look-alikes", 0.8),
        ("overlap", "best word overlap", 1.0),
        ("overlap", "word overlap around", 0.5),
        ("modal", "modal value", 0.25),
    ],
)
def test_a_leak_is_found_by_the_policy_that_it_is_for(leak: str, policy: str, least: float) -> None:
    """It earns what the leak gives, passes its ceiling, and the audit fails."""
    found = looked_at(leak)
    assert not found.passed
    earns = {cell.policy: cell.mean for cell in found.over}
    assert earns[policy] >= least


def test_nothing_is_found_where_nothing_is() -> None:
    """Golds that chance has chosen."""
    found = looked_at("clean", 40)
    assert {cell.policy for cell in found.cells} >= {"last mentioned", "first candidates"}
    assert found.over == ()
    assert found.passed


def _options(rng: random.Random, right: str, wrong: list[str], context: str) -> Case:
    texts = rng.sample([right, *wrong], 1 + len(wrong))
    listed = "\n".join(f"{letter}) {text}" for letter, text in zip("ABCDEF", texts, strict=False))
    asked = f"Where is the silver kettle?\n\n{listed}"
    letter = "ABCDEF"[texts.index(right)]
    scoring = Scoring("accuracy", (letter,), "strict", "t")
    context = f"{'It rained all day.' * 20}\n\n{context}"
    return Case("x", "t", "", scoring, f"{context}\n\n{asked}", asked)


@pytest.mark.parametrize(
    ("policy", "context", "right", "wrong"),
    [
        ("last mentioned", "By the oak, by the elm, by the ash.", "by the ash", ["by the elm"]),
        ("first mentioned", "By the oak, by the elm.", "By the oak", ["by the elm", "by the pit"]),
        ("most mentioned", "A red barn, a red barn, a mill.", "red barn", ["mill", "well"]),
        ("least mentioned", "A red barn, a mill.", "well", ["red barn", "mill"]),
        (
            "best word overlap",
            "The copper pan is in the shed.\n\nThe silver kettle is in the attic.",
            "up in the attic",
            ["out in the shed", "on the roof"],
        ),
        ("overlap with the question", "The silver spoon.", "beside silver", ["a pond", "a road"]),
        ("centre of look-alikes", "Nothing.", "14:05", ["14:06", "14:35", "24:05"]),
    ],
)
def test_options_are_looked_up_by_their_texts(
    policy: str, context: str, right: str, wrong: list[str]
) -> None:
    """And named by their letters, wherever they stand."""
    for seed in range(5):
        case = _options(random.Random(seed), right, wrong, context)
        made = POLICIES[policy](case, pool_of([case]), random.Random(seed))
        assert made == f"[Answer]\n{case.elements[0]}"


def test_a_policy_says_nothing_where_nothing_stands_out() -> None:
    """Each option stands there once: a guess would count as a look."""
    case = _options(random.Random(0), "oak", ["elm", "ash"], "oak, elm, ash")
    assert POLICIES["most mentioned"](case, pool_of([case]), random.Random(0)) is None


# --- generators apart -----------------------------------------------------------------------


def test_a_leak_of_one_generator_is_that_generator_s() -> None:
    """Diluted in the total, plain in its own column; the clean one beside it stays clean."""
    rows = [planted_row("clean", i, subtask="sound") for i in range(30)]
    rows += [planted_row("last mentioned", i, subtask="leaking") for i in range(30)]
    found = audit(rows, policies={"last mentioned": SHORTCUTS["last mentioned"]}, learners=())
    means = {cell.subtask: cell.mean for cell in found.cells}
    assert means.keys() == {"sound", "leaking", TOTAL}
    assert means["leaking"] == 1.0 > means[TOTAL] > means["sound"]
    assert "leaking" in {cell.subtask for cell in found.over}
    assert "sound" not in {cell.subtask for cell in found.over}
    assert [c.subtask for c in found.coverage] == ["sound", "leaking"]


def test_every_generator_has_the_ceiling_of_its_own_candidates() -> None:
    """Twelve to choose from, or two: what chance gives to a guess is not the same."""
    few = [planted_row("clean", i, subtask="few") for i in range(40)]
    for row in few:
        right = row["reward_model"]["ground_truth"]["golden_label"]
        lines = row["prompt"][0]["content"].split("\n\n")
        kept = [line for line in lines if right in line]
        other = next(line for line in lines if right not in line)
        row["prompt"][0]["content"] = "\n\n".join([*sorted([*kept, other]), lines[-1]])
    rows = [*few, *(planted_row("clean", i, subtask="many") for i in range(40))]
    found = audit(rows, policies={"random": POLICIES["random candidates"]} | PICKING, learners=())
    ceiling = {c.subtask: c.ceiling for c in found.cells if c.policy == "random candidates"}
    assert ceiling["few"] == pytest.approx(1 / 2)
    assert ceiling["many"] == pytest.approx(1 / 12)
    assert ceiling["many"] < ceiling[TOTAL] < ceiling["few"]
    picked = {c.subtask for c in found.over if c.policy == "random candidates"}
    assert not picked


# --- the corpus -----------------------------------------------------------------------------


class _Corpus:
    """One document, as its source has it."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = list(texts.items())

    def __len__(self) -> int:
        return len(self.texts)

    def is_table(self, i: int) -> bool:
        return False

    def title(self, i: int) -> str:
        return self.texts[i][0]

    def text(self, i: int) -> str:
        return self.texts[i][1]


SOURCE = {
    "Mali": "The river is long.\nThe mill was built in 1902.\nIt burned down.",
    "Chad": "The lake is wide.\nThe road was laid in 1950.\nIt is dusty.",
}


def altered(context: str) -> list[str]:
    """The passages that the source does not have."""
    originals = Originals(cast(Any, _Corpus(SOURCE)))
    found = Layout(context)
    return [found.text[slice(*found.passages[i])] for i in originals.altered(found)]


@pytest.mark.parametrize(
    ("context", "wanted"),
    [
        ("[Document 1] Mali\nThe river is long.\nThe mill was built in 1902.", []),
        ("[Document 1] Mali\nThe river is long.\n\nThe mill was built in 1911.", ["1911"]),
        ("[Document 1] Mali (continued)\nThe mill was built in 1911.", ["1911"]),
        ("[Document 2] Chad\n[S1] The lake is wide. [S2] It is dusty.", []),
        ("[Document 2] Chad\n[S1] The lake is round. [S2] It is dusty.", ["round"]),
        ("[Document 2] Peru\nNobody knows what its source says.", []),
    ],
)
def test_what_the_source_does_not_have_is_seen(context: str, wanted: list[str]) -> None:
    """Line by line or sentence by sentence; documents of other corpora are not judged."""
    found = altered(context)
    assert len(found) == len(wanted)
    assert all(word in piece for word, piece in zip(wanted, found, strict=True))


def test_an_answer_that_differs_from_the_corpus_is_given_away() -> None:
    """Only the document that was asked about was altered."""
    context = "\n\n".join(
        f"[Document {i}] {title}\n{text}" for i, (title, text) in enumerate(SOURCE.items(), start=1)
    ).replace("1950", "1905")
    scoring = Scoring("f1", ("Document 2",), "strict", "t")
    question = "Which document is meant?"
    case = Case("x", "t", "", scoring, f"{context}\n\n{question}", question)
    pool = pool_of([case], Originals(cast(Any, _Corpus(SOURCE))))
    policy = POLICIES["differs from the corpus"]
    assert policy(case, pool, random.Random(0)) == "[Answer]\nDocument 2"
    assert policy(case, pool_of([case]), random.Random(0)) is None


# --- where things stand ---------------------------------------------------------------------


def test_passages_are_what_belongs_together() -> None:
    """Headings, small blocks, numbered sentences, sentences of long lines."""
    long = "It rained all day in the harbour of the old town. " * 8
    text = f"[Document 1] Mali\nEntry E-1\nkilos 5\n\n[S1] One. [S2] Two.\n\n{long}"
    found = Layout(text)
    pieces = [text[start:end].strip() for start, end in found.passages]
    assert pieces[:4] == ["[Document 1] Mali", "Entry E-1\nkilos 5", "[S1] One.", "[S2] Two."]
    assert set(pieces[4:]) == {"It rained all day in the harbour of the old town."}


def test_every_passage_is_found_again() -> None:
    """By any offset in it; passages do not overlap."""
    found = Layout(our_row("exact_match", 0)["prompt"][0]["content"])
    ends = 0
    for i, (start, end) in enumerate(found.passages):
        assert ends <= start < end
        assert found.passage_at(start) == found.passage_at(end - 1) == i
        ends = end


def test_a_pair_stands_where_its_parts_stand() -> None:
    """It is not there word for word; documents are known by number and by title."""
    text = (
        "[Document 1] Mali\nA mill.\n\n[Document 2] Chad\nA road.\n\n[Document 1] Mali (more)\nB."
    )
    found = homes(Layout(text), ["Document 1 and Document 2", "Mali", "road", "nowhere"])
    assert found["Document 1 and Document 2"].labels == ("Document 1", "Document 2")
    assert not found["Document 1 and Document 2"].whole
    assert found["Mali"].labels == ("Document 1",)
    assert found["road"].labels == ()
    assert len(found["road"].passages) == 1
    assert found["nowhere"].positions == ()


def test_mentions_are_whole_words() -> None:
    """As a regular expression with word boundaries would find them."""
    rng = random.Random(3)
    text = " ".join(rng.choices(["Part 1", "Part 12", "a.b", "a", "第3章", "第31章", "x-1"], k=300))
    for wanted, found in Layout(text).mentions(["Part 1", "a.b", "第3章", "x-1"]).items():
        pattern = rf"(?<![A-Za-z0-9_]){re.escape(wanted)}(?![A-Za-z0-9_])"
        assert found == [m.start() for m in re.finditer(pattern, text)]


def test_only_look_alikes_have_a_centre() -> None:
    """Numbers that differ all over have none."""
    assert centrality(["123456", "987601", "555000"]) == {}
    found = centrality(["123456", "123457", "173456", "923456", "88"])
    assert max(found, key=lambda text: found[text]) == "123456"


def test_a_row_of_ours_is_a_case_of_its_generator() -> None:
    """By task and subtask; a foreign row has none."""
    row = planted_row("clean", 0, task="retrieval", subtask="records")
    assert case_of(row, 0).generator is not None
    assert case_of(planted_row("clean", 0), 0).generator is None
