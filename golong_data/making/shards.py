"""Shards: Parquet files that appear whole or not at all, with their checksums beside.

A shard is written under a temporary name, synced and renamed; then a record with its
sha256 is. A build that was killed anywhere is resumed by making the shards whose record
is missing or whose bytes do not match it.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from golong_data.errors import UserError
from golong_data.making.sample import Maker
from golong_data.rows.schema import SCHEMA, to_row

CHARS_PER_TOKEN = 4
SHARD_BYTES = 128 << 20
GROUP_BYTES = 8 << 20
STATE = ".golong-build"
"""Folder of a build in progress: its plan and the records of finished shards. Its name is
ours alone: what holds it is taken for a build, and may be replaced on request."""

WRITER = {
    "compression": "zstd",
    "compression_level": 3,
    # Dictionaries pay for short repeated strings and cost dearly on long prompts.
    "use_dictionary": ["data_source", "ability", "extra_info.task", "extra_info.recipe"],
    "write_statistics": False,
    "write_page_checksum": True,
    "store_schema": True,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """How rows fall into shards; a function of size and length alone."""

    size: int
    per_shard: int
    group: int
    """Rows a row group."""

    @property
    def n_shards(self) -> int:
        return -(-self.size // self.per_shard)

    def indices(self, shard: int) -> range:
        return range(shard * self.per_shard, min(self.size, (shard + 1) * self.per_shard))

    def name(self, shard: int) -> str:
        return f"train-{shard:05}-of-{self.n_shards:05}.parquet"


@dataclass(frozen=True, slots=True)
class ShardRecord:
    """What became of one shard."""

    file: str
    rows: int
    sha256: str
    size: int
    """Bytes."""
    tokens: int
    counts: Mapping[str, int] = field(default_factory=dict)
    """Rows by "task/subtask"."""
    refused: Mapping[str, int] = field(default_factory=dict)
    """Refused draws by reason."""
    dropped: tuple[Mapping[str, Any], ...] = ()
    """Rows that no draw gave, with the reasons."""


def plan(size: int, ctx: int) -> Plan:
    """Shards of at most 128 MB of text, but at least eight where there are rows enough."""
    row = ctx * CHARS_PER_TOKEN
    by_bytes = max(10, SHARD_BYTES // row)
    group = min(100, max(10, GROUP_BYTES // row))
    return Plan(size, max(1, min(by_bytes, -(-size // 8)) if size >= 16 else size), group)


def write_shard(maker: Maker, layout: Plan, shard: int, out: Path) -> ShardRecord:
    """Makes and writes one shard and its record. Raises UserError where the disk refuses."""
    final = out / "data" / layout.name(shard)
    temporary = final.with_name(f".{final.name}.{os.getpid()}.tmp")
    counts: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    dropped: list[Mapping[str, Any]] = []
    tokens = rows = 0
    try:
        with pq.ParquetWriter(temporary, SCHEMA, **WRITER) as writer:
            batch: list[dict[str, Any]] = []
            for index in layout.indices(shard):
                outcome = maker.make(index)
                refused.update(outcome.refused)
                if outcome.sample is None:
                    dropped.append({"index": index, "reasons": dict(outcome.refused)})
                    continue
                batch.append(to_row(outcome.sample))
                counts[f"{outcome.sample.task}/{outcome.sample.subtask}"] += 1
                tokens += outcome.sample.n_tokens
                rows += 1
                if len(batch) == layout.group:
                    writer.write_batch(pa.RecordBatch.from_pylist(batch, schema=SCHEMA))
                    batch = []
            if batch:
                writer.write_batch(pa.RecordBatch.from_pylist(batch, schema=SCHEMA))
        sync(temporary)
        record = ShardRecord(
            file=f"data/{final.name}",
            rows=rows,
            sha256=sha256(temporary),
            size=temporary.stat().st_size,
            tokens=tokens,
            counts=dict(sorted(counts.items())),
            refused=dict(sorted(refused.items())),
            dropped=tuple(dropped),
        )
        os.replace(temporary, final)
        sync(final.parent)
        write_text(record_path(out, layout, shard), json.dumps(asdict(record)))
    except OSError as error:
        raise disk_error(error, final) from error
    finally:
        temporary.unlink(missing_ok=True)
    return record


def record_path(out: Path, layout: Plan, shard: int) -> Path:
    """Where the record of a shard lies while the build goes on."""
    return out / STATE / f"{layout.name(shard)}.json"


def read_record(path: Path) -> ShardRecord | None:
    """A shard's record, or None where it is missing or damaged."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return ShardRecord(**{**data, "dropped": tuple(data["dropped"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def intact(out: Path, record: ShardRecord) -> bool:
    """Whether a shard is there with the bytes its record names."""
    path = out / record.file
    try:
        return path.stat().st_size == record.size and sha256(path) == record.sha256
    except OSError:
        return False


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_text(path: Path, text: str) -> None:
    """Writes a small file so that it appears whole or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(text, encoding="utf-8")
        sync(temporary)
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    sync(path.parent)


def sync(path: Path) -> None:
    """Flushes a file or folder to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def disk_error(error: OSError, path: Path) -> UserError:
    """An operating system's refusal in words."""
    return UserError(
        f"cannot write: {error.strerror or error}.",
        where=str(path),
        remedy="Free some space or choose another --out, then run the same command with "
        "--resume: finished shards are kept.",
    )
