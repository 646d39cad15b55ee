"""`golong-data show`: one row as a person wants to read it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from golong_data.cli.params import examples, json_option, print_json, target_argument
from golong_data.types import Recipe

if TYPE_CHECKING:
    from rich.text import Text

AROUND = 240
"""Characters shown on either side of a piece of evidence."""


@click.command(
    epilog=examples(
        "golong-data show out/numeric-64k --index 3",
        "golong-data show numeric --ctx 8k --index 0        # made on the spot",
        "golong-data show out/numeric-64k --index 3 --full | less -R",
        "golong-data show published/train.jsonl --index 3",
    )
)
@target_argument
@click.option("--index", type=click.IntRange(0), default=0, show_default=True, help="Which row.")
@click.option("--ctx", help="Length, where a recipe is shown.")
@click.option("--seed", type=int, help="Seed, where a recipe is shown.")
@click.option("--corpus", multiple=True, help="Corpus, where a recipe is shown.")
@click.option("--full", is_flag=True, help="The whole prompt, not only around the evidence.")
@click.option("--color/--no-color", default=None, help="Default: colour on a terminal.")
@json_option
def show(
    target: Path | Recipe,
    index: int,
    ctx: str | None,
    seed: int | None,
    corpus: tuple[str, ...],
    full: bool,
    color: bool | None,
    as_json: bool,
) -> None:
    """Shows one row: its evidence marked in the text, question, gold answer, metric.

    DIR is a folder that `golong-data build` has written or any folder of rows, FILE a file of
    rows (.parquet, .jsonl, .ndjson, .json), in our form or in the published GoLongRL form.
    RECIPE is a built-in recipe by name or a YAML file; its row is made on the spot.
    """
    if isinstance(target, Recipe):
        where, row = _made(target, index, ctx, seed, corpus)
    else:
        from golong_data.rows.files import row_at

        where, row = row_at(target, index)
    if as_json:
        print_json(row)
        return
    from golong_data.golds import plain
    from golong_data.rows.canonical import canonical
    from golong_data.rows.files import naming

    with naming(where):
        known = canonical(row, index)
        known["extra_info"] = {**(plain(row.get("extra_info")) or {}), **known["extra_info"]}
        marked = known["extra_info"].get("evidence") or ()
        spans = [(int(piece["start"]), int(piece["end"])) for piece in marked]
    _print(known, spans, full, color)


def _made(
    recipe: Recipe, index: int, ctx: str | None, seed: int | None, corpus: tuple[str, ...]
) -> tuple[str, dict[str, Any]]:
    from golong_data.errors import UserError
    from golong_data.making.sample import make_sample, open_maker
    from golong_data.recipes import override
    from golong_data.rows.schema import to_row
    from golong_data.types import Refused

    recipe = override(recipe, ctx=ctx, seed=seed, corpus=list(corpus) or None, size=index + 1)
    try:
        sample = make_sample(open_maker(recipe), index)
        return sample.id, to_row(sample)
    except Refused as refusal:
        raise UserError(
            f"no draw gave a row at this index ({refusal}).",
            where=f"recipe {recipe.name}",
            remedy="Try another --index, a longer --ctx or another --corpus.",
        ) from None


def _print(
    row: dict[str, Any], spans: list[tuple[int, int]], full: bool, color: bool | None
) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from golong_data.rows.schema import gold_of, kind_of, prompt_of

    console = Console(
        force_terminal=color or None, no_color=color is False, highlight=False, soft_wrap=True
    )
    info, content = row["extra_info"], prompt_of(row)
    console.rule(Text(info["id"]), style="dim")
    last = 0
    for start, end in [(0, len(content))] if full else _excerpts(content, spans):
        if start > last:
            console.print(Text(f"\n… {start - last:,} characters …\n", style="dim"))
        console.print(_marked(content, start, end, spans, color=console.color_system is not None))
        last = end
    console.rule(style="dim")
    gold = gold_of(row)
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(style="bold")
    table.add_column(overflow="fold")
    facts = {
        "question": info.get("question"),
        "gold": gold if isinstance(gold, str) else "\n".join(gold),
        "metric": info["metric"] or info["reward_type"],
        "task": f"{kind_of(row)} ({info['difficulty'] or 'no level'})",
        "length": _length(info),
        "evidence": _depths(spans, len(content)),
    }
    if info.get("counterfactual") is not None:
        facts["changed"] = f"{info['counterfactual']} evidence values differ from the source"
    for name, value in facts.items():
        table.add_row(name, Text(str(value or "not stated")))
    console.print(table)


def _length(info: dict[str, Any]) -> str:
    if not info["n_tokens"]:
        return ""
    asked = f" of {info['ctx']:,}" if info.get("ctx") else ""
    named = f" {info['tokenizer']}" if info["tokenizer"] else ""
    return f"{info['n_tokens']:,}{asked}{named} tokens"


def _depths(spans: list[tuple[int, int]], length: int) -> str:
    if not spans:
        return "no piece is marked"
    depths = [f"{100 * a / max(length, 1):.0f} %" for a, _ in spans]
    more = " …" if len(depths) > 12 else ""
    return f"{len(spans)} pieces at {', '.join(depths[:12])}{more}"


def _marked(
    content: str, start: int, end: int, spans: list[tuple[int, int]], *, color: bool
) -> Text:
    """A stretch of the prompt with its evidence in colour, or between »« without."""
    from rich.text import Text

    text, last = Text(), start
    for a, b in spans:
        if a >= end or b <= start:
            continue
        text.append(content[last : max(a, start)])
        found = content[max(a, start) : min(b, end)]
        text.append(found if color else f"»{found}«", style="bold black on yellow")
        last = min(b, end)
    text.append(content[last:end])
    return text


def _excerpts(content: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges around the beginning, each piece of evidence, and the end, merged."""
    wanted = [(0, AROUND), (len(content) - 4 * AROUND, len(content))]
    wanted += [(a - AROUND, b + AROUND) for a, b in spans]
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(a, 0), min(b, len(content))) for a, b in wanted):
        if merged and start <= merged[-1][1] + 80:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
