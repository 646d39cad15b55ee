"""Shares of a context, and edits that move what is marked."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from golong_data.contexts.budget import Share, within
from golong_data.contexts.edits import Edit, edited

CTX = st.integers(0, 2_000_000)


@given(CTX, st.integers(1, 99), st.integers(1, 99), st.integers(1, 5_000), st.integers(0, 400))
def test_pieces_never_take_more_than_their_share(
    ctx: int, over: int, under: int, cost: int, most: int
) -> None:
    """And one more would."""
    share = Share(over, under)
    n = share.pieces(ctx, cost)
    assert n * cost <= ctx * Fraction(over, under) < (n + 1) * cost
    assert share.pieces(ctx, cost, most) == min(n, most)


@given(CTX, st.integers(0, 500), st.integers(1, 300), st.integers(0, 900))
def test_each_piece_lies_within_its_bounds(ctx: int, n: int, least: int, more: int) -> None:
    """Whatever the length, and for no pieces as for one."""
    size = Share(7, 10).each(ctx, n, least, least + more)
    assert least <= size <= least + more
    assert size == within(ctx * 7 // 10 // max(n, 1), least, least + more)


@given(st.data())
def test_marks_move_with_the_text(data: st.DataObject) -> None:
    """A mark that no edit touches gives the same text after as before."""
    text = data.draw(st.text("abc ", min_size=4, max_size=60))
    start = data.draw(st.integers(0, 50))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    a, b, c, d = cuts
    edits = [Edit(start + c, start + d, data.draw(st.text("xyz", max_size=5)))]
    marks = [(start + a, start + b)]
    new, spans = edited(text, edits, marks, start=start)
    assert new == text[:c] + edits[0].text + text[d:]
    if b < c or (b <= c and d > c):
        assert new[slice(*spans[0])] == text[a:b]


def test_a_mark_covers_what_was_edited_in_it() -> None:
    """The new text instead of the old, and an insertion at its very start."""
    new, spans = edited("one two three", [Edit(4, 7, "2"), Edit(8, 8, "and ")], [(4, 7), (8, 13)])
    assert new == "one 2 and three"
    assert [new[slice(*span)] for span in spans] == ["2", "and three"]
