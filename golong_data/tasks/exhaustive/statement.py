"""Citation alignment within one document: the numbered sentences that a statement rests on.

A run of sentences of one named document is numbered; runs of documents on the same things
are numbered as well, so that every number stands in the context more than once. A share of the
sentences asked about says something else than its source, in the document shown as well.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from golong_data.contexts.excerpts import near
from golong_data.contexts.neighbours import neighbours
from golong_data.contexts.sentences import Sentence, joined, quotable, sentences
from golong_data.contexts.stitch import Block, titled_apart
from golong_data.contexts.windows import HEADINGS, Source, source
from golong_data.contexts.workspace import Workspace
from golong_data.material.changes import Change, change, check_new, kin_of
from golong_data.material.quotes import folded, quotes, rivals, speaks, tells, terms, told_again
from golong_data.tasks.exhaustive import overlap
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.planting import SCARCE
from golong_data.tasks.forms import LIST, ask, compose
from golong_data.tasks.generators import serving
from golong_data.types import Draft, Generator, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

SENTENCES = (28, 120)
"""Numbered sentences of the named document, fewest and most."""

START = 9_000
"""Characters of a document in which sentences are counted to see whether it serves."""

ROOM = 36
"""Tokens that a numbered sentence takes, about."""

TRIES = 20
"""Documents that may turn out too short before a draw is given up."""

PLAIN = 4
"""Plain sentences of the document for each that belongs to the answer, at least: where most
of a document is lists, its one paragraph must not be the answer."""

LETTER = re.compile(r"[^\W\d_]")
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
        "brackets before it, from {first} to {last}. On which of these sentences does the "
        "following text rest, which may use other words and another order? Text: {statement}",
        answer_format='Each element is the number of one sentence without brackets, such as "S1".',
        quotes="“{}”",
    ),
    "zh": Words(
        question="标题为“{title}”的文档中，每个句子前的方括号里有编号，从{first}到{last}。"
        "下面这段话依据了其中哪些句子（用词可能略有不同，次序可能有变）？这段话：{statement}",
        answer_format="每一项是一个句子的编号，不带方括号，形如“S1”。",
        quotes="「{}」",
    ),
}


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """A document with numbered sentences, a text that rests on a few, documents like it."""
    rng, words = work.rng, WORDS[config.language]
    src, run = _numbered(work)
    first = rng.randint(1, 400)
    whole = folded("\n\n".join(s.text for s in run))
    plain = [i for i, s in enumerate(run) if quotable(s) and tells(s.text)]
    fit = [i for i in plain if rivals(whole, terms(run[i].text)) == 1]
    most = min(len(fit), max(1, len(plain) // PLAIN), max(1, len(run) // SCARCE))
    most = min(most, 6 if config.combined else 2)
    if not fit:
        raise Refused("no sentence of a document is unlike all others")
    k = rng.randint(1 + (most > 1 and config.combined), most)
    shown, chosen, changes = _changed(work, config, src, run, rng.sample(fit, len(fit)), k)
    new = [change.new for change in changes if change.everywhere]
    block = _block(src, shown, first, frozenset(chosen))
    others = _others(work, shown[chosen[0]].text, block, first, config.neighbours, without=new)
    told = [shown[i].text for i in chosen]
    stated = [told_again(text, config.language) if config.reworded else text for text in told]
    question = ask(
        LIST,
        config,
        words.question.format(
            title=src.title,
            first=f"S{first}",
            last=f"S{first + len(run) - 1}",
            statement=words.quotes.format(joined([" ".join(text.split()) for text in stated])),
        ),
        words.answer_format,
        ("S1001", "S1003"),
    )
    gold = [f"S{first + i}" for i in sorted(chosen)]
    named = titled_apart([block, *others])
    if named[0].title != src.title:
        raise Refused("two documents share the title asked about")
    draft = compose(
        work,
        config,
        question,
        named,
        gold,
        exclude=new,
        forbidden=("[S", *new),
    )
    check_new(changes, [block], draft.context.text)
    whole = folded("\n\n".join(s.text for s in shown))
    if any(rivals(whole, terms(text)) != 1 for text in told):
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
    rng, kin = work.rng, kin_of(work)
    wanted = sum(rng.random() < config.counterfactual for _ in range(n))
    shown = list(run)
    found: dict[int, Change] = {}
    for i in fit:
        if len(found) == wanted:
            break
        new = change(shown[i].text, src.title, "\n".join(s.text for s in shown), kin, rng)
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
    room = int(work.ctx * 0.5)
    if room < SENTENCES[0] * ROOM:
        raise Refused("too little room for sentences to number")
    drawn = quotes(work, serving(work.corpus, GENERATOR), tells)
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
        plain = sum(quotable(s) and tells(s.text) for s in run)
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
    left = int(work.ctx * 0.8) - work.tokenizer.count(block.body)
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
    """Its start has sentences enough for a numbered run, and its head speaks in plain ones."""
    if corpus.is_table(index) or int(corpus.n_tokens[index]) < SENTENCES[0] * 16:
        return False
    text = corpus.text(index)
    found = _worded(sentences(text[:START]))
    return len(found) >= SENTENCES[0] and speaks(text, tells)


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="28 sentences, plain ones in its first paragraphs, and 450 tokens",
    serves=_serves,
    least=20,
)
