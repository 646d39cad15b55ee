"""The generators of a task: which of them a corpus serves, which has its turn, who solves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from golong_data.contexts.notes import SHORTEST
from golong_data.contexts.sampling import spread
from golong_data.contexts.workspace import Workspace
from golong_data.errors import UserError
from golong_data.solving import reading
from golong_data.tasks.knobs import Config
from golong_data.types import Draft, Generator, Gold, Task
from golong_data.words import languages_of

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

LOOKED_AT = 4_000
"""Documents of a large corpus that are asked whether they serve, evenly spread over it."""


def serving(corpus: Corpus, generator: Generator, *, most: int = LOOKED_AT) -> tuple[int, ...]:
    """Documents of the corpus that serve a generator, of at most `most` that are looked at.

    A task draws its documents from here, so it never picks one that cannot serve.
    """
    return _serving(corpus, generator.serves, most)


@lru_cache(maxsize=64)
def _serving(corpus: Corpus, serves: Callable[[Corpus, int], bool], most: int) -> tuple[int, ...]:
    return tuple(i for i in spread(len(corpus), most) if serves(corpus, i))


def is_prose(corpus: Corpus, index: int) -> bool:
    """Whether a document is text, not a table."""
    return not corpus.is_table(index)


def takes_notes(corpus: Corpus, index: int) -> bool:
    """Whether notes can be planted into a document: prose of some length."""
    return is_prose(corpus, index) and int(corpus.n_tokens[index]) >= SHORTEST


def able_to_serve(corpus: Corpus, generator: Generator) -> bool:
    """Whether enough documents of the corpus serve a generator."""
    return not generator.least or len(serving(corpus, generator)) >= generator.least


def spoken(generator: Generator) -> tuple[str, ...]:
    """The languages that a generator asks in: those of its file of words; none named, any."""
    return languages_of(generator.words) if generator.words else ()


def speaks(generator: Generator, language: str) -> bool:
    """Whether a generator asks in a language."""
    return not generator.words or language in spoken(generator)


def _speechless(generators: Mapping[str, Generator], config: Config) -> UserError:
    asked = [name for name, weight in config.generators.items() if weight > 0]
    known = dict.fromkeys(code for name in asked for code in spoken(generators[name]))
    return UserError(
        f'none of its generators ({", ".join(asked)}) asks in the language "{config.language}".',
        where="args: language",
        remedy=f"Choose one of: {', '.join(known)}.",
    )


def generate_by(generators: Mapping[str, Generator]) -> Callable[[Workspace, Any], Draft]:
    """A task's `generate`: the generator that `work.pick` falls to, by the recipe's weights.

    Generators that the corpus does not serve are passed over. Raises UserError where none
    is left.
    """

    def generate(work: Workspace, config: Config) -> Draft:
        weighed = {
            name: weight
            for name in generators
            if (weight := config.generators.get(name, 0.0)) > 0
            and speaks(generators[name], config.language)
        }
        if not weighed:
            raise _speechless(generators, config)
        able = {
            name: weight
            for name, weight in weighed.items()
            if able_to_serve(work.corpus, generators[name])
        }
        if not able:
            raise UserError(
                "no document of the corpus serves this task.",
                where=f"corpus {', '.join(work.corpus.names)}",
                remedy="It takes "
                + "; or ".join(
                    f"{generators[name].least} documents with {generators[name].needs} ({name})"
                    for name in weighed
                )
                + ".",
            )
        name = _turn(able, work.pick)
        return replace(generators[name].make(work, config), subtask=name)

    return generate


def _turn(weighed: Mapping[str, float], pick: float) -> str:
    """The name at a place of [0, 1), each taking a stretch as long as its weight."""
    at = pick * sum(weighed.values())
    for name, weight in weighed.items():
        at -= weight
        if at < 0:
            return name
    return list(weighed)[-1]


def solve_by(generators: Mapping[str, Generator]) -> Callable[[str], Gold | None]:
    """A task's `solve`: the answer of the first generator's solver that finds one."""

    def solve(prompt: str) -> Gold | None:
        question = reading.question(prompt)
        for generator in generators.values():
            found = generator.solve(question, prompt)
            if found is not None:
                return found
        return None

    return solve


def task(
    name: str,
    generators: Mapping[str, Generator],
    config: type[Config],
    *,
    capability: str,
    summary: str,
    needs: str,
    metric: str,
    cheat_ceiling: float = 0.05,
) -> Task:
    """A task that asks by its generators, in turn by their weights."""
    return Task(
        name=name,
        capability=capability,
        summary=summary,
        needs=needs,
        config=config,
        metric=metric,
        generate=generate_by(generators),
        solve=solve_by(generators),
        generators=generators,
        cheat_ceiling=cheat_ceiling,
    )
