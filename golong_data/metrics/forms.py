"""Forms of an answer: what an answer, or an element of it, is, as its question says it.

A form decides how a text is read, never which answer is right: under one form every text
names the same elements whatever the gold. A question states its form (`MetricSpec.form`); of
rows that do not, it is taken from the looks of the gold as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping

NUMBER = "number"
EXPRESSION = "expression"
ITEM = "item"
PAIR = "pair"
LINE = "line"

FORMS: Mapping[str, str] = {
    NUMBER: "one number, worked out, with or without its unit",
    EXPRESSION: "a mathematical expression, compared by its value",
    ITEM: "a short label or name; several may stand on a line",
    PAIR: "two items whose order does not matter",
    LINE: "whatever stands on a line, commas and all",
}
"""What each form is, by name."""

OF_VALUES = (NUMBER, EXPRESSION)
OF_LISTS = (ITEM, PAIR, LINE)
