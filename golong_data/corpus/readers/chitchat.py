"""Conversations between two people with timestamps: the package chitchat-dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

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

_PER_UNIT = 2000


def _load() -> list[tuple[str, dict[str, Any]]]:
    folder = package_folder("chitchat_dataset")
    if folder is None:
        raise missing(READER)
    data = read_json(folder / "dataset.json")
    return sorted(data.items(), key=lambda item: (_start(item[1]), item[0]))


def _start(conversation: dict[str, Any]) -> str:
    return next((str(m["timestamp"]) for turn in conversation["messages"] for m in turn), "")


def _text(conversation: dict[str, Any]) -> tuple[str, int]:
    """(one line a message, number of messages); senders become A, B, ... as they appear."""
    speakers: dict[str, str] = {}
    lines = []
    for turn in conversation["messages"]:
        for message in turn:
            words = " ".join(str(message["text"]).split())
            speaker = speakers.setdefault(message["sender"], chr(ord("A") + len(speakers) % 26))
            when = str(message["timestamp"])[:19].replace("T", " ")
            if words:
                lines.append(f"[{when}] {speaker}: {words}")
    return "\n".join(lines), len(lines)


def _plan(_path: str, _name: str, _options: Options) -> Iterable[Unit]:
    if package_folder("chitchat_dataset") is None:
        raise missing(READER)
    # One file holds everything, so a unit is a range of conversations in it.
    for start in range(0, len(_load()), _PER_UNIT):
        yield Unit("chitchat", start=start, stop=start + _PER_UNIT, size=3_000_000)


def _read(unit: Unit, _options: Options) -> Iterator[Document | Skip]:
    for number, (key, conversation) in enumerate(_load()[unit.start : unit.stop], unit.start + 1):
        text, messages = _text(conversation)
        yield Document(
            f"chitchat/{key}",
            text,
            source="chitchat",
            title=f"Conversation {number}",
            date=_start(conversation)[:10],
            meta={"licence": READER.licence, "language": "en", "messages": messages},
        )


READER = Reader(
    name="chitchat",
    kind="extra",
    description="7,168 conversations with speakers and timestamps",
    plan=_plan,
    read=_read,
    licence="MIT",
    note="BYU PCC chit-chat conversations through the package chitchat-dataset.",
    package="chitchat-dataset",
    available=lambda: package_folder("chitchat_dataset") is not None,
)
