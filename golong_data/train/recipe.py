"""Train recipes: a model, a split, a curriculum and TRL's settings, in YAML with strict keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from golong_data.errors import UserError, did_you_mean
from golong_data.resources import folder
from golong_data.strict import read_yaml, strict
from golong_data.train.curriculum import Curriculum


@dataclass(frozen=True, slots=True)
class Lora:
    """Low-rank adapters instead of all weights."""

    rank: int = 16
    alpha: int = 32
    dropout: float = 0.0
    targets: tuple[str, ...] = ("all-linear",)
    """Names of the modules that get one; all-linear means every linear layer."""


@dataclass(frozen=True, slots=True)
class WarmUp:
    """Supervised steps before the reinforced ones, for a model that has learned nothing yet."""

    steps: int = 300
    rows: int = 8
    """Rows in a step."""
    learning_rate: float = 1e-2
    noise: float = 0.25
    """Share of the answers that are taken from another row, so that there is much to learn."""
    tail: int = 256
    """Tokens of each prompt that are shown, its last ones."""


@dataclass(frozen=True, slots=True)
class TrainRecipe:
    """What a run is made of, beside its rows."""

    model: str = ""
    """tiny, smollm2, a folder, or a Hugging Face id."""
    task_by: Literal["metric", "task", "capability"] = "metric"
    """What advantages are shared over: the reward type as published, a task, a capability."""
    held_out: float = 0.05
    """Share of the rows that are kept for evaluation, by a hash of their ids."""
    eval_rows: int = 64
    """Held-out rows that are evaluated, at most."""
    lora: Lora | None = None
    warm_up: WarmUp | None = None
    """For `model: tiny` alone."""
    curriculum: Curriculum = field(default_factory=Curriculum)
    trl: Mapping[str, Any] = field(default_factory=dict)
    """Settings of TMNConfig, which are those of TRL's GRPOConfig and a few more."""

    def __post_init__(self) -> None:
        if not 0 <= self.held_out < 1 or self.eval_rows < 0:
            raise ValueError("held_out lies between 0 and 1, eval_rows is not negative")
        if self.warm_up and self.model not in ("", "tiny"):
            raise ValueError("warm_up is for the model tiny")


PARTS: Mapping[str, type[Any]] = {"lora": Lora, "warm_up": WarmUp, "curriculum": Curriculum}
"""Keys of a recipe that hold keys themselves."""


def recipe_names() -> list[str]:
    """Names of the shipped train recipes; other YAML beside them is for other programs."""
    files = (folder("recipes") / "train").glob("*.yaml")
    return sorted(p.stem for p in files if not p.stem.startswith(("accelerate-", "vllm-")))


def load_recipe(name: str) -> TrainRecipe:
    """A shipped train recipe by name, or a file by its path."""
    path = Path(name)
    if path.suffix not in (".yaml", ".yml"):
        path = folder("recipes") / "train" / f"{name}.yaml"
        if name not in recipe_names():
            raise UserError(
                f'there is no train recipe "{name}".',
                where="--config",
                remedy=did_you_mean(name, recipe_names()),
            )
    data = read_yaml(path, what="train recipe")
    return parse_recipe({} if data is None else data, where=str(path))


def parse_recipe(data: Any, *, where: str) -> TrainRecipe:
    """A train recipe from plain data, every key checked; those below trl when they are used."""
    if not isinstance(data, Mapping):
        raise UserError(
            "a train recipe is a mapping of keys to values.",
            where=where,
            remedy="Start with a line: model: NAME",
        )
    parts = {
        key: strict(PARTS[key], value or {}, where=f"{where}: {key}")
        for key, value in data.items()
        if key in PARTS
    }
    rest = {key: value for key, value in data.items() if key not in PARTS}
    try:
        recipe: TrainRecipe = replace(strict(TrainRecipe, rest, where=where), **parts)
    except ValueError as error:
        raise UserError(f"{error}.", where=where, remedy="Mend that value.") from error
    return recipe


def as_flags(settings: Mapping[str, Any]) -> list[str]:
    """Settings as they would be typed: --key value."""
    flags: list[str] = []
    for key, value in settings.items():
        if value is None:
            continue
        values = value if isinstance(value, list) else [value]
        flags += [f"--{key}", *map(_flag, values)]
    return flags


def _flag(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
