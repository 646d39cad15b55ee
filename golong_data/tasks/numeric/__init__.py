"""Numerical reasoning: questions whose answer is computed from numbers in the context.

Five generators, each a module with a `generate` and, written apart from it, a `solve`:
aggregate over one table, join over several, multi-period report, count across documents,
running balance over a ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from golong_data.material.tables import Base, corpus_base
from golong_data.solving import reading
from golong_data.tasks.generators import generate_by, is_prose, solve_by
from golong_data.tasks.numeric import aggregate, count, join, ledger, report
from golong_data.tasks.numeric.config import NumericConfig
from golong_data.types import Generator, Task

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

_OTHERWISE = "; made-up record sets serve where there is none"


def _table(suits: Callable[[Base], bool]) -> Callable[[Corpus, int], bool]:
    def serves(corpus: Corpus, index: int) -> bool:
        return corpus.is_table(index) and suits(corpus_base(corpus, index))

    return serves


def _states_values(corpus: Corpus, index: int) -> bool:
    return bool(corpus.meta(index).get("fields"))


def _over_documents(
    solve: Callable[[str, Mapping[str, str]], str | None],
) -> Callable[[str, str], str | None]:
    return lambda question, prompt: solve(question, reading.documents(prompt))


GENERATORS: Mapping[str, Generator] = {
    "aggregate": Generator(
        make=aggregate.generate,
        solve=_over_documents(aggregate.solve),
        needs="a table of 12 rows, with a measure and a category" + _OTHERWISE,
        serves=_table(aggregate.suits),
        least=0,
    ),
    "join": Generator(
        make=join.generate,
        solve=_over_documents(join.solve),
        needs="a table of 12 rows, with a key and two measures" + _OTHERWISE,
        serves=_table(join.suits),
        least=0,
    ),
    "report": Generator(
        make=report.generate,
        solve=_over_documents(report.solve),
        needs="a table of items by entity and year" + _OTHERWISE,
        serves=_table(report.suits),
        least=0,
    ),
    "count": Generator(
        make=count.generate,
        solve=_over_documents(count.solve),
        needs="labelled values in lines of their own; notes are planted where there are none",
        serves=_states_values,
        least=0,
    ),
    "ledger": Generator(
        make=ledger.generate,
        solve=_over_documents(ledger.solve),
        needs="any prose, as filler",
        serves=is_prose,
    ),
}

TASK = Task(
    name="numeric",
    capability="numerical reasoning",
    summary="Computes with numbers out of tables, statements, ledgers and many documents.",
    needs="any documents as filler; tables with a key, a category and measures if it has some",
    config=NumericConfig,
    metric="math",
    generate=generate_by(GENERATORS),
    solve=solve_by(GENERATORS),
    generators=GENERATORS,
    # A count is a small whole number: guessing the most common one is right now and then.
    cheat_ceiling=0.08,
)
