"""`golong-data audit`: what cheating policies earn."""

from __future__ import annotations

import dataclasses
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from golong_data.cli.params import (
    Progress,
    examples,
    json_option,
    print_json,
    progress_bar,
    target_argument,
)
from golong_data.errors import UserError
from golong_data.types import Recipe

if TYPE_CHECKING:
    from golong_data.quality.audit import Audit, Cell, Control
    from golong_data.rows.formats import Placed

RECIPE_ROWS = 40
STORED_ROWS = 400
TASKS_A_TABLE = 4
WIDTH = 12


@click.command(
    epilog=examples(
        "golong-data audit out/numeric-64k",
        "golong-data audit numeric --ctx 8k --rows 100 --html audit.html",
        "golong-data audit published/train.parquet --profile golong",
    )
)
@target_argument
@click.option(
    "--rows",
    type=click.IntRange(1),
    help=f"How many rows; default {STORED_ROWS} spread over a data set, {RECIPE_ROWS} of a recipe.",
)
@click.option("--profile", help="Score all rows under this profile: strict or golong.")
@click.option("--ctx", help="Length, where a recipe is audited.")
@click.option("--corpus", multiple=True, help="Corpus, where a recipe is audited.")
@click.option(
    "--html", "page_path", type=click.Path(path_type=Path), help="Write a page with examples."
)
@json_option
def audit(
    target: Path | Recipe,
    rows: int | None,
    profile: str | None,
    ctx: str | None,
    corpus: tuple[str, ...],
    page_path: Path | None,
    as_json: bool,
) -> None:
    """Plays cheating policies against rewards; exit code 1 where one earns too much.

    Policies that do not do the task (list every candidate, echo the context, guess the most
    common answer, ...) answer every row, and their mean reward is held against a ceiling.
    The right answer stands beside them as a control.

    DIR is a folder that `golong-data build` has written or any folder of rows, FILE a file of
    rows (.parquet, .jsonl, .ndjson, .json), in our form or in the published GoLongRL form;
    published rows are scored under "golong" unless --profile says otherwise. RECIPE is a
    built-in recipe by name or a YAML file, whose rows are made on the spot.
    """
    from golong_data.metrics import PROFILES
    from golong_data.quality.audit import audit as run

    if profile is not None and profile not in PROFILES:
        raise UserError(
            f'there is no profile "{profile}".',
            where="--profile",
            remedy=f"Known: {', '.join(PROFILES)}.",
        )
    name = target.name if isinstance(target, Recipe) else str(target)
    with progress_bar() as progress:
        placed = _rows(target, rows, ctx, corpus, progress)
        if not placed:
            raise UserError(
                "the recipe gave no row to audit.", where=name, remedy="Try a longer --ctx."
            )
        places, played = zip(*placed, strict=True)
        found = run(played, profile=profile, progress=progress, places=places)
    if page_path is not None:
        from golong_data.quality.page import page

        page_path.write_text(page(found, name), encoding="utf-8")
    if as_json:
        print_json(_as_data(found))
    else:
        _print(found)
        if page_path is not None:
            click.echo(str(page_path))
    sys.exit(0 if found.passed else 1)


def _rows(
    target: Path | Recipe,
    rows: int | None,
    ctx: str | None,
    corpus: tuple[str, ...],
    progress: Progress,
) -> list[Placed]:
    from golong_data.quality.samples import made_rows, stored_rows

    if isinstance(target, Path):
        return stored_rows(target, rows or STORED_ROWS)
    from golong_data.making.sample import open_maker
    from golong_data.recipes import override

    recipe = override(target, ctx=ctx, corpus=list(corpus) or None)
    return made_rows(open_maker(recipe, progress=progress), rows or RECIPE_ROWS, progress)


def _as_data(found: Audit) -> dict[str, Any]:
    return {
        "passed": found.passed,
        "profile": found.profile,
        "rows": found.rows,
        "cells": [{**dataclasses.asdict(cell), "over": cell.over} for cell in found.cells],
        "controls": [{**dataclasses.asdict(c), "short": c.short} for c in found.controls],
    }


# --- the table ------------------------------------------------------------------------------


def _print(found: Audit) -> None:
    """Policies down, tasks across, a few at a time so that 80 columns are enough."""
    from rich.console import Console

    console = Console(highlight=False)
    console.print(f"{found.rows:,} rows under the profile {found.profile}\n")
    tasks = found.columns
    for start in range(0, len(tasks), TASKS_A_TABLE):
        console.print(_table(found, tasks[start : start + TASKS_A_TABLE]))
        console.print()
    for cell in found.over:
        click.echo(
            f"! {cell.task}: {cell.policy} earns {cell.mean:.3f} over {cell.n:,} rows; "
            f"the ceiling is {cell.ceiling:.3g}"
        )
    for control in found.controls:
        if control.short:
            click.echo(f"! {control.task}: the gold earns {control.mean:.3f}, not 1")
    if found.passed:
        click.echo("no ceiling is passed")
    if any(_lucky(cell) for cell in found.cells):
        click.echo("~ above its ceiling by no more than luck on so few rows")


def _table(found: Audit, tasks: list[tuple[str, str]]) -> Any:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("policy", no_wrap=True)
    for task, metric in tasks:
        title = "\n".join([*_wrapped(task), metric])
        table.add_column(Text(title), justify="right", min_width=WIDTH, vertical="bottom")
    controls = {(c.name, c.task, c.metric): c for c in found.controls}
    for name in dict.fromkeys(c.name for c in found.controls):
        cells = [_control_text(controls.get((name, *task))) for task in tasks]
        table.add_row(Text(name, style="cyan"), *(Text(t, style=s) for t, s in cells))
    table.add_row()
    played = {(c.policy, c.task, c.metric): c for c in found.cells}
    for name in found.policies:
        mine = [played.get((name, *task)) for task in tasks]
        if any(mine):
            texts = [
                _cell_text(cell, found.usual_ceiling(task))
                for cell, task in zip(mine, tasks, strict=True)
            ]
            table.add_row(name, *(Text(t, style=s) for t, s in texts))
    table.add_row()
    ceilings = (Text(f"{found.usual_ceiling(task):.2f} ", style="dim") for task in tasks)
    table.add_row(Text("ceiling", style="dim"), *ceilings)
    return table


def _wrapped(task: str) -> list[str]:
    """A task's name in lines that fit its column, broken behind underscores where it can be."""
    # Text is wrapped behind hyphens: for that the two change places.
    swap = str.maketrans("_-", "-\x00")
    lines = textwrap.wrap(task.translate(swap), WIDTH)
    return [line.replace("-", "_").replace("\x00", "-") for line in lines]


def _control_text(control: Control | None) -> tuple[str, str]:
    if control is None:
        return "· ", "dim"
    return (f"{control.mean:.3f}!", "bold red") if control.short else (f"{control.mean:.3f} ", "")


def _cell_text(cell: Cell | None, ceiling: float) -> tuple[str, str]:
    """What stands in a cell, and how; a ceiling of its own stands in brackets."""
    if cell is None:
        return "· ", "dim"
    own = (
        f"({cell.ceiling:.2f})".replace("(0", "(") if cell.mean and cell.ceiling != ceiling else ""
    )
    if cell.over:
        return f"{cell.mean:.3f}{own}!", "bold red"
    if _lucky(cell):
        return f"{cell.mean:.3f}{own}~", "yellow"
    return f"{cell.mean:.3f}{own} ", "dim" if cell.mean == 0 else ""


def _lucky(cell: Cell) -> bool:
    return not cell.over and cell.mean > cell.ceiling
