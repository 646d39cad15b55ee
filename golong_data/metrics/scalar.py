r"""What an answer of one value may be: the stretch that holds it, and the readings of that.

`scalar_answer` is `answer.final_answer` for answers of one value, which also come as the tokens
<|begin_of_box|>42<|end_of_box|>, as a box without braces and as a JSON object. A stretch is
read literally first (`scalar_readings`), then as a sentence that states the value
(`stated_readings`): "the balance after entry 17 is 42", "42 (20 + 22)", "42 documents state a
value above 10". A sentence that doubts, denies or goes on to another value states none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from golong_data.metrics.answer import Answer, final_answer
from golong_data.metrics.lines import BULLET, blocks, without_remark
from golong_data.metrics.placeholders import filled
from golong_data.metrics.plain import MAX_CHARS, flatten
from golong_data.metrics.text import visible
from golong_data.metrics.thinking import without_thinking

_SENTENCE_END = re.compile(r"[.!?](?:\s+|$)|[。！？]")
_LEAD = re.compile(r"\D{0,200}(?:\b(?:is|are|was|were|equals?)\b|(?<![<>!])=|[:：是为])\s*")
# Boxes that are written otherwise.
_TOKENS = re.compile(r"<\|begin_of_box\|>([^<]{0,1000})<\|end_of_box\|>")
_BRACELESS = re.compile(r"(\\boxed)[ ]{1,3}([^\s{}\\][^\n{}]{0,80})$", re.MULTILINE)
# Answers as JSON.
_FENCED = re.compile(r"```\w{0,10}\s{0,9}(\{[^`]{0,2000}\})\s{0,9}```\s{0,9}$")
_KEYS = ("answer", "final_answer", "final answer", "result", "value", "答案")
_MAX_JSON = 2000


def scalar_answer(text: str) -> Answer | None:
    r"""The answer of a completion that gives one value, as `final_answer` gives it.

    >>> scalar_answer('```json\n{"answer": 42}\n```')
    Answer(route='marker', text='42')
    """
    if "<|begin_of_box|>" in text:
        text = _TOKENS.sub(r"\\boxed{\1}", text)
    if "\\boxed " in text:
        text = _BRACELESS.sub(r"\1{\2}", text)
    found = final_answer(text)
    if found is not None and "<" in found.text:
        found = replace(found, text=filled(found.text))
    if "}" in text and (found is None or found.route != "boxed"):
        rest = found.text if found and found.route == "marker" else without_thinking(text)
        value = _json_value(rest or "")
        if value is not None:
            return Answer("marker", value)
    return found


def _json_value(text: str) -> str | None:
    """The value in a JSON object that is, or ends, `text`; None where there is none."""
    text = text.strip()
    if text.endswith("```"):
        fenced = _FENCED.search(text, max(0, len(text) - _MAX_JSON - 40))
        text = fenced[1] if fenced else ""
    if not text.startswith("{") or len(text) > _MAX_JSON:
        return None
    try:
        found = json.loads(text, parse_int=str, parse_float=str)
    except (ValueError, RecursionError):
        return None
    keys = {key.casefold(): key for key in found}
    named = [keys[key] for key in _KEYS if key in keys]
    if not named and len(found) == 1:
        named = list(found)
    value = found[named[0]] if named else None
    return value if isinstance(value, str) else None


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
    lines = next(blocks(visible(found.text)), None)
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
    return readings + [
        reading[lead.end() :]
        for reading, lead in leads
        if lead and not _DOUBT.search(reading, 0, lead.end())
    ]


# Sentences that state a value.

_COPULA = re.compile(
    r"(?:\b(?:is|are|was|were|equals?|totals?|(?:comes|amounts|adds up|sums) to|stands at|reads)\b"
    r"|(?<![<>!=])=(?!=)|(?<!\d)[:：]|[:：](?=\s)|[是为]|等于|[共合总]计|达到?)\s{0,3}"
)
# What takes a statement back, or makes it one of several; and what goes on to another value.
_DOUBT = re.compile(
    r"\b(?:n?or|n?either|not|never|false|wrong|incorrect|unlikely|maybe|perhaps|possibly|probably"
    r"|might|could|should|would|if|unless|versus|vs|cannot|doubt|guess|no way|hardly"
    r"|some say|claims?|supposedly|allegedly)\b|n[’']t\b|[;?]"
    r"|或|不[是对能]|并非|错|如果|可能|也许",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"\b(?:but|so|hence|thus|therefore|instead|rather|except|minus|plus|less|times|divided"
    r"|multiplied|leaving|giving|makes?|gives?|yields?)\b|[→⇒=]|但|所以|因此",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_MAX_COPULAS = 4
_OPERATOR = re.compile(
    r"[+*/×·⋅÷]|\\times(?![a-z])|\\cdot(?![a-z])|\\div(?![a-z])|(?<=\d)\s?[-−–]\s?(?=\d)"
)
_SUM = re.compile(r"[\d.,+*/×·⋅÷=()%$€£¥\s−–-]+|\\(?:times|cdot|div)(?![a-z])")
_PAIR = re.compile(r"\s*(\d[\d,.]*)\s*([-−–/])\s*(\d[\d,.]*)\s*")
_WORKING = re.compile(
    r"(.*\S)\s{0,3}[(（]\s{0,3}(?:=|i\.e\.)?\s{0,3}([^()（）]{1,200})[)）][ .。]*"
)
# "42 documents state a value above 10": the value, its noun, and a clause.
_CLAUSE = re.compile(r"([^\s\w]{0,3}[+-]?[\d.,]*\d(?:[ ]?%)?)\s+([^\W\d_].*)")
_NAMED = re.compile(
    r"(?:is|are|was) (?:the|our|my) (?:final |correct |exact |right |overall |required )?"
    r"(?:answer|total|result|value|sum|number|count|balance|mean|average|difference|ratio|change"
    r"|median|percentage|amount)(?: (?:of|for|in|from|after|to) .{0,200})?",
    re.IGNORECASE,
)
# A number within a clause is a bound, a date or a label where one of these stands before it.
_CONTEXT = re.compile(
    r"\b(?:above|below|over|under|than|exceed(?:s|ed|ing)?|in|on|by|before|after|since|until"
    r"|during|from|between|least|most|beyond|past|through|of|year|entry|entries|row|page"
    r"|document|section|item|table|chapter|line|no\.|number)\s{0,2}[#$€£]?$",
    re.IGNORECASE,
)
_VALUED = re.compile(rf"{_COPULA.pattern}(?:about |exactly |only |just )?[+$€£-]?\d")
_DIGITS = re.compile(r"\d[\d.,]*")
_MAX_NOUN = 6


def stated_readings(readings: Sequence[str]) -> Iterator[str]:
    """What readings say where they are sentences that state the value, most literal first.

    A reading that is the end of one before it is passed over: it is no sentence any more.
    """
    for place, reading in enumerate(readings):
        if len(reading) > MAX_CHARS or any(p.endswith(reading) for p in readings[:place]):
            continue
        text = flatten(reading)
        for base in (text, _without_working(text)):
            if base and base != reading:
                yield base
            for stated in _after_copulas(base):
                yield stated
                yield _without_working(stated)


def clause_readings(reading: str) -> Iterator[str]:
    """A value at the beginning of a sentence with its noun, the longest noun first.

    >>> list(clause_readings("42 documents state a value above 10"))[-1]
    '42 documents'
    """
    text = flatten(reading).rstrip(" .。") if len(reading) <= MAX_CHARS else ""
    match = _CLAUSE.fullmatch(text)
    if match is None:
        return
    value, clause = match.groups()
    if _NAMED.fullmatch(clause) and not _DOUBT.search(clause):
        yield value
        return
    if _DOUBT.search(clause) or _TURN.search(clause) or _VALUED.search(clause):
        return
    numbers = _DIGITS.finditer(clause)
    if not all(_CONTEXT.search(clause, 0, digits.start()) for digits in numbers):
        return
    words = re.split(r"[,(\d]", clause)[0].split()[:_MAX_NOUN]
    for n in range(len(words), 0, -1):
        yield f"{value} {' '.join(words[:n])}"


def _after_copulas(text: str) -> Iterator[str]:
    """What follows "is" or "=" in a sentence that does not take it back.

    Of "x is 41, y is 42" only what follows the first: it is a value with more behind it.
    """
    for match in islice(_COPULA.finditer(text), _MAX_COPULAS):
        if _DOUBT.search(text, 0, match.start()):
            return
        if _LETTER.search(text, 0, match.start()):
            yield text[match.end() :]
        if _DIGITS.match(text, match.end()):
            return


def _without_working(text: str) -> str:
    """`text` without a bracket at its end that shows how the value came about, or ""."""
    match = _WORKING.fullmatch(text)
    if match is None or not _SUM.fullmatch(match[2]) or not _OPERATOR.search(match[2]):
        return ""
    pair = _PAIR.fullmatch(match[2])
    # "42 (40-44)" and "42 (41/43)" are a range and an alternative, "42 (50-8)" is neither.
    return match[1] if pair is None or _comes_to(pair, match[1]) else ""


def _comes_to(pair: re.Match[str], value: str) -> bool:
    """Whether a difference or a quotient is what the text before it ends in."""
    last = list(_DIGITS.finditer(value))[-1:]
    try:
        first, second, wanted = (
            Fraction(digits.replace(",", "").rstrip("."))
            for digits in (pair[1], pair[3], *(match.group() for match in last))
        )
        return abs(first / second if pair[2] == "/" else first - second) == wanted
    except (ValueError, ZeroDivisionError):
        return False
