"""Where things stand in a context: its documents, its passages, and what is mentioned where.

A passage is what belongs together for a reader who skims: a short block between blank lines
(a record, a remark, a small table), else a line, else a sentence of a long line; sentences
that carry a number in square brackets start at it. A document is named by the line above it,
as in "[Document 3] Title", and may go on under the same number in several places.
"""

from __future__ import annotations

import bisect
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

Span = tuple[int, int]

SMALL_LINES, SMALL_CHARS = 8, 800
"""A block up to this size is one passage."""
LONG_LINE = 300
"""A line above this length is cut into its sentences."""

_HEADING = re.compile(r"^\[([^\W\d][^\[\]\n]{0,40}\s\d{1,6})\] *([^\n]*)$", re.MULTILINE)
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_LINE = re.compile(r"[^\n]+")
_NUMBERED = re.compile(r"\[[A-Za-z]{1,4}\d{1,6}\] ")
_SENTENCE = re.compile(r"[^.!?。！？]{1,2000}(?:[.!?]+(?=\s|$)|[。！？]+[”’」』）)]*|[.!?]|$)\s*")
_REMARK = re.compile(r"\s*[(（][^()（）]*[)）]$")
_TOKEN = re.compile(r"[A-Za-z0-9_]+|[\u4e00-\u9fff]|[^\sA-Za-z0-9_]")
_JOINT = re.compile(r"\s+(?:and|with|und|et)\s+|\s*[与和→]\s*|\s*->\s*|,\s+|、|;\s+")
_WORD = re.compile(r"[a-z]+|\d[\d,]*(?:\.\d+)?|[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above a part of a document."""

    start: int
    end: int
    label: str
    """What stands in the square brackets."""
    title: str


def words(text: str) -> Iterator[str]:
    """Words in lower case and numbers; of Chinese text each two neighbouring characters.

    >>> list(words("The GDP of 1,200")), list(words("卷宗号"))
    (['the', 'gdp', 'of', '1,200'], ['卷宗', '宗号'])
    """
    for match in _WORD.finditer(text.lower()):
        word = match.group()
        if word[0] >= "\u4e00" and len(word) > 1:
            yield from (word[i : i + 2] for i in range(len(word) - 1))
        else:
            yield word


@dataclass(frozen=True)
class Layout:
    """The layout of one context."""

    text: str

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Lines that name documents, in order."""
        return tuple(
            Heading(m.start(), m.end(), m[1], m[2].strip()) for m in _HEADING.finditer(self.text)
        )

    @cached_property
    def documents(self) -> Mapping[str, tuple[Span, ...]]:
        """Label -> where the parts of that document stand, heading lines included."""
        found: dict[str, list[Span]] = {}
        ends = [*(h.start for h in self.headings[1:]), len(self.text)]
        for heading, end in zip(self.headings, ends, strict=False):
            found.setdefault(heading.label, []).append((heading.start, end))
        return {label: tuple(parts) for label, parts in found.items()}

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Label -> title, without what stands behind it where the document goes on."""
        found: dict[str, str] = {}
        for heading in self.headings:
            known = found.get(heading.label)
            if known is None or len(heading.title) < len(known):
                found[heading.label] = heading.title
        return found

    @cached_property
    def bare_titles(self) -> Mapping[str, str]:
        """Title, also without a remark in brackets at its end -> label."""
        bare = {_REMARK.sub("", title): label for label, title in self.titles.items()}
        return bare | {title: label for label, title in self.titles.items()}

    @cached_property
    def passages(self) -> tuple[Span, ...]:
        """Where the passages stand, in order."""
        return tuple(self._passages())

    def _passages(self) -> Iterator[Span]:
        heads = {h.start for h in self.headings}
        for block in _BLOCK.finditer(self.text):
            start, end = block.span()
            if start in heads:
                yield start, self._line_end(start)
                start = min(self._line_end(start) + 1, end)
                if start >= end:
                    continue
            body = self.text[start:end]
            lines = body.count("\n") + 1
            small = len(body) <= (SMALL_CHARS if lines > 1 else LONG_LINE) and lines <= SMALL_LINES
            if small and not _NUMBERED.search(body):
                yield start, end
                continue
            for line in _LINE.finditer(self.text, start, end):
                yield from self._cut(*line.span())

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def _cut(self, start: int, end: int) -> Iterator[Span]:
        """A line, cut before numbers in square brackets or, if long, into its sentences."""
        marks = [m.start() for m in _NUMBERED.finditer(self.text, start, end)]
        if marks:
            edges = sorted({start, *marks, end})
            yield from itertools.pairwise(edges)
        elif end - start <= LONG_LINE:
            yield start, end
        else:
            yield from (m.span() for m in _SENTENCE.finditer(self.text, start, end) if m.group())

    @cached_property
    def _passage_starts(self) -> list[int]:
        return [start for start, _ in self.passages]

    def passage_at(self, at: int) -> int:
        """The index of the passage that holds an offset, or of the last one before it."""
        return max(0, bisect.bisect_right(self._passage_starts, at) - 1)

    @cached_property
    def _heading_starts(self) -> list[int]:
        return [h.start for h in self.headings]

    def heading_at(self, at: int) -> Heading | None:
        """The heading that an offset stands below, or in."""
        i = bisect.bisect_right(self._heading_starts, at) - 1
        return self.headings[i] if i >= 0 else None

    def mentions(self, texts: Iterable[str]) -> dict[str, list[int]]:
        """Text -> offsets at which it stands as whole words; linear in the context's length.

        >>> Layout("Part 1, Part 12; Part 1").mentions(["Part 1", "Part 2"])
        {'Part 1': [0, 17], 'Part 2': []}
        """
        found: dict[str, list[int]] = {text: [] for text in texts}
        lengths: dict[str, set[int]] = {}
        for text in found:
            first = _TOKEN.match(text)
            if first:
                lengths.setdefault(first.group(), set()).add(len(text))
        own = self.text
        for match in _TOKEN.finditer(own):
            for length in lengths.get(match.group(), ()):
                start, end = match.start(), match.start() + length
                piece = own[start:end]
                if piece in found and not (
                    end < len(own) and _wordy(piece[-1]) and _wordy(own[end])
                ):
                    found[piece].append(start)
        return found

    @cached_property
    def passage_words(self) -> tuple[frozenset[str], ...]:
        """The words of every passage."""
        return tuple(frozenset(words(self.text[start:end])) for start, end in self.passages)

    @cached_property
    def rarity(self) -> Mapping[str, float]:
        """Word -> the logarithm of how many passages there are to one that has it."""
        counts = Counter(word for found in self.passage_words for word in found)
        n = len(self.passages) + 1
        return {word: math.log(n / count) for word, count in counts.items()}

    def weight(self, shared: Iterable[str]) -> float:
        """The rarity of words, summed; words that the context lacks weigh nothing."""
        return sum(self.rarity.get(word, 0.0) for word in shared)

    @cached_property
    def document_words(self) -> Mapping[str, frozenset[str]]:
        """Label -> the words of that document."""
        return {
            label: frozenset(w for start, end in parts for w in words(self.text[start:end]))
            for label, parts in self.documents.items()
        }


def _wordy(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char == "_")


@dataclass(frozen=True, slots=True)
class Home:
    """Where a candidate stands."""

    positions: tuple[int, ...]
    """Offsets of its mentions, or of its parts' where it is put together."""
    passages: tuple[int, ...]
    """Indices of the passages that hold them, but for headings."""
    labels: tuple[str, ...]
    """Documents that it names by number or title."""
    whole: bool
    """Whether it stands there word for word."""


def homes(layout: Layout, candidates: Iterable[str]) -> dict[str, Home]:
    """Where each candidate stands; of one that is put together, such as a pair, its parts."""
    candidates = list(dict.fromkeys(candidates))
    found = layout.mentions(candidates)
    parts = {c: _parts(c) for c in candidates if not found[c]}
    pieces = layout.mentions({part for own in parts.values() for part in own})
    return {
        c: _home(layout, [c], found[c], whole=True)
        if found[c]
        else _home(layout, parts[c], [p for part in parts[c] for p in pieces[part]], whole=False)
        for c in candidates
    }


def _parts(candidate: str) -> list[str]:
    """The parts of a pair or a list; of a dotted name the last two."""
    parts = [part for part in _JOINT.split(candidate) if part]
    if len(parts) > 1:
        return parts
    dotted = re.split(r"[.:/]+", candidate)
    return [part for part in dotted[-2:] if part] if len(dotted) > 1 else []


def _home(layout: Layout, names: list[str], positions: list[int], *, whole: bool) -> Home:
    labels = dict.fromkeys(
        name if name in layout.documents else layout.bare_titles[name]
        for name in names
        if name in layout.documents or name in layout.bare_titles
    )
    passages = []
    for at in positions:
        heading = layout.heading_at(at)
        if heading is None or at >= heading.end:
            passages.append(layout.passage_at(at))
    return Home(tuple(positions), tuple(dict.fromkeys(passages)), tuple(labels), whole)
