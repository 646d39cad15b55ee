"""Changed interfaces: two releases of one piece of source, and what of them differs.

Both releases stand in the context, far apart. Asked are the functions whose signatures
differ, or the fields of classes whose types or values do. One release is the source as it
is; the other has some of these changed or gone, and besides much that does not count:
comments, docstrings, layout, quotes, order, what functions do inside. Which of the two comes
first is chance, so what is gone in one row is new in another.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import source
from golong_data.contexts.workspace import Workspace
from golong_data.material.python import excerpts as pyexcerpt
from golong_data.material.python import fields as pyfields
from golong_data.material.python import modules as pycode
from golong_data.material.python.modules import FUNCTIONS, Module, Piece
from golong_data.material.python.signatures import release_names
from golong_data.solving import python as pyread
from golong_data.solving.reading import documents
from golong_data.tasks.exhaustive import interface_fields, interface_signatures
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.interface_release import Release, Way, release
from golong_data.tasks.exhaustive.interface_words import EXAMPLE, FIELDS, FORMAT, SIGNATURES
from golong_data.tasks.forms import LIST, ask, compose
from golong_data.tasks.generators import serving
from golong_data.types import Draft, Generator, Refused
from golong_data.words import read

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

LARGEST = 16_000
"""Tokens of one release, at most."""

SPARSE = 14
"""Functions or fields in a release for each that differs: naming all of them pays little."""

TRIES = 12
"""Modules that are tried for one question."""

THIRD = 6
"""From so many neighbours on a third release stands beside the two."""

WAYS = (interface_signatures.WAY, interface_fields.WAY)
ASKED = {"signatures": SIGNATURES, "fields": FIELDS}


def serves(corpus: Corpus, index: int) -> bool:
    """Python modules with enough functions, or enough fields of classes, for one to differ."""
    return bool(_ways(corpus, index))


@lru_cache(maxsize=8192)
def _ways(corpus: Corpus, index: int) -> tuple[str, ...]:
    """What can be asked about a document: "signatures", "fields"."""
    if not pycode.is_module(corpus, index) or int(corpus.n_tokens[index]) < 300:
        return ()
    text = source(corpus, index).text
    may_serve = "class " in text or text.count("def ") >= SPARSE
    if len(text) > pycode.LARGEST or not may_serve:
        return ()
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return ()
    classes = [cls for cls in tree.body if isinstance(cls, ast.ClassDef)]
    bodies = [tree.body, *(cls.body for cls in classes)]
    n_functions = sum(isinstance(node, FUNCTIONS) for body in bodies for node in body)
    n_fields = sum(len(stated) == 1 for stated in pyfields.fields(tree).values())
    numbers = {"signatures": n_functions, "fields": n_fields}
    return tuple(name for name, n in numbers.items() if n >= SPARSE)


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Two releases of an excerpt of a random module, one of them changed."""
    rng = work.rng
    n_releases = 3 if config.neighbours >= THIRD else 2
    size = min((work.ctx - 500) * 3 // 5 // n_releases, LARGEST)
    for way in rng.sample(WAYS, len(WAYS)):
        mod, pieces, elements = _drawn(work, way, size, config.changes)
        most = min(2 * config.changes, len(elements) // SPARSE)
        if mod and most:
            break
    else:
        raise Refused("no module has enough signatures or fields that fit into the length")
    n = rng.randint(min(config.changes, most), most)
    changed = release(way, mod, pieces, elements, n, rng)
    names = release_names(rng, n_releases)
    blocks = _two(mod, pieces, changed, names, rng)
    if n_releases > 2:
        other = release(way, mod, pieces, elements, n, rng)
        body, _ = pyexcerpt.assemble(mod, pieces, other.edits)
        blocks.append(Block(f"{mod.src.id}#3", f"{mod.src.title} ({names[2]})", body))
    asked = ASKED[way.name][config.language]
    question = ask(
        LIST,
        config,
        asked.format(first=blocks[0].title, second=blocks[1].title),
        FORMAT[way.name][config.language],
        EXAMPLE[way.name],
    )
    return compose(
        work,
        config,
        question,
        blocks,
        tuple(sorted(changed.gold)),
        exclude=(mod.src.title,),
        counterfactual=len(changed.gold),
    )


def _drawn(
    work: Workspace, way: Way, size: int, fewest: int
) -> tuple[Module | None, list[Piece], list[str]]:
    """A module, an excerpt of it and its elements: with enough of them, or the most found."""
    corpus = work.corpus
    pool = [i for i in serving(corpus, GENERATOR) if way.name in _ways(corpus, i)]
    # Large modules have more to ask about.
    weights = [float(corpus.n_tokens[i]) ** 0.5 for i in pool]
    best: tuple[Module | None, list[Piece], list[str]] = (None, [], [])
    for index in work.rng.choices(pool, weights, k=TRIES) if pool else ():
        try:
            mod = pycode.module(corpus, index)
        except Refused:
            continue
        pieces = way.excerpt(mod, size, work.rng)
        elements = way.elements(mod, pieces)
        if len(elements) > len(best[2]):
            best = (mod, pieces, elements)
        if len(elements) >= SPARSE * fewest:
            break
    return best


def _two(
    mod: Module,
    pieces: Sequence[Piece],
    changed: Release,
    names: Sequence[str],
    rng: random.Random,
) -> list[Block]:
    """The source and its changed form as blocks, in either order of release."""
    sides = [
        pyexcerpt.assemble(mod, pieces, (), changed.here),
        pyexcerpt.assemble(mod, pieces, changed.edits, changed.there),
    ]
    if rng.random() < 0.5:
        sides.reverse()
    return [
        Block(f"{mod.src.id}#{i}", f"{mod.src.title} ({name})", body, evidence)
        for i, (name, (body, evidence)) in enumerate(zip(names, sides, strict=False), 1)
    ]


# --- the independent solver ---------------------------------------------------------------


def solve(question: str, prompt: str) -> tuple[str, ...] | None:
    """Reads the signatures or fields of both releases by their tokens and compares them."""
    for name, readers in (("signatures", _signatures), ("fields", pyread.fields)):
        for wording in ASKED[name].values():
            asked = read(wording, question)
            if asked:
                texts = documents(prompt)
                first, second = (readers(texts.get(asked[s], "")) for s in ("first", "second"))
                if not first or not second:
                    return None
                differing = [n for n in {*first, *second} if first.get(n) != second.get(n)]
                return tuple(sorted(differing)) or None
    return None


def _signatures(text: str) -> Mapping[str, list[str]] | None:
    """Function -> its parameter lists; None where one cannot be read."""
    code = pyread.read(text)
    if code is None or any(d.parameters is None for d in code.definitions):
        return None
    return {
        name: sorted(str(d.parameters) for d in code.definitions if d.name == name)
        for name in {d.name for d in code.definitions}
    }


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="Python source with fourteen functions, or as many fields of classes",
    serves=serves,
    least=8,
)
