"""Excerpts of a document that show some of its labelled lines, with other values if need be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from golong_data.contexts.budget import Share
from golong_data.contexts.edits import Edit
from golong_data.contexts.excerpts import around, excerpt
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import GAP, Source, source
from golong_data.contexts.workspace import Workspace

SHOWN = Share(6, 10)
"""What the excerpts of a context take."""

EXCERPT = (110, 1_200)
"""Tokens of a document shown around its lines, fewest and most."""


def affordable_excerpts(ctx: int) -> int:
    """Short excerpts that a context of this length holds beside some filler."""
    return Share(1, 2).pieces(ctx, 2 * EXCERPT[0])


@dataclass(frozen=True, slots=True)
class Line:
    """A line "label: value" of a document, the only one with that label."""

    index: int
    start: int
    label: str
    text: str
    """The value as written."""

    @property
    def value(self) -> int:
        """Character at which the value starts."""
        return self.start + len(self.label) + 2

    @property
    def end(self) -> int:
        """One past its last character."""
        return self.value + len(self.text)


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as an excerpt is to show it."""

    line: Line
    text: str
    """What it is to say behind its label."""
    evidence: bool


def excerpt_of(work: Workspace, lines: Sequence[Shown], size: int) -> Block:
    """Windows of one document that show all these lines of it, about `size` tokens in all."""
    src = source(work.corpus, lines[0].line.index)
    placed = sorted(lines, key=lambda shown: shown.line.start)
    windows: list[tuple[int, int]] = []
    for shown in placed:
        line = shown.line
        a, b = around(src, line.start, line.end, size // len(lines), work.rng)
        if windows and a <= windows[-1][1]:
            windows[-1] = (min(a, windows[-1][0]), max(b, windows[-1][1]))
        else:
            windows.append((a, b))
    return _joined([_window(work, src, a, b, placed) for a, b in windows])


def _window(work: Workspace, src: Source, a: int, b: int, lines: Sequence[Shown]) -> Block:
    here = [shown for shown in lines if src.start(a) <= shown.line.start < src.start(b)]
    evidence = [(shown.line.start, shown.line.end) for shown in here if shown.evidence]
    edits = [
        Edit(shown.line.value, shown.line.end, shown.text)
        for shown in here
        if shown.text != shown.line.text
    ]
    return excerpt(work, src, a, b, evidence=evidence, edits=edits)


def _joined(parts: Sequence[Block]) -> Block:
    """Windows of one document as one block."""
    if len(parts) == 1:
        return parts[0]
    body, spans = "", []
    for part in parts:
        body += GAP if body else ""
        spans += [(start + len(body), end + len(body)) for start, end in part.evidence]
        body += part.body
    tokens = [part.n_tokens for part in parts if part.n_tokens is not None]
    n_tokens = sum(tokens) if len(tokens) == len(parts) else None
    return replace(parts[0], body=body, evidence=tuple(spans), n_tokens=n_tokens)
