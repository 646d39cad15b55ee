"""`golong-data new`: a task of one's own, as a folder that builds and passes its test."""

from __future__ import annotations

import importlib.util
import keyword
import re
from pathlib import Path

import click

from golong_data.cli.params import examples
from golong_data.errors import UserError

FORMS = {"list": ("f1", 0.16), "text": ("exact_match", 0.05), "value": ("math", 0.05)}
FORMS |= {"options": ("accuracy", 0.05)}
"""Form of the answer -> its metric, and the ceiling of what cheating may earn."""

FILES = ("__init__.py", "make.py", "solve.py", "words.yaml", "recipe.yaml", "test.py")
"""Files of a new task, each from templates/new; the test is named by the task."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")


@click.group(epilog=examples("golong-data new task ranking"))
def new() -> None:
    """Starts something of your own from a working example."""


@new.command(
    epilog=examples(
        "golong-data new task overdue --form list",
        'golong-data new task ranking --form options --idea "Ranks offers by their terms."',
        "pytest overdue                                    # the contract, over its rows",
        "golong-data build --recipe overdue/recipe.yaml",
    )
)
@click.argument("name")
@click.option(
    "--form",
    type=click.Choice(list(FORMS)),
    prompt="Form of the answer (it decides the reward)",
    help="Form of the answer: a list of elements (scored by f1), a text (exact match), a number "
    "(math) or options with letters (accuracy).",
)
@click.option(
    "--idea",
    prompt="What does it ask, in one sentence?",
    default="",
    help="What it asks, in one sentence.",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    help="Where the folder goes.",
)
def task(name: str, form: str, idea: str, into: Path) -> None:
    """Writes a folder NAME: module, solver, words, recipe, and a test that passes."""
    for path in write_task(name, form, idea, into):
        click.echo(str(path))


def write_task(name: str, form: str, idea: str, into: Path) -> list[Path]:
    """Writes the files of a new task and returns their paths.

    Raises UserError for a name that no package can have and for a folder that is there.
    """
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    from golong_data.resources import folder

    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        raise UserError(
            f'"{name}" is no name for a task.',
            where="NAME",
            remedy="Use small letters, digits and underscores, a letter first.",
        )
    target = into / name
    if target.exists():
        raise UserError(
            "there is such a folder already.", where=str(target), remedy="Choose another name."
        )
    if importlib.util.find_spec(name) is not None:
        raise UserError(
            f'Python has a module "{name}" already, and would import that one.',
            where="NAME",
            remedy="Choose another name.",
        )
    metric, ceiling = FORMS[form]
    values = {
        "name": name,
        "Name": "".join(part.capitalize() for part in name.split("_")),
        "form": form,
        "FORM": form.upper(),
        "metric": metric,
        "ceiling": ceiling,
        "idea": _sentence(idea) or f"Questions of {name}, answered by {form}.",
    }
    environment = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True)
    texts = {
        file: environment.from_string(
            (folder("templates") / "new" / f"{file}.jinja").read_text(encoding="utf-8")
        ).render(values)
        for file in FILES
    }
    written = []
    try:
        target.mkdir(parents=True)
        for file, text in texts.items():
            path = target / (f"test_{name}.py" if file == "test.py" else file)
            path.write_text(text, encoding="utf-8")
            written.append(path)
    except OSError as error:
        raise UserError(
            f"nothing can be written there: {error.strerror}.",
            where=str(target),
            remedy="Name another folder with --into.",
        ) from error
    return written


def _sentence(idea: str) -> str:
    """An idea as one line that can stand in a docstring, with a full stop."""
    plain = " ".join(idea.replace('"', "'").replace("\\", "").split())
    return plain if not plain or plain.endswith((".", "?", "!")) else f"{plain}."
