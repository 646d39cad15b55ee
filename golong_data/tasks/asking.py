"""How an answer is asked for: the marker, one element a line, an example that is not the answer.

The words stand in the templates, one per task and language; what changes from row to row
are these variables: `question`, `answer_format` (what an element is), `example` (lines that
show the form) and `mode`, which is "thinking" or "direct".
"""

from __future__ import annotations

from collections.abc import Sequence

MARKERS = {"en": "[Answer]", "zh": "[答案]"}
"""Stands on a line of its own before the answer, by language."""


def ask(
    question: str, answer_format: str, example: Sequence[str], *, thinking: bool = True
) -> dict[str, str]:
    """The variables of a template. `example` must differ from the gold; see `differs`."""
    return {
        "question": question,
        "answer_format": answer_format,
        "example": "\n".join(example),
        "mode": "thinking" if thinking else "direct",
    }


def differs(example: Sequence[str], gold: str | Sequence[str]) -> bool:
    """Whether an example shares no element with the gold, case aside."""
    golds = {gold.casefold()} if isinstance(gold, str) else {g.casefold() for g in gold}
    return golds.isdisjoint(e.casefold() for e in example)
