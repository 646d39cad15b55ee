"""The one reader of rows: every kind of source gives the same rows, each with its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kinds import published_row

from golong_data.errors import UserError
from golong_data.rows.files import count, files_of, iterate, naming, read, row_at, take
from golong_data.rows.targets import rows_at, rows_or_recipe
from golong_data.types import Recipe

Row = dict[str, Any]
ROWS: list[Row] = [published_row("f1", index) for index in range(23)]


def lines(path: Path, rows: list[Row]) -> None:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


def listed(path: Path, rows: list[Row]) -> None:
    path.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def parquet(path: Path, rows: list[Row], group: int = 4) -> None:
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=group)


WRITERS: dict[str, Callable[[Path, list[Row]], None]] = {
    "rows.parquet": parquet,
    "rows.PARQUET": parquet,
    "rows.jsonl": lines,
    "rows.ndjson": lines,
    "rows.json": listed,
    "lines.json": lines,
    "folder/a.parquet": parquet,
    "folder/a.jsonl": lines,
    "set/data/train-00000-of-00001.parquet": parquet,
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_kind_of_source_gives_the_same_rows(name: str, tmp_path: Path) -> None:
    """Streamed, counted, some of them, one of them; each under a place that leads back to it."""
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    WRITERS[name](path, ROWS)
    source = tmp_path / name.partition("/")[0]
    assert list(iterate(source)) == ROWS
    assert count(source) == len(ROWS)
    assert [row for _, row in take(source, [0, 3, 4, 22])] == [ROWS[i] for i in (0, 3, 4, 22)]
    assert row_at(source, 7)[1] == ROWS[7]
    places = [where for where, _ in read(source)]
    assert [where for where, _ in take(source, [5, 9])] == [places[5], places[9]]
    own = places[7].removeprefix(str(path))
    assert own == (":8" if name.endswith((".jsonl", ".ndjson")) or "lines" in name else ", row 7")
    with pytest.raises(UserError, match="no row 23; the data set has 23 rows"):
        row_at(source, 23)


@given(sizes=st.lists(st.integers(1, 9), min_size=1, max_size=5), data=st.data())
def test_rows_are_taken_across_files_and_row_groups(
    sizes: list[int], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Any ascending positions; what lies beyond the end is passed over."""
    folder: Path = tmp_path_factory.mktemp("taken")
    total = 0
    for number, size in enumerate(sizes):
        rows: list[Row] = [{"n": total + i} for i in range(size)]
        if data.draw(st.booleans()):
            parquet(folder / f"{number}.parquet", rows, data.draw(st.integers(1, 4)))
        else:
            lines(folder / f"{number}.jsonl", rows)
        total += size
    wanted = sorted(data.draw(st.sets(st.integers(0, total + 3))))
    assert count(folder) == total
    assert [row["n"] for row in iterate(folder)] == list(range(total))
    assert [row["n"] for _, row in take(folder, wanted)] == [n for n in wanted if n < total]


def test_only_the_row_groups_with_a_row_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no file is opened behind the last row that is asked for."""
    for number in range(3):
        parquet(tmp_path / f"{number}.parquet", ROWS)
    (tmp_path / "9.parquet").write_bytes(b"damaged")
    seen: list[int] = []
    whole = pq.ParquetFile.read_row_group

    def counted(self: pq.ParquetFile, group: int, **options: Any) -> pa.Table:
        seen.append(group)
        return whole(self, group, **options)

    monkeypatch.setattr(pq.ParquetFile, "read_row_group", counted)
    found = take(tmp_path, [1, 2, 21, 23, 45])
    assert [row for _, row in found] == [ROWS[i] for i in (1, 2, 21, 0, 22)]
    assert seen == [0, 5, 0, 5]


def test_parquet_reads_only_the_columns_that_are_named(tmp_path: Path) -> None:
    """Fields of structs too; names that are not there are passed over."""
    parquet(tmp_path / "rows.parquet", ROWS)
    first = next(iterate(tmp_path, ["data_source", "extra_info.reward_mode", "extra_info.none"]))
    mode = {"reward_mode": ROWS[0]["extra_info"]["reward_mode"]}
    assert first == {"data_source": "longbench_pro", "extra_info": mode}


def test_json_lines_are_read_as_people_write_them(tmp_path: Path) -> None:
    """A byte order mark, Windows line ends, blank lines, a line separator inside a text."""
    path = tmp_path / "rows.jsonl"
    path.write_bytes('\ufeff{"a": 1}\r\n\r\n  \n{"a": "x\u2028y"}'.encode())
    assert list(read(path)) == [(f"{path}:1", {"a": 1}), (f"{path}:4", {"a": "x\u2028y"})]
    assert count(path) == 2


def test_a_line_is_named_by_its_number(tmp_path: Path) -> None:
    """Also behind blank lines, and in a list of one file."""
    path = tmp_path / "rows.jsonl"
    path.write_text('{"a": 1}\n\n{"a": \n', encoding="utf-8")
    with pytest.raises(UserError, match=r"rows\.jsonl:3: this line is not JSON"):
        list(read(path))
    (tmp_path / "rows.json").write_text('[{"a": 1},\n\n{"a": }]\n', encoding="utf-8")
    with pytest.raises(UserError, match=r"rows\.json:3: this line is not JSON"):
        list(read(tmp_path / "rows.json"))


@pytest.mark.parametrize("text", ["[" * 100_000, "9" * 5_000, '{"a": 1e}', "{'a': 1}"])
def test_whatever_json_refuses_is_a_line_that_is_not_json(text: str, tmp_path: Path) -> None:
    """Nested too deep, too long a number."""
    path = tmp_path / "rows.jsonl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"rows\.jsonl:1: this line is not JSON"):
        list(read(path))


def test_parquet_whose_text_is_no_utf_8_is_one_message(tmp_path: Path) -> None:
    """Not an error of the library that reads it."""
    path = tmp_path / "rows.parquet"
    text = pa.Array.from_buffers(
        pa.string(), 1, pa.array([b"\xff"]).buffers()[:1] + pa.array([b"\xff"]).buffers()[1:]
    )
    pq.write_table(pa.table({"a": text}), path)
    with pytest.raises(UserError, match="cannot be read as Parquet"):
        list(read(path))


def test_what_stands_beside_rows_in_a_folder_is_no_row(tmp_path: Path) -> None:
    """Records of an export, dropped rows, temporary files, and somebody else's manifest."""
    lines(tmp_path / "train.jsonl", ROWS)
    for name in ("export.json", ".train.jsonl", "dropped.jsonl", "notes.txt"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    (tmp_path / "manifest.json").write_text('{"name": "app", "shards": 3}', encoding="utf-8")
    (tmp_path / "data").mkdir()
    assert files_of(tmp_path) == [tmp_path / "train.jsonl"]


def test_naming_says_which_row_it_was() -> None:
    """Of what a person can mend, and of a row that cannot be taken apart."""
    with pytest.raises(UserError) as caught, naming("rows.jsonl:3"):
        raise UserError("no such source.", where="data_source", remedy="Name one.")
    assert str(caught.value) == "rows.jsonl:3: data_source: no such source.\n  Name one."
    with pytest.raises(UserError, match="no form that is known") as caught, naming("rows.jsonl:4"):
        raise KeyError("prompt")
    assert caught.value.where == "rows.jsonl:4"


# --- what a name on the command line means --------------------------------------------------


def test_a_target_is_rows_or_a_recipe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A built-in name, a recipe file, a file or folder of rows; a folder before a name."""
    monkeypatch.chdir(tmp_path)
    lines(Path("rows.jsonl"), ROWS)
    Path("mine.yml").write_text("task: retrieval\nctx: 4k\n", encoding="utf-8")
    Path("retrieval").mkdir()
    lines(Path("retrieval/rows.jsonl"), ROWS)
    found = [rows_or_recipe(text) for text in ("numeric", "mine.yml", "rows.jsonl", "retrieval")]
    assert [f.task if isinstance(f, Recipe) else f for f in found] == [
        *("numeric", "retrieval"),
        *(Path("rows.jsonl"), Path("retrieval")),
    ]
    assert [rows_at(text) for text in ("rows.jsonl", "retrieval")] == found[2:]


@pytest.mark.parametrize("text", ["numeric", "mine.yaml"])
def test_a_recipe_is_no_rows(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The remedy is the command that makes some."""
    monkeypatch.chdir(tmp_path)
    Path("mine.yaml").write_text("task: retrieval\nctx: 4k\n", encoding="utf-8")
    with pytest.raises(UserError, match=f"golong-data build --recipe {text}") as caught:
        rows_at(text)
    assert caught.value.where == text


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("numerc", 'there is no recipe "numerc", and no such file or folder'),
        ("./numerc", "there is no such file or folder"),
        ("none.yaml", "there is no such file or folder"),
        ("none.jsonl", "there is no such file or folder"),
        ("file", "this is no file of rows"),
        ("empty", "there is no data set in this folder"),
    ],
)
def test_what_is_neither_is_said(
    text: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name is held against the recipes; a path is a path."""
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("x", encoding="utf-8")
    Path("empty").mkdir()
    with pytest.raises(UserError, match=what) as caught:
        rows_or_recipe(text)
    assert ('Did you mean "numeric"?' in caught.value.remedy) == (text == "numerc")
