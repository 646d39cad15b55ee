"""Small rows of every kind of gold, in our form and in the published one, made from a seed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping
from typing import Any

Row = dict[str, Any]
Made = tuple[str, str, str | list[str]]
"""(context, question, gold)"""

WORDS = (
    "harbour ledger winter copper valley signal orchard ferry granite mirror lantern meadow "
    "cobalt timber canal quarry saddle thunder marble violet anchor bishop cradle desert"
).split()


def _prose(rng: random.Random, sentences: int = 20) -> str:
    """Sentences of random words, eight a line."""
    made = (" ".join(rng.choices(WORDS, k=8)).capitalize() + "." for _ in range(sentences))
    return "\n".join(made)


def _ids(rng: random.Random, n: int = 40) -> list[str]:
    return [f"INV{i:03}" for i in rng.sample(range(1000), n)]


def math(rng: random.Random) -> Made:
    numbers = [rng.randrange(1000, 9999) for _ in range(30)]
    context = "\n".join(f"Entry {i} holds {n} units." for i, n in enumerate(numbers))
    return context, "What is the sum of all entries?", str(sum(numbers))


def exact_match(rng: random.Random) -> Made:
    codes = [f"{rng.randrange(16**8):08x}-{rng.randrange(16**4):04x}" for _ in range(30)]
    keys = rng.sample(range(1000, 9999), 30)
    context = "\n".join(f"The code of box {k} is {c}." for k, c in zip(keys, codes, strict=True))
    at = rng.randrange(30)
    return context, f"What is the code of box {keys[at]}?", codes[at]


def _options(rng: random.Random) -> tuple[str, str, str]:
    names = rng.sample(WORDS, 4)
    listed = "\n".join(f"{letter}. {name}" for letter, name in zip("ABCD", names, strict=True))
    at = rng.randrange(4)
    context = f"{_prose(rng)}\nThe treasure lies under the {names[at]}.\n{_prose(rng)}"
    return context, f"Where does the treasure lie?\n{listed}", "ABCD"[at]


def accuracy(rng: random.Random) -> Made:
    context, question, letter = _options(rng)
    return context, question, [letter]


def selection(rng: random.Random) -> Made:
    return _options(rng)


def _listed(rng: random.Random, size: int) -> Made:
    ids = _ids(rng)
    gold = sorted(rng.sample(ids, size))
    context = "\n".join(f"{i} is {'void' if i in gold else 'good'}." for i in ids)
    return context, "Which invoices are void?", gold


def f1(rng: random.Random) -> Made:
    return _listed(rng, 2)


def subem(rng: random.Random) -> Made:
    return _listed(rng, 3)


def ndcg(rng: random.Random) -> Made:
    ids = _ids(rng)
    rank = dict(zip(ids, rng.sample(range(1000), 40), strict=True))
    gold = sorted(ids, key=lambda i: -rank[i])[:8]
    context = "\n".join(f"{i} scores {rank[i]}." for i in ids)
    return context, "Name the eight invoices that score most, best first.", gold


def pairwise(rng: random.Random) -> Made:
    order = rng.sample(range(1, 9), 8)
    days = sorted(rng.sample(range(1, 365), 8))
    dated = dict(zip(order, days, strict=True))
    context = "\n\n".join(f"Part {n}\nOn day {dated[n]}: {_prose(rng, 2)}" for n in range(1, 9))
    return context, "Put the eight parts into the order of time.", [f"Part {n}" for n in order]


def iou(rng: random.Random) -> Made:
    kinds = rng.sample("abcdefgh" * 3, 24)
    rows = [[n, str(rng.randrange(100, 999)), k] for n, k in zip(WORDS, kinds, strict=True)]
    context = "\n".join(
        ["| name | size | kind |", "| --- | ---: | --- |", *(f"| {' | '.join(r)} |" for r in rows)]
    )
    wanted = rng.choice("abcdefgh")
    gold = {"columns": ["name", "size"], "data": [r[:2] for r in rows if r[2] == wanted]}
    return f"Sizes.\n\n{context}", f"Name and size of kind {wanted}?", json.dumps(gold)


def rouge_l(rng: random.Random) -> Made:
    told = " ".join(f"{w}{rng.choice(WORDS)}" for w in rng.choices(WORDS, k=40))
    return _prose(rng, 60), "Summarise the text.", told


MAKERS: Mapping[str, Callable[[random.Random], Made]] = {
    "math": math,
    "exact_match": exact_match,
    "accuracy": accuracy,
    "selection": selection,
    "f1": f1,
    "subem": subem,
    "ndcg": ndcg,
    "pairwise": pairwise,
    "iou": iou,
    "rouge_l": rouge_l,
}
"""Metric -> a draw of its kind."""

MODES: Mapping[str, str] = {
    "accuracy": "T3.2 Single-Hop Fact QA",
    "f1": "T7.2 Targeted Rule or Condition Violation Detection",
    "subem": "T8.2 Single-Source Targeted Aggregation",
    "ndcg": "T1.2 Key-Snippet Retrieval",
    "pairwise": "T2.1 Global Timeline Reconstruction",
    "rouge_l": "T4.2 Query-Focused Summary",
}
"""Metric -> a LongBench-Pro subtask that has it."""

SOURCES: Mapping[str, str] = {
    "math": "math_longcot_math_verify",
    "exact_match": "EM",
    "selection": "selection",
    "iou": "multitableqa_pretraining",
}
"""Metric -> the published data source that has it, where that is not LongBench-Pro."""


def _truth(gold: str | list[str]) -> Row:
    listed = gold if isinstance(gold, list) else []
    label = gold if isinstance(gold, str) else ""
    return {"doc_ids": listed, "golden_label": label, "summary": ""}


def our_row(metric: str, index: int, *, args: Row | None = None, n_tokens: int = 4000) -> Row:
    """A row as we build them."""
    context, question, gold = MAKERS[metric](random.Random(f"{metric} {index}"))
    return {
        "data_source": f"golong_data/{metric}_task",
        "prompt": [{"role": "user", "content": f"{context}\n\nQuestion: {question}"}],
        "ability": metric,
        "reward_model": {"style": "rule", "ground_truth": _truth(gold)},
        "extra_info": {
            "id": f"{metric}-{index}",
            "index": index,
            "task": f"{metric}_task",
            "subtask": "",
            "question": question,
            "language": "en",
            "metric": json.dumps({"name": metric, "args": args or {}}),
            "n_tokens": n_tokens,
            "evidence": [],
        },
    }


def published_row(metric: str, index: int) -> Row:
    """The same row as the published data set would hold it."""
    context, question, gold = MAKERS[metric](random.Random(f"{metric} {index}"))
    truth = _truth(gold)
    if metric in MODES:
        source, mode = "longbench_pro", MODES[metric]
        truth |= {"doc_ids": gold if isinstance(gold, list) else [gold], "golden_label": ""}
        truth |= {"summary": "English"}
    else:
        source = mode = SOURCES[metric]
    if metric == "selection":
        truth["golden_label"] = f"The correct answer is ({gold})"
    return {
        "data_source": source,
        "prompt": [{"role": "user", "content": f"{context}\n\n\n\n{question}"}],
        "reward_model": {"style": "rule", "ground_truth": truth},
        "extra_info": {"reward_mode": mode, "question": question},
    }
