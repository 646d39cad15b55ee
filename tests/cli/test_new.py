"""`golong-data new task`: what it writes builds and keeps every promise, in each form."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import run_cli

from golong_data.cli.new import FILES, FORMS
from golong_data.quality.contract import CHEATS
from golong_data.tasks.forms import FORMS as KNOWN


def run(folder: Path, *argv: str) -> str:
    """What a command prints, run where a user would stand."""
    done = subprocess.run(
        [sys.executable, "-m", *argv],
        cwd=folder,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_every_form_can_be_asked_for() -> None:
    """With the metric that the form has."""
    assert {name: form.metric.name for name, form in KNOWN.items()} == {
        name: metric for name, (metric, _) in FORMS.items()
    }


@pytest.mark.parametrize("form", FORMS)
def test_a_new_task_passes_its_own_test_and_builds(form: str, tmp_path: Path) -> None:
    """Module, solver, words, recipe and test, in a folder that nothing else knows."""
    name = f"parcels_{form}"
    made = run_cli("new", "task", name, "--form", form, "--idea", 'A "new" one', "--into", tmp_path)
    assert made.code == 0
    assert len(made.out.split()) == len(FILES) == len(list((tmp_path / name).iterdir()))
    assert "passed" in run(tmp_path, "pytest", name, "-p", "no:cacheprovider", "-q")
    run(tmp_path, "golong_data", "build", "--recipe", f"{name}/recipe.yaml", "--out", "rows")
    manifest = json.loads((tmp_path / "rows" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"] == {f"{name}:TASK/{name}": 40}
    # As short as they are, its questions may fall to a look at the context, to nothing else.
    path = tmp_path / "rows"
    cheats = [part for policy in CHEATS for part in ("--policy", policy)]
    run(tmp_path, "golong_data", "audit", str(path), "--no-learn", *cheats)


def test_what_is_written_is_formatted_and_typed(tmp_path: Path) -> None:
    """As the project itself is: whoever starts from it starts clean."""
    for form in FORMS:
        run_cli("new", "task", f"mine_{form}", "--form", form, "--idea", "", "--into", tmp_path)
    root = Path(__file__).parent.parent.parent
    settings = ("--config", str(root / "pyproject.toml"))
    run(tmp_path, "ruff", "check", *settings, ".")
    run(tmp_path, "ruff", "format", "--check", *settings, ".")
    packages = [part for form in FORMS for part in ("-p", f"mine_{form}")]
    run(tmp_path, "mypy", "--strict", "--follow-imports", "silent", *packages)


@pytest.mark.parametrize("name", ["2nd", "Mine", "a-b", "a/b", "", "class"])
def test_a_name_that_no_package_can_have(name: str, tmp_path: Path) -> None:
    """One message, exit code 2, nothing written."""
    done = run_cli("new", "task", name, "--form", "list", "--idea", "", "--into", tmp_path)
    assert done.code == 2
    assert "is no name for a task" in done.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["json", "click", "golong_data"])
def test_a_name_that_python_imports_already(name: str, tmp_path: Path) -> None:
    """Its recipe would find that module."""
    done = run_cli("new", "task", name, "--form", "list", "--idea", "", "--into", tmp_path)
    assert done.code == 2
    assert f'module "{name}" already' in done.err


def test_a_place_that_cannot_be_written_to(tmp_path: Path) -> None:
    """A file where the folder should go."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run_cli(
        "new", "task", "mine", "--form", "list", "--idea", "", "--into", tmp_path / "file"
    )
    assert done.code == 2
    assert "file" in done.err


def test_a_folder_that_is_there_is_left_alone(tmp_path: Path) -> None:
    """Whatever it holds."""
    (tmp_path / "mine").mkdir()
    done = run_cli("new", "task", "mine", "--form", "list", "--idea", "", "--into", tmp_path)
    assert done.code == 2
    assert "such a folder already" in done.err
    assert list((tmp_path / "mine").iterdir()) == []
