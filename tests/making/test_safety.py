"""A build overwrites nothing unasked, loses nothing on a full disk, records nothing private."""

from __future__ import annotations

import errno
import json
import os
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from support import build_cli, checksums, run_cli

Resume = Callable[[Path], int]


# --- folders that are there -------------------------------------------------------------


def test_an_existing_build_is_not_overwritten_without_a_flag(
    copy: Path, wanted: dict[str, str], size: int
) -> None:
    """The message names both flags."""
    ran = build_cli(copy, size=size)
    assert ran.code == 2
    assert "--resume" in ran.err
    assert "--overwrite" in ran.err
    assert checksums(copy) == wanted


def test_overwrite_replaces_a_build_and_keeps_what_is_not_its_own(copy: Path) -> None:
    """Files that a person put beside the build stay."""
    (copy / "notes.txt").write_text("mine")
    assert build_cli(copy, "--overwrite", "--seed", 9, size=4).code == 0
    manifest = json.loads((copy / "manifest.json").read_text("utf-8"))
    assert manifest["rows"] == 4
    assert len(list((copy / "data").iterdir())) == 1
    assert (copy / "notes.txt").read_text() == "mine"


FOREIGN = {
    "a document": {"thesis.tex": "ten years of work"},
    "a data folder": {"data/measurements.csv": "a,b"},
    "Parquet of another kind": {"data/part-0.parquet": "PAR1", "manifest.json": "{"},
    "a web app": {"manifest.json": '{"name": "app", "icons": []}', "data/users.db": "x"},
    "a build folder of another tool": {".build/debug/app": "x", "data/train.csv": "y"},
    "a data set of the Hub": {"data/train-00000-of-00001.parquet": "PAR1", "README.md": "theirs"},
    "an empty folder in it": {"empty/.keep": ""},
}


@pytest.mark.parametrize("files", FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("flag", [(), ("--overwrite",), ("--resume",)], ids=str)
def test_a_foreign_folder_is_never_touched(
    files: dict[str, str], flag: tuple[str, ...], tmp_path: Path
) -> None:
    """Whatever the flag: no build of ours, no change."""
    out = tmp_path / "theirs"
    for name, text in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text)
    before = checksums(out)
    ran = build_cli(out, *flag)
    assert ran.code == 2
    assert "no build of ours" in ran.err
    assert str(out) in ran.err
    assert checksums(out) == before


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    """Nothing in it can be lost."""
    out = tmp_path / "empty"
    out.mkdir()
    assert build_cli(out, size=2).code == 0


def test_what_cannot_work_says_so_before_anything_is_written_or_removed(
    copy: Path, wanted: dict[str, str], tmp_path: Path
) -> None:
    """A bad setting leaves no folder behind, and --overwrite does not remove for nothing."""
    out = tmp_path / "new"
    assert build_cli(out, ctx="100").code == 2
    assert not out.exists()
    assert build_cli(copy, "--overwrite", ctx="100").code == 2
    assert checksums(copy) == wanted


# --- a full disk ------------------------------------------------------------------------


def full() -> OSError:
    return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def after(n: int, real: Callable[..., Any]) -> Callable[..., Any]:
    """A call that works n times and then finds the disk full, once: cleaning up may work."""
    left = n

    def call(*args: Any, **kwargs: Any) -> Any:
        nonlocal left
        left -= 1
        if left == -1:
            raise full()
        return real(*args, **kwargs)

    return call


PLACES: dict[str, tuple[object, str, int, int]] = {
    "the first file": (os, "replace", 0, 0),
    "a shard's rows": (pq.ParquetWriter, "write_batch", 3, 3),
    "a shard's footer": (pq.ParquetWriter, "close", 2, 2),
    "a shard's rename": (os, "replace", 7, 3),
    "a shard's record": (os, "replace", 8, 3),
    "the manifest": (os, "replace", 19, 8),
    "syncing": (os, "fsync", 6, 1),
}
"""(object, attribute, calls that work, finished shards that a resume keeps)"""


@pytest.mark.parametrize(("owner", "name", "works", "kept"), PLACES.values(), ids=PLACES)
def test_a_full_disk_is_one_message_and_loses_nothing(
    owner: object,
    name: str,
    works: int,
    kept: int,
    size: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    resume: Resume,
) -> None:
    """Exit code 2, no traceback, no half file; finished shards are kept."""
    out = tmp_path / "build"
    with monkeypatch.context() as patch:
        patch.setattr(owner, name, after(works, getattr(owner, name)))
        ran = build_cli(out, size=size)
    assert ran.code == 2
    assert ran.err.count("Error:") == 1
    assert "No space left on device" in ran.err
    assert "--resume" in ran.err
    assert str(out) in ran.err
    assert not list(out.rglob("*.tmp"))
    assert resume(out) == kept


def test_an_out_folder_below_a_file_is_refused(tmp_path: Path) -> None:
    """The system's own words, with the path."""
    (tmp_path / "file").write_text("x")
    ran = build_cli(tmp_path / "file" / "out", size=2)
    assert ran.code == 2
    assert "Not a directory" in ran.err


# --- the manifest -----------------------------------------------------------------------


def test_the_manifest_holds_no_time_and_nothing_of_this_machine(
    reference: Path, home: Path
) -> None:
    """No clock, no path, no host, no user: it can be published as it is."""
    for name in ("manifest.json", "README.md", "dropped.jsonl"):
        text = (reference / name).read_text("utf-8")
        for private in (str(Path.home()), str(home), str(reference), socket.gethostname(), "/tmp"):
            assert private not in text
        assert not re.search(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\b\d{2}:\d{2}:\d{2}\b", text)
        assert not re.search(r"\b1[6-9]\d{8}\b", text)


def test_the_manifest_is_the_same_for_two_workers(
    wanted: dict[str, str], size: int, tmp_path: Path
) -> None:
    """So are card, drops and shards."""
    out = tmp_path / "build"
    assert build_cli(out, "--workers", 2, size=size).code == 0
    assert checksums(out) == wanted


def test_the_manifest_says_what_the_rows_depend_on(reference: Path) -> None:
    """Recipe, corpus, tokenizer, versions, licences; a checksum for every shard."""
    found = json.loads((reference / "manifest.json").read_text("utf-8"))
    assert found["recipe"]["task"] == "numeric"
    assert found["corpus"]["fingerprint"]
    assert found["tokenizer"]["fingerprint"]
    assert {"golong-data", "pyarrow", "polars", "python"} <= set(found["versions"])
    assert {source["source"] for source in found["sources"]} == {"factbook", "factbook-tables"}
    written = {f"data/{path.name}" for path in (reference / "data").iterdir()}
    assert {record["file"] for record in found["shards"]} == written
    assert all(re.fullmatch("[0-9a-f]{64}", record["sha256"]) for record in found["shards"])


def test_rows_that_cannot_be_made_are_listed_with_reasons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A dropped row is no hole in silence: dropped.jsonl, manifest and summary say so."""
    from golong_data.making.sample import Maker, Outcome

    real = Maker.make

    def make(self: Maker, index: int) -> Outcome:
        return Outcome(index, None, {"planted": 32}) if index in (2, 5) else real(self, index)

    monkeypatch.setattr(Maker, "make", make)
    out = tmp_path / "build"
    ran = build_cli(out, size=8)
    assert ran.code == 0
    assert "2 rows dropped" in ran.out
    lines = (out / "dropped.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [
        {"index": index, "reasons": {"planted": 32}} for index in (2, 5)
    ]
    assert json.loads((out / "manifest.json").read_text("utf-8"))["dropped"] == 2
    assert run_cli("stats", out, "--json").json()["dropped"] == 2


@pytest.mark.parametrize("shell", ["build --task numeric --ctx 4k --size 2 --workers 1"])
def test_the_default_folder_is_named_after_recipe_and_length(
    shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it is the last line of what is printed."""
    monkeypatch.chdir(tmp_path)
    ran = run_cli(*shell.split())
    assert ran.out.splitlines()[-1] == "out/numeric-4k"
    assert (tmp_path / "out" / "numeric-4k" / "manifest.json").is_file()
