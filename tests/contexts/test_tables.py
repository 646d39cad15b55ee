"""Every written form of a table says the same and is read back cell by cell."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import corpus_of

from golong_data.contexts.tables import FORMS
from golong_data.material.tables import usable
from golong_data.solving.tables import table as read_table
from golong_data.types import Column, Table

AMBIGUOUS = '"|\\<>'
"""What `sources.usable` keeps out of cells and headers, beside line breaks."""

characters = st.characters(
    codec="utf-8", exclude_categories=("C", "Z"), exclude_characters=AMBIGUOUS
)
words = st.text(characters | st.sampled_from("&;:,.{}'#-"), min_size=1, max_size=12)
texts = st.lists(words, min_size=1, max_size=3).map(" ".join)
numbers = st.decimals(-(10**7), 10**7, places=2).map(lambda n: f"{n:,}")
names = st.from_regex(r"[A-Z][a-z]{0,8}( [a-z0-9&%$,()']{1,6})?", fullmatch=True)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A key, then text and numbers with gaps; no two columns of one name."""
    headers = draw(st.lists(names, min_size=2, max_size=5, unique=True))
    kinds = [False, *(draw(st.booleans()) for _ in headers[1:])]
    columns = tuple(Column(name, numeric) for name, numeric in zip(headers, kinds, strict=True))
    cells = [numbers | st.just("") if numeric else texts | st.just("") for numeric in kinds[1:]]
    keys = draw(st.lists(names, min_size=1, max_size=6, unique=True))
    rows = tuple((key, *draw(st.tuples(*cells))) for key in keys)
    return Table("A table", columns, rows)


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=60)
@given(table=tables())
def test_a_form_is_read_back_cell_by_cell(form: str, table: Table) -> None:
    """The reader, which knows nothing of the writer, finds every cell; gaps stay gaps."""
    read = read_table(FORMS[form](table).text)
    wanted = [
        {c.name: cell for c, cell in zip(table.columns, row, strict=True) if cell}
        for row in table.rows
    ]
    assert [{name: cell for name, cell in row.items() if cell} for row in read.rows] == wanted


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=30)
@given(table=tables())
def test_a_row_is_one_line_where_its_range_says(form: str, table: Table) -> None:
    """Ranges cut whole lines, in order, each with its row's own cells."""
    rendered = FORMS[form](table)
    assert len(rendered.rows) == len(table.rows)
    assert not rendered.text.endswith("\n")
    for (start, end), row in zip(rendered.rows, table.rows, strict=True):
        line = rendered.text[start:end]
        assert "\n" not in line
        assert rendered.text[start - 1 : start] in ("", "\n")
        assert rendered.text[end : end + 1] in ("", "\n")
        assert row[0] in line.replace("&amp;", "&")


@pytest.mark.parametrize("form", FORMS)
def test_a_row_blanked_out_is_no_row(form: str) -> None:
    """Blanks in the place of a row leave the others as they were."""
    table = Table(
        "T", (Column("Key", False), Column("N", True)), (("a", "1"), ("b", ""), ("c", "3"))
    )
    rendered = FORMS[form](table)
    start, end = rendered.rows[1]
    text = rendered.text[:start] + " " * (end - start) + rendered.text[end:]
    assert [row["Key"] for row in read_table(text).rows] == ["a", "c"]


@pytest.mark.parametrize("form", FORMS)
def test_every_packaged_table_is_read_back(form: str) -> None:
    """Real tables, all rows, all columns that a question may name."""
    corpus = corpus_of("factbook-tables")
    for index in corpus.tables:
        table = usable(corpus.table(int(index)))
        read = read_table(FORMS[form](table).text)
        assert len(read.rows) == len(table.rows)
        for row, cells in zip(read.rows, table.rows, strict=True):
            stated = {c.name: x for c, x in zip(table.columns, cells, strict=True)}
            assert {**dict.fromkeys(stated, ""), **row} == stated


def test_there_are_at_least_four_forms() -> None:
    """Each of them is another text."""
    table = Table("T", (Column("Key", False), Column("N", True)), (("a", "1"),))
    assert len({form(table).text for form in FORMS.values()}) == len(FORMS) >= 4
