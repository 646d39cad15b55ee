"""Words as data: what is asked, written and read, by language, out of templates/words.

A file holds a block a language, and a block has up to three parts: `asks`, the wordings of
questions, which maker and solver share; `writes`, what the maker plants; `reads`, what the
solver looks for, a list of its own. Each becomes an instance of a dataclass, strictly: who
translates a generator adds a block and meets no code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar

from golong_data.errors import UserError
from golong_data.resources import folder
from golong_data.strict import read_yaml, strict

Part = Literal["asks", "writes", "reads"]
T = TypeVar("T")

_FIELD = re.compile(r"\\\{(\w+)\\\}")


class ByLanguage(dict[str, T]):
    """Language -> words; for one that has none a UserError says where they are missing."""

    def __init__(self, found: Mapping[str, T], *, where: str) -> None:
        super().__init__(found)
        self.where = where

    def __missing__(self, language: str) -> T:
        raise UserError(
            f'there are no words in the language "{language}".',
            where=self.where,
            remedy=f"Add a block {language}: there, or build in {' or '.join(self)}.",
        )


def words(cls: type[T], name: str | Path, part: Part) -> Mapping[str, T]:
    """Language -> the words of one part of a file, in the order of the file.

    `name` is that of a file of templates/words without its suffix, such as
    "exhaustive/violation", or the path of any other. Languages without that part are left
    out. Raises UserError naming file and key; so does asking for a language that it has not.
    """
    found: Mapping[str, T] = _words(cls, str(name), part)  # type: ignore[arg-type]
    return found


@lru_cache(maxsize=256)
def _words(cls: type[Any], name: str, part: Part) -> Mapping[str, Any]:
    path = _path(name)
    return ByLanguage(
        {
            code: strict(cls, block[part], where=f"{path}: {code}: {part}")
            for code, block in _file(name).items()
            if part in block
        },
        where=f"{path}: {part}",
    )


def languages_of(name: str | Path) -> tuple[str, ...]:
    """The languages that a file of words has blocks for."""
    return tuple(_file(str(name)))


def _path(name: str) -> Path:
    return Path(name) if name.endswith(".yaml") else folder("templates") / "words" / f"{name}.yaml"


@lru_cache(maxsize=128)
def _file(name: str) -> Mapping[str, Mapping[str, Any]]:
    path = _path(name)
    data = read_yaml(path, what="file of words")
    if not isinstance(data, Mapping) or not all(isinstance(b, Mapping) for b in data.values()):
        raise UserError(
            "words are a mapping of languages to asks, writes and reads.",
            where=str(path),
            remedy='Start with "en:" and, below it, "asks:".',
        )
    return data


# --- wordings of questions ----------------------------------------------------------------


@lru_cache(maxsize=1024)
def pattern(wording: str) -> re.Pattern[str]:
    """A pattern of what `wording.format(...)` gives, with its fields as groups.

    A field that comes again is the same text again.

    >>> pattern("Is {a} in {b}?").fullmatch("Is x in y?").groupdict()
    {'a': 'x', 'b': 'y'}
    """
    seen: set[str] = set()

    def group(field: re.Match[str]) -> str:
        name = field[1]
        again = name in seen
        seen.add(name)
        return f"(?P={name})" if again else f"(?P<{name}>.+?)"

    return re.compile(_FIELD.sub(group, re.escape(wording)))


def read(wording: str, question: str) -> dict[str, str] | None:
    """The fields of a question that starts as `wording` says; None where it does not."""
    found = pattern(wording).match(question)
    return found.groupdict() if found else None
