"""Whether a gold can be scored fairly: asked when a row is built, never when it is scored.

A gold with duplicates, without content, at odds with itself or unreadable makes a reward that
no answer, or a wrong one, can earn in full. Such rows are refused with the reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import factorial
from typing import Any

from golong_data.metrics import METRICS, score
from golong_data.metrics.choices import gold_letters
from golong_data.metrics.elements import Gold, is_abstention, key
from golong_data.metrics.iou import read_gold
from golong_data.metrics.keys import by_value
from golong_data.metrics.math import verify
from golong_data.metrics.words import is_chinese, words

LEAST_IN_ORDER = 4
"""Elements that an order has at least: of fewer, too many guesses are right (see `shape`)."""
LISTS = frozenset({"f1", "ndcg", "pairwise", "subem"})
"""Metrics whose gold is a list with one element a line."""


def gold_problem(
    name: str, gold: Gold, args: Mapping[str, Any] | None = None, form: str = ""
) -> str | None:
    """Why a gold is refused under a metric with these arguments; None where it is sound.

    A gold of no elements is refused as well: the answer that there is nothing to list is a
    gold of its own, such as ["None"]. Raises UserError for a metric or an argument that does
    not exist.

    >>> gold_problem("f1", ["Oslo", "oslo."]), gold_problem("f1", ["None"])
    ('duplicate: "oslo." is "Oslo" again', None)
    """
    args = {**(args or {}), "form": form} if form else args or {}
    elements = [gold] if isinstance(gold, str) else list(map(str, gold))
    problem = None
    if name in METRICS:
        problem = _no_content(elements)
        if problem is None and name in LISTS:
            problem = _bad_list(name, elements)
        elif problem is None:
            problem = _bad_value(name, gold, elements, args)
    if problem is not None:
        return problem
    earned = score(render_gold(name, gold), gold, name, **args)
    return None if earned >= 1 - 1e-9 else f"scores {earned:g} under its own metric"


def render_gold(name: str, gold: Gold) -> str:
    """The gold as the answer that our prompts ask for.

    >>> render_gold("f1", ["Oslo", "Bergen"]), render_gold("selection", "B")
    ('[Answer]\\nOslo\\nBergen', 'The correct answer is (B)')
    """
    elements = [gold] if isinstance(gold, str) else list(map(str, gold))
    if name == "math":
        return rf"\boxed{{{elements[0]}}}" if elements else ""
    if name == "selection":
        letters = "".join(sorted(gold_letters(gold)))
        return f"The correct answer is ({letters})"
    if name in ("exact_match", "rouge_l"):  # of alternatives the first one
        elements = elements[:1]
    return "[Answer]\n" + "\n".join(elements)


def _no_content(elements: Sequence[str]) -> str | None:
    if not elements:
        return "empty: there are no elements"
    blank = sum(not element.strip() for element in elements)
    return f"empty: {blank} of {len(elements)} elements are blank" if blank else None


def _bad_list(name: str, elements: Sequence[str]) -> str | None:
    seen: dict[str, str] = {}
    for element in elements:
        if "\n" in element.strip():
            return f"unreadable: {_quote(element)} has several lines"
        folded = by_value(key(element)) if name == "subem" else key(element)
        if folded in seen:
            return f"duplicate: {_quote(element)} is {_quote(seen[folded])} again"
        seen[folded] = element
    nothing = [element for folded, element in seen.items() if is_abstention([folded])]
    if nothing and (len(seen) > 1 or name in ("ndcg", "pairwise")):
        return f"contradiction: {_quote(nothing[0])} in a list of elements"
    if len(seen) < 2 and name in ("ndcg", "pairwise"):
        return "contradiction: a single element has no order"
    if len(seen) < LEAST_IN_ORDER and name in ("ndcg", "pairwise"):
        return (
            f"chance: {len(seen)} elements come in order by luck, 1 time in {factorial(len(seen))}"
        )
    return None


def _bad_value(
    name: str, gold: Gold, elements: Sequence[str], args: Mapping[str, Any]
) -> str | None:
    if name in ("accuracy", "selection"):
        each = [gold_letters(element) for element in elements]
        if not all(each):
            return f"unreadable: {_quote(elements[each.index(frozenset())])} names no option"
        letters = frozenset().union(*each)
        if sum(map(len, each)) > len(letters):
            return "duplicate: an option is named twice"
        if name == "selection" and len(letters) > 1:
            return f"contradiction: {len(letters)} options where one is asked for"
    elif name == "iou":
        table = read_gold(gold)
        if table is None:
            return 'unreadable: no JSON object with "columns" and "data"'
        if len(set(table.columns)) < len(table.columns):
            return "duplicate: two columns have one name"
        if None in table.rows:
            return "unreadable: a row has not one cell a column"
    elif name == "rouge_l":
        language = str(args.get("language", ""))
        if not all(words(text, is_chinese(text, language)) for text in elements):
            return "empty: a reference has no words"
    elif name == "math":
        if len(elements) > 1:
            return f"contradiction: {len(elements)} values where one is asked for"
        # Text that is no expression would still be met by the same text.
        if verify(r"\boxed{0}", elements[0], **args).reason == "gold":
            return f"unreadable: {_quote(elements[0])} is neither number nor expression"
    return None


def _quote(text: str) -> str:
    text = " ".join(text.split())
    return f'"{text if len(text) <= 60 else text[:57] + "..."}"'
