"""`golong-data ingest`: documents in, a named corpus store out."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import click

from golong_data.cli.params import examples, json_option, print_json, progress_bar

if TYPE_CHECKING:
    from golong_data.corpus import IngestReport


class _Threshold(click.ParamType):  # type: ignore[type-arg,unused-ignore]  # generic since 8.4
    """A number above 0 and up to 1, or "none"."""

    name = "number|none"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float | None:
        if value is None or str(value).lower() in ("none", "off"):
            return None
        try:
            return float(str(value))
        except ValueError:
            self.fail(f'"{value}" is neither a number nor "none"', param, ctx)


@click.command(
    epilog=examples(
        "golong-data ingest ./filings --name filings",
        "golong-data ingest notes.jsonl reports.parquet --name notes --text-field body",
        'golong-data ingest ./docs --name docs --where "n_tokens > 2000" --workers 4',
        "golong-data ingest hf:USER/NAME:train --name theirs --licence CC-BY-4.0",
        "golong-data ingest factbook stdlib --name mixed --near-duplicates none",
    )
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--name", required=True, help="Name under which the corpus is opened later.")
@click.option("--tokenizer", default="qwen3", show_default=True, help="Counts are made for it.")
@click.option("--where", default="", help="Keep only documents that match an expression.")
@click.option("--text-field", default="", help="Column or key that holds the text.")
@click.option("--title-field", default="", help="Column or key that holds the title.")
@click.option("--source", default="", help="Name of the collection.  [default: the corpus name]")
@click.option("--licence", default="", help="Licence of the documents, such as CC-BY-4.0.")
@click.option("--language", default="", help="Language of the documents, such as en or zh.")
@click.option(
    "--near-duplicates",
    type=_Threshold(),
    default="0.8",
    show_default=True,
    help='Jaccard overlap from which a document is dropped as a copy; "none" keeps them.',
)
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True)
@click.option("--overwrite", is_flag=True, help="Replace a corpus of this name.")
@json_option
def ingest(
    inputs: tuple[str, ...],
    name: str,
    tokenizer: str,
    where: str,
    text_field: str,
    title_field: str,
    source: str,
    licence: str,
    language: str,
    near_duplicates: float | None,
    workers: int,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Reads documents into a corpus store.

    INPUT is a file, a folder, a packaged corpus or hf:ID_OR_FOLDER[:SPLIT]. Readable are
    text, Markdown, reStructuredText, source code, JSONL, CSV, TSV, Parquet and xlsx.
    Documents are cleaned, exact and near duplicates dropped, and tokens counted.
    """
    from golong_data.corpus import ingest as run
    from golong_data.tokens import get_tokenizer

    with progress_bar() as progress:
        report = run(
            inputs,
            name=name,
            tokenizer=get_tokenizer(tokenizer),
            where=where,
            workers=workers,
            near_duplicates=near_duplicates,
            progress=progress,
            text_field=text_field,
            title_field=title_field,
            source=source,
            licence=licence,
            language=language,
            overwrite=overwrite,
        )
    if as_json:
        print_json(dataclasses.asdict(report))
    else:
        click.echo(_told(report))


def _told(report: IngestReport) -> str:
    dropped = ", ".join(f"{count} {reason}" for reason, count in report.dropped.items())
    state = " (there already, from the same input)" if report.reused else ""
    return "\n".join(
        [
            f"{report.name}{state}: {report.kept:,} of {report.read:,} documents, "
            f"{report.tokens:,} tokens, {report.megabytes:,.1f} MB",
            f"dropped: {dropped or 'none'}",
            f"fingerprint: {report.fingerprint}",
            report.path,
        ]
    )
