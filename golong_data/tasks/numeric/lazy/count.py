"""How many values pass a bound, taken without comparing them or without all that is asked."""

from __future__ import annotations

from fractions import Fraction

from golong_data.solving import reading
from golong_data.solving.numbers import quantity
from golong_data.tasks.numeric.lazy import stated
from golong_data.tasks.numeric.solve.count import WORDS, Cues, reads
from golong_data.tasks.numeric.solve.questions import Asks, Query
from golong_data.words import words

Asked = Query[Asks]


def _values(query: Asked, prompt: str, *, anywhere: bool = False) -> list[Fraction]:
    """The values of the lines or notes that are asked about, or of notes of any depot."""
    label, depot = query.fields.get("label"), query.fields.get("depot")
    found: list[str] = []
    for text in reading.documents(prompt).values():
        if label is not None:
            head = f"{label}:"
            found += [ln.removeprefix(head) for ln in text.split("\n") if ln.startswith(head)]
            continue
        notes = words(Cues, WORDS, "reads")[query.language].note.findall(text)
        found += [weight for weight, at in notes if anywhere or depot in (None, at)]
    return [value for value in map(quantity, found) if value is not None]


def _bound(query: Asked) -> Fraction:
    return quantity(query.fields["bound"]) or Fraction()


def _every(query: Asked, prompt: str) -> int:
    return len(_values(query, prompt))


def _half(query: Asked, prompt: str) -> int:
    return (_every(query, prompt) + 1) // 2


def _other_side(query: Asked, prompt: str) -> int:
    above, bound = query.kind.endswith("above"), _bound(query)
    return sum(value < bound if above else value > bound for value in _values(query, prompt))


def _any_depot(query: Asked, prompt: str) -> int | None:
    """The side that is asked for, at whatever depot."""
    if "depot" not in query.fields:
        return None
    above, bound = query.kind.endswith("above"), _bound(query)
    values = _values(query, prompt, anywhere=True)
    return sum(value > bound if above else value < bound for value in values)


def _first_half(query: Asked, prompt: str) -> int:
    """Twice what the first half of the values gives."""
    above, bound, values = query.kind.endswith("above"), _bound(query), _values(query, prompt)
    seen = values[: len(values) // 2]
    return 2 * sum(value > bound if above else value < bound for value in seen)


def _possible(query: Asked, prompt: str) -> list[str]:
    return [str(n) for n in range(len(_values(query, prompt)) + 1)]


candidates = stated.candidates(reads, _possible)
"""Every count that is possible: none to all of the values."""

READERS = stated.readers(
    reads,
    {
        "every value": _every,
        "half of them": _half,
        "other side": _other_side,
        "any depot": _any_depot,
        "first half, doubled": _first_half,
        "one": lambda query, prompt: 1,
    },
)
