"""What a task is handed to make one sample with."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from golong_data.tokens import Tokenizer

if TYPE_CHECKING:
    from golong_data.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything that decides one sample. Two equal workspaces give the same sample."""

    corpus: Corpus
    tokenizer: Tokenizer
    rng: random.Random
    """The sample's own generator; nothing else random may be consulted."""
    ctx: int
    """Length asked for, in tokens of the rendered prompt."""
    pick: float
    """In [0, 1), evenly spread over neighbouring indices: which generator to use."""
    depth: float
    """In [0, 1), evenly spread over neighbouring indices: where the first evidence goes."""
    room: Callable[[Mapping[str, str]], int]
    """Tokens left for the context in a prompt with these question variables."""
