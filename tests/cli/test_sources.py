"""Every command that reads rows reads all kinds of them, and says the same of bad ones."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from kinds import published_row
from support import build_cli, run_cli

from golong_data.rows.files import iterate

Row = dict[str, Any]

READERS: Mapping[str, tuple[str, ...]] = {
    "show": ("show", "{source}"),
    "validate": ("validate", "{source}"),
    "stats": ("stats", "{source}"),
    "audit": ("audit", "{source}"),
    "score": ("score", "{tmp}/answers.jsonl", "--data", "{source}"),
    "export": ("export", "{source}", "--to", "jsonl", "--out", "{tmp}/out"),
    "train": ("train", "{source}", "--config", "tiny-cpu", "--plan", "--out", "{tmp}/out"),
}
"""Command -> how it is told to read rows."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of six rows."""
    out = tmp_path_factory.mktemp("sources") / "built"
    assert build_cli(out).code == 0
    return out


@pytest.fixture(autouse=True)
def answers(tmp_path: Path) -> None:
    """Something to score."""
    (tmp_path / "answers.jsonl").write_text('{"id": "numeric-4k-s0-000000", "completion": "7"}\n')


def command(name: str, source: object, tmp: Path) -> list[str]:
    """A command of READERS over a source."""
    if name == "train" and not all(map(importlib.util.find_spec, ("torch", "trl", "peft"))):
        pytest.skip("training needs an extra")
    return [part.format(source=source, tmp=tmp) for part in READERS[name]]


# --- bad sources ----------------------------------------------------------------------------

MEND = "Fetch or write it again; a build of ours is mended by running it again with --resume."
AS_JSON = "Write one JSON object a line, in UTF-8; a .json file may hold one list of them."
CHECK, OTHER = "Check the path.", "Name other rows."
IN_FOLDER = (
    "Name a folder that `golong-data build` has written, or one with .parquet, .jsonl, "
    ".ndjson files."
)


@dataclass(frozen=True, slots=True)
class Bad:
    """A source with something wrong, and all that is said about it."""

    source: str
    where: str
    """Below the folder of the test, with line or row."""
    what: str
    remedy: str
    files: Mapping[str, bytes | None]
    """What is written first; None is an empty folder."""


def file(name: str, content: bytes, at: str, what: str, remedy: str) -> Bad:
    """A file with something wrong."""
    return Bad(name, f"{name}{at}", what, remedy, {name: content})


def no_rows() -> bytes:
    """A Parquet file with columns and no row."""
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"prompt": pa.array([], pa.string())}), sink)
    return bytes(sink.getvalue())


BAD: Mapping[str, Bad] = {
    "nothing there": Bad("none", "none", "there is no such file or folder.", CHECK, {}),
    "no file of that name": Bad(
        "no.jsonl", "no.jsonl", "there is no such file or folder.", CHECK, {}
    ),
    "a file of another kind": file(
        "a.txt",
        b"text",
        "",
        "this is no file of rows.",
        "Rows lie in .parquet, .jsonl, .ndjson, .json files.",
    ),
    "a file without a suffix": file(
        "rows",
        b"{}",
        "",
        "this is no file of rows.",
        "Rows lie in .parquet, .jsonl, .ndjson, .json files.",
    ),
    "damaged Parquet": file(
        "a.parquet", b"PAR1 and then nothing", "", "this file cannot be read as Parquet.", MEND
    ),
    "empty Parquet": file("a.parquet", b"", "", "this file cannot be read as Parquet.", MEND),
    "Parquet without a row": file("a.parquet", no_rows(), "", "there are no rows in it.", OTHER),
    "empty JSON lines": file("a.jsonl", b"", "", "there are no rows in it.", OTHER),
    "blank JSON lines": file("a.ndjson", b"\n \r\n", "", "there are no rows in it.", OTHER),
    "an empty list": file("a.json", b" [ ]", "", "there are no rows in it.", OTHER),
    "a broken line": file("a.jsonl", b'\n{"prompt": \n', ":2", "this line is not JSON.", AS_JSON),
    "a broken list": file("a.json", b'[\n{"a": 1},\n{"a"', ":3", "this line is not JSON.", AS_JSON),
    "a line that is a list": file(
        "a.jsonl", b'[{"a": 1}]\n', ":1", "this is no JSON object.", AS_JSON
    ),
    "a list of numbers": file("a.json", b"[1, 2]", ", row 0", "this is no JSON object.", AS_JSON),
    "lines that are not UTF-8": file(
        "a.jsonl", "{'ä': 1}".encode("latin-1"), ":1", "this line is not UTF-8 text.", AS_JSON
    ),
    "lines in UTF-16": file(
        "a.jsonl", '{"a": 1}'.encode("utf-16"), ":1", "this line is not UTF-8 text.", AS_JSON
    ),
    "a list that is not UTF-8": file(
        "a.json", b'[{"a": 1},\n"\xe4"]', ":2", "this line is not UTF-8 text.", AS_JSON
    ),
    "an empty folder": Bad(
        "empty", "empty", "there is no data set in this folder.", IN_FOLDER, {"empty": None}
    ),
    "a folder of something else": Bad(
        "mine",
        "mine",
        "there is no data set in this folder.",
        IN_FOLDER,
        {"mine/data/a.csv": b"a,b", "mine/export.json": b"{}", "mine/dropped.jsonl": b"{}"},
    ),
    "a folder called like a file": Bad(
        "a.parquet",
        "a.parquet",
        "there is no data set in this folder.",
        IN_FOLDER,
        {"a.parquet": None},
    ),
    "a damaged file in a folder": Bad(
        "mine",
        "mine/a.parquet",
        "this file cannot be read as Parquet.",
        MEND,
        {"mine/a.parquet": b"PAR1"},
    ),
    "a shard that is gone": Bad(
        "mine",
        "mine/data/train-0.parquet",
        "this shard is missing.",
        MEND,
        {
            "mine/data/other.parquet": b"PAR1",
            "mine/manifest.json": b'{"format": 1, "recipe": {}, '
            b'"shards": [{"file": "data/train-0.parquet"}]}',
        },
    ),
    "a damaged manifest": Bad(
        "mine",
        "mine/manifest.json",
        "the manifest is damaged.",
        "Run the build again with --resume: it is made anew from the same settings.",
        {"mine/data/a.parquet": b"PAR1", "mine/manifest.json": b"{"},
    ),
}


@pytest.mark.parametrize("case", BAD.values(), ids=BAD)
@pytest.mark.parametrize("name", READERS)
def test_every_command_says_the_same_of_a_bad_source(name: str, case: Bad, tmp_path: Path) -> None:
    """What, where and what to do; exit code 2, nothing on stdout, nothing written."""
    for path, content in case.files.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            target.mkdir()
        else:
            target.write_bytes(content)
    ran = run_cli(*command(name, tmp_path / case.source, tmp_path))
    assert ran.err == f"Error: {tmp_path}/{case.where}: {case.what}\n  {case.remedy}\n"
    assert (ran.code, ran.out) == (2, "")
    assert not (tmp_path / "out").exists()


GOLD = {"reward_model": {"ground_truth": "1"}}
UNFIT: Mapping[str, Row] = {
    "no prompt": GOLD | {"data_source": "EM"},
    "no gold": {"prompt": "x", "data_source": "EM"},
    "no source": GOLD | {"prompt": "x", "extra_info": {"id": "a"}},
    "extra_info that is a number": published_row("f1", 0) | {"extra_info": 7},
}


@pytest.mark.parametrize("row", UNFIT.values(), ids=UNFIT)
@pytest.mark.parametrize("name", READERS)
def test_every_command_names_a_row_that_it_cannot_use(name: str, row: Row, tmp_path: Path) -> None:
    """By file and line, without a traceback."""
    path = tmp_path / "rows.jsonl"
    path.write_text(f"\n{json.dumps(row)}\n", encoding="utf-8")
    if name == "score" and "prompt" not in row:
        row["reward_model"] = {}  # what was asked is nothing to it
        path.write_text(f"\n{json.dumps(row)}\n", encoding="utf-8")
    ran = run_cli(*command(name, path, tmp_path))
    assert ran.code == 2, ran
    assert ran.err.startswith(f"Error: {path}:2: "), ran.err
    assert "Traceback" not in ran.err
    assert ran.out == ""


# --- good sources ---------------------------------------------------------------------------

DIFFERS = "differs from the corpus"
KINDS = ("shard.parquet", "rows.jsonl", "rows.ndjson", "rows.json", "folder")


@pytest.fixture
def source(request: pytest.FixtureRequest, built: Path, tmp_path: Path) -> Path:
    """The rows of the build in another form."""
    path: Path = tmp_path / request.param
    rows = list(iterate(built))
    if path.suffix == ".parquet":
        shutil.copyfile(next((built / "data").iterdir()), path)
    elif path.suffix == ".json":
        path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    else:
        target = path if path.suffix else path / "part.jsonl"
        target.parent.mkdir(exist_ok=True)
        text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
        target.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("source", KINDS, indirect=True)
@pytest.mark.parametrize("name", [name for name in READERS if name != "train"])
def test_every_command_takes_every_kind_of_source(
    name: str, source: Path, built: Path, tmp_path: Path
) -> None:
    """With what it says about the folder that was built."""
    ran = run_cli(*command(name, source, tmp_path), "--json")
    shutil.rmtree(tmp_path / "out", ignore_errors=True)
    wanted = run_cli(*command(name, built, tmp_path), "--json")
    assert ran.code == wanted.code == 0, ran.err
    # Of draws that were refused only a manifest knows.
    passed_over = {"dropped", "refused_draws", "refused_share"}
    found, known = (
        {k: v for k, v in r.json().items() if k not in passed_over} for r in (ran, wanted)
    )
    # And of the corpus that an audit compares prompts with.
    for result in (found, known):
        if name == "audit":
            result["cells"] = [c for c in result["cells"] if c["policy"] != DIFFERS]
    assert found == known


@pytest.mark.parametrize("source", KINDS, indirect=True)
def test_training_takes_every_kind_of_source(source: Path, built: Path, tmp_path: Path) -> None:
    """With the same plan."""
    plans = [run_cli(*command("train", path, tmp_path)) for path in (source, built)]
    assert [plan.code for plan in plans] == [0, 0], plans[0].err
    assert plans[0].out == plans[1].out


def test_published_rows_are_shown_and_what_needs_more_says_so(tmp_path: Path) -> None:
    """They have no evidence, no length and no id."""
    path = tmp_path / "rows.jsonl"
    row = published_row("f1", 0)
    path.write_text(f"{json.dumps(row)}\n", encoding="utf-8")
    shown = run_cli("show", path, "--full")
    assert shown.code == 0, shown.err
    for text in (row["prompt"][0]["content"][-40:], "T7.2", "f1", "not stated", "no piece"):
        assert text in shown.out
    assert run_cli("show", path, "--json").json() == row
    for name, what in (
        ("stats", "does not state its id"),
        ("validate", "as rows do that were built"),
        ("score", "no id that a prediction could name"),
    ):
        ran = run_cli(*command(name, path, tmp_path))
        assert ran.code == 2
        assert f"{path}:1: extra_info: " in ran.err
        assert what in ran.err


def test_exported_published_rows_are_scored(tmp_path: Path) -> None:
    """The export gives them ids; lengths that nobody knows are not guessed."""
    path = tmp_path / "rows.jsonl"
    path.write_text(f"{json.dumps(published_row('math', 0))}\n", encoding="utf-8")
    assert run_cli(*command("export", path, tmp_path), "--validation", 0).code == 0
    (row,) = iterate(tmp_path / "out")
    gold = row["reward_model"]["ground_truth"]["golden_label"]
    answer = {"id": row["extra_info"]["id"], "completion": f"\\boxed{{{gold}}}"}
    (tmp_path / "answers.jsonl").write_text(json.dumps(answer), encoding="utf-8")
    scored = run_cli(*command("score", tmp_path / "out", tmp_path), "--json").json()
    assert (scored["score"], list(scored["lengths"])) == (1.0, ["not stated"])


@pytest.mark.parametrize("name", READERS)
def test_the_help_says_what_is_taken(name: str) -> None:
    """Folders, files by their suffixes, and recipes where rows can be made on the spot."""
    text = " ".join(run_cli(name, "--help").out.split())
    takes_recipes = name in ("show", "validate", "audit")
    assert ("DIR|FILE|RECIPE" in text) == takes_recipes
    assert "DIR|FILE" in text
    assert re.search(r"\.parquet, \.jsonl, \.ndjson(,| or) \.json", text)
