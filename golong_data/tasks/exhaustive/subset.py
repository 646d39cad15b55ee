"""Members of a subset: the documents that meet a criterion, among many that nearly do.

The criterion is a pair of names that occur in one document (or in one line of it), the
value that a document states for a label, a module that it imports, a class that it derives
from. Documents are short windows of real ones. What counts is decided on the windows as
they are shown, and no filler holds what the criterion turns on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from golong_data.contexts.excerpts import around, excerpt, titled_apart
from golong_data.contexts.stitch import Block, stitch
from golong_data.contexts.windows import Source, source
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.asking import ask, differs
from golong_data.tasks.exhaustive import clusters
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.criteria import (
    LATIN,
    Candidate,
    Criterion,
    by_label,
    by_pair,
    by_statement,
    spelt,
)
from golong_data.tasks.exhaustive.wording import read
from golong_data.tasks.reading import documents
from golong_data.types import Draft, Generator, MetricSpec, Refused

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

WINDOW = (75, 700)
"""Tokens of a document shown, fewest and most."""

MOST = 60
"""Documents shown beside the filler, at most."""

SHARE = 12
"""One document in so many is a member, at most: to list them all must not pay."""

DRAWS = 12
"""Criteria that are tried for one question."""

ENOUGH = 20
"""Traits that a corpus must know before questions on that kind are asked."""

HEADER = 16
"""Tokens of a heading, about."""

_HEADING = re.compile(r"^\[(?:Document|文档) \d+\] .*$", re.MULTILINE)
_STOP = re.compile(r"[.!?][\"”’)]*\s+|[。！？][”’」』]*|\n+")

ASKED = {
    "pair": {
        "en": 'In which documents do both "{one}" and "{two}" occur, spelt so, in the text '
        "below the heading?",
        "zh": "在哪些文档的正文（标题行以下）中，“{one}”与“{two}”（以此字样为准）都出现了？",
    },
    "line": {
        "en": 'In which documents do "{one}" and "{two}", spelt so, occur together in '
        "one and the same line of the text below the heading?",
        "zh": "在哪些文档的正文（标题行以下）中，“{one}”与“{two}”（以此字样为准）"
        "出现在同一行（自然段）内？",
    },
    "without": {
        "en": 'In which documents does "{one}" occur, spelt so, in the text below the heading, but '
        '"{two}" does not?',
        "zh": "在哪些文档的正文（标题行以下）中，出现了“{one}”（以此字样为准）但没有出现“{two}”？",
    },
    "label": {
        "en": 'Which documents state exactly "{value}" on a line that starts with "{label}:"?',
        "zh": "哪些文档在以“{label}:”开头的行中给出的值恰好是“{value}”？",
    },
    "import": {
        "en": 'Which documents import the module "{name}" by a statement of one line at the left '
        'margin, "import {name}" (with or without "as") or "from {name} import ..."? Indented '
        "statements, submodules of it and mere mentions do not count.",
        "zh": "哪些文档在行首（无缩进）用一行语句导入了模块“{name}”，即“import {name}”（可带 as）或"
        "“from {name} import ...”？缩进的语句、其子模块以及单纯提及都不算。",
    },
    "base": {
        "en": "Which documents define a class, at the left margin and on one line, that names "
        '"{name}" itself among its bases? Mere mentions and names that only contain it do not '
        "count.",
        "zh": "哪些文档在行首（无缩进）用一行 class 语句定义了基类中直接列出“{name}”的类？"
        "单纯提及以及仅包含该名称的其他名称不算。",
    },
}
FORMAT = {
    "en": "Give the titles of the documents, without their numbers.",
    "zh": "写出文档的标题，不写编号。",
}
EXAMPLES = {
    "en": ("A Voyage Round the Lighthouse", "Notes on Winter Barley"),
    "zh": ("灯塔环游记", "冬麦札记"),
}


def serves(corpus: Corpus, index: int) -> bool:
    """Prose of some length."""
    return not corpus.is_table(index) and int(corpus.n_tokens[index]) >= 60


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """Windows of many documents, and which of them meet a criterion."""
    n = min(MOST, max(1, (work.ctx - 600) * 3 // 5 // WINDOW[0]))
    size = min(WINDOW[1], max(WINDOW[0], (work.ctx - 600) * 3 // 5 // n))
    fewest, most = config.knobs().members
    most = max(2, min(most, n // SHARE))
    wanted = work.rng.randint(max(2, min(fewest, most)), most)
    for left in reversed(range(DRAWS)):
        try:
            criterion = _draw(work, config, wanted, n)
            blocks = _windows(work, criterion, wanted, n, size)
        except Refused:
            if not left:
                raise
            continue
        # A single member is an answer only where nothing better was found.
        if sum(bool(block.evidence) for block in blocks) > 1 or left < DRAWS // 4:
            break
    gold = tuple(sorted(block.title for block in blocks if block.evidence))
    question = ASKED[criterion.kind][config.language].format(**criterion.fields)
    example = EXAMPLES[config.language]
    if not differs(example, gold) or len({title.casefold() for title in gold}) < len(gold):
        raise Refused("titles that cannot be told apart")
    variables = ask(question, FORMAT[config.language], example, thinking=config.thinking)
    context = stitch(
        work,
        blocks,
        work.room(variables),
        forbidden=criterion.forbidden,
        language=config.language,
    )
    for needle in criterion.forbidden:
        if _below_headings(context.text, needle) != sum(b.body.count(needle) for b in blocks):
            raise Refused("filler holds what the question turns on")
    return Draft(
        context=context,
        question=variables,
        gold=gold,
        metric=MetricSpec("f1"),
        subtask="subset",
        counterfactual=len(gold) if criterion.rename else _changed(criterion, blocks),
        difficulty=config.level,
        language=config.language,
    )


def _below_headings(text: str, needle: str) -> int:
    """How often a string stands in a context, the lines above its documents left out."""
    return text.count(needle) - sum(m[0].count(needle) for m in _HEADING.finditer(text))


def _draw(work: Workspace, config: ExhaustiveConfig, wanted: int, n: int) -> Criterion:
    """A criterion of a random kind that the corpus knows."""
    corpus = work.corpus
    kinds: list[Callable[[], Criterion]] = []
    if clusters.labels(corpus):
        kinds.append(lambda: by_label(work, config, wanted, n))
    if len(clusters.imports(corpus)) > ENOUGH:
        kinds.append(lambda: by_statement(work, config, "import", n))
        kinds.append(lambda: by_statement(work, config, "base", n))
    if len(clusters.names(corpus)) > ENOUGH or not kinds:
        kinds.append(lambda: by_pair(work, config, wanted, n))
    return work.rng.choice(kinds)()


def _windows(work: Workspace, criterion: Criterion, wanted: int, n: int, size: int) -> list[Block]:
    """Windows of documents; those of members have evidence.

    What a window shows decides whether it is a member, not what its document holds.
    """
    rng = work.rng
    members: list[Block] = []
    others: list[Block] = []
    taken: set[int] = set()
    tokens = 0
    for candidate in [
        *rng.sample(criterion.members, len(criterion.members)),
        *rng.sample(criterion.near, len(criterion.near)),
    ]:
        if len(members) + len(others) >= n or tokens > (work.ctx - 600) * 3 // 4:
            break
        src = source(work.corpus, candidate.index)
        if candidate.index in taken or (criterion.rename and criterion.rename[0] in src.title):
            continue
        block, cost = _window(work, src, candidate, size)
        span = criterion.rests_on(block.body)
        if not block.body or (span and len(members) >= wanted):
            continue
        taken.add(candidate.index)
        tokens += cost + HEADER
        if span:
            members.append(replace(block, evidence=(span,)))
        else:
            others.append(block)
    if not members or len(others) < 2 * len(members):
        raise Refused("too few documents meet the criterion or come near it")
    blocks = titled_apart([*members, *others])
    if criterion.rename:
        if any(criterion.rename[1] in block.body for block in blocks):
            raise Refused("a new name stands in the documents")
        blocks = [_renamed(block, *criterion.rename) for block in blocks]
    return blocks


def _window(work: Workspace, src: Source, candidate: Candidate, size: int) -> tuple[Block, int]:
    """A window around a place, with about so many tokens.

    It is cut between segments, or between sentences where segments are long.
    """
    a, b = around(src, candidate.start, candidate.end, size, work.rng)
    tokens = int(src.before[b] - src.before[a])
    if tokens <= 2 * size:
        return excerpt(work, src, a, b, edits=candidate.edits), tokens
    chars = int(size * len(src.text) / src.n_tokens) - (candidate.end - candidate.start)
    ahead = int(work.rng.random() * max(chars, 0))
    low, high = candidate.start - ahead, candidate.end + max(chars, 0) - ahead
    starts = [m.end() for m in _STOP.finditer(src.text, max(0, low), candidate.start)]
    stops = [m.end() for m in _STOP.finditer(src.text, candidate.end, max(0, high))]
    body = src.text[
        starts[0] if starts else candidate.start : stops[-1] if stops else candidate.end
    ]
    return Block(src.id, src.title, "" if candidate.edits else body.strip()), size


def _changed(criterion: Criterion, blocks: Sequence[Block]) -> int:
    """Members whose value was changed."""
    edited = {c.index for c in criterion.members if c.edits}
    return min(len(edited), sum(bool(block.evidence) for block in blocks))


def _renamed(block: Block, old: str, new: str) -> Block:
    ends = [m.end() for m in spelt(old).finditer(block.body)]

    def moved(position: int) -> int:
        return position + (len(new) - len(old)) * sum(end <= position for end in ends)

    spans = tuple((moved(a), moved(b)) for a, b in block.evidence)
    body = spelt(old).sub(lambda _: new, block.body)
    return replace(block, body=body, evidence=spans, n_tokens=None)


# --- the independent solver ---------------------------------------------------------------


def solve(question: str, prompt: str) -> tuple[str, ...] | None:
    """Judges every document of the prompt by the criterion that the question states."""
    for kind, wordings in ASKED.items():
        for wording in wordings.values():
            asked = read(wording, question)
            if asked:
                texts = documents(prompt)
                found = [title for title, text in texts.items() if _meets(kind, asked, text)]
                return tuple(sorted(found)) or None
    return None


def _meets(kind: str, asked: Mapping[str, str], text: str) -> bool:
    lines = text.split("\n")
    if kind == "pair":
        return _holds(text, asked["one"]) and _holds(text, asked["two"])
    if kind == "without":
        return _holds(text, asked["one"]) and not _holds(text, asked["two"])
    if kind == "line":
        return any(_holds(line, asked["one"]) and _holds(line, asked["two"]) for line in lines)
    if kind == "label":
        return f"{asked['label']}: {asked['value']}" in lines
    if kind == "import":
        return any(_imports(line.split(), asked["name"]) for line in lines if line[:1] != " ")
    heads = [line for line in lines if line.startswith("class ") and "):" in line]
    bases = [head.partition("(")[2].partition(")")[0].split(",") for head in heads]
    return any(asked["name"] == base.strip() for found in bases for base in found)


def _holds(text: str, name: str) -> bool:
    """Whether a name stands in a text; one of Latin letters between other characters."""
    at = text.find(name)
    while at >= 0:
        beside = text[at - 1 : at] + text[at + len(name) : at + len(name) + 1]
        if not LATIN.search(name) or not any(c.isalnum() or c == "_" for c in beside):
            return True
        at = text.find(name, at + 1)
    return False


def _imports(words: Sequence[str], name: str) -> bool:
    if words[:1] == ["import"]:
        return words[1:] == [name] or (words[1:3] == [name, "as"] and len(words) == 4)
    return words[:1] == ["from"] and words[1:3] == [name, "import"]


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="prose of 60 tokens or more",
    serves=serves,
    least=20,
)
