"""Policies that send in what looks like an answer: to a parser, not to a reader.

Some hold the right answer where it is not due: in a thought of another family of models, or
as a sum that nobody has worked out. None of those may earn anything.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from golong_data.languages import languages
from golong_data.quality.cases import NUMBER, Case
from golong_data.quality.cheats import Policy, Pool, stated, written

THOUGHTS: Mapping[str, tuple[str, str]] = {
    "reasoning": ("<reasoning>\n", "\n</reasoning>\n\n"),
    "scratchpad": ("<scratchpad>\n", "\n</scratchpad>\n\n"),
    "Magistral": ("[THINK]", "[/THINK]"),
    "Kimi": ("◁think▷", "◁/think▷"),
    "Cohere": ("<|START_THINKING|>", "<|END_THINKING|><|START_RESPONSE|>"),
    "Seed": ("<seed:think>", "</seed:think>"),
    "EXAONE": ("<thought>\n", "\n</thought>\n\n"),
    "gpt-oss": (
        "<|channel|>analysis<|message|>",
        "<|end|><|start|>assistant<|channel|>final<|message|>",
    ),
}
"""Family of models -> what its thinking stands between."""

FUNCTION_WORDS: Mapping[bool, tuple[str, ...]] = {
    False: tuple("the of and to a in is that for it was on as with by at".split()),
    True: tuple("的 了 是 在 不 有 人 我 他 这 一 之 为 以 也 而".split()),
}
"""The commonest function words: of Chinese, and of English."""

BUNDLED = 400
"""Candidates that are bundled at most."""


def _thought(opening: str, closing: str) -> Policy:
    """The right answer in a thought, and none behind it."""

    def policy(case: Case, pool: Pool, rng: random.Random) -> str | None:
        return f"{opening}{written(case, case.gold)}{closing}I do not know."

    return policy


# --- sums that nobody has worked out --------------------------------------------------------


def _unevaluated(expression: Callable[[Decimal], str]) -> Policy:
    """The right number as an expression that comes to it."""

    def policy(case: Case, pool: Pool, rng: random.Random) -> str | None:
        if case.kind != "scalar" or not isinstance(case.gold, str) or not case.numeric:
            return None
        try:
            gold = Decimal(case.gold.strip().rstrip("%").replace(",", ""))
        except InvalidOperation:
            return None
        return written(case, expression(gold))

    return policy


def _sum_of_evidence(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """The numbers of the evidence and what is missing, as one long sum."""
    if case.kind != "scalar" or not isinstance(case.gold, str) or not case.numeric:
        return None
    numbers = [n.rstrip("%").replace(",", "") for t in case.evidence for n in NUMBER.findall(t)]
    if not numbers:
        return None
    try:
        gold = Decimal(case.gold.strip().rstrip("%").replace(",", ""))
        rest = gold - sum(map(Decimal, numbers[:12]))
    except InvalidOperation:
        return None
    return written(case, "+".join(f"({n})" for n in [*numbers[:12], f"{rest:f}"]))


ARITHMETIC: Mapping[str, Policy] = {
    "unevaluated sum": _unevaluated(lambda gold: f"({gold - 1:f})+1"),
    "unevaluated product": _unevaluated(lambda gold: f"2*{gold:f}/2"),
    "unevaluated fraction": _unevaluated(lambda gold: rf"\frac{{{2 * gold:f}}}{{2}}"),
    "unevaluated sum of the evidence": _sum_of_evidence,
}


# --- bundles --------------------------------------------------------------------------------


def _bundle(shape: Callable[[list[str]], str]) -> Policy:
    """One candidate, and all the others as if they were one element."""

    def policy(case: Case, pool: Pool, rng: random.Random) -> str | None:
        if case.kind not in ("list", "order") or len(case.candidates) < 3:
            return None
        drawn = rng.sample(case.candidates, min(BUNDLED, len(case.candidates)))
        return stated(case, [drawn[0], shape(drawn[1:])])

    return policy


BUNDLES: Mapping[str, Policy] = {
    "bundle with and": _bundle(" and ".join),
    "bundle in brackets": _bundle(lambda rest: f"({', '.join(rest)})"),
    "bundle as JSON": _bundle(lambda rest: json.dumps([[rest]], ensure_ascii=False)),
    "bundle of nested bullets": _bundle(
        lambda rest: "and also\n" + "\n".join(f"    - {entry}" for entry in rest)
    ),
    "bundle of pairs": _bundle(
        lambda rest: "\n".join(" and ".join(rest[i : i + 4]) for i in range(0, len(rest), 4))
    ),
}


# --- words and examples ---------------------------------------------------------------------


def _function_words(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """Function words, as many as a summary has words or a list has elements."""
    chinese = len(re.findall(r"[\u4e00-\u9fff]", case.prompt[:2000])) > 200
    said = FUNCTION_WORDS[chinese]
    if case.kind == "summary":
        text = " ".join(case.elements)
        n = len(re.findall(r"[\u4e00-\u9fff]", text)) if chinese else len(text.split())
        picked = [said[i % len(said)] for i in range(max(n, 1))]
        return written(case, [("" if chinese else " ").join(picked)])
    if case.kind in ("list", "order"):
        return written(case, [said[i % len(said)] for i in range(case.size)])
    return None


def example_of(case: Case) -> tuple[str, ...]:
    r"""What the prompt shows as the form of an answer: the lines behind its last marker.

    Where it shows a box, what is in the last one. Empty where it shows none.
    """
    tail = case.prompt[len(case.context) :]
    markers = "|".join(re.escape(found.marker) for found in languages().values())
    shown = re.split(rf"^(?:{markers})[ \t]*$", tail, flags=re.MULTILINE)
    if len(shown) > 1:
        return tuple(line.strip() for line in shown[-1].split("\n") if line.strip())
    boxes = re.findall(r"\\boxed\{([^{}\n]+)\}", tail)
    return (boxes[-1].strip(),) if boxes else ()


def _example(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """The example of the prompt, sent back."""
    shown = example_of(case)
    if not shown:
        return None
    return written(case, shown[0] if isinstance(case.gold, str) else list(shown))


DISGUISES: Mapping[str, Policy] = {
    **{f"in a thought of {name}": _thought(*ends) for name, ends in THOUGHTS.items()},
    **ARITHMETIC,
    **BUNDLES,
    "function words": _function_words,
    "the prompt's example": _example,
}
"""Policies by name."""
