"""Labelled values: what reads as one, which of a corpus may be asked about, and their tasks."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pytest
from support import corpus_of, with_args

from golong_data.contexts.lines import Line
from golong_data.corpus import Corpus, open_corpus
from golong_data.material import values
from golong_data.solving.numbers import quantity
from golong_data.tokens import get_tokenizer

SENTENCES = [
    "The firm moved to the harbour in its second year and has stayed there.",
    "Its first shop sold rope, paint and lamps to the crews of passing ships.",
    "Most of its people have worked there for longer than the present owners.",
    "A dispute with the town about the old quay was settled out of court.",
]
TASKS = (("numeric", "count"), ("comprehension", "fact"), ("comprehension", "multi_hop"))


def profile(number: int, rng: random.Random) -> str:
    """A page on a firm as people write such: figures among sentences."""
    figures = [
        f"Founded: {rng.randint(1890, 2015)}",
        f"Employees: {rng.randint(20, 90_000):,}",
        f"Revenue: ${rng.randint(30, 980) / 10} million (2023)",
        f"Market share: {rng.randint(5, 400) / 10}%",
        f"Offices: {rng.randint(1, 60)}",
        f"Growth: {rng.randint(-80, 240) / 10}% (2023 est.)  ",
        f"Fleet: {rng.randint(3, 900)} vehicles",
        f"Floor space: {rng.randint(500, 99_999)} sq m",
        f"Debt ratio: {rng.randint(1, 99) / 100}",
        f"Phone: {rng.randint(10**6, 10**7)}",
        f"Postal code: {rng.randint(10_000, 99_999)}",
        f"Motto: {rng.choice(['Ever on', 'By the sea', 'Rope and more'])}",
    ]
    parts = [" ".join(rng.choices(SENTENCES, k=8)), "\n".join(rng.sample(figures, 11))]
    parts += [" ".join(rng.choices(SENTENCES, k=8)) for _ in range(2)]
    return "\n\n".join([f"# Firm {number}", *parts])


@pytest.fixture(scope="module")
def firms(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A user's own pages, read as any text is."""
    folder, rng = tmp_path_factory.mktemp("firms"), random.Random(3)
    for number in range(80):
        path: Path = folder / f"{number}.md"
        path.write_text(profile(number, rng), encoding="utf-8")
    return open_corpus([str(folder)], tokenizer=get_tokenizer())


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("42.7 years (2025 est.)", "42.7", "years"),
        ("$6.31 billion (2024 est.)", "6310000000", "$"),
        ("1.05 male(s)/female (est.)", "1.05", "male(s)/female"),
        ("10.1% (of GDP) (2019 est.)", "10.1", "% (of GDP)"),
        ("68,512,806 (FY 2016/17)", "68512806", ""),
        ("-4.5% (2017-2019)", "-4.5", "%"),
        ("0 km (landlocked)", "0", "km (landlocked)"),
        ("7 (6 cultural, 1 mixed)", None, ""),
        ("17.3% (male 6,060,087/female 5,792,805)", None, ""),
        ("906 km (2017) (713 km operational in 2017)", None, ""),
        ("643,801 sq km ; 551,500 sq km (metropolitan France)", None, ""),
        ("10-12%", None, ""),
        ("2021-05-03", None, ""),
        ("1.2.3", None, ""),
        ("NA", None, ""),
        ("less than 1%", None, ""),
    ],
)
def test_a_value_is_one_number_with_its_unit(text: str, value: str | None, unit: str) -> None:
    """Its date may stand behind it; other figures may not. As the solvers read it."""
    fact = values.read_fact(Line(0, 0, "Label", text))
    assert (fact is None) is (value is None)
    if fact and value:
        assert (fact.value, fact.unit) == (Fraction(value), unit)
        assert fact.value == quantity(text)


@pytest.mark.parametrize("name", ["factbook", "firms"])
def test_values_stand_where_they_are_said_to(
    name: str, firms: Corpus, request: pytest.FixtureRequest
) -> None:
    """Once in their documents, in one unit a label."""
    corpus = firms if name == "firms" else corpus_of(name)
    assert values.has_values(corpus)
    for label, facts in values.stated(corpus).items():
        assert len({fact.unit for fact in facts.values()}) == 1
        for index, fact in facts.items():
            text, line = corpus.text(index), fact.line
            assert text[line.start : line.end] == f"{label}: {fact.text}"
            assert text[line.value : line.end] == fact.text
            assert text.count(f"{label}:") == 1


def test_what_names_a_document_is_no_value(firms: Corpus) -> None:
    """Nobody asks which telephone number is the highest."""
    assert {"Employees", "Founded"} <= set(values.stated(firms))
    assert not {"Phone", "Postal code", "Motto"} & set(values.stated(firms))


def test_documents_of_one_title_are_not_asked_about(tmp_path: Path) -> None:
    """Questions name them by it."""
    rng = random.Random(3)
    for number in range(60):
        page = profile(number // 2, rng)
        (tmp_path / f"{number}.md").write_text(page, encoding="utf-8")
    corpus = open_corpus([str(tmp_path)], tokenizer=get_tokenizer())
    assert len(corpus) == 60
    assert not values.has_values(corpus)


@pytest.mark.parametrize(("task", "generator"), TASKS)
@pytest.mark.parametrize("level", ["easy", "hard"])
def test_a_users_own_profiles_are_asked_about(
    task: str, generator: str, level: str, firms: Corpus
) -> None:
    """Not what is planted into them: every row is about their own lines, and is solved."""
    args = {"generators": {generator: 1}, "level": level}
    maker = with_args(args, firms, task=task)
    labels = values.stated(firms)
    for index in range(10):
        sample = maker.make(index).sample
        assert sample
        assert any(f'"{label}' in sample.question for label in labels)
        assert maker.task.solve(sample.prompt[0].content) == sample.gold


def test_another_value_is_near_but_different() -> None:
    """Within a fourth of the ranks."""
    corpus = corpus_of("factbook")
    facts = values.ranked(corpus, "Median age, total")
    for at in range(0, len(facts), 7):
        other = values.near(facts, at, random.Random(at))
        assert other.value != facts[at].value
        assert abs(facts.index(other) - at) <= len(facts) // 4


def test_bounds_are_written_as_the_documents_write_numbers() -> None:
    """With words for large ones, and years without commas."""
    assert values.as_stated(Fraction(5 * 10**9), 2, "$") == "$5 billion"
    assert values.as_stated(Fraction("5.5"), 1, "%") == "5.5%"
    assert values.as_stated(Fraction(2_500_000), 0, "kWh") == "2.5 million kWh"
    assert values.as_stated(Fraction(1980), 0, "") == "1,980"
    assert values.as_stated(Fraction(1980), 0, "", commas=False) == "1980"
