"""How fast and how large an ingest is, beside the tokenizer alone.

Builds a prose corpus in a temporary folder from text that every installation has (the
World Factbook and Python's own sources; each copy keeps another 40 % of the lines, so the
copies are no near duplicates), then measures in one run: the raw speed of the tokenizer
over the same texts in one process, ingest with one and with two workers, and the peak
memory of the process tree (unique set size, so pages of mapped files count once).

    python benchmarks/bench_ingest.py [--mb 50] [--workers 1 2] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil


def base_texts() -> list[str]:
    """Cleaned texts of the embedded prose corpora."""
    from golong_data.corpus import open_corpus
    from golong_data.tokens import get_tokenizer

    corpus = open_corpus(["factbook", "stdlib"], tokenizer=get_tokenizer())
    return [corpus.document(i).text for i in range(len(corpus))]


def write_corpus(folder: Path, megabytes: float) -> int:
    """Fills a folder with text files; returns the bytes written."""
    texts = base_texts()
    total = copy = 0
    while total < megabytes * 1e6:
        rng = random.Random(copy)
        for number, text in enumerate(texts):
            lines = text.split("\n")
            kept = "\n".join(line for line in lines if rng.random() < 0.4)
            (folder / f"{copy:03}-{number:05}.txt").write_text(kept, encoding="utf-8")
            total += len(kept.encode())
            if total >= megabytes * 1e6:
                break
        copy += 1
    return total


def raw_speed(folder: Path) -> tuple[float, float]:
    """(MB/s, MB per second of processor time) of the tokenizer alone: every file encoded
    whole, in one process."""
    from golong_data.tokens import get_tokenizer

    encoding = get_tokenizer("qwen3")._encoding  # type: ignore[attr-defined]
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())]
    encoding.encode_ordinary(texts[0])
    start, cpu = time.perf_counter(), time.process_time()
    for text in texts:
        encoding.encode_ordinary(text)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    return megabytes / seconds, megabytes / cpu


def memory(process: psutil.Process) -> float:
    """MB of memory that only this process and its children hold."""
    total = 0
    for one in [process, *process.children(recursive=True)]:
        try:
            total += one.memory_full_info().uss
        except psutil.Error:
            continue
    return total / 1e6


def ingest_once(folder: Path, workers: int, home: Path) -> dict[str, float]:
    """Runs one ingest in a fresh process and watches it."""
    code = (
        "import os, sys, time, dataclasses, json\n"
        "if __name__ == '__main__':\n"
        "    from golong_data.corpus import ingest\n"
        "    from golong_data.tokens import get_tokenizer\n"
        "    tokenizer = get_tokenizer('qwen3')\n"
        "    start, before = time.perf_counter(), os.times()\n"
        "    report = ingest([sys.argv[1]], name=None, tokenizer=tokenizer,"
        " workers=int(sys.argv[2]))\n"
        "    seconds = time.perf_counter() - start\n"
        "    used = os.times()\n"
        "    cpu = sum(used[:4]) - sum(before[:4])\n"
        "    print(json.dumps({**dataclasses.asdict(report), 'seconds': seconds, 'cpu': cpu}))\n"
    )
    environment = {**os.environ, "GOLONG_DATA_HOME": str(home)}
    command = [sys.executable, "-c", code, str(folder), str(workers)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    process, peak = psutil.Process(child.pid), 0.0
    while child.poll() is None:
        try:
            peak = max(peak, memory(process))
        except psutil.Error:
            break
        time.sleep(0.2)
    output = child.communicate()[0]
    if child.returncode:
        raise SystemExit(f"the ingest failed with exit code {child.returncode}")
    report = json.loads(output)
    shutil.rmtree(report["path"])
    return {
        "seconds": report["seconds"],
        "megabytes": report["megabytes"],
        "documents": report["kept"],
        "dropped": sum(report["dropped"].values()),
        "tokens": report["tokens"],
        "speed": report["megabytes"] / report["seconds"],
        "speed_cpu": report["megabytes"] / report["cpu"],
        "peak_memory_mb": peak,
    }


def main() -> None:
    """Prints a Markdown table and, on request, writes JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mb", type=float, default=50)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder, home = Path(temporary, "texts"), Path(temporary, "home")
        folder.mkdir()
        write_corpus(folder, arguments.mb)
        raw, raw_cpu = raw_speed(folder)
        runs = {n: ingest_once(folder, n, home) for n in arguments.workers}
    print("| what | workers | MB/s | of raw x workers | MB per CPU s | of raw | documents | MB |")
    print("|---|---|---|---|---|---|---|---|")
    print(f"| tokenizer alone | 1 | {raw:.1f} | | {raw_cpu:.1f} | | | |")
    for workers, run in runs.items():
        print(
            f"| ingest | {workers} | {run['speed']:.1f} | {run['speed'] / raw / workers:.2f} | "
            f"{run['speed_cpu']:.1f} | {run['speed_cpu'] / raw_cpu:.2f} | "
            f"{run['documents']:,.0f} | {run['peak_memory_mb']:.0f} |"
        )
    if arguments.json:
        arguments.json.write_text(
            json.dumps({"raw": raw, "raw_cpu": raw_cpu, "runs": runs}, indent=1) + "\n"
        )


if __name__ == "__main__":
    main()
