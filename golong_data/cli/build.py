"""`golong-data build`: rows from a recipe."""

from __future__ import annotations

import os
from pathlib import Path

import click

from golong_data.cli.params import Ctx, examples, json_option, print_json, progress_bar


@click.command(
    epilog=examples(
        "golong-data build --task numeric --ctx 64k",
        "golong-data build --task numeric --ctx 128k --size 1000 --workers 8",
        "golong-data build --task numeric --ctx 32k --corpus ./my-documents",
        "golong-data build --recipe my-recipe.yaml --out out/mine",
        "golong-data build --task numeric --ctx 64k --resume      # after a kill",
    )
)
@click.option("--task", help="A built-in recipe by name; see: golong-data list recipes.")
@click.option("--recipe", "recipe_name", help="A recipe file, or a built-in recipe by name.")
@click.option("--ctx", type=Ctx(), help="Length of every prompt in tokens: 64k, 128K, 1m, 65536.")
@click.option("--size", type=int, help="Number of rows.")
@click.option("--seed", type=int, help="Another seed gives other rows throughout.")
@click.option(
    "--corpus",
    multiple=True,
    help="Where documents come from: a name (golong-data list corpora), a file or folder, or "
    "hf:ID. May be given more than once.",
)
@click.option("--where", help='Keep only documents that match, e.g. "n_tokens > 2000".')
@click.option("--tokenizer", help="qwen3, a tiktoken encoding, or a Hugging Face id or folder.")
@click.option(
    "--workers", type=click.IntRange(1, 1024), default=None, help="Processes; default: the cores."
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder; default out/RECIPE-CTX.")
@click.option("--resume", is_flag=True, help="Go on with a build; intact shards are kept.")
@click.option("--overwrite", is_flag=True, help="Replace a build that is there.")
@json_option
def build(
    task: str | None,
    recipe_name: str | None,
    ctx: int | None,
    size: int | None,
    seed: int | None,
    corpus: tuple[str, ...],
    where: str | None,
    tokenizer: str | None,
    workers: int | None,
    out: Path | None,
    resume: bool,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Builds rows of a task at an exact length.

    Every prompt has at most --ctx tokens and at least 98 % of them, counted with the real
    tokenizer and its chat template. The same command gives the same bytes, with any number
    of workers.
    """
    from golong_data.errors import UserError
    from golong_data.making.run import build as run_build
    from golong_data.making.run import default_out
    from golong_data.recipes import load_recipe, override

    if bool(task) == bool(recipe_name):
        raise UserError(
            "name what to build by --task or by --recipe, one of them.",
            where="command line",
            remedy="For example: golong-data build --task numeric --ctx 64k",
        )
    recipe = override(
        load_recipe(task or recipe_name or ""),
        ctx=ctx,
        size=size,
        seed=seed,
        corpus=list(corpus) or None,
        where=where,
        tokenizer=tokenizer,
    )
    out = out or default_out(recipe)
    with progress_bar() as progress:
        report = run_build(
            recipe,
            out,
            workers=workers or os.cpu_count() or 1,
            resume=resume,
            overwrite=overwrite,
            progress=progress,
        )
    if as_json:
        print_json(
            {
                "out": str(report.out),
                "rows": report.rows,
                "dropped": report.dropped,
                "tokens": report.tokens,
                "shards": report.shards,
                "kept_shards": report.kept_shards,
                "counts": report.manifest["counts"],
            }
        )
        return
    mean = report.tokens // max(report.rows, 1)
    click.echo(
        f"{report.rows:,} rows, {report.tokens:,} tokens (mean {mean:,} of {recipe.ctx:,}), "
        f"{report.shards} shard{'s' if report.shards != 1 else ''}"
        + (f", {report.kept_shards} kept" if report.kept_shards else "")
        + (f", {report.dropped} rows dropped (see dropped.jsonl)" if report.dropped else "")
    )
    click.echo(str(report.out))
