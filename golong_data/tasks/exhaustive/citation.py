"""Citation alignment over the whole context: all documents that given statements rest on.

The statements are real sentences, reworded; above the easy level one may join what two
documents say. Passages of documents on the same things stand beside the sources, and no
other sentence of the context may say nearly the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from golong_data.contexts.excerpts import titled_apart
from golong_data.contexts.stitch import Block
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.asking import ask
from golong_data.tasks.exhaustive import overlap
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.passages import (
    Quote,
    affordable,
    beside,
    folded,
    quoted_in,
    quotes,
    rivals,
    speaks,
    tells,
    terms,
    told_again,
)
from golong_data.tasks.exhaustive.planting import SCARCE, finish
from golong_data.tasks.generators import serving
from golong_data.types import Context, Draft, Generator, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

DOCUMENT_COST = 105
"""Tokens that a document takes in a short context, header included."""

PASSAGE = (70, 400)
"""Tokens of a passage, fewest and most."""


@dataclass(frozen=True, slots=True)
class Words:
    """The wording of one language."""

    question: str
    answer_format: str
    element: str
    quotes: str


WORDS: Mapping[str, Words] = {
    "en": Words(
        question="Each of the statements below rests on what the documents say, in other words "
        "or in the same; a statement of several sentences may rest on several documents. Which "
        "documents do these statements rest on, all taken together? Statements: {statements}",
        answer_format='Each element is the word "Document" with the number that stands above '
        "that document.",
        element="Document {}",
        quotes="“{}”",
    ),
    "zh": Words(
        question="下列陈述均出自上述文档，用词可能略有不同；含多句的陈述可能出自多个文档。"
        "这些陈述合起来依据了哪些文档？陈述：{statements}",
        answer_format="每一项是“文档”二字加空格和该文档上方的编号。",
        element="文档 {}",
        quotes="「{}」",
    ),
}


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Statements, the passages that they rest on, and passages that they do not."""
    knobs, rng, words = config.knobs(), work.rng, WORDS[config.language]
    most = min(int(work.ctx * 0.75) // DOCUMENT_COST, affordable(work))
    statements = rng.randint(*knobs.statements)
    wanted = statements + (statements // 2 if knobs.combined else 0)
    sources = min(wanted, rng.randint(max(1, most // SCARCE - 1), max(1, most // SCARCE)))
    n = min(most, sources * SCARCE)
    if n < 6:
        raise Refused("too little room for documents to cite")
    size = min(max(int(work.ctx * 0.75) // n - 25, PASSAGE[0]), PASSAGE[1])
    told = _sources(work, sources, size)
    sentences = [quote.sentence.text for quote, _ in told]
    if knobs.reworded:
        sentences = [told_again(text, config.language) for text in sentences]
    taken = {quote.src.title for quote, _ in told}
    others = beside(
        work, [q.sentence.text for q, _ in told], knobs.neighbours, n - sources, size, taken
    )
    question = ask(
        words.question.format(statements=_listed(_joined(sentences, statements), words)),
        words.answer_format,
        [words.element.format(1001), words.element.format(1002)],
        thinking=config.thinking,
    )
    blocks = titled_apart([*(block for _, block in told), *others])
    draft = finish(
        work,
        config,
        "citation",
        blocks,
        question,
        lambda context: [words.element.format(k) for k in _numbers(context)],
    )
    text = folded(draft.context.text)
    if any(rivals(text, terms(quote.sentence.text)) != 1 for quote, _ in told):
        raise Refused("another document says nearly the same")
    return draft


def _sources(work: Workspace, n: int, size: int) -> list[tuple[Quote, Block]]:
    """Quoted sentences with the passages that hold them."""
    found: list[tuple[Quote, Block]] = []
    for quote in quotes(work, serving(work.corpus, GENERATOR), tells):
        block = quoted_in(work, quote, size, evidence=True)
        if block is not None:
            found.append((quote, block))
        if len(found) == n:
            return found
    raise Refused("too few documents hold a sentence to quote")


def _joined(sentences: Sequence[str], statements: int) -> list[str]:
    """The sentences dealt out to so many statements; the first ones get two."""
    n = min(statements, len(sentences))
    gap = " " if sentences[0].isascii() or " " in sentences[0] else ""
    return [gap.join(sentences[i::n]) for i in range(n)]


def _listed(statements: Sequence[str], words: Words) -> str:
    return " ".join(
        f"({i}) {words.quotes.format(' '.join(text.split()))}"
        for i, text in enumerate(statements, start=1)
    )


def _numbers(context: Context) -> list[int]:
    """The numbers above the documents that hold evidence, in order."""
    starts = [(m.start(), int(m[1])) for m in overlap.HEADER.finditer(context.text)]
    return sorted(
        max((start, k) for start, k in starts if start < span.start)[1] for span in context.evidence
    )


# --- the independent solver ---------------------------------------------------------------

_ASKED = re.compile(r"(?:all taken together\? Statements: |合起来依据了哪些文档？陈述：)(.+)$")
_STATEMENT = re.compile(r"\(\d+\) [“「](.+?)[”」](?= \(\d+\) [“「]|$)")


def solve(question: str, prompt: str) -> tuple[str, ...] | None:
    """For each sentence of the statements the one document that has one like it."""
    asked = _ASKED.search(question)
    if not asked:
        return None
    wanted = [
        overlap.words(piece)
        for statement in _STATEMENT.findall(asked[1])
        for piece in overlap.pieces(statement)
    ]
    name = "文档" if "陈述：" in question else "Document"
    found: dict[int, set[int]] = {i: set() for i in range(len(wanted))}
    for number, _, text in overlap.numbered(prompt):
        for piece in overlap.pieces(text):
            here = overlap.words(piece)
            for i, words in enumerate(wanted):
                if overlap.alike(words, here):
                    found[i].add(number)
    if not wanted or any(len(numbers) != 1 for numbers in found.values()):
        return None
    numbers = sorted({number for numbers in found.values() for number in numbers})
    return tuple(f"{name} {number}" for number in numbers)


def _serves(corpus: Corpus, index: int) -> bool:
    return not corpus.is_table(index) and speaks(corpus.text(index), tells)


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="plain sentences in its first paragraphs",
    serves=_serves,
    least=100,
)
