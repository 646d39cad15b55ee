"""Tasks: one module (a package where it grows) per capability, in one plain dict."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from golong_data.errors import UserError, did_you_mean
from golong_data.types import Task

TASKS: Mapping[str, str] = {
    "numeric": "golong_data.tasks.numeric:TASK",
    "exhaustive": "golong_data.tasks.exhaustive:TASK",
    "comprehension": "golong_data.tasks.comprehension:TASK",
    "dialogue": "golong_data.tasks.dialogue:TASK",
    "retrieval": "golong_data.tasks.retrieval:TASK",
}
"""Name -> "module:ATTRIBUTE". A task is imported only when it is asked for."""


def get_task(name: str) -> Task:
    """A built-in task by name, or anyone's by its dotted path "package.module:ATTRIBUTE"."""
    path = TASKS.get(name, name)
    module, colon, attribute = path.partition(":")
    if not colon:
        raise UserError(
            f'there is no task "{name}".',
            where="task",
            remedy=did_you_mean(name, TASKS)
            + ' A task of your own is named by its path: "package.module:ATTRIBUTE".',
        )
    try:
        task = getattr(_imported(module), attribute)
    except (ImportError, AttributeError) as error:
        raise UserError(
            f'the task "{name}" cannot be imported: {error}.',
            where="task",
            remedy="Check the path and that its package is installed here.",
        ) from error
    if not isinstance(task, Task):
        raise UserError(
            f'"{name}" is a {type(task).__name__}, not a golong_data.types.Task.',
            where="task",
            remedy="Name the attribute that holds your Task.",
        )
    return task


def _imported(module: str) -> ModuleType:
    """A module by its name; one that is not installed is looked for where the user stands."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        here = str(Path.cwd())
        if error.name != module.partition(".")[0] or here in sys.path:
            raise
        sys.path.append(here)
        return importlib.import_module(module)
