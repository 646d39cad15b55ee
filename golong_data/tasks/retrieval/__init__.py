"""Precise retrieval: one answer, quoted word for word from where it stands in the context.

Four generators, each a module with a `make` and, written apart from it, a `solve`: the
sentence next to a given one, a field of one record among confusable ones, a chain of keys
that leads to the question, the n-th reply to a repeated request.
"""

from __future__ import annotations

from collections.abc import Mapping

from golong_data.tasks.generators import generate_by, is_prose, solve_by
from golong_data.tasks.retrieval import chain, continuation, records, reply
from golong_data.tasks.retrieval.config import RetrievalConfig
from golong_data.types import Generator, Task

GENERATORS: Mapping[str, Generator] = {
    "continuation": continuation.GENERATOR,
    "records": Generator(
        make=records.make,
        solve=records.solve,
        needs="prose, to plant records in: rows of its tables, or made-up ones",
        serves=is_prose,
        least=8,
    ),
    "chain": Generator(
        make=chain.make,
        solve=chain.solve,
        needs="prose, to plant notes in",
        serves=is_prose,
        least=8,
    ),
    "reply": reply.GENERATOR,
}

TASK = Task(
    name="retrieval",
    capability="precise retrieval",
    summary="Quotes one sentence, field or reply out of many that look like it.",
    needs="any documents; neighbouring plain sentences for two of the generators",
    config=RetrievalConfig,
    metric="exact_match",
    generate=generate_by(GENERATORS),
    solve=solve_by(GENERATORS),
    generators=GENERATORS,
    # Among a dozen records of a short context a random one is now and then the right one.
    cheat_ceiling=0.03,
)
