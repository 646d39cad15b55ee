"""A run from rows to a trained model: prepare, plan, train, evaluate."""

from __future__ import annotations

import dataclasses
import json
import os
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import datasets
import pyarrow as pa
import pyarrow.parquet as pq
import transformers
from peft import LoraConfig
from transformers import PrinterCallback
from transformers.integrations.integration_utils import get_reporting_integration_callbacks

from golong_data.errors import UserError
from golong_data.rewards import earned, for_tokenizer, scoring_of
from golong_data.rows.schema import SCHEMA
from golong_data.train.config import TMNConfig
from golong_data.train.data import as_built, load_rows, split
from golong_data.train.flags import parse_settings
from golong_data.train.models import TINY, load_config, load_tokenizer, make_tiny, model_folder
from golong_data.train.plan import Plan, make_plan
from golong_data.train.recipe import Lora, TrainRecipe
from golong_data.train.reporting import Reporter, Say
from golong_data.train.trainer import STATISTICS_FILE, TMNTrainer

SETTINGS_FILE = "run.json"
MAY_CHANGE = frozenset({"max_steps", "num_train_epochs", "report_to", "save_total_limit"})
"""Settings that a resumed run may have otherwise."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is asked for."""

    data: Path
    recipe: TrainRecipe
    config: str
    """Where the recipe came from, for messages."""
    flags: tuple[str, ...]
    out: Path
    cache: Path
    """Where prepared rows and converted models are kept."""
    resume: bool = False
    skip_long: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A run with everything at hand."""

    job: Job
    args: TMNConfig
    train: datasets.Dataset
    held: datasets.Dataset
    model: str
    """The folder or id that the model is loaded from."""
    tokenizer: Any
    plan: Plan


def prepare(job: Job, say: Say, *, dry: bool = False) -> Prepared:
    """Reads settings, rows and model. Raises UserError for what is wrong with any of them.

    A `dry` preparation writes nothing to the output folder.
    """
    quiet_environment()
    if not dry:
        _check_folder(job)
    args = parse_settings(
        job.recipe.trl, job.flags, where=f"{job.config}: trl", output_dir=str(job.out)
    )
    # One process reads rows and makes models; the others find them ready.
    with args.main_process_first(local=False):
        rows = load_rows(job.data, job.cache, task_by=job.recipe.task_by)
        train, held = split(rows, job.recipe.held_out)
        model = _model(job, train, args, say, dry=dry)
    tokenizer = load_tokenizer(model)
    if not tokenizer.chat_template:
        raise UserError(
            "this model has no chat template, and prompts are messages.",
            where="--model",
            remedy="Take an instruction-tuned model, or add a chat template to its tokenizer.",
        )
    plan = make_plan(train, held, tokenizer, load_config(model), args, job.recipe.lora)
    if job.skip_long and plan.too_long:
        long = set(plan.too_long)
        train, held = (_without(part, long) for part in (train, held))
        plan = make_plan(train, held, tokenizer, load_config(model), args, job.recipe.lora)
        say(f"{len(long):,} rows left out that do not fit the model's window")
    return Prepared(job, args, train, held, model, tokenizer, plan)


def quiet_environment() -> None:
    """No telemetry, no uploads, and no chatter. What the user has set otherwise stays."""
    for name, value in (
        ("HF_HUB_DISABLE_TELEMETRY", "1"),
        ("DO_NOT_TRACK", "1"),
        ("GRADIO_ANALYTICS_ENABLED", "False"),
        ("WANDB_MODE", "offline"),
        ("TOKENIZERS_PARALLELISM", "false"),
    ):
        os.environ.setdefault(name, value)
    transformers.utils.logging.disable_progress_bar()
    datasets.disable_progress_bars()
    # TRL goes by the older name of a setting that transformers has renamed.
    message = "`(is_)?gradient_checkpointing` is deprecated"
    warnings.filterwarnings("ignore", message=message, category=FutureWarning)


def run_training(prepared: Prepared, say: Say) -> TMNTrainer:
    """Trains, and saves the model to OUT/model. Returns the trainer, for evaluation."""
    job, args = prepared.job, prepared.args
    checkpoint = last_checkpoint(job.out) if job.resume else None
    if checkpoint:
        _check_settings(prepared)
    trainer = make_trainer(prepared, say)
    if trainer.accelerator.is_main_process:
        settings = json.dumps(_settings(job, args), indent=1)
        (job.out / SETTINGS_FILE).write_text(settings, encoding="utf-8")
    trainer.train(resume_from_checkpoint=str(checkpoint) if checkpoint else None)
    trainer.save_model(str(job.out / "model"))
    if args.should_save:
        prepared.tokenizer.save_pretrained(job.out / "model")
    return trainer


def make_trainer(prepared: Prepared, say: Say) -> TMNTrainer:
    """The trainer of a run, its model loaded."""
    job, args = prepared.job, prepared.args
    job.out.mkdir(parents=True, exist_ok=True)
    args.disable_tqdm = True
    trainer = TMNTrainer(
        model=prepared.model,
        reward_funcs=for_tokenizer(prepared.tokenizer, **(args.chat_template_kwargs or {})),
        args=args,
        train_dataset=prepared.train,
        eval_dataset=prepared.held if len(prepared.held) else None,
        processing_class=prepared.tokenizer,
        peft_config=_lora(job.recipe.lora),
        curriculum=job.recipe.curriculum,
        callbacks=[Reporter(job.out, say)],
    )
    trainer.remove_callback(PrinterCallback)
    return trainer


def evaluate(trainer: TMNTrainer, prepared: Prepared) -> tuple[Path, Path] | None:
    """Completions of held-out rows, as files that `golong-data score` reads.

    Returns the paths of predictions and rows, or None where no row is held out.
    """
    job, args = prepared.job, prepared.args
    rows = prepared.held.select(range(min(len(prepared.held), job.recipe.eval_rows)))
    if not len(rows):
        return None
    # Trackers close when training ends; what follows is in log.jsonl and the files below.
    for callback in get_reporting_integration_callbacks(args.report_to):
        trainer.remove_callback(callback)
    args.report_to = []
    trainer.evaluated.clear()
    trainer.evaluate(rows)
    folder = job.out / "eval"
    predictions = folder / "predictions.jsonl"
    if trainer.accelerator.is_main_process:
        (folder / "rows" / "data").mkdir(parents=True, exist_ok=True)
        table = pa.Table.from_pylist([as_built(row) for row in rows], schema=SCHEMA)
        pq.write_table(table, folder / "rows" / "data" / "train-00000-of-00001.parquet")
        several = args.num_generations_eval or args.num_generations
        # The last batch may have been filled up with rows that had their turn.
        lines = [
            json.dumps({"id": name, "completion": trainer.evaluated[name][:several]})
            for name in rows["row_id"]
        ]
        predictions.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    trainer.accelerator.wait_for_everyone()
    return predictions, folder / "rows"


def last_checkpoint(out: Path) -> Path | None:
    """The newest checkpoint that was written to its end, or None."""
    whole = [path.parent for path in out.glob(f"checkpoint-*/{STATISTICS_FILE}")]
    return max(whole, key=lambda path: int(path.name.rpartition("-")[2]), default=None)


def right_answer(row: Mapping[str, Any]) -> str | None:
    """A completion that earns 1 on a row, in one of the usual forms; None if none of them does."""
    truth = row["reward_model"]["ground_truth"]
    scoring = scoring_of(row["data_source"], truth, row["extra_info"], profile="strict")
    gold = "\n".join(truth["doc_ids"]) or truth["golden_label"] or truth["summary"]
    forms = (f"\\boxed{{{gold}}}", f"[Answer]\n{gold}", gold)
    return next((text for text in forms if earned(text, scoring) == 1.0), None)


def _model(job: Job, rows: datasets.Dataset, args: TMNConfig, say: Say, *, dry: bool) -> str:
    if job.recipe.model != TINY:
        return model_folder(job.recipe.model, job.cache)
    target = job.cache / "models" / "tiny-random" if dry else job.out / "start"
    if not target.is_dir():
        known = [(_ending(row), right_answer(row)) for row in rows] if not dry else []
        pairs = [(prompt, answer) for prompt, answer in known if answer is not None]
        loss = make_tiny(target, pairs, job.recipe.warm_up, seed=args.seed)
        if loss is not None:
            say(f"a tiny model was made and warmed up on {len(pairs):,} rows (loss {loss:.2f})")
    return str(target)


def _ending(row: Mapping[str, Any]) -> str:
    """What stands last before the model's turn."""
    return str(row["prompt"][-1]["content"])


def _lora(lora: Lora | None) -> LoraConfig | None:
    if lora is None:
        return None
    targets: str | list[str] = list(lora.targets)
    return LoraConfig(
        r=lora.rank,
        lora_alpha=lora.alpha,
        lora_dropout=lora.dropout,
        target_modules="all-linear" if targets == ["all-linear"] else targets,
        task_type="CAUSAL_LM",
    )


def _without(rows: datasets.Dataset, ids: set[str]) -> datasets.Dataset:
    kept: Sequence[int] = [i for i, name in enumerate(rows["row_id"]) if name not in ids]
    return rows.select(kept)


def _settings(job: Job, args: TMNConfig) -> dict[str, Any]:
    """What a run was started with, as plain data."""
    typed = (flag[2:].partition("=")[0] for flag in job.flags if flag.startswith("--"))
    named = {name.replace("-", "_").removeprefix("no_") for name in typed} | {*job.recipe.trl}
    recipe = dataclasses.asdict(job.recipe)
    recipe["trl"] = {name: str(getattr(args, name, "")) for name in sorted(named)}
    return {"data": str(job.data.resolve()), **recipe, "skip_long": job.skip_long}


def _check_folder(job: Job) -> None:
    """Refuses a folder that holds another run, or none where one is to be resumed."""
    there = (job.out / SETTINGS_FILE).is_file()
    if there and not job.resume:
        raise UserError(
            "there is a run in this folder.",
            where=str(job.out),
            remedy="Add --resume to go on with it, or name another folder with --out.",
        )
    if job.resume and not there:
        raise UserError(
            "there is no run in this folder to go on with.",
            where=str(job.out),
            remedy="Start without --resume, or name its folder with --out.",
        )


def _check_settings(prepared: Prepared) -> None:
    """Refuses to go on with a run under other settings."""
    path = prepared.job.out / SETTINGS_FILE
    before = json.loads(path.read_text(encoding="utf-8"))
    now = json.loads(json.dumps(_settings(prepared.job, prepared.args)))
    different = [key for key in now if _fixed(now[key]) != _fixed(before.get(key))]
    if different:
        raise UserError(
            f"this run was started with another value of: {', '.join(different)}.",
            where=str(path),
            remedy="Give the command that started it, with --resume added.",
        )


def _fixed(value: Any) -> Any:
    """A setting without what may change between a run and its continuation."""
    if isinstance(value, dict):
        return {key: _fixed(entry) for key, entry in value.items() if key not in MAY_CHANGE}
    return value
