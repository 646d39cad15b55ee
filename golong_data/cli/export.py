"""`golong-data export`: rows in the form of a trainer."""

from __future__ import annotations

from pathlib import Path

import click

from golong_data.cli.params import (
    examples,
    json_option,
    print_json,
    progress_bar,
    rows_argument,
)


@click.command(
    epilog=examples(
        "golong-data export out/numeric-64k --to verl",
        "golong-data export out/numeric-64k --to verl --out /shared/run-1 --validation 0.05",
        "golong-data export golongrl-train.jsonl --to verl --out out/published-verl",
        "golong-data export out/numeric-64k --to jsonl --validation 0",
    )
)
@rows_argument
@click.option("--to", required=True, help="The format; see: golong-data list exporters.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder; default DIR-FORMAT.")
@click.option(
    "--validation",
    type=click.FloatRange(0, 1, max_open=True),
    default=0.02,
    show_default=True,
    help="Share of the rows that is held out, by a hash of their ids.",
)
@click.option("--overwrite", is_flag=True, help="Replace an export that is there.")
@json_option
def export(
    source: Path, to: str, out: Path | None, validation: float, overwrite: bool, as_json: bool
) -> None:
    """Writes the rows of a data set in the form that a trainer reads.

    DIR is a folder that `golong-data build` has written or any folder of rows, FILE a file of
    rows (.parquet, .jsonl, .ndjson, .json), in our form or in the published GoLongRL form.
    Every row is checked: one that could not be scored is named.

    With --to verl the new folder holds everything that a cluster needs: rows, reward function,
    the published hyperparameters with TMN-Reweight, and a launcher.
    """
    from golong_data.exporters import export as run_export

    named = source.resolve() if source.name in ("", "..") else source
    out = out or named.with_name(f"{named.name.removesuffix(named.suffix)}-{to}")
    with progress_bar() as progress:
        done = run_export(
            source, to, out, validation=validation, overwrite=overwrite, progress=progress
        )
    record = done.record
    if as_json:
        print_json({"out": str(done.out), **record})
        return
    splits = ", ".join(f"{n:,} to {name}" for name, n in record["splits"].items())
    click.echo(f"{record['rows']:,} rows: {splits}")
    if record["longest_prompt"]:
        click.echo(f"longest prompt: {record['longest_prompt']:,} tokens")
    if record["rows_without_length"]:
        click.echo(f"{record['rows_without_length']:,} rows do not state their length", err=True)
    click.echo(str(done.out))
