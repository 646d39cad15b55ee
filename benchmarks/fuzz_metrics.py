"""Fuzzed completions against every metric: does one raise, does one take long, do all agree.

Completions are put together from what real ones are made of (markers, thinking, boxes, lists,
JSON, letters, elements of the gold, Chinese, stray Unicode), most of them short, one in
`--long-every` about 100,000 characters long. For every metric:

- raises: calls that raised anything, or returned a score outside [0, 1] (target: 0);
- slow: calls over 0.2 s, of `math` over 2 s and half a second for its helper (target: 0), with
  the slowest call;
- agree: whether a sample of them scores the same on a thread, in another process and, where
  ray is installed, in an actor.

    python benchmarks/fuzz_metrics.py [--calls 100000] [--metrics f1 iou] [--profile strict]
"""

from __future__ import annotations

import concurrent.futures
import importlib
import json
import multiprocessing
import random
import string
import time
from collections.abc import Callable
from typing import Any

from _common import Watch, arguments, finish, markdown

LIMIT = 0.2
MATH_LIMIT = 2.5
SAMPLE = 2000

GOLDS: dict[str, Any] = {
    "accuracy": ["C", "D"],
    "exact_match": "Oslo",
    "f1": ["Part 1", "Part 12", "B"],
    "iou": json.dumps({"columns": ["n", "m"], "data": [["1", "a"], ["2", "b"]]}),
    "math": "42",
    "ndcg": ["Part 1", "Part 12", "B", "Part 7"],
    "pairwise": ["Part 1", "Part 12", "B", "Part 7"],
    "rouge_l": "the detective finds the necklace in the old tower and returns it",
    "selection": "C",
    "subem": ["5.5%", "INV007"],
}
MARKS = (
    r"[Answer] [答案] <answer> </answer> <think> </think> \boxed{ { } \ $ ** * ` ``` # > | ~"
).split()
WORDS = (
    "the detective finds the necklace in the old tower and returns it is are or not answer correct "
    "option choose I A B C D (C) Oslo 42 41 1,200 million US$ % 5.5% -2.2% INV007 None 无 或 和 是 "
    r"答案是 选 侦探 项链 \frac{1}{2} \sqrt{2} x = ≈ ± ^ _ 9 10^6 . , ; : ? ! 。 ， 、 ： （ ） １"
).split()
PIECES = (
    *MARKS,
    *WORDS,
    *("Part 1", "Part 12", "The correct answer is", "- ", "1. ", "(1) ", "\n", "\n", "\n", "\n\n"),
    *('{"columns": ["n", "m"], "data": [["1", "a"]', "]}", "[", "]", '"', "[1, 2]", "\r\n", "\t"),
    *("\0", "\u0300", "\ud800", "\u200b", "\u2028", "\ufdfa", "🙂", "null", "NaN", "1e999"),
)
HEADS = (
    "",
    "",
    "<think>x</think>",
    "<think>x</think>[Answer]\n",
    "[Answer]\n",
    "x</think>\\boxed{",
)
LONG = 100_000


def fuzz(random_: random.Random, long: bool) -> str:
    """One completion."""
    head = random_.choice(HEADS)
    if random_.random() < 0.1:
        body = "".join(chr(random_.randrange(1, 0x3000)) for _ in range(random_.randrange(60)))
    elif random_.random() < 0.1:
        body = "".join(random_.choices(string.printable, k=random_.randrange(80)))
    else:
        joint = random_.choice(["", " ", " ", "\n"])
        body = joint.join(random_.choices(PIECES, k=random_.randrange(30)))
    if long:
        if random_.random() < 0.5 and body:
            body = (body * (LONG // len(body) + 1))[:LONG]
        else:
            body = random_.choice(["", " ", "\n"]).join(random_.choices(PIECES, k=LONG // 5))[:LONG]
    return head + body


def attempt(text: str, name: str, profile: str) -> float | str:
    """The score, or what was raised."""
    from golong_data.metrics import score

    try:
        return score(text, GOLDS[name], name, profile=profile)
    except BaseException as error:
        return repr(error)


def attempts(texts: list[str], name: str, profile: str) -> list[float | str]:
    """The same for many."""
    return [attempt(text, name, profile) for text in texts]


def run(name: str, profile: str, calls: int, long_every: int, seed: int) -> dict[str, Any]:
    """All figures of one metric."""
    random_ = random.Random(f"{seed} {name}")
    limit = MATH_LIMIT if name == "math" else LIMIT
    attempt(fuzz(random_, False), name, profile)
    raised: list[str] = []
    slow: list[tuple[float, str]] = []
    slowest = total = 0.0
    sample: list[str] = []
    nonzero = 0
    for number in range(calls):
        text = fuzz(random_, number % long_every == long_every - 1)
        start = time.perf_counter()
        outcome = attempt(text, name, profile)
        spent = time.perf_counter() - start
        total += spent
        slowest = max(slowest, spent)
        if isinstance(outcome, str) or not 0 <= outcome <= 1:
            raised.append(f"{outcome} for {text[:200]!r}")
        elif outcome:
            nonzero += 1
        if spent > limit:
            slow.append((round(spent, 3), text[:200]))
        if number % max(1, calls // SAMPLE) == 0:
            sample.append(text)
    return {
        "metric": name,
        "calls": calls,
        "nonzero": nonzero,
        "raised": raised[:20],
        "n_raised": len(raised),
        "slow": slow[:20],
        "n_slow": len(slow),
        "slowest": slowest,
        "mean_us": total / calls * 1e6,
        "agree": agreement(sample, name, profile),
    }


def agreement(sample: list[str], name: str, profile: str) -> dict[str, bool | None]:
    """Whether other ways to call give the same scores; None where one is not to be had."""
    expected = attempts(sample, name, profile)
    found: dict[str, bool | None] = {}
    with concurrent.futures.ThreadPoolExecutor(2) as threads:
        halves = threads.map(
            lambda part: attempts(part, name, profile), (sample[::2], sample[1::2])
        )
        found["thread"] = list(halves) == [expected[::2], expected[1::2]]
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, mp_context=context) as processes:
        found["process"] = processes.submit(attempts, sample, name, profile).result() == expected
    found["actor"] = _actor(lambda: attempts(sample, name, profile), expected)
    return found


def _actor(work: Callable[[], Any], expected: Any) -> bool | None:
    try:
        ray = importlib.import_module("ray")
    except ImportError:
        return None
    if not ray.is_initialized():
        ray.init(num_cpus=1, include_dashboard=False, log_to_driver=False)
    return bool(ray.get(ray.remote(work).remote()) == expected)


def report(found: list[dict[str, Any]]) -> str:
    """The Markdown table, and the first of whatever went wrong."""
    said = {True: "yes", False: "NO", None: "no ray"}
    rows = [
        [
            row["metric"],
            f"{row['calls']:,}",
            f"{row['nonzero']:,}",
            row["n_raised"],
            row["n_slow"],
            f"{row['slowest'] * 1e3:.1f}",
            f"{row['mean_us']:.0f}",
            *(said[row["agree"][way]] for way in ("thread", "process", "actor")),
        ]
        for row in found
    ]
    header = "metric | calls | above 0 | raised | slow | slowest ms | mean us | thread | process"
    lines = [markdown([*header.split(" | "), "actor"], rows)]
    for row in found:
        lines += [f"{row['metric']} raised {text}" for text in row["raised"][:3]]
        lines += [f"{row['metric']} took {spent} s for {text!r}" for spent, text in row["slow"][:3]]
    return "\n".join(lines)


def main() -> None:
    """Fuzzes, prints, writes; exit code 1 where a target is missed."""
    parser = arguments(__doc__)
    parser.add_argument("--calls", type=int, default=100_000, help="completions a metric")
    parser.add_argument("--metrics", nargs="+", default=sorted(GOLDS), choices=sorted(GOLDS))
    parser.add_argument("--profile", default="strict")
    parser.add_argument("--long-every", type=int, default=1000, help="one in so many is long")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with Watch() as watch:
        found = [
            run(name, options.profile, options.calls, options.long_every, options.seed)
            for name in options.metrics
        ]
    finish("fuzz_metrics", report(found), found, watch, options.json)
    bad = any(r["n_raised"] or r["n_slow"] or False in r["agree"].values() for r in found)
    raise SystemExit(int(bad))


if __name__ == "__main__":
    main()
