"""Facts that are to be joined, with one of them left out: a condition, a correction, a town.

Whoever leaves out what a question does not have reads it as it is to be read: that is no
question of their kind.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from fractions import Fraction
from functools import partial

from golong_data.solving import numbers, reading
from golong_data.solving.choosing import LOOKS, MENTIONS, SAYINGS, SEVERAL, SHAPES, Reader, readers
from golong_data.solving.options import offered, stated
from golong_data.tasks.comprehension.solve import registers
from golong_data.tasks.comprehension.solve.lines import on_line
from golong_data.tasks.comprehension.solve.multi_hop import Query, reads
from golong_data.tasks.comprehension.solve.names import names_in
from golong_data.types import Gold

Letters = Collection[str]
Numbers = dict[str, Fraction]
"""By the letter of an option."""


# --- values -------------------------------------------------------------------------------------


def _stated_under(label: str, prompt: str) -> Numbers:
    """What the documents of the options state on the lines with a label, corrected or not."""
    documents = reading.documents(prompt)
    lines = {a: on_line(documents.get(title, ""), label) for a, title in offered(prompt).items()}
    found = {letter: numbers.quantity(line) for letter, line in lines.items() if line}
    return {letter: number for letter, number in found.items() if number is not None}


def _on_side(found: Numbers, bound: Fraction | None, *, above: bool) -> list[str]:
    """Those above a bound, or those below it."""
    return [a for a, number in found.items() if bound is not None and (number > bound) == above]


def _extreme(found: Numbers, *, high: bool) -> Letters:
    return [(max if high else min)(found, key=found.__getitem__)] if found else ()


def _bound(query: Query, prompt: str) -> Fraction | None:
    if not query.than:
        return numbers.quantity(query.bound)
    line = on_line(reading.documents(prompt).get(query.than, ""), query.x)
    return numbers.quantity(line) if line else None


def _second(query: Query, among: Numbers) -> Letters:
    """Those that the condition on y leaves, or the extreme."""
    if query.other:
        return _on_side(among, numbers.quantity(query.other), above=bool(query.high))
    return _extreme(among, high=bool(query.high))


def _uncorrected(query: Query, prompt: str) -> Letters:
    """What the documents say themselves, without the corrections in others."""
    text = reading.context(prompt)
    if not any(label and f'"{label}"' in text for label in (query.x, query.y)):
        return ()
    there = _on_side(_stated_under(query.x, prompt), _bound(query, prompt), above=bool(query.above))
    if not query.y:
        return there
    ys = _stated_under(query.y, prompt)
    return _second(query, {letter: ys[letter] for letter in there if letter in ys})


def _first_alone(query: Query, prompt: str) -> Letters:
    """By x alone: those on its side, or the farthest where there can be but one."""
    if not query.y:
        return ()
    xs, above = _stated_under(query.x, prompt), bool(query.above)
    if not query.other:
        return _extreme(xs, high=above)
    return _on_side(xs, _bound(query, prompt), above=above)


def _second_alone(query: Query, prompt: str) -> Letters:
    """By y alone."""
    return _second(query, _stated_under(query.y, prompt)) if query.y else ()


def _corrected(query: Query, prompt: str) -> Letters:
    """The options that corrections name."""
    text = reading.context(prompt)
    return [letter for letter, title in offered(prompt).items() if f'"{title}"' in text]


# --- registers ----------------------------------------------------------------------------------


Kept = Mapping[str, str]
"""Item -> house."""


def _last_entries(prompt: str, items: Collection[str], language: str) -> Kept:
    """By the last entry on each in the text, whatever its number; empty where none has two."""
    house = names_in(language).house
    entries: dict[str, list[str]] = {item: [] for item in items}
    for line in reading.context(prompt).split("\n"):
        houses = house.findall(line)
        for item in items:
            if len(houses) == 1 and item in line:
                entries[item] += houses
    if all(len(found) < 2 for found in entries.values()):
        return {}
    return {item: found[-1] for item, found in entries.items() if found}


def _by_registers(query: Query, prompt: str, *, town: bool, bound: bool, order: bool) -> Letters:
    """The right things without the town, without the bound, or with the entries in any order."""
    options = offered(prompt)
    items = [*options.values(), *filter(None, [query.item])]
    read = registers.read(prompt, items, query.language)
    kept = read.kept if order else _last_entries(prompt, items, query.language)
    wanted = (query.town or read.town.get(kept.get(query.item, ""), "")) if town else ""
    insured = {}
    for letter, item in options.items():
        house = kept.get(item, "")
        if house in read.insured and wanted in ("", read.town.get(house)):
            insured[letter] = Fraction(read.insured[house])
    limit = registers.sum_of(query.more or query.less)
    if bound:
        insured = {a: n for a, n in insured.items() if (n > limit if query.more else n < limit)}
    return list(insured) if query.more else _extreme(insured, high=True)


def _anywhere(query: Query, prompt: str) -> Letters:
    """In whatever town."""
    if not query.town and not query.item:
        return ()
    return _by_registers(query, prompt, town=False, bound=True, order=True)


def _unbounded(query: Query, prompt: str) -> Letters:
    """Insured for whatever sum: all there are, or the one insured for most."""
    return _by_registers(query, prompt, town=True, bound=False, order=True)


def _any_order(query: Query, prompt: str) -> Letters:
    """By the entries that come last in the text, not by those with the highest number."""
    return _by_registers(query, prompt, town=True, bound=True, order=False)


# --- who plays what -----------------------------------------------------------------------------


def _plays(
    choice: Callable[[Query, str], Letters], on: str, question: str, prompt: str
) -> Gold | None:
    query = reads(question)
    if query is None or bool(query.x) != (on == "values"):
        return None
    return stated(prompt, choice(query, prompt))


LAZY: Mapping[str, Reader] = {
    "without the corrections": partial(_plays, _uncorrected, "values"),
    "what is corrected": partial(_plays, _corrected, "values"),
    "the first condition alone": partial(_plays, _first_alone, "values"),
    "the second condition alone": partial(_plays, _second_alone, "values"),
    "without the town": partial(_plays, _anywhere, "registers"),
    "without the bound": partial(_plays, _unbounded, "registers"),
    "entries in their order": partial(_plays, _any_order, "registers"),
    **SEVERAL,
    **readers(MENTIONS, SHAPES, LOOKS, SAYINGS),
}
