"""Reading a prompt back: what an independent solver starts from.

Nothing here looks at how a prompt was made. It sees the text a model sees: numbered
documents and a question. What a document holds is read by its neighbours: tables, numbers,
options, Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from golong_data.languages import languages


def _any(texts: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, texts))})"


HEADER = re.compile(
    rf"^{_any(words.heading for words in languages().values())}(\d+)\] (.+)$", re.MULTILINE
)
"""The line above a document: its number and its title."""
QUESTION = re.compile(
    rf"^{_any(words.question for words in languages().values())}(.+)$", re.MULTILINE
)
"""The line of a question."""


def question(prompt: str) -> str:
    """The last line that starts as questions do in any language, without those words."""
    found = QUESTION.findall(prompt)
    return found[-1].strip() if found else ""


def context(prompt: str) -> str:
    """What stands before the question's line; empty where there is no question."""
    marks = list(QUESTION.finditer(prompt))
    return prompt[: marks[-1].start()] if marks else ""


def documents(prompt: str) -> dict[str, str]:
    """Title -> text of every numbered document, in order.

    The last one ends where the question starts. Documents may share a title: from the second
    on its number in the text is part of the key.
    """
    text = context(prompt)
    marks = list(HEADER.finditer(text))
    stops = [mark.start() for mark in marks[1:]] + [len(text)] * bool(marks)
    found: dict[str, str] = {}
    for at, (mark, stop) in enumerate(zip(marks, stops, strict=True)):
        key = f"{mark[2]} [{at}]" if mark[2] in found else mark[2]
        found[key] = text[mark.end() : stop].strip("\n")
    return found
