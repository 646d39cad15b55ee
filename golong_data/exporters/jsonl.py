"""Rows as JSON lines, one file a split: what scripts and other trainers read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from golong_data.rows.canonical import Tally
from golong_data.rows.formats import Row


def export(rows: Iterable[Row], tally: Tally, folder: Path) -> None:
    """Rows as JSON lines, a file a split (train.jsonl, validation.jsonl)."""
    files: dict[str, IO[str]] = {}
    with ExitStack() as stack:
        for row in rows:
            split = row["extra_info"]["split"]
            if split not in files:
                path = folder / f"{split}.jsonl"
                files[split] = stack.enter_context(path.open("w", encoding="utf-8"))
            files[split].write(json.dumps(row, ensure_ascii=False) + "\n")
