"""The knobs of retrieval questions. Numbers are counts unless said otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from golong_data.tasks.knobs import SHARE, Config, knob, setting, weights

Lookup = Literal["number", "holder", "value", "linked"]


@dataclass(frozen=True, slots=True)
class RetrievalConfig(Config):
    """Arguments of the retrieval task."""

    generators: Mapping[str, float] = weights("continuation", "records", "chain", "reply")
    """Weight of each generator."""
    counterfactual: float = setting(0.5, within=SHARE)
    """Share of the quoted sentences in which a number, name, word or clause is changed, and of the
    values of records out of tables, so that knowing them by heart is no help."""
    steps: tuple[int, ...] = knob((1,), (1, -1), (-1, 2, -2))
    """Sentences from the one given to the one asked for, any of these; below 0 they stand
    before it. Not 0, at most 3."""
    twins: int = knob(0, 1, 3, within=(0, 10))
    """Near copies of the given sentence, in other documents, each before another continuation."""
    neighbours: int = knob(1, 2, 3, within=(0, 20))
    """Excerpts of documents like the one that is asked about (BM25)."""
    records: tuple[int, int] = knob((12, 20), (16, 40), (24, 100), within=(8, 1_000))
    """Records, fewest and most; short contexts get fewer."""
    lookups: tuple[Lookup, ...] = knob(
        ("number",), ("number", "holder", "value"), ("holder", "value", "linked")
    )
    """How the record asked about is named: by number, by what it is about (holder) and the
    year, by another of its values, or as the one about the same as a numbered record in
    another year (linked). Records without years are not linked."""
    hops: tuple[int, int] = knob((2, 2), (3, 4), (5, 8), within=(1, 64))
    """Notes to follow from the first key to the question, fewest and most."""
    decoys: int = knob(1, 2, 3, within=(0, 10))
    """Chains beside the right one that lead to other questions."""
    shared: int = knob(2, 4, 6, within=(0, 7))
    """Characters, of eight, that a decoy's key has in common with the key at its hop."""
    repeats: tuple[int, int] = knob((2, 3), (3, 4), (4, 6), within=(2, 8))
    """Replies to the request that is repeated, fewest and most."""
    exchanges: tuple[int, int] = knob((8, 16), (12, 40), (20, 90), within=(6, 500))
    """Requests with their replies in the conversation; short contexts get fewer."""
    paraphrased: bool = knob(False, False, True)
    """Whether the repeated request comes in different words."""
    from_end: bool = knob(False, True, True)
    """Whether replies may be counted from the last one."""

    def __post_init__(self) -> None:
        Config.__post_init__(self)
        if not all(1 <= abs(step) <= 3 for step in self.steps):
            raise ValueError("steps must be between -3 and 3, and not 0")
        if () in (self.steps, self.lookups):
            raise ValueError("steps and lookups must not be empty")
