"""What it takes to be a member: candidates, criteria, and the text that a membership rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from golong_data.contexts.edits import Edit
from golong_data.contexts.workspace import Workspace
from golong_data.material import groups as clusters
from golong_data.material.groups import Place
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.subset_words import Clause

BESIDE = 3
"""From so many neighbours on, questions are of medium difficulty."""

HARDEST = 6
"""From so many neighbours on, they are hard."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How many documents a question shows, and how large."""

    wanted: int
    """Members."""
    windows: int
    """Documents shown beside the filler."""
    size: int
    """Tokens of each."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in a document that a window is to be cut around."""

    index: int
    start: int
    end: int
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """What is asked, and how to find on a text what it rests on."""

    kind: str
    fields: Mapping[str, str]
    unless: tuple[Clause, ...]
    """What a document that meets it must not have."""
    members: tuple[Candidate, ...]
    near: tuple[Candidate, ...]
    """Documents that come close to it, the best ones first."""
    strangers: tuple[Candidate, ...]
    """Others."""
    rests_on: Callable[[str], tuple[int, int] | None]
    """The range of a text without which it is no member; None where it is none."""
    doubtful: Callable[[str], bool]
    """Whether readers may differ over a text, so that it must not be shown."""
    forbidden: tuple[str, ...]
    """Strings that no filler may hold: without them no document meets the criterion."""
    words: tuple[str, ...] = ()
    """Words that the title of no window may hold."""
    rename: tuple[str, str] | None = None
    """A word that goes by another one throughout."""


def grade(config: ExhaustiveConfig) -> int:
    """0, 1 or 2: how much a criterion asks for, by the knob `neighbours`."""
    return (config.neighbours >= BESIDE) + (config.neighbours >= HARDEST)


def essential(places: Sequence[Place], least: int) -> tuple[int, int]:
    """The shortest range outside of which fewer than `least` different traits are left.

    There must be as many.
    """
    ordered = sorted(places)
    best = (ordered[0][0], max(end for _, end, _ in ordered))
    for first in range(len(ordered)):
        for last in range(first, len(ordered)):
            outside = {trait for _, _, trait in ordered[:first] + ordered[last + 1 :]}
            if len(outside) < least:
                start = ordered[first][0]
                end = max(end for _, end, _ in ordered[first : last + 1])
                best = min(best, (start, end), key=lambda r: r[1] - r[0])
                break
    return best


def elsewhere(work: Workspace, needles: Sequence[str], n: int) -> list[Candidate]:
    """Random places of up to n random documents without any of these strings."""
    pool = clusters.documents(work.corpus)
    found: list[Candidate] = []
    for index in work.rng.sample(pool, min(len(pool), 2 * n)):
        text = work.corpus.text(index)
        if len(found) < n and not any(needle in text for needle in needles):
            at = work.rng.randrange(len(text))
            found.append(Candidate(index, at, at + 1))
    return found
