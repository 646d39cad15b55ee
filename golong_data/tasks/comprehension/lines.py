"""Excerpts of a document that show some of its labelled lines, with other values if need be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from golong_data.contexts.edits import Edit
from golong_data.contexts.excerpts import around, excerpt
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import GAP, Source, source
from golong_data.contexts.workspace import Workspace
from golong_data.types import Refused


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled line of a document, and what it is to say."""

    index: int
    label: str
    old: str
    new: str
    evidence: bool


def excerpt_of(work: Workspace, lines: Sequence[Line], size: int) -> Block:
    """Windows of one document, about `size` tokens in all, that show all its lines."""
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
