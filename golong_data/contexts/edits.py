"""Edits: text with stretches replaced, and what was marked in it moved along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from golong_data.contexts.stitch import Block


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters start..end of a document replaced by other text."""

    start: int
    end: int
    text: str


def edited(
    text: str, edits: Sequence[Edit], marks: Sequence[tuple[int, int]] = (), *, start: int = 0
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text with edits made, and where marked ranges are then.

    Edits and marks count characters from `start` on, where the text itself starts; the ranges
    that come back count from 0. A mark that holds an edit covers the new text, and an
    insertion at its very start belongs to it. Edits must not overlap.
    """
    ordered = sorted(edits, key=lambda edit: edit.start)
    parts, at = [], start
    for edit in ordered:
        parts += [text[at - start : edit.start - start], edit.text]
        at = edit.end
    parts.append(text[at - start :])

    def moved(position: int) -> int:
        done = (e for e in ordered if e.end <= position)
        return position - start + sum(len(e.text) - (e.end - e.start) for e in done)

    spans = tuple(
        (
            moved(begin) - sum(len(e.text) for e in ordered if e.start == e.end == begin),
            moved(end),
        )
        for begin, end in marks
    )
    return "".join(parts), spans


def edited_block(block: Block, edits: Sequence[Edit]) -> Block:
    """A block with edits made in its body, its evidence moved along."""
    body, evidence = edited(block.body, edits, block.evidence)
    return replace(block, body=body, evidence=evidence, n_tokens=None)
