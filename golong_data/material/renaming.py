"""Names as whole words: where they stand, and what goes by another name throughout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from golong_data.contexts.edits import Edit, edited_block
from golong_data.contexts.stitch import Block
from golong_data.scripts import has_chinese


@lru_cache(maxsize=1024)
def spelt(*names: str) -> re.Pattern[str]:
    """Names as they are spelt, the longest first; those not in Chinese only as whole words."""
    return re.compile("|".join(map(_whole, sorted(names, key=len, reverse=True))))


def _whole(name: str) -> str:
    word = re.escape(name)
    # What stands before is looked at last: patterns that start with letters are found faster.
    return word if has_chinese(name) else rf"{word}(?<!\w{word})\b"


@dataclass(frozen=True, slots=True)
class Renaming:
    """Names, and what stands in the place of each wherever it is shown."""

    names: Mapping[str, str]

    def on(self, text: str) -> str:
        """A text with the new names."""
        return spelt(*self.names).sub(lambda found: self.names[found[0]], text)

    def on_block(self, block: Block) -> Block:
        """A block with the new names in its body."""
        places = spelt(*self.names).finditer(block.body)
        return edited_block(block, [Edit(*m.span(), self.names[m[0]]) for m in places])
