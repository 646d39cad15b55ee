"""Rows to look at, from wherever they are: some of a data set, or the first of a recipe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from golong_data.contexts.sampling import spread
from golong_data.making.sample import Maker
from golong_data.rows.files import count, take
from golong_data.rows.formats import Placed
from golong_data.rows.schema import to_row

Progress = Callable[[str, int, int], None]


def stored_rows(source: Path, limit: int) -> list[Placed]:
    """Rows of a folder or file, at most `limit`, evenly spread, each with its place."""
    return list(take(source, spread(count(source), limit)))


def made_rows(maker: Maker, n: int, progress: Progress) -> list[Placed]:
    """The first rows of a recipe, made on the spot; indices that give none are passed over."""
    rows = []
    for index in range(n):
        sample = maker.make(index).sample
        if sample is not None:
            rows.append((sample.id, to_row(sample)))
        progress("rows made", index + 1, n)
    return rows
