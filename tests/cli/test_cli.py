"""The command line: help everywhere, results on stdout, nothing heavy at start-up."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from support import Ran, Row, build_cli, run_cli, run_python

from golong_data import __version__
from golong_data.cli import COMMANDS
from golong_data.cli.listing import KINDS
from golong_data.rows.schema import SCHEMA

HEAVY = ("torch", "transformers", "datasets", "polars", "pyarrow", "pandas", "tiktoken", "numpy")


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """A build of six rows and what it printed."""
    out = tmp_path_factory.mktemp("finished") / "built"
    return out, build_cli(out, "--json")


# --- help and start-up ------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    """`--help` says what it does and shows it typed."""
    ran = run_cli(command, "--help")
    assert ran.code == 0
    assert ran.err == ""
    assert "Examples:" in ran.out
    assert f"golong-data {command}" in ran.out.partition("Examples:")[2]


def test_every_example_names_options_that_exist() -> None:
    """What the help shows can be typed; options of other programs before ours are theirs."""
    for command in COMMANDS:
        text, _, shown = run_cli(command, "--help").out.partition("Examples:")
        ours = re.findall(rf"golong[-_]data {command}\b(.*)", shown.split("|")[0])
        used = set(re.findall(r"(?<![\w-])--[a-z-]+", " ".join(ours)))
        assert used <= set(re.findall(r"--[a-z-]+", text)), command


def test_the_main_help_lists_every_command() -> None:
    """With a line for each."""
    ran = run_cli("--help")
    assert ran.code == 0
    for command in COMMANDS:
        assert re.search(rf"^  {command} +\S", ran.out, re.MULTILINE)


def test_the_version_is_the_packages() -> None:
    """`--version` for bug reports."""
    assert run_cli("--version").out.strip().endswith(__version__)


IMPORTED = """
import sys
{statement}
print(sorted(name for name in {heavy!r} if name in sys.modules))
"""
HELP = """
sys.argv = ["golong-data", "--help"]
from golong_data.cli import main
try:
    main()
except SystemExit:
    pass
"""


@pytest.mark.parametrize(
    "statement",
    ["import golong_data", "import golong_data.metrics", "import golong_data.corpus", HELP],
    ids=["golong_data", "metrics", "corpus", "--help"],
)
def test_start_up_loads_nothing_heavy(statement: str) -> None:
    """No torch, transformers, datasets, polars or pyarrow before there is work for them."""
    out = run_python(IMPORTED.format(statement=statement, heavy=HEAVY))
    assert out.splitlines()[-1] == "[]"


def test_the_module_runs_as_a_program() -> None:
    """`python -m golong_data` is the command line."""
    done = subprocess.run(
        [sys.executable, "-m", "golong_data", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert __version__ in done.stdout


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    """`golong-data list | head -1` ends quietly."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "golong_data", "list", "--json"],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


# --- results ----------------------------------------------------------------------------


def test_results_go_to_stdout_and_nothing_else_does(tmp_path: Path) -> None:
    """The last line is the folder, for scripts; stderr is empty where nothing is wrong."""
    ran = build_cli(tmp_path / "out", size=2)
    assert ran.code == 0
    assert ran.err == ""
    assert ran.out.splitlines()[-1] == str(tmp_path / "out")
    assert "2 rows" in ran.out


def test_build_prints_json(finished: tuple[Path, Ran]) -> None:
    """Counts that agree with the manifest."""
    out, ran = finished
    found = ran.json()
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert found["out"] == str(out)
    assert {key: found[key] for key in ("rows", "tokens", "dropped", "counts")} == {
        key: manifest[key] for key in ("rows", "tokens", "dropped", "counts")
    }


@pytest.mark.parametrize("kind", KINDS)
def test_list_prints_json_and_a_table(kind: str) -> None:
    """Every entry has a name; the table shows each."""
    entries = run_cli("list", kind, "--json").json()
    assert entries
    shown = run_cli("list", kind)
    assert shown.code == 0
    squeezed = "".join(shown.out.split())
    assert all("".join(str(entry["name"]).split()) in squeezed for entry in entries)


def test_show_prints_the_row_as_json(finished: tuple[Path, Ran]) -> None:
    """Each index its own row, as it lies on disk."""
    out, _ = finished
    rows = pq.read_table(out / "data", schema=SCHEMA).to_pylist()
    assert [run_cli("show", out, "--index", i, "--json").json() for i in range(6)] == rows


def test_show_of_a_recipe_is_the_row_of_its_build(finished: tuple[Path, Ran]) -> None:
    """Made on the spot, the same row."""
    out, _ = finished
    made = run_cli("show", "numeric", "--ctx", "4k", "--index", 3, "--json").json()
    assert made == run_cli("show", out, "--index", 3, "--json").json()


def test_show_marks_the_evidence_in_colour(finished: tuple[Path, Ran]) -> None:
    """Each piece of evidence stands between colour codes; without colour there are none."""
    out, _ = finished
    row = run_cli("show", out, "--json").json()
    coloured = run_cli("show", out, "--full", "--color").out
    plain = run_cli("show", out, "--full", "--no-color").out
    assert "\x1b[" not in plain
    marked = re.findall(r"\x1b\[1;30;43m(.*?)\x1b\[0m", coloured, re.DOTALL)
    assert "".join("".join(marked).split()) == "".join(
        "".join(e["text"] for e in row["extra_info"]["evidence"]).split()
    )
    for wanted in (row["extra_info"]["question"], row["extra_info"]["id"]):
        assert wanted in plain


def test_show_takes_markup_in_documents_for_text(tmp_path: Path) -> None:
    """A document with rich's own tags is shown as it is."""
    (tmp_path / "a.txt").write_text("[bold]Not bold[/bold] [/red] [link=x]. \n" * 1_500)
    ran = run_cli("show", "numeric", "--ctx", "4k", "--corpus", tmp_path / "a.txt", "--full")
    assert ran.code == 0
    assert "[bold]Not bold[/bold] [/red] [link=x]." in ran.out


def test_stats_prints_json_and_tables(finished: tuple[Path, Ran]) -> None:
    """Figures add up over tasks."""
    out, ran = finished
    found = run_cli("stats", out, "--json").json()
    assert found["rows"] == sum(task["rows"] for task in found["tasks"]) == 6
    assert found["tokens"] == ran.json()["tokens"]
    assert len(found["evidence_depth"]) == 10
    shown = run_cli("stats", out)
    assert shown.code == 0
    assert all(task["task"] in shown.out for task in found["tasks"])


# --- score ------------------------------------------------------------------------------


def completions(out: Path, texts: Mapping[str, object]) -> Path:
    """A predictions file beside a build."""
    path = out.parent / "answers.jsonl"
    lines = [json.dumps({"id": key, "completion": text}) for key, text in texts.items()]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def golds(out: Path) -> dict[str, str]:
    """id -> gold of every row."""
    rows = pq.read_table(out / "data", schema=SCHEMA).to_pylist()
    return {
        row["extra_info"]["id"]: row["reward_model"]["ground_truth"]["golden_label"] for row in rows
    }


def test_golds_score_1_and_missing_rows_count_as_0(finished: tuple[Path, Ran]) -> None:
    """The mean is over all rows."""
    out, _ = finished
    right = {key: f"\\boxed{{{gold}}}" for key, gold in golds(out).items()}
    perfect = run_cli("score", completions(out, right), "--data", out, "--json").json()
    assert perfect["score"] == 1.0
    assert perfect["rows"] == perfect["predicted"] == 6
    half = dict(list(right.items())[:3])
    ran = run_cli("score", completions(out, half), "--data", out)
    assert "0.5000" in ran.out
    assert "3 rows have no prediction" in ran.err


def test_several_completions_are_averaged(finished: tuple[Path, Ran]) -> None:
    """Given as a list."""
    out, _ = finished
    some = {
        key: [f"\\boxed{{{gold}}}", "\\boxed{no}", "", "I do not know"]
        for key, gold in golds(out).items()
    }
    found = run_cli("score", completions(out, some), "--data", out, "--json").json()
    assert found["score"] == 0.25
    assert {row["completions"] for row in found["per_row"]} == {4}


# --- validate ---------------------------------------------------------------------------


def test_a_good_build_is_valid(finished: tuple[Path, Ran]) -> None:
    """Exit code 0, and JSON that says so."""
    out, _ = finished
    ran = run_cli("validate", out, "--json")
    assert ran.code == 0
    assert ran.json() == {"valid": True, "rows": 6, "findings": []}
    assert "valid: 6 rows" in run_cli("validate", out).out


def test_a_recipe_is_validated_without_a_build() -> None:
    """Rows are made twice and checked."""
    ran = run_cli("validate", "numeric", "--ctx", "4k", "--rows", 6, "--json")
    assert ran.code == 0
    assert ran.json()["rows"] == 6


def change_gold(row: Row) -> None:
    row["reward_model"]["ground_truth"]["golden_label"] = "12345"


def change_length(row: Row) -> None:
    row["extra_info"]["n_tokens"] -= 1


def change_span(row: Row) -> None:
    row["extra_info"]["evidence"][0]["start"] += 1


def change_prompt(row: Row) -> None:
    spans = row["extra_info"]["evidence"]
    content = row["prompt"][0]["content"]
    for span in spans:
        blank = " " * len(span["text"])
        content = content[: span["start"]] + blank + content[span["end"] :]
    row["prompt"][0]["content"] = content


@pytest.mark.parametrize(
    ("tamper", "check"),
    [
        (change_gold, "solver finds the gold"),
        (change_length, "length is exact"),
        (change_span, "evidence slices"),
        (change_prompt, "solver finds the gold"),
    ],
)
def test_a_tampered_row_is_found(tamper: Callable[[Row], None], check: str, tmp_path: Path) -> None:
    """Exit code 1, with the row, the broken promise, and the checksum."""
    out = tmp_path / "built"
    assert build_cli(out).code == 0
    (shard,) = (out / "data").iterdir()
    table = pq.read_table(shard)
    rows = table.to_pylist()
    tamper(rows[2])
    pq.write_table(table.from_pylist(rows, schema=table.schema), shard)
    ran = run_cli("validate", out, "--json")
    assert ran.code == 1
    found = ran.json()
    assert not found["valid"]
    assert {"row": rows[2]["extra_info"]["id"], "check": check} in [
        {"row": finding["row"], "check": finding["check"]} for finding in found["findings"]
    ]
    assert "checksums" in {finding["check"] for finding in found["findings"]}
    shown = run_cli("validate", out)
    assert shown.code == 1
    assert rows[2]["extra_info"]["id"] in shown.out


# --- ingest -----------------------------------------------------------------------------


def test_a_corpus_ingested_by_name_serves_by_that_name(tmp_path: Path) -> None:
    """And is listed."""
    text = "".join(f"Line {n} of a document about harbours and tides.\n" for n in range(2_000))
    (tmp_path / "a.txt").write_text(text)
    ran = run_cli("ingest", tmp_path / "a.txt", "--name", "harbours", "--licence", "CC0", "--json")
    assert ran.code == 0, ran.err
    assert ran.json()["kept"] == 1
    listed = run_cli("list", "corpora", "--json").json()
    assert "harbours" in [entry["name"] for entry in listed]
    built = build_cli(tmp_path / "out", "--corpus", "harbours", size=2)
    assert built.code == 0, built.err
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert [source["licence"] for source in manifest["sources"]] == ["CC0"]
