"""Hugging Face datasets, streamed: `hf:USER/NAME[:split]` or `hf:FOLDER[:split]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from golong_data.corpus.readers.base import UNIT_BYTES, Options, Reader, Skip, Unit, from_record
from golong_data.errors import UserError
from golong_data.types import Document


def _plan(path: str, _name: str, options: Options) -> Iterable[Unit]:
    """Reads in this process and hands on batches: a stream has only one reader."""
    name, _, split = path.partition(":")
    batch: list[Document | Skip] = []
    size = 0
    for number, record in enumerate(_records(name, split or "train")):
        document = from_record(record, f"{Path(name).name}:{number}", options)
        batch.append(document)
        size += len(document.text) if isinstance(document, Document) else 0
        if size >= UNIT_BYTES:
            yield Unit("hf", documents=tuple(batch), size=size)
            batch, size = [], 0
    if batch:
        yield Unit("hf", documents=tuple(batch), size=size)


def _records(name: str, split: str) -> Iterator[dict[str, Any]]:
    try:
        from datasets import load_dataset

        yield from load_dataset(name, split=split, streaming=True)
    except Exception as error:  # datasets, the hub and the file system all raise their own
        first = (str(error).strip().splitlines() or [""])[0][:300]
        raise UserError(
            f"the dataset cannot be read ({type(error).__name__}: {first}).",
            where=f"hf:{name}:{split}",
            remedy="Check the name and the split (hf:USER/NAME:split), that the Hub is "
            "reachable and, for a private dataset, that you are logged in.",
        ) from error


def _read(unit: Unit, _options: Options) -> Iterator[Document | Skip]:
    yield from unit.documents


READER = Reader(
    name="hf",
    kind="format",
    description="Hugging Face datasets by id or local path, streamed",
    plan=_plan,
    read=_read,
)
