"""Scoring predictions against a data set: per task, per length, with intervals."""

from __future__ import annotations

import difflib
import multiprocessing
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from golong_data.errors import UserError, did_you_mean
from golong_data.quality.estimates import BIN_NAMES, best_of, interval, length_bin, pass_at
from golong_data.rewards import Scoring, earned, scoring_of
from golong_data.rows.files import count, naming, read
from golong_data.rows.formats import json_rows
from golong_data.rows.schema import kind_of

Progress = Callable[[str, int, int], None]
Job = tuple[Scoring, list[str]]
Paid = list[float | None]

CHUNK = 2_000_000
"""Characters of completions that travel to a worker at once."""
UNSTATED = "not stated"
"""The length of rows that do not state theirs."""
PATIENCE = 3.0
"""Seconds of scoring before other processes are started: most sets are scored by then."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One row with what its completions earned."""

    id: str
    task: str
    n_tokens: int
    """0 where the row does not state it."""
    scores: tuple[float, ...]
    """In the order of the predictions; a check that could not be made counts as 0."""
    unverified: int = 0

    @property
    def mean(self) -> float:
        """The row's score: the mean over its completions, 0 where it has none."""
        return sum(self.scores) / len(self.scores) if self.scores else 0.0


@dataclass(slots=True)
class _Chunk:
    """Rows whose completions are scored together."""

    rows: list[tuple[str, str, int]] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    size: int = 0


def read_predictions(path: Path) -> dict[str, list[str]]:
    """Row id -> completions, from JSON lines of {"id": ..., "completion": ...}.

    Raises UserError with the line number for anything else.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for where, entry in json_rows(path):
        identifier, completion = entry.get("id"), entry.get("completion")
        texts: list[Any] = completion if isinstance(completion, list) else [completion]
        if not isinstance(identifier, str) or not all(isinstance(t, str) for t in texts):
            raise UserError("this is no prediction.", where=where, remedy=_AS_LINES)
        found[identifier] += texts
    if not found:
        raise UserError("there are no predictions in this file.", where=str(path), remedy=_AS_LINES)
    return dict(found)


_AS_LINES = 'Write one JSON object a line: {"id": "...", "completion": "..."}'


def score_predictions(
    predictions: dict[str, list[str]],
    source: Path,
    progress: Progress,
    *,
    workers: int = 1,
) -> dict[str, Any]:
    """Scores per task, per length and overall; a row without a prediction counts as 0.

    With several completions a row, its score is their mean, and pass@k and best of k are
    given as well. More `workers` are as many processes, once that pays; the figures are the
    same.
    """
    rows = score_rows(predictions, source, progress, workers=workers)
    known = {row.id for row in rows}
    unknown = predictions.keys() - known
    if unknown:
        first = min(unknown)
        raise UserError(
            f'{len(unknown)} predictions have an id that is not in the data, such as "{first}".',
            where=str(source),
            remedy=did_you_mean(first, _nearby(first, [row.id for row in rows])),
        )
    return {
        "rows": len(rows),
        "predicted": sum(bool(row.scores) for row in rows),
        **_summary(rows),
        "tasks": _grouped(rows, [row.task for row in rows]),
        "lengths": _grouped(rows, [_length(row) for row in rows], (*BIN_NAMES, UNSTATED)),
        "per_row": [
            {
                "id": row.id,
                "task": row.task,
                "n_tokens": row.n_tokens,
                "completions": len(row.scores),
                "score": row.mean,
                "scores": list(row.scores),
                "unverified": row.unverified,
            }
            for row in rows
        ],
    }


def _length(row: Scored) -> str:
    return length_bin(row.n_tokens) if row.n_tokens else UNSTATED


def _nearby(name: str, known: Sequence[str]) -> list[str]:
    """The id most like one that is not known, and a few that show what ids look like."""
    close = difflib.get_close_matches(name, known[:20_000], n=1, cutoff=0.6)
    return list(dict.fromkeys([*close, *known[:5]]))


def score_rows(
    predictions: dict[str, list[str]], source: Path, progress: Progress, *, workers: int = 1
) -> list[Scored]:
    """Every row of a data set, scored, in the order of the data set."""
    total = count(source)
    found: list[Scored] = []
    for chunk, paid in _paid(_chunks(predictions, source), workers):
        for (name, task, n_tokens), scores in zip(chunk.rows, paid, strict=True):
            unverified = sum(score is None for score in scores)
            numbers = tuple(score or 0.0 for score in scores)
            found.append(Scored(name, task, n_tokens, numbers, unverified))
        progress("rows", len(found), total)
    return found


def _chunks(predictions: dict[str, list[str]], source: Path) -> Iterator[_Chunk]:
    fields = ("id", "task", "subtask", "metric", "reward_mode", "n_tokens")
    columns = ["data_source", "reward_model", *(f"extra_info.{name}" for name in fields)]
    chunk = _Chunk()
    for where, row in read(source, columns):
        with naming(where):
            info, truth = row["extra_info"], row["reward_model"]["ground_truth"]
            scoring = scoring_of(row["data_source"], truth, info, profile="strict")
            name, n_tokens = info.get("id"), int(info.get("n_tokens") or 0)
            if not name:
                raise UserError(
                    "this row has no id that a prediction could name.",
                    where="extra_info",
                    remedy="`golong-data export --to jsonl` gives every row an id.",
                )
        texts = predictions.get(name, [])
        chunk.rows.append((name, kind_of(row) or scoring.task, n_tokens))
        chunk.jobs.append((scoring, texts))
        chunk.size += sum(map(len, texts)) + 1000
        if chunk.size >= CHUNK:
            yield chunk
            chunk = _Chunk()
    if chunk.rows:
        yield chunk


def _paid(chunks: Iterator[_Chunk], workers: int) -> Iterator[tuple[_Chunk, list[Paid]]]:
    """Chunks with their scores, in order; by other processes where it is worth starting them."""
    spent = 0.0
    while workers <= 1 or spent <= PATIENCE:
        chunk = next(chunks, None)
        if chunk is None:
            return
        start = time.perf_counter()
        scores = _score(chunk.jobs)
        spent += time.perf_counter() - start
        yield chunk, scores
    yield from _in_processes(chunks, workers)


def _in_processes(chunks: Iterator[_Chunk], workers: int) -> Iterator[tuple[_Chunk, list[Paid]]]:
    waiting: deque[tuple[_Chunk, Future[list[Paid]]]] = deque()
    # Threads of the parent (Arrow) do not survive a fork.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(max_workers=workers, mp_context=context)
    try:
        for chunk in chunks:
            waiting.append((chunk, pool.submit(_score, chunk.jobs)))
            while len(waiting) > 2 * workers:
                done, future = waiting.popleft()
                yield done, future.result()
        for done, future in waiting:
            yield done, future.result()
    except BrokenProcessPool as error:
        raise UserError(
            "a worker process died; most often memory ran out.",
            where="score",
            remedy="Run the same command with fewer --workers.",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _score(jobs: Sequence[Job]) -> list[Paid]:
    return [[earned(text, scoring) for text in texts] for scoring, texts in jobs]


# --- figures --------------------------------------------------------------------------------


def _grouped(
    rows: Sequence[Scored], keys: Sequence[str], order: Sequence[str] = ()
) -> dict[str, Any]:
    groups: dict[str, list[Scored]] = defaultdict(list)
    for row, key in zip(rows, keys, strict=True):
        groups[key].append(row)
    names = [name for name in order if name in groups] or sorted(groups)
    return {name: {"rows": len(groups[name]), **_summary(groups[name])} for name in names}


def _summary(rows: Sequence[Scored]) -> dict[str, Any]:
    """Score with its 95 % interval, and pass@k and best of k where rows have several."""
    means = [row.mean for row in rows]
    found: dict[str, Any] = {
        "score": sum(means) / len(means) if means else 0.0,
        "interval": list(interval(means)),
        "completions": sum(len(row.scores) for row in rows),
        "unverified": sum(row.unverified for row in rows),
    }
    most = max((len(row.scores) for row in rows), default=0)
    if most > 1:
        powers = [2**i for i in range(most.bit_length()) if 2**i < most]
        found["pass_at"] = {str(k): _of_k(rows, k, pass_at) for k in [*powers, most]}
        found["best_of"] = {str(k): _of_k(rows, k, best_of) for k in [*powers, most] if k > 1}
    return found


def _of_k(
    rows: Sequence[Scored], k: int, measure: Callable[[Sequence[float], int], float]
) -> dict[str, Any]:
    """A figure of k completions over the rows that have so many, or none at all."""
    values = [
        measure(row.scores, k) if row.scores else 0.0
        for row in rows
        if not row.scores or len(row.scores) >= k
    ]
    return {
        "score": sum(values) / len(values),
        "interval": list(interval(values)),
        "rows": len(values),
    }
