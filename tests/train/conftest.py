"""Fixtures of the tests that train: they need the extra "train", and go by without it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from golong_data.train.run import Prepared


@pytest.fixture(scope="session")
def mix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of 96 short rows of three capabilities."""
    from train.mix import write_folder

    return write_folder(tmp_path_factory.mktemp("mix") / "rows")


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory, mix: Path) -> Path:
    """A tiny model that has seen what answers look like, made once."""
    pytest.importorskip("torch")
    pytest.importorskip("trl")
    import torch
    from train.mix import recipe

    from golong_data.train.data import load_rows
    from golong_data.train.models import make_tiny
    from golong_data.train.run import right_answer

    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("start")
    pairs = [
        (row["prompt"][0]["content"], answer)
        for row in load_rows(mix, folder)
        if (answer := right_answer(row)) is not None
    ]
    make_tiny(folder / "model", pairs, recipe().warm_up, seed=0, vocabulary=300)
    return folder / "model"


@pytest.fixture
def prepared(mix: Path, start: Path, tmp_path: Path) -> Iterator[Callable[..., Prepared]]:
    """A maker of runs on the rows, with other settings of TRL as keywords."""
    import dataclasses

    import torch
    from train.mix import recipe

    from golong_data.train.run import Job, prepare

    threads = torch.get_num_threads()
    torch.set_num_threads(1)

    def make(folder: str = "run", **settings: Any) -> Prepared:
        chosen = dataclasses.replace(recipe(**settings), model=str(start), warm_up=None)
        job = Job(mix, chosen, "test", (), tmp_path / folder, tmp_path / "cache")
        return prepare(job, lambda line: None)

    yield make
    torch.set_num_threads(threads)
