"""Shared fixtures: a cache folder of the tests' own, and the default tokenizer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from golong_data.tokens import Tokenizer, get_tokenizer


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Everything that is cached during the tests goes here, never into the user's cache."""
    folder = tmp_path_factory.mktemp("home")
    before = os.environ.get("GOLONG_DATA_HOME")
    os.environ["GOLONG_DATA_HOME"] = str(folder)
    yield folder
    if before is None:
        del os.environ["GOLONG_DATA_HOME"]
    else:
        os.environ["GOLONG_DATA_HOME"] = before


@pytest.fixture(scope="session")
def qwen3() -> Tokenizer:
    """The default tokenizer."""
    return get_tokenizer("qwen3")
