"""Answers that are letters of options: `accuracy` wants all and only, `selection` the one.

Both are 1 or 0. What differs is the gold: `accuracy` has one or more letters (LongBench-Pro's
tasks 3 and 11), `selection` exactly one (the published "The correct answer is (X)").

The letters that an answer states are found in this order.

1. A \\boxed{...}, else the lines behind the marker or a heading, else a whole answer that is
   made of such lines: letters A-Z, in any dress ("C", "(C)", "**C.**", "Option C", "C. Paris",
   "C, D", "C and D", "CD", "c, d", one a line; a checklist, a table, JSON). The first line has
   to be one; a line that is none ends them.
2. Else the last sentence that states a choice ("the correct answer is (C)", "I choose C",
   "C is correct", "leaving C", "故选C"; see `claims`). A sentence that denies ("is not C"),
   supposes ("if C were right") or asks ("C?") states none; one that the next takes back
   ("That is wrong.") does not count.

Nothing is stated where alternatives are left open ("C or D") or where a letter is only the
start of a word or an article ("Apparently", "A quick look"). No option, no gold is known here.

Cheats. Naming all options is not the gold; a letter in the thinking does not count; of several
statements the last one counts, so "A? No, B." is B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from golong_data.metrics.answer import after_marker, last_boxed
from golong_data.metrics.claims import called_right, chosen, denied, label_denies, takes_back
from golong_data.metrics.dress import below_heading, undress, without_closing
from golong_data.metrics.elements import Gold, gold_elements
from golong_data.metrics.letters import (
    NONE,
    Letters,
    asked,
    capitals,
    compact,
    ends_after,
    group_at,
    is_subject,
    left_open,
    may_name,
    with_texts,
)
from golong_data.metrics.loose_json import whole_value
from golong_data.metrics.text import fold
from golong_data.metrics.thinking import without_thinking

_THEREFORE = re.compile(
    r"(?:(?:no|wait|actually)[,:]\s*|(?:so|thus|therefore|hence|rather|instead|finally|both|因此|所以"
    r"|(?:I (?:think|believe) )?(?:that )?it(?:['’]s| is| must be))[,:]?\s*){1,4}(?=[^\s,.:])",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:(?:the|my|final|correct|right|best|only|most likely|selected|chosen)\s+){0,4}"
    r"(?:(?P<noun>options?|choices?|answers?|ans\b\.?|letters?|solutions?|selections?|picks?"
    r"|responses?|conclusion|verdict|选项|正确选项|正确答案|最终答案|答案|故?选择?|应该?选择?)"
    r"\s*(?:no\.?\s?\d+|\d+)?\s*(?P<link>(?:\bis\b|\bare\b|[:=→⇒➡是为]"
    r"|[-–—]+>?\s)\s*)*(?:\boptions?\b|选项)?"
    r"|(?:correct|right|best|final|正确|结论)\s*[:：=]|→)\s*",
    re.IGNORECASE,
)
_STATES = re.compile(r"answer|correct|right|best|final|答案|正确", re.IGNORECASE)
# Marks in front of a line: bullets, arrows, hands, ticks, numbers.
_MARKS = re.compile(
    r"(?:[^\w\s(\[{\"'“‘<《「『【\\$\-]{1,4}\s*|-{1,2}>?\s+|\(?\d{1,2}[.)、]\s*(?=[^\d\s])){1,3}"
)
_CROSSED = re.compile(r"\s*(?:[-*•+]\s+|\d{1,2}[.)]\s+)?(?:\[\s?\]|[☐✗✘❌✖□])")
_TICKED = re.compile(r"\s*(?:[-*•+]\s+|\d{1,2}[.)]\s+)?\[[xX✓✔*]\]\s+(?=\S)")
_STRUCK = re.compile(r"~~[^~\n]{1,400}~~")
_RULE = re.compile(r"[\s|:=_*#-]*")
_CIRCLED = re.compile(r"[①-⑳⑴-⒇❶-❿➀-➓]\s?")
_TAGGED = re.compile(r"<([A-Z])>")
_FIELD = re.compile(
    r"[\"'](?:final_?|correct_?|selected_?)?(?:answers?|choices?|options?|letters?|selection)[\"']"
    r"\s{0,5}:\s{0,5}(\[[^\[\]]{0,200}\]|\"[^\"\n]{0,400}\"|'[^'\n]{0,400}')",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(r"\s{0,8}(?:The correct answer is )?\(?([A-Z])\)?\.?\s{0,8}")
_KEYS = ("final_answer", "answer", "answers", "correct_answer", "choice", "choices", "option")

# A period behind a lone capital does not end a sentence: "The answer is C. Paris".
_SENTENCE_END = re.compile(r"[.!?](?=\s)(?<!\b[A-Z]\.)|[。！？\n]")
_CORRECTION = re.compile(
    r"[.;,!–—-]\s*(?:no|wait|actually|correction|oops|sorry|scratch that|I mean"
    r"|or rather)\b[\s,:.–—-]*",
    re.IGNORECASE,
)
_SPEAKS = re.compile(r"[.!?:。！？:]")
_TAIL = 10_000
"""Characters at the start of an answer in which its letters may be listed, and at its end, in
which a sentence that states a choice is looked for."""


def accuracy(text: str, gold: Gold) -> float:
    """1 where the answer states all letters of the gold and no other.

    >>> accuracy("[Answer]\\nC and D", ["C", "D"]), accuracy("[Answer]\\nC", ["C", "D"])
    (1.0, 0.0)
    """
    wanted = gold_letters(gold)
    return float(bool(wanted) and stated_letters(text) == wanted)


def selection(text: str, gold: Gold) -> float:
    """1 where the last choice that the answer states is the gold's letter.

    >>> selection("The correct answer is (A)? No. The correct answer is (B)", "B")
    1.0
    """
    wanted = gold_letters(gold)
    return float(len(wanted) == 1 and stated_letters(text) == wanted)


def gold_letters(gold: Gold) -> Letters:
    """The letters of a gold; none where one of its elements is no letter."""
    return _gold_letters(gold_elements(gold))


@lru_cache(maxsize=1024)
def _gold_letters(elements: tuple[str, ...]) -> Letters:
    each = [stated_letters(element) for element in elements]
    return frozenset().union(*each) if all(each) else NONE


def stated_letters(text: str) -> Letters:
    """The letters that an answer states; none where it is not clear which."""
    rest = without_thinking(text)
    if rest is None:
        return NONE
    marked = after_marker(rest)
    body = rest if marked is None else without_closing(marked)
    asked_for = _ASKED_FOR.fullmatch(body)
    if asked_for:  # what most answers are
        return frozenset(asked_for[1])
    boxed = last_boxed(body)
    if boxed is not None:
        return _line_letters(_clean(boxed)) or NONE
    below = below_heading(body)
    if below is not None:
        marked = body = below
    if "{" in body or "[" in body:
        field = _from_json(body)
        if field is not None:
            return field
    body = _clean(body)
    letters = _listed_letters(_lines(body[:_TAIL]), whole=marked is None)
    return _from_sentences("\n".join(_lines(body[-_TAIL:]))) if letters is None else letters


def _from_sentences(text: str) -> Letters:
    taken_back = False
    for sentence in _sentences(text):
        if takes_back(sentence):
            taken_back = True
            continue
        letters = _sentence_letters(sentence)
        if letters is not None and not taken_back:
            return letters
        taken_back = False
    return NONE


def _from_json(body: str) -> Letters | None:
    """The letters of a JSON object with an answer, or of a list; None where there is neither."""
    text = body.strip()
    if text.startswith("```"):
        text = text.partition("\n")[2].rstrip().removesuffix("```")
    value = whole_value(text)
    if isinstance(value, dict) and value:
        lowered = {str(key).lower(): item for key, item in value.items()}
        value = next((lowered[key] for key in _KEYS if key in lowered), None)
        value = value if value is not None or len(lowered) > 1 else next(iter(lowered.values()))
        value = [value] if isinstance(value, str) else value
    if isinstance(value, list) and value:
        return _joined([_line_letters(_clean(item)) for item in value if isinstance(item, str)])
    fields = _FIELD.findall(text) if "{" in text else []
    return _line_letters(_clean(fields[-1])) if fields else None


def _joined(each: list[Letters | None]) -> Letters | None:
    return frozenset().union(*filter(None, each)) if each and all(each) else None


def _clean(text: str) -> str:
    if not text.isascii():
        text = _CIRCLED.sub("- ", text)
    text = fold(_TAGGED.sub(r"(\1)", text) if "<" in text and "</" not in text else text)
    if "~~" in text:
        text = _STRUCK.sub("", text)
    return undress(text)


def _lines(body: str) -> list[str]:
    """The lines of a text without boxes, bars and fences, without lines that are crossed out."""
    lines: list[str] = []
    for raw in body.split("\n"):
        line = " ".join(raw.split()).rstrip("*")  # a marker takes the opening ones with it
        if "```" in line or (line and _RULE.fullmatch(line)):
            if "|" in line and lines:
                lines.pop()  # the names of a table's columns
            continue
        if _CROSSED.match(line):
            continue
        if tick := _TICKED.match(line):
            line = line[tick.end() :]
        if line.startswith("|"):
            line = ": ".join(filter(None, (cell.strip() for cell in line.split("|"))))
        if line or lines:
            lines.append(line)
    return lines


def _listed_letters(lines: list[str], whole: bool) -> Letters | None:
    """The letters of lines that list them; None where they do not, or not all of them do.

    Behind a blank line a single further line counts, unless it is a sentence.
    """
    letters: set[str] = set()
    spaced = False
    for number, line in enumerate(lines):
        if not line:
            spaced = True
            continue
        if spaced and letters and len(line.split()) >= 4 and line[-1] in ".!?:。!?:":
            break
        found = _line_letters(line)
        if takes_back(line):
            return None
        if found is None:
            if not number and line[-1] in ":：" and len(lines) > 1:
                continue  # a first line that leads up to the list
            if whole and not (spaced and letters and not _SPEAKS.search(line)):
                return None
            return frozenset(letters) or None
        if not found:
            return NONE
        head = _HEAD.match(_bare(line))
        if head and (head["noun"] is None or (head["link"] and _STATES.search(head[0]))):
            letters.clear()  # a new statement, and the last one counts
        letters |= found
    return frozenset(letters) or None


def _bare(line: str) -> str:
    """A line without marks in front and brackets around."""
    marks = _MARKS.match(line)
    line = line[marks.end() :] if marks and marks.end() < len(line) else line
    for _ in range(3):
        if line[:1] + line[-1:] in ("()", "[]", "{}") and not set("()[]{}") & set(line[1:-1]):
            line = line[1:-1].strip()
    return line


def _line_letters(line: str) -> Letters | None:
    """The letters of a line that starts with them; None where it does not, NONE if open."""
    line = _bare(line.strip())
    therefore = _THEREFORE.match(line)
    if therefore:
        line = line[therefore.end() :]
    head = _HEAD.match(line)
    if head:
        line = _bare(line[head.end() :])
    letters = compact(line.rstrip(".。 "))
    if letters is not None:
        return letters
    line = capitals(line)
    group = group_at(line, 0)
    if group is None:
        return None
    if denied(line, group) or is_subject(line, group):
        return chosen(line)
    letters, is_open = with_texts(line, group)
    if is_open or left_open(line, group):
        return NONE
    if asked(line, group):
        return None
    if not (ends_after(line, group) or called_right(line, group)):
        loose = head is not None or therefore is None
        if group.bare and (group.bare in "AI" or not loose):
            return None  # "A quick look", "I think"
    # "A. No, the answer is B": what is stated later on the line counts.
    rest = line[group.end :]
    if takes_back(next(_sentences(rest), "")):
        return None
    later = _later(rest)
    return letters if later is None else later


def _later(rest: str) -> Letters | None:
    """What a line chooses instead, behind a list of letters."""
    *_, corrected = _CORRECTION.split(rest)
    if corrected != rest and (letters := chosen(corrected)) is not None:
        return letters
    for sentence in _sentences(rest):
        if (letters := chosen(sentence, announced=True)) is not None:
            return letters
    return None


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a text, the last one first."""
    end = len(text)
    for stop in reversed([match.end() for match in _SENTENCE_END.finditer(text)]):
        if sentence := text[stop:end].strip():
            yield sentence
        end = stop
    if sentence := text[:end].strip():
        yield sentence


def _sentence_letters(sentence: str) -> Letters | None:
    """The letters that a sentence chooses; None where it states no choice, NONE if open."""
    if not may_name(sentence):
        return None
    line = _line_letters(sentence)
    if line is not None:
        return line
    stated = chosen(sentence)
    if stated is None:
        words = sentence.rstrip(".!。").split()
        if words and words[-1][:1] == "(":
            last = group_at(words[-1], 0)
            if last is not None and (len(words) <= _SHORT or _TOPIC.search(sentence)):
                stated = None if label_denies(sentence) else last.letters
    return stated


_SHORT = 4
"""Words of a sentence that chooses by ending in a letter without a word on answers."""
_TOPIC = re.compile(
    r"\b(?:answers?|choices?|options?|selection|choose|pick|select)\b|答案|选项|选", re.IGNORECASE
)
