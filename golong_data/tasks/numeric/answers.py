"""Answers that are numbers: the gold, the form it is asked for in, what scores it, who asks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from golong_data.contexts.stitch import Block
from golong_data.contexts.workspace import Workspace
from golong_data.material import exact
from golong_data.material.tables import OTHERWISE, Base, table_serves
from golong_data.tasks.forms import VALUE, ask, compose
from golong_data.tasks.knobs import Config
from golong_data.tasks.numeric.solve.questions import Asks, Formats
from golong_data.types import Draft, Generator, Gold, MetricSpec
from golong_data.words import words


@dataclass(frozen=True, slots=True)
class Answer:
    """A gold as it is written, and what its question must say about it."""

    gold: str
    decimals: int | None = None
    """Places that it is rounded to; None for the exact value."""
    unit: str = ""

    def format(self, language: str) -> str:
        """The sentence that says in which form the answer is wanted."""
        said = words(Formats, "numeric/answers", "asks")[language]
        if self.decimals is None:
            wording = said.exact_in if self.unit else said.exact
        else:
            wording = said.rounded_in if self.unit else said.rounded
        return wording.format(unit=said.units.get(self.unit, self.unit), places=self.decimals)

    def metric(self) -> MetricSpec:
        """The math metric with a tolerance of half a unit in the last place asked for."""
        args: dict[str, str] = {"unit": self.unit} if self.unit else {}
        if self.decimals is not None:
            args["tolerance"] = f"{Decimal(5).scaleb(-self.decimals - 1):f}"
        return MetricSpec("math", args, "number")


def answer(value: Fraction, decimals: int | None, unit: str) -> Answer:
    """The answer of a value. Raises Refused where two careful people could round it differently."""
    return Answer(exact.written(value, decimals), decimals, unit)


def answered(
    work: Workspace,
    config: Config,
    asks: Asks,
    kind: str,
    fields: Mapping[str, str],
    blocks: Sequence[Block],
    found: Answer,
    *,
    exclude: Collection[str] = (),
    forbidden: Sequence[str] = (),
    counterfactual: int = 0,
) -> Draft:
    """The draft of one of a generator's questions, filled with its fields."""
    wanted = asks.answer_format or found.format(config.language)
    return compose(
        work,
        config,
        ask(VALUE, config, asks.questions[kind].format_map(fields), wanted),
        blocks,
        found.gold,
        exclude=exclude,
        forbidden=forbidden,
        metric=found.metric(),
        counterfactual=counterfactual,
    )


def over_tables(
    make: Callable[..., Draft],
    solve: Callable[[str, str], Gold | None],
    needs: str,
    suits: Callable[[Base], bool],
    words: str,
) -> Generator:
    """A generator over tables: those of the corpus that suit, or made-up ones."""
    needs, serves = f"{needs}{OTHERWISE}", table_serves(suits)
    return Generator(make, solve, needs, serves, least=0, words=words)
