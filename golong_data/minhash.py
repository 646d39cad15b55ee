"""Near duplicates: signatures by one-permutation MinHash, candidates by datasketch's LSH.

Text becomes a set of 64-bit hashes, one per run of five words, computed in bulk with numpy
(no Python object per word). The 128 smallest hashes, one per bin, are its signature: two
signatures agree in about as many places as the sets overlap (Jaccard). Signatures only
nominate; `jaccard` over the full sets decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from datasketch import MinHash

Hashes = NDArray[np.uint64]
Signature = NDArray[np.uint32]
Signatures = NDArray[np.uint32]
"""A signature per row."""
Starts = NDArray[np.intp]

WORDS = 5
"""Words per shingle."""
SIZE = 128
"""Values per signature."""
RECALL = 0.99
"""Least chance that a pair exactly at the threshold is nominated; see `bands`."""

_BIN_SHIFT = np.uint64(57)
_REST = np.uint64((1 << 57) - 1)
_BASE = 0x9E3779B1  # odd, so its powers have inverses modulo 2**32


# --- shingles -------------------------------------------------------------------------


def _splitmix(values: Hashes) -> Hashes:
    """A well-mixed 64-bit hash of each value (the finaliser of splitmix64)."""
    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _tables() -> tuple[NDArray[np.uint32], NDArray[np.bool_], NDArray[np.bool_]]:
    """Per byte: its random value (0 between words, case folded), in a word?, a character
    that is a word by itself (Chinese, Japanese, Korean)?"""
    word = np.zeros(256, dtype=bool)
    for first, last in (b"az", b"AZ", b"09", b"__", (0x80, 0xFF)):
        word[first : last + 1] = True
    values = _splitmix(np.arange(1, 257, dtype=np.uint64)).astype(np.uint32)
    values[ord("A") : ord("Z") + 1] = values[ord("a") : ord("z") + 1]
    values[~word] = 0
    lead = np.zeros(256, dtype=bool)
    lead[0xE3:0xEE] = True
    return values, word, lead


_VALUES, _WORD, _LEAD = _tables()
_FACTORS = _splitmix(np.arange(1000, 1000 + WORDS, dtype=np.uint64)) | np.uint64(1)
_powers: list[NDArray[np.uint32]] = [np.ones(1, dtype=np.uint32)] * 2


def _power_tables(n: int) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Powers of the base and of its inverse modulo 2**32, at least n of each."""
    if len(_powers[0]) < n:
        size = max(1 << 16, 1 << (n - 1).bit_length())
        for i, base in enumerate((_BASE, pow(_BASE, -1, 1 << 32))):
            steps = np.full(size, base, dtype=np.uint32)
            steps[0] = 1
            _powers[i] = np.cumprod(steps, dtype=np.uint32)
    return _powers[0], _powers[1]


def words(text: str) -> NDArray[np.uint32]:
    """A hash per word, in order: runs of letters, digits and underscores without regard to
    ASCII case; each Chinese, Japanese or Korean character is a word by itself."""
    raw = np.frombuffer(text.encode("utf-8", errors="replace"), dtype=np.uint8)
    return _words(raw, text.isascii())[0]


def _words(raw: NDArray[np.uint8], ascii_only: bool) -> tuple[NDArray[np.uint32], Starts]:
    """(hash, byte offset) of each word.

    A word's hash is a polynomial over its bytes. Powers run over the whole text and the
    inverse power at the word's start takes its position out again.
    """
    inside = _WORD[raw]
    begins = inside.copy()
    begins[1:] &= ~inside[:-1]
    if not ascii_only:
        lead = _LEAD[raw]
        begins |= lead
        # The character three bytes after such a lead byte starts a word as well.
        begins[3:] |= lead[:-3] & inside[3:]
    starts = np.flatnonzero(begins)
    if not starts.size:
        return np.zeros(0, dtype=np.uint32), starts
    powers, inverses = _power_tables(raw.size)
    terms = _VALUES[raw]
    terms *= powers[: raw.size]
    sums: NDArray[np.uint32] = np.add.reduceat(terms, starts, dtype=np.uint32)
    return sums * inverses[starts], starts


def shingles(text: str) -> Hashes:
    """A 64-bit hash for each run of five words, repeats included; fewer words make one."""
    hashes = words(text).astype(np.uint64)
    return _runs(hashes, min(WORDS, hashes.size)) if hashes.size else hashes


def _runs(hashes: Hashes, length: int) -> Hashes:
    n = hashes.size - length + 1
    total = np.zeros(n, dtype=np.uint64)
    for i in range(length):
        total += hashes[i : i + n] * _FACTORS[i]
    return _splitmix(total)


def jaccard(a: Hashes, b: Hashes) -> float:
    """The overlap of two texts' shingle sets: shared over all; 1.0 for two empty ones."""
    a, b = np.unique(a), np.unique(b)
    shared = np.intersect1d(a, b, assume_unique=True).size
    every = a.size + b.size - shared
    return shared / every if every else 1.0


# --- signatures -----------------------------------------------------------------------


def signature(hashes: Hashes) -> Signature:
    """128 values: the top seven bits of a hash choose its bin, the least of each bin stays."""
    (values,) = _signatures(hashes, np.zeros(hashes.size, dtype=np.intp), 1)
    return np.asarray(values, dtype=np.uint32)


def signatures(texts: Sequence[str]) -> Signatures:
    """`signature(shingles(text))` of each text, in one go: a row per text.

    Much faster than one by one for texts of a few kilobytes, whose words are few against
    the cost of a numpy call.
    """
    data = [text.encode("utf-8", errors="replace") for text in texts]
    raw = np.frombuffer(b"\n".join(data), dtype=np.uint8)
    starts = np.cumsum([0, *(len(part) + 1 for part in data)])
    hashes, at = _words(raw, all(map(str.isascii, texts)))
    bounds = np.searchsorted(at, starts)
    long = np.zeros(0, dtype=np.uint64)
    owner = np.zeros(0, dtype=np.intp)
    if hashes.size >= WORDS:
        long = _runs(hashes.astype(np.uint64), WORDS)
        text_of = np.repeat(np.arange(len(texts)), np.diff(bounds))
        inside = text_of[WORDS - 1 :] == text_of[: long.size]
        long, owner = long[inside], text_of[: long.size][inside]
    made = _signatures(long, owner, len(texts))
    for i in np.flatnonzero(np.diff(bounds) < WORDS).tolist():
        made[i] = signature(shingles(texts[i]))
    return made


def _signatures(hashes: Hashes, owner: NDArray[np.intp], count: int) -> Signatures:
    """The signatures of so many texts, given every hash with the text it belongs to.

    Bins that no hash fell into borrow from bins found by a fixed random walk, the same for
    every text, which keeps the estimate unbiased for short texts.
    """
    nothing = np.iinfo(np.uint64).max
    least = np.full(count * SIZE, nothing, dtype=np.uint64)
    bins = owner * SIZE + (hashes >> _BIN_SHIFT).astype(np.intp)
    np.minimum.at(least, bins, hashes & _REST)
    table = least.reshape(count, SIZE)
    filled = table != nothing
    values: Signatures = (table >> np.uint64(25)).astype(np.uint32)
    texts, empty = np.nonzero(~filled & filled.any(axis=1)[:, None])
    if texts.size:
        steps = _walks()[empty]
        first = np.argmax(filled[texts[:, None], steps], axis=1)
        values[texts, empty] = values[texts, steps[np.arange(texts.size), first]]
    values[~filled.any(axis=1)] = 0
    return values


@lru_cache(maxsize=1)
def _walks() -> NDArray[np.intp]:
    """For each bin, all bins in the order in which it borrows."""
    order = [
        np.argsort(_splitmix(np.arange(i * SIZE, (i + 1) * SIZE, dtype=np.uint64) + np.uint64(7)))
        for i in range(SIZE)
    ]
    return np.asarray(order, dtype=np.intp)


def similarity(a: Signature, b: Signature) -> float:
    """The Jaccard overlap as two signatures estimate it."""
    return float(np.count_nonzero(a == b)) / SIZE


# --- candidates -----------------------------------------------------------------------


def bands(threshold: float, recall: float = RECALL) -> tuple[int, int]:
    """(bands, rows per band): the most selective split of a signature that still nominates
    a pair at the threshold with the given chance, 1 - (1 - t**rows)**bands.

    >>> bands(0.8), bands(0.7)
    ((21, 6), (32, 4))
    """
    for rows in range(SIZE // 2, 1, -1):
        count = SIZE // rows
        if 1 - (1 - threshold**rows) ** count >= recall:
            return count, rows
    return SIZE // 2, 2


def duplicates(
    made: Sequence[Signature] | Signatures,
    threshold: float,
    verify: Callable[[int, int], float],
) -> Iterator[tuple[int, int, float]]:
    """(index, earlier index, Jaccard) of each item that repeats an earlier kept one.

    Items are taken in order and the first of a group stays; an item that was dropped draws
    no others after it. `verify(i, j)` gives the true Jaccard of two items; pairs below the
    threshold are not duplicates, whatever their signatures say.

    Only items that share a band with another enter datasketch's index, so memory follows
    the number of likely duplicates rather than the size of the corpus.
    """
    matrix = np.asarray(made, dtype=np.uint32).reshape(-1, SIZE)
    split = bands(threshold)
    likely = np.flatnonzero(shares_band(matrix, *split)).tolist()
    if not likely:
        return  # datasketch takes most of a second to import
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=threshold, num_perm=SIZE, params=split, hashfunc=_short)
    for i in likely:
        sketch = _sketch(MinHash, matrix[i])
        for j in sorted(index.query(sketch)):
            overlap = verify(i, j)
            if overlap >= threshold:
                yield i, j, overlap
                break
        else:
            index.insert(i, sketch)


def shares_band(matrix: Signatures, count: int, rows: int) -> NDArray[np.bool_]:
    """Which signatures agree with another one in some band."""
    shared = np.zeros(len(matrix), dtype=bool)
    factors = _splitmix(np.arange(1, rows + 1, dtype=np.uint64)) | np.uint64(1)
    for band in range(count):
        part = matrix[:, band * rows : (band + 1) * rows].astype(np.uint64)
        keys = _splitmix((part * factors).sum(axis=1, dtype=np.uint64))
        order = np.argsort(keys)
        same = keys[order][1:] == keys[order][:-1]
        shared[order[1:][same]] = True
        shared[order[:-1][same]] = True
    return shared


def _sketch(kind: Any, values: Signature) -> MinHash:
    """A datasketch MinHash that holds a signature of ours, for its index to file."""
    sketch: MinHash = kind(
        num_perm=SIZE, hashvalues=values, permutations=_NO_PERMUTATIONS, scheme="affine32"
    )
    return sketch


# datasketch wants the permutations a sketch was made with; ours needs none to be indexed.
_NO_PERMUTATIONS = (np.ones(SIZE, dtype=np.uint64), np.zeros(SIZE, dtype=np.uint64))


def _short(key: bytes) -> bytes:
    """Sixteen bytes for a band's key: smaller tables, and every candidate is verified."""
    import hashlib

    return hashlib.blake2b(key, digest_size=16).digest()
