"""Wall seconds of a whole build beside pyarrow writing the very same rows (target: <= 2.0x).

Ours: `golong-data build --task numeric --ctx 64k --size 2000 --workers 2` as a process,
from the start of the interpreter to its end: corpus opened, rows made, shards written,
synced and hashed, manifest and card. The corpus lies in the cache (a tiny build sees to
that beforehand), as it does for every build but the first on a machine.

The floors, one process each, into one file without sync or checksum, rows read back from
our own shards a row group at a time; only conversion and writing are on the clock:

- from rows: Python dicts -> RecordBatch.from_pylist -> ParquetWriter. What a builder in
  Python that makes its rows for nothing would still pay. The target is a multiple of this,
  with zstd level 3 and pyarrow's default options otherwise.
- from Arrow: the same, the batches being there already.

Both with pyarrow's default options and with the options that our writer uses. Rounds
alternate ours, floors, ours, floors; medians are given.

    python benchmarks/bench_build.py [--ctx 64k] [--size 2000] [--workers 2] [--json FILE]
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from _common import SCRIPT, Watch, arguments, finish, markdown, short

ZSTD = {"compression": "zstd", "compression_level": 3}


def build(out: Path, ctx: str, size: int, workers: int) -> Watch:
    """One build in a process of its own."""
    shutil.rmtree(out, ignore_errors=True)
    command = [SCRIPT, "build", "--task", "numeric", "--ctx", ctx, "--size", str(size)]
    with Watch() as watch:
        subprocess.run(
            [*command, "--workers", str(workers), "--out", str(out)],
            check=True,
            capture_output=True,
        )
    return watch


def write(shards: list[Path], to: Path, options: dict[str, Any], *, rows: bool) -> float:
    """Seconds that pyarrow takes to write what the shards hold, rows or batches given."""
    schema = pq.read_schema(shards[0])
    spent = 0.0

    def clocked(work: Callable[..., Any], *values: Any, **named: Any) -> Any:
        nonlocal spent
        start = time.perf_counter()
        result = work(*values, **named)
        spent += time.perf_counter() - start
        return result

    writer = clocked(pq.ParquetWriter, to, schema, **options)
    for shard in shards:
        file = pq.ParquetFile(shard)
        for group in range(file.num_row_groups):
            batch = file.read_row_group(group, use_threads=False).combine_chunks().to_batches()[0]
            if rows:
                listed = batch.to_pylist()
                batch = clocked(pa.RecordBatch.from_pylist, listed, schema=schema)
            clocked(writer.write_batch, batch)
    clocked(writer.close)
    return spent


def measure(ctx: str, size: int, workers: int, rounds: int, folder: Path) -> dict[str, Any]:
    """All rounds."""
    from golong_data.build.shards import WRITER

    build(folder / "warm", ctx, 1, 1)
    pa.array(["pyarrow looks for pandas at its first array, which is not writing"])
    kinds = {"default": ZSTD, "ours": dict(WRITER)}
    builds: list[dict[str, float]] = []
    small: list[float] = []
    floors: dict[str, list[float]] = {}
    sizes: dict[str, int] = {}
    for _ in range(rounds):
        watch = build(folder / "ours", ctx, size, workers)
        builds.append({"wall": watch.wall, "cpu": watch.cpu, "others": watch.others})
        shards = sorted((folder / "ours" / "data").glob("*.parquet"))
        sizes["ours, all shards"] = sum(path.stat().st_size for path in shards)
        for kind, options in kinds.items():
            for rows in (True, False):
                name = f"from {'rows' if rows else 'Arrow'}, {kind} options"
                target = folder / "floor.parquet"
                floors.setdefault(name, []).append(write(shards, target, options, rows=rows))
                sizes[name] = target.stat().st_size
        small.append(build(folder / "small", ctx, 8 * workers, workers).wall)
    text = sum(
        len(row["content"].encode())
        for shard in shards
        for batch in pq.ParquetFile(shard).iter_batches(16, columns=["prompt"])
        for prompt in batch.column(0).to_pylist()
        for row in prompt
    )
    return {
        "ctx": ctx,
        "size": size,
        "workers": workers,
        "text_mb": text / 1e6,
        "builds": builds,
        "fixed": small,
        "floors": floors,
        "file_mb": {name: n / 1e6 for name, n in sizes.items()},
    }


def report(found: dict[str, Any]) -> str:
    """The Markdown table."""
    wall = statistics.median(b["wall"] for b in found["builds"])
    cpu = statistics.median(b["cpu"] for b in found["builds"])
    text, files = found["text_mb"], found["file_mb"]
    what = f"golong-data build, {found['workers']} workers"
    lines = [
        [what, short(wall), "1", short(text / wall), short(files["ours, all shards"])],
        [f"its CPU seconds, {found['workers']} workers together", short(cpu), "", "", ""],
        [
            f"a build of {8 * found['workers']} rows (start-up of everything)",
            *(short(statistics.median(found["fixed"])), "", "", ""),
        ],
    ]
    for name, seconds in found["floors"].items():
        floor = statistics.median(seconds)
        lines.append(
            [
                f"pyarrow {name}, 1 process",
                *(short(floor), f"{wall / floor:.2f}", short(text / floor), short(files[name])),
            ]
        )
    header = ["what", "seconds", "ours / this", "MB of text a second", "MB on disk"]
    rounds = ", ".join(f"{b['wall']:.1f}" for b in found["builds"])
    return (
        f"{found['size']:,} rows at {found['ctx']}, {text:.0f} MB of prompts; "
        f"rounds of ours: {rounds} s.\n\n{markdown(header, lines)}"
    )


def main() -> None:
    """Measures, prints, writes."""
    parser = arguments(__doc__)
    parser.add_argument("--ctx", default="64k")
    parser.add_argument("--size", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Watch() as watch:
        found = measure(options.ctx, options.size, options.workers, options.rounds, Path(folder))
    finish("bench_build", report(found), found, watch, options.json)


if __name__ == "__main__":
    main()
