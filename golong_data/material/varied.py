"""Text without evidence that says something else than its source, as evidence does.

Were only evidence changed, whoever knows the sources would find it by what differs from them.
So what stands beside it is changed at the same rate and in the same way: a number or a name of
a sentence that could have been asked about.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

from golong_data.contexts.sentences import quotable, sentences
from golong_data.contexts.stitch import Block
from golong_data.material.changes import Change, Substitutes, change, put
from golong_data.material.quotes import is_informative

Changing = Callable[[str, Block], Change | None]
"""(sentence, the block that holds it) -> what may change about it."""


def varied(
    blocks: Sequence[Block], share: float, changing: Changing, rng: random.Random
) -> list[Block]:
    """Blocks without evidence, about `share` of them with one sentence changed.

    The share is met by passing over blocks in which nothing can change, as far as there are
    others.
    """
    wanted = sum(rng.random() < share for _ in blocks)
    found = list(blocks)
    for at in rng.sample(range(len(blocks)), len(blocks)):
        if not wanted:
            break
        new = _varied(found[at], changing, rng)
        if new is not None:
            found[at], wanted = new, wanted - 1
    return found


def _varied(block: Block, changing: Changing, rng: random.Random) -> Block | None:
    """A block with one of its sentences changed, one that could be quoted where there is such.

    None where nothing can change.
    """
    found = sentences(block.body)
    order = rng.sample(found, len(found))
    for sentence in sorted(order, key=lambda s: not (quotable(s) and is_informative(s.text))):
        new = changing(sentence.text, block)
        if new is not None:
            marked = replace(block, evidence=((sentence.start, sentence.end),))
            return replace(put(new, marked), evidence=())
    return None


def numbers_or_names(
    substitutes: Substitutes, rng: random.Random, taken: Sequence[str]
) -> Changing:
    """Changes of a number or a name, of which no new name stands in a text of `taken`."""

    def changing(text: str, block: Block) -> Change | None:
        return change(text, block.title, block.body, substitutes, rng, taken=taken)

    return changing
