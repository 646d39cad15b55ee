"""The words around elements, in English and Chinese: what leads up to one, denies it, remarks.

Everything here looks at an answer alone. A stretch is told to be a remark by how it starts
and by its unlikeness to the element in front of it; nothing is looked up in a gold.

Every pattern is bounded, so that a test takes time linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_TOKEN = r"[A-Za-z0-9_]+(?:[-.'][A-Za-z0-9_]+)*"
_PLAIN_LINE = (
    rf"(?:(?:[A-Za-z][A-Za-z0-9_]*(?:[-.'][A-Za-z0-9_]+)*(?: {_TOKEN}){{0,5}}|-?\d+(?:\.\d+)?)%?"
    r"|(?=[\w ]{0,30}?[\u3400-\u9fff])(?![_不非没沒無无除未空])"
    r"(?:(?![和与與及或为是有一二三四五六七八九十])[A-Za-z0-9_\u3400-\u9fff])+"
    r"(?: \d{1,6})?)"
)
_PLAIN = re.compile(_PLAIN_LINE)
_MARKED = re.compile(r"^(?:[-*•] |\d{1,3}[.)] )(?! )", re.MULTILINE)
_DRESSED = re.compile(r"^(\*\*|`)([^\s*`][^*`\n]{0,200})\1(?=[ \t\r]*$)", re.MULTILINE)
_PLAIN_LINES = re.compile(rf"{_PLAIN_LINE}(?:[ \t\r]{{0,4}}\n[ \t]{{0,8}}{_PLAIN_LINE})*")
_STOP = frozenset(
    "and or is are was were be has have had does do did not no none nothing null nil empty either"
    " neither nor both then before after plus except but without versus vs with between maybe"
    " perhaps because since as in answer answers final unanswerable".split()
)

_FUNCTION = frozenset(
    "in on at by from with since because as which who whose that where when while it its this"
    " these those he she they we i is are was were be been being has have had does do did not no"
    " but so see per according given due for of to under over into about also only page pages p."
    " pp. line lines e.g. i.e. namely should would could can cannot may might must will if though"
    " although therefore thus hence mentioned found listed stated cited based etc etc. instead"
    " rather however note source sources meaning respectively a an the there".split()
)
_FUNCTION_HAN = re.compile(
    r"因|由于|见|在|是|其|该|这|那|即|来自|位于|属于|如|参见|根据|所以|说明|不|未|没|但|而|都|均|并|也|等"
)
_VERB = re.compile(
    r"\s(?:is|are|was|were|isn't|aren't|wasn't|has|have|had|does|do|did|doesn't|don't|didn't"
    r"|should|cannot|must|will|would)\b"
)
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"[-+−~≈]?[$€£¥]?\d[\d,]*(?:\.\d+)?\s?(?:%|％)?(?:/\d{1,4})?")

_IDENTIFIER = re.compile(r"[^\W_][._][^\W_]|_[^\W_]")

_NOUN = (
    "answers? results? list elements? items? names? towns? cit(?:y|ies) countr(?:y|ies) documents?"
    " parts? ids? values? functions? methods? pairs? sentences? statements? words? titles?"
    " entr(?:y|ies) invoices? order ranking chapters? sections? numbers? candidates? lines?"
    " records? rows? fields? files? solution output conclusion sheets? misspellings?"
).replace(" ", "|")
_ANSWER_HAN = (
    "(?:最终|以下|正确|所有|相关)?的?(?:答案|结果|列表|文档|部分|编号|结论|排序|顺序|如下)"
)
_HEADING = re.compile(
    rf"(?:[\w' ]{{0,40}}\s)?(?:{_NOUN})|(?:so|here|thus|hence)|{_ANSWER_HAN}", re.IGNORECASE
)
_TITLE = re.compile(
    r"(?:the |my |our )?(?:final |correct )?(?:answers?|results?|list|conclusion|solution)"
    r"|(?:最终|正确)?(?:答案|结果|列表|结论)",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(
    rf"(?:.{{0,120}}\s)?(?:is|are|was|were|include|includes|follows|following|below)"
    rf"|(?:[\w' ]{{0,60}}\s)?(?:{_NOUN})|so|.{{0,30}}(?:是|为|有|包括|如下|分别)|{_ANSWER_HAN}",
    re.IGNORECASE,
)
_LEADS_OUT = re.compile(
    r"(?:\w+ )?(?:explanations?|reason(?:s|ing)?|notes?|because|sources?|evidence|justification"
    r"|analysis|remarks?|why|details?|references?|解释|说明|理由|原因|备注|注|依据|分析|来源)\b",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"(?:(?:[Ss]o|[Tt]hus|[Hh]ence|[Tt]herefore|[Ff]inally|[Ii]n (?:total|summary)),?\s)?"
    r"(?:(?:[Tt]he|[Tt]hese|[Tt]hose|[Tt]hey|[Ii]t|[Tt]his|[Tt]hat|[Hh]ere|[Mm]y|[Oo]ur|[Aa]ll"
    r"|[Aa]nswers?|[Tt]here|[Ff]inal)\b[^.;:,()\d]{0,80}\s?\b(?:is|are|was|were|includes?)"
    r"(?:\sas follows|\sthe following)?:?\s"
    r"|(?:最终)?(?:答案|结果|它们|他们|这些|以下|其中|符合条件的|相关|所有|满足|共有|分别)"
    r"[^,。;:、\d]{0,20}?(?:是|为|有|包括|如下)(?:分别)?:?\s?)"
    r"(?:respectively:?\s|both\s)?"
)

_NOT_IN = (
    r"(?:in|on|part|among|amongst|relevant|included?|listed|the|an?|correct|right|answers?|it|one"
    r"|these|those|them|applicable|affected|involved|any)\b"
)
# Not the bare characters: Africa (非洲) and Wuxi (无锡) begin with one.
_DENIAL_HAN = (
    r"(?:不(?:是|在|属于|包括|包含|相关|符合|会|可能)|并非|非(?:答案|相关)|没有|除了|除.{1,40}外"
    r"|未(?:被|在|列|包括|出现)|无关)"
)
_DENIES = re.compile(
    rf"^\W*(?:not|no|none|never|neither|nor|nothing|except|exclud(?:e|ed|es|ing)|without|other than"
    r"|rejected|ruled out|removed|ignored?|omit(?:ted)?|irrelevant|unrelated|half|twice|double"
    r"|at (?:most|least)|(?:less|more|fewer) than|up to|minus|under|over|below|above|almost"
    r"|(?:(?:these|they|this|it) (?:is|are) )?(?:wrong|incorrect|false)\s*$"
    r"|wrong (?:answers?|candidates?|ones?))\b"
    rf"|\b(?:not|never|n[o']t)\s{_NOT_IN}|n't\s{_NOT_IN}|\b(?:not|n't)\W*$"
    r"|\b(?:but|except|excluding|other than|apart from|instead of|rather than|ruled out|rejected"
    r"|excluded|irrelevant|unrelated)\b"
    rf"|^{_DENIAL_HAN}|不(?:在|是|属于|包括|包含|相关|符合)|以外|之外|并非|排除|^错误?$",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\W*(?:(?:it|this|that|they|these|those|there)\s(?:is|are|was|were)\s)?"
    r"(?:not|no(?!\.?\s?\d)|never|neither|none|nothing|nor|nobody|all (?:but|except)|except"
    r"|any\w{0,5} (?:but|except|other)|every\w{0,5} (?:but|except)|excluding|without|other than"
    r"|wrong|incorrect|false|cannot|isn't|aren't|everything|anything)\b"
    rf"|\W*{_DENIAL_HAN}",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"\W*(?:no|(?:is |are |was |were |does |do )?not\b\W*$"
    rf"|(?:(?:is|are|was|were)\s)?not\s{_NOT_IN}.*"
    r"|(?:isn't|aren't|wasn't)\s.*|wrong|incorrect|false|excluded|irrelevant|unrelated|rejected"
    r"|(?:is |are )?(?:fine|ok|okay|valid)|no (?:errors?|problems?|issues?|violations?|conflicts?)"
    r"|✗|✘|❌|×|不(?:是|在|属于|对|相关|包括).{0,20}|错误?|无误|没有?问题|排除|否)\W*",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:or|maybe|perhaps|possibly|probably|either|alternatively|unsure|might)\b"
    r"|或|也许|可能|要么",
    re.IGNORECASE,
)
_BOTH = re.compile(r"\W*(?:and|also|plus|&|和|以及|及|与)\b", re.IGNORECASE)


def is_plain(line: str) -> bool:
    """Whether a line is an element as it stands: a few words, no separator, no remark.

    >>> is_plain("Part 3"), is_plain("Oslo and Lima"), is_plain("- Oslo")
    (True, False, False)
    """
    return _PLAIN.fullmatch(line) is not None and _STOP.isdisjoint(line.lower().split())


def plain_lines(text: str) -> list[str]:
    """The lines of a text where each is plain by itself, else none: the commonest answer."""
    text = text.strip()
    if text[1:2] in (" ", ".", ")", "") or text[2:3] in (".", ")"):
        if "\n" in text and len(_MARKED.findall(text)) <= text.count("\n"):
            return []  # not all of them are in the list
        text = _MARKED.sub("", text)
    if text[:1] in ("*", "`") and len(_DRESSED.findall(text)) > text.count("\n"):
        text = _DRESSED.sub(r"\2", text)
    if not _PLAIN_LINES.fullmatch(text) or not _STOP.isdisjoint(text.lower().split()):
        return []
    lines = [line.strip() for line in text.split("\n")]
    return [] if is_heading(lines[0]) else lines


def is_number(text: str) -> bool:
    """Whether a text is one number, with or without sign, currency and percent."""
    return _NUMBER.fullmatch(text) is not None


def has_no_joint(text: str) -> bool:
    """Whether no word of a text joins elements, denies or tells: "and", "not", "is"."""
    return _STOP.isdisjoint(text.lower().split())


def has_digit(text: str) -> bool:
    """Whether a text holds a digit."""
    return _DIGITS.search(text) is not None


def has_verb(text: str) -> bool:
    """Whether a text reads as a sentence: an English verb stands inside it."""
    return _VERB.search(text) is not None


def alike(one: str, other: str) -> bool:
    """Whether two stretches look like elements of one list.

    >>> alike("Doc 3", "Doc 12"), alike("Oslo", "New York"), alike("Part 3", "it is far north")
    (True, True, False)
    """
    if _DIGITS.sub("0", one.casefold()) == _DIGITS.sub("0", other.casefold()):
        return True
    if _IDENTIFIER.search(one) and _IDENTIFIER.search(other):
        return " " not in one + other
    if is_number(one) or is_number(other) or has_digit(one) != has_digit(other):
        return False
    return (
        _case(one) == _case(other)
        and abs(len(one.split()) - len(other.split())) <= 2
        and max(len(one.split()), len(other.split())) <= 5
    )


def all_of_a_kind(texts: Sequence[str]) -> bool:
    """Whether several stretches are plain and differ in their numbers alone."""
    return (
        len({_DIGITS.sub("0", text) for text in texts}) == 1
        and not texts[0][:1].isdigit()
        and is_plain(texts[0])
    )


def _case(text: str) -> str:
    first = next((char for char in text if char.isalnum()), "")
    if first.isdigit():
        return "0"
    return "A" if first.isupper() else "a" if first.islower() else "字"


def starts_as_remark(text: str) -> bool:
    """Whether a stretch begins with a word that begins no element."""
    return text.partition(" ")[0] in _FUNCTION or bool(_FUNCTION_HAN.match(text))


def is_remark(text: str, element: str) -> bool:
    """Whether a stretch behind an element tells something about it and is no element.

    >>> is_remark("in Document 7", "Oslo"), is_remark("Lima", "Oslo")
    (True, False)
    """
    if _DIGITS.sub("0", text.casefold()) == _DIGITS.sub("0", element.casefold()):
        return False
    if starts_as_remark(text) and not starts_as_remark(element):
        return True
    if text[:1].islower() and _case(element) in "A0":  # a lower-case name only among names
        if " " in text or not _IDENTIFIER.search(text + element):
            return True
    size, own = len(text.split()), len(element.split())
    if size > 6 and size > 2 * own + 2:
        return True
    return not text.isascii() and " " not in text and len(text) > 2 * len(element) + 8


def is_heading(text: str) -> bool:
    """Whether a line leads up to a list: it ends in a colon, or says "Final answer"."""
    return text[-1:] in (":", "：") or bool(_TITLE.fullmatch(text))


def leads_on(label: str) -> bool:
    """Whether a label before a colon is of the general kind: "The towns", "Answer"."""
    return _LEADS_ON.fullmatch(label) is not None and not denies(label)


def leads_out(heading: str) -> bool:
    """Whether what follows a heading is no longer the list: "Explanation:"."""
    return _LEADS_OUT.match(heading) is not None


def denies(label: str) -> bool:
    """Whether a heading or label says that what follows is not the answer.

    >>> denies("Not in the list:"), denies("Pairs that do not agree:")
    (True, False)
    """
    return _DENIES.search(label.strip(" :：")) is not None


def is_negated(text: str) -> bool:
    """Whether a stretch begins with a negation: "not Oslo", "all but Oslo"."""
    return _NEGATED.match(text) is not None


def is_verdict(remark: str) -> bool:
    """Whether a remark takes its element back: "not in the list", "No Error"."""
    return _VERDICT.fullmatch(remark) is not None


def is_hedged(text: str) -> bool:
    """Whether a stretch names alternatives."""
    return _HEDGE.search(text) is not None


def is_alternative(text: str) -> bool:
    """Whether a stretch offers itself in place of what stands in front of it: "or Lima"."""
    return _HEDGE.match(text) is not None


def is_more(remark: str) -> bool:
    """Whether a remark adds an element: "(or Lima)", "(and Lima)"."""
    return is_hedged(remark) or _BOTH.match(remark) is not None
