"""How often right answers go unpaid, and wrong ones are paid, over real completions.

tests/metrics/completions.jsonl holds what a small model wrote, each line labelled by hand with
what a careful reader would pay before any metric had scored it. Per metric:

- unpaid: completions that are right, wholly or in part, and earn less than they should;
- the same in a form: without those in which the answer stands within a running sentence ("The
  ferry stops in Oslo and Bergen."), by the words of its line that are none of the gold's (more
  than three). Prose is read only behind a lead-in, as no reader without the gold can tell what
  in a sentence is the answer;
- overpaid: completions that earn more than they should;

each as a share with its 95 % Wilson interval (Wilson, JASA 1927), and the completions themselves
with --show.

    python benchmarks/false_negatives.py [--show] [--write] [--json FILE]

`--write` renews benchmarks/false_negatives.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from math import sqrt
from pathlib import Path
from typing import Any

from _common import arguments, markdown

from golong_data.metrics import score

COMPLETIONS = Path(__file__).parents[1] / "tests" / "metrics" / "completions.jsonl"
PAGE = Path(__file__).with_suffix(".md")
SLACK = 0.02
"""Shares are labelled to two digits."""
Z = 1.96
_WORD = re.compile(r"\w+")

HEAD = (
    *("metric", "completions", "right", "unpaid", "95 %", "right, in a form", "unpaid", "95 %"),
    *("not or partly right", "overpaid", "95 %"),
)


def completions() -> list[dict[str, Any]]:
    """The labelled completions."""
    lines = COMPLETIONS.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share by its score statistic; everything where there is nothing."""
    if not n:
        return 0.0, 1.0
    share, scale = hits / n, 1 + Z * Z / n
    middle = (share + Z * Z / (2 * n)) / scale
    reach = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / scale
    return max(0.0, middle - reach), min(1.0, middle + reach)


def judged() -> list[dict[str, Any]]:
    """Every completion with what it earns."""
    return [
        {**c, "earned": score(c["text"], c["gold"], c["metric"], **c["args"])}
        for c in completions()
    ]


def in_a_sentence(completion: Mapping[str, Any]) -> bool:
    """Whether an answer stands within a running sentence."""
    gold, text = completion["gold"], completion["text"].strip()
    if any(mark in text for mark in ("[Answer]", "boxed{", "|")):
        return False
    words = set(_WORD.findall(" ".join([gold] if isinstance(gold, str) else gold).lower()))
    first = text.partition("\n")[0].lower()
    others = [word for word in _WORD.findall(first) if word not in words]
    lead = re.match(r"(?:so,? )?the (?:final )?(?:answer|correct answer)(?: is|:)", first)
    return len(others) > 3 and not lead and not re.match(r"[-*\d]", first)


def line(name: str, mine: Sequence[Mapping[str, Any]]) -> list[str]:
    """One metric's figures as cells."""
    right = [c for c in mine if c["label"] > 0]
    open_ = [c for c in mine if c["label"] < 1]
    unpaid = sum(c["earned"] < c["label"] - SLACK for c in right)
    over = sum(c["earned"] > c["label"] + SLACK for c in open_)
    formed = [c for c in right if not in_a_sentence(c)]
    lost = sum(c["earned"] < c["label"] - SLACK for c in formed)

    def share(hits: int, n: int) -> list[str]:
        low, high = wilson(hits, n)
        return [f"{hits / n:.1%}" if n else "", f"{low:.1%} to {high:.1%}" if n else ""]

    return [
        name,
        str(len(mine)),
        str(len(right)),
        *share(unpaid, len(right)),
        str(len(formed)),
        *share(lost, len(formed)),
        str(len(open_)),
        *share(over, len(open_)),
    ]


def main() -> None:
    """Prints the table, and the completions that are paid otherwise than labelled."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--show", action="store_true", help="print completions paid otherwise")
    parser.add_argument("--write", action="store_true", help=f"renew {PAGE.name}")
    options = parser.parse_args()
    found = judged()
    names = sorted({c["metric"] for c in found})
    rows = [line(name, [c for c in found if c["metric"] == name]) for name in names]
    rows.append(line("all", found))
    table = markdown(HEAD, rows)
    print(table)
    if options.show:
        for c in found:
            if abs(c["earned"] - c["label"]) > SLACK:
                print(f"\n{c['metric']} {c['gold']} due {c['label']} earned {c['earned']:.3f}")
                print(c["text"])
    if options.write:
        text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
        head = text.partition("| metric")[0] or "# False negatives over real completions\n\n"
        PAGE.write_text(f"{head}{table}\n", encoding="utf-8")
    if options.json:
        options.json.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
