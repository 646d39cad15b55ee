"""A masked name without a search for the quoted sentence: by word overlap, by how often named."""

from __future__ import annotations

import re
from collections.abc import Mapping

from golong_data.solving.choosing import (
    LOOKS,
    MENTIONS,
    SAYINGS,
    SEVERAL,
    SHAPES,
    Offer,
    Reader,
    offer,
    readers,
    sentence_around,
)
from golong_data.solving.options import stated
from golong_data.solving.sentences import bag
from golong_data.types import Gold

_GAP = "____"
_QUOTED = re.compile(rf'["『]([^"『』]*{_GAP}[^"『』]*)["』]')


def _fitting(found: Offer, quote: str) -> str | None:
    """The option that, put into the gap, makes the sentence most like one of the context."""
    best = (0.0, "")
    for letter, places in found.mentions.items():
        wanted = bag(quote.replace(_GAP, found.options[letter]))
        for at in places:
            start, stop = sentence_around(found.text, at)
            shared = len(wanted & bag(found.text[start:stop]))
            best = max(best, (shared / max(len(wanted), 1), letter))
    return best[1] or None


def _overlap(question: str, prompt: str) -> Gold | None:
    """For every gap the option whose sentences share most words with what is quoted."""
    found = offer(question, prompt)
    letters = [letter for q in _QUOTED.findall(question) if (letter := _fitting(found, q))]
    return stated(prompt, dict.fromkeys(letters))


LAZY: Mapping[str, Reader] = {
    "best word overlap": _overlap,
    **SEVERAL,
    **readers(MENTIONS, SHAPES, LOOKS, SAYINGS),
}
