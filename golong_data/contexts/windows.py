"""Windows: runs of whole segments out of one document, with their exact token count."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import numpy as np

from golong_data.languages import languages
from golong_data.tokens import Tokenizer

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

GAP = "\n\n"
"""What stands between documents, and between the context and what follows it."""


HEADINGS: Mapping[str, str] = {code: words.heading for code, words in languages().items()}
"""What the line above every document of a context starts with, by the language of the
prompt; no document may hold one of them."""

CACHE_CHARS = 1 << 24
"""Characters of documents kept at hand per process."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A document with its segments at hand."""

    index: int
    id: str
    title: str
    text: str
    is_table: bool
    ends: np.ndarray
    """Character offsets at which segments end."""
    before: np.ndarray
    """Tokens before each segment; one longer than `ends`, so before[-1] is the total."""
    clean: tuple[tuple[int, int], ...]
    """Runs of segments without a heading, longest first."""

    @property
    def n_segments(self) -> int:
        return len(self.ends)

    @property
    def n_tokens(self) -> int:
        return int(self.before[-1])

    def start(self, segment: int) -> int:
        """Character offset at which a segment starts."""
        return int(self.ends[segment - 1]) if segment else 0

    def segment_at(self, offset: int) -> int:
        """The segment that holds a character offset."""
        return int(np.searchsorted(self.ends, offset, side="right"))

    def window(self, a: int, b: int) -> str:
        """The text of segments a..b (b excluded) without trailing white space."""
        return self.text[self.start(a) : self.start(b)].rstrip()


class _Cache:
    """The sources used last, up to CACHE_CHARS characters: small corpora stay at hand."""

    def __init__(self, corpus: Corpus | None = None) -> None:
        self.corpus = corpus
        self.sources: OrderedDict[int, Source] = OrderedDict()
        self.chars = 0

    def get(self, corpus: Corpus, index: int) -> Source:
        found = self.sources.get(index)
        if found is not None:
            self.sources.move_to_end(index)
            return found
        found = self.sources[index] = _source(corpus, index)
        self.chars += len(found.text)
        while self.chars > CACHE_CHARS and len(self.sources) > 1:
            self.chars -= len(self.sources.popitem(last=False)[1].text)
        return found


_cache = _Cache()


def source(corpus: Corpus, index: int) -> Source:
    """Document `index` of the corpus, ready to take windows from."""
    global _cache
    if _cache.corpus is not corpus:
        _cache = _Cache(corpus)
    return _cache.get(corpus, index)


def _source(corpus: Corpus, index: int) -> Source:
    segments = corpus.segments(index)
    before = np.zeros(len(segments.tokens) + 1, dtype=np.int64)
    np.cumsum(segments.tokens, out=before[1:])
    text = corpus.text(index)
    return Source(
        index=index,
        id=corpus.id(index),
        title=corpus.title(index),
        text=text,
        is_table=corpus.is_table(index),
        ends=segments.ends,
        before=before,
        clean=_without(text, segments.ends, before, list(HEADINGS.values())),
    )


def count_window(tokenizer: Tokenizer, src: Source, a: int, b: int) -> int:
    """Tokens of `src.window(a, b) + GAP`. Only the last segment may need counting."""
    if b >= src.n_segments:
        return int(src.before[b] - src.before[a])
    last = src.text[src.start(b - 1) : src.start(b)].rstrip() + GAP
    return int(src.before[b - 1] - src.before[a]) + count_cached(tokenizer, last)


@lru_cache(maxsize=1 << 14)
def _count(tokenizer: Hashable, text: str) -> int:
    return cast(Tokenizer, tokenizer).count(text)


def count_cached(tokenizer: Tokenizer, text: str) -> int:
    """Token count of a short text that is likely to come again."""
    return _count(cast(Hashable, tokenizer), text)


def clean_ranges(src: Source, forbidden: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Runs of segments that hold neither a heading nor a forbidden string, longest first."""
    found = [needle for needle in forbidden if needle in src.text]
    if not found:
        return src.clean
    if src.clean != ((0, src.n_segments),):
        found += HEADINGS.values()
    return _without(src.text, src.ends, src.before, found)


def _without(
    text: str, ends: np.ndarray, before: np.ndarray, forbidden: Sequence[str]
) -> tuple[tuple[int, int], ...]:
    hits = set()
    for needle in forbidden:
        at = text.find(needle)
        while at >= 0:
            hits.add(int(np.searchsorted(ends, at, side="right")))
            at = text.find(needle, at + 1)
    ranges, start = [], 0
    for hit in [*sorted(hits), len(ends)]:
        if hit > start:
            ranges.append((start, hit))
        start = hit + 1
    return tuple(sorted(ranges, key=lambda r: (int(before[r[0]] - before[r[1]]), r[0])))


def paragraph_near(src: Source, segment: int, low: int, high: int) -> int:
    """The segment in [low, high] nearest to `segment` that opens a paragraph, if any does."""
    text = src.text
    for distance in range(high - low + 1):
        for candidate in (segment - distance, segment + distance):
            if low <= candidate <= high and candidate > 0:
                if text[src.start(candidate) - 2 : src.start(candidate)] == GAP:
                    return candidate
    return min(max(segment, low), high)
