"""The training notebook runs from the first cell to the last, on a short training."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
for needed in ("ipykernel", "matplotlib", "torch", "trl", "peft"):
    pytest.importorskip(needed)

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "train_tmn.ipynb"
STEPS = 4


def outputs(notebook: Any) -> Iterator[Any]:
    """What the cells gave, in order."""
    for cell in notebook.cells:
        yield from cell.get("outputs", ())


def texts(notebook: Any) -> str:
    """All that was printed."""
    return "".join(output.get("text", "") for output in outputs(notebook))


def pictures(notebook: Any) -> list[str]:
    """The plots, as PNG in base64."""
    return [o["data"]["image/png"] for o in outputs(notebook) if "image/png" in o.get("data", {})]


def check(notebook: Any, steps: int) -> None:
    """It ended: both plots, the table of sizes, each step, and the mean reward of the end."""
    printed = texts(notebook)
    assert all(len(picture) > 5_000 for picture in pictures(notebook))
    assert len(pictures(notebook)) == 2
    sizes = {
        name: (float(math), float(f1))
        for name, math, f1 in re.findall(r"^(\w+) +(\d\.\d{3}) +(\d\.\d{3})$", printed, re.M)
    }
    assert sizes.keys() == {"dr_grpo", "grpo", "tmn", "tmn_reweight"}
    assert sizes["dr_grpo"][0] > 10 * sizes["dr_grpo"][1]
    assert sizes["tmn"][0] == pytest.approx(sizes["tmn"][1], abs=1e-3)
    rewards = re.findall(rf"^step +(\d+) of {steps} +reward (\d\.\d+)", printed, re.M)
    assert [int(step) for step, _ in rewards] == list(range(1, steps + 1))
    means = re.findall(r"^mean reward, (\w+) third of the run: +(\d\.\d{3})$", printed, re.M)
    assert [name for name, _ in means] == ["first", "last"]
    third = max(1, steps // 3)
    last = [float(reward) for _, reward in rewards[-third:]]
    assert float(means[1][1]) == pytest.approx(sum(last) / third, abs=2e-3)


@pytest.mark.filterwarnings("ignore:.*Kernel is running over TCP:UserWarning")
def test_the_notebook_ends_with_its_plots_and_a_reward(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """All cells run as they stand, with fewer steps of training."""
    for name, value in (("GOLONG_NOTEBOOK_STEPS", STEPS), ("OMP_NUM_THREADS", 1)):
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    nbclient.NotebookClient(notebook, timeout=900, kernel_name="python3").execute()
    check(notebook, STEPS)


def test_the_stored_notebook_is_one_that_ran_and_is_small() -> None:
    """So it reads on the web: outputs of a whole run, no error, no path of a machine."""
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert len(text) < 300_000
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    assert not [output for output in outputs(notebook) if output.output_type == "error"]
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))
    check(notebook, 40)
    first, last = re.findall(r"third of the run: +(\d\.\d{3})", texts(notebook))
    assert float(last) > float(first)
    assert not re.search(r"/(tmp|home|root|work|Users)/", json.dumps(notebook))
