"""Made-up ledgers: accounts that one company keeps together, on several pages."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from golong_data.contexts.stitch import Block
from golong_data.contexts.workspace import Workspace
from golong_data.material.exact import pointed
from golong_data.material.record_sets import people
from golong_data.material.tables import table_block
from golong_data.types import Column, Table
from golong_data.words import words

ENTRY_COST = 62
"""Rough tokens of one rendered entry."""

PAGES = (2, 12)
"""Pages of entries, fewest and most."""

PAGE = 12
"""Entries of a page, as far as PAGES allow."""

VOID = 0.12
"""Share of entries that are void, where some are."""

FORMS = ("csv", "html", "json_lines", "markdown")
"""Written forms of its pages."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a ledger says in one language."""

    heading: str
    """What the titles of all pages start with."""
    opening: str
    """The title of the balances that it starts from."""
    page: str
    balances: tuple[str, str]
    """Headers of accounts and their opening balances."""
    columns: tuple[str, ...]
    """Headers of entries: number, date, account, description, credit, debit, status."""
    unit: str
    posted: str
    void: str
    accounts: tuple[str, ...]
    description: str
    purposes: tuple[str, ...]


def told_in(language: str) -> Words:
    """The words of one language."""
    return words(Words, "material/ledgers", "writes")[language]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a ledger."""

    number: int
    when: date
    account: str
    description: str
    cents: int
    """Positive for a credit."""
    void: bool

    @property
    def name(self) -> str:
        return f"E-{self.number:04}"


@dataclass(frozen=True, slots=True)
class Ledger:
    """Accounts that are kept together."""

    owner: str
    opening: Mapping[str, int]
    """Account -> cents before the first entry."""
    entries: tuple[Entry, ...]
    """In the order of their numbers."""

    def counted(self, account: str, last: Entry) -> list[Entry]:
        """Entries that an account's balance after one of them rests on."""
        own = (e for e in self.entries if e.account == account and not e.void)
        return [entry for entry in own if entry.number <= last.number]

    def balance(self, account: str, last: Entry) -> Fraction:
        """What an account holds after an entry."""
        cents = sum(entry.cents for entry in self.counted(account, last))
        return Fraction(self.opening[account] + cents, 100)


def drawn(
    n: int,
    accounts: Sequence[str],
    language: str,
    rng: random.Random,
    *,
    voids: bool,
    start: int | None = None,
) -> tuple[Entry, ...]:
    """n entries of these accounts, numbered from `start` on or from anywhere."""
    told, names = told_in(language), people(language)
    day = date(rng.randint(2015, 2024), rng.randint(1, 12), rng.randint(1, 28))
    number = rng.randint(100, 4_000) if start is None else start
    entries = []
    for _ in range(n):
        day += timedelta(days=rng.randint(0, 3))
        number += rng.choice((1, 1, 1, 2))
        cents = rng.randint(1_000, 400_000) * rng.choice((1, -1, -1))
        what = told.description.format(purpose=rng.choice(told.purposes), person=rng.choice(names))
        void = voids and rng.random() < VOID
        entries.append(Entry(number, day, rng.choice(accounts), what, cents, void))
    return tuple(entries)


# --- pages --------------------------------------------------------------------------------


def pages(
    work: Workspace,
    ledger: Ledger,
    language: str,
    account: str = "",
    counted: Sequence[Entry] = (),
) -> list[Block]:
    """Opening balances and pages of entries, in order, one written form for all.

    Evidence are the opening balance of `account` and the counted entries.
    """
    told = told_in(language)
    form = work.rng.choice(FORMS)
    series = f"ledger/{ledger.owner}"
    heading = told.heading.format(owner=ledger.owner)
    balances = [r for r, name in enumerate(sorted(ledger.opening)) if name == account]
    tables = [(_balances(told.opening.format(heading=heading), ledger, told), balances)]
    n = max(PAGES[0], min(PAGES[1], len(ledger.entries) // PAGE))
    size = -(-len(ledger.entries) // n)
    cuts = [ledger.entries[i : i + size] for i in range(0, len(ledger.entries), size)]
    for k, page in enumerate(cuts, start=1):
        title = told.page.format(heading=heading, page=k, pages=len(cuts))
        rows = [r for r, entry in enumerate(page) if entry in counted]
        tables.append((_page(title, page, told), rows))
    return [
        table_block(work, f"generated/{series}#{k}", table, rows, form=form, series=series)
        for k, (table, rows) in enumerate(tables)
    ]


def _balances(title: str, ledger: Ledger, told: Words) -> Table:
    account, balance = told.balances
    columns = (Column(account, False), Column(balance, True, told.unit, 2))
    stated = sorted(ledger.opening.items())
    return Table(title, columns, tuple((name, pointed(cents, 2)) for name, cents in stated))


def _page(title: str, entries: Sequence[Entry], told: Words) -> Table:
    *texts, credit, debit, status = told.columns
    columns = (
        *(Column(name, False) for name in texts),
        *(Column(name, True, told.unit, 2) for name in (credit, debit)),
        Column(status, False),
    )
    return Table(title, columns, tuple(_cells(entry, told) for entry in entries))


def _cells(entry: Entry, told: Words) -> tuple[str, ...]:
    amount = pointed(abs(entry.cents), 2)
    return (
        entry.name,
        entry.when.isoformat(),
        entry.account,
        entry.description,
        *((amount, "") if entry.cents > 0 else ("", amount)),
        told.void if entry.void else told.posted,
    )
