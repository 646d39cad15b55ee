"""Drawing criteria by what stands in a document: what is asked, its members, what comes near.

What is asked stands together in documents of the corpus often enough; what is left out stands
beside it in some. Near are documents with one too few, with one that is left out, with too
many, or with a mere mention.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.workspace import Workspace
from golong_data.material import groups as clusters
from golong_data.material.groups import Place
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.criteria import (
    BASES,
    FAMILIES,
    LATIN,
    WORDS,
    Family,
    Plan,
    spelt,
)
from golong_data.tasks.exhaustive.membership import (
    Candidate,
    Criterion,
    Shape,
    elsewhere,
    essential,
    grade,
)
from golong_data.tasks.exhaustive.subset_words import EXACTLY, LEAST, Clause, listed
from golong_data.types import Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

TRIES = 40
"""Draws of what is asked for."""

REACH = {"en": (500, 4), "zh": (160, 1)}
"""Characters within which traits stand, at least, and for each token of a window, by script."""

LOOKED_AT = 60
"""Documents of a trait in which others are looked for beside it."""

RIVALS = 60
"""Other words of which the one that is most alike takes the place of one."""

SEEN = 20
"""Documents of a word in which it is looked at for that."""

REMEMBERED = 24
"""Characters before a word by which it is compared."""

PARTNERS = 16
"""Others that stand beside it most often, of which some are drawn."""


def by_traits(work: Workspace, config: ExhaustiveConfig, shape: Shape, name: str) -> Criterion:
    """Documents that show so many of some traits, and none of others."""
    family, plans = FAMILIES[name]
    plan = work.rng.choice(plans[grade(config)])
    for left in reversed(range(TRIES)):
        # Twice as many, while there is hope of it: the same few would come again and again.
        enough = 2 * shape.wanted if left > TRIES // 2 else shape.wanted
        chosen = _chosen(work, family, plan, shape)
        found = _stretches(work, family, plan, shape, chosen) if chosen else {}
        full = {i: c for i, (count, c) in found.items() if _meets(plan, count)}
        if len(full) < enough:
            continue
        unless, blocked = _ruled_out(work, family, plan, shape, chosen, full, enough)
        if len(unless) < plan.unless:
            continue
        members = [c for i, c in full.items() if i not in blocked]
        near = [c for i, (_, c) in found.items() if i not in full]
        near += _mentions(work, family, chosen, unless, set(found), shape)
        work.rng.shuffle(near)
        near = list(blocked.values())[: shape.windows // 3] + near
        if len(near) >= shape.windows // 2:
            return _criterion(work, config, family, plan, chosen, unless, members, near, shape)
    raise Refused("nothing that documents have in common stands together often enough")


def _meets(plan: Plan, count: int) -> bool:
    return count == plan.least if plan.exactly else count >= plan.least


def _reach(shape: Shape, name: str) -> int:
    least, each = REACH["en" if LATIN.search(name) else "zh"]
    return max(least, each * shape.size)


def _apart(name: str, others: Collection[str]) -> bool:
    """Whether a name holds none of the others, and none of them holds it."""
    return not any(name in other or other in name for other in others)


def _chosen(work: Workspace, family: Family, plan: Plan, shape: Shape) -> tuple[str, ...]:
    """The traits asked for; none where this draw has found no such."""
    index = family.index(work.corpus)
    if plan.least == 1:
        # Where one is enough they need not stand together.
        often = [name for name, found in index.items() if len(found) * plan.names >= shape.wanted]
        return tuple(work.rng.sample(often, plan.names)) if len(often) >= plan.names else ()
    known = list(index)
    first = work.rng.choice(known)
    reach = _reach(shape, first)
    places = family.places(work.corpus)
    beside: Counter[str] = Counter()
    for i in work.rng.sample(index[first], min(len(index[first]), LOOKED_AT)):
        spots = [place for place in places[i] if place[2] == first]
        seen = {
            p[2]
            for spot in spots
            for p in clusters.within(places[i], spot[0] - reach, spot[1] + reach)
        }
        beside.update(name for name in seen if name in index and _apart(name, [first]))
    most = sorted(beside, key=lambda name: (-beside[name], name))[:PARTNERS]
    if plan.names == 2:
        most = [name for name in beside if beside[name] >= shape.wanted]
        most.sort()
    partners: list[str] = []
    for name in work.rng.sample(most, len(most)):
        if len(partners) < plan.names - 1 and _apart(name, partners):
            partners.append(name)
    return (first, *partners) if len(partners) == plan.names - 1 else ()


def _stretches(
    work: Workspace, family: Family, plan: Plan, shape: Shape, chosen: Sequence[str]
) -> dict[int, tuple[int, Candidate]]:
    """Document -> how many of the traits stand together in it at best, and where."""
    index, places = family.index(work.corpus), family.places(work.corpus)
    reach = _reach(shape, chosen[0])
    found: dict[int, tuple[int, Candidate]] = {}
    for i in sorted({i for name in chosen for i in index[name]}):
        own = [place for place in places[i] if place[2] in chosen]
        count, start, end = _together(own, reach)
        if plan.kind == "line" and count > 1:
            text = work.corpus.text(i)
            rows = _together(own, reach, text)
            # In lines of their own they come near, however close they stand.
            count, start, end = rows if rows[0] == count else (1, start, end)
        found[i] = count, Candidate(i, start, end)
    return found


def _together(places: Sequence[Place], reach: int, text: str = "") -> tuple[int, int, int]:
    """Most different traits within reach, where they stand closest; in one line of a text."""
    best = (0, 0, 0)
    for at, (start, _, _) in enumerate(places):
        seen: set[str] = set()
        for _, end, name in places[at:]:
            if seen and (end - start > reach or "\n" in text[start:end]):
                break
            if name not in seen:
                seen.add(name)
                best = max(best, (len(seen), start, end), key=lambda b: (b[0], b[1] - b[2]))
    return best


def _ruled_out(
    work: Workspace,
    family: Family,
    plan: Plan,
    shape: Shape,
    chosen: Sequence[str],
    full: Mapping[int, Candidate],
    enough: int,
) -> tuple[tuple[str, ...], dict[int, Candidate]]:
    """What rules out some of the documents that meet the rest, and those, with it in sight.

    `enough` of them must be left.
    """
    pad = _reach(shape, chosen[0]) // 2
    beside: dict[str, dict[int, Candidate]] = {}
    for i, c in full.items():
        for start, end, name in clusters.within(
            family.barred(work.corpus).get(i, ()), c.start - pad, c.end + pad
        ):
            if family is BASES or _apart(name, chosen):
                both = Candidate(i, min(start, c.start), max(end, c.end))
                beside.setdefault(name, {}).setdefault(i, both)
    unless: list[str] = []
    blocked: dict[int, Candidate] = {}
    while len(unless) < plan.unless:
        fit = [
            name
            for name in sorted(beside)
            if len(full) - len(blocked.keys() | beside[name].keys()) >= enough
            and not beside[name].keys() <= blocked.keys()
            and _apart(name, unless)
        ]
        if not fit:
            break
        unless.append(work.rng.choice(fit))
        blocked |= beside[unless[-1]]
    return tuple(unless), blocked


def _mentions(
    work: Workspace,
    family: Family,
    chosen: Sequence[str],
    unless: Sequence[str],
    known: Collection[int],
    shape: Shape,
) -> list[Candidate]:
    """Other documents that hold what rules out, a mere mention, or another trait of the sort."""
    corpus = work.corpus
    pool = [i for i in clusters.documents(corpus) if i not in known]
    rest: list[Candidate] = []
    mentions: list[Candidate] = []
    for i in work.rng.sample(pool, len(pool)):
        if len(mentions) >= shape.windows:
            break
        own = family.barred(corpus).get(i, ()) if family is not BASES else ()
        found: Sequence[Place] = [place for place in own if place[2] in unless]
        text = corpus.text(i)[: clusters.READ]
        if not found and family is not WORDS and any(name in text for name in chosen):
            found = [(*m.span(), m[0]) for name in chosen for m in spelt(name).finditer(text)]
        if found:
            mentions.append(Candidate(i, *work.rng.choice(found)[:2]))
        elif family is not WORDS and (own := family.places(corpus).get(i, ())):
            rest.append(Candidate(i, *work.rng.choice(own)[:2]))
    return mentions + rest[: max(0, shape.windows - len(mentions))]


def _criterion(
    work: Workspace,
    config: ExhaustiveConfig,
    family: Family,
    plan: Plan,
    chosen: Sequence[str],
    unless: Sequence[str],
    members: Sequence[Candidate],
    near: Sequence[Candidate],
    shape: Shape,
) -> Criterion:
    rng, index = work.rng, family.index(work.corpus)
    asked = rng.sample(chosen, len(chosen))
    rename = None
    if rng.random() < config.counterfactual:
        rename = _renamed(work, family, asked[0], [*asked, *unless])
    shown = [rename[1] if rename and name == rename[0] else name for name in asked]
    # Filler does without the rarest of them: what is left is one too few.
    rarest = sorted(shown, key=lambda name: (len(index[name]), name))
    rarest = rarest[: plan.names - plan.least + 1]
    rng.shuffle(shown)

    def rests_on(body: str) -> tuple[int, int] | None:
        places = [(*m.span(), name) for name in asked for m in family.pattern(name).finditer(body)]
        if not _meets(plan, len({name for _, _, name in places})):
            return None
        if any(family.barring(name).search(body) for name in unless):
            return None
        if plan.kind == "line" and not any(
            all(spelt(name).search(line) for name in asked) for line in body.split("\n")
        ):
            return None
        return essential(places, plan.least)

    def doubtful(body: str) -> bool:
        names = [spelt(name) for name in (*asked, *unless)]
        lines = [m[0] for m in family.disputed.finditer(body)]
        return any(name.search(line) for name in names for line in lines)

    return Criterion(
        kind=plan.kind,
        fields=_fields(plan, shown, unless, config.language),
        unless=tuple(
            Clause(family.clause[0], {family.clause[1]: name})
            for name in unless[plan.kind == "without" :]
        ),
        members=tuple(members),
        near=tuple(near),
        strangers=tuple(elsewhere(work, [*asked, *unless, *shown], shape.windows)),
        rests_on=rests_on,
        doubtful=doubtful,
        forbidden=tuple(needle for name in rarest for needle in family.needles(name)),
        words=(*asked, *shown, *unless),
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
    return {
        "count": (EXACTLY if plan.exactly else LEAST)[language].format(k=plan.least),
        "m": str(plan.names),
        "names": listed(shown, language),
    }


def _renamed(
    work: Workspace, family: Family, old: str, others: Sequence[str]
) -> tuple[str, str] | None:
    """A trait and another in its place: of some drawn, one that stands after the same words.

    Chinese names of persons are replaced by such, other Chinese words by none.
    """
    corpus, index = work.corpus, family.index(work.corpus)
    latin, persons = bool(LATIN.search(old)), clusters.chinese_persons()
    pool = [
        name
        for name in index
        if _apart(name, others)
        and (latin if LATIN.search(name) else name in persons)
        and ("." in name) == ("." in old)
    ]
    if not pool or not (latin or old in persons):
        return None
    if family is not WORDS:
        return old, work.rng.choice(pool)
    own = _before(corpus, old)
    drawn = work.rng.sample(pool, min(len(pool), RIVALS))
    return old, max(drawn, key=lambda name: (own & _before(corpus, name)).total())


@lru_cache(maxsize=4096)
def _before(corpus: Corpus, name: str) -> Counter[str]:
    """What stands before a word, at its first place in some documents."""
    found: Counter[str] = Counter()
    for i in clusters.words(corpus)[name][:SEEN]:
        start = next(p[0] for p in clusters.word_places(corpus)[i] if p[2] == name)
        ahead = corpus.text(i)[max(0, start - REMEMBERED) : start].split()
        found[ahead[-1] if ahead and LATIN.search(name) else "".join(ahead)[-1:]] += 1
    return found
