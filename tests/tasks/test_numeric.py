"""The numeric task: each generator alone, at every level, over corpora of several kinds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from support import corpus_of, run_cli, with_args

from golong_data.corpus import Corpus, open_corpus
from golong_data.errors import UserError
from golong_data.making.sample import Maker
from golong_data.metrics import score
from golong_data.quality.cheats import answer
from golong_data.rows.files import iterate
from golong_data.solving import reading
from golong_data.solving.numbers import number
from golong_data.solving.tables import Read, table
from golong_data.strict import strict
from golong_data.tasks import get_task
from golong_data.tasks.knobs import LEVELS
from golong_data.tasks.numeric import GENERATORS
from golong_data.tasks.numeric.config import NumericConfig
from golong_data.tasks.numeric.select import Condition, Selection
from golong_data.tasks.numeric.solve import aggregate, count, join, ledger, report
from golong_data.tasks.numeric.solve.conditions import conditions
from golong_data.tasks.numeric.solve.questions import places
from golong_data.tokens import get_tokenizer
from golong_data.types import Sample, Table
from golong_data.words import words

ROWS = 30
REAL = ("aggregate", "join", "report", "count")
"""Generators that take their numbers from the corpus where it has them."""

each_generator = pytest.mark.parametrize("generator", GENERATORS)
each_level = pytest.mark.parametrize("level", LEVELS)


def real() -> Corpus:
    """A corpus with tables and labelled values."""
    return corpus_of("factbook", "factbook-tables")


def made(maker: Maker, n: int = ROWS) -> list[Sample]:
    """The first n samples; an index that gives none fails the test."""
    outcomes = [maker.make(index) for index in range(n)]
    assert all(o.sample for o in outcomes), [o.refused for o in outcomes if not o.sample]
    return [o.sample for o in outcomes if o.sample]


def only(generator: str, **args: Any) -> dict[str, Any]:
    """Arguments that leave one generator."""
    return {"generators": {generator: 1}, **args}


# --- each generator alone ---------------------------------------------------------------


@each_level
@pytest.mark.parametrize("tables", ["auto", "generated"])
@each_generator
def test_the_solver_finds_every_gold(generator: str, tables: str, level: str) -> None:
    """30 rows each: from the prompt alone, at every level, on real and made-up tables."""
    maker = with_args(only(generator, level=level, tables=tables), real(), ctx=16_384)
    for sample in made(maker):
        prompt = sample.prompt[0].content
        assert sample.subtask == generator
        assert sample.difficulty == level
        assert maker.task.solve(prompt) == sample.gold, sample.question
        assert score(answer(sample.gold), sample.gold, "math", **sample.metric.args) == 1.0


@each_generator
def test_a_question_says_in_which_form_the_answer_is_wanted(generator: str) -> None:
    """Its rounding and unit are those of the gold and of the metric."""
    for sample in made(with_args(only(generator), real())):
        asked = sample.prompt[0].content.rpartition("Question: ")[2]
        wanted = places(asked)
        assert isinstance(sample.gold, str)
        tolerance = sample.metric.args.get("tolerance")
        if wanted is None:
            assert tolerance is None
            assert re.search("exact value|whole number|to the cent", asked)
        else:
            assert len(sample.gold.partition(".")[2]) == wanted
            assert Fraction(str(tolerance)) == Fraction(1, 2) / 10**wanted
        unit = str(sample.metric.args.get("unit", ""))
        assert ("in percent" if unit == "%" else unit) in asked


@each_generator
def test_harder_levels_rest_on_more_evidence(generator: str) -> None:
    """Twenty rows at hard have more pieces of it than twenty at easy."""
    pieces = {}
    for level in ("easy", "hard"):
        samples = made(with_args(only(generator, level=level), real(), ctx=16_384), 20)
        pieces[level] = sum(len(sample.evidence) for sample in samples)
    assert pieces["easy"] < pieces["hard"]


@each_generator
def test_weights_choose_the_generator(generator: str) -> None:
    """Two generators at 3 to 1 get three quarters and one quarter of the rows."""
    other = next(name for name in GENERATORS if name != generator)
    maker = with_args({"generators": {generator: 3, other: 1}}, real())
    found = [sample.subtask for sample in made(maker, 24)]
    assert set(found) == {generator, other}
    assert found.count(generator) == pytest.approx(18, abs=3)


def test_the_recipe_spreads_rows_evenly_over_generators() -> None:
    """Any twenty neighbouring rows hold every generator."""
    found = [sample.subtask for sample in made(with_args({}, real()), 40)]
    for start in range(0, 21, 5):
        assert set(found[start : start + 20]) == set(GENERATORS)


# --- counterfactual values --------------------------------------------------------------


def source_table(doc_id: str) -> Table:
    """The corpus table that a block of a sample was taken from."""
    corpus = real()
    name = re.sub(r"(/[ABC])?(#\d+|@.+)$", "", doc_id)
    index = next(int(i) for i in corpus.tables if corpus.id(int(i)) == name)
    return corpus.table(index)


def cells(sample: Sample) -> list[tuple[str, str]]:
    """(in the prompt, in the source) of every number in evidence rows from corpus tables."""
    documents = reading.documents(sample.prompt[0].content)
    pairs = []
    for evidence in sample.evidence:
        source = source_table(evidence.doc_id)
        read = next(table(text) for text in documents.values() if evidence.text in text.split("\n"))
        if "@" in evidence.doc_id:
            pairs += _statement(read, source, evidence.doc_id.partition("@")[2], evidence.text)
        else:
            pairs += _row(read, source, evidence.text)
    return pairs


def _statement(read: Read, source: Table, entity: str, text: str) -> list[tuple[str, str]]:
    """A statement has the table's items down its side and years across its top."""
    headers = {" ".join(c.name.split()): i for i, c in enumerate(source.columns)}
    original = next(row for row in source.rows if entity in row)
    return [
        (row[year], original[i])
        for row in read.rows
        if row["Item"] in text.replace("&amp;", "&")
        for year in read.columns
        for name, i in headers.items()
        if year in name and " ".join(name.replace(year, "").split()) == row["Item"]
    ]


def _row(read: Read, source: Table, text: str) -> list[tuple[str, str]]:
    """A row is found again by the cells that name it."""
    index = {column.name: i for i, column in enumerate(source.columns)}
    names = [name for name in read.columns if not source.columns[index[name]].numeric]
    plain = text.replace("&amp;", "&")
    pairs = []
    for row in read.rows:
        if not all(row[name] in plain for name in read.columns):
            continue
        named = {index[name]: row[name] for name in names}
        originals = [
            found for found in source.rows if all(found[i] == cell for i, cell in named.items())
        ]
        if len(originals) == 1:
            pairs += [
                (row[name], originals[0][index[name]]) for name in read.columns if name not in names
            ]
    return pairs


@pytest.mark.parametrize("generator", ["aggregate", "join", "report"])
def test_without_counterfactuals_every_evidence_value_is_the_sources(generator: str) -> None:
    """Checked cell by cell against the corpus table."""
    samples = made(with_args(only(generator, counterfactual=0, tables="corpus"), real()))
    assert not any(sample.counterfactual for sample in samples)
    checked = [pair for sample in samples for pair in cells(sample)]
    assert len(checked) >= 60
    assert [(a, b) for a, b in checked if number(a) != number(b)] == []


@pytest.mark.parametrize("generator", ["aggregate", "join", "report"])
def test_with_all_counterfactual_evidence_values_are_changed(generator: str) -> None:
    """All but those that cannot change: zeros, and extremes that would leave the range."""
    samples = made(with_args(only(generator, counterfactual=1, tables="corpus"), real()))
    assert all(sample.counterfactual for sample in samples)
    checked = [pair for sample in samples for pair in cells(sample) if number(pair[1])]
    assert len(checked) >= 60
    changed = sum(number(a) != number(b) for a, b in checked)
    assert changed >= 0.85 * len(checked)


def stated(sample: Sample) -> list[tuple[str, str]]:
    """(in the prompt, in the source) of the lines that a count rests on."""
    corpus = corpus_of("factbook")
    lines = {corpus.id(i): corpus.text(i).split("\n") for i in range(len(corpus))}
    head = re.findall('"(.+?:)"', sample.question)[0]
    return [
        (piece.text, next(line for line in lines[piece.doc_id] if line.startswith(head)))
        for piece in sample.evidence
    ]


@pytest.mark.parametrize(("share", "changes"), [(0, False), (1, True)])
def test_counted_values_are_the_sources_or_changed_as_asked(share: float, changes: bool) -> None:
    """Lines of real documents, compared with the document."""
    maker = with_args(only("count", counterfactual=share), corpus_of("factbook"))
    pairs = [pair for sample in made(maker) for pair in stated(sample)]
    assert len(pairs) >= 60
    different = sum(a != b for a, b in pairs)
    assert different >= 0.85 * len(pairs) if changes else different == 0


@pytest.mark.parametrize("generator", REAL)
def test_made_up_numbers_are_never_called_counterfactual(generator: str) -> None:
    """Nobody knows them by heart."""
    args = only(generator, counterfactual=1, tables="generated")
    assert not any(sample.counterfactual for sample in made(with_args(args, real()), 10))


def test_no_other_document_states_the_true_values_of_what_is_asked_about() -> None:
    """A place's own profile would contradict its changed statement: it stays out."""
    for sample in made(with_args(only("report", counterfactual=1, tables="corpus"), real())):
        asked = {evidence.doc_id.partition("@")[2] for evidence in sample.evidence}
        assert not asked & set(reading.documents(sample.prompt[0].content))


# --- a user's own folder ----------------------------------------------------------------


def test_a_users_own_tables_and_documents_serve(office: Path, tmp_path: Path) -> None:
    """Built, valid, and really made of these tables."""
    out = tmp_path / "out"
    argv = ("--task", "numeric", "--ctx", "8k", "--size", 20, "--workers", 1, "--corpus", office)
    ran = run_cli("build", *argv, "--out", out)
    assert ran.code == 0, ran.err
    validated = run_cli("validate", out)
    assert validated.code == 0, validated.out
    infos = [row["extra_info"] for row in iterate(out)]
    assert any("sales.csv" in e["doc_id"] for info in infos for e in info["evidence"])
    assert {info["subtask"] for info in infos} == set(GENERATORS)


def test_documents_of_one_title_serve_for_counting(tmp_path: Path) -> None:
    """Forty files that all start with "Introduction": told apart by their ids."""
    corpus = corpus_of("factbook")
    for i in range(40):
        text = corpus.text(6 * i)
        (tmp_path / f"{i}.md").write_text(f"# Introduction\n\n{text}", encoding="utf-8")
    own = open_corpus([str(tmp_path)], tokenizer=get_tokenizer())
    assert {own.title(i) for i in range(len(own))} == {"Introduction"}
    for sample in made(with_args(only("count"), own), 10):
        assert len(set(sample.doc_ids)) == len(sample.doc_ids)
        assert get_task("numeric").solve(sample.prompt[0].content) == sample.gold


def test_a_users_own_numbers_are_read_as_written(office: Path) -> None:
    """Commas, decimals, units in headers; nothing changed where that is not asked for."""
    corpus = open_corpus([str(office)], tokenizer=get_tokenizer())
    samples = made(with_args(only("aggregate", counterfactual=0, tables="corpus"), corpus), 20)
    assert any("thousand EUR" in str(sample.metric.args.get("unit")) for sample in samples)
    assert all(get_task("numeric").solve(s.prompt[0].content) == s.gold for s in samples)


def test_a_folder_that_is_too_small_says_how_many_tokens_are_missing(own_tables: Path) -> None:
    """One CSV has a few thousand tokens; 64k need more."""
    file = own_tables / "sales.csv"
    ran = run_cli("build", "--task", "numeric", "--ctx", "64k", "--corpus", file)
    assert ran.code == 2
    missing = re.search(r"([\d,]+) tokens are missing", ran.err)
    assert missing
    assert 40_000 < int(missing[1].replace(",", "")) < 65_536
    assert "sales.csv" in ran.err
    assert "--corpus" in ran.err


def test_a_corpus_without_tables_says_so_where_it_must_have_them() -> None:
    """`tables: corpus` forbids made-up record sets."""
    maker = with_args(only("aggregate", tables="corpus"), corpus_of("stdlib"))
    with pytest.raises(UserError, match="at least 1 more is missing") as caught:
        maker.make(0)
    assert "0 tables" in caught.value.what
    assert "stdlib" in caught.value.where
    assert "tables: auto" in caught.value.remedy


def test_tables_that_do_not_suit_fall_back_on_made_up_ones(tmp_path: Path) -> None:
    """A table of words has nothing to compute with."""
    lines = ["Word,Meaning", *(f"word{i},meaning {i}" for i in range(40))]
    (tmp_path / "words.csv").write_text("\n".join(lines))
    (tmp_path / "long.txt").write_text("\n".join(f"Line {i} of a long text." for i in range(3_000)))
    corpus = open_corpus([str(tmp_path)], tokenizer=get_tokenizer())
    (sample,) = made(with_args(only("aggregate"), corpus), 1)
    assert sample.evidence[0].doc_id.startswith("generated/")


# --- arguments --------------------------------------------------------------------------

BAD: Sequence[tuple[Mapping[str, Any], str]] = (
    ({"generators": {"aggregates": 1}}, "unknown generator 'aggregates'"),
    ({"generators": {"aggregate": 0}}, "one must be above 0"),
    ({"generators": {"aggregate": -1}}, "must not be negative"),
    ({"counterfactual": 2}, "between 0 and 1"),
    ({"level": "extreme"}, "not a choice"),
    ({"rows": [2, 4]}, "fewest at least 5"),
    ({"rows": [20, 10]}, "fewest, most"),
    ({"documents": [1, 4]}, "fewest at least 3"),
    ({"conditions": 9}, "between 1 and 3"),
    ({"entities": 0}, "between 1 and 12"),
    ({"distractors": -1}, "between 0 and 20"),
    ({"entries": "many"}, "not of the kind"),
)


@pytest.mark.parametrize(("args", "message"), BAD, ids=[message for _, message in BAD])
def test_arguments_out_of_range_are_refused(args: Mapping[str, Any], message: str) -> None:
    """With the argument and what it may be."""
    with pytest.raises(UserError, match=message) as caught:
        strict(NumericConfig, args, where="recipe x: args")
    assert caught.value.where.startswith("recipe x: args")


def test_knobs_override_their_level() -> None:
    """What is set here stands; the rest comes from the level."""
    config = NumericConfig(level="hard", rows=(5, 6), conditions=1)
    assert config.rows == (5, 6)
    assert config.conditions == 1
    assert config.entries == NumericConfig(level="hard").entries != NumericConfig().entries


# --- words --------------------------------------------------------------------------------


@pytest.mark.parametrize("solver", [aggregate, count, join, ledger, report])
def test_every_question_is_read_back(solver: Any) -> None:
    """As one of its own kind, with its fields, whatever the names in them hold."""
    for asks in words(solver.Asks, solver.WORDS, "asks").values():
        for kind, wording in asks.questions.items():
            fields = {name: f"{name} in 2021, of 7 and" for name in re.findall(r"{(\w+)}", wording)}
            fields |= {name: "2019" for name in ("early", "late") if name in fields}
            found = solver.reads(wording.format_map(fields))
            assert found
            assert (found.kind, found.fields) == (kind, fields)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_conditions_are_read_back(n: int) -> None:
    """Column by column, though names hold what joins conditions."""
    said = (
        Condition("Goods and wares", "is", "nuts and bolts"),
        Condition("Weight (kg)", "above", "1200.5"),
        Condition("is and is", "below", "-3"),
    )
    read = conditions(Selection(said[:n]).said("en"), "en")
    assert read
    assert [(c.column, c.kind) for c in read] == [(c.column, c.kind) for c in said[:n]]
    row = {"Goods and wares": "nuts and bolts", "Weight (kg)": "1,200.6", "is and is": "-4"}
    assert all(condition.met_by(row) for condition in read)
    assert not any(c.met_by({**row, c.column: ""}) for c in read)
    assert conditions("nothing of the kind", "en") is None


def test_a_language_without_words_is_refused() -> None:
    """With the generators that were asked for, and the languages that they have."""
    maker = with_args({"language": "zh", "generators": {"join": 1, "count": 1}}, real())
    with pytest.raises(UserError, match='asks in the language "zh"') as caught:
        maker.make(0)
    assert "(join, count)" in caught.value.what
    assert caught.value.where == "args: language"
    assert "Choose one of: en" in caught.value.remedy
