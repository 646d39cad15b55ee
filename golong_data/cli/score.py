"""`golong-data score`: what predictions earn."""

from __future__ import annotations

from pathlib import Path

import click

from golong_data.cli.params import examples, json_option, print_json, progress_bar


@click.command(
    epilog=examples(
        "golong-data score predictions.jsonl --data out/numeric-64k",
        "golong-data score predictions.jsonl --data out/numeric-64k --json > scores.json",
    )
)
@click.argument("predictions", type=click.Path(path_type=Path))
@click.option(
    "--data", "folder", required=True, type=click.Path(path_type=Path), help="The data set."
)
@json_option
def score(predictions: Path, folder: Path, as_json: bool) -> None:
    """Scores completions with each row's own metric.

    PREDICTIONS holds one JSON object a line: {"id": "...", "completion": "..."}; several
    lines (or a list of completions) for one id are averaged. Rows without a prediction
    count as 0.
    """
    from golong_data.quality.scoring import read_predictions, score_predictions

    found = read_predictions(predictions)
    with progress_bar() as progress:
        result = score_predictions(found, folder, progress)
    if as_json:
        print_json(result)
        return
    click.echo(f"{'task':<28} {'rows':>8} {'score':>8}")
    for name, entry in result["tasks"].items():
        click.echo(f"{name:<28} {entry['rows']:>8,} {entry['score']:>8.4f}")
    click.echo(f"{'all':<28} {result['rows']:>8,} {result['score']:>8.4f}")
    missing = result["rows"] - result["predicted"]
    if missing:
        click.echo(f"{missing:,} rows have no prediction and count as 0", err=True)
