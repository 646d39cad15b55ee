"""Anomaly sweep: all small tables of the context whose total is wrong.

Sheets with a few figures each and their total are planted into real documents, written as a
line or as a table. Wrong totals are near the right one; right totals look no different.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

from golong_data.contexts.excerpts import Note
from golong_data.contexts.workspace import Workspace
from golong_data.tasks import reading
from golong_data.tasks.asking import ask
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.planting import ENOUGH, SCARCE, finish, scatter
from golong_data.tasks.generators import takes_notes
from golong_data.types import Draft, Generator, Refused

SHEET_COST = 100
"""Tokens that a sheet takes in a short context, with its part of a window and header."""

MOST = 160
"""Sheets at most."""

FIGURES = {"easy": (3, 4), "medium": (4, 5), "hard": (5, 7)}
"""Figures of a sheet, fewest and most, by level."""


@dataclass(frozen=True, slots=True)
class Words:
    """The wording of one language."""

    head: str
    days: tuple[str, ...]
    total: str
    columns: tuple[str, str]
    gap: str
    stop: str
    question: str
    answer_format: str
    forbidden: tuple[str, ...]


EN = Words(
    head="Tally sheet {id} of count {count}: ",
    days=tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()),
    total="total",
    columns=("Day", "Pieces"),
    gap=", ",
    stop=".",
    question="The tally sheets of count {count} are scattered over the documents; each lists "
    "figures and states their total. On which tally sheets is the stated total not the sum of "
    "the figures?",
    answer_format='Each element is the id of one sheet, such as "T-0001".',
    forbidden=("Tally sheet ",),
)
ZH = Words(
    head="第{count}次清点的点数单{id}：",
    days=("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    total="合计",
    columns=("日期", "件数"),
    gap="，",
    stop="。",
    question="各文档中散布着第{count}次清点的点数单，每张列出若干数目及其合计。哪些点数单上写的合计不等于各数之和？",
    answer_format="每一项是一张点数单的编号，形如“T-0001”。",
    forbidden=("点数单",),
)
WORDS: Mapping[str, Words] = {"en": EN, "zh": ZH}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tally sheet."""

    id: str
    figures: tuple[int, ...]
    total: int
    """As stated."""


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Sheets in documents, a few of them with a wrong total."""
    knobs, rng, words = config.knobs(), work.rng, WORDS[config.language]
    most = min(MOST, int(work.ctx * 0.75) // SHEET_COST)
    errors = min(rng.randint(*knobs.errors), max(1, most // SCARCE))
    n = min(most, max(errors * SCARCE, rng.randint(most // 2, most)))
    if n < 6:
        raise Refused("too little room for tally sheets")
    ids = rng.sample(range(1000, 10_000), n)
    count = rng.randint(100, 9_999)
    sheets = [_sheet(f"T-{id}", k < errors, FIGURES[config.level], rng) for k, id in enumerate(ids)]
    notes = [Note(_written(sheet, count, words, rng), k < errors) for k, sheet in enumerate(sheets)]
    blocks = scatter(work, notes, without=words.forbidden, share=0.75)
    question = ask(
        words.question.format(count=count),
        words.answer_format,
        ("T-0001", "T-0002"),
        thinking=config.thinking,
    )
    gold = sorted(sheet.id for sheet in sheets[:errors])
    return finish(
        work, config, "totals", blocks, question, lambda _: gold, forbidden=words.forbidden
    )


def _sheet(id: str, wrong: bool, how_many: tuple[int, int], rng: random.Random) -> Sheet:
    figures = tuple(rng.randint(12, 480) for _ in range(rng.randint(*how_many)))
    total = sum(figures)
    # Slips that people make: one off, one carried too many or too few, a figure left out.
    slips = (1, -1, 10, -10, 100, -100, -figures[-1])
    return Sheet(id, figures, total + rng.choice(slips) if wrong else total)


def _written(sheet: Sheet, count: int, words: Words, rng: random.Random) -> str:
    """A sheet as one line or as a table of two columns."""
    rows = list(zip(words.days, sheet.figures, strict=False))
    head = words.head.format(id=sheet.id, count=count)
    if rng.random() < 0.6:
        space = " " if words.gap.isascii() else ""
        listed = words.gap.join(f"{day}{space}{figure}" for day, figure in rows)
        mark = words.gap.replace(",", ";").replace("，", "；")
        return f"{head}{listed}{mark}{words.total}{space}{sheet.total}{words.stop}"
    rows.append((words.total, sheet.total))
    lines = [words.columns, ("---", "---"), *rows]
    return "\n".join([head.rstrip(), *(f"| {a} | {b} |" for a, b in lines)])


# --- the independent solver ---------------------------------------------------------------

_KNOWN = ("On which tally sheets is the stated total", "哪些点数单上写的合计")
_SHEET = re.compile(
    r"^(?:Tally sheet |(?:第\d+次清点的)?点数单)(T-\d{4})(?: of count \d+)?[:：](.*(?:\n\|.*)*)",
    re.MULTILINE,
)


def solve(question: str, prompt: str) -> tuple[str, ...] | None:
    """Every sheet's last number against the sum of those before it."""
    if not any(words in question for words in _KNOWN):
        return None
    found = []
    for id, rest in _SHEET.findall(reading.context(prompt)):
        *figures, total = map(int, re.findall(r"\d+", rest)) if re.search(r"\d", rest) else (0,)
        if figures and sum(figures) != total:
            found.append(id)
    return tuple(sorted(found)) or None


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="prose of some length, to plant tally sheets in",
    serves=takes_notes,
    least=ENOUGH,
)
