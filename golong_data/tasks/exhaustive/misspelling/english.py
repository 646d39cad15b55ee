"""Misspelt English words: those that begin with some letters, at times of one way alone.

In real sentences ordinary words are misspelt in one of two ways. As many others stand beside
those asked for and do not count. Each of these words stands correctly elsewhere, three times at
least. Slips of the same two ways that a corpus brings along keep their documents' segments out
of the context, and a context in which one is left is refused.
"""

from __future__ import annotations

import keyword
import string
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from golong_data.contexts.stitch import Block, titled_apart
from golong_data.contexts.workspace import Workspace
from golong_data.material import misspellings
from golong_data.material.misspellings import IN_TEXT, TIMES, WAYS, WORD, way_of
from golong_data.material.quotes import HEAD
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.misspelling.passages import (
    Planting,
    measures,
    passages_without,
)
from golong_data.tasks.exhaustive.solve.misspelling import solve
from golong_data.tasks.forms import LIST, Wording, ask, compose
from golong_data.tasks.generators import serving, takes_notes
from golong_data.types import Context, Draft, Generator, Refused
from golong_data.words import words

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

WORDS = "exhaustive/misspelling/english"

SAYS_LITTLE = 20
"""Ordinary words that the head of a document must have to serve."""

LETTERS = (8, 13)
"""Letters that a word asked for may begin with, fewest and most: millions of choices."""


@dataclass(frozen=True, slots=True)
class Asks(Wording):
    """The wording of the question."""

    ways: Mapping[str, str]
    """What is done to a word in each way."""
    asked: Mapping[str, str]
    """What is asked, by the way that counts; "either" where both do."""
    gap: str
    """Between two letters."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """Which of the misspelt words count."""

    letters: str
    """With one of which they begin."""
    way: str
    """How they are misspelt; "" where that does not matter."""

    def meets(self, word: str, way: str) -> bool:
        """Whether a word misspelt in a way counts."""
        return word[0] in self.letters and self.way in ("", way)

    def asked(self, asks: Asks) -> str:
        """The question."""
        asked = asks.asked[self.way or "either"].format(letters=asks.gap.join(self.letters))
        return asks.question.format(**asks.ways, asked=asked)


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Passages with misspelt words in them, half of which meet the criterion."""
    rng = work.rng
    asks = words(Asks, WORDS, "asks")[config.language]
    errors, n, size = measures(work, config)
    criterion = Criterion(
        "".join(sorted(rng.sample(string.ascii_lowercase, rng.randint(*LETTERS)))),
        "" if config.level == "easy" else rng.choice(("", *WAYS)),
    )
    slips = misspellings.slips_of(work.corpus)
    passages = passages_without(work, serving(work.corpus, ENGLISH), n, size, slips)
    blocks, planted = _misspelt(work, passages, criterion, errors)

    def gold_in(context: Context) -> list[str]:
        if sorted(misspellings.sweep(context.text)) != sorted(planted):
            raise Refused("the documents have misspellings of their own")
        return sorted(wrong for wrong, counts in planted.items() if counts)

    return compose(
        work,
        config,
        ask(LIST, config, criterion.asked(asks), asks.answer_format),
        titled_apart(blocks),
        gold_in,
        forbidden=(*slips, *planted),
    )


def _misspelt(
    work: Workspace, blocks: Sequence[Block], criterion: Criterion, errors: int
) -> tuple[list[Block], dict[str, bool]]:
    """The blocks with words misspelt, one a block; each wrong form, and whether it counts.

    So many count and as many do not, as far as there are words that stand often enough.
    """
    known = misspellings.vocabulary(work.corpus)
    times = Counter(word for block in blocks for word in WORD.findall(block.body))
    planting = Planting(blocks, work.rng)
    planted: dict[str, bool] = {}
    right: set[str] = set()
    for wanted in [True] * errors + [False] * errors:
        for k in planting.free:
            spots = [
                (m, wrong)
                for m in IN_TEXT.finditer(blocks[k].body)
                if times[m[0]] > TIMES and m[0] not in right and not keyword.iskeyword(m[0])
                for wrong in misspellings.misspellings(m[0])
                if criterion.meets(wrong, way_of(m[0], wrong)) == wanted
                and wrong not in known
                and wrong not in planted
                and not misspellings.may_be_right(m[0], wrong)
            ]
            if spots:
                spot, wrong = work.rng.choice(spots)
                planting.put(k, spot, wrong, evidence=wanted)
                planted[wrong] = wanted
                right.add(spot[0])
                break
    if len(set(planted.values())) < 2:
        raise Refused("too few words stand often enough to be misspelt")
    return planting.blocks, planted


def _serves(corpus: Corpus, index: int) -> bool:
    head = corpus.text(index)[:HEAD]
    return takes_notes(corpus, index) and len(IN_TEXT.findall(head)) >= SAYS_LITTLE


ENGLISH = Generator(
    make=make, solve=solve, words=WORDS, needs="English words", serves=_serves, least=12
)
