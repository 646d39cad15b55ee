"""A build that nothing happened to, and what --resume must make of its damaged copies."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support import build_cli, checksums

SIZE = 60
"""Rows: eight shards."""


@pytest.fixture(scope="session")
def size() -> int:
    """Rows of every build here."""
    return SIZE


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
