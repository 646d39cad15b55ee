r"""Takes the final answer out of a completion, and lays an answer out in clean lines.

A completion thinks, explains, and answers; only the answer may be scored. Thinking is
dropped first: everything up to the last ``</think>`` is gone, and a ``<think>`` that is
still open after it means that the model never came to an answer. Whatever precedes the
last marker ``[Answer]`` / ``[答案]`` / ``<answer>`` is dropped as well, provided that
something follows the marker. In what is left the answer is, in this order,

1. "boxed": the content of the last ``\boxed{...}`` whose braces balance;
2. "marker": what follows the marker;
3. "phrase": what follows the last "the final answer is", "answer:", "答案是", ...;
4. "bare": the text itself, where it is a single line.

`answer_text` is that stretch for metrics of several lines: it takes all that is left where
none of the four is found. `answer_lines` cuts a stretch into elements.

Nothing here raises, and every function is linear in the length of the text: patterns hold
only bounded repetitions, and Unicode normalisation, which takes quadratic time over a run
of combining marks, sees such runs cut to `_MAX_MARKS` (the Stream-Safe Text Format of
Unicode Standard Annex #15).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

Route = Literal["boxed", "marker", "phrase", "bare"]

_MAX_MARKS = 30

_THINK_OPEN = re.compile(r"<think(?:ing)?>", re.IGNORECASE)
_THINK_CLOSE = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
MARKERS = ("answer", "答案")
"""What stands between the brackets of a marker, one a language of the prompts: a test holds
that those of templates/prompts/languages.yaml are among them. This package reads no file."""
_MARKER = re.compile(
    rf"[\[［【]\s{{0,3}}(?:{'|'.join(MARKERS)})\s{{0,3}}[\]］】]\*{{0,2}}[^\S\n]{{0,3}}[:：]?\*{{0,2}}"
    "|<answer>",
    re.IGNORECASE,
)
_MARKER_END = re.compile(r"</answer>", re.IGNORECASE)
_PHRASE = re.compile(
    r"(?:\banswer(?:[ ]to[ ][^\n.:]{1,80}?)?\*{0,3}\s{0,3}(?:\b(?:is|are|was)\b|[:：=])"
    r"|答案\*{0,3}\s{0,3}[是为為:：=])[^\S\n]{0,3}[:：]?\*{0,3}",
    re.IGNORECASE,
)
# One pass over the braces. A backslash is read with its neighbour, so that "\{" is no brace;
# a doubled backslash is allowed before "boxed", as JSON-escaped completions have it.
# It starts with a set of characters because the search for one is fast.
_BRACE = re.compile(r"[{}\\](?:(?<=\\)(?:\\?boxed\s*\{|[\s\S]))?")

_SUPERSCRIPT = re.compile(r"(?<=[0-9)}])[⁰¹²³⁴-⁹⁺⁻]+")
_VULGAR = re.compile(r"[¼-¾⅐-⅞]")
_BOLD = re.compile(r"(?<![\w)])\*\*|\*\*(?![\w(])")
_BULLETS = "-*+•·‣▪–—"
_BULLET = re.compile(rf"^[{_BULLETS}][ ]+(?=\S)")
_NUMBER_STARTS = "(0123456789"
_NUMBERED = re.compile(
    r"^(?:\d{1,3}[.)](?:[ ]+(?=\S)|(?=[^\W\d_]))|\(\d{1,3}\)[ ]*(?=\S)|\d{1,3}、[ ]*(?=\S))"
)
_FENCE = re.compile(r"`{3,}\w*")

_SENTENCE_END = re.compile(r"[.!?](?:\s+|$)|[。！？]")
_REASON = re.compile(r"[,;]?\s\(?(?:because|since|as|given)\s")
_REMARK = re.compile(r"[,;]\s|\s\(|\s[-–—]\s")
_HEDGE = re.compile(r"\d|\b(?:or|and)\b|或|和")
_LEAD = re.compile(r"\D{0,200}(?:\b(?:is|are|was|were|equals?)\b|(?<![<>!])=|[:：是为])\s*")


@dataclass(frozen=True, slots=True)
class Answer:
    """The stretch of a completion that holds its answer."""

    route: Route
    """How it was found."""
    text: str
    """The stretch as written: a box's content, or all that follows a marker or phrase."""


def reads_marker(marker: str) -> bool:
    """Whether an answer behind a marker is found: a prompt must ask for one that is."""
    found = final_answer(f"So it is.\n\n{marker}\n42")
    return found is not None and (found.route, found.text.strip()) == ("marker", "42")


def final_answer(text: str) -> Answer | None:
    r"""The answer of a completion, or None where it gives none or none that is unambiguous.

    >>> final_answer(r"<think>\boxed{41}</think> So it is \boxed{42}, as shown.")
    Answer(route='boxed', text='42')
    """
    rest = without_thinking(text)
    if rest is None:
        return None
    marked = after_marker(rest)
    if marked is not None:
        rest = marked
    boxed = last_boxed(rest)
    if boxed is not None:
        return Answer("boxed", boxed.strip())
    if marked is not None:
        return Answer("marker", marked)
    phrased = after_phrase(rest)
    if phrased is not None:
        return Answer("phrase", phrased)
    bare = rest.strip()
    return Answer("bare", bare) if bare and "\n" not in bare else None


def answer_text(text: str) -> str | None:
    r"""The stretch that holds an answer of several lines; None where there is no answer.

    >>> answer_text("<think>Oslo?</think>Oslo\nBergen")
    'Oslo\nBergen'
    """
    found = final_answer(text)
    return without_thinking(text) if found is None else found.text


def without_thinking(text: str) -> str | None:
    """What follows the last ``</think>``; None where a ``<think>`` is open after it."""
    start = _last_end(_THINK_CLOSE, text) or 0
    return None if _THINK_OPEN.search(text, start) else text[start:]


def last_boxed(text: str) -> str | None:
    r"""The content of the ``\boxed{...}`` that starts last among those that are closed."""
    if "boxed" not in text:
        return None
    open_braces: list[tuple[int, bool]] = []
    best: tuple[int, int] | None = None
    for match in _BRACE.finditer(text):
        token = match.group()
        if token == "{" or "boxed" in token:
            open_braces.append((match.end(), token != "{"))
        elif token == "}" and open_braces:
            start, boxed = open_braces.pop()
            if boxed and (best is None or start > best[0]):
                best = (start, match.start())
    return None if best is None else text[best[0] : best[1]]


def after_marker(text: str) -> str | None:
    """What follows the last marker; None where there is no marker or nothing follows it.

    >>> after_marker("[Answer] 41 <answer>42</answer> and so on")
    '42'
    """
    rest = _after(_MARKER, text)
    if rest is None or "<" not in text:
        return rest
    start = len(text) - len(rest)
    if text[start - 1] != ">":
        return rest
    inside = _MARKER_END.split(rest, maxsplit=1)[0]
    return inside if inside.strip() else None


def after_phrase(text: str) -> str | None:
    """What follows the last phrase that announces an answer; None as in `after_marker`."""
    # The pattern may start in two ways, which makes it slow on a text that has neither.
    if "答案" not in text and "answer" not in text.lower():
        return None
    return _after(_PHRASE, text)


def scalar_readings(found: Answer, is_value: Callable[[str], bool]) -> list[str] | None:
    """What an answer of one value may be, most literal first; None where it has several.

    A box is taken as it stands. Elsewhere the answer is the first line, and it has several
    values where another line up to the first blank one, or another sentence on the line,
    is a value by itself. The readings are the line, its first sentence, that without a
    remark at its end ("42, since ..."; "42 (as shown)", where the remark names no number),
    and those without what leads up to the value ("the total is 42", "x = 42").

    >>> scalar_readings(Answer("marker", "It is 42. Good."), str.isdigit)
    ['It is 42. Good.', 'It is 42', '42. Good.', '42']
    """
    if found.route == "boxed":
        return [found.text]
    lines = next(_blocks(found.text), None)
    if lines is None:
        return []
    if any(is_value(line.bare) for line in lines[1:]):
        return None
    first = lines[0].text
    # Behind a marker on the same line stands no bullet: "Answer: - 5" is minus five. Nor is
    # "42. It is so" the second item of "42. x": a number goes only where a value is left.
    if found.route == "bare" or found.text.lstrip(" *\r\t").startswith("\n"):
        first = _BULLET.sub("", first)
        first = lines[0].bare if is_value(lines[0].bare) else first
    readings = [first]
    head, *rest = (part.strip() for part in _SENTENCE_END.split(first))
    if any(rest) and not is_value(first):
        if any(is_value(part) for part in rest):
            return None
        readings.append(head)
    shorter = without_remark(readings[-1])
    if shorter != readings[-1]:
        readings.append(shorter)
    leads = [(reading, _LEAD.match(reading)) for reading in readings]
    return readings + [reading[lead.end() :] for reading, lead in leads if lead]


def answer_lines(text: str) -> tuple[str, ...]:
    """The elements of a list answer, one normalised line each, without trailing remarks.

    Lines up to the first blank line are elements. What follows a blank line is a remark,
    except where the blank lines are the list's own spacing: further bulleted lines of a
    bulleted list, and, of a list that began with a single line, further single lines,
    unless one reads as a sentence (four words or more, or ten ideographs, and a full stop).
    A first line that ends in a colon leads up to the list and is no element of it.

    >>> answer_lines("The towns:\\n1. **Oslo**\\n2. Bergen\\n\\nHope that helps!")
    ('Oslo', 'Bergen')
    """
    blocks = _blocks(text)
    lines = next(blocks, [])
    if lines and lines[0].text[-1] in ":：":
        lines = lines[1:] or next(blocks, lines)
    if not lines:
        return ()
    bulleted, spaced = lines[0].bulleted, len(lines) == 1
    for block in blocks:
        if bulleted:
            if not all(line.bulleted for line in block):
                break
        elif not spaced or len(block) > 1 or is_sentence(block[0].bare):
            break
        lines.extend(block)
    return tuple(line.bare for line in lines)


def normalise_line(line: str) -> str:
    """One line without list bullet or number, bold, code ticks, wide forms, extra spaces.

    A minus sign stays: a bullet is a mark followed by a space.

    >>> normalise_line("- （1）**Ｏｓｌｏ**")
    'Oslo'
    """
    return _clean(line).bare


def without_remark(line: str) -> str:
    """`line` without a remark at its end, unless that names a number or an alternative.

    >>> without_remark("Oslo (as the report says)"), without_remark("Oslo (or Bergen)")
    ('Oslo', 'Oslo (or Bergen)')
    """
    remark = _REASON.search(line) or _REMARK.search(line)
    if remark and (remark.re is _REASON or not _HEDGE.search(line, remark.end())):
        return line[: remark.start()]
    return line


def is_sentence(line: str) -> bool:
    """Whether a line reads as a remark and not as an element: see `answer_lines`."""
    if line[-1:] not in tuple(".!?:。！？："):
        return False
    ideographs = sum("\u4e00" <= char <= "\u9fff" for char in line)
    return len(line.split()) >= 4 or ideographs >= 10


def fold(text: str) -> str:
    """`text` in Unicode form NFKC, with powers and vulgar fractions kept readable.

    NFKC alone would turn 10⁶ into 106 and 3½ into 31⁄2; here they become 10^6 and 3 1/2.
    """
    if text.isascii():
        return text
    if len(text) > _MAX_MARKS:
        text = _cut_marks(text)
    text = _SUPERSCRIPT.sub(lambda m: "^" + unicodedata.normalize("NFKC", m.group()), text)
    text = _VULGAR.sub(lambda m: " " + unicodedata.normalize("NFKC", m.group()), text)
    return unicodedata.normalize("NFKC", text).replace("\u2044", "/")


def _cut_marks(text: str) -> str:
    kept: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run <= _MAX_MARKS:
            kept.append(char)
    return "".join(kept)


def _last_end(pattern: re.Pattern[str], text: str) -> int | None:
    end = None
    for match in pattern.finditer(text):
        end = match.end()
    return end


def _after(pattern: re.Pattern[str], text: str) -> str | None:
    end = _last_end(pattern, text)
    rest = "" if end is None else text[end:]
    return rest if rest.strip() else None


class _Line(NamedTuple):
    text: str
    """Clean, its bullet or number kept."""
    bare: str
    """The same without it."""

    @property
    def bulleted(self) -> bool:
        return self.bare != self.text


def _clean(line: str) -> _Line:
    text = _unquote(fold(line))
    bare = text
    if text[:1] in _BULLETS:
        bare = _BULLET.sub("", text)
    if bare[:1] in _NUMBER_STARTS:
        bare = _NUMBERED.sub("", bare)
    return _Line(text, text if bare is text else _unquote(bare))


def _unquote(text: str) -> str:
    if "**" in text:
        text = _BOLD.sub("", text)
    text = " ".join(text.split())
    if text[-1:] in ("`", "*", "_"):
        for mark in "`*_":
            if len(text) > 2 and text[0] == text[-1] == mark:
                text = text.strip(mark).strip()
    return text


def _blocks(text: str) -> Iterator[list[_Line]]:
    """Runs of lines between blank ones; fences of code are passed over."""
    block: list[_Line] = []
    for raw in text.split("\n"):
        if "```" in raw and _FENCE.fullmatch(raw.strip()):
            continue
        line = _clean(raw)
        if line.bare:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block
