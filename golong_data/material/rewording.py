"""Rewording by rule: the same facts in other words, every number and name kept.

English: an opening phrase of time or place goes to the end and back, asides in parentheses
go, years are said in another way, and a few words are exchanged for others of the same sense,
but not where what follows gives them another one ("ruled that", "captured on film"). Chinese:
an opening connective of novels goes, characters of the old written language become those of
the spoken one, and words of laws and manuals become others of the same sense.
"""

from __future__ import annotations

import re

_OPENING = re.compile(
    r"^(In|On|Since|During|By|After|Before|Until|As of) ((?:[\w ]*\d[\w ]*|the \w+ century|"
    r"(?:late|early) \d+\w*)), ([^,;:]+)\.$"
)
_CLOSING = re.compile(
    r"^((?:The|A|An|It|Its|This|They) [^,;:()]+?) (in|since|by) ((?:\w+ )?\d{4})\.$"
)
_SCOPED = re.compile(
    r"\d|\b(?:and|or|but|before|after|when|until|while|as|that|which|who|to|being|having|in|since|by)\b"
)
"""Where a clause holds one of these, a time or place put elsewhere might belong to another part."""
_ASIDE = re.compile(
    r" \((?!(?:except|excluding|not|without|unless|only|if|other)\b)[^()\d]{1,80}\)(?= [a-z])"
)
"""An aside that may go: without it no less and no more is said."""
_SENSES = {
    "approximately": "about",
    "roughly": "about",
    "largest": "biggest",
    "began": "started",
    "begun": "started",
    "primarily": "mainly",
    "principally": "mainly",
    "predominantly": "mostly",
    "largely": "mostly",
    "mostly": "largely",
    "numerous": "many",
    "although": "though",
    "prior to": "before",
    "despite": "in spite of",
    "because of": "owing to",
    "due to": "owing to",
    "in order to": "to",
    "often": "frequently",
    "frequently": "often",
    "nearly": "almost",
    "usually": "generally",
    "rapidly": "quickly",
    "particularly": "especially",
    "especially": "particularly",
    "subsequently": "later",
    "currently": "at present",
    "throughout": "all through",
    "during": "in the course of",
    "a number of": "several",
    "resulted in": "led to",
    "led to": "resulted in",
    "demonstrate": "show",
    "regarding": "concerning",
    "required": "needed",
    "requires": "needs",
    "assist": "help",
    "permitted": "allowed",
    "the majority of": "most of",
    "the remainder of": "the rest of",
    "was established in": "was set up in",
    "were established in": "were set up in",
    "was founded in": "was set up in",
    "were founded in": "were set up in",
    "captured": "seized",
    "declared": "proclaimed",
    "occurred": "happened",
    "rejected": "turned down",
    "supported": "backed",
    "was forced to": "was compelled to",
    "were forced to": "were compelled to",
    "halted": "stopped",
    "ousted": "removed",
    "remained": "stayed",
    "severe": "serious",
    "massive": "huge",
    "wealthy": "rich",
    "ruled": "governed",
    "gained independence": "became independent",
    "became independent": "gained independence",
    "takes part in": "participates in",
    "participates in": "takes part in",
    "took part in": "participated in",
    "participated in": "took part in",
}
_ELSE = {
    "captured": r"(?: (?:by|on|in|with|using)\b)",
    "declared": r"(?: (?:that|a|an|war|bankruptcy)\b)",
    "remained": r"(?: to\b)",
    "required": r"(?: reserve)",
    "ruled": r"(?: (?:that|out|in favor|in favour|against)\b)",
    "severe": r"(?: acute)",
    "supported": r"(?: (?:by|that|with)\b)",
    "throughout": r"(?:\W*$)",
    "particularly": r"(?:\W*$)",
    "subsequently": r"(?: (?:after|before)\b)",
}
"""What must not follow a phrase: before that it has another sense."""
_SENSE = re.compile(
    r"(?<![\w-])(?<!\ba )(?<!\ban )("  # behind an article the word would need the other one
    + "|".join(
        phrase + (f"(?!{_ELSE[phrase]})" if phrase in _ELSE else "")
        for phrase in sorted(_SENSES, key=len, reverse=True)
    )
    + r")(?![\w-])",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\b([Bb]etween|[Ff]rom) (1[5-9]\d\d|20\d\d) (?:and|to) (1[5-9]\d\d|20\d\d)"
    r"(?=[,.;)]| (?:and|when|as|by|in|under)\b)"
)
_YEAR = re.compile(r"\b([Ii]n) (\d{4})(?=[,.;])(?!, (?:and )?\d)")
MOST = 3
"""Words exchanged at most: what is left keeps the sentence near its source."""
_LOWER = frozenset(
    "The A An In On At By For From After Before Since During Until As It Its This That These "
    "Those They There Their He She His Her We Our Most Some Many Several Both All Each Other "
    "Under With Although While When If However Results Patients".split()
)

_CONNECTIVE = re.compile(r"^(?:却说|且说|话说|再说|于是|只见|忽然|原来|且看)，?")
_SPOKEN = (
    (re.compile(r"(?<=[问叫喝笑叹骂答告谏奏劝应怒惊泣谢])曰(?=：|，)"), "道"),
    (re.compile(r"(?<![诗歌书表赞谣略檄诏词云])曰(?=：|，)"), "说道"),
    (re.compile(r"尽皆"), "全都"),
    (re.compile(r"皆"), "都"),
    (re.compile(r"吾(?!粲)"), "我"),
    (re.compile(r"(?<!不)亦(?![然乐])"), "也"),
    # Alone it may be short for a person of that name.
    (re.compile(r"(?<=[，；])遂(?=[令引命使传教差回归投不领拜起将])"), "于是"),
    (re.compile(r"汝(?![南阳阴颍])"), "你"),
    (re.compile(r"(?<![太幸尤已过何之日弥益殊莫])甚(?=[急喜怒多重厚深美妙高明忧惧恨苦难])"), "很"),
)
"""Written and spoken forms, where the one can stand for the other whoever speaks."""
_MODERN = (
    (re.compile(r"(?<!相)应当(?![地局事场今年日时中])"), "应该"),
    (re.compile(r"依照"), "按照"),
    (re.compile(r"或者"), "或"),
    (re.compile(r"予以(?=[公批审说处奖表没警保支配补取制行罚确答登撤]\w)"), "加以"),
    (re.compile(r"(?<![具享没所专拥])有权(?=[向对要依请拒申提])"), "有权利"),
    (re.compile(r"(?<![^，；])自(?=[^，；。]{1,30}之日起)"), "从"),
    (re.compile(r"(?<![^，；。])但是"), "不过"),
    (re.compile(r"如果"), "假如"),
    (re.compile(r"由于"), "因为"),
    (re.compile(r"例如"), "比如"),
    (re.compile(r"(?<![^，；。])因此(?!而)"), "所以"),
    (re.compile(r"立即"), "马上"),
    (re.compile(r"非常(?=[重有大多高简复方容好快])"), "十分"),
)
"""Words of today's written language and others of the same sense."""


def reword(text: str, language: str) -> str:
    """A sentence in other words; as it stands where no rule applies."""
    return _chinese(text) if language == "zh" else _english(text)


def _english(text: str) -> str:
    told = _ASIDE.sub("", text)
    if len(told) < 0.8 * len(text):  # an aside as long as that is none
        told = text
    opening, closing = _OPENING.match(told), _CLOSING.match(told)
    if opening and not _SCOPED.search(opening[3]):
        told = f"{capital(opening[3])} {opening[1].lower()} {opening[2]}."
    elif closing and not _SCOPED.search(closing[1]):
        told = f"{closing[2].capitalize()} {closing[3]}, {lower(closing[1])}."
    told = _YEARS.sub(_span, told)
    told = _YEAR.sub(r"\1 the year \2", told)
    return _SENSE.sub(_other, told, count=MOST)


def _span(match: re.Match[str]) -> str:
    """Years from one to another, said the other way."""
    first, word = ("from", "to") if match[1].lower() == "between" else ("between", "and")
    first = first.capitalize() if match[1][0].isupper() else first
    return f"{first} {match[2]} {word} {match[3]}"


def _other(match: re.Match[str]) -> str:
    """Another word for one, with a capital where that has one."""
    other = _SENSES[match[1].lower()]
    return capital(other) if match[1][0].isupper() else other


def _chinese(text: str) -> str:
    told = _CONNECTIVE.sub("", text)
    for pattern, other in (*_SPOKEN, *_MODERN):
        told = pattern.sub(other, told)
    return told


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """With a small first letter, where the first word is no name."""
    first = text.partition(" ")[0]
    return text[:1].lower() + text[1:] if first in _LOWER else text
