"""Prompts from jinja2 templates, in a sandbox and with no forgiving of missing variables.

A template places the context once, on a line of its own, and everything else around it. It
is rendered with a placeholder there and split, so that the (long) context never passes
through the template engine and the text around it can be counted by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2 import meta as jinja_meta
from jinja2.sandbox import SandboxedEnvironment

from golong_data.errors import UserError, did_you_mean
from golong_data.languages import DEFAULT, texts
from golong_data.resources import folder, names

SUFFIX = ".jinja"
_PLACEHOLDER = "\ue000context\ue000"  # private use: cleaned text never holds these


@dataclass(frozen=True, slots=True)
class Frame:
    """The text around the context. The context itself ends in a blank line."""

    head: str
    """Ends in a newline, or is empty."""
    tail: str
    """Starts with a character that is not white space."""


ALIASES: Mapping[str, tuple[str, str, str]] = {
    "comprehension": ("options", "documents", "en"),
    "comprehension-zh": ("options", "documents", "zh"),
    "dialogue": ("options", "sessions", "en"),
    "dialogue-zh": ("options", "sessions", "zh"),
    "exhaustive": ("list", "documents", "en"),
    "exhaustive-zh": ("list", "documents", "zh"),
    "numeric": ("value", "documents", "en"),
    "retrieval": ("text", "documents", "en"),
    "retrieval-zh": ("text", "documents", "zh"),
}
"""What templates were called before there was one a form: form, framing, language."""

CHOOSES = ("form", "framing", "language")
"""Variables of a question that choose the template and its words."""


def template_path(name: str) -> Path:
    """The file of a template: a form of answer or a path ending in ".jinja"."""
    if name.endswith(SUFFIX):
        path = Path(name)
    else:
        path = folder("templates/prompts") / f"{ALIASES.get(name, (name,))[0]}{SUFFIX}"
    if not path.is_file():
        raise UserError(
            f'there is no template "{name}".',
            where="template",
            remedy=did_you_mean(name, [*names("templates/prompts", SUFFIX), *ALIASES])
            + f' Or give the path of a file ending in "{SUFFIX}".',
        )
    return path


@lru_cache(maxsize=64)
def _compiled(name: str) -> Template:
    path = template_path(name)
    environment = SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=False)
    try:
        return environment.from_string(path.read_text(encoding="utf-8"))
    except (TemplateError, UnicodeDecodeError) as error:
        line = getattr(error, "lineno", None)
        raise UserError(
            f"the template does not parse: {error}",
            where=f"{path}:{line}" if line else str(path),
            remedy="Mend the jinja2 syntax there.",
        ) from error


def variables(name: str) -> set[str]:
    """The variables that a template reads."""
    environment = SandboxedEnvironment()
    source = template_path(name).read_text(encoding="utf-8")
    return jinja_meta.find_undeclared_variables(environment.parse(source))


def frame(name: str, values: Mapping[str, str]) -> Frame:
    """Renders a prompt around a context that is yet to come.

    `name` is a template, or empty for the one of the question's own form. The words that
    stand around the question in its form, framing and language are added to the values.
    """
    return _frame(name, tuple(values.items()))


@lru_cache(maxsize=16)
def _frame(name: str, items: tuple[tuple[str, str], ...]) -> Frame:
    # A sample asks twice: for the room that its question leaves, and to be put together.
    values = dict(items)
    form, framing, language = _chosen(name, values)
    if form:
        values = {**texts(language, framing, form), **values}
    if not name.endswith(SUFFIX):
        name = form or name
    try:
        rendered = _compiled(name).render({**values, "context": _PLACEHOLDER}).strip()
    except TemplateError as error:
        raise UserError(
            f"the template could not be rendered: {error}",
            where=f"template {name}",
            remedy=f"It is given: context, {', '.join(sorted(values))}.",
        ) from error
    parts = rendered.split(_PLACEHOLDER)
    if len(parts) != 2 or not parts[1].strip() or (parts[0] and not parts[0].endswith("\n")):
        raise UserError(
            "a template must hold {{ context }} exactly once, on a line of its own, with the "
            "question after it.",
            where=f"template {name}",
            remedy="Put {{ context }} alone on a line, before the question.",
        )
    return Frame(head=parts[0], tail=parts[1].lstrip())


def _chosen(name: str, values: Mapping[str, str]) -> tuple[str, str, str]:
    """(form, framing, language) of a question; the form is empty where nothing names one."""
    form, framing, language = ALIASES.get(name, ("", "documents", DEFAULT))
    if not form and name and not name.endswith(SUFFIX):
        form = name
    return (
        values.get("form", form),
        values.get("framing", framing),
        values.get("language", language),
    )
