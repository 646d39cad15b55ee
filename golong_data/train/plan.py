"""What a run would take, before it takes it: lengths, steps, memory, and what cannot work."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import datasets
import torch
from transformers import AutoModelForCausalLM

from golong_data.errors import UserError
from golong_data.train.config import TMNConfig
from golong_data.train.recipe import Lora

FORMULA = (
    "weights + gradients + Adam's two moments (4 bytes each, of what is trained) + "
    "activations (layers * tokens * hidden, kept once a layer under checkpointing, else about "
    "16 times, and one layer's own) + attention scores (heads * tokens * tokens, likewise; not on "
    "a GPU, whose kernels keep none) + keys and values of the completions being written"
)
GIB = 2**30
_SAMPLE = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run comes to."""

    train_rows: int
    held_out_rows: int
    lengths: tuple[int, ...]
    """Tokens of each prompt as the model's tokenizer counts, sorted."""
    counted: bool
    """Whether they were counted one by one; else the rows' own counts held for a sample."""
    window: int | None
    too_long: tuple[str, ...]
    """Ids of rows that do not fit the window with a completion."""
    prompts_per_batch: int
    generations: int
    completion: int
    optimizer_steps: int
    processes: int
    parameters: int
    trained: int
    memory: dict[str, float]
    """GiB a process, by what takes them."""
    has: float | None
    """GiB of the GPU, where there is one."""

    @property
    def tokens(self) -> int:
        """Tokens of prompts and completions that one pass over the rows computes on, at most."""
        return self.generations * (sum(self.lengths) + len(self.lengths) * self.completion)

    @property
    def total(self) -> float:
        """GiB a process takes at its peak, as estimated."""
        return sum(self.memory.values())


def prompt_lengths(rows: datasets.Dataset, tokenizer: Any) -> tuple[list[int], bool]:
    """Tokens of every rendered prompt, and whether they were counted one by one.

    Rows carry exact counts of the tokenizer they were built for. Where a sample of them is
    exact for this one too, all are taken.
    """
    recorded: list[int] = rows["n_tokens"][:]
    step = max(1, len(rows) // _SAMPLE)
    sample = range(0, len(rows), step)
    if all(recorded) and all(_count(rows[i]["prompt"], tokenizer) == recorded[i] for i in sample):
        return recorded, False
    return [_count(row["prompt"], tokenizer) for row in rows], True


def _count(prompt: list[dict[str, str]], tokenizer: Any) -> int:
    rendered = tokenizer.apply_chat_template(
        prompt, add_generation_prompt=True, tokenize=True, return_dict=True
    )
    return len(rendered["input_ids"])


def make_plan(
    train: datasets.Dataset,
    held: datasets.Dataset,
    tokenizer: Any,
    model: Any,
    args: TMNConfig,
    lora: Lora | None,
) -> Plan:
    """The plan of a run. `model` is the configuration of the model."""
    rows = datasets.concatenate_datasets([train, held])
    lengths, counted = prompt_lengths(rows, tokenizer)
    completion = args.max_completion_length or 0
    text = model.get_text_config()
    window = getattr(text, "max_position_embeddings", None)
    ids = rows["row_id"][:]
    long = [i for i, n in zip(ids, lengths, strict=True) if window and n + completion > window]
    prompts = (args.generation_batch_size or 1) // args.num_generations
    batches = len(train) // prompts
    repeats = args.num_iterations * (args.steps_per_generation or 1)
    epoch = max(1, batches * repeats // args.gradient_accumulation_steps) if batches else 0
    steps = args.max_steps if args.max_steps > 0 else math.ceil(epoch * args.num_train_epochs)
    parameters, trained = _parameters(model, lora)
    longest = max(lengths[: len(train)], default=0) + completion
    return Plan(
        train_rows=len(train),
        held_out_rows=len(held),
        lengths=tuple(sorted(lengths[: len(train)])),
        counted=counted,
        window=window,
        too_long=tuple(long),
        prompts_per_batch=prompts,
        generations=args.num_generations,
        completion=completion,
        optimizer_steps=steps,
        processes=args.world_size,
        parameters=parameters,
        trained=trained,
        memory=memory(text, parameters, trained, longest, args),
        has=torch.cuda.mem_get_info()[1] / GIB if torch.cuda.is_available() else None,
    )


def memory(
    model: Any, parameters: int, trained: int, tokens: int, args: TMNConfig
) -> dict[str, float]:
    """GiB of one process without sharding, by FORMULA; `tokens` are of the longest sequence."""
    size = 2 if args.bf16 or args.fp16 else 4
    hidden, layers = model.hidden_size, model.num_hidden_layers
    inner = getattr(model, "intermediate_size", None) or 4 * hidden
    heads = getattr(model, "num_key_value_heads", None) or model.num_attention_heads
    head = getattr(model, "head_dim", None) or hidden // model.num_attention_heads
    at_once = tokens * args.per_device_train_batch_size
    kept = 1 if args.gradient_checkpointing else 16
    scores = 0 if torch.cuda.is_available() and not args.use_cpu else model.num_attention_heads
    layers_kept = 1 if args.gradient_checkpointing else layers
    written = args.per_device_train_batch_size * (args.steps_per_generation or 1)
    figures = {
        "weights": 4 * parameters,
        "gradients": 4 * trained,
        "optimizer": 8 * trained,
        "activations": at_once * size * (layers * hidden * kept + 12 * hidden + 3 * inner),
        "scores": at_once * tokens * scores * size * layers_kept,
        "keys and values": written * tokens * 2 * layers * heads * head * size,
    }
    return {name: value / GIB for name, value in figures.items()}


def _parameters(model: Any, lora: Lora | None) -> tuple[int, int]:
    """Parameters of a model, and how many of them are trained; no weights are made."""
    with torch.device("meta"):
        skeleton = AutoModelForCausalLM.from_config(model, trust_remote_code=False)
    everything = sum(weights.numel() for weights in skeleton.parameters())
    if lora is None:
        return everything, everything
    head = skeleton.get_output_embeddings()
    layers = [
        layer
        for name, layer in skeleton.named_modules()
        if isinstance(layer, torch.nn.Linear)
        and layer is not head
        and (lora.targets == ("all-linear",) or name.rpartition(".")[2] in lora.targets)
    ]
    adapters = sum(lora.rank * (layer.in_features + layer.out_features) for layer in layers)
    return everything + adapters, adapters


def refuse(plan: Plan, args: TMNConfig) -> None:
    """Raises UserError for a run that cannot work, with what to do about it."""
    if plan.too_long:
        some = ", ".join(plan.too_long[:3]) + (", ..." if len(plan.too_long) > 3 else "")
        raise UserError(
            f"{len(plan.too_long):,} rows do not fit the model's window of {plan.window:,} tokens "
            f"with a completion of {plan.completion:,} ({some}).",
            where="--model",
            remedy="Nothing is cut off in secret. Leave those rows out with --skip-long, build "
            "rows at a smaller --ctx, lower --max-completion-length, or take another model.",
        )
    if plan.train_rows < plan.prompts_per_batch:
        raise UserError(
            f"a batch takes {plan.prompts_per_batch} prompts, and there are {plan.train_rows} "
            "rows to train on.",
            where="rows",
            remedy="Build more rows, or lower --per-device-train-batch-size, "
            "--gradient-accumulation-steps or --generation-batch-size.",
        )
    if plan.has is not None and args.deepspeed is None and not args.fsdp:
        if plan.total > plan.has:
            raise UserError(
                f"the run takes about {plan.total:.0f} GiB a GPU, and there are {plan.has:.0f}.",
                where="memory",
                remedy="Train adapters (a lora key in the recipe), shard with DeepSpeed "
                "(recipes/train/accelerate-zero3.yaml), take shorter rows, or train with verl, "
                "which splits sequences over GPUs: golong-data export DIR --to verl",
            )


def percentiles(lengths: Sequence[int]) -> tuple[int, int, int]:
    """Median, 95th percentile and largest of sorted lengths."""
    last = len(lengths) - 1
    return lengths[last // 2], lengths[math.ceil(0.95 * last)], lengths[last]
