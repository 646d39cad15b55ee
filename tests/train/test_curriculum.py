"""In which order rows are trained on: pure, complete, and what the recipe says."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import support  # noqa: F401  (its Hypothesis profile: the same examples everywhere)
from hypothesis import given
from hypothesis import strategies as st

from golong_data.errors import UserError
from golong_data.rows.canonical import held_out
from golong_data.strict import strict
from golong_data.train.curriculum import Curriculum, Entry, epoch_order, together

ROWS = [
    Entry(
        f"row-{i}",
        task=("math", "f1", "ndcg")[i % 3],
        capability=("numbers", "sets", "order")[i % 3],
        difficulty=("easy", "medium", "hard")[i * 7 % 3],
        n_tokens=1000 + 37 * (i * 61 % 200),
    )
    for i in range(200)
]


def curriculum(**keys: Any) -> Curriculum:
    """As a recipe would have it."""
    found: Curriculum = strict(Curriculum, keys, where="test")
    return found


@pytest.mark.parametrize("by", ["none", "length", "difficulty", "capability"])
def test_an_epoch_holds_every_row_once_and_is_the_same_each_time(by: str) -> None:
    """However it is ordered; other seeds and epochs have other orders."""
    chosen = curriculum(by=by, first=["sets"] if by == "capability" else [])
    order = epoch_order(ROWS, chosen, seed=3, epoch=0)
    assert sorted(order) == list(range(len(ROWS)))
    assert order == epoch_order(ROWS, chosen, seed=3, epoch=0)
    assert order != epoch_order(ROWS, chosen, seed=4, epoch=0)
    assert order != epoch_order(ROWS, chosen, seed=3, epoch=1)


def test_short_rows_come_before_long_ones() -> None:
    """Nothing but the shortest fifth at first; lengths grow; later epochs are shuffled."""
    chosen = curriculum(by="length", start=0.2, until=0.8)
    lengths = [ROWS[i].n_tokens for i in epoch_order(ROWS, chosen, seed=0, epoch=0)]
    limit = sorted(row.n_tokens for row in ROWS)[50]
    assert max(lengths[:10]) <= limit
    quarters = [sum(lengths[i : i + 50]) / 50 for i in range(0, 200, 50)]
    assert quarters == sorted(quarters)
    plain = [ROWS[i].n_tokens for i in epoch_order(ROWS, chosen, seed=0, epoch=1)]
    assert max(plain[:10]) > limit


def test_easy_rows_come_before_hard_ones_and_capabilities_as_listed() -> None:
    """Where the first third is open at first and the rest opens at the end."""
    easy = curriculum(by="difficulty", start=0.3, until=1.0)
    order = epoch_order(ROWS, easy, seed=0, epoch=0)
    assert Counter(ROWS[i].difficulty for i in order[:20])["easy"] >= 18
    first = curriculum(by="capability", first=["order", "sets"], start=0.3, until=1.0)
    order = epoch_order(ROWS, first, seed=0, epoch=0)
    assert Counter(ROWS[i].capability for i in order[:20])["order"] >= 18


def test_weights_say_how_often_rows_come() -> None:
    """Whole numbers are kept exactly, fractions on average, 0 leaves out."""
    chosen = curriculum(weights={"sets": 2.5, "order": 0.0})
    counts = Counter(epoch_order(ROWS, chosen, seed=0, epoch=0))
    of = {
        name: [counts[i] for i, r in enumerate(ROWS) if r.capability == name]
        for name in ("numbers", "sets", "order")
    }
    assert set(of["numbers"]) == {1}
    assert set(of["sets"]) == {2, 3}
    assert 2.2 < sum(of["sets"]) / len(of["sets"]) < 2.8
    assert set(of["order"]) == {0}


@given(
    st.lists(st.sampled_from("abc"), max_size=40).flatmap(
        lambda tasks: st.tuples(st.just(tasks), st.permutations(range(len(tasks))))
    ),
    st.integers(1, 5),
)
def test_runs_of_a_task_are_whole_until_rows_run_out(
    drawn: tuple[list[str], list[int]], k: int
) -> None:
    """Every row once; runs of k of one task, then what is left over."""
    tasks, order = drawn
    found = together(order, tasks, k)
    assert sorted(found) == sorted(order)
    whole = sum(count // k for count in Counter(tasks).values())
    for number in range(whole):
        assert len({tasks[i] for i in found[number * k : (number + 1) * k]}) == 1


def test_the_held_out_side_of_a_row_depends_on_its_id_alone() -> None:
    """About the share asked for, and what is held out at a small share is so at a larger one."""
    names = [f"row-{i}" for i in range(5000)]
    few = {name for name in names if held_out(name, 0.05)}
    many = {name for name in names if held_out(name, 0.2)}
    assert 0.04 < len(few) / 5000 < 0.06
    assert few < many
    assert not any(held_out(name, 0.0) for name in names)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"bye": "length"}, 'Did you mean "by"'),
        ({"by": "lenght"}, 'Did you mean "length"'),
        ({"start": 0.0}, "start lies above 0"),
        ({"by": "capability"}, "needs the key first"),
        ({"weights": {"sets": -1.0}}, "not negative"),
    ],
)
def test_a_curriculum_that_makes_no_sense_is_refused(keys: dict[str, Any], message: str) -> None:
    """With the key and what to do."""
    with pytest.raises(UserError) as error:
        curriculum(**keys)
    assert message in str(error.value)
