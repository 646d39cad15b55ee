"""Dataclasses from plain data: what is converted, and what is refused by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import pytest

from golong_data.errors import UserError
from golong_data.strict import read_yaml, strict


@dataclass(frozen=True, slots=True)
class Inner:
    name: str


@dataclass(frozen=True, slots=True)
class Outer:
    number: int = 0
    share: float = 0.0
    choice: Literal["a", "b"] = "a"
    pair: tuple[int, int] = (0, 0)
    many: tuple[str, ...] = ()
    listed: Sequence[str] = ()
    looked_for: re.Pattern[str] = re.compile("")
    inner: Inner = field(default_factory=lambda: Inner("x"))
    by_name: Mapping[str, Inner] = field(default_factory=dict)
    by_number: Mapping[int, str] = field(default_factory=dict)
    preset: int = None  # type: ignore[assignment]
    maybe: str | None = "set"


CONVERTED = [
    ("number", 3, 3),
    ("share", 1, 1.0),
    ("choice", "b", "b"),
    ("pair", [1, 2], (1, 2)),
    ("many", ["x", "y"], ("x", "y")),
    ("listed", ["x"], ("x",)),
    ("looked_for", r"(\d+)", re.compile(r"(\d+)")),
    ("inner", {"name": "n"}, Inner("n")),
    ("by_name", {"k": {"name": "n"}}, {"k": Inner("n")}),
    ("by_number", {1: "one"}, {1: "one"}),
    ("preset", None, None),
    ("preset", 4, 4),
    ("maybe", None, "set"),
]


@pytest.mark.parametrize(("key", "value", "wanted"), CONVERTED)
def test_plain_data_becomes_what_the_hints_say(key: str, value: Any, wanted: Any) -> None:
    """Lists become tuples, mappings dataclasses, texts patterns; None is the default."""
    if (key, value) == ("maybe", None):
        assert strict(Outer, {key: value}, where="here").maybe is None
    else:
        assert getattr(strict(Outer, {key: value}, where="here"), key) == wanted


REFUSED = [
    ({"numbr": 1}, ('"numbr"', 'Did you mean "number"?')),
    ({"inner": {}}, ("here: inner", 'the key "name" is missing')),
    ({"number": True}, ("True", "here: number", "int")),
    ({"number": None}, ("None", "here: number")),
    ({"choice": "c"}, ("'c'", "a, b")),
    ({"pair": [1, 2, 3]}, ("here: pair",)),
    ({"many": "abc"}, ("here: many",)),
    ({"looked_for": "("}, ("here: looked_for", "does not compile")),
    ({"inner": {"nam": "n"}}, ("here: inner", '"nam"', 'Did you mean "name"?')),
    ({"by_name": {"k": {"name": 1}}}, ("here: by_name: k: name", "str")),
]


@pytest.mark.parametrize(("data", "message"), REFUSED)
def test_what_does_not_fit_is_named(data: dict[str, Any], message: tuple[str, ...]) -> None:
    """The key in its place, and the closest known spelling."""
    with pytest.raises(UserError) as raised:
        strict(Outer, data, where="here")
    assert [part for part in message if part not in str(raised.value)] == []


def test_a_broken_yaml_file_is_named_with_its_line(tmp_path: Path) -> None:
    """As are files that are no text, or not there."""
    broken = tmp_path / "broken.yaml"
    broken.write_text("a: 1\nb: [\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"broken\.yaml:3"):
        read_yaml(broken)
    (tmp_path / "latin.yaml").write_bytes(b"a: \xe9")
    with pytest.raises(UserError, match="not UTF-8"):
        read_yaml(tmp_path / "latin.yaml")
    with pytest.raises(UserError, match="cannot be read"):
        read_yaml(tmp_path / "none.yaml")


def test_yaml_makes_no_objects(tmp_path: Path) -> None:
    """A tag that would call Python is an error, in the fast loader too."""
    path = tmp_path / "tag.yaml"
    path.write_text("a: !!python/object/apply:os.getcwd []\n", encoding="utf-8")
    with pytest.raises(UserError, match="not valid YAML"):
        read_yaml(path)
