"""Rewards for training: one function for TRL, one for verl, over two forms of rows.

Our own rows name their metric in `extra_info["metric"]` (JSON text {"name", "args"}) and are
scored under the profile "strict". Rows in the published GoLongRL form name it by
`data_source` and, for LongBench-Pro rows, by the subtask in `extra_info["reward_mode"]`;
they are scored under "golong", as they were when they were published. Either form is scored
under another profile where `profile=` or the environment variable GOLONG_REWARD_PROFILE
says so.

    trl grpo --reward_funcs golong_data.rewards.reward ...
    verl: reward.custom_reward_function.path=pkg://golong_data.rewards (or the path of this file),
          reward.custom_reward_function.name=compute_score
          (before verl 0.9 without the leading "reward."; `golong-data export --to verl` sets it)

A check that could not be made (the gold cannot be read, the helper process of `math` could
not be started, ran out of time or died) is None in TRL, which leaves such a completion out
of its group and gives it no advantage, and 0.0 in verl, which knows no such thing. An
answer that is too long to be one is wrong, not unverified: it is the model's doing.

Where the chat template opens the thinking itself, a completion starts inside it, and one
that was cut off there holds no answer. GOLONG_REWARD_THINKING=1 says so; for prompts that
are plain strings it is seen from their end.

Everything is a pure function of its arguments and of these two variables, so threads,
worker processes and actors agree; numpy arrays and Arrow scalars are read like lists.
"""

# No `from __future__ import annotations`: trainers load this file by its path, some without
# entering it into sys.modules, where dataclasses look annotations up that are strings.
import contextlib
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from golong_data.errors import UserError, did_you_mean
from golong_data.metrics import PROFILES, score
from golong_data.metrics.golong import retrieval_calculate
from golong_data.metrics.math import verify
from golong_data.published import LONGBENCH, RETRIEVAL, SOURCES, source_of, subtask

PROFILE_VARIABLE = "GOLONG_REWARD_PROFILE"
THINKING_VARIABLE = "GOLONG_REWARD_THINKING"

LIST_METRICS = frozenset({"f1", "subem", "ndcg", "pairwise"})
"""Metrics whose gold is a list even where it is empty."""

_VERIFY_ARGUMENTS = frozenset({"tolerance", "rel_tolerance", "unit", "timeout", "form"})
_CHOICE = re.compile(r"\bcorrect answer is\W{0,4}([A-Z])\b", re.IGNORECASE)
_DOC_IDS = re.compile(r"<relevant_doc_ids>(.*?)</relevant_doc_ids>", re.S)
_DOC_ID = re.compile(r"<\|doc_\d+\|>")


@dataclass(frozen=True, slots=True)
class Scoring:
    """How the completions of one row are scored."""

    metric: str
    gold: str | tuple[str, ...]
    profile: str
    task: str
    """What the row is one of: a task, a subtask such as "T5.1", a data source."""
    args: Mapping[str, Any] = field(default_factory=dict)
    doc_ids: tuple[str, ...] | None = None
    """Ids that have to be named as well, where the row is of retrieval_calculate."""


@dataclass(frozen=True, slots=True)
class _Truth:
    """The gold fields of a row, whatever they came as."""

    doc_ids: tuple[str, ...]
    label: str
    summary: str


def reward(
    prompts: Sequence[Any],
    completions: Sequence[Any],
    reward_model: Sequence[Any],
    extra_info: Sequence[Any],
    data_source: Sequence[str | None] | None = None,
    *,
    profile: str | Sequence[str | None] | None = None,
    **columns: Any,
) -> list[float | None]:
    """Rewards of a batch for TRL: plain or conversational completions, columns as lists.

    None where a check could not be made, and for a row of another kind, without a
    `reward_model`. `profile` is one for all, or a column. TRL's `log_metric`, where it is
    passed, is told the share of checks that could not be made.
    """
    sources = data_source if data_source is not None else [None] * len(completions)
    profiles = [profile] * len(completions) if isinstance(profile, str | None) else profile
    earned_: list[float | None] = []
    unverified = 0
    for prompt, completion, model, info, source, chosen in zip(
        prompts, completions, reward_model, extra_info, sources, profiles, strict=True
    ):
        if model is None:
            earned_.append(None)
            continue
        scoring = scoring_of(source, _ground_truth(model), info, profile=chosen)
        opened = isinstance(prompt, str) and prompt.rstrip().endswith("<think>")
        paid = earned(completion_text(completion), scoring, thinking=opened or None)
        unverified += paid is None
        earned_.append(paid)
    log = columns.get("log_metric")
    if callable(log):
        log("could_not_verify", unverified / max(len(earned_), 1))
    return earned_


def compute_score(
    data_source: str | None,
    solution_str: str,
    ground_truth: Any,
    extra_info: Any = None,
    *,
    profile: str | None = None,
    thinking: bool | None = None,
    **kwargs: Any,
) -> float:
    """The reward of one completion for verl; 0.0 where the check could not be made."""
    scoring = scoring_of(data_source, ground_truth, extra_info, profile=profile)
    return earned(solution_str, scoring, thinking=thinking) or 0.0


def earned(text: str, scoring: Scoring, *, thinking: bool | None = None) -> float | None:
    """What a completion earns in [0, 1]; None where the check could not be made.

    `thinking` says that `text` starts inside the thinking; None asks the environment.
    """
    if thinking is None:
        thinking = os.environ.get(THINKING_VARIABLE, "") not in ("", "0")
    if thinking and scoring.profile != "golong" and "<think>" not in text:
        text = f"<think>\n{text}"
    if scoring.doc_ids is not None:
        return _ids_and_answer(text, scoring)
    gold, args = scoring.gold, scoring.args
    if scoring.metric == "math" and scoring.profile == "strict" and isinstance(gold, str):
        known = {key: value for key, value in args.items() if key in _VERIFY_ARGUMENTS}
        # Any other argument is for `score` to pass over, or to refuse by its name.
        if known.keys() | {"language"} >= args.keys():
            verdict = verify(text, gold, **known)
            # Only too long an answer is the completion's own doing.
            unverified = verdict.status == "unverified" and verdict.reason != "too long"
            return None if unverified else verdict.score
    return score(text, gold, scoring.metric, profile=scoring.profile, **args)


def completion_text(completion: Any) -> str:
    """The text of a completion: a string, or the last message of a list of messages.

    Thinking that a parser has put beside the content is put back before it.
    """
    completion = plain(completion)
    if isinstance(completion, str):
        return completion
    messages = completion if isinstance(completion, list) else [completion]
    if not messages or not isinstance(messages[-1], Mapping):
        return ""
    message = messages[-1]
    content = message.get("content") or ""
    if isinstance(content, list):
        content = "".join(str(p.get("text") or "") for p in content if isinstance(p, Mapping))
    thinking = message.get("reasoning_content") or message.get("reasoning") or ""
    return f"<think>{thinking}</think>{content}" if thinking else str(content)


# --- what a row says about its scoring ------------------------------------------------------


def scoring_of(
    data_source: str | None, ground_truth: Any, extra_info: Any, *, profile: str | None = None
) -> Scoring:
    """How a row is scored. Raises UserError for a row that does not say so clearly."""
    info, truth = _mapping(extra_info, "extra_info"), _truth(ground_truth)
    profile = profile or os.environ.get(PROFILE_VARIABLE) or None
    if profile is not None and profile not in PROFILES:
        raise UserError(
            f'there is no profile "{profile}"',
            where=PROFILE_VARIABLE if os.environ.get(PROFILE_VARIABLE) == profile else "profile",
            remedy=did_you_mean(profile, PROFILES),
        )
    if plain(info.get("metric")):
        return _our_scoring(data_source, truth, info, profile or "strict")
    return _published_scoring(data_source, truth, info, profile or "golong")


def _our_scoring(
    data_source: str | None, truth: _Truth, info: Mapping[str, Any], profile: str
) -> Scoring:
    spec = plain(info["metric"])
    try:
        spec = json.loads(spec) if isinstance(spec, str) else spec
        name, args = spec["name"], dict(spec.get("args") or {})
        if spec.get("form"):
            args["form"] = spec["form"]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UserError(
            f"{spec!r} is no metric.",
            where="extra_info.metric",
            remedy='Write JSON text such as {"name": "f1", "args": {}}.',
        ) from error
    gold: str | tuple[str, ...] = truth.doc_ids or truth.label or truth.summary
    if not gold and name in LIST_METRICS:
        gold = ()
    task = str(info.get("task") or data_source or name)
    return Scoring(name, gold, profile, task, args)


def _published_scoring(
    data_source: str | None, truth: _Truth, info: Mapping[str, Any], profile: str
) -> Scoring:
    mode = str(plain(info.get("reward_mode")) or "")
    source = source_of(str(data_source or "") or mode)
    if source is None and not data_source and mode:
        source = LONGBENCH
    if source is None:
        raise UserError(
            f'there is no data source "{data_source or ""}" in the published form, and '
            "extra_info names no metric.",
            where="data_source",
            remedy=f"{did_you_mean(str(data_source or ''), SOURCES)} Rows of ours have "
            'extra_info["metric"].',
        )
    if source == RETRIEVAL:
        return Scoring("math", truth.label, profile, source, doc_ids=truth.doc_ids)
    if source != LONGBENCH:
        gold = truth.label or "\n".join(truth.doc_ids)
        choice = _CHOICE.search(gold) if source == "selection" and profile != "golong" else None
        return Scoring(SOURCES[source], choice[1].upper() if choice else gold, profile, source)
    task, metric = subtask(mode)
    # The published rows keep the language where ours could have a summary.
    language = {"chinese": "zh", "zh": "zh", "english": "en", "en": "en"}.get(
        truth.summary.strip().lower()
    )
    listed = truth.doc_ids or tuple(line for line in truth.label.split("\n") if line.strip())
    if not listed and language is None and truth.summary.strip():
        listed = (truth.summary,)
    return Scoring(metric, listed, profile, task, {"language": language} if language else {})


# --- retrieval_calculate: the right documents and the right number --------------------------


def _ids_and_answer(text: str, scoring: Scoring) -> float | None:
    """1 where exactly the right document ids are named and the calculation is right."""
    wanted = scoring.doc_ids or ()
    if scoring.profile == "golong":
        return retrieval_calculate(text, scoring.gold, doc_ids=wanted)
    text = text.rsplit("</think>", 1)[-1]
    blocks = _DOC_IDS.findall(text)
    if not blocks or set(_DOC_ID.findall(blocks[-1])) != set(wanted):
        return 0.0
    return earned(_DOC_IDS.sub("", text), replace(scoring, doc_ids=None), thinking=False)


# --- rows as they come out of JSON, Parquet, numpy or Arrow ---------------------------------


def plain(value: Any) -> Any:
    """`value` with numpy arrays and scalars and Arrow scalars as plain lists and values."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [plain(entry) for entry in value]
    for name in ("as_py", "tolist"):
        convert = getattr(value, name, None)
        if callable(convert):
            return plain(convert())
    return value


def _ground_truth(reward_model: Any) -> Any:
    model = _mapping(reward_model, "reward_model")
    if "ground_truth" not in model:
        raise UserError(
            "there is no ground_truth in it.",
            where="reward_model",
            remedy='Rows have {"style": "rule", "ground_truth": ...} there.',
        )
    return model["ground_truth"]


def _mapping(value: Any, where: str) -> Mapping[str, Any]:
    """A mapping, also where it comes as JSON text or as an Arrow scalar."""
    if value is None:
        return {}
    if isinstance(value, Mapping):
        return value
    found = plain(value)
    with contextlib.suppress(ValueError):
        found = json.loads(found) if isinstance(found, str) else found
    if not isinstance(found, Mapping):
        raise UserError(
            f"{str(value)[:80]!r} is no mapping.", where=where, remedy="Pass rows as they are."
        )
    return found


def _truth(ground_truth: Any) -> _Truth:
    found = plain(ground_truth)
    if isinstance(found, str) and "golden_label" in found and found.lstrip().startswith("{"):
        with contextlib.suppress(ValueError):
            found = json.loads(found)
    if isinstance(found, list):
        if not found or not isinstance(found[-1], Mapping):
            return _Truth(tuple(map(str, found)), "", "")
        found = found[-1]
    if isinstance(found, Mapping):
        ids = found.get("doc_ids")
        ids = [ids] if isinstance(ids, str) else ids or ()
        label, summary = found.get("golden_label"), found.get("summary")
        return _Truth(
            tuple(map(str, ids)),
            "" if label is None else str(label),
            "" if summary is None else str(summary),
        )
    return _Truth((), "" if found is None else str(found), "")
