"""Masked names: which name stands in a quoted sentence of the documents.

The sentences are real. Quotations leave out words, so that they are found by what they say.
For a share of the questions the name is exchanged for another throughout the context: whoever
knows the book is misled.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.excerpts import around, excerpt
from golong_data.contexts.neighbours import neighbours
from golong_data.contexts.sampling import spread, turn
from golong_data.contexts.sentences import Sentence, quotable, sentences
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import Source, source
from golong_data.contexts.workspace import Workspace
from golong_data.material.names import Name, Names, names, nested, tempting
from golong_data.solving import reading
from golong_data.solving.options import lettered, offered, the_one
from golong_data.tasks.comprehension.config import ComprehensionConfig
from golong_data.tasks.forms import compose
from golong_data.tasks.options import asked
from golong_data.types import Draft, Gold, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

GAP, LEFT_OUT = "____", "[...]"

_MARKS = re.compile(r'"|____|\[\.\.\.\]|: |』')
"""What a quotation must not hold, since it is marked by these."""

ENOUGH = 40
"""Names that a corpus must have."""

READ = 20_000
"""Characters of a document in which a sentence is looked for."""

DOCUMENTS = 1_000
"""Documents of a large corpus that are quoted from first, evenly spread over it."""

PORTION = 25
"""One name has at most a 25th of what is asked about."""

SPARE = 6
"""How many times the context a corpus has to be for names to be exchanged."""

WINDOW = (100, 900)
"""Tokens shown around a sentence, fewest and most."""

ONE = {
    "en": 'One sentence of the documents is quoted here with a name masked: "{quotes}" Which '
    "name stands at {gap}?",
    "zh": "下面引用文档中的一个句子，并遮去其中一个名字：『{quotes}』{gap}处是哪个名字？",
}
SOME = {
    "en": "Sentences of the documents are quoted here with one name masked in each: {quotes}. "
    "Which names stand at {gap}?",
    "zh": "下面引用文档中的几个句子，每句遮去一个名字：{quotes}。各{gap}处分别是哪些名字？",
}
QUOTED = {"en": '({n}) "{quote}"', "zh": "（{n}）『{quote}』"}


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document, one of whose names is masked."""

    index: int
    sentence: Sentence
    name: Name


def serves(corpus: Corpus, index: int) -> bool:
    """Whether a document has a sentence with a recurring name to mask."""
    if corpus.is_table(index):
        return False
    found = names(corpus)
    return len(found.by_text) >= ENOUGH and bool(_quotes(corpus, index))


@lru_cache(maxsize=1 << 12)
def _quotes(corpus: Corpus, index: int) -> tuple[Quote, ...]:
    """The sentences of a document that can be quoted, with each name that can be masked."""
    found, quotes = names(corpus), []
    for sentence in filter(quotable, sentences(corpus.text(index)[:READ])):
        for text, name in found.found(sentence.text).items():
            lead = sentence.text.index(text)
            # A literal start makes the sentence found quickly; a body makes it one of its kind.
            if lead >= min(8, len(sentence.text) // 8) and not _MARKS.search(sentence.text):
                quotes.append(Quote(index, sentence, name))
    return tuple(quotes)


@lru_cache(maxsize=4)
def _every(corpus: Corpus) -> tuple[Quote, ...]:
    """What is asked about first, of at most `DOCUMENTS` documents.

    No name has more than its `PORTION` of the quotes: a few are in every other sentence, and
    would be the right option most of the time.
    """
    prose = corpus.prose
    by_name: dict[str, list[Quote]] = {}
    for at in spread(len(prose), DOCUMENTS):
        for quote in _quotes(corpus, int(prose[at])):
            if quote.name.text not in corpus.title(quote.index):
                by_name.setdefault(quote.name.text, []).append(quote)
    most = max(sum(map(len, by_name.values())) // PORTION, 1)
    kept = [quotes[i] for quotes in by_name.values() for i in spread(len(quotes), most)]
    return tuple(sorted(kept, key=lambda quote: (quote.index, quote.sentence.start)))


def make(work: Workspace, config: ComprehensionConfig) -> Draft:
    """One or more sentences, each out of a document of its own."""
    rng, language = work.rng, config.language
    found = names(work.corpus)
    several = config.gaps > 1 and rng.random() < config.several
    quotes = _drawn(work, rng.randint(2, config.gaps) if several else 1)
    answers = [quote.name for quote in quotes]
    n_blocks = min(len(quotes) + 1 + config.distractors // 3, max(work.ctx // 800, 3))
    size = min(max(work.ctx // 2 // n_blocks, WINDOW[0]), WINDOW[1])
    blocks = [_window(work, quote, size) for quote in quotes]
    blocks += _near(work, quotes, found, n_blocks - len(quotes), size)
    shown = Counter(m[0] for block in blocks for m in found.spots(block.body))
    n = rng.randint(*config.options)
    # A name that the quotations themselves have is no temptation.
    quoted = [quote.sentence.text for quote in quotes]
    like = [
        name
        for name in map(found.by_text.__getitem__, rng.sample(list(shown), len(shown)))
        if name.like(answers[0])
        and not any(nested(name.text, a.text) for a in answers)
        and not any(name.text in text for text in quoted)
    ]
    swapping = rng.random() < config.counterfactual
    often = {name: times + work.ctx * found.often[name] for name, times in shown.items()}
    # No filler will hold names that are exchanged.
    right_often = [(shown if swapping else often)[a.text] for a in answers]
    wrong = tempting(rng, like, often, sum(right_often) / len(answers), n - len(answers))
    if len(wrong) + len(answers) < 4:
        raise Refused("too few names of one kind in the documents")
    exchanged: tuple[str, str] | None = None
    if swapping:
        exchanged = _exchange(work, [*answers, *wrong], blocks)
    right = [name.text for name in answers]
    if exchanged:
        blocks = [_swapped(block, exchanged, found.chinese) for block in blocks]
        quoted = [_swap(text, exchanged, found.chinese) for text in quoted]
        right = [_swap(text, exchanged, found.chinese) for text in right]
    others = [name.text for name in (*answers, *wrong) if name.text not in right]
    masked = [
        _masked(rng, text, name, config.level) for text, name in zip(quoted, right, strict=True)
    ]
    question = _question(masked, language)
    variables, gold = asked(work, config, question, right, others, several=several)
    not_about = {*right, *(exchanged or ())}
    draft = compose(
        work,
        config,
        variables,
        blocks,
        gold,
        exclude=[title for title in found.titles if any(name in title for name in not_about)],
        forbidden=exchanged or (),
        counterfactual=1 if exchanged else 0,
    )
    context = draft.context
    for text, name in zip(masked, right, strict=True):
        if re.findall(_pattern(text), context.text) != [name]:
            raise Refused("a quotation fits more than one sentence")
    if exchanged and any(
        name in line
        for line in re.findall(r"^\[(?:Document|文档) .+$", context.text, re.M)
        for name in exchanged
    ):
        raise Refused("an exchanged name stands in a title")
    return draft


def _drawn(work: Workspace, n: int) -> list[Quote]:
    """n quotes from different documents, of different names of one kind.

    Rows take turns through the first ones, so that hardly a question comes twice.
    """
    rng, prose = work.rng, work.corpus.prose
    quotes = [turn(work, _every(work.corpus))]
    for at in rng.sample(range(len(prose)), min(len(prose), 60)):
        if len(quotes) == n:
            break
        possible = [
            quote
            for quote in _quotes(work.corpus, int(prose[at]))
            if quote.name.text not in work.corpus.title(quote.index)
            and all(_apart_from(quote, other) for other in quotes)
        ]
        if possible:
            quotes.append(rng.choice(possible))
    if len(quotes) < n:
        raise Refused("too few sentences with names of one kind")
    return quotes


def _apart_from(quote: Quote, other: Quote) -> bool:
    """Whether two quotes have different names of one kind, neither in the other's sentence."""
    return (
        quote.index != other.index
        and quote.name.like(other.name)
        and quote.name.text not in other.sentence.text
        and other.name.text not in quote.sentence.text
    )


def _window(work: Workspace, quote: Quote, size: int) -> Block:
    src = source(work.corpus, quote.index)
    start, end = quote.sentence.start, quote.sentence.end
    a, b = around(src, start, end, size, work.rng)
    _bounded(src, a, b, size)
    return excerpt(work, src, a, b, evidence=[(start, end)])


def _bounded(src: Source, a: int, b: int, size: int) -> None:
    if int(src.before[b] - src.before[a]) > 3 * size:
        raise Refused("a document has segments too long to excerpt")


def _near(work: Workspace, quotes: Sequence[Quote], found: Names, n: int, size: int) -> list[Block]:
    """Windows around names of the same kind in documents on the same matters.

    Each shows a name that its document has often, and that neither a quotation nor a window
    before it has. A document about an answer would name it in every line.
    """
    blocks: list[Block] = []
    first, own = quotes[0], frozenset(quote.index for quote in quotes)
    seen = {name for quote in quotes for name in found.found(quote.sentence.text)}
    for index in neighbours(work.corpus, first.sentence.text, 6 * n, without=own):
        src = source(work.corpus, index)
        every = found.spots(src.text[:READ])
        spots = [m for m in every if found.by_text[m[0]].like(first.name)]
        about = any(quote.name.text in src.title for quote in quotes)
        if about or not spots or len(blocks) == n:
            continue
        spots = [m for m in spots if m[0] not in seen] or spots
        (name, _), *_ = Counter(m[0] for m in spots).most_common(1)
        spot = work.rng.choice([m for m in spots if m[0] == name])
        a, b = around(src, spot.start(), spot.end(), size, work.rng)
        if int(src.before[b] - src.before[a]) <= 3 * size:
            blocks.append(excerpt(work, src, a, b))
            seen.add(name)
    return blocks


def _exchange(
    work: Workspace, options: Sequence[Name], blocks: Sequence[Block]
) -> tuple[str, str] | None:
    """The first answer and an option to change places with, if no title shown gives it away.

    None where the context takes so much of the corpus that the rest of it, which must hold
    neither name, might not fill it.
    """
    if work.ctx * SPARE > int(work.corpus.n_tokens.sum()):
        return None
    first = options[0].text
    for name in options[1:]:
        pair = (first, name.text)
        if not any(text in block.title for text in pair for block in blocks):
            return pair
    return None


def _swap(text: str, pair: tuple[str, str], chinese: bool) -> str:
    """The text with two names changed for each other."""
    either = "|".join(map(re.escape, sorted(pair, key=len, reverse=True)))
    pattern = either if chinese else rf"(?<!\w)(?:{either})(?!\w)"
    return re.sub(pattern, lambda m: pair[1] if m[0] == pair[0] else pair[0], text)


def _swapped(block: Block, pair: tuple[str, str], chinese: bool) -> Block:
    """A block with two names changed for each other, its evidence kept in place."""
    parts, spans, at, length = [], [], 0, 0
    for start, end in block.evidence:
        before = _swap(block.body[at:start], pair, chinese)
        inside = _swap(block.body[start:end], pair, chinese)
        parts += [before, inside]
        length += len(before)
        spans.append((length, length + len(inside)))
        length += len(inside)
        at = end
    parts.append(_swap(block.body[at:], pair, chinese))
    return replace(block, body="".join(parts), evidence=tuple(spans), n_tokens=None)


def _masked(rng: random.Random, text: str, name: str, level: str) -> str:
    """A sentence with its name masked and, unless at "easy", some words left out."""
    masked = text.replace(name, GAP)
    parts = {"medium": (4, 8), "hard": (2, 4)}
    short = masked if level == "easy" else _shortened(rng, masked, rng.randint(*parts[level]))
    return short if re.findall(_pattern(short), text) == [name] else masked


def _shortened(rng: random.Random, text: str, part: int) -> str:
    """A quotation with the n-th part of its words left out, behind its gap or before it."""
    words = [m.span() for m in re.finditer(r"[\u4e00-\u9fff]|[^\s\u4e00-\u9fff]+", text)]
    run = max(2, len(words) // part)
    free = [
        i
        for i in range(3, len(words) - run - 2)
        if GAP[0] not in text[words[i - 1][0] : words[i + run][1]]
    ]
    if not free:
        return text
    i = rng.choice(free)
    return text[: words[i][0]] + LEFT_OUT + text[words[i + run - 1][1] :]


def _question(masked: Sequence[str], language: str) -> str:
    if len(masked) == 1:
        return ONE[language].format(quotes=masked[0], gap=GAP)
    joined = ("; " if language == "en" else "；").join(
        QUOTED[language].format(n=n, quote=text) for n, text in enumerate(masked, 1)
    )
    return SOME[language].format(quotes=joined, gap=GAP)


def _pattern(masked: str) -> str:
    """What the sentence behind a quotation looks like; group 1 is the name."""
    pieces = re.split(rf"({re.escape(GAP)}|{re.escape(LEFT_OUT)})", masked)
    parts, named = [], False
    for piece in pieces:
        if piece == GAP:
            parts.append(r"\1" if named else r"([^\n]{1,40}?)")
            named = True
        elif piece == LEFT_OUT:
            parts.append(r"[^\n]{1,200}?")
        else:
            parts.append(re.escape(piece))
    return "".join(parts)


# --- the independent solver ---------------------------------------------------------------

_ASKED = re.compile(
    r'quoted here with a name masked: "(?P<q>.+)" Which name stands at ____\?'
    r"|下面引用文档中的一个句子，并遮去其中一个名字：『(?P<q2>.+)』____处是哪个名字？"
    r"|one name masked in each: (?P<m>.+)\. Which names stand at ____\?"
    r"|每句遮去一个名字：(?P<m2>.+)。各____处分别是哪些名字？"
)
_EACH = re.compile(r'\(\d+\) "(.+?)"(?=; \(\d|$)|（\d+）『(.+?)』(?=；（\d|$)')


def solve(question: str, prompt: str) -> Gold | None:
    """Finds each sentence by what is quoted of it and reads the name off."""
    m = _ASKED.search(question)
    if m is None:
        return None
    text, options = reading.context(prompt), offered(prompt)
    one = m["q"] or m["q2"]
    quotes = [one] if one else ["".join(pair) for pair in _EACH.findall(m["m"] or m["m2"])]
    found = []
    for quote in quotes:
        head, _, tail = quote.partition("____")
        # What stands before the first gap, however much was left out, leads to the sentence.
        before = "[^\n]{1,200}?".join(map(re.escape, head.split("[...]")))
        after = "[^\n]{1,200}?".join(map(re.escape, tail.split("[...]")))
        names = re.findall(before + "([^\n]{1,40}?)" + after.replace("____", r"\1"), text)
        if len(names) != 1:
            return None
        found.append(names[0])
    if one:
        return the_one(options, found[0])
    return lettered(options, found) if set(found) <= set(options.values()) else None
