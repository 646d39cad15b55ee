"""The reference names what there is: every task, generator, knob and recipe."""

from __future__ import annotations

import re
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from golong_data.recipes import load_recipe, recipe_names
from golong_data.tasks import TASKS, get_task

ROOT = Path(__file__).parent.parent


@cache
def page(task: str) -> str:
    """What the guide, or for numeric the README, says about a task."""
    if task == "numeric":
        text = (ROOT / "README.md").read_text(encoding="utf-8")
        return text.partition("## Numeric questions")[2].partition("\n## ")[0]
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    common, *parts = re.split(r"^### ", text.partition("## Reference")[2], flags=re.MULTILINE)
    mine = [part for part in parts if part.startswith(f"{task}: ")]
    return "\n".join([common, *mine]) if mine else ""


def named(word: str, text: str) -> bool:
    """Whether a word stands there by itself."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


@pytest.mark.parametrize("task", TASKS)
def test_every_generator_has_its_place_in_the_reference(task: str) -> None:
    """By its name in a recipe."""
    text = page(task)
    assert text
    assert [name for name in get_task(task).generators if not named(name, text)] == []


@pytest.mark.parametrize("task", [task for task in TASKS if task != "numeric"])
def test_every_knob_has_its_place_in_the_reference(task: str) -> None:
    """Numeric's are shown in full by its recipe and its config."""
    text = page(task)
    assert [f.name for f in fields(get_task(task).config) if not named(f.name, text)] == []


@pytest.mark.parametrize("task", TASKS)
def test_the_readme_names_every_generator(task: str) -> None:
    """In the table of capabilities."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = text.partition("## Capabilities")[2].partition("\n## ")[0]
    row = next(line for line in table.split("\n") if line.startswith(f"| `{task}` "))
    assert [name for name in get_task(task).generators if f"`{name}`" not in row] == []


@pytest.mark.parametrize("recipe", recipe_names())
def test_every_recipe_is_named_somewhere(recipe: str) -> None:
    """In the README or in the guide, and it names a task that is listed."""
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")]
    assert any(named(recipe, text) for text in texts)
    assert load_recipe(recipe).task in TASKS
