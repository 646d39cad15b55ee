"""Lists of option letters in a line: where they stand, how they are dressed, where they end.

A letter is A to Z by itself, in brackets or quotes or bare: not the start of a word, not an
initial ("J. K."), not a grade ("B+"), not a part of a compound ("B-tree"), not one end of a
range ("A-D"). Letters between commas, "and", "plus", 和, with "option" before each or not, are
one list; "B or C", "B/C?" leave open which and are an open one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

Letters = frozenset[str]
NONE: Letters = frozenset()

_NOUN = r"(?:options?|choices?|answers?|letters?|选项|答案)"
_BEFORE = r"(?<![A-Za-z0-9_])(?<![A-Za-z]['’])(?<![A-Z]\.)(?<![A-Za-z0-9]-)"
_END = (
    r"(?!['’]?[A-Za-z0-9_]|[+#](?!\s?[A-Z(])|-(?:[A-Za-z0-9]|\s*$)|\.(?:[a-z0-9]|[A-Z](?![a-z]))"
    r"|\.?\s[A-Z]\.(?:\s[A-Z][a-z]|\s?[A-Z]\.)|\s?[–—~]\s?[A-Z](?![A-Za-z])|\s-\s[A-Z](?![A-Za-z])"
    r"|\s?(?:->|→|to)\s[A-Z](?![A-Za-z]))"
)
_LETTER = re.compile(
    rf"{_BEFORE}(?:(?:[(\[{{\"'“‘<《「『【]\s?){{1,3}}([A-Z])\s?[)\]}}\"'”’>》」』】]{{1,3}}|([A-Z]){_END})"
    r"(?:\s?选?项)?"
)
_CAPITAL = re.compile(r"[A-Z](?<![A-Za-z0-9_].)(?![A-Za-z0-9_])")
_MARKS = "([{\"'“‘<《「『【 "
_MOST_MARKS = 6
_COMPACT_CHARS = 10
_NEXT = re.compile(
    r"\s*(?:,?\s*(?:\b(?:and|plus|as well as|along with|together with)\b|&)|[,;/+、|·•]"
    r"|以及|还有|和|及|与|跟|加)"
    rf"\s*(?:(?:and|also|the)\s+)?(?:[-•*]\s+)?(?:{_NOUN}\s*)?|\s*(?=[(\[\"'“【])"
    rf"|\s+(?=[A-Z](?!\w))",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(
    r"[\s,、()\[]*(?:\b(?:or|maybe|perhaps|possibly|alternatively|and/or|vs)\b|或|还是|也可能|可能)",
    re.IGNORECASE,
)
VERBS = (
    r"(?:is|are|was|were|seems?|looks|has|have|had|can|cannot|could|would|will|should|must|might"
    r"|may"
    r"|does|did|do|fits?|works?|holds?|matches|match|remains?|fails?|stands?|states?|says?|isn"
    r"|aren|wasn"
    r"|doesn|cannot|lacks?|contradicts?)"
)
_IS = re.compile(rf"\s+(?:alone\s+|both\s+|also\s+|clearly\s+)?{VERBS}\b|\s*[是为不错对]")
# What may stand behind the last letter: an end, punctuation, a reason.
_AFTER = re.compile(
    r"\s*(?:$|[.):;,}\]|!–—、。✓✔✅☑]|-\s)|\s+(?:\(|-\s|(?:because|since|as|for|given|by|per"
    r"|rather than|instead of|and not|but not)\b)"
)
_ASKED = re.compile(r"[\s.]*[吗么呢吧]?\s*[?？]")
# A second letter with a text of its own, by how the first one is set off from its text.
_SEPARATED = r"(?:[,;、|/]\s*(?:and\s|or\s)?|\b(?:and|or|plus)\s|&\s|和|或|以及|及|\n)\s*"
_ITEM = {
    ".": re.compile(rf"({_SEPARATED})(?:{_NOUN}\s)?([A-Z])\.\s?(?![A-Z]\.)(?=\S)", re.IGNORECASE),
    ":": re.compile(rf"({_SEPARATED})(?:{_NOUN}\s)?([A-Z])\s?:\s?(?=\S)", re.IGNORECASE),
    ")": re.compile(rf"({_SEPARATED})(?:{_NOUN}\s)?\(?([A-Z])\)\s?(?=\S)", re.IGNORECASE),
    "(": re.compile(
        rf"\)\s*({_SEPARATED}|\s)(?:{_NOUN}\s)?([A-Z])\s?\((?=[^()]{{1,200}}\))", re.IGNORECASE
    ),
    "-": re.compile(rf"({_SEPARATED})(?:{_NOUN}\s)?([A-Z])\s[-–—]\s(?=\S)", re.IGNORECASE),
}
_SETTING = re.compile(
    r"\s?([.:])\s?(?=[^\s.:])|\)?(\))\s?(?=\w)|\s?(\()(?=[^()]{1,200}\))|\s([-–—])\s"
)
_OPENS = re.compile(r"\bor\b|或|/", re.IGNORECASE)
_COMPACT = re.compile(r"[A-Z]{2,8}|[a-h]{2,6}")
_SMALL = re.compile(
    r"\(?[a-z](?:[).:](?=\s|$|[,;])|\s*$|(?=\s*[,;/&、]\s*\(?[a-z]\b|\s+and\s+\(?[a-z]\b))"
)
_SMALL_LETTER = re.compile(r"(?:(?<=^)|(?<=[\s,;/&(、]))([a-z])(?=[).:,;/、]|\s|$)")


@dataclass(frozen=True, slots=True)
class Group:
    """Letters that stand together in a text."""

    start: int
    end: int
    letters: Letters
    open: bool
    """Whether they are alternatives."""
    bare: str
    """The last letter, where it stands without brackets."""


def groups(text: str) -> Iterator[Group]:
    """The lists of letters of a text, in order.

    >>> [sorted(group.letters) for group in groups("Not A or C, but (B) and D.")]
    [['A', 'C'], ['B', 'D']]
    """
    place = 0
    for capital in _CAPITAL.finditer(text):
        if capital.start() < place:
            continue
        start = capital.start()
        while start > max(place, capital.start() - _MOST_MARKS) and text[start - 1] in _MARKS:
            start -= 1
        while (group := group_at(text, start)) is None and start < capital.start():
            start += 1
        if group is not None:
            yield group
            place = group.end


def may_name(text: str) -> bool:
    """Whether a text holds an option letter at all: cheap, and true too often."""
    return bool(_CAPITAL.search(text) or _SMALL.match(text)) or len(text) <= _COMPACT_CHARS


def group_at(text: str, start: int) -> Group | None:
    """The list of letters that starts there."""
    match = _LETTER.match(text, start)
    if match is None:
        return None
    letters = {match[1] or match[2]}
    end, bare, is_open = match.end(), match[2] or "", False
    while True:
        gap = _NEXT.match(text, end)
        other = _ALTERNATIVE.match(text, end)
        if other and (following := _alternative(text, other.end())):
            gap, is_open = None, True
        else:
            following = _LETTER.match(text, gap.end()) if gap else None
        if following is None or not (following[1] or is_open or _ends(text, following)):
            break
        letters.add(following[1] or following[2])
        end, bare = following.end(), following[2] or ""
    return Group(start, end, frozenset(letters), is_open, bare)


def _alternative(text: str, place: int) -> re.Match[str] | None:
    gap = re.compile(rf"\s*(?:者|even\s)?\s*(?:{_NOUN}\s*)?", re.IGNORECASE).match(text, place)
    return _LETTER.match(text, gap.end() if gap else place)


def _ends(text: str, letter: re.Match[str]) -> bool:
    """Whether a further bare letter of a list ends there: not in "C, A fine town"."""
    end = letter.end()
    return any(pattern.match(text, end) for pattern in (_AFTER, _NEXT, _ALTERNATIVE, _IS))


def ends_after(text: str, group: Group) -> bool:
    """Whether nothing but punctuation or a reason follows a list."""
    return _AFTER.match(text, group.end) is not None


def left_open(text: str, group: Group) -> bool:
    """Whether a list is one of alternatives, named or not ("B or so", "B (or C)")."""
    return group.open or (
        _ALTERNATIVE.match(text, group.end) is not None and not asked(text, group)
    )


def asked(text: str, group: Group) -> bool:
    return _ASKED.match(text, group.end) is not None


def is_subject(text: str, group: Group) -> bool:
    """Whether a verb follows a list."""
    return _IS.match(text, group.end) is not None


def with_texts(text: str, group: Group) -> tuple[Letters, bool]:
    """The letters of "B. Paris and D. Rome", and whether they are alternatives.

    The texts may hold letters too ("C. Vitamin D"): further ones count where they are set off
    from their texts as the first one is.
    """
    if len(group.letters) > 1:
        return group.letters, group.open
    bracket = text[group.end - 1 : group.end] == ")"
    setting = _SETTING.match(text, group.end - bracket)
    if setting is None:
        return group.letters, group.open
    mark = next(filter(None, setting.groups())).replace("–", "-").replace("—", "-")
    letters, is_open = set(group.letters), group.open
    for item in _ITEM[mark].finditer(text, setting.end()):
        if item[2].isupper():
            letters.add(item[2])
            is_open = is_open or _OPENS.search(item[1]) is not None
    return frozenset(letters), is_open


def compact(line: str) -> Letters | None:
    """The letters of "BD", also "bd"; None where a line is something else."""
    if not _COMPACT.fullmatch(line) or len(set(line)) < len(line):
        return None
    return frozenset(line.upper()) if line.isupper() or list(line) == sorted(line) else None


def capitals(line: str) -> str:
    """`line` with capital option letters where it is a list of small ones ("b, d", "(b) Oslo")."""
    if not _SMALL.match(line):
        return line
    return _SMALL_LETTER.sub(lambda match: match[1].upper(), line)
