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
from golong_data.types import Refused

SHOWN = Share(6, 10)
"""What the excerpts of a context take."""

EXCERPT = (110, 1_200)
"""Tokens of a document shown around its lines, fewest and most."""


def affordable_excerpts(ctx: int) -> int:
    """Short excerpts that a context of this length holds beside some filler."""
    return Share(1, 2).pieces(ctx, 2 * EXCERPT[0])


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled line of a document, and what it is to say."""

    index: int
    label: str
    old: str
    new: str
    evidence: bool


def excerpt_of(work: Workspace, lines: Sequence[Line], n: int) -> Block:
    """Windows of one document that show all its lines, as long as `n` such excerpts may be."""
    size = SHOWN.each(work.ctx, n, *EXCERPT)
    src = source(work.corpus, lines[0].index)
    placed = sorted((_found(src, line), line.label, line) for line in lines)
    windows: list[tuple[int, int]] = []
    for at, _, line in placed:
        end = at + len(line.label) + 2 + len(line.old)
        a, b = around(src, at, end, size // len(lines), work.rng)
        if windows and a <= windows[-1][1]:
            windows[-1] = (min(a, windows[-1][0]), max(b, windows[-1][1]))
        else:
            windows.append((a, b))
    return _joined([_window(work, src, a, b, placed) for a, b in windows])


def _found(src: Source, line: Line) -> int:
    if src.text.count(f"{line.label}:") != 1:
        raise Refused("a value's line is not unique in its document")
    return src.text.index(f"{line.label}: {line.old}")


def _window(
    work: Workspace, src: Source, a: int, b: int, placed: Sequence[tuple[int, str, Line]]
) -> Block:
    evidence, edits = [], []
    for at, label, line in placed:
        if not src.start(a) <= at < src.start(b):
            continue
        value, end = at + len(label) + 2, at + len(label) + 2 + len(line.old)
        if line.evidence:
            evidence.append((at, end))
        if line.new != line.old:
            edits.append(Edit(value, end, line.new))
    return excerpt(work, src, a, b, evidence=evidence, edits=edits)


def _joined(parts: Sequence[Block]) -> Block:
    """Windows of one document as one block."""
    body, spans = "", []
    for part in parts:
        body += GAP if body else ""
        spans += [(start + len(body), end + len(body)) for start, end in part.evidence]
        body += part.body
    tokens = [part.n_tokens for part in parts if part.n_tokens is not None]
    n_tokens = sum(tokens) if len(tokens) == len(parts) else None
    return replace(parts[0], body=body, evidence=tuple(spans), n_tokens=n_tokens)
