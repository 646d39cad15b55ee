"""JSON Lines: one record a line; and JSON files that hold a list of records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from golong_data.corpus.readers.base import UNIT_BYTES, Options, Reader, Skip, Unit, from_record
from golong_data.errors import UserError
from golong_data.types import Document


def _plan(path: str, name: str, _options: Options) -> Iterable[Unit]:
    size = Path(path).stat().st_size
    if path.lower().endswith(".json"):
        yield Unit("jsonl", files=((path, name),), stop=size, size=size)
        return
    start, line = 0, 1
    with open(path, "rb") as file:
        while block := file.read(UNIT_BYTES):
            block += file.readline()
            stop = start + len(block)
            yield Unit(
                "jsonl", files=((path, name),), start=start, stop=stop, first=line, size=len(block)
            )
            start, line = stop, line + block.count(b"\n")


def _read(unit: Unit, options: Options) -> Iterator[Document | Skip]:
    ((path, name),) = unit.files
    if path.lower().endswith(".json"):
        yield from _whole(Path(path), name, options)
        return
    with open(path, "rb") as file:
        file.seek(unit.start)
        lines = file.read(unit.stop - unit.start).split(b"\n")
    for number, raw in enumerate(lines, unit.first):
        line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if not line.strip():
            continue
        record = _parse(line, name, number)
        yield from_record(record, f"{name}:{number}", options)


def _parse(line: bytes, name: str, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UserError(
            f"this line is not JSON ({error}).",
            where=f"{name}, line {number}",
            remedy="Each line must hold one JSON object in UTF-8.",
        ) from error
    if not isinstance(record, dict):
        raise UserError(
            f"this line holds {type(record).__name__} instead of an object.",
            where=f"{name}, line {number}",
            remedy='Each line must hold one JSON object, such as {"text": "..."}.',
        )
    return record


def _whole(path: Path, name: str, options: Options) -> Iterator[Document | Skip]:
    try:
        data = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        yield Skip(name, "not_json", str(error))
        return
    records = data if isinstance(data, list) else [data]
    if not all(isinstance(record, dict) for record in records):
        yield Skip(name, "no_text", "the JSON file is not a list of objects")
        return
    for number, record in enumerate(records, 1):
        yield from_record(record, f"{name}:{number}" if len(records) > 1 else name, options)


READER = Reader(
    name="jsonl",
    kind="format",
    description="JSON Lines and JSON lists, one document a record",
    plan=_plan,
    read=_read,
    suffixes=(".jsonl", ".ndjson", ".json"),
)
