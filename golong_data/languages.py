"""What prompts say in each language around context and question: templates/prompts/languages.yaml.

One block a language. A context has a framing, "documents" or "sessions"; an answer has a form,
such as "options". `texts` gives what a prompt of that framing and form says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from golong_data.errors import UserError, did_you_mean
from golong_data.resources import folder
from golong_data.strict import read_yaml, strict

DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Framing:
    """What a prompt says around a context of one kind."""

    opening: str
    closing: str
    forms: Mapping[str, Mapping[str, str]]
    """Form of answer -> the texts of its template, by name; they go before all others."""


@dataclass(frozen=True, slots=True)
class Sessions(Framing):
    """What is said around the sessions of a chat, and in them where no task or corpus does."""

    heading: str
    """Starts the line above every session; its number, "] " and its date follow. No session may
    hold it."""
    date: str
    """A date as headings and questions give it: slots day and weekday."""
    weekdays: tuple[str, ...]
    """From Monday on."""
    speakers: tuple[str, str]
    """Stand before what the user says, and what the assistant says."""
    leads: tuple[str, ...]
    """What a user says who pastes a passage: slot title."""
    remarks: tuple[str, ...]
    """What the user says behind it."""
    replies: tuple[str, ...]
    """What the assistant says to it."""


@dataclass(frozen=True, slots=True)
class Language:
    """The fixed words of one language."""

    space: str
    """Between two sentences."""
    marker: str
    """Stands on a line of its own before the answer."""
    question: str
    """Stands before the question, at the start of its line."""
    heading: str
    """Starts the line above every document; its number and "] " follow. No document may hold it."""
    continued: str
    """Behind the title of a document that goes on."""
    options: Mapping[str, str]
    """What an answer is where `one` option is right, and where `several` may be."""
    documents: Framing
    """Around documents."""
    sessions: Sessions | None = None
    """Around sessions of a chat."""


@lru_cache(maxsize=1)
def languages() -> Mapping[str, Language]:
    """All languages by their code, in the order of the file."""
    path = folder("templates") / "prompts" / "languages.yaml"
    data = read_yaml(path, what="file of languages")
    return {code: strict(Language, block, where=f"{path}: {code}") for code, block in data.items()}


def language(code: str) -> Language:
    """A language by its code, such as "en". Raises UserError where there is none."""
    found = languages().get(code)
    if found is None:
        raise UserError(
            f'there is no language "{code}".',
            where="language",
            remedy=did_you_mean(code, languages())
            + f" Another is a block {code}: in templates/prompts/languages.yaml.",
        )
    return found


def session_words(code: str) -> Sessions:
    """What sessions say in a language. Raises UserError where it has no words for them."""
    found = language(code).sessions
    if found is None:
        raise UserError(
            f'prompts in "{code}" have no words for sessions.',
            where=f"templates/prompts/languages.yaml: {code}",
            remedy="Add a block sessions: there, or build in another language.",
        )
    return found


def session_headings() -> tuple[str, ...]:
    """What the line above a session starts with, in any language."""
    return tuple(words.sessions.heading for words in languages().values() if words.sessions)


@lru_cache(maxsize=64)
def texts(code: str, framing: str, form: str) -> Mapping[str, str]:
    """What a prompt says around a context of this framing and a question of this form.

    Raises UserError where the language says nothing for them.
    """
    words = language(code)
    around = words.sessions if framing == "sessions" else words.documents
    own = around.forms.get(form) if around else None
    if around is None or own is None:
        raise UserError(
            f'prompts in "{code}" have no words for {framing} with answers in the form "{form}".',
            where=f"templates/prompts/languages.yaml: {code}: {framing}",
            remedy=f"Add a block {form}: there, or build in another language.",
        )
    return {
        "space": words.space,
        "marker": words.marker,
        "asking": words.question,
        "opening": around.opening,
        "closing": around.closing,
        **own,
    }
