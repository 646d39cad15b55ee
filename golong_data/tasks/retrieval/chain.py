"""Key chains: each key names the next, the last one holds the question.

The notes are scattered over real documents. Decoy chains, whose keys begin like those of the
right one, lead to other questions, whose answers are in the context as well. Only who
follows every hop knows which question is meant.

After the key chains of LoongRL (arXiv 2510.19363), with real questions at every end.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Sequence

from golong_data.contexts.notes import Note, scatter_bundled
from golong_data.contexts.workspace import Workspace
from golong_data.solving import reading
from golong_data.tasks.generators import able_to_serve
from golong_data.tasks.retrieval import continuation, records
from golong_data.tasks.retrieval.config import RetrievalConfig
from golong_data.tasks.retrieval.planting import Target, draft
from golong_data.tasks.retrieval.wording import HOLDS, KEY_MARKS, LEADS
from golong_data.types import Draft, Refused

ASKED = {
    "en": "Notes in the documents lead from key to key. Start at key {key}, follow the notes "
    "until a key holds a question, and answer that question.",
    "zh": "文档中散布着一些便条，由一个密钥指向下一个密钥。请从密钥{key}出发，依次追踪，"
    "直到某个密钥对应一个问题，然后回答那个问题。",
}

SHORT = 6_000
"""Below so many tokens there are at most two decoys."""

MOST_RECORDS = 16
"""Records for a chain to end at: the chain is the point."""

MOST_TOKENS = 12_000
"""Tokens of notes and the excerpts around them, at most."""


def make(work: Workspace, config: RetrievalConfig) -> Draft:
    """A question at the end of a chain of keys."""
    rng = work.rng
    decoys = min(config.decoys, 2) if work.ctx < SHORT else config.decoys
    end = _end(work, config, decoys)
    if len(end.decoys) < decoys:
        raise Refused("there are too few other questions for the decoy chains")
    chains = keys(1 + decoys, rng.randint(*config.hops) + 1, config.shared, rng)
    questions = [end.question, *rng.sample(end.decoys, decoys)]
    notes = [
        Note(text, chain is chains[0])
        for chain, question in zip(chains, questions, strict=True)
        for text in _notes(chain, question, config.language, rng)
    ]
    mark = KEY_MARKS[config.language]
    marks = tuple(mark.format(key=key) for chain in chains for key in chain)
    taken = [block.doc_id for block in end.blocks]
    tokens = min(work.ctx // 3, MOST_TOKENS)
    without = (*marks, *end.forbidden, *end.once)
    blocks = scatter_bundled(work, [*notes, *end.notes], tokens, without=without, exclude=taken)
    asked = Target(
        question=ASKED[config.language].format(key=chains[0][0]),
        example=end.example,
        gold=end.gold,
        blocks=end.blocks,
        forbidden=(*marks, *end.forbidden),
        once=end.once,
        never=end.never,
        counterfactual=end.counterfactual,
    )
    return draft(work, config, asked, blocks=blocks, quoting=[n.text for n in notes])


def _end(work: Workspace, config: RetrievalConfig, decoys: int) -> Target:
    """What the last key asks: to quote a sentence where there are such, or for a record."""
    if able_to_serve(work.corpus, continuation.GENERATOR) and work.rng.random() < 0.5:
        return continuation.target(work, config, twins=0, others=decoys)
    return records.target(work, config, most=MOST_RECORDS)


def keys(n: int, length: int, shared: int, rng: random.Random) -> list[list[str]]:
    """`n` chains of as many different keys; at each place all begin with `shared` characters."""
    chains: list[list[str]] = [[] for _ in range(n)]
    seen: set[str] = set()
    for _ in range(length):
        start = f"{rng.getrandbits(32):08x}"[:shared]
        for chain in chains:
            key = ""
            while not key or key in seen:
                key = start + f"{rng.getrandbits(32):08x}"[shared:]
            seen.add(key)
            chain.append(key)
    return chains


def _notes(chain: Sequence[str], question: str, language: str, rng: random.Random) -> list[str]:
    """Its notes in order, each in any of the forms."""
    leads = [
        rng.choice(LEADS[language]).format(key=key, next=following)
        for key, following in itertools.pairwise(chain)
    ]
    return [*leads, rng.choice(HOLDS[language]).format(key=chain[-1], question=question)]


# --- the independent solver ---------------------------------------------------------------

_START = re.compile(r"Start at key ([0-9a-f]{8}),|请从密钥([0-9a-f]{8})出发")
_KEY = re.compile(r"(?:[Kk]ey |密钥)([0-9a-f]{8})")
_BACKWARD = re.compile(r"comes after|is where|^The way to|follows from|引出|接在|正是")
"""Words of a note that names the later key first."""
_LAST = (
    re.compile(r"^[^:：]*(?:[Kk]ey |密钥)([0-9a-f]{8})[^:：]*[:：] ?(?P<asked>.+)$"),
    re.compile(
        r"^(?P<asked>.+[.?。？]) ?(?:This is |So asks |这就是|)(?:.*[Kk]ey |密钥)([0-9a-f]{8})"
    ),
)


def solve(question: str, prompt: str) -> str | None:
    """Follows the notes, then answers the question at their end without the notes in the text."""
    start = _START.search(question)
    if not start:
        return None
    following, asked, rest = _read(reading.context(prompt))
    key = start[1] or start[2]
    for _ in range(len(following)):
        key = following.get(key, key)
    if key not in asked:
        return None
    text = f"{rest}\nQuestion: {asked[key]}"
    found = continuation.solve(asked[key], text)
    return records.solve(asked[key], text) if found is None else found


def _read(text: str) -> tuple[dict[str, str], dict[str, str], str]:
    """Key -> next key, key -> question, and the text without the notes that hold questions."""
    following: dict[str, str] = {}
    asked: dict[str, str] = {}
    rest = []
    for line in text.split("\n"):
        keys = _KEY.findall(line)
        held = next(filter(None, (pattern.match(line) for pattern in _LAST)), None)
        if len(keys) == 2:
            first, second = keys[::-1] if _BACKWARD.search(line) else keys
            following[first] = second
        if len(keys) == 1 and held:
            asked[keys[0]] = held["asked"]
        else:
            rest.append(line)
    return following, asked, "\n".join(rest)
