"""Documents of a group, taken by literal searches that leave out what else the question says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from golong_data.languages import languages
from golong_data.solving.reading import HEADER, context
from golong_data.tasks.exhaustive.lazy import listing
from golong_data.tasks.exhaustive.solve.subset import Query, reads
from golong_data.words import pattern

MOST = 3
"""Documents that are taken where nothing says how many."""


def _documents(prompt: str) -> dict[str, str]:
    """Title -> all text below it; of a document that goes on later the whole."""
    text = context(prompt)
    marks = list(HEADER.finditer(text))
    stops = [*(mark.start() for mark in marks[1:]), len(text)]
    found: dict[str, list[str]] = {}
    for mark, stop in zip(marks, stops, strict=False):
        title = mark[2]
        for words in languages().values():
            title = title.removesuffix(words.continued)
        found.setdefault(title, []).append(text[mark.end() : stop])
    return {title: "\n".join(texts) for title, texts in found.items()}


def _names(query: Query) -> list[str]:
    """The strings that the question says a member has: words, modules, classes, values, labels."""
    said, asks = query.asked.fields, query.asks
    if "names" in said:
        return [name[1:-1] for name in said["names"].split(asks.between_names)]
    if "conditions" in said:
        parts = said["conditions"].split(asks.between_conditions)
        read = (
            pattern(wording).fullmatch(p) for p in parts for wording in asks.conditions.values()
        )
        return list(dict.fromkeys(f"{found['label']}:" for found in read if found))
    if query.asked.kind == "without":
        return [said["one"]]
    return [said[key] for key in ("one", "two", "name", "value") if key in said]


def _wanted(query: Query) -> int:
    """How many of them a member has: as many as the question says, else one or all."""
    said = query.asked.fields
    stated = re.search(r"\d+", said.get("count", said.get("k", "")))
    if stated:
        return int(stated[0])
    return 1 if query.asked.kind == "bases" else len(_names(query))


def _hits(names: Sequence[str], text: str) -> int:
    return sum(name in text for name in names)


def _every(query: Query, prompt: str) -> Iterator[str]:
    yield from _documents(prompt)


def _any_name(query: Query, prompt: str) -> Iterator[str]:
    names = _names(query)
    yield from (title for title, text in _documents(prompt).items() if _hits(names, text))


def _all_names(query: Query, prompt: str) -> Iterator[str]:
    names = _names(query)
    for title, text in _documents(prompt).items():
        if _hits(names, text) == len(names):
            yield title


def _enough_names(query: Query, prompt: str) -> Iterator[str]:
    """So many as asked for, wherever they stand, and nothing that is left out."""
    names, wanted = _names(query), _wanted(query)
    for title, text in _documents(prompt).items():
        if _hits(names, text) >= wanted:
            yield title


def _enough_and_none_left_out(query: Query, prompt: str) -> Iterator[str]:
    """So many as asked for, and no mention of what leaves a document out."""
    names, wanted = _names(query), _wanted(query)
    barred = [clause.fields.get("name", clause.fields.get("value")) for clause in query.unless]
    barred += [query.asked.fields["two"]] if query.asked.kind == "without" else []
    for title, text in _documents(prompt).items():
        if _hits(names, text) >= wanted and not any(name and name in text for name in barred):
            yield title


def _most_mentions(query: Query, prompt: str) -> Iterator[str]:
    """The documents in which the strings come most often, all taken together."""
    names, documents = _names(query), _documents(prompt)
    times = {title: sum(map(text.count, names)) for title, text in documents.items()}
    ranked = sorted(times, key=lambda title: -times[title])
    yield from (title for title in ranked[:MOST] if times[title])


def _in_the_title(query: Query, prompt: str) -> Iterator[str]:
    names = [name.casefold() for name in _names(query)]
    yield from (title for title in _documents(prompt) if _hits(names, title.casefold()))


candidates = listing.candidates(reads, _every)
"""The title of every document."""

READERS = listing.readers(
    reads,
    {
        "names, as many, none left out": _enough_and_none_left_out,
        "names, as many": _enough_names,
        "all names": _all_names,
        "any name": _any_name,
        "most mentions": _most_mentions,
        "name in the title": _in_the_title,
        "every document": _every,
    },
)
