"""The contract on many rows and at great lengths: what CI checks on few rows at 4k and 32k.

For every recipe rows are made, solved from their prompt alone, and compared: whether solver and
gold agree, whether a question comes twice, how many draws were refused and why. With --full the
whole row contract runs (evidence blanked piece by piece, spans, the tokenizer's own count).
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from _common import Watch, arguments, finish, markdown

from golong_data.making.sample import Maker, open_maker
from golong_data.quality.contract import check_row
from golong_data.recipes import load_recipe, override, recipe_names
from golong_data.rows.schema import gold_of, prompt_of, to_row
from golong_data.tasks import get_task

CHUNK = 20


@dataclass
class Found:
    """What some rows of a recipe gave."""

    rows: int = 0
    agree: int = 0
    broken: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    generators: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    none: int = 0
    seconds: float = 0.0
    tokens: int = 0
    least: float = 1.0

    def add(self, other: Found) -> None:
        """Takes in what another part of the same recipe gave."""
        for name in ("rows", "agree", "none", "seconds", "tokens", "broken", "questions"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.generators += other.generators
        self.refused += other.refused
        self.least = min(self.least, other.least)


@cache
def maker(recipe: str, ctx: str, corpus: tuple[str, ...]) -> Maker:
    """A maker, opened once a process."""
    return open_maker(override(load_recipe(recipe), ctx=ctx, corpus=list(corpus) or None))


def run(job: tuple[str, str, tuple[str, ...], int, int, bool]) -> Found:
    """Makes and checks rows start..stop of a recipe."""
    recipe, ctx, corpus, start, stop, full = job
    made, found = maker(recipe, ctx, corpus), Found()
    for index in range(start, stop):
        before = time.process_time()
        outcome = made.make(index)
        found.seconds += time.process_time() - before
        found.refused.update(outcome.refused)
        if outcome.sample is None:
            found.none += 1
            continue
        row: dict[str, Any] = to_row(outcome.sample)
        info, prompt = row["extra_info"], prompt_of(row)
        found.rows += 1
        found.tokens += info["n_tokens"]
        found.least = min(found.least, info["n_tokens"] / info["ctx"])
        found.generators[info["subtask"]] += 1
        solved = get_task(info["task"]).solve(prompt) == gold_of(row)
        found.agree += solved
        found.questions.append(prompt[prompt.rfind(info["question"]) :])
        if not solved:
            found.broken.append(f"{info['id']}: solver disagrees")
        if full:
            found.broken += [f"{f.row}: {f.check}: {f.message}" for f in check_row(row)]
    return found


def main() -> None:
    """Prints a table over all recipes."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--ctx", default="8k")
    parser.add_argument("--rows", type=int, default=1_000, help="of each recipe")
    parser.add_argument("--recipes", nargs="*", default=recipe_names())
    parser.add_argument("--corpus", action="append", default=[], help="instead of a recipe's own")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--full", action="store_true", help="the whole row contract")
    args = parser.parse_args()
    with Watch() as watch:
        text, report = measure(args)
    finish("check_rows", text, report, watch, args.json)


def measure(args: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """The tables of all recipes, and their figures."""
    table: list[list[str]] = []
    report: dict[str, Any] = {}
    broken: list[str] = []
    questions: list[str] = []
    for recipe in args.recipes:
        maker(recipe, args.ctx, tuple(args.corpus))  # ingested once, and inherited by workers
        jobs = [
            (recipe, args.ctx, tuple(args.corpus), i, min(i + CHUNK, args.rows), args.full)
            for i in range(0, args.rows, CHUNK)
        ]
        total = Found()
        with ProcessPoolExecutor(args.workers) as pool:
            for part in pool.map(run, jobs):
                total.add(part)
        twice = len(total.questions) - len(set(total.questions))
        draws = total.rows + sum(total.refused.values())
        reason = total.refused.most_common(1)
        table.append(
            [
                recipe,
                str(total.rows),
                str(total.none),
                f"{total.agree} of {total.rows}",
                str(twice),
                f"{100 * total.least:.2f} %",
                f"{1000 * total.seconds / max(1, total.rows):.1f}",
                f"{100 * sum(total.refused.values()) / max(1, draws):.1f} %",
                f"{reason[0][0]} ({reason[0][1]})" if reason else "",
            ]
        )
        broken += total.broken
        questions += total.questions
        report[recipe] = {
            "rows": total.rows,
            "agree": total.agree,
            "twice": twice,
            "generators": dict(total.generators),
            "refused": dict(total.refused),
        }
    header = [
        *("recipe", "rows", "none at", "solver = gold", "questions twice", "least fill"),
        *("CPU ms a row", "refused", "commonest reason"),
    ]
    corpus = f", corpus {', '.join(args.corpus)}" if args.corpus else ""
    lines = [f"ctx {args.ctx}{corpus}", "", markdown(header, table), *broken[:40]]
    twice = len(questions) - len(set(questions))
    closing = f"{len(broken)} findings; over all recipes {twice} questions come twice"
    return "\n".join([*lines, "", closing]), report


if __name__ == "__main__":
    main()
