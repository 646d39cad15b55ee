"""Sentences of real documents with a recurring name to ask for, and names that change places.

Rows take turns through an even spread of the sentences, none of whose names has much more
than its part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.excerpts import around, excerpt
from golong_data.contexts.neighbours import neighbours
from golong_data.contexts.sampling import spread, turn
from golong_data.contexts.sentences import Sentence, quotable, sentences
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import source
from golong_data.contexts.workspace import Workspace
from golong_data.material.names import Name, names
from golong_data.material.renaming import Renaming
from golong_data.types import Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

_MARKS = re.compile(r'"|____|\[\.\.\.\]|: |』')
"""What a sentence must not hold, since quotations are marked by these."""

ENOUGH = 40
"""Names that a corpus must have."""

READ = 20_000
"""Characters of a document in which a sentence is looked for."""

DOCUMENTS = 1_000
"""Documents of a large corpus that are quoted from first, evenly spread over it."""

PORTION = 25
"""One name has at most a 25th of what is asked about."""

TRIES = 60
"""Documents looked at for further quotes."""

LONGER = 3
"""How many times as long as it is to be a window may get."""

SPARE = 6
"""How many times the context a corpus has to be for names to be exchanged."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document, one of whose names is asked for."""

    index: int
    sentence: Sentence
    name: Name

    def apart_from(self, other: Quote) -> bool:
        """Whether the two have different names of one kind, neither in the other's sentence."""
        return (
            self.index != other.index
            and self.name.like(other.name)
            and self.name.text not in other.sentence.text
            and other.name.text not in self.sentence.text
        )


def serves(corpus: Corpus, index: int) -> bool:
    """Whether a document has a sentence with a recurring name."""
    if corpus.is_table(index):
        return False
    return len(names(corpus).by_text) >= ENOUGH and bool(_quotes(corpus, index))


@lru_cache(maxsize=1 << 12)
def _quotes(corpus: Corpus, index: int) -> tuple[Quote, ...]:
    """The sentences of a document that can be quoted, with each name that can be asked for."""
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


def drawn(work: Workspace, n: int) -> list[Quote]:
    """n quotes from different documents, of different names of one kind.

    Rows take turns through the first ones, so that hardly a question comes twice.
    """
    rng, prose = work.rng, work.corpus.prose
    quotes = [turn(work, _every(work.corpus))]
    for at in rng.sample(range(len(prose)), min(len(prose), TRIES)):
        if len(quotes) == n:
            break
        possible = [
            quote
            for quote in _quotes(work.corpus, int(prose[at]))
            if quote.name.text not in work.corpus.title(quote.index)
            and all(quote.apart_from(other) for other in quotes)
        ]
        if possible:
            quotes.append(rng.choice(possible))
    if len(quotes) < n:
        raise Refused("too few sentences with names of one kind")
    return quotes


def shown(work: Workspace, quote: Quote, size: int) -> Block:
    """A window around a quote, the sentence its evidence."""
    src = source(work.corpus, quote.index)
    start, end = quote.sentence.start, quote.sentence.end
    a, b = around(src, start, end, size, work.rng)
    if int(src.before[b] - src.before[a]) > LONGER * size:
        raise Refused("a document has segments too long to excerpt")
    return excerpt(work, src, a, b, evidence=[(start, end)])


def near_matches(work: Workspace, quotes: Sequence[Quote], n: int, size: int) -> list[Block]:
    """Windows around names of the same kind in documents on the same matters.

    Each shows a name that its document has often, and that neither a quotation nor a window
    before it has. A document about an answer would name it in every line.
    """
    found = names(work.corpus)
    blocks: list[Block] = []
    first, own = quotes[0], frozenset(quote.index for quote in quotes)
    seen = {name for quote in quotes for name in found.found(quote.sentence.text)}
    for index in neighbours(work.corpus, first.sentence.text, 6 * n, without=own):
        src = source(work.corpus, index)
        spots = [m for m in found.spots(src.text[:READ]) if found.by_text[m[0]].like(first.name)]
        about = any(quote.name.text in src.title for quote in quotes)
        if about or not spots or len(blocks) == n:
            continue
        spots = [m for m in spots if m[0] not in seen] or spots
        (name, _), *_ = Counter(m[0] for m in spots).most_common(1)
        spot = work.rng.choice([m for m in spots if m[0] == name])
        a, b = around(src, spot.start(), spot.end(), size, work.rng)
        if int(src.before[b] - src.before[a]) <= LONGER * size:
            blocks.append(excerpt(work, src, a, b))
            seen.add(name)
    return blocks


# --- names that change places -------------------------------------------------------------


def exchange(work: Workspace, options: Sequence[Name], blocks: Sequence[Block]) -> Renaming | None:
    """The options by twos, which change places: what differs from the source is not the answer.

    Names that a title would give away stay as they are. None where the first has no other, or
    where the context takes so much of the corpus that the rest of it, which must hold none of the
    names, might not fill it.
    """
    if work.ctx * SPARE > int(work.corpus.n_tokens.sum()):
        return None
    titles = [block.title for block in blocks]
    free = [name.text for name in options if not any(name.text in title for title in titles)]
    if len(free) < 2 or free[0] != options[0].text:
        return None
    pairs = zip(free[::2], free[1::2], strict=False)
    return Renaming({old: new for one, other in pairs for old, new in ((one, other), (other, one))})
