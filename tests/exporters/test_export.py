"""Exports: what is written, that no reward changes on the way, and what a bad input says."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from support import build_cli, build_command, kill, run_cli, running

from golong_data.errors import UserError
from golong_data.exporters import EXPORTERS, RECORD, export
from golong_data.rewards import compute_score
from golong_data.rows.canonical import EXPORTED, held_out, read_rows
from golong_data.rows.files import iterate
from golong_data.rows.formats import FORMATS

SIZE = 30


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished build."""
    out = tmp_path_factory.mktemp("export") / "built"
    assert build_cli(out, size=SIZE).code == 0
    return out


@pytest.fixture(scope="module")
def verl(built: Path) -> Path:
    """It, exported for verl."""
    out = built.with_name("verl")
    ran = run_cli("export", built, "--to", "verl", "--out", out, "--validation", 0.2)
    assert ran.code == 0, ran.err
    return out


PUBLISHED: list[tuple[Any, dict[str, Any], list[tuple[str, float]]]] = [
    # (gold, what else differs, completions with what they earn)
    ("42", {"data_source": "EM"}, [("42", 1.0), ("41", 0.0)]),
    (
        ["Part 1", "Part 2"],
        {"data_source": "longbench_pro", "extra_info": {"reward_mode": "T7.3"}},
        [("[Answer]\nPart 1\nPart 2", 1.0), ("[Answer]\nPart 1", 2 / 3)],
    ),
    (
        [{"doc_ids": ["b", "a"], "golden_label": "", "summary": "English"}],
        {"data_source": "longbench_pro", "extra_info": {"reward_mode": "T2.1"}},
        [("[Answer]\nb\na", 1.0), ("[Answer]\na\nb", 0.0)],
    ),
    (
        '{"doc_ids": [], "golden_label": "x\\ny", "summary": "Chinese"}',
        {"data_source": "longbench_pro", "extra_info": {"reward_mode": "SubEM"}},
        [("[Answer]\nx\ny", 1.0), ("[Answer]\nx", 0.5)],
    ),
    (["41", "42"], {"data_source": "EM"}, [("42", 1.0), ("41", 0.0)]),
    (
        {"columns": ["n"], "data": [["Oslo"]]},
        {"data_source": "multitableqa_pretraining"},
        [
            (f'<answer>{{"columns": ["n"], "data": [["{name}"]]}}</answer>', earned)
            for name, earned in (("Oslo", 1.0), ("Bergen", 0.0))
        ],
    ),
    (
        {"doc_ids": ["<|doc_1|>"], "golden_label": "7", "summary": None},
        {"data_source": "retrieval_calculate", "ability": None},
        [
            (
                f"<relevant_doc_ids>{named}</relevant_doc_ids>"
                "<continue_reasoning>\\boxed{7}</continue_reasoning>",
                earned,
            )
            for named, earned in (("<|doc_1|>", 1.0), ("<|doc_2|>", 0.0))
        ],
    ),
]


def published(number: int) -> dict[str, Any]:
    """A row as the published set has them."""
    gold, other, _ = PUBLISHED[number]
    return {
        "prompt": [{"role": "user", "content": f"Question {number}?"}],
        "reward_model": {"style": "rule", "ground_truth": gold},
        **other,
    }


@pytest.fixture
def jsonl(tmp_path: Path) -> Path:
    """Published rows as JSON lines."""
    path = tmp_path / "published.jsonl"
    lines = [json.dumps(published(number)) for number in range(len(PUBLISHED))]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def exported(folder: Path) -> list[dict[str, Any]]:
    """All rows of an export for verl."""
    return [row for path in sorted(folder.glob("*.parquet")) for row in _table(path).to_pylist()]


def _table(path: Path) -> pa.Table:
    return pq.ParquetFile(path).read()


# --- what is written ----------------------------------------------------------------------


def test_the_folder_holds_what_a_cluster_needs_and_nothing_else(verl: Path) -> None:
    """Rows, reward, configuration, launcher, record; no temporary file."""
    assert {path.name for path in verl.iterdir()} == {
        *("train.parquet", "validation.parquet", "golong_reward.py"),
        *("golong.yaml", "train.sh", RECORD),
    }
    assert not [path for path in verl.parent.iterdir() if path.name.startswith(".tmp")]


def test_every_row_arrives_once_on_the_side_that_its_id_says(built: Path, verl: Path) -> None:
    """Prompts and golds are those of the build; the record counts them."""
    back = {row["extra_info"]["id"]: row for row in exported(verl)}
    source = list(iterate(built))
    assert len(source) == len(back) == SIZE
    sides = {"train": 0, "validation": 0}
    for row in source:
        info, found = row["extra_info"], back[row["extra_info"]["id"]]
        for column in ("data_source", "prompt", "ability", "reward_model"):
            assert found[column] == row[column]
        for name in ("id", "index", "task", "subtask", "metric", "n_tokens", "tokenizer"):
            assert found["extra_info"][name] == info[name]
        side = "validation" if held_out(info["id"], 0.2) else "train"
        assert found["extra_info"]["split"] == side
        sides[side] += 1
    assert [row["extra_info"]["id"] for row in _table(verl / "train.parquet").to_pylist()] == [
        row["extra_info"]["id"] for row in source if not held_out(row["extra_info"]["id"], 0.2)
    ]
    record = json.loads((verl / RECORD).read_text(encoding="utf-8"))
    assert record["splits"] == sides
    assert record["longest_prompt"] == max(row["extra_info"]["n_tokens"] for row in source)
    for path in verl.glob("*.parquet"):
        assert pq.ParquetFile(path).schema_arrow == EXPORTED


@given(st.text(), st.floats(0, 1), st.floats(0, 1))
def test_a_larger_share_only_adds_to_what_is_held_out(name: str, low: float, high: float) -> None:
    """Sides are nested, so no row that was trained on is evaluated on at a smaller share."""
    low, high = sorted((low, high))
    assert held_out(name, low) <= held_out(name, high)
    assert not held_out(name, 0)
    assert held_out(name, 1)


def test_the_share_is_met(built: Path) -> None:
    """Over many ids, the hash holds out about as many as asked."""
    del built
    found = sum(held_out(f"numeric-64k-{n}", 0.02) for n in range(20_000))
    assert 300 < found < 500


def test_the_configuration_holds_the_published_hyperparameters(verl: Path) -> None:
    """And the longest prompt of the rows at hand."""
    config = yaml.safe_load((verl / "golong.yaml").read_text(encoding="utf-8"))
    data, actor = config["data"], config["actor_rollout_ref"]["actor"]
    rollout, algorithm = config["actor_rollout_ref"]["rollout"], config["algorithm"]
    record = json.loads((verl / RECORD).read_text(encoding="utf-8"))
    assert data["max_prompt_length"] == record["longest_prompt"]
    assert rollout["max_model_len"] == record["longest_prompt"] + 16384
    assert data["filter_overlong_prompts"] is False
    assert (data["max_response_length"], data["train_batch_size"]) == (16384, 128)
    assert actor["ppo_mini_batch_size"] == 128
    assert data["train_batch_size"] * algorithm["filter_groups"]["max_inflight_gen_batches"] == 512
    assert (rollout["n"], rollout["temperature"]) == (16, 1.0)
    optim = actor["optim"]
    assert (optim["lr"], optim["lr_warmup_steps"], optim["weight_decay"]) == (2e-6, 5, 0.1)
    assert (actor["clip_ratio_low"], actor["clip_ratio_high"], actor["clip_ratio_c"]) == (
        *(0.2, 0.28),
        3.0,
    )
    assert actor["loss_agg_mode"] == "token-mean"
    assert not actor["use_kl_loss"]
    assert not algorithm["use_kl_in_reward"]
    assert actor["entropy_coeff"] == 0
    assert algorithm["rollout_correction"]["rollout_is_threshold"] == "0.5_5.0"
    assert algorithm["adv_estimator"] == "golong_tmn_reweight"
    assert config["reward"]["custom_reward_function"]["reward_kwargs"] == {
        "model": "${actor_rollout_ref.model.path}",
        "template": "${data.apply_chat_template_kwargs}",
        "thinking": None,
    }
    assert algorithm["golong"]["task_by"] in EXPORTED.field("extra_info").type.names


def test_the_launcher_hands_verl_its_folder_the_model_and_overrides(verl: Path) -> None:
    """From any working folder; without a model it says how it is used."""
    fake = verl.parent / "bin"
    fake.mkdir()
    (fake / "python3").write_text('#!/bin/sh\nprintf "%s\\n" "$VERL_USE_EXTERNAL_MODULES" "$@"\n')
    (fake / "python3").chmod(0o755)
    assert (verl / "train.sh").stat().st_mode & stat.S_IXUSR
    path = {**os.environ, "PATH": f"{fake}:{os.environ['PATH']}"}
    command = ["bash", str(verl / "train.sh")]

    def run(*argv: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *argv], cwd="/", env=path, text=True, capture_output=True, check=False
        )

    assert run("/models/m", "trainer.nnodes=16", "x=a b").stdout.splitlines() == [
        *("golong_data.train.verl", "-m", "verl.trainer.main_ppo"),
        *("--config-path", str(verl), "--config-name", "golong"),
        *(f"export_dir={verl}", "actor_rollout_ref.model.path=/models/m"),
        *("trainer.nnodes=16", "x=a b"),
    ]
    bare = run()
    assert bare.returncode != 0
    assert "usage" in bare.stderr


def test_the_reward_file_is_loaded_by_its_path_as_verl_does(verl: Path) -> None:
    """The gold earns 1 through the file, and nothing earns 0."""
    spec = importlib.util.spec_from_file_location("custom_module_1", verl / "golong_reward.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for row in exported(verl)[:5]:
        truth = row["reward_model"]["ground_truth"]
        for answer, wanted in ((truth["golden_label"], 1.0), ("no idea", 0.0)):
            paid = module.compute_score(
                data_source=row["data_source"],
                solution_str=f"[Answer]\n{answer}",
                ground_truth=truth,
                extra_info=row["extra_info"],
                thinking=False,
            )
            assert paid == wanted


# --- published rows -----------------------------------------------------------------------


def test_published_rows_earn_after_the_export_what_they_earned_before(
    jsonl: Path, tmp_path: Path
) -> None:
    """Whatever their gold came as: text, list, struct, JSON text."""
    export(jsonl, "verl", tmp_path / "out", validation=0)
    found = _table(tmp_path / "out" / "train.parquet").to_pylist()
    assert len(found) == len(PUBLISHED)
    for number, row in enumerate(found):
        before = published(number)
        for completion, wanted in PUBLISHED[number][2]:
            text = f"<think>Well.</think>{completion}"
            paid = [
                compute_score(r["data_source"], text, r["reward_model"]["ground_truth"], info)
                for r, info in ((before, before.get("extra_info")), (row, row["extra_info"]))
            ]
            assert paid == pytest.approx([wanted, wanted])
        assert row["extra_info"]["reward_type"]


def test_rows_that_do_not_say_how_long_they_are_are_filtered_by_verl(
    jsonl: Path, tmp_path: Path
) -> None:
    """At the published limit; without held-out rows nothing is validated."""
    export(jsonl, "verl", tmp_path / "out", validation=0)
    config = yaml.safe_load((tmp_path / "out" / "golong.yaml").read_text(encoding="utf-8"))
    assert config["data"]["max_prompt_length"] == 160 * 1024
    assert config["data"]["filter_overlong_prompts"] is True
    assert config["data"]["val_files"].endswith("train.parquet")
    assert config["trainer"]["test_freq"] == -1


def test_every_format_and_every_source_gives_the_same_rows(jsonl: Path, tmp_path: Path) -> None:
    """Published JSON lines, the same rows out of Parquet, and our own JSON lines read back."""
    wanted = list(read_rows(jsonl))
    assert len({row["extra_info"]["id"] for row in wanted}) == len(wanted)
    for name in EXPORTERS:
        export(jsonl, name, tmp_path / name, validation=0.5)
        back = {row["extra_info"]["id"]: row for row in read_rows(tmp_path / name)}
        for row in wanted:
            side = "validation" if held_out(row["extra_info"]["id"], 0.5) else "train"
            found = back[row["extra_info"]["id"]]
            assert found == row
            held = [p for p in (tmp_path / name).glob(f"{side}.*") if p.suffix in FORMATS]
            assert row["extra_info"]["id"] in {
                r["extra_info"]["id"] for path in held for r in read_rows(path)
            }


def test_few_rows_are_in_memory_at_once(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are: what is read goes to disk by row groups."""
    from golong_data.exporters import verl as exporter

    monkeypatch.setattr(exporter, "MOST_ROWS", 4)
    waiting = most = 0
    write = pq.ParquetWriter.write_batch

    def count(it: Iterator[Any]) -> Iterator[Any]:
        nonlocal waiting, most
        for row in it:
            waiting += 1
            most = max(most, waiting)
            yield row

    def flush(self: pq.ParquetWriter, batch: pa.RecordBatch, *more: Any) -> None:
        nonlocal waiting
        waiting -= batch.num_rows
        write(self, batch, *more)

    monkeypatch.setattr("golong_data.exporters.read_rows", lambda path: count(read_rows(path)))
    monkeypatch.setattr(pq.ParquetWriter, "write_batch", flush)
    export(built, "verl", tmp_path / "out", validation=0.5)
    assert most <= 2 * 4
    assert waiting == 0


# --- folders ------------------------------------------------------------------------------


def test_an_export_that_is_there_is_replaced_only_on_request(built: Path, tmp_path: Path) -> None:
    """And then by one that is the same, byte for byte."""
    out = tmp_path / "out"
    command = ("export", built, "--to", "jsonl", "--out", out)
    assert run_cli(*command).code == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    (out / "train.jsonl").write_text("changed")
    ran = run_cli(*command)
    assert ran.code == 2
    assert "--overwrite" in ran.err
    assert (out / "train.jsonl").read_text() == "changed"
    assert run_cli(*command, "--overwrite").code == 0
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_a_killed_export_leaves_no_folder_and_the_next_one_sweeps(tmp_path: Path) -> None:
    """kill -9 while rows are written."""
    source = tmp_path / "big.jsonl"
    row = published(0) | {"prompt": "word " * 20_000}
    source.write_text((json.dumps(row) + "\n") * 3000, encoding="utf-8")
    out = tmp_path / "out"
    argv = build_command(out, size=1)[:3]
    command = [*argv, "export", str(source), "--to", "verl", "--out", str(out)]
    with running(command) as process:
        while not list(tmp_path.glob(".tmp-*/train.parquet")):
            assert process.poll() is None
        kill(process)
    assert not out.exists()
    assert list(tmp_path.glob(".tmp-*"))
    source.write_text(json.dumps(published(0)) + "\n", encoding="utf-8")
    assert run_cli("export", source, "--to", "verl", "--out", out, "--validation", 0).code == 0
    assert not list(tmp_path.glob(".tmp-*"))
    assert (out / "train.parquet").exists()


def test_the_formats_are_listed_with_a_sentence_each() -> None:
    """`golong-data list exporters`, as text and as JSON."""
    listed = run_cli("list", "exporters", "--json").json()
    assert [entry["name"] for entry in listed] == list(EXPORTERS)
    assert all(len(entry["summary"]) > 20 for entry in listed)
    assert "verl" in run_cli("list", "exporters").out


def test_json_says_where_and_how_many(built: Path, tmp_path: Path) -> None:
    """For scripts; without --out the folder lies beside the data."""
    shutil.copytree(built, tmp_path / "mine")
    ran = run_cli("export", tmp_path / "mine", "--to", "jsonl", "--json")
    assert ran.json()["rows"] == SIZE
    assert Path(ran.json()["out"]) == tmp_path / "mine-jsonl"


# --- bad input ----------------------------------------------------------------------------

BAD: dict[str, tuple[str, tuple[str, ...]]] = {
    "no.jsonl": ("{", ("no.jsonl:1", "not JSON")),
    "bare.jsonl": ('{"prompt": "x"}\n', ("bare.jsonl:1", "reward_model")),
    "empty_prompt.jsonl": (
        '{"prompt": [], "reward_model": {"ground_truth": "1"}, "data_source": "EM"}',
        ("empty_prompt.jsonl:1", "prompt is empty"),
    ),
    "source.jsonl": (
        '{"prompt": "x", "reward_model": {"ground_truth": "1"}, "data_source": "EMM"}',
        ("source.jsonl:1: data_source", 'Did you mean "EM"'),
    ),
    "metric.jsonl": (
        '{"prompt": "x", "reward_model": {"ground_truth": "1"}, "extra_info": {"metric": "f1"}}',
        ("metric.jsonl:1: extra_info.metric",),
    ),
    "none.jsonl": ("", ("none.jsonl", "no rows")),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_exported_is_named(name: str, tmp_path: Path) -> None:
    """One message, exit code 2, nothing written."""
    content, message = BAD[name]
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    ran = run_cli("export", path, "--to", "verl", "--out", tmp_path / "out")
    assert ran.code == 2
    for fragment in message:
        assert fragment in ran.err
    assert "Traceback" not in ran.err
    assert sorted(p.name for p in tmp_path.iterdir()) == [name]


def test_a_damaged_shard_of_a_build_is_named(built: Path, tmp_path: Path) -> None:
    """With the remedy of a build, and no export is left behind."""
    copy = Path(shutil.copytree(built, tmp_path / "copy"))
    shard = sorted((copy / "data").glob("*.parquet"))[-1]
    shard.write_bytes(shard.read_bytes()[:2000])
    ran = run_cli("export", copy, "--to", "verl")
    assert ran.code == 2
    assert shard.name in ran.err
    assert "--resume" in ran.err
    assert not (tmp_path / "copy-verl").exists()


def test_folders_that_are_not_ours_are_left_alone(built: Path, tmp_path: Path) -> None:
    """Neither a foreign folder nor a file nor the source itself is replaced."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "thesis.txt").write_text("dear")
    (tmp_path / "file").write_text("dear")
    for out, fragment in (
        (tmp_path / "full", "not empty"),
        (tmp_path / "file", "is a file"),
        (built, "what it reads"),
        (built.parent, "what it reads"),
    ):
        ran = run_cli("export", built, "--to", "verl", "--out", out, "--overwrite")
        assert ran.code == 2
        assert fragment in ran.err
    assert (tmp_path / "full" / "thesis.txt").read_text() == "dear"


def test_an_unknown_format_names_the_closest(built: Path, tmp_path: Path) -> None:
    """Before anything is read."""
    (tmp_path / "broken.jsonl").write_text("{", encoding="utf-8")
    ran = run_cli("export", tmp_path / "broken.jsonl", "--to", "vrel")
    assert ran.code == 2
    assert 'Did you mean "verl"' in ran.err
    ran = run_cli("export", built, "--to", "verl", "--validation", "1.5")
    assert ran.code == 2


def test_a_disk_that_refuses_is_said(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback, no half export."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_batch", full)
    with pytest.raises(UserError, match="No space left"):
        export(built, "verl", tmp_path / "out")
    assert not list(tmp_path.iterdir())
