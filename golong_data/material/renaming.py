"""Names that go by other names: throughout a document, with what was marked in it moved along."""

from __future__ import annotations

import re
from dataclasses import replace

from golong_data.contexts.edits import Edit, edited
from golong_data.contexts.stitch import Block


def renamed(block: Block, name: re.Pattern[str], new: str) -> Block:
    """A block with `new` wherever a name stands in its body."""
    edits = [Edit(*found.span(), new) for found in name.finditer(block.body)]
    body, evidence = edited(block.body, edits, block.evidence)
    return replace(block, body=body, evidence=evidence, n_tokens=None)
