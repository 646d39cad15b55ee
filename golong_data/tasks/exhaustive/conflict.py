"""Global conflicts: all pairs of documents that contradict each other.

Documents state facts with a number in them; other documents hold remarks that tell such a
fact again out of a numbered docket, with the same number or with another. Remarks are put in
many ways and reworded whether they agree or not; those out of other dockets contradict as well,
and do not count. In a share of the facts the number shown is another than the source's: then the
remark that contradicts may be the one that gives the real number.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from golong_data.contexts.budget import Share
from golong_data.contexts.excerpts import affordable
from golong_data.contexts.notes import Note, scatter_between_lines
from golong_data.contexts.stitch import Block, titled_apart
from golong_data.contexts.workspace import Workspace
from golong_data.material.changes import NUMBER, NUMERAL, numbers, put
from golong_data.material.quotes import (
    folded,
    quoted_in,
    quotes,
    rivals,
    speaks,
    tells,
    terms,
    told_again,
)
from golong_data.tasks.exhaustive import overlap
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.docket import WORDS, Words, remark
from golong_data.tasks.forms import LIST, ask, compose
from golong_data.tasks.generators import serving
from golong_data.types import Context, Draft, Generator, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

FACT_COST = 290
"""Tokens that a fact takes in a short context: its passage, the remark, and its window."""

NOTE_COST = 160
"""Tokens that a remark takes, and its window."""

PASSAGE = (90, 400)
"""Tokens of a passage, fewest and most."""


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
    rng, words = work.rng, WORDS[config.language]
    each = (1 + config.agreeing) * FACT_COST + config.unasked * NOTE_COST
    room = int(work.ctx * 0.75)
    conflicts = min(rng.randint(*config.conflicts), max(1, room // each))
    conflicts = min(conflicts, max(1, affordable(work) // (2 + 2 * config.agreeing)))
    n = min(room // FACT_COST, affordable(work) // 2, conflicts * (1 + config.agreeing))
    if n < 2:
        raise Refused("too little room for facts and remarks")
    size = min(max(int(work.ctx * 0.4) // n - 30, PASSAGE[0]), PASSAGE[1])
    name = rng.randint(100_000, 999_999)
    facts = _facts(work, config, n, conflicts, size)
    remarks = _remarks(facts, name, words, rng, config)
    strays = _strays(facts[: conflicts * config.unasked], name, words, rng, config)
    notes = [Note(text, f.conflict) for text, f in zip(remarks, facts, strict=True)]
    hosts = scatter_between_lines(
        work,
        [*notes, *(Note(text, evidence=False) for text, _ in strays)],
        without=words.forbidden,
        share=Share(7, 20),
        exclude={fact.block.title for fact in facts},
    )
    blocks = titled_apart([*(fact.block for fact in facts), *hosts])
    question = ask(
        LIST,
        config,
        words.question.format(docket=name),
        words.answer_format,
        [words.element.format(1001, 1002), words.element.format(1003, 1007)],
    )
    pairs = [
        (fact.block.doc_id, next(host.doc_id for host in hosts if text in host.body))
        for fact, text in zip(facts, remarks, strict=True)
        if fact.conflict
    ]
    draft = compose(
        work,
        config,
        question,
        blocks,
        lambda context: [words.element.format(*pair) for pair in _numbers(context, pairs)],
        forbidden=words.forbidden,
    )
    # The sentence and what is told of it, and nothing else that says the same or otherwise.
    text = folded(draft.context.text)
    for fact in facts:
        told = 2 + sum(other is fact for _, other in strays)
        if rivals(text, terms(fact.stated)) != told:
            raise Refused("another document says nearly the same")
    return replace(draft, counterfactual=sum(f.changed and f.conflict for f in facts))


def _facts(
    work: Workspace, config: ExhaustiveConfig, n: int, conflicts: int, size: int
) -> list[Fact]:
    """`n` facts from different documents; the first ones are told wrongly."""
    found: list[Fact] = []
    documents = serving(work.corpus, GENERATOR)
    for quote in quotes(work, documents, _counts, untitled=config.level != "easy"):
        block = quoted_in(work, quote, size, evidence=True)
        if block is None or _unfit(block, config):
            continue
        fact = _fact(block, quote.sentence.text, len(found) < conflicts, config, work.rng)
        if fact is not None:
            found.append(fact)
        if len(found) == n:
            return found
    raise Refused("too few documents hold a sentence with a number")


def _unfit(block: Block, config: ExhaustiveConfig) -> bool:
    """Whether a passage could be taken for a remark, or its title not be told in one."""
    marks = WORDS[config.language].forbidden
    return "”" in block.title or any(mark in block.body for mark in marks)


def _fact(
    block: Block, source: str, conflict: bool, config: ExhaustiveConfig, rng: random.Random
) -> Fact | None:
    """What a document shows of a sentence and what is told of it; None without a number."""
    stated, changed = source, False
    if rng.random() < config.counterfactual:
        new = next(numbers(source, rng), None)
        if new is None:
            return None
        block, stated, changed = put(new, block), new.on(source), True
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
    return told_again(text, config.language) if config.reworded else " ".join(text.split())


def _remarks(
    facts: Sequence[Fact], name: int, words: Words, rng: random.Random, config: ExhaustiveConfig
) -> list[str]:
    """A remark for each fact. The forms of those that contradict are those of the others."""
    return [
        remark(fact.told, words, name, fact.block.title if config.level == "easy" else "", rng)
        for fact in facts
    ]


def _strays(
    facts: Sequence[Fact], name: int, words: Words, rng: random.Random, config: ExhaustiveConfig
) -> list[tuple[str, Fact]]:
    """Remarks on facts out of other dockets, which contradict them too."""
    found = []
    for fact in facts:
        docket = rng.choice([n for n in range(name - 9, name + 10) if n != name])
        wrong = next(numbers(_told(fact.stated, config), rng), None)
        if wrong is not None:
            told = wrong.on(_told(fact.stated, config))
            found.append((remark(told, words, docket, "", rng), fact))
    return found


def _counts(text: str) -> bool:
    return tells(text) and bool(NUMBER.search(text) or NUMERAL.search(text))


def _numbers(context: Context, pairs: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """The numbers above pairs of documents, the smaller one first."""
    places = {doc_id: number for number, doc_id in enumerate(context.doc_ids, start=1)}
    found = [sorted(places[doc_id] for doc_id in pair) for pair in pairs]
    return sorted((a, b) for a, b in found)


# --- the independent solver ---------------------------------------------------------------

_ASKED = re.compile(r"(?:docket |卷宗)(\d{6,7})")
_OUT_OF = re.compile(r"(?:[Dd]ocket |卷宗)(\d{6,7})(?: on “.+?”|“.+?”条)?")
SPARE = 6
"""Words of a remark, at most, that say whence it comes."""
_VALUE = re.compile(r"\d[\d,]*(?:\.\d+)?|[一二三四五六七八九十百千万]{2,}")


def solve(question: str, prompt: str) -> tuple[str, ...] | None:
    """Every remark of the docket against the one sentence elsewhere whose words it holds."""
    asked = _ASKED.search(question)
    if not asked:
        return None
    remarks, stated = [], []
    for number, _, text in overlap.numbered(prompt):
        for paragraph in text.split("\n\n"):
            docket = _OUT_OF.search(paragraph)
            if docket is None:
                stated += [
                    (number, overlap.words(piece), _values(piece))
                    for piece in overlap.pieces(paragraph)
                ]
            elif docket[1] == asked[1]:
                remarks.append((number, _OUT_OF.sub(" ", paragraph)))
    pair = "文档 {} 与文档 {}" if "卷宗" in question else "Document {} and Document {}"
    found = set()
    for number, told in remarks:
        words = overlap.words(told)
        like = [(k, values) for k, here, values in stated if _held(here, words)]
        if len(like) == 1 and like[0][1] != _values(told):
            found.add((min(number, like[0][0]), max(number, like[0][0])))
    return tuple(pair.format(*numbers) for numbers in sorted(found)) or None


def _held(sentence: frozenset[str], remark: frozenset[str]) -> bool:
    """Whether a remark, which has words of its own, tells a sentence again."""
    most = max(len(sentence), len(remark) - SPARE)
    return bool(sentence) and len(sentence & remark) >= overlap.ALIKE * most


def _values(text: str) -> list[str]:
    return sorted(value.replace(",", "") for value in _VALUE.findall(text))


def _serves(corpus: Corpus, index: int) -> bool:
    return not corpus.is_table(index) and speaks(corpus.text(index), _counts)


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="a plain sentence with a number in its first paragraphs",
    serves=_serves,
    least=40,
)
