"""The data set's README: a Hub card that `load_dataset` and people can read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from golong_data.tokens import format_size

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def card(manifest: Mapping[str, Any], languages: tuple[str, ...] = ("en",)) -> str:
    """Markdown with the Hub's front matter."""
    recipe, rows = manifest["recipe"], manifest["rows"]
    ctx = format_size(recipe["ctx"])
    size = next((name for limit, name in _SIZES if rows < limit), "n>1M")
    front = "\n".join(
        [
            "---",
            f"pretty_name: {json.dumps(recipe['name'] + ' ' + ctx)}",
            "license: other",
            "language:",
            *(f"- {language}" for language in languages),
            "tags:",
            "- golong-data",
            "- long-context",
            "- rlvr",
            f"size_categories:\n- {size}",
            "configs:",
            "- config_name: default",
            "  data_files:",
            "  - split: train",
            "    path: data/train-*.parquet",
            "---",
        ]
    )
    counts = "\n".join(f"| {name} | {n:,} |" for name, n in manifest["counts"].items())
    sources = "\n".join(
        f"| {s['source']} | {s['documents']:,} | {s['tokens']:,} | {s['licence'] or 'not stated'} |"
        for s in manifest["sources"]
    )
    mean = manifest["tokens"] // rows if rows else 0
    return f"""{front}

# {recipe["name"]} at {ctx}

{rows:,} rows of long-context training data with verifiable rewards. Every prompt is at most
{recipe["ctx"]:,} tokens long in the tokenizer `{recipe["tokenizer"]}` (mean {mean:,}). Every
answer was derived from the documents in the prompt; `golong-data validate` has an independent
solver find it again from the prompt's text.

```python
from datasets import load_dataset

rows = load_dataset("THIS_FOLDER", split="train")
print(rows[0]["extra_info"]["question"], rows[0]["reward_model"]["ground_truth"])
```

| task | rows |
|---|---:|
{counts}

| source | documents | tokens | licence |
|---|---:|---:|---|
{sources}

Columns: `prompt` (chat messages), `reward_model.ground_truth` (the gold answer: `golden_label`,
or `doc_ids` where it is a list), `ability`, `data_source`, and `extra_info` with the metric
specification as JSON text, the evidence with character offsets into the user message, the
exact token count, and what it takes to make the row again.

`manifest.json` holds the recipe, versions, corpus fingerprint and a checksum of every shard.
"""
