"""Global conflicts: all pairs of documents that contradict each other.

Documents state facts with a number in them; other documents hold remarks that tell such a
fact again, with the same number or with another. What is told again is reworded either way,
and only at the easy level does a remark name the document that it is about.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from golong_data.contexts.excerpts import Note, titled_apart
from golong_data.contexts.stitch import Block
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.asking import ask
from golong_data.tasks.exhaustive import overlap
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.passages import (
    Quote,
    affordable,
    folded,
    quoted_in,
    quotes,
    rivals,
    speaks,
    tells,
    terms,
    told_again,
)
from golong_data.tasks.exhaustive.planting import finish, scatter
from golong_data.tasks.generators import serving
from golong_data.types import Context, Draft, Generator, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

FACT_COST = 290
"""Tokens that a fact takes in a short context: its passage, the remark, and its window."""

PASSAGE = (90, 400)
"""Tokens of a passage, fewest and most."""

NUMBER = re.compile(
    r"(?<![\w.,:/-])(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d+)?(?![\w:/-]|[.,]\d)"
)
NUMERAL = re.compile(
    r"(?<![〇零一二两三四五六七八九十百千万第])[一二三四五六七八九][十百千万]+余?(?=[人骑军兵里员年岁步艘口座匹])"
)
"""A Chinese amount with what is counted behind it, so that only its first digit may change."""
_DIGITS = "二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Words:
    """The wording of one language."""

    remark: str
    named: str
    question: str
    answer_format: str
    element: str
    forbidden: tuple[str, ...]


WORDS: Mapping[str, Words] = {
    "en": Words(
        remark="Cross-check {round}: {fact}",
        named="Cross-check {round} with “{title}”: {fact}",
        question="Some documents hold remarks that start with “Cross-check {round}” and tell "
        "again, in other words or in the same, what a sentence of another document states. Some "
        "remarks give a number that differs from the one in that document. Which pairs of "
        "documents, the one with the remark and the one with the sentence, contradict each other?",
        answer_format='Each element is one pair as "Document m and Document n", with the numbers '
        "that stand above the documents, the smaller number first.",
        element="Document {} and Document {}",
        forbidden=("Cross-check",),
    ),
    "zh": Words(
        remark="核对{round}：{fact}",
        named="核对{round}“{title}”：{fact}",
        question="有些文档中有以“核对{round}”开头的批注，用相同或略有不同的话复述另一文档中某句所说的事。"
        "其中有的批注所给的数目与那个文档不符。哪些成对的文档（含批注的文档与含该句的文档）互相矛盾？",
        answer_format="每一项是一对文档，写作“文档 m 与文档 n”，m、n 是文档上方的编号，小的在前。",
        element="文档 {} 与文档 {}",
        forbidden=("核对",),
    ),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence with a number, and what a remark makes of it."""

    quote: Quote
    block: Block
    told: str
    """The remark's sentence."""
    conflict: bool


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Facts in their documents, and remarks elsewhere of which some give another number."""
    knobs, rng, words = config.knobs(), work.rng, WORDS[config.language]
    most = min(int(work.ctx * 0.75) // FACT_COST, affordable(work) // 2)
    conflicts = min(rng.randint(*knobs.conflicts), max(1, most // (1 + knobs.agreeing)))
    n = min(most, conflicts * (1 + knobs.agreeing))
    if n < 2:
        raise Refused("too little room for facts and remarks")
    size = min(max(int(work.ctx * 0.4) // n - 30, PASSAGE[0]), PASSAGE[1])
    name = rng.randint(100, 999)
    facts = _facts(work, config, n, conflicts, size)
    titles = {fact.quote.src.title for fact in facts}
    form = words.named if config.level == "easy" else words.remark
    notes = [
        Note(form.format(round=name, title=fact.quote.src.title, fact=fact.told), fact.conflict)
        for fact in facts
    ]
    hosts = scatter(work, notes, without=words.forbidden, share=0.35, exclude=titles)
    blocks = titled_apart([*(fact.block for fact in facts), *hosts])
    question = ask(
        words.question.format(round=name),
        words.answer_format,
        [words.element.format(1001, 1002), words.element.format(1003, 1007)],
        thinking=config.thinking,
    )
    draft = finish(
        work,
        config,
        "conflict",
        blocks,
        question,
        lambda context: [words.element.format(*pair) for pair in _pairs(context, facts)],
        forbidden=words.forbidden,
    )
    # The sentence and the remark, and nothing else that says the same or otherwise.
    text = folded(draft.context.text)
    if any(rivals(text, terms(f.quote.sentence.text)) != 2 for f in facts):
        raise Refused("another document says nearly the same")
    return draft


def _facts(
    work: Workspace, config: ExhaustiveConfig, n: int, conflicts: int, size: int
) -> list[Fact]:
    """`n` facts from different documents; the first ones are told wrongly."""
    found: list[Fact] = []
    documents = serving(work.corpus, GENERATOR)
    for quote in quotes(work, documents, _counts):
        conflict = len(found) < conflicts
        block = quoted_in(work, quote, size, evidence=conflict)
        if block is None:
            continue
        told = " ".join(quote.sentence.text.split())
        if config.knobs().reworded:
            told = told_again(told, config.language)
        changed = alter(told, work.rng)
        if changed is None:
            continue
        found.append(Fact(quote, block, changed if conflict else told, conflict))
        if len(found) == n:
            return found
    raise Refused("too few documents hold a sentence with a number")


def alter(text: str, rng: random.Random) -> str | None:
    """A sentence with one of its numbers changed to one of the same kind; None without any."""
    spots = [*NUMBER.finditer(text), *NUMERAL.finditer(text)]
    spots = [m for m in spots if text.count(m[0]) == 1]
    if not spots:
        return None
    spot = rng.choice(spots)
    return text[: spot.start()] + _another(spot[0], rng) + text[spot.end() :]


def _another(number: str, rng: random.Random) -> str:
    """Another number of about the same size, written in the same way."""
    if not number[0].isascii():
        return rng.choice([d for d in _DIGITS if d != number[0]]) + number[1:]
    digits = number.replace(",", "")
    whole, _, rest = digits.partition(".")
    value = int(whole)
    if not rest and "," not in number and 1000 <= value <= 2100:  # likely a year
        return str(value + rng.choice((-1, 1)) * rng.randint(1, 9))
    other = value
    while other == value:
        other = max(1, round(value * rng.uniform(0.6, 1.6)) + rng.choice((-1, 1)))
    written = f"{other:,}" if "," in number else str(other)
    return f"{written}.{rest}" if rest else written


def _counts(text: str) -> bool:
    return tells(text) and bool(NUMBER.search(text) or NUMERAL.search(text))


def _pairs(context: Context, facts: list[Fact]) -> list[tuple[int, int]]:
    """Document numbers of the sentence and of the remark, for each contradiction."""
    starts = [(m.start(), int(m[1])) for m in overlap.HEADER.finditer(context.text)]

    def number(at: int) -> int:
        return max((start, k) for start, k in starts if start < at)[1]

    found = []
    for fact in facts:
        if fact.conflict:
            sentence = context.text.find(fact.quote.sentence.text)
            remark = context.text.find(fact.told)
            found.append(tuple(sorted((number(sentence), number(remark)))))
    return sorted((a, b) for a, b in found)


# --- the independent solver ---------------------------------------------------------------

_REMARK = re.compile(
    r"^(?:Cross-check |核对)\d{3}(?: with “(.+?)”|“(.+?)”)?[:：] ?(.+)$", re.MULTILINE
)
_VALUE = re.compile(r"\d[\d,]*(?:\.\d+)?|[一二三四五六七八九十百千万]{2,}")


def solve(question: str, prompt: str) -> tuple[str, ...] | None:
    """Every remark against the one sentence of another document that is most like it."""
    if not re.search(r"“(?:Cross-check |核对)\d{3}”", question):
        return None
    remarks, stated = [], []
    for number, _, text in overlap.numbered(prompt):
        remarks += [(number, m[3]) for m in _REMARK.finditer(text)]
        for piece in overlap.pieces(_REMARK.sub("", text)):
            stated.append((number, overlap.words(piece), _values(piece)))
    pair = "文档 {} 与文档 {}" if "核对" in question else "Document {} and Document {}"
    found = set()
    for number, remark in remarks:
        words = overlap.words(remark)
        like = [(k, values) for k, here, values in stated if overlap.alike(words, here)]
        if len(like) != 1:
            continue
        if like[0][1] != _values(remark):
            found.add((min(number, like[0][0]), max(number, like[0][0])))
    return tuple(pair.format(*numbers) for numbers in sorted(found)) or None


def _values(text: str) -> list[str]:
    return sorted(value.replace(",", "") for value in _VALUE.findall(text))


def _serves(corpus: Corpus, index: int) -> bool:
    return not corpus.is_table(index) and speaks(corpus.text(index), _counts)


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="a plain sentence with a number in its first paragraphs",
    serves=_serves,
    least=40,
)
