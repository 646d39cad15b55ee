"""Builds that are interrupted, damaged and resumed, and one that was not."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support import build_cli, checksums

SIZE = 60
"""Rows: eight shards."""


def command(out: Path, *more: str, size: int = SIZE, workers: int = 2) -> list[str]:
    """The build as a user runs it."""
    return [
        *(sys.executable, "-m", "golong_data", "build", "--task", "numeric", "--ctx", "4k"),
        *("--size", str(size), "--workers", str(workers), "--out", str(out), *more),
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
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.communicate()


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An uninterrupted build."""
    out = tmp_path_factory.mktemp("reference") / "build"
    ran = build_cli(out, size=SIZE)
    assert ran.code == 0, ran.err
    return out


@pytest.fixture(scope="session")
def wanted(reference: Path) -> dict[str, str]:
    """sha256 of every file of the uninterrupted build."""
    return checksums(reference)


@pytest.fixture
def copy(reference: Path, tmp_path: Path) -> Path:
    """The uninterrupted build, to be damaged."""
    return Path(shutil.copytree(reference, tmp_path / "build"))


@pytest.fixture
def resume(wanted: dict[str, str]) -> Callable[[Path], int]:
    """Resumes a build, checks every byte of it, and returns how many shards were kept."""

    def check(out: Path) -> int:
        ran = build_cli(out, "--resume", "--json", size=SIZE)
        assert ran.code == 0, ran.err
        assert checksums(out) == wanted
        return int(ran.json()["kept_shards"])

    return check
