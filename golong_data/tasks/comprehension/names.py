"""Recurring names of a corpus, found without a language model.

English: capitalised words inside sentences, in several documents, that are hardly ever
written small or after an article. Chinese: two or three characters between a clause boundary
and a verb of saying, that verbs elsewhere have as their object. Two English names are of one kind
where the words before them are alike ("in Chad", "in Peru").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

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

ALIKE = 0.35
"""Overlap of what stands before two names (0 to 1) from which they are of one kind."""

_ENGLISH = re.compile(
    r"(?<![\w-])([a-z]+),? ([A-Z][a-z]{2,}(?: [A-Z][a-z]{2,}){0,2})(?![\w'’-])(?! [A-Z])"
)
_RUN = re.compile(r"(?<![\w-])(?<![A-Z] )[A-Z][a-z]{2,}(?: [A-Z][a-z]{2,})*(?![\w'’-])(?! [A-Z])")
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
    before: Mapping[str, float]
    """Share of each word that stands before it; empty in Chinese."""
    is_title: bool
    """Whether a document has it as its title."""

    def like(self, other: Name) -> bool:
        """Whether the two are of one kind."""
        if self.is_title and other.is_title:
            return True
        if self.is_title != other.is_title:
            return False
        shared = sum(min(p, other.before.get(word, 0)) for word, p in self.before.items())
        return not self.before or shared >= ALIKE


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a corpus, and a pattern that finds them."""

    by_text: Mapping[str, Name]
    pattern: re.Pattern[str]
    """Of whatever may be one."""
    titles: tuple[str, ...]
    """The titles of the documents read."""
    chinese: bool
    """Whether the documents are, most of them, in Chinese."""

    def found(self, text: str) -> dict[str, Name]:
        """The names that occur in a text, in order."""
        return {m[0]: self.by_text[m[0]] for m in self.spots(text)}

    def spots(self, text: str) -> list[re.Match[str]]:
        """Where they occur."""
        return [m for m in self.pattern.finditer(text) if m[0] in self.by_text]


@lru_cache(maxsize=4)
def names(corpus: Corpus) -> Names:
    """The names that recur over the documents of a corpus."""
    prose = corpus.prose
    n = min(LOOKED_AT, len(prose))
    indices = [int(prose[i * len(prose) // n]) for i in range(n)]
    titles = tuple(corpus.title(i) for i in indices)
    texts = [corpus.text(i)[:HEAD] for i in indices]
    chinese = 2 * sum(bool(_CHINESE.search(text)) for text in texts) > n
    found = _chinese(texts) if chinese else _english(texts)
    by_text = {text: Name(text, before, text in titles) for text, before in sorted(found.items())}
    kept = {
        text: name for text, name in by_text.items() if sum(map(name.like, by_text.values())) > KIN
    }
    either = "|".join(map(re.escape, sorted(kept, key=lambda t: (-len(t), t)))) or "(?!)"
    pattern = re.compile(either) if chinese else _RUN
    return Names(kept, pattern, titles, chinese)


def _english(texts: Sequence[str]) -> dict[str, Mapping[str, float]]:
    before: dict[str, Counter[str]] = {}
    documents: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for text in texts:
        small.update(_SMALL.findall(text))
        here = [(m[2], m[1]) for m in _ENGLISH.finditer(text)]
        documents.update({name for name, _ in here})
        for name, word in here:
            before.setdefault(name, Counter())[word] += 1
    found: dict[str, Mapping[str, float]] = {}
    for name, words in before.items():
        times = words.total()
        # What takes an article is a people, an institution, an adjective.
        taken = sum(words[article] for article in _ARTICLES)
        written_small = any(small[word.lower()] * 5 > times for word in name.split())
        if name in _CALENDAR:
            continue
        if documents[name] >= DOCUMENTS and not written_small and taken * 5 <= times:
            found[name] = {word: k / times for word, k in words.items()}
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
