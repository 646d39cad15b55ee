"""The elements of a list answer as keys that can be compared, for every metric over lists.

An element is a line, as `lines.answer_lines` cuts them. Three other ways to write a list
are read as well: a JSON array, several elements on a line between commas, semicolons, bars
or "and", and an element behind a lead-in or in front of a remark ("the towns are Oslo and
Bergen (see above)"), where the remark names neither number nor alternative. A line is cut up
only where a part of it is an element of the gold, and then every part of it counts as
listed, so that a long line is no way to list many candidates as one.

Two elements are the same where their keys are: compatibility forms, case, bullets, numbers
of a list, bold, quotes around and periods or commas behind do not matter, all else does.
"Part 1" is not "Part 12", "10" is not in "2010".
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from golong_data.metrics.answer import answer_text
from golong_data.metrics.lines import (
    answer_lines,
    is_sentence,
    normalise_line,
    without_remark,
)

_QUOTES = str.maketrans("‘’‚‛“”„‟«»「」『』", '\'\'\'\'""""""""""')
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_JSON_END = re.compile(r"\s*(?:$|```)|[^\S\n]*\n[^\S\n]*\n")
_SEPARATOR = re.compile(r"(?:[;；|、，]|,(?!\d{3}(?!\d)))(?![^()]{0,80}\))")
_AND = re.compile(r"(?:^|\s)(?:and|&)\s|和|以及|及")
_LEAD = re.compile(r".{0,200}(?:\b(?:is|are|was|were)\b|[:：=是为])\s*")
_ABSTENTION = re.compile(
    r"(?:none|nothing|null|nil|empty|n/a|unanswerable|not found|none (?:found|of (?:them|these))"
    r"|(?:there (?:is|are) )?no (?:such )?(?:answer|error|conflict|violation|inconsistenc(?:y|ie)"
    r"|contradiction|anomal(?:y|ie)|match(?:e)?|result|item|element)s?(?: (?:was|were))?"
    r"(?: (?:found|detected|exists?))?"
    r"|(?:没有|不存在|未发现|无)(?:任何)?(?:错误|冲突|矛盾|答案|违规|异常|结果)?|无误|不存在)"
)

Gold = str | Sequence[str]


def key(element: str) -> str:
    """What two elements have in common where they are the same.

    >>> key("- **“Part 1”**,"), key("part  1.")
    ('part 1', 'part 1')
    """
    return line_key(normalise_line(element))


def line_key(line: str) -> str:
    """The same for a line that is normalised already."""
    text = line.casefold()
    if not text.isascii():
        text = text.translate(_QUOTES)
    if text[:1].isalnum() and text[-1:].isalnum():
        return text
    for _ in range(2):  # "Oslo." as well as "Oslo".
        text = text.rstrip(" .。,;").strip(" \"'")
    return text or line


def gold_elements(gold: Gold) -> tuple[str, ...]:
    """The elements of a gold as they stand; a string has one a line. Blank ones are none."""
    elements = gold.split("\n") if isinstance(gold, str) else map(str, gold)
    return tuple(element for element in elements if element.strip())


def gold_keys(gold: Gold) -> Mapping[str, int]:
    """Keys of a gold's elements with their places, the first of equal ones only."""
    return _gold_keys(gold if isinstance(gold, str) else tuple(gold))


@lru_cache(maxsize=4096)
def _gold_keys(gold: str | tuple[str, ...]) -> Mapping[str, int]:
    keys = dict.fromkeys(map(key, gold_elements(gold)))
    return {item: place for place, item in enumerate(keys)}


def is_abstention(keys: Iterable[str]) -> bool:
    """Whether all keys say that there is nothing to list; so does having none.

    >>> is_abstention(["no error"]), is_abstention(["无"]), is_abstention(["no error", "part 1"])
    (True, True, False)
    """
    return all(_ABSTENTION.fullmatch(key.strip("()[]（）")) for key in keys)


def abstention_score(listed: Sequence[str]) -> float:
    """The score against a gold without elements: 1 for a stated abstention and no more."""
    return float(bool(listed) and is_abstention(listed))


def grace(n_listed: int, n_gold: int) -> float:
    """The factor for listing too much where order counts: 1 up to twice the gold's size.

    Beyond that, 2 n_gold / n_listed: a remark between the lines costs nothing, a dump all.
    """
    return min(1.0, 2 * n_gold / n_listed) if n_listed else 1.0


def readings(piece: str) -> Iterator[str]:
    """Keys that a piece of a line may stand for: as it is, without a remark, without a lead-in.

    What is in a remark is never read, so that no two of them name different candidates.

    >>> list(readings("The town is Oslo (see above)"))
    ['the town is oslo (see above)', 'the town is oslo', 'oslo']
    """
    yield line_key(piece)
    shorter = without_remark(piece)
    if shorter != piece:
        yield line_key(shorter)
    lead = _LEAD.match(shorter)
    if lead:
        yield key(shorter[lead.end() :])


Reader = Callable[[str], str]


def listed(text: str, golds: Collection[str], read: Reader | None = None) -> tuple[str, ...]:
    """Distinct keys of what an answer lists, in order of their first occurrence.

    `golds` holds the keys of the gold; `read` gives the key of a piece of a line, by default
    the first of its `readings` that is in the gold, else its own. A sentence behind the last
    element that names none is a remark.

    >>> listed("[Answer] Bergen, Oslo and Bergen", {"oslo"})
    ('bergen', 'oslo')
    """
    stretch = answer_text(text)
    if stretch is None:
        return ()
    if read is None:

        def read(piece: str) -> str:
            return next((k for k in readings(piece) if k in golds), None) or line_key(piece)

    lines = {line: line_key(line) for line in answer_lines(stretch)}
    if golds and not any(own in golds for own in lines.values()):
        lines = {line: line_key(line) for line in _array(stretch) or lines}
    found = [_pieces(line, own, golds, read) for line, own in lines.items()]
    if found and not is_sentence(next(iter(lines))):  # a list of sentences has no remarks
        for line in reversed(lines):
            if not is_sentence(line) or any(piece in golds for piece in found[-1]):
                break
            found.pop()
    return tuple(dict.fromkeys(piece for pieces in found for piece in pieces))


def _pieces(line: str, own: str, golds: Collection[str], read: Reader) -> tuple[str, ...]:
    if own in golds:
        return (own,)
    whole = read(line)
    parts = [part.strip() for part in _SEPARATOR.split(line)]
    if len(parts) == 1 and not _AND.search(line):
        return (whole,)
    pieces: list[str] = []
    for part in filter(None, parts):
        piece = line_key(part)
        if piece not in golds:
            piece = read(part)
        if piece not in golds and _AND.search(part):
            smaller = [read(p.strip()) for p in _AND.split(part) if p.strip()]
            if any(p in golds for p in smaller):
                pieces += smaller
                continue
        pieces.append(piece)
    if len(pieces) > 1 and any(piece in golds for piece in pieces):
        return tuple(pieces)
    return (whole,)


def _array(text: str) -> tuple[str, ...] | None:
    """The strings and numbers of a JSON array, alone or as the one value of an object.

    Nothing but a remark after a blank line may follow it.
    """
    text = text.lstrip()
    if text.startswith("```"):
        text = text.partition("\n")[2].lstrip()
    if text[:1] not in ("[", "{"):
        return None
    try:
        value, end = _DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        return None
    if not _JSON_END.match(text, end):
        return None
    if isinstance(value, dict) and len(value) == 1:
        value = next(iter(value.values()))
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return None
    return tuple(line for line in map(normalise_line, value) if line)
