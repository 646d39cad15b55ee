"""The knobs of questions on past sessions. Numbers are counts unless said otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from golong_data.tasks.knobs import SHARE, Config, knob, setting, weights

NEEDS = (
    "any prose: chats with speakers and times become sessions, of other text a passage is "
    "pasted into each"
)
"""What every generator asks of a document."""


@dataclass(frozen=True, slots=True)
class DialogueConfig(Config):
    """Arguments of the dialogue task."""

    # The option that something was never mentioned stands in every question: as one of about
    # six it is to be right in a sixth of the rows.
    generators: Mapping[str, float] = weights(
        "extraction", "multi_session", "temporal", "update", abstention=0.8
    )
    """Weight of each generator."""
    layout: Literal["transcript", "messages"] = "transcript"
    """All sessions in one user message, or each turn a chat message of its own."""
    sessions: tuple[int, int] = setting((10, 500), within=(1, 5_000))
    """Sessions of a context, fewest and most; where there is room for fewer, there are fewer."""
    options: int = knob(5, 6, 8, within=(4, 8))
    """Options to choose from, the one that nothing was said among them."""
    near: float = knob(0.25, 0.75, 1.0, within=SHARE)
    """Share of the wrong values that belong to another person, to a plan that came to nothing
    or to a thing whose name shares a word; the others are of things of quite another name."""
    updates: tuple[int, int] = knob((1, 1), (1, 2), (2, 4), within=(1, 6))
    """How often a value changes (update), fewest and most."""
    events: tuple[int, int] = knob((2, 5), (2, 6), (3, 9), within=(2, 12))
    """Facts that are counted or added up (multi_session), fewest and most."""
    ago: float = knob(0.0, 0.4, 0.8, within=SHARE)
    """Share of the events told on a later day than theirs (temporal): "three weeks ago"."""
    aside: float = knob(0.3, 0.6, 0.8, within=SHARE)
    """Share of the facts that are told in passing, beside a request about something else."""
