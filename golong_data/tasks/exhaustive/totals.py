"""Anomaly sweep: all small tables of the context whose total is wrong.

Sheets with a few figures each and their total are planted into real documents, in sentences of
different order, as lines or as tables. Wrong totals are near the right one; right totals look
no different. Above easy, sheets of another count with a number like the one asked for stand
among them, some of them wrong as well.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass

from golong_data.contexts.budget import Share
from golong_data.contexts.notes import Note, scatter_between_lines
from golong_data.contexts.workspace import Workspace
from golong_data.solving import reading
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.planting import ENOUGH, NUMBERS, SCARCE, like_number
from golong_data.tasks.forms import LIST, ask, compose
from golong_data.tasks.generators import takes_notes
from golong_data.types import Draft, Generator, Refused

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
    """The wording of one language."""

    labels: Mapping[str, tuple[str, ...]]
    """What figures are by, and its values in their usual order."""
    listed: str
    """A label with its figure, in running text."""
    counted: str
    """The same, figure first."""
    gap: str
    sentences: tuple[str, ...]
    heads: tuple[str, ...]
    """What stands above a sheet of several lines."""
    totals: tuple[str, ...]
    """The label of the total there."""
    pieces: str
    colon: str
    question: str
    answer_format: str
    forbidden: tuple[str, ...]


EN = Words(
    labels={
        "Day": tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()),
        "Shift": ("first shift", "second shift", "third shift", "late shift", "night shift"),
        "Place": tuple("gate yard cellar loft gallery hall shed".split()),
    },
    listed="{label} {figure}",
    counted="{figure} for {label}",
    gap=", ",
    sentences=(
        "Tally sheet {id} of count {count}: {listed}; total {total}.",
        "Count {count}, tally sheet {id}: {listed}, which makes {total}.",
        "The total on tally sheet {id} of count {count} is {total}, from {listed}.",
        "For count {count}, tally sheet {id} gives {counted} and a sum of {total}.",
        "{total} pieces in all, according to tally sheet {id} (count {count}): {counted}.",
        "Tally sheet {id} adds up to {total} for count {count}: {listed}.",
        "{listed}: so much is on tally sheet {id} of count {count}, with {total} as its total.",
        "Signed off in count {count}: tally sheet {id}, {counted}, together {total}.",
    ),
    heads=(
        "Tally sheet {id} of count {count}",
        "Count {count}: tally sheet {id}",
        "Tally sheet {id} (count {count})",
    ),
    totals=("Total", "Sum", "All"),
    pieces="Pieces",
    colon=": ",
    question="The tally sheets of count {count}, and perhaps of other counts, are scattered over "
    "the documents; each lists figures and states their total. On which tally sheets of count "
    "{count} is the stated total not the sum of the figures?",
    answer_format='Each element is the id of one sheet, such as "T-0001".',
    forbidden=("ally sheet ",),
)
ZH = Words(
    labels={
        "日期": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
        "班次": ("早班", "中班", "晚班", "夜班", "加班"),
        "地点": ("前门", "后院", "地窖", "阁楼", "长廊", "正厅", "棚屋"),
    },
    listed="{label}{figure}",
    counted="{label}计{figure}件",
    gap="，",
    sentences=(
        "第{count}次清点的点数单{id}：{listed}；合计{total}。",
        "点数单{id}（第{count}次清点）：{listed}，共{total}。",
        "第{count}次清点中，点数单{id}的合计为{total}，其中{listed}。",
        "点数单{id}载明{counted}，总数{total}，属第{count}次清点。",
        "共计{total}件，见第{count}次清点的点数单{id}：{counted}。",
        "{listed}：以上录自第{count}次清点的点数单{id}，合计写作{total}。",
        "第{count}次清点已签收点数单{id}，{counted}，总计{total}件。",
        "点数单{id}记有{total}件，按项为{listed}，归入第{count}次清点。",
    ),
    heads=(
        "第{count}次清点的点数单{id}",
        "点数单{id}（第{count}次清点）",
        "点数单{id}，第{count}次清点",
    ),
    totals=("合计", "总计", "共计"),
    pieces="件数",
    colon="：",
    question="各文档中散布着第{count}次清点的点数单，也可能有其他各次清点的点数单；每张列出若干数目及其合计。"
    "第{count}次清点的哪些点数单上写的合计不等于各数之和？",
    answer_format="每一项是一张点数单的编号，形如“T-0001”。",
    forbidden=("点数单",),
)
WORDS: Mapping[str, Words] = {"en": EN, "zh": ZH}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A tally sheet."""

    id: str
    count: int
    """The count that it belongs to."""
    figures: tuple[int, ...]
    total: int
    """As stated."""


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Sheets in documents, a few of them with a wrong total."""
    rng, words = work.rng, WORDS[config.language]
    most = min(MOST, int(work.ctx * 0.75) // SHEET_COST)
    errors = min(rng.randint(*config.errors), max(1, most // SCARCE))
    n = min(most, max(errors * SCARCE, rng.randint(most // 2, most)))
    if n < 6:
        raise Refused("too little room for tally sheets")
    count = rng.randrange(*NUMBERS)
    other = like_number(count, rng)
    others = 0 if config.level == "easy" else n // OTHERS
    # The count that is asked for: wrong, right; the other one: wrong, right.
    kinds = [(count, True)] * errors + [(count, False)] * (n - errors - others)
    kinds += [(other, k < min(errors, others // 2)) for k in range(others)]
    sheets = [
        _sheet(f"T-{id}", number, wrong, FIGURES[config.level], rng)
        for id, (number, wrong) in zip(rng.sample(range(1000, 10_000), n), kinds, strict=True)
    ]
    notes = [Note(_written(sheet, words, rng), k < errors) for k, sheet in enumerate(sheets)]
    blocks = scatter_between_lines(work, notes, without=words.forbidden, share=Share(3, 4))
    question = ask(
        LIST,
        config,
        words.question.format(count=count),
        words.answer_format,
        ("T-0001", "T-0002"),
    )
    gold = sorted(sheet.id for sheet in sheets[:errors])
    return compose(work, config, question, blocks, gold, forbidden=words.forbidden)


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


def _written(sheet: Sheet, words: Words, rng: random.Random) -> str:
    """A sheet as a sentence, as lines, or as a table that goes down or across."""
    fitting = [kind for kind, names in words.labels.items() if len(names) >= len(sheet.figures)]
    kind = rng.choice(fitting)
    names = words.labels[kind]
    chosen = sorted(rng.sample(range(len(names)), len(sheet.figures)))
    rows = [(names[k], figure) for k, figure in zip(chosen, sheet.figures, strict=True)]
    named = {"id": sheet.id, "count": sheet.count, "total": sheet.total}
    if rng.random() < 0.6:
        listed, counted = (
            words.gap.join(form.format(label=label, figure=figure) for label, figure in rows)
            for form in (words.listed, words.counted)
        )
        text = rng.choice(words.sentences).format(listed=listed, counted=counted, **named)
        return text[0].upper() + text[1:]
    head = rng.choice(words.heads).format(**named)
    rows.insert(rng.choice((0, len(rows))), (rng.choice(words.totals), sheet.total))
    layout = rng.choice(("lines", "down", "across"))
    if layout == "lines":
        return "\n".join([head, *(f"{label}{words.colon}{figure}" for label, figure in rows)])
    cells = [(kind, words.pieces), *((label, str(figure)) for label, figure in rows)]
    grid = cells if layout == "down" else list(zip(*cells, strict=True))
    ruled = [grid[0], ("---",) * len(grid[0]), *grid[1:]]
    return "\n".join([head, *("| " + " | ".join(row) + " |" for row in ruled)])


# --- the independent solver ---------------------------------------------------------------

_ASKED = re.compile(r"On which tally sheets of count (\d+) is the stated|第(\d+)次清点的哪些点数单")
_COUNT = re.compile(r"\b[Cc]ount (\d+)|第(\d+)次")
_ID = re.compile(r"T-\d{4}")


def solve(question: str, prompt: str) -> tuple[str, ...] | None:
    """Wherever the total stands, it is the largest number of a sheet: twice that is all of them."""
    asked = _ASKED.search(question)
    if not asked:
        return None
    found = []
    for text in reading.documents(prompt).values():
        for paragraph in text.split("\n\n"):
            ids, count = _ID.findall(paragraph), _COUNT.search(paragraph)
            if len(ids) != 1 or not count or (count[1] or count[2]) != (asked[1] or asked[2]):
                continue
            rest = _COUNT.sub("", _ID.sub("", paragraph))
            numbers = [int(number) for number in re.findall(r"\d+", rest)]
            if numbers and 2 * max(numbers) != sum(numbers):
                found.append(ids[0])
    return tuple(sorted(found)) or None


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="prose of some length, to plant tally sheets in",
    serves=takes_notes,
    least=ENOUGH,
)
