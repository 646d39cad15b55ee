"""Precise retrieval: one answer, quoted word for word from where it stands in the context.

Four generators, each a module with a `make` and, written apart from it, a `solve`: the
sentence next to a given one, a field of one record among confusable ones, a chain of keys
that leads to the question, the n-th reply to a repeated request.
"""

from __future__ import annotations

from collections.abc import Mapping

from golong_data.tasks.generators import task
from golong_data.tasks.retrieval import chain, continuation, records, reply
from golong_data.tasks.retrieval.config import RetrievalConfig
from golong_data.types import Generator

GENERATORS: Mapping[str, Generator] = {
    "continuation": continuation.GENERATOR,
    "records": records.GENERATOR,
    "chain": chain.GENERATOR,
    "reply": reply.GENERATOR,
}

TASK = task(
    "retrieval",
    GENERATORS,
    RetrievalConfig,
    capability="precise retrieval",
    summary="Quotes one sentence, field or reply out of many that look like it.",
    needs="any documents; neighbouring plain sentences for two of the generators",
    metric="exact_match",
    # Among a dozen records of a short context a random one is now and then the right one.
    cheat_ceiling=0.03,
)
