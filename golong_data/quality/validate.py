"""Validation: the contract over rows that were built or are made from a recipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from golong_data.making.sample import Maker
from golong_data.making.shards import ShardRecord, intact
from golong_data.quality.contract import Finding, check_row, check_set
from golong_data.rows.files import count, naming, read, read_manifest
from golong_data.rows.schema import built, to_row

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


def validate_stored(source: Path, limit: int | None, progress: Progress) -> Validation:
    """The contract over a folder or file: checksums of a build, its rows, the set as a whole."""

    def rows() -> Iterator[dict[str, Any]]:
        for where, row in islice(read(source), total):
            with naming(where):
                found = built(row)
            yield found

    findings = []
    for entry in read_manifest(source).get("shards", ()):
        record = ShardRecord(**{**entry, "dropped": ()})
        if not intact(source, record):
            findings.append(Finding("", "checksums", f"{record.file} is not what was written"))
    total = count(source) if limit is None else limit
    return _validate(rows(), total, progress, findings)


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
    return _validate(rows(), limit, progress, findings)


def _validate(
    rows: Iterator[dict[str, Any]],
    total: int,
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
        progress("rows", done, total)
    findings += check_set(kept)
    return Validation(done, tuple(findings))
