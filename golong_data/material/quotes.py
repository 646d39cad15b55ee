"""Quotes: sentences of real documents to ask about, with what is like them elsewhere."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.excerpts import near, passage
from golong_data.contexts.neighbours import neighbours
from golong_data.contexts.neighbours import terms as words_of
from golong_data.contexts.sentences import Sentence, quotable, sentences
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import Source, source
from golong_data.contexts.workspace import Workspace
from golong_data.scripts import is_chinese
from golong_data.types import Refused
from golong_data.words import words

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

HEAD = 1_500
"""Characters of a document that are looked at to see whether it serves."""

TERMS = 9
"""Fewest terms of a sentence that is asked about: below that it says too little. A Chinese
sentence has about one for each character, so it needs twice as many."""

NEAREST = 4
"""Documents that are asked beforehand whether they say the same as a sentence (BM25)."""

LIKE = 0.5
"""Share of a sentence's terms that no other sentence of a context may hold."""

STEM = 5
"""Letters of a title's word that give it away."""

_INITIALS = re.compile(r"[.\W][A-Z]\.\W*$")
"""What stands before a sentence that others may take for the end of the one before."""
_STOP = re.compile(r"[.!?][\"'”’)\]]*\s|[。！？][”’」』）]*|\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Words:
    """What tells about sentences in one language."""

    common: tuple[str, ...]
    """Words that no sentence is about."""
    doubtful: re.Pattern[str]
    """What leaves open where a sentence ends, or what it is about: a label, columns, a stop
    inside, an end that may be none, a first word that points back."""


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The common words of every language."""
    found = words(Words, "material/quotes", "writes").values()
    return frozenset(word for each in found for word in each.common)


def _is_doubtful(text: str) -> bool:
    found = words(Words, "material/quotes", "writes").values()
    return any(each.doubtful.search(text) for each in found)


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document that is asked about."""

    src: Source
    sentence: Sentence
    """Its offsets count characters of the document."""


def terms(text: str) -> tuple[str, ...]:
    """What a text is about: its different words but for the common ones, in order.

    Of Chinese text, overlapping pairs of characters.
    """
    common = _common()
    found = (t for t in words_of(text) if t not in common)
    return tuple(dict.fromkeys(t for t in found if len(t) > 2 or t.isdigit() or is_chinese(t)))


# --- sentences of a document --------------------------------------------------------------


def is_informative(text: str) -> bool:
    """Whether a sentence says enough to be told from others, and is plainly one."""
    found = terms(text)
    chinese = any(map(is_chinese, found))
    return len(found) >= TERMS * (1 + chinese) and (chinese or not _is_doubtful(text))


def has_quotable(
    corpus: Corpus, index: int, *, accept: Callable[[str], bool] = is_informative
) -> bool:
    """Whether a document is prose whose head holds a sentence that can be asked about."""
    return not corpus.is_table(index) and any(
        quotable(s) and accept(s.text) for s in sentences(corpus.text(index)[:HEAD])
    )


def points_to(text: str, title: str) -> bool:
    """Whether a sentence gives away the title of its document.

    It does if it holds a third of the title's words, be it in another form ("Kazakh"), or in
    Chinese any two neighbouring characters of it.
    """
    wanted = terms(title)
    if any(map(is_chinese, wanted)):
        return any(t in text for t in wanted)
    told = folded(text)
    held = sum(t[:STEM] in told for t in wanted)
    return bool(wanted) and held >= math.ceil(len(wanted) / 3)


def quotes(
    work: Workspace,
    documents: Sequence[int],
    *,
    accept: Callable[[str], bool] = is_informative,
    untitled: bool = False,
) -> Iterator[Quote]:
    """Sentences that are fit to be quoted, each from another document with another title.

    None that its own document or one of those nearest to it nearly says again, and with
    `untitled` none that gives its document's title away.
    """
    titles: set[str] = set()
    for index in work.rng.sample(documents, len(documents)):
        src = source(work.corpus, index)
        if src.title in titles:
            continue
        # A head is known to speak in sentences; the rest of a document may be lists.
        at = work.rng.choice((0, work.rng.randrange(max(1, len(src.text)))))
        found = [
            s
            for s in near(src, at)
            if quotable(s)
            and accept(s.text)
            and src.text.count(s.text) == 1
            and not (untitled and points_to(s.text, src.title))
            and not _INITIALS.search(src.text, max(0, s.start - 8), s.start)
        ]
        if not found:
            continue
        quote = Quote(src, work.rng.choice(found))
        if _alone(work, quote):
            titles.add(src.title)
            yield quote


def _alone(work: Workspace, quote: Quote) -> bool:
    """Whether the nearest documents say nothing like a sentence, and its own says it once."""
    wanted = terms(quote.sentence.text)
    near_ones = neighbours(
        work.corpus, quote.sentence.text, NEAREST, without=frozenset({quote.src.index})
    )
    return (
        sum(near_matches(_folded(work.corpus, i), wanted) for i in (quote.src.index, *near_ones))
        == 1
    )


@lru_cache(maxsize=256)
def _folded(corpus: Corpus, index: int) -> str:
    return folded(source(corpus, index).text)


# --- passages as blocks -------------------------------------------------------------------


def quoted_in(work: Workspace, quote: Quote, size: int) -> Block | None:
    """The passage around a quoted sentence, its evidence, as a block; None where there is none."""
    found = passage(quote.src, quote.sentence.start, quote.sentence.end, size, work.rng)
    if found is None:
        return None
    a, b = found
    span = (quote.sentence.start - a, quote.sentence.end - a)
    return Block(quote.src.id, quote.src.title, quote.src.text[a:b], (span,))


def beside(
    work: Workspace,
    texts: Sequence[str],
    near_ones: int,
    documents: Sequence[int],
    n: int,
    size: int,
    taken: set[str],
) -> list[Block]:
    """`n` passages without evidence from documents whose titles are not taken yet.

    The first `near_ones` for each text come from documents like it, where they speak of the
    same things; the rest from any of these documents. Each is cut around a sentence that could
    be quoted, where there is one, as passages with evidence are. Titles are added to `taken`.
    """
    found: list[Block] = []
    wanted = [
        (index, text) for text in texts for index in neighbours(work.corpus, text, 3 * near_ones)
    ]
    some = work.rng.sample(documents, min(len(documents), 3 * n + 20))
    wanted += [(index, "") for index in some]
    for index, text in wanted:
        if len(found) >= n:
            break
        src = source(work.corpus, index)
        if src.title in taken or (text and len(found) >= near_ones * len(texts)):
            continue
        run = _cut(src, _where(src, text, work.rng), size, work.rng)
        if run:
            taken.add(src.title)
            found.append(Block(src.id, src.title, src.text[run[0] : run[1]]))
    return found


def _cut(src: Source, at: int, size: int, rng: random.Random) -> tuple[int, int] | None:
    """A passage around the sentence nearest to a place that could be quoted, or around that."""
    for sentence in sorted(near(src, at), key=lambda s: abs(s.start - at)):
        if quotable(sentence) and is_informative(sentence.text):
            return passage(src, sentence.start, sentence.end, size, rng)
    return passage(src, at, at + 1, size, rng) or passage(src, at, at + 200, size, rng)


def _where(src: Source, text: str, rng: random.Random) -> int:
    """A place at which a document speaks of the longest word of a text, or any place.

    Half of these are its start: the rest of a document may be lists.
    """
    for term in sorted(terms(text), key=lambda t: (-len(t), t))[:6]:
        at = src.text.find(term)
        if at >= 0:
            return at
    return rng.choice((0, rng.randrange(max(1, len(src.text)))))


# --- uniqueness in the finished context ---------------------------------------------------


def folded(text: str) -> str:
    """A text in small letters, as long as before."""
    return text.replace("\u0130", "I").lower()  # the one letter that grows when folded


def near_matches(text: str, wanted: Sequence[str], *, least: float = LIKE) -> int:
    """How many sentences of a folded text hold at least the share `least` of the wanted terms.

    Such a sentence holds one of any n - k + 1 of the n terms, k being how many it needs: only
    places where the rarest of them stand are looked at.
    """
    needed = math.ceil(least * len(wanted))
    rarest = sorted(wanted, key=lambda term: (text.count(term), term))
    found: set[int] = set()
    for term in rarest[: len(wanted) - needed + 1]:
        at = text.find(term)
        while at >= 0:
            start, end = _sentence_at(text, at)
            if start not in found and sum(text.find(t, start, end) >= 0 for t in wanted) >= needed:
                found.add(start)
            at = text.find(term, max(end, at + 1))
    return len(found)


def check_alone(text: str, stated: Mapping[str, int] | Sequence[str]) -> None:
    """Refuses a text that nearly says a sentence more or less often than once, or than told."""
    found = folded(text)
    times = stated if isinstance(stated, Mapping) else dict.fromkeys(stated, 1)
    if any(near_matches(found, terms(sentence)) != n for sentence, n in times.items()):
        raise Refused("another sentence says nearly the same")


def _sentence_at(text: str, at: int) -> tuple[int, int]:
    """Where the sentence that holds a place starts and ends, at most 600 characters off."""
    low = max(0, at - 600)
    stops = [m.end() for m in _STOP.finditer(text, low, at)]
    after = _STOP.search(text, at, at + 600)
    return (stops[-1] if stops else low), (after.end() if after else min(len(text), at + 600))
