"""Rewards for training: one function for TRL, one for verl, over two forms of rows.

Our own rows name their metric in `extra_info["metric"]` (JSON text {"name", "args", "form"})
and are scored under the profile "strict". Rows in the published GoLongRL form name it by
`data_source` and, for LongBench-Pro rows, by the subtask in `extra_info["reward_mode"]`;
they are scored under "golong", as they were when they were published. Either form is scored
under another profile where `profile=` or the environment variable GOLONG_REWARD_PROFILE
says so.

    trl grpo --reward_funcs golong_data.rewards.reward ...
    verl: reward.custom_reward_function.path=pkg://golong_data.rewards (or the path of this file),
          reward.custom_reward_function.name=compute_score
          (before verl 0.9 without the leading "reward."; `golong-data export --to verl` sets it)

A check that could not be made (the gold cannot be read, the helper process of `math` could
not be started or died) is None in TRL, which leaves such a completion out of its group and
gives it no advantage, and 0.0 in verl, which knows no such thing. An answer that is too long
to be one, or takes too long to check, is wrong, not unverified: it is the model's doing.

Where the chat template opens the thinking itself, a completion starts inside it, and one
that was cut off there holds no answer. Who says so, the first that does:

1. `thinking=True` or `False`; for verl also `extra_info["thinking"]`;
2. GOLONG_REWARD_THINKING=1 or 0;
3. the prompt, where it is a text or ends with a turn that the model goes on with;
4. the chat template: `for_tokenizer` is given it, `reward` finds it with the trainer whose
   `log_metric` TRL passes, `compute_score` reads it from the folder that `model=` names;
5. in TRL the batch: if a completion closes thinking that it has not opened and none opens its
   own, those that close none are inside it.

Delimiters that neither the table in metrics.delimiters nor a template knows are told by
GOLONG_REWARD_DELIMITERS: one pair or more, each "OPENING CLOSING" on a line of its own.

Everything is a pure function of its arguments and of these variables, so threads, worker
processes and actors agree; numpy arrays and Arrow scalars are read like lists.
"""

# No `from __future__ import annotations`: trainers load this file by its path, some without
# entering it into sys.modules, where dataclasses look annotations up that are strings.
import json
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from golong_data.chat_templates import form_of_model
from golong_data.completions import (
    Reader,
    completion_text,
    opened,
    opened_among,
    opened_by,
    reader_of,
    reader_of_trainer,
    with_own_delimiters,
)
from golong_data.errors import UserError, did_you_mean
from golong_data.golds import Truth, ground_truth_of, mapping_of, plain, truth_of
from golong_data.metrics import PROFILES, score
from golong_data.metrics.golong import retrieval_calculate
from golong_data.metrics.math import verify
from golong_data.metrics.thinking import without_thinking
from golong_data.published import LONGBENCH, RETRIEVAL, SOURCES, source_of, subtask

PROFILE_VARIABLE = "GOLONG_REWARD_PROFILE"
THINKING_VARIABLE = "GOLONG_REWARD_THINKING"
DELIMITERS_VARIABLE = "GOLONG_REWARD_DELIMITERS"

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


def reward(
    prompts: Sequence[Any],
    completions: Sequence[Any],
    reward_model: Sequence[Any],
    extra_info: Sequence[Any],
    data_source: Sequence[str | None] | None = None,
    *,
    profile: str | Sequence[str | None] | None = None,
    thinking: bool | None = None,
    reader: Reader | None = None,
    **columns: Any,
) -> list[float | None]:
    """Rewards of a batch for TRL: plain or conversational completions, columns as lists.

    None where a check could not be made, and for a row of another kind, without a
    `reward_model`. `profile` is one for all, or a column; `thinking` says whether prompts open
    it, `reader` knows the model's chat template. TRL's `log_metric`, where it is passed, is
    told the share of checks that could not be made.
    """
    sources = data_source if data_source is not None else [None] * len(completions)
    profiles = [profile] * len(completions) if isinstance(profile, str | None) else profile
    log = columns.get("log_metric")
    reader = reader or reader_of_trainer(getattr(log, "__self__", None))
    ids = columns.get("completion_ids") or [None] * len(completions)
    read = _read(prompts, completions, ids, _said(thinking), reader)
    earned_: list[float | None] = []
    unverified = 0
    for completion, text, model, info, source, chosen in zip(
        completions, read, reward_model, extra_info, sources, profiles, strict=True
    ):
        if model is None:
            earned_.append(None)
            continue
        scoring = scoring_of(source, ground_truth_of(model), info, profile=chosen)
        as_sent = scoring.profile == "golong"
        paid = earned(completion_text(completion) if as_sent else text, scoring, thinking=False)
        unverified += paid is None
        earned_.append(paid)
    if callable(log):
        log("could_not_verify", unverified / max(len(earned_), 1))
    return earned_


def for_tokenizer(tokenizer: Any, **settings: Any) -> Callable[..., list[float | None]]:
    """`reward` for a model whose tokenizer, or processor, is at hand.

    `settings` are those that prompts are rendered with, such as `enable_thinking=False`.
    """
    reader = reader_of(tokenizer, **settings)

    def reward_(*args: Any, **columns: Any) -> list[float | None]:
        return reward(*args, **{"reader": reader, **columns})

    reward_.__name__, reward_.__doc__ = reward.__name__, reward.__doc__
    return reward_


def compute_score(
    data_source: str | None,
    solution_str: Any,
    ground_truth: Any,
    extra_info: Any = None,
    *,
    profile: str | None = None,
    thinking: bool | None = None,
    model: str | None = None,
    template: Mapping[str, Any] | None = None,
    **kwargs: Any,
) -> float:
    """The reward of one completion for verl; 0.0 where the check could not be made.

    `model` names the folder (or the id) of the model that is trained and `template` the
    settings of its chat template: they say whether that opens the thinking.
    """
    scoring = scoring_of(data_source, ground_truth, extra_info, profile=profile)
    text = completion_text(solution_str)
    if scoring.profile != "golong":
        if thinking is None:
            thinking = plain(mapping_of(extra_info, "extra_info").get("thinking"))
        said = _said(thinking)
        form = None if said is not None or not model else form_of_model(model, _flat(template))
        (text,) = _read([None], [text], [None], said, Reader(form) if form else None)
    return earned(text, scoring, thinking=False) or 0.0


def earned(text: str, scoring: Scoring, *, thinking: bool | None = None) -> float | None:
    """What a completion earns in [0, 1]; None where the check could not be made.

    `thinking` says that `text` starts inside the thinking; None asks the environment.
    """
    if scoring.profile != "golong":
        text = with_own_delimiters(text, os.environ.get(DELIMITERS_VARIABLE, ""))
        if _said(thinking):
            text = opened(text)
    if scoring.doc_ids is not None:
        return _ids_and_answer(text, scoring)
    gold, args = scoring.gold, scoring.args
    if scoring.metric == "math" and scoring.profile == "strict" and isinstance(gold, str):
        known = {key: value for key, value in args.items() if key in _VERIFY_ARGUMENTS}
        # Any other argument is for `score` to pass over, or to refuse by its name.
        if known.keys() | {"language"} >= args.keys():
            verdict = verify(text, gold, **known)
            return None if verdict.status == "unverified" else verdict.score
    return score(text, gold, scoring.metric, profile=scoring.profile, **args)


def _read(
    prompts: Sequence[Any],
    completions: Sequence[Any],
    ids: Sequence[Any],
    thinking: bool | None,
    reader: Reader | None,
) -> list[str]:
    """The texts of a batch, with an opening before those that start inside the thinking."""
    if thinking is not None:
        # Delimiters are still those of the template, only who opens them is settled.
        reader = replace(reader, form=replace(reader.form, opens=False)) if reader else None
    if reader is not None:
        known = reader
        texts = [
            known.text(completion, tokens, prompt=prompt if thinking is None else None)
            for prompt, completion, tokens in zip(prompts, completions, ids, strict=True)
        ]
    else:
        texts = [completion_text(completion) for completion in completions]
    if thinking is not None:
        return [opened(text) if thinking else text for text in texts]
    if reader is not None:
        return texts
    begun = [opened_by(plain(prompt)) for prompt in prompts]
    rendered = [text for text, opening in zip(texts, begun, strict=True) if opening is None]
    among = opened_among(rendered)
    return [
        f"{opening}\n{text}" if opening else opened(text) if among and opening is None else text
        for text, opening in zip(texts, begun, strict=True)
    ]


def _flat(template: Mapping[str, Any] | None) -> tuple[tuple[str, Any], ...]:
    """Settings of a template that are plain values."""
    items = sorted((template or {}).items())
    return tuple((key, value) for key, value in items if isinstance(value, str | int | float))


def _said(thinking: Any) -> bool | None:
    """An explicit setting: the argument, or else the environment."""
    if thinking is not None:
        return str(thinking).lower() not in ("", "0", "false", "no")
    variable = os.environ.get(THINKING_VARIABLE, "")
    return variable.lower() not in ("0", "false", "no") if variable else None


# --- what a row says about its scoring ------------------------------------------------------


def scoring_of(
    data_source: str | None, ground_truth: Any, extra_info: Any, *, profile: str | None = None
) -> Scoring:
    """How a row is scored. Raises UserError for a row that does not say so clearly."""
    info, truth = mapping_of(extra_info, "extra_info"), truth_of(ground_truth)
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
    data_source: str | None, truth: Truth, info: Mapping[str, Any], profile: str
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
    data_source: str | None, truth: Truth, info: Mapping[str, Any], profile: str
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
        # Of a list of scalars the last.
        gold = truth.label or (truth.doc_ids[-1] if truth.doc_ids else "")
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
    said = without_thinking(text) or ""
    blocks = _DOC_IDS.findall(said)
    if not blocks or set(_DOC_ID.findall(blocks[-1])) != set(wanted):
        return 0.0
    return earned(_DOC_IDS.sub("", said), replace(scoring, doc_ids=None), thinking=False)
