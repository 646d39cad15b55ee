"""Letters of options in every way of writing, and what must not be taken for one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golong_data.metrics import score
from golong_data.metrics.choices import stated_letters

NO_HANG = 30.0  # seconds; says only that a call returns
PROPERTY = settings(max_examples=60, deadline=None, database=None)
LETTERS = "ABCDEFGHJK"
ONE = st.sampled_from(LETTERS)
TWO = st.lists(ONE, min_size=2, max_size=2, unique=True)
MARKERS = st.sampled_from(
    ["[Answer]\n", "**[Answer]**\n", "[答案]\n", "<answer>", "Well.\n\n[Answer] ", ""]
)

DRESSES = """{X} | {X}. | ({X}) | [{X}] | "{X}" | “{X}” | 「{X}」 | 【{X}】 | **{X}** | *{X}*
`{X}` | ${X}$ | \\({X}\\) | {{{X}}} | \\boxed{{{X}}} | \\boxed{{\\text{{{X}}}}}
\\boxed{{\\textsf{{{X}}}}} | {{\\rm {X}}} | \\textbf{{({X})}} | ['{X}'] | ["{X}"]
{{"answer": "{X}"}} | {{'answer': '{X}', 'why': 'as told'}} | <b>{X}</b> | <ul><li>{X}</li></ul>
Option {X} | option ({X}) | Choice {X} | Letter {X} | {X}. Paris | ({X}) Paris | {X}: Paris
{X} — Paris | {X} (Paris) | {X}) Paris | Elm House: {X} | Elm House — {X} | Answer: {X}
Correct: {X} | Solution: {X} | Final answer: **{X}** | My choice: {X} | {X} ✓ | → {X}
The answer is {X}. | The correct option is ({X}). | I choose {X}. | We pick option {X}
It must be {X}. | {X} is correct. | {X} is the right answer | Only {X} is supported.
Only option {X} fits. | By elimination, {X}. | This leaves {X}. | That leaves us with only {X}
The only possibility is {X}. | So {X}. | Therefore, ({X}) | 答案是{X}。 | 答案：{X} | 故选{X}
所以应该选择{X}选项。 | 选项{X} | {X}项正确 | 只有{X}符合 | 应选（{X}）"""
FRONTS = "- |* |• |● |1. |1) |(1) |① |> |👉 |➡️ |→ |✅ |### |# "
# Y is another letter: denied, supposed, crossed out; X is the choice.
WITH_ANOTHER = """Not {Y}, but {X} | Not {Y} but {X} | {Y} is wrong; {X} | {X}, not {Y}
{X} (not {Y}) | {X} rather than {Y} | {Y} is wrong, so {X}. | {Y} is incorrect, {X} is correct.
Option {Y} can be eliminated, leaving {X}. | {Y}? No, {X}. | Is it {Y}? No. {X}
The answer is not {Y}, it is {X}. | The answer is {Y}. Wait, it is {X}.
Neither {Y} nor the rest; {X} | Unlike {Y}, the answer is {X}
If it were earlier, {Y} would be right. It is {X}. | {Y} might be tempting; the answer is {X}.
~~{Y}~~ {X} | 不是{Y}，而是{X} | 不选{Y}，选{X} | 排除{Y}，故选{X}
{Y}错误，{X}正确 | {Y}不对，所以选{X}
I reject {Y} and choose {X}. | Nobody would choose {Y}; {X}"""
LINES = (
    "{Y}: wrong\n{X}: correct",
    "[ ] {Y}\n[x] {X}",
    "❌ {Y}\n✅ {X}",
    "| {Y} | wrong |\n| {X} | correct |",
)
NONE_CHOSEN = """{X}+ | {X}? | {X} or {Y} | {X} (or {Y}) | {X}|{Y} | {X}/{Y} | {X}、或者{Y}
{X}还是{Y} | {X}错误 | {X}不正确 | {X}. Paris or {Y}. Rome | ({X}) Paris or ({Y}) Rome | Not {X}
not ({X}) | {X} is wrong | {X} is not correct | {X} isn't it | {X} can be ruled out | {X}: wrong
{X} (incorrect) | {X} ✗ | ❌ {X} | [ ] {X} | ~~{X}~~ | Wrong: {X} | Excluded: {X}
Nobody would choose {X} | One might pick {X} | A careless reader would choose {X}
I would not choose {X} | The answer is not {X} | The answer isn't {X}
The answer is {X}, which is wrong | The answer is {X}. That is wrong.
The answer is anything but {X} | It cannot be {X} | Is it {X}? | {X} might be right
{X} would be right, had it not been moved | If it were 1902, the answer would be {X}
I doubt that {X} is correct | Only {X} is wrong | Plan {X} | Vitamin {X} | {X}-{Y} | {X} to {Y}
{X}2 | {X}-tree | 答案不是{X} | 不选{X} | 如果选{X} | 可能是{X} | 除了{X} | 答案是{X}吗？"""
TOGETHER = """{X}, {Y} | {X} and {Y} | {X} & {Y} | {X} plus {Y} | {X}; {Y} | {X}、{Y} | {X}和{Y}
{X}以及{Y} | 选项{X}和选项{Y} | {X}{Y} | ({X}) and ({Y}) | ({X}), ({Y}) | [{X}, {Y}] | {{{X}, {Y}}}
\\boxed{{\\{{{X}, {Y}\\}}}} | ["{X}", "{Y}"] | {{"answer": ["{X}", "{Y}"]}}
{X}. Paris and {Y}. Rome | {X}. Paris, {Y}. Rome | {X}: Paris; {Y}: Rome
{X} (Paris), {Y} (Rome) | ({X}) Paris and ({Y}) Rome | Options {X} and {Y}
option {X} and option {Y} | The answers are {X} and {Y}. | {X} and {Y} are correct.
{X} is correct and {Y} is correct | Both {X} and {Y}"""


def each(table: str) -> list[str]:
    """The ways of a table; a bar without spaces around belongs to a way."""
    return [way.strip() for line in table.split("\n") for way in line.split(" | ")]


@pytest.mark.parametrize("way", each(DRESSES))
@PROPERTY
@given(letter=ONE, other=ONE, marker=MARKERS)
def test_one_letter(way: str, letter: str, other: str, marker: str) -> None:
    text = marker + way.format(X=letter)
    assert score(text, letter, "selection") == 1.0, text
    assert score(text, [other], "accuracy") == float(letter == other)
    assert score(text, sorted({*LETTERS}), "accuracy") == 0.0


@pytest.mark.parametrize("front", FRONTS.split("|"))
@PROPERTY
@given(letter=ONE, way=st.sampled_from(["{X}", "({X})", "**{X}**", "{X}. Paris", "Option {X}"]))
def test_a_mark_in_front(front: str, letter: str, way: str) -> None:
    text = front + way.format(X=letter)
    assert stated_letters(text) == stated_letters("[Answer]\n" + text) == {letter}


@pytest.mark.parametrize("way", [*each(WITH_ANOTHER), *LINES])
@PROPERTY
@given(pair=TWO, marker=MARKERS)
def test_the_choice_among_others(way: str, pair: list[str], marker: str) -> None:
    letter, other = pair
    assert stated_letters(marker + way.format(X=letter, Y=other)) == {letter}


@pytest.mark.parametrize("way", each(NONE_CHOSEN))
@PROPERTY
@given(pair=TWO, marker=MARKERS)
def test_none_of_these_is_a_choice(way: str, pair: list[str], marker: str) -> None:
    letter, other = pair
    text = marker + way.format(X=letter, Y=other)
    assert stated_letters(text) not in ({letter}, {other}), text


@pytest.mark.parametrize("way", each(TOGETHER))
@PROPERTY
@given(pair=TWO, marker=MARKERS, small=st.booleans())
def test_two_letters(way: str, pair: list[str], marker: str, small: bool) -> None:
    text = marker + way.format(X=pair[0], Y=pair[1])
    assert stated_letters(text) == set(pair), text
    assert score(text, pair[0], "selection") == 0.0


@PROPERTY
@given(
    letters=st.lists(ONE, min_size=3, max_size=5, unique=True),
    way=st.sampled_from(["{}", "Option {}", "- {}", "({}) Paris", "{}. Paris", "**{}**", "选项{}"]),
    between=st.sampled_from(["\n", "\n\n", ", "]),
    marker=MARKERS,
)
def test_all_options_are_never_the_one(
    letters: list[str], way: str, between: str, marker: str
) -> None:
    text = marker + between.join(way.format(letter) for letter in letters)
    assert all(score(text, letter, "selection") == 0.0 for letter in letters)


WORDS = """B D (B) B. not or and is the answer option A? B错误 选 不 是 wrong Only leaving if I
choose , ; : ? . —
\\boxed{ } [ ] { "answer": ~~ ❌ [x] | |---| <b> ** > 1. Paris because would""".split()


@PROPERTY
@given(text=st.lists(st.sampled_from([*WORDS, "\n", "\n\n"]), max_size=30).map(" ".join))
def test_no_text_raises(text: str) -> None:
    assert stated_letters(text) == stated_letters(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


LONG = [
    "The answer is B. ",
    "B. Paris ",
    "leaving B ",
    "Not A, but B ",
    "Option B ",
    "B or ",
    "选B",
    "A? ",
]


@pytest.mark.parametrize(
    "piece", [*LONG, "| B | x |\n", "[x] B\n", "(", "B, ", '{"answer": ', "~~", "\n"]
)
def test_cost_is_bounded(piece: str) -> None:
    started = time.monotonic()
    for text in (piece * (100_000 // len(piece)), "[Answer]\n" + piece * (100_000 // len(piece))):
        stated_letters(text)
    assert time.monotonic() - started < NO_HANG
