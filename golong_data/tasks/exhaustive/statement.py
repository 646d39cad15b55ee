"""Citation alignment within one document: the numbered sentences that a statement rests on.

A run of sentences of one named document is numbered; runs of documents on the same things
are numbered as well, so that every number stands in the context more than once.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from golong_data.contexts.excerpts import titled_apart
from golong_data.contexts.neighbours import neighbours
from golong_data.contexts.sentences import Sentence, quotable
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import HEADINGS, Source, source
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.asking import ask
from golong_data.tasks.exhaustive import overlap
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.passages import (
    HEAD,
    folded,
    near,
    quotes,
    rivals,
    speaks,
    tells,
    terms,
    told_again,
)
from golong_data.tasks.exhaustive.planting import SCARCE, finish
from golong_data.tasks.generators import serving
from golong_data.types import Draft, Generator, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

SENTENCES = (28, 120)
"""Numbered sentences of the named document, fewest and most."""

TRIES = 20
"""Documents that may turn out too short before a draw is given up."""

MARK = re.compile(r"\[S\d+\]")


@dataclass(frozen=True, slots=True)
class Words:
    """The wording of one language."""

    question: str
    answer_format: str
    quotes: str


WORDS: Mapping[str, Words] = {
    "en": Words(
        question="In the document titled “{title}” every sentence has a number in square "
        "brackets before it. On which of these sentences does the following text rest, which may "
        "use other words and another order? Text: {statement}",
        answer_format='Each element is the number of one sentence without brackets, such as "S1".',
        quotes="“{}”",
    ),
    "zh": Words(
        question="标题为“{title}”的文档中，每个句子前的方括号里有编号。"
        "下面这段话依据了其中哪些句子（用词可能略有不同，次序可能有变）？这段话：{statement}",
        answer_format="每一项是一个句子的编号，不带方括号，形如“S1”。",
        quotes="「{}」",
    ),
}


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """A document with numbered sentences, a text that rests on a few, documents like it."""
    knobs, rng, words = config.knobs(), work.rng, WORDS[config.language]
    src, run = _numbered(work)
    first = rng.randint(1, 400)
    fit = [i for i, s in enumerate(run) if quotable(s) and tells(s.text)]
    whole = folded("\n\n".join(s.text for s in run))
    fit = [i for i in fit if rivals(whole, terms(run[i].text)) == 1]
    most = min(len(fit), max(1, len(run) // SCARCE), 6 if knobs.combined else 2)
    if not fit:
        raise Refused("no sentence of a document is unlike all others")
    chosen = rng.sample(fit, rng.randint(1 + (most > 1 and knobs.combined), most))
    told = [run[i].text for i in chosen]
    if knobs.reworded:
        told = [told_again(text, config.language) for text in told]
    gap = "" if config.language == "zh" else " "
    statement = words.quotes.format(gap.join(" ".join(text.split()) for text in told))
    block = _block(src, run, first, frozenset(chosen))
    others = _others(work, run[chosen[0]].text, block, first, knobs.neighbours)
    question = ask(
        words.question.format(title=src.title, statement=statement),
        words.answer_format,
        ("S1001", "S1003"),
        thinking=config.thinking,
    )
    gold = [f"S{first + i}" for i in sorted(chosen)]
    named = titled_apart([block, *others])
    if named[0].title != src.title:
        raise Refused("two documents share the title asked about")
    return finish(work, config, "statement", named, question, lambda _: gold, forbidden=("[S",))


def _numbered(work: Workspace) -> tuple[Source, list[Sentence]]:
    """A document and the run of its sentences that is to be numbered."""
    room = int(work.ctx * 0.5)
    drawn = quotes(work, serving(work.corpus, GENERATOR), tells)
    for quote in itertools.islice(drawn, TRIES):
        src, at = quote.src, quote.sentence.start
        chars = min(room * len(src.text) // max(src.n_tokens, 1), 24_000)
        run = near(src, at, chars)
        # The sentence found stands anywhere in the run.
        here = next(i for i, s in enumerate(run) if s.end > at)
        run = run[work.rng.randint(0, min(here, SENTENCES[0])) :]
        # Every mark takes some tokens of its own.
        while run and (run[-1].end - run[0].start) + len(run) * 14 > chars:
            run.pop()
        marked = MARK.search(src.text) or any(h in src.text for h in HEADINGS.values())
        if len(run) >= SENTENCES[0] and not marked:
            return src, run[: SENTENCES[1]]
    raise Refused("too few documents have enough sentences to number")


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


def _others(work: Workspace, text: str, block: Block, first: int, n: int) -> list[Block]:
    """Runs of documents like the one asked about with numbers that overlap, where there is room."""
    left = int(work.ctx * 0.8) - work.tokenizer.count(block.body)
    found: list[Block] = []
    for index in neighbours(work.corpus, text, 2 * n):
        src = source(work.corpus, index)
        run = near(src, work.rng.randrange(len(src.text)))[:40]
        if src.id == block.doc_id or src.title == block.title or len(run) < 5:
            continue
        other = _block(src, run, work.rng.randint(max(1, first - 30), first + 30), frozenset())
        left -= work.tokenizer.count(other.body)
        if left < 0 or len(found) == n:
            break
        if "[S" not in src.text and not any(h in other.body for h in HEADINGS.values()):
            found.append(other)
    return found


# --- the independent solver ---------------------------------------------------------------

_ASKED = re.compile(
    r"^(?:In the document titled “(.+)” every sentence has a number .+ Text: “(.+)”"
    r"|标题为“(.+)”的文档中，每个句子前.+这段话：「(.+)」)$"
)


def solve(question: str, prompt: str) -> tuple[str, ...] | None:
    """For each sentence of the text the one numbered sentence that is like it."""
    asked = _ASKED.match(question)
    if not asked:
        return None
    title, statement = asked[1] or asked[3], asked[2] or asked[4]
    texts = [text for _, name, text in overlap.numbered(prompt) if name == title]
    if len(texts) != 1:
        return None
    marked = re.split(r"\[S(\d+)\] ", texts[0])
    sentences = [
        (int(number), overlap.words(text))
        for number, text in zip(marked[1::2], marked[2::2], strict=True)
    ]
    found = []
    for piece in overlap.pieces(statement):
        words = overlap.words(piece)
        hits = [number for number, here in sentences if overlap.alike(words, here)]
        if len(hits) != 1:
            return None
        found += hits
    return tuple(f"S{number}" for number in sorted(found)) or None


def _serves(corpus: Corpus, index: int) -> bool:
    """Long enough for a numbered run, and its head speaks in sentences."""
    if corpus.is_table(index) or int(corpus.n_tokens[index]) < SENTENCES[0] * 16:
        return False
    text = corpus.text(index)
    return len(text) > 2 * HEAD // 3 and speaks(text, tells)


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="plain sentences in its first paragraphs and 450 tokens",
    serves=_serves,
    least=20,
)
