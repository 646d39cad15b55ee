"""What policies earn, and what can be learned, per generator of many data sets: a Markdown table.

    python benchmarks/audit_table.py --title after                      # all built-in recipes
    python benchmarks/audit_table.py --title before built/*/            # folders of rows
    python benchmarks/audit_table.py --rows 40 --ctx 4k numeric         # a quick look

Each target is a folder of rows or a recipe, whose rows are made on the spot. The table of a
title replaces that of the same title in benchmarks/audit.md; others stay as they are. A
generator is in bold where one of its figures passes its ceiling. About half a minute for 300
rows of 8k on one core.
"""

from __future__ import annotations

import dataclasses
import json
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from _common import arguments, markdown

from golong_data.making.sample import open_maker
from golong_data.quality.adversary import LEARNERS, Learned
from golong_data.quality.audit import TOTAL, Audit, Cell, audit, named
from golong_data.quality.coverage import Coverage
from golong_data.quality.originals import Originals, originals_of
from golong_data.quality.samples import made_rows, stored_rows
from golong_data.recipes import load_recipe, override, recipe_names

PAGE = Path(__file__).with_name("audit.md")
WORST = 4
HEAD = (
    "# Audit per generator\n\n"
    "What policies earn that do not do the task, and what two adversaries gain that never see a "
    "question: mean reward, with the ceiling behind it. Written by "
    "`python benchmarks/audit_table.py`; what the columns mean stands in docs/metrics.md.\n"
)
COLUMNS = (
    *("generator", "rows", "candidates a row", "found", "gold among them", "gold paid", "slips"),
    *(f"learned: {name}" for name in LEARNERS),
    "worst policies",
)


def found_in(target: str, rows: int, ctx: str) -> Audit:
    """The audit of a folder or of a recipe."""
    path = Path(target)
    if path.exists() and path.suffix != ".yaml":
        placed, originals = stored_rows(path, rows), originals_of(path)
    else:
        maker = open_maker(override(load_recipe(target), ctx=ctx))
        placed, originals = made_rows(maker, rows, lambda *_: None), Originals(maker.corpus)
    return audit([row for _, row in placed], originals=originals)


def line(found: Audit, covered: Coverage) -> list[str]:
    """The row of one generator."""
    column = (covered.task, covered.subtask, covered.metric)
    cells = [cell for cell in found.cells if cell.column == column]
    paid = {c.name: f"{c.mean:.3f}" for c in found.controls if c.column == column}
    learned = {g.learner: g for g in found.learned if (g.task, g.subtask, g.metric) == column}
    bad = covered.short or any(c.over for c in cells) or any(g.over for g in learned.values())
    name = named(covered.task, covered.subtask)
    return [
        f"**{name}**" if bad else name,
        str(covered.n),
        f"{covered.mean:,.0f}",
        f"{covered.found:.0%}",
        f"{covered.gold:.0%}" + ("*" if covered.reason else ""),
        paid.get("gold", ""),
        paid.get("gold, slips of form", ""),
        *(gain(found) for found in map(learned.get, LEARNERS) if found is not None),
        "; ".join(
            f"{c.policy} {c.mean:.3f}{'!' if c.over else ''} ({c.ceiling:.2f})"
            for c in worst(cells)
        ),
    ]


def gain(found: Learned) -> str:
    """What was gained, or why there is no figure."""
    if found.note:
        return found.note.split(":")[0]
    return f"{found.gain:+.3f}{'!' if found.over else ''} ± {found.error:.3f} ({found.ceiling:.2f})"


def worst(cells: Sequence[Cell]) -> list[Cell]:
    """Those furthest above their ceiling, or nearest to it."""
    ranked = sorted(cells, key=lambda c: c.limit - c.mean)
    return [cell for cell in ranked if cell.mean > 0][:WORST]


def section(title: str, tables: Sequence[str]) -> str:
    """The tables of a title, between marks by which they are found again."""
    body = "\n\n".join(tables)
    return f"<!-- table: {title} -->\n## {title.capitalize()}\n\n{body}\n<!-- end: {title} -->\n"


def written(page: str, title: str, made: str) -> str:
    """The page with the section of a title replaced, or put behind all others."""
    mark = re.escape(title)
    old = re.compile(rf"<!-- table: {mark} -->.*?<!-- end: {mark} -->\n", re.DOTALL)
    if old.search(page):
        return old.sub(lambda _: made, page)
    return f"{page}\n{made}"


def main() -> None:
    """Audits every target and writes the page."""
    parser = arguments(__doc__ or "")
    parser.add_argument("targets", nargs="*", help="folders or recipes; default: all recipes")
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--ctx", default="8k", help="length of the rows of recipes")
    parser.add_argument("--title", default="now")
    parser.add_argument("--out", type=Path, default=PAGE)
    options = parser.parse_args()
    tables: list[str] = []
    figures: dict[str, dict[str, object]] = {}
    for target in options.targets or recipe_names():
        start = time.process_time()
        found = found_in(target, options.rows, options.ctx)
        seconds = time.process_time() - start
        lines = [line(found, covered) for covered in found.coverage]
        name = Path(target.rstrip("/")).name
        said = f"{found.rows} rows, {seconds:.0f} s of one core."
        for gained in found.learned:
            if gained.subtask == TOTAL and not gained.note:
                said += f" {gained.learner.capitalize()} over all of it: {gain(gained)}."
        tables.append(f"### {name}\n\n{said}\n\n{markdown(COLUMNS, lines)}")
        figures[name] = {"coverage": [dataclasses.asdict(c) for c in found.coverage]}
        figures[name] |= {"learned": [dataclasses.asdict(g) for g in found.learned]}
        figures[name] |= {"cells": [_figures(c) for c in found.cells], "seconds": seconds}
        sys.stderr.write(f"{name}: {said}\n")
        page = options.out.read_text(encoding="utf-8") if options.out.exists() else HEAD
        made = section(options.title, tables)
        options.out.write_text(written(page, options.title, made), encoding="utf-8")

    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def _figures(cell: Cell) -> dict[str, object]:
    """A cell without its example."""
    return {key: value for key, value in dataclasses.asdict(cell).items() if key != "example"}


if __name__ == "__main__":
    main()
