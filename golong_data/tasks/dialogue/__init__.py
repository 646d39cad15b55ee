"""Dialogue memory: questions on what a user and an assistant said in many dated sessions.

Five generators, the five abilities of LongMemEval: a fact said once, facts of several sessions
put together, the times of events, a value that was overridden, and what was never said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from golong_data.tasks.dialogue import abstention, extraction, multi_session, temporal, update
from golong_data.tasks.dialogue.config import DialogueConfig
from golong_data.tasks.dialogue.transcript import Chats, read
from golong_data.tasks.generators import generate_by, is_prose, solve_by
from golong_data.types import Draft, Generator, Gold, Task


def _solver(
    answer: Callable[[Chats], str | None], *, abstains: bool = False
) -> Callable[[str, str], Gold | None]:
    """A solver by letters. Only the one that `abstains` chooses the option of no answer."""

    def solve(question: str, prompt: str) -> Gold | None:
        chats = read(question, prompt)
        found = answer(chats) if chats else None
        if chats is None or (found == chats.language.never) is not abstains:
            return None
        return chats.letter(found)

    return solve


def _generator(
    make: Callable[..., Draft], answer: Callable[[Chats], str | None], *, abstains: bool = False
) -> Generator:
    return Generator(
        make=make,
        solve=_solver(answer, abstains=abstains),
        needs="any prose: chats with speakers and times become sessions, of other text a "
        "passage is pasted into each",
        serves=is_prose,
    )


GENERATORS: Mapping[str, Generator] = {
    "extraction": _generator(extraction.make, extraction.answer),
    "multi_session": _generator(multi_session.make, multi_session.answer),
    "temporal": _generator(temporal.make, temporal.answer),
    "update": _generator(update.make, update.answer),
    "abstention": _generator(abstention.make, abstention.answer, abstains=True),
}

TASK = Task(
    name="dialogue",
    capability="dialogue memory",
    summary="Remembers what was said over many dated sessions of one user, and what was not.",
    needs="any prose as filler; chats with speakers and times where there are such",
    config=DialogueConfig,
    metric="accuracy",
    generate=generate_by(GENERATORS),
    solve=solve_by(GENERATORS),
    generators=GENERATORS,
)
