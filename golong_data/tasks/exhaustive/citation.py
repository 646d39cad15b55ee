"""Citation alignment over the whole context: all documents that given statements rest on.

The statements are real sentences, reworded, of which a share says something else than its
source, in the document shown as well; above the easy level one may join what two documents say.
No statement gives the title of its document away. Passages of documents on the same things
stand beside the sources, and no other sentence of the context may say nearly the same.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from golong_data.contexts.excerpts import affordable
from golong_data.contexts.sentences import joined
from golong_data.contexts.stitch import Block, titled_apart
from golong_data.contexts.workspace import Workspace
from golong_data.material.changes import Change, change, check_new, kin_of, put
from golong_data.material.quotes import (
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
from golong_data.tasks.exhaustive import overlap
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.planting import SCARCE
from golong_data.tasks.forms import LIST, ask, compose
from golong_data.tasks.generators import serving
from golong_data.types import Context, Draft, Generator, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

DOCUMENT_COST = 105
"""Tokens that a document takes in a short context, header included."""

PASSAGE = (70, 400)
"""Tokens of a passage, fewest and most."""

TRIES = 8
"""Documents that are looked at for each that is wanted."""

SPARE = 4
"""Passages beside the sources drawn above what is shown: some may hold a name that is new."""


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
    rng, words = work.rng, WORDS[config.language]
    most = min(int(work.ctx * 0.75) // DOCUMENT_COST, affordable(work))
    statements = rng.randint(*config.statements)
    wanted = statements + (statements // 2 if config.combined else 0)
    sources = min(wanted, rng.randint(max(1, most // SCARCE - 1), max(1, most // SCARCE)))
    n = min(most, sources * SCARCE)
    if n < 6:
        raise Refused("too little room for documents to cite")
    size = min(max(int(work.ctx * 0.75) // n - 25, PASSAGE[0]), PASSAGE[1])
    own, changes = _sources(work, config, sources, size)
    stated = [_evidence(block) for block in own]
    new = [change.new for change in changes if change.everywhere]
    titles = {block.title for block in own}
    spare = n - sources + (SPARE if new else 0)
    others = beside(work, stated, config.neighbours, spare, size, titles)
    others = [o for o in others if not any(name in o.title + o.body for name in new)]
    sentences = [told_again(t, config.language) if config.reworded else t for t in stated]
    question = ask(
        LIST,
        config,
        words.question.format(statements=_listed(_joined(sentences, statements), words)),
        words.answer_format,
        [words.element.format(1001), words.element.format(1002)],
    )
    draft = compose(
        work,
        config,
        question,
        titled_apart([*own, *others[: n - sources]]),
        lambda context: [words.element.format(k) for k in _numbers(context)],
        exclude=new,
        forbidden=new,
    )
    check_new(changes, own, draft.context.text)
    text = folded(draft.context.text)
    if any(rivals(text, terms(each)) != 1 for each in stated):
        raise Refused("another document says nearly the same")
    return replace(draft, counterfactual=len(changes))


def _sources(
    work: Workspace, config: ExhaustiveConfig, n: int, size: int
) -> tuple[list[Block], list[Change]]:
    """Passages with a sentence each that is quoted: their evidence. And what is changed there.

    The share of them that says something else than its source is met by passing over
    sentences without a number or name that may change, as far as there are others.
    """
    rng, kin = work.rng, kin_of(work)
    wanted = sum(rng.random() < config.counterfactual for _ in range(n))
    plain: list[Block] = []
    changed: list[Block] = []
    changes: list[Change] = []
    drawn = quotes(work, serving(work.corpus, GENERATOR), tells, untitled=True)
    for quote in itertools.islice(drawn, TRIES * n):
        block = quoted_in(work, quote, size, evidence=True)
        if block is None:
            continue
        new = None
        if len(changes) < wanted:
            taken = [text for b in (*plain, *changed) for text in (b.title, b.body)]
            new = change(_evidence(block), block.title, block.body, kin, rng, taken=taken)
        if any(each.everywhere and each.new in block.body for each in changes):
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


def _listed(statements: Sequence[str], words: Words) -> str:
    return " ".join(
        f"({i}) {words.quotes.format(' '.join(text.split()))}"
        for i, text in enumerate(statements, start=1)
    )


def _numbers(context: Context) -> list[int]:
    """The numbers above the documents that hold evidence, in order."""
    return sorted(context.doc_ids.index(span.doc_id) + 1 for span in context.evidence)


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
