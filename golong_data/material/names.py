"""Recurring names of a corpus, found without a language model.

English: capitalised words inside sentences, in several documents, that are hardly ever
written small or after an article. Chinese: two or three characters between a clause boundary
and a verb of saying, that verbs elsewhere have as their object. Two English names are of one kind
where what stands around them is alike ("the people of Chad.", "the people of Peru.").
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.sampling import spread
from golong_data.types import Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

LOOKED_AT = 300
"""Documents read for names, evenly spread over a corpus."""

HEAD = 15_000
"""Characters read of each."""

DOCUMENTS = 3
"""Documents in which a name must occur."""

KIN = 12
"""Names of its kind that there must be beside a name."""

ALIKE = 1.1
"""Overlap of what stands around two names (0 to 3) from which they are of one kind: of the word
before, of the two words before, of the word or mark behind, up to 1 each. With the word before
alone, "of" would make one kind of religions, capes and courts."""

_ENGLISH = re.compile(
    r"(?<![\w-])([a-z]+),? ([A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){0,2})(?![\w'’-])(?! [A-Z])"
    r"(?=([^\s\w]| \w+)?)"
)
_BEFORE = re.compile(r"[\w'’-]+(?= $)")
_RUN = re.compile(r"(?<![\w-])(?<![A-Z] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*(?![\w'’-])(?! [A-Z])")
_LONGER = re.compile(r"[A-Z]\S* of _")
_SMALL = re.compile(r"\b[a-z]{3,}\b")

_CHINESE = re.compile(r"[\u4e00-\u9fff]{4}")
_SPEAKER = re.compile(
    r"(?:^|[，。！？；：“”\s])([\u4e00-\u9fff]{2,3}?)"
    r"(?=(?:大?[笑怒叹惊喜]|问|答|告|谓|对|又|亦)?(?:曰|道|说|云|表示|认为))",
    re.MULTILINE,
)
_OBJECT = re.compile(
    r"[与谓令使教命见杀请召迎遣引随救助被把对向问拜](?=([\u4e00-\u9fff]{2}))"
    r"(?=([\u4e00-\u9fff]{3})?)"
)
_CALENDAR = frozenset(
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)
_ARTICLES = ("the", "a", "an")
_NO_FIRST = frozenset(
    "众诸其何乃忽被谓又与却大小厉高哭泣左右二三四五六七八九十此彼某吾汝我你他她它皆遂便回仰近"
)
_NO_LAST = frozenset(
    "人者将官士书略诗报叫呼喝怒喜惊笑问叹文右子大奏谏叱嘱又皆之曰道说云骂哭天地足声令付等们"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name with what tells its kind."""

    text: str
    around: Mapping[str, float]
    """Share of each word that stands before it or behind it; empty in Chinese."""
    is_title: bool
    """Whether a document has it as its title."""

    def like(self, other: Name) -> bool:
        """Whether the two are of one kind."""
        if self.is_title and other.is_title:
            return True
        if self.is_title != other.is_title:
            return False
        shared = sum(min(p, other.around.get(words, 0)) for words, p in self.around.items())
        return not self.around or shared >= ALIKE


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a corpus, and a pattern that finds them."""

    by_text: Mapping[str, Name]
    pattern: re.Pattern[str]
    """Of whatever may be one."""
    often: Mapping[str, float]
    """Times that each occurs per token of what was read."""
    titles: tuple[str, ...]
    """Their titles."""
    chinese: bool
    """Whether the documents are, most of them, in Chinese."""

    def found(self, text: str) -> dict[str, Name]:
        """The names that occur in a text, in order."""
        return {m[0]: self.by_text[m[0]] for m in self.spots(text)}

    def spots(self, text: str) -> list[re.Match[str]]:
        """Where they occur."""
        return [m for m in self.pattern.finditer(text) if m[0] in self.by_text]


def looked_at(corpus: Corpus) -> list[int]:
    """The documents that names are looked for in."""
    return [int(corpus.prose[at]) for at in spread(len(corpus.prose), LOOKED_AT)]


@lru_cache(maxsize=4)
def names(corpus: Corpus) -> Names:
    """The names that recur over the documents of a corpus."""
    indices = looked_at(corpus)
    titles = tuple(corpus.title(i) for i in indices)
    whole = [corpus.text(i) for i in indices]
    texts = [text[:HEAD] for text in whole]
    chinese = 2 * sum(bool(_CHINESE.search(text)) for text in texts) > len(texts)
    found = _chinese(texts) if chinese else _english(texts)
    by_text = {text: Name(text, around, text in titles) for text, around in sorted(found.items())}
    kept = {
        text: name for text, name in by_text.items() if sum(map(name.like, by_text.values())) > KIN
    }
    either = "|".join(map(re.escape, sorted(kept, key=lambda t: (-len(t), t)))) or "(?!)"
    pattern = re.compile(either) if chinese else _RUN
    times = Counter(m[0] for text in texts for m in pattern.finditer(text) if m[0] in kept)
    read = sum(
        int(corpus.n_tokens[i]) * len(text) / max(len(all_of_it), 1)
        for i, text, all_of_it in zip(indices, texts, whole, strict=True)
    )
    often = {text: k / read for text, k in times.items()}
    return Names(kept, pattern, often, titles, chinese)


def _english(texts: Sequence[str]) -> dict[str, Mapping[str, float]]:
    around: dict[str, Counter[str]] = {}
    before: dict[str, Counter[str]] = {}
    documents: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        small.update(_SMALL.findall(text))
        here = list(_ENGLISH.finditer(text))
        documents.update({m[2] for m in here})
        for m in here:
            word, name, behind = m.groups(default="")
            second = _BEFORE.search(text[max(0, m.start() - 24) : m.start()])
            both = f"{second[0] if second else ''} {word} _"
            before.setdefault(name, Counter())[word] += 1
            around.setdefault(name, Counter()).update((f"{word} _", both, f"_{behind}"))
    found: dict[str, Mapping[str, float]] = {}
    for name, words in before.items():
        times = words.total()
        # What takes an article is a people, an institution, an adjective.
        taken = sum(words[article] for article in _ARTICLES)
        # "House of Representatives", "Strait of Hormuz": part of a longer name.
        longer = sum(k for where, k in around[name].items() if _LONGER.fullmatch(where))
        written_small = any(small[word.lower()] * 5 > times for word in name.split())
        if name in _CALENDAR or longer * 2 > times:
            continue
        if documents[name] >= DOCUMENTS and not written_small and taken * 5 <= times:
            found[name] = {word: k / times for word, k in around[name].items()}
    return found


def _chinese(texts: Sequence[str]) -> dict[str, Mapping[str, float]]:
    speaks: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    objects: Counter[str] = Counter()
    for text in texts:
        here = _SPEAKER.findall(text)
        speaks.update(here)
        documents.update(set(here))
        for m in _OBJECT.finditer(text):
            objects.update(filter(None, m.groups()))
    return {
        name: {}
        for name in speaks
        if documents[name] >= DOCUMENTS
        and objects[name] >= DOCUMENTS
        and name[0] not in _NO_FIRST
        and name[-1] not in _NO_LAST
        and speaks[name[:-1]] <= speaks[name]
    }


# --- wrong names for a question -----------------------------------------------------------


def apart(name: str, others: Iterable[str]) -> bool:
    """Whether a name holds none of the others, and none of them holds it."""
    return not any(name in other or other in name for other in others)


def tempting(
    rng: random.Random, like: Sequence[Name], often: Mapping[str, float], right: float, n: int
) -> list[Name]:
    """n wrong options, of which any number from none to all occur more often than the right one.

    `often` is how often each is expected in the context. Real texts name again whom they have
    just named, so that the right one would be the most frequent too often: raises Refused for
    half of the draws that have nothing more frequent.
    """
    more = [name for name in like if often[name.text] > right]
    less = [name for name in like if often[name.text] <= right]
    if not more and rng.random() < 0.5:
        raise Refused("the name asked for would stand out by how often it occurs")
    # More often many than few: the places of those that are wanting are taken by rarer ones.
    k = max(rng.randint(0, n), rng.randint(0, n))
    return _apart([*more[:k], *less, *more[k:]], n)


def _apart(found: Sequence[Name], most: int) -> list[Name]:
    """The first names of which none is a part of another."""
    kept: list[Name] = []
    for name in found:
        if len(kept) < most and apart(name.text, (k.text for k in kept)):
            kept.append(name)
    return kept
