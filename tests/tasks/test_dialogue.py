"""The dialogue task: hand-made chats with known answers, each ability at every level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import corpus_of, with_args

from golong_data.errors import UserError
from golong_data.making.sample import Maker
from golong_data.quality.contract import ROW_CHECKS
from golong_data.recipes import load_recipe
from golong_data.rows.schema import prompt_of, to_row
from golong_data.solving import reading
from golong_data.strict import strict
from golong_data.tasks import get_task
from golong_data.tasks.dialogue import GENERATORS, multi_session, temporal
from golong_data.tasks.dialogue.config import DialogueConfig
from golong_data.tasks.dialogue.drafting import TALK, Frame
from golong_data.tasks.dialogue.multi_session import cents, money
from golong_data.tasks.dialogue.solve.multi_session import Cues
from golong_data.tasks.dialogue.traits import traits
from golong_data.tasks.knobs import LEVELS, Level
from golong_data.types import Sample
from golong_data.words import languages_of, words

RECIPE = {"en": "dialogue", "zh": "dialogue-zh"}
CORPUS = {"en": "stdlib", "zh": "sanguo"}

LANGUAGES = languages_of(TALK)

each_language = pytest.mark.parametrize("code", LANGUAGES)
each_level = pytest.mark.parametrize("level", LEVELS)
each_generator = pytest.mark.parametrize("generator", GENERATORS)


def maker(code: str, ctx: int = 8_192, corpus: str = "", **args: Any) -> Maker:
    """The recipe of a language with other arguments."""
    return with_args(args, corpus_of(corpus or CORPUS[code]), task=RECIPE[code], ctx=ctx)


def made(maker: Maker, n: int) -> list[Sample]:
    """The first n samples; an index that gives none fails the test."""
    outcomes = [maker.make(index) for index in range(n)]
    assert all(o.sample for o in outcomes), [o.refused for o in outcomes if not o.sample]
    return [o.sample for o in outcomes if o.sample]


def text_of(sample: Sample) -> str:
    return prompt_of(to_row(sample))


def options(sample: Sample) -> dict[str, str]:
    """Letter -> text, read here apart from the library."""
    asked = text_of(sample).rpartition(sample.question)[2]
    return dict(re.findall(r"^([A-H])\) (.+)$", asked, re.MULTILINE))


def right(sample: Sample) -> str:
    assert isinstance(sample.gold, str)
    return options(sample)[sample.gold]


def pattern(wording: str) -> re.Pattern[str]:
    """Matches what a wording becomes when its slots are filled."""
    parts = (re.escape(part) for part in re.split(r"\{\w+\}", wording))
    return re.compile(".{1,60}?".join(parts), re.IGNORECASE)


# --- money ---------------------------------------------------------------------------------


@given(st.integers(1, 10_000_000), st.sampled_from(["en", "zh"]))
def test_money_reads_back(amount: int, code: str) -> None:
    """As it is written in either language; Chinese amounts have one decimal."""
    amount = amount if code == "en" else amount * 10
    written = money(amount, words(multi_session.Written, multi_session.WORDS, "writes")[code].money)
    assert cents(written) == amount
    assert words(Cues, multi_session.WORDS, "reads")[code].amount(written) == amount


# --- hand-made prompts with known answers ----------------------------------------------------


def asked(sessions: Mapping[str, str], question: str, *choices: str, zh: bool = False) -> Any:
    """What the task's solver says to these sessions and options."""
    name, label, mark = ("会话", "用户：", "问题：") if zh else ("Session", "User: ", "Question: ")
    weekday = "（星期一）" if zh else " (Monday)"
    chats = "\n\n".join(
        f"[{name} {n}] {date}{weekday}\n{label}{said}"
        for n, (date, said) in enumerate(sessions.items(), 1)
    )
    today = "今天是2024-01-01（星期一）。" if zh else "Today is 2024-01-01 (Monday). "
    lettered = "\n".join(f"{chr(65 + i)}) {text}" for i, text in enumerate(choices))
    prompt = f"{chats}\n\nEnd.\n\n{mark}{today}{question}\n\n{lettered}\n"
    return get_task("dialogue").solve(prompt)


NEVER = "I never mentioned it."


def test_a_fact_is_found_among_other_peoples() -> None:
    """The user's own, or that there is none."""
    sessions = {
        "2023-01-02": "By the way. My aunt has a grey cat as well, that one is called Zuko.",
        "2023-01-09": "I decided to call my grey cat Mipo. Anyway.",
        "2023-02-09": "I nearly called my grey cat Ruvi, but I dropped the idea.",
    }
    question = "What is the name of my grey cat?"
    assert asked(sessions, question, "Zuko", NEVER, "Ruvi", "Mipo") == "D"
    del sessions["2023-01-09"]
    assert asked(sessions, question, "Zuko", NEVER, "Ruvi", "Mipo") == "B"
    assert asked({}, question, "Zuko", NEVER, "Ruvi", "Mipo") is None


def test_what_the_assistant_said_counts_as_well() -> None:
    """A suggestion of its own, not one that the user heard elsewhere."""
    sessions = {
        "2023-01-02": "Where could I go for a quiet dinner?\n"
        "Assistant: For a quiet dinner I would recommend Brenwick House.",
        "2023-01-03": "My uncle recommended Talham Rooms for a quiet dinner.",
    }
    question = "Which place did you recommend to me for a quiet dinner?"
    assert asked(sessions, question, "Talham Rooms", "Brenwick House", NEVER) == "B"


MOVES = {
    "2023-01-02": "I keep my spare tent in the tall desk at work.",
    "2023-03-02": "I moved my spare tent, it is under the wide box in the attic now.",
    "2023-03-20": "I wanted to put my spare tent on the shelf at work, but there was no room.",
    "2023-05-02": "My spare tent has a new place, it lives behind the tall chest at work now.",
}
PLACES = (
    "in the tall desk at work",
    "under the wide box in the attic",
    "behind the tall chest at work",
    NEVER,
)


@pytest.mark.parametrize(
    ("question", "letter"),
    [
        ("Where is my spare tent now?", "C"),
        ("Where was my spare tent on 2023-02-10 (Friday)?", "A"),
        ("Where was my spare tent on 2023-04-10 (Monday)?", "B"),
        ("Where was my spare tent before I moved it the last time?", "B"),
        ("Where did I keep my spare tent to begin with?", "A"),
        ("Where is my silver tent now?", "D"),
    ],
)
def test_values_change_with_time(question: str, letter: str) -> None:
    """The latest, the one on a date, the one before, and none at all."""
    assert asked(MOVES, question, *PLACES) == letter


def test_things_are_counted_once_and_only_the_users() -> None:
    """Two visits to one museum are one museum."""
    sessions = {
        "2023-01-02": "Today I visited the Norby museum.",
        "2023-01-05": "I went back to the Norby museum for a second time.",
        "2023-01-07": "I finally visited the Kelton museum. My aunt visited the Halby museum.",
        "2023-01-09": "I wanted to visit the Pimby museum, but nothing came of it.",
    }
    question = "How many different museums did I say I visited?"
    assert asked(sessions, question, "1", "2", "3", "4", NEVER) == "B"


def test_money_is_added_and_compared() -> None:
    """12.50 + 20.20 = 32.70, which is 22.60 more than 10.10."""
    sessions = {
        "2023-01-02": "I spent $12.50 on baking gear today.",
        "2023-01-05": "I paid $20.20 for baking gear. My aunt spent $99.50 on baking gear.",
        "2023-01-07": "I paid $10.10 for fishing books.",
    }
    total = "How much money did I spend on baking gear in all?"
    assert asked(sessions, total, "$132.20", "$32.70", NEVER) == "B"
    more = "By how much did what I spent on baking gear exceed what I spent on fishing books?"
    assert asked(sessions, more, "$22.60", "$10.10", NEVER) == "A"
    other = "How much money did I spend on baking books in all?"
    assert asked(sessions, other, "$22.60", "$10.10", NEVER) == "C"


DEEDS = {
    "2023-03-01": "Today I sold the red kettle.",
    "2023-03-10": "Exactly two weeks ago I painted the oval clock.",
    "2023-03-20": "This morning I repaired the rusty ladder. My aunt bought the brass mirror.",
}


@pytest.mark.parametrize(
    ("question", "choices", "letter"),
    [
        (
            "Which of these did I do first?",
            ("sold the red kettle", "painted the oval clock", NEVER, "repaired the rusty ladder"),
            "B",
        ),
        (
            "Which of these did I do last?",
            ("sold the red kettle", "painted the oval clock", NEVER, "repaired the rusty ladder"),
            "D",
        ),
        (
            "How many days passed between the day I sold the red kettle and the day I painted "
            "the oval clock?",
            ("9", "5", "23", NEVER),
            "B",
        ),
        (
            "On which date did I say I painted the oval clock?",
            ("2023-03-10 (Friday)", "2023-02-24 (Friday)", NEVER),
            "B",
        ),
        (
            "What was the date on which I bought the brass mirror?",
            ("2023-03-20 (Monday)", NEVER),
            "B",
        ),
        (
            "In which order did these three things happen: I repaired the rusty ladder, I sold the "
            "red kettle, I painted the oval clock?",
            (
                "sold the red kettle, then painted the oval clock, then repaired the rusty ladder",
                "painted the oval clock, then sold the red kettle, then repaired the rusty ladder",
                NEVER,
            ),
            "B",
        ),
    ],
)
def test_times_are_those_of_the_events(
    question: str, choices: tuple[str, ...], letter: str
) -> None:
    """Told two weeks later, an event keeps its own day."""
    assert asked(DEEDS, question, *choices) == letter


def test_it_reads_chinese() -> None:
    """A value, a later one, a sum and a date."""
    sessions = {
        "2023-03-01": "我的陶艺课安排在星期二晚上7点半。",
        "2023-03-10": "对了。整整两周前我修好了红色水壶。我今天在登山装备上花了57块5。",
        "2023-03-20": "他们把我的陶艺课调到了星期四上午9点整。买登山装备用掉了我12块6。",
    }
    never = "我从来没有提到过。"
    slots = ("星期二晚上7点半", "星期四上午9点整", never)
    assert asked(sessions, "我的陶艺课现在是什么时间？", *slots, zh=True) == "B"
    assert asked(sessions, "最近一次改期之前，我的陶艺课是什么时间？", *slots, zh=True) == "A"
    total = "我在登山装备上一共花了多少钱？"
    assert asked(sessions, total, "70块1", "57块5", never, zh=True) == "A"
    when = "我修好了红色水壶是哪一天？"
    choices = ("2023-03-10（星期五）", "2023-02-24（星期五）", never)
    assert asked(sessions, when, *choices, zh=True) == "B"


# --- each ability at every level --------------------------------------------------------------


@each_language
@each_level
@each_generator
def test_every_row_passes(generator: str, level: Level, code: str) -> None:
    """Solved from the prompt alone, not without its evidence, of exactly the length asked for."""
    wanted = DialogueConfig(level=level).options
    this = maker(code, 4_096, generators={generator: 1}, level=level)
    for sample in made(this, 8):
        assert sample.subtask == generator
        assert sample.difficulty == level
        assert sample.language == code
        assert len(options(sample)) in (wanted, min(wanted, 7))
        row = to_row(sample)
        for check in ROW_CHECKS.values():
            assert check(row, this.task, this.tokenizer) is None


@each_language
def test_never_is_always_offered_and_right_in_its_share(code: str) -> None:
    """In every row an option, in about one of six the right one, and just in abstention rows."""
    never = words(Frame, TALK, "asks")[code].never
    samples = made(maker(code, 4_096), 120)
    assert all(list(options(s).values()).count(never) == 1 for s in samples)
    rows = [s for s in samples if right(s) == never]
    assert 12 <= len(rows) <= 28
    assert {s.subtask for s in rows} == {"abstention"}
    assert not any(s.evidence for s in rows)
    assert all(s.evidence for s in samples if s not in rows)
    assert max(Counter(s.gold for s in samples).values()) <= 24


@each_language
def test_an_unanswerable_question_looks_like_any_other(code: str) -> None:
    """It is worded as questions with an answer are, and it names what near-misses speak of."""
    forms = ("asked", "now", "at", "before", "first")
    wordings = [w for _, asked in traits(code) for form in forms for w in getattr(asked, form)]
    sums = words(multi_session.Questions, multi_session.WORDS, "asks")[code]
    wordings += [*sums.counts, *sums.totals, *sums.differences]
    times = words(temporal.Questions, temporal.WORDS, "asks")[code]
    wordings += [*times.elapsed, *times.date, *times.order]
    this = maker(code, 4_096, generators={"abstention": 1})
    for sample in made(this, 40):
        question = re.split(r"[)）][.。] ?", sample.question, maxsplit=1)[1]
        assert any(pattern(wording).fullmatch(question) for wording in wordings), question
        assert this.task.solve(text_of(sample)) == sample.gold


@pytest.mark.parametrize("generator", ["extraction", "update"])
def test_wrong_values_stand_in_the_context_too(generator: str) -> None:
    """No option but the one for nothing stands in the question alone."""
    never = words(Frame, TALK, "asks")["en"].never
    for sample in made(maker("en", generators={generator: 1}), 20):
        # A sentence may start with a value, which then has a capital.
        context = reading.context(text_of(sample)).casefold()
        wrong = set(options(sample).values()) - {never}
        assert all(value.casefold() in context for value in wrong)


def test_harder_levels_have_more_of_what_misleads() -> None:
    """More options, more changes, more events told on a later day."""
    told = {}
    for level in LEVELS:
        texts = [
            "\n".join(re.findall("^User: .+", text_of(s), re.MULTILINE))
            for generator in ("temporal", "update")
            for s in made(maker("en", 4_096, level=level, generators={generator: 1}), 15)
        ]
        ago = sum(len(re.findall(r"\b(?:ago|yesterday) (?:that )?I \w+", t)) for t in texts)
        changes = sum(
            len(pattern(wording).findall(text))
            for text in texts
            for trait, _ in traits("en")
            for wording in trait.changed
        )
        told[level] = (ago, changes)
    assert told["easy"][0] == 0
    assert told["easy"][0] < told["medium"][0] < told["hard"][0]
    assert told["easy"][1] < told["medium"][1] < told["hard"][1]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_messages_layout_makes_a_chat(code: str) -> None:
    """A system message, turns by turns, the question as the user's last word; the same task."""
    this = maker(code, layout="messages")
    for sample in made(this, 10):
        roles = [message.role for message in sample.prompt]
        assert roles[0] == "system"
        assert roles[1:] == ["user", "assistant"] * ((len(roles) - 2) // 2) + ["user"]
        assert sample.question in sample.prompt[-1].content
        assert not re.search(r"^(?:User: |用户：)", text_of(sample), re.MULTILINE)
        row = to_row(sample)
        for check in ROW_CHECKS.values():
            assert check(row, this.task, this.tokenizer) is None


def test_sessions_are_as_many_as_asked_for() -> None:
    """Scaled to the length, within the bounds of the recipe."""
    few = made(maker("en", 16_384, sessions=(10, 12)), 3)
    many = made(maker("en", 16_384, sessions=(60, 70)), 3)
    assert max(len(s.doc_ids) for s in few) < min(len(s.doc_ids) for s in many)


# --- arguments --------------------------------------------------------------------------------

BAD: list[tuple[dict[str, Any], str]] = [
    ({"generators": {"recall": 1}}, "unknown generator 'recall'"),
    ({"options": 3}, "between 4 and 8"),
    ({"near": 2}, "near is a share"),
    ({"ago": -1}, "ago is a share"),
    ({"aside": 1.5}, "aside is a share"),
    ({"updates": [0, 2]}, "updates must be"),
    ({"events": [5, 3]}, "events must be"),
    ({"sessions": [0, 9]}, "sessions must be"),
    ({"level": "extreme"}, "not a choice"),
    ({"layout": "table"}, "not a choice"),
]


@pytest.mark.parametrize(("args", "message"), BAD, ids=[message for _, message in BAD])
def test_arguments_out_of_range_are_refused(args: dict[str, Any], message: str) -> None:
    """With the argument and what it may be."""
    with pytest.raises(UserError, match=message):
        strict(DialogueConfig, args, where="recipe x: args")


def test_knobs_override_their_level() -> None:
    """What is set here stands; the rest comes from the level."""
    config = DialogueConfig(level="hard", options=5, ago=0.0)
    assert (config.options, config.ago) == (5, 0.0)
    assert config.updates == DialogueConfig(level="hard").updates


def test_the_recipes_weigh_the_generators_as_the_defaults_do() -> None:
    """So that the option for nothing is right in its fair share."""
    for name in ("dialogue", "dialogue-zh", "dialogue-chat"):
        weights = load_recipe(name).args["generators"]
        assert weights == DialogueConfig().generators
