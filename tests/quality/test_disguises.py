"""What looks like an answer to a parser is sent in as such, and is worth nothing."""

from __future__ import annotations

import ast
import operator
import random
import re

import pytest
from kinds import MAKERS, our_row

from golong_data.quality.cases import Case, case_of
from golong_data.quality.ceilings import ceiling_of
from golong_data.quality.cheats import completion, pool_of
from golong_data.quality.disguises import ARITHMETIC, BUNDLES, THOUGHTS, example_of
from golong_data.quality.policies import NOTHING_DUE, POLICIES
from golong_data.rewards import Scoring


def play(name: str, case: Case) -> str | None:
    """What a policy sends in."""
    return POLICIES[name](case, pool_of([case]), random.Random(0))


def number(gold: str, evidence: tuple[str, ...] = ()) -> Case:
    """A case whose gold is a number."""
    return Case("x", "t", "", Scoring("math", gold, "strict", "t"), "1, 2, 3", "?", evidence)


@pytest.mark.parametrize("family", THOUGHTS)
@pytest.mark.parametrize("metric", MAKERS)
def test_the_right_answer_stands_in_the_thought_alone(family: str, metric: str) -> None:
    """No thought of our own before it: a model has one way of thinking."""
    case = case_of(our_row(metric, 0), 0)
    sent = play(f"in a thought of {family}", case)
    assert sent is not None
    assert completion(sent) == sent
    opening, closing = THOUGHTS[family]
    assert sent.startswith(opening)
    assert case.elements[0] in sent.split(closing)[0]
    assert sent.split(closing)[1] == "I do not know."


def worked_out(text: str) -> float:
    """Sums, products and quotients of numbers."""
    known = {ast.Add: operator.add, ast.Sub: operator.sub}
    known |= {ast.Mult: operator.mul, ast.Div: operator.truediv}

    def value(node: ast.expr) -> float:
        if isinstance(node, ast.BinOp):
            return float(known[type(node.op)](value(node.left), value(node.right)))
        if isinstance(node, ast.UnaryOp):
            return -value(node.operand)
        assert isinstance(node, ast.Constant)
        return float(str(node.value))

    return value(ast.parse(text, mode="eval").body)


@pytest.mark.parametrize("gold", ["42", "-3.5", "1,250", "12%", "0"])
@pytest.mark.parametrize("policy", ARITHMETIC)
def test_a_sum_comes_to_the_gold_and_is_not_it(policy: str, gold: str) -> None:
    """Worked out by whoever reads it, not by whoever wrote it."""
    sent = play(policy, number(gold, ("a 3 and 4",)))
    assert sent is not None
    inner = re.fullmatch(r"\\boxed\{(.*)\}", sent)
    assert inner is not None
    worth = worked_out(re.sub(r"\\frac\{(.*?)\}\{(.*?)\}", r"(\1)/(\2)", inner[1]))
    assert worth == pytest.approx(float(gold.replace(",", "").rstrip("%")))
    assert inner[1] != gold


def test_no_sum_without_evidence_or_for_words() -> None:
    """What is no number has no sum."""
    assert play("unevaluated sum of the evidence", number("42")) is None
    assert play("unevaluated sum", number("forty")) is None


@pytest.mark.parametrize("policy", BUNDLES)
def test_a_bundle_holds_every_candidate(policy: str) -> None:
    """On fewer lines than there are, or nested below one."""
    case = case_of(our_row("f1", 0), 0)
    sent = play(policy, case)
    assert sent is not None
    assert all(candidate in sent for candidate in case.candidates)
    assert len(re.findall(r"^\S", sent, re.MULTILINE)) < len(case.candidates) / 2
    assert play(policy, case_of(our_row("math", 0), 0)) is None


@pytest.mark.parametrize(
    ("tail", "metric", "shown"),
    [
        ("Reply so:\n\n[Answer]\nPart 7\nPart 8", "f1", ("Part 7", "Part 8")),
        ("marker [Answer] behind it.\n\n[Answer]\n1,250.75", "exact_match", ("1,250.75",)),
        ("格式：\n[答案]\n文档 1001", "f1", ("文档 1001",)),
        (r"in \boxed{}, for example \boxed{1,234.5}.", "math", ("1,234.5",)),
        ("Say what it is.", "f1", ()),
    ],
)
def test_the_example_of_the_prompt_is_read(tail: str, metric: str, shown: tuple[str, ...]) -> None:
    """Behind its last marker, or in its last box; the context is not looked at."""
    context = "Some words.\n[Answer]\nnot this\n" * 20
    gold = "1" if metric in ("math", "exact_match") else ("1",)
    prompt = f"{context}\nWhich?\n\n{tail}"
    case = Case("x", "t", "", Scoring(metric, gold, "strict", "t"), prompt, "Which?")
    assert example_of(case) == shown
    sent = play("the prompt's example", case)
    assert sent is None if not shown else sent is not None and shown[0] in sent


def test_function_words_are_as_many_as_are_asked_for() -> None:
    """Of the language of the prompt."""
    case = case_of(our_row("f1", 0), 0)
    assert play("function words", case) == "[Answer]\nthe\nof"
    chinese = Case(
        "x", "t", "", Scoring("rouge_l", "他来到了城门", "strict", "t"), "城门" * 200, "如何？"
    )
    assert play("function words", chinese) == "[Answer]\n的了是在不有"


def test_nothing_is_due_to_what_is_no_answer() -> None:
    """Whatever a task allows to others, and chance to options."""
    for metric in ("accuracy", "f1", "math"):
        cases = [case_of(our_row(metric, i), i) for i in range(3)]
        assert all(ceiling_of(cases, name) == (0.0, 0.0) for name in NOTHING_DUE)
    assert POLICIES.keys() >= NOTHING_DUE
