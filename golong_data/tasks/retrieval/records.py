"""Record lookup among confusable keys: one value of one record out of many like it.

Records are planted as lines into real documents. Where the corpus has tables they are rows
of one of these, else made up.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from golong_data.contexts.budget import Share
from golong_data.contexts.notes import Note, scatter_bundled
from golong_data.contexts.workspace import Workspace
from golong_data.material import records_made_up, records_real
from golong_data.material.records import Record, echoed, is_single
from golong_data.scripts import has_chinese
from golong_data.tasks.generators import is_prose
from golong_data.tasks.retrieval.config import Lookup, RetrievalConfig
from golong_data.tasks.retrieval.lazy import records as lazy
from golong_data.tasks.retrieval.solve.records import Asks, solve
from golong_data.tasks.retrieval.target import Target, draft
from golong_data.types import Draft, Generator, Refused
from golong_data.words import words

WORDS = "retrieval/records"

ROOM = Share(1, 3)
"""What records and the excerpts that hold them take of a short context."""

EACH = 90
"""Tokens of a record and its part of an excerpt, about."""

MOST_TOKENS = 40_000
"""Tokens of records and excerpts, at most."""

FEWEST = 8
"""Records in the shortest context."""


@dataclass(frozen=True, slots=True)
class Words:
    """How a record is put, in one language."""

    forms: tuple[str, ...]
    """Its number, whom or what it is about, its labelled values. No value ends it, so that the
    last number of a record is never the answer."""
    pairs: tuple[str, ...]
    """A labelled value; one form serves a whole record. No dash: it could be read as a minus."""
    between: str
    """What stands between two labelled values."""
    dated: str
    """Whom or what a record is about, with a year."""
    mark: str
    """What every record holds and nothing else may."""

    def about(self, record: Record) -> str:
        """Whom or what a record is about, and the year."""
        if not record.period:
            return record.holder
        return self.dated.format(holder=record.holder, period=record.period)

    def line(self, record: Record, rng: random.Random) -> str:
        """A record as it stands in a document: in any of the forms, its values in any order."""
        pair = rng.choice(self.pairs)
        pairs = rng.sample(record.fields, len(record.fields))
        fields = self.between.join(pair.format(label=a, value=b) for a, b in pairs)
        form = rng.choice(self.forms)
        return form.format(number=record.number, about=self.about(record), fields=fields)


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: a label of a record, and by what that one is found."""

    lookup: Lookup
    label: str
    start: Record
    """The record that the question names."""
    end: Record
    """The one that holds the answer: the same, but where they are linked."""
    given: str = ""
    """The label whose value names the record."""

    @property
    def right(self) -> str:
        """The answer."""
        return self.end.get(self.label)

    def worded(self, asks: Asks, told: Words) -> str:
        """The question."""
        return asks.questions[self.lookup].format(
            number=self.start.number,
            about=told.about(self.start),
            given=self.given,
            value=self.start.get(self.given),
            year=self.end.period,
            label=self.label,
        )


def make(work: Workspace, config: RetrievalConfig) -> Draft:
    """Planted records, and a value of one of them."""
    found = target(work, config)
    tokens = min(ROOM.tokens(work.ctx), MOST_TOKENS)
    blocks = scatter_bundled(work, found.notes, tokens, without=found.forbidden)
    return draft(work, config, found, blocks=blocks)


def target(work: Workspace, config: RetrievalConfig, *, most: int = 2_000) -> Target:
    """Such a question with up to `most` records, still to be planted."""
    rng = work.rng
    asks = words(Asks, WORDS, "asks")[config.language]
    told = words(Words, WORDS, "writes")[config.language]
    room = min(config.records[1], most, max(FEWEST, ROOM.pieces(work.ctx, EACH)))
    n = rng.randint(min(config.records[0], room), room)
    chinese = has_chinese(told.mark)
    records = records_real.family(work, n, config.counterfactual, chinese=chinese)
    records = records or records_made_up.family(n, rng, config.language)
    asked = _asked(records, config.lookups, rng)
    evidence = [asked.start] if asked.start == asked.end else [asked.start, asked.end]
    if asked.given:
        records = echoed(records, asked.given, asked.start.get(asked.given), evidence, rng)
    wrong = [record for record in records if record not in evidence]
    decoys = [
        query.worded(asks, told)
        for record in wrong
        for query in _queries(asked.lookup, record, records)
        if query.label == asked.label and query.end in wrong and query.right != asked.right
    ]
    return Target(
        question=asked.worded(asks, told),
        gold=asked.right,
        notes=tuple(Note(told.line(r, rng), r in evidence) for r in records),
        forbidden=(told.mark,),
        decoys=tuple(decoys),
        counterfactual=int(asked.label in asked.end.changed),
    )


def _asked(records: Sequence[Record], lookups: Sequence[Lookup], rng: random.Random) -> Query:
    """A question about any of the records, by any of the lookups that they allow.

    One lookup first: what has few queries to offer is asked as often as what has many. Then
    the record, evenly: the family was drawn without regard to which one is asked about.
    """
    dated = any(record.period for record in records)
    fit = [lookup for lookup in lookups if lookup != "linked" or dated]
    fit = fit or ["holder"]  # without years none is linked to another
    for lookup in rng.sample(fit, len(fit)):
        for record in rng.sample(records, len(records)):
            if found := list(_queries(lookup, record, records)):
                return rng.choice(found)
    raise Refused("no value of a record is there only once")


def _queries(lookup: Lookup, start: Record, records: Sequence[Record]) -> Iterator[Query]:
    """All questions that lead from a record to a value which no other record states so."""
    ends = [start]
    if lookup == "linked":
        ends = [r for r in records if r.holder == start.holder and r is not start]
    for end in ends:
        own = [label for label, _ in end.fields if is_single(records, end, label)]
        for label in own:
            if lookup != "value":
                yield Query(lookup, label, start, end)
                continue
            for given in own:
                if given != label:
                    yield Query(lookup, label, start, end, given)


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs="prose, to plant records in: rows of its tables, or made-up ones",
    serves=is_prose,
    least=8,
    candidates=lazy.candidates,
    lazy=lazy.LAZY,
)
