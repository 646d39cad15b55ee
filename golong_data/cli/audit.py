"""`golong-data audit`: what cheating policies earn."""

from __future__ import annotations

import dataclasses
import sys
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
from golong_data.errors import UserError, did_you_mean
from golong_data.types import Recipe

if TYPE_CHECKING:
    from golong_data.quality.audit import Audit
    from golong_data.quality.originals import Originals
    from golong_data.rows.formats import Placed

RECIPE_ROWS = 40
STORED_ROWS = 400


@click.command(
    epilog=examples(
        "golong-data audit out/numeric-64k",
        "golong-data audit out/numeric-64k --all",
        "golong-data audit numeric --ctx 8k --rows 100 --html audit.html",
        "golong-data audit out/mine --policy 'best word overlap' --policy empty --no-learn",
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
@click.option("--policy", "chosen", multiple=True, help="Play this policy only; may be repeated.")
@click.option(
    "--learn/--no-learn", default=True, help="Teach the learned adversaries; on by default."
)
@click.option("--all", "whole", is_flag=True, help="Print what every policy earns.")
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
    chosen: tuple[str, ...],
    learn: bool,
    whole: bool,
    page_path: Path | None,
    as_json: bool,
) -> None:
    """Plays cheating policies against rewards; exit code 1 where one earns too much.

    Policies that do not do the task (list every candidate, echo the context, pick by a look
    at it, ...) answer every row, and so does what a generator says of lazy readers; per
    generator their mean reward is held against a ceiling. The right answer stands beside
    them as a control. Candidates have to be found in every row of our own generators. Two
    adversaries learn which candidates are right without seeing a question; what they gain
    above chance has a ceiling as well.

    DIR is a folder that `golong-data build` has written or any folder of rows, FILE a file of
    rows (.parquet, .jsonl, .ndjson, .json), in our form or in the published GoLongRL form;
    published rows are scored under "golong" unless --profile says otherwise. RECIPE is a
    built-in recipe by name or a YAML file, whose rows are made on the spot.
    """
    from golong_data.metrics import PROFILES
    from golong_data.quality.adversary import LEARNERS
    from golong_data.quality.audit import audit as run
    from golong_data.quality.policies import POLICIES

    if profile is not None and profile not in PROFILES:
        raise UserError(
            f'there is no profile "{profile}".',
            where="--profile",
            remedy=f"Known: {', '.join(PROFILES)}.",
        )
    for policy in chosen:
        if policy not in POLICIES:
            raise UserError(
                f'there is no policy "{policy}".',
                where="--policy",
                remedy=did_you_mean(policy, POLICIES),
            )
    name = target.name if isinstance(target, Recipe) else str(target)
    with progress_bar() as progress:
        placed, originals = _rows(target, rows, ctx, corpus, progress)
        if not placed:
            raise UserError(
                "the recipe gave no row to audit.", where=name, remedy="Try a longer --ctx."
            )
        places, played = zip(*placed, strict=True)
        found = run(
            played,
            profile=profile,
            policies={policy: POLICIES[policy] for policy in chosen} or None,
            learners=tuple(LEARNERS) if learn else (),
            originals=originals,
            progress=progress,
            places=places,
        )
    if page_path is not None:
        from golong_data.quality.page import page

        page_path.write_text(page(found, name), encoding="utf-8")
    if as_json:
        print_json(_as_data(found))
    else:
        from golong_data.cli.audit_table import show

        show(found, whole=whole)
        if page_path is not None:
            click.echo(str(page_path))
    sys.exit(0 if found.passed else 1)


def _rows(
    target: Path | Recipe,
    rows: int | None,
    ctx: str | None,
    corpus: tuple[str, ...],
    progress: Progress,
) -> tuple[list[Placed], Originals | None]:
    """The rows to play, and the corpus that they are from where it is at hand."""
    from golong_data.quality.originals import Originals, originals_of
    from golong_data.quality.samples import made_rows, stored_rows

    if isinstance(target, Path):
        return stored_rows(target, rows or STORED_ROWS), originals_of(target)
    from golong_data.making.sample import open_maker
    from golong_data.recipes import override

    recipe = override(target, ctx=ctx, corpus=list(corpus) or None)
    maker = open_maker(recipe, progress=progress)
    return made_rows(maker, rows or RECIPE_ROWS, progress), Originals(maker.corpus)


def _as_data(found: Audit) -> dict[str, Any]:
    return {
        "passed": found.passed,
        "profile": found.profile,
        "rows": found.rows,
        "coverage": [{**dataclasses.asdict(c), "short": c.short} for c in found.coverage],
        "learned": [
            {**dataclasses.asdict(c), "gain": c.gain, "over": c.over} for c in found.learned
        ],
        "cells": [{**dataclasses.asdict(cell), "over": cell.over} for cell in found.cells],
        "controls": [{**dataclasses.asdict(c), "short": c.short} for c in found.controls],
    }
