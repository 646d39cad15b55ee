"""What an answer lists: distinct elements, each with the keys that one candidate may go by.

An answer is laid out in rows (`layout`), a row is cut into elements (`splitting`), and an
element becomes a `Piece`: its key, and other keys of the same candidate: without a remark,
without a lead-in, with the value that stands beside it ("Sports - 25%" is "sports 25%").
Nothing here knows a gold. So how many elements an answer names cannot depend on which of them
are right, and a bundle of fifty names counts as fifty.

What takes its element back earns nothing: behind "not", "all but", "Wrong:", in front of
"(not in the list)" and among alternatives ("Oslo or Lima") an element has no key but that of
its whole wording.

Three forms of an element are told apart (`forms`): an ITEM is cut as described; a PAIR is two
items in either order; a LINE is all that stands on a line, commas and all.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from golong_data.metrics import bullets
from golong_data.metrics.abstention import abstains
from golong_data.metrics.forms import LINE, PAIR
from golong_data.metrics.keys import element_key
from golong_data.metrics.layout import Row, rows
from golong_data.metrics.lines import undress
from golong_data.metrics.splitting import Atom, atoms, elements, pairs
from golong_data.metrics.wording import (
    LEAD,
    alike,
    denies,
    has_digit,
    has_verb,
    is_hedged,
    is_more,
    is_negated,
    is_number,
    is_plain,
    is_remark,
    is_verdict,
    leads_on,
    plain_lines,
    starts_as_remark,
)

_COLON = re.compile(r":(?= )|(?<=[^\x00-\x7f]):|:(?=[^\x00-\x7f])")
_LABEL_SIZE = 120
_TELLING = re.compile(r" (?:[-–—]{1,3}|→|->|=>|=) |(?<=\S)=(?=\S)")
_COLUMN = re.compile(r"[-–—→>=|]|, ?[-+\d]")
_REASON = re.compile(r"[,;]? \(?(?:because|since|as|given|due to|which|where) |因为|由于")
_SIMPLE_PAIR = re.compile(r"([A-Za-z]+ \d+) (?:and|&) ([A-Za-z]+ \d+)")
_SAID = re.compile(r"[,;，；] ?")
_SENTENCE_END = re.compile(r"[^\W\d_]{3}[.!?] (?=[A-Z])")
_PROSE = 2


class Piece(NamedTuple):
    """One element of an answer."""

    core: str
    """Its key: elements with one core are one."""
    readings: tuple[str, ...]
    """Keys it is found by, the likeliest first."""
    nothing: bool = False
    """Whether it says that there is nothing to list."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the rows have in common."""

    labels: Counter[str] = field(default_factory=Counter)
    """How many rows begin with a label and a colon."""
    columns: bool = False
    """Whether most rows have two parts, so that the second tells of the first."""


def pieces(stretch: str, form: str) -> tuple[Piece, ...]:
    """The distinct elements of the stretch that holds an answer, in order.

    >>> [piece.core for piece in pieces("The towns are Oslo, Lima (Peru) and Oslo.", "item")]
    ['oslo', 'lima']
    """
    plain = plain_lines(stretch)
    if plain:
        keys = dict.fromkeys(map(element_key, plain))
        return tuple([Piece(key, (key,)) for key in keys])
    listed = rows(stretch, form)
    frame = None
    found: dict[str, Piece] = {}
    read: set[Row] = set()
    for row in listed:
        if not row.beside and not row.numbered and is_plain(row.text):
            key = element_key(row.text)
            if key not in found:
                found[key] = Piece(key, (key,))
            continue
        if row in read:
            continue
        read.add(row)
        if row.numbered and is_plain(row.numbered) and not row.beside:
            key = element_key(row.text)
            found.setdefault(key, Piece(key, (key, element_key(row.numbered))))
            continue
        if frame is None:
            frame = _frame(listed)
        for piece in _read(row, form, frame):
            found.setdefault(piece.core, piece)
    return tuple(found.values())


def _frame(listed: Sequence[Row]) -> _Frame:
    labels: Counter[str] = Counter()
    two = 0
    for row in listed:
        text = row.numbered or row.text
        label = _labelled(text)
        if label:
            labels[label[0].casefold()] += 1
        elif _COLUMN.search(text):
            two += len(atoms(text)) == 2
    return _Frame(labels, columns=two >= 2 and two >= 0.6 * len(listed))


def _labelled(text: str) -> tuple[str, str] | None:
    """What stands before and behind the first colon outside brackets."""
    match = _COLON.search(text, 1, _LABEL_SIZE)
    if match is None:
        return None
    label, value = text[: match.start()].strip(), text[match.end() :].strip()
    if not label or not value or label.count("(") > label.count(")") or _TELLING.search(label):
        return None
    return label, value


def _read(row: Row, form: str, frame: _Frame) -> list[Piece]:
    text = row.numbered or row.text
    if not row.beside and abstains(text):
        key = element_key(text)
        return [Piece(key, (key,), nothing=True)]
    if form == LINE:
        found = [_line(text, row, frame)]
    elif form == PAIR:
        found = _pairs(text, row, frame)
    else:
        found = _items(text, row, frame)
    if row.numbered and len(found) == 1:  # "A. Smith" is no "B. Smith"
        whole = element_key(row.text)
        return [Piece(whole, (whole, *found[0].readings), found[0].nothing)]
    return found


def _unread(text: str) -> list[Piece]:
    key = element_key(text)
    return [Piece(key, (key,))]


def _lead(text: str, frame: _Frame) -> str | None:
    """`text` without what leads up to an element; None where that denies it."""
    for _ in range(2):
        if is_negated(text):
            return None
        label = _labelled(text)
        if label and ":" in label[1] and _several(text):
            return text
        if label and denies(label[0]):
            return None
        if label and _is_lead(*label, frame):
            text = label[1]
            continue
        match = LEAD.match(text)
        if match is None or match.end() == len(text):
            return text
        if denies(match[0]):
            return None
        text = text[match.end() :]
    return None if is_negated(text) else text


def _is_lead(label: str, value: str, frame: _Frame) -> bool:
    if leads_on(label):
        return True
    if has_digit(label) or is_number(value):
        return False
    times = frame.labels[label.casefold()]
    if times > 1:
        return True
    sole = frame.labels.total() <= 1
    return sole and not (starts_as_remark(value) or has_verb(value) or len(value.split()) > 8)


def _items(text: str, row: Row, frame: _Frame) -> list[Piece]:
    if row.beside:
        return [_piece(text, row.beside[0])]
    if ". " in text and len(_SENTENCE_END.findall(text)) >= _PROSE:
        return _unread(text)
    rest = _lead(text, frame)
    if rest is None:
        return _unread(text)
    label = _labelled(rest)
    if label and (several := _several(rest)):
        return [_piece(*part) for part in several]
    if label:
        if is_verdict(label[1]) or is_hedged(label[0]):
            return _unread(text)
        listed = elements(label[0])
        if len(listed) == 1:
            return [_piece(label[0], label[1])]
        return [_of(atom) for atom in listed] or _unread(text)
    head, remark = _bracketed(rest)
    if remark and (is_verdict(remark) or is_more(remark)):
        return _unread(text)
    listed = elements(rest.rstrip(".。"), columns=frame.columns)
    if not listed:
        listed = elements(head) if remark else []
        if not listed:
            return _unread(text)
    found = [_of(atom) for atom in listed]
    if len(found) == 1 and not listed[0].value:
        whole = element_key(text)
        core, readings, _ = found[0]
        return [Piece(core, tuple(dict.fromkeys((*readings, whole))))]
    return found


def _several(text: str) -> list[tuple[str, str]]:
    """The labels and values of a row that has several: "Sports: 25%, Arts: 75%"."""
    if text.count(":") < 2:
        return []
    parts = [_labelled(atom.text) for atom in atoms(text)]
    if len(parts) < 2 or not all(part and ":" not in part[1] for part in parts):
        return []
    return [part for part in parts if part]


def _of(atom: Atom) -> Piece:
    if is_plain(atom.text) and not atom.value and not atom.label:
        key = element_key(atom.text)
        return Piece(key, (key,))
    piece = _piece(atom.text, atom.value)
    if not atom.label:
        return piece
    key = element_key(atom.label)
    return Piece(key, tuple(dict.fromkeys((key, *piece.readings))))


def _piece(text: str, value: str = "") -> Piece:
    """The piece of a stretch that is one element, with what stands beside it."""
    text = undress(bullets.strip(text)[0])
    whole = element_key(text)
    if is_negated(text) or is_hedged(text) or is_verdict(value) or is_more(value):
        whole = element_key(f"{text} {value}") if value else whole
        return Piece(whole, (whole,))
    head, readings = text, [whole]
    leading = re.match(r"\[([^\[\]]{1,80})\] ?(?=\S)", text)
    if leading and has_digit(leading[1]) and not is_number(leading[1]):
        head = leading[1]
    for _ in range(3):
        shorter, remark = _bracketed(head)
        if not remark:
            break
        if is_verdict(remark) or is_more(remark):
            return Piece(whole, (whole,))
        value = value or (remark if is_number(remark) else "")
        head = shorter
    reason = _REASON.search(head)
    if reason and reason.start():
        head = head[: reason.start()]
    core = element_key(head)
    readings.append(core)
    if value:
        joined = element_key(f"{head} {value}")
        readings.append(joined)
        if is_number(value):
            readings.append(element_key(value))
            core = joined
    return Piece(core, tuple(dict.fromkeys(readings)))


def _bracketed(text: str) -> tuple[str, str]:
    """`text` without a bracket at its end, and what that holds; "" where there is none."""
    text = text.rstrip(" .。,;")
    close = text[-1:]
    if close not in (")", "]", "】") or len(text) < 3:
        return text, ""
    at = text.rfind({")": "(", "]": "[", "】": "【"}[close], 0, -1)
    # "load(path)" is a name as it stands.
    call = close == ")" and text[at - 1] != " " and text[at - 1 :].isascii()
    if at <= 0 or call:
        return text, ""
    return text[:at].rstrip(" ^"), text[at + 1 : -1]


def _line(text: str, row: Row, frame: _Frame) -> Piece:
    """A line as one element: whole, or without lead-in or remark."""
    whole = element_key(text)
    label = _labelled(text)
    if row.beside:
        label = (text, row.beside[0])
    if row.beside and (is_verdict(row.beside[0]) or is_more(row.beside[0])):
        return Piece(element_key(" ".join((text, *row.beside))), ())
    if label and not row.beside and (denies(label[0]) or is_verdict(label[1])):
        return Piece(whole, (whole,))
    readings = [whole]
    if label and not row.beside and leads_on(label[0]):
        return Piece(whole, (whole, element_key(label[1])))
    if label is None and (telling := _TELLING.search(text)) and telling.start():
        label = (text[: telling.start()], text[telling.end() :])
    if label and not is_more(label[1]):
        readings += [element_key(" ".join(label)), element_key(label[0])]
    head, remark = _bracketed(text)
    if remark and not is_verdict(remark) and not is_more(remark):
        readings.append(element_key(head))
    said = _SAID.search(text)
    told = text[said.end() :] if said else ""
    if said and is_remark(told, text[: said.start()]) and not is_hedged(told):
        readings.append(element_key(text[: said.start()]))
    core = readings[1] if label and len(readings) > 1 else whole
    return Piece(core, tuple(dict.fromkeys(readings)))


def _pairs(text: str, row: Row, frame: _Frame) -> list[Piece]:
    simple = _SIMPLE_PAIR.fullmatch(text)
    if simple and not row.beside:
        return [_pair(simple.groups())]
    if row.beside and alike(text, row.beside[0]):
        return [_pair((text, row.beside[0]))]
    rest = _lead(text, frame)
    _, remark = _bracketed(text)
    label = _labelled(rest or "")
    if (
        rest is None
        or (remark and (is_verdict(remark) or is_more(remark)))
        or (label and is_verdict(label[1]))
        or is_hedged(label[0] if label else rest)
    ):
        return _unread(text)
    return [_pair(items) for items in pairs(rest.rstrip(".。"))] or _unread(text)


def _pair(items: Sequence[str]) -> Piece:
    key = " & ".join(sorted(element_key(item) for item in items))
    return Piece(key, (key,))
