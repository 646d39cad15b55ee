"""An audit on the terminal: a block a generator, or the whole table of policies."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

    from golong_data.quality.audit import Audit, Cell, Column, Control
    from golong_data.quality.coverage import Coverage

COLUMNS_A_TABLE = 3
WIDTH = 12
WORST = 3
"""Policies of a block, where none passes its ceiling."""
MOST = 8
"""Policies of a block that pass it."""
VARIANTS = ("in a thought of ", "unevaluated ", "bundle ", "always ")
"""Starts of the names of policies that are one with variants."""


def show(found: Audit, *, whole: bool) -> None:
    """Prints an audit: what is wrong comes last."""
    from rich.console import Console

    from golong_data.quality.adversary import MISSING

    console = Console(highlight=False, soft_wrap=True)
    console.print(f"{found.rows:,} rows under the profile {found.profile}\n")
    if whole:
        for start in range(0, len(found.columns), COLUMNS_A_TABLE):
            console.print(_table(found, found.columns[start : start + COLUMNS_A_TABLE]))
            console.print()
    for column in found.columns:
        _block(console, found, column, brief=whole)
    _say_what_is_wrong(found, whole=whole)
    if any(learned.note == MISSING for learned in found.learned):
        click.echo(f"nothing was learned: {MISSING}")
    if found.passed:
        click.echo("no ceiling is passed")
    if any(_lucky(cell) for cell in found.cells):
        click.echo("~ above its ceiling by no more than luck on so few rows")


# --- a block a generator --------------------------------------------------------------------


def _block(console: Console, found: Audit, column: Column, *, brief: bool) -> None:
    """One generator: rows, candidates, controls, its worst policies, what was learned."""
    from golong_data.quality.audit import TOTAL, named

    task, subtask, metric = column
    total = subtask == TOTAL
    controls = {c.name: c for c in found.controls if c.column == column}
    cells = _worst([c for c in found.cells if c.column == column])
    if total and brief:
        return
    n = controls["gold"].n
    title = f"{named(task, subtask)}, all of it" if total else named(task, subtask)
    console.print(f"[bold]{title}[/bold]  {metric}, {n:,} rows")
    said = [f"{c.name.replace('gold, slips', 'slips')} {c.mean:.3f}" for c in controls.values()]
    console.print(f"  {', '.join(said)}", markup=False)
    for coverage in found.coverage:
        if (coverage.task, coverage.subtask, coverage.metric) == column:
            console.print(f"  {_covered(coverage)}", markup=False)
    for cell, alike in () if brief else cells:
        text, style = _cell_text(cell, cell.ceiling)
        others = f"  and {alike} like it" if alike else ""
        console.print(
            f"  {cell.policy:<42} {text}  ceiling {cell.ceiling:.2f}{others}",
            style=style or None,
            markup=False,
        )
    for learned in found.learned:
        if (learned.task, learned.subtask, learned.metric) == column:
            figure = (
                learned.note.split(":")[0]
                if learned.note
                else f"{learned.gain:+.3f}{'!' if learned.over else ' '} ± {learned.error:.3f}"
                f"  ceiling {learned.ceiling:.2f}"
            )
            console.print(
                f"  {'learned, ' + learned.learner:<42} {figure}",
                style="bold red" if learned.over else None,
                markup=False,
            )
    console.print()


def _worst(cells: list[Cell]) -> list[tuple[Cell, int]]:
    """The policies that pass their ceiling, else those that come nearest to it.

    Of policies that are variants of one, the worst, with the number of others.
    """
    ranked = sorted(cells, key=lambda c: (not c.over, c.limit - c.mean))
    over = [cell for cell in ranked if cell.over]
    variants: dict[str, list[Cell]] = {}
    for cell in over or [cell for cell in ranked if cell.mean > 0]:
        variants.setdefault(_variant(cell.policy), []).append(cell)
    worst = [(mine[0], len(mine) - 1) for mine in variants.values()]
    return worst[: MOST if over else WORST]


def _variant(policy: str) -> str:
    """What a policy is a variant of; else itself."""
    return next((start for start in VARIANTS if policy.startswith(start)), policy)


def _covered(coverage: Coverage) -> str:
    text = f"candidates in {coverage.found:.0%} of rows, {coverage.mean:,.0f} a row"
    text += f", the gold among them in {coverage.gold:.0%}"
    return text + (f" ({coverage.reason})" if coverage.reason else "")


def _say_what_is_wrong(found: Audit, *, whole: bool) -> None:
    """One line for each thing, or for the worst policy of each generator.

    Totals only where no generator of the task says it.
    """
    from golong_data.quality.audit import TOTAL, named

    said = {(c.task, c.policy) for c in found.over if c.subtask != TOTAL}
    over: dict[Column, list[Cell]] = {}
    for cell in found.over:
        if cell.subtask != TOTAL or (cell.task, cell.policy) not in said:
            over.setdefault(cell.column, []).append(cell)
    for cells in over.values():
        worst = max(cells, key=lambda cell: cell.mean - cell.limit)
        for cell in cells if whole else [worst]:
            more = "" if whole or len(cells) == 1 else f", and {len(cells) - 1} others pass theirs"
            click.echo(
                f"! {cell.name}: {cell.policy} earns {cell.mean:.3f} over {cell.n:,} rows; "
                f"the ceiling is {cell.ceiling:.3g}{more}"
            )
    for learned in found.leaks:
        click.echo(
            f"! {named(learned.task, learned.subtask)}: {learned.learner} gains "
            f"{learned.gain:.3f} above chance without the question; the ceiling is "
            f"{learned.ceiling:.3g}"
        )
    for coverage in found.uncovered:
        name = named(coverage.task, coverage.subtask)
        click.echo(f"! {name}: {_covered(coverage)}; it has to be 100%")
    for control in found.controls:
        if control.short and control.subtask != TOTAL:
            name = named(control.task, control.subtask)
            click.echo(f"! {name}: the gold earns {control.mean:.3f}, not 1")


# --- the whole table ------------------------------------------------------------------------


def _table(found: Audit, columns: list[Column]) -> Any:
    """Policies down, generators across, a few at a time so that 100 columns are enough."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("policy", no_wrap=True)
    for task, subtask, metric in columns:
        title = "\n".join([*_wrapped(task), *(_wrapped(subtask) if subtask else ()), metric])
        table.add_column(Text(title), justify="right", min_width=WIDTH, vertical="bottom")
    controls = {(c.name, c.column): c for c in found.controls}
    for name in dict.fromkeys(c.name for c in found.controls):
        cells = [_control_text(controls.get((name, column))) for column in columns]
        table.add_row(Text(name, style="cyan"), *(Text(t, style=s) for t, s in cells))
    table.add_row()
    played = {(c.policy, c.column): c for c in found.cells}
    for name in found.policies:
        mine = [played.get((name, column)) for column in columns]
        if any(mine):
            texts = [
                _cell_text(cell, found.usual_ceiling(column))
                for cell, column in zip(mine, columns, strict=True)
            ]
            table.add_row(name, *(Text(t, style=s) for t, s in texts))
    table.add_row()
    ceilings = (Text(f"{found.usual_ceiling(column):.2f} ", style="dim") for column in columns)
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
