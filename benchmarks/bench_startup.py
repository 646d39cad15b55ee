"""Wall seconds to start (target: `--help` <= 0.3 s), and what a start imports.

`golong-data --help` and `python -c "import golong_data"` as processes, beside the floor of
the same run: `python -c pass`. The three take turns; medians are given. Then, in fresh
processes, which heavy packages stand in sys.modules at the end: there must be none.

    python benchmarks/bench_startup.py [--runs 10] [--json FILE]
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from typing import Any

from _common import SCRIPT, Watch, arguments, finish, markdown

HEAVY = (
    "torch transformers datasets polars pyarrow numpy pandas tiktoken faker jinja2 sympy "
    "datasketch rich yaml"
).split()
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    'python -c "import golong_data"': [sys.executable, "-c", "import golong_data"],
    "golong-data --help": [SCRIPT, "--help"],
    "golong-data build --help": [SCRIPT, "build", "--help"],
}
IMPORTS = {
    'python -c "import golong_data"': "import golong_data",
    "golong-data --help": "sys.argv[1:] = ['--help']; from golong_data.cli import main; main()",
    "golong-data build --help": (
        "sys.argv[1:] = ['build', '--help']; from golong_data.cli import main; main()"
    ),
}
TELL = (
    "import atexit, json, sys\n"
    "atexit.register(lambda: print(json.dumps(sorted(sys.modules)), file=sys.stderr))\n"
)


def wall(command: list[str]) -> float:
    """Seconds of one process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def imported(code: str) -> list[str]:
    """Top-level modules in a fresh process after some code."""
    command = [sys.executable, "-c", TELL + code]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    names: list[str] = json.loads(told.splitlines()[-1])
    return names


def measure(runs: int) -> dict[str, Any]:
    """All figures."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for command in COMMANDS.values():
        wall(command)  # files into the page cache
    for _ in range(runs):
        for name, command in COMMANDS.items():
            times[name].append(wall(command))
    modules = {name: imported(code) for name, code in IMPORTS.items()}
    return {
        name: {
            "median": statistics.median(times[name]),
            "slowest": max(times[name]),
            "modules": len(modules.get(name, [])) or None,
            "heavy": [heavy for heavy in HEAVY if heavy in modules.get(name, [])],
        }
        for name in COMMANDS
    }


def report(found: dict[str, Any]) -> str:
    """The Markdown table."""
    floor = found["python -c pass"]["median"]
    rows = [
        [
            f"`{name}`",
            f"{f['median']:.3f}",
            f"{f['slowest']:.3f}",
            f"{f['median'] / floor:.1f}",
            f["modules"] or "",
            (", ".join(f["heavy"]) or "none") if f["modules"] else "",
        ]
        for name, f in found.items()
    ]
    header = ["command", "median s", "slowest s", "x python", "modules", "heavy packages imported"]
    return markdown(header, rows)


def main() -> None:
    """Measures, prints, writes."""
    parser = arguments(__doc__)
    parser.add_argument("--runs", type=int, default=10)
    options = parser.parse_args()
    with Watch() as watch:
        found = measure(options.runs)
    finish("bench_startup", report(found), found, watch, options.json)


if __name__ == "__main__":
    main()
