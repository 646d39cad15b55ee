"""Changes of values over years, taken of one entity alone, or one year, or as stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from golong_data.solving import reading
from golong_data.solving.numbers import number
from golong_data.solving.tables import Read, table
from golong_data.tasks.numeric.lazy import stated
from golong_data.tasks.numeric.solve.questions import Query
from golong_data.tasks.numeric.solve.report import WORDS, Asks, Cues, reads
from golong_data.words import words

Asked = Query[Asks]


def _statements(query: Asked, prompt: str) -> Iterator[tuple[str, Read]]:
    """(entity, statement) of all that are shown."""
    title = words(Cues, WORDS, "reads")[query.language].title
    for heading, text in reading.documents(prompt).items():
        if of := title.fullmatch(heading):
            yield of[1], table(text)


def _values(query: Asked, prompt: str) -> Mapping[str, tuple[Fraction, Fraction]]:
    """Entity -> what its statement says of the item, in the earlier and in the later year."""
    asked, item = query.fields, words(Cues, WORDS, "reads")[query.language].item
    found = {}
    for entity, statement in _statements(query, prompt):
        for row in statement.rows:
            early, late = (number(row.get(asked[year], "")) for year in ("early", "late"))
            if row.get(item) == asked["item"] and early is not None and late is not None:
                found[entity] = (early, late)
    return found


def _entities(query: Asked) -> list[str]:
    if "entities" in query.fields:
        rest, _, last = query.fields["entities"].rpartition(query.asks.last)
        return [*rest.split(query.asks.between), last]
    return [query.fields[name] for name in ("first", "second") if name in query.fields]


def _change(query: Asked, values: tuple[Fraction, Fraction]) -> Fraction:
    """In points where the question is about them, else in percent."""
    early, late = values
    return late - early if query.kind.endswith("_points") else (late / early - 1) * 100


def _later(query: Asked, prompt: str) -> Fraction:
    """What is stated of the first entity in the later year."""
    return _values(query, prompt)[_entities(query)[0]][1]


def _earlier(query: Asked, prompt: str) -> Fraction:
    return _values(query, prompt)[_entities(query)[0]][0]


def _first_alone(query: Asked, prompt: str) -> Fraction | None:
    """The change of the first of several entities."""
    entities = _entities(query)
    if len(entities) < 2 or query.kind == "ratio":
        return None
    return _change(query, _values(query, prompt)[entities[0]])


def _difference(query: Asked, prompt: str) -> Fraction | None:
    """How much the first entity's value rose, not by what percentage."""
    if query.kind.endswith("_points") or query.kind == "ratio":
        return None
    early, late = _values(query, prompt)[_entities(query)[0]]
    return late - early


def _one_year(query: Asked, prompt: str) -> Fraction | None:
    """Of the later year alone: the quotient or the gap between the first two entities."""
    if query.kind != "ratio" and not query.kind.startswith("gap"):
        return None
    (_, a), (_, b) = (_values(query, prompt)[name] for name in _entities(query)[:2])
    return a / b if query.kind == "ratio" else a - b


def _mean_for_total(query: Asked, prompt: str) -> Fraction | None:
    """The change of the total for the mean of the changes, and the other way round."""
    if query.kind not in ("mean", "mean_points", "pooled"):
        return None
    values = [_values(query, prompt)[name] for name in _entities(query)]
    if query.kind == "pooled":
        return sum((_change(query, pair) for pair in values), Fraction()) / len(values)
    early, late = (sum(column, Fraction()) for column in zip(*values, strict=True))
    return _change(query, (early, late))


def _everyone(query: Asked, prompt: str) -> Fraction | None:
    """The mean of the changes of all entities that are shown."""
    if query.kind not in ("mean", "mean_points"):
        return None
    changes = [_change(query, pair) for pair in _values(query, prompt).values()]
    return sum(changes, Fraction()) / len(changes)


def _printed(query: Asked, prompt: str) -> list[str]:
    return stated.printed(statement for _, statement in _statements(query, prompt))


candidates = stated.candidates(reads, _printed)
"""The numbers of all statements, for one alone may hold two of them; the answer is computed."""

READERS = stated.readers(
    reads,
    {
        "later value": _later,
        "earlier value": _earlier,
        "first entity alone": _first_alone,
        "difference": _difference,
        "one year": _one_year,
        "mean for total": _mean_for_total,
        "every entity shown": _everyone,
    },
)
