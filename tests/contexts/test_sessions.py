"""Sessions keep their promises for any days, budget, layout and corpus."""

from __future__ import annotations

import datetime
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import corpus_of

from golong_data.contexts.chats import Turn
from golong_data.contexts.days import Calendar, free_day
from golong_data.contexts.sessions import Planted, converse, header
from golong_data.contexts.windows import GAP, HEADINGS
from golong_data.contexts.workspace import Workspace
from golong_data.corpus import Corpus, open_corpus
from golong_data.errors import UserError
from golong_data.languages import session_words
from golong_data.tokens import get_tokenizer
from golong_data.types import Context, Refused

CALENDAR = Calendar(datetime.date(2023, 1, 30), 200)
CORPORA = ("chitchat", "stdlib", "factbook")


def workspace(corpus: Corpus, budget: int, seed: int) -> Workspace:
    """A workspace of which only corpus, tokenizer and generator are used."""
    rng = random.Random(seed)
    return Workspace(corpus, get_tokenizer(), rng, budget, 0.0, 0.5, lambda question: budget)


def said(day: int, words: str) -> Planted:
    """The user says something unmistakable, all of it evidence."""
    text = f"On day {day} I thought of {words}."
    return Planted(day, Turn(text, ((0, len(text)),)), Turn("I see."))


words = st.sampled_from(["zebra crossings", "a blue moon", "港口", "1,204 kites", "Ünal's mill"])
plans = st.dictionaries(st.integers(0, 199), words, max_size=8).map(
    lambda days: [said(day, text) for day, text in sorted(days.items())]
)
conversed = given(
    planted=plans,
    budget=st.integers(1_500, 12_000),
    seed=st.integers(0, 10**6),
    name=st.sampled_from(CORPORA),
    sessions=st.integers(4, 40),
)
many = settings(max_examples=40)


def made(
    planted: list[Planted], budget: int, seed: int, name: str, sessions: int, **more: str
) -> tuple[Workspace, Context]:
    work = workspace(corpus_of(name), budget, seed)
    return work, converse(work, planted, budget, CALENDAR, sessions=sessions, **more)  # type: ignore[arg-type]


def dates(text: str) -> list[str]:
    return re.findall(r"^\[Session \d+\] (\d{4}-\d\d-\d\d) \(\w+day\)$", text, re.MULTILINE)


@many
@conversed
def test_a_transcript_has_exactly_its_budget(
    planted: list[Planted], budget: int, seed: int, name: str, sessions: int
) -> None:
    """n_tokens is what the tokenizer counts; never over the budget, hardly ever under it."""
    work, context = made(planted, budget, seed, name, sessions)
    assert context.n_tokens == work.tokenizer.count(context.text)
    assert budget - 12 <= context.n_tokens <= budget
    assert context.text.endswith(GAP)


@many
@conversed
def test_sessions_are_numbered_dated_and_in_order(
    planted: list[Planted], budget: int, seed: int, name: str, sessions: int
) -> None:
    """Numbers count up from 1, dates never go back, each planted day is a session's date."""
    _, context = made(planted, budget, seed, name, sessions)
    found = dates(context.text)
    assert found == sorted(found)
    numbers = [int(n) for n in re.findall(r"^\[Session (\d+)\] \d{4}-", context.text, re.MULTILINE)]
    assert numbers == list(range(1, len(context.doc_ids) + 1))
    assert {str(CALENDAR.date(item.day)) for item in planted} <= set(found)
    assert CALENDAR.date(0).isoformat() <= found[0]
    assert found[-1] <= CALENDAR.date(199).isoformat()


@many
@conversed
def test_evidence_stands_under_its_own_date(
    planted: list[Planted], budget: int, seed: int, name: str, sessions: int
) -> None:
    """Spans slice to what was planted, and the last header before them has the planted day."""
    _, context = made(planted, budget, seed, name, sessions)
    cut = [context.text[span.start : span.end] for span in context.evidence]
    assert cut == [item.user.text for item in planted]
    for span, item in zip(context.evidence, planted, strict=True):
        assert dates(context.text[: span.start])[-1] == str(CALENDAR.date(item.day))


@many
@conversed
def test_chat_messages_take_turns(
    planted: list[Planted], budget: int, seed: int, name: str, sessions: int
) -> None:
    """User first, assistant last, each behind a blank line, every date in a user's message."""
    _, context = made(planted, budget, seed, name, sessions, layout="messages")
    roles = [role for _, role in context.turns]
    assert roles == ["user", "assistant"] * (len(roles) // 2)
    starts = [start for start, _ in context.turns]
    assert starts[0] == 0
    assert all(context.text[start - len(GAP) : start] == GAP for start in starts[1:])
    ends = [*starts[1:], len(context.text)]
    parts = [context.text[a:b] for a, b in zip(starts, ends, strict=True)]
    assert all(part.strip() for part in parts)
    opened = [i for i, part in enumerate(parts) if part.startswith(session_words("en").heading)]
    assert len(opened) == len(context.doc_ids)
    assert not any(i % 2 for i in opened)
    cut = [context.text[span.start : span.end] for span in context.evidence]
    assert cut == [item.user.text for item in planted]


def test_an_early_day_lies_early_and_a_late_one_late() -> None:
    """The depth of a session is its day's share of the calendar, give or take a session."""
    for day in (10, 100, 190):
        _, context = made([said(day, "a blue moon")], 16_000, day, "chitchat", 40)
        depth = context.evidence[0].start / len(context.text)
        assert abs(depth - day / 200) < 0.06


def test_more_sessions_are_shorter_ones() -> None:
    """The number asked for is met within a half."""
    for wanted in (10, 20, 40):
        _, context = made([], 16_000, wanted, "factbook", wanted)
        assert wanted / 1.5 <= len(context.doc_ids) <= wanted * 1.5


def test_filler_holds_nothing_forbidden_in_any_case() -> None:
    """Nor a heading of a document or session."""
    work = workspace(corpus_of("chitchat"), 8_000, 1)
    context = converse(work, [], 8_000, CALENDAR, sessions=15, forbidden=("COMPUTER", "school"))
    assert not re.search("computer|school", context.text, re.IGNORECASE)
    assert context.text.count(session_words("en").heading) == len(context.doc_ids)
    assert not any(heading in context.text for heading in HEADINGS.values())


def test_real_chats_keep_their_words_and_lose_their_times() -> None:
    """Every turn of the filler is what one person of one conversation says in a row."""
    corpus = corpus_of("chitchat")
    _, context = made([], 4_000, 7, "chitchat", 8)
    assert not re.search(r"\[\d{4}-\d\d-\d\d \d\d:\d\d", context.text)
    lines = [
        line for line in context.text.split("\n") if line.startswith(session_words("en").speakers)
    ]
    turns = [line.partition(": ")[2] for line in lines][:12]
    stored = "\n".join(corpus.text(i) for i in range(len(corpus)))
    plain = " ".join(re.sub(r"(?m)^\[[\d: -]{19}\] [A-Z]: ", "", stored).split("\n"))
    assert turns
    assert all(turn in plain for turn in turns)


def test_chinese_sessions_have_chinese_headers_and_speakers() -> None:
    """Passages serve where there are no chats."""
    work = workspace(corpus_of("sanguo"), 4_000, 3)
    context = converse(work, [], 4_000, CALENDAR, sessions=8, language="zh")
    assert re.match(r"\[会话 1\] 2023-\d\d-\d\d（星期.）\n用户：", context.text)
    assert "\n助手：" in context.text
    assert context.n_tokens == work.tokenizer.count(context.text)


def test_a_header_names_the_day_of_the_week() -> None:
    """As the calendar has it."""
    day = datetime.date(2023, 5, 4)
    assert header(12, day) == "[Session 12] 2023-05-04 (Thursday)\n"
    assert header(12, day, "zh") == "[会话 12] 2023-05-04（星期四）\n"


def test_a_day_is_taken_once() -> None:
    """The nearest free one is given, and none where all are taken."""
    short = Calendar(CALENDAR.start, 3)
    assert free_day(1, [], short) == 1
    assert free_day(1, [1], short) == 2
    assert free_day(1, [1, 2], short) == 0
    with pytest.raises(Refused):
        free_day(1, [0, 1, 2], short)


def test_too_much_is_refused() -> None:
    """What is planted has to fit."""
    planted = [said(day, "a blue moon") for day in range(40)]
    work = workspace(corpus_of("chitchat"), 1_500, 0)
    with pytest.raises(Refused, match="do not fit"):
        converse(work, planted, 1_500, CALENDAR, sessions=10)


def test_a_corpus_that_is_too_small_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    """With what to do about it."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "a.txt").write_text("One short note on the tides of the northern harbour.\n" * 30)
    work = workspace(open_corpus([str(folder)], tokenizer=get_tokenizer()), 8_000, 0)
    with pytest.raises(UserError, match="too little text") as caught:
        converse(work, [], 8_000, CALENDAR, sessions=10)
    assert "--corpus" in caught.value.remedy
