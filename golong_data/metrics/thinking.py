"""Where a completion's thinking ends: nothing of it is ever paid, whoever writes it.

The delimiters of all families (see `delimiters`) are walked through once, in order:

- an opening begins thinking, and only a closing of its own family ends it; what is opened
  inside ends with it, for thinking may talk about tags;
- a closing that nothing opened ends thinking that the prompt had opened, so that what stands
  before it was thinking: the answer is what follows the last closing;
- thinking that is open at the end leaves no answer;
- the answer ends where the model's turn ends. What follows is another turn, and is read only
  where it is the final channel of a model that writes its turn as several messages.

Invisible characters belong to no answer either and are dropped. All is linear in the length of
the text: patterns hold bounded repetitions, and no stack holds a family twice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from golong_data.metrics.delimiters import (
    BOX_TOKENS,
    BRACKET,
    CUT_OFF,
    DELIMITERS,
    HEADER,
    OPENED,
    SPOKEN,
    SPOKEN_START,
    TAGS,
    WRAPPER,
)
from golong_data.metrics.text import visible

_ANY = "any"
_OPENING, _CLOSING, _ENDING, _TURN = "opening", "closing", "ending", "turn"
_TAIL = 400
"""Characters at the end of a prompt in which an opening is looked for."""


def without_thinking(text: str) -> str | None:
    """What a completion says to its reader; None where thinking is open at its end.

    >>> without_thinking("<think>41</think>42<|im_end|>"), without_thinking("[THINK]41")
    ('42', None)
    """
    text = visible(text)
    if text.lstrip()[:1] in SPOKEN_START:
        text = _behind_words(text)
        if CUT_OFF.match(text):
            return None
    if "◁" in text or ("[" in text and BRACKET.search(text)):
        return _walked(text)
    # As most completions are, and faster than a walk: no delimiter, or one pair of them.
    first = text.find("<", len("<think>") if text.startswith("<think>") else 0)
    if first < 0:
        return text if text[:1] != "<" else None
    rest = first + len("</think>")
    if text.startswith("</think>", first) and text.find("<", rest) < 0:
        return text[rest:]
    return _walked(text)


def _walked(text: str) -> str | None:
    events = _events(text)
    if not events:
        return _unwrapped(text) if "<" in text else text
    walk = _walk(text, events)
    return None if walk.open else _unwrapped(text[walk.start : walk.end])


def last_opening(prompt: str) -> str:
    """The opening that a prompt ends with, so that its completion starts as thinking, or "".

    >>> last_opening("Sum?<|im_start|>assistant\\n<think>\\n"), last_opening("What is <think>?")
    ('<think>', '')
    """
    tail = prompt[-_TAIL:].rstrip()
    events = _events(tail)
    if not events or events[-1].kind != _OPENING or events[-1].after != len(tail):
        return ""
    return tail[events[-1].before :]


def closes_first(text: str) -> bool | None:
    """Whether the first delimiter of a completion is a closing, so that its prompt opened the
    thinking; None where it holds no delimiter.

    >>> closes_first("Hm.</think>42"), closes_first("<think>Hm.</think>42"), closes_first("42")
    (True, False, None)
    """
    kinds = (e.kind for e in _events(visible(text)) if e.kind in (_OPENING, _CLOSING))
    first = next(kinds, None)
    return None if first is None else first == _CLOSING


class _Event(NamedTuple):
    """A delimiter, and where it stands."""

    kind: str
    family: str
    before: int
    after: int


@dataclass(slots=True)
class _Walk:
    """What a walk over the delimiters has found so far."""

    start: int = 0
    end: int | None = None
    open: list[str] = field(default_factory=list)
    """Families that are open, the outermost first."""
    firm: bool = False
    """Whether the outermost stands at the start, so that it is no word of an open thinking."""


def _walk(text: str, events: list[_Event]) -> _Walk:
    walk = _Walk(start=_behind_headers(text, 0))
    first = next((e.kind for e in events if e.kind in (_OPENING, _CLOSING)), None)
    inside = first == _CLOSING  # the prompt has opened the thinking
    for event in events:
        if event.before < walk.start:
            continue
        if event.kind in (_ENDING, _TURN):
            if not walk.open and not inside and walk.end is None:
                walk.end = event.before
        elif event.kind == _OPENING:
            if walk.end is None and event.family not in walk.open:
                if not walk.open:
                    walk.firm = not text[walk.start : event.before].strip()
                walk.open.append(event.family)
        elif walk.end is None or event.family == "harmony":
            if _closes(walk, event.family):
                inside = False
                walk.start, walk.end = _behind_headers(text, event.after), None
    return walk


def _closes(walk: _Walk, family: str) -> bool:
    """Takes off what a closing ends; whether no thinking is open afterwards."""
    if family in walk.open:
        del walk.open[walk.open.index(family) :]
    elif walk.open and walk.open[0] != _ANY and walk.firm:
        return False  # a word inside the thinking
    else:
        walk.open.clear()
    return not walk.open


def _behind_headers(text: str, start: int) -> int:
    while match := HEADER.match(text, start):
        start = match.end()
    return start


def _behind_words(text: str) -> str:
    """What follows the words that announce the answer, where others announce the thinking."""
    for begins, answers in SPOKEN:
        if begins.match(text):
            found = [match.end() for match in re.finditer(answers, text)]
            return text[found[-1] :] if found else text
    return text


def _events(text: str) -> list[_Event]:
    """The delimiters of a text, in order."""
    found: list[_Event] = []
    for character, pattern in DELIMITERS:
        if character in text:
            found += map(_event, pattern.finditer(text))
    if "<" in text and ("[" in text or "◁" in text):
        found.sort(key=lambda event: event.before)
    return found


def _event(match: re.Match[str]) -> _Event:
    name = match.lastgroup or ""
    family, _, kind = name.partition("_")
    if name in TAGS:
        kind, family = (_CLOSING if match["slash"] else _OPENING), name
        if match.group() == OPENED:
            family = _ANY
    elif name == "channel":
        kind, family = (_OPENING if match["final"] is None else _CLOSING), "harmony"
    elif family in ("end", "turn"):
        kind = _ENDING if family == "end" else _TURN
    else:
        kind = _OPENING if kind == "open" else _CLOSING
    return _Event(kind, family, match.start(), match.end())


def _unwrapped(text: str) -> str:
    """An answer without the tags around all of it."""
    if "_of_box|>" in text:
        for token in BOX_TOKENS:
            text = text.replace(token, "")
    match = WRAPPER.match(text)
    if match is None:
        return text
    closing = re.compile(rf"</{match[1]}>\s*\Z", re.IGNORECASE)
    return closing.sub("", text[match.end() :])
