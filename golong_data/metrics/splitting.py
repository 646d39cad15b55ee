"""Cuts a row of an answer into the elements it lists, without a look at the gold.

Between elements stand commas, semicolons, bars, slashes, arrows, "and", "then" and their
kin; within brackets and quotes nothing is cut. Whether a dash, an arrow or an equals sign
parts two elements or an element from what is said of it is told by their looks: "Doc 3 → Doc
8" are two, "Part 3 → it is far north" is one. From the first stretch that reads as a remark
on, the row is passed over. A number behind a labelled one has its label: "Documents 7 and 12".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from golong_data.metrics.wording import (
    alike,
    all_of_a_kind,
    has_digit,
    has_no_joint,
    has_verb,
    is_alternative,
    is_number,
    is_remark,
    starts_as_remark,
)

_TOKEN = re.compile(
    r"(?P<open>[(\[{《〈“「『【])|(?P<close>[)\]}》〉”」』】])|(?P<quote>\")"
    r"|(?P<comma>(?: ?(?:[;；|、]|(?<!\d),|,(?!\d{3}(?!\d))))+ ?"
    r"(?:(?:and|then|&|plus) (?:then )?|和|以及|然后)?)"
    r"|(?P<order> ?(?:→|⇒|➔|-+>|=+>|>+|≻) ?| (?:then|before) )"
    r"|(?P<slash> [/·•+∙] )|(?P<dash> [-–—]{1,3} )|(?P<equals> ?= ?)"
    r"|(?P<and> (?:and(?: then| also)?|&|plus|as well as|along with) |(?:以及|和|及|与|與)+)"
)
_SIMPLE = re.compile(r"[A-Za-z0-9_. -]+(?:, [A-Za-z0-9_. -]+)+")
_TELLING = frozenset(("dash", "equals", "order"))
_INLINE = re.compile(r"(?:^|(?<=[\s;,；，、]))[(\[]?(\d{1,2})[.)\]、] ?(?=[^\W\d])")
_LABELLED = re.compile(r"(.{0,60}?[^\W\d_])( ?)(\d{1,6}[a-z]?)")
_BARE = re.compile(r"\d{1,6}[a-z]?")
_LEADING = re.compile(r"(?:both|between|either) ", re.IGNORECASE)

_MANY = 100
"""Of more parts than that, repeats are passed over at once."""


class Atom(NamedTuple):
    """A stretch between two separators."""

    text: str
    before: str
    """The kind of separator in front of it; empty for the first."""
    value: str = ""
    """What is said of it behind a dash, an arrow or an equals sign, where that is a number."""
    label: str = ""
    """Its label in the singular, where the row states one for several numbers."""


def atoms(text: str) -> list[Atom]:
    """A row between its separators.

    >>> [atom.text for atom in atoms("load(path, mode), Oslo and 1,200")]
    ['load(path, mode)', 'Oslo', '1,200']
    """
    if _SIMPLE.fullmatch(text) and " - " not in text and has_no_joint(text):
        return [Atom(part, "comma" if n else "") for n, part in enumerate(text.split(", "))]
    text = _LEADING.sub("", text, count=1) if text[:1] in "bBeE" else text
    if text[:1] == "(" and text[-1:] == ")" and "," in text and text.count("(") == 1:
        text = text[1:-1]
    numbered = _inline(text)
    if numbered:
        return [Atom(part, "comma" if n else "") for n, part in enumerate(numbered)]
    quoted = text.count('"') % 2 == 0
    found, balanced = _cut(text, quoted, protect=True)
    return found if balanced else _cut(text, quoted, protect=False)[0]


def _cut(text: str, quoted: bool, protect: bool) -> tuple[list[Atom], bool]:
    found: list[Atom] = []
    depth, inside, start, before = 0, False, 0, ""
    for token in _TOKEN.finditer(text):
        kind = str(token.lastgroup)
        if kind in ("open", "close"):
            depth = max(0, depth + (1 if kind == "open" else -1))
        elif kind == "quote":
            inside = quoted and not inside
        elif (depth == 0 or not protect) and not inside:
            part = text[start : token.start()].strip()
            if part and token.end() < len(text):
                found.append(Atom(part, before))
                start, before = token.end(), kind
                if ";" in token[0] or "；" in token[0]:
                    before = "semicolon"
    rest = text[start:].strip()
    if any(map(str.isalnum, rest)) or not found:
        found.append(Atom(rest, before))
    return found, depth == 0


def _inline(text: str) -> list[str]:
    """The parts of "1. Oslo 2. Lima", where the numbers run on; the first may be gone."""
    marks = list(_INLINE.finditer(text))
    if not marks:
        return []
    first = int(marks[0][1])
    numbers = [int(mark[1]) for mark in marks]
    if first not in (1, 2) or numbers != list(range(first, first + len(marks))):
        return []
    if (marks[0].start() == 0) != (first == 1) or len(marks) + first < 4:
        return []
    starts = [mark.end() for mark in marks]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    if first == 2:
        starts, ends = [0, *starts], [marks[0].start(), *ends]
    parts = [text[a:z].strip(" ;,；，、|") for a, z in zip(starts, ends, strict=True)]
    return parts if all(parts) else []


def elements(text: str, *, columns: bool = False) -> list[Atom]:
    """The elements that a row lists; none where it reads as a sentence about them.

    `columns`: other rows have two parts as this one has, so that the second tells of the
    first.

    >>> [atom.text for atom in elements("Oslo, Bergen and Narvik, in the north")]
    ['Oslo', 'Bergen', 'Narvik']
    """
    found = atoms(text)
    if len(found) == 1:
        return found
    if len(found) > _MANY:
        first_of: dict[str, Atom] = {}
        for atom in found:
            first_of.setdefault(atom.text, atom)
        found = list(first_of.values())
    columns = columns and len(found) == 2
    first = found[0]
    if not columns and all_of_a_kind([atom.text for atom in found]):
        return found
    if has_verb(first.text):
        return []
    kept = [first]
    remark = False
    chain = sum(atom.before in _TELLING for atom in found) > 1
    for atom in found[1:]:
        last = kept[-1]
        if remark and atom.before != "semicolon":
            continue
        remark = is_remark(atom.text, first.text)
        if is_alternative(atom.text):
            return []
        if remark:
            if has_verb(atom.text) and not starts_as_remark(atom.text):
                return []
        elif is_number(atom.text) and atom.before in _TELLING and not is_number(last.text):
            kept[-1] = last._replace(value=atom.text)
        elif atom.before in _TELLING and not chain and _tells(atom, last, columns):
            remark = True
        elif has_verb(atom.text):
            return []
        elif columns and is_number(atom.text) and not has_digit(last.text):
            kept[-1] = last._replace(value=atom.text)
        else:
            kept.append(atom)
    return list(_labelled(kept))


def _tells(atom: Atom, last: Atom, columns: bool) -> bool:
    return columns or not alike(last.text, atom.text)


def _labelled(found: list[Atom]) -> Iterator[Atom]:
    """Numbers behind a labelled one get its label, which loses the s of its plural."""
    label = ""
    bare = [_BARE.fullmatch(atom.text) is not None for atom in found]
    for n, atom in enumerate(found):
        if bare[n]:
            yield atom._replace(label=f"{label}{atom.text}") if label else atom
            continue
        match = _LABELLED.fullmatch(atom.text)
        label = ""
        if match and (match[2] or not match[1][-1].isascii()):
            shared = n + 1 < len(found) and bare[n + 1]
            singular = match[1].removesuffix("s") if shared else match[1]
            label = singular + match[2]
            if singular != match[1]:
                atom = atom._replace(label=f"{label}{match[3]}")
        yield atom


_JOINT = re.compile(
    r",? (?:and|&|vs\.?|versus|with|contradicts|conflicts with|disagrees with|/|[-–—]|<->|↔|⇔) "
    r"|↔|⇔|<->|/|(?<=\d)[-–—](?=[^\W\d_])| ?(?:以及|和|及|与|與) ?|,(?: and)? ?|、"
)
_GROUP = re.compile(r" ?[;；] ?(?:and )?| \| |(?<=[)\]}]),? ?(?:and )?(?=[(\[{])")
_BRACKET = re.compile(r"(?<=[^\s(\[]) ?\([^()]{0,300}\)|(?<=[^\s(\[]) ?\[[^\[\]]{0,300}\]")
_ENUMERATOR = re.compile(r"^(?:[(\[]\d{1,3}[)\]]|\d{1,3}[.)、]) ?(?=\S)")
_EDGE = re.compile(r":(?!\d)| (?:→|->|because|since) ")
_OWN = re.compile(r"\[(?=[^\[\]]*[^\W\d_])([^\[\](),&]{1,80})\]")
_AROUND = {"(": ")", "[": "]", "{": "}", "<": ">", "【": "】"}


def pairs(text: str) -> list[tuple[str, ...]]:
    """The pairs that a row lists, a part that has no partner alone.

    >>> pairs("Doc 2 & Doc 33, Doc 4 and Doc 14: the sums differ")
    [('Doc 2', 'Doc 33'), ('Doc 4', 'Doc 14')]
    """
    found: list[tuple[str, ...]] = []
    if text[:1] == "[":
        text = _OWN.sub(r"\1", text)  # brackets of the items, not of a source
    for group in dict.fromkeys(_GROUP.split(text)):
        inner = _ENUMERATOR.sub("", group.strip())
        if inner[-1:] == _AROUND.get(inner[:1], "-"):
            inner = inner[1:-1]
        joined = _joined(inner)
        found += [tuple(joined[n : n + 2]) for n in range(0, len(joined), 2)]
    return found


def _joined(text: str) -> list[str]:
    """The items of a chain of pairs, up to the first that reads as a remark."""
    text = _BRACKET.sub("", text)
    edge = _EDGE.search(text, 1)
    if edge:
        text = text[: edge.start()]
    text = _LEADING.sub("", text.strip(), count=1)
    parts = [part.strip() for part in _JOINT.split(text) if part.strip()]
    kept = parts[:1]
    for part in parts[1:]:
        if is_remark(part, kept[0]) or has_verb(part):
            break
        kept.append(part)
    return [atom.label or atom.text for atom in _labelled([Atom(part, "") for part in kept])]
