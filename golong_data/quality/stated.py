"""What tasks state of themselves to the audit: ceilings, and what each generator knows."""

from __future__ import annotations

from functools import lru_cache

from golong_data.errors import UserError
from golong_data.tasks import TASKS, get_task
from golong_data.types import Generator, Task

ABSTENTION = "abstention"
"""The subtask whose answer is that the context does not say: it has no evidence to mark, and
alone, without the other generators of its task, always the same answer."""

_DEFAULT_CEILING = next(
    field.default for name, field in Task.__dataclass_fields__.items() if name == "cheat_ceiling"
)


@lru_cache(maxsize=256)
def _task(name: str) -> Task | None:
    """A task that can be opened, by its name or path."""
    try:
        return get_task(name)
    except UserError:
        return None


def generator_of(task: str, subtask: str) -> Generator | None:
    """The generator of a row; None for published rows and tasks that are not at hand."""
    found = _task(task)
    return found.generators.get(subtask) if found else None


def ceiling_stated(task: str) -> float | None:
    """The ceiling that a task states; None where it leaves it to the metric."""
    found = _task(task)
    if found is None or found.cheat_ceiling == _DEFAULT_CEILING:
        return None
    return found.cheat_ceiling


def built_in(task: str) -> bool:
    """Whether a task is one of ours."""
    return task in TASKS
