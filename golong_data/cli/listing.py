"""`golong-data list`: what there is to build with."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable, Mapping
from typing import Any

import click

from golong_data.cli.params import examples, json_option, print_json, progress_bar
from golong_data.errors import UserError

Row = dict[str, Any]


def _tasks() -> list[Row]:
    from golong_data.tasks import TASKS, get_task
    from golong_data.tasks.generators import spoken

    found = [get_task(name) for name in TASKS]
    return [
        {
            "name": t.name,
            "capability": t.capability,
            "metric": t.metric,
            "summary": t.summary,
            "needs": t.needs,
            "generators": {
                name: {"needs": g.needs, "languages": list(spoken(g))}
                for name, g in t.generators.items()
            },
        }
        for t in found
    ]


def _served(corpus: tuple[str, ...], tokenizer: str) -> list[Row]:
    """The tasks, each generator with how many documents of the corpus serve it."""
    from golong_data.corpus import open_corpus
    from golong_data.tasks import get_task
    from golong_data.tasks.generators import serving
    from golong_data.tokens import get_tokenizer

    with progress_bar() as progress:
        opened = open_corpus(corpus, tokenizer=get_tokenizer(tokenizer), progress=progress)
    rows = _tasks()
    for row in rows:
        generators = get_task(row["name"]).generators
        for name, entry in row["generators"].items():
            generator = generators[name]
            entry["documents"] = len(serving(opened, generator, most=len(opened)))
            entry["of"] = len(opened)
            entry["least"] = generator.least
            entry["served"] = entry["documents"] >= generator.least
        row["served"] = any(entry["served"] for entry in row["generators"].values())
    return rows


def _recipes() -> list[Row]:
    from golong_data.recipes import load_recipe, recipe_names
    from golong_data.tokens import format_size

    found = [load_recipe(name) for name in recipe_names()]
    return [
        {
            "name": r.name,
            "task": r.task,
            "ctx": format_size(r.ctx),
            "size": r.size,
            "corpus": ", ".join(r.corpus),
            "tokenizer": r.tokenizer,
        }
        for r in found
    ]


def _metrics() -> list[Row]:
    from golong_data.metrics import METRICS

    rows = []
    for name, metric in METRICS.items():
        lines = (metric.__doc__ or "").strip().splitlines()
        rows.append({"name": name, "summary": lines[0] if lines else ""})
    return rows


def _corpora() -> list[Row]:
    from golong_data.corpus import list_corpora

    return list_corpora()


def _tokenizers() -> list[Row]:
    from golong_data.tokens import NAMED, tiktoken_names

    rows = [{"name": name, "kind": "built in"} for name in NAMED]
    rows += [{"name": name, "kind": "tiktoken"} for name in tiktoken_names()]
    return [*rows, {"name": "any Hugging Face id or folder", "kind": "transformers"}]


def _exporters() -> list[Row]:
    from golong_data.exporters import EXPORTERS, get_exporter

    found = {name: get_exporter(name).__doc__ or "" for name in EXPORTERS}
    return [{"name": name, "summary": doc.splitlines()[0]} for name, doc in found.items()]


KINDS: Mapping[str, Callable[[], list[Row]]] = {
    "tasks": _tasks,
    "recipes": _recipes,
    "metrics": _metrics,
    "corpora": _corpora,
    "tokenizers": _tokenizers,
    "exporters": _exporters,
}


@click.command(
    "list",
    epilog=examples(
        "golong-data list recipes",
        "golong-data list corpora --json",
        "golong-data list tasks --corpus factbook",
    ),
)
@click.argument("kind", type=click.Choice(list(KINDS)), default="recipes")
@click.option(
    "--corpus",
    multiple=True,
    metavar="NAME|PATH",
    help="With tasks: how many documents of this corpus serve each of them. May be repeated.",
)
@click.option(
    "--tokenizer", default="qwen3", show_default=True, help="Counts the corpus, if it is new."
)
@json_option
def listing(kind: str, corpus: tuple[str, ...], tokenizer: str, as_json: bool) -> None:
    """Lists tasks, recipes, metrics, corpora, tokenizers or exporters."""
    if corpus and kind != "tasks":
        raise UserError(
            f"--corpus says nothing about {kind}.",
            where="--corpus",
            remedy="Ask: golong-data list tasks --corpus NAME",
        )
    rows = _served(corpus, tokenizer) if corpus else KINDS[kind]()
    if as_json:
        print_json(rows)
        return
    for row in rows:
        _print(row)


def _print(row: Row) -> None:
    """An entry: its name, its figures on the same line, its sentences below."""
    width = min(100, shutil.get_terminal_size().columns)
    figures, sentences = [], []
    for key, value in row.items():
        if key == "generators":
            sentences += [_generator(name, entry) for name, entry in value.items()]
            continue
        text = _cell(value)
        if key == "name" or not text:
            continue
        label = key.replace("_", " ")
        if len(text) > 24:
            sentences.append(f"{label}: {text}" if key != "summary" else text)
        elif isinstance(value, int) and not isinstance(value, bool):
            figures.append(f"{text} {label}")
        else:
            figures.append(f"{label} {text}")
    click.echo(click.style(row["name"], bold=True) + ("  " if figures else "") + ", ".join(figures))
    for sentence in sentences:
        indent = "    "
        click.echo(
            textwrap.fill(sentence, width, initial_indent=indent, subsequent_indent=indent + "  ")
        )


def _generator(name: str, entry: Mapping[str, Any]) -> str:
    """A generator in one sentence: what it needs, and how much of that a corpus has."""
    if "documents" not in entry:
        asks = f"; asks in {', '.join(entry['languages'])}" if entry["languages"] else ""
        return f"{name} needs {entry['needs']}{asks}"
    short = "" if entry["served"] else f", {entry['least']:,} are needed"
    return f"{name}: {entry['documents']:,} of {entry['of']:,} documents ({entry['needs']}){short}"


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return "" if value is None else str(value)
