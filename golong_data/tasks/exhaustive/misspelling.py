"""Error sweep: all misspelt words of the context.

In real sentences ordinary words are misspelt in one of two ways: two neighbouring letters
inside are exchanged, or one inside is written twice. Each of these words stands correctly
elsewhere, three times at least. Slips of the same two kinds that a corpus brings along keep
their documents' segments out of the context, and a context in which one is left is refused.
"""

from __future__ import annotations

import keyword
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.excerpts import titled_apart
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import source
from golong_data.contexts.workspace import Workspace
from golong_data.tasks import reading
from golong_data.tasks.asking import ask
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.passages import HEAD, affordable, passage
from golong_data.tasks.exhaustive.planting import ENOUGH, finish
from golong_data.tasks.generators import serving, takes_notes
from golong_data.types import Context, Draft, Generator, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

WORD = re.compile(r"(?<![\w.\-'’/@\\])[a-z]{6,24}(?![\w'’/@(\[=]|[.\-]\w)")
"""An ordinary word in small letters, not a part of an identifier, a path or a compound."""

TIMES = 3
"""Times that the right spelling stands in the context, at least."""

PASSAGE = (150, 500)
"""Tokens of a passage, fewest and most."""

READ = 16_000_000
"""Characters of a corpus that are read for misspellings of its own, evenly spread over it."""

SAYS_LITTLE = 30
"""Ordinary words that the head of a document must have to serve."""


@dataclass(frozen=True, slots=True)
class Words:
    """The wording of one language."""

    question: str
    answer_format: str


WORDS: Mapping[str, Words] = {
    "en": Words(
        question="Some ordinary English words in small letters, of six letters or more, are "
        "misspelt at one place each: two neighbouring letters inside the word are exchanged, or a "
        "letter inside it is written twice that should stand once. The right spelling of each of "
        "these words stands at least three times in the documents. Which are the misspelt words?",
        answer_format="Each element is one misspelt word as it stands in the documents, "
        "misspelling included.",
    ),
    "zh": Words(
        question="文档中有些由六个以上小写字母组成的普通英文单词各有一处拼写错误："
        "词中相邻两个字母被颠倒，或词中某个字母多写了一遍。"
        "这些单词的正确拼写在文档中至少出现三次。拼错的单词有哪些？",
        answer_format="每一项是一个拼错的单词，照文档中的错误写法抄写。",
    ),
}


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Passages with a few misspelt words in them."""
    knobs, rng, words = config.knobs(), work.rng, WORDS[config.language]
    most = max(1, min(affordable(work), int(work.ctx * 0.7) // PASSAGE[0]))
    errors = min(rng.randint(*knobs.errors), max(1, most // 3))
    n = min(most, max(8, 3 * errors))
    size = min(max(int(work.ctx * 0.7) // n, PASSAGE[0]), PASSAGE[1])
    slips = slips_of(work.corpus)
    blocks, wrong = _misspelt(work, _passages(work, n, size, slips), errors)
    question = ask(
        words.question, words.answer_format, ("seperate", "occured"), thinking=config.thinking
    )

    def gold_in(context: Context) -> list[str]:
        if sorted(sweep(context.text)) != sorted(wrong):
            raise Refused("the documents have misspellings of their own")
        return sorted(wrong)

    return finish(
        work,
        config,
        "misspelling",
        titled_apart(blocks),
        question,
        gold_in,
        forbidden=(*slips, *wrong),
    )


def _passages(work: Workspace, n: int, size: int, slips: Sequence[str]) -> list[Block]:
    documents = serving(work.corpus, GENERATOR)
    found = []
    for index in work.rng.sample(documents, min(len(documents), 2 * n)):
        src = source(work.corpus, index)
        at = work.rng.randrange(len(src.text))
        run = passage(src, at, at + 1, size, work.rng)
        text = src.text[run[0] : run[1]] if run else ""
        if text and not any(slip in text for slip in slips):
            found.append(Block(src.id, src.title, text))
        if len(found) == n:
            break
    return found


def _misspelt(
    work: Workspace, blocks: Sequence[Block], errors: int
) -> tuple[list[Block], list[str]]:
    """The blocks with so many words misspelt, one a block, and these words."""
    rng = work.rng
    counts = Counter(word for block in blocks for word in WORD.findall(block.body))
    done = list(blocks)
    wrong: list[str] = []
    right: set[str] = set()
    for k in rng.sample(range(len(blocks)), len(blocks)):
        if len(wrong) == errors:
            break
        spots = [
            m
            for m in WORD.finditer(blocks[k].body)
            if counts[m[0]] > TIMES and m[0] not in right and not keyword.iskeyword(m[0])
        ]
        if not spots:
            continue
        spot = rng.choice(spots)
        choices = [w for w in misspellings(spot[0]) if w not in counts and w not in wrong]
        if not choices:
            continue
        word, body = rng.choice(choices), blocks[k].body
        body = body[: spot.start()] + word + body[spot.end() :]
        span = (spot.start(), spot.start() + len(word))
        done[k] = Block(blocks[k].doc_id, blocks[k].title, body, (span,))
        wrong.append(word)
        right.add(spot[0])
    if not wrong:
        raise Refused("no word stands often enough to be misspelt")
    return done, wrong


def misspellings(word: str) -> Iterator[str]:
    """The word with two letters inside exchanged, or one of them written twice."""
    for i in range(1, len(word) - 2):
        if word[i] != word[i + 1]:
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    for i in range(1, len(word) - 1):
        if word[i - 1] != word[i] != word[i + 1]:
            yield word[: i + 1] + word[i:]


def sweep(text: str, often: int = TIMES) -> list[str]:
    """Words that stand once in a text and are a misspelling of one that stands `often` times."""
    counts = Counter(WORD.findall(text))
    return sorted(
        wrong
        for word, n in counts.items()
        if n >= often
        for wrong in misspellings(word)
        if counts.get(wrong) == 1
    )


@lru_cache(maxsize=4)
def slips_of(corpus: Corpus) -> tuple[str, ...]:
    """Misspellings of the two kinds that a corpus brings along: rare words next to common ones."""
    share = min(1.0, READ / max(1, 4 * int(corpus.n_tokens[corpus.prose].sum())))
    step = max(1, round(1 / share))
    counts: Counter[str] = Counter()
    for index in corpus.prose[::step].tolist():
        counts.update(WORD.findall(corpus.text(index)))
    return tuple(
        sorted(
            {
                wrong
                for word, n in counts.items()
                if n >= TIMES
                for wrong in misspellings(word)
                if 0 < counts.get(wrong, 0) < n
            }
        )
    )


# --- the independent solver ---------------------------------------------------------------

_KNOWN = ("Which are the misspelt words?", "拼错的单词有哪些？")


def solve(question: str, prompt: str) -> tuple[str, ...] | None:
    """Rare words are compared with frequent ones of the same letters, doubled letters aside."""
    if not question.endswith(_KNOWN):
        return None
    seen: dict[str, int] = {}
    for m in WORD.finditer(reading.context(prompt)):
        seen[m[0]] = seen.get(m[0], 0) + 1
    by_letters: dict[tuple[str, ...], list[str]] = {}
    for word, n in seen.items():
        if n >= TIMES:
            by_letters.setdefault(tuple(sorted(word)), []).append(word)
    found = [
        word
        for word, n in seen.items()
        if n == 1 and (_exchanged(word, by_letters) or _doubled(word, seen))
    ]
    return tuple(sorted(found)) or None


def _exchanged(word: str, by_letters: Mapping[tuple[str, ...], Sequence[str]]) -> bool:
    for other in by_letters.get(tuple(sorted(word)), ()):
        apart = [i for i, (a, b) in enumerate(zip(word, other, strict=True)) if a != b]
        if len(apart) == 2 and apart[1] == apart[0] + 1 and 0 < apart[0] < len(word) - 2:
            return True
    return False


def _doubled(word: str, seen: Mapping[str, int]) -> bool:
    for m in re.finditer(r"(?<!^)(.)\1", word):
        inside = m.end() < len(word)
        single = word[: m.start()] + word[m.start() + 1 :]
        triple = word[m.start() - 1] == m[1] or word[m.end() : m.end() + 1] == m[1]
        if inside and not triple and seen.get(single, 0) >= TIMES:
            return True
    return False


def _serves(corpus: Corpus, index: int) -> bool:
    return (
        takes_notes(corpus, index) and len(WORD.findall(corpus.text(index)[:HEAD])) >= SAYS_LITTLE
    )


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="English words in small letters",
    serves=_serves,
    least=ENOUGH,
)
