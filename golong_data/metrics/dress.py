r"""Takes the dress off a text: TeX, HTML and Markdown, and characters that nobody sees.

`undress` leaves words and line breaks alone: ``\boxed``-style text commands, known HTML tags,
emphasis and block quotes go, escapes become what they stand for. Gold and answer go through
the same function, so that no two texts that differ in words become the same.

`below_heading` finds the answer of a completion that announces it by a line of its own
("**Final Answer**", "### Answer", "答案：").

Every pattern holds only bounded repetitions.
"""

from __future__ import annotations

import re

from golong_data.metrics.placeholders import filled
from golong_data.metrics.text import visible

_TEX = re.compile(
    r"\\(?:text(?:bf|it|rm|sf|tt|sc|md|up|normal)?|math(?:rm|bf|it|sf|tt|normal|bb|cal)|emph"
    r"|operatorname|[fhm]box|underline|boldsymbol|bm|boxed)\s{0,3}\{([^{}]{0,4000})\}"
)
_TEX_SWITCH = re.compile(
    r"\\(?:rm|bf|it|sf|tt|sc|em|bfseries|itshape|sffamily|rmfamily|displaystyle|textstyle|large"
    r"|Large|left|right|big|Big)(?![A-Za-z])\s{0,3}"
)
_TEX_GROUP = re.compile(r"(?<![\\A-Za-z^_}])\{([^{}:\"']{0,4000})\}")
_TEX_SPACE = re.compile(r"\\(?:[,;:! ]|q?quad(?![A-Za-z]))|\\\\(?=\s|$)")
_TEX_ESCAPE = re.compile(r"\\([%&$_#{}*`~\[\]()<>-])")
_DOLLARS = re.compile(r"(?<![\w$\\])(\$\$?)([^$\n]{1,400})\1(?![\w$])")
_TAG = re.compile(
    r"</?(?:b|i|u|s|em|strong|p|span|div|li|ul|ol|code|pre|mark|blockquote|center|h[1-6]|q|small"
    r"|su[bp]"
    r"|body|html|font)(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<(?:br|hr)\s{0,3}/?>|</(?:p|li|div|h[1-6])>(?!\s*$)", re.IGNORECASE)
_QUOTED = re.compile(r"^[^\S\n]{0,3}(?:>[^\S\n]?){1,5}", re.MULTILINE)
_STRONG = re.compile(r"(\*\*\*|\*\*|___|__)(?=\S)([^*\n]{1,2000}?\S|\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{0,2000}?[^\s*])\*(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]{0,2000}?[^\s_])_(?![\w_])")
_TICKS = re.compile(r"(?<!`)`([^`\n]{1,2000})`(?!`)")

_ANNOUNCED = (
    r"(?:(?:(?:the|my|our|final|correct|right|best|short|direct)\s{1,3}){0,4}"
    r"(?:answers?|solution|response|conclusion|result|output)|(?:我的|最终|最后|正确|最佳){0,3}"
    r"(?:答案|回答|结论|结果|答复|答))"
)
_HEADING = re.compile(
    rf"\s*[#>*_=~\-\s]{{0,8}}(?:\d[.)]\s?)?{_ANNOUNCED}[*_\s]{{0,4}}[:：]?[*_=#\s]{{0,8}}",
    re.IGNORECASE,
)
_LEAD = re.compile(
    rf"[\s*_#>]{{0,8}}{_ANNOUNCED}[*_\s]{{0,4}}(?:(?:\bis\b|是|为)[*_\s]{{0,4}}[:：]?"
    rf"|[:：=])[*_]{{0,3}}\s{{0,3}}(?=\S)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s{0,8}(?:[\[［【]\s?/\s?(?:final[ _])?(?:answer|答案)\s?[\]］】]|</(?:final_)?answer>)",
    re.IGNORECASE,
)
_HEADING_WORDS = ("answer", "solution", "response", "conclusion", "result", "output", "答", "结")
_MOST_HEADING = 80
"""Characters of a heading."""


def undress(text: str) -> str:
    r"""`text` without TeX, HTML and Markdown around its words.

    >>> undress(r"> **\textbf{5\%} of _all_ <b>towns</b>**")
    '5% of all towns'
    """
    text = filled(visible(text))
    if "\\" in text:
        for _ in range(3):  # commands inside commands
            shorter = _TEX.sub(r"\1", text)
            if shorter == text:
                break
            text = shorter
        text = _TEX_SWITCH.sub("", _TEX_SPACE.sub(" ", text))
        text = _TEX_ESCAPE.sub(r"\1", text)
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    if ">" in text:
        text = _QUOTED.sub("", text)
    if "*" in text or "__" in text:
        text = _EMPHASIS.sub(r"\1", _STRONG.sub(r"\2", text))
    if "_" in text:
        text = _UNDERLINED.sub(r"\1", text)
    if "`" in text:
        text = _TICKS.sub(r"\1", text)
    return _DOLLARS.sub(r"\2", text) if "$" in text else text


def ungroup(text: str) -> str:
    """`text` without braces around a part of it: "{B}"."""
    return _TEX_GROUP.sub(r"\1", text) if "{" in text else text


def below_heading(text: str) -> str | None:
    """What follows the last line that is a heading for an answer; None where there is none.

    >>> below_heading("I compared them.\\n\\n**Final Answer**\\n\\nOslo").strip()
    'Oslo'
    """
    lowered = text.lower()
    if not any(word in lowered for word in _HEADING_WORDS):
        return None
    rest, place = None, 0
    for line in text.split("\n"):
        place += len(line) + 1
        if len(line) <= _MOST_HEADING and _HEADING.fullmatch(line):
            rest = text[place:] if text[place:].strip() else rest
    return rest


def without_lead(text: str) -> str:
    """`text` without words in front that announce an answer once more ("Answer: Oslo")."""
    lead = _LEAD.match(text)
    return text[lead.end() :] if lead else text


def without_closing(text: str) -> str:
    """`text` without a closing tag of the marker, and without what follows it.

    >>> without_closing("Oslo\\n[/Answer]")
    'Oslo'
    """
    if "/" not in text:
        return text
    closing = _CLOSING.search(text)
    return text[: closing.start()] if closing and text[: closing.start()].strip() else text
