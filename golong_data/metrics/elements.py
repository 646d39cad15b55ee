"""Compares what an answer lists with a gold, for every metric over lists.

`listed` gives one entry an element of the answer (see `reading`, which knows no gold): the
key of the gold that it is, or its own. How many there are is the same for any two golds of
one form.

A question states the form of its elements. Where a row does not, it is taken from the looks
of the gold as a whole: PAIR where every element is two alike items ("Document 2 and Document
33"), LINE where a reader that knows no gold would cut or shorten one of them ("Trinidad and
Tobago", "Paris, France", a sentence), else ITEM.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from golong_data.errors import UserError, did_you_mean
from golong_data.metrics.abstention import states_nothing
from golong_data.metrics.answer import answer_text
from golong_data.metrics.forms import FORMS, ITEM, LINE, OF_LISTS, PAIR
from golong_data.metrics.keys import by_value, element_key, line_key
from golong_data.metrics.lines import is_sentence, normalise_line
from golong_data.metrics.markup import plain
from golong_data.metrics.reading import Piece, pieces
from golong_data.metrics.splitting import pairs
from golong_data.metrics.wording import alike, is_plain

__all__ = [
    "Gold",
    "Golds",
    "abstention_score",
    "gold_elements",
    "golds",
    "grace",
    "is_abstention",
    "key",
    "line_key",
    "listed",
]

Gold = str | Sequence[str]

is_abstention = states_nothing


def key(element: str) -> str:
    """What two elements have in common where they are the same.

    >>> key("- **“Part 1”**,"), key("part  1.")
    ('part 1', 'part 1')
    """
    return element_key(normalise_line(plain(element)))


@dataclass(frozen=True, slots=True)
class Golds:
    """A gold, ready for comparison."""

    form: str
    """Of its elements: stated, or taken from their looks."""
    places: Mapping[str, int]
    """Keys of its elements with their places, the first of equal ones only."""
    values: bool = False
    """Whether numbers are compared by their value."""

    def __contains__(self, item: str) -> bool:
        return item in self.places

    def __len__(self) -> int:
        return len(self.places)


def golds(gold: Gold, form: str = "", *, values: bool = False) -> Golds:
    """A gold under a stated form, or under that which it looks like.

    Raises UserError for what is no form of a list.

    >>> golds(["Trinidad and Tobago", "Peru"]).form, golds(["Doc 7 and Doc 2"]).places
    ('line', {'doc 2 & doc 7': 0})
    """
    if form and form not in OF_LISTS:
        known = f"A list has one of: {', '.join(OF_LISTS)}." if form in FORMS else ""
        raise UserError(
            f'the elements of a list have no form "{form}"',
            remedy=known or did_you_mean(form, OF_LISTS),
        )
    return _golds(gold if isinstance(gold, str) else tuple(gold), form, values)


@lru_cache(maxsize=4096)
def _golds(gold: str | tuple[str, ...], form: str, values: bool) -> Golds:
    elements = gold_elements(gold)
    form = form or _form(elements)
    keys = dict.fromkeys(_own(element, form) for element in elements)
    if values:
        keys = dict.fromkeys(map(by_value, keys))
    return Golds(form, {item: place for place, item in enumerate(keys)}, values)


def gold_elements(gold: Gold) -> tuple[str, ...]:
    """The elements of a gold as they stand; a string has one a line. Blank ones are none."""
    elements = gold.split("\n") if isinstance(gold, str) else map(str, gold)
    return tuple(element for element in elements if element.strip())


def _own(element: str, form: str) -> str:
    """The key of a gold's element: that which the same text has in an answer."""
    text = normalise_line(plain(element))
    if is_plain(text):
        return element_key(text)
    read = pieces(text, form)
    return read[0].core if len(read) == 1 else element_key(text)


def _form(elements: Sequence[str]) -> str:
    texts = [normalise_line(plain(element)) for element in elements]
    if all(map(is_plain, texts)):
        return ITEM
    if all(map(_is_pair, texts)):
        return PAIR
    return ITEM if all(map(_is_item, texts)) else LINE


def _is_pair(text: str) -> bool:
    if is_plain(text) or "," in text:
        return False
    found = pairs(text)
    return len(found) == 1 and len(found[0]) == 2 and alike(*found[0])


def _is_item(text: str) -> bool:
    """Whether a reader that knows no gold takes all of a text as one element."""
    if is_plain(text) or states_nothing([element_key(text)]):
        return True
    read = pieces(text, ITEM)
    return len(read) == 1 and _letters(read[0].core) == _letters(text) and not is_sentence(text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def listed(text: str, gold: Golds) -> tuple[str, ...]:
    """Distinct elements of an answer, in order: the key of the gold that one is, or its own.

    >>> listed("[Answer] Bergen, Oslo (Norway) and Bergen", golds(["Oslo"]))
    ('bergen', 'oslo')
    """
    stretch = answer_text(text)
    if stretch is None:
        return ()
    found: dict[str, None] = {}
    read: Iterable[Piece] = pieces(stretch, gold.form)
    for piece in _by_value(read) if gold.values else read:
        name = next((reading for reading in piece.readings if reading in gold.places), piece.core)
        if piece.nothing and name not in gold.places:
            name = NOTHING
        if name in found:  # named before, in other words: it counts again and earns nothing
            name = f"{name}\n{len(found)}"
        found[name] = None
    return tuple(found)


NOTHING = "none"
"""The key of an element that says there are none."""


def _by_value(read: Iterable[Piece]) -> Iterable[Piece]:
    found: dict[str, Piece] = {}
    for piece in read:
        core = by_value(piece.core)
        if core not in found:
            sole = piece.readings == (piece.core,)
            readings = (core,) if sole else tuple(map(by_value, piece.readings))
            found[core] = Piece(core, readings, piece.nothing)
    return found.values()


def abstention_score(found: Sequence[str]) -> float:
    """The score against a gold without elements: 1 for a stated abstention and no more."""
    return float(bool(found) and states_nothing(item.partition("\n")[0] for item in found))


def grace(n_listed: int, n_gold: int) -> float:
    """The factor for listing too much where order counts: 1 up to twice the gold's size.

    Beyond that, 2 n_gold / n_listed: a remark between the lines costs nothing, a dump all.
    """
    return min(1.0, 2 * n_gold / n_listed) if n_listed else 1.0
