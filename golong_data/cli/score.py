"""`golong-data score`: what predictions earn."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from golong_data.cli.params import Rows, examples, json_option, print_json, progress_bar


@click.command(
    epilog=examples(
        "golong-data score predictions.jsonl --data out/numeric-64k",
        "golong-data score predictions.jsonl --data out/numeric-64k --json > scores.json",
    )
)
@click.argument("predictions", type=click.Path(path_type=Path))
@click.option(
    "--data",
    "source",
    required=True,
    type=Rows(),
    help="The rows: a folder that was built or any folder of rows, or a .parquet, .jsonl, "
    ".ndjson or .json file.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 1024),
    default=None,
    help="Processes at most; default: the cores.",
)
@json_option
def score(predictions: Path, source: Path, workers: int | None, as_json: bool) -> None:
    """Scores completions with each row's own metric.

    PREDICTIONS holds one JSON object a line: {"id": "...", "completion": "..."}; several
    lines (or a list of completions) for one id are averaged, and pass@k and best of k are
    given as well. Rows without a prediction count as 0. Intervals are 95 % bootstrap
    intervals over rows.
    """
    from golong_data.quality.scoring import read_predictions, score_predictions

    found = read_predictions(predictions)
    with progress_bar() as progress:
        result = score_predictions(found, source, progress, workers=workers or os.cpu_count() or 1)
    if as_json:
        print_json(result)
        return
    click.echo(f"{'task':<28} {'rows':>8} {'score':>8}   95 % interval")
    for name, entry in result["tasks"].items():
        click.echo(_line(name, entry))
    click.echo(_line("all", result))
    click.echo("\nlength, up to")
    for name, entry in result["lengths"].items():
        click.echo(_line(name, entry))
    for title, key in (("pass at", "pass_at"), ("best of", "best_of")):
        if key in result:
            click.echo(f"\n{title}")
            for k, entry in result[key].items():
                click.echo(_line(k, entry))
    missing = result["rows"] - result["predicted"]
    if missing:
        click.echo(f"{missing:,} rows have no prediction and count as 0", err=True)
    if result["unverified"]:
        click.echo(
            f"{result['unverified']:,} of {result['completions']:,} completions could not be "
            "verified and count as 0",
            err=True,
        )


def _line(name: str, entry: dict[str, Any]) -> str:
    low, high = entry["interval"]
    return f"{name:<28} {entry['rows']:>8,} {entry['score']:>8.4f}   {low:.4f} - {high:.4f}"
