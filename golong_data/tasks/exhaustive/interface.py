"""Changed interfaces: two releases of one piece of source, and which signatures differ.

Both releases stand in the context, far apart. One is the source as it is, the other has
signatures changed, functions taken out, and besides changes that are none: comments,
docstrings, line breaks, the order of imports. Which of the two comes first is chance, so
what is gone in one row is new in another.
"""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from golong_data.contexts.excerpts import Edit
from golong_data.contexts.stitch import Block, stitch
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.asking import ask
from golong_data.tasks.exhaustive import pycode, pyread
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.pycode import Function, Module, Piece
from golong_data.tasks.exhaustive.signatures import (
    changes,
    opening_line,
    parenthesised,
    release_names,
)
from golong_data.tasks.exhaustive.wording import read
from golong_data.tasks.generators import serving
from golong_data.tasks.reading import documents
from golong_data.types import Draft, Generator, MetricSpec, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

LARGEST = 16_000
"""Tokens of one release, at most."""

SPARSE = 10
"""Signatures in a release for each that differs: naming all of them pays little."""

TRIES = 12
"""Modules that are tried for one question."""

GONE = 0.2
"""Share of the changes that take a whole function out."""

TOUCHED = 0.5
"""Share of the other functions that something is changed about, yet not the signature."""

THIRD = 6
"""From so many neighbours on a third release stands beside the two."""

ASKED = {
    "en": 'Documents "{first}" and "{second}" show one piece of source code in two releases. Which '
    "functions and methods have another signature in the second, or stand in only one of the two? "
    "Names, order, kinds and default values of parameters count; comments, docstrings, layout, "
    "imports and what happens inside functions do not.",
    "zh": "文档“{first}”与“{second}”展示了同一段源代码的两个版本。"
    "哪些函数和方法在第二个版本中签名不同，或只出现在其中一个版本里？参数的名称、顺序、种类和默认值算在内；注释、文档字符串、排版、"
    "导入语句以及函数内部的内容不算。",
}
FORMAT = {
    "en": "Name each as function or Class.method.",
    "zh": "写作 function 或 Class.method。",
}
EXAMPLE = ("load_table", "Reader.read_row")
REMARKS = (
    "Kept for callers of earlier releases.",
    "Reviewed for this release.",
    "The order of the steps matters here.",
    "Covered by the tests of the public interface.",
    "See the notes of this release.",
    "Behaviour on empty input is unchanged.",
)
"""What is written into comments and docstrings."""


@dataclass(frozen=True, slots=True)
class Release:
    """A changed form of the pieces shown: its edits, and what differs from the source."""

    edits: tuple[Edit, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]


def serves(corpus: Corpus, index: int) -> bool:
    """Python modules of some size."""
    return pycode.is_module(corpus, index) and int(corpus.n_tokens[index]) >= 300


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Two releases of an excerpt of a random module, one of them changed."""
    rng = work.rng
    pool = serving(work.corpus, GENERATOR)
    if not pool:
        raise Refused("no Python module in the corpus")
    n_releases = 3 if config.knobs().neighbours >= THIRD else 2
    size = min((work.ctx - 500) * 3 // 5 // n_releases, LARGEST)
    # Large modules have more to ask about.
    weights = [float(work.corpus.n_tokens[i]) ** 0.5 for i in pool]
    fewest = config.knobs().changes
    found: list[tuple[Module, list[Piece], list[Function]]] = []
    for index in rng.choices(pool, weights, k=TRIES):
        try:
            mod = pycode.module(work.corpus, index)
        except Refused:
            continue
        pieces = _excerpt(mod, size, rng)
        found.append((mod, pieces, _changeable(mod, pieces)))
        if len(found[-1][2]) >= SPARSE * fewest:
            break
    most = min(2 * fewest, max((len(shown[2]) for shown in found), default=0) // SPARSE)
    if most < 1:
        raise Refused("no module has enough signatures that fit into the length asked for")
    mod, pieces, candidates = max(found, key=lambda shown: len(shown[2]))
    n = rng.randint(min(fewest, most), most)
    release = _release(mod, pieces, candidates, n, rng)
    names = release_names(rng, n_releases)
    blocks = _two(mod, pieces, release, names, rng)
    if n_releases > 2:
        other = _release(mod, pieces, candidates, n, rng)
        body, _ = pycode.assemble(mod, pieces, other.edits)
        blocks.append(Block(f"{mod.src.id}#3", f"{mod.name} ({names[2]})", body))
    question = ASKED[config.language].format(first=blocks[0].title, second=blocks[1].title)
    variables = ask(question, FORMAT[config.language], EXAMPLE, thinking=config.thinking)
    context = stitch(
        work,
        blocks,
        work.room(variables),
        exclude=frozenset({mod.src.title, *(b.title for b in blocks)}),
        language=config.language,
    )
    return Draft(
        context=context,
        question=variables,
        gold=tuple(sorted({*release.changed, *release.gone})),
        metric=MetricSpec("f1"),
        subtask="interface",
        counterfactual=len(release.changed) + len(release.gone),
        difficulty=config.level,
        language=config.language,
    )


def _excerpt(mod: Module, size: int, rng: random.Random) -> list[Piece]:
    """Whole functions around a random one, as many as fit."""
    names = [n for n, found in mod.functions.items() if len(found) == 1]
    try:
        return pycode.choose(mod, [rng.choice(names)], size) if names else []
    except Refused:
        return []


def _changeable(mod: Module, pieces: Sequence[Piece]) -> list[Function]:
    """Functions of an excerpt that stand there once and whose parameters are plain to see."""
    shown = [p.name for p in pieces if p.kind == "function"]
    found = [mod.functions[name] for name in shown]
    return [f[0] for f in found if len(f) == 1 and parenthesised(mod, f[0].node)]


def _release(
    mod: Module,
    pieces: Sequence[Piece],
    candidates: Sequence[Function],
    n: int,
    rng: random.Random,
) -> Release:
    """About `n` signatures changed or gone, and much else touched."""
    edits: list[Edit] = []
    changed: list[str] = []
    gone: list[str] = []
    where = {p.name: p for p in pieces if p.kind == "function"}
    order = rng.sample(candidates, len(candidates))
    for function in order:
        if len(changed) + len(gone) == n:
            break
        piece = where[function.name]
        if rng.random() < GONE and _spared(pieces, piece, gone):
            edits.append(Edit(piece.start, piece.end, ""))
            gone.append(function.name)
            continue
        options = changes(mod, function, rng)
        if options:
            kind = rng.choice(sorted({c.kind for c in options}))
            edits += rng.choice([c for c in options if c.kind == kind]).edits
            changed.append(function.name)
    if not changed and not gone:
        raise Refused("no signature of a module can be changed")
    for function in order:
        if function.name not in {*changed, *gone} and rng.random() < TOUCHED:
            edits += _touch(mod, function, rng)
    edits += _swapped_imports(mod, pieces)
    return Release(tuple(edits), tuple(changed), tuple(gone))


def _spared(pieces: Sequence[Piece], piece: Piece, gone: Sequence[str]) -> bool:
    """Whether a class keeps a method when a function goes."""
    if not piece.cls:
        return True
    members = [p.name for p in pieces if p.cls == piece.cls and p.kind == "function"]
    return len([name for name in members if name not in gone]) > 1


def _touch(mod: Module, function: Function, rng: random.Random) -> list[Edit]:
    """A change that leaves the signature as it is: a comment, a docstring, line breaks."""
    way = rng.choice(["comment", "docstring", "layout"])
    if way == "comment":
        edit = opening_line(mod, function.node, f"# {rng.choice(REMARKS)}")
        return [edit] if edit else []
    if way == "docstring":
        first = function.node.body[0]
        if not isinstance(first, ast.Expr) or not ast.get_docstring(function.node):
            return []
        end = mod.span(first)[1]
        if mod.src.text[end - 3 : end] != '"""' or mod.src.text[end - 4] == '"':
            return []
        return [Edit(end - 3, end - 3, f" {rng.choice(REMARKS)}")]
    where = parenthesised(mod, function.node)
    inside = mod.src.text[where[0] + 1 : where[1] - 1] if where else ""
    if where is None or not re.fullmatch(r"[\w=., ]+,[\w=., ]+", inside):
        return []
    indent = " " * (8 if "." in function.name else 4)
    lines = f",\n{indent}    ".join(part.strip() for part in inside.split(",") if part.strip())
    return [Edit(*where, f"(\n{indent}    {lines}\n{indent})")]


def _swapped_imports(mod: Module, pieces: Sequence[Piece]) -> list[Edit]:
    """The first two imports that stand on a line each, the second before the first."""
    text = mod.src.text
    for one, two in pairwise(pieces):
        lines = [text[p.start : p.end] for p in (one, two)]
        plain = all(re.fullmatch(r"(?:import|from) [^\n]*\n", line) for line in lines)
        if one.kind == two.kind == "import" and plain:
            return [Edit(one.start, one.end, lines[1]), Edit(two.start, two.end, lines[0])]
    return []


def _two(
    mod: Module,
    pieces: Sequence[Piece],
    release: Release,
    names: Sequence[str],
    rng: random.Random,
) -> list[Block]:
    """The source and its changed form as blocks, in either order of release."""
    spans = {
        f.name: parenthesised(mod, f.node)
        for found in mod.functions.values()
        for f in found
        if f.name in {*release.changed, *release.gone}
    }
    here = [spans[name] for name in (*release.changed, *release.gone)]
    there = [spans[name] for name in release.changed]
    sides = [
        pycode.assemble(mod, pieces, (), [s for s in here if s]),
        pycode.assemble(mod, pieces, release.edits, [s for s in there if s]),
    ]
    if rng.random() < 0.5:
        sides.reverse()
    return [
        Block(f"{mod.src.id}#{i}", f"{mod.name} ({name})", body, evidence)
        for i, (name, (body, evidence)) in enumerate(zip(names, sides, strict=False), 1)
    ]


# --- the independent solver ---------------------------------------------------------------


def solve(question: str, prompt: str) -> tuple[str, ...] | None:
    """Reads the signatures of both releases by their tokens and compares them."""
    for wording in ASKED.values():
        asked = read(wording, question)
        if asked is None:
            continue
        texts = documents(prompt)
        read_out = [pyread.read(texts.get(asked[side], "")) for side in ("first", "second")]
        sides = []
        for code in read_out:
            if code is None or not code.definitions:
                return None
            if any(d.parameters is None for d in code.definitions):
                return None
            sides.append(
                {
                    name: sorted(str(d.parameters) for d in code.definitions if d.name == name)
                    for name in {d.name for d in code.definitions}
                }
            )
        first, second = sides
        differing = [n for n in {*first, *second} if first.get(n) != second.get(n)]
        return tuple(sorted(differing)) or None
    return None


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="Python source of 300 tokens or more",
    serves=serves,
    least=8,
)
