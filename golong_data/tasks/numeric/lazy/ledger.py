"""Balances, taken off a ledger without adding it up, or with one clause left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from golong_data.solving import reading
from golong_data.solving.numbers import number
from golong_data.solving.tables import Read, table
from golong_data.tasks.numeric.lazy import stated
from golong_data.tasks.numeric.solve.ledger import WORDS, Cues, reads
from golong_data.tasks.numeric.solve.questions import Asks, Query
from golong_data.words import words

Asked = Query[Asks]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of any page."""

    owner: str
    account: str
    entry: str
    """Empty for an opening balance."""
    amount: Fraction
    """What it adds to the balance."""
    void: bool


def _tables(query: Asked, prompt: str) -> Iterator[tuple[str, Read]]:
    """(owner, page) of every page of every ledger."""
    title = words(Cues, WORDS, "reads")[query.language].title
    for heading, text in reading.documents(prompt).items():
        if page := title.match(heading):
            yield page[1], table(text)


def _lines(query: Asked, prompt: str) -> Iterator[Line]:
    cues = words(Cues, WORDS, "reads")[query.language]
    for owner, page in _tables(query, prompt):
        for row in page.rows:
            added, taken = (
                sum((number(row.get(name, "")) or Fraction() for name in names), Fraction())
                for names in ((cues.opening, cues.credit), (cues.debit,))
            )
            entry, void = row.get(cues.entry, ""), row.get(cues.status) == cues.void
            yield Line(owner, row.get(cues.account, ""), entry, added - taken, void)


def _balance(query: Asked, prompt: str, counts: Callable[[Line], bool]) -> Fraction:
    return sum((line.amount for line in _lines(query, prompt) if counts(line)), Fraction())


def _own(query: Asked, line: Line) -> bool:
    """Whether a line is of the account asked about."""
    return (line.owner, line.account) == (query.fields["owner"], query.fields["account"])


def _opening(query: Asked, prompt: str) -> Fraction:
    return _balance(query, prompt, lambda line: _own(query, line) and not line.entry)


def _of_the_entry(query: Asked, prompt: str) -> Fraction:
    """The amount of the entry that is named."""
    last = query.fields["entry"]
    return abs(_balance(query, prompt, lambda line: _own(query, line) and line.entry == last))


def _opening_and_entry(query: Asked, prompt: str) -> Fraction:
    """The opening balance and the one entry that is named."""
    ends = ("", query.fields["entry"])
    return _balance(query, prompt, lambda line: _own(query, line) and line.entry in ends)


def _void_too(query: Asked, prompt: str) -> Fraction:
    last = query.fields["entry"]
    return _balance(query, prompt, lambda line: _own(query, line) and line.entry <= last)


def _to_the_end(query: Asked, prompt: str) -> Fraction:
    """All of the account, whatever entry is named."""
    return _balance(query, prompt, lambda line: _own(query, line) and not line.void)


def _without_opening(query: Asked, prompt: str) -> Fraction:
    last = query.fields["entry"]
    return _balance(
        query,
        prompt,
        lambda line: _own(query, line) and "" < line.entry <= last and not line.void,
    )


def _opening_of_another(query: Asked, prompt: str) -> Fraction | None:
    """The entries are its own, the opening balance is that of an account so named elsewhere."""
    owner, account = query.fields["owner"], query.fields["account"]
    for line in _lines(query, prompt):
        if line.account == account and line.owner != owner and not line.entry:
            return line.amount + _without_opening(query, prompt)
    return None


def _every_owner(query: Asked, prompt: str) -> Fraction:
    """The account by its name, in whoever's ledger."""
    account, last = query.fields["account"], query.fields["entry"]
    return _balance(
        query,
        prompt,
        lambda line: line.account == account and line.entry <= last and not line.void,
    )


def _credits_alone(query: Asked, prompt: str) -> Fraction:
    last = query.fields["entry"]
    return _balance(
        query,
        prompt,
        lambda line: _own(query, line) and line.entry <= last and not line.void and line.amount > 0,
    )


def _printed(query: Asked, prompt: str) -> list[str]:
    owner = query.fields["owner"]
    return stated.printed(page for of, page in _tables(query, prompt) if of == owner)


candidates = stated.candidates(reads, _printed)
"""The numbers on the pages of the ledger asked about; the answer is computed."""

READERS = stated.readers(
    reads,
    {
        "opening balance": _opening,
        "amount of the entry": _of_the_entry,
        "opening and that entry": _opening_and_entry,
        "void entries too": _void_too,
        "to the end of the ledger": _to_the_end,
        "without the opening": _without_opening,
        "opening of another ledger": _opening_of_another,
        "in every ledger": _every_owner,
        "credits alone": _credits_alone,
    },
)
