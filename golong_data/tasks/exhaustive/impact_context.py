"""The documents of an impact question: the module in parts, an earlier release, namesakes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import source
from golong_data.contexts.workspace import Workspace
from golong_data.material.python import excerpts as pyexcerpt
from golong_data.material.python import modules as pycode
from golong_data.material.python.modules import Call, Module, Piece
from golong_data.material.python.signatures import Change
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.impact_words import EXAMPLE, FORMAT, PART, RULES
from golong_data.tasks.forms import LIST, ask, compose
from golong_data.types import Draft, Refused

OLDER = 3
"""From so many neighbours on an earlier release of the module stands beside it."""

RENAMED = (
    "anchor basin cipher delta ember fathom gable hinge ingot jetty knoll lattice mantle nexus "
    "orbit pivot quill ridge spindle tally umber vault wedge zenith arbor beacon copper drift "
    "easel furrow grotto harbor isthmus juniper lantern meadow nettle opal prairie quarry rudder "
    "saddle tundra verge willow yarrow"
).split()
"""Words that come into a function's name, so that knowing the source is no help."""

SEARCHED = 1_500
"""Modules in which functions of the same name are looked for."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A module with what of it is shown, and the spans that the gold rests on."""

    mod: Module
    pieces: tuple[Piece, ...]
    evidence: tuple[tuple[int, int], ...]


def told(mod: Module, release: str, language: str) -> str:
    """What the question says at its end: what counts, and how documents name modules."""
    rules = RULES[language]
    common = rules["common"].format(module=mod.name, release=release)
    return common if mod.title == mod.name else f"{common} {rules['path']}"


def blocks_of(
    config: ExhaustiveConfig, shown: Sequence[Shown], change: Change | None, release: str
) -> list[Block]:
    """The modules shown; the first, where the function stands, in several parts."""
    found = []
    for at, one in enumerate(shown):
        edits = change.edits if change and at == 0 else ()
        n = 2 * config.depth - 1 if at == 0 else 1
        groups = _parts(one.mod, one.pieces, n)
        for i, group in enumerate(groups, 1):
            start, end = group[0].start, group[-1].end
            spans = [s for s in one.evidence if start <= s[0] and s[1] <= end]
            inside = [e for e in edits if start <= e.start and e.end <= end]
            body, moved = pyexcerpt.assemble(one.mod, group, inside, spans)
            title, doc_id = one.mod.title, one.mod.src.id
            if at == 0:
                title = f"{title} ({release})"
            if len(groups) > 1:
                title = PART[config.language].format(title=title, i=i, n=len(groups))
                doc_id = f"{doc_id}#{i}"
            series = one.mod.name if len(groups) > 1 else ""
            found.append(Block(doc_id, title, body, moved, None, series))
    return found


def _parts(mod: Module, pieces: Sequence[Piece], most: int) -> list[list[Piece]]:
    """Pieces in up to `most` groups of about one size, a class never taken apart."""
    units: list[list[Piece]] = []
    for piece in pieces:
        if units and piece.cls and units[-1][-1].cls == piece.cls:
            units[-1].append(piece)
        else:
            units.append([piece])
    total = sum(map(mod.tokens, pieces))
    n = min(most, max(1, total // 500))
    groups: list[list[Piece]] = [[]]
    used = 0
    for unit in units:
        if groups[-1] and used >= total * len(groups) / n and len(groups) < n:
            groups.append([])
        groups[-1] += unit
        used += sum(map(mod.tokens, unit))
    return groups


def older(
    work: Workspace,
    config: ExhaustiveConfig,
    mod: Module,
    name: str,
    calls: Sequence[Call],
    release: str,
    size: int,
) -> list[Block]:
    """An excerpt of the module as its source has it, for an earlier release."""
    if config.neighbours < OLDER:
        return []
    within = sorted({c.within for c in calls if c.within})
    wanted = [name, *work.rng.sample(within, min(len(within), 1))]
    try:
        pieces = pyexcerpt.choose(mod, wanted, size)
    except Refused:
        return []
    body, _ = pyexcerpt.assemble(mod, pieces)
    return [Block(f"{mod.src.id}#older", f"{mod.title} ({release})", body)]


def distractors(
    work: Workspace,
    config: ExhaustiveConfig,
    modules: Sequence[int],
    mod: Module,
    last: str,
    shown: Sequence[Shown],
    size: int,
) -> list[Block]:
    """Excerpts of modules, among these, that have a function of the same name."""
    taken = {one.mod.src.index for one in shown}
    pool = [i for i in modules if i not in taken]
    found: list[Block] = []
    left, most = size, config.neighbours
    for index in work.rng.sample(pool, min(len(pool), SEARCHED)):
        if len(found) >= most or left < 150:
            break
        if f"def {last}(" not in source(work.corpus, index).text:
            continue
        try:
            other = pycode.module(work.corpus, index)
            named = [n for n in other.functions if n.rpartition(".")[2] == last]
            if other.name == mod.name or not named or _may_resolve(other, mod.name, last):
                continue
            pieces = pyexcerpt.choose(other, named[:1], left)
        except Refused:
            continue
        left -= sum(map(other.tokens, pieces))
        found.append(Block(other.src.id, other.title, pyexcerpt.assemble(other, pieces)[0]))
    return found


def _may_resolve(other: Module, home: str, name: str) -> bool:
    """Whether a module says anything of the changed function's own module."""
    return home in other.imports or other.imports.get(name, "").startswith(f"{home}.")


def _new_name(work: Workspace, last: str, blocks: Sequence[Block]) -> str:
    """Another name for a function; empty where it may also name a method of other objects, or
    is a word of prose."""
    elsewhere = rf"(?<!self)\.{last}\b"
    if "_" not in last.strip("_"):
        elsewhere += rf"|\b{last}\b(?!\()"
    if last.startswith("__") or any(re.search(elsewhere, block.body) for block in blocks):
        return ""
    words = last.split("_")
    at = [i for i, word in enumerate(words) if word]
    if len(at) > 1:
        words[work.rng.choice(at)] = work.rng.choice(RENAMED)
    else:
        words.append(work.rng.choice(RENAMED))
    new = "_".join(words)
    return "" if any(new in block.body for block in blocks) else new


def _renamed(block: Block, old: str, new: str) -> Block:
    """A block in which a name stands for another, everywhere."""
    found = [m.end() for m in re.finditer(rf"\b{old}\b", block.body)]

    def moved(position: int) -> int:
        return position + (len(new) - len(old)) * bisect_right(found, position)

    spans = tuple((moved(start), moved(end)) for start, end in block.evidence)
    body = re.sub(rf"\b{old}\b", new, block.body)
    return replace(block, body=body, evidence=spans)


def covered(pieces: Sequence[Piece], calls: Sequence[Call]) -> dict[str, tuple[int, int]]:
    """Function -> range from its first of these calls to its last, of functions shown."""
    shown = {p.name for p in pieces if p.kind == "function"}
    found: dict[str, tuple[int, int]] = {}
    for call in calls:
        if call.within in shown:
            start, end = found.get(call.within, (call.start, call.end))
            found[call.within] = (min(start, call.start), max(end, call.end))
    return found


def draft(
    work: Workspace,
    config: ExhaustiveConfig,
    question: str,
    gold: Sequence[str],
    blocks: Sequence[Block],
    mod: Module,
    last: str,
    forbidden: Sequence[str],
) -> Draft:
    """The finished draft, with the function under another name as often as the config asks."""
    n_renamed = 0
    if work.rng.random() < config.counterfactual:
        new = _new_name(work, last, blocks)
        if new and not any(last in element.split(".") for element in gold):
            blocks = [_renamed(block, last, new) for block in blocks]
            question = re.sub(rf"\b{last}\b", new, question)
            forbidden, n_renamed = [*forbidden, new], 1
    return compose(
        work,
        config,
        ask(LIST, config, question, FORMAT[config.language], EXAMPLE),
        blocks,
        tuple(sorted(gold)),
        exclude=(mod.name, mod.src.title),
        forbidden=forbidden,
        counterfactual=n_renamed,
    )
