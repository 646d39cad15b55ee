"""Python modules of a corpus, read by `ast`: functions, calls that resolve, pieces.

A call resolves where its callee can be told from the text alone: a bare name, a method of
`self`, or a dotted name. Whatever a careful reader could argue about is marked doubtful.
Offsets count characters of the document.
"""

from __future__ import annotations

import ast
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from golong_data.contexts.windows import Source, source
from golong_data.material.python.fields import Field, fields_of
from golong_data.types import Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

LARGEST = 400_000
"""Characters of a module that is still parsed."""

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True, slots=True)
class Function:
    """A function at the top of a module, or a method of a class there."""

    name: str
    """Within its module: "f" or "C.m"."""
    node: FunctionNode


@dataclass(frozen=True, slots=True)
class Call:
    """One call as written."""

    within: str
    """The function that holds it."""
    form: Literal["bare", "self", "dotted"]
    callee: str
    """"f"; "C.m" for `self.m(...)` in class C; "os.path.join"."""
    start: int
    end: int
    n_positional: int
    keywords: tuple[str, ...]
    starred: bool
    """Whether it passes `*args` or `**kwargs`."""
    doubtful: bool
    """Inside a class within a function or a formatted string, or with a bare generator in it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a module that an excerpt keeps or leaves out as a whole."""

    start: int
    end: int
    kind: Literal["import", "function", "head", "other"]
    """"head" is a class down to its first member."""
    name: str
    """Of the function; of the class for its head."""
    cls: str
    """The class it is part of."""


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """A parsed module."""

    name: str
    src: Source
    lines: tuple[int, ...]
    """Character offset at which each line starts."""
    functions: Mapping[str, tuple[Function, ...]]
    """By name; more than one where a name is defined again."""
    calls: tuple[Call, ...]
    bindings: Mapping[str, int]
    """How often each bare name is bound, in whatever scope; methods are not counted."""
    imports: Mapping[str, str]
    """Bare name -> dotted name that a top-level import gives it."""
    pieces: tuple[Piece, ...]
    fields: Mapping[str, tuple[Field, ...]]
    """Fields of its classes by name; more than one where a name is stated again."""
    classes: tuple[ast.ClassDef, ...]
    """Those at its top."""

    @property
    def title(self) -> str:
        """What a document that shows it is called: its path where the corpus calls it so."""
        title = self.src.title
        return title if title.endswith(".py") and _dotted_path(title) == self.name else self.name

    def offset(self, line: int, column: int) -> int:
        """Character offset of a position of the tree, whose columns count UTF-8 bytes."""
        return _offset(self.src.text, self.lines, line, column)

    def span(self, node: ast.expr | ast.stmt | ast.arg) -> tuple[int, int]:
        """Character range of a node."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return (
            self.offset(node.lineno, node.col_offset),
            self.offset(node.end_lineno, node.end_col_offset),
        )

    def text(self, node: ast.expr | ast.stmt) -> str:
        """A node as it is written."""
        start, end = self.span(node)
        return self.src.text[start:end]

    def is_plain(self, name: str) -> bool:
        """Whether a function is defined once, without decorators."""
        found = self.functions[name]
        return len(found) == 1 and not found[0].node.decorator_list

    def tokens(self, piece: Piece) -> int:
        """About so many tokens: by the document's mean."""
        return int((piece.end - piece.start) * self.src.n_tokens / len(self.src.text)) + 1


def is_module(corpus: Corpus, index: int) -> bool:
    """Whether a document is a Python source file, by its name."""
    return not corpus.is_table(index) and corpus.id(index).endswith(".py")


@lru_cache(maxsize=48)
def module(corpus: Corpus, index: int) -> Module:
    """A document parsed. Raises Refused where it is too long, or no Python of this version."""
    src = source(corpus, index)
    if len(src.text) > LARGEST:
        raise Refused("a module is too long")
    try:
        tree = ast.parse(src.text)
    except (SyntaxError, ValueError, RecursionError):
        raise Refused("a document does not parse as Python") from None
    path = str(corpus.meta(index).get("path") or src.id)
    return _read(_dotted_path(path), src, tree)


def by_size(corpus: Corpus, modules: Sequence[int], n: int, rng: random.Random) -> list[int]:
    """`n` random ones of some modules, large ones more often: they have more to ask about."""
    weights = [float(corpus.n_tokens[i]) ** 0.5 for i in modules]
    return rng.choices(modules, weights, k=n)


def _dotted_path(path: str) -> str:
    """The module that a path names.

    >>> _dotted_path("json/__init__.py"), _dotted_path("json/tool.py")
    ('json', 'json.tool')
    """
    return path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")


def _read(name: str, src: Source, tree: ast.Module) -> Module:
    starts = [0]
    for line in src.text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    lines = tuple(starts)
    functions: dict[str, list[Function]] = {}
    calls: list[Call] = []
    for statement in tree.body:
        members = statement.body if isinstance(statement, ast.ClassDef) else [statement]
        cls = statement.name if isinstance(statement, ast.ClassDef) else ""
        for member in members:
            if isinstance(member, FUNCTIONS):
                own = f"{cls}.{member.name}" if cls else member.name
                functions.setdefault(own, []).append(Function(own, member))
                for part in member.body:
                    calls += _calls(part, src.text, lines, own, cls)
    return Module(
        name=name,
        src=src,
        lines=lines,
        functions={own: tuple(found) for own, found in functions.items()},
        calls=tuple(calls),
        bindings=Counter(_bound(tree)),
        imports=_imports(tree),
        pieces=tuple(_pieces(tree, lines, src.text)),
        fields=fields_of(tree),
        classes=tuple(s for s in tree.body if isinstance(s, ast.ClassDef)),
    )


def _offset(text: str, lines: Sequence[int], line: int, column: int) -> int:
    start = lines[line - 1]
    head = text[start : start + column]
    if head.isascii():
        return start + column
    whole = text[start : lines[line]].encode()
    return start + len(whole[:column].decode())


def _calls(
    node: ast.AST,
    text: str,
    lines: Sequence[int],
    within: str,
    cls: str,
    doubtful: bool = False,
) -> Iterator[Call]:
    if isinstance(node, ast.Call):
        dotted = _dotted(node.func)
        if dotted:
            own = dotted.startswith("self.") and dotted.count(".") == 1 and cls
            assert node.end_lineno is not None
            assert node.end_col_offset is not None
            yield Call(
                within=within,
                form="self" if own else "dotted" if "." in dotted else "bare",
                callee=dotted.replace("self.", f"{cls}.", 1) if own else dotted,
                start=_offset(text, lines, node.lineno, node.col_offset),
                end=_offset(text, lines, node.end_lineno, node.end_col_offset),
                n_positional=sum(not isinstance(a, ast.Starred) for a in node.args),
                keywords=tuple(k.arg for k in node.keywords if k.arg),
                starred=any(isinstance(a, ast.Starred) for a in node.args)
                or any(k.arg is None for k in node.keywords),
                doubtful=doubtful or any(isinstance(a, ast.GeneratorExp) for a in node.args),
            )
    inner = doubtful or isinstance(node, ast.ClassDef | ast.JoinedStr)
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, text, lines, within, cls, inner)


def _dotted(node: ast.expr) -> str:
    """The dotted name that an expression spells; empty where it is anything else."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return ""
    return ".".join([node.id, *reversed(names)])


def _bound(tree: ast.Module) -> Iterator[str]:
    """Every binding of a bare name in the module, methods of top-level classes left out."""
    methods = {
        id(member)
        for statement in tree.body
        if isinstance(statement, ast.ClassDef)
        for member in statement.body
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, (*FUNCTIONS, ast.ClassDef)) and id(node) not in methods:
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (a.asname or a.name.partition(".")[0] for a in node.names)
        elif isinstance(node, ast.ExceptHandler | ast.MatchAs | ast.MatchStar) and node.name:
            yield node.name


def _imports(tree: ast.Module) -> dict[str, str]:
    """Names given by plain imports at the top of the module, relative ones left out."""
    found: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.Import):
            found.update({a.name: a.name for a in node.names if not a.asname})
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.update({a.name: f"{node.module}.{a.name}" for a in node.names if not a.asname})
    return found


# --- pieces ---------------------------------------------------------------------------------


def _pieces(tree: ast.Module, lines: Sequence[int], text: str) -> Iterator[Piece]:
    """The module cut at top-level statements, and classes at their members.

    Comments belong to what follows them.
    """
    at = 0
    for statement in tree.body:
        if not isinstance(statement, ast.ClassDef) or not _has_methods(statement):
            end = _line_end(statement, lines, text)
            if end > at:
                yield Piece(at, end, _kind(statement), _name(statement), "")
                at = end
            continue
        cls = statement.name
        head = True
        for member in statement.body:
            if head and isinstance(member, FUNCTIONS):
                first = min([member.lineno, *(d.lineno for d in member.decorator_list)])
                yield Piece(at, lines[first - 1], "head", cls, cls)
                at, head = lines[first - 1], False
            end = _line_end(member, lines, text)
            if not head and end > at:
                name = f"{cls}.{member.name}" if isinstance(member, FUNCTIONS) else ""
                yield Piece(at, end, "function" if name else "other", name, cls)
                at = end
    if at < len(text):
        yield Piece(at, len(text), "other", "", "")


def _has_methods(cls: ast.ClassDef) -> bool:
    """Whether a class has methods, none of them on the line of its name."""
    return cls.body[0].lineno > cls.lineno and any(isinstance(m, FUNCTIONS) for m in cls.body)


def _kind(statement: ast.stmt) -> Literal["import", "function", "other"]:
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return "import"
    return "function" if isinstance(statement, FUNCTIONS) else "other"


def _name(statement: ast.stmt) -> str:
    return statement.name if isinstance(statement, FUNCTIONS) else ""


def _line_end(node: ast.stmt, lines: Sequence[int], text: str) -> int:
    assert node.end_lineno is not None
    return min(lines[node.end_lineno], len(text))
