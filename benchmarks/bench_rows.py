"""CPU milliseconds to make a row (issue target: at most 5 at 128k, writing left out).

Measured: `Maker.make(index)` of the recipe `numeric` with the tokenizer `qwen3`, from an
open corpus to a finished Sample with its exact length; time.process_time, so every thread
of the process counts. The first rows are a warm-up. Opening the corpus is not in it, nor
is writing: see bench_build.py.

Beside it, in the same run and for the same rows:

- naive: the length of the row found by tokenising its rendered prompt, once. It is the
  least that a builder without segment counts pays per row, before it has chosen or fitted
  anything. The count is compared with the recorded one.
- floor: the row's text alone, put together: every document that the row names is decoded
  from the store whole, the pieces are joined, and the frame is put around them. Nobody
  who hands out the prompt as a Python string pays less than about this.

Quoted, of another run on a machine of this kind: what RULER needs for a row.

    python benchmarks/bench_rows.py [--ctx 4k 32k 128k 1m] [--rows 250] [--json FILE]
"""

from __future__ import annotations

import statistics
import time
from typing import Any

from _common import Watch, arguments, finish, markdown, short

QUOTED = {
    "4k": ("23", "9 / 17", "0.28"),
    "32k": ("44", "66 / 246", "0.68"),
    "128k": ("172", "332 / 857", "2.1"),
    "1m": ("", "", "2.6"),
}
"""ms a row: RULER qa_2 (cl100k); RULER niah (cl100k / Qwen of Hugging Face); a prototype of
the stitching alone."""
WARM_UP = 50


def clocked(work: Any, *values: Any) -> tuple[float, Any]:
    """(CPU milliseconds, result) of a call."""
    start = time.process_time()
    result = work(*values)
    return (time.process_time() - start) * 1e3, result


def assemble(maker: Any, places: list[int], head: str, tail: str) -> int:
    """The text of documents joined and framed, as a plain builder would."""
    context = "".join([maker.corpus.text(i) for i in places])
    return len(head + context + tail)


def measure(ctx: str, rows: int, compared: int) -> dict[str, Any]:
    """All figures at one length."""
    from golong_data.making.sample import open_maker
    from golong_data.recipes import load_recipe, override

    recipe = override(load_recipe("numeric"), ctx=ctx)
    maker = open_maker(recipe)
    for index in range(WARM_UP):
        maker.make(index)
    times: dict[str, list[float]] = {}
    fill, refused = [], 0
    for index in range(WARM_UP, WARM_UP + rows):
        spent, outcome = clocked(maker.make, index)
        refused += sum(outcome.refused.values())
        if outcome.sample is not None:
            times.setdefault(outcome.sample.subtask, []).append(spent)
            fill.append(outcome.sample.n_tokens / recipe.ctx)

    index_of = {maker.corpus.id(i): i for i in range(len(maker.corpus))}
    naive, floor, wrong = [], [], 0
    for index in range(WARM_UP, WARM_UP + min(rows, compared)):
        sample = maker.make(index).sample
        if sample is None:
            continue
        text = maker.tokenizer.render(sample.prompt)
        spent, n_tokens = clocked(maker.tokenizer.count, text)
        naive.append(spent)
        wrong += n_tokens != sample.n_tokens
        places = [index_of[name] for name in sample.doc_ids if name in index_of]
        floor.append(clocked(assemble, maker, places, maker.before, maker.after)[0])
    every = [spent for spents in times.values() for spent in spents]
    return {
        "ctx": ctx,
        "rows": len(every),
        "median": statistics.median(every),
        "mean": statistics.mean(every),
        "generators": {k: statistics.median(v) for k, v in sorted(times.items())},
        "generators_mean": {k: statistics.mean(v) for k, v in sorted(times.items())},
        "naive": statistics.median(naive),
        "floor": statistics.median(floor),
        "compared": len(naive),
        "wrong_counts": wrong,
        "fill_median": statistics.median(fill),
        "fill_least": min(fill),
        "refused_draws": refused,
    }


def report(found: list[dict[str, Any]]) -> str:
    """The Markdown tables."""
    main = [
        [
            f["ctx"],
            short(f["median"]),
            short(f["mean"]),
            short(f["naive"]),
            f"{f['naive'] / f['median']:.1f}x",
            short(f["floor"]),
            f"{f['wrong_counts']} of {f['compared']}",
            f"{f['fill_median']:.5f}",
            f"{f['fill_least']:.5f}",
            *QUOTED.get(f["ctx"], ("", "", "")),
        ]
        for f in found
    ]
    header = "ctx | median ms | mean ms | naive ms | naive / ours | floor ms | wrong counts"
    header += " | fill median | fill least | RULER qa_2 (quoted) | RULER niah (quoted)"
    header += " | prototype (quoted)"
    names = list(found[0]["generators"])
    each = [
        [f["ctx"]]
        + [f"{short(f['generators'][n])} / {short(f['generators_mean'][n])}" for n in names]
        + [f["rows"], f["refused_draws"]]
        for f in found
    ]
    return "\n\n".join(
        [
            markdown(header.split(" | "), main),
            "CPU milliseconds a row by generator, median / mean:",
            markdown(["ctx", *names, "rows", "refused draws"], each),
        ]
    )


def main() -> None:
    """Measures, prints, writes."""
    parser = arguments(__doc__)
    parser.add_argument("--ctx", nargs="+", default=list(QUOTED), help="lengths")
    parser.add_argument("--rows", type=int, default=250, help="rows a length, after the warm-up")
    parser.add_argument("--compared", type=int, default=40, help="of these, counted naively too")
    options = parser.parse_args()
    with Watch() as watch:
        found = [measure(ctx, options.rows, options.compared) for ctx in options.ctx]
    finish("bench_rows", report(found), found, watch, options.json)


if __name__ == "__main__":
    main()
