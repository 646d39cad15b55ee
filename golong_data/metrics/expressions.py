r"""Answers that are mathematical expressions, as far as they are judged by their looks.

Which of several members is the answer, whether it is one value, which unit stands behind it,
and what is left for a computer algebra system to compare: all that is decided here, from the
text. The comparison itself is `math_worker`'s.
"""

from __future__ import annotations

import re

from golong_data.metrics.units import RATIOS, Unit, is_unit, read_unit, same_unit, unit_head

MAX_EXPRESSION = 1000
"""Characters of an expression that is still handed to math-verify."""

_APPROX = re.compile(r"≈|\\approx(?![A-Za-z])")
_EQUAL = re.compile(r"(?<![<>!:\\])=")
_GROUPING = re.compile(r"(?<=\d)(?:,|\{,\}|,\\!)(?=\d{3}(?!\d))")
_LISTING = re.compile(
    r"[,;、，；<>≤≥±]|\\\{|(?<![A-Za-z\\])(?:or|and)(?![A-Za-z])|或|和"
    r"|\\(?:pm|mp|cup|in|l?or|vee|le|ge|leq|geq|lt|gt|neq?)(?![A-Za-z])"
)
_KNOWN = "sqrt|sinh|cosh|tanh|arcsin|arccos|arctan|[bpvV]?matrix|cases|array"
# Words and ideographs, and numbers to a base, which math-verify would read as decimal.
_PROSE = re.compile(
    rf"(?<![A-Za-z\\])(?!(?:{_KNOWN})(?![A-Za-z]))[A-Za-z]{{4,}}|[\u4e00-\u9fff]|\d[}})]?\s*_"
)
_UNIT_AT_END = re.compile(r"\\(?:text|textrm|mathrm|mbox)\s*\{([^{}]{1,80})\}\s*$|\\?([%‰])\s*$")
# Something is left to be worked out: an operator, a root, a function of numbers.
_OPERATION = re.compile(
    r"[+*/^!√∑∏∫×·⋅÷∗]|[\d)]\s{0,3}\(|\)\s{0,3}\d|(?<=[\d).}%])\s{0,3}[-−–]\s{0,3}[-−–\d.(\\$]|^\s*[-−–]\s*[-−–(]"
    r"|\\(?:[dtc]?frac|sqrt|times|cdot|ast|div|over|[dt]?binom|choose|i{1,3}nt|oint|sum|prod|lim|log|ln|lg"
    r"|exp|sin|cos|tan|max|min|gcd|lfloor|lceil|bmod|pmod|mod)(?![A-Za-z])"
    r"|(?<![A-Za-z\\])(?:sqrt|sum|mean|avg|average|max|min|round|abs|plus|minus|times|over|divided"
    r"|mod|log|exp)(?![A-Za-z])",
    re.IGNORECASE,
)


def sides(text: str) -> list[str]:
    """The members of what is after the last "≈" of a chain "a = b ≈ c = d"."""
    rounded = [side for side in _APPROX.split(text) if side.strip()] or [text]
    return [side.strip() for side in _EQUAL.split(rounded[-1])]


def last_exact(text: str) -> str:
    """The last member of a chain before it is rounded; `text` where it is no chain."""
    rounded = [side for side in _APPROX.split(text) if side.strip()] or [text]
    return _EQUAL.split(rounded[0])[-1].strip()


def lists(text: str) -> bool:
    """Whether `text` holds several values, or a set, a range or a relation."""
    return _LISTING.search(ungrouped(text)) is not None


def ungrouped(text: str) -> str:
    """`text` without the marks between groups of three digits."""
    return _GROUPING.sub("", text)


def is_prose(text: str) -> bool:
    """Whether `text` holds words, or a number to a base, and is no expression."""
    return _PROSE.search(text) is not None


def is_unevaluated(text: str) -> bool:
    """Whether `text` is numbers with something left to be worked out."""
    return any(map(str.isdigit, text)) and _OPERATION.search(text) is not None


def same_kind(answer: str, gold: str) -> bool:
    """Whether `answer` may be compared: one value for one value, brackets for brackets."""
    if not lists(gold):
        return not lists(answer)
    return "," not in gold or _in_brackets(answer) == _in_brackets(gold)


def _in_brackets(text: str) -> bool:
    text = squash(text)
    return text[:1] in ("(", "[") and text[-1:] in (")", "]")


def squash(text: str) -> str:
    r"""`text` without what does not change an expression: spaces, dollars, \left, \right."""
    return re.sub(r"\\(?:left|right)(?![A-Za-z])|\\[,!;: ]|[\s$]", "", text).rstrip(".。")


def split_unit(text: str) -> tuple[str, Unit | None]:
    """An expression without dollar signs and final period, and the unit written after it."""
    text = text.strip().rstrip(".。").strip("$ ").removeprefix("\\(").removesuffix("\\)").strip()
    match = _UNIT_AT_END.search(text)
    unit = match and (match[1] or match[2])
    if match is None or not unit or not is_unit(unit):
        return text, None
    return text[: match.start()].rstrip("\\,;:~ "), read_unit(unit)


def in_unit(bare: str, stated: Unit | None, asked: Unit, ratio: bool) -> str | None:
    """LaTeX counted in the unit asked for; None where the stated unit contradicts it."""
    if "%" in bare or "‰" in bare:
        return None
    if stated is None:
        return bare
    if stated.name in RATIOS:
        if unit_head(asked.name) == stated.name:
            return bare
        part = RATIOS[stated.name].denominator
        return None if asked.name else rf"\frac{{{bare}}}{{{part}}}"
    if not asked.name:
        return bare if stated.scale == 1 and not ratio else None
    return bare if stated.scale == asked.scale and same_unit(asked.name, stated.name) else None
