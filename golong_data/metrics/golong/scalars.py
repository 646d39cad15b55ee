"""The published metrics for answers that are no lists.

exact_match: everything behind the thinking is the gold, white space around aside.
selection: the first "The correct answer is (X)" behind the thinking, asterisks removed, or
else the first "The correct answer is X"; X from A to D, and where it starts a word, too.
iou: the JSON between the first <answer> and the </answer> after it, or the whole completion,
thinking included; "data" as a multiset of rows compared as str() of each cell; the names in
"columns" are not read; two empty tables score 0.
math: math-verify over the last 500 characters of the completion, thinking included.
retrieval_calculate: right set of documents in <relevant_doc_ids>, and right math in
<continue_reasoning>.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from golong_data.metrics.golong.common import Gold, behind_thinking, gold_string, passes_gate

TAIL = 500
"""Characters at the end of a completion that the math check reads."""
_CHOICES = (
    re.compile(r"The correct answer is \(([A-D])\)"),
    re.compile(r"The correct answer is ([A-D])"),
)
_DOCUMENT = re.compile(r"<\|doc_\d+\|>")


def exact_match(text: str, gold: Gold) -> float:
    """As published: equality of all that is behind the thinking, unfolded."""
    if not passes_gate(text):
        return 0.0
    return float(behind_thinking(text).strip() == gold_string(gold).strip())


def selection(text: str, gold: Gold) -> float:
    """As published: the letter of the first "The correct answer is"."""
    if not passes_gate(text):
        return 0.0
    label = gold_string(gold)
    found = _choice(behind_thinking(text))
    return float(found is not None and found in (label, _choice(label)))


def _choice(text: str) -> str | None:
    text = text.replace("*", "")
    matches = (pattern.search(text) for pattern in _CHOICES)
    return next((match[1] for match in matches if match), None)


def iou(text: str, gold: Gold) -> float:
    """As published: intersection over union of rows, column names aside."""
    if not passes_gate(text):
        return 0.0
    if "<answer>" in text:
        text = text.partition("<answer>")[2].partition("</answer>")[0]
    wanted = _data(gold_string(gold))
    found = _data(text.strip())
    if not isinstance(found, list) or not isinstance(wanted, list):
        return 0.0
    golds, answers = Counter(map(_row, wanted)), Counter(map(_row, found))
    common = sum((golds & answers).values())
    union = len(wanted) + len(found) - common
    return common / union if union else 0.0


def _data(text: str) -> Any:
    """The value of "data"; an empty list where `text` is no JSON object."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return []
    return value.get("data", []) if isinstance(value, dict) else []


def _row(row: Any) -> str | tuple[str, ...]:
    return tuple(map(str, row)) if isinstance(row, list) else str(row)


def math(text: str, gold: Gold, *, timeout: float = 2.0) -> float:
    """As published: math-verify on the last 500 characters, on any thread.

    `timeout` bounds, in seconds, the check in the helper process (see `math_worker`).
    """
    return _verified(text, gold, timeout) if passes_gate(text) else 0.0


def _verified(text: str, gold: Gold, timeout: float) -> float:
    # Only here, as in the strict metric: most processes never need the helper.
    from golong_data.metrics.math_worker import helper

    question = {"gold": gold_string(gold), "text": text[-TAIL:]}
    return float(helper.ask(question, timeout)["status"] == "equal")


def retrieval_calculate(
    text: str, gold: Gold, *, doc_ids: Sequence[str], timeout: float = 2.0
) -> float:
    """As published for that data source: the very set of documents, and the right result.

    `doc_ids` are the gold documents, written "<|doc_7|>".
    """
    if not passes_gate(text):
        return 0.0
    rest = behind_thinking(text)
    named = set(_DOCUMENT.findall(_inside(rest, "relevant_doc_ids")))
    reasoning = _inside(rest, "continue_reasoning").strip()
    if not named or not reasoning or named != set(doc_ids):
        return 0.0
    return _verified(reasoning, gold, timeout)


def _inside(text: str, tag: str) -> str:
    """What stands between the first pair of tags; nothing where one is missing."""
    _, opened, rest = text.partition(f"<{tag}>")
    inside, closed, _ = rest.partition(f"</{tag}>")
    return inside if opened and closed else ""
