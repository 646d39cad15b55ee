"""Anomaly sweep: all small tables of the context whose total is wrong.

Sheets with a few figures each and their total are planted into real documents, in sentences of
different order, as lines or as tables. Wrong totals are near the right one; right totals look
no different. Above easy, sheets of another count with a number like the one asked for stand
among them, some of them wrong as well.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from golong_data.contexts.budget import Share
from golong_data.contexts.notes import Note, scatter_between_lines
from golong_data.contexts.workspace import Workspace
from golong_data.material.serials import one_digit_off, serial
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.lazy import totals as lazy
from golong_data.tasks.exhaustive.scarcity import counts
from golong_data.tasks.exhaustive.solve.totals import solve
from golong_data.tasks.forms import LIST, Wording, ask, compose
from golong_data.tasks.generators import takes_notes
from golong_data.types import Draft, Generator, Refused
from golong_data.words import words

WORDS = "exhaustive/totals"

ROOM = Share(3, 4)
SHEET_COST = 100
"""Tokens that a sheet takes in a short context, with its part of a window and header."""

MOST = 160
"""Sheets at most."""

FIGURES = {"easy": (3, 4), "medium": (4, 5), "hard": (5, 7)}
"""Figures of a sheet, fewest and most, by level."""

OTHERS = 4
"""Above easy one sheet in so many belongs to another count."""


@dataclass(frozen=True, slots=True)
class Words:
    """How sheets are written in one language."""

    labels: Mapping[str, tuple[str, ...]]
    """What figures are by, and its values in their usual order."""
    listed: str
    """A label with its figure, in running text."""
    counted: str
    """The same, figure first."""
    gap: str
    """Between two of them."""
    sentences: tuple[str, ...]
    heads: tuple[str, ...]
    """What stands above a sheet of several lines."""
    totals: tuple[str, ...]
    """The label of the total there."""
    pieces: str
    """What figures are of."""
    colon: str
    forbidden: tuple[str, ...]
    """What nothing but sheets may hold."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tally sheet."""

    id: str
    count: int
    """The count that it belongs to."""
    figures: tuple[int, ...]
    total: int
    """As stated."""

    def is_wrong(self) -> bool:
        """Whether the stated total is not the sum of the figures."""
        return self.total != sum(self.figures)


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Sheets in documents, a few of them with a wrong total."""
    rng = work.rng
    asks = words(Wording, WORDS, "asks")[config.language]
    told = words(Words, WORDS, "writes")[config.language]
    errors, n = counts(config.errors, ROOM.pieces(work.ctx, SHEET_COST, MOST), rng)
    if n < 6:
        raise Refused("too little room for tally sheets")
    count = serial(rng)
    other = one_digit_off(count, rng)
    others = 0 if config.level == "easy" else n // OTHERS
    # The count that is asked for: wrong, right; the other one: wrong, right.
    kinds = [(count, True)] * errors + [(count, False)] * (n - errors - others)
    kinds += [(other, k < min(errors, others // 2)) for k in range(others)]
    sheets = [
        _sheet(f"T-{id}", number, wrong, FIGURES[config.level], rng)
        for id, (number, wrong) in zip(rng.sample(range(1000, 10_000), n), kinds, strict=True)
    ]
    wrong = [sheet for sheet in sheets if sheet.count == count and sheet.is_wrong()]
    notes = [Note(_written(sheet, told, rng), sheet in wrong) for sheet in sheets]
    question = asks.question.format(count=count)
    return compose(
        work,
        config,
        ask(LIST, config, question, asks.answer_format),
        scatter_between_lines(work, notes, without=told.forbidden, share=ROOM),
        sorted(sheet.id for sheet in wrong),
        forbidden=told.forbidden,
    )


def _sheet(
    id: str, count: int, wrong: bool, how_many: tuple[int, int], rng: random.Random
) -> Sheet:
    figures = tuple(rng.randint(12, 480) for _ in range(rng.randint(*how_many)))
    total = sum(figures)
    # Slips that people make: one off, one carried too many or too few, a figure left out. What
    # comes out is still more than any figure: a total that is not is no near miss.
    slips = [
        slip for slip in (1, -1, 10, -10, 100, -100, -figures[-1]) if total + slip > max(figures)
    ]
    return Sheet(id, count, figures, total + rng.choice(slips) if wrong else total)


def _written(sheet: Sheet, told: Words, rng: random.Random) -> str:
    """A sheet as a sentence, as lines, or as a table that goes down or across."""
    fitting = [kind for kind, names in told.labels.items() if len(names) >= len(sheet.figures)]
    kind = rng.choice(fitting)
    names = told.labels[kind]
    chosen = sorted(rng.sample(range(len(names)), len(sheet.figures)))
    rows = [(names[k], figure) for k, figure in zip(chosen, sheet.figures, strict=True)]
    named = {"id": sheet.id, "count": sheet.count, "total": sheet.total}
    if rng.random() < 0.6:
        listed, counted = (
            told.gap.join(form.format(label=label, figure=figure) for label, figure in rows)
            for form in (told.listed, told.counted)
        )
        text = rng.choice(told.sentences).format(listed=listed, counted=counted, **named)
        return text[0].upper() + text[1:]
    head = rng.choice(told.heads).format(**named)
    rows.insert(rng.choice((0, len(rows))), (rng.choice(told.totals), sheet.total))
    layout = rng.choice(("lines", "down", "across"))
    if layout == "lines":
        return "\n".join([head, *(f"{label}{told.colon}{figure}" for label, figure in rows)])
    cells = [(kind, told.pieces), *((label, str(figure)) for label, figure in rows)]
    grid = cells if layout == "down" else list(zip(*cells, strict=True))
    ruled = [grid[0], ("---",) * len(grid[0]), *grid[1:]]
    return "\n".join([head, *("| " + " | ".join(row) + " |" for row in ruled)])


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs="prose of some length, to plant tally sheets in",
    serves=takes_notes,
    least=12,
    candidates=lazy.candidates,
    lazy=lazy.READERS,
)
