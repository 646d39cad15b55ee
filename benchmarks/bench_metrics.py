"""Microseconds a call of every metric (issue target: median at most 200, of `math` 5,000).

Measured: `score(text, gold, name)`, the entry that every reward goes through, so what it
costs to take the answer out of the completion is in the figures. The answers are 2,000
characters long with their reasoning; lists and tables have 10 or 50 elements, plain and with
bullets and bold. ROUGE-L is also measured with 10, 100 and 1,000 words against as many
(target: at most 5,000 for 1,000), and on Chinese text, which jieba cuts into words.

Beside them, where they are installed: rouge-score, rouge-score-rs and rouge for ROUGE-L,
pytrec_eval-terrier for NDCG, math-verify for math (parsing and comparing). They get the bare
answer and take out nothing.

    pip install rouge-score rouge-score-rs rouge pytrec-eval-terrier
    python benchmarks/bench_metrics.py [--calls 500] [--json FILE]
"""

from __future__ import annotations

import importlib
import json
import random
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from _common import Watch, arguments, finish, markdown, short

LENGTH = 2000
TARGETS = {"math": 5000.0}
TARGET = 200.0
ROUGE_TARGET = {1000: 5000.0}

Call = Callable[[], Any]


def timed(call: Call, calls: int) -> dict[str, float]:
    """Median and 95th percentile in microseconds, after a warm-up."""
    for _ in range(3):
        call()
    spent = []
    for _ in range(calls):
        start = time.perf_counter()
        call()
        spent.append((time.perf_counter() - start) * 1e6)
    return {"median": statistics.median(spent), "p95": sorted(spent)[int(len(spent) * 0.95)]}


def completion(answer: str) -> str:
    """An answer of 2,000 characters, its thinking included."""
    talk = "I look at part 12 and then at part 7, which mentions the amount as well. "
    room = max(LENGTH - len(answer) - len("<think></think>\n[Answer]\n"), 0)
    return f"<think>{(talk * 30)[:room]}</think>\n[Answer]\n{answer}"


def lists(size: int) -> Iterator[tuple[str, str, Any, str]]:
    """(metric, input, gold, text) for lists of `size` elements."""
    gold = [f"Part {n}" for n in range(size)]
    listed = random.Random(size).sample(gold, size)
    for dress, name in (("{}", "plain"), ("- **{}**", "bullets, bold")):
        text = completion("\n".join(dress.format(item) for item in listed))
        for metric in ("f1", "subem", "ndcg", "pairwise"):
            yield metric, f"{size} elements, {name}", gold, text
    rows = [[f"X{n}", f"name {n}", n * 1.5] for n in range(size)]
    table = json.dumps({"columns": ["id", "name", "amount"], "data": rows})
    yield "iou", f"{size} rows of 3", table, completion(table)


def singles() -> Iterator[tuple[str, str, Any, str]]:
    """(metric, input, gold, text) for answers that are no lists."""
    yield "exact_match", "marked", "Oslo", completion("Oslo")
    yield "accuracy", "marked", ["C"], completion("C")
    yield "selection", "marked", "C", completion("The correct answer is (C)")
    prose = "It may be so, but paragraph 7 says that nobody came. " * 40
    prose = prose[: LENGTH - 26]
    yield "selection", "prose, no marker", "C", f"{prose} The correct answer is (C)"
    yield "math", "number", "1200", completion(r"\boxed{1,200}")
    yield "math", "number with unit", "1200", completion("The total is $1.2 billion.")
    yield "math", "expression", r"\frac{1}{\sqrt{2}}", completion(r"\boxed{\frac{\sqrt{2}}{2}}")


def words(count: int, seed: int) -> str:
    """Words that repeat as those of a text do."""
    random_ = random.Random(seed)
    common = "the of and a to in is that it was for on".split()
    rare = [f"{a}{b}" for a in ("tow", "riv", "sto", "mar") for b in ("er", "en", "al", "ing")]
    return " ".join(
        random_.choice(common if random_.random() < 0.4 else rare) for _ in range(count)
    )


def ours(calls: int) -> list[dict[str, Any]]:
    """Every metric on 2,000 characters."""
    from golong_data.metrics import score

    found = []
    for metric, name, gold, text in [*lists(10), *lists(50), *singles()]:
        args = {"unit": "million US$"} if "unit" in name else {}
        call = partial(score, text, gold, metric, **args)
        earned = call()
        found.append({"metric": metric, "input": name, "score": earned, **timed(call, calls)})
    return found


def module(name: str) -> Any:
    """A peer, or None where it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def rouge_peers(gold: str, text: str) -> dict[str, tuple[Call, Call] | None]:
    """name -> (call, its F), or None for a peer that is missing."""
    peers: dict[str, tuple[Call, Call] | None] = {}
    google, rust, pltrdy = module("rouge_score"), module("rouge_score_rs"), module("rouge")
    for name, found in (("rouge-score", google), ("rouge-score-rs", rust)):
        if found is None:
            peers[name] = None
            continue
        scorer = importlib.import_module(f"{found.__name__}.rouge_scorer").RougeScorer(["rougeL"])
        peers[name] = (
            lambda scorer=scorer: scorer.score(gold, text),
            lambda scorer=scorer: scorer.score(gold, text)["rougeL"].fmeasure,
        )
    peers["rouge"] = None
    if pltrdy is not None:
        evaluator = pltrdy.Rouge(metrics=["rouge-l"])

        def traced() -> float:
            try:
                return float(evaluator.get_scores(text, gold)[0]["rouge-l"]["f"])
            except RecursionError:  # it traces by recursion: the profile `golong` pays 0 here
                return 0.0

        peers["rouge"] = (traced, traced)
    return peers


def rouge(calls: int) -> list[dict[str, Any]]:
    """ROUGE-L of as many words against as many, ours and the peers'."""
    from golong_data.metrics import score

    found = []
    for count in (10, 100, 1000):
        gold, text = words(count, 1), words(count, 2)
        rows: dict[str, tuple[Call, Call] | None] = {}
        for profile in ("strict", "golong"):
            whole = f"<think></think>{text}"
            call = partial(score, whole, gold, "rouge_l", profile=profile)
            rows[profile] = (call, call)
        for name, pair in {**rows, **rouge_peers(gold, text)}.items():
            if pair is None:
                found.append({"words": count, "name": name, "median": None})
                continue
            call, value = pair
            slow = count == 1000 and name in ("rouge", "rouge-score")
            figures = timed(call, 5 if slow else calls)
            found.append({"words": count, "name": name, "score": value(), **figures})
    sentence = "侦探在旧灯塔里找到了被盗的项链并在黎明前归还给寡妇。"
    for count in (1, 10, 74):
        gold = sentence * count
        name = f"strict, Chinese, {len(gold)} characters"
        figures = timed(partial(score, gold, gold, "rouge_l"), max(20, calls // 10))
        found.append({"words": None, "name": name, "score": 1.0, **figures})
    return found


def others(calls: int) -> list[dict[str, Any]]:
    """NDCG by pytrec_eval and math by math-verify, on the same answers."""
    found: list[dict[str, Any]] = []
    pytrec, verify = module("pytrec_eval"), module("math_verify")
    for size in (10, 50):
        name = f"pytrec_eval-terrier, ndcg of {size}"
        if pytrec is None:
            found.append({"name": name, "median": None})
            continue
        gold = {"q": {f"part {n}": size - n for n in range(size)}}
        run = {"q": {f"part {n}": float(n) for n in range(size)}}
        evaluator = pytrec.RelevanceEvaluator(gold, {f"ndcg_cut.{size}"})
        found.append({"name": name, **timed(lambda e=evaluator, r=run: e.evaluate(r), calls)})

        def whole(gold: Any = gold, run: Any = run, size: int = size) -> Any:
            return pytrec.RelevanceEvaluator(gold, {f"ndcg_cut.{size}"}).evaluate(run)

        found.append({"name": f"{name}, with its set-up", **timed(whole, calls)})
    for gold, text in (
        ("1200", r"\boxed{1,200}"),
        (r"\frac{1}{\sqrt{2}}", r"\boxed{\frac{\sqrt{2}}{2}}"),
    ):
        name = f"math-verify, {text}"
        if verify is None:
            found.append({"name": name, "median": None})
            continue

        def check(gold: str = gold, text: str = text) -> bool:
            wanted = verify.parse(rf"\boxed{{{gold}}}", parsing_timeout=None)
            answer = verify.parse(text, parsing_timeout=None)
            return bool(verify.verify(wanted, answer, timeout_seconds=None))

        found.append({"name": name, "score": float(check()), **timed(check, max(20, calls // 10))})
    return found


def met(median: float, target: float | None) -> str:
    """Whether a target is met; nothing where there is none."""
    return "" if target is None else f"{'yes' if median <= target else 'NO'} ({target:,.0f})"


def report(found: dict[str, list[dict[str, Any]]]) -> str:
    """The Markdown tables."""
    main = [
        [
            row["metric"],
            row["input"],
            f"{row['score']:.3f}",
            short(row["median"]),
            short(row["p95"]),
            met(row["median"], TARGETS.get(row["metric"], TARGET)),
        ]
        for row in found["metrics"]
    ]
    rouge_rows = []
    for row in found["rouge"]:
        if row["median"] is not None:
            target = ROUGE_TARGET.get(row["words"]) if row["name"] == "strict" else None
            figures = [*_figures(row), met(row["median"], target)]
            rouge_rows.append([row["name"], row["words"] or "", *figures])
    rows = found["rouge"] + found["others"]
    missing = sorted({row["name"].partition(",")[0] for row in rows if row["median"] is None})
    peers = [[row["name"], *_figures(row)] for row in found["others"] if row["median"] is not None]
    head = "median us | p95 us"
    parts = [
        f"Answers of {LENGTH:,} characters:",
        markdown(f"metric | input | score | {head} | target met".split(" | "), main),
        "ROUGE-L of as many words against as many:",
        markdown(f"who | words | score | {head} | target met".split(" | "), rouge_rows),
    ]
    if peers:
        parts += ["Peers:", markdown(f"who | score | {head}".split(" | "), peers)]
    if missing:
        parts.append(f"Not installed, so not measured: {', '.join(missing)}.")
    return "\n\n".join(parts)


def _figures(row: dict[str, Any]) -> list[str]:
    earned = row.get("score")
    return ["" if earned is None else f"{earned:.3f}", short(row["median"]), short(row["p95"])]


def main() -> None:
    """Measures, prints, writes."""
    parser = arguments(__doc__)
    parser.add_argument("--calls", type=int, default=500, help="calls a figure")
    options = parser.parse_args()
    with Watch() as watch:
        found = {
            "metrics": ours(options.calls),
            "rouge": rouge(options.calls),
            "others": others(options.calls),
        }
    finish("bench_metrics", report(found), found, watch, options.json)


if __name__ == "__main__":
    main()
