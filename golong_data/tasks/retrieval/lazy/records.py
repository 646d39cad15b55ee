"""Records without a look at the key: by place, by the centre of look-alikes, by one grep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

from golong_data.solving import reading
from golong_data.solving.choosing import Reader
from golong_data.tasks.retrieval.solve.records import Cues, Filed, Query, filed, reads
from golong_data.words import words

Choice = Callable[[Query, Sequence[Filed]], str | None]
"""The value that is taken, out of all records."""


@lru_cache(maxsize=8)
def records_of(text: str) -> tuple[Filed, ...]:
    """All records of a text, in whatever language: kept, as all readers ask for them."""
    return tuple(
        record
        for cues in words(Cues, "retrieval/records", "reads").values()
        for record in filed(text, cues)
    )


def candidates(question: str, prompt: str) -> Sequence[str]:
    """What the records state under the label asked about."""
    query, found = reads(question), records_of(reading.context(prompt))
    return _stated(found, query.named["label"]) if query else ()


def _stated(found: Sequence[Filed], label: str) -> list[str]:
    return list(dict.fromkeys(r.fields[label] for r in found if label in r.fields))


# --- the centre of look-alikes ------------------------------------------------------------------


def is_slip(one: str, other: str) -> bool:
    """Whether two numbers are easily taken for one another.

    They differ in one place, by two neighbours changed over, or by one or two.

    >>> is_slip("123456", "123465"), is_slip("123456", "123458"), is_slip("123456", "133466")
    (True, True, False)
    """
    if len(one) != len(other):
        return False
    at = [i for i, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(at) <= 1 or abs(int(one) - int(other)) <= 2:
        return True
    changed_over = len(at) == 2 and at[1] == at[0] + 1
    return changed_over and (one[at[0]], one[at[1]]) == (other[at[1]], other[at[0]])


def centre(numbers: Sequence[str]) -> str | None:
    """The number with most look-alikes among these, of several the one nearest to all others.

    Numbers are compared by their digits. Whoever derives decoys from the number asked about
    makes it this one.
    """
    digits = {n: "".join(filter(str.isdecimal, n)) for n in numbers}
    if not all(digits.values()):
        return None

    def rank(number: str) -> tuple[int, int]:
        own, others = digits[number], list(digits.values())
        apart = sum(a != b for other in others for a, b in zip(own, other, strict=False))
        return sum(is_slip(own, other) for other in others), -apart

    return max(digits, key=rank, default=None)


def central(query: Query, found: Sequence[Filed]) -> str | None:
    """The value of the record whose number is the centre; of a year, where one is asked for."""
    number = centre([record.number for record in found])
    hub = next((record for record in found if record.number == number), None)
    if hub and "year" in query.named:
        theirs = [r for r in found if (r.holder, r.period) == (hub.holder, query.named["year"])]
        hub = next(iter(theirs), hub)
    return hub.fields.get(query.named["label"]) if hub else None


def central_value(query: Query, found: Sequence[Filed]) -> str | None:
    """The value that is the centre of those under the label, where they are numbers."""
    return centre(_stated(found, query.named["label"]))


# --- others -----------------------------------------------------------------------------------


def _at(place: int, query: Query, found: Sequence[Filed]) -> str | None:
    stated = _stated(found, query.named["label"])
    return stated[place] if stated else None


def _commonest_holder(query: Query, found: Sequence[Filed]) -> str | None:
    """The first record on whom or what most records are about."""
    label = query.named["label"]
    counted = Counter(record.holder for record in found if label in record.fields)
    holder = max(counted, key=counted.__getitem__, default=None)
    return next((r.fields[label] for r in found if r.holder == holder and label in r.fields), None)


def _plays(choice: Choice, question: str, prompt: str) -> str | None:
    query = reads(question)
    return choice(query, records_of(reading.context(prompt))) if query else None


def _grep(question: str, prompt: str) -> str | None:
    """The value in the first record whose line holds, letter by letter, what the question names.

    That is the number, whom or what it is about, or the value given.
    """
    query = reads(question)
    if query is None:
        return None
    key = next(query.named[k] for k in ("number", "about", "value") if k in query.named)
    lines = (line for line in reading.context(prompt).split("\n") if key in line)
    found = (record for line in lines for record in records_of(line))
    values = (record.fields.get(query.named["label"]) for record in found)
    return next(filter(None, values), None)


LAZY: Mapping[str, Reader] = {
    "centre of the look-alikes": partial(_plays, central),
    "centre of the values": partial(_plays, central_value),
    "first mentioned": partial(_plays, partial(_at, 0)),
    "last mentioned": partial(_plays, partial(_at, -1)),
    "whom most records are about": partial(_plays, _commonest_holder),
    "one grep: the key": _grep,
}
