"""Running balance over a long ledger whose pages are scattered through the context."""

from __future__ import annotations

import random
from collections.abc import Sequence

from golong_data.contexts.budget import Share
from golong_data.contexts.workspace import Workspace
from golong_data.material.exact import written
from golong_data.material.ledgers import ENTRY_COST, Ledger, drawn, pages, told_in
from golong_data.material.record_sets import companies
from golong_data.tasks.generators import is_prose
from golong_data.tasks.numeric.answers import Answer, answered
from golong_data.tasks.numeric.config import NumericConfig
from golong_data.tasks.numeric.lazy import ledger as lazy
from golong_data.tasks.numeric.solve.ledger import WORDS, solve
from golong_data.tasks.numeric.solve.questions import Asks
from golong_data.types import Draft, Generator, Refused
from golong_data.words import words

ROOM = Share(3, 8)

FEWEST = 8
"""Entries that a context must have room for."""


def make(work: Workspace, config: NumericConfig) -> Draft:
    """Several accounts interleaved over several pages; one account's balance is asked for."""
    rng, language, easy = work.rng, config.language, config.level == "easy"
    told = told_in(language)
    most = ROOM.pieces(work.ctx, ENTRY_COST, config.entries[1])
    if most < FEWEST:
        raise Refused("a ledger does not fit in so short a context")
    n = rng.randint(min(config.entries[0], most), most)
    accounts = rng.sample(told.accounts, 2 if easy else 3)
    owner, other = rng.sample(companies(language), 2)
    entries = drawn(n, accounts, language, rng, voids=not easy)
    ledger = Ledger(owner, _opening(accounts, rng), entries)
    account = rng.choice(accounts)
    mine = [entry for entry in entries if entry.account == account]
    if len(mine) < 4:
        raise Refused("too few entries in the account")
    last = mine[rng.randint(max(3, len(mine) // 2), len(mine) - 1)]
    counted = ledger.counted(account, last)
    if last.void or len(counted) < 3:
        raise Refused("the last entry does not count")
    blocks = pages(work, ledger, language, account, counted)
    if config.distractors > 1:
        # Another company's ledger with the same accounts and entry numbers.
        start = entries[n // 3].number
        copy = drawn(n // 3, accounts, language, rng, voids=True, start=start)
        blocks += pages(work, Ledger(other, _opening(accounts, rng), copy), language)
    return answered(
        work,
        config,
        words(Asks, WORDS, "asks")[language],
        "balance",
        {"owner": owner, "account": account, "entry": last.name},
        blocks,
        Answer(written(ledger.balance(account, last), 2), unit=told.unit),
        forbidden=(told.heading.format(owner=owner),),
    )


def _opening(accounts: Sequence[str], rng: random.Random) -> dict[str, int]:
    """Cents that each account holds before the first entry."""
    return {account: rng.randint(50_000, 9_000_000) for account in accounts}


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="any prose, as filler",
    serves=is_prose,
    words=WORDS,
    candidates=lazy.candidates,
    lazy=lazy.READERS,
)
