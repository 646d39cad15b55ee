"""Changes of a class's field, made in its source: another type, value or name, or none of it.

A change is made so that the class still reads as code that someone wrote: a renamed field
is renamed wherever its class uses it, and only a field that nothing else uses is taken out.
"""

from __future__ import annotations

import ast
import keyword
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from golong_data.contexts.edits import Edit
from golong_data.material.python.excerpts import Excerpt
from golong_data.material.python.fields import Field
from golong_data.material.python.modules import Module

_SIMPLE = re.compile(r"""(['"])([^'"\\\n{}%]+)\1""")
"""A string literal that can be written in either kind of quotes."""

_TYPES = {
    "int": "float",
    "float": "int",
    "str": "bytes",
    "bytes": "str",
    "bool": "int",
    "list": "tuple",
    "tuple": "list",
    "List": "Sequence",
    "Sequence": "List",
    "dict": "object",
    "Dict": "Mapping",
    "Any": "object",
}
"""What a type turns into, where its name stands alone or before brackets."""


_PLAIN = {"int": "0", "float": "0.0", "bool": "False", "str": '""', "tuple": "()"}
"""A plain value of a type."""


def shown(excerpt: Excerpt) -> list[Field]:
    """Fields of an excerpt that are stated once, by names that mean nothing to Python itself."""
    mod = excerpt.mod
    return [
        stated[0]
        for stated in mod.fields.values()
        if len(stated) == 1 and not stated[0].last.startswith("__")
        if excerpt.holds(at := mod.span(stated[0].statement)[0], at + 1)
    ]


def tail(mod: Module, field: Field) -> tuple[int, int]:
    """Range of what a field's statement says behind its name: type and value."""
    return mod.span(field.stated)[0], mod.span(field.statement)[1]


def leaves(node: ast.expr) -> Iterator[ast.Constant]:
    """The constants that a value is put together from."""
    if isinstance(node, ast.Constant):
        yield node
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for element in node.elts:
            yield from leaves(element)
    elif isinstance(node, ast.Dict):
        for element in node.values:
            yield from leaves(element)
    elif isinstance(node, ast.Call):
        for element in (*node.args, *(k.value for k in node.keywords)):
            yield from leaves(element)


def other_constant(text: str, others: Sequence[str], rng: random.Random) -> str:
    """A constant that reads otherwise, of the same kind; empty where there is none.

    `others` are string literals that may stand in the place of one that is a single word.
    """
    if text in ("True", "False"):
        return "False" if text == "True" else "True"
    if text == "None":
        return rng.choice(("0", "False", '""', "()"))
    if re.fullmatch(r"\d{1,9}", text):
        value = int(text)
        return str(
            rng.choice([n for n in (value + 1, value - 1, value * 2) if n not in (value, -1)])
        )
    if re.fullmatch(r"0[xX][0-9a-fA-F]+", text):
        return f"{text[:-1]}{rng.choice([d for d in '0123456789' if d != text[-1]])}"
    if re.fullmatch(r"\d+\.\d+", text):
        return f"{text}5" if rng.random() < 0.5 else f"1{text}"
    literal = _SIMPLE.fullmatch(text)
    return _other_string(literal[2], literal[1], others, rng) if literal else ""


def _other_string(inside: str, quote: str, others: Sequence[str], rng: random.Random) -> str:
    words = inside.split(" ")
    found = [inside[0].swapcase() + inside[1:]]
    if len(words) > 2:
        at = rng.randrange(1, len(words))
        found += [" ".join(words[:at] + words[at + 1 :])] * 2
    elif len(words) == 1:
        found += [word for word in others if inside[0].isalnum() == word[0].isalnum()]
        found += [inside.replace("_", "-"), inside.replace("-", "_"), inside[:-1]]
    found = [text for text in found if text.strip() and text != inside]
    return f"{quote}{rng.choice(found)}{quote}" if found else ""


def string(text: str) -> str:
    """What a simple string literal says; empty for anything else."""
    found = _SIMPLE.fullmatch(text)
    return found[2] if found else ""


def _strings(mod: Module, cls: str) -> list[str]:
    """Short words that fields of a class have as values."""
    found = []
    for stated in mod.fields.values():
        for field in (f for f in stated if f.cls == cls):
            for leaf in leaves(field.statement.value) if field.statement.value else ():
                said = string(mod.text(leaf))
                if re.fullmatch(r"[\w.:-]{1,16}", said):
                    found.append(said)
    return list(dict.fromkeys(found))


# --- the kinds ------------------------------------------------------------------------------


def _value(mod: Module, field: Field, rng: random.Random) -> list[Edit]:
    value = field.statement.value
    if value is None:
        return []
    others = _strings(mod, field.cls)
    found: list[Edit] = []
    for leaf in leaves(value):
        new = other_constant(mod.text(leaf), others, rng)
        if leaf is value and leaf.value is None:
            new = _something(mod, field, rng)
        if new:
            found.append(Edit(*mod.span(leaf), new))
    if isinstance(value, ast.List | ast.Tuple | ast.Dict) and mod.text(value) in ("[]", "()", "{}"):
        found.append(Edit(*mod.span(value), rng.choice(("None", "set()"))))
    if isinstance(value, ast.List | ast.Tuple | ast.Set) and len(value.elts) > 2:
        found += _one_less(mod, value.elts, rng)
    if isinstance(value, ast.Name) and field.of_self:
        found.append(Edit(*mod.span(value), f"{value.id} or None"))
    return [rng.choice(found)] if found else []


def _something(mod: Module, field: Field, rng: random.Random) -> str:
    """A value in place of None, of the field's type; empty for types of which none is plain."""
    stated = mod.text(field.annotation) if field.annotation else " ".join(_PLAIN)
    fitting = [_PLAIN[word] for word in re.findall(r"\w+", stated) if word in _PLAIN]
    return rng.choice(fitting) if fitting else ""


def _one_less(mod: Module, elements: Sequence[ast.expr], rng: random.Random) -> list[Edit]:
    """A list without one of its elements but the last."""
    at = rng.randrange(len(elements) - 1)
    start, end = mod.span(elements[at])[0], mod.span(elements[at + 1])[0]
    taken = mod.src.text[start:end]
    return [Edit(start, end, "")] if re.fullmatch(r"[^#()]*,\s*", taken) else []


def _type(mod: Module, field: Field, rng: random.Random) -> list[Edit]:
    if field.annotation is None:
        return []
    text = mod.text(field.annotation)
    if text[0] in "'\"" or "\n" in text or "ClassVar" in text:
        return []
    found = []
    head, rest = re.fullmatch(r"(\w*)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
    if head in _TYPES and re.fullmatch(r"(\[.*\])?", rest):
        found.append(f"{_TYPES[head]}{rest}")
    if text.endswith(" | None"):
        found.append(text.removesuffix(" | None"))
    elif text.startswith("Optional[") and text.endswith("]"):
        found.append(text[9:-1])
    elif "Optional" in mod.imports:
        found.append(f"Optional[{text}]")
    else:
        found.append(f"{text} | None")
    return [Edit(*mod.span(field.annotation), rng.choice(found))]


def _rename(mod: Module, field: Field, rng: random.Random) -> list[Edit]:
    cls = _class(mod, field)
    if cls is None or _used_by_fields(mod, field) or _slotted(mod, field):
        return []
    inside = [n for n in ast.walk(cls) if isinstance(n, ast.JoinedStr)]
    if any(_uses(n, field) for part in inside for n in ast.walk(part)):
        return []  # the tree does not know where in a formatted string a name stands
    new = _new_name(mod, field.last, rng)
    uses = [n for n in ast.walk(cls) if _uses(n, field)] if new else []
    if not field.of_self and new:
        uses.append(field.target)
    ends = {mod.span(n)[1] for n in uses if isinstance(n, ast.expr)}
    return [Edit(end - len(field.last), end, new) for end in sorted(ends)]


def _uses(node: ast.AST, field: Field) -> bool:
    """Whether a node is the field of `self` or of the class."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr == field.last
        and isinstance(node.value, ast.Name)
        and node.value.id in ("self", "cls", field.cls)
    )


def _class(mod: Module, field: Field) -> ast.ClassDef | None:
    found = [cls for cls in mod.classes if cls.name == field.cls]
    return found[0] if len(found) == 1 else None


def _used_by_fields(mod: Module, field: Field) -> bool:
    """Whether what another field of the module is given names this one."""
    for stated in mod.fields.values():
        for other in stated:
            named = ast.walk(other.statement) if other is not field else ast.walk(other.stated)
            if any(
                field.last in (getattr(n, "attr", ""), getattr(n, "id", ""), getattr(n, "arg", ""))
                for n in named
                if n is not other.target
            ):
                return True
    return False


def _slotted(mod: Module, field: Field) -> bool:
    return f"{field.cls}.__slots__" in mod.fields


def _new_name(mod: Module, old: str, rng: random.Random) -> str:
    """Another name, in which one word is another of the words of the module's fields."""
    words = old.split("_")
    at = [i for i, word in enumerate(words) if len(word) > 1]
    known = {word for name in mod.fields for word in name.partition(".")[2].split("_")}
    alike = sorted(
        w for w in known if len(w) > 2 and w.isupper() == old.isupper() and w not in words
    )
    if not at or not alike:
        return ""
    for _ in range(6):
        new = list(words)
        if len(at) > 1:
            new[rng.choice(at)] = rng.choice(alike)
        else:
            new.insert(at[0] + (rng.random() < 0.5), rng.choice(alike))
        name = "_".join(new)
        if name.isidentifier() and not keyword.iskeyword(name) and name not in mod.src.text:
            return name
    return ""


def _gone(mod: Module, field: Field, rng: random.Random) -> list[Edit]:
    text = mod.src.text
    start, end = mod.span(field.statement)
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end) + 1 or len(text)
    whole = not text[first:start].strip() and re.fullmatch(r"\s*(#.*)?\n?", text[end:last])
    uses = len(re.findall(rf"\.{field.last}\b", text)) - field.of_self
    if field.alone or not whole or uses or _used_by_fields(mod, field):
        return []
    above = text[:first].rstrip("\n").rpartition("\n")[2].lstrip()
    below = text[last : last + 200].lstrip()
    if above.startswith("#") or below.startswith(('"', "'")):
        return []  # a remark on the field would be left behind
    return [Edit(first, last, "")]


MAKERS: Mapping[str, Callable[[Module, Field, random.Random], list[Edit]]] = {
    "value": _value,
    "type": _type,
    "rename": _rename,
    "gone": _gone,
}
"""Edits by the kind of change; none where it cannot be made to a field."""
