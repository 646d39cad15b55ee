"""Thinking is left out, whoever writes it, and so is what follows the end of a turn."""

from __future__ import annotations

import doctest
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golong_data.metrics import METRICS, score, thinking
from golong_data.metrics.delimiters import OPENED
from golong_data.metrics.text import INVISIBLE, visible
from golong_data.metrics.thinking import last_opening, without_thinking

PROPERTY = settings(max_examples=150, deadline=None, database=None)
NO_HANG = 30.0  # seconds; says only that a call returns

PAIRS = {
    # family, as its models' templates and papers write it -> (opening, closing)
    "DeepSeek, Qwen": ("<think>", "</think>"),
    "Claude": ("<thinking>", "</thinking>"),
    "EXAONE": ("<thought>", "</thought>"),
    "Seed": ("<seed:think>", "</seed:think>"),
    "LongCat": ("<longcat_think>", "</longcat_think>"),
    "Kimi": ("◁think▷", "◁/think▷"),
    "Magistral": ("[THINK]", "[/THINK]"),
    "Cohere": ("<|START_THINKING|>", "<|END_THINKING|><|START_RESPONSE|>"),
    "OpenThinker": (
        "<|begin_of_thought|>",
        "<|end_of_thought|>\n\n<|begin_of_solution|>",
    ),
    "gpt-oss": (
        "<|channel|>analysis<|message|>",
        "<|end|><|start|>assistant<|channel|>final<|message|>",
    ),
    "gpt-oss, JSON": (
        "<|channel|>analysis<|message|>",
        "<|end|><|start|>assistant<|channel|>final <|constrain|>json<|message|>",
    ),
    "gpt-oss, commentary": (
        "<|channel|>commentary to=functions.find <|constrain|>json<|message|>",
        "<|call|><|start|>assistant<|channel|>final<|message|>",
    ),
    "gpt-oss, stripped": ("analysis", "assistantfinal"),
    "Gemma 4": ("<|channel>thought\n", "<channel|>"),
    "Granite 3.2": ("Here is my thought process:\n", "\nHere is my response:\n"),
    "Apriel": ("Here are my reasoning steps:\n", "\n[BEGIN FINAL RESPONSE]\n"),
    "asked for: reasoning": ("<reasoning>", "</reasoning>"),
    "asked for: analysis": ("<analysis>", "</analysis>"),
    "asked for: scratchpad": ("<scratchpad>", "</scratchpad>"),
    "asked for: SCRATCHPAD": ("<SCRATCHPAD>\n", "\n</SCRATCHPAD>"),
    "asked for: reflection": ("<reflection>", "</reflection>"),
    "with attributes": ('<think effort="high">', "</ Think >"),
}
SPOKEN = {"Granite 3.2", "Apriel"}
"""Families of plain words, which anybody may begin with: see the cases below."""

each_pair = pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(thinking).failed == 0


@each_pair
def test_the_answer_is_what_follows_the_thinking(pair: tuple[str, str]) -> None:
    opening, closing = pair
    text = rf"{opening}Let me look. \boxed{{41}} No. [Answer] 40{closing}[Answer]" + "\n42"
    assert (without_thinking(text) or "").lstrip() == "[Answer]\n42"
    assert score(text, "42", "math") == 1.0
    assert score(text, "41", "math") == score(text, "40", "math") == 0.0


@pytest.mark.parametrize("name", sorted(set(PAIRS) - SPOKEN))
def test_thinking_that_is_not_closed_leaves_no_answer(name: str) -> None:
    opening, closing = PAIRS[name]
    for text in (
        rf"{opening}Let me look. It is \boxed{{42}}",
        rf"{opening}Let me look.{closing}So \boxed{{41}}. {opening}No, we get \boxed{{42}}",
    ):
        if not text.startswith("analysis") or closing not in text:
            assert score(text, "42", "math") == 0.0


@pytest.mark.parametrize("name", sorted(set(PAIRS) - SPOKEN - {"gpt-oss, stripped"}))
def test_a_closing_alone_closes_what_the_prompt_opened(name: str) -> None:
    closing = PAIRS[name][1]
    assert without_thinking(f"Let me look. [Answer] 41{closing}42") == "42"
    assert without_thinking(f"{OPENED}\nLet me look. [Answer] 41{closing}42") == "42"
    assert without_thinking(f"{OPENED}\nLet me look. [Answer] 42") is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        # Thinking that talks about tags.
        ("<think>the <analysis> tag</think>42", "42"),
        ("<think>the tag </reasoning> ends. [Answer] 42", None),
        ("the <analysis> tag</think>42", "42"),
        ("the tag </think> ends</think>42", "42"),
        ("<think>first <think> and then</think>42", "42"),
        (f"{OPENED}\n<analysis>Hm.</analysis>[Answer] 42", None),
        ("<thinking>Hm. <reflection>Is it?</reflection> [Answer] 42", None),
        ("<thinking>Hm. <reflection>Is it?</reflection></thinking>42", "42"),
        ("<seed:think>a<seed:cot_budget_reflect>b</seed:cot_budget_reflect>c</seed:think>d", "d"),
        # What begins like a family in plain words and is none.
        ("analysisResults", "analysisResults"),
        ("analysisResults\nanalysisPlan\nrun", "analysisResults\nanalysisPlan\nrun"),
        ("analysis of the rows\n42", "analysis of the rows\n42"),
        ("The assistantfinal token is 42", "The assistantfinal token is 42"),
        ("Here is my thought process:\n6 * 7", "Here is my thought process:\n6 * 7"),
        ("analysisWe need to add. 40 + 2 = 42", None),
        ("analysisWe add.assistantanalysisOnce more.", None),
        ("analysisWe add.assistantcommentaryNow.assistantfinal42", "42"),
        ('analysisWe add.assistantfinal json{"n": 42}', '{"n": 42}'),
        ("a <think/> b", "a <think/> b"),
        ("if a < think and b > 3", "if a < think and b > 3"),
        ("<thinker>42</thinker>", "<thinker>42</thinker>"),
        # Wrapped answers.
        ("<think>a</think><response>42</response>", "42"),
        ("<think>a</think>\n<response>\n42\n</response>\n", "\n42\n"),
        ("<think>a</think><|begin_of_box|>42<|end_of_box|>", "42"),
        ("<response>42</response> or so", "42</response> or so"),
        # Turns.
        ("<|im_start|>assistant\n42<|im_end|>", "42"),
        ("<|start|>assistant<|channel|>final<|message|>42<|return|>", "42"),
        ("<｜Assistant｜>42<｜end▁of▁sentence｜>", "42"),
        ("41<|im_end|>\n<|im_start|>user\nNo.<|im_end|>\n<think>x</think>42", "41"),
        ("41<|im_end|><|im_start|>assistant\n42<|im_end|>", "41"),
        ("the <|im_end|> token</think>42</s>", "42"),
        ("<think>It ends.<|im_end|>42", None),
        ("</s>42", ""),
        ("41<|end|><|start|>assistant<|channel|>final<|message|>42<|return|>", "42"),
        ("<|channel|>final<|message|>42<|end|><|start|>assistant<|channel|>analysis", "42"),
    ],
)
def test_cases(text: str, rest: str | None) -> None:
    assert without_thinking(text) == rest


ENDS = (
    "<|im_end|> <|endoftext|> </s> <|eot_id|> <|end_of_text|> <end_of_turn> <|return|> <|end|> "
    "<|END_OF_TURN_TOKEN|> <|END_RESPONSE|> [EOS] <eos> [EOT] <|eom_id|> <｜end▁of▁sentence｜> "
    "<|end▁of▁sentence|> <turn|> <|call|> <|end_of_role|> <EOT> <|EOT|>"
).split()
ENDS.append("[END FINAL RESPONSE]")


@pytest.mark.parametrize("end", ENDS)
def test_the_end_of_a_turn_is_no_part_of_the_answer(end: str) -> None:
    for text in ("[Answer]\nPart 3\nPart 7", "<think>x</think>\nPart 3\nPart 7"):
        for more in (end, f"{end}\n", end * 3, f"{end}\n[Answer]\nPart 5", f" {end} and so on"):
            assert score(text + more, ["Part 3", "Part 7"], "f1") == 1.0


@pytest.mark.parametrize("character", INVISIBLE)
def test_invisible_characters_belong_to_no_answer(character: str) -> None:
    assert visible(f"{character}a{character}b{character}") == "ab"
    assert score(f"[Answer]\nHarbour{character}", "Harbour", "exact_match") == 1.0
    assert without_thinking(f"<th{character}ink>42") is None


@pytest.mark.parametrize(
    ("prompt", "opening"),
    [
        ("<|im_start|>assistant\n<think>\n", "<think>"),
        ("<|im_start|>assistant\n<think>\n\n</think>\n\n", ""),
        ("<|start|>assistant", ""),
        ("<|start|>assistant<|channel|>analysis<|message|>", "<|channel|>analysis<|message|>"),
        ("[/INST][THINK]", "[THINK]"),
        ("What is <think> for?", ""),
        ("", ""),
    ],
)
def test_a_prompt_that_ends_with_an_opening(prompt: str, opening: str) -> None:
    assert last_opening(prompt) == opening


PARTS = st.sampled_from(
    [part for pair in PAIRS.values() for part in pair]
    + ENDS
    + [OPENED, "<|im_start|>", "<s>", "<", "[", "◁", "\u200b", "[Answer] ", "42", "\n", " and "]
)


@PROPERTY
@given(st.lists(PARTS, max_size=12).map("".join))
def test_an_answer_is_a_stretch_of_the_text_and_is_its_own(text: str) -> None:
    """It stands in the text, holds no thinking of its own, and does not depend on chance."""
    rest = without_thinking(text)
    assert rest == without_thinking(text)
    if rest is not None and "_of_box" not in text:
        assert rest in visible(text)


@PROPERTY
@given(st.lists(st.sampled_from(["<think>", "</think>", "<", "[THINK]", "◁", "[EOS]", " a\n"])))
def test_the_short_way_is_the_long_way(parts: list[str]) -> None:
    """Completions with few delimiters are not walked through, and come out as if they were."""
    text = "".join(parts)
    for sent in (text, f"<think>{text}", f"a</think>{text}", f"<think>a</think>{text}"):
        assert without_thinking(sent) == thinking._walked(sent)


@PROPERTY
@given(st.sampled_from(sorted(set(PAIRS) - SPOKEN - {"gpt-oss, stripped"})), st.text(max_size=40))
def test_nothing_that_is_thought_changes_what_is_earned(name: str, thought: str) -> None:
    """Whatever stands between the delimiters, unless it holds delimiters itself."""
    opening, closing = PAIRS[name]
    thought = "".join(c for c in thought if c not in "<[◁>]▷")
    for said in ("[Answer]\nPart 3", "I could not determine this.", ""):
        plain = score(said, ["Part 3"], "f1")
        assert score(f"{opening}{thought}{closing}{said}", ["Part 3"], "f1") == plain


@pytest.mark.parametrize("metric", sorted(METRICS))
def test_the_gold_in_the_thinking_alone_earns_nothing(metric: str) -> None:
    """For every metric and every family, with a refusal as the answer."""
    gold: str | list[str] = {
        "math": "42",
        "exact_match": "The harbour was rebuilt",
        "selection": "B",
        "iou": '{"columns": ["n"], "data": [["Oslo"]]}',
        "accuracy": ["B"],
    }.get(metric, ["Part 3", "Part 7"])
    told = gold if isinstance(gold, str) else "\n".join(gold)
    for opening, closing in PAIRS.values():
        text = f"{opening}Let me look. [Answer]\n{told}{closing}I could not determine this."
        assert score(text, gold, metric) == 0.0


@pytest.mark.parametrize(
    "part",
    [
        *("<think>", "</think>", "<think></think>", "<", "< think ", "<think x=", "</s>", "[", "◁"),
        *("</think><think>", "<|channel|>", "<|im_start|>assistant\n", "\u200b", "<s>", "analysis"),
        *("<think></reasoning>", "<analysis></think>", "assistantfinal", "assistantanalysis"),
    ],
)
def test_time_is_linear_in_the_length(part: str) -> None:
    """A hundred thousand characters take no noticeable time."""
    begun = time.perf_counter()
    for before in ("", "analysis", f"{OPENED}\n"):
        without_thinking(before + part * (100_000 // len(part)))
    assert time.perf_counter() - begun < NO_HANG
