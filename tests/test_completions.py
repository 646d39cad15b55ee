"""Completions in whatever form they come, and what a chat template adds to them."""

from __future__ import annotations

import doctest
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from test_chat_templates import BEGIN, FOOT, HEAD, template

from golong_data import completions
from golong_data.chat_templates import thinking_form
from golong_data.completions import Reader, completion_text, opened_among, reader_of
from golong_data.metrics.thinking import without_thinking


class Broken:
    """What fails as soon as it is looked at."""

    def tolist(self) -> Any:
        """Raises."""
        raise RuntimeError("no")


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(completions).failed == 0


@pytest.mark.parametrize(
    ("completion", "text"),
    [
        ("42", "42"),
        (np.str_("42"), "42"),
        (pa.scalar("42"), "42"),
        (b"42 \xe7\xad\x94", "42 答"),
        (b"42\xff", "42\ufffd"),
        (bytearray(b"42"), "42"),
        (None, ""),
        (float("nan"), ""),
        (42, ""),
        ([], ""),
        ({}, ""),
        ([None], ""),
        (Broken(), ""),
        ([{"role": "assistant", "content": None}], ""),
        ([{"role": "assistant", "content": b"42"}], "42"),
        ([{"role": "user", "content": "41"}, {"role": "assistant", "content": "42"}], "42"),
        ({"role": "assistant", "content": "42"}, "42"),
        (np.array([{"role": "assistant", "content": "42"}], dtype=object), "42"),
        (pa.scalar([{"role": "assistant", "content": "42"}]), "42"),
        ([{"content": "42", "reasoning_content": "41"}], "<think>41</think>42"),
        ([{"content": "42", "thinking": "41", "reasoning": None}], "<think>41</think>42"),
        ([{"content": [{"type": "text", "text": "4"}, {"type": "text", "text": "2"}]}], "42"),
        ([{"content": [{"type": "reasoning", "text": "41"}, {"text": "42"}, 7]}], "42"),
        ([{"content": [{"type": "thinking", "thinking": [{"text": "41"}]}, {"text": "42"}]}], "42"),
    ],
)
def test_any_completion_has_a_text(completion: Any, text: str) -> None:
    found = completion_text(completion)
    assert found == text
    assert type(found) is str


ASK = [{"role": "user", "content": "6 * 7?"}]


@pytest.mark.parametrize(
    ("source", "prompt", "completion", "answer"),
    [
        (template("<think>", "</think>", "<think>"), ASK, "It is 42", None),
        (template("<think>", "</think>", "<think>"), ASK, "Hm.</think>42", "42"),
        (template("<think>", "</think>", "<think>"), ASK, "<think>Hm.</think>42", "42"),
        (template("<think>", "</think>", "<think>"), ASK, "<analysis>a</analysis>42", None),
        # The prompt is a text that no template renders, or goes on with a turn.
        (template("<think>", "</think>", "<think>"), "6 * 7?", "42", "42"),
        (template("<think>", "</think>"), "6 * 7? <think>", "42", None),
        (
            template("<think>", "</think>", "<think>"),
            [*ASK, {"role": "assistant", "content": "It is"}],
            "42",
            "42",
        ),
        (template("[THINK]", "[/THINK]", "[THINK]"), ASK, "Hm. 41[/THINK]42", "42"),
        (template("[THINK]", "[/THINK]", "[THINK]"), ASK, "Hm. 41 </think> 42", None),
        (template("<ponder>", "</ponder>"), ASK, "<ponder>41</ponder>42", "42"),
        (template("<ponder>", "</ponder>"), ASK, "<ponder>41 42", None),
        (template("<ponder>", "</ponder>", "<ponder>"), ASK, "41 42", None),
        (template("<ponder>", "</ponder>", "<ponder>"), ASK, "41</ponder>42", "42"),
        (HEAD + FOOT + BEGIN, ASK, "42", "42"),
    ],
)
def test_a_template_tells_thinking_from_answer(
    source: str, prompt: Any, completion: str, answer: str | None
) -> None:
    reader = Reader(thinking_form(source))
    talk = [{"role": "assistant", "content": completion}]
    for sent in (completion, talk):
        assert without_thinking(reader.text(sent, prompt=prompt)) == answer


class Tokens:
    """A tokenizer of one token a word; those of `special` are left out of decoded texts."""

    chat_template = template("[THINK]", "[/THINK]")
    eos_token_id, pad_token_id = 0, 1
    special = ("</s>", "<pad>", "[THINK]", "[/THINK]")
    words: tuple[str, ...] = (*special, "40", "+", "2", "42")

    def apply_chat_template(self, messages: Any, **settings: Any) -> str:
        """Renders the template."""
        from jinja2 import Template

        settings.pop("tokenize")
        chosen = settings.pop("chat_template", self.chat_template)
        return str(Template(chosen).render(messages=messages, **settings))

    def encode(self, text: str, **options: Any) -> list[int]:
        """One id a word."""
        return [self.words.index(word) for word in text.split()]

    def decode(self, ids: Sequence[int], skip_special_tokens: bool) -> str:
        """The words, special ones only if asked for."""
        dropped = self.special if skip_special_tokens else ()
        return " ".join(self.words[i] for i in ids if self.words[i] not in dropped)


def test_delimiters_that_are_special_tokens_are_read_from_the_ids() -> None:
    """What a trainer decodes lacks them; the ids do not."""
    tokens = Tokens()
    reader = reader_of(tokens)
    assert reader.form.hidden
    for written, answer in (
        ("[THINK] 40 + 2 [/THINK] 42 </s> <pad>", "42"),
        ("[THINK] 40 + 2 + 42", None),
    ):
        ids = tokens.encode(written)
        decoded = tokens.decode(ids, skip_special_tokens=True)
        for sent in (decoded, [{"role": "assistant", "content": decoded}]):
            rest = without_thinking(reader.text(sent, ids, prompt=ASK))
            assert (None if rest is None else rest.strip()) == answer


def test_a_turn_of_several_messages_is_read_from_its_last() -> None:
    """Its ids hold what tools said."""
    talk = [{"role": "tool", "content": "41"}, {"role": "assistant", "content": "42"}]
    assert reader_of(Tokens()).text(talk, [7, 7], prompt=ASK) == "42"


@pytest.mark.parametrize(
    ("texts", "opened"),
    [
        (["a</think>b", "c"], True),
        (["a</think>b", "<think>c"], False),
        (["<think>a</think>b", "c"], False),
        (["a", "b"], False),
        (["a[/THINK]b", "c"], True),
        ([], False),
    ],
)
def test_a_batch_shows_who_opens_the_thinking(texts: list[str], opened: bool) -> None:
    assert opened_among(texts) is opened
