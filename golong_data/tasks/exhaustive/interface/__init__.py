"""Changed interfaces: two releases of one piece of source, and what of them differs.

Both releases stand in the context, far apart. Asked are the functions whose signatures
differ, or the fields of classes whose types or values do. One release is the source as it
is; the other has some of these changed or gone, and besides much that does not count:
comments, docstrings, layout, quotes, order, what functions do inside. Which of the two comes
first is chance, so what is gone in one row is new in another.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.budget import Share
from golong_data.contexts.windows import source
from golong_data.contexts.workspace import Workspace
from golong_data.material.python import excerpts, modules
from golong_data.material.python.fields import fields_of
from golong_data.material.python.made_up import release_names
from golong_data.material.python.modules import FUNCTIONS, Module, Piece
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.interface.fields import FIELDS
from golong_data.tasks.exhaustive.interface.release import Way, release
from golong_data.tasks.exhaustive.interface.signatures import SIGNATURES
from golong_data.tasks.exhaustive.solve.interface import WORDS, Asks, solve
from golong_data.tasks.forms import LIST, ask, compose
from golong_data.tasks.generators import serving
from golong_data.types import Draft, Generator, Refused
from golong_data.words import words

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

ROOM = Share(3, 5)
"""For all releases, of a context without its frame."""

FRAME = 500
"""Tokens of the question and of headings, about."""

LARGEST = 16_000
"""Tokens of one release, at most."""

SPARSE = 14
"""Functions or fields in a release for each that differs: naming all of them pays little."""

TRIES = 12
"""Modules that are tried for one question."""

THIRD = 6
"""From so many neighbours on a third release stands beside the two."""

WAYS = (SIGNATURES, FIELDS)


def serves(corpus: Corpus, index: int) -> bool:
    """Python modules with enough functions, or enough fields of classes, for one to differ."""
    return bool(_ways(corpus, index))


@lru_cache(maxsize=8192)
def _ways(corpus: Corpus, index: int) -> tuple[str, ...]:
    """What can be asked about a document: "signatures", "fields"."""
    if not modules.is_module(corpus, index) or int(corpus.n_tokens[index]) < 300:
        return ()
    text = source(corpus, index).text
    may_serve = "class " in text or text.count("def ") >= SPARSE
    if len(text) > modules.LARGEST or not may_serve:
        return ()
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return ()
    classes = [cls for cls in tree.body if isinstance(cls, ast.ClassDef)]
    bodies = [tree.body, *(cls.body for cls in classes)]
    numbers = {
        "signatures": sum(isinstance(node, FUNCTIONS) for body in bodies for node in body),
        "fields": sum(len(stated) == 1 for stated in fields_of(tree).values()),
    }
    return tuple(name for name, n in numbers.items() if n >= SPARSE)


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Two releases of an excerpt of a random module, one of them changed."""
    rng = work.rng
    n_releases = 3 if config.neighbours >= THIRD else 2
    size = min(ROOM.tokens(work.ctx - FRAME) // n_releases, LARGEST)
    for way in rng.sample(WAYS, len(WAYS)):
        mod, pieces, elements = _drawn(work, way, size, config.changes)
        most = min(2 * config.changes, len(elements) // SPARSE)
        if mod and most:
            break
    else:
        raise Refused("no module has enough signatures or fields that fit into the length")
    n = rng.randint(min(config.changes, most), most)
    changed = release(way, mod, pieces, elements, n, rng)
    titles = [f"{mod.src.title} ({name})" for name in release_names(rng, n_releases)]
    sides = [((), changed.here), (changed.edits, changed.there)]
    if rng.random() < 0.5:
        sides.reverse()
    if n_releases > 2:
        sides.append((release(way, mod, pieces, elements, n, rng).edits, ()))
    asks = words(Asks, WORDS, "asks")[config.language].kinds[way.name]
    question = asks.question.format(first=titles[0], second=titles[1])
    return compose(
        work,
        config,
        ask(LIST, config, question, asks.answer_format, way.example),
        [
            excerpts.block(mod, pieces, title, edits, evidence, mark=f"#{i}")
            for i, (title, (edits, evidence)) in enumerate(zip(titles, sides, strict=True), 1)
        ],
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
            mod = modules.module(corpus, index)
        except Refused:
            continue
        pieces = way.excerpt(mod, size, work.rng)
        elements = way.elements(mod, pieces)
        if len(elements) > len(best[2]):
            best = (mod, pieces, elements)
        if len(elements) >= SPARSE * fewest:
            break
    return best


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs="Python source with fourteen functions, or as many fields of classes",
    serves=serves,
    least=8,
)
