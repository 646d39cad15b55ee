"""Error sweep: all misspelt words of the context that meet a criterion.

In real sentences ordinary words are misspelt in one of two ways: two neighbouring letters
inside are exchanged, or one inside is written twice. Asked are those that begin with some of
the letters, and at times those of one way alone; as many others stand beside them and do not
count. Each of these words stands correctly elsewhere, three times at least. Slips of the same
two ways that a corpus brings along keep their documents' segments out of the context, and a
context in which one is left is refused. Of Chinese documents wrong characters are asked for
instead (`wrong_characters`), whatever language the question is in.
"""

from __future__ import annotations

import keyword
import re
import string
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.sampling import spread
from golong_data.contexts.stitch import Block, titled_apart
from golong_data.contexts.workspace import Workspace
from golong_data.material.quotes import HEAD
from golong_data.solving import reading
from golong_data.tasks.exhaustive import wrong_characters
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.planting import ENOUGH, measures, miswritten, passages_without
from golong_data.tasks.forms import LIST, ask, compose
from golong_data.tasks.generators import able_to_serve, serving, takes_notes
from golong_data.types import Context, Draft, Generator, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

WORD = re.compile(r"(?<![\w.\-'’/@\\])[a-z]{6,24}(?![\w'’/@(\[=]|[.\-]\w)")
"""An ordinary word in small letters, not a part of an identifier, a path or a compound."""

IN_TEXT = re.compile(rf"(?<=[a-z] ){WORD.pattern}(?=[,;]? [a-z]|\. [A-Z])")
"""One between other words of a sentence: what else a program names is no ordinary word."""

TIMES = 3
"""Times that the right spelling stands in the context, at least."""

READ = 16_000_000
"""Characters of a corpus that are read for misspellings of its own, evenly spread over it."""

SAYS_LITTLE = 20
"""Ordinary words that the head of a document must have to serve."""

LETTERS = (8, 13)
"""Letters that a word asked for may begin with, fewest and most: millions of choices."""

WAYS = ("exchanged", "doubled")
"""How a word is misspelt."""


@dataclass(frozen=True, slots=True)
class Words:
    """The wording of one language."""

    ways: Mapping[str, str]
    question: str
    asked: Mapping[str, str]
    """By the way that counts; "" where both do."""
    answer_format: str
    gap: str


WORDS: Mapping[str, Words] = {
    "en": Words(
        ways={
            "exchanged": "two neighbouring letters inside the word are exchanged",
            "doubled": "a letter inside it is written twice that should stand once",
        },
        question="Some ordinary English words in small letters, of six letters or more, are "
        "misspelt at one place each: either {exchanged}, or {doubled}. The right spelling of each "
        "of these words stands at least three times in the documents. {asked}",
        asked={
            "": "Which misspelt words begin with one of the letters {letters}?",
            "exchanged": "Which misspelt words have two letters exchanged and begin with one of "
            "the letters {letters}?",
            "doubled": "Which misspelt words have a letter too many and begin with one of the "
            "letters {letters}?",
        },
        answer_format="Each element is one misspelt word as it stands in the documents, "
        "misspelling included.",
        gap=", ",
    ),
    "zh": Words(
        ways={"exchanged": "词中相邻两个字母被颠倒", "doubled": "词中某个字母多写了一遍"},
        question="文档中有些由六个以上小写字母组成的普通英文单词各有一处拼写错误："
        "{exchanged}，或{doubled}。这些单词的正确拼写在文档中至少出现三次。{asked}",
        asked={
            "": "拼错的单词中，以字母{letters}之一开头的有哪些？",
            "exchanged": "拼错的单词中，相邻两个字母被颠倒、且以字母{letters}之一开头的有哪些？",
            "doubled": "拼错的单词中，多写了一个字母、且以字母{letters}之一开头的有哪些？",
        },
        answer_format="每一项是一个拼错的单词，照文档中的错误写法抄写。",
        gap="、",
    ),
}


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

    def asked(self, words: Words) -> str:
        """The question."""
        asked = words.asked[self.way].format(letters=words.gap.join(self.letters))
        return words.question.format(**words.ways, asked=asked)


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Passages with misspelt words in them, half of which meet the criterion."""
    rng, words = work.rng, WORDS[config.language]
    errors, n, size = measures(work, config)
    criterion = Criterion(
        "".join(sorted(rng.sample(string.ascii_lowercase, rng.randint(*LETTERS)))),
        "" if config.level == "easy" else rng.choice(("", *WAYS)),
    )
    slips = slips_of(work.corpus)
    passages = passages_without(work, serving(work.corpus, ENGLISH), n, size, slips)
    blocks, planted = _misspelt(work, passages, criterion, errors)
    question = ask(
        LIST,
        config,
        criterion.asked(words),
        words.answer_format,
        ("seperate", "occured"),
    )

    def gold_in(context: Context) -> list[str]:
        if sorted(sweep(context.text)) != sorted(planted):
            raise Refused("the documents have misspellings of their own")
        return sorted(wrong for wrong, counts in planted.items() if counts)

    return compose(
        work,
        config,
        question,
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
    rng = work.rng
    known = vocabulary(work.corpus)
    times = Counter(word for block in blocks for word in WORD.findall(block.body))
    done = list(blocks)
    free = rng.sample(range(len(blocks)), len(blocks))
    planted: dict[str, bool] = {}
    right: set[str] = set()
    for wanted in [True] * errors + [False] * errors:
        for k in free:
            spots = [
                (m, wrong)
                for m in IN_TEXT.finditer(blocks[k].body)
                if times[m[0]] > TIMES and m[0] not in right and not keyword.iskeyword(m[0])
                for wrong in misspellings(m[0])
                if criterion.meets(wrong, way_of(m[0], wrong)) == wanted
                and wrong not in known
                and wrong not in planted
                and not may_be_right(m[0], wrong)
            ]
            if spots:
                spot, wrong = rng.choice(spots)
                done[k] = miswritten(blocks[k], spot, wrong, evidence=wanted)
                planted[wrong] = wanted
                right.add(spot[0])
                free.remove(k)
                break
    if len(set(planted.values())) < 2:
        raise Refused("too few words stand often enough to be misspelt")
    return done, planted


def misspellings(word: str) -> Iterator[str]:
    """The word with two letters inside exchanged, or one of them written twice."""
    for i in range(1, len(word) - 2):
        if word[i] != word[i + 1]:
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    for i in range(1, len(word) - 1):
        if word[i - 1] != word[i] != word[i + 1]:
            yield word[: i + 1] + word[i:]


_SUFFIX = re.compile(r"(?:s|y|ies|e[sdnr]?|ers|est|ings?|ors?|ists?|[ai]t\w+|[ai]ble|ous|age)$")
_WORDS = frozenset(
    "untied prefect prefectly pervious perviously preform preformed performs preforms sliver "
    "slivers sacred scared signing singing singed signed singer signer singers signers barley "
    "barely trails trials angels angles casual causal casually causally farming framing farmed "
    "framed farmer framer farmers framers titled tilted martial marital compiled complied compiler "
    "complier compliant complaint carving craving carvings cravings carved craved carver salted "
    "slated braking barking throne crater craters carter carols monies macros crooner crepes "
    "salvia patrial partial parting prating wiener quickset finnish dessert desserts forrest "
    "relator realtor sawyer swayer purest unclear".split()
)
"""Words that an exchange or a letter too many makes of others."""


def way_of(word: str, wrong: str) -> str:
    """How a misspelling of a word is misspelt."""
    return "doubled" if len(wrong) > len(word) else "exchanged"


def may_be_right(word: str, wrong: str) -> bool:
    """Whether what became of a word may be right as well.

    "metres" has -re for -er, "hopping" and "travelling" a consonant twice before a suffix,
    "tranquillity" the l, "dragoon" a vowel.
    """
    if wrong in _WORDS:
        return True
    if way_of(word, wrong) == "exchanged":
        return wrong.endswith(("res", "ers"))
    at = next(i for i, (a, b) in enumerate(zip(word, wrong, strict=False)) if a != b)
    return word[at - 1] in "aeioul" or bool(_SUFFIX.fullmatch(word, at))


def sweep(text: str, often: int = TIMES) -> list[str]:
    """Words that stand once in a text and are a misspelling of one that stands `often` times."""
    times = Counter(WORD.findall(text))
    return sorted(
        {
            wrong
            for word, n in times.items()
            if n >= often
            for wrong in misspellings(word)
            if times.get(wrong) == 1
        }
    )


@lru_cache(maxsize=4)
def vocabulary(corpus: Corpus) -> Mapping[str, int]:
    """How often each ordinary word stands in the corpus, or in an even spread of it."""
    share = min(1.0, READ / max(1, 4 * int(corpus.n_tokens[corpus.prose].sum())))
    times: Counter[str] = Counter()
    for at in spread(len(corpus.prose), max(1, int(share * len(corpus.prose)))):
        times.update(WORD.findall(corpus.text(int(corpus.prose[at]))))
    return times


@lru_cache(maxsize=4)
def slips_of(corpus: Corpus) -> tuple[str, ...]:
    """Misspellings of the two ways that a corpus brings along: rare words next to common ones."""
    times = vocabulary(corpus)
    return tuple(
        sorted(
            {
                wrong
                for word, n in times.items()
                if n >= TIMES
                for wrong in misspellings(word)
                if 0 < times.get(wrong, 0) < n
            }
        )
    )


# --- the independent solver ---------------------------------------------------------------

_LETTERS = re.compile(r"(?:one of the letters |以字母)([a-z](?:(?:, |、)[a-z])*)(?:之一|\?)")
_ONLY = {
    "exchanged": ("have two letters exchanged", "被颠倒、且"),
    "doubled": ("have a letter too many", "多写了一个字母、且"),
}


def solve(question: str, prompt: str) -> tuple[str, ...] | None:
    """Rare words are compared with frequent ones of the same letters, doubled letters aside."""
    asked = _LETTERS.search(question)
    if not asked:
        return None
    only = next((way for way, says in _ONLY.items() if any(s in question for s in says)), "")
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
        if n == 1
        and word[0] in re.findall("[a-z]", asked[1])
        and (
            (only != "doubled" and _exchanged(word, by_letters))
            or (only != "exchanged" and _doubled(word, seen))
        )
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


# --- which kind is asked ------------------------------------------------------------------


def _serves(corpus: Corpus, index: int) -> bool:
    return (
        takes_notes(corpus, index)
        and len(IN_TEXT.findall(corpus.text(index)[:HEAD])) >= SAYS_LITTLE
    )


ENGLISH = Generator(
    make=make,
    solve=solve,
    needs="English words in small letters",
    serves=_serves,
    least=ENOUGH,
)
KINDS: Mapping[str, Generator] = {"zh": wrong_characters.CHINESE, "en": ENGLISH}
"""By the language of the documents."""


def _make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """The kind that the documents serve; where both do, that of the question's language."""
    kind = KINDS[config.language]
    if not able_to_serve(work.corpus, kind):
        kind = next((k for k in KINDS.values() if able_to_serve(work.corpus, k)), kind)
    return kind.make(work, config)


GENERATOR = Generator(
    make=_make,
    solve=lambda question, prompt: (
        ENGLISH.solve(question, prompt) or wrong_characters.solve(question, prompt)
    ),
    needs="English words in small letters, or Chinese text",
    serves=lambda corpus, index: any(kind.serves(corpus, index) for kind in KINDS.values()),
    least=ENOUGH,
)
