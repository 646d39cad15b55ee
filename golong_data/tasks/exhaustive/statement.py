"""Citation alignment within one document: the numbered sentences that a statement rests on.

A run of sentences of one named document is numbered; runs of documents on the same things
are numbered as well, so that every number stands in the context more than once. A share of the
sentences asked about says something else than its source, in the document shown as well.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from golong_data.contexts.budget import Share
from golong_data.contexts.excerpts import near
from golong_data.contexts.neighbours import neighbours
from golong_data.contexts.sentences import Sentence, joined, quotable, sentences
from golong_data.contexts.stitch import Block, titled_apart
from golong_data.contexts.windows import HEADINGS, Source, source
from golong_data.contexts.workspace import Workspace
from golong_data.material.changes import Change, change, check_new, substitutes_of
from golong_data.material.quotes import (
    folded,
    has_quotable,
    is_informative,
    near_matches,
    quotes,
    terms,
)
from golong_data.material.rewording import paraphrase
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.scarcity import scarce
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

LETTER = re.compile(r"[^\W\d_]")
MARK = re.compile(r"\[S\d+\]")


@dataclass(frozen=True, slots=True)
class Asks(Wording):
    """The wording of the question."""

    quotes: str
    """Marks around the text."""


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """A document with numbered sentences, a text that rests on a few, documents like it."""
    rng = work.rng
    asks = words(Asks, WORDS, "asks")[config.language]
    src, run = _numbered(work)
    first = rng.randint(1, 400)
    whole = folded("\n\n".join(s.text for s in run))
    plain = [i for i, s in enumerate(run) if quotable(s) and is_informative(s.text)]
    fit = [i for i in plain if near_matches(whole, terms(run[i].text)) == 1]
    most = min(len(fit), max(1, len(plain) // PLAIN), scarce(len(run)))
    most = min(most, 6 if config.combined else 2)
    if not fit:
        raise Refused("no sentence of a document is unlike all others")
    k = rng.randint(1 + (most > 1 and config.combined), most)
    shown, chosen, changes = _changed(work, config, src, run, rng.sample(fit, len(fit)), k)
    new = [change.new for change in changes if change.everywhere]
    block = _block(src, shown, first, frozenset(chosen))
    others = _others(work, shown[chosen[0]].text, block, first, config.neighbours, without=new)
    told = [shown[i].text for i in chosen]
    stated = [paraphrase(text, config.language) if config.reworded else text for text in told]
    question = asks.question.format(
        title=src.title,
        first=f"S{first}",
        last=f"S{first + len(run) - 1}",
        statement=asks.quotes.format(joined([" ".join(text.split()) for text in stated])),
    )
    named = titled_apart([block, *others])
    if named[0].title != src.title:
        raise Refused("two documents share the title asked about")
    draft = compose(
        work,
        config,
        ask(LIST, config, question, asks.answer_format, ("S1001", "S1003")),
        named,
        [f"S{first + i}" for i in sorted(chosen)],
        exclude=new,
        forbidden=("[S", *new),
    )
    check_new(changes, [block], draft.context.text)
    whole = folded("\n\n".join(s.text for s in shown))
    if any(near_matches(whole, terms(text)) != 1 for text in told):
        raise Refused("another sentence says nearly the same")
    return replace(draft, counterfactual=sum(shown[i].text != run[i].text for i in chosen))


def _changed(
    work: Workspace,
    config: ExhaustiveConfig,
    src: Source,
    run: Sequence[Sentence],
    fit: Sequence[int],
    n: int,
) -> tuple[list[Sentence], list[int], list[Change]]:
    """The run as it is shown, `n` sentences of it to ask about, and what is changed there.

    The first ones of `fit` serve, but where one is to say something else than its source, the
    first that has a number or name that may change.
    """
    rng, substitutes = work.rng, substitutes_of(work)
    wanted = sum(rng.random() < config.counterfactual for _ in range(n))
    shown = list(run)
    found: dict[int, Change] = {}
    for i in fit:
        if len(found) == wanted:
            break
        whole = "\n".join(s.text for s in shown)
        new = change(shown[i].text, src.title, whole, substitutes, rng)
        if new is not None:
            found[i] = new
            shown = [
                replace(s, text=new.on(s.text)) if new.everywhere or k == i else s
                for k, s in enumerate(shown)
            ]
    rest = [i for i in fit if i not in found]
    chosen = [*found, *rest[: n - len(found)]]
    return shown, rng.sample(chosen, n), list(found.values())


def _numbered(work: Workspace) -> tuple[Source, list[Sentence]]:
    """A document and the run of its sentences that is to be numbered."""
    room = ROOM.tokens(work.ctx)
    if room < SENTENCES[0] * SENTENCE_COST:
        raise Refused("too little room for sentences to number")
    drawn = quotes(work, serving(work.corpus, GENERATOR), is_informative)
    for quote in itertools.islice(drawn, TRIES):
        src, at = quote.src, quote.sentence.start
        chars = min(room * len(src.text) // max(src.n_tokens, 1), 24_000)
        run = _worded(near(src, at, chars))
        # The sentence found stands anywhere in the run.
        here = next(i for i, s in enumerate(run) if s.end > at)
        run = run[work.rng.randint(0, min(here, SENTENCES[0])) :]
        # Every mark takes some tokens of its own.
        while run and (run[-1].end - run[0].start) + len(run) * 14 > chars:
            run.pop()
        marked = MARK.search(src.text) or any(h in src.text for h in HEADINGS.values())
        run = run[: SENTENCES[1]]
        plain = sum(quotable(s) and is_informative(s.text) for s in run)
        if len(run) >= SENTENCES[0] and plain >= 2 * PLAIN and not marked:
            return src, run
    raise Refused("too few documents have enough sentences to number")


def _worded(run: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that have a letter: the number of a verse is none."""
    return [s for s in run if LETTER.search(s.text)]


def _block(src: Source, run: Sequence[Sentence], first: int, evidence: frozenset[int]) -> Block:
    """The run numbered from `first` on, everything else as it stands in the document."""
    body, spans, at = "", [], run[0].start
    for i, sentence in enumerate(run):
        body += f"{src.text[at : sentence.start]}[S{first + i}] "
        if i in evidence:
            spans.append((len(body), len(body) + len(sentence.text)))
        body += sentence.text
        at = sentence.end
    return Block(src.id, src.title, body, tuple(spans))


def _others(
    work: Workspace, text: str, block: Block, first: int, n: int, *, without: Sequence[str]
) -> list[Block]:
    """Runs of documents like the one asked about with numbers that overlap, where there is room.

    None holds a string of `without`.
    """
    left = WITH_OTHERS.tokens(work.ctx) - work.tokenizer.count(block.body)
    found: list[Block] = []
    for index in neighbours(work.corpus, text, 2 * n):
        src = source(work.corpus, index)
        run = _worded(near(src, work.rng.randrange(len(src.text))))[:40]
        if src.id == block.doc_id or src.title == block.title or len(run) < 5:
            continue
        if any(name in src.title + src.text for name in without):
            continue
        other = _block(src, run, work.rng.randint(max(1, first - 30), first + 30), frozenset())
        left -= work.tokenizer.count(other.body)
        if left < 0 or len(found) == n:
            break
        if "[S" not in src.text and not any(h in other.body for h in HEADINGS.values()):
            found.append(other)
    return found


def _serves(corpus: Corpus, index: int) -> bool:
    """Its start has sentences enough for a numbered run, and its head speaks in plain ones."""
    if not is_prose(corpus, index) or int(corpus.n_tokens[index]) < SENTENCES[0] * 16:
        return False
    text = corpus.text(index)
    found = _worded(sentences(text[:START]))
    return len(found) >= SENTENCES[0] and has_quotable(text, is_informative)


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs="28 sentences, plain ones in its first paragraphs, and 450 tokens",
    serves=_serves,
    least=20,
)
