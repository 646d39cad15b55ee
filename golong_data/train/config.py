"""TMNConfig: the settings of TRL's GRPO, and what the trainer adds to them."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from trl import GRPOConfig

from golong_data.train.advantages import ESTIMATORS, WITH_STATISTICS

TOKEN_LOSSES = frozenset({"dapo", "bnpo", "cispo", "vespo"})
"""Losses that are means over tokens, from which the tokens of flat prompts can be left out."""


@dataclass
class TMNConfig(GRPOConfig):
    """GRPOConfig with an advantage estimator of choice.

    Raises ValueError, as GRPOConfig does, for settings that contradict each other.
    """

    estimator: str = field(
        default="tmn_reweight",
        metadata={"help": "How advantages are estimated.", "choices": list(ESTIMATORS)},
    )
    tmn_gamma: float = field(
        default=1.0, metadata={"help": "Strength of the reweighting of tmn_reweight."}
    )
    tmn_alpha: float = field(
        default=0.8, metadata={"help": "Share of the prompt's own mean in its bar (tmn_reweight)."}
    )
    tmn_epsilon: float = field(
        default=1e-6, metadata={"help": "Added to the scale that advantages are divided by."}
    )
    drop_flat: bool = field(
        default=False,
        metadata={
            "help": "Leave prompts whose completions all earned the same out of the statistics "
            "and of the tokens that the loss is averaged over."
        },
    )
    statistics_decay: float = field(
        default=0.0,
        metadata={
            "help": "Share of a task's past that stays in its statistics each time the task is "
            "seen; 0 means that each batch stands alone. Kept in checkpoints. 0.9 suits tasks "
            "that are rarely twice in a batch."
        },
    )
    tasks_together: int = field(
        default=1,
        metadata={
            "help": "Rows of a task come in runs of this many, so that a batch that holds a "
            "task holds at least so many prompts of it. 1 leaves the order alone."
        },
    )
    trim_padding: bool = field(
        default=True,
        metadata={"help": "Cut padding that a micro-batch shares before it is computed on."},
    )

    # What TRL and transformers would otherwise choose for a GPU, whatever the machine.
    scale_rewards: str = field(
        default="none",
        metadata={"help": 'Has to be "none": the estimator does the scaling.'},
    )
    bf16: bool | None = field(
        default=None, metadata={"help": "bfloat16; default: on a GPU that has it."}
    )
    activation_checkpointing: bool | None = field(
        default=None,
        metadata={"help": "Recompute activations to save memory; default: on a GPU."},
    )
    gradient_checkpointing: bool | None = field(
        default=None, metadata={"help": "The older name of activation_checkpointing."}
    )
    dataloader_pin_memory: bool = field(
        default=True, metadata={"help": "Pin memory of batches, where there is a GPU."}
    )
    # In the order that transformers' parser of flags reads.
    report_to: None | str | list[str] = field(  # noqa: RUF036
        default="none",
        metadata={"help": "trackio, tensorboard, wandb: one, or several with commas."},
    )
    logging_steps: float = field(default=1, metadata={"help": "Steps between two logs."})
    num_generations_eval: int | None = field(
        default=1, metadata={"help": "Completions of each held-out row."}
    )

    def __post_init__(self) -> None:
        gpu = torch.cuda.is_available() and not self.use_cpu
        if self.bf16 is None:
            self.bf16 = gpu and torch.cuda.is_bf16_supported() and not self.fp16
        if self.gradient_checkpointing is None and self.activation_checkpointing is None:
            self.activation_checkpointing = gpu
        if isinstance(self.report_to, str):
            self.report_to = self.report_to.split(",")
        self.dataloader_pin_memory = self.dataloader_pin_memory and gpu
        super().__post_init__()
        self._check_estimator()
        self._check_batches()

    def _check_estimator(self) -> None:
        if self.estimator not in ESTIMATORS:
            raise ValueError(f"estimator is one of {', '.join(ESTIMATORS)}, not {self.estimator!r}")
        if self.scale_rewards != "none" or self.multi_objective_aggregation != "sum_then_normalize":
            raise ValueError(
                'the estimator scales rewards: leave scale_rewards at "none" and '
                'multi_objective_aggregation at "sum_then_normalize"'
            )
        if not 0 <= self.statistics_decay < 1:
            raise ValueError("statistics_decay is at least 0 and below 1")
        if self.statistics_decay and self.estimator not in WITH_STATISTICS:
            raise ValueError(
                f"statistics_decay works with {' and '.join(sorted(WITH_STATISTICS))}, "
                f"not with {self.estimator}"
            )
        if self.drop_flat and self.loss_type not in TOKEN_LOSSES:
            raise ValueError(
                f"drop_flat needs a loss that is a mean over tokens: set loss_type to one of "
                f"{', '.join(sorted(TOKEN_LOSSES))}, not {self.loss_type}"
            )

    def _check_batches(self) -> None:
        prompts = (self.generation_batch_size or 0) // self.num_generations
        if self.tasks_together < 1 or prompts % self.tasks_together:
            raise ValueError(
                f"tasks_together ({self.tasks_together}) has to divide the {prompts} prompts of "
                "a generation batch (generation_batch_size / num_generations)"
            )
        every = (self.steps_per_generation or 1) * self.num_iterations
        saves = str(getattr(self.save_strategy, "value", self.save_strategy))
        # A checkpoint between two generations forgets what was generated: resuming from it
        # would go on with other completions.
        if saves == "steps" and self.save_steps * self.gradient_accumulation_steps % every:
            raise ValueError(
                f"a run could not be resumed exactly: save_steps ({self.save_steps:g}) * "
                f"gradient_accumulation_steps ({self.gradient_accumulation_steps}) has to be a "
                f"multiple of steps_per_generation * num_iterations ({every})"
            )
