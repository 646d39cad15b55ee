"""What the published metrics share: the gate, the answer area and its lines."""

from __future__ import annotations

from collections.abc import Sequence

Gold = str | Sequence[str]


def passes_gate(text: str) -> bool:
    """Whether a completion is scored at all: it has thought once, and has ended it.

    >>> passes_gate("<think>x</think>y"), passes_gate("y"), passes_gate("x</think>y</think>z")
    (True, False, False)
    """
    return text.count("</think>") == 1 and text.count("<think>") <= 1


def behind_thinking(text: str) -> str:
    """Everything behind the last ``</think>``."""
    return text.rpartition("</think>")[2]


def normal(text: str) -> str:
    """Lower case, single spaces."""
    return " ".join(text.lower().split())


def answer_area(text: str) -> str:
    """What follows the last marker, the English one first; the whole text without one."""
    for marker in ("[Answer]", "[答案]"):
        if marker in text:
            return text.rpartition(marker)[2].strip()
    return text.strip()


def lines(text: str) -> list[str]:
    """The lines of the answer area, blank ones included.

    >>> lines("<think>x</think>**[Answer]**\\nPart 1\\n\\nPart 2")
    ['**', 'part 1', '', 'part 2']
    """
    return [normal(line) for line in answer_area(text).split("\n")]


def gold_list(gold: Gold) -> list[str]:
    """The elements of a gold of several, in normal form."""
    return [normal(str(item)) for item in ([gold] if isinstance(gold, str) else gold)]


def gold_string(gold: Gold) -> str:
    """A gold that is one string; of a list the last entry."""
    if isinstance(gold, str):
        return gold
    return str(gold[-1]) if gold else ""
