"""`golong-data train`: GRPO with per-task advantages on rows."""

from __future__ import annotations

import dataclasses
import importlib.util
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from golong_data.cli.params import examples, rows_argument
from golong_data.errors import UserError

if TYPE_CHECKING:
    from golong_data.train.plan import Plan
    from golong_data.train.run import Prepared

NEEDED = ("torch", "trl", "peft", "accelerate")


@click.command(
    context_settings={"ignore_unknown_options": True, "allow_interspersed_args": True},
    epilog=examples(
        "golong-data train out/numeric-2k --config tiny-cpu",
        "golong-data train out/numeric-2k --config tiny-cpu --resume       # after a kill",
        "golong-data train out/golong-23k-160k --config golong-4b --plan",
        "golong-data train out/mine --model ./my-model --learning-rate 1e-6 --lora-rank 32",
        "golong-data train out/mine --model out/mine-run/model --eval-only --out out/again",
        "torchrun --nproc-per-node 8 -m golong_data train out/mine --config golong-4b",
        "accelerate launch --config_file recipes/train/accelerate-zero3.yaml \\\\",
        "    -m golong_data train out/mine --config golong-4b",
    ),
)
@rows_argument
@click.option("--model", help="tiny, smollm2, a folder, or a Hugging Face id.")
@click.option(
    "--config",
    "config",
    default=None,
    help="A train recipe: tiny-cpu, smollm2, golong-4b, or a YAML file of that kind.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Folder; default DIR-train-MODEL.")
@click.option("--lora-rank", type=click.IntRange(0), help="Train adapters of this rank; 0: none.")
@click.option(
    "--held-out", type=click.FloatRange(0, 0.9), help="Share of rows kept for evaluation."
)
@click.option("--resume", is_flag=True, help="Go on from the last whole checkpoint in --out.")
@click.option("--plan", "dry", is_flag=True, help="Say what the run would take, and stop.")
@click.option("--eval-only", is_flag=True, help="Evaluate the model on the held-out rows.")
@click.option("--skip-long", is_flag=True, help="Leave out rows that do not fit the model.")
@click.argument("settings", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def train(
    ctx: click.Context,
    source: Path,
    model: str | None,
    config: str | None,
    out: Path | None,
    lora_rank: int | None,
    held_out: float | None,
    resume: bool,
    dry: bool,
    eval_only: bool,
    skip_long: bool,
    settings: tuple[str, ...],
) -> None:
    """Trains a model on rows by GRPO, with advantages that know of tasks (TMN-Reweight).

    DIR is a folder that `golong-data build` has written or any folder of rows, FILE a file of
    rows (.parquet, .jsonl, .ndjson, .json), in our form or in the published GoLongRL form.

    Every setting of TRL's GRPOConfig is a flag (--learning-rate 1e-6),
    with dashes or underscores, and so are --estimator (grpo, dr_grpo, batch_std, task_level,
    task_std, tmn, tmn_reweight), --tmn-gamma, --tmn-alpha, --drop-flat, --statistics-decay,
    --tasks-together and --trim-padding. Metrics go to OUT/log.jsonl, and to tensorboard,
    trackio or wandb (offline) by --report-to NAME,NAME.

    Rows whose ids hash into the held-out share are not trained on; the trained model is
    scored on them, with the tables of `golong-data score`.

    For several GPUs, recipes/train also holds accelerate-zero2.yaml, accelerate-zero3.yaml
    and accelerate-fsdp.yaml, and vllm-colocate.yaml and vllm-server.yaml with the settings
    for generation by vLLM.
    """
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise UserError(
            f"training needs packages that are not installed ({', '.join(missing)}).",
            where="golong-data train",
            remedy='Run: pip install "golong-data[train]"',
        )
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

    from golong_data.corpus.folders import corpora_folder
    from golong_data.train.plan import refuse
    from golong_data.train.recipe import Lora, TrainRecipe, load_recipe
    from golong_data.train.run import (
        Job,
        evaluate,
        make_trainer,
        prepare,
        run_training,
    )

    recipe = load_recipe(config) if config else TrainRecipe()
    if lora_rank is not None:
        lora = dataclasses.replace(recipe.lora or Lora(), rank=lora_rank, alpha=2 * lora_rank)
        recipe = dataclasses.replace(recipe, lora=lora if lora_rank else None)
    changes: dict[str, Any] = {"model": model, "held_out": held_out}
    kept = {key: value for key, value in changes.items() if value is not None}
    if model not in (None, "tiny"):
        kept["warm_up"] = None
    recipe = dataclasses.replace(recipe, **kept)
    if not recipe.model:
        raise UserError(
            "no model is named.",
            where="command line",
            remedy="Add --model NAME, or --config tiny-cpu to try things out.",
        )
    name = Path(config).stem if config else Path(recipe.model).name
    job = Job(
        data=source,
        recipe=recipe,
        config=config or "command line",
        flags=settings,
        out=out or source.with_name(f"{source.stem}-train-{name}"),
        cache=corpora_folder().parent,
        resume=resume,
        skip_long=skip_long,
    )
    first = os.environ.get("RANK", "0") == "0"

    def say(line: str) -> None:
        if first:
            click.echo(line)

    prepared = prepare(job, say, dry=dry)
    say(_plan_text(prepared))
    refuse(prepared.plan, prepared.args)
    if dry:
        return
    trainer = make_trainer(prepared, say) if eval_only else run_training(prepared, say)
    if not eval_only:
        say(f"{job.out / 'model'}")
    files = evaluate(trainer, prepared)
    if files is None:
        say("no row is held out: there is nothing to evaluate on")
    elif first:
        from golong_data.cli.score import score

        click.echo(f"\nheld-out rows (golong-data score {files[0]} --data {files[1]})")
        ctx.invoke(score, predictions=files[0], source=files[1], workers=None, as_json=False)


def _plan_text(prepared: Prepared) -> str:
    from golong_data.train.plan import FORMULA, percentiles

    plan, args = prepared.plan, prepared.args
    median, most, longest = percentiles(plan.lengths) if plan.lengths else (0, 0, 0)
    how = "counted one by one" if plan.counted else "as the rows say, which holds for a sample"
    window = f"{plan.window:,}" if plan.window else "unknown"
    parts = ", ".join(f"{name} {value:.2f}" for name, value in plan.memory.items())
    lines = [
        ("rows", f"{plan.train_rows:,} to train on, {plan.held_out_rows:,} held out"),
        ("prompts", f"{median:,} tokens in the middle, {most:,} at 95 %, {longest:,} at most"),
        ("", how),
        ("window", f"{window} tokens; {len(plan.too_long):,} rows do not fit"),
        (
            "batch",
            f"{plan.prompts_per_batch} prompts x {plan.generations} completions of up to "
            f"{plan.completion:,} tokens",
        ),
        ("steps", f"{plan.optimizer_steps:,} on {_processes(plan)}"),
        ("one pass", f"{plan.tokens:,} tokens at most, prompts and completions"),
        ("estimator", args.estimator),
        ("parameters", f"{plan.parameters:,}, of which {plan.trained:,} are trained"),
        ("memory", f"about {plan.total:.2f} GiB a process ({parts})"),
        ("", FORMULA),
    ]
    return "\n".join(f"{name:<11} {text}" for name, text in lines)


def _processes(plan: Plan) -> str:
    return "1 process" if plan.processes == 1 else f"{plan.processes} processes"
