"""Dialogue memory: questions on what a user and an assistant said in many dated sessions.

Five generators, the five abilities of LongMemEval: a fact said once, facts of several sessions
put together, the times of events, a value that was overridden, and what was never said.
"""

from __future__ import annotations

from collections.abc import Mapping

from golong_data.tasks.dialogue import abstention, extraction, multi_session, temporal, update
from golong_data.tasks.dialogue.config import DialogueConfig
from golong_data.tasks.generators import task
from golong_data.types import Generator

GENERATORS: Mapping[str, Generator] = {
    "extraction": extraction.GENERATOR,
    "multi_session": multi_session.GENERATOR,
    "temporal": temporal.GENERATOR,
    "update": update.GENERATOR,
    "abstention": abstention.GENERATOR,
}

TASK = task(
    "dialogue",
    GENERATORS,
    DialogueConfig,
    capability="dialogue memory",
    summary="Remembers what was said over many dated sessions of one user, and what was not.",
    needs="any prose as filler; chats with speakers and times where there are such",
    metric="accuracy",
)
