"""Bullets and enumerators: what stands in front of an element and is no part of it.

Marks of a list ("- ", "• ", "✓", "- [x] ", "1. ", "(1)", "①", "#1") always go. Letters,
Roman and Chinese numerals, ordinal words and "Rank 1:" may be part of an element ("A. Smith",
"Item 3"), so they go only where they run from the first on, a, b, c.

Every pattern is anchored and bounded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

SIGNS = "•·‣●○◦◉◆◇■□▪▫▸▹►▶➤➜➔✓✔✅☑👉⁃∙⦁★☆"
"""Bullets that are nothing else, with or without a space behind them."""
_BULLET = re.compile(rf"(?:[-*+–—>→⇒]\s+|>(?=[^\W\d_])|\*(?=[^\W_*][^*]*$)|[{SIGNS}]\s*)(?=\S)")
_BOX = re.compile(r"\[(?:([xX✓✔√])|[ ]?)\]\s*(?=\S)")
_NUMBER = re.compile(
    r"(?:\d{1,3}[.)](?:\s+(?=\S)|(?=[^\W\d_]))|[(\[]\d{1,3}[)\]]\s*(?=\S)|\d{1,3}、\s*(?=\S)"
    r"|#\s?\d{1,3}[.:)]?\s+(?=\S))"
)
_STARTS = frozenset(f"-*+–—>→⇒[(#0123456789{SIGNS}")

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_HAN = "一二三四五六七八九十"
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
_RANKS = (
    {chr(ord("a") + n): n for n in range(26)},
    {numeral: n for n, numeral in enumerate(_ROMAN)},
    {word: n for n, word in enumerate(_ORDINALS)}
    | {word + "ly": n for n, word in enumerate(_ORDINALS)},
    {numeral: n for n, numeral in enumerate([*_HAN, *("十" + digit for digit in _HAN[:9])])},
    {str(n + 1): n for n in range(999)},
)
_SEQUENCE = re.compile(
    r"(?:\(?([a-zA-Z]{1,8})(?:[)、:]|[.,](?=\s))\s*(?=\S)"
    r"|[(第]{0,2}([一二三四五六七八九十]{1,2})[)、.:,]{1,2}\s*(?=\S)"
    r"|(?:rank|no\.?|number|item|place|position|step|answer|option|entry|pair|result|element)"
    r"\s?#?(\d{1,3})(?:st|nd|rd|th)?\s?[:.)]\s*(?=\S)|(\d{1,2})(?:st|nd|rd|th)[:.)]\s+(?=\S))",
    re.IGNORECASE,
)


def strip(line: str) -> tuple[str, bool, bool]:
    """A line without what always goes, whether anything did, and whether its box is empty.

    >>> strip("- [x] 1. Oslo"), strip("> - [ ] Lima"), strip("-5")
    (('Oslo', True, False), ('Lima', True, True), ('-5', False, False))
    """
    rest, empty = line, False
    for _ in range(4):
        if rest[:1] not in _STARTS:
            break
        match = _BULLET.match(rest) or _NUMBER.match(rest)
        if match is None:
            match = _BOX.match(rest)
            if match is None:
                break
            empty = match[1] is None
        rest = rest[match.end() :]
    return rest, rest is not line, empty


def in_sequence(lines: Sequence[str]) -> dict[int, str]:
    """Lines, by place, whose letters or numerals run from the first on, without them.

    >>> in_sequence(["a) Oslo", "b) Lima", "So: it is"])
    {0: 'Oslo', 1: 'Lima'}
    """
    found = [
        (n, match.end(), next(filter(None, match.groups())).lower())
        for n, line in enumerate(lines)
        if (match := _SEQUENCE.match(line))
    ]
    if not found:
        return {}
    for ranks in _RANKS:
        run = [(n, end, ranks[name]) for n, end, name in found if name in ranks]
        expected, good = 0, bool(run)
        for _, _, rank in run:
            good = good and rank in (expected, 0)
            expected = rank + 1
        if good:
            return {n: lines[n][end:] for n, end, _ in run}
    return {}
