"""Policies that try to earn reward without doing the task.

Each takes a row, all rows beside it and a generator, and gives a completion. A reward that
pays one of them more than the task's stated ceiling is not worth training on.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from golong_data.build.rows import gold_of, prompt_of

Row = Mapping[str, Any]
Policy = Callable[[Row, Sequence[Row], random.Random], str]

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def answer(gold: str | Sequence[str]) -> str:
    """A completion that states an answer as our prompts ask for it."""
    if isinstance(gold, str):
        return f"\\boxed{{{gold}}}"
    return "\n".join(["[Answer]", *gold])


def _empty(row: Row, rows: Sequence[Row], rng: random.Random) -> str:
    return ""


def _refusal(row: Row, rows: Sequence[Row], rng: random.Random) -> str:
    return "I am sorry, but I cannot answer this question."


def _neighbour(row: Row, rows: Sequence[Row], rng: random.Random) -> str:
    """Another row's gold."""
    others = [r for r in rows if r["extra_info"]["id"] != row["extra_info"]["id"]]
    return answer(gold_of(rng.choice(others))) if others else ""


def _commonest(row: Row, rows: Sequence[Row], rng: random.Random) -> str:
    """The gold that is most frequent among the other rows of the same subtask."""
    mine = row["extra_info"]
    golds = Counter(
        gold_of(r)
        for r in rows
        if r["extra_info"]["subtask"] == mine["subtask"] and r["extra_info"]["id"] != mine["id"]
    )
    return answer(min(golds, key=lambda g: (-golds[g], str(g)))) if golds else ""


def _question(row: Row, rows: Sequence[Row], rng: random.Random) -> str:
    return str(row["extra_info"]["question"])


def _echo(row: Row, rows: Sequence[Row], rng: random.Random) -> str:
    """The whole context."""
    return prompt_of(row)


def _thinking_only(row: Row, rows: Sequence[Row], rng: random.Random) -> str:
    """The right answer, but only in the thinking."""
    return f"<think>{answer(gold_of(row))}</think>"


def _a_number_of_the_context(row: Row, rows: Sequence[Row], rng: random.Random) -> str:
    numbers = _NUMBER.findall(prompt_of(row)[-200_000:])
    return answer(rng.choice(numbers)) if numbers else ""


def _last_evidence_number(row: Row, rows: Sequence[Row], rng: random.Random) -> str:
    """A number copied from where the evidence is, without computing."""
    evidence = row["extra_info"]["evidence"]
    numbers = _NUMBER.findall(evidence[-1]["text"]) if evidence else []
    return answer(numbers[-1]) if numbers else ""


def _number_grid(row: Row, rows: Sequence[Row], rng: random.Random) -> str:
    return answer(", ".join(map(str, range(101))))


def _many_boxes(row: Row, rows: Sequence[Row], rng: random.Random) -> str:
    return " ".join(answer(str(n)) for n in range(101))


def _markers(row: Row, rows: Sequence[Row], rng: random.Random) -> str:
    """Markers and boxes with nothing in them."""
    return "[Answer]\n[答案]\n\\boxed{}\nThe final answer is\n" * 20


POLICIES: Mapping[str, Policy] = {
    "empty": _empty,
    "refusal": _refusal,
    "another row's gold": _neighbour,
    "commonest gold": _commonest,
    "question repeated": _question,
    "context echoed": _echo,
    "answer in thinking only": _thinking_only,
    "a number of the context": _a_number_of_the_context,
    "a number of the evidence": _last_evidence_number,
    "number grid": _number_grid,
    "many boxes": _many_boxes,
    "markers": _markers,
}
"""Policies by name."""
