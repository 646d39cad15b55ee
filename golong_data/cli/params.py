"""Parameter types, shared options and output helpers of the command line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from golong_data.errors import UserError
from golong_data.tokens import parse_size
from golong_data.types import Recipe

Progress = Callable[[str, int, int], None]


class Ctx(click.ParamType[int]):
    """A length in tokens: 64k, 128K, 1m, 65536."""

    name = "length"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        try:
            return parse_size(value)
        except UserError as error:
            self.fail(f"{error.what} {error.remedy}", param, ctx)


class Rows(click.ParamType[Path]):
    """A folder or file of rows."""

    name = "DIR|FILE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        from golong_data.rows.targets import rows_at

        return rows_at(str(value))


class RowsOrRecipe(click.ParamType["Path | Recipe"]):
    """A folder or file of rows, or a recipe to make them by, read."""

    name = "DIR|FILE|RECIPE"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path | Recipe:
        from golong_data.rows.targets import rows_or_recipe

        return rows_or_recipe(str(value))


rows_argument = click.argument("source", metavar=Rows.name, type=Rows())
target_argument = click.argument("target", metavar=RowsOrRecipe.name, type=RowsOrRecipe())
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")


def examples(*lines: str) -> str:
    """An epilog that shows commands as they are typed."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def print_json(data: Any) -> None:
    """One JSON document on stdout."""
    click.echo(json.dumps(data, indent=1, ensure_ascii=False))


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A callback (what, done, total) that draws a bar per `what` on stderr.

    Nothing is drawn where stderr is not a terminal.
    """
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.progress import (
        Progress as Bar,
    )

    console = Console(stderr=True)
    bar = Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )
    tasks: dict[str, Any] = {}

    def update(what: str, done: int, total: int) -> None:
        # Started by the first news, not before: the bar's thread forbids forking workers.
        bar.start()
        if what not in tasks:
            tasks[what] = bar.add_task(what, total=total or None)
        bar.update(tasks[what], completed=done, total=total or None)

    try:
        yield update
    finally:
        bar.stop()
