"""Figures about a data set: lengths, tasks, evidence, answers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from golong_data.quality.contract import depth_bins
from golong_data.rows.files import naming, read, read_manifest
from golong_data.rows.schema import built, gold_of, kind_of, prompt_of


def stats(source: Path) -> dict[str, Any]:
    """Figures of built rows, as plain data. Lengths are tokens."""
    import polars as pl

    lengths: list[dict[str, Any]] = []
    depths = [0.0] * 10
    golds: Counter[Any] = Counter()
    for where, found in read(source):
        with naming(where):
            row = built(found)
        info = row["extra_info"]
        length = max(len(prompt_of(row)), 1)
        depths = [a + b for a, b in zip(depths, depth_bins([row]), strict=True)]
        golds[gold_of(row)] += 1
        lengths.append(
            {
                "task": kind_of(row),
                "n_tokens": info["n_tokens"],
                "fill": info["n_tokens"] / info["ctx"],
                "characters": length,
                "evidence": len(info["evidence"]),
                "changed": info["counterfactual"],
            }
        )
    frame = pl.DataFrame(lengths)
    per_task = (
        frame.group_by("task")
        .agg(
            pl.len().alias("rows"),
            pl.col("n_tokens").min().alias("shortest"),
            pl.col("n_tokens").median().cast(pl.Int64).alias("median"),
            pl.col("n_tokens").max().alias("longest"),
            pl.col("fill").min().round(5).alias("least_fill"),
            pl.col("evidence").mean().round(1).alias("evidence_pieces"),
            (pl.col("changed") > 0).mean().round(3).alias("share_with_changed_values"),
        )
        .sort("task")
    )
    manifest = read_manifest(source)
    commonest, n = golds.most_common(1)[0] if golds else ("", 0)
    return {
        "rows": len(lengths),
        "tokens": int(frame["n_tokens"].sum()) if lengths else 0,
        "characters": int(frame["characters"].sum()) if lengths else 0,
        "tasks": per_task.to_dicts(),
        "evidence_depth": [round(n, 1) for n in depths],
        "answers": {
            "different": len(golds),
            "commonest": commonest if isinstance(commonest, str) else list(commonest),
            "commonest_rows": n,
        },
        "dropped": manifest.get("dropped", 0),
        "refused_draws": manifest.get("refused_draws", {}),
        "refused_share": manifest.get("refused_share", 0.0),
    }
