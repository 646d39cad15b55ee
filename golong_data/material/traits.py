"""Traits that documents show: words, modules imported, base classes; and where they stand together.

Each sort of trait says where its traits stand in a corpus and how a text is told to have one.
A search draws traits that stand together in many documents, traits that stand beside those in
some, and documents that have a mere mention.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from golong_data.contexts.excerpts import Spot
from golong_data.contexts.workspace import Workspace
from golong_data.material import groups
from golong_data.material.groups import Holders, Place, Places, closest, places_within
from golong_data.material.names import apart
from golong_data.material.python import statements
from golong_data.material.renaming import spelt
from golong_data.scripts import has_chinese

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

REACH = (500, 4)
"""Characters within which traits stand, at least, and for each token of a window."""

CHINESE_REACH = (160, 1)
"""The same for Chinese words."""

LOOKED_AT = 60
"""Documents of a trait in which others are looked for beside it."""

PARTNERS = 16
"""Others that stand beside it most often, of which some are drawn."""

SUBSTITUTES = 60
"""Other words of which the one that is most alike takes the place of one."""


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of trait: where it stands, how it is recognised, what may be ruled out by it."""

    holders: Callable[[Corpus], Holders]
    places: Callable[[Corpus], Places]
    pattern: Callable[[str], re.Pattern[str]]
    barred: Callable[[Corpus], Places]
    """Places of what may be ruled out beside it."""
    barring: Callable[[str], re.Pattern[str]]
    bar: str
    """What that is: "word", "module" or "def"."""
    needles: Callable[[str], tuple[str, ...]]
    """Strings without which a text cannot have the trait."""
    disputed: re.Pattern[str] | None = None
    """Lines that readers may count or not, where they hold what is asked for."""


WORDS = Sort(
    holders=groups.word_holders,
    places=groups.word_places,
    pattern=spelt,
    barred=groups.word_places,
    barring=spelt,
    bar="word",
    needles=lambda name: (name,),
)
IMPORTS = Sort(
    holders=statements.import_holders,
    places=statements.import_places,
    pattern=statements.importing,
    barred=statements.import_places,
    barring=statements.importing,
    bar="module",
    needles=lambda name: (f"import {name}", f"from {name} import"),
    disputed=re.compile(r"^(?:import\b[^\n]*[,;#\\]|from\b[^\n]*\\$)[^\n]*", re.MULTILINE),
)
BASES = Sort(
    holders=statements.base_holders,
    places=statements.base_places,
    pattern=statements.deriving,
    barred=statements.def_places,
    barring=statements.defining,
    bar="def",
    needles=lambda name: (f"({name}", f",{name}", f", {name}"),
    disputed=re.compile(r"^class\b[^\n]*\([^)\n]*(?:\(|$)[^\n]*", re.MULTILINE),
)


@dataclass(frozen=True, slots=True)
class Search:
    """A search of a corpus for traits of one sort, to be shown in windows of some size."""

    work: Workspace
    sort: Sort
    size: int
    """Tokens of a window."""
    most: int
    """Documents of one kind that are looked for, at most."""

    def reach(self, name: str) -> int:
        """Characters within which others stand together with a trait."""
        least, each = CHINESE_REACH if has_chinese(name) else REACH
        return max(least, each * self.size)

    def together(self, n: int, wanted: int) -> tuple[str, ...]:
        """`n` traits that stand together, two of them in `wanted` documents; or none, by chance."""
        rng = self.work.rng
        first = rng.choice(list(self.sort.holders(self.work.corpus)))
        beside = self._beside(first)
        if n == 2:
            pool = sorted(name for name in beside if beside[name] >= wanted)
        else:
            pool = sorted(beside, key=lambda name: (-beside[name], name))[:PARTNERS]
        found = [first]
        for name in rng.sample(pool, len(pool)):
            if len(found) < n and apart(name, found[1:]):
                found.append(name)
        return tuple(found) if len(found) == n else ()

    def anywhere(self, n: int, wanted: int) -> tuple[str, ...]:
        """`n` traits of which each alone is shown by its part of `wanted` documents; or none."""
        holders = self.sort.holders(self.work.corpus)
        often = [name for name, found in holders.items() if len(found) * n >= wanted]
        return tuple(self.work.rng.sample(often, n)) if len(often) >= n else ()

    def _beside(self, first: str) -> Counter[str]:
        """Traits that stand within reach of one, with how often in some of its documents."""
        holders = self.sort.holders(self.work.corpus)
        places, reach = self.sort.places(self.work.corpus), self.reach(first)
        beside: Counter[str] = Counter()
        for i in self.work.rng.sample(holders[first], min(len(holders[first]), LOOKED_AT)):
            seen = {
                other
                for start, end, name in places[i]
                if name == first
                for _, _, other in places_within(places[i], start - reach, end + reach)
            }
            beside.update(name for name in seen if name in holders and apart(name, [first]))
        return beside

    def stretches(self, chosen: Sequence[str], *, in_line: bool) -> dict[int, tuple[int, Spot]]:
        """Document -> how many of the traits stand together in it at best, and where."""
        corpus, reach = self.work.corpus, self.reach(chosen[0])
        holders, places = self.sort.holders(corpus), self.sort.places(corpus)
        found: dict[int, tuple[int, Spot]] = {}
        for i in sorted({i for name in chosen for i in holders[name]}):
            own = [place for place in places[i] if place[2] in chosen]
            count, start, end = closest(own, reach)
            if in_line and count > 1:
                rows = closest(own, reach, corpus.text(i))
                # In lines of their own they come near, however close they stand.
                count, start, end = rows if rows[0] == count else (1, start, end)
            found[i] = count, Spot(i, start, end)
        return found

    def ruled_out(
        self, chosen: Sequence[str], full: Mapping[int, Spot], n: int, enough: int
    ) -> tuple[tuple[str, ...], dict[int, Spot]]:
        """Up to `n` things that stand beside the traits in some of the documents where they do,
        and those documents, with one of these in sight. `enough` others must be left.
        """
        pad = self.reach(chosen[0]) // 2
        barred = self.sort.barred(self.work.corpus)
        beside: dict[str, dict[int, Spot]] = {}
        for i, spot in full.items():
            near = places_within(barred.get(i, ()), spot.start - pad, spot.end + pad)
            for start, end, name in near:
                if self.sort is BASES or apart(name, chosen):
                    both = Spot(i, min(start, spot.start), max(end, spot.end))
                    beside.setdefault(name, {}).setdefault(i, both)
        out: list[str] = []
        blocked: dict[int, Spot] = {}
        while len(out) < n:
            fit = [
                name
                for name in sorted(beside)
                if len(full) - len(blocked.keys() | beside[name].keys()) >= enough
                and not beside[name].keys() <= blocked.keys()
                and apart(name, out)
            ]
            if not fit:
                break
            out.append(self.work.rng.choice(fit))
            blocked |= beside[out[-1]]
        return tuple(out), blocked

    def mentions(
        self, chosen: Sequence[str], out: Sequence[str], known: Collection[int]
    ) -> list[Spot]:
        """Other documents with what rules out, a mere mention, or another trait of the sort."""
        corpus, rng, sort = self.work.corpus, self.work.rng, self.sort
        pool = [i for i in groups.documents(corpus) if i not in known]
        rest: list[Spot] = []
        mentions: list[Spot] = []
        for i in rng.sample(pool, len(pool)):
            if len(mentions) >= self.most:
                break
            own = sort.barred(corpus).get(i, ()) if sort is not BASES else ()
            found: Sequence[Place] = [place for place in own if place[2] in out]
            text = corpus.text(i)[: groups.READ]
            if not found and sort is not WORDS and any(name in text for name in chosen):
                found = [(*m.span(), m[0]) for name in chosen for m in spelt(name).finditer(text)]
            if found:
                mentions.append(Spot(i, *rng.choice(found)[:2]))
            elif sort is not WORDS and (own := sort.places(corpus).get(i, ())):
                rest.append(Spot(i, *rng.choice(own)[:2]))
        return mentions + rest[: max(0, self.most - len(mentions))]

    def substitute(self, old: str, others: Sequence[str]) -> str:
        """A trait that may stand in the place of one; "" where there is none."""
        corpus, rng = self.work.corpus, self.work.rng
        pool = groups.alternatives(self.sort.holders(corpus), old, others)
        if not pool:
            return ""
        if self.sort is not WORDS:
            return rng.choice(pool)
        return groups.most_alike(corpus, old, rng.sample(pool, min(len(pool), SUBSTITUTES)))

    def strangers(self, names: Sequence[str]) -> list[Spot]:
        """Random places of random documents without any of these names."""
        pool = groups.documents(self.work.corpus)
        found: list[Spot] = []
        for index in self.work.rng.sample(pool, min(len(pool), 2 * self.most)):
            text = self.work.corpus.text(index)
            if len(found) < self.most and not any(name in text for name in names):
                at = self.work.rng.randrange(len(text))
                found.append(Spot(index, at, at + 1))
        return found
