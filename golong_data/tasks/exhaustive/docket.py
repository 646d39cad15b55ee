"""Remarks out of a numbered docket: one fact told again, put in one of many ways."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from golong_data.material.rewording import capital, lower


@dataclass(frozen=True, slots=True)
class Words:
    """The wording of one language."""

    docket: str
    """How a docket is called."""
    about: str
    """Said behind that, where it is said which document a remark is on."""
    whole: tuple[str, ...]
    """Forms around a whole sentence, `fact`. `Docket` is `docket` with a capital."""
    part: tuple[str, ...]
    """Forms that go on with the sentence: `told` starts small and has no full stop."""
    question: str
    answer_format: str
    element: str
    forbidden: tuple[str, ...]


WORDS: Mapping[str, Words] = {
    "en": Words(
        docket="docket {docket}",
        about=" on “{title}”",
        whole=(
            "{Docket}: {fact}",
            "{Docket} says: {fact}",
            "{Docket} reads as follows. {fact}",
            "In {docket} we read: {fact}",
            "As entered in {docket}: {fact}",
            "Compare {docket}: {fact}",
            "From {docket}: “{fact}”",
            "{fact} So says {docket}.",
            "{fact} (From {docket}.)",
            "{fact} Thus {docket}.",
        ),
        part=(
            "According to {docket}, {told}.",
            "{Docket} has it that {told}.",
            "We find in {docket} that {told}.",
            "As {docket} puts it, {told}.",
            "It says in {docket} that {told}.",
        ),
        question="Some documents hold remarks that are taken from docket {docket} and name it. "
        "Each tells again, in other words or in the same, what a sentence of another document "
        "states, and some give a number that differs from the one in that sentence. Other dockets "
        "do not count. Which pairs of documents, the one with the remark from docket {docket} and "
        "the one with the sentence, contradict each other?",
        answer_format='Each element is one pair as "Document m and Document n", with the numbers '
        "that stand above the documents, the smaller number first.",
        element="Document {} and Document {}",
        forbidden=("docket ", "Docket "),
    ),
    "zh": Words(
        docket="卷宗{docket}",
        about="“{title}”条",
        whole=(
            "{docket}：{fact}",
            "{docket}载：{fact}",
            "{docket}有云：{fact}",
            "{docket}所记如下：{fact}",
            "据{docket}：{fact}",
            "查{docket}，有这样一句：{fact}",
            "按{docket}的说法：{fact}",
            "参见{docket}：{fact}",
            "{fact}语出{docket}。",
            "{fact}（见{docket}）",
            "{fact}此据{docket}。",
            "{fact}{docket}是这样写的。",
        ),
        part=(),
        question="有些文档中有摘自卷宗{docket}并注明出处的批注，各用相同或略有不同的话复述另一文档中某句"
        "所说的事，其中有的所给的数目与那句不符。其他卷宗不算。哪些成对的文档（含摘自卷宗{docket}的"
        "批注的文档与含该句的文档）互相矛盾？",
        answer_format="每一项是一对文档，写作“文档 m 与文档 n”，m、n 是文档上方的编号，小的在前。",
        element="文档 {} 与文档 {}",
        forbidden=("卷宗",),
    ),
}


def remark(fact: str, words: Words, docket: int, title: str, rng: random.Random) -> str:
    """A sentence as told in a docket, in one of the forms; with `title` it names its document.

    Only a sentence whose first word is written small within others can go on behind other words.
    """
    name = words.docket.format(docket=docket)
    name += words.about.format(title=title) if title else ""
    told = lower(fact)
    forms = words.whole + (words.part if told != fact and fact.endswith(".") else ())
    return rng.choice(forms).format(
        docket=name, Docket=capital(name), fact=fact, told=told.removesuffix(".")
    )
