"""Answers that are letters of options: `accuracy` wants all and only, `selection` the one.

Both are 1 or 0. What differs is the gold: `accuracy` has one or more letters (LongBench-Pro's
tasks 3 and 11), `selection` exactly one (the published "The correct answer is (X)").

The letters that an answer states are found in this order.

1. A \\boxed{...}, else the lines behind the marker, else a whole answer that is made of such
   lines: letters A-Z, in any dress ("C", "(C)", "**C.**", "Option C", "C. Paris", "C, D",
   "C and D", "CD", one a line). The first line has to be one; a line that is none ends them.
2. Else the last sentence that states a choice ("the correct answer is (C)", "I choose C",
   "C is correct", "故选C"). A sentence that denies ("is not C") or asks ("C?") states none.

Nothing is stated where alternatives are left open ("C or D") or where a letter is only the
start of a word or an article ("Apparently", "A quick look").

Cheats. Naming all options is not the gold; a letter in the thinking does not count; of several
statements the last one counts, so "A? No, B." is B.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from golong_data.metrics.answer import after_marker, last_boxed
from golong_data.metrics.elements import Gold, gold_elements
from golong_data.metrics.lines import answer_lines
from golong_data.metrics.text import fold
from golong_data.metrics.thinking import without_thinking

Letters = frozenset[str]
NONE: Letters = frozenset()

_END = r"(?!['’]?[A-Za-z0-9])"
# One letter, bare or dressed. What may follow a bare one depends on where it stands.
_LETTER = re.compile(rf"[(\[\"'“‘<]\s?([A-Z])\s?[)\]\"'”’>]|([A-Z]){_END}")
_NEXT = re.compile(
    r"\s*(?:,?\s*(?:\band\b|&)|[,;/+、]|和|及|与)\s*|\s*(?=[(\[])|\s+(?=[A-Z](?!\w))"
)
_OPEN = re.compile(r"[\s,]*(?:\bor\b|\bmaybe\b|\bperhaps\b|/|或)", re.IGNORECASE)
_ASKED = re.compile(r"\s*[?？]")
_RIGHT = (
    r"(?:\b(?:is|are)\s+(?:(?:thus|therefore|clearly|the|only|most|both)\s+){0,4}"
    r"(?:correct|right|best|true|accurate|answers?|final)\b|(?:是|为)?正确)"
)
_IS_RIGHT = re.compile(rf"\s*{_RIGHT}")
_IS = re.compile(r"\s*(?:\b(?:is|are|was|were|seems)\b|是|为|不)")
# What may stand behind the last letter: an end, punctuation, a reason.
_AFTER = re.compile(
    rf"\s*(?:$|[.):,;\-–—、。，：!！]|{_RIGHT})|\s+(?:\(|(?:because|since|as|for|given)\b)"
)
_COMPACT = re.compile(r"[A-Z]{2,8}")
_THEREFORE = re.compile(
    r"(?:(?:no|so|thus|therefore|hence|rather|actually|wait|instead|finally|both|因此|所以"
    r"|(?:I (?:think|believe) )?(?:that )?it(?:['’]s| is| must be))[,:，：]?\s*){1,4}",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"(?:(?:the|my|final|correct|right|best|only)\s+){0,4}(?:options?|choices?|answers?|letters?"
    r"|选项|正确选项|答案|故?选|应选)\s*(?:\bis\b|\bare\b|[:：=是为])*\s*",
    re.IGNORECASE,
)
_SMALL = re.compile(r"\(?[a-z](?:[).:]|$)")
_TEX = re.compile(r"\\(?:text|textbf|mathrm|mathbf)\s*\{([^{}]{0,80})\}|[*$`_]")

# A period behind a lone capital does not end a sentence: "The answer is C. Paris".
_SENTENCE_END = re.compile(r"[.!?](?=\s)(?<!\b[A-Z]\.)|[。！？\n]")
_TOPIC = re.compile(
    r"\b(?:answers?|choices?|options?|selection|choose|pick|select)\b|答案|选项|选", re.IGNORECASE
)
_LINK = re.compile(
    r"(?:\b(?:is|are|be|was|choose|chose|pick|picked|select|selected|with)\b|[:：=是为选])"
    r"\s*(?:(?:the\s+)?(?:options?|choices?|letters?|answers?|选项)\s*)?[:：]?\s*",
    re.IGNORECASE,
)
_VERB = re.compile(r"choose|chose|pick|select|with|选", re.IGNORECASE)
_CLAUSE = re.compile(r"[;；,，]|\bbut\b")
_NOT = re.compile(r"\bnot\b|n['’]t\b|\bnever\b|\bcannot\b|\bneither\b|不|非|错", re.IGNORECASE)
_REACH = 100
"""Characters before a letter in which the topic of the sentence is looked for."""
_TAIL = 10_000
"""Characters at the end of an answer in which a sentence that states a choice is looked for."""


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
    body = rest if marked is None else marked
    boxed = last_boxed(body)
    if boxed is not None:
        return _line_letters(boxed) or NONE
    lines = answer_lines(body)
    if lines:
        letters = _listed_letters(lines, whole=marked is None)
        if letters is not None:
            return letters
    for sentence in _sentences(body[-_TAIL:]):
        letters = _sentence_letters(sentence)
        if letters is not None:
            return letters
    return NONE


def _listed_letters(lines: tuple[str, ...], whole: bool) -> Letters | None:
    """The letters of lines that list them; None where they do not, or not all of them do."""
    letters: set[str] = set()
    for number, line in enumerate(lines):
        found = _line_letters(line)
        if found is None:
            return None if whole or not number else frozenset(letters)
        if not found:
            return NONE
        if _HEAD.match(line):  # a new statement, and the last one counts
            letters.clear()
        letters |= found
    return frozenset(letters)


def _line_letters(line: str) -> Letters | None:
    """The letters of a line that starts with them; None where it does not, NONE if open."""
    line = _TEX.sub(r"\1", fold(line)).strip()
    therefore = _THEREFORE.match(line)
    if therefore:
        line = line[therefore.end() :]
    head = _HEAD.match(line)
    if head:
        line = line[head.end() :]
    bare = line.rstrip(".。 ")
    if _COMPACT.fullmatch(bare) and list(bare) == sorted(set(bare)):
        return frozenset(bare)
    if _SMALL.match(line):
        line = line[:2].upper() + line[2:]
    letters = _letters_at(line, 0, loose=head is not None or therefore is None)
    # "A. No, the answer is B": what is stated later on the line counts.
    return (_declared(line[-_TAIL:]) or letters) if letters else letters


def _letters_at(line: str, start: int, loose: bool = True) -> Letters | None:
    """The letters of the list that starts at `start`: None for no list, NONE for an open one.

    `loose` allows the option's text right behind a letter that is no English word: "C Paris".
    """
    match = _LETTER.match(line, start)
    if match is None:
        return None
    letters = {match[1] or match[2]}
    end = match.end()
    bare = match[2]
    while True:
        gap = _NEXT.match(line, end)
        following = _LETTER.match(line, gap.end()) if gap else None
        if following is None or not (following[1] or _ends(line, following.end())):
            break
        letters.add(following[1] or following[2])
        end, bare = following.end(), following[2]
    if _OPEN.match(line, end):
        return NONE
    if _ASKED.match(line, end):
        return None
    if _AFTER.match(line, end):
        return frozenset(letters)
    if _IS.match(line, end) or (bare and (bare in "AI" or not loose)):
        return None  # "C is wrong", "A quick look", "I think"
    return frozenset(letters)


def _ends(line: str, end: int) -> bool:
    """Whether a further bare letter of a list ends there: not in "C, A fine town"."""
    return bool(_AFTER.match(line, end) or _NEXT.match(line, end) or _OPEN.match(line, end))


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
    sentence = _TEX.sub(r"\1", fold(sentence)).strip()
    line = _line_letters(sentence)
    if line:
        return line
    stated = _declared(sentence)
    if stated is None:
        for letter in _LETTER.finditer(sentence):
            if _IS_RIGHT.match(sentence, letter.end()):
                stated = frozenset(letter[1] or letter[2])
    if stated is None and not _NOT.search(sentence):
        words = sentence.rstrip(".!。").split()
        if words and words[-1][:1] == "(":
            if len(words) <= _SHORT or _TOPIC.search(sentence):
                stated = _letters_at(words[-1], 0)
    return stated


def _declared(sentence: str) -> Letters | None:
    """The letters behind the last "the answer is" or "I choose" of a sentence."""
    stated: Letters | None = None
    for link in _LINK.finditer(sentence):
        found = _letters_at(sentence, link.end())
        if found is None:
            continue
        before = sentence[max(0, link.start() - _REACH) : link.start()]
        if _NOT.search(_CLAUSE.split(before)[-1]):
            continue
        if _VERB.match(link[0]) or _TOPIC.search(before):
            stated = found
    return stated


_SHORT = 4
"""Words of a sentence that chooses by ending in a letter without a word on answers."""
