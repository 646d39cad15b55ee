"""Drawing groups by what stands in a document: what is asked, its members, what comes near.

What is asked stands together in documents of the corpus often enough; what is left out stands
beside it in some. Near are documents with one too few, with one that is left out, with too
many, or with a mere mention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from golong_data.contexts.workspace import Workspace
from golong_data.material import groups
from golong_data.material.groups import Place, closest, places_within
from golong_data.material.names import apart
from golong_data.material.renaming import spelt
from golong_data.scripts import has_chinese
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.solve.subset import Clause
from golong_data.tasks.exhaustive.subset.criteria import (
    BASES,
    FAMILIES,
    WORDS,
    Family,
    Plan,
    Traits,
)
from golong_data.tasks.exhaustive.subset.membership import Candidate, Group, Shape, asks_in, grade
from golong_data.types import Refused

TRIES = 40
"""Draws of what is asked for."""

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


def by_traits(work: Workspace, config: ExhaustiveConfig, shape: Shape, name: str) -> Group:
    """Documents that show so many of some traits, and none of others."""
    family, plans = FAMILIES[name]
    plan = work.rng.choice(plans[grade(config)])
    search = Search(work, family, plan, shape)
    for left in reversed(range(TRIES)):
        # Twice as many, while there is hope of it: the same few would come again and again.
        enough = 2 * shape.wanted if left > TRIES // 2 else shape.wanted
        chosen = search.chosen()
        found = search.stretches(chosen) if chosen else {}
        full = {i: c for i, (count, c) in found.items() if plan.is_met_by(count)}
        if len(full) < enough:
            continue
        unless, blocked = search.ruled_out(chosen, full, enough)
        if len(unless) < plan.unless:
            continue
        near = [c for i, (_, c) in found.items() if i not in full]
        near += search.mentions(chosen, unless, found)
        work.rng.shuffle(near)
        near = list(blocked.values())[: shape.windows // 3] + near
        if len(near) >= shape.windows // 2:
            members = [c for i, c in full.items() if i not in blocked]
            return _group(search, config, chosen, unless, members, near)
    raise Refused("nothing that documents have in common stands together often enough")


@dataclass(frozen=True, slots=True)
class Search:
    """A search of a corpus for traits of a family, as a plan has it."""

    work: Workspace
    family: Family
    plan: Plan
    shape: Shape

    def reach(self, name: str) -> int:
        """Characters within which others stand together with a trait."""
        least, each = CHINESE_REACH if has_chinese(name) else REACH
        return max(least, each * self.shape.size)

    def chosen(self) -> tuple[str, ...]:
        """The traits asked for; none where this draw has found no such."""
        rng, plan, wanted = self.work.rng, self.plan, self.shape.wanted
        holders = self.family.holders(self.work.corpus)
        if plan.least == 1:
            # Where one is enough they need not stand together.
            often = [name for name, found in holders.items() if len(found) * plan.names >= wanted]
            return tuple(rng.sample(often, plan.names)) if len(often) >= plan.names else ()
        first = rng.choice(list(holders))
        beside = self._beside(first)
        if plan.names == 2:
            pool = sorted(name for name in beside if beside[name] >= wanted)
        else:
            pool = sorted(beside, key=lambda name: (-beside[name], name))[:PARTNERS]
        partners: list[str] = []
        for name in rng.sample(pool, len(pool)):
            if len(partners) < plan.names - 1 and apart(name, partners):
                partners.append(name)
        return (first, *partners) if len(partners) == plan.names - 1 else ()

    def _beside(self, first: str) -> Counter[str]:
        """Traits that stand within reach of one, with how often in some of its documents."""
        holders = self.family.holders(self.work.corpus)
        places, reach = self.family.places(self.work.corpus), self.reach(first)
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

    def stretches(self, chosen: Sequence[str]) -> dict[int, tuple[int, Candidate]]:
        """Document -> how many of the traits stand together in it at best, and where."""
        corpus, reach = self.work.corpus, self.reach(chosen[0])
        holders, places = self.family.holders(corpus), self.family.places(corpus)
        found: dict[int, tuple[int, Candidate]] = {}
        for i in sorted({i for name in chosen for i in holders[name]}):
            own = [place for place in places[i] if place[2] in chosen]
            count, start, end = closest(own, reach)
            if self.plan.kind == "line" and count > 1:
                rows = closest(own, reach, corpus.text(i))
                # In lines of their own they come near, however close they stand.
                count, start, end = rows if rows[0] == count else (1, start, end)
            found[i] = count, Candidate(i, start, end)
        return found

    def ruled_out(
        self, chosen: Sequence[str], full: Mapping[int, Candidate], enough: int
    ) -> tuple[tuple[str, ...], dict[int, Candidate]]:
        """What rules out some of the documents that meet the rest, and those, with it in sight.

        `enough` of them must be left.
        """
        pad = self.reach(chosen[0]) // 2
        barred = self.family.barred(self.work.corpus)
        beside: dict[str, dict[int, Candidate]] = {}
        for i, c in full.items():
            for start, end, name in places_within(barred.get(i, ()), c.start - pad, c.end + pad):
                if self.family is BASES or apart(name, chosen):
                    both = Candidate(i, min(start, c.start), max(end, c.end))
                    beside.setdefault(name, {}).setdefault(i, both)
        unless: list[str] = []
        blocked: dict[int, Candidate] = {}
        while len(unless) < self.plan.unless:
            fit = [
                name
                for name in sorted(beside)
                if len(full) - len(blocked.keys() | beside[name].keys()) >= enough
                and not beside[name].keys() <= blocked.keys()
                and apart(name, unless)
            ]
            if not fit:
                break
            unless.append(self.work.rng.choice(fit))
            blocked |= beside[unless[-1]]
        return tuple(unless), blocked

    def mentions(
        self, chosen: Sequence[str], unless: Sequence[str], known: Collection[int]
    ) -> list[Candidate]:
        """Other documents with what rules out, a mere mention, or another trait of the sort."""
        corpus, rng, family, most = self.work.corpus, self.work.rng, self.family, self.shape.windows
        pool = [i for i in groups.documents(corpus) if i not in known]
        rest: list[Candidate] = []
        mentions: list[Candidate] = []
        for i in rng.sample(pool, len(pool)):
            if len(mentions) >= most:
                break
            own = family.barred(corpus).get(i, ()) if family is not BASES else ()
            found: Sequence[Place] = [place for place in own if place[2] in unless]
            text = corpus.text(i)[: groups.READ]
            if not found and family is not WORDS and any(name in text for name in chosen):
                found = [(*m.span(), m[0]) for name in chosen for m in spelt(name).finditer(text)]
            if found:
                mentions.append(Candidate(i, *rng.choice(found)[:2]))
            elif family is not WORDS and (own := family.places(corpus).get(i, ())):
                rest.append(Candidate(i, *rng.choice(own)[:2]))
        return mentions + rest[: max(0, most - len(mentions))]

    def substitute(self, old: str, others: Sequence[str]) -> str:
        """A trait that may stand in the place of one; "" where there is none."""
        corpus, rng = self.work.corpus, self.work.rng
        pool = groups.alternatives(self.family.holders(corpus), old, others)
        if not pool:
            return ""
        if self.family is not WORDS:
            return rng.choice(pool)
        return groups.most_alike(corpus, old, rng.sample(pool, min(len(pool), SUBSTITUTES)))

    def strangers(self, names: Sequence[str]) -> list[Candidate]:
        """Random places of random documents without any of these names."""
        pool = groups.documents(self.work.corpus)
        most = self.shape.windows
        found: list[Candidate] = []
        for index in self.work.rng.sample(pool, min(len(pool), 2 * most)):
            text = self.work.corpus.text(index)
            if len(found) < most and not any(name in text for name in names):
                at = self.work.rng.randrange(len(text))
                found.append(Candidate(index, at, at + 1))
        return found


# --- the group ------------------------------------------------------------------------------


def _group(
    search: Search,
    config: ExhaustiveConfig,
    chosen: Sequence[str],
    unless: tuple[str, ...],
    members: Sequence[Candidate],
    near: Sequence[Candidate],
) -> Group:
    rng, family, plan = search.work.rng, search.family, search.plan
    asked = tuple(rng.sample(chosen, len(chosen)))
    rename = None
    if rng.random() < config.counterfactual:
        new = search.substitute(asked[0], [*asked, *unless])
        rename = (asked[0], new) if new else None
    shown = [rename[1] if rename and name == rename[0] else name for name in asked]
    # Filler does without the rarest of them: what is left is one too few.
    holders = family.holders(search.work.corpus)
    rarest = sorted(shown, key=lambda name: (len(holders[name]), name))
    rarest = rarest[: plan.names - plan.least + 1]
    rng.shuffle(shown)
    kind, field = family.clause
    return Group(
        criterion=Traits(family, plan, asked, unless),
        asked=Clause(plan.kind, _fields(plan, shown, unless, config.language)),
        unless=tuple(Clause(kind, {field: name}) for name in unless[plan.kind == "without" :]),
        members=tuple(members),
        near=tuple(near),
        forbidden=tuple(needle for name in rarest for needle in family.needles(name)),
        strangers=tuple(search.strangers([*asked, *unless, *shown])),
        names=(*asked, *shown, *unless),
        rename=rename,
    )


def _fields(
    plan: Plan, shown: Sequence[str], unless: Sequence[str], language: str
) -> dict[str, str]:
    if plan.kind in ("pair", "line"):
        return {"one": shown[0], "two": shown[1]}
    if plan.kind == "without":
        return {"one": shown[0], "two": unless[0]}
    if plan.kind in ("import", "base"):
        return {"name": shown[0]}
    asks = asks_in(language)
    return {
        "count": (asks.exactly if plan.exactly else asks.at_least).format(k=plan.least),
        "m": str(plan.names),
        "names": asks.between_names.join(asks.quoted.format(name=name) for name in shown),
    }
