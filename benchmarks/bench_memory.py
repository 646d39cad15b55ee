"""Peak memory of builds and of ingest (target: <= 1 GB in every case, flat).

Whole commands with two workers, their process tree watched every 20 ms (less often where
the kernel takes longer to add up):

- builds at 64k of 100, 1,000 and 5,000 rows from the embedded corpus;
- a corpus of 50 MB and one of 500 MB, made of the embedded texts with other lines left out
  in every copy (so that none is a near duplicate), ingested, and 200 rows at 32k from each.

Peaks are of single samples. "tree" is the sum over processes of the proportional set size
(PSS: a page shared by two processes counts half in each), mapped files included; "unique"
leaves out whatever two processes share; "anonymous" leaves out mapped files, which the
kernel can drop at any time. "largest" is the high-water mark of the resident set (RSS) of
the largest process, as the kernel keeps it: shared pages and mapped files in full. The
target is held against the tree. Linux only.

    python benchmarks/bench_memory.py [--rows 100 1000 5000] [--corpus-mb 50 500] [--json FILE]
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
from _common import SCRIPT, Watch, arguments, finish, markdown

INTERVAL = 0.02
WORKERS = "2"


def fields(pid: int, name: str) -> dict[str, int]:
    """The sizes in a file of /proc/PID, in bytes, by the kernel's names."""
    with open(f"/proc/{pid}/{name}", encoding="utf-8", errors="replace") as file:
        found = (line.split() for line in file)
        return {f[0].rstrip(":"): int(f[1]) << 10 for f in found if f[-1] == "kB"}


def sample(pids: list[int]) -> dict[str, int]:
    """Memory of these processes at one moment, in bytes."""
    total = {"tree": 0, "unique": 0, "anonymous": 0, "largest": 0}
    for pid in pids:
        try:
            one, status = fields(pid, "smaps_rollup"), fields(pid, "status")
        except OSError:
            continue  # it has just ended
        total["tree"] += one.get("Pss", 0)
        total["unique"] += one.get("Private_Clean", 0) + one.get("Private_Dirty", 0)
        total["anonymous"] += one.get("Pss_Anon", 0)
        total["largest"] = max(total["largest"], status.get("VmHWM", 0))
    return total


def watched(arguments: list[str], home: Path | None = None) -> dict[str, float]:
    """Runs `golong-data ...` and gives its peaks in MB."""
    environment = {**os.environ, **({"GOLONG_DATA_HOME": str(home)} if home else {})}
    peaks: dict[str, float] = {}
    samples = 0
    start = time.perf_counter()
    child = subprocess.Popen(
        [SCRIPT, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment
    )
    process = psutil.Process(child.pid)
    pids: list[int] = []
    while child.poll() is None:
        began = time.perf_counter()
        try:
            if samples % 10 == 0:  # who is there need not be asked each time
                pids = [process.pid, *(p.pid for p in process.children(recursive=True))]
            now = sample(pids)
        except psutil.Error:
            break
        samples += 1
        for name, value in now.items():
            peaks[name] = max(peaks.get(name, 0), value / 1e6)
        time.sleep(max(0.0, INTERVAL - (time.perf_counter() - began)))
    message = child.communicate()[1].decode(errors="replace")
    if child.returncode:
        raise SystemExit(f"golong-data {' '.join(arguments)} failed:\n{message}")
    return {**peaks, "seconds": time.perf_counter() - start, "samples": samples}


def build(folder: Path, ctx: str, size: int, *more: str, home: Path | None = None) -> Any:
    """A watched build into a folder of its own, removed afterwards with its parent."""
    out = ["--workers", WORKERS, "--out", str(folder / f"{ctx}-{size}"), "--overwrite"]
    options = ["--task", "numeric", "--ctx", ctx, "--size", str(size), *out, *more]
    return watched(["build", *options], home)


def by_rows(folder: Path, sizes: list[int]) -> list[dict[str, Any]]:
    """Builds of several sizes from the embedded corpus."""
    build(folder, "64k", 1)  # fills the corpus cache
    return [{"case": f"build, 64k, {size:,} rows", **build(folder, "64k", size)} for size in sizes]


def by_corpus(folder: Path, megabytes: list[int]) -> list[dict[str, Any]]:
    """Ingest of made-up folders and builds from them."""
    from bench_ingest import write_corpus

    found = []
    for size in megabytes:
        texts, home = folder / f"texts-{size}", folder / f"home-{size}"
        texts.mkdir()
        real = write_corpus(texts, size) / 1e6
        command = ["ingest", str(texts), "--name", "made-up", "--workers", WORKERS]
        found.append({"case": f"ingest, {real:.0f} MB", **watched(command, home)})
        made = build(folder, "32k", 200, "--corpus", "made-up", home=home)
        found.append({"case": f"build, 32k, 200 rows, corpus of {real:.0f} MB", **made})
    return found


def report(found: list[dict[str, Any]]) -> str:
    """The Markdown table."""
    names = ("tree", "unique", "anonymous", "largest")
    header = ["case", *(f"{name} MB" for name in names), "seconds", "samples", "<= 1 GB"]
    rows = [
        [
            f["case"],
            *(f"{f[name]:.0f}" for name in (*names, "seconds", "samples")),
            "yes" if f["tree"] <= 1000 else "no",
        ]
        for f in found
    ]
    return markdown(header, rows)


def main() -> None:
    """Measures, prints, writes."""
    parser = arguments(__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[100, 1000, 5000])
    parser.add_argument("--corpus-mb", type=int, nargs="*", default=[50, 500])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, Watch() as watch:
        folder = Path(name)
        found = by_rows(folder, options.rows) + by_corpus(folder, options.corpus_mb)
    finish("bench_memory", report(found), found, watch, options.json)


if __name__ == "__main__":
    main()
