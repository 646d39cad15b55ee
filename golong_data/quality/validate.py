"""Validation: the contract over a built data set or over rows made from a recipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from golong_data.making.sample import Maker
from golong_data.making.shards import ShardRecord, intact
from golong_data.quality.contract import Finding, check_row, check_set
from golong_data.rows.files import iterate, read_manifest
from golong_data.rows.schema import to_row

Progress = Callable[[str, int, int], None]
SET_ROWS = 400
"""Rows kept in memory for the checks of a whole set."""


@dataclass(frozen=True, slots=True)
class Validation:
    """What validation found."""

    rows: int
    findings: tuple[Finding, ...]

    @property
    def valid(self) -> bool:
        return self.rows > 0 and not self.findings


def validate_folder(folder: Path, limit: int | None, progress: Progress) -> Validation:
    """The contract over a data set: its checksums, its rows, the set as a whole."""
    manifest = read_manifest(folder)
    findings = []
    for entry in manifest.get("shards", []):
        record = ShardRecord(**{**entry, "dropped": ()})
        if not intact(folder, record):
            findings.append(Finding("", "checksums", f"{record.file} is not what was written"))
    total = min(limit or 1 << 62, manifest.get("rows", 0)) if manifest else 0
    return _validate(iterate(folder), total, limit, progress, findings)


def validate_recipe(maker: Maker, limit: int, progress: Progress) -> Validation:
    """The contract over the first rows of a recipe, each made twice."""

    def rows() -> Iterator[dict[str, Any]]:
        for index in range(limit):
            outcome = maker.make(index)
            if outcome.sample is None:
                reasons = ", ".join(sorted(outcome.refused))
                findings.append(Finding("", "a row is made", f"none at index {index}: {reasons}"))
                continue
            if maker.make(index).sample != outcome.sample:
                findings.append(Finding(outcome.sample.id, "deterministic", "made twice, differs"))
            yield to_row(outcome.sample)

    findings: list[Finding] = []
    return _validate(rows(), limit, limit, progress, findings)


def _validate(
    rows: Iterator[dict[str, Any]],
    total: int,
    limit: int | None,
    progress: Progress,
    findings: list[Finding],
) -> Validation:
    kept: list[dict[str, Any]] = []
    done = 0
    for row in rows:
        findings += check_row(row)
        if len(kept) < SET_ROWS:
            kept.append(row)
        done += 1
        progress("rows", done, max(total, done))
        if limit is not None and done >= limit:
            break
    findings += check_set(kept)
    return Validation(done, tuple(findings))
