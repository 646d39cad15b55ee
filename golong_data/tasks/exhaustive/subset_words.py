"""The words of questions on subsets, which their solver reads them by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MODULES = {
    "en": 'by a statement at the left margin, "import X" (with or without "as") or '
    '"from X import ..."',
    "zh": "（行首无缩进的“import X”（可带 as）或“from X import ...”语句）",
}
ASKED = {
    "pair": {
        "en": 'In which documents do both "{one}" and "{two}" occur, spelt so and as whole words, '
        "in the text below the heading?",
        "zh": "在哪些文档的正文（标题行以下）中，“{one}”与“{two}”（以此字样为准，西文须为完整单词）"
        "都出现了？",
    },
    "line": {
        "en": 'In which documents do "{one}" and "{two}", spelt so and as whole words, occur '
        "together in one and the same line of the text below the heading?",
        "zh": "在哪些文档的正文（标题行以下）中，“{one}”与“{two}”（以此字样为准，西文须为完整单词）"
        "出现在同一行（自然段）内？",
    },
    "without": {
        "en": 'In which documents does "{one}" occur, spelt so and as a whole word, in the text '
        'below the heading, but "{two}" does not?',
        "zh": "在哪些文档的正文（标题行以下）中，出现了“{one}”（以此字样为准，西文须为完整单词）"
        "但没有出现“{two}”？",
    },
    "some": {
        "en": "A document belongs to a group if {count} of these {m} words occur, spelt so and as "
        "whole words, in the text below its heading: {names}. However often one of them occurs, it "
        "counts once. Which documents belong to the group?",
        "zh": "如果以下{m}个词中{count}个（以此字样为准，西文须为完整单词）出现在某文档的正文"
        "（标题行以下）中，该文档就属于一个类别：{names}。同一个词无论出现几次，只算一个。"
        "哪些文档属于这个类别？",
    },
    "label": {
        "en": 'Which documents state exactly "{value}" on a line that starts with "{label}:"?',
        "zh": "哪些文档在以“{label}:”开头的行中给出的值恰好是“{value}”？",
    },
    "ranges": {
        "en": "The lines that start with one of these labels give a number right behind it. A "
        "document belongs to a group if both of these conditions hold: {conditions}. A condition "
        "on a line that a document does not have does not hold. Which documents belong to the "
        "group?",
        "zh": "以下列标签开头的行，标签之后紧接着一个数。如果以下两个条件都成立，"
        "文档就属于一个类别：{conditions}。文档中没有相应的行时，该条件不成立。"
        "哪些文档属于这个类别？",
    },
    "most": {
        "en": "The lines that start with one of these labels give a number right behind it. A "
        "document belongs to a group if at least {k} of these {m} conditions hold: {conditions}. "
        "A condition on a line that a document does not have does not hold. Which documents belong "
        "to the group?",
        "zh": "以下列标签开头的行，标签之后紧接着一个数。如果以下{m}个条件中至少有{k}个成立，"
        "文档就属于一个类别：{conditions}。文档中没有相应的行时，该条件不成立。"
        "哪些文档属于这个类别？",
    },
    "import": {
        "en": 'Which documents import the module "{name}" '
        + MODULES["en"].replace("X", "{name}")
        + "? Indented statements, submodules of it and mere mentions do not count.",
        "zh": "哪些文档导入了模块“{name}”"
        + MODULES["zh"].replace("X", "{name}")
        + "？缩进的语句、其子模块以及单纯提及都不算。",
    },
    "modules": {
        "en": "A document belongs to a group if it imports {count} of these {m} modules, each "
        + MODULES["en"]
        + ": {names}. Indented statements, submodules and mere mentions do not count. Which "
        "documents belong to the group?",
        "zh": "如果某文档导入了以下{m}个模块"
        + MODULES["zh"]
        + "中的{count}个，它就属于一个类别：{names}。缩进的语句、子模块以及单纯提及都不算。"
        "哪些文档属于这个类别？",
    },
    "base": {
        "en": "Which documents define a class, at the left margin and on one line, that names "
        '"{name}" itself among its bases? Mere mentions and names that only contain it do not '
        "count.",
        "zh": "哪些文档在行首（无缩进）用一行 class 语句定义了基类中直接列出“{name}”的类？"
        "单纯提及以及仅包含该名称的其他名称不算。",
    },
    "bases": {
        "en": "Which documents define a class, at the left margin and on one line, that names at "
        "least one of these {m} itself among its bases: {names}? Mere mentions and names that only "
        "contain one of them do not count.",
        "zh": "哪些文档在行首（无缩进）用一行 class 语句定义了基类中直接列出以下{m}个名称之一的类："
        "{names}？单纯提及以及仅包含其中某个名称的其他名称不算。",
    },
}
UNLESS = {
    "word": {
        "en": 'Leave out the documents in whose text below the heading "{word}" occurs, spelt so '
        "and as a whole word.",
        "zh": "正文中出现了“{word}”（以此字样为准，西文须为完整单词）的文档不算。",
    },
    "module": {
        "en": 'Leave out the documents that import "{module}" by such a statement.',
        "zh": "用这样的语句导入了“{module}”的文档不算。",
    },
    "def": {
        "en": 'Leave out the documents that define a function or method "{function}" (a line that '
        'starts, at any indentation, with "def" or "async def" and that name).',
        "zh": "定义了函数或方法“{function}”（任意缩进的一行，以 def 或 async def 加该名称开头）"
        "的文档不算。",
    },
    "value": {
        "en": 'Leave out the documents that state exactly "{other}" on a line that starts with '
        '"{beside}:".',
        "zh": "在以“{beside}:”开头的行中给出的值恰好是“{other}”的文档不算。",
    },
    "above": {
        "en": 'Leave out the documents that give a number above {bound} right behind "{beside}:" '
        "at the start of a line.",
        "zh": "行首“{beside}:”之后紧接着的数大于{bound}的文档不算。",
    },
    "below": {
        "en": 'Leave out the documents that give a number below {bound} right behind "{beside}:" '
        "at the start of a line.",
        "zh": "行首“{beside}:”之后紧接着的数小于{bound}的文档不算。",
    },
}
CONDITION = {
    "between": {
        "en": '"{label}:" above {low} and below {high}',
        "zh": "“{label}:”大于{low}且小于{high}",
    },
    "above": {"en": '"{label}:" above {low}', "zh": "“{label}:”大于{low}"},
    "below": {"en": '"{label}:" below {high}', "zh": "“{label}:”小于{high}"},
}
LEAST = {"en": "at least {k}", "zh": "至少{k}"}
EXACTLY = {"en": "exactly {k}", "zh": "恰好{k}"}
SEPARATOR = {"en": "; ", "zh": "；"}
QUOTED = {"en": '"{name}"', "zh": "“{name}”"}
LISTED = {"en": ", ", "zh": "、"}
FORMAT = {
    "en": "Give the titles of the documents, without their numbers.",
    "zh": "写出文档的标题，不写编号。",
}
EXAMPLES = {
    "en": ("A Voyage Round the Lighthouse", "Notes on Winter Barley"),
    "zh": ("灯塔环游记", "冬麦札记"),
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that is said in a question: its kind, and what it is filled with."""

    kind: str
    fields: Mapping[str, str]


def listed(names: Sequence[str], language: str) -> str:
    """Names in quotes, as a list.

    >>> listed(["os", "re"], "en")
    '"os", "re"'
    """
    return LISTED[language].join(QUOTED[language].format(name=name) for name in names)


def written(kind: str, fields: Mapping[str, str], unless: Sequence[Clause], language: str) -> str:
    """The question: what is asked, then what is left out."""
    said = [ASKED[kind][language].format(**fields)]
    said += [UNLESS[clause.kind][language].format(**clause.fields) for clause in unless]
    return ("" if language == "zh" else " ").join(said)
