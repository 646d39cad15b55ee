"""Count under a condition across documents: every document has to be looked at.

Where documents of the corpus state labelled values ("Median age, total: 21.5 years"), those
are counted. Elsewhere short notes are planted into real documents.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from golong_data.contexts.budget import Share
from golong_data.contexts.lines import excerpt_of
from golong_data.contexts.notes import plant
from golong_data.contexts.sampling import turn
from golong_data.contexts.stitch import Block, titled_apart
from golong_data.contexts.workspace import Workspace
from golong_data.material.changed_numbers import decimals_of
from golong_data.material.exact import number, round_between
from golong_data.material.values import (
    as_stated,
    has_values,
    near,
    number_in,
    ranked,
    stated,
    stating,
)
from golong_data.tasks.numeric.answers import Answer, answered
from golong_data.tasks.numeric.config import NumericConfig
from golong_data.tasks.numeric.lazy import count as lazy
from golong_data.tasks.numeric.select import SIDES, Side
from golong_data.tasks.numeric.solve.count import WORDS, solve
from golong_data.tasks.numeric.solve.questions import Asks
from golong_data.types import Draft, Generator, Refused
from golong_data.words import words

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

EXCERPT = (120, 2_400)
"""Tokens of a document shown around what is counted, fewest and most."""

SHOWN = Share(7, 10)
"""What all excerpts together take of a context."""

MOST = Share(4, 5)
"""What they would take at twice their fewest tokens, at most."""

FEWEST = 6
"""Documents to count over."""

POOL = 400
"""Documents that notes may be planted into, at most."""

AT_DEPOT = 0.6
"""Share of the notes that name the depot asked about, beside those that happen to."""

_BARE = re.compile(r"-?\d{4}")
"""A number of thousands without a comma."""


@dataclass(frozen=True, slots=True)
class Words:
    """What is planted in one language."""

    note: str
    goods: tuple[str, ...]
    depots: tuple[str, ...]
    forbidden: str
    """What nothing but a note may hold."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A condition on a value."""

    side: Side
    value: Fraction
    decimals: int

    def met_by(self, value: Fraction) -> bool:
        """Whether a value lies on its side."""
        return value > self.value if self.side == "above" else value < self.value


def make(work: Workspace, config: NumericConfig) -> Draft:
    """Excerpts that each state a value, and how many of the values meet a condition."""
    real = has_values(work.corpus) and config.tables != "generated"
    return _lines(work, config) if real else _notes(work, config)


def _lines(work: Workspace, config: NumericConfig) -> Draft:
    """Labelled values of real documents, in lines that start with one label."""
    rng = work.rng
    label = turn(work, tuple(stated(work.corpus)))
    known = ranked(work.corpus, label)
    n, size = _how_many(work, config.documents, len(known))
    places = rng.sample(range(len(known)), n)
    facts = [known[at] for at in places]
    shown = [
        near(known, at, rng) if rng.random() < config.counterfactual else known[at] for at in places
    ]
    numbers = [number_in(now.text) for now in shown]
    bound = _bound([now.value for now in shown], max(map(decimals_of, numbers)), rng)
    hits = [bound.met_by(now.value) for now in shown]
    blocks = [
        excerpt_of(work, [fact.shown(now.text, evidence=hit)], size)
        for fact, now, hit in zip(facts, shown, hits, strict=True)
    ]
    # Years and the like are written without commas.
    commas = not any(map(_BARE.match, numbers))
    said = as_stated(bound.value, bound.decimals, facts[0].unit, commas=commas)
    fields = {"label": label, "bound": said}
    changed = sum(
        now is not fact and hit for fact, now, hit in zip(facts, shown, hits, strict=True)
    )
    return _counted(work, config, f"lines_{bound.side}", fields, blocks, f"{label}:", changed)


def _notes(work: Workspace, config: NumericConfig) -> Draft:
    """Consignment notes, planted into excerpts of real documents, one each."""
    rng, prose = work.rng, work.corpus.prose
    told = words(Words, WORDS, "writes")[config.language]
    pool = rng.sample(range(len(prose)), min(POOL, len(prose)))
    n, size = _how_many(work, config.documents, len(pool))
    weights = [Fraction(rng.randint(20, 9_800), 10) for _ in range(n)]
    bound = _bound(weights, 1, rng)
    depot = rng.choice(told.depots)
    both = config.conditions > 1
    blocks = []
    for k, weight in enumerate(weights):
        at = depot if both and rng.random() < AT_DEPOT else rng.choice(told.depots)
        note = told.note.format(
            number=f"{rng.randint(1000, 9999)}-{k + 1}",
            goods=rng.choice(told.goods),
            weight=number(weight, 1),
            depot=at,
        )
        hit = bound.met_by(weight) and (not both or at == depot)
        index = int(prose[pool[k]])
        blocks.append(plant(work, index, note, size, evidence=hit, without=(told.forbidden,)))
    kind = f"notes_at_{bound.side}" if both else f"notes_{bound.side}"
    fields = {"depot": depot, "bound": number(bound.value, bound.decimals)}
    return _counted(work, config, kind, fields, titled_apart(blocks), told.forbidden)


# --- shared -------------------------------------------------------------------------------


def _how_many(work: Workspace, documents: tuple[int, int], available: int) -> tuple[int, int]:
    """Documents to count over, and tokens of each: as the knob, the length, the corpus allow."""
    most = min(MOST.pieces(work.ctx, 2 * EXCERPT[0], documents[1]), available)
    if most < FEWEST:
        raise Refused("too few documents to count over")
    n = work.rng.randint(min(documents[0], most), most)
    return n, SHOWN.each(work.ctx, n, *EXCERPT)


def _bound(values: Sequence[Fraction], decimals: int, rng: random.Random) -> Bound:
    """A side and a round number that no value equals, some values on either side."""
    distinct = sorted(set(values))
    if len(distinct) < 4:
        raise Refused("too few different values")
    at = rng.randrange(1, len(distinct))
    value, places = round_between(distinct[at - 1], distinct[at], decimals)
    return Bound(rng.choice(SIDES), value, places)


def _counted(
    work: Workspace,
    config: NumericConfig,
    kind: str,
    fields: Mapping[str, str],
    blocks: Sequence[Block],
    forbidden: str,
    changed: int = 0,
) -> Draft:
    """The draft over blocks, of which those that count hold evidence."""
    hits = sum(bool(block.evidence) for block in blocks)
    if hits < 1:
        raise Refused("nothing to count")
    return answered(
        work,
        config,
        words(Asks, WORDS, "asks")[config.language],
        kind,
        fields,
        blocks,
        Answer(str(hits)),
        forbidden=(forbidden,),
        counterfactual=changed,
    )


def states_values(corpus: Corpus, index: int) -> bool:
    """Whether a document has labelled values that can be asked about."""
    return index in stating(corpus)


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="labelled values in lines of their own; notes are planted where there are none",
    serves=states_values,
    least=0,
    words=WORDS,
    candidates=lazy.candidates,
    lazy=lazy.READERS,
)
