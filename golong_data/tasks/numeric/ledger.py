"""Running balance over a long ledger whose pages are scattered through the context."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from golong_data.contexts.stitch import Block
from golong_data.contexts.workspace import Workspace
from golong_data.material import exact
from golong_data.material.record_sets import companies, people
from golong_data.material.tables import table_block
from golong_data.solving import reading
from golong_data.tasks.forms import VALUE, ask, compose
from golong_data.tasks.numeric.config import NumericConfig
from golong_data.types import Column, Draft, Refused, Table

_ACCOUNTS = ("Operations", "Payroll", "Maintenance", "Travel", "Projects")
_PURPOSES = "Invoice Refund Rent Supplies Consulting Insurance Transport Repairs Training".split()
ENTRY_TOKENS = 62
"""Rough cost of one rendered entry."""

_COLUMNS = (
    Column("Entry", False),
    Column("Date", False),
    Column("Account", False),
    Column("Description", False),
    Column("Credit (US$)", True, "US$", 2),
    Column("Debit (US$)", True, "US$", 2),
    Column("Status", False),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger; `cents` is positive for a credit."""

    number: int
    when: date
    account: str
    description: str
    cents: int
    void: bool

    def cells(self) -> tuple[str, ...]:
        amount = f"{abs(self.cents) // 100}.{abs(self.cents) % 100:02}"
        sides = (amount, "") if self.cents > 0 else ("", amount)
        status = "void" if self.void else "posted"
        return (
            f"E-{self.number:04}",
            self.when.isoformat(),
            self.account,
            self.description,
            *sides,
            status,
        )


def generate(work: Workspace, config: NumericConfig) -> Draft:
    """Several accounts interleaved over several pages; one account's balance is asked for."""
    rng = work.rng
    most = min(config.entries[1], work.ctx * 3 // 8 // ENTRY_TOKENS)
    if most < 8:
        raise Refused("a ledger does not fit in so short a context")
    n = rng.randint(min(config.entries[0], most), most)
    accounts = rng.sample(_ACCOUNTS, 2 if config.level == "easy" else 3)
    owner, other = rng.sample(companies(), 2)
    entries = _entries(work, n, accounts, voids=config.level != "easy")
    opening = {account: rng.randint(50_000, 9_000_000) for account in accounts}
    account = rng.choice(accounts)
    mine = [e for e in entries if e.account == account]
    if len(mine) < 4:
        raise Refused("too few entries in the account")
    last = mine[rng.randint(max(3, len(mine) // 2), len(mine) - 1)]
    counted = [e for e in mine if e.number <= last.number and not e.void]
    if last.void or len(counted) < 3:
        raise Refused("the last entry does not count")
    gold = exact.written(Fraction(opening[account] + sum(e.cents for e in counted), 100), 2)
    blocks = _pages(work, owner, entries, opening, account, {e.number for e in counted})
    if config.distractors > 1:
        # Another company's ledger with the same accounts and entry numbers.
        copy = _entries(work, n // 3, accounts, voids=True, start=entries[n // 3].number)
        blocks += _pages(work, other, copy, opening, "", set())
    question = ask(
        VALUE,
        config,
        f"Use only the ledger of {owner}, which is kept on several pages. What is the "
        f'balance of its account "{account}" after entry E-{last.number:04}? Start from the '
        "opening balance, add the credits, subtract the debits, and leave out void entries.",
        "Give the answer in US$, to the cent.",
    )
    return compose(
        work,
        config,
        question,
        blocks,
        gold,
        forbidden=(f"Ledger of {owner}",),
        metric=exact.metric(None, "US$"),
    )


def _entries(
    work: Workspace, n: int, accounts: Sequence[str], *, voids: bool, start: int | None = None
) -> list[Entry]:
    rng = work.rng
    day = date(rng.randint(2015, 2024), rng.randint(1, 12), rng.randint(1, 28))
    number = rng.randint(100, 4_000) if start is None else start
    entries = []
    for _ in range(n):
        day += timedelta(days=rng.randint(0, 3))
        number += rng.choice((1, 1, 1, 2))
        cents = rng.randint(1_000, 400_000) * rng.choice((1, -1, -1))
        what = f"{rng.choice(_PURPOSES)}, {rng.choice(people())}"
        void = voids and rng.random() < 0.12
        entries.append(Entry(number, day, rng.choice(accounts), what, cents, void))
    return entries


def _pages(
    work: Workspace,
    owner: str,
    entries: Sequence[Entry],
    opening: Mapping[str, int],
    account: str,
    counted: set[int],
) -> list[Block]:
    """Opening balances and pages of entries, in order, one written form for all.

    Evidence are the opening balance of `account` and the counted entries.
    """
    rng = work.rng
    form = rng.choice(["csv", "html", "json_lines", "markdown"])
    balances = Table(
        f"Ledger of {owner}, opening balances",
        (Column("Account", False), Column("Opening balance (US$)", True, "US$", 2)),
        tuple(
            (name, f"{cents // 100}.{cents % 100:02}") for name, cents in sorted(opening.items())
        ),
    )
    rows = [r for r, name in enumerate(sorted(opening)) if name == account]
    series = f"ledger/{owner}"
    blocks = [table_block(work, f"generated/{series}#0", balances, rows, form=form, series=series)]
    n_pages = max(2, min(12, len(entries) // 12))
    size = -(-len(entries) // n_pages)
    pages = [entries[i : i + size] for i in range(0, len(entries), size)]
    for k, page in enumerate(pages, start=1):
        table = Table(
            f"Ledger of {owner}, page {k} of {len(pages)}",
            _COLUMNS,
            tuple(entry.cells() for entry in page),
        )
        rows = [r for r, e in enumerate(page) if e.number in counted]
        blocks.append(
            table_block(work, f"generated/{series}#{k}", table, rows, form=form, series=series)
        )
    return blocks


# --- the independent solver ---------------------------------------------------------------

_ASKED = re.compile(
    r'^Use only the ledger of (.+?), which is kept .* its account "([^"]+)" after entry (E-\d+)\?'
)


def solve(question: str, documents: Mapping[str, str]) -> str | None:
    """Adds up the pages' text alone."""
    asked = _ASKED.match(question)
    if not asked:
        return None
    owner, account, last = asked.groups()
    balance: Fraction | None = None
    found: set[str] = set()
    for title, text in documents.items():
        if not title.startswith(f"Ledger of {owner}, "):
            continue
        for row in reading.table(text).rows:
            if row.get("Account") != account:
                continue
            if "Opening balance (US$)" in row:
                balance = (balance or Fraction()) + (
                    reading.number(row["Opening balance (US$)"]) or 0
                )
                continue
            number = row.get("Entry", "")
            # Entry numbers have one width, so their order is that of their text.
            if number <= last and row.get("Status") != "void":
                found.add(number)
                credit = reading.number(row.get("Credit (US$)", "")) or Fraction()
                debit = reading.number(row.get("Debit (US$)", "")) or Fraction()
                balance = (balance or Fraction()) + credit - debit
    return None if balance is None or last not in found else reading.written(balance, 2)
