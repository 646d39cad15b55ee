"""The policies do what they are called, over every kind of gold, from the row alone."""

from __future__ import annotations

import doctest
import json
import random
import re
from dataclasses import replace
from types import ModuleType

import pytest
from kinds import MAKERS, our_row, published_row

from golong_data.metrics import METRICS, score
from golong_data.quality import cases, cheats, estimates, samples
from golong_data.quality.cases import MAX_CANDIDATES, Case, case_of, shape_of
from golong_data.quality.cheats import Pool, answer, completion, pool_of, slips
from golong_data.quality.disguises import ARITHMETIC, BUNDLES, THOUGHTS
from golong_data.quality.policies import POLICIES
from golong_data.quality.shortcuts import SHORTCUTS
from golong_data.rewards import Scoring, earned

ANY = {"empty", "refusal", "question repeated", "context echoed", "markers stuffed"}
ANY |= {"answer in thinking only", "another row's gold"}
ANY |= {f"in a thought of {family}" for family in THOUGHTS}
PICKED = {"first candidates", "last candidates", "random candidates"}
LISTED = PICKED | {"every candidate", "first and last", "function words", *BUNDLES}
SUMS = set(ARITHMETIC) - {"unevaluated sum of the evidence"}
APPLY = {
    "math": ANY | PICKED | {"every candidate", "number grid", "many boxes", *SUMS},
    "exact_match": ANY | PICKED | {"every candidate"},
    "accuracy": ANY | {"every candidate", "random candidates", "commonest gold", "context-free"},
    "f1": ANY | LISTED,
    "subem": ANY | LISTED,
    "ndcg": ANY | LISTED | {"random order"},
    "pairwise": ANY | LISTED | {"random order"},
    "iou": ANY | PICKED | {"JSON with all rows"},
    "rouge_l": ANY | PICKED | {"function words"},
}
LETTERS = {f"always {letter}" for letter in "ABCD"}
APPLY["accuracy"] = APPLY["selection"] = APPLY["accuracy"] | LETTERS
"""What plays at least; answers that occur but once leave nothing for the commonest gold."""

each_metric = pytest.mark.parametrize("metric", MAKERS)


def cases_of(metric: str, n: int = 12) -> list[Case]:
    """Cases of one kind."""
    return [case_of(our_row(metric, i), i) for i in range(n)]


def play(name: str, case: Case, pool: Pool | None = None, seed: int = 0) -> str:
    """What a policy sends in; it has to apply."""
    made = POLICIES[name](case, pool or pool_of([case]), random.Random(seed))
    assert made is not None, name
    return made


def lines(text: str) -> list[str]:
    """The elements of a list answer."""
    head, *rest = text.split("\n")
    assert head == "[Answer]"
    return rest


def made_up(gold: str | tuple[str, ...], metric: str, prompt: str = "", question: str = "") -> Case:
    """A case made by hand."""
    return Case("x", "t", "", Scoring(metric, gold, "strict", "t"), prompt, question)


@pytest.mark.parametrize("module", [cases, cheats, estimates, samples])
def test_docstring_examples_hold(module: ModuleType) -> None:
    """What they show is what happens."""
    found = doctest.testmod(module)
    assert found.failed == 0


# --- which policies apply, and that they are pure -------------------------------------------


@each_metric
def test_policies_apply_to_the_kinds_of_gold_they_are_for(metric: str) -> None:
    """Those that do not apply leave their cell empty."""
    found = cases_of(metric)
    pool = pool_of(found)
    played = {
        name
        for name, policy in POLICIES.items()
        if policy(found[0], pool, random.Random(0)) is not None
    }
    extra = {"commonest gold", "context-free", "hedged list", *SHORTCUTS}
    assert APPLY[metric] <= played
    assert played - extra <= APPLY[metric]


@each_metric
def test_policies_are_pure(metric: str) -> None:
    """The same case, pool and seed give the same text, and none sees the gold of its own row."""
    found = cases_of(metric)
    pool = pool_of(found)
    for name, policy in POLICIES.items():
        first = policy(found[3], pool, random.Random(1))
        again = policy(case_of(our_row(metric, 3), 3), pool_of(cases_of(metric)), random.Random(1))
        assert first == again, name


# --- candidates -----------------------------------------------------------------------------


@pytest.mark.parametrize("metric", ["exact_match", "f1", "subem", "ndcg", "pairwise"])
def test_candidates_hold_the_gold_among_others_like_it(metric: str) -> None:
    """All that is built like the gold's elements, in the order of the prompt."""
    for case in cases_of(metric):
        assert set(case.elements) <= set(case.candidates)
        places = [case.prompt.index(c) for c in case.candidates]
        assert len(case.candidates) == (8 if metric == "pairwise" else len(places))
        if metric in ("f1", "subem", "ndcg"):
            assert len(case.candidates) == 40


def test_candidates_of_a_table_are_its_rows_under_the_asked_columns() -> None:
    """In any written form; 24 rows, two of three columns, the gold's rows among them."""
    case = case_of(our_row("iou", 0), 0)
    gold = [json.dumps(row) for row in json.loads(str(case.gold))["data"]]
    assert len(case.candidates) == 24
    assert set(gold) <= set(case.candidates)
    csv = replace(case, prompt="Sizes.\n\nkind,name,size\nx,moor,1\ny,fen,2\n\nThat is all.")
    assert csv.candidates == ('["moor", "1"]', '["fen", "2"]')


def test_candidates_of_options_are_the_letters_offered() -> None:
    """Of the last list of options; A to D where none can be read."""
    options = "\n".join(f"({c}) town {c.lower()}" for c in "ABCDEF")
    asked = f"A. a heading\n\n...\n\nWhich town?\n{options}\n\n[Answer]\nA"
    assert made_up(("C",), "accuracy", asked).options == tuple("ABCDEF")
    assert made_up(("C",), "accuracy", "Which town?").options == tuple("ABCD")


def test_candidates_of_a_number_are_the_numbers() -> None:
    """With commas, decimals and signs, not those inside of words."""
    case = made_up("7", "math", "In 2010 it was 1,200.5, then -3 (INV007).")
    assert case.candidates == ("2010", "1,200.5", "-3")


@pytest.mark.parametrize(
    ("elements", "text", "found"),
    [
        (("Part 3", "Part 12"), "Part 1 and Part 22, Paragraph 3", ["Part 1", "Part 22"]),
        (("INV007",), "INV123 INV9 ORD12 007", ["INV123", "INV9"]),
        (("A1", "B2"), "A1 C3 D12 AB", ["A1", "C3", "D12"]),
        (("5.5%", "-2.2%"), "up 7.1% or -0.3%, not 5.5 apples", ["7.1%", "-0.3%"]),
        (("beleive",), "They beleive it", ["They", "beleive", "it"]),
        (("Oslo", "Bergen"), "from Paris to Rome by car", ["Paris", "Rome"]),
        (("第3章", "第12章"), "第1章，第20章", ["第1章", "第20章"]),
        (("get_user(id)", "get_user(name)"), "get_user(x) set_user(y)", ["get_user(x)"]),
    ],
)
def test_shapes(elements: tuple[str, ...], text: str, found: list[str]) -> None:
    """What is shared stays, numbers and other words may be any."""
    shape = shape_of(elements)
    assert shape is not None
    assert shape.findall(text) == found


def test_a_shape_that_only_the_gold_has_is_no_candidate() -> None:
    """Else the policy would be told the answer."""
    case = made_up(("zebra-77-quux",), "f1", "The key is zebra-77-quux, not wolf.")
    assert case.candidates == ()
    assert POLICIES["every candidate"](case, pool_of([case]), random.Random(0)) is None


def test_candidates_are_bounded() -> None:
    """However many numbers a prompt holds."""
    case = made_up("7", "math", " ".join(map(str, range(10_000))))
    assert len(case.candidates) == MAX_CANDIDATES


# --- single policies ------------------------------------------------------------------------


def test_first_last_and_random_candidates_are_as_many_as_are_right() -> None:
    """From the start, from the end, from anywhere without repeats."""
    case = case_of(our_row("ndcg", 0), 0)
    assert lines(play("first candidates", case)) == list(case.candidates[:8])
    assert lines(play("last candidates", case)) == list(case.candidates[-8:])
    drawn = lines(play("random candidates", case))
    assert len(set(drawn)) == len(drawn) == 8
    assert set(drawn) <= set(case.candidates)
    assert drawn != lines(play("random candidates", case, seed=1))
    assert lines(play("first and last", case)) == [case.candidates[0], case.candidates[-1]]
    assert lines(play("every candidate", case)) == list(case.candidates)


def test_a_random_order_has_all_right_elements() -> None:
    """And not always in the right order."""
    case = case_of(our_row("pairwise", 0), 0)
    drawn = [lines(play("random order", case, seed=seed)) for seed in range(5)]
    assert all(sorted(order) == sorted(case.elements) for order in drawn)
    assert any(order != list(case.elements) for order in drawn)


def test_the_commonest_gold_is_counted_over_the_other_rows() -> None:
    """A gold that only this row has does not count for it."""
    rows = [made_up(g, "exact_match") for g in ("Oslo", "Rome", "Rome", "Paris", "Paris")]
    found = [replace(case, id=str(i)) for i, case in enumerate(rows)]
    pool = pool_of(found)
    said = [play("commonest gold", case, pool).split("\n")[1] for case in found]
    assert said == ["Paris", "Paris", "Paris", "Rome", "Rome"]
    alone = [made_up("Oslo", "exact_match")]
    assert POLICIES["commonest gold"](alone[0], pool_of(alone), random.Random(0)) is None


def test_context_free_answers_by_the_form_of_the_question() -> None:
    """Names, quotations and numbers are not part of the form."""
    asked = [
        ('Is "Ada" older than 30?', "yes"),
        ('Is "Bob" older than 41?', "yes"),
        ('Is "Cleo" older than 7?', "no"),
        ("Who is the oldest?", "no"),
        ("Who is the oldest?", "no"),
    ]
    found = [
        replace(made_up(gold, "exact_match", question=question), id=str(i))
        for i, (question, gold) in enumerate(asked)
    ]
    pool = pool_of(found)
    said = [play("context-free", case, pool).split("\n")[1] for case in found]
    assert said == ["yes", "yes", "yes", "no", "no"]
    assert found[0].form == found[2].form != found[3].form


def test_the_answer_in_the_thinking_stands_nowhere_else() -> None:
    """Before </think> only."""
    for metric in MAKERS:
        case = case_of(our_row(metric, 0), 0)
        sent = play("answer in thinking only", case)
        assert completion(sent) == sent
        assert answer(case.gold, metric) in sent.split("</think>")[0]
        assert sent.split("</think>")[1].strip() == "I do not know."


def test_json_with_all_rows_has_the_asked_columns() -> None:
    """It is what a solver would send that filters nothing."""
    case = case_of(our_row("iou", 0), 0)
    sent = json.loads(re.sub(r"</?answer>", "", play("JSON with all rows", case)))
    assert sent["columns"] == ["name", "size"]
    assert len(sent["data"]) == 24


def test_a_number_grid_is_written_like_the_gold() -> None:
    """One decimal and a per cent sign, over the whole range."""
    case = made_up(("5.5%", "-2.2%"), "subem")
    grid = lines(play("number grid", case))
    assert {"5.5%", "-2.2%", "0.0%"} <= set(grid)


def test_a_number_of_the_evidence_is_copied_without_computing() -> None:
    """The last one of the last piece."""
    case = replace(made_up("7", "math"), evidence=("a 3", "b 4 or 5"))
    assert play("number of the evidence", case) == r"\boxed{5}"


def test_letters_are_those_that_the_row_offers() -> None:
    """E is nobody's answer where there are four options."""
    case = case_of(our_row("accuracy", 0), 0)
    assert lines(play("always B", case)) == ["B"]
    assert POLICIES["always E"](case, pool_of([case]), random.Random(0)) is None


def test_a_thought_stands_before_every_cheat() -> None:
    """Exactly one, so that the published gate lets it pass; none before one of another family."""
    opened = tuple(opening for opening, _ in THOUGHTS.values())
    for metric in MAKERS:
        case = case_of(published_row(metric, 0), 0)
        pool = pool_of([case_of(published_row(metric, i), i) for i in range(3)])
        for policy in POLICIES.values():
            made = policy(case, pool, random.Random(0))
            if made is not None and not made.startswith(opened):
                assert completion(made).count("</think>") == 1
                assert completion(made).count("<think>") == 1


# --- controls -------------------------------------------------------------------------------


@each_metric
def test_the_gold_as_the_prompts_ask_for_it_earns_one(metric: str) -> None:
    """Under strict for our rows, under golong for published ones (but ROUGE-L, see there)."""
    ours = case_of(our_row(metric, 7), 7)
    assert score(answer(ours.gold, metric), ours.gold, metric) == 1.0
    assert earned(cheats.gold_answer(ours), ours.scoring) == 1.0
    theirs = case_of(published_row(metric, 7), 7)
    paid = earned(cheats.gold_answer(theirs), theirs.scoring)
    assert paid == 1.0 if metric != "rouge_l" else (paid or 0) > 0.9


def test_an_empty_list_is_answered_by_saying_so() -> None:
    """Abstention is an answer; silence is none."""
    for gold in ((), ("None",), ("No Error",)):
        case = made_up(gold, "f1")
        assert earned(cheats.gold_answer(case), case.scoring) == 1.0
        assert earned(completion(""), case.scoring) == 0.0


@each_metric
def test_slips_of_form_cost_nothing_under_strict(metric: str) -> None:
    """Bullets, bold, fences, remarks, brackets."""
    case = case_of(our_row(metric, 8), 8)
    assert len(slips(case)) >= 2
    assert {earned(text, case.scoring) for text in slips(case)} == {1.0}


def test_every_metric_has_a_kind() -> None:
    """And every kind a metric."""
    assert set(cases.KINDS) == set(METRICS) == set(MAKERS)


# --- published rows -------------------------------------------------------------------------


def test_a_published_row_needs_neither_id_nor_question() -> None:
    """They are made of what there is."""
    row = published_row("f1", 0)
    del row["extra_info"]["question"]
    case = case_of(row, 5)
    assert (case.id, case.task, case.question) == ("row 5", "T7.2", "Which invoices are void?")
    plain = {**row, "prompt": "A: 1\n\nB: 2\n\nWhich?"}
    assert case_of(plain, 0).question == "Which?"
