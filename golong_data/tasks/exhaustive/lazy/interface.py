"""Names of an interface, taken by how lines look or by which release has them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from golong_data.solving.reading import documents
from golong_data.tasks.exhaustive.lazy import listing
from golong_data.tasks.exhaustive.solve.interface import READERS as STATED
from golong_data.tasks.exhaustive.solve.interface import Query, reads

_BEGINS = re.compile(r"^\s*(?:async def |def |self\.|)(\w+)\s*[(:=]", re.MULTILINE)
"""A line that states a function or a field, with its last name."""


def _releases(query: Query, prompt: str) -> tuple[str, str]:
    texts = documents(prompt)
    return texts.get(query.first, ""), texts.get(query.second, "")


def _names(query: Query, text: str) -> list[str]:
    """The functions or fields that a release has, in no order of account."""
    return list(STATED[query.kind](text) or ())


def _every(query: Query, prompt: str) -> Iterator[str]:
    """Those of both releases, by where their last names first stand."""
    first, second = _releases(query, prompt)
    text = f"{first}\n{second}"
    names = {*_names(query, first), *_names(query, second)}
    yield from sorted(names, key=lambda name: (_at(name, text), name))


def _at(name: str, text: str) -> int:
    found = re.search(rf"\b{re.escape(name.rpartition('.')[2])}\b", text)
    return found.start() if found else len(text)


def _in_one_alone(query: Query, prompt: str) -> Iterator[str]:
    first, second = (set(_names(query, text)) for text in _releases(query, prompt))
    yield from (name for name in _every(query, prompt) if (name in first) != (name in second))


def _changed_lines(query: Query, prompt: str, *, layout: bool = True) -> str:
    """The lines that only one release has, as a comparison of lines shows them.

    Without `layout` white space, quotes and remarks at the end of a line are passed over.
    """
    first, second = (text.split("\n") for text in _releases(query, prompt))
    if not layout:
        first, second = (list(map(_squeezed, lines)) for lines in (first, second))
    return "\n".join(sorted({*first} ^ {*second}))


def _squeezed(line: str) -> str:
    """A line without what does not count: one blank before a name is kept."""
    bare = line.partition("#")[0].replace("'", '"').rstrip(" ,")
    return re.sub(r"\s+(?=\W)|(?<=\W)\s+", "", bare)


def _on_a_changed_line(query: Query, prompt: str) -> Iterator[str]:
    words = set(re.findall(r"\w+", _changed_lines(query, prompt)))
    yield from (name for name in _every(query, prompt) if name.rpartition(".")[2] in words)


def _begins_a_changed_line(query: Query, prompt: str, *, layout: bool = True) -> Iterator[str]:
    """Where a changed line begins as one does that states the name."""
    words = set(_BEGINS.findall(_changed_lines(query, prompt, layout=layout)))
    yield from (name for name in _every(query, prompt) if name.rpartition(".")[2] in words)


def _begins_a_changed_line_layout_aside(query: Query, prompt: str) -> Iterator[str]:
    yield from _begins_a_changed_line(query, prompt, layout=False)


def _constructors(query: Query, prompt: str) -> Iterator[str]:
    """What most often differs between releases: how things are made."""
    yield from (name for name in _every(query, prompt) if name.endswith(".__init__"))


candidates = listing.candidates(reads, _every)
"""Every function or field that either release has."""

READERS = listing.readers(
    reads,
    {
        "begins a changed line": _begins_a_changed_line,
        "begins a changed line, layout aside": _begins_a_changed_line_layout_aside,
        "on a changed line": _on_a_changed_line,
        "in one release alone": _in_one_alone,
        "constructors": _constructors,
        "every name": _every,
    },
)
