"""The audit finds a reward that leaks, lets a sound one pass, and shows both."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from kinds import MAKERS, MODES, Row, our_row, published_row
from support import build_cli, run_cli

from golong_data.contexts.sampling import spread
from golong_data.errors import UserError
from golong_data.metrics import METRICS
from golong_data.quality import cases
from golong_data.quality.audit import GOLD, SLIPS, Audit, Cell, audit
from golong_data.quality.cases import Case, case_of
from golong_data.quality.ceilings import ceiling_of, lucky
from golong_data.quality.cheats import Pool
from golong_data.quality.contract import cheat_rewards, cheats_earn_little
from golong_data.quality.page import page
from golong_data.quality.policies import POLICIES
from golong_data.quality.samples import stored_rows
from golong_data.types import Generator

SCRIPT = "<script>alert('no')</script>"


def our_rows(n: int = 30) -> list[Row]:
    """So many rows of every kind."""
    return [our_row(metric, i) for metric in MAKERS for i in range(n)]


SOUND = ("ndcg", "pairwise", "iou", "rouge_l")
"""Kinds that no look at the words gives away."""


def leaky(text: str, gold: str | tuple[str, ...]) -> float:
    """A metric with the oldest hole of all: the gold anywhere in the text will do."""
    return float(all(item in text for item in ([gold] if isinstance(gold, str) else gold)))


@pytest.fixture
def leaky_rows(monkeypatch: pytest.MonkeyPatch) -> list[Row]:
    """Rows that are scored with it."""
    monkeypatch.setitem(METRICS, "leaky", leaky)
    rows = [our_row("exact_match", i) for i in range(10)]
    for row in rows:
        row["extra_info"]["metric"] = json.dumps({"name": "leaky", "args": {}})
    return rows


def write(path: Path, rows: list[Row]) -> Path:
    """Rows as JSON lines."""
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def cell(found: Audit, task: str, policy: str) -> Cell:
    """One cell of the table."""
    return next(c for c in found.cells if (c.task, c.policy) == (task, policy))


# --- what it finds --------------------------------------------------------------------------


LOOKING = ("best word overlap", "word overlap around")
"""Policies that questions as plain as these fall to: they name what stands beside the answer."""
NOT_LOOKING = {name: policy for name, policy in POLICIES.items() if name not in LOOKING}


@pytest.fixture(scope="module")
def sound() -> Audit:
    """Our rows of every kind under our metrics."""
    return audit(our_rows(), policies=NOT_LOOKING, learners=())


def test_no_ceiling_is_passed_under_strict(sound: Audit) -> None:
    """Over every kind of gold."""
    assert sound.over == ()
    assert sound.passed
    assert (sound.profile, sound.rows) == ("strict", 300)


def test_the_gold_earns_all_of_it(sound: Audit) -> None:
    """As the prompt asks for it, and with slips of form."""
    assert {(c.name, c.mean) for c in sound.controls} == {(GOLD, 1.0), (SLIPS, 1.0)}
    assert len(sound.columns) == len(MAKERS)


def test_policies_that_do_not_apply_leave_their_cell_out(sound: Audit) -> None:
    """No letters for tables, no rows of tables for letters."""
    played = {(c.metric, c.policy) for c in sound.cells}
    assert ("accuracy", "always A") in played
    assert ("iou", "always A") not in played
    assert ("accuracy", "JSON with all rows") not in played
    assert {c.policy for c in sound.cells} <= set(POLICIES)
    assert sound.policies == [name for name in POLICIES if name in set(sound.policies)]


def test_what_the_published_rewards_pay_is_found() -> None:
    """The same cheats over the same rows: thinking, dumps, two of eight, random orders."""
    rows = [published_row(metric, i) for metric in MODES for i in range(10)]
    found = audit(rows, learners=())
    assert found.profile == "golong"
    assert not found.passed
    thought = {c.task for c in found.over if c.policy == "answer in thinking only"}
    assert thought == {mode.split()[0] for mode in MODES.values()}
    assert cell(found, "T8.2", "every candidate").mean == 1.0
    assert cell(found, "T2.1", "first and last").mean > 0.3
    assert cell(found, "T1.2", "random order").mean > 0.75
    strict = audit(rows, profile="strict", policies=NOT_LOOKING, learners=())
    assert strict.passed
    assert [c.mean for c in strict.controls if c.name == GOLD] == [1.0] * len(MODES)


def test_a_leak_is_found(leaky_rows: list[Row]) -> None:
    """By whoever lists or echoes; with its example."""
    found = audit(leaky_rows)
    assert not found.passed
    assert {"every candidate", "context echoed", "answer in thinking only"} <= {
        c.policy for c in found.over
    }
    worst = cell(found, "exact_match_task", "every candidate")
    assert (worst.mean, worst.n, worst.example.paid) == (1.0, 10, 1.0)
    assert worst.example.gold in worst.example.completion
    message = cheats_earn_little(leaky_rows)
    assert message is not None
    assert re.match("exact_match_task: .* earns 1.000, the ceiling is 0", message)
    assert cheat_rewards(leaky_rows)["every candidate"] == 1.0


def test_a_gold_that_is_not_paid_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reward that pays nobody passes no ceiling, and is no reward."""
    monkeypatch.setitem(METRICS, "exact_match", lambda text, gold: 0.0)
    found = audit([our_row("exact_match", i) for i in range(5)])
    assert found.over == ()
    assert not found.passed


def test_policies_of_ones_own_are_played() -> None:
    """POLICIES is a plain dict; so is what is passed instead."""

    def first_word(case: Case, pool: Pool, rng: random.Random) -> str | None:
        return case.prompt.split()[0]

    found = audit([our_row("math", 0)], policies={"first word": first_word})
    assert [c.policy for c in found.cells] == ["first word"]


def test_an_audit_repeats_itself() -> None:
    """Cell by cell."""
    rows = [our_row(metric, i) for metric in ("f1", "ndcg", "accuracy") for i in range(5)]
    assert audit(rows) == audit(rows)


# --- ceilings -------------------------------------------------------------------------------


def ceiling(metric: str, policy: str, n: int = 20) -> float:
    """The ceiling of a policy over rows of one kind."""
    return ceiling_of([case_of(our_row(metric, i), i) for i in range(n)], policy)[0]


@pytest.mark.parametrize(
    ("metric", "policy", "wanted"),
    [
        ("math", "empty", 0.0),
        ("exact_match", "commonest gold", 0.0),
        ("accuracy", "always A", 0.25),
        ("selection", "every candidate", 0.25),
        ("f1", "every candidate", 0.15),
        ("subem", "every candidate", 0.15),
        ("iou", "JSON with all rows", 0.15),
        ("ndcg", "random order", 0.05),
        ("ndcg", "first and last", 0.15),
        ("pairwise", "random order", 0.5),
        ("pairwise", "first and last", 0.15),
        ("rouge_l", "first candidates", 0.25),
    ],
)
def test_ceilings_by_metric(metric: str, policy: str, wanted: float) -> None:
    """What chance gives, and little for lists."""
    assert ceiling(metric, policy) == pytest.approx(wanted, abs=1e-3)


def test_a_task_states_its_own_ceiling() -> None:
    """That of `numeric` is 0.08."""
    row = our_row("math", 0)
    row["extra_info"]["task"] = "numeric"
    assert ceiling_of([case_of(row, 0)], "commonest gold") == (0.08, 0.0)


def test_guessing_one_of_few_candidates_may_be_right_as_often_as_chance_has_it() -> None:
    """One code of thirty."""
    assert 0.03 < ceiling("exact_match", "random candidates") < 0.12


def test_one_lucky_guess_is_no_finding() -> None:
    """One of ten is luck, two are not."""
    assert _scored([1.0] + [0.0] * 9).over == ()
    assert [c.mean for c in _scored([1.0] * 2 + [0.0] * 8).over] == [0.2]


def test_luck_has_a_bound() -> None:
    """A quarter of four hundred guesses, once in ten thousand times 133; exact."""
    assert lucky(400, 0.25) == pytest.approx(0.3325, abs=0.005)
    assert lucky(1, 0.5) == 1.0
    assert lucky(20_000, 0.25) < 0.265


def _scored(paid: list[float]) -> Audit:
    """An audit of one policy that earns what is asked."""
    rows = [our_row("exact_match", i) for i in range(len(paid))]
    right = {row["extra_info"]["id"] for row, value in zip(rows, paid, strict=True) if value}

    def policy(case: Case, pool: Pool, rng: random.Random) -> str | None:
        return f"[Answer]\n{case.gold}" if case.id in right else "no"

    return audit(rows, policies={"told": policy})


# --- the command ----------------------------------------------------------------------------


def test_a_leak_ends_in_exit_code_1(leaky_rows: list[Row], tmp_path: Path) -> None:
    """The cell is marked, and a line says which; all of them where all are asked for."""
    path = write(tmp_path / "rows.jsonl", leaky_rows)
    ran = run_cli("audit", path)
    assert ran.code == 1
    assert "1.000!" in ran.out
    assert re.search("! exact_match_task: .* earns 1.000 over 10 rows; the ceiling is", ran.out)
    ran = run_cli("audit", path, "--all")
    assert "! exact_match_task: every candidate earns 1.000 over 10 rows; the ceiling is" in ran.out


def test_sound_rewards_end_in_exit_code_0(tmp_path: Path) -> None:
    """From a list of rows in one JSON file too."""
    path = tmp_path / "rows.json"
    rows = [our_row(metric, i) for metric in SOUND for i in range(12)]
    path.write_text(json.dumps(rows), encoding="utf-8")
    ran = run_cli("audit", path)
    assert ran.code == 0, ran.out
    assert "no ceiling is passed" in ran.out


def test_the_table_fits_100_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten tasks in four tables; no name, no figure is cut."""
    monkeypatch.setenv("COLUMNS", "100")
    path = write(tmp_path / "rows.jsonl", [published_row(m, i) for m in MAKERS for i in range(2)])
    ran = run_cli("audit", path, "--profile", "strict", "--all", "--no-learn")
    assert max(map(len, ran.out.split("\n"))) <= 100
    assert "…" not in ran.out
    assert ran.out.count("ceiling ") >= 3
    for name in ("answer in thinking only", "T8.2", "pretraining"):
        assert name in ran.out


def test_the_json_has_every_cell(tmp_path: Path) -> None:
    """With mean, rows, ceiling and example; nothing else on stdout."""
    path = write(tmp_path / "rows.jsonl", [our_row("ndcg", i) for i in range(5)])
    found = run_cli("audit", path, "--json").json()
    assert found["passed"] is True
    assert (found["rows"], found["profile"]) == (5, "strict")
    keys = {"task", "subtask", "metric", "policy", "n", "mean", "ceiling", "limit", "over"}
    keys |= {"example", "unverified"}
    assert keys <= found["cells"][0].keys()
    assert [c["mean"] for c in found["controls"]] == [1.0, 1.0]
    assert [(c["found"], c["gold"], c["short"]) for c in found["coverage"]] == [(1.0, 1.0, False)]


def test_a_built_data_set_and_a_recipe_are_audited(tmp_path: Path) -> None:
    """Rows of the folder; rows made on the spot, the same ones."""
    out = tmp_path / "built"
    assert build_cli(out).code == 0
    stored = run_cli("audit", out, "--json")
    made = run_cli("audit", "numeric", "--ctx", "4k", "--rows", 6, "--json")
    assert stored.code == made.code == 0
    assert stored.json() == made.json()
    assert {c["ceiling"] for c in made.json()["cells"]} >= {0.08}


@pytest.mark.parametrize(
    "place", ["rows.parquet", "data/train-00000-of-00001.parquet", "x.parquet"]
)
def test_published_rows_are_read_from_parquet(place: str, tmp_path: Path) -> None:
    """A file, a data set's folder, a folder of files; under golong, some rows of many."""
    path = tmp_path / place
    path.parent.mkdir(exist_ok=True)
    rows = [published_row("f1", i) for i in range(30)]
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=4)
    target = path if place == "rows.parquet" else tmp_path
    found = run_cli("audit", target, "--rows", 10, "--json")
    assert found.code == 1
    assert (found.json()["profile"], found.json()["rows"]) == ("golong", 10)
    wanted = [rows[i]["reward_model"] for i in spread(30, 10)]
    assert [row["reward_model"] for _, row in stored_rows(target, 10)] == wanted


NOWHERE = {"data_source": "nope", "extra_info": {}}


@pytest.mark.parametrize(
    ("write_it", "what"),
    [
        (
            lambda p: p.write_text(f"\n{json.dumps(our_row('f1', 0) | NOWHERE)}\n"),
            "rows.jsonl:2: data_source: ",
        ),
        (lambda p: p.write_text('{"a": 1}\n{]\n'), "rows.jsonl:2: this line is not JSON"),
    ],
)
def test_bad_files_get_one_message(
    write_it: Callable[[Path], object], what: str, tmp_path: Path
) -> None:
    """Naming the file or the row; exit code 2."""
    path = tmp_path / "rows.jsonl"
    write_it(path)
    ran = run_cli("audit", path)
    assert ran.code == 2
    assert what in ran.err
    assert "Traceback" not in ran.err


def test_a_policy_can_be_played_alone(leaky_rows: list[Row], tmp_path: Path) -> None:
    """By name; a name that is none gets a suggestion."""
    path = write(tmp_path / "rows.jsonl", leaky_rows)
    found = run_cli("audit", path, "--policy", "empty", "--policy", "refusal", "--json")
    assert found.code == 0
    assert {c["policy"] for c in found.json()["cells"]} == {"empty", "refusal"}
    ran = run_cli("audit", path, "--policy", "every candidates")
    assert ran.code == 2
    assert "every candidate" in ran.err


# --- candidates -----------------------------------------------------------------------------


def test_rows_without_candidates_fail() -> None:
    """Of a generator of ours; rows of anyone else are only shown."""
    rows = [our_row("exact_match", i) for i in range(3)]
    rows[1]["prompt"][0]["content"] = "There is nothing here.\n\nQuestion: Which?"
    found = audit(rows, policies={}, learners=())
    (covered,) = found.coverage
    assert (covered.n, covered.short, found.passed) == (3, False, True)
    assert covered.found == covered.gold == pytest.approx(2 / 3)
    for row in rows:
        row["extra_info"] |= {"task": "exhaustive", "subtask": "none of ours"}
    found = audit(rows, policies={}, learners=())
    assert [c.short for c in found.coverage] == [True]
    assert not found.passed


def test_a_result_need_not_be_a_candidate() -> None:
    """It is worked out; candidates there have to be all the same."""
    rows = [our_row("math", i) for i in range(3)]
    for row in rows:
        row["extra_info"] |= {"task": "numeric", "subtask": "none of ours"}
    found = audit(rows, policies={}, learners=())
    assert [(c.gold, c.short) for c in found.coverage] == [(0.0, False)]
    assert "worked out" in found.coverage[0].reason


def test_what_a_generator_states_is_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its candidates, and its lazy readers by their names."""
    stated = Generator(
        make=lambda: pytest.fail("nothing is made here"),
        solve=lambda question, prompt: None,
        needs="",
        serves=lambda: True,
        candidates=lambda question, prompt: ["x-1", "x-2", "x-1"],
        lazy={"second": lambda question, prompt: "x-2", "nobody": lambda question, prompt: None},
    )
    monkeypatch.setattr(cases, "generator_of", lambda task, subtask: stated)
    row = our_row("exact_match", 0)
    row["reward_model"]["ground_truth"]["golden_label"] = "x-2"
    found = audit([row], learners=())
    assert case_of(row, 0).candidates == ("x-1", "x-2")
    played = {c.policy: c for c in found.cells if c.policy.startswith("lazy")}
    assert {name: c.mean for name, c in played.items()} == {"lazy: second": 1.0}
    assert played["lazy: second"].ceiling == 0.5
    assert [c.mean for c in found.coverage] == [2]


def test_an_unknown_profile_is_named() -> None:
    """Before any row is read."""
    ran = run_cli("audit", "numeric", "--profile", "lenient")
    assert ran.code == 2
    assert "lenient" in ran.err
    assert "golong, strict" in ran.err or "strict, golong" in ran.err


def test_a_row_that_cannot_be_scored_is_named_by_its_place() -> None:
    """Counted from 0."""
    with pytest.raises(UserError, match="row 1"):
        audit([our_row("f1", 0), {"data_source": "nope"}])


# --- the page -------------------------------------------------------------------------------


class _Tags(HTMLParser):
    """Every tag and its attributes, and whether tags close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "br", "wbr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _tags(html: str) -> _Tags:
    parser = _Tags()
    parser.feed(html)
    assert parser.open == []
    return parser


def test_the_page_escapes_documents() -> None:
    """A script in prompt, question, gold, id and task stays text."""
    row = our_row("exact_match", 0)
    row["prompt"][0]["content"] = f"{SCRIPT} The code of box 1 is {SCRIPT}."
    row["reward_model"]["ground_truth"]["golden_label"] = SCRIPT
    row["extra_info"] |= {"question": SCRIPT, "id": SCRIPT, "task": SCRIPT}
    html = page(audit([row, our_row("exact_match", 1)]), SCRIPT)
    assert "<script" not in html.lower()
    assert html.count("&lt;script&gt;") > 10
    assert all(tag != "script" for tag, _ in _tags(html).seen)


def test_the_page_stands_alone(sound: Audit) -> None:
    """Nothing is loaded from elsewhere; every link leads to a place on the page."""
    html = page(sound, "all kinds")
    tags = _tags(html).seen
    attributes = [pair for _, found in tags for pair in found.items()]
    assert not {"src", "srcset", "data", "action"} & {name for name, _ in attributes}
    assert not re.search(r"https?:|url\(|@import", html)
    links = {str(value) for name, value in attributes if name == "href"}
    places = [f"#{value}" for name, value in attributes if name == "id"]
    assert links == set(places)
    assert len(places) == len(set(places))
    assert {tag for tag, _ in tags} >= {"table", "details", "summary"}


def test_the_page_shows_every_policy_with_an_example(leaky_rows: list[Row], tmp_path: Path) -> None:
    """The leak is framed, its figure and its completion can be read."""
    path = tmp_path / "audit.html"
    ran = run_cli("audit", write(tmp_path / "rows.jsonl", leaky_rows), "--html", path)
    assert ran.code == 1
    assert ran.out.rstrip().endswith(str(path))
    html = path.read_text("utf-8")
    assert html.count("<details>") == html.count("</details>") >= 12
    assert 'class="over"' in html
    assert "ceilings passed" in html
    good = page(audit([our_row("ndcg", i) for i in range(3)]), "ndcg")
    assert "No ceiling is passed" in good
    assert 'class="over"' not in good


def test_spread_takes_rows_evenly() -> None:
    """First ones first, none twice, all where fewer are there."""
    assert spread(100, 4) == [0, 25, 50, 75]
    assert spread(3, 10) == spread(3, None) == [0, 1, 2]
    assert spread(0, 5) == []


def test_the_help_shows_how(tmp_path: Path) -> None:
    """An example of each kind of target."""
    shown: Any = run_cli("audit", "--help").out
    assert all(text in shown for text in ("out/numeric-64k", "--html", ".parquet"))
