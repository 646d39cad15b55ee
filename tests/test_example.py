"""The worked example of CONTRIBUTING.md, run as it is printed there."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

GUIDE = Path(__file__).parent.parent / "CONTRIBUTING.md"
FILES = {"whose.py", "words.yaml", "whose.yaml"}
_FILE = re.compile(r"`([\w.]+)`[^`]*:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def section() -> str:
    """What the guide says from the example's heading on to the next."""
    text = GUIDE.read_text(encoding="utf-8").partition("### A task of your own\n")[2]
    return text.partition("\n## ")[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example's files, cut out of the guide: each block under the line that names it."""
    found = dict(_FILE.findall(section()))
    assert set(found) == FILES
    for name, text in found.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def commands() -> list[list[str]]:
    """The golong-data commands that the section shows."""
    found = re.findall(r"^\$ golong-data (.+)$", section(), re.MULTILINE)
    return [shlex.split(line) for line in found]


def test_a_task_by_dotted_path_is_built_validated_and_audited(folder: Path) -> None:
    """Every command of the example does what is said of it, and the rows are of the user's task.

    The audit finds that a sentence which is quoted word for word can be looked up.
    """
    assert len(commands()) == 3
    for command in commands():
        done = subprocess.run(
            [sys.executable, "-m", "golong_data", *command],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        wanted = 1 if command[0] == "audit" else 0
        assert done.returncode == wanted, done.stdout + done.stderr
        assert ("best word overlap" in done.stdout) == (command[0] == "audit")
    manifest = json.loads((folder / "rows" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rows"] == 40
    assert manifest["counts"] == {"whose:TASK/whose": 40}
