"""`--where`: a small, safe expression over what is known of a document.

The expression is Python's own grammar, read by `ast` and walked by hand: comparisons,
`in`, `and`, `or`, `not`, literals and names. Nothing is ever evaluated as code.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from golong_data.errors import UserError, did_you_mean

FIELDS = ("id", "source", "title", "date", "kind", "licence", "n_tokens", "n_chars")
"""Names that every document has; any other name is looked up in its metadata."""
COMMON_META = ("language", "region", "path")

Row = Mapping[str, Any]
_Node = Callable[[Row], Any]

_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}


@dataclass(frozen=True, slots=True)
class Where:
    """A checked filter: `matches(row)` for the values of one document."""

    text: str
    """The expression in one canonical spelling."""
    names: frozenset[str]
    """The names it uses."""
    matches: Callable[[Row], bool]

    @property
    def meta_names(self) -> frozenset[str]:
        """The names that are looked up in a document's metadata."""
        return self.names - frozenset(FIELDS)


def compile_where(expression: str) -> Where | None:
    """The filter that an expression spells, or None where it is empty.

    Raises UserError for anything but comparisons of names with literals.
    """
    if not expression.strip():
        return None
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise _refuse(expression, "it is not a complete expression") from error
    names: set[str] = set()
    test = _walk(tree.body, names, expression)
    return Where(ast.unparse(tree), frozenset(names), lambda row: bool(test(row)))


def check_names(where: Where, known: set[str]) -> None:
    """Raises UserError for a name that neither FIELDS nor any document's metadata has."""
    known = known | set(FIELDS) | {"language"}
    for name in sorted(where.names - known):
        raise UserError(
            f'no document has a field "{name}".',
            where=f"where: {where.text}",
            remedy=did_you_mean(name, known),
        )


def _walk(node: ast.expr, names: set[str], source: str) -> _Node:
    if isinstance(node, ast.BoolOp):
        parts = [_walk(value, names, source) for value in node.values]
        joined = all if isinstance(node.op, ast.And) else any
        return lambda row: joined(part(row) for part in parts)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inner = _walk(node.operand, names, source)
        return lambda row: not inner(row)
    if isinstance(node, ast.Compare):
        return _compare(node, names, source)
    if isinstance(node, ast.Name):
        name = node.id
        names.add(name)
        return lambda row: row.get(name)
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, RecursionError) as error:
        raise _refuse(source, f'"{ast.unparse(node)}" is not allowed') from error
    return lambda row: value


def _compare(node: ast.Compare, names: set[str], source: str) -> _Node:
    operands = [_walk(part, names, source) for part in (node.left, *node.comparators)]
    for op in node.ops:
        if type(op) not in _COMPARE:
            raise _refuse(source, '"is" is not allowed; write ==')
    operators = [_COMPARE[type(op)] for op in node.ops]

    def test(row: Row) -> bool:
        values = [operand(row) for operand in operands]
        try:
            return all(op(a, b) for op, a, b in zip(operators, values, values[1:], strict=False))
        except TypeError:
            # A missing field, or text against a number: such a document does not match.
            return False

    return test


def _refuse(expression: str, why: str) -> UserError:
    return UserError(
        f"the filter cannot be read: {why}.",
        where=f"where: {expression.strip()}",
        remedy="Compare names with literals, such as: source == 'factbook' and "
        f"n_tokens > 2000. Names: {', '.join(FIELDS)}, and metadata such as "
        f"{', '.join(COMMON_META)}. Allowed: == != < <= > >= in, not in, and, or, not.",
    )
