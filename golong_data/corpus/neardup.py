"""Drops what repeats an earlier document: exact copies by hash, near copies by Jaccard.

The earliest document of a group stays, in the order of the corpus, so the result does not
depend on how the work was divided.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from golong_data import minhash


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row that repeats an earlier one."""

    row: int
    of: int
    reason: str
    """"exact_duplicate" or "near_duplicate"."""
    jaccard: float


def find(
    text_hashes: NDArray[np.uint64],
    signatures: NDArray[np.uint32],
    signed: NDArray[np.bool_],
    threshold: float | None,
    text: Callable[[int], str],
) -> list[Duplicate]:
    """Every row that repeats an earlier kept one, in order.

    `signatures` has a row per document, `signed` says which of them count (tables and
    documents without a signature are compared exactly only); `text(i)` fetches the text of
    a row where a pair has to be verified.
    """
    found = _exact(text_hashes)
    if threshold is None:
        return found
    gone = np.zeros(len(text_hashes), dtype=bool)
    gone[[d.row for d in found]] = True
    rows = np.flatnonzero(signed & ~gone)

    @lru_cache(maxsize=256)
    def hashes(i: int) -> minhash.Hashes:
        return np.unique(minhash.shingles(text(int(rows[i]))))

    def overlap(i: int, j: int) -> float:
        return minhash.jaccard(hashes(i), hashes(j))

    near = minhash.duplicates(signatures[rows], threshold, overlap)
    found += [
        Duplicate(int(rows[i]), int(rows[j]), "near_duplicate", round(value, 4))
        for i, j, value in near
    ]
    return sorted(found, key=lambda d: d.row)


def _exact(hashes: Sequence[int] | NDArray[np.uint64]) -> list[Duplicate]:
    _, first, inverse = np.unique(
        np.asarray(hashes, dtype=np.uint64), return_index=True, return_inverse=True
    )
    origin = first[inverse]
    return [
        Duplicate(int(row), int(origin[row]), "exact_duplicate", 1.0)
        for row in np.flatnonzero(origin != np.arange(len(origin))).tolist()
    ]
