"""Verbatim continuation: quote the sentence that stands next to a given one.

Near copies of the given sentence stand in other documents, each before another sentence, so
whoever matches roughly quotes the wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.edits import Edit
from golong_data.contexts.excerpts import around, excerpt
from golong_data.contexts.neighbours import neighbours
from golong_data.contexts.sampling import turn
from golong_data.contexts.sentences import gap_after
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import source
from golong_data.contexts.workspace import Workspace
from golong_data.solving import reading
from golong_data.tasks.generators import serving
from golong_data.tasks.retrieval import passages
from golong_data.tasks.retrieval.config import RetrievalConfig
from golong_data.tasks.retrieval.passages import Run, changed, runs
from golong_data.tasks.retrieval.planting import Target, draft
from golong_data.types import Draft, Generator, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

WHERE = {
    "en": {
        1: "directly after it",
        -1: "directly before it",
        2: "second after it, so that exactly one sentence stands between them",
        -2: "second before it, so that exactly one sentence stands between them",
        3: "third after it, so that exactly two sentences stand between them",
        -3: "third before it, so that exactly two sentences stand between them",
    },
    "zh": {
        1: "紧接在它后面的那一句",
        -1: "紧接在它前面的那一句",
        2: "它后面的第二句（两句之间恰好隔着一句）",
        -2: "它前面的第二句（两句之间恰好隔着一句）",
        3: "它后面的第三句（两句之间恰好隔着两句）",
        -3: "它前面的第三句（两句之间恰好隔着两句）",
    },
}
"""How a step is put into words."""

ASKED = {
    "en": 'One document holds exactly this sentence: "{given}" Quote the sentence that stands '
    "{where}.",
    "zh": "有一篇文档里有一句话与此一字不差：「{given}」请抄出{where}。",
}

EXAMPLES = {
    "en": "The harbour stayed closed until the ice had gone.",
    "zh": "那年冬天，河面一直结着厚厚的冰。",
}

WIDEST = 900
"""Tokens of an excerpt, at most."""

DONORS = 12
"""Documents that give names, words and clauses for changes, at least."""

LEAST = 24
"""Documents with quotable sentences before a corpus is asked for them."""


def make(work: Workspace, config: RetrievalConfig) -> Draft:
    """A sentence of a real document, and the one next to it as the answer."""
    found = target(work, config, twins=config.twins, others=config.neighbours)
    return draft(work, config, found)


def target(work: Workspace, config: RetrievalConfig, *, twins: int, others: int) -> Target:
    """Such a question with its excerpt, and excerpts of documents like the one it is about.

    `twins` of them hold a near copy of the given sentence; about the `others` the same
    could be asked.
    """
    rng, language, steps = work.rng, config.language, config.steps
    size = min(work.ctx // (6 + twins + others), WIDEST)
    run, at = turn(work, _items(work.corpus, steps, size))
    step = rng.choice([s for s in steps if 0 <= at + s < len(run.sentences)])
    given, gold = run.sentences[at].text, run.sentences[at + step].text
    near = _near(work, run, 4 * (twins + others))
    alike = _alike(work, run, near, twins + others, size, abs(step) + 1)
    words = _words(work, [*near, *(other.index for other in alike)])
    answer = gold
    if rng.random() < config.counterfactual:
        answer = changed(gold, words, rng) or gold
    blocks = [_excerpt(work, run, at, step, size, answer)]
    decoys = []
    for other in alike[:twins]:
        copy = changed(given, words, rng)
        blocks.append(_window(work, other, size, copy))
    for other in alike[twins:]:
        places = [i for i in range(len(other.sentences)) if 0 <= i + step < len(other.sentences)]
        decoys.append(worded(other.sentences[rng.choice(places)].text, step, language))
        blocks.append(_window(work, other, size, None))
    return Target(
        question=worded(given, step, language),
        example=EXAMPLES[language],
        gold=answer,
        blocks=tuple(blocks),
        once=(given, answer),
        never=(gold,) if answer != gold else (),
        decoys=tuple(decoys),
        counterfactual=int(answer != gold),
    )


def worded(given: str, step: int, language: str) -> str:
    """The question for the sentence that stands `step` sentences from a given one."""
    return ASKED[language].format(given=given, where=WHERE[language][step])


@lru_cache(maxsize=8)
def _items(corpus: Corpus, steps: tuple[int, ...], most: int) -> tuple[tuple[Run, int], ...]:
    """(run, place in it) of every sentence that can be given, of lines up to `most` tokens.

    First the first ones of all documents, then the second ones, and so on.
    """
    found = []
    for index in passages.quoted(serving(corpus, GENERATOR)):
        places = [
            (run, at)
            for run in runs(corpus, index)
            if run.n_tokens <= most
            for at in range(len(run.sentences))
            if any(0 <= at + step < len(run.sentences) for step in steps)
        ]
        found += list(enumerate(places))
    if not found:
        raise Refused("no sentence that can be given fits into the length asked for")
    return tuple(place for _, place in sorted(found, key=lambda item: item[0]))


def _near(work: Workspace, run: Run, n: int) -> list[int]:
    """Documents like a run, the nearest first: `n`, or as many as give words for changes."""
    about = " ".join(sentence.text for sentence in run.sentences)
    return neighbours(work.corpus, about, max(n, DONORS), without=frozenset({run.index}))


def _alike(
    work: Workspace, run: Run, near: Sequence[int], n: int, most: int, least: int
) -> list[Run]:
    """Up to `n` runs of `least` sentences or more, of as many documents, the nearest first."""
    pool = passages.quoted(serving(work.corpus, GENERATOR))
    found = {run.index: run}
    for index in [*near, *(work.rng.choice(pool) for _ in range(4 * n))]:
        fit = [
            r for r in runs(work.corpus, index) if r.n_tokens <= most and len(r.sentences) >= least
        ]
        if fit and len(found) <= n and index not in found:
            found[index] = work.rng.choice(fit)
    return list(found.values())[1:]


def _words(work: Workspace, indices: Sequence[int]) -> str:
    """All quotable text of some documents: names, words and clauses for changes come from there."""
    return " ".join(s.text for i in indices for r in runs(work.corpus, i) for s in r.sentences)


def _excerpt(work: Workspace, run: Run, at: int, step: int, size: int, answer: str) -> Block:
    """A window around both sentences, each sentence from one to the other marked."""
    src = source(work.corpus, run.index)
    low, high = sorted((at, at + step))
    shown = run.sentences[low : high + 1]
    gold = run.sentences[at + step]
    a, b = around(src, shown[0].start, shown[-1].end, size, work.rng)
    edits = [Edit(gold.start, gold.end, answer)] if answer != gold.text else []
    return excerpt(work, src, a, b, evidence=[(s.start, s.end) for s in shown], edits=edits)


def _window(work: Workspace, run: Run, size: int, near: str | None) -> Block:
    """A window around a run, a near copy of another sentence put between two of its own."""
    src = source(work.corpus, run.index)
    there = work.rng.choice(run.sentences[1:]).start
    a, b = around(src, there, there + 1, size, work.rng)
    edits = [Edit(there, there, near + gap_after(near))] if near else []
    return excerpt(work, src, a, b, edits=edits)


# --- the independent solver ---------------------------------------------------------------

_ASKED = (
    re.compile(r'holds exactly this sentence: "(.+)" Quote the sentence that stands (.+)\.$'),
    re.compile(r"与此一字不差：「(.+)」请抄出(.+)。$"),
)
_SENTENCE = re.compile(r"\S.*?(?:[.!?]+[\"”’)\]]*(?=\s|$)|[。！？]+[”’」』）]*)")


def solve(question: str, prompt: str) -> str | None:
    """Finds the sentence in the text, and counts sentences from there in its paragraph."""
    asked = next(filter(None, (pattern.search(question) for pattern in _ASKED)), None)
    if not asked:
        return None
    steps = {words: step for known in WHERE.values() for step, words in known.items()}
    text, step = reading.context(prompt), steps.get(asked[2])
    at = text.find(asked[1])
    if at < 0 or step is None or text.find(asked[1], at + 1) >= 0:
        return None
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    before, after = text[start:at], text[at + len(asked[1]) : end]
    found = split(before)[::-1] if step < 0 else split(after)
    return found[abs(step) - 1] if len(found) >= abs(step) else None


def split(line: str) -> list[str]:
    """The sentences of a line: each up to a mark that ends one before a space, or a Chinese one."""
    return _SENTENCE.findall(line)


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="two neighbouring plain sentences on one line",
    serves=passages.serves,
    least=LEAST,
)
