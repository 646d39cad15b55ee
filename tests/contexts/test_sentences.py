"""Sentences end where a reader would end them, and what is quotable can be quoted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import corpus_of

from golong_data.contexts.sentences import Sentence, joined, quotable, sentences

CASES = {
    "Two. Sentences.": ["Two.", "Sentences."],
    "Mr. Lee met Dr. Cho at 5 p.m. on Monday. He left.": [
        "Mr. Lee met Dr. Cho at 5 p.m. on Monday.",
        "He left.",
    ],
    "It grew by 3.5 percent. Why? Nobody knew!": [
        "It grew by 3.5 percent.",
        "Why?",
        "Nobody knew!",
    ],
    "See no. 5 and fig. 2. The answer was no. He left.": [
        "See no. 5 and fig. 2.",
        "The answer was no.",
        "He left.",
    ],
    "J. S. Bach wrote it.": ["J. S. Bach wrote it."],
    'He said "no." She agreed.': ['He said "no."', "She agreed."],
    "A heading\n\nThe text starts here.": ["A heading", "The text starts here."],
    "却说孔明出阵。众皆大惊！": ["却说孔明出阵。", "众皆大惊！"],
    "操曰：“可。”遂行。": ["操曰：“可。”", "遂行。"],
    "": [],
}


MIXED = ["He went home.", "She said “no.”", "却说孔明出阵。", "操曰：“可。”", "See RFC 791."]


def test_joined_sentences_are_told_apart_again() -> None:
    """Whatever language each is in: no space behind a Chinese one, one behind the others."""
    text = joined(MIXED)
    assert text == "He went home. She said “no.” 却说孔明出阵。操曰：“可。”See RFC 791."
    assert [s.text for s in sentences(text)] == MIXED
    assert joined([]) == ""


@pytest.mark.parametrize("text", CASES)
def test_cases(text: str) -> None:
    """Abbreviations, decimals, quotations, headings, Chinese."""
    assert [s.text for s in sentences(text)] == CASES[text]


@given(st.text(st.sampled_from('aB. ?!\n"”。，'), max_size=60))
def test_sentences_cover_all_that_is_no_space(text: str) -> None:
    """Places are right, in order, and nothing but white space lies between."""
    found = sentences(text)
    at = 0
    for s in found:
        assert text[s.start : s.end] == s.text
        assert not text[at : s.start].strip()
        at = s.end
    assert not text[at:].strip()


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("The quick brown fox jumped over the old stone wall.", True),
        ("The wall held until\nthe second morning of the siege.", False),
        ("the quick brown fox jumped over the old stone wall.", False),
        ("See [3] for the list of names that were given there.", False),
        ("Too short to be asked.", False),
        ("却说玄德引军前行，只见前面火光冲天。", True),
        ("腾曰：“吾观前日围场之中，曹操迎受众贺之时。", False),
    ],
)
def test_quotable(text: str, fit: bool) -> None:
    """Whole, in one line, plain words, quotation marks in pairs."""
    assert quotable(Sentence(0, len(text), text)) is fit


def test_real_prose_gives_enough() -> None:
    """Of 30 country profiles each has sentences that can be quoted, found where they stand."""
    corpus = corpus_of("factbook")
    for index in range(0, 240, 8):
        text = corpus.text(index)
        fit = [s for s in sentences(text) if quotable(s)]
        assert all(text[s.start : s.end] == s.text for s in fit)
        assert fit or len(text) < 8_000
