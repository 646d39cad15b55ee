"""The documents of an impact question: the module in parts, an earlier release, namesakes."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from golong_data.contexts.edits import Edit
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import source
from golong_data.contexts.workspace import Workspace
from golong_data.material.python.excerpts import Excerpt, choose
from golong_data.material.python.made_up import another_name, release_names
from golong_data.material.python.modules import Module, module
from golong_data.material.renaming import Renaming
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.solve.impact import WORDS, Asks
from golong_data.tasks.forms import LIST, ask, compose
from golong_data.types import Draft, Refused
from golong_data.words import words

OLDER = 3
"""From so many neighbours on an earlier release of the module stands beside it."""

SEARCHED = 1_500
"""Modules in which functions of the same name are looked for."""

LEAST = 150
"""Tokens of an excerpt of such a module, at least."""


@dataclass(frozen=True, slots=True)
class Titles:
    """How documents are titled, in one language."""

    part: str
    """One part of a module."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A function that is asked about, and what is shown of it and of those that call it."""

    name: str
    shown: Sequence[Excerpt]
    """Its own module first."""
    callers: Collection[str]
    """Functions of its own module that call it."""
    gold: Sequence[str]
    wording: str
    """Of the question."""
    rule: str
    """What counts as a call of it."""
    fields: Mapping[str, object]
    """What the wording is filled with, beside function and release."""
    edits: Sequence[Edit] = ()
    """What was done to its signature."""

    @property
    def mod(self) -> Module:
        """The module that it stands in."""
        return self.shown[0].mod

    @property
    def last(self) -> str:
        """Its name without that of its class."""
        return self.name.rpartition(".")[2]


def draft(
    work: Workspace, config: ExhaustiveConfig, pool: Sequence[int], found: Finding, size: int
) -> Draft:
    """The question with all its documents; `size` tokens for each sort of distractor.

    The function goes by another name as often as the config asks.
    """
    asks = words(Asks, WORDS, "asks")[config.language]
    mod, last = found.mod, found.last
    earlier, release = release_names(work.rng, 2)
    target = f"{mod.name}.{found.name}"
    said = [
        found.wording.format(target=target, release=release, **found.fields),
        found.rule,
        asks.rules["common"].format(module=mod.name, release=release),
    ]
    question = " ".join(said if mod.title == mod.name else [*said, asks.rules["path"]])
    blocks = _modules(config, found, release)
    blocks += _older(work, config, found, earlier, size)
    blocks += _namesakes(work, config, pool, found, size)
    # Filler holds no call of a function that may be called from anywhere.
    forbidden = [last] if found.edits and "." not in found.name else []
    n_renamed = 0
    if work.rng.random() < config.counterfactual:
        new = _new_name(work, last, blocks)
        if new and not any(last in element.split(".") for element in found.gold):
            renaming = Renaming({last: new})
            blocks = [renaming.on_block(block) for block in blocks]
            question = renaming.on(question)
            forbidden, n_renamed = [*forbidden, new], 1
    return compose(
        work,
        config,
        ask(LIST, config, question, asks.answer_format),
        blocks,
        tuple(sorted(found.gold)),
        exclude=(mod.name, mod.src.title),
        forbidden=forbidden,
        counterfactual=n_renamed,
    )


def _new_name(work: Workspace, last: str, blocks: Sequence[Block]) -> str:
    """Another name for a function; empty where the old one may also be that of a method of other
    objects, or is a word of prose."""
    otherwise = rf"(?<!self)\.{last}\b"
    if "_" not in last.strip("_"):
        otherwise += rf"|\b{last}\b(?!\()"
    if last.startswith("__") or any(re.search(otherwise, block.body) for block in blocks):
        return ""
    new = another_name(last, work.rng)
    return "" if any(new in block.body for block in blocks) else new


# --- documents ------------------------------------------------------------------------------


def _modules(config: ExhaustiveConfig, found: Finding, release: str) -> list[Block]:
    """The modules shown; the first, where the function stands, changed and in several parts."""
    titles = words(Titles, WORDS, "writes")[config.language]
    home, *others = found.shown
    title = f"{home.mod.title} ({release})"
    parts = home.parts(2 * config.depth - 1)
    several, n = len(parts) > 1, len(parts)
    blocks = [
        part.block(
            titles.part.format(title=title, i=i, n=n) if several else title,
            found.edits,
            mark=f"#{i}" * several,
            series=home.mod.name,
        )
        for i, part in enumerate(parts, 1)
    ]
    return blocks + [one.block(one.mod.title) for one in others]


def _older(
    work: Workspace, config: ExhaustiveConfig, found: Finding, release: str, size: int
) -> list[Block]:
    """An excerpt of the module as its source has it, for an earlier release."""
    if config.neighbours < OLDER:
        return []
    mod = found.mod
    wanted = [found.name, *work.rng.sample(sorted(found.callers), 1)]
    try:
        older = choose(mod, wanted, size)
    except Refused:
        return []
    return [older.block(f"{mod.title} ({release})", mark="#older")]


def _namesakes(
    work: Workspace, config: ExhaustiveConfig, pool: Sequence[int], found: Finding, size: int
) -> list[Block]:
    """Excerpts of other modules that have a function of the same name."""
    home, last = found.mod.name, found.last
    taken = {one.mod.src.index for one in found.shown}
    others = [i for i in pool if i not in taken]
    blocks: list[Block] = []
    left = size
    for index in work.rng.sample(others, min(len(others), SEARCHED)):
        if len(blocks) >= config.neighbours or left < LEAST:
            break
        if f"def {last}(" not in source(work.corpus, index).text:
            continue
        try:
            other = module(work.corpus, index)
            named = [n for n in other.functions if n.rpartition(".")[2] == last]
            may_call = home in other.imports or other.imports.get(last, "").startswith(f"{home}.")
            if other.name == home or not named or may_call:
                continue
            shown = choose(other, named[:1], left)
        except Refused:
            continue
        left -= shown.tokens
        blocks.append(shown.block(other.title))
    return blocks
