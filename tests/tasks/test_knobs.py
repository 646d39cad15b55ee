"""Knobs: the level presets them, a recipe sets them, bounds hold, pages describe them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

import pytest

from golong_data.errors import UserError
from golong_data.strict import strict
from golong_data.tasks import TASKS, get_task
from golong_data.tasks.knobs import LEVELS, SHARE, Config, described, knob, setting, weights


@dataclass(frozen=True, slots=True)
class Mine(Config):
    """A config of one's own."""

    generators: Mapping[str, float] = weights("first", second=0.5)
    """Weight of each generator."""
    share: float = setting(0.5, within=SHARE)
    """A share."""
    depth: int = knob(1, 2, 3, within=(1, 6))
    """Steps that a change
    is followed."""
    pair: tuple[int, int] = knob((1, 2), (2, 4), (3, 7), within=(1, 10))
    """Fewest and most."""
    deep: bool = knob(False, False, True)
    """Whether it is deep."""


@pytest.mark.parametrize(("level", "depth"), [("easy", 1), ("medium", 2), ("hard", 3)])
def test_the_level_presets_what_is_not_set(level: str, depth: int) -> None:
    """And what is set stays."""
    made = strict(Mine, {"level": level, "pair": [5, 5], "deep": None}, where="args")
    assert (made.depth, made.pair, made.deep) == (depth, (5, 5), level == "hard")
    assert made.generators == {"first": 1.0, "second": 0.5}


BAD: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"share": 1.5}, ("share is a share between 0 and 1",)),
    ({"depth": 7}, ("depth must be between 1 and 6",)),
    ({"pair": [4, 3]}, ("pair must be [fewest, most]", "at least 1", "at most 10")),
    ({"generators": {"frist": 1}}, ("unknown generator 'frist'", "first, second")),
    ({"generators": {"first": 0}}, ("one must be above 0",)),
    ({"language": "klingon"}, ('no language "klingon"',)),
    ({"level": "extreme"}, ("easy, hard, medium",)),
]


@pytest.mark.parametrize(("data", "message"), BAD)
def test_out_of_bounds_is_one_message(data: dict[str, Any], message: tuple[str, ...]) -> None:
    """The knob, its bounds, what is known."""
    with pytest.raises(UserError) as raised:
        strict(Mine, data, where="args")
    assert [part for part in message if part not in str(raised.value)] == []


def test_a_knob_is_described_from_where_it_is_declared() -> None:
    """Name, values by level, bounds, and the string below it on one line."""
    found = {part.name: part for part in described(Mine)}
    assert list(found) == [part.name for part in fields(Mine)]
    assert found["depth"].values == (1, 2, 3)
    assert found["depth"].within == (1, 6)
    assert found["depth"].about == "Steps that a change is followed."
    assert found["share"].values == (0.5,)
    assert found["level"].about.startswith("Preset")


@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("level", LEVELS)
def test_every_preset_lies_within_its_own_bounds(task: str, level: str) -> None:
    """A level set by name, and every value of it set by hand, give the same config."""
    config = get_task(task).config
    made = config(level=level)
    assert replace(made) == made
    assert all(getattr(made, part.name) is not None for part in fields(made))
