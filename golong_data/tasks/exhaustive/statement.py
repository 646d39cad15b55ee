"""Citation alignment within one document: the numbered sentences that a statement rests on.

A run of sentences of one named document is numbered; runs of documents on the same things
are numbered as well, so that every number stands in the context more than once. A share of the
sentences asked about says something else than its source, in the document shown as well, and for
each of these many do that are not asked about.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from golong_data.contexts.budget import Share
from golong_data.contexts.sentences import Sentence, joined, quotable, sentences
from golong_data.contexts.stitch import titled_apart
from golong_data.contexts.windows import Source
from golong_data.contexts.workspace import Workspace
from golong_data.material import numbered_runs as runs
from golong_data.material.changes import (
    Change,
    Substitutes,
    change,
    check_new,
    new_names,
    new_substitutes,
)
from golong_data.material.exchanges import exchanged
from golong_data.material.numbered_runs import Run
from golong_data.material.quotes import (
    check_alone,
    folded,
    has_quotable,
    is_informative,
    near_matches,
    quotes,
    terms,
)
from golong_data.material.rewording import paraphrase
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.lazy import statement as lazy
from golong_data.tasks.exhaustive.scarcity import SCARCE, scarce
from golong_data.tasks.exhaustive.solve.statement import solve
from golong_data.tasks.forms import LIST, Wording, ask, compose
from golong_data.tasks.generators import is_prose, serving
from golong_data.types import Draft, Generator, Refused
from golong_data.words import words

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

WORDS = "exhaustive/statement"

SENTENCES = (28, 120)
"""Numbered sentences of the named document, fewest and most."""

START = 9_000
"""Characters of a document in which sentences are counted to see whether it serves."""

ROOM = Share(1, 2)
"""For the numbered document."""

WITH_OTHERS = Share(4, 5)
"""For it and the documents beside it."""

SENTENCE_COST = 36
"""Tokens that a numbered sentence takes, about."""

TRIES = 20
"""Documents that may turn out too short before a draw is given up."""

PLAIN = 4
"""Plain sentences of the document for each that belongs to the answer, at least: where most
of a document is lists, its one paragraph must not be the answer."""


@dataclass(frozen=True, slots=True)
class Asks(Wording):
    """The wording of the question."""

    quotes: str
    """Marks around the text."""


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """A document with numbered sentences, a text that rests on a few, documents like it."""
    rng = work.rng
    asks = words(Asks, WORDS, "asks")[config.language]
    src, run = _to_number(work)
    real = Run(src, run, rng.randint(1, 400))
    chosen, shown, changes = _chosen(work, config, real)
    new = new_names(changes)
    block = shown.block(chosen)
    told = [shown.sentences[i].text for i in chosen]
    left = WITH_OTHERS.tokens(work.ctx) - work.tokenizer.count(block.body)
    others = runs.beside(work, block, shown.first, told[0], config.neighbours, left, new)
    named = titled_apart([block, *others])
    if named[0].title != src.title:
        raise Refused("two documents share the title asked about")
    stated = [paraphrase(text, config.language) if config.reworded else text for text in told]
    question = asks.question.format(
        title=src.title,
        first=shown.number(0),
        last=shown.number(len(run) - 1),
        statement=asks.quotes.format(joined([" ".join(text.split()) for text in stated])),
    )
    draft = compose(
        work,
        config,
        ask(LIST, config, question, asks.answer_format),
        named,
        [shown.number(i) for i in sorted(chosen)],
        exclude=new,
        forbidden=(runs.BEFORE, *new),
    )
    check_new(changes, [block], draft.context.text)
    check_alone(shown.text(), told)
    return replace(draft, counterfactual=sum(shown.sentences[i] != run[i] for i in chosen))


def _chosen(
    work: Workspace, config: ExhaustiveConfig, run: Run
) -> tuple[list[int], Run, list[Change]]:
    """Places of the sentences to ask about, the run as it is shown, and what is changed there.

    The first fit ones serve, but where one is to say something else than its source, the first
    that has a number or name that may change. For each of these, others change that are not
    asked about: what differs from the source is not the answer.
    """
    rng, whole = work.rng, folded(run.text())
    plain = [i for i, s in enumerate(run.sentences) if _is_plain(s)]
    fit = [i for i in plain if near_matches(whole, terms(run.sentences[i].text)) == 1]
    if not fit:
        raise Refused("no sentence of a document is unlike all others")
    most = min(len(fit), max(1, len(plain) // PLAIN), scarce(len(run.sentences)))
    most = min(most, 6 if config.combined else 2)
    n = rng.randint(1 + (most > 1 and config.combined), most)
    order = rng.sample(fit, len(fit))
    substitutes = new_substitutes(work)
    wanted = sum(rng.random() < config.counterfactual for _ in range(n))
    run, changes = _changed(run, order, wanted, substitutes, rng)
    rest = [i for i in order if i not in changes]
    chosen = [*changes, *rest[: n - len(changes)]]
    run = _varied(run, chosen, (SCARCE - 1) * len(changes), substitutes, rng)
    return rng.sample(chosen, n), run, list(changes.values())


def _varied(
    run: Run, chosen: Sequence[int], wanted: int, substitutes: Substitutes, rng: random.Random
) -> Run:
    """The run with so many sentences changed beside the chosen ones, as far as there are such.

    Numbers and names first; where too few sentences hold any, other words come in their place.
    """
    others = [i for i in range(len(run.sentences)) if i not in chosen]
    others = rng.sample(others, len(others))
    run, found = _changed(run, others, wanted, substitutes, rng, without=chosen)
    shown, left = list(run.sentences), wanted - len(found)
    donor = run.text()
    for i in others:
        if left > 0 and i not in found:
            new = exchanged(shown[i].text, donor, substitutes, rng)
            if new is not None:
                shown[i], left = replace(shown[i], text=new), left - 1
    return replace(run, sentences=shown)


def _changed(
    run: Run,
    places: Sequence[int],
    wanted: int,
    substitutes: Substitutes,
    rng: random.Random,
    *,
    without: Sequence[int] = (),
) -> tuple[Run, dict[int, Change]]:
    """The run with changes at `wanted` of these places, the first where one can be made.

    No change of a name touches a sentence at one of the places `without`.
    """
    found: dict[int, Change] = {}
    for i in places:
        if len(found) == wanted:
            break
        new = change(run.sentences[i].text, run.src.title, run.text(), substitutes, rng)
        if new is None or (
            new.everywhere and any(new.old in run.sentences[k].text for k in without)
        ):
            continue
        found[i] = new
        shown = [
            replace(s, text=new.on(s.text)) if new.everywhere or k == i else s
            for k, s in enumerate(run.sentences)
        ]
        run = replace(run, sentences=shown)
    return run, found


def _to_number(work: Workspace) -> tuple[Source, list[Sentence]]:
    """A document and the run of its sentences that is to be numbered."""
    room = ROOM.tokens(work.ctx)
    if room < SENTENCES[0] * SENTENCE_COST:
        raise Refused("too little room for sentences to number")
    for quote in itertools.islice(quotes(work, serving(work.corpus, GENERATOR)), TRIES):
        src, at = quote.src, quote.sentence.start
        run = runs.around(src, at, room, SENTENCES[1], SENTENCES[0], work.rng)
        plain = sum(map(_is_plain, run))
        if len(run) >= SENTENCES[0] and plain >= 2 * PLAIN and runs.can_be_numbered(src):
            return src, run
    raise Refused("too few documents have enough sentences to number")


def _is_plain(sentence: Sentence) -> bool:
    return quotable(sentence) and is_informative(sentence.text)


def _serves(corpus: Corpus, index: int) -> bool:
    """Its start has sentences enough for a numbered run, and its head speaks in plain ones."""
    if not is_prose(corpus, index) or int(corpus.n_tokens[index]) < SENTENCES[0] * 16:
        return False
    found = runs.worded(sentences(corpus.text(index)[:START]))
    return len(found) >= SENTENCES[0] and has_quotable(corpus, index)


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs="28 sentences, plain ones in its first paragraphs, and 450 tokens",
    serves=_serves,
    least=20,
    candidates=lazy.candidates,
    lazy=lazy.READERS,
)
