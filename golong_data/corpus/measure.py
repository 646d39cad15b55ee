"""Cuts, counts and signs many documents in one go.

The work per call of numpy and of the tokenizer is the same for one short text as for a few
hundred kilobytes, so texts are joined by blank lines, measured together and taken apart
again. That is exact wherever counts are additive, which is checked for every store.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from golong_data import minhash
from golong_data.tokens import Tokenizer

GROUP_CHARS = 1 << 19
"""Characters measured together: some hundred kilobytes, which fit a processor's cache."""
_SPACES = np.array([ord(c) for c in map(chr, range(0x3001)) if c.isspace()], dtype=np.uint32)

Ints32 = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured of one text."""

    ends: Ints32
    """Character offset one past each segment."""
    tokens: Ints32
    """Tokens of each segment; the last counts the blank line after the text as well."""
    signature: bytes | None


def segment_ends(text: str) -> Ints32:
    """The same offsets as `tokens.segment_ends`, found with numpy.

    `text` is cleaned, so a character that is white space to `str.isspace` is one to every
    tokenizer.
    """
    codes: NDArray[np.uint8] | NDArray[np.uint32]
    if text.isascii():
        codes = np.frombuffer(text.encode("ascii"), dtype=np.uint8)
        newlines = np.flatnonzero(codes[:-1] == 10) + 1
        cuts = newlines[codes[newlines] > 32]
    else:
        codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
        newlines = np.flatnonzero(codes[:-1] == 10) + 1
        cuts = newlines[~np.isin(codes[newlines], _SPACES)]
    return np.append(cuts, len(text)).astype(np.int32)


def measure(
    texts: Sequence[str], tokenizer: Tokenizer, signed: Sequence[bool]
) -> tuple[list[Measured], bool]:
    """Segments, counts and, where asked for, the signature of each cleaned text.

    The flag is False where a token was seen to reach across the end of a segment.
    """
    found: list[Measured | None] = [None] * len(texts)
    aligned = True
    for group in _groups(texts):
        part = [texts[i] for i in group]
        measured, ok = _together(part, tokenizer)
        aligned &= ok
        wanted = [k for k, i in enumerate(group) if signed[i]]
        signatures = minhash.signatures([part[k] for k in wanted])
        signature_of = dict(zip(wanted, signatures, strict=True))
        for k, (i, (ends, tokens)) in enumerate(zip(group, measured, strict=True)):
            signature = signature_of[k].tobytes() if k in signature_of else None
            found[i] = Measured(ends, tokens, signature)
    return [one for one in found if one is not None], aligned


def _groups(texts: Sequence[str]) -> Iterator[list[int]]:
    """Indices of texts to measure together; ASCII texts apart, for they need less work."""
    for ascii_only in (True, False):
        group: list[int] = []
        chars = 0
        for i, text in enumerate(texts):
            if text.isascii() is ascii_only:
                group.append(i)
                chars += len(text)
                if chars >= GROUP_CHARS:
                    yield group
                    group, chars = [], 0
        if group:
            yield group


def _together(
    texts: Sequence[str], tokenizer: Tokenizer
) -> tuple[list[tuple[Ints32, Ints32]], bool]:
    joined = "\n\n".join([*texts, ""])
    ends = segment_ends(joined)
    # numpy offsets serve where a list of integers is asked for.
    counts, aligned = tokenizer.segment_counts(joined, ends)  # type: ignore[arg-type]
    tokens = counts.astype(np.int32)
    limits = np.cumsum([len(text) + 2 for text in texts])
    last = np.searchsorted(ends, limits) + 1
    out = []
    start = first = 0
    for text, limit, stop in zip(texts, limits.tolist(), last.tolist(), strict=True):
        own = ends[first:stop] - np.int32(start)
        own[-1] = len(text)
        out.append((own, tokens[first:stop]))
        start, first = limit, stop
    return out, aligned
