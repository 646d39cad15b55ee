"""Everything a cluster needs to train with verl: rows, reward, configuration, launcher.

verl (0.9) reads Parquet rows with the columns data_source, prompt, ability, reward_model and
extra_info; takes a reward function from a file; and is told all else by Hydra. The folder
can be copied anywhere: its paths are relative to itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from golong_data.exporters.launch import CONFIG, configuration, launcher
from golong_data.making.shards import GROUP_BYTES, WRITER, write_text
from golong_data.rows.canonical import EXPORTED, Tally
from golong_data.rows.formats import Row

REWARD = '''"""The reward of these rows, where verl looks for it."""

from golong_data.rewards import compute_score

__all__ = ["compute_score"]
'''
MOST_ROWS = 100
"""Rows a row group at most; long prompts fill one earlier."""


def export(rows: Iterable[Row], tally: Tally, folder: Path) -> None:
    """Parquet rows, reward file, Hydra configuration and launcher for verl 0.9."""
    writers: dict[str, _Writer] = {}
    with ExitStack() as stack:
        for row in rows:
            split = row["extra_info"]["split"]
            if split not in writers:
                writer = _Writer(folder / f"{split}.parquet")
                writers[split] = stack.enter_context(writer)
            writers[split].write(row)
    write_text(folder / "golong_reward.py", REWARD)
    write_text(folder / CONFIG, configuration(tally))
    write_text(folder / "train.sh", launcher())
    (folder / "train.sh").chmod(0o755)


class _Writer:
    """A Parquet file that takes single rows and holds few of them."""

    def __init__(self, path: Path) -> None:
        self._file = pq.ParquetWriter(path, EXPORTED, **WRITER)
        self._rows: list[Row] = []
        self._size = 0

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *error: object) -> None:
        try:
            self._flush()
        finally:
            self._file.close()

    def write(self, row: Row) -> None:
        self._rows.append(row)
        self._size += sum(len(message["content"]) for message in row["prompt"])
        if len(self._rows) == MOST_ROWS or self._size >= GROUP_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            self._file.write_batch(pa.RecordBatch.from_pylist(self._rows, schema=EXPORTED))
            self._rows, self._size = [], 0
