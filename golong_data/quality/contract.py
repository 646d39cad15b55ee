"""The contract every row meets, and every set of rows; no model needed.

Each check takes what it judges and returns what is wrong, or None. Tests run them over
every built-in recipe, `golong-data validate` over anyone's.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from golong_data.languages import DEFAULT, languages
from golong_data.making.sample import FULL
from golong_data.metrics import score
from golong_data.quality.audit import TOTAL, audit
from golong_data.quality.cases import Case, case_of
from golong_data.quality.cheats import PLAIN, answer
from golong_data.quality.disguises import DISGUISES
from golong_data.quality.stated import ABSTENTION
from golong_data.rows.schema import gold_of, metric_of, prompt_of
from golong_data.tasks import get_task
from golong_data.tokens import Tokenizer, get_tokenizer
from golong_data.types import Message, Task

Row = Mapping[str, Any]

BLANKED = 6
"""Pieces of evidence that are blanked in turn, spread over all of a row's."""

CHEATS = {**PLAIN, **DISGUISES}
"""Policies that rewards alone keep from earning."""

COMMON = 0.2
"""Largest share of rows that one answer may have, where it is no option."""

UNEVEN = 4.0
"""Standard deviations by which a letter may be right more or less often than the others."""

NONSENSE = (
    "",
    "\\boxed{",
    "\\boxed{}",
    "NaN",
    "1/0",
    "[Answer]\n",
    "\x00",
    "٣",
    "9" * 400,
    "e9" * 9,
)
"""Predictions that must score without raising."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check found wrong."""

    row: str
    """The row's id; empty for a finding about the whole set."""
    check: str
    message: str


# --- one row ----------------------------------------------------------------------------


def gold_scores(row: Row, task: Task, tokenizer: Tokenizer) -> str | None:
    """The gold earns the full score, and no nonsense raises or leaves [0, 1]."""
    gold, metric = gold_of(row), metric_of(row)
    told = answer(gold, metric.name)
    if said := languages().get(row["extra_info"]["language"]):
        # As the prompt asks for it, in its language, after some thought.
        told = f"Let me see.\n\n{told}".replace(languages()[DEFAULT].marker, said.marker)
    paid = score(told, gold, metric.name, form=metric.form, **metric.args)
    if paid != 1.0:
        return f"the gold {gold!r} scores {paid}"
    for text in NONSENSE:
        paid = score(text, gold, metric.name, form=metric.form, **metric.args)
        if not 0.0 <= paid <= 1.0:
            return f"{text!r} scores {paid}"
    return None


def solver_agrees(row: Row, task: Task, tokenizer: Tokenizer) -> str | None:
    """The independent solver comes to the gold from the prompt alone."""
    found = task.solve(prompt_of(row))
    return None if found == gold_of(row) else f"solver: {found!r}, gold: {gold_of(row)!r}"


def evidence_matters(row: Row, task: Task, tokenizer: Tokenizer) -> str | None:
    """With one piece of evidence blanked, or all context gone, the solver misses the gold."""
    prompt, gold, info = prompt_of(row), gold_of(row), row["extra_info"]
    spans = info["evidence"]
    if not spans and info["subtask"] != ABSTENTION:
        return "no evidence is marked"
    for span in spans[:: max(1, len(spans) // BLANKED)]:
        blank = " " * (span["end"] - span["start"])
        if task.solve(prompt[: span["start"]] + blank + prompt[span["end"] :]) == gold:
            return f"still solved without the evidence at {span['start']}"
    start = prompt.rfind("\n", 0, prompt.rfind(info["question"])) + 1
    if task.solve(prompt[start:]) == gold:
        return "solved without any context"
    return None


def evidence_slices(row: Row, task: Task, tokenizer: Tokenizer) -> str | None:
    """Evidence offsets cut exactly the text they name."""
    prompt = prompt_of(row)
    for span in row["extra_info"]["evidence"]:
        if not span["text"].strip() or prompt[span["start"] : span["end"]] != span["text"]:
            return f"the span at {span['start']} is not {span['text'][:60]!r}"
    return None


def length_is_exact(row: Row, task: Task, tokenizer: Tokenizer) -> str | None:
    """n_tokens is what the tokenizer counts, at most ctx and at least 98 % of it."""
    info = row["extra_info"]
    messages = [Message(m["role"], m["content"]) for m in row["prompt"]]
    counted = tokenizer.count(tokenizer.render(messages))
    if counted != info["n_tokens"]:
        return f"n_tokens says {info['n_tokens']}, the tokenizer {counted}"
    if not info["ctx"] * FULL <= counted <= info["ctx"]:
        return f"{counted} tokens for a ctx of {info['ctx']}"
    return None


ROW_CHECKS: Mapping[str, Callable[[Row, Task, Tokenizer], str | None]] = {
    "gold scores 1": gold_scores,
    "solver finds the gold": solver_agrees,
    "evidence matters": evidence_matters,
    "evidence slices": evidence_slices,
    "length is exact": length_is_exact,
}
"""Checks of one row by name."""


# --- all rows ---------------------------------------------------------------------------


def ids_differ(rows: Sequence[Row]) -> str | None:
    """No two rows share an id or a whole prompt."""
    ids = {row["extra_info"]["id"] for row in rows}
    prompts = {hash(prompt_of(row)) for row in rows}
    if len(ids) < len(rows) or len(prompts) < len(rows):
        return f"{len(rows)} rows have {len(ids)} ids and {len(prompts)} different prompts"
    return None


def answers_vary(rows: Sequence[Row]) -> str | None:
    """No single answer has more than a fifth of the rows; of options, all letters are even."""
    if len(rows) < 20:
        return None
    cases = [case_of(row, i) for i, row in enumerate(rows)]
    free = [case.gold for case in cases if case.kind != "option"]
    if free:
        gold, n = Counter(free).most_common(1)[0]
        if n > max(COMMON * len(rows), 1):
            return f"{n} of {len(rows)} answers are {gold!r}"
    return _uneven([case for case in cases if case.kind == "option"])


def _uneven(cases: Sequence[Case]) -> str | None:
    """What letter is right too often or too rarely, given how many options and right ones."""
    letters = sorted({letter for case in cases for letter in case.options})
    for letter in letters:
        shares = [
            len(case.elements) / len(case.options) for case in cases if letter in case.options
        ]
        found = sum(letter in case.elements for case in cases)
        spread = math.sqrt(sum(share * (1 - share) for share in shares))
        if abs(found - sum(shares)) > UNEVEN * max(spread, 1.0):
            return f"option {letter} is right in {found} rows, {sum(shares):.0f} are expected"
    return None


def depth_is_spread(rows: Sequence[Row]) -> str | None:
    """Evidence falls into all ten tenths of the context, none of them crowded.

    Asked of sets with at least a hundred documents that hold evidence.
    """
    bins = depth_bins(rows)
    if sum(bins) < 100:
        return None
    if min(bins) == 0 or max(bins) > 0.3 * sum(bins):
        return f"documents with evidence per tenth of the context: {[round(n, 1) for n in bins]}"
    return None


def depth_bins(rows: Sequence[Row]) -> list[float]:
    """Documents with evidence per tenth of the context, which ends where the question starts.

    A document counts once however many pieces it holds, in equal parts where they are.
    """
    bins = [0.0] * 10
    for row in rows:
        prompt, info = prompt_of(row), row["extra_info"]
        length = max(prompt.rfind(info["question"]), 1)
        pieces = Counter(span["doc_id"] for span in info["evidence"])
        for span in info["evidence"]:
            bins[min(9, span["start"] * 10 // length)] += 1 / pieces[span["doc_id"]]
    return bins


def cheats_earn_little(rows: Sequence[Row]) -> str | None:
    """No policy that does not look at the context for itself passes its ceiling, over all rows.

    What looking without reading earns, and each generator, is for `golong-data audit` to say.
    """
    found = audit(rows, profile="strict", policies=CHEATS, learners=())
    totals = {cell.task for cell in found.cells if cell.subtask == TOTAL}
    over = [c for c in found.over if c.subtask == TOTAL or c.task not in totals]
    if not over:
        return None
    worst = max(over, key=lambda cell: cell.mean - cell.limit)
    return (
        f"{worst.name}: {worst.policy} earns {worst.mean:.3f}, the ceiling is {worst.ceiling:.3g}"
    )


def cheat_rewards(rows: Sequence[Row]) -> dict[str, float]:
    """Mean reward of every cheating policy over the rows that it applies to."""
    cells = audit(rows, profile="strict", policies=CHEATS, learners=()).cells
    found = [cell for cell in cells if cell.subtask != TOTAL]
    played = {name: sum(c.n for c in found if c.policy == name) for name in CHEATS}
    return {
        name: sum(c.mean * c.n for c in found if c.policy == name) / n
        for name, n in played.items()
        if n
    }


SET_CHECKS: Mapping[str, Callable[[Sequence[Row]], str | None]] = {
    "rows differ": ids_differ,
    "answers vary": answers_vary,
    "evidence depth is spread": depth_is_spread,
    "cheats earn little": cheats_earn_little,
}
"""Checks of a whole set by name."""


def check_row(row: Row) -> list[Finding]:
    """Every row check on one row."""
    info = row["extra_info"]
    task, tokenizer = get_task(info["task"]), get_tokenizer(info["tokenizer"])
    found = []
    for name, check in ROW_CHECKS.items():
        message = check(row, task, tokenizer)
        if message is not None:
            found.append(Finding(info["id"], name, message))
    return found


def check_set(rows: Sequence[Row]) -> list[Finding]:
    """Every set check on rows."""
    found = []
    for name, check in SET_CHECKS.items():
        message = check(rows)
        if message is not None:
            found.append(Finding("", name, message))
    return found
