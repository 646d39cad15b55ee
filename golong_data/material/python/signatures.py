"""Changes of a function's signature, made in its source, and the calls that these break.

A change names one parameter. It is made so that the function still reads as code that
someone wrote: a renamed parameter is renamed in the body as well, one that is taken away
leaves its default behind as a local value.
"""

from __future__ import annotations

import ast
import copy
import random
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from golong_data.contexts.edits import Edit
from golong_data.material.python.made_up import made_up
from golong_data.material.python.modules import Call, Function, FunctionNode, Module


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter as calls see it."""

    name: str
    keyword_only: bool
    optional: bool
    key: str
    """Stays the same where only the name changes."""


@dataclass(frozen=True, slots=True)
class Change:
    """One signature in its new form."""

    kind: str
    """One of `KINDS`."""
    parameter: str
    """The one that is changed; the new one where it is added."""
    new: str
    """Its new name where it is renamed; what comes before it where something is inserted; its
    partner where two are swapped."""
    edits: tuple[Edit, ...]
    signature: tuple[int, int]
    """Range of the document between the parentheses, them included."""
    before: tuple[Parameter, ...]
    """Without `self`."""
    after: tuple[Parameter, ...]

    def breaks(self, call: Call) -> bool:
        """Whether a call that fitted no longer does, or hands a value to another parameter."""
        old = bound(call, self.before)
        return old is not None and bound(call, self.after) != old


@lru_cache(maxsize=2_048)
def parenthesised(mod: Module, function: FunctionNode) -> tuple[int, int] | None:
    """Range of the parameters with their parentheses; None where it is not plain to see."""
    text, args = mod.src.text, function.args
    start = text.find("(", mod.span(function)[0])
    nodes: list[ast.arg | ast.expr | None] = [args.vararg, args.kwarg, *args.kw_defaults]
    nodes += [*args.posonlyargs, *args.args, *args.kwonlyargs, *args.defaults]
    last = max((mod.span(node)[1] for node in nodes if node), default=start + 1)
    end = text.find(")", last)
    while end >= 0:
        inside = text[start : end + 1]
        if "#" in inside or start < 0:
            return None
        try:
            same = ast.dump(_parse_args(inside)) == ast.dump(args)
        except SyntaxError:
            same = False
        if same:
            return start, end + 1
        end = text.find(")", end + 1, end + 40)
    return None


def _parse_args(inside: str) -> ast.arguments:
    tree = ast.parse(f"def f{inside}: pass").body[0]
    assert isinstance(tree, ast.FunctionDef)
    return tree.args


def parameters(args: ast.arguments, *, method: bool) -> tuple[Parameter, ...] | None:
    """Parameters that a call fills; None where any number may come, or some by place only."""
    if args.vararg or args.kwarg or args.posonlyargs:
        return None
    first = len(args.args) - len(args.defaults)
    plain = [Parameter(a.arg, False, i >= first, a.arg) for i, a in enumerate(args.args)]
    only = [
        Parameter(a.arg, True, default is not None, a.arg)
        for a, default in zip(args.kwonlyargs, args.kw_defaults, strict=True)
    ]
    if method and (not plain or plain[0].name != "self"):
        return None
    return tuple(plain[method:] + only)


def bound(call: Call, given: Sequence[Parameter]) -> Mapping[str, str] | None:
    """Which parameter, by its key, each argument of a call goes to; None where it does not fit."""
    by_place = [p for p in given if not p.keyword_only]
    if call.n_positional > len(by_place):
        return None
    places = {str(i): p.key for i, p in enumerate(by_place[: call.n_positional])}
    by_name = {p.name: p.key for p in given}
    if any(word not in by_name for word in call.keywords):
        return None
    words = {f"{word}=": by_name[word] for word in call.keywords}
    filled = [*places.values(), *words.values()]
    if len(set(filled)) < len(filled):
        return None
    if any(not p.optional and p.key not in filled for p in given):
        return None
    return places | words


# --- making one ---------------------------------------------------------------------------


def changes(
    mod: Module, function: Function, rng: random.Random, kinds: Collection[str] = ()
) -> list[Change]:
    """Every change, of these kinds or of all, that can be made to a function, one per kind and
    parameter."""
    node, method = function.node, "." in function.name
    given = parameters(node.args, method=method)
    where = parenthesised(mod, node)
    if given is None or where is None or node.type_comment:
        return []
    used = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} | {p.name for p in given}
    own = [name for name in _defaults(mod) if name not in used]
    fresh = own if len(own) > 3 else [name for name in made_up().parameters if name not in used]
    found = []
    for kind, make in _MAKERS.items():
        if kinds and kind not in kinds:
            continue
        for name in [""] if kind == "add" else [p.name for p in given]:
            args = copy.deepcopy(node.args)
            new = rng.choice(fresh)
            if kind == "swap":
                new = _next(node.args, name)
            edits = make(mod, node, args, name, new)
            if edits is None:
                continue
            text = f"({ast.unparse(args)})"
            after = parameters(args, method=method)
            assert after is not None
            after = tuple(
                Parameter(p.name, p.keyword_only, p.optional, name)
                if kind == "rename" and p.name == new
                else p
                for p in after
            )
            found.append(
                Change(
                    kind=kind,
                    parameter=name or new,
                    new=new if kind in ("rename", "insert", "swap") else "",
                    edits=(Edit(*where, text), *edits),
                    signature=where,
                    before=given,
                    after=after,
                )
            )
    return found


@lru_cache(maxsize=48)
def _defaults(mod: Module) -> Mapping[str, ast.Constant]:
    """Parameters that have a default somewhere in a module, with one: None for what is none
    of Python's constants."""
    found: dict[str, ast.Constant] = {}
    for function in (f for stated in mod.functions.values() for f in stated):
        args = function.node.args
        by_place = [*args.posonlyargs, *args.args]
        last = by_place[len(by_place) - len(args.defaults) :]
        pairs = zip(last + args.kwonlyargs, args.defaults + args.kw_defaults, strict=True)
        for arg, default in pairs:
            if default is not None and len(arg.arg) > 2:
                constant = default if isinstance(default, ast.Constant) else ast.Constant(None)
                found.setdefault(arg.arg, constant)
    return dict(sorted(found.items()))


def _default_of(mod: Module, new: str) -> ast.Constant:
    """The default of a new parameter."""
    return _defaults(mod).get(new, ast.Constant(None))


Maker = Callable[[Module, FunctionNode, ast.arguments, str, str], list[Edit] | None]
"""Changes the arguments in place; the edits that the body needs, None where it cannot be."""


def _default(args: ast.arguments, name: str) -> ast.expr | None:
    first = len(args.args) - len(args.defaults)
    for i, a in enumerate(args.args):
        if a.arg == name:
            return args.defaults[i - first] if i >= first else None
    for a, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        if a.arg == name:
            return default
    return None


def _rename(
    mod: Module, node: FunctionNode, args: ast.arguments, name: str, new: str
) -> list[Edit] | None:
    if any(isinstance(n, ast.JoinedStr | ast.Global | ast.Nonlocal) for n in ast.walk(node)):
        return None
    inner = [n for part in node.body for n in ast.walk(part)]
    if any(isinstance(n, ast.arg) and n.arg == name for n in inner):
        return None  # a nested function has a parameter of that name
    for a in (*args.args, *args.kwonlyargs):
        if a.arg == name:
            a.arg = new
    uses = [n for n in inner if isinstance(n, ast.Name) and n.id == name]
    return [Edit(*mod.span(n), new) for n in uses]


def _remove(
    mod: Module, node: FunctionNode, args: ast.arguments, name: str, new: str
) -> list[Edit] | None:
    default = _default(args, name)
    if not isinstance(default, ast.Constant):
        return None
    edit = opening_line(mod, node, f"{name} = {ast.unparse(default)}")
    if edit is None:
        return None
    _take_out(args, name)
    return [edit]


def _take_out(args: ast.arguments, name: str) -> ast.arg:
    for i, a in enumerate(args.args):
        if a.arg == name:
            first = len(args.args) - len(args.defaults)
            if i >= first:
                del args.defaults[i - first]
            return args.args.pop(i)
    at = next(i for i, a in enumerate(args.kwonlyargs) if a.arg == name)
    del args.kw_defaults[at]
    return args.kwonlyargs.pop(at)


def opening_line(mod: Module, node: FunctionNode, line: str) -> Edit | None:
    """A first statement of the body, behind the docstring."""
    body = node.body
    has_doc = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    at = body[1] if has_doc and len(body) > 1 else body[0]
    if at.lineno == node.lineno or (has_doc and len(body) == 1) or hasattr(at, "decorator_list"):
        return None
    start = mod.span(at)[0]
    indent = mod.src.text[mod.lines[at.lineno - 1] : start]
    return None if indent.strip() else Edit(start, start, f"{line}\n{indent}")


def _keyword(
    mod: Module, node: FunctionNode, args: ast.arguments, name: str, new: str
) -> list[Edit] | None:
    if not args.args or args.args[-1].arg != name:
        return None
    default = _default(args, name)
    args.kwonlyargs.insert(0, _take_out(args, name))
    args.kw_defaults.insert(0, default)
    return []


def _require(
    mod: Module, node: FunctionNode, args: ast.arguments, name: str, new: str
) -> list[Edit] | None:
    first = len(args.args) - len(args.defaults)
    if args.defaults and args.args[first].arg == name:
        del args.defaults[0]
        return []
    for i, a in enumerate(args.kwonlyargs):
        if a.arg == name and args.kw_defaults[i] is not None:
            args.kw_defaults[i] = None
            return []
    return None


_OTHERS: Mapping[bool | None, tuple[bool | int | str | None, ...]] = {
    None: (0, False, ""),
    True: (False, None),
    False: (True, None),
}
_WORD = re.compile(r"[\w-]{1,20}")


def _changed_default(
    mod: Module, node: FunctionNode, args: ast.arguments, name: str, new: str
) -> list[Edit] | None:
    default = _default(args, name)
    if not isinstance(default, ast.Constant):
        return None
    value = default.value
    if value is None or isinstance(value, bool):
        default.value = _OTHERS[value][len(name) % len(_OTHERS[value])]
    elif isinstance(value, int):
        default.value = value + 1 + len(name) % 3
    elif isinstance(value, str) and _WORD.fullmatch(value):
        default.value = f"{value}2"
    else:
        return None
    return []


def _add(
    mod: Module, node: FunctionNode, args: ast.arguments, name: str, new: str
) -> list[Edit] | None:
    args.args.append(ast.arg(arg=new))
    args.defaults.append(_default_of(mod, new))
    return []


def _insert(
    mod: Module, node: FunctionNode, args: ast.arguments, name: str, new: str
) -> list[Edit] | None:
    first = len(args.args) - len(args.defaults)
    for i, a in enumerate(args.args):
        if a.arg == name and i >= first:
            args.args.insert(i, ast.arg(arg=new))
            args.defaults.insert(i - first, _default_of(mod, new))
            return []
    return None


def _next(args: ast.arguments, name: str) -> str:
    """The parameter behind one, by place; empty where there is none."""
    names = [a.arg for a in args.args]
    at = names.index(name) + 1 if name in names else len(names)
    return names[at] if at < len(names) else ""


def _swap(
    mod: Module, node: FunctionNode, args: ast.arguments, name: str, new: str
) -> list[Edit] | None:
    first = len(args.args) - len(args.defaults)
    names = [a.arg for a in args.args]
    if not new or name == "self":
        return None
    i = names.index(name)
    if (i >= first) != (i + 1 >= first):
        return None
    args.args[i], args.args[i + 1] = args.args[i + 1], args.args[i]
    if i >= first:
        k = i - first
        args.defaults[k], args.defaults[k + 1] = args.defaults[k + 1], args.defaults[k]
    return []


_MAKERS: Mapping[str, Maker] = {
    "rename": _rename,
    "remove": _remove,
    "keyword": _keyword,
    "require": _require,
    "default": _changed_default,
    "add": _add,
    "insert": _insert,
    "swap": _swap,
}
KINDS = tuple(_MAKERS)
