"""Tables in every way that models write them: what is read is the same, and knows no gold."""

from __future__ import annotations

import csv
import html
import io
import json
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golong_data.metrics import score
from golong_data.metrics.iou import read_answer
from golong_data.metrics.tabular import last_table

NO_HANG = 30.0  # seconds; says only that a call returns
PROPERTY = settings(max_examples=60, deadline=None, database=None)
NAMES = ["City", "Population", "Amount (US$)", "date", "城市"]
CELLS = st.one_of(
    st.integers(-9999, 9999).map(str),
    st.sampled_from(
        """Oslo|New York|O'Brien|a, b|5" pipe|5%|12.50|2021-03-04|奥斯陆|<5|R&D|none|True|1,200"""
        """|x_y""".split("|")
    ),
    st.just("a|b"),
)
COLUMNS = st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True)
TABLES = COLUMNS.flatmap(
    lambda names: st.tuples(
        st.just(names),
        st.lists(st.lists(CELLS, min_size=len(names), max_size=len(names)), min_size=1, max_size=6),
    )
)
Writing = Callable[[list[str], list[list[str]]], str]


def records(names: list[str], rows: list[list[str]]) -> list[dict[str, str]]:
    return [dict(zip(names, row, strict=True)) for row in rows]


def plain(names: list[str], rows: list[list[str]]) -> str:
    return json.dumps({"columns": names, "data": rows}, ensure_ascii=False)


def delimited(mark: str) -> Writing:
    def write(names: list[str], rows: list[list[str]]) -> str:
        out = io.StringIO()
        csv.writer(out, delimiter=mark, lineterminator="\n").writerows([names, *rows])
        return out.getvalue()

    return write


def markdown(names: list[str], rows: list[list[str]]) -> str:
    lines = [[cell.replace("|", "\\|") for cell in row] for row in [names, *rows]]
    lines.insert(1, ["---"] * len(names))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def bold_head(names: list[str], rows: list[list[str]]) -> str:
    return markdown([f"**{name}**" for name in names], rows)


def bare_bars(names: list[str], rows: list[list[str]]) -> str:
    return "\n".join(line.strip("| ") for line in markdown(names, rows).split("\n"))


def as_html(names: list[str], rows: list[list[str]]) -> str:
    def line(cells: list[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{html.escape(c)}</{tag}>" for c in cells) + "</tr>\n"

    body = "".join(line(row, "td") for row in rows)
    return f'<table class="x"><thead>{line(names, "th")}</thead><tbody>{body}</tbody></table>'


WRITINGS: dict[str, Writing] = {
    "json": plain,
    "json over lines": lambda n, r: json.dumps({"columns": n, "data": r}, indent=2),
    "json with index": lambda n, r: json.dumps(
        {"columns": n, "index": list(range(len(r))), "data": r}
    ),
    "rows": lambda n, r: json.dumps({"headers": n, "rows": r}),
    "python": lambda n, r: repr({"columns": n, "data": r}),
    "tuples": lambda n, r: repr({"columns": n, "data": [tuple(row) for row in r]}),
    "curly quotes": lambda n, r: (
        plain(n, r).replace(' "', " “") if '\\"' not in plain(n, r) else plain(n, r)
    ),
    "no-break spaces": lambda n, r: plain(n, r).replace(": ", ":\u00a0").replace("], ", "],\u00a0"),
    "commas behind": lambda n, r: plain(n, r).replace("]]", "],]").replace("]}", "],}"),
    "keys without quotes": lambda n, r: f"{{columns: {json.dumps(n)}, data: {json.dumps(r)}}}",
    "wrapped": lambda n, r: json.dumps({"answer": {"columns": n, "data": r}}),
    "wrapped twice": lambda n, r: json.dumps({"x": 1, "out": {"table": {"columns": n, "data": r}}}),
    "records": lambda n, r: json.dumps(records(n, r)),
    "records of python": lambda n, r: repr(records(n, r)),
    "records in data": lambda n, r: json.dumps({"data": records(n, r)}),
    "records in rows": lambda n, r: json.dumps({"rows": records(n, r)}),
    "columns": lambda n, r: json.dumps({name: [row[i] for row in r] for i, name in enumerate(n)}),
    "header row": lambda n, r: json.dumps([n, *r]),
    "json lines": lambda n, r: "\n".join(map(json.dumps, records(n, r))),
    "json lines of python": lambda n, r: "\n".join(map(repr, records(n, r))),
    "json lines, spaced": lambda n, r: "\n\n".join(map(json.dumps, records(n, r))),
    "json objects over lines": lambda n, r: ",\n".join(
        json.dumps(row, indent=1) for row in records(n, r)
    ),
    "csv": delimited(","),
    "tsv": delimited("\t"),
    "csv in a fence": lambda n, r: f"```csv\n{delimited(',')(n, r)}```",
    "json in a fence": lambda n, r: f"```json\n{plain(n, r)}\n```",
    "markdown": markdown,
    "markdown, bold": bold_head,
    "markdown without bars around": bare_bars,
    "html": as_html,
}
AROUND = [
    "{}",
    "[Answer]\n{}",
    "<answer>{}</answer>",
    "[Answer]\n{}\n\nI hope it helps.",
    "{}\n[/Answer]",
]


@pytest.mark.parametrize("writing", sorted(WRITINGS))
@PROPERTY
@given(table=TABLES, other=TABLES, around=st.sampled_from(AROUND), keep=st.integers(0, 6))
def test_every_writing_earns_what_the_json_earns(
    writing: str,
    table: tuple[list[str], list[list[str]]],
    other: tuple[list[str], list[list[str]]],
    around: str,
    keep: int,
) -> None:
    names, rows = table
    text = around.format(WRITINGS[writing](names, rows))
    golds = [plain(names, rows), plain(names, [*rows[:keep], *other[1]]), plain(*other)]
    for gold in golds:
        expected = score(plain(names, rows), gold, "iou")
        assert score(text, gold, "iou") == pytest.approx(expected), text
    assert score(text, golds[0], "iou") == 1.0
    found = read_answer(text)
    assert found is not None
    assert len(found.rows) == len(rows)


@pytest.mark.parametrize("writing", sorted(WRITINGS))
def test_the_last_table_counts(writing: str) -> None:
    names, rows = ["City", "n"], [["Oslo", "2"], ["Bergen", "3"]]
    wrong = [["Oslo", "9"], ["Bergen", "8"]]
    gold = plain(names, rows)
    if writing in ("csv", "tsv"):  # without a fence they are read where no other table stands
        texts = [
            f"{WRITINGS[writing](names, w)}\n\nNo:\n\n{WRITINGS[writing](names, r)}"
            for w, r in ((wrong, rows), (rows, wrong))
        ]
    else:
        texts = [
            f"{markdown(names, w)}\n\nNo:\n\n\n{WRITINGS[writing](names, r)}"
            for w, r in ((wrong, rows), (rows, wrong))
        ]
    assert [score(text, gold, "iou") for text in texts] == [1.0, 0.0]


@pytest.mark.parametrize(
    ("text", "columns", "rows"),
    [
        ('[{"a": 1}, {"a": 2, "b": null}]', ["a", "b"], [["1", None], ["2", None]]),
        ('{"a": 1, "b": "x"}', ["a", "b"], [["1", "x"]]),
        ('{"r1": {"a": 1}, "r2": {"a": 2}}', ["a"], [["1"], ["2"]]),
        ('{"status": "ok", "result": [{"a": 1}]}', ["a"], [["1"]]),
        ("Here it is:\na,b\n1,2\nThat is all.", ["a", "b"], [["1", "2"]]),
        ("Well, here:\n\na;b\n1;2", ["a", "b"], [["1", "2"]]),
        ('a,b\n"x, y",2\n1,2,3', ["a", "b"], [["x, y", "2"], None]),
        ("```csv\na\n1\n2\n```", ["a"], [["1"], ["2"]]),
        ("| a |\n|:-:|\n| **1** |\n| `2` |", ["a"], [["1"], ["2"]]),
        ("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |", ["a", "b"], [["1", ""], None]),
        ("| a | b |\n| 1 | 2 |", ["a", "b"], [["1", "2"]]),
        ("<table><tr><td>a</td></tr><tr><td>1<br>2</td></tr>", ["a"], [["1 2"]]),
        ("[['a', 'b'], ['O'Brien', 'it''s']]", ["a", "b"], [["O'Brien", "it''s"]]),
        ('{"columns": ["a"], "data": [["1"], []]}', ["a"], [["1"], None]),
        ('It\'s {"a"} or {x}: {"columns": [\'a\'], "data": []}', ["a"], []),
    ],
)
def test_tables(text: str, columns: list[str], rows: list[list[str] | None]) -> None:
    table = last_table(text)
    assert table is not None
    assert (list(table.columns), [r and list(r) for r in table.rows]) == (columns, rows)


@pytest.mark.parametrize("text", ["", "No table.", "a\n1\n2", "{}", "[]", "[1]", "{'a': [1"])
def test_no_table(text: str) -> None:
    assert last_table(text) is None


MARKS = """{ } [ ] ( ) , : ; | ' " “ ” \\ \\' \\" None null True a b 1 2.5 -- |---| {"a":1} {'a':1}
[["a"],["b"]] <table> <tr> <td> <th> </table> <br> &amp; ``` ```csv "columns" "data" a,b 1,2
'columns': it's // -"""
SPACES = (" ", "\n", "\n\n", "\t", "\u00a0", "\0", "\ud800", "| a | b |\n")
PIECES = st.sampled_from([*MARKS.split(), *SPACES])


@PROPERTY
@given(text=st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=40).map("".join)))
def test_no_text_raises(text: str) -> None:
    first = read_answer(text)
    assert read_answer(text) == first
    assert first is None or len(first.columns) > 0


LONG = """{'a':1} {"a": [['a'], | [" {' ' {a: ( <td> “ \\""".split()
LONG += ["| a |\n", "a,b\n\n", "```csv\na,b\n", "\n", ",", "\u00a0", "'a', ", "{'a': 1}\n"]


@pytest.mark.parametrize("piece", LONG)
def test_cost_is_bounded(piece: str) -> None:
    started = time.monotonic()
    for text in (
        piece * (100_000 // len(piece)),
        "[Answer] {'a'" + piece * (100_000 // len(piece)),
    ):
        read_answer(text)
    assert time.monotonic() - started < NO_HANG
