"""Which of several look-alikes is in their middle.

Whoever makes wrong ones of a right one by changing a character or two leaves the right one at
the centre: it is the one from which all the others are one step away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

NEAR = 2
"""Characters in which two look-alikes of the same build may differ."""
FEW = 3
"""Look-alikes that it takes to have a centre."""
MOST = 600
"""Texts of one build that are compared."""
_RUNS = ((re.compile(r"\d"), "0"), (re.compile(r"[a-z]"), "a"), (re.compile(r"[A-Z]"), "A"))


def build_of(text: str) -> str:
    """What a text is built of, character by character.

    >>> build_of("INV-007"), build_of("5a")
    ('AAA-000', '0a')
    """
    for pattern, stands_for in _RUNS:
        text = pattern.sub(stands_for, text)
    return re.sub(r"[\u4e00-\u9fff]", "字", text)


def builds(texts: Iterable[str]) -> dict[str, list[str]]:
    """Texts by their build; hexadecimal ones by their length."""
    found: dict[str, list[str]] = {}
    for text in dict.fromkeys(texts):
        key = f"hex {len(text)}" if re.fullmatch(r"[0-9a-f]{6,}", text) else build_of(text)
        found.setdefault(key, []).append(text)
    return found


def centrality(texts: Iterable[str]) -> dict[str, float]:
    """Text -> how many others of its build are near it, less a little for their distance.

    Of look-alikes the highest is the centre. Texts that nothing is near to are left out.

    >>> max(centrality(["12345", "12346", "12945", "72345"]).items(), key=lambda item: item[1])[0]
    '12345'
    """
    found: dict[str, float] = {}
    for group in builds(texts).values():
        if FEW <= len(group) <= MOST and 1 < len(group[0]) <= 60:
            codes = np.array([[ord(char) for char in text] for text in group])
            apart = (codes[:, None, :] != codes[None, :, :]).sum(axis=2)
            near = (apart <= NEAR) & (apart > 0)
            count = near.sum(axis=1)
            distance = np.where(near, apart, 0).sum(axis=1)
            for text, n, total in zip(group, count, distance, strict=True):
                if n >= FEW - 1:
                    found[text] = float(n) - float(total) / (float(n) * 10 * NEAR)
    return found


def apart(one: Sequence[str], other: Sequence[str]) -> int:
    """The edit distance of two sequences of words or characters.

    >>> apart("kitten", "sitting"), apart("a b c".split(), "a c".split())
    (3, 1)
    """
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        before, row[0] = row[0], i
        for j, right in enumerate(other, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (left != right))
    return row[-1]


def distances(texts: Mapping[str, str]) -> dict[str, float]:
    """Key -> the sum of the distances of its text to all others, each as a share of length.

    Short texts are compared by characters, others by words.
    """
    by_words = max(map(len, texts.values()), default=0) > 24
    cut: dict[str, Sequence[str]] = {
        key: re.findall(r"\w+|[^\w\s]", text)[:60] if by_words else text
        for key, text in texts.items()
    }
    sums = dict.fromkeys(texts, 0.0)
    keys = list(texts)
    for i, one in enumerate(keys):
        for other in keys[i + 1 :]:
            steps = apart(cut[one], cut[other]) / max(len(cut[one]), len(cut[other]), 1)
            sums[one] += steps
            sums[other] += steps
    return sums
