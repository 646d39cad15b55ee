"""`golong-data stats`: a data set in figures."""

from __future__ import annotations

from pathlib import Path

import click

from golong_data.cli.params import examples, json_option, print_json, rows_argument


@click.command(
    epilog=examples("golong-data stats out/numeric-64k", "golong-data stats out/numeric-64k --json")
)
@rows_argument
@json_option
def stats(source: Path, as_json: bool) -> None:
    """Lengths, tasks, evidence depth, answers and drops of a data set.

    DIR is a folder that `golong-data build` has written or any folder of such rows, FILE a
    file of them (.parquet, .jsonl, .ndjson, .json).
    """
    from golong_data.quality.stats import stats as compute

    found = compute(source)
    if as_json:
        print_json(found)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    console.print(
        f"{found['rows']:,} rows, {found['tokens']:,} tokens, "
        f"{found['characters'] / 1e6:,.1f} million characters, {found['dropped']} rows dropped"
    )
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column("task", no_wrap=True)
    for name in ("rows", "shortest", "median", "longest", "least full", "evidence", "changed"):
        table.add_column(name, justify="right")
    for row in found["tasks"]:
        table.add_row(
            Text(row["task"]),
            *(f"{row[key]:,}" for key in ("rows", "shortest", "median", "longest")),
            f"{100 * row['least_fill']:.2f} %",
            f"{row['evidence_pieces']}",
            f"{100 * row['share_with_changed_values']:.0f} %",
        )
    console.print(table)
    console.print("\n[bold]documents with evidence by depth of the context[/bold]")
    most = max(*found["evidence_depth"], 1)
    for i, n in enumerate(found["evidence_depth"]):
        bar = "█" * round(40 * n / most)
        console.print(f"  {i * 10:>3}-{i * 10 + 10:>3} %  {bar} {n:,.0f}")
    answers = found["answers"]
    share = 100 * answers["commonest_rows"] / max(found["rows"], 1)
    console.print(
        Text(
            f"\n{answers['different']:,} different answers; the commonest, "
            f"{answers['commonest']!r}, has {share:.1f} % of the rows"
        )
    )
    if found["refused_draws"]:
        console.print(f"\n[bold]refused draws[/bold] ({100 * found['refused_share']:.1f} % of all)")
        for reason, n in found["refused_draws"].items():
            console.print(Text(f"  {n:>6,}  {reason}"))
