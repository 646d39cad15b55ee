"""Budgets: how many pieces a share of a context affords, and how long each may be."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a context's tokens, as an exact fraction: Share(7, 10).

    >>> Share(7, 10).tokens(4096)
    2867
    """

    numerator: int
    denominator: int

    def tokens(self, ctx: int) -> int:
        """The whole tokens of it."""
        return int(ctx * Fraction(self.numerator, self.denominator))

    def pieces(self, ctx: int, cost: int, most: int | None = None) -> int:
        """How many pieces of `cost` tokens it holds, at most `most`."""
        n = self.tokens(ctx) // cost
        return n if most is None else min(n, most)

    def each(self, ctx: int, n: int, least: int, most: int) -> int:
        """Tokens for each of `n` pieces that share it, within bounds."""
        return within(self.tokens(ctx) // max(n, 1), least, most)


def within(value: int, least: int, most: int) -> int:
    """The value, or the bound that it passes."""
    return min(max(value, least), most)
