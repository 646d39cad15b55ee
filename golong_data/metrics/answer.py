r"""Takes the final answer out of a completion.

A completion thinks, explains, and answers; only the answer may be scored. Thinking is
dropped first (see `thinking`). Whatever precedes the last marker ``[Answer]`` / ``[答案]`` /
``<answer>`` is dropped as well, provided that something follows the marker. In what is left
the answer is, in this order,

1. "boxed": the content of the last ``\boxed{...}`` whose braces balance;
2. "marker": what follows the marker;
3. "phrase": what follows the last "the final answer is", "answer:", "答案是", ...;
4. "bare": the text itself, where it is a single line.

`answer_text` is that stretch for metrics of several lines: it takes all that is left where
none of the four is found.

Nothing here raises, and every function is linear in the length of the text: patterns hold
only bounded repetitions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from golong_data.metrics.thinking import without_thinking

Route = Literal["boxed", "marker", "phrase", "bare"]

MARKERS = ("answer", "答案")
"""What stands between the brackets of a marker, one a language of the prompts: a test holds
that those of templates/prompts/languages.yaml are among them. This package reads no file."""
_MARKER = re.compile(
    rf"[\[［【]\s{{0,3}}(?:{'|'.join(MARKERS)})\s{{0,3}}[\]］】]\*{{0,2}}[^\S\n]{{0,3}}"
    r"(?:[:：]\*{0,2})?|<answer>",
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


def _last_end(pattern: re.Pattern[str], text: str) -> int | None:
    end = None
    for match in pattern.finditer(text):
        end = match.end()
    return end


def _after(pattern: re.Pattern[str], text: str) -> str | None:
    end = _last_end(pattern, text)
    rest = "" if end is None else text[end:]
    return rest if rest.strip() else None
