"""Stitching keeps its promises for any blocks, budget and seed."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import corpus_of, write_documents

from golong_data.contexts.stitch import MIN_TAIL, Block, header, stitch
from golong_data.contexts.windows import (
    GAP,
    clean_ranges,
    count_window,
    paragraph_near,
    source,
)
from golong_data.contexts.workspace import Workspace
from golong_data.corpus import Corpus, open_corpus
from golong_data.errors import UserError
from golong_data.tokens import Tokenizer, get_tokenizer
from golong_data.types import Refused

FULL = 0.999
"""Least share of the budget that prose filler reaches, from 2,000 tokens on."""

many = settings(max_examples=40)


def factbook() -> Corpus:
    return corpus_of("factbook")


def workspace(corpus: Corpus, budget: int, seed: int, depth: float = 0.5) -> Workspace:
    """A workspace of which stitch uses corpus, tokenizer, generator and depth."""
    rng = random.Random(seed)
    return Workspace(corpus, get_tokenizer(), rng, budget, 0.0, depth, lambda question: budget)


WORDS = "Reef Harbour Ledger Signal 1,204 37.5 mill quay — Ünal, 港 ; rise fell again".split(" ")
lines = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
bodies = st.lists(lines, min_size=1, max_size=8).map("\n".join)


@st.composite
def blocks(draw: st.DrawFn) -> list[Block]:
    """Up to six documents of a task's own, some of them in one series, evidence by line."""
    made = []
    for number in range(draw(st.integers(0, 6))):
        body = draw(bodies)
        ranges = [match.span() for match in re.finditer(r"[^\n]+", body)]
        chosen = draw(st.lists(st.sampled_from(ranges), unique=True, max_size=3))
        series = draw(st.sampled_from(["", "", "pages"]))
        title = f"Own document {number}"
        made.append(Block(f"own/{number}", title, body, tuple(sorted(chosen)), series=series))
    return made


stitched = given(
    own=blocks(),
    budget=st.integers(1_000, 12_000),
    seed=st.integers(0, 10**6),
    depth=st.floats(0, 1, exclude_max=True),
)


@many
@stitched
def test_length_is_exact_and_just_under_the_budget(
    own: list[Block], budget: int, seed: int, depth: float
) -> None:
    """Never over, n_tokens is the real count, and nearly nothing is left over."""
    work = workspace(factbook(), budget, seed, depth)
    context = stitch(work, own, budget)
    assert context.n_tokens == work.tokenizer.count(context.text)
    assert context.n_tokens <= budget
    assert context.n_tokens >= (FULL * budget if budget >= 2_000 else budget - 8)
    assert context.text.endswith(GAP)


@many
@stitched
def test_evidence_spans_slice_to_their_text(
    own: list[Block], budget: int, seed: int, depth: float
) -> None:
    """Every marked range of every block is found where its span says, once a block."""
    context = stitch(workspace(factbook(), budget, seed, depth), own, budget)
    found = sorted((span.doc_id, context.text[span.start : span.end]) for span in context.evidence)
    assert found == sorted((b.doc_id, b.body[start:end]) for b in own for start, end in b.evidence)
    for block in own:
        assert f"{block.title}\n{block.body}{GAP}" in context.text


@many
@stitched
def test_blocks_of_one_series_keep_their_order(
    own: list[Block], budget: int, seed: int, depth: float
) -> None:
    """Pages stand in the order given, whatever stands between them."""
    context = stitch(workspace(factbook(), budget, seed, depth), own, budget)
    wanted = [block.doc_id for block in own if block.series]
    assert [doc_id for doc_id in context.doc_ids if doc_id in wanted] == wanted
    assert sorted(d for d in context.doc_ids if d.startswith("own/")) == [b.doc_id for b in own]


@many
@stitched
def test_documents_are_numbered_and_none_comes_twice(
    own: list[Block], budget: int, seed: int, depth: float
) -> None:
    """Numbers count up from 1; a document that was split goes on under its own number."""
    context = stitch(workspace(factbook(), budget, seed, depth), own, budget)
    marks = re.findall(r"^\[Document (\d+)\] (.+)$", context.text, re.MULTILINE)
    opened = [(int(n), title) for n, title in marks if not title.endswith(" (continued)")]
    assert [n for n, _ in opened] == list(range(1, len(context.doc_ids) + 1))
    assert len({title for _, title in opened}) == len(opened)
    assert len(set(context.doc_ids)) == len(context.doc_ids)
    going_on = {(int(n), title.removesuffix(" (continued)")) for n, title in marks} - set(opened)
    assert not going_on


@settings(max_examples=20)
@given(
    budget=st.integers(2_000, 20_000),
    seed=st.integers(0, 10**6),
    forbidden=st.lists(
        st.sampled_from(["Population", "Median age", "the ", "km", "2023"]), unique=True
    ),
    data=st.data(),
)
def test_excluded_titles_and_forbidden_strings_stay_out(
    budget: int, seed: int, forbidden: list[str], data: st.DataObject
) -> None:
    """No filler has an excluded title or holds a forbidden string."""
    corpus = factbook()
    unhindered = stitch(workspace(corpus, budget, seed), [], budget)
    titles = {corpus.title(i) for i in range(len(corpus)) if corpus.id(i) in unhindered.doc_ids}
    exclude = set(data.draw(st.lists(st.sampled_from(sorted(titles)), unique=True)))
    context = stitch(
        workspace(corpus, budget, seed), [], budget, exclude=exclude, forbidden=forbidden
    )
    shown = set(re.findall(r"^\[Document \d+\] (.+?)(?: \(continued\))?$", context.text, re.M))
    assert not shown & exclude
    bodies = re.sub(r"^\[Document \d+\] .+$", "", context.text, flags=re.MULTILINE)
    assert not [string for string in forbidden if string in bodies]
    assert context.n_tokens == get_tokenizer().count(context.text) <= budget


def test_the_first_block_stands_as_deep_as_asked() -> None:
    """Depth runs through the context as work.depth runs from 0 to 1."""
    budget, block = 20_000, Block("own/0", "Own document", "A line of evidence.", ((0, 19),))
    shares = []
    for tenth in range(10):
        context = stitch(workspace(factbook(), budget, tenth, (tenth + 0.5) / 10), [block], budget)
        shares.append(context.evidence[0].start / len(context.text))
    assert shares == sorted(shares)
    assert [int(share * 10) for share in shares] == pytest.approx(range(10), abs=1)


def test_equal_workspaces_give_equal_contexts() -> None:
    """Nothing but the workspace and the blocks decides."""
    own = [Block(f"own/{i}", f"Own document {i}", f"Body {i}.") for i in range(3)]
    made = [stitch(workspace(factbook(), 4_000, 7), own, 4_000) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0] != stitch(workspace(factbook(), 4_000, 8), own, 4_000)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Three documents of a user's."""
    folder = write_documents(tmp_path_factory.mktemp("small"), factbook(), range(3))
    return open_corpus([str(folder)], tokenizer=get_tokenizer())


def test_a_document_that_a_block_was_taken_from_is_no_filler(small: Corpus) -> None:
    """Even where the block goes by another title."""
    block = Block(small.id(1), "Under another name", "An excerpt.")
    budget = int(small.n_tokens[[0, 2]].sum()) - 100
    context = stitch(workspace(small, budget, 0), [block], budget)
    assert sorted(context.doc_ids) == sorted(small.id(i) for i in range(3))
    assert small.text(1)[-200:] not in context.text


def test_a_corpus_that_is_too_small_says_how_many_tokens_are_missing(small: Corpus) -> None:
    """The number is the budget less what the corpus has."""
    have = int(small.n_tokens.sum())
    with pytest.raises(UserError) as caught:
        stitch(workspace(small, have + 1_000, 0), [], have + 1_000)
    assert f"{have:,} tokens of filler" in caught.value.what
    assert "1,000 tokens are missing" in caught.value.what
    assert "--ctx" in caught.value.remedy


def test_too_little_clean_filler_refuses_the_draw(small: Corpus) -> None:
    """The corpus is large enough, only not beside this question: another may be asked."""
    budget = int(small.n_tokens.sum()) - 100
    with pytest.raises(Refused, match="beside the question"):
        stitch(workspace(small, budget, 0), [], budget, forbidden=["e"])


def test_a_small_corpus_serves_up_to_what_it_has(small: Corpus) -> None:
    """Filler may be used to the last document."""
    budget = int(small.n_tokens.sum())
    context = stitch(workspace(small, budget, 0), [], budget)
    assert len(context.doc_ids) == len(small)
    assert budget >= context.n_tokens == get_tokenizer().count(context.text)


def test_blocks_that_do_not_fit_refuse_the_draw() -> None:
    """Another draw may bring shorter ones, so a build goes on."""
    block = Block("own/0", "Own document", "word " * 600 + "end")
    with pytest.raises(Refused, match="do not fit"):
        stitch(workspace(factbook(), 500, 0), [block], 500)


def test_tables_fill_where_there_is_no_prose() -> None:
    """A corpus of tables serves, cut between rows: each line is whole."""
    corpus = corpus_of("factbook-tables")
    context = stitch(workspace(corpus, 6_000, 3), [], 6_000)
    assert context.n_tokens == get_tokenizer().count(context.text)
    assert 0.95 * 6_000 <= context.n_tokens <= 6_000
    texts = "\n".join(corpus.text(i) for i in range(len(corpus)))
    bodies = re.sub(r"^\[Document \d+\] .+$", "", context.text, flags=re.MULTILINE)
    assert set(bodies.split("\n")) <= {*texts.split("\n"), ""}


# --- windows ----------------------------------------------------------------------------


@many
@given(data=st.data(), index=st.integers(0, 200))
def test_a_window_counts_what_its_text_counts(data: st.DataObject, index: int) -> None:
    """Any run of segments: stored counts and one segment tokenised give the real count."""
    src = source(factbook(), index)
    a = data.draw(st.integers(0, src.n_segments - 1))
    b = data.draw(st.integers(a + 1, src.n_segments))
    tokenizer: Tokenizer = get_tokenizer()
    assert count_window(tokenizer, src, a, b) == tokenizer.count(src.window(a, b) + GAP)


@many
@given(
    needle=st.sampled_from(["the", "Population", "\n\n", "no such string"]),
    index=st.integers(0, 99),
)
def test_clean_ranges_hold_no_forbidden_string(needle: str, index: int) -> None:
    """Ranges are disjoint, longest first, and none of them holds the string."""
    src = source(factbook(), index)
    ranges = clean_ranges(src, [needle])
    sizes = [int(src.before[b] - src.before[a]) for a, b in ranges]
    assert sizes == sorted(sizes, reverse=True)
    assert all(needle not in src.window(a, b) for a, b in ranges)
    taken = [segment for a, b in ranges for segment in range(a, b)]
    assert len(set(taken)) == len(taken)


@many
@given(data=st.data(), index=st.integers(0, 99))
def test_a_split_stays_in_its_bounds(data: st.DataObject, index: int) -> None:
    """The segment chosen lies in [low, high] and opens a paragraph where one does."""
    src = source(factbook(), index)
    low = data.draw(st.integers(1, src.n_segments - 1))
    high = data.draw(st.integers(low, src.n_segments - 1))
    at = paragraph_near(src, data.draw(st.integers(low, high)), low, high)

    def opens(segment: int) -> bool:
        return src.text[: src.start(segment)].endswith(GAP)

    assert low <= at <= high
    assert opens(at) or not any(map(opens, range(low, high + 1)))


def test_a_header_is_a_segment_of_its_own() -> None:
    """It ends in a newline, so its tokens add up with whatever follows."""
    assert header(3, "Chad") == "[Document 3] Chad\n"
    assert header(3, "Chad", continued=True) == "[Document 3] Chad (continued)\n"
    assert MIN_TAIL > 0


def test_the_cut_of_a_user_document_is_exact_whatever_its_last_line(tmp_path: Path) -> None:
    """Documents of one long line, of short lines, with wide characters: all counted right."""
    kinds = {
        "line.txt": "word and more of it, again; " * 900,
        "short.txt": "a line\n" * 4_000,
        "wide.txt": "長い一行の文章です。" * 700,
        "code.py": "def f(x):\n    return {x: [x, 1]}\n\n\n" * 600,
    }
    for name, text in kinds.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    corpus = open_corpus([str(tmp_path)], tokenizer=get_tokenizer())
    assert len(corpus) == len(kinds)
    for budget in range(500, 6_000, 250):
        context = stitch(workspace(corpus, budget, budget), [], budget)
        assert context.n_tokens == get_tokenizer().count(context.text)
        assert budget - 8 <= context.n_tokens <= budget
