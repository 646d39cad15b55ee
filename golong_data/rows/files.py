"""The one way to rows on disk: a folder that was built, any folder of rows, a file of rows.

A source is streamed, counted, or asked for rows at some positions, without being loaded whole.
Whatever is wrong with it is a UserError that names the file and the line or row.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from golong_data.errors import UserError
from golong_data.rows.formats import FORMATS, MEND, Format, Placed, Row

IN_FOLDERS = (".parquet", ".jsonl", ".ndjson")
"""What is taken for rows in a folder: its .json files say something about them."""
_NOT_ROWS = (".", "dropped")
"""How files begin that are temporary, or name the rows that could not be made."""


def read(source: Path, columns: Sequence[str] | None = None) -> Iterator[Placed]:
    """All rows in order with their places, a few at a time in memory.

    `columns` may name struct fields; Parquet then reads nothing else.
    """
    empty = True
    for path in files_of(source):
        for placed in _format(path).read(path, columns):
            empty = False
            yield placed
    if empty:
        raise _empty(source)


def iterate(source: Path, columns: Sequence[str] | None = None) -> Iterator[Row]:
    """All rows in order, as `read` gives them."""
    for _, found in read(source, columns):
        yield found


def count(source: Path) -> int:
    """How many rows there are."""
    total = sum(_format(path).count(path) for path in files_of(source))
    if not total:
        raise _empty(source)
    return total


def take(source: Path, wanted: Sequence[int]) -> Iterator[Placed]:
    """The rows at some positions, which ascend; only what holds them is read.

    Positions beyond the end are passed over.
    """
    start, paths = 0, files_of(source)
    for path in paths:
        left = bisect_left(wanted, start)
        if left == len(wanted):
            return
        # The last file need not be counted.
        end = start + _format(path).count(path) if path != paths[-1] else wanted[-1] + 1
        here = wanted[left : bisect_left(wanted, end)]
        if here:
            yield from _format(path).take(path, [at - start for at in here])
        start = end


def row_at(source: Path, index: int) -> Placed:
    """One row by its position, with its place."""
    for placed in take(source, [index]):
        return placed
    raise UserError(
        f"there is no row {index}; the data set has {count(source):,} rows, counted from 0.",
        where=str(source),
        remedy="Give a smaller --index.",
    )


def files_of(source: Path) -> list[Path]:
    """The files that rows lie in, in order. Raises UserError where there are none."""
    if not source.exists():
        raise UserError(
            "there is no such file or folder.", where=str(source), remedy="Check the path."
        )
    if not source.is_dir():
        if source.suffix.lower() not in FORMATS:
            raise UserError(
                "this is no file of rows.",
                where=str(source),
                remedy=f"Rows lie in {', '.join(FORMATS)} files.",
            )
        return [source]
    for entry in read_manifest(source).get("shards", ()):
        if not (source / entry["file"]).is_file():
            raise UserError(
                "this shard is missing.", where=str(source / entry["file"]), remedy=MEND
            )
    for folder in (source / "data", source):
        found = sorted(
            path
            for path in folder.glob("*")
            if path.suffix.lower() in IN_FOLDERS and not path.name.startswith(_NOT_ROWS)
        )
        if found:
            return found
    raise UserError(
        "there is no data set in this folder.",
        where=str(source),
        remedy="Name a folder that `golong-data build` has written, or one with "
        f"{', '.join(IN_FOLDERS)} files.",
    )


def read_manifest(source: Path) -> dict[str, Any]:
    """The manifest of a build, or an empty mapping where there is none of ours."""
    path = source / "manifest.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        return {}
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise UserError(
            "the manifest is damaged.",
            where=str(path),
            remedy="Run the build again with --resume: it is made anew from the same settings.",
        )
    return found if {"format", "recipe", "shards"} <= found.keys() else {}


@contextmanager
def naming(where: str) -> Iterator[None]:
    """What is found wrong with a row names its place, and is something a person can mend."""
    try:
        yield
    except UserError as error:
        inner = f": {error.where}" if error.where else ""
        raise UserError(error.what, where=f"{where}{inner}", remedy=error.remedy) from error
    except (LookupError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise UserError(
            f"this row has no form that is known ({type(error).__name__}: {error}).",
            where=where,
            remedy="Rows have prompt, reward_model.ground_truth, data_source and "
            "extra_info, as `golong-data build` writes them.",
        ) from error


def _format(path: Path) -> Format:
    return FORMATS[path.suffix.lower()]


def _empty(source: Path) -> UserError:
    return UserError("there are no rows in it.", where=str(source), remedy="Name other rows.")
