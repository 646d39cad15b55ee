"""The published GoLongRL rows: what their data_source and reward_mode say about the metric.

Names are taken in any usual spelling: with or without the id before them, in lower case,
with underscores. What is ambiguous or unknown is refused, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from golong_data.errors import UserError, did_you_mean

SUBTASKS: Mapping[str, tuple[str, str]] = {
    "1.1": ("Global Cohesive Retrieval", "ndcg"),
    "1.2": ("Key-Snippet Retrieval", "ndcg"),
    "2.1": ("Global Timeline Reconstruction", "pairwise"),
    "2.2": ("Local Causal Chain Sorting", "pairwise"),
    "3.1": ("Multi-Doc Integration QA", "accuracy"),
    "3.2": ("Single-Hop Fact QA", "accuracy"),
    "4.1": ("Global-Coverage Constrained Summary", "rouge_l"),
    "4.2": ("Query-Focused Summary", "rouge_l"),
    "5.1": ("Full-Sentence Citation Alignment", "f1"),
    "5.2": ("Key-Statement Citation Alignment", "f1"),
    "6.1": ("Large-Scale Document Clustering", "subem"),
    "6.2": ("Targeted Subset Cluster Identification", "f1"),
    "6.3": ("Global Frequency Analysis", "pairwise"),
    "7.1": ("Global Conflict & Inconsistency Localization", "f1"),
    "7.2": ("Targeted Rule or Condition Violation Detection", "f1"),
    "7.3": ("Comprehensive Error & Anomaly Sweep", "f1"),
    "8.1": ("Structured Multi-Source Consistency Verification", "subem"),
    "8.2": ("Single-Source Targeted Aggregation", "subem"),
    "8.3": ("Long-Context Procedural State Tracking", "subem"),
    "9.1": ("Dependency-Aware Multi-Version Impact Analysis", "f1"),
    "9.2": ("Localized Interface Change Detection", "f1"),
    "10.1": ("Large-Scale In-Context Rule Induction", "subem"),
    "10.2": ("Targeted Example-Based Rule Induction", "subem"),
    "11.1": ("Long-Range Entity & Commitment Tracking", "accuracy"),
    "11.2": ("Short-Range Reference Resolution & State Query", "accuracy"),
}
"""Subtasks of LongBench-Pro: id -> (name, metric)."""

MODES: Mapping[str, str] = {
    "NDCG": "ndcg",
    "Pairwise_Accuracy": "pairwise",
    "Accuracy": "accuracy",
    "F1_Score": "f1",
    "SubEM": "subem",
    "Summary": "rouge_l",
}
"""Reward types of the published code; they serve as reward_mode too."""

LONGBENCH, RETRIEVAL = "longbench_pro", "retrieval_calculate"
SOURCES: Mapping[str, str] = {
    LONGBENCH: "",
    "EM": "exact_match",
    "selection": "selection",
    "math_longcot_math_verify": "math",
    "multitableqa_pretraining": "iou",
    RETRIEVAL: "math",
}
"""Published data_source -> metric; LongBench-Pro rows have theirs by subtask."""

_SUBTASK_ID = re.compile(
    r"\W*(?:longbench[\W_]*pro)?[\W_]*t?(\d{1,2})(?:[._\-](\d)(?!\d))?(.*)", re.DOTALL
)


def subtask(reward_mode: str) -> tuple[str, str]:
    """(short name, metric) of a reward_mode: a subtask in any usual spelling, or a reward type.

    >>> subtask("T5.1 Full-Sentence Citation Alignment")
    ('T5.1', 'f1')
    >>> subtask("longbench_pro_t11.2_short_range_reference_resolution_state_query")
    ('T11.2', 'accuracy')
    """
    named = _SUBTASK_NAMES.get(_fold(reward_mode))
    match = _SUBTASK_ID.fullmatch(reward_mode.lower())
    if match:
        group, part, rest = match.groups()
        of_group = {key for key in SUBTASKS if key.split(".")[0] == str(int(group))}
        if part is not None:
            of_group &= {f"{int(group)}.{part}"}
        if _fold(rest):
            of_group &= {_SUBTASK_NAMES.get(_fold(rest), "")}
        metrics = {SUBTASKS[key][1] for key in of_group}
        if len(of_group) == 1:
            named = of_group.pop()
        elif len(metrics) == 1:
            return f"T{int(group)}", metrics.pop()
    if named:
        return f"T{named}", SUBTASKS[named][1]
    for name, metric in MODES.items():
        if _fold(reward_mode) == _fold(name):
            return name, metric
    known = [f"T{key} {name}" for key, (name, _) in SUBTASKS.items()] + list(MODES)
    raise UserError(
        f'there is no subtask "{reward_mode}".',
        where="extra_info.reward_mode",
        remedy=did_you_mean(reward_mode, known),
    )


def source_of(name: str) -> str | None:
    """The published data source that is meant, or None."""
    folded = _fold(name)
    for source in SOURCES:
        # The published code takes math_longcot_math_verify_aime2024 and the like for math too.
        if folded == _fold(source) or (
            SOURCES[source] == "math" and source != RETRIEVAL and _fold(source) in folded
        ):
            return source
    return None


def _fold(name: str) -> str:
    """Letters and digits alone, without "and", "or" and "&", which spellings leave out."""
    words = re.split(r"[\W_]+", name.lower())
    return "".join(word for word in words if word not in ("and", "or"))


_SUBTASK_NAMES = {_fold(name): key for key, (name, _) in SUBTASKS.items()}
