"""What a sentence says about option letters: which it chooses, denies, or leaves open.

A list of letters is chosen where it stands behind what announces a choice ("the answer is B",
"I choose B", "leaving B", 故选B), before what calls it right ("B is correct", "only B fits",
B正确), or is all that its clause says, at an end of the sentence ("By elimination, B").
It is not where the clause denies it ("nobody would choose B", "B错误", "B, which is wrong"),
supposes it ("if B were right", "one might pick B"), asks, or only mentions it. The last choice
of a sentence counts; choices joined by "and" count together.
"""

from __future__ import annotations

import re

from golong_data.metrics.letters import (
    NONE,
    VERBS,
    Group,
    Letters,
    ends_after,
    groups,
    left_open,
)

_REACH = 100
"""Characters beside a list of letters in which it is judged."""
_NEAR = 60
"""Characters before it in which words that announce it end."""
MAX_GROUPS = 100
"""Lists of letters in one sentence that are judged, the last ones."""

_NOUN = r"(?:options?|choices?|answers?|letters?|选项|答案)"
_TOPIC = re.compile(
    r"\b(?:answers?|ans|choices?|options?|letters?|solutions?|possibilit(?:y|ies)|candidates?"
    r"|selections?"
    r"|picks?|responses?|verdict|conclusion|results?|ones?|remains|correct|right)\b|答案|选项|选择|选|结论",
    re.IGNORECASE,
)
_ADVERBS = (
    r"(?:(?:thus|therefore|clearly|definitely|indeed|hence|actually|now|just|only|both|simply"
    r"|certainly|then|obviously|surely|still|in fact|either)[\s,]+){0,3}"
)
_TO = rf"{_ADVERBS}(?:the\s+)?(?:{_NOUN}\s*)?[:：]?\s*"
_IS_BEFORE = re.compile(
    rf"(?:\b(?:is|are|be|was|were|remains|becomes)\b|[:=→⇒➡>—–]|\s-\s|是|为)\s*{_TO}$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    rf"\b(?:it|that|this|so)(?:['’]s|\s+(?:is|was|must be|has to be|can only be"
    rf"|could only be))\s+{_TO}$"
    rf"|(?:就是|只能是|应该是|应是|必然是)\s*{_TO}$",
    re.IGNORECASE,
)
_CHOOSE = re.compile(
    r"(?:^|[,;:]\s*|\b(?:I|we|to|so|thus|therefore|hence|and|please|finally|must|us|let['’]s)\b)\s*"
    r"(?:(?:['’](?:ll|d|ve|m)|will|would|must|should|shall|can|have|am|going|to|only|now"
    r"|therefore|thus"
    r"|hence|finally|then|also|decided|want|like|need)\s+){0,5}"
    r"(?:choos(?:e|ing)|chose|chosen|pick(?:ed|ing)?|select(?:ed|ing)?|go(?:ing)? (?:with|for)"
    r"|went with"
    r"|opt(?:ed|ing)? for|settled? (?:on|for)|answer(?:ed)?|vote for)\s+"
    rf"{_TO}$|(?:选择?|选取|选定)\s*{_TO}$",
    re.IGNORECASE,
)
_LEAVES = re.compile(
    r"\b(?:leav(?:es?|ing)|left with|down to|points? (?:only )?to|favou?rs?)\s+"
    rf"(?:(?:us|me|you|only|just|with|behind)\s+){{0,3}}{_TO}$|(?:只剩下?|剩下的?是?)\s*{_TO}$",
    re.IGNORECASE,
)
_LEAD_WORDS = re.compile(
    r"[\s\W]*(?:(?:so|thus|therefore|hence|without (?:a )?doubt|certainly|surely|obviously"
    r"|none other than|no|yes|rather|actually|wait|instead|finally|both|only|just"
    r"|simply|definitely|clearly|and|but|then|now|ok|okay|overall|again|the|correct|right|best"
    r"|final"
    rf"|because|{_NOUN}|因此|所以|故|即|而是|那么|则|就|是|为|应该|应|只有|仅|只|唯一)[\s,:：]*){{0,6}}\W*",
    re.IGNORECASE,
)
_RIGHT = re.compile(
    r"(?:\s*,[^,;]{1,40},)?(?:\s*选?项)?\s*(?:"
    r"(?:(?:alone|clearly|thus|therefore|only|best|also|indeed|both|all|really)\s+){0,3}"
    r"(?:(?:is|are|was|were|seems|must be|has to be|looks)\s+(?:(?:thus|therefore|clearly|the"
    r"|only|most|both|all"
    r"|indeed|definitely|fully|well|directly|therefore|actually|in fact|of course)\s+){0,4}"
    r"(?:correct|right|best|true|accurate|answers?|final|supported|confirmed|valid|appropriate"
    r"|consistent"
    r"|ones?|choices?|options?|possibility|possible|left|remaining|it)\b"
    r"|(?:fits?|works?|holds?|matches|match|remains?|survives?|stands|wins)\b|it is\b)"
    r"|[:(–—-]\s*(?:is\s)?(?:correct|right|true|yes)\b|[:(]?\s*[✓✔✅☑]"
    r"|(?:是|为|才|也|都|均|最|完全)*(?:唯一)?(?:的)?(?:正确|对(?![于照应比着方])|符合|成立|最佳|答案))",
    re.IGNORECASE,
)
_BAD = (
    r"(?:wrong|incorrect|false|untrue|invalid|unsupported|inaccurate|mistaken|impossible|unlikely"
    r"|excluded"
    r"|eliminated|ruled out|rejected|refuted|contradicted|disproved|out of the question|out\b|not\b"
    r"|a (?:distractor|mistake|trap))"
)
_ADJECTIVE = (
    r"(?:wrong|incorrect|false(?!\s*$)|eliminated|excluded|ruled out|rejected|not (?:correct"
    r"|right|true|valid"
    r"|supported|possible|mentioned)|错误|错的|不对|不正确|排除)"
)
_AUXILIARIES = (
    rf"(?:(?:{VERBS}|be|been|being|clearly|also|both|all|each|simply|plainly|just|therefore|thus"
    rf"|obviously"
    r"|definitely|actually|in fact|the|a|an|only|easily|immediately)\s+){0,6}"
).replace("{0,6}", "{1,6}")
_DENIED = re.compile(
    rf"(?:\s*,[^,;]{{1,40}},)?\s*(?:{_AUXILIARIES}(?:{_BAD}|never\b|no\b)|\w{{2,6}}n['’]t\b"
    rf"|cannot\b|never\b"
    rf"|fails?\b|lacks?\b|contradicts?\b|{_ADJECTIVE}"
    r"|(?:out|aside|behind)\b"
    rf"|[,;:(–—-]\s*(?:(?:but |and )?(?:which|that|this|it)\s+{_AUXILIARIES}(?:wrong|incorrect"
    rf"|false|untrue"
    rf"|mistaken|impossible|ruled out|excluded|eliminated|not (?:correct|right|true|supported"
    rf"|valid|possible|it))"
    rf"|{_ADJECTIVE}|no\b(?=\s*[).]?\s*$))"
    r"|[:(]?\s*[✗✘❌✖×]"
    r"|(?:选?项)?(?:是|的|说法|表述|内容|明显|显然|都|均|也|就|则|可以?|应该?|应当|被|已|完全)*"
    r"(?:不|错|非|有误|排除|没|未|无法))",
    re.IGNORECASE,
)
_ASIDE = re.compile(rf"\s*,[^,;]{{1,40}},\s*{VERBS}\b", re.IGNORECASE)
_SUPPOSED = re.compile(
    r"\s*(?:would|could|might|may|can)\b|\s*(?:要是|如果|可能|也许)", re.IGNORECASE
)
_SAFE = re.compile(
    r"none of the above|none of these(?=\s*\()|no doubt|without (?:a |any )?doubt|no question"
    r"|not only|none other than|nothing but|can only be"
    r"|could only be|(?:not|n['’]t|cannot|never)\s(?:be(?:en)?\s)?(?:ruled out|eliminated"
    r"|excluded|rejected"
    r"|contradicted|refuted|wrong|incorrect|false)|by (?:eliminat|exclu|reject)\w+"
    r"|process of elimination"
    r"|(?:ruling out|eliminating|excluding|rejecting|discarding) (?:all )?(?:of )?(?:the |my )?"
    r"(?:others?|rest|other \w+)|不难[看发]?[出现]?|毫无疑问|无疑|不仅|排除法",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(?:(?:not|never|cannot|neither|nor|nobody|no one|none|rather than|instead of|except"
    r"|other than"
    r"|unlike|without|false|untrue|rul(?:ed?|es|ing)|despite|distractors?|few|hardly|scarcely"
    r"|(?:any|every)thing but|all but|den(?:y|ies)|unlikely)\b|no\b(?=\s+(?:\w|$))|wrong|incorrect"
    r"|eliminat|exclud|reject|discard|dismiss|unsupported|impossible|refut|contradict|avoid|doubt"
    r"|cross(?:ed)? out|mistake)|n['’]t\b|[不非错没未误]|排除|除|无人|否定",
    re.IGNORECASE,
)
_HEDGED = re.compile(
    r"\b(?:if|unless|suppos(?:e|ing)|assuming|imagine|might|may|could|tempt\w*|someone|somebody"
    r"|some|many"
    r"|most people|people|readers?|students?|they|anyone|initially|at first|thought (?:it|the"
    r"|that|was)|claims?"
    r"|claimed|whether|would have|perhaps|maybe|possibly|was going|almost|nearly|wanted)\b"
    r"|如果|假如|假设|倘若|若|可能|也许|或许|有人|一开始|起初|以为|是否|好像|似乎",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:if|unless|had|were it|but for|except for)\b|如果|假如|要是|若", re.IGNORECASE
)
_WOULD_BE = re.compile(r"\b(?:would|could|might|may)\b[^,;]{0,60}$|[会将]", re.IGNORECASE)
_STRONG = re.compile(
    r"[;,但故]|所以|因此|而(?!非)|\b(?:(?<!all )(?<!thing )but|so|thus|therefore|hence|whereas"
    r"|while|although|though|yet|and(?=\s+(?:so|the|my|I|it|therefore|thus|choose|pick|select|go)\b))\b",
    re.IGNORECASE,
)
_COLON = re.compile(r"[:：—–→⇒➡=]|\s-\s")
_AND = re.compile(
    r"[^,;.]{0,80}\b(?:and|both|also)\b\s*[^,;.]{0,20}|.{0,20}[和且也、].{0,10}", re.IGNORECASE
)
_ONLY = re.compile(r"(?:\b(?:only|just)\s+(?:option\s+)?|只有|仅)\s*$", re.IGNORECASE)
_ANY_VERB = re.compile(r"\s+[a-z]{2,}|\s*[\u4e00-\u9fff]")
_TAKEN_BACK = re.compile(
    r"(?:(?:no|but|wait|however|actually|hmm|oh|sorry)[\s,.!:—–-]{1,4}){0,3}(?:(?:that|this|it"
    r"|which)(?:['’]s|\s+(?:is|was"
    r"|turns out to be|cannot be|can['’]t be))\s+(?:\w+\s+)?(?:wrong|incorrect|false|not (?:right"
    r"|correct|true|it)"
    r"|right|mistaken)|wrong|incorrect|(?:这|那)?(?:是|并)?(?:不对|错的|错误的?|不正确))\s*[.!。！]*",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"[.!]\s+([^.!]{1,80}[.!]?)")
_KEPT = re.compile(r"\b(?:is|was|['’]s)\s+(?:\w+\s+)?right\b|['’]s right", re.IGNORECASE)


def takes_back(sentence: str) -> bool:
    """Whether a sentence says of the one before it that it is wrong."""
    return _TAKEN_BACK.fullmatch(sentence) is not None and not _KEPT.search(sentence)


def chosen(sentence: str, announced: bool = False) -> Letters | None:
    """The letters that a sentence chooses; None where it states no choice, NONE if open.

    With `announced` only behind words that announce a choice.

    >>> sorted(chosen("Options A, C and D can be eliminated, leaving B.") or NONE)
    ['B']
    """
    if sentence.rstrip(" \"'”’)").endswith(("?", "？")):
        return None
    head, _, tail = sentence.rpartition(";")
    if label_denies(head) and (letters := chosen(tail, announced)) is not None:
        return letters
    stated: Letters | None = None
    last_end = 0
    found = list(groups(sentence))[-MAX_GROUPS:]
    for number, group in enumerate(found):
        stop = found[number + 1].start if number + 1 < len(found) else len(sentence)
        previous = found[number - 1].end if number else 0
        if _is_chosen(sentence, group, previous, stop, announced):
            letters = NONE if left_open(sentence, group) else group.letters
            if stated and letters and _AND.fullmatch(sentence, last_end, group.start):
                letters |= stated
            stated = letters
            last_end = group.end
    return stated


def denied(text: str, group: Group) -> bool:
    """Whether what follows a list denies, supposes or questions it."""
    behind = text[group.end : group.end + _REACH]
    if _DENIED.match(behind) or _SUPPOSED.match(behind):
        return True
    comment = _COMMENT.match(behind)
    if comment and takes_back(comment[1]):
        return True
    return _ASIDE.match(behind) is not None and not _RIGHT.match(behind)


def called_right(text: str, group: Group) -> bool:
    return _RIGHT.match(text[group.end : group.end + _REACH]) is not None


def label_denies(label: str) -> bool:
    """Whether words before a list deny it: "Wrong: A"."""
    return bool(_NEGATED.search(label) and _NEGATED.search(_SAFE.sub("", label)))


def _is_chosen(sentence: str, group: Group, previous: int, stop: int, announced: bool) -> bool:
    right = called_right(sentence, group)
    after = ends_after(sentence, group)
    if group.bare and group.bare in "AI" and not (right or after):
        return False  # "A quick look", "I think"
    clause = _STRONG.split(sentence[max(previous, group.start - _REACH) : group.start])[-1]
    only = _ONLY.search(clause) and _ANY_VERB.match(sentence, group.end)
    before = sentence[max(0, group.start - _REACH) : group.start]
    if not ((right and not announced) or only or _is_announced(before)):
        if announced or not after or not _is_all_of_clause(sentence, group, clause):
            return False
    if label_denies(clause) or denied(sentence, group):
        return False
    if _HEDGED.search(clause) and _HEDGED.search(_SAFE.sub("", clause)):
        return False
    if only and label_denies(sentence[group.end : min(stop, group.end + _REACH)]):
        return False
    return not (_WOULD_BE.search(before) and _CONDITION.search(sentence))


def _is_announced(before: str) -> bool:
    """Whether the words before a list say that a choice follows."""
    near = before[-_NEAR:]
    link = _IS_BEFORE.search(near)
    if link and _TOPIC.search(before, 0, len(before) - len(near) + link.start()):
        return True
    return any(pattern.search(near) for pattern in (_PRONOUN, _CHOOSE, _LEAVES))


def _is_all_of_clause(sentence: str, group: Group, clause: str) -> bool:
    """Whether a list is all that its clause says, at the start or the end of its sentence."""
    if not _LEAD_WORDS.fullmatch(_COLON.split(clause)[-1]):
        return False
    if not sentence[group.end :].strip(" .!。！)]}\"'”’"):
        return True
    return _LEAD_WORDS.fullmatch(sentence[: min(group.start, _REACH)]) is not None
