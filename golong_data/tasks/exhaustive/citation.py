"""Citation alignment over the whole context: all documents that given statements rest on.

The statements are real sentences, reworded, of which a share says something else than its
source, in the document shown as well, and of the other passages as many do; above the easy level
one statement may join what two documents say.
No statement gives the title of its document away. Passages of documents on the same things
stand beside the sources, and no other sentence of the context may say nearly the same.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from golong_data.contexts.budget import Share, within
from golong_data.contexts.excerpts import affordable
from golong_data.contexts.sentences import joined
from golong_data.contexts.stitch import Block, titled_apart
from golong_data.contexts.workspace import Workspace
from golong_data.material.changes import (
    Change,
    change,
    check_new,
    new_names,
    new_substitutes,
    put,
)
from golong_data.material.quotes import beside, check_alone, has_quotable, quoted_in, quotes
from golong_data.material.rewording import paraphrase
from golong_data.material.varied import numbers_or_names, varied
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.lazy import citation as lazy
from golong_data.tasks.exhaustive.scarcity import SCARCE, scarce
from golong_data.tasks.exhaustive.solve.citation import solve
from golong_data.tasks.forms import LIST, Wording, ask, compose
from golong_data.tasks.generators import serving
from golong_data.types import Context, Draft, Generator, Refused
from golong_data.words import words

WORDS = "exhaustive/citation"

ROOM = Share(3, 4)
DOCUMENT_COST = 105
"""Tokens that a document takes in a short context, header included."""

PASSAGE = (70, 400)
"""Tokens of a passage, fewest and most."""

TRIES = 8
"""Documents that are looked at for each that is wanted."""

SPARE = 4
"""Passages beside the sources drawn above what is shown: some may hold a name that is new."""


@dataclass(frozen=True, slots=True)
class Asks(Wording):
    """The wording of the question."""

    element: str
    """A document by its number."""
    quotes: str
    """Marks around a statement."""


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Statements, the passages that they rest on, and passages that they do not."""
    rng = work.rng
    asks = words(Asks, WORDS, "asks")[config.language]
    most = ROOM.pieces(work.ctx, DOCUMENT_COST, affordable(work))
    statements = rng.randint(*config.statements)
    wanted = statements + (statements // 2 if config.combined else 0)
    sources = min(wanted, rng.randint(max(1, scarce(most) - 1), scarce(most)))
    n = min(most, sources * SCARCE)
    if n < 6:
        raise Refused("too little room for documents to cite")
    size = within(ROOM.tokens(work.ctx) // n - 25, *PASSAGE)
    own, changes = _sources(work, config, sources, size)
    stated = [_evidence(block) for block in own]
    new = new_names(changes)
    titles = {block.title for block in own}
    spare = n - sources + (SPARE if new else 0)
    pool = serving(work.corpus, GENERATOR)
    others = beside(work, stated, config.neighbours, pool, spare, size, titles)
    others = [o for o in others if not any(name in o.title + o.body for name in new)]
    # What is not asked about differs from its source as often as what is.
    taken = [text for block in own for text in (block.title, block.body)]
    changing = numbers_or_names(new_substitutes(work), rng, taken)
    others = varied(others[: n - sources], config.counterfactual, changing, rng)
    sentences = [paraphrase(t, config.language) if config.reworded else t for t in stated]
    listed = _listed(_joined(sentences, statements), asks.quotes)
    draft = compose(
        work,
        config,
        ask(LIST, config, asks.question.format(statements=listed), asks.answer_format),
        titled_apart([*own, *others]),
        lambda context: [asks.element.format(k) for k in _numbers(context)],
        exclude=new,
        forbidden=new,
    )
    check_new(changes, own, draft.context.text)
    check_alone(draft.context.text, stated)
    return replace(draft, counterfactual=len(changes))


def _sources(
    work: Workspace, config: ExhaustiveConfig, n: int, size: int
) -> tuple[list[Block], list[Change]]:
    """Passages with a sentence each that is quoted: their evidence. And what is changed there.

    The share of them that says something else than its source is met by passing over
    sentences without a number or name that may change, as far as there are others.
    """
    rng, substitutes = work.rng, new_substitutes(work)
    wanted = sum(rng.random() < config.counterfactual for _ in range(n))
    plain: list[Block] = []
    changed: list[Block] = []
    changes: list[Change] = []
    drawn = quotes(work, serving(work.corpus, GENERATOR), untitled=True)
    for quote in itertools.islice(drawn, TRIES * n):
        block = quoted_in(work, quote, size)
        if block is None:
            continue
        new = None
        if len(changes) < wanted:
            taken = [text for b in (*plain, *changed) for text in (b.title, b.body)]
            new = change(_evidence(block), block.title, block.body, substitutes, rng, taken=taken)
        if any(name in block.body for name in new_names(changes)):
            continue
        if new is None:
            plain.append(block)
        else:
            changed.append(put(new, block))
            changes.append(new)
        if len(changes) == wanted and len(changed) + len(plain) >= n:
            break
    own = [*changed, *plain][:n]
    if len(own) < n:
        raise Refused("too few documents hold a sentence to quote")
    return rng.sample(own, n), changes


def _evidence(block: Block) -> str:
    ((start, end),) = block.evidence
    return block.body[start:end]


def _joined(sentences: Sequence[str], statements: int) -> list[str]:
    """The sentences dealt out to so many statements; the first ones get two."""
    n = min(statements, len(sentences))
    return [joined(sentences[i::n]) for i in range(n)]


def _listed(statements: Sequence[str], quotes: str) -> str:
    return " ".join(
        f"({i}) {quotes.format(' '.join(text.split()))}"
        for i, text in enumerate(statements, start=1)
    )


def _numbers(context: Context) -> list[int]:
    """The numbers above the documents that hold evidence, in order."""
    return sorted(context.doc_ids.index(span.doc_id) + 1 for span in context.evidence)


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs="plain sentences in its first paragraphs",
    serves=has_quotable,
    least=100,
    candidates=lazy.candidates,
    lazy=lazy.READERS,
)
