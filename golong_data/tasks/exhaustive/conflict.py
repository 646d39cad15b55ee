"""Global conflicts: all pairs of documents that contradict each other.

Documents state facts with a number in them; other documents hold remarks that tell such a
fact again out of a numbered docket, with the same number or with another. Remarks are put in
many ways and reworded whether they agree or not; those out of other dockets contradict as well,
and do not count. In a share of the facts the number shown is another than the source's: then the
remark that contradicts may be the one that gives the real number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from golong_data.contexts.budget import Share, within
from golong_data.contexts.excerpts import affordable
from golong_data.contexts.notes import Note, scatter_between_lines
from golong_data.contexts.stitch import Block, titled_apart
from golong_data.contexts.workspace import Workspace
from golong_data.material.changes import has_number, numbers, put
from golong_data.material.quotes import (
    check_alone,
    has_quotable,
    is_informative,
    quoted_in,
    quotes,
)
from golong_data.material.rewording import capital, lower, paraphrase
from golong_data.material.serials import serial
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.lazy import conflict as lazy
from golong_data.tasks.exhaustive.solve.conflict import solve
from golong_data.tasks.forms import LIST, PAIRS, Wording, ask, compose
from golong_data.tasks.generators import serving
from golong_data.types import Context, Draft, Generator, Refused
from golong_data.words import words

WORDS = "exhaustive/conflict"

ROOM = Share(3, 4)
SHOWN = Share(2, 5)
"""For the passages that hold the facts."""

TOLD = Share(7, 20)
"""For the remarks and the passages around them."""

FACT_COST = 290
"""Tokens that a fact takes in a short context: its passage, the remark, and its window."""

NOTE_COST = 160
"""Tokens that a remark takes, and its window."""

PASSAGE = (90, 400)
"""Tokens of a passage, fewest and most."""

DOCKETS = 10
"""Dockets with neighbouring numbers, of which one is asked about."""


@dataclass(frozen=True, slots=True)
class Asks(Wording):
    """The wording of the question."""

    element: str
    """Two documents by their numbers."""


@dataclass(frozen=True, slots=True)
class Words:
    """How remarks are put in one language."""

    docket: str
    """How a docket is called."""
    about: str
    """Said behind that, where it is said which document a remark is on."""
    whole: tuple[str, ...]
    """Forms around a whole sentence, `fact`. `Docket` is `docket` with a capital."""
    part: tuple[str, ...]
    """Forms that go on with the sentence: `told` starts small and has no full stop."""
    forbidden: tuple[str, ...]
    """What nothing but remarks may hold."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence with a number as it is shown, and what a remark makes of it."""

    block: Block
    stated: str
    told: str
    """The remark's sentence."""
    conflict: bool
    changed: bool
    """Whether its source gives another number than the document shown."""


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Facts in their documents, and remarks elsewhere of which some give another number."""
    rng = work.rng
    asks = words(Asks, WORDS, "asks")[config.language]
    forbidden = _words(config).forbidden
    each = (1 + config.agreeing) * FACT_COST + config.unasked * NOTE_COST
    conflicts = min(rng.randint(*config.conflicts), max(1, ROOM.pieces(work.ctx, each)))
    conflicts = min(conflicts, max(1, affordable(work) // (2 + 2 * config.agreeing)))
    most = min(affordable(work) // 2, conflicts * (1 + config.agreeing))
    n = ROOM.pieces(work.ctx, FACT_COST, most)
    if n < 2:
        raise Refused("too little room for facts and remarks")
    size = within(SHOWN.tokens(work.ctx) // n - 30, *PASSAGE)
    # Which docket is asked about is drawn out of neighbouring ones: it is no centre of them.
    first = serial(rng)
    docket, *dockets = rng.sample(range(first, first + DOCKETS), DOCKETS)
    facts = _facts(work, config, n, conflicts, size)
    # The forms of remarks that contradict are those of the others.
    remarks = [
        _remark(work, config, f.told, docket, f.block.title * (config.level == "easy"))
        for f in facts
    ]
    strays = _strays(work, config, facts[: conflicts * config.unasked], dockets)
    notes = [Note(text, f.conflict) for text, f in zip(remarks, facts, strict=True)]
    hosts = scatter_between_lines(
        work,
        [*notes, *(Note(text, evidence=False) for text, _ in strays)],
        without=forbidden,
        share=TOLD,
        exclude={fact.block.title for fact in facts},
    )
    blocks = titled_apart([*(fact.block for fact in facts), *hosts])
    pairs = [
        (fact.block.doc_id, next(host.doc_id for host in hosts if text in host.body))
        for fact, text in zip(facts, remarks, strict=True)
        if fact.conflict
    ]
    question = asks.question.format(docket=docket)
    draft = compose(
        work,
        config,
        ask(LIST, config, question, asks.answer_format),
        blocks,
        lambda context: [asks.element.format(*pair) for pair in _numbers(context, pairs)],
        forbidden=forbidden,
        metric=PAIRS,
        counterfactual=sum(f.changed and f.conflict for f in facts),
    )
    # The sentence and what is told of it, and nothing else that says the same or otherwise.
    times = {f.stated: 2 + sum(other is f for _, other in strays) for f in facts}
    check_alone(draft.context.text, times)
    return draft


def _facts(
    work: Workspace, config: ExhaustiveConfig, n: int, conflicts: int, size: int
) -> list[Fact]:
    """`n` facts from different documents; the first ones are told wrongly."""
    found: list[Fact] = []
    marks = _words(config).forbidden
    documents = serving(work.corpus, GENERATOR)
    for quote in quotes(work, documents, accept=_counts, untitled=config.level != "easy"):
        block = quoted_in(work, quote, size)
        # No passage could be taken for a remark, and each title can be told in one.
        if block is None or "”" in block.title or any(mark in block.body for mark in marks):
            continue
        fact = _fact(work, config, block, quote.sentence.text, len(found) < conflicts)
        if fact is not None:
            found.append(fact)
        if len(found) == n:
            return found
    raise Refused("too few documents hold a sentence with a number")


def _fact(
    work: Workspace, config: ExhaustiveConfig, block: Block, source: str, conflict: bool
) -> Fact | None:
    """What a document shows of a sentence and what is told of it; None without a number."""
    rng, stated = work.rng, source
    changed = rng.random() < config.counterfactual
    if changed:
        new = next(numbers(source, rng), None)
        if new is None:
            return None
        block, stated = put(new, block), new.on(source)
    # What contradicts may be what the source says.
    told = source if conflict and changed and rng.random() < 0.5 else stated
    told = _told(told, config)
    if conflict and _told(stated, config) == told:
        wrong = next(numbers(told, rng), None)
        if wrong is None:
            return None
        told = wrong.on(told)
    block = block if conflict else replace(block, evidence=())
    return Fact(block, stated, told, conflict, changed)


def _told(text: str, config: ExhaustiveConfig) -> str:
    return paraphrase(text, config.language) if config.reworded else " ".join(text.split())


def _strays(
    work: Workspace, config: ExhaustiveConfig, facts: Sequence[Fact], dockets: Sequence[int]
) -> list[tuple[str, Fact]]:
    """Remarks on facts out of these other dockets, which contradict them too."""
    found = []
    for fact in facts:
        docket = work.rng.choice(dockets)
        text = _told(fact.stated, config)
        wrong = next(numbers(text, work.rng), None)
        if wrong is not None:
            found.append((_remark(work, config, wrong.on(text), docket), fact))
    return found


def _remark(
    work: Workspace, config: ExhaustiveConfig, fact: str, docket: int, title: str = ""
) -> str:
    """A sentence as told in a docket, in one of the forms; with `title` it names its document.

    Only a sentence whose first word is written small within others can go on behind other words.
    """
    told = _words(config)
    name = told.docket.format(docket=docket) + told.about.format(title=title) * bool(title)
    small = lower(fact, config.language)
    forms = told.whole + (told.part if small != fact and fact.endswith(".") else ())
    return work.rng.choice(forms).format(
        docket=name, Docket=capital(name), fact=fact, told=small.removesuffix(".")
    )


def _words(config: ExhaustiveConfig) -> Words:
    return words(Words, WORDS, "writes")[config.language]


def _counts(text: str) -> bool:
    return is_informative(text) and has_number(text)


def _numbers(context: Context, pairs: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """The numbers above pairs of documents, the smaller one first."""
    places = {doc_id: number for number, doc_id in enumerate(context.doc_ids, start=1)}
    found = [sorted(places[doc_id] for doc_id in pair) for pair in pairs]
    return sorted((a, b) for a, b in found)


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs="a plain sentence with a number in its first paragraphs",
    serves=partial(has_quotable, accept=_counts),
    least=40,
    candidates=lazy.candidates,
    lazy=lazy.READERS,
)
