"""Run by torchrun: one step, with rewards that are given by place; prints the advantages.

python gathered.py ROWS MODEL OUT PER_DEVICE
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import torch

from golong_data.train.config import TMNConfig
from golong_data.train.data import load_rows
from golong_data.train.models import load_tokenizer
from golong_data.train.run import quiet_environment
from golong_data.train.trainer import TMNTrainer

TABLE = [0.0, 1.0, 0.5, 0.5, 1.0, 1.0, 0.0, 0.25, 0.0, 0.0, 0.75, None]
"""Rewards of 12 completions, three groups of four; one could not be checked."""


def main(rows: str, model: str, out: str, per_device: str) -> None:
    """Trains one step and writes what this process saw."""
    quiet_environment()
    args = TMNConfig(
        output_dir=out,
        use_cpu=True,
        max_steps=1,
        per_device_train_batch_size=int(per_device),
        num_generations=4,
        max_completion_length=4,
        statistics_decay=0.5,
        disable_tqdm=True,
        save_strategy="no",
    )
    with args.main_process_first(local=False):
        data = load_rows(Path(rows), Path(out) / "cache", task_by="capability")

    def by_place(completions: list[Any], **columns: Any) -> list[float | None]:
        start = args.process_index * len(completions)
        return TABLE[start : start + len(completions)]

    trainer = TMNTrainer(
        model=model,
        reward_funcs=by_place,
        args=args,
        train_dataset=data,
        processing_class=load_tokenizer(model),
    )
    batch = list(next(iter(trainer.get_train_dataloader())))
    trainer.model.train()
    torch.manual_seed(args.process_index)
    output = trainer._generate_and_score_completions(batch)
    seen = {
        "mine": output["advantages"].tolist(),
        "logged": list(trainer._logs["advantages"]),
        "ids": list(trainer._logs["prompt"]),
        "rows": [row["row_id"] for row in batch],
        "metrics": {k: v for k, v in trainer._metrics["train"].items() if k.startswith("tasks/")},
        "statistics": {k: s.variances for k, s in trainer.task_statistics.items()},
    }
    path = Path(out) / f"seen-{args.process_index}.json"
    path.write_text(json.dumps(seen), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
