"""Rows out of the door: data sets in the forms that trainers read, whole or not at all.

An exporter writes rows into an empty folder and says nothing else: where they come from,
which are held out, and how the folder appears in its place is the same for all of them.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from golong_data.corpus.folders import building
from golong_data.errors import UserError, did_you_mean
from golong_data.making.shards import disk_error, write_text
from golong_data.rows.canonical import Tally, held_out, read_rows
from golong_data.rows.formats import Row

Progress = Callable[[str, int, int], None]
"""Called with (what, done, total); a total of 0 is not known."""
Exporter = Callable[[Iterable[Row], Tally, Path], None]
"""Writes rows, read once and in order, into an empty folder. The tally has counted each row
that was taken from the iterator; files lie in the folder itself, none below it."""

EXPORTERS: Mapping[str, str] = {
    "verl": "golong_data.exporters.verl:export",
    "jsonl": "golong_data.exporters.jsonl:export",
}
"""Format -> "module:exporter", imported when it is needed."""

RECORD = "export.json"
"""What was exported, and the mark of a folder that is ours to replace."""
VALIDATION = 0.02
"""Share of the rows that is held out unless told otherwise."""
_EVERY = 100


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export gave."""

    out: Path
    record: Mapping[str, Any]
    """As it stands in export.json."""


def get_exporter(name: str) -> Exporter:
    """An exporter by its name. Raises UserError where there is none."""
    if name not in EXPORTERS:
        raise UserError(
            f'there is no format "{name}".',
            where="--to",
            remedy=did_you_mean(name, EXPORTERS),
        )
    module, _, attribute = EXPORTERS[name].partition(":")
    found: Exporter = getattr(importlib.import_module(module), attribute)
    return found


def export(
    source: Path,
    to: str,
    out: Path,
    *,
    validation: float = VALIDATION,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> Exported:
    """Writes the rows of a data set in another form.

    `source` is what `read_rows` reads. A row is held out by its id alone, so that it stays on
    its side in a larger data set and in every format. `out` appears when all is written; a
    killed export leaves nothing there, and what it leaves beside it goes with the next one.
    Raises UserError for anything a person can mend.
    """
    exporter = get_exporter(to)
    _check_out(source, out, overwrite)
    tally = Tally()
    try:
        with building(out) as folder:
            exporter(_split(read_rows(source), validation, tally, progress), tally, folder)
            record = {"format": to, "validation_share": validation, **tally.as_data()}
            write_text(folder / RECORD, json.dumps(record, indent=1))
    except OSError as error:
        raise _disk_error(error, out) from error
    return Exported(out, record)


def _split(
    rows: Iterable[Row], validation: float, tally: Tally, progress: Progress | None
) -> Iterator[Row]:
    """Rows with their split, counted."""
    for row in rows:
        info = row["extra_info"]
        info["split"] = "validation" if held_out(info["id"], validation) else "train"
        tally.add(row)
        yield row
        if progress and tally.rows % _EVERY == 0:
            progress("rows", tally.rows, 0)


def _check_out(source: Path, out: Path, overwrite: bool) -> None:
    if out.exists() and not out.is_dir():
        raise UserError("this is a file.", where=str(out), remedy="Name a folder with --out.")
    if source.resolve().is_relative_to(out.resolve()):
        raise UserError(
            "the export would replace what it reads.",
            where=str(out),
            remedy="Name another folder with --out.",
        )
    if not out.exists() or not any(out.iterdir()):
        return
    if not (out / RECORD).is_file():
        raise UserError(
            "the folder is not empty and holds no export of ours.",
            where=str(out),
            remedy="Name another folder with --out; nothing in this one is touched.",
        )
    if not overwrite:
        raise UserError(
            "an export is here already.",
            where=str(out),
            remedy="Add --overwrite to replace it, or name another folder with --out.",
        )


def _disk_error(error: OSError, out: Path) -> UserError:
    return UserError(
        disk_error(error, out).what,
        where=str(out),
        remedy="Free some space or choose another --out, then run the same command again.",
    )
