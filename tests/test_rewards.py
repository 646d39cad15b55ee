"""Rewards as trainers call them: TRL and verl, our rows and published ones, everywhere alike."""

from __future__ import annotations

import importlib
import importlib.util
import json
import multiprocessing
import warnings
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from kinds import MAKERS, MODES, SOURCES, Row, our_row, published_row
from support import run_python

from golong_data.errors import UserError
from golong_data.metrics import score
from golong_data.metrics.math_worker import helper
from golong_data.published import SUBTASKS, subtask
from golong_data.quality.cheats import answer
from golong_data.rewards import (
    Scoring,
    compute_score,
    earned,
    for_tokenizer,
    reward,
    scoring_of,
)

THOUGHT = "<think>Let me see.</think>\n"

each_metric = pytest.mark.parametrize("metric", MAKERS)


def gold_of(row: Row) -> Any:
    """A row's gold, a letter where it is the published sentence with a letter."""
    truth = row["reward_model"]["ground_truth"]
    return truth["doc_ids"] or truth["golden_label"].removeprefix("The correct answer is ").strip(
        "()"
    )


def told(row: Row, metric: str, *, golong: bool = False) -> str:
    """The right answer to a row, after a thought."""
    return THOUGHT + answer(gold_of(row), metric, golong=golong)


def verl(row: Row, text: str, **kwargs: Any) -> float:
    """A reward as verl asks for it."""
    truth = row["reward_model"]["ground_truth"]
    return compute_score(row["data_source"], text, truth, row["extra_info"], **kwargs)


def trl(rows: list[Row], completions: list[Any], **columns: Any) -> list[float | None]:
    """Rewards as TRL asks for them: the function by its dotted path, columns as lists."""
    function = importlib.import_module("golong_data.rewards").reward
    keys = ("reward_model", "extra_info", "data_source")
    found: list[float | None] = function(
        prompts=[row["prompt"] for row in rows],
        completions=completions,
        completion_ids=[[1, 2]] * len(rows),
        trainer_state=object(),
        **{key: [row[key] for row in rows] for key in keys},
        **columns,
    )
    return found


# --- TRL ------------------------------------------------------------------------------------


def test_plain_and_conversational_completions_earn_the_same() -> None:
    """Right answers 1, wrong ones 0, one reward a completion, extra columns passed over."""
    rows = [our_row(metric, 0) for metric in MAKERS]
    texts = [told(row, metric) for row, metric in zip(rows, MAKERS, strict=True)]
    wrong = [THOUGHT + "I do not know."] * len(rows)
    talks = [[{"role": "assistant", "content": text}] for text in texts]
    assert trl(rows, texts, task=["x"] * len(rows)) == [1.0] * len(rows)
    assert trl(rows, talks) == [1.0] * len(rows)
    assert trl(rows, wrong) == [0.0] * len(rows)


def test_thinking_that_a_parser_put_beside_the_content_does_not_count() -> None:
    """Neither as content nor as a field of its own."""
    row = our_row("math", 0)
    box = answer(gold_of(row), "math")
    beside = {"role": "assistant", "content": "No idea.", "reasoning_content": box}
    before = {"role": "assistant", "content": f"<think>{box}</think>No idea."}
    after = {"role": "assistant", "content": [{"type": "text", "text": box}], "reasoning": "Hm."}
    assert trl([row] * 3, [[beside], [before], [after]]) == [0.0, 0.0, 1.0]


def test_what_could_not_be_verified_is_none_in_trl_and_nothing_in_verl() -> None:
    """A gold that math cannot read is no reason to punish an answer; the share is logged."""
    row = our_row("math", 0)
    broken = {**row, "reward_model": {"ground_truth": {"golden_label": "quite a lot of them"}}}
    logged: dict[str, float] = {}
    texts = [r"\boxed{12}", told(row, "math")]
    assert trl([broken, row], texts, log_metric=logged.__setitem__) == [None, 1.0]
    assert logged == {"could_not_verify": 0.5}
    assert verl(broken, texts[0]) == 0.0


def test_too_long_an_expression_is_wrong_rather_than_unverified() -> None:
    """A model cannot take itself out of the group by writing what nobody can check."""
    row = our_row("math", 0)
    assert trl([row], [r"\boxed{x^{2" + "+y" * 2000 + "}}"]) == [0.0]


def test_a_row_without_a_reward_model_is_of_another_kind() -> None:
    """None is what TRL takes for "not applicable"."""
    row = our_row("f1", 0)
    assert trl([row, {**row, "reward_model": None}], [told(row, "f1")] * 2) == [1.0, None]


class Thinker:
    """A tokenizer whose chat template opens the thinking, unless it is told not to."""

    chat_template = (
        "{% for m in messages %}{{ m.content }}{% endfor %}{% if add_generation_prompt %}"
        "<think>\n{% if enable_thinking is false %}\n</think>\n{% endif %}{% endif %}"
    )

    def apply_chat_template(self, messages: Any, **settings: Any) -> str:
        """Renders it as transformers does."""
        from jinja2 import Template

        settings.pop("tokenize")
        chosen = settings.pop("chat_template", self.chat_template)
        return str(Template(chosen).render(messages=messages, **settings))


class Trainer:
    """A trainer as TRL's is, as far as its reward functions can see it."""

    chat_template = None

    def __init__(self, **settings: Any) -> None:
        self.processing_class = Thinker()
        self.chat_template_kwargs = settings
        self.logged: dict[str, float] = {}

    def _log_metric(self, name: str, value: float) -> None:
        self.logged[name] = value


def cut_and_whole(row: Row) -> tuple[str, str]:
    """The right answer inside a thinking that was cut off, and behind one."""
    box = answer(gold_of(row), "math")
    return f"So it is {box}? Wait,", f"Hm.</think>{box}"


def test_a_thinking_that_is_cut_off_holds_no_answer_for_trl(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Called as TRL calls it: the template is found with the trainer, or given, or said."""
    row = our_row("math", 0)
    talks = [[{"role": "assistant", "content": text}] for text in cut_and_whole(row)]
    rows = [row, row]
    log = Trainer()._log_metric
    assert trl(rows, talks, log_metric=log) == [0.0, 1.0]
    assert trl(rows[:1], talks[:1], log_metric=log) == [0.0]
    off = Trainer(enable_thinking=False)._log_metric
    assert trl(rows[:1], talks[:1], log_metric=off) == [1.0]
    assert trl(rows[:1], talks[:1], log_metric=log, thinking=False) == [1.0]
    monkeypatch.setenv("GOLONG_REWARD_THINKING", "0")
    assert trl(rows[:1], talks[:1], log_metric=log) == [1.0]
    monkeypatch.setenv("GOLONG_REWARD_THINKING", "1")
    assert trl(rows, talks) == [0.0, 1.0]
    assert trl(rows, talks, thinking=False) == [1.0, 1.0]


def test_a_prompt_that_is_a_text_says_itself_who_opens_the_thinking() -> None:
    """Whatever the trainer's template would do: it does not render a text."""
    row = our_row("math", 0)
    cut, whole = cut_and_whole(row)
    opened = {**row, "prompt": "Sum?<|im_start|>assistant\n<think>\n"}
    kimi = {**row, "prompt": "Sum? ◁think▷"}
    bare = {**row, "prompt": "Sum?"}
    for log in ({}, {"log_metric": Trainer()._log_metric}):
        assert trl([opened, opened, kimi, bare], [cut, whole, cut, cut], **log) == [0, 1, 0, 1]


def test_a_batch_shows_that_its_template_opens_the_thinking() -> None:
    """One completion closes what it has not opened; where one opens its own, none was opened."""
    row = our_row("math", 0)
    cut, whole = cut_and_whole(row)
    assert trl([row] * 3, [cut, whole, cut]) == [0.0, 1.0, 0.0]
    assert trl([row] * 3, [cut, whole, f"<think>{whole}"]) == [1.0, 1.0, 1.0]
    assert trl([row] * 2, [cut, cut]) == [1.0, 1.0], "nothing shows it"


def test_rewards_for_a_tokenizer() -> None:
    """The function has the name that TRL logs it by."""
    row = our_row("math", 0)
    cut, whole = cut_and_whole(row)
    function = for_tokenizer(Thinker())
    assert function.__name__ == "reward"
    columns = {key: [row[key]] * 2 for key in ("reward_model", "extra_info", "data_source")}
    called = {"prompts": [row["prompt"]] * 2, "completions": [cut, whole], **columns}
    assert function(**called) == [0.0, 1.0]
    assert for_tokenizer(Thinker(), enable_thinking=False)(**called) == [1.0, 1.0]


def test_a_thinking_that_is_cut_off_holds_no_answer_for_verl(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """By the template in the model's folder, the row, the argument, the environment."""
    row = our_row("math", 0)
    cut, whole = cut_and_whole(row)
    (tmp_path / "chat_template.jinja").write_text(Thinker.chat_template, encoding="utf-8")
    here = {"model": str(tmp_path), "template": {}}
    assert (verl(row, cut, **here), verl(row, whole, **here)) == (0.0, 1.0)
    assert verl(row, cut, model=str(tmp_path), template={"enable_thinking": False}) == 1.0
    assert verl(row, cut, **here, thinking=False) == 1.0
    assert verl(row, cut, thinking=True) == 0.0
    assert verl(row, whole, thinking=True) == 1.0
    marked = {**row, "extra_info": {**row["extra_info"], "thinking": True}}
    assert (verl(marked, cut), verl(marked, whole)) == (0.0, 1.0)
    with pytest.warns(RuntimeWarning, match="thinking=true"):
        assert verl(row, whole, model=str(tmp_path / "none")) == 1.0
    monkeypatch.setenv("GOLONG_REWARD_THINKING", "1")
    assert verl(row, cut) == 0.0
    assert verl(row, cut, thinking=False) == 1.0


def test_delimiters_of_one_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Told by a variable, one pair a line."""
    row = our_row("math", 0)
    box = answer(gold_of(row), "math")
    texts = [f"<<{box}>>None.", f"<<41>>{box}", f"<<{box}", f"[[41]]{box}"]
    monkeypatch.setenv("GOLONG_REWARD_DELIMITERS", "[[ ]]\n<< >>")
    assert trl([row] * 4, texts) == [0.0, 1.0, 0.0, 1.0]
    assert [verl(row, text) for text in texts] == [0.0, 1.0, 0.0, 1.0]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        b"\xff",
        3.5,
        np.float64(3),
        np.str_("x"),
        [],
        [None],
        {},
        pytest.param(object(), id="an object"),
        ["x", 3],
    ],
    ids=repr,
)
def test_no_completion_stops_a_trainer(sent: Any) -> None:
    """It earns nothing, in both profiles."""
    for row in (our_row("f1", 0), published_row("f1", 0)):
        assert verl(row, sent) == 0.0
        assert trl([row], [sent]) == [0.0]


def test_verl_takes_what_trl_takes() -> None:
    """Messages, bytes and numpy's strings are read alike."""
    row = our_row("f1", 0)
    text = told(row, "f1")
    for sent in (text.encode(), np.str_(text), [{"role": "assistant", "content": text}]):
        assert verl(row, sent) == trl([row], [sent])[0] == 1.0


@pytest.mark.parametrize("reason", ["too long", "timeout", "gold", "start", "crash"])
def test_whose_doing_it_is_that_a_check_could_not_be_made(
    reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that takes too long to check is wrong; a gold that cannot be read is not."""
    monkeypatch.setattr(helper, "ask", lambda *_: {"status": reason})
    gold = "so it seems" if reason == "gold" else r"\sqrt{2}"
    text = "x+" * 600 + "1" if reason == "too long" else r"\sqrt{3}"
    scoring = Scoring("math", gold, "strict", "numeric")
    wanted = 0.0 if reason in ("too long", "timeout") else None
    assert earned(rf"\boxed{{{text}}}", scoring) == wanted


def test_the_form_of_an_answer_travels_with_the_row() -> None:
    """It stands beside the arguments in the row's metric."""
    row = our_row("math", 0)
    spec = json.loads(row["extra_info"]["metric"]) | {"form": "number"}
    info = {**row["extra_info"], "metric": json.dumps(spec)}
    scoring = scoring_of(row["data_source"], row["reward_model"]["ground_truth"], info)
    assert scoring.args["form"] == "number"


# --- verl, and data as it arrives -----------------------------------------------------------


@each_metric
def test_dicts_numpy_and_arrow_give_the_same_reward(metric: str) -> None:
    """For our rows and for published ones, right and wrong answers."""
    for row in (our_row(metric, 1), published_row(metric, 1)):
        golong = "reward_mode" in row["extra_info"]
        for text in (told(row, metric, golong=golong), THOUGHT + "[Answer]\nINV001\nINV002"):
            wanted = verl(row, text)
            truth, info = row["reward_model"]["ground_truth"], row["extra_info"]
            arrays = {**truth, "doc_ids": np.array(truth["doc_ids"], dtype=object)}
            boxed = np.array([arrays], dtype=object)
            scalar = pa.scalar({**truth, "doc_ids": truth["doc_ids"] or [""][:0]})
            asked = np.str_(row["data_source"])
            assert compute_score(asked, text, arrays, info) == wanted
            assert compute_score(asked, text, boxed, info) == wanted
            assert compute_score(asked, text, scalar, pa.scalar(info)) == wanted
            assert compute_score(asked, text, json.dumps(truth), json.dumps(info)) == wanted
            assert type(compute_score(asked, text, truth, info)) is float


@each_metric
def test_our_rows_are_scored_strictly_by_the_metric_they_name(metric: str) -> None:
    """The gold earns 1, and the reward is the metric's own score."""
    row = our_row(metric, 2)
    text = told(row, metric)
    assert verl(row, text) == score(text, gold_of(row), metric) == 1.0


def test_arguments_of_the_metric_are_used() -> None:
    """A tolerance in the row is a tolerance in the reward."""
    row = our_row("math", 0, args={"tolerance": "5"})
    near = rf"\boxed{{{int(gold_of(row)) + 4}}}"
    assert verl(row, near) == 1.0
    assert verl(our_row("math", 0), near) == 0.0


# --- the published form ---------------------------------------------------------------------


@each_metric
def test_published_rows_are_scored_as_they_were_published(metric: str) -> None:
    """By data source and subtask, under golong: the reward is that metric's own score."""
    row = published_row(metric, 3)
    scoring = scoring_of(row["data_source"], row["reward_model"]["ground_truth"], row["extra_info"])
    assert (scoring.metric, scoring.profile) == (metric, "golong")
    assert scoring.task == (MODES[metric].split()[0] if metric in MODES else SOURCES[metric])
    text = told(row, metric, golong=True)
    wanted = score(text, scoring.gold, metric, profile="golong", **scoring.args)
    assert verl(row, text) == wanted > 0.85
    assert verl(row, text.replace("</think>", "")) == 0.0, "the published gate"


@each_metric
def test_published_rows_can_be_scored_strictly(
    metric: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By argument, by column, by environment; the right answer earns all of it."""
    row = published_row(metric, 4)
    text = told(row, metric)
    assert verl(row, text, profile="strict") == 1.0
    assert trl([row, row], [text] * 2, profile=["strict", "strict"]) == [1.0, 1.0]
    monkeypatch.setenv("GOLONG_REWARD_PROFILE", "strict")
    assert trl([row], [text]) == [1.0]


def test_our_rows_can_be_scored_as_published_ones() -> None:
    """Arguments that the published code does not know are left out."""
    row = our_row("math", 0, args={"tolerance": "5", "unit": "units"})
    assert verl(row, told(row, "math"), profile="golong") == 1.0
    assert verl(row, answer(gold_of(row), "math"), profile="golong") == 0.0, "no thinking"


def test_a_chinese_summary_is_cut_into_words() -> None:
    """The published rows name the language where ours could have a summary."""
    row = published_row("rouge_l", 0)
    gold = "侦探在旧灯塔里找到了被盗的项链并在黎明前归还给寡妇"
    row["reward_model"]["ground_truth"] |= {"doc_ids": [gold], "summary": "Chinese"}
    text = f"{THOUGHT}[答案]\n侦探在旧灯塔里找到了项链"
    assert 0.3 < verl(row, text) < 0.8
    assert 0.4 < verl(row, text, profile="strict") < 0.8


IDS = ["<|doc_7|>", "<|doc_12|>"]


@pytest.mark.parametrize("profile", ["golong", "strict"])
@pytest.mark.parametrize(
    ("ids", "number", "paid"),
    [(IDS, "42", 1.0), (IDS[::-1], "42", 1.0), (IDS[:1], "42", 0.0), (IDS, "41", 0.0)],
)
def test_retrieval_calculate_wants_the_documents_and_the_number(
    profile: str, ids: list[str], number: str, paid: float
) -> None:
    """All right ids and no other, and the right result."""
    truth = {"doc_ids": IDS, "golden_label": "42", "summary": ""}
    text = (
        f"{THOUGHT}<relevant_doc_ids>{', '.join(ids)}</relevant_doc_ids>\n<summary>...</summary>\n"
        f"<continue_reasoning>6 times 7 is \\boxed{{{number}}}</continue_reasoning>"
    )
    assert compute_score("retrieval_calculate", text, truth, {}, profile=profile) == paid
    assert compute_score("retrieval_calculate", text, [truth], None, profile=profile) == paid
    bare = text.split("</relevant_doc_ids>")[1]
    assert compute_score("retrieval_calculate", bare, truth, {}, profile=profile) == 0.0


@pytest.mark.parametrize("truth", ["42", {"golden_label": "42"}, [{"golden_label": "42"}]])
def test_a_math_gold_may_be_bare_or_the_last_of_a_list(truth: Any) -> None:
    """As the published code takes it, for its evaluation names too."""
    for source in ("math_longcot_math_verify", "math_longcot_math_verify_aime2025"):
        assert compute_score(source, THOUGHT + r"\boxed{42}", truth) == 1.0


@pytest.mark.parametrize("profile", ["golong", "strict"])
@pytest.mark.parametrize(
    ("source", "truth", "right"),
    [
        # The published code takes the last of a list, and a table that stands there bare.
        ("math_longcot_math_verify", ["41", "42"], r"\boxed{42}"),
        ("math_longcot_math_verify", [41, 42], r"\boxed{42}"),
        ("math_longcot_math_verify", np.array([41, 42]), r"\boxed{42}"),
        ("EM", ["Paris", "Oslo"], "Oslo"),
        ("EM", [{"golden_label": "Paris"}, {"golden_label": "Oslo"}], "Oslo"),
        ("EM", {"doc_ids": ["Paris", "Oslo"], "golden_label": "", "summary": ""}, "Oslo"),
        ("selection", ["A", "B"], "The correct answer is (B)"),
        (
            "multitableqa_pretraining",
            {"columns": ["n"], "data": [["Oslo"]]},
            '<answer>{"columns": ["n"], "data": [["Oslo"]]}</answer>',
        ),
        (
            "multitableqa_pretraining",
            {"columns": ["n"], "data": [["Oslo"]], "golden_label": None},
            '<answer>{"columns": ["n"], "data": [["Oslo"]]}</answer>',
        ),
        (
            "multitableqa_pretraining",
            '{"columns": ["n"], "data": [["Oslo"]]}',
            '<answer>{"columns": ["n"], "data": [["Oslo"]]}</answer>',
        ),
    ],
)
def test_odd_forms_of_published_golds(source: str, truth: Any, right: str, profile: str) -> None:
    assert compute_score(source, THOUGHT + right, truth, {}, profile=profile) == 1.0
    assert compute_score(source, THOUGHT + "41 Paris A", truth, {}, profile=profile) == 0.0


@pytest.mark.parametrize("key", SUBTASKS)
def test_every_subtask_is_known_in_every_usual_spelling(key: str) -> None:
    """With the id before it, in lower case, with underscores, without "and" and "&"."""
    name, metric = SUBTASKS[key]
    snake = name.lower().replace("& ", "").replace(" ", "_").replace("-", "_")
    spellings = (
        f"T{key} {name}",
        f"t{key} {name.lower()}",
        f"{key} {name.upper()}",
        f"T{key}",
        key,
        key.replace(".", "_"),
        name,
        snake,
        f"longbench_pro_t{key}_{snake}",
        f"T{key}. {name.replace('&', 'and').replace(' or ', ' ')}",
    )
    assert {subtask(spelling) for spelling in spellings} == {(f"T{key}", metric)}


def test_a_task_of_one_metric_needs_no_subtask() -> None:
    """T5 is F1 whatever follows; T6 could be three metrics."""
    assert subtask("T5") == ("T5", "f1")
    with pytest.raises(UserError):
        subtask("T6")


@pytest.mark.parametrize(
    ("mode", "hint"),
    [
        ("T5.9 Something", "Known"),
        ("T5.1 Key-Statement Citation Alignment", "T5.2 Key-Statement Citation Alignment"),
        ("sumary", "Summary"),
        ("", "Known"),
    ],
)
def test_an_unknown_subtask_is_named_with_the_known_ones(mode: str, hint: str) -> None:
    """Also where its id and its name are of two different ones."""
    with pytest.raises(UserError) as caught:
        compute_score("longbench_pro", "x", {"doc_ids": ["a"]}, {"reward_mode": mode})
    assert f'"{mode}"' in caught.value.what
    assert hint in caught.value.remedy


def test_an_unknown_data_source_is_named_with_the_known_ones() -> None:
    """So is a profile, and what is no metric."""
    with pytest.raises(UserError, match="longbnch_pro") as caught:
        compute_score("longbnch_pro", "x", {}, {"reward_mode": "T5.1"})
    assert 'Did you mean "longbench_pro"?' in caught.value.remedy
    with pytest.raises(UserError, match="lenient"):
        compute_score("EM", "x", {}, {}, profile="lenient")
    with pytest.raises(UserError, match="metric"):
        compute_score(None, "x", {}, {"metric": "f1"})
    with pytest.raises(UserError, match="tolerence"):
        verl(our_row("math", 0, args={"tolerence": "5"}), "x")
    assert verl(our_row("math", 0, args={"language": "en"}), "x") == 0.0


# --- the same everywhere --------------------------------------------------------------------


def _samples() -> list[tuple[str, str, Any, Any]]:
    """Rows of every kind in both forms, with right, wrong, symbolic and empty answers."""
    found = []
    for metric in MAKERS:
        for row in (our_row(metric, 5), published_row(metric, 5)):
            golong = "reward_mode" in row["extra_info"]
            truth, info = row["reward_model"]["ground_truth"], row["extra_info"]
            right = told(row, metric, golong=golong)
            for text in (right, THOUGHT + "[Answer]\nA", THOUGHT + r"\boxed{\sqrt{2}}", ""):
                found.append((row["data_source"], text, truth, info))
    return found


def _paid(sample: tuple[str, str, Any, Any]) -> float:
    return compute_score(*sample)


def test_threads_and_processes_agree() -> None:
    """Eight threads, two spawned processes, this thread: the same rewards."""
    samples = _samples()
    wanted = [_paid(sample) for sample in samples]
    assert {0.0, 1.0} <= set(wanted)
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(_paid, samples)) == wanted
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as processes:
        spawned = processes.map(compute_score, *zip(*samples, strict=True), chunksize=20)
        assert list(spawned) == wanted


def test_ray_actors_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two actors: the same rewards."""
    if importlib.util.find_spec("ray") is None:
        pytest.skip("ray is not installed here")
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    samples = _samples()
    wanted = [_paid(sample) for sample in samples]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Ray's own
        ray: Any = importlib.import_module("ray")

        class Scorer:
            """What a reward worker is."""

            def score(self, batch: list[tuple[str, str, Any, Any]]) -> list[float]:
                """Rewards of a batch."""
                from golong_data.rewards import compute_score as compute

                return [compute(*sample) for sample in batch]

        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
        try:
            actors = [ray.remote(Scorer).remote() for _ in range(2)]
            halves = [samples[::2], samples[1::2]]
            made = [a.score.remote(half) for a, half in zip(actors, halves, strict=True)]
            found = ray.get(made, timeout=120)
        finally:
            ray.shutdown()
    assert found == [wanted[::2], wanted[1::2]]


@pytest.mark.parametrize("name", ["custom_module", "rewards"])
def test_the_file_can_be_loaded_by_its_path(name: str) -> None:
    """As trainers do it, even where they do not enter it into sys.modules."""
    found = importlib.util.find_spec("golong_data.rewards")
    assert found is not None
    assert found.origin is not None
    spec = importlib.util.spec_from_file_location(name, found.origin)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for metric in MAKERS:
        row = our_row(metric, 9)
        truth = row["reward_model"]["ground_truth"]
        wanted = verl(row, told(row, metric))
        given = row["data_source"], told(row, metric), truth, row["extra_info"]
        assert module.compute_score(*given) == wanted == 1.0


def test_rewards_load_nothing_heavy() -> None:
    """A reward worker imports neither numpy, pyarrow, torch nor the rest of this package."""
    code = (
        "import sys, golong_data.rewards\n"
        "print([m for m in ('numpy', 'pyarrow', 'torch', 'polars', 'datasets', 'jieba', 'sympy',"
        " 'golong_data.making', 'golong_data.tasks') if m in sys.modules])"
    )
    assert run_python(code).strip() == "[]"


def test_the_two_functions_pay_the_same() -> None:
    """TRL and verl see one reward."""
    rows = [our_row(metric, 6) for metric in MAKERS] + [published_row(m, 6) for m in MAKERS]
    texts = [THOUGHT + "[Answer]\nINV001\nC\n" + answer(gold_of(row)) for row in rows]
    paid = reward(
        ["p"] * len(rows),
        texts,
        [row["reward_model"] for row in rows],
        [row["extra_info"] for row in rows],
        [row["data_source"] for row in rows],
    )
    assert paid == [verl(row, text) for row, text in zip(rows, texts, strict=True)]
    row = rows[0]
    scoring = scoring_of(row["data_source"], row["reward_model"]["ground_truth"], row["extra_info"])
    assert earned(told(row, "math"), scoring) == 1.0
