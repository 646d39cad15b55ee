"""What the benchmarks share: Markdown tables, JSON files, and a watch on the machine's load."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psutil

SCRIPT = str(Path(sys.executable).with_name("golong-data"))
"""The console script of the environment that runs the benchmark."""


def arguments(doc: str) -> argparse.ArgumentParser:
    """A parser that shows a module's docstring and knows --json."""
    parser = argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, help="write all figures to this file as well")
    return parser


def markdown(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A pipe table: first column to the left, the others to the right."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def short(number: float | None) -> str:
    """About three significant digits, thousands with commas; nothing for None."""
    if number is None:
        return ""
    return f"{number:.{0 if abs(number) >= 100 else 1 if abs(number) >= 10 else 2}f}"


class Watch:
    """Wall seconds, CPU seconds of this process and its children, and the load of others.

    A figure taken while others used more than a few per cent of the machine is no figure.
    """

    def __enter__(self) -> Watch:
        self._start = time.perf_counter(), _own_cpu(), _all_cpu()
        return self

    def __exit__(self, *error: object) -> None:
        wall, own, every = self._start
        self.wall = time.perf_counter() - wall
        self.cpu = _own_cpu() - own
        spare = _all_cpu() - every - self.cpu
        self.others = max(0.0, spare / (self.wall * (os.cpu_count() or 1)))
        """Share of the machine that other processes used meanwhile."""


def _own_cpu() -> float:
    """CPU seconds of this process and of the children it has waited for."""
    return sum(os.times()[:4])


def _all_cpu() -> float:
    times = psutil.cpu_times()._asdict()
    # Guest time is part of user time already.
    return sum(v for k, v in times.items() if k not in ("idle", "iowait", "guest", "guest_nice"))


def finish(name: str, text: str, data: Any, watch: Watch, path: Path | None) -> None:
    """Prints the tables with a line on the load, and writes the JSON where it is wanted."""
    load = " / ".join(f"{x:.2f}" for x in os.getloadavg())
    print(text)
    print(
        f"\n{name}: {watch.wall:.0f} s; other processes used {watch.others:.0%} of the machine; "
        f"load average at the end {load}."
    )
    if path:
        data = {"benchmark": name, "others": watch.others, "results": data}
        path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
