"""The knobs of retrieval questions, and the presets that turn them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from golong_data.tasks.generators import check_weights
from golong_data.tasks.knobs import check, turned

GENERATORS = ("continuation", "records", "chain", "reply")
Lookup = Literal["number", "holder", "value", "linked"]


@dataclass(frozen=True, slots=True)
class Knobs:
    """How hard one question is. Numbers are counts unless said otherwise."""

    steps: tuple[int, ...]
    """Sentences from the one given to the one asked for; below 0 they stand before it."""
    twins: int
    """Near copies of the given sentence, each before another continuation."""
    neighbours: int
    """Excerpts of documents like the one that is asked about (BM25)."""
    records: tuple[int, int]
    """Records, fewest and most; short contexts get fewer."""
    lookups: tuple[Lookup, ...]
    """How the record asked about is named."""
    hops: tuple[int, int]
    """Notes to follow from the first key to the question, fewest and most."""
    decoys: int
    """Chains beside the right one that lead to other questions."""
    shared: int
    """Characters, of eight, that a decoy's key has in common with the key at its hop."""
    repeats: tuple[int, int]
    """Replies to the request that is repeated, fewest and most."""
    exchanges: tuple[int, int]
    """Requests with their replies in the conversation; short contexts get fewer."""
    paraphrased: bool
    """Whether the repeated request comes in different words."""
    from_end: bool
    """Whether replies may be counted from the last one."""


LEVELS: dict[str, Knobs] = {
    "easy": Knobs(
        steps=(1,),
        twins=0,
        neighbours=1,
        records=(12, 20),
        lookups=("number",),
        hops=(2, 2),
        decoys=1,
        shared=2,
        repeats=(2, 3),
        exchanges=(8, 16),
        paraphrased=False,
        from_end=False,
    ),
    "medium": Knobs(
        steps=(1, -1),
        twins=1,
        neighbours=2,
        records=(16, 40),
        lookups=("number", "holder", "value"),
        hops=(3, 4),
        decoys=2,
        shared=4,
        repeats=(3, 4),
        exchanges=(12, 40),
        paraphrased=False,
        from_end=True,
    ),
    "hard": Knobs(
        steps=(-1, 2, -2),
        twins=3,
        neighbours=3,
        records=(24, 100),
        lookups=("holder", "value", "linked"),
        hops=(5, 8),
        decoys=3,
        shared=6,
        repeats=(4, 6),
        exchanges=(20, 90),
        paraphrased=True,
        from_end=True,
    ),
}


@dataclass(frozen=True, slots=True)
class RetrievalConfig:
    """Arguments of the retrieval task; what is left at None comes from the level."""

    generators: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(GENERATORS, 1.0))
    """Weight of each generator."""
    level: Literal["easy", "medium", "hard"] = "medium"
    """Preset for every knob below."""
    language: Literal["en", "zh"] = "en"
    """Of the questions and of what is planted; the corpus should be in it."""
    thinking: bool = True
    """Whether the prompt asks to think before the answer."""
    counterfactual: float = 0.5
    """Share of the quoted sentences in which a number, name or clause is changed, and of the
    values of records out of tables, so that knowing them by heart is no help."""
    steps: tuple[int, ...] | None = None
    """Sentences from the one given to the one asked for, any of these; not 0, at most 3."""
    twins: int | None = None
    """Near copies of the given sentence."""
    neighbours: int | None = None
    """Excerpts of documents like the one that is asked about."""
    records: tuple[int, int] | None = None
    """Records, fewest and most."""
    lookups: tuple[Lookup, ...] | None = None
    """How the record asked about is named: by number, by what it is about (holder) and the
    year, by another of its values, or as the one about the same as a numbered record in
    another year (linked). Records without years are not linked."""
    hops: tuple[int, int] | None = None
    """Notes to follow from the first key to the question, fewest and most."""
    decoys: int | None = None
    """Chains that lead to other questions."""
    shared: int | None = None
    """Characters, of eight, that a decoy's key has in common with the key at its hop."""
    repeats: tuple[int, int] | None = None
    """Replies to the repeated request, fewest and most."""
    exchanges: tuple[int, int] | None = None
    """Requests with their replies in the conversation, fewest and most."""
    paraphrased: bool | None = None
    """Whether the repeated request comes in different words."""
    from_end: bool | None = None
    """Whether replies may be counted from the last one."""

    def __post_init__(self) -> None:
        check_weights(self.generators, GENERATORS)
        if self.steps is not None and not all(1 <= abs(step) <= 3 for step in self.steps):
            raise ValueError("steps must be between -3 and 3, and not 0")
        if () in (self.steps, self.lookups):
            raise ValueError("steps and lookups must not be empty")
        check(
            self,
            shares=("counterfactual",),
            pairs={
                "records": (8, 1_000),
                "hops": (1, 64),
                "repeats": (2, 8),
                "exchanges": (6, 500),
            },
            numbers={"twins": (0, 10), "neighbours": (0, 20), "decoys": (0, 10), "shared": (0, 7)},
        )

    def knobs(self) -> Knobs:
        """The level's knobs with those set here in their place."""
        return turned(LEVELS[self.level], self)
