r"""One stretch of an answer as one plain line: LaTeX and typographic dressing taken off.

`undress` is for stretches that are a number with its unit, `flatten` for sentences in a box:
it only opens the commands that set text in another face. Marks that nobody sees (zero-width
spaces, joiners, marks of writing direction) say nothing and go in both.
"""

from __future__ import annotations

import re

from golong_data.metrics.text import fold, visible

MAX_CHARS = 400
"""Longer stretches are no number with its unit."""

_SYMBOLS = str.maketrans(
    dict.fromkeys("−‐‑‒–—﹣", "-") | dict.fromkeys("≃≅∼", "≈") | {"\t": " ", "＄": "$"}
)
_DOLLARS = re.compile(r"(?<![A-Za-z])\$\$?([^$]+)(?<!US)\$\$?")
_FRACTION = re.compile(r"\\[dtc]?frac[ ]*(?:\{([^{}]+)\}|(\d))[ ]*(?:\{([^{}]+)\}|(\d))")
_FACES = (
    r"text(?:bf|it|rm|sf|tt|sc|sl|md|up|normal)?|math(?:rm|bf|it|sf|tt|normal)|operatorname"
    r"|[mhf]box|emph|underline|uline|ensuremath|boldsymbol|bm|pmb|bf|rm|it|tt|sf"
)
_SWITCHES = (
    r"left|right|displaystyle|textstyle|[Bb]igg?[lr]?|(?:bf|it|rm|sf|tt)(?:series|family|shape)?"
    r"|large|Large|LARGE|huge|Huge|normalsize|small|boldmath"
)
_NOTHING = re.compile(
    rf"\\(?:(?:{_FACES})[ ]*(?=\{{)|(?:{_SWITCHES})(?![A-Za-z])|[!()\[\]]"
    r"|(?:text)?color[ ]*\{[^{}]{0,40}\})"
)
_FACE = re.compile(rf"\\(?:{_FACES})[ ]*\{{([^{{}}]*)\}}")
_NESTED = 3
_BOLD = re.compile(r"(?<![\w)])\*\*|\*\*(?![\w(])")
_SPACE = re.compile(r"\\(?:[,;:> ]|q?quad(?![A-Za-z]))|(?<=[^ ])~")
_COMMANDS = {
    r"\times": "×", r"\cdot": "·", r"\approx": "≈", r"\sim": "≈", r"\%": "%", r"\pounds": "£",
    r"\euro": "€", r"^\circ": "°", r"^{\circ}": "°", r"\circ": "°", r"\degree": "°", r"\mu": "μ",
}  # fmt: skip
_COMMAND = re.compile("|".join(re.escape(name) + "(?![A-Za-z])" for name in _COMMANDS))
_EXPONENT = re.compile(r"\^[ ]*\{([^{}]*)\}")


def undress(text: str) -> str:
    r"""`text` as one plain line: LaTeX and typographic forms replaced, spaces single.

    The empty string where a LaTeX command is left that has no plain form.
    """
    text = fold(visible(text)).translate(_SYMBOLS).strip()
    if "\\" in text or "{" in text or "$" in text:
        text = _without_latex(text)
    text = re.sub(" +", " ", text).rstrip(" .。\"'“”`*_").lstrip(" \"'“”`*_")
    if text[:1] == "(" and text.find(")") == len(text) - 1:
        text = text[1:-1].strip()
    return "" if "\\" in text else text


def flatten(text: str) -> str:
    r"""`text` with its faces opened and its spaces single; other commands are left.

    >>> flatten(r"\text{The total is }\,\mathbf{42}")
    'The total is 42'
    """
    text = _BOLD.sub("", visible(text))
    if "\\" in text:
        for _ in range(_NESTED):
            text = _FACE.sub(r" \1 ", text)
        text = _SPACE.sub(" ", text)
    return " ".join(text.split())


def _without_latex(text: str) -> str:
    text = text.replace("{,}", ",").replace("\\$", "\0")
    text = _DOLLARS.sub(r" \1 ", text).replace("\0", "$")
    text = _SPACE.sub(" ", _NOTHING.sub("", text))
    text = _FRACTION.sub(lambda m: f" {m[1] or m[2]}/{m[3] or m[4]} ", text)
    text = _COMMAND.sub(lambda m: _COMMANDS[m.group()], text)
    return _EXPONENT.sub(r"^\1 ", text).replace("{", "").replace("}", "")
