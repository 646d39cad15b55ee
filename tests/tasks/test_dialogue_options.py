"""What the options of the dialogue task give away: no rank, no position, no missing fact."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import corpus_of, with_args

from golong_data.material.alternatives import beside, run_of
from golong_data.rows.schema import prompt_of, to_row
from golong_data.tasks.dialogue.config import DialogueConfig
from golong_data.tasks.dialogue.drafting import TALK, Frame, Talk
from golong_data.tasks.dialogue.lexicon import lexicon
from golong_data.tasks.dialogue.temporal import WORDS, Questions
from golong_data.tasks.dialogue.traits import traits
from golong_data.tasks.knobs import LEVELS, Level
from golong_data.types import Sample
from golong_data.words import languages_of, words

LANGUAGES = languages_of(TALK)
NUMBERS = st.lists(st.integers(-50, 1_000), max_size=40)


@cache
def rows(code: str, generator: str, n: int, ago: float | None = None) -> tuple[Sample, ...]:
    """The first n rows of one generator at 4k."""
    recipe, corpus = {"en": ("dialogue", "stdlib"), "zh": ("dialogue-zh", "sanguo")}[code]
    args = {"generators": {generator: 1}, "ago": ago}
    maker = with_args(args, corpus_of(corpus), task=recipe, ctx=4_096)
    return tuple(s for i in range(n) if (s := maker.make(i).sample))


def choices(sample: Sample) -> tuple[str, list[str]]:
    """The right option, and all but the one for nothing in order."""
    tail = prompt_of(to_row(sample)).rpartition(sample.question)[2]
    found = dict(re.findall(r"^([A-H])\) (.+)$", tail, re.MULTILINE))
    never = {frame.never for frame in words(Frame, TALK, "asks").values()}
    assert isinstance(sample.gold, str)
    return found[sample.gold], [text for text in found.values() if text not in never]


def size(text: str) -> float:
    """A number or an amount of money."""
    return float(text.replace("$", "").replace(",", "").replace("块", ".").rstrip("."))


@given(st.integers(1, 900), NUMBERS, st.integers(1, 7), st.integers(0, 10**6))
def test_wrong_numbers_are_wrong_and_as_many_as_asked_for(
    right: int, likely: list[int], n: int, seed: int
) -> None:
    """Above zero, all different, none the right one; likely mistakes before those that fill up."""
    found = beside(right, likely, range(1_001, 1_020), n, random.Random(seed))
    assert len(set(found)) == len(found) == n
    assert right not in found
    assert min(found) > 0
    below = [wrong for wrong in dict.fromkeys(likely) if 0 < wrong < right]
    assert [wrong for wrong in found if wrong < right] == below[: sum(w < right for w in found)]


def test_the_right_number_has_any_rank_equally_often() -> None:
    """With enough on both sides: 6 ranks, 3,000 draws, each 500 within five deviations."""
    pool = range(10, 200, 7)
    ranks = Counter(
        sum(wrong < 101 for wrong in beside(101, pool, (), 5, random.Random(seed)))
        for seed in range(3_000)
    )
    assert set(ranks) == set(range(6))
    assert all(abs(n - 500) < 5 * 20.4 for n in ranks.values())


@given(st.integers(1, 6), st.integers(0, 6), st.integers(3, 7), st.integers(0, 10**6))
def test_a_run_holds_its_number(fewest: int, more: int, length: int, seed: int) -> None:
    """As many numbers as asked for, above zero; the number lies within its bounds as well."""
    n, run = run_of(fewest, fewest + more, length, random.Random(seed))
    assert n in run
    assert fewest <= n <= fewest + more
    assert len(run) == length
    assert run.start >= 1


@pytest.mark.parametrize("level", LEVELS)
def test_counts_of_every_level_fill_their_options(level: Level) -> None:
    """As many possible counts as options, so that every option is right equally often."""
    config = DialogueConfig(level=level)
    fewest, most = config.events
    assert most - fewest + 1 == config.options - 1


POLICIES: dict[str, Callable[[list[str]], str]] = {
    "the smallest": lambda texts: min(texts, key=size),
    "the largest": lambda texts: max(texts, key=size),
    "the one in the middle": lambda texts: sorted(texts, key=size)[len(texts) // 2],
    "the second": lambda texts: sorted(texts, key=size)[1],
    "the last but one": lambda texts: sorted(texts, key=size)[-2],
}


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_no_rank_among_sums_and_counts_pays(policy: str, code: str) -> None:
    """One of five is right by chance: of 150 rows 30, and no more than four deviations off."""
    found = [choices(sample) for sample in rows(code, "multi_session", 150)]
    hits = sum(POLICIES[policy](texts) == right for right, texts in found)
    assert abs(hits - 30) <= 4 * 4.9


def test_where_nothing_was_said_the_options_look_the_same() -> None:
    """The number that is right where all was said is one of the wrong ones."""
    spans = {
        generator: Counter(
            tuple(sorted(map(int, texts)))
            for sample in rows("en", generator, n)
            if "How many" in sample.question or "how many" in sample.question
            for texts in [choices(sample)[1]]
            if all(re.fullmatch(r"[2-6]", text) for text in texts)
        )
        for generator, n in (("multi_session", 150), ("abstention", 60))
    }
    assert set(spans["multi_session"]) == set(spans["abstention"]) == {(2, 3, 4, 5, 6)}


def test_what_was_told_first_need_not_have_been_done_first() -> None:
    """Where all is told later than done, the first is never the one that is told first."""
    questions = words(Questions, WORDS, "asks")["en"]
    asked = {*questions.first, *questions.last}
    seen = 0
    for sample in rows("en", "temporal", 60, ago=1.0):
        question = re.split(r"\)\. ", sample.question, maxsplit=1)[1]
        if question[0].lower() + question[1:] not in asked:
            continue
        context = prompt_of(to_row(sample)).rpartition(sample.question)[0]
        told = {e.text: e.start for e in sample.evidence}
        order = sorted(told, key=told.__getitem__)
        end = order[0] if question[0].lower() + question[1:] in questions.first else order[-1]
        assert all(text in context for text in told)
        assert choices(sample)[0] not in end
        seen += 1
    assert seen >= 8


@pytest.mark.parametrize("code", LANGUAGES)
def test_records_only_get_better(code: str) -> None:
    """The values of a chain that can only fall stand in the context in falling order."""
    falling = [trait for trait, _ in traits(code) if trait.falls]
    assert falling
    names = lexicon(code)
    things = {names.thing(q, n) for t in falling for q in t.qualifiers for n in t.nouns}
    seen = 0
    for sample in rows(code, "update", 150):
        if not any(name in sample.question for name in things):
            continue
        times = [re.findall(r"\d\d[:分]\d\d", e.text)[0] for e in sample.evidence]
        seen += len(times) > 1
        assert times == sorted(times, reverse=True)
    assert seen


@pytest.mark.parametrize("aside", [0.0, 1.0])
def test_facts_are_told_in_passing(aside: float) -> None:
    """All of the user's beside a request for something else, or none."""
    maker = with_args(
        {"generators": {"update": 1}, "aside": aside},
        corpus_of("stdlib"),
        task="dialogue",
        ctx=4_096,
    )
    requests = {errand.request for errand in words(Talk, TALK, "writes")["en"].errands}
    for index in range(10):
        sample = maker.make(index).sample
        assert sample
        prompt = prompt_of(to_row(sample))
        for span in sample.evidence:
            start = prompt.rfind("\n", 0, span.start) + 1
            line = prompt[start : prompt.find("\n", span.end)]
            assert any(request in line for request in requests) == bool(aside), line
