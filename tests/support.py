"""What tests of several folders share: the command line in this process, makers, rows."""

from __future__ import annotations

import hashlib
import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import settings

from golong_data.cli import main
from golong_data.corpus import Corpus, open_corpus
from golong_data.making.sample import Maker, maker_for, open_maker
from golong_data.recipes import load_recipe, override
from golong_data.rows.schema import to_row
from golong_data.tokens import get_tokenizer
from golong_data.types import Recipe

Row = dict[str, Any]

# The same examples everywhere, and no clock: a slow machine is no failure.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.load_profile("suite")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """What it printed, as data."""
        return json.loads(self.out)


def run_cli(*argv: object) -> Ran:
    """A command in this process, as the console script would run it."""
    out, err = io.StringIO(), io.StringIO()
    code: int | str | None = 0
    with (
        patch.object(sys, "argv", ["golong-data", *map(str, argv)]),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as exit_:
            code = exit_.code
    assert isinstance(code, int), code
    return Ran(code, out.getvalue(), err.getvalue())


def build_cli(out: Path, *argv: object, size: int = 6, ctx: str = "4k") -> Ran:
    """A small build of the numeric recipe in this process, by one worker."""
    common = ("--task", "numeric", "--ctx", ctx, "--size", size, "--workers", 1, "--out", out)
    return run_cli("build", *common, *argv)


def run_python(code: str, *argv: object, **environment: str) -> str:
    """The output of a program in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, argv)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def build_command(out: Path, *more: object, size: int, workers: int = 2) -> list[str]:
    """A build at 4k as a user runs it, in a process of its own."""
    return [
        *(sys.executable, "-m", "golong_data", "build", "--task", "numeric", "--ctx", "4k"),
        *("--size", str(size), "--workers", str(workers), "--out", str(out), *map(str, more)),
    ]


@contextmanager
def running(argv: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A process in a group of its own; the whole group is gone at the end."""
    process = subprocess.Popen(
        argv, start_new_session=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[str]) -> None:
    """Kill -9 for a process and all its workers."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    if process.stdout and not process.stdout.closed:
        process.communicate()


@cache
def corpus_of(*names: str) -> Corpus:
    """Packaged corpora, opened once."""
    return open_corpus(names, tokenizer=get_tokenizer())


@cache
def recipe_of(name: str, ctx: str, corpus: tuple[str, ...] = (), seed: int = 0) -> Recipe:
    """A built-in recipe at a length; its own corpus unless one is named."""
    return override(load_recipe(name), ctx=ctx, corpus=list(corpus) or None, seed=seed)


@cache
def maker_of(name: str, ctx: str, corpus: tuple[str, ...] = (), seed: int = 0) -> Maker:
    """A maker for such a recipe."""
    return open_maker(recipe_of(name, ctx, corpus, seed))


@cache
def row_of(name: str, ctx: str, corpus: tuple[str, ...], seed: int, index: int) -> Row | None:
    """One row, made once; None where no draw gives one."""
    sample = maker_of(name, ctx, corpus, seed).make(index).sample
    return to_row(sample) if sample else None


def rows_of(
    name: str, ctx: str, n: int, corpus: tuple[str, ...] = (), seed: int = 0
) -> tuple[Row, ...]:
    """The first n rows. An index that gives none fails the test."""
    found = [row_of(name, ctx, corpus, seed, index) for index in range(n)]
    assert all(found), f"no row at {[i for i, row in enumerate(found) if not row]}"
    return tuple(row for row in found if row)


def with_args(
    args: Mapping[str, Any], corpus: Corpus, *, task: str = "numeric", ctx: int = 8192
) -> Maker:
    """A maker of a task's recipe with other arguments, over an open corpus."""
    recipe = load_recipe(task)
    return maker_for(replace(recipe, args={**recipe.args, **args}, ctx=ctx), corpus)


def digest(data: object) -> str:
    """A hash of plain data."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def checksums(out: Path) -> dict[str, str]:
    """sha256 of every file of a build, by its path in it."""
    paths = sorted(path for path in out.rglob("*") if path.is_file())
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
    }


def write_documents(folder: Path, corpus: Corpus, indices: Iterable[int]) -> Path:
    """Documents of a corpus as text files, the way a user would have them."""
    folder.mkdir(parents=True, exist_ok=True)
    for i in indices:
        document = corpus.document(i)
        (folder / f"{i:04}.md").write_text(f"{document.title}\n\n{document.text}", "utf-8")
    return folder
