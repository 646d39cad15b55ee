"""Impact of a changed function: which functions call it so that they must change, or reach it.

The version shown holds a function whose signature was changed and callers that were not.
Its module stands in the context in parts that lie apart, with modules that import it and
modules that have functions of the same name. Only calls that resolve by the rule that the
question states count, so the gold is a matter of reading alone.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from golong_data.contexts.stitch import Block, stitch
from golong_data.contexts.windows import source
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.asking import ask
from golong_data.tasks.exhaustive import impact_reading, pycode
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.impact_context import (
    Shown,
    blocks_of,
    distractors,
    new_name,
    older,
    renamed,
)
from golong_data.tasks.exhaustive.impact_words import (
    CHANGED,
    CHANGES,
    EXAMPLE,
    FORMAT,
    REACHES,
    RULES,
)
from golong_data.tasks.exhaustive.pycode import Call, Module, Piece
from golong_data.tasks.exhaustive.signatures import (
    Change,
    bound,
    changes,
    must_change,
    release_names,
)
from golong_data.tasks.generators import serving
from golong_data.types import Draft, Generator, MetricSpec, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

LARGEST = 40_000
"""Tokens of the modules shown, at most."""

TRIES = 12
"""Modules that are tried for one question."""

TELLING = 0.8
"""Share of the changes that leave some calls as they are, where such a change can be made."""

SEARCHED = 1_500
"""Documents of a corpus in which other callers are looked for."""


REACH = 0.4
"""Share of the questions that ask who reaches a function, where chains of calls are asked for."""


def serves(corpus: Corpus, index: int) -> bool:
    """Python modules of some size."""
    return pycode.is_module(corpus, index) and int(corpus.n_tokens[index]) >= 400


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """A changed function of a random module and the functions that its change touches."""
    pool = _modules(work.corpus)
    if not pool:
        raise Refused("no Python module in the corpus")
    size = min((work.ctx - 500) * 3 // 5, LARGEST)
    way = _reaching if work.rng.random() < REACH else _changed
    # Large modules have more to ask about.
    weights = [float(work.corpus.n_tokens[i]) ** 0.5 for i in pool]
    drawn = work.rng.choices(pool, weights, k=TRIES)
    for left, index in zip(range(TRIES - 1, -1, -1), drawn, strict=True):
        try:
            mod = pycode.module(work.corpus, index)
            draft = way(work, config, mod, size)
        except Refused:
            if not left:
                raise
            continue
        # A single function is an answer only where nothing better was found.
        if len(draft.gold) > 1 or left < TRIES // 2:
            return draft
    raise Refused("no module has a function that others depend on")


def _modules(corpus: Corpus) -> tuple[int, ...]:
    return serving(corpus, GENERATOR)


# --- callers that must change -------------------------------------------------------------


def resolved(mod: Module, home: str, target: str) -> list[Call]:
    """Calls in a module of function `target` of module `home`, all that look like it.

    Raises Refused where a name that they use is bound more than once.
    """
    if "." in target:
        if mod.name != home:
            return []
        return [c for c in mod.calls if c.form == "self" and c.callee == target]
    own = mod.name == home
    found = []
    bare = own or mod.imports.get(target) == f"{home}.{target}"
    if bare:
        found += [c for c in mod.calls if c.form == "bare" and c.callee == target]
        if mod.bindings.get(target) != 1:
            raise Refused("a name of the function is bound again")
    if not own and mod.imports.get(home) == home:
        top = home.partition(".")[0]
        if mod.bindings.get(top, 0) != sum(name.partition(".")[0] == top for name in mod.imports):
            raise Refused("a name of the module is bound again")
        found += [c for c in mod.calls if c.form == "dotted" and c.callee == f"{home}.{target}"]
    return found


def _sound(calls: Sequence[Call], target: str) -> bool:
    """Whether a careful reader could not argue about any of them."""
    return not any(c.starred or c.doubtful or c.within == target for c in calls)


def _changed(work: Workspace, config: ExhaustiveConfig, mod: Module, size: int) -> Draft:
    rng = work.rng
    names = [name for name, found in mod.functions.items() if _plain(mod, name)]
    rng.shuffle(names)
    for name in names:
        calls = resolved(mod, mod.name, name) if "." in name or _once(mod, name) else []
        if len({c.within for c in calls}) < (1 if "." not in name else 2):
            continue
        if not _sound(calls, name) or not all(c.within in mod.functions for c in calls):
            continue
        elsewhere = _elsewhere(work.corpus, mod, name) if "." not in name else []
        options = [
            change
            for change in changes(mod, mod.functions[name][0], rng)
            if change.kind in CHANGES["en"] and _asks(change, calls, elsewhere, mod.name, name)
        ]
        if options:
            break
    else:
        raise Refused("no function of a module has callers that can be told apart")
    every = [*calls, *(c for _, found in elsewhere for c in found)]
    telling = [c for c in options if not all(must_change(call, c) for call in every)]
    if telling and rng.random() < TELLING:
        options = telling
    kind = rng.choice(sorted({c.kind for c in options}))
    change = rng.choice([c for c in options if c.kind == kind])
    return _ask_changed(work, config, mod, name, change, calls, elsewhere, size)


def _plain(mod: Module, name: str) -> bool:
    """Whether a function is defined once, without decorators."""
    found = mod.functions[name]
    return len(found) == 1 and not found[0].node.decorator_list


def _once(mod: Module, name: str) -> bool:
    return mod.bindings.get(name) == 1


def _elsewhere(corpus: Corpus, mod: Module, name: str) -> list[tuple[Module, list[Call]]]:
    """Other modules that call a function by an import of it."""
    pool = _modules(corpus)
    step = max(1, len(pool) // SEARCHED)
    stated = (f"import {mod.name}", f"from {mod.name} import ")
    found = []
    for index in pool[::step]:
        text = source(corpus, index).text
        if f"{name}(" not in text or not any(s in text for s in stated):
            continue
        try:
            other = pycode.module(corpus, index)
            calls = resolved(other, mod.name, name) if other.name != mod.name else []
        except Refused:
            continue
        calls = [c for c in calls if c.within]
        plain = all(len(other.functions[c.within]) == 1 for c in calls)
        if calls and plain and _sound(calls, ""):
            found.append((other, calls))
        if len(found) >= 12:
            break
    return found


def _asks(
    change: Change,
    calls: Sequence[Call],
    elsewhere: Sequence[tuple[Module, list[Call]]],
    home: str,
    target: str,
) -> bool:
    """Whether some calls must change, and all fitted before."""
    every = [*calls, *(c for _, found in elsewhere for c in found)]
    hits = sum(must_change(c, change) for c in every)
    return hits > 0 and len(every) > 1 and all(bound(c, change.before) is not None for c in every)


def _ask_changed(
    work: Workspace,
    config: ExhaustiveConfig,
    mod: Module,
    name: str,
    change: Change,
    calls: Sequence[Call],
    elsewhere: Sequence[tuple[Module, list[Call]]],
    size: int,
) -> Draft:
    rng, language = work.rng, config.language
    others = rng.sample(elsewhere, len(elsewhere))
    home_size = size // 2 if others else size
    shown = [_show(mod, [name, *_fitting(mod, name, calls, change, home_size, rng)], home_size)]
    left = size - sum(map(mod.tokens, shown[0].pieces))
    for other, found in others:
        wanted = list(dict.fromkeys(c.within for c in found))
        try:
            chosen = _show(other, wanted, min(left, size // 3), mod.name)
        except Refused:
            continue
        shown.append(chosen)
        left -= sum(map(other.tokens, chosen.pieces))
    gold: list[str] = []
    marked: list[Shown] = []
    for one in shown:
        here = [c for c in resolved(one.mod, mod.name, name) if must_change(c, change)]
        hit = _covered(one.pieces, here)
        gold += [f"{one.mod.name}.{within}" for within in hit]
        spans = tuple(hit.values()) + ((change.signature,) if one.mod is mod else ())
        marked.append(Shown(one.mod, one.pieces, spans))
    if not gold:
        raise Refused("no call that must change fits into the length asked for")
    old = [p.name for p in change.before]
    if any(p.keyword_only for p in change.before):
        old.insert([p.keyword_only for p in change.before].index(True), "*")
    words = CHANGES[language][change.kind].format(
        old=change.parameter, new=change.new, places=", ".join(old)
    )
    cls, _, last = name.rpartition(".")
    rules = RULES[language]
    rule = rules["method" if cls else "function"].format(name=last, cls=cls, module=mod.name)
    earlier, release = release_names(rng, 2)
    asked = CHANGED[language].format(target=f"{mod.name}.{name}", change=words, release=release)
    common = rules["common"].format(module=mod.name, release=release)
    question = f"{asked} {rule} {common}"
    blocks = blocks_of(config, marked, change, release)
    blocks += older(work, config, mod, name, calls, earlier, size // 4)
    blocks += distractors(work, config, _modules(work.corpus), mod, last, shown, size // 4)
    forbidden = () if cls else (last,)
    return _draft(work, config, question, gold, blocks, mod, last, forbidden)


def _fitting(
    mod: Module,
    name: str,
    calls: Sequence[Call],
    change: Change,
    size: int,
    rng: random.Random,
) -> list[str]:
    """Some callers that fit beside the function, two that must change first of all."""
    costs = {p.name: mod.tokens(p) for p in mod.pieces if p.kind == "function"}
    heads = {p.name: mod.tokens(p) for p in mod.pieces if p.kind == "head"}
    ordered = sorted(dict.fromkeys(c.within for c in calls if c.within), key=lambda n: costs[n])
    hits = {c.within for c in calls if must_change(c, change)}
    first = [name for name in ordered if name in hits][:2]
    rest = [name for name in ordered if name not in first]
    rng.shuffle(rest)
    ordered = first + rest[: rng.randint(0, len(rest))] if len(rest) > 1 else first + rest
    left = size - costs[name] - heads.get(name.rpartition(".")[0], 0)
    opened = {name.rpartition(".")[0]}
    chosen = []
    for own in ordered:
        cls = own.rpartition(".")[0]
        cost = costs[own] + (0 if cls in opened else heads.get(cls, 0))
        if cost <= left:
            chosen.append(own)
            opened.add(cls)
            left -= cost
    return chosen


def _show(mod: Module, wanted: Sequence[str], size: int, imported: str = "") -> Shown:
    return Shown(mod, tuple(pycode.choose(mod, wanted, size, imported)), ())


def _covered(pieces: Sequence[Piece], calls: Sequence[Call]) -> dict[str, tuple[int, int]]:
    """Function -> range from its first of these calls to its last, of functions shown."""
    shown = {p.name for p in pieces if p.kind == "function"}
    found: dict[str, tuple[int, int]] = {}
    for call in calls:
        if call.within in shown:
            start, end = found.get(call.within, (call.start, call.end))
            found[call.within] = (min(start, call.start), max(end, call.end))
    return found


# --- functions that reach it --------------------------------------------------------------


def _reaching(work: Workspace, config: ExhaustiveConfig, mod: Module, size: int) -> Draft:
    rng, language, most = work.rng, config.language, config.knobs().depth
    sure = [c for c in mod.calls if c.form != "dotted" and _is_edge(mod, c)]
    doubtful = [c for c in sure if c.doubtful or (c.form == "bare" and not _once(mod, c.callee))]
    callers: dict[str, set[str]] = {}
    for call in sure:
        callers.setdefault(call.callee, set()).add(call.within)
    targets = [n for n in mod.functions if _plain(mod, n) and _deep(callers, n)]
    if not targets:
        raise Refused("no function of a module is reached in two calls")
    name = rng.choice(targets)
    distance = rng.randint(min(2, most), most)
    wanted = [name, *_reached(sure, name, distance)]
    pieces = pycode.choose(mod, wanted, size)
    shown = {p.name for p in pieces if p.kind == "function"}
    edges = [c for c in sure if c.within in shown and c.callee in shown]
    members = _reached(edges, name, distance)
    certain = [c for c in edges if c not in doubtful]
    if _reached(certain, name, distance) != members or any(
        len(mod.functions[m]) > 1 for m in members
    ):
        raise Refused("a chain of calls could be argued about")
    steps = {name: 0, **members}
    leading = [
        c for c in edges if c.within in members and c.callee in steps and steps[c.callee] < distance
    ]
    spans = tuple(_covered(pieces, leading).values())
    gold = [f"{mod.name}.{member}" for member in members]
    rules = RULES[language]
    earlier, release = release_names(rng, 2)
    asked = REACHES[language].format(
        target=f"{mod.name}.{name}", distance=distance, release=release
    )
    common = rules["common"].format(module=mod.name, release=release)
    question = f"{asked} {rules['chain']} {common}"
    marked = [Shown(mod, tuple(pieces), spans)]
    blocks = blocks_of(config, marked, None, release)
    calls = [c for c in sure if c.callee == name]
    blocks += older(work, config, mod, name, calls, earlier, size // 4)
    last = name.rpartition(".")[2]
    blocks += distractors(work, config, _modules(work.corpus), mod, last, marked, size // 4)
    return _draft(work, config, question, gold, blocks, mod, last, ())


def _is_edge(mod: Module, call: Call) -> bool:
    return call.callee in mod.functions and call.within != call.callee


def _deep(callers: Mapping[str, set[str]], name: str) -> bool:
    """Whether a function has a caller that another function calls."""
    return any(callers.get(c, set()) - {name, c} for c in callers.get(name, ()) if c != name)


def _reached(calls: Sequence[Call], target: str, distance: int) -> dict[str, int]:
    """Functions that reach the target, with the calls it takes them, in order of discovery."""
    found: dict[str, int] = {}
    front = [target]
    for step in range(1, distance + 1):
        new = [c.within for c in calls if c.callee in front]
        front = [n for n in dict.fromkeys(new) if n not in found and n != target]
        found.update(dict.fromkeys(front, step))
    return found


def _draft(
    work: Workspace,
    config: ExhaustiveConfig,
    question: str,
    gold: Sequence[str],
    blocks: Sequence[Block],
    mod: Module,
    last: str,
    forbidden: Sequence[str],
) -> Draft:
    n_renamed = 0
    if work.rng.random() < config.counterfactual:
        new = new_name(work, last, blocks)
        if new and not any(last in element.split(".") for element in gold):
            blocks = [renamed(block, last, new) for block in blocks]
            question = re.sub(rf"\b{last}\b", new, question)
            forbidden, n_renamed = [*forbidden, new], 1
    variables = ask(question, FORMAT[config.language], EXAMPLE, thinking=config.thinking)
    context = stitch(
        work,
        blocks,
        work.room(variables),
        exclude=frozenset({mod.name, mod.src.title, *(b.title for b in blocks)}),
        forbidden=forbidden,
        language=config.language,
    )
    return Draft(
        context=context,
        question=variables,
        gold=tuple(sorted(gold)),
        metric=MetricSpec("f1"),
        subtask="impact",
        counterfactual=n_renamed,
        difficulty=config.level,
        language=config.language,
    )


GENERATOR = Generator(
    make=make,
    solve=impact_reading.solve,
    needs="Python source of 400 tokens or more",
    serves=serves,
    least=8,
)
