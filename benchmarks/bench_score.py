"""Scoring 10,000 long completions: rows a second of `golong-data score`.

A data set of 1,000 rows, a hundred of each metric, and ten completions a row, each with 20,000
characters of thinking and an answer behind it: half of them right, half wrong. Measured is the
whole command, start to end, with one worker and with two: reading the predictions, scoring,
2,000 bootstrap samples for every figure. Further processes are started only once scoring has
taken three seconds, which on a quiet machine it does not. Beside it, in this process,
microseconds a completion for each metric.

    python benchmarks/bench_score.py [--completions 10000] [--thinking 20000] [--json FILE]
"""

from __future__ import annotations

import json
import random
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from _common import SCRIPT, Watch, arguments, finish, markdown, short

from golong_data.quality.cheats import answer
from golong_data.rewards import compute_score
from golong_data.rows.schema import SCHEMA

WORDS = "the total of these entries is not yet clear so we add 12.5 and 40 to it again".split()
METRICS = (
    *("math", "exact_match", "accuracy", "selection", "f1"),
    *("subem", "ndcg", "pairwise", "iou", "rouge_l"),
)
PER_ROW = 10


def gold(metric: str, rng: random.Random) -> str | list[str]:
    """A gold of a metric's kind, of a usual size."""
    if metric == "math":
        return f"{rng.randrange(10**4, 10**6) / 100:.2f}"
    if metric == "exact_match":
        return f"{rng.randrange(16**12):012x}"
    if metric in ("accuracy", "selection"):
        return [rng.choice("ABCD")] if metric == "accuracy" else rng.choice("ABCD")
    if metric == "iou":
        rows = [[f"item {rng.randrange(10**4)}", str(rng.randrange(10**3))] for _ in range(12)]
        return json.dumps({"columns": ["name", "size"], "data": rows})
    if metric == "rouge_l":
        return " ".join(f"{rng.choice(WORDS)}{rng.randrange(50)}" for _ in range(200))
    return [f"INV{i:04}" for i in rng.sample(range(10**4), 12)]


def thinking(rng: random.Random, size: int) -> str:
    """So many characters of thought, with numbers, markers and boxes that do not count."""
    parts = ["[Answer]\nINV0001\n", "\\boxed{41} ", "The correct answer is (A)? No. "]
    text = " ".join(rng.choices([*WORDS, *parts], [*[20] * len(WORDS), 1, 1, 1], k=size // 4))
    return text[:size]


def make(folder: Path, completions: int, size: int) -> tuple[Path, list[dict[str, Any]], list[str]]:
    """A data set with its predictions: (predictions file, rows, one completion a row)."""
    rng = random.Random(0)
    rows, first = [], []
    path = folder / "predictions.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for index in range(completions // PER_ROW):
            metric = METRICS[index % len(METRICS)]
            right, wrong = gold(metric, rng), gold(metric, rng)
            name = f"{metric}-{index}"
            listed = isinstance(right, list)
            truth = {"doc_ids": right if listed else [], "golden_label": "" if listed else right}
            spec = json.dumps({"name": metric, "args": {}})
            info = {"id": name, "task": metric, "subtask": "", "metric": spec}
            rows.append(
                {
                    "data_source": f"golong_data/{metric}",
                    "prompt": [{"role": "user", "content": "?"}],
                    "reward_model": {"style": "rule", "ground_truth": {**truth, "summary": ""}},
                    "extra_info": {**info, "n_tokens": rng.randrange(4000, 260_000)},
                }
            )
            for i in range(PER_ROW):
                told = answer(right if i % 2 else wrong, metric)
                text = f"<think>\n{thinking(rng, size)}\n</think>\n\n{told}"
                file.write(json.dumps({"id": name, "completion": text}) + "\n")
            first.append(text)
    (folder / "data").mkdir()
    table = pa.Table.from_pylist(rows, schema=SCHEMA)
    pq.write_table(table, folder / "data" / "train-00000-of-00001.parquet", row_group_size=100)
    return path, rows, first


def command(path: Path, folder: Path, workers: int) -> tuple[Watch, dict[str, Any]]:
    """The command with so many workers: what it cost, what it found."""
    asked = [SCRIPT, "score", path, "--data", folder, "--workers", workers, "--json"]
    with Watch() as watch:
        done = subprocess.run([str(a) for a in asked], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return watch, found


def per_metric(rows: list[dict[str, Any]], texts: list[str]) -> dict[str, float]:
    """Median microseconds of a completion, by metric."""
    spent: dict[str, list[float]] = {}
    for row, text in zip(rows, texts, strict=True):
        given = row["data_source"], text, row["reward_model"]["ground_truth"], row["extra_info"]
        start = time.perf_counter()
        compute_score(*given)
        spent.setdefault(row["extra_info"]["task"], []).append(time.perf_counter() - start)
    return {name: sorted(times)[len(times) // 2] * 1e6 for name, times in spent.items()}


def main() -> None:
    """Measures, prints, writes."""
    parser = arguments(__doc__)
    parser.add_argument("--completions", type=int, default=10_000)
    parser.add_argument("--thinking", type=int, default=20_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Watch() as watch:
        folder = Path(name)
        path, rows, texts = make(folder, options.completions, options.thinking)
        size = path.stat().st_size / 1e6
        runs, lines = {}, []
        for workers in (1, 2):
            cost, found = command(path, folder, workers)
            rate = found["completions"] / cost.wall
            runs[workers] = {"wall": cost.wall, "cpu": cost.cpu, "score": found["score"]}
            lines.append(
                [workers, short(cost.wall), short(cost.cpu), short(rate), short(size / cost.wall)]
            )
        micro = per_metric(rows, texts)
    header = ["workers", "seconds", "CPU seconds", "completions a second", "MB a second"]
    text = (
        f"{options.completions:,} completions, {size:.0f} MB; mean score "
        f"{runs[1]['score']:.4f} with one worker, {runs[2]['score']:.4f} with two.\n\n"
        f"{markdown(header, lines)}\n\n"
        f"{markdown(['metric', 'median us'], [[k, short(v)] for k, v in micro.items()])}"
    )
    finish("bench_score", text, {"runs": runs, "us": micro, "mb": size}, watch, options.json)


if __name__ == "__main__":
    main()
