"""Exact match of a single answer: precise retrieval.

1 where the answer is the gold, else 0. The answer is taken out as `answer.final_answer`
describes, or below a heading ("**Final Answer**"), and is then compared as a whole. Compared
is what `elements.line_key` leaves of the undressed text (`dress`): case, quotes around, a
final period, spaces, line breaks, compatibility forms, emphasis, TeX and HTML around words,
and characters that nobody sees are folded, in the answer as in the gold. With `verbatim`
nothing is folded but the white space around. A gold of several strings holds alternatives: one
of them is enough.

What an answer may have besides, each read without knowing the gold: words that announce it
once more ("Answer: Paris"), a closing tag, an object or list of JSON around one string, the
marks of a list of one element ("- Paris", "1. Paris"; a number other than 1 belongs to the
text), a remark after a blank line or, behind "the answer is", after the first sentence.

The published code compares the whole text behind the thinking, character by character, so
that "paris", "Paris." and a marker in front score 0 there.

Cheats. Two answers ("Paris or London", one a line, one a sentence) are not the gold; the gold
inside a longer answer is not either, nor "3) Smith" for "2) Smith"; an empty gold is met by
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from golong_data.metrics.answer import Answer, final_answer
from golong_data.metrics.dress import (
    below_heading,
    undress,
    ungroup,
    without_closing,
    without_lead,
)
from golong_data.metrics.elements import Gold, line_key
from golong_data.metrics.lines import is_sentence
from golong_data.metrics.loose_json import whole_value
from golong_data.metrics.text import fold
from golong_data.metrics.thinking import without_thinking

_SENTENCE = re.compile(r"[^\n]*?(?:[.!?](?=\s)|[。！？]|$)")
_FENCE = re.compile(r"`{3,}\w*")
_BULLET = re.compile(r"[-*+•·‣▪◦●○■□►▶→➤👉✓✔✅☑–—]\s+(?=\S)")
_NUMBER = re.compile(r"(?:(\d{1,3})[.)](?=\s+\S|[^\W\d_])|\((\d{1,3})\)(?=\s*\S)|(\d{1,3})、)\s*")
_NAMED = re.compile(
    r"(?:the|its|my|this|that)\s[\w' -]{1,60}?\s(?:is|was|are|were):?\s+(\S.*)", re.I
)
_QUOTES = str.maketrans("‹›〈〉《》『』", '""""""""')


def exact_match(text: str, gold: Gold, *, verbatim: bool = False) -> float:
    """1 where the answer is the gold, case, quotes, spaces and final period aside.

    >>> exact_match("[Answer]\\n**paris**.", "Paris"), exact_match("paris", "Paris", verbatim=True)
    (1.0, 0.0)
    """
    rest = without_thinking(text)
    if rest is None:
        return 0.0
    golds = (gold,) if isinstance(gold, str) else tuple(map(str, gold))
    found = final_answer(text) or Answer("bare", rest)
    if verbatim:
        return float(found.text.strip() in {item.strip() for item in golds} - {""})
    wanted = {_gold_key(item) for item in golds} - {""}
    return float(any(reading in wanted for reading in _readings(found)))


@lru_cache(maxsize=1024)
def _gold_key(gold: str) -> str:
    return _whole_key(gold)


def _readings(found: Answer) -> Iterator[str]:
    """Keys of what an answer may be, the most literal first."""
    seen: list[list[str]] = []
    for lines in _candidates(found):
        if lines not in seen:  # mostly all are the same
            seen.append(lines)
            yield _key(lines)


def _candidates(found: Answer) -> Iterator[list[str]]:
    text = found.text
    blocks = list(_blocks(text))
    yield [line for block in blocks for line in block]
    if found.route == "boxed":
        text = ungroup(undress(text.replace("~", " ")))
    else:
        text = without_closing(below_heading(text) or text)
    text = without_lead(_unwrapped(text))
    if text.strip() != found.text.strip():
        blocks = list(_blocks(text))
        yield [line for block in blocks for line in block]
    lines = _without_remarks(blocks)
    yield lines
    yield _without_marks(lines)
    named = _NAMED.match(lines[0]) if len(lines) == 1 else None
    if named:
        yield [named[1]]
    if found.route == "phrase":
        first = _SENTENCE.match(text.strip())
        yield [line for block in _blocks(first[0] if first else "") for line in block]


def _whole_key(text: str) -> str:
    return _key([line for block in _blocks(text) for line in block])


def _key(lines: Sequence[str]) -> str:
    text = line_key(" ".join(lines))
    if text.isascii():
        return text
    return line_key(text.translate(_QUOTES))


def _unwrapped(text: str) -> str:
    """The one string of an object or list of JSON; any other text as it is."""
    text = text.strip()
    inside = text.partition("\n")[2].removesuffix("```") if text.startswith("```") else text
    value = whole_value(inside)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return value[0]
    return text


def _blocks(text: str) -> Iterator[list[str]]:
    """Runs of lines between blank ones, undressed, without fences of code."""
    block: list[str] = []
    for raw in [*undress(fold(text)).split("\n"), ""]:
        # A phrase takes the opening marks of "answer: **Oslo**" with it.
        line = " ".join(raw.split()).removesuffix("**")
        if line.startswith("```") and _FENCE.fullmatch(line):
            continue
        if line:
            block.append(line)
        elif block:
            yield block
            block = []


def _without_remarks(blocks: list[list[str]]) -> list[str]:
    """The lines of an answer without a line that leads up to them and what follows a blank line.

    Single lines one after the other are several answers, unless one is a sentence.
    """
    lines, *others = blocks or [[]]
    if lines and lines[0][-1] in ":：" and (lines[1:] or others):
        lines, others = (lines[1:], others) if lines[1:] else (others[0], others[1:])
    lines = list(lines)
    if len(lines) == 1:
        for block in others:
            if len(block) > 1 or is_sentence(block[0]):
                break
            lines += block
    return lines


def _without_marks(lines: Sequence[str]) -> list[str]:
    """Lines without the bullets or numbers of a list, where they count from 1."""
    stripped: list[str] = []
    for line in lines:
        mark = _BULLET.match(line) or _NUMBER.match(line)
        if mark and mark.re is _NUMBER:
            number = int(next(filter(None, mark.groups())))
            mark = mark if number == len(stripped) + 1 else None
        stripped.append(line[mark.end() :] if mark else line)
    return stripped
