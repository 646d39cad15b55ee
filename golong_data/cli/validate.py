"""`golong-data validate`: the contract, no model."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from golong_data.cli.params import (
    examples,
    json_option,
    print_json,
    progress_bar,
    target_argument,
)
from golong_data.types import Recipe

RECIPE_ROWS = 40


@click.command(
    epilog=examples(
        "golong-data validate out/numeric-64k",
        "golong-data validate numeric --ctx 8k --rows 100",
        "golong-data validate my-recipe.yaml",
    )
)
@target_argument
@click.option(
    "--rows", type=click.IntRange(1), help="How many rows; default all, or 40 of a recipe."
)
@click.option("--ctx", help="Length, where a recipe is validated.")
@click.option("--corpus", multiple=True, help="Corpus, where a recipe is validated.")
@json_option
def validate(
    target: Path | Recipe,
    rows: int | None,
    ctx: str | None,
    corpus: tuple[str, ...],
    as_json: bool,
) -> None:
    """Checks that rows keep their promises; exit code 1 where one does not.

    DIR is a folder that `golong-data build` has written or any folder of such rows, FILE a
    file of them (.parquet, .jsonl, .ndjson, .json); RECIPE is a built-in recipe by name or a
    YAML file, whose rows are made on the spot.

    Per row: the gold scores 1, an independent solver finds it from the prompt, not without
    the evidence, evidence offsets slice, the length is exact. Over all rows: answers vary,
    evidence is spread over the depth, cheating policies stay under the task's ceiling.
    """
    with progress_bar() as progress:
        if isinstance(target, Recipe):
            from golong_data.making.sample import open_maker
            from golong_data.quality.validate import validate_recipe
            from golong_data.recipes import override

            recipe = override(target, ctx=ctx, corpus=list(corpus) or None)
            maker = open_maker(recipe, progress=progress)
            result = validate_recipe(maker, rows or RECIPE_ROWS, progress)
        else:
            from golong_data.quality.validate import validate_stored

            result = validate_stored(target, rows, progress)
    if as_json:
        print_json(
            {
                "valid": result.valid,
                "rows": result.rows,
                "findings": [
                    {"row": f.row, "check": f.check, "message": f.message} for f in result.findings
                ],
            }
        )
    else:
        for finding in result.findings[:50]:
            click.echo(f"{finding.row or 'all rows'}: {finding.check}: {finding.message}")
        counts = Counter(finding.check for finding in result.findings)
        if result.valid:
            click.echo(f"valid: {result.rows:,} rows keep every promise")
        else:
            listed = ", ".join(f"{name} ({n})" for name, n in counts.most_common())
            click.echo(
                f"not valid: {result.rows:,} rows, {len(result.findings)} findings: {listed}"
            )
    sys.exit(0 if result.valid else 1)
