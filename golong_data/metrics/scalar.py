"""What an answer of one value may be: the readings of the stretch that holds it."""

from __future__ import annotations

import re
from collections.abc import Callable

from golong_data.metrics.answer import Answer
from golong_data.metrics.lines import BULLET, blocks, without_remark

_SENTENCE_END = re.compile(r"[.!?](?:\s+|$)|[。！？]")
_LEAD = re.compile(r"\D{0,200}(?:\b(?:is|are|was|were|equals?)\b|(?<![<>!])=|[:：是为])\s*")


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
    lines = next(blocks(found.text), None)
    if lines is None:
        return []
    if any(is_value(line.bare) for line in lines[1:]):
        return None
    first = lines[0].text
    # Behind a marker on the same line stands no bullet: "Answer: - 5" is minus five. Nor is
    # "42. It is so" the second item of "42. x": a number goes only where a value is left.
    if found.route == "bare" or found.text.lstrip(" *\r\t").startswith("\n"):
        first = BULLET.sub("", first)
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
