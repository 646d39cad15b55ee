"""Errors and breaches of the exhaustive task: misspellings, wrong characters, totals, rules."""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import corpus_of, with_args

from golong_data.making.sample import Maker
from golong_data.material import misspellings, miswritings
from golong_data.material.serials import one_digit_off
from golong_data.metrics import score
from golong_data.quality.cheats import answer
from golong_data.solving import reading
from golong_data.tasks import get_task
from golong_data.tasks.exhaustive import misspelling, totals, violation
from golong_data.tasks.exhaustive.misspelling import chinese, english
from golong_data.tasks.forms import Wording
from golong_data.types import Sample
from golong_data.words import words

GENERATORS = ("misspelling", "totals", "violation")
LEVELS = ("easy", "medium", "hard")
each_language = pytest.mark.parametrize("language", ["en", "zh"])


def maker(generator: str, language: str, corpus: str = "", **args: Any) -> Maker:
    """A maker of one generator at 8k, over the recipe's kind of corpus or another."""
    names = corpus or {"en": "factbook", "zh": "sanguo"}[language]
    recipe = {"en": "exhaustive", "zh": "exhaustive-zh"}[language]
    args = {"generators": {generator: 1}, "language": language, **args}
    return with_args(args, corpus_of(names), task=recipe)


@cache
def made(
    generator: str, language: str = "en", level: str = "medium", corpus: str = "", n: int = 8
) -> tuple[Sample, ...]:
    """The first n samples; an index that gives none fails the test."""
    outcomes = [maker(generator, language, corpus, level=level).make(i) for i in range(n)]
    assert all(o.sample for o in outcomes), [o.refused for o in outcomes if not o.sample]
    return tuple(o.sample for o in outcomes if o.sample)


def text_of(sample: Sample) -> str:
    return sample.prompt[0].content


def prompt(body: str, question: str, language: str = "en") -> str:
    """A prompt made by hand around the body of one document."""
    head, asked = {"en": ("[Document 1] A", "Question: "), "zh": ("[文档 1] 甲", "问题：")}[
        language
    ]
    return f"{head}\n{body}\n\n{asked}{question}\n\nAnswer."


# --- all three --------------------------------------------------------------------------


@each_language
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("generator", GENERATORS)
def test_the_solver_finds_every_gold(generator: str, level: str, language: str) -> None:
    """From the prompt alone, at every level and in both languages, and it is paid in full."""
    for sample in made(generator, language, level):
        assert get_task("exhaustive").solve(text_of(sample)) == sample.gold, sample.question
        assert score(answer(sample.gold), sample.gold, "f1") == 1.0


@each_language
@pytest.mark.parametrize("generator", GENERATORS)
def test_no_question_comes_twice(generator: str, language: str) -> None:
    """Criterion, list of words, number of count or rule: 40 rows, 40 questions."""
    rows = made(generator, language, "medium", "", 40)
    assert len({sample.question for sample in rows}) == len(rows)


@given(st.integers(100_000, 999_999), st.integers())
def test_a_number_like_another_has_one_digit_different(number: int, seed: int) -> None:
    """As many digits, and all but one of them the same."""
    other = one_digit_off(number, random.Random(seed))
    assert sum(a != b for a, b in zip(str(number), str(other), strict=True)) == 1


# --- misspelt words ---------------------------------------------------------------------

HARBOUR = (
    "harbour harbour harbour harbuor harbourr harrbour lantern lanterns latnern "
    "bridge bridge bridge brigde brigde village village village vilalge villlage"
)


@pytest.mark.parametrize(
    ("letters", "way", "found"),
    [
        ("hlv", "", ("harbuor", "harrbour", "vilalge")),
        ("bhm", "", ("harbuor", "harrbour")),
        ("hv", "exchanged", ("harbuor", "vilalge")),
        ("hv", "doubled", ("harrbour",)),
        ("bl", "", None),
    ],
)
@each_language
def test_misspellings_are_told_from_rare_words_and_from_those_not_asked_for(
    letters: str, way: str, found: Sequence[str] | None, language: str
) -> None:
    """A first letter, a way of misspelling; what is rare, misspelt otherwise or twice is none."""
    asks = words(english.Asks, english.WORDS, "asks")[language]
    question = english.Criterion(letters, way).asked(asks)
    assert misspelling.solve(question, prompt(HARBOUR, question, language)) == found


@pytest.mark.parametrize("level", LEVELS)
def test_misspelt_words_that_do_not_count_stand_beside_those_that_do(level: str) -> None:
    """They begin with another letter or are misspelt in the other way; and are no fewer."""
    fewer = 0
    for sample in made("misspelling", level=level):
        asked = re.search(r"one of the letters ([a-z, ]+)\?", sample.question)
        assert asked
        planted = set(misspellings.sweep(reading.context(text_of(sample))))
        others = planted - set(sample.gold)
        assert planted > set(sample.gold)
        assert {word[0] for word in sample.gold} <= set(asked[1].split(", "))
        if "two letters" not in sample.question and "too many" not in sample.question:
            assert {word[0] for word in others}.isdisjoint(asked[1].split(", "))
        fewer += len(others) < len(sample.gold)
    assert fewer <= 2


def test_each_misspelt_word_stands_correctly_elsewhere() -> None:
    """Three times at least; the misspelt form once, and nowhere in the corpus as it is."""
    known = misspellings.vocabulary(corpus_of("factbook"))
    for sample in made("misspelling"):
        seen = misspellings.WORD.findall(reading.context(text_of(sample)))
        for wrong in sample.gold:
            right = [w for w in set(seen) if wrong in misspellings.misspellings(w)]
            assert seen.count(wrong) == 1
            assert wrong not in known
            assert any(seen.count(w) >= misspellings.TIMES for w in right)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("united", "untied"),
        ("meters", "metres"),
        ("desert", "dessert"),
        ("hoping", "hopping"),
        ("focused", "focussed"),
        ("traveler", "traveller"),
        ("tranquility", "tranquillity"),
        ("dragon", "dragoon"),
    ],
)
def test_what_may_be_right_is_no_misspelling(word: str, other: str) -> None:
    """Another word, or the spelling of the other side of the ocean."""
    assert other in misspellings.misspellings(word)
    assert misspellings.may_be_right(word, other)


@pytest.mark.parametrize(
    ("word", "wrong"),
    [("government", "govrenment"), ("program", "prrogram"), ("island", "islannd")],
)
def test_plain_slips_are_misspellings(word: str, wrong: str) -> None:
    """The counterpart: what no dictionary has may be planted."""
    assert wrong in misspellings.misspellings(word)
    assert not misspellings.may_be_right(word, wrong)


@given(st.text("abcdeilnorst", min_size=6, max_size=14))
def test_a_misspelling_tells_its_way(word: str) -> None:
    """Doubled ones are longer by a letter, exchanged ones have the same letters."""
    for wrong in misspellings.misspellings(word):
        longer = len(wrong) - len(word)
        assert misspellings.way_of(word, wrong) == ("exchanged", "doubled")[longer]
        assert longer or sorted(wrong) == sorted(word)


def test_only_words_of_sentences_are_misspelt_in_programs() -> None:
    """Names that a program gives to things are none, though they stand between spaces."""
    text = "We return matches here: matches = found. for matches in lists: f(a, matches, b)"
    assert [m.start() for m in misspellings.IN_TEXT.finditer(text) if m[0] == "matches"] == [10, 45]


# --- wrong characters -------------------------------------------------------------------

CAO = "曹操大喜。曹草引兵来。曹操与曹兵皆退，曹操、曹洪、荆州三处皆平。荆州、京州之外，汉钟也平。"


@each_language
def test_wrong_characters_are_those_that_sound_like_a_listed_word(language: str) -> None:
    """Not what only looks like it, and not what is miswritten of words that are not listed."""
    asks = words(chinese.Asks, chinese.WORDS, "asks")[language]
    for listed, found in (("曹操、荆州", ("京州", "曹草")), ("荆州", ("京州",)), ("张飞", None)):
        question = asks.question.format(listed=listed)
        assert misspelling.solve(question, prompt(CAO, question, "zh")) == found


@pytest.mark.parametrize("corpus", ["sanguo"])
@pytest.mark.parametrize("level", LEVELS)
def test_listed_words_stand_three_times_and_some_are_miswritten_once(
    level: str, corpus: str
) -> None:
    """Others of the list never are; words off the list are, and are no part of the answer."""
    near = miswritings.words_of(corpus_of(corpus))
    for sample in made("misspelling", "zh", level):
        text = reading.context(text_of(sample))
        listed = re.findall("[\u4e00-\u9fff]+", sample.question.split("词语：")[1].split("。")[0])
        clean = [w for w in listed if not miswritings.forms_in(text, [w])]
        assert all(text.count(word) >= chinese.TIMES for word in listed)
        assert all(text.count(wrong) == 1 for wrong in sample.gold)
        assert len(listed) - len(clean) == len(sample.gold)
        assert len(clean) >= 4
        off = [word for word in near if not any(word in w or w in word for w in listed)]
        others = set(miswritings.forms_in(text, off)) - set(itertools.chain(*near.values()))
        assert others - set(sample.gold)


def test_a_miswriting_sounds_the_same_and_is_nowhere_in_the_corpus() -> None:
    """One character differs, read in one way as the right one is; the corpus has no such text."""
    corpus = corpus_of("sanguo")
    text = "\n".join(corpus.text(i) for i in range(len(corpus)))
    for sample in made("misspelling", "zh", "hard"):
        assert not [wrong for wrong in sample.gold if wrong in text]
    for word in ("曹操", "荆州", "诸葛亮", "洛阳"):
        forms = miswritings.miswritings(word)
        assert forms
        for form in forms:
            ((right, wrong),) = [p for p in zip(word, form, strict=True) if p[0] != p[1]]
            assert miswritings.sounds(right) == miswritings.sounds(wrong)
            assert len(miswritings.sounds(right)) == 1


def test_no_miswriting_is_a_word_or_a_variant() -> None:
    """朝亭 for 朝廷 is wrong; 中军账 may be right, and 权力 is another word than 权利."""
    assert "朝亭" in miswritings.miswritings("朝廷")
    assert "中军账" not in miswritings.miswritings("中军帐")
    assert "权力" not in miswritings.miswritings("权利")


@pytest.mark.parametrize(
    ("language", "corpus", "asked"),
    [
        ("zh", "stdlib", "英文单词"),
        ("en", "sanguo", "Chinese words and names"),
        ("en", "stdlib", "English words"),
        ("zh", "sanguo", "错别字"),
    ],
)
def test_the_documents_decide_what_can_be_miswritten(
    language: str, corpus: str, asked: str
) -> None:
    """A question in either language asks for words of the language that the documents are in."""
    for sample in made("misspelling", language, corpus=corpus, n=3):
        assert asked in sample.question
        assert get_task("exhaustive").solve(text_of(sample)) == sample.gold


# --- totals -----------------------------------------------------------------------------


@each_language
@given(seed=st.integers(0, 10**9), wrong=st.booleans())
def test_a_sheet_is_read_however_it_is_written(seed: int, wrong: bool, language: str) -> None:
    """Sentences, lines and tables, the total first or last; and only of the count asked for."""
    rng = random.Random(seed)
    asks = words(Wording, totals.WORDS, "asks")[language]
    told = words(totals.Words, totals.WORDS, "writes")[language]
    sheet = totals._sheet("T-1234", 4711, wrong, (3, 7), rng)
    assert (sheet.total != sum(sheet.figures)) == wrong
    assert sheet.is_wrong() == wrong
    assert sheet.total > max(sheet.figures)
    body = f"Some text.\n\n{totals._written(sheet, told, rng)}\n\nMore of 12 and 30."
    for count, found in ((4711, ("T-1234",) if wrong else None), (4712, None)):
        question = asks.question.format(count=count)
        assert totals.solve(question, prompt(body, question, language)) == found


@each_language
def test_sheets_are_written_in_many_ways(language: str) -> None:
    """Eight sentences or more, and lines, tables down and across, with the total at either end."""
    told, rng = words(totals.Words, totals.WORDS, "writes")[language], random.Random(3)
    sheet = totals.Sheet("T-1234", 4711, (20, 30, 40), 90)
    assert len(told.sentences) >= 8
    written = {
        re.sub(r"[^\W\d]+", "x", totals._written(sheet, told, rng)).replace("x x", "x")
        for _ in range(600)
    }
    assert len(written) >= 16


def test_sheets_of_another_count_are_wrong_as_well_and_do_not_count() -> None:
    """Above easy: with a number that differs in one digit."""
    for sample in made("totals"):
        asked = re.search(r"sheets of count (\d+) is", sample.question)
        assert asked
        counts = set(re.findall(r"[Cc]ount (\d+)", reading.context(text_of(sample))))
        (other,) = counts - {asked[1]}
        assert sum(a != b for a, b in zip(other, asked[1], strict=True)) == 1
        question = sample.question.replace(asked[1], other)
        found = totals.solve(question, text_of(sample).replace(sample.question, question))
        assert found
        assert not set(found) & set(sample.gold)


# --- rules ------------------------------------------------------------------------------

FIELDS = ("goods", "places", "people")


@each_language
def test_rules_exceptions_and_entries_are_read_however_they_are_put(language: str) -> None:
    """Every wording of each: one entry too high, one saved by place, one by person, one at it."""
    asks = words(Wording, violation.WORDS, "asks")[language]
    told = words(violation.Words, violation.WORDS, "writes")[language]
    (goods, other), (place, elsewhere), (person, someone) = (
        getattr(told, name)[:2] for name in FIELDS
    )
    assert len(told.entries) >= 8
    cases = [
        ("E-1001", 260, goods, elsewhere, someone, True),
        ("E-1002", 250, goods, elsewhere, someone, False),
        ("E-1003", 300, goods, place, someone, False),
        ("E-1004", 301, goods, place, someone, True),
        ("E-1005", 900, goods, elsewhere, person, False),
        ("E-1006", 900, other, elsewhere, someone, False),
    ]
    question = asks.question.format(rule=20)
    for rule, raised, exempt in itertools.product(told.rules, told.raised, told.exempt):
        stated = [
            rule.format(rule=20, limit=250, goods=goods),
            raised.format(rule=20, place=place, limit=300),
            exempt.format(rule=20, person=person),
            rule.format(rule=21, limit=10, goods=other),
            exempt.format(rule=200, person=someone),
        ]
        for entry in told.entries:
            planted = [
                entry.format(id=c[0], quantity=c[1], goods=c[2], place=c[3], person=c[4], bay=999)
                for c in cases
            ]
            text = prompt("\n\n".join([*planted, *stated]), question, language)
            wanted = tuple(case[0] for case in cases if case[5])
            assert violation.solve(question, text) == wanted


def test_every_exception_saves_an_entry() -> None:
    """Without any one of them more entries would break the rule."""
    told = words(violation.Words, violation.WORDS, "writes")["en"]
    for sample in made("violation", level="hard"):
        text = text_of(sample)
        number = re.search(r"store rule (\d+)", sample.question)
        assert number
        stated = re.findall(rf"^.*tore rule {number[1]}\b.*$", reading.context(text), re.MULTILINE)
        exceptions = [line for line in stated if not any(goods in line for goods in told.goods)]
        assert len(exceptions) == 2
        for exception in exceptions:
            found = violation.solve(sample.question, text.replace(exception, ""))
            assert found is not None
            assert set(found) > set(sample.gold)


@pytest.mark.parametrize("generator", ["totals", "violation"])
@each_language
def test_listing_all_candidates_earns_little(generator: str, language: str) -> None:
    """Of ids like those asked for there are many times more than belong to the answer."""
    for sample in made(generator, language):
        listed = set(re.findall(r"\b[TE]-\d{4}\b", reading.context(text_of(sample)), re.ASCII))
        assert set(sample.gold) < listed
        assert score(answer(sorted(listed)), sample.gold, "f1") <= 0.2
