"""What can be learned without the question is learned, and nothing is where nothing is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from kinds import MAKERS, Row, our_row
from planted import planted_row
from support import run_cli

from golong_data.quality import adversary
from golong_data.quality.adversary import FEWEST_ROWS, LEARNERS, Learned
from golong_data.quality.audit import Audit, audit
from golong_data.quality.cases import case_of
from golong_data.quality.features import features, sight
from golong_data.quality.page import page

ROWS = 40


def learn(rows: list[Row], *learners: str) -> Audit:
    """What learners gain, and nothing else."""
    return audit(rows, policies={}, learners=learners or tuple(LEARNERS))


def planted_rows(leak: str, n: int = ROWS) -> list[Row]:
    """Rows with a leak."""
    return [planted_row(leak, i) for i in range(n)]


def write(path: Path, rows: list[Row]) -> Path:
    """Rows as JSON lines."""
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("leak", "learner"),
    [("longest line", "boosting"), ("first", "boosting"), ("told word", "bag of words")],
)
def test_a_leak_is_learned(leak: str, learner: str) -> None:
    """Out of fold, on rows of which none was taught; the audit fails."""
    found = learn(planted_rows(leak), learner)
    (gained,) = found.learned
    assert gained.gain > 0.7
    assert gained.over
    assert not found.passed
    assert found.leaks == (gained,)


@pytest.fixture(scope="module")
def clean() -> Audit:
    """Rows whose golds chance has chosen."""
    return learn(planted_rows("clean", 60))


def test_nothing_is_learned_where_nothing_is(clean: Audit) -> None:
    """The gain is within its noise; twelve candidates, so chance is a twelfth."""
    assert clean.passed
    assert [g.learner for g in clean.learned] == list(LEARNERS)
    for gained in clean.learned:
        assert abs(gained.gain) < 3 * gained.error
        assert gained.chance == pytest.approx(1 / 12, abs=0.03)
        assert gained.n == 60


def test_learning_repeats_itself(clean: Audit) -> None:
    """To the last digit."""
    assert learn(planted_rows("clean", 60), "bag of words").learned == clean.learned[1:]


def test_few_rows_teach_nothing() -> None:
    """It says so instead of giving a figure."""
    found = learn(planted_rows("first", FEWEST_ROWS - 1), "bag of words")
    assert [g.note for g in found.learned] == [adversary.TOO_FEW]
    assert found.passed


def test_a_gain_has_to_pass_its_ceiling_by_more_than_noise() -> None:
    """Two standard errors above it."""
    gained = Learned("t", "", "f1", "boosting", 60, 0.3, 0.1, 0.04, 0.10)
    assert gained.over
    assert not replace(gained, mean=0.27).over
    assert not replace(gained, note="too few").over


@pytest.mark.parametrize("metric", [m for m in MAKERS if m not in ("iou", "rouge_l")])
def test_the_question_is_never_seen(metric: str) -> None:
    """Another question leaves every figure and every word as it was."""
    case = case_of(our_row(metric, 0), 0)
    head, _, options = case.question.partition("\n")
    asked = "What else?" + ("\n" + options if options else "")
    other = replace(case, question=asked, prompt=case.prompt.replace(case.question, asked))
    assert head not in other.prompt
    candidates = case.candidates[:40]
    figures = features(case, candidates)
    assert np.array_equal(figures, features(other, candidates))
    assert [sight(case, c) for c in candidates] == [sight(other, c) for c in candidates]
    assert figures.shape[0] == len(candidates)
    assert np.isfinite(figures).all()


def test_without_scikit_learn_the_audit_says_so_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """In one line, with the command that gets it."""
    monkeypatch.setattr(adversary, "_at_hand", lambda: False)
    path = write(tmp_path / "rows.jsonl", planted_rows("clean", 3))
    ran = run_cli("audit", path, "--policy", "empty")
    assert ran.code == 0
    assert ran.out.count("pip install 'golong-data[audit]'") == 1


def test_gains_are_on_the_page_and_in_the_json(clean: Audit, tmp_path: Path) -> None:
    """With their standard errors; no text of a row gets into the page unescaped."""
    html = page(clean, "clean")
    for gained in clean.learned:
        assert f"{gained.gain:+.3f} &plusmn; {gained.error:.3f}" in html
    path = write(tmp_path / "rows.jsonl", planted_rows("clean", 5))
    found = run_cli("audit", path, "--json", "--policy", "empty").json()
    keys = {"task", "subtask", "learner", "n", "gain", "error", "ceiling", "over", "note"}
    assert keys <= found["learned"][0].keys()
