"""Fields of classes: what a class body and its `__init__` give a type or a value.

A field is stated by a statement of its own: `name = value`, `name: type` or `name: type =
value` directly in the body of a class at the top of a module, `self.name = value` (or with
a type) directly in the body of its `__init__`. What stands inside an `if` or a loop, takes
several targets or belongs to a nested class is none.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One statement of a field."""

    name: str
    """"C.name"."""
    statement: ast.Assign | ast.AnnAssign
    of_self: bool
    """Whether it stands in `__init__`."""
    alone: bool
    """Whether the body it stands in has no other statement."""

    @property
    def cls(self) -> str:
        """The class it belongs to."""
        return self.name.partition(".")[0]

    @property
    def last(self) -> str:
        """Its name within the class."""
        return self.name.partition(".")[2]

    @property
    def target(self) -> ast.expr:
        """What is given a value: `name` or `self.name`."""
        found = self.statement
        return found.targets[0] if isinstance(found, ast.Assign) else found.target

    @property
    def annotation(self) -> ast.expr | None:
        """Its type as stated."""
        return self.statement.annotation if isinstance(self.statement, ast.AnnAssign) else None

    @property
    def stated(self) -> ast.expr:
        """The first node behind its name: the type where there is one, else the value."""
        found = self.annotation or self.statement.value
        assert found is not None
        return found


def fields_of(tree: ast.Module) -> Mapping[str, tuple[Field, ...]]:
    """All fields of a module's classes by name; more than one where a name is stated again."""
    found: dict[str, list[Field]] = {}
    for cls in tree.body:
        if isinstance(cls, ast.ClassDef):
            for field in _of_class(cls):
                found.setdefault(field.name, []).append(field)
    return {name: tuple(stated) for name, stated in found.items()}


def _of_class(cls: ast.ClassDef) -> Iterator[Field]:
    for member in cls.body:
        if isinstance(member, ast.FunctionDef) and member.name == "__init__":
            for part in member.body:
                target = _target(part)
                if isinstance(target, ast.Attribute) and _is_self(target.value):
                    yield _field(cls, target.attr, part, True, len(member.body) == 1)
        target = _target(member)
        if isinstance(target, ast.Name):
            yield _field(cls, target.id, member, False, len(cls.body) == 1)


def _field(cls: ast.ClassDef, name: str, stmt: ast.stmt, of_self: bool, alone: bool) -> Field:
    assert isinstance(stmt, ast.Assign | ast.AnnAssign)
    return Field(f"{cls.name}.{name}", stmt, of_self, alone)


def _target(statement: ast.stmt) -> ast.expr | None:
    """The one thing that a statement gives a type or a value."""
    if isinstance(statement, ast.AnnAssign):
        return statement.target
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        return statement.targets[0]
    return None


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "self"
