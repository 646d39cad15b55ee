"""Comprehension: questions with options, about what the documents of a context say together.

Every generator is a module with a `make` and, written apart from it, a `solve`: facts of
several documents joined, a single fact, commitments that change hands, references within one
passage, masked names.
"""

from __future__ import annotations

from collections.abc import Mapping

from golong_data.tasks.comprehension import commitment, fact, masked, multi_hop, reference
from golong_data.tasks.comprehension.config import ComprehensionConfig
from golong_data.tasks.generators import task
from golong_data.types import Generator

GENERATORS: Mapping[str, Generator] = {
    "multi_hop": multi_hop.GENERATOR,
    "fact": fact.GENERATOR,
    "commitment": commitment.GENERATOR,
    "reference": reference.GENERATOR,
    "masked": masked.GENERATOR,
}

TASK = task(
    "comprehension",
    GENERATORS,
    ComprehensionConfig,
    capability="comprehension",
    summary="Chooses among options by joining facts, following promises and resolving names.",
    needs="prose documents; labelled values and recurring names if it has them",
    metric="accuracy",
)
