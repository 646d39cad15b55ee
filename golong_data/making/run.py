"""A whole build: plan, make what is missing, finish with manifest and card."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from golong_data.errors import UserError
from golong_data.making.card import card
from golong_data.making.engines import Engine, local
from golong_data.making.manifest import differences, identity, manifest
from golong_data.making.sample import Maker, Outcome, open_maker
from golong_data.making.shards import (
    STATE,
    Plan,
    ShardRecord,
    disk_error,
    intact,
    plan,
    read_record,
    record_path,
    write_text,
)
from golong_data.recipes import slug
from golong_data.types import Recipe

Progress = Callable[[str, int, int], None]
"""Called with (what, done, total)."""

FILES = ("manifest.json", "README.md", "dropped.jsonl")
"""What a build writes beside its shards."""
_SHARD = re.compile(r"train-\d{5}-of-\d{5}\.parquet|\.train-.*\.tmp")


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build gave."""

    out: Path
    rows: int
    dropped: int
    tokens: int
    shards: int
    kept_shards: int
    """Shards that were there already and intact."""
    manifest: dict[str, Any]


def default_out(recipe: Recipe) -> Path:
    """Where a recipe is built unless told otherwise."""
    return Path("out") / slug(recipe)


def build(
    recipe: Recipe,
    out: Path,
    *,
    workers: int = 1,
    resume: bool = False,
    overwrite: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """Builds a recipe into a folder.

    Raises UserError for anything a person can mend. What was finished before stays; after
    a kill the same call with `resume` gives the same bytes as an uninterrupted build.
    """
    _check_out(out, resume=resume, overwrite=overwrite)
    maker = open_maker(recipe, workers=workers, progress=progress)
    layout = plan(recipe.size, recipe.ctx)
    with local(maker, min(workers, layout.n_shards)) as engine:
        _preflight(maker)
        this = identity(maker, layout)
        if overwrite:
            _remove(out)
        elif resume:
            _check_same(out, this)
        try:
            records, kept = _make(maker, layout, engine, out, this, progress)
            final = manifest(maker, layout, records)
            _finish(out, final)
        except OSError as error:
            raise disk_error(error, out) from error
    return BuildReport(
        out=out,
        rows=final["rows"],
        dropped=final["dropped"],
        tokens=final["tokens"],
        shards=layout.n_shards,
        kept_shards=kept,
        manifest=final,
    )


def _make(
    maker: Maker,
    layout: Plan,
    engine: Engine,
    out: Path,
    this: dict[str, Any],
    progress: Progress | None,
) -> tuple[list[ShardRecord], int]:
    """Makes the shards that are missing. Returns all records in order, and how many were there."""
    # The mark of a build of ours comes first, so that a kill leaves no unmarked folder.
    (out / STATE).mkdir(parents=True, exist_ok=True)
    (out / "data").mkdir(exist_ok=True)
    write_text(out / STATE / "identity.json", json.dumps(this, indent=1))
    records = _done(out, layout)
    _sweep(out, layout)
    kept = len(records)
    done = sum(len(layout.indices(k)) for k in records)
    todo = [k for k in range(layout.n_shards) if k not in records]
    for record in engine(layout, todo, out):
        shard = int(Path(record.file).name.split("-")[1])
        records[shard] = record
        done += len(layout.indices(shard))
        if progress:
            progress("rows", done, layout.size)
    return [records[k] for k in range(layout.n_shards)], kept


def _check_out(out: Path, *, resume: bool, overwrite: bool) -> None:
    if resume and overwrite:
        raise UserError(
            "--resume and --overwrite contradict each other.",
            where="command line",
            remedy="Keep what is there with --resume, or start anew with --overwrite.",
        )
    if out.exists() and not out.is_dir():
        raise UserError("this is a file.", where=str(out), remedy="Name a folder with --out.")
    if not out.exists() or not any(out.iterdir()):
        return
    if not _ours(out):
        raise UserError(
            "the folder is not empty and holds no build of ours.",
            where=str(out),
            remedy="Name another folder with --out; nothing in this one is touched.",
        )
    if not resume and not overwrite:
        raise UserError(
            "a build is here already.",
            where=str(out),
            remedy="Add --resume to finish or check it, --overwrite to replace it, or name "
            "another folder with --out.",
        )


def _ours(out: Path) -> bool:
    """Whether a folder holds a build of ours, begun or finished, its manifest damaged or not."""
    if (out / STATE).is_dir():
        return True
    try:
        found = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    except OSError:
        return False
    except ValueError:
        found = None
    if isinstance(found, dict):
        return {"format", "recipe", "shards"} <= found.keys()
    names = [path.name for path in (out / "data").glob("*")]
    return bool(names) and all(_SHARD.fullmatch(name) for name in names)


def _remove(out: Path) -> None:
    """Removes what a build writes, and nothing else."""
    for name in ("data", STATE):
        shutil.rmtree(out / name, ignore_errors=True)
    for name in FILES:
        (out / name).unlink(missing_ok=True)


def _check_same(out: Path, this: dict[str, Any]) -> None:
    for path in (out / STATE / "identity.json", out / "manifest.json"):
        if not path.is_file():
            continue
        try:
            old = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            continue  # damaged: shards are checked one by one anyway
        if not isinstance(old, dict):
            continue
        changed = differences({key: old.get(key) for key in this}, this)
        if changed:
            raise UserError(
                f"this build was started differently ({'; '.join(changed[:3])}).",
                where=str(out),
                remedy="Use the same settings as then, or --overwrite, or another --out.",
            )
        return


def _done(out: Path, layout: Plan) -> dict[int, ShardRecord]:
    """Shards that are there and intact, from records in progress or a finished manifest."""
    finished: dict[str, ShardRecord] = {}
    try:
        data = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
        for entry in data["shards"]:
            finished[entry["file"]] = ShardRecord(**{**entry, "dropped": tuple(entry["dropped"])})
    except (OSError, ValueError, TypeError, KeyError):
        pass
    done = {}
    for shard in range(layout.n_shards):
        record = read_record(record_path(out, layout, shard))
        record = record or finished.get(f"data/{layout.name(shard)}")
        if record and intact(out, record):
            done[shard] = record
    return done


def _sweep(out: Path, layout: Plan) -> None:
    """Removes what a killed build left half: temporary files and foreign shards."""
    expected = {layout.name(shard) for shard in range(layout.n_shards)}
    for path in (out / "data").iterdir():
        if path.name not in expected:
            path.unlink()
    for name in FILES:
        for path in out.glob(f".{name}.*.tmp"):
            path.unlink()


def _finish(out: Path, final: dict[str, Any]) -> None:
    lines = [json.dumps(dropped) for record in final["shards"] for dropped in record["dropped"]]
    write_text(out / "dropped.jsonl", "".join(f"{line}\n" for line in lines))
    write_text(out / "README.md", card(final))
    write_text(out / "manifest.json", json.dumps(final, indent=1))
    shutil.rmtree(out / STATE, ignore_errors=True)


def _preflight(maker: Maker) -> None:
    """Makes one row before anything is written, so that what cannot work says so at once."""
    outcome: Outcome = maker.make(0)
    if outcome.sample is None:
        reasons = sorted(outcome.refused, key=lambda r: (-outcome.refused[r], r))
        raise UserError(
            f"no row could be made at this length from this corpus ({'; '.join(reasons[:3])}).",
            where=f"recipe {maker.recipe.name}, ctx {maker.recipe.ctx:,}",
            remedy="Ask for a longer --ctx, an easier level, or a corpus that serves the task.",
        )
