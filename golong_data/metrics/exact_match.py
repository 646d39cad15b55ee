"""Exact match of a single answer: precise retrieval.

1 where the answer is the gold, else 0. The answer is taken out as `answer.final_answer`
describes, and is then compared as a whole; where a remark follows it after a blank line or,
behind "the answer is", after the first sentence, also without the remark. Compared is what
`elements.line_key` leaves: case, quotes around, a final period, spaces, line breaks,
compatibility forms, bullets and bold are folded. With `verbatim` nothing is folded but the
white space around. A gold of several strings holds alternatives: one of them is enough.

The published code compares the whole text behind the thinking, character by character, so
that "paris", "Paris." and a marker in front score 0 there.

Cheats. Two answers ("Paris or London", one a line, one a sentence) are not the gold; the gold
inside a longer answer is not either; an empty gold is met by nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from golong_data.metrics.answer import Answer, final_answer
from golong_data.metrics.elements import Gold, line_key
from golong_data.metrics.lines import answer_lines, normalise_line
from golong_data.metrics.thinking import without_thinking

_SENTENCE = re.compile(r"[^\n]*?(?:[.!?](?=\s)|[。！？]|$)")


def exact_match(text: str, gold: Gold, *, verbatim: bool = False) -> float:
    """1 where the answer is the gold, case, quotes, spaces and final period aside.

    >>> exact_match("[Answer]\\n**paris**.", "Paris"), exact_match("paris", "Paris", verbatim=True)
    (1.0, 0.0)
    """
    rest = without_thinking(text)
    if rest is None:
        return 0.0
    golds = [gold] if isinstance(gold, str) else [str(item) for item in gold]
    found = final_answer(text) or Answer("bare", rest)
    if verbatim:
        return float(found.text.strip() in {item.strip() for item in golds} - {""})
    wanted = {_fold(item) for item in golds} - {""}
    return float(any(reading in wanted for reading in _readings(found)))


def _readings(found: Answer) -> Iterator[str]:
    yield _fold(found.text)
    yield line_key(" ".join(answer_lines(found.text)))
    if found.route == "phrase":
        first = _SENTENCE.match(found.text.strip())
        yield _fold(first[0] if first else "")


def _fold(text: str) -> str:
    return line_key(" ".join(filter(None, map(normalise_line, text.split("\n")))))
