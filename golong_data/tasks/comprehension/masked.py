"""Masked names: which name stands in a quoted sentence of the documents.

The sentences are real. Quotations leave out words, so that they are found by what they say.
For a share of the questions the names on offer change places throughout the context: whoever
knows the book is misled.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from golong_data.contexts.budget import Share
from golong_data.contexts.workspace import Workspace
from golong_data.material.name_quotes import (
    ENOUGH,
    Quote,
    drawn,
    exchange,
    near_matches,
    serves,
    shown,
)
from golong_data.material.names import Name, apart, names, tempting
from golong_data.scripts import CJK
from golong_data.solving import reading
from golong_data.tasks.comprehension.config import ComprehensionConfig
from golong_data.tasks.comprehension.lazy import masked as lazy
from golong_data.tasks.comprehension.solve.masked import solve
from golong_data.tasks.forms import compose
from golong_data.tasks.options import asked
from golong_data.types import Draft, Generator, Refused
from golong_data.words import words

WORDS = "comprehension/masked"

GAP, LEFT_OUT = "____", "[...]"

WINDOWS = Share(1, 2)
"""What the windows around names take."""

WINDOW_COST = 400
"""Tokens that a window takes in a short context."""

WINDOW = (100, 900)
"""Tokens shown around a sentence, fewest and most."""

PARTS = {"medium": (4, 8), "hard": (2, 4)}
"""One word in so many is left out, at least and at most; none at "easy"."""

_WORD = re.compile(rf"[{CJK}]|[^\s{CJK}]+")


@dataclass(frozen=True, slots=True)
class Asks:
    """What is asked in one language."""

    one: str
    some: str
    quoted: str
    """One of some quotations, with its number."""
    between: str
    """Between two of them."""

    def question(self, masked: Sequence[str]) -> str:
        """The question which names stand in these quotations."""
        if len(masked) == 1:
            return self.one.format(quotes=masked[0], gap=GAP)
        each = (self.quoted.format(n=n, quote=text) for n, text in enumerate(masked, 1))
        return self.some.format(quotes=self.between.join(each), gap=GAP)


def make(work: Workspace, config: ComprehensionConfig) -> Draft:
    """One or more sentences, each out of a document of its own."""
    rng, found = work.rng, names(work.corpus)
    several = config.gaps > 1 and rng.random() < config.several
    quotes = drawn(work, rng.randint(2, config.gaps) if several else 1)
    most = max(WINDOWS.pieces(work.ctx, WINDOW_COST), 3)
    n_blocks = min(len(quotes) + 1 + config.distractors // 3, most)
    size = WINDOWS.each(work.ctx, n_blocks, *WINDOW)
    blocks = [shown(work, quote, size) for quote in quotes]
    blocks += near_matches(work, quotes, n_blocks - len(quotes), size)
    answers = [quote.name for quote in quotes]
    times = Counter(m[0] for block in blocks for m in found.spots(block.body))
    n_wrong = rng.randint(*config.options) - len(answers)
    like = _alternatives(rng, quotes, [found.by_text[name] for name in times])
    swapping = rng.random() < config.counterfactual
    often = {name: n + work.ctx * found.often[name] for name, n in times.items()}
    # No filler will hold names that are exchanged.
    right_often = [(times if swapping else often)[name.text] for name in answers]
    wrong = tempting(rng, like, often, sum(right_often) / len(answers), n_wrong)
    if len(wrong) + len(answers) < 4:
        raise Refused("too few names of one kind in the documents")
    options = [*answers, *wrong]
    right = [name.text for name in answers]
    quoted = [quote.sentence.text for quote in quotes]
    exchanged = exchange(work, options, blocks) if swapping else None
    if exchanged:
        blocks = [exchanged.on_block(block) for block in blocks]
        quoted = [exchanged.on(text) for text in quoted]
        right = [exchanged.on(text) for text in right]
    masked = [
        _masked(rng, text, name, config.level) for text, name in zip(quoted, right, strict=True)
    ]
    question = words(Asks, WORDS, "asks")[config.language].question(masked)
    others = [name.text for name in options if name.text not in right]
    variables, gold = asked(work, config, question, right, others, several=several)
    pair = tuple(exchanged.names) if exchanged else ()
    not_about = {*right, *pair}
    draft = compose(
        work,
        config,
        variables,
        blocks,
        gold,
        exclude=[title for title in found.titles if any(name in title for name in not_about)],
        forbidden=pair,
        counterfactual=int(bool(exchanged)),
    )
    context = draft.context.text
    for text, name in zip(masked, right, strict=True):
        if re.findall(_pattern(text), context) != [name]:
            raise Refused("a quotation fits more than one sentence")
    if any(name in title for _, title in reading.HEADER.findall(context) for name in pair):
        raise Refused("an exchanged name stands in a title")
    return draft


def _alternatives(rng: random.Random, quotes: Sequence[Quote], there: Sequence[Name]) -> list[Name]:
    """The names that may be wrong options, in random order.

    A name that the quotations themselves have is no temptation.
    """
    return [
        name
        for name in rng.sample(there, len(there))
        if name.like(quotes[0].name)
        and apart(name.text, (quote.name.text for quote in quotes))
        and not any(name.text in quote.sentence.text for quote in quotes)
    ]


def _masked(rng: random.Random, text: str, name: str, level: str) -> str:
    """A sentence with its name masked and, unless at "easy", some words left out."""
    masked = text.replace(name, GAP)
    short = _shortened(rng, masked, rng.randint(*PARTS[level])) if level in PARTS else masked
    return short if re.findall(_pattern(short), text) == [name] else masked


def _shortened(rng: random.Random, text: str, part: int) -> str:
    """A quotation with the n-th part of its words left out, behind its gap or before it."""
    spans = [m.span() for m in _WORD.finditer(text)]
    run = max(2, len(spans) // part)
    free = [
        i
        for i in range(3, len(spans) - run - 2)
        if GAP[0] not in text[spans[i - 1][0] : spans[i + run][1]]
    ]
    if not free:
        return text
    i = rng.choice(free)
    return text[: spans[i][0]] + LEFT_OUT + text[spans[i + run - 1][1] :]


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


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=WORDS,
    needs="sentences with names that recur in other documents",
    serves=serves,
    least=ENOUGH,
    lazy=lazy.LAZY,
)
