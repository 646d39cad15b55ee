"""Changed interfaces: two releases of one piece of source, and what of them differs.

Both releases stand in the context, far apart. Asked are the functions whose signatures
differ, or the fields of classes whose types or values do. One release is the source as it
is; the other has some of these changed or gone, and besides much that does not count:
comments, docstrings, layout, quotes, order, what functions do inside. Which of the two comes
first is chance, so what is gone in one row is new in another.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.budget import Share
from golong_data.contexts.windows import source
from golong_data.contexts.workspace import Workspace
from golong_data.material.python import modules
from golong_data.material.python.fields import fields_of
from golong_data.material.python.made_up import release_names
from golong_data.material.python.modules import FUNCTIONS
from golong_data.material.python.releases import KINDS, Interfaces, release
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.lazy import interface as lazy
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


def serves(corpus: Corpus, index: int) -> bool:
    """Python modules with enough functions, or enough fields of classes, for one to differ."""
    return bool(_kinds(corpus, index))


@lru_cache(maxsize=8192)
def _kinds(corpus: Corpus, index: int) -> tuple[str, ...]:
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
    for kind in rng.sample(list(KINDS), len(KINDS)):
        shown = _drawn(work, kind, size, config.changes)
        most = min(2 * config.changes, len(shown.names) // SPARSE) if shown else 0
        if shown and most:
            break
    else:
        raise Refused("no module has enough signatures or fields that fit into the length")
    n = rng.randint(min(config.changes, most), most)
    changed = release(shown, n, rng)
    mod = shown.excerpt.mod
    titles = [f"{mod.src.title} ({name})" for name in release_names(rng, n_releases)]
    sides = [((), changed.here), (changed.edits, changed.there)]
    if rng.random() < 0.5:
        sides.reverse()
    if n_releases > 2:
        sides.append((release(shown, n, rng).edits, ()))
    asks = words(Asks, WORDS, "asks")[config.language].kinds[kind]
    question = asks.question.format(first=titles[0], second=titles[1])
    return compose(
        work,
        config,
        ask(LIST, config, question, asks.answer_format),
        [
            replace(shown.excerpt, evidence=evidence).block(title, edits, mark=f"#{i}")
            for i, (title, (edits, evidence)) in enumerate(zip(titles, sides, strict=True), 1)
        ],
        sorted(changed.differing),
        exclude=(mod.src.title,),
        counterfactual=len(changed.differing),
    )


def _drawn(work: Workspace, kind: str, size: int, fewest: int) -> Interfaces | None:
    """The interfaces of an excerpt of a module: enough of them, or the most found."""
    corpus = work.corpus
    pool = [i for i in serving(corpus, GENERATOR) if kind in _kinds(corpus, i)]
    best, most = None, 0
    for index in modules.by_size(corpus, pool, TRIES, work.rng) if pool else ():
        try:
            shown = KINDS[kind].drawn(modules.module(corpus, index), size, work.rng)
        except Refused:
            continue
        n = len(shown.names)
        best, most = (shown, n) if n > most else (best, most)
        if most >= SPARSE * fewest:
            break
    return best


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs="Python source with fourteen functions, or as many fields of classes",
    serves=serves,
    least=8,
    candidates=lazy.candidates,
    lazy=lazy.READERS,
)
