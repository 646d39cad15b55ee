"""Wrong characters in Chinese documents: miswritten forms of listed names and words.

The question lists words, some of them miswritten at one place and others never; words that are
not listed are miswritten as well and do not count.

What is wrong is certain: the wrong form is in no dictionary and nowhere in the corpus, the right
form stands three times in the context, and nothing else there sounds like a listed word with one
character different.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from golong_data.contexts.stitch import Block, titled_apart
from golong_data.contexts.workspace import Workspace
from golong_data.material.miswritings import forms_in, miswritings, words_of
from golong_data.material.names import apart
from golong_data.material.quotes import HEAD
from golong_data.scripts import is_chinese
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

WORDS = "exhaustive/misspelling/chinese"

TIMES = 3
"""Times that the right form stands in the context, at least."""

CLEAN = (4, 2)
"""Listed words that are never miswritten: at least so many, and so many for each that is."""

CHINESE_HEAD = 300
"""Chinese characters that the head of a document must have to serve."""


@dataclass(frozen=True, slots=True)
class Asks(Wording):
    """The wording of the question."""

    gap: str
    """Between two listed words."""


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Passages in which some of the listed words, and as many others, are miswritten."""
    rng = work.rng
    asks = words(Asks, WORDS, "asks")[config.language]
    errors, n, size = measures(work, config)
    passages = passages_without(work, serving(work.corpus, CHINESE), n, size, ())
    near = words_of(work.corpus)
    shown = "\n".join(block.body for block in passages)
    times = {
        word: shown.count(word)
        for word, forms in near.items()
        if not any(form in shown for form in forms)
    }
    blocks, planted, others = _miswritten(passages, times, near, errors, rng)
    spare = [word for word, k in times.items() if k >= TIMES]
    clean = _apart(rng.sample(spare, len(spare)), [*planted, *others])
    clean = clean[: max(CLEAN[0], CLEAN[1] * len(planted))]
    if len(clean) < CLEAN[0]:
        raise Refused("too few words stand often enough to be listed")
    listed = rng.sample([*planted, *clean], len(planted) + len(clean))

    def gold_in(context: Context) -> list[str]:
        if any(context.text.count(word) < TIMES for word in listed):
            raise Refused("a listed word does not stand often enough")
        found = forms_in(context.text, listed)
        if found != Counter(planted.values()):
            raise Refused("the documents hold something that sounds like a listed word")
        return sorted(found)

    question = asks.question.format(listed=asks.gap.join(listed))
    sounding_alike = (form for word in listed for form in near[word])
    return compose(
        work,
        config,
        ask(LIST, config, question, asks.answer_format),
        titled_apart(blocks),
        gold_in,
        forbidden=(*planted.values(), *others.values(), *sounding_alike),
    )


def _miswritten(
    blocks: Sequence[Block],
    times: Mapping[str, int],
    near: Mapping[str, Collection[str]],
    errors: int,
    rng: random.Random,
) -> tuple[list[Block], dict[str, str], dict[str, str]]:
    """The blocks with a word miswritten in some; words that count and others, to wrong forms."""
    often = [word for word, k in times.items() if k > TIMES]
    chosen = _apart(rng.sample(often, len(often)), ())
    planting = Planting(blocks, rng)
    planted: dict[str, str] = {}
    others: dict[str, str] = {}
    for word in chosen:
        into = planted if len(planted) < errors else others
        k = next((k for k in planting.free if word in blocks[k].body), None)
        forms = sorted(miswritings(word).difference(near[word]))
        if len(others) == errors or k is None or not forms:
            continue
        spot = rng.choice(list(re.finditer(word, blocks[k].body)))
        into[word] = rng.choice(forms)
        planting.put(k, spot, into[word], evidence=into is planted)
    if not planted or not others:
        raise Refused("too few words stand often enough to be miswritten")
    return planting.blocks, planted, others


def _apart(listed: Sequence[str], taken: Collection[str]) -> list[str]:
    """Words of which none holds another of them, or one that is taken."""
    found: list[str] = []
    for word in listed:
        if apart(word, (*taken, *found)):
            found.append(word)
    return found


def _serves(corpus: Corpus, index: int) -> bool:
    head = corpus.text(index)[:HEAD]
    return takes_notes(corpus, index) and sum(map(is_chinese, head)) >= CHINESE_HEAD


CHINESE = Generator(
    make=make, solve=solve, words=WORDS, needs="Chinese text", serves=_serves, least=12
)
