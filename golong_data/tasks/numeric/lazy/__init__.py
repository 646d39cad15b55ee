"""What could be an answer, and what readers state who do not want to compute.

A module a generator, with its `candidates` and its `READERS`. They parse what a prompt prints,
as solvers do, and then leave out a step.

The answers of aggregate, join, report and ledger (`COMPUTED`) are sums, means, shares, changes and
balances, which stand in no context: their candidates are the numbers that the tables asked about
print, which is what a reader sees who does not compute, and the gold is among them by chance
alone, or where it is the median of an odd number of rows. The candidates of `count` are all
counts that are possible, so its gold always is.
"""

from __future__ import annotations

COMPUTED = frozenset({"aggregate", "join", "report", "ledger"})
"""Generators whose golds need not be among their candidates."""
