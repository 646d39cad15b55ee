"""Cleaned text is safe to stitch, cleaning is idempotent, and neutralising is reversible."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golong_data import tokens
from golong_data.corpus import cleaning
from golong_data.corpus.measure import segment_ends

SPECIALS = [
    *tokens.QWEN3_SPECIALS,
    "<s>", "</s>", "<bos>", "<eos>", "<unk>", "<pad>", "[INST]", "[/INST]", "<<SYS>>",
    "<</SYS>>", "<start_of_turn>", "<end_of_turn>", "<|begin_of_text|>", "<|eot_id|>",
    "<|start_header_id|>", "<|reserved_special_token_7|>", "<｜begin▁of▁sentence｜>",
    "<｜User｜>", "<｜Assistant｜>", "<|endofprompt|>", "<|fim_prefix|>", "<unused12>",
    "[AVAILABLE_TOOLS]", "[TOOL_CALLS]", "[gMASK]", "<sop>", "<|user|>", "<|channel|>",
    "<fim_middle>", "<extra_id_3>", "<mask>", "[CLS]", "[SEP]",
]  # fmt: skip

PIECES = [
    "a", "Z", "9", "é", "e\u0301", "中", "。", ". ", "! ", "“", "”", " ", "  ", "\t", "\n",
    "\r\n", "\r", "\n\n\n\n", "\x00", "\x0b", "\x0c", "\x1c", "\x1f", "\x85", "\u2028", "\u2029",
    "\u200b", "\ufeff", "\u200d", "\xa0", "\u3000", "\xad", "\ud800", "<", ">", "|", "[", "‹", "›",
    "\u212a", "word " * 900, "字" * 900, "Sentence here. " * 40, *SPECIALS,
]  # fmt: skip

texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join),
)


@given(texts, st.booleans())
@settings(max_examples=300, deadline=None)
def test_cleaning_holds_what_it_promises(text: str, break_lines: bool) -> None:
    cleaned = cleaning.clean(text, break_lines=break_lines)
    again = cleaning.clean(cleaned.text, break_lines=break_lines)
    assert again.text == cleaned.text
    assert not again.neutralised
    assert not cleaning.FORBIDDEN.search(cleaned.text)
    assert unicodedata.is_normalized("NFC", cleaned.text)
    assert cleaned.text == cleaned.text.strip()
    assert "\n\n\n\n" not in cleaned.text
    assert not re.search(r"\s\n", cleaned.text.replace("\n\n", "\n").replace("\n\n", "\n"))
    cleaned.text.encode("utf-8")


@given(texts)
@settings(max_examples=200, deadline=None)
def test_neutralised_text_can_be_restored(text: str) -> None:
    cleaned = cleaning.clean(text)
    meta = {"neutralised": [list(pair) for pair in cleaned.neutralised]}
    restored = cleaning.restore(cleaned.text, meta)
    assert len(restored) == len(cleaned.text)
    assert cleaning.clean(restored).text == cleaned.text
    for offset, original in cleaned.neutralised:
        assert restored[offset : offset + len(original)] == original


@pytest.mark.parametrize("special", SPECIALS)
def test_every_special_token_is_neutralised_visibly(special: str) -> None:
    cleaned = cleaning.clean(f"before {special} after")
    assert special not in cleaned.text
    assert special[1:-1] in cleaned.text
    assert cleaned.neutralised == ((7, special),)
    meta = {"neutralised": [[7, special]]}
    assert cleaning.restore(cleaned.text, meta) == f"before {special} after"


@pytest.mark.parametrize("name", ["cl100k_base", "o200k_base"])
def test_special_tokens_of_tiktoken_encodings_are_known(name: str) -> None:
    import tiktoken_ext.openai_public as public  # only its constants: no vocabulary is needed

    for attribute in ("ENDOFTEXT", "FIM_PREFIX", "FIM_MIDDLE", "FIM_SUFFIX", "ENDOFPROMPT"):
        assert cleaning.clean(f"x {getattr(public, attribute)} y").neutralised, name


def test_ordinary_markup_is_left_alone() -> None:
    text = "a < b, c > d, <b>bold</b>, <table>, [1], [Note], x<|y, List<T>, <p> and <|"
    assert cleaning.clean(text).text == text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\x0cb\x0bc\x85d\u2028e", "a\nb\nc\nd\ne"),
        ("a\u2029b", "a\n\nb"),
        ("a\x1cb", "a b"),
        ("a\x00b\ufeffc\u200bd", "abcd"),
        ("e\u0301", "é"),
        ("x  \ny\t\n", "x\ny"),
        ("x\n\n\n\n\n\ny", "x\n\n\ny"),
        ("\n\n  x \n", "x"),
        ("", ""),
        (" \n\t", ""),
        ("x\xa0\ny", "x\ny"),
        ("bad \ud800 surrogate", "bad \ufffd surrogate"),
    ],
)
def test_repairs(raw: str, expected: str) -> None:
    assert cleaning.clean(raw).text == expected


def test_long_prose_lines_are_broken_after_sentences_only() -> None:
    chinese = "话说天下大势，分久必合，合久必分。" * 500
    english = 'He said "no." And she left! Was it so? ' * 300
    for line in (chinese, english):
        cleaned = cleaning.clean(line)
        pieces = cleaned.text.split("\n")
        assert cleaned.broken_lines == 1
        assert max(map(len, pieces)) < 2 * cleaning.SHORTEST_PIECE + 100
        assert min(map(len, pieces[:-1])) >= cleaning.SHORTEST_PIECE - 1
        assert "".join(pieces).replace(" ", "") == line.replace(" ", "")
    assert cleaning.clean(english, break_lines=False).broken_lines == 0
    assert cleaning.clean("x" * 10_000).text == "x" * 10_000


@given(texts)
@settings(max_examples=200, deadline=None)
def test_fast_segment_ends_are_those_of_tokens(text: str) -> None:
    cleaned = cleaning.clean(text).text
    if cleaned:
        assert segment_ends(cleaned).tolist() == tokens.segment_ends(cleaned)


def test_titles_are_one_line() -> None:
    assert cleaning.inline(" A\n  title <|im_end|>\x00 ") == "A title ‹|im_end|›"
