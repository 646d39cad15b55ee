"""Several processes, kills, and other programs: what happens outside of this process."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import yaml

pytest.importorskip("torch")
pytest.importorskip("trl")

HERE = Path(__file__).parent


def environment(**more: str) -> dict[str, str]:
    """One thread, and no word to anyone."""
    return {
        **os.environ,
        "OMP_NUM_THREADS": "1",
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        **more,
    }


def run(*argv: object, **more: str) -> subprocess.CompletedProcess[str]:
    """A command that has to succeed."""
    done = subprocess.run(
        list(map(str, argv)), env=environment(**more), capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done


def settings_file(folder: Path, start: Path, **settings: Any) -> Path:
    """A train recipe for short runs of the tiny model."""
    from train.mix import SETTINGS

    path = folder / "mine.yaml"
    recipe = {"model": str(start), "held_out": 0.1, "eval_rows": 6, "trl": SETTINGS | settings}
    path.write_text(yaml.safe_dump(recipe), encoding="utf-8")
    return path


def seen(folder: Path, process: int) -> dict[str, Any]:
    """What a process of gathered.py wrote."""
    text = (folder / f"seen-{process}.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def test_two_processes_with_groups_across_them_come_to_the_advantages_of_one(
    mix: Path, start: Path, tmp_path: Path
) -> None:
    """Groups of four on processes of six: the second group lies on both."""
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir(), two.mkdir()
    script = HERE / "gathered.py"
    run(sys.executable, script, mix, start, one, 12)
    torchrun = (sys.executable, "-m", "torch.distributed.run", "--standalone")
    run(*torchrun, "--nproc-per-node", 2, script, mix, start, two, 6)
    whole, parts = seen(one, 0), [seen(two, 0), seen(two, 1)]
    assert [row for part in parts for row in part["rows"]] == whole["rows"]
    assert [value for part in parts for value in part["mine"]] == whole["mine"]
    assert any(whole["mine"])
    for part in parts:
        for name in ("logged", "ids", "metrics", "statistics"):
            assert part[name] == whole[name]


def test_a_run_that_is_killed_goes_on_as_if_nothing_had_happened(
    mix: Path, start: Path, tmp_path: Path
) -> None:
    """Killed after the first checkpoint, resumed in a later epoch: the same weights, bit by
    bit, and the same log, with running statistics, a curriculum, and runs of tasks."""
    settings = {"max_steps": 12, "save_steps": 4, "statistics_decay": 0.9, "tasks_together": 2}
    config = settings_file(tmp_path, start, **settings, per_device_train_batch_size=96)
    data = yaml.safe_load(config.read_text())
    data["curriculum"] = {"by": "length", "start": 0.3, "until": 0.6, "epochs": 2}
    config.write_text(yaml.safe_dump(data))
    cli = (sys.executable, "-m", "golong_data", "train", str(mix), "--config", str(config))
    run(*cli, "--out", tmp_path / "whole")
    killed = tmp_path / "killed"
    command = [*cli, "--out", str(killed)]
    process = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL)
    marker = killed / "checkpoint-8" / "task_statistics.json"
    deadline = time.monotonic() + 200
    while not marker.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert marker.exists()
    # A checkpoint that the kill cut short has no statistics yet, and is passed over.
    (killed / "checkpoint-12").mkdir(exist_ok=True)
    done = run(*cli, "--out", killed, "--resume")
    assert "resumed at step 8 of 12" in done.stdout
    assert digest(killed) == digest(tmp_path / "whole")
    assert rewards(killed) == rewards(tmp_path / "whole")
    assert len(rewards(killed)) == 12
    epochs = json.loads((killed / "checkpoint-12" / "trainer_state.json").read_text())["epoch"]
    assert epochs > 1.5, "the run stayed in its first epoch and shows nothing"
    tables = [line for line in done.stdout.splitlines() if line.startswith("all ")]
    assert len(tables) == 1


def digest(folder: Path) -> str:
    """Of the trained weights."""
    return hashlib.sha256((folder / "model" / "model.safetensors").read_bytes()).hexdigest()


def rewards(folder: Path) -> list[tuple[int, float]]:
    """Steps and rewards as logged."""
    lines = (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    logs = [json.loads(line) for line in lines]
    return [(log["step"], log["reward"]) for log in logs if "reward" in log]


def test_rewards_serve_trl_s_own_command(mix: Path, start: Path, tmp_path: Path) -> None:
    """`trl grpo --reward_funcs golong_data.rewards.reward` trains on rows as they are built."""
    done = run(
        *(Path(sys.executable).with_name("trl"), "grpo"),
        *("--reward_funcs", "golong_data.rewards.reward"),
        *("--model_name_or_path", start, "--dataset_name", mix, "--output_dir", tmp_path / "trl"),
        *("--max_steps", 1, "--use_cpu", "--bf16", "false", "--gradient_checkpointing", "false"),
        *("--per_device_train_batch_size", 8, "--num_generations", 4, "--report_to", "none"),
        *("--max_completion_length", 8, "--logging_steps", 1, "--save_strategy", "no"),
        HF_DATASETS_CACHE=str(tmp_path / "cache"),
    )
    assert "rewards/reward/mean" in done.stdout + done.stderr


def test_torchrun_starts_the_command_on_two_processes(
    mix: Path, start: Path, tmp_path: Path
) -> None:
    """One speaks, both train, the held-out rows are scored once."""
    config = settings_file(tmp_path, start, max_steps=2, per_device_train_batch_size=12)
    torchrun = (sys.executable, "-m", "torch.distributed.run", "--standalone")
    out = tmp_path / "out"
    command = ("-m", "golong_data", "train", mix, "--config", config, "--out", out)
    done = run(*torchrun, "--nproc-per-node", 2, *command)
    assert done.stdout.count("step     2 of 2") == 1
    assert "on 2 processes" in done.stdout
    predictions = (out / "eval" / "predictions.jsonl").read_text(encoding="utf-8").splitlines()
    assert [len(json.loads(line)["completion"]) for line in predictions] == [1] * 6
    assert done.stdout.count("all ") == 1
