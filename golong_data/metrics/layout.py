"""Lays an answer out in rows: one a line, an item, a table row, or an element of a JSON list.

How an answer is laid out says what its elements are, and nothing of the gold is asked:

- Rows up to the first blank line are the list. Further rows belong to it where the blank
  lines are its own spacing: bulleted rows of a bulleted list, single rows of a list that
  began with a single one, groups under headings of a list that began with a heading.
- A heading (a first line that ends in a colon, "### Answer") leads up to the list. One that
  denies ("Not in the list:") ends it, and where it comes first nothing is listed.
- Rules, fences, a closing marker, indented remarks below a bullet and sentences below the
  last element are nothing.
- Boxes left empty beside ticked ones are not chosen.

Nothing here raises; the cost is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from golong_data.metrics import bullets, literals
from golong_data.metrics.forms import ITEM, LINE, PAIR
from golong_data.metrics.lines import is_sentence, undress
from golong_data.metrics.markup import plain
from golong_data.metrics.text import fold
from golong_data.metrics.wording import denies, is_heading, is_plain, is_remark, leads_out

_END = re.compile(
    r"[\[［【<]\s?/\s?(?:answer|答案)\s?[\]］】>]|[\[【](?:end|结束)[\]】]", re.IGNORECASE
)
_FENCE = re.compile(r"(?:`{3,}|~{3,})[\w+-]{0,20}")
_RULE = re.compile(r"(?:[-=_*~─—–]\s?){3,}")
_ARROWS = re.compile(r"[↓⬇▼⇓|v\s]{1,8}")
_BRACKETED = re.compile(r"[\[{](?!\s*['\"])[^\[\]{}\"]{1,300}[\]}]")
_HASHES = re.compile(r"#{1,6}\s+(?=\S)")
_LINE_END = re.compile(r"[^\S\n]*[,;.]?[^\S\n]*(?:\n|$)")
_TABLE_RULE = re.compile(r"[\s|:+]*-[\s|:+-]*")
_NUMBERING = frozenset(
    ("#", "no", "no.", "nr", "nr.", "rank", "index", "number", "序号", "编号", "排名")
)
_FAILURES = 1

EMPTY = "∅"
"""The row of a list that is stated to hold nothing: [], {}."""


class Row(NamedTuple):
    """What may be one element, or several."""

    text: str
    """Clean, without what always goes in front."""
    beside: tuple[str, ...] = ()
    """The further columns, where it stands in a table."""
    bulleted: bool = False
    numbered: str = ""
    """Without a letter or numeral in front that runs on from row to row; else empty."""


def rows(stretch: str, form: str = ITEM) -> list[Row]:
    """The rows of the list in the stretch of an answer. `form` is that of an
    element: a list of single items is a pair, and brackets around a line are none of a list.

    >>> rows("**Towns:**\\n1. Oslo\\n2. `Lima`\\n\\nHope that helps!")
    [Row(text='Oslo', beside=(), bulleted=True, numbered=''), \
Row(text='Lima', beside=(), bulleted=True, numbered='')]
    """
    text = plain(stretch)
    closing = _END.search(text) if "/" in text or "[" in text or "【" in text else None
    if closing and text[: closing.start()].strip():
        text = text[: closing.start()]
    found = _without_remarks(_list(list(_blocks(_lines(text, form)))))
    lettered = bullets.in_sequence([row.text for row in found])
    for n, numbered in lettered.items():
        found[n] = found[n]._replace(numbered=undress(numbered))
    return found


class _Line(NamedTuple):
    row: Row
    indented: bool = False
    empty_box: bool = False


def _lines(text: str, form: str) -> Iterator[_Line | None]:
    """The rows of a text as they stand, None for a blank line or a rule."""
    raw = text.split("\n")
    starts = [0]
    for line in raw:
        starts.append(starts[-1] + len(line) + 1)
    failures = n = 0
    while n < len(raw):
        line = raw[n].strip()
        if is_plain(line):
            yield _Line(Row(line), raw[n][:2].isspace() and len(raw[n]) > len(line) + 1)
            n += 1
            continue
        bracketed = line[:1] in ("[", "{") and not (form == LINE and _BRACKETED.fullmatch(line))
        if bracketed and failures < _FAILURES:
            at = starts[n] + raw[n].index(line[0])
            read = literals.read(text, at)
            failures += read is None
            if read and _LINE_END.match(text, read[1]):
                yield from _literal(read[0], form == PAIR)
                while n < len(raw) and starts[n + 1] <= read[1]:
                    n += 1
                n += 1
                continue
        if "|" in line:
            table = _table(raw, n)
            if table:
                yield from (_Line(row) for row in table[0])
                n = table[1]
                continue
        n += 1
        if not _FENCE.fullmatch(line) and not (_ARROWS.fullmatch(line) and line):
            yield _line(line, raw[n - 1])


def _line(line: str, raw: str) -> _Line | None:
    if not line or _RULE.fullmatch(line):
        return None
    if "\t" in line:
        line = line.replace("\t", " | ")
    text = undress(_HASHES.sub("", fold(line))).rstrip(" ✓✔✅☑")
    bare, bulleted, empty = bullets.strip(text)
    if bulleted:
        bare = undress(bare)
    if not bare:
        return None
    return _Line(Row(bare, bulleted=bulleted), raw[:2].isspace(), empty)


def _literal(node: literals.Node, paired: bool) -> Iterator[_Line]:
    listed = literals.rows(node)
    if not listed:
        yield _Line(Row(EMPTY, bulleted=True))
        return
    if paired and all(len(cells) == 1 and is_plain(cells[0]) for cells in listed):
        listed = [tuple(cells[0] for cells in listed)]
    for cells in listed:
        head, *beside = map(_clean, cells)
        if head:
            yield _Line(Row(head, tuple(beside), bulleted=True))


def _clean(cell: str) -> str:
    return undress(fold(cell.replace("\t", " | ")))


def _table(raw: Sequence[str], start: int) -> tuple[list[Row], int] | None:
    """The rows of a table that starts on a line, and where it ends; None where none does."""
    end = start
    while end < len(raw) and "|" in raw[end]:
        end += 1
    cells: list[list[str]] = []
    header = None
    for line in raw[start:end]:
        if _TABLE_RULE.fullmatch(line.strip()):
            header = len(cells) if header is None else header
        else:
            inner = line.strip().removeprefix("|").removesuffix("|")
            cells.append([_clean(cell) for cell in inner.split("|")])
    framed = all(line.lstrip().startswith("|") for line in raw[start:end])
    if header is None and (len(cells) < 2 or not (framed or len({*map(len, cells)}) == 1)):
        return None
    if header is None and cells[0][0].casefold() in _NUMBERING:
        header = 1
    body = cells[header or 0 :]
    numbers = [str(n) for n in range(1, len(body) + 1)]
    if [row[0].rstrip(".)") for row in body if len(row) > 1] == numbers:
        body = [row[1:] for row in body]
    found = []
    for head, *beside in body:
        bare = undress(bullets.strip(head)[0])
        if bare:
            found.append(Row(bare, tuple(beside), bulleted=True))
    return found, end


def _blocks(lines: Iterator[_Line | None]) -> Iterator[list[_Line]]:
    block: list[_Line] = []
    for line in lines:
        if line is not None:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _list(blocks: list[list[_Line]]) -> list[_Line]:
    """The lines of the list: see above."""
    first: list[_Line] = []
    at = n = 0  # of the block, and of the line in it
    while at < len(blocks) and is_heading(blocks[at][n].row.text):
        if denies(blocks[at][n].row.text):
            return blocks[at][n : n + 1]
        first = blocks[at][n : n + 1]
        n += 1
        if n == len(blocks[at]):
            at, n = at + 1, 0
    grouped = bool(first)
    if at < len(blocks):
        first = blocks[at][n:]
    blocks = blocks[:at:-1]
    if not first:
        return []
    bulleted, spaced = first[0].row.bulleted, len(first) == 1
    taken = [*first]
    while blocks:
        block = blocks.pop()
        head = block[0].row.text
        if is_heading(head) and (not grouped or leads_out(head) or denies(head)):
            break
        if bulleted:
            if not all(line.row.bulleted for line in block[is_heading(head) :]):
                break
        elif not spaced or len(block) > 1 or is_sentence(head):
            break
        taken += block
    return taken


def _without_remarks(lines: list[_Line]) -> list[Row]:
    if not lines:
        return []
    ticked = any(line.empty_box for line in lines) and not all(
        line.empty_box or not line.row.bulleted for line in lines
    )
    found: list[Row] = []
    below = False
    for n, (row, indented, empty_box) in enumerate(lines):
        if n and is_heading(row.text) and not row.bulleted and n + 1 < len(lines):
            if denies(row.text) or leads_out(row.text):
                break
            continue
        if below and indented and (not row.bulleted or is_remark(row.text, found[-1].text)):
            continue
        if ticked and empty_box:
            continue
        below = below or (row.bulleted and not indented)
        found.append(row)
    if found and not is_sentence(found[0].text):  # a list of sentences has no remarks
        while found[-1] is not found[0] and is_sentence(found[-1].text):
            if found[-1].bulleted and found[0].bulleted:
                break
            if found[-1].text[-1] == found[0].text[-1]:  # all of them end so
                break
            found.pop()
    return found
