"""Error sweep in Chinese text: names and words in which one character is a wrong one.

In real sentences a character of a word is replaced by another that sounds the same, the slip
of whoever types by sound (曹操 as 曹草). The question lists words, some of them miswritten at
one place and others never; words that are not listed are miswritten as well and do not count.

What is wrong is certain: the wrong form is in no dictionary and nowhere in the corpus, the right
form stands three times in the context, and nothing else there sounds like a listed word with one
character different. Sounds are those of pypinyin, tones aside, all that a character may have.
"""

from __future__ import annotations

import importlib
import importlib.util
import random
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import TYPE_CHECKING, Any

from golong_data.contexts.sampling import spread
from golong_data.contexts.stitch import Block, titled_apart
from golong_data.contexts.workspace import Workspace
from golong_data.material import wordlist
from golong_data.material.groups import chinese_persons
from golong_data.material.quotes import HEAD
from golong_data.solving import reading
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.planting import ENOUGH, measures, miswritten, passages_without
from golong_data.tasks.forms import LIST, ask, compose
from golong_data.tasks.generators import serving, takes_notes
from golong_data.types import Context, Draft, Generator, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

TIMES = 3
"""Times that the right form stands in the context, at least."""

OFTEN = 8
"""Times that a word stands in what is read of the corpus, at least."""

READ = 800_000
"""Tokens of a corpus that are read for words and what sounds like them, evenly spread."""

KNOWN = 20
"""Times that jieba's dictionary has counted a noun, at least: below that many are no words."""

BOUND = 0.5
"""Share of a word's occurrences in which the same character may stand next to it: "夏侯" is
only a part of names."""

RARE = 0.1
"""What a corpus has that sounds like a word, at most, for each time that the word stands in it:
more could not be kept out of the context."""

CLEAN = (4, 2)
"""Listed words that are never miswritten: at least so many, and so many for each that is."""

CHINESE_HEAD = 300
"""Chinese characters that the head of a document must have to serve."""

_CJK = re.compile(r"[\u4e00-\u9fff]")
_NOUNS = frozenset(("n", "ns", "nz"))
_SAME = ("作做", "像象", "份分", "唯惟", "帐账", "坐座", "他她它", "哪那", "反返", "采彩", "连联")
"""Characters that writers put for one another without being wrong."""


@dataclass(frozen=True, slots=True)
class Words:
    """The wording of one language."""

    question: str
    answer_format: str
    gap: str


WORDS: Mapping[str, Words] = {
    "zh": Words(
        question="下列词语（含人名、地名）在各文档中至少有三处写法正确，其中一些另有一处写了错别字："
        "词中一个字误写成读音相同（声调可以不同）的另一个字。不在下列之内的词语即使写错也不算。"
        "词语：{listed}。这些词语有哪些错误的写法？",
        answer_format="每一项是一个词语的错误写法，照文档中的原样抄写，错字也照抄。",
        gap="、",
    ),
    "en": Words(
        question="Each of the Chinese words and names below stands in the documents three times "
        "or more as it should. Some of them are miswritten at one further place: one character is "
        "replaced by another that sounds the same, tones aside. Miswritten words that are not "
        "listed here do not count. The words: {listed}. What are their miswritten forms?",
        answer_format="Each element is one miswritten form as it stands in the documents.",
        gap="、",
    ),
}


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Passages in which some of the listed words, and as many others, are miswritten."""
    rng, words = work.rng, WORDS[config.language]
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
    question = ask(
        LIST,
        config,
        words.question.format(listed=words.gap.join(listed)),
        words.answer_format,
        ("以经", "在见"),
    )

    def gold_in(context: Context) -> list[str]:
        if any(context.text.count(word) < TIMES for word in listed):
            raise Refused("a listed word does not stand often enough")
        found = forms_in(context.text, listed)
        if found != Counter(planted.values()):
            raise Refused("the documents hold something that sounds like a listed word")
        return sorted(found)

    return compose(
        work,
        config,
        question,
        titled_apart(blocks),
        gold_in,
        forbidden=(
            *planted.values(),
            *others.values(),
            *(form for word in listed for form in near[word]),
        ),
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
    done = list(blocks)
    free = rng.sample(range(len(blocks)), len(blocks))
    planted: dict[str, str] = {}
    others: dict[str, str] = {}
    for word in chosen:
        into = planted if len(planted) < errors else others
        k = next((k for k in free if word in blocks[k].body), None)
        forms = sorted(miswritings(word).difference(near[word]))
        if len(others) == errors or k is None or not forms:
            continue
        spot = rng.choice(list(re.finditer(word, blocks[k].body)))
        into[word] = rng.choice(forms)
        done[k] = miswritten(blocks[k], spot, into[word], evidence=into is planted)
        free.remove(k)
    if not planted or not others:
        raise Refused("too few words stand often enough to be miswritten")
    return done, planted, others


def _apart(words: Sequence[str], taken: Collection[str]) -> list[str]:
    """Words of which none holds another of them, or one that is taken."""
    found: list[str] = []
    for word in words:
        if not any(word in other or other in word for other in (*taken, *found)):
            found.append(word)
    return found


# --- what can be miswritten, and how ------------------------------------------------------


@lru_cache(maxsize=1)
def dictionary() -> Mapping[str, bool]:
    """Words of two to four characters that jieba knows -> whether they are common nouns."""
    return {
        word: tag in _NOUNS and times >= KNOWN
        for word, times, tag in wordlist.entries()
        if 2 <= len(word) <= 4
    }


@lru_cache(maxsize=4)
def words_of(corpus: Corpus) -> Mapping[str, tuple[str, ...]]:
    """Nouns and names that recur in a corpus -> what it has that sounds like them, seldom."""
    share = min(1.0, READ / max(1, int(corpus.n_tokens[corpus.prose].sum())))
    some = spread(len(corpus.prose), max(1, int(share * len(corpus.prose))))
    text = "\n".join(corpus.text(int(corpus.prose[at])) for at in some)
    nouns = {word for word, noun in dictionary().items() if noun} | chinese_persons()
    times = _runs(text)
    alike = _by_sound(set(text))
    found: dict[str, tuple[str, ...]] = {}
    for word in sorted(word for word in nouns if times[word] >= OFTEN):
        if _bound(word, text):
            continue
        forms = tuple(sorted(form for form in set(_respelt(word, alike)) if form in times))
        if sum(times[form] for form in forms) <= RARE * times[word]:
            found[word] = forms
    return found


def _runs(text: str) -> Counter[str]:
    """How often each run of two to four characters stands in a text."""
    times: Counter[str] = Counter()
    runs = list(text)
    for size in (2, 3, 4):
        runs = list(map(add, runs, text[size - 1 :]))
        times.update(runs)
    return times


def _bound(word: str, text: str) -> bool:
    """Whether one character stands next to most occurrences of a word, on the same side."""
    places = [m.start() for m in re.finditer(word, text)]
    before = Counter(text[at - 1 : at] for at in places)
    after = Counter(text[at + len(word) : at + len(word) + 1] for at in places)
    beside = [n for side in (before, after) for char, n in side.items() if _CJK.match(char)]
    return max(beside, default=0) > BOUND * len(places)


@lru_cache(maxsize=1 << 14)
def sounds(char: str) -> frozenset[str]:
    """The syllables that a Chinese character may stand for, without tones."""
    pypinyin: Any = importlib.import_module("pypinyin")
    (found,) = pypinyin.pinyin(char, style=pypinyin.Style.NORMAL, heteronym=True)
    return frozenset(found)


def _by_sound(chars: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """Syllable -> the Chinese characters among these that may stand for it."""
    found: dict[str, list[str]] = {}
    for char in sorted(chars):
        if _CJK.match(char):
            for sound in sorted(sounds(char)):
                found.setdefault(sound, []).append(char)
    return {sound: tuple(group) for sound, group in found.items()}


def _respelt(word: str, alike: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The word with one character replaced by one that may sound the same."""
    for at, char in enumerate(word):
        for sound in sorted(sounds(char)):
            for other in alike.get(sound, ()):
                if other != char:
                    yield word[:at] + other + word[at + 1 :]


@lru_cache(maxsize=1)
def _common() -> Mapping[str, tuple[str, ...]]:
    """Syllable -> common characters that are read in this one way.

    Common are the 3,755 of the first level of GB 2312 (rows 16 to 55).
    """
    level = bytes(range(0xA1, 0xFF))
    chars = [
        char
        for row in range(0xB0, 0xD8)
        for char in b"".join(bytes((row, cell)) for cell in level).decode("gb2312", "ignore")
    ]
    return _by_sound([char for char in chars if len(sounds(char)) == 1])


def miswritings(word: str) -> set[str]:
    """Wrong forms of a word: a character of one sound replaced by a common one of that sound.

    None that the dictionary has, that has a character twice, or that differs by characters
    that writers exchange.
    """
    found = set()
    for form in _respelt(word, _common()):
        (at,) = (i for i, char in enumerate(word) if form[i] != char)
        exchanged = any(word[at] in group and form[at] in group for group in _SAME)
        if (
            len(sounds(word[at])) == 1
            and form[at] not in word
            and form not in dictionary()
            and not exchanged
        ):
            found.add(form)
    return found


def forms_in(text: str, words: Sequence[str]) -> Counter[str]:
    """What stands in a text and sounds like one of the words with one character different."""
    alike = _by_sound(set(text))
    forms = {form for word in words for form in _respelt(word, alike)}
    return Counter({form: k for form in sorted(forms) if (k := text.count(form))})


# --- the independent solver ---------------------------------------------------------------

_LISTED = re.compile(r"(?:词语|The words)[：:] ?([\u4e00-\u9fff、]+)(?:。这些词语|\. What are)")


def solve(question: str, prompt: str) -> tuple[str, ...] | None:
    """Looks at every place where all but one character of a listed word stand."""
    listed = _LISTED.search(question)
    if not listed:
        return None
    text = reading.context(prompt)
    found: set[str] = set()
    for word in listed[1].split("、"):
        for at, char in enumerate(word):
            rest = f"(?<={word[:at]})([\u4e00-\u9fff])(?={word[at + 1 :]})"
            for other in set(re.findall(rest, text)) - {char}:
                if sounds(other) & sounds(char):
                    found.add(word[:at] + other + word[at + 1 :])
    return tuple(sorted(found)) or None


def _serves(corpus: Corpus, index: int) -> bool:
    return (
        takes_notes(corpus, index) and len(_CJK.findall(corpus.text(index)[:HEAD])) >= CHINESE_HEAD
    )


CHINESE = Generator(
    make=make,
    solve=solve,
    needs="Chinese text",
    serves=_serves,
    least=ENOUGH,
)
