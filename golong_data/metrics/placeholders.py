"""Placeholders that a model has filled in with their brackets: "<Oslo>" where <element> was asked.

Prompts show the form of an answer by a placeholder in angle brackets. Some models keep the
brackets, others take them for tags: "<element>Oslo</element>". Either way what stands inside
is the answer. Tags of HTML are what they are, and left to the readers of markup.
"""

from __future__ import annotations

import re

_TAGS = frozenset(
    """a abbr b big blockquote body br caption center cite code col colgroup dd del details div dl
    dt em font footer h1 h2 h3 h4 h5 h6 head header hr html i img ins kbd li main mark ol p pre q
    s samp section small span strike strong sub summary sup table tbody td tfoot th thead title tr
    tt u ul var""".split()
)
_ENCLOSED = re.compile(r"<([A-Za-z][^<>/\n]{0,40})>([^<>\n]{0,2000})</\s?\1\s?>")
_BRACKETED = re.compile(
    r"(?:^|(?<=[\s(\[{,;:*`\"、，；：]))<(?=[^\s/<>])([^<>\n]{1,400})(?<=[^\s<>])>"
    r"(?=$|[\s)\]},;:.*`\"、，；：。])",
    re.MULTILINE,
)


def filled(text: str) -> str:
    """`text` with filled placeholders as what stands in them.

    >>> filled("<E-0001>"), filled("<number>42</number>"), filled("<li>Oslo</li>")
    ('E-0001', '42', '<li>Oslo</li>')
    """
    if "<" not in text or ">" not in text:
        return text
    if "</" in text:
        text = _ENCLOSED.sub(lambda match: match[0 if _is_tag(match[1]) else 2], text)
    return _BRACKETED.sub(lambda match: match[0 if _is_tag(match[1]) else 1], text)


def _is_tag(inside: str) -> bool:
    """Whether the inside of angle brackets is a tag of HTML: its name, and at most attributes."""
    name, _, rest = inside.rstrip("/").strip().partition(" ")
    return name.lower() in _TAGS and (not rest or "=" in rest)
