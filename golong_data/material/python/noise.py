"""Changes of source that change no interface: remarks, layout, order, what functions do inside.

Each gives the edits that it takes, none where it cannot be made.
"""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Sequence
from itertools import pairwise

from golong_data.contexts.edits import Edit
from golong_data.material.python.excerpts import Excerpt
from golong_data.material.python.field_changes import leaves, other_constant, string
from golong_data.material.python.fields import Field
from golong_data.material.python.made_up import made_up
from golong_data.material.python.modules import Function, Module, Piece
from golong_data.material.python.signatures import opening_line, parenthesised


def apart(edits: Sequence[Edit], new: Sequence[Edit]) -> bool:
    """Whether edits leave each other alone."""
    ranges = sorted((e.start, e.end) for e in (*edits, *new))
    return all(one[1] <= two[0] and one != two for one, two in pairwise(ranges))


def touch_function(mod: Module, function: Function, rng: random.Random) -> list[Edit]:
    """A function with another remark, layout or inside, its signature as it was."""
    ways = (_comment, _docstring, _inside, _spread_out, _drawn_together)
    return rng.choice(ways)(mod, function, rng)


def _comment(mod: Module, function: Function, rng: random.Random) -> list[Edit]:
    edit = opening_line(mod, function.node, f"# {rng.choice(made_up().remarks)}")
    return [edit] if edit else []


def _docstring(mod: Module, function: Function, rng: random.Random) -> list[Edit]:
    return _more_doc(mod, function.node, rng)


def _more_doc(
    mod: Module, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, rng: random.Random
) -> list[Edit]:
    """A docstring with one sentence more, where it ends with a sentence."""
    first = node.body[0]
    if not isinstance(first, ast.Expr) or not ast.get_docstring(node):
        return []
    end = mod.span(first)[1] - 3
    found = re.search(r"\.([ \t]*\n([ \t]*))?\"\"\"$", mod.src.text[max(end - 200, 0) : end + 3])
    if not found:
        return []
    gap = f"\n{found[2]}" if found[1] else " "
    at = end - len(found[1] or "")
    return [Edit(at, at, f"{gap}{rng.choice(made_up().remarks)}")]


def _inside(mod: Module, function: Function, rng: random.Random) -> list[Edit]:
    """Another constant where a function gives one to a name or an attribute.

    `__init__` is left as it is: what it gives to attributes are fields.
    """
    if function.name.endswith("__init__"):
        return []
    given = [n for n in ast.walk(function.node) if isinstance(n, ast.Assign)]
    return _other_value(mod, [n.value for n in given], rng)


def _other_value(mod: Module, values: Sequence[ast.expr], rng: random.Random) -> list[Edit]:
    found = []
    for leaf in (leaf for value in values for leaf in leaves(value)):
        new = other_constant(mod.text(leaf), (), rng)
        if new:
            found.append(Edit(*mod.span(leaf), new))
    return [rng.choice(found)] if found else []


def lines_of(signature: str, indent: str) -> str:
    """A plain list of parameters with a line for each; empty where it has brackets or one."""
    inside = signature[1:-1]
    if not re.fullmatch(r"[\w=.*:, ]+,[\w=.*:, ]+", inside):
        return ""
    parts = [part.strip() for part in inside.split(",") if part.strip()]
    return f"(\n{indent}    " + f",\n{indent}    ".join(parts) + f"\n{indent})"


def _spread_out(mod: Module, function: Function, rng: random.Random) -> list[Edit]:
    where = parenthesised(mod, function.node)
    text = lines_of(mod.src.text[slice(*where)], indent_of(function)) if where else ""
    return [Edit(*where, text)] if where and text else []


def indent_of(function: Function) -> str:
    """What stands before a function's parameters where each has its own line."""
    return " " * (4 if "." in function.name else 0)


def _drawn_together(mod: Module, function: Function, rng: random.Random) -> list[Edit]:
    """Parameters on several lines put on one."""
    where = parenthesised(mod, function.node)
    text = mod.src.text[slice(*where)] if where else ""
    if where is None or "\n" not in text or "'" in text or '"' in text:
        return []
    return [Edit(*where, re.sub(r",? \)$", ")", re.sub(r"\s+", " ", text).replace("( ", "(")))]


def _swapped_imports(mod: Module, pieces: Sequence[Piece]) -> list[Edit]:
    """The first two imports that stand on a line each, the second before the first."""
    text = mod.src.text
    for one, two in pairwise(pieces):
        lines = [text[p.start : p.end] for p in (one, two)]
        plain = all(re.fullmatch(r"(?:import|from) [^\n]*\n", line) for line in lines)
        if one.kind == two.kind == "import" and plain:
            return [Edit(one.start, one.end, lines[1]), Edit(two.start, two.end, lines[0])]
    return []


# --- around fields --------------------------------------------------------------------------


def _remark_on(mod: Module, field: Field, rng: random.Random) -> list[Edit]:
    """A comment above a field or behind it."""
    text = mod.src.text
    start, end = mod.span(field.statement)
    first = text.rfind("\n", 0, start) + 1
    remark = f"# {rng.choice(made_up().remarks)}"
    if rng.random() < 0.5 and re.match(r"[ \t]*\n", text[end:]):
        return [Edit(end, end, f"  {remark}")]
    return (
        [] if text[first:start].strip() else [Edit(start, start, f"{remark}\n{text[first:start]}")]
    )


def touch_field(mod: Module, field: Field, rng: random.Random) -> list[Edit]:
    """A field with a remark, other quotes, spaces or line breaks, and the same type and value."""
    ways = (_remark_on, _quotes, _spaces, _broken)
    return rng.choice(ways)(mod, field, rng)


def _quotes(mod: Module, field: Field, rng: random.Random) -> list[Edit]:
    value = field.statement.value
    found = []
    for leaf in leaves(value) if value else ():
        said, text = string(mod.text(leaf)), mod.text(leaf)
        if said:
            quote = '"' if text[0] == "'" else "'"
            found.append(Edit(*mod.span(leaf), f"{quote}{said}{quote}"))
    return found


def _spaces(mod: Module, field: Field, rng: random.Random) -> list[Edit]:
    """More or fewer spaces between a field's name and its value."""
    start, end = mod.span(field.target)[1], mod.span(field.stated)[0]
    between = mod.src.text[start:end]
    if not re.fullmatch(r" *= *", between):
        return []
    return [Edit(start, end, rng.choice([s for s in ("=", " = ", "   = ") if s != between]))]


def _broken(mod: Module, field: Field, rng: random.Random) -> list[Edit]:
    """The elements of a list, or the arguments of a call, on lines of their own."""
    value = field.statement.value
    indent = " " * (8 if field.of_self else 4)
    if isinstance(value, ast.List):
        parts: list[ast.expr] = value.elts
    elif isinstance(value, ast.Call) and not value.keywords:
        parts = value.args
    else:
        return []
    text = mod.text(value) if value else ""
    if len(parts) < 2 or "\n" in text or not text.endswith(("]", ")")):
        return []
    starts = [mod.span(part)[0] for part in parts]
    edits = [Edit(at - (mod.src.text[at - 1] == " "), at, f"\n{indent}    ") for at in starts]
    last = mod.span(value)[1] - 1
    if mod.src.text[starts[0] - 1] not in "[(":
        return []
    return [*edits, Edit(last, last, f"\n{indent}")]


def swapped_fields(mod: Module, fields: Sequence[Field], rng: random.Random) -> list[Edit]:
    """Two neighbours among the fields of one body in each other's place."""
    lined = sorted(fields, key=lambda f: f.statement.lineno)
    pairs = [
        (one, two)
        for one, two in pairwise(lined)
        if one.cls == two.cls
        and one.of_self == two.of_self
        and one.statement.end_lineno == one.statement.lineno == two.statement.lineno - 1
        and two.statement.end_lineno == two.statement.lineno
        and one.statement.col_offset == two.statement.col_offset
        and all(re.match(r"[ \t]*\n", mod.src.text[mod.span(f.statement)[1] :]) for f in (one, two))
    ]
    if not pairs:
        return []
    one, two = rng.choice(pairs)
    texts = [mod.text(field.statement) for field in (one, two)]
    return [
        Edit(*mod.span(one.statement), texts[1]),
        Edit(*mod.span(two.statement), texts[0]),
    ]


def around(excerpt: Excerpt, rng: random.Random) -> list[list[Edit]]:
    """What may change about an excerpt besides its functions and fields."""
    mod, pieces = excerpt.mod, excerpt.pieces
    return [
        _swapped_imports(mod, pieces),
        _other_constants(mod, pieces, rng),
        _more_class_doc(excerpt, rng),
    ]


def _other_constants(mod: Module, pieces: Sequence[Piece], rng: random.Random) -> list[Edit]:
    """Another value for a name that the module itself, and no class, gives one."""
    found = []
    for piece in pieces:
        if piece.kind != "other" or piece.cls:
            continue
        text = mod.src.text[piece.start : piece.end]
        line = re.search(r"^[A-Za-z_]\w* = ([\w.]+|'\w+'|\"\w+\")[ ]*$", text, re.MULTILINE)
        new = other_constant(line[1], (), rng) if line else ""
        if line and new:
            found.append(Edit(piece.start + line.start(1), piece.start + line.end(1), new))
    return [rng.choice(found)] if found else []


def _more_class_doc(excerpt: Excerpt, rng: random.Random) -> list[Edit]:
    """A docstring of a class shown, with one sentence more."""
    mod = excerpt.mod
    starts = [(cls, mod.span(cls.body[0])[0]) for cls in mod.classes]
    shown = [cls for cls, at in starts if excerpt.holds(at, at + 1)]
    return _more_doc(mod, rng.choice(shown), rng) if shown else []
