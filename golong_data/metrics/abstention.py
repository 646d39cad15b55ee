"""Answers that say there is nothing to list.

"None", "No Error", "无", an empty list or set, with what they are said of and why ("None of
the documents", "None, as all agree"). One that makes an exception ("None, except Oslo") or is
unsure says more than that and is no abstention.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from golong_data.metrics.wording import starts_as_remark

_NOUNS = (
    r"(?:answer|error|conflict|violation|inconsistenc(?:y|ie)|contradiction|anomal(?:y|ie)"
    r"|match(?:e)?|result|item|element)s?"
)
_STATED = re.compile(
    r"none|nothing|null|nil|empty(?: (?:set|list))?|n/a|unanswerable|not found|∅"
    r"|(?:none|nothing) (?:found|of (?:them|these))"
    rf"|(?:there (?:is|are) )?no (?:such )?{_NOUNS}(?: (?:was|were))?"
    r"(?: (?:found|detected|exists?))?"
    r"|(?:没有|不存在|未发现|无)(?:任何)?(?:错误|冲突|矛盾|答案|违规|异常|结果)?|无误|不存在"
)
_LONGER = re.compile(
    r"(?:The (?:answer|list|set|result) is )?(?:an? )?"
    r"(?:[Nn]one|NONE|[Nn]othing|[Nn]ull|[Nn]il|[Ee]mpty(?: set| list)?|N/A|n/a)(?: [a-z]+){0,8}"
    r"|(?:There (?:is|are|was|were|exists?) )?[Nn]o(?: [a-z]+){1,9}"
    r"|(?:There (?:is|are|was|were) )(?:none|nothing)(?: [a-z]+){0,6}"
    r"|(?:没有|不存在|未发现|未找到|找不到)(?:任何|这样的|此类|相关的?|符合\w{0,4}的|其他|一[个篇对项])?[\u4e00-\u9fff]{0,6}"
)
_MORE = re.compile(
    r"\b(?:except|but|besides|other than|apart from|only|unless|however|maybe|perhaps|possibly"
    r"|although|though|doubt|than|save|beyond|or)\b|除|但|只|可能|也许|或",
    re.IGNORECASE,
)
_BREAK = re.compile(r"\s?[(（]|[.。!！]\s|[,，;；:：]\s?|\s[-–—]\s")
_EDGES = " .。!！()[]（）【】{}\"'*"


def states_nothing(keys: Iterable[str]) -> bool:
    """Whether all keys of a gold say that there is nothing to list; so does having none.

    >>> states_nothing(["no error"]), states_nothing(["无"]), states_nothing(["no error", "a"])
    (True, True, False)
    """
    return all(_STATED.fullmatch(key.strip(_EDGES)) for key in keys)


def abstains(text: str) -> bool:
    """Whether an answer, or an element of one, says that there is nothing to list.

    >>> [abstains(t) for t in ("None, as all agree.", "No such documents", "None (except Oslo)")]
    [True, True, False]
    """
    text = text.strip(_EDGES)
    if _is_abstention(text):
        return not _MORE.search(text)
    cut = _BREAK.search(text)
    if cut is None or not _is_abstention(text[: cut.start()].strip(_EDGES)):
        return False
    remark = text[cut.end() :].strip()
    in_line = cut[0].strip() in (",", "，", ";", "；")
    return not _MORE.search(text) and (not in_line or starts_as_remark(remark))


def _is_abstention(text: str) -> bool:
    return bool(_STATED.fullmatch(text.casefold()) or _LONGER.fullmatch(text))
