"""Train recipes: every key is one that there is, in ours and in those for other programs."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import yaml

from golong_data import recipes
from golong_data.errors import UserError
from golong_data.resources import folder
from golong_data.train.recipe import as_flags, load_recipe, parse_recipe, recipe_names

SHIPPED = folder("recipes") / "train"


def test_train_recipes_are_found_and_are_no_recipes_of_data_sets() -> None:
    """Each by its own name in its own place."""
    assert recipe_names() == ["golong-4b", "smollm2", "tiny-cpu"]
    assert not set(recipe_names()) & set(recipes.recipe_names())


@pytest.mark.parametrize("name", recipe_names())
def test_a_shipped_recipe_is_accepted_whole(name: str, tmp_path: Path) -> None:
    """By the strict reader, and its settings by TMNConfig, on as many processes as it says."""
    pytest.importorskip("trl")
    from golong_data.train.flags import parse_settings

    recipe = load_recipe(name)
    settings = dict(recipe.trl)
    if name == "golong-4b":
        # It asks for GPUs; on eight of them the batch is the published one.
        settings |= {"bf16": False, "use_cpu": True}
        assert 8 * settings["gradient_accumulation_steps"] == 128 * settings["num_generations"]
        assert 8 * settings["steps_per_generation"] == 512 * settings["num_generations"]
    args = parse_settings(settings, [], where=name, output_dir=str(tmp_path))
    assert args.estimator == "tmn_reweight"
    assert args.learning_rate == recipe.trl["learning_rate"]


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("vllm-*.yaml")), ids=lambda path: path.stem)
def test_settings_for_vllm_are_settings_of_the_trainer(path: Path) -> None:
    """They are pasted below trl, so every key has to be one."""
    pytest.importorskip("trl")
    from golong_data.train.config import TMNConfig

    names = {field.name for field in dataclasses.fields(TMNConfig)}
    assert set(yaml.safe_load(path.read_text(encoding="utf-8"))) <= names


@pytest.mark.parametrize(
    "path", sorted(SHIPPED.glob("accelerate-*.yaml")), ids=lambda path: path.stem
)
def test_accelerate_reads_the_shipped_configurations(path: Path) -> None:
    """With its own reader, which refuses keys it does not know."""
    pytest.importorskip("accelerate")
    from accelerate.commands.config.config_args import ClusterConfig

    found = ClusterConfig.from_yaml_file(yaml_file=str(path))
    assert found.num_processes == 8
    assert found.mixed_precision == "bf16"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"modle": "tiny"}, 'Did you mean "model"'),
        ({"lora": {"rnak": 8}}, 'Did you mean "rank"'),
        ({"curriculum": {"by": "size"}}, "not a choice"),
        ({"warm_up": {"steps": "many"}}, "steps"),
        ({"held_out": 1.5}, "held_out lies"),
        ({"model": "smollm2", "warm_up": {}}, "warm_up is for the model tiny"),
        (["tiny"], "mapping"),
    ],
)
def test_a_recipe_that_makes_no_sense_is_refused(data: Any, message: str) -> None:
    """With the closest spelling, or what the key has to be."""
    with pytest.raises(UserError) as error:
        parse_recipe(data, where="mine.yaml")
    assert message in str(error.value)
    assert "mine.yaml" in str(error.value)


def test_settings_are_typed_as_flags() -> None:
    """Lists in several words, mappings as JSON, nothing for null."""
    settings = {"a": 1e-5, "b": [1, "x"], "c": {"k": 1}, "d": None, "e": True}
    assert as_flags(settings) == [
        *("--a", "1e-05", "--b", "1", "x", "--c", '{"k": 1}', "--e", "true")
    ]
