"""The n-th reply to a repeated request: a conversation runs through the documents, in parts.

The user asks again and again for a passage about the same subject and is given a different
one each time. Between them come requests about other subjects and for a single sentence
about the same one. Every reply is text of the corpus, so nothing but the order of the
requests says which is meant.

After multi-round co-reference resolution (MRCR, arXiv 2409.12640), with real text as replies.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from golong_data.contexts.neighbours import neighbours
from golong_data.contexts.sampling import turn
from golong_data.contexts.sentences import joined
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import GAP
from golong_data.contexts.workspace import Workspace
from golong_data.solving import reading
from golong_data.tasks.generators import serving
from golong_data.tasks.retrieval import passages
from golong_data.tasks.retrieval.config import RetrievalConfig
from golong_data.tasks.retrieval.continuation import EXAMPLES, LEAST, split
from golong_data.tasks.retrieval.passages import Run, runs
from golong_data.tasks.retrieval.planting import Target, draft
from golong_data.tasks.retrieval.wording import REQUESTS, THINGS, Form
from golong_data.types import Draft, Generator

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

EXCHANGE = {"en": "User: {request}\nAssistant: {reply}", "zh": "用户：{request}\n助手：{reply}"}
MARKS = {"en": ("User: ", "Assistant: "), "zh": ("用户：", "助手：")}
"""What no filler may hold."""

TITLE = {"en": "Conversation {number}, part {part}", "zh": "对话{number}，第{part}部分"}

SAME = {
    "en": "Conversation {number} runs through the documents in parts. In it the user makes the "
    'request "{request}" several times. Quote the {end} sentence of the {place} reply to it.',
    "zh": "文档中穿插着对话{number}，分成若干部分。用户在其中多次提出同一个要求：“{request}”"
    "请抄出助手{place}答复这个要求时所说的{end}一句。",
}
ANY_WORDS = {
    "en": "Conversation {number} runs through the documents in parts. In it the user asks several "
    "times, in different words, for a passage about “{about}”. Quote the {end} sentence of the "
    "{place} reply to such a request; requests for a single sentence do not count.",
    "zh": "文档中穿插着对话{number}，分成若干部分。用户在其中多次用不同的说法要求看一段关于"
    "「{about}」的文字。请抄出助手{place}答复这类要求时所说的{end}一句；"
    "只要一句话的要求不算在内。",
}
ENDS = {"en": {0: "first", -1: "last"}, "zh": {0: "第", -1: "最后"}}
"""Which sentence of a reply, by its place in it."""

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_DIGITS = "一二三四五六七八"
PLACES = {
    "en": {
        **dict(enumerate(_ORDINALS)),
        -1: "last",
        **{-i - 1: f"{word}-to-last" for i, word in enumerate(_ORDINALS) if i},
    },
    "zh": {
        **{i: f"第{digit}次" for i, digit in enumerate(_DIGITS)},
        -1: "最后一次",
        **{-i - 1: f"倒数第{digit}次" for i, digit in enumerate(_DIGITS) if i},
    },
}
"""Which reply, by its place among those to the request; from the end below 0."""

EACH = 130
"""Tokens of an exchange, about."""

SHARE = 0.45
"""Share of a short context that the conversation takes, at most."""

PASSAGE = (2, 3)
"""Sentences of a passage, fewest and most."""

ENOUGH = 4
"""Passages that a document must have room for."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and the sentences of its reply."""

    request: str
    reply: tuple[str, ...]


def make(work: Workspace, config: RetrievalConfig) -> Draft:
    """A conversation in parts, and a sentence of one of its replies."""
    rng, language = work.rng, config.language
    run, at = turn(work, _items(work.corpus))
    # A sentence with one after it can open a passage, one with one before it can close it.
    end = rng.choice([0] * (at + 1 < len(run.sentences)) + [-1] * (at > 0))
    asked, others, singles = _cut(runs(work.corpus, run.index), run, at, end, rng)
    fewest, most = (min(n, 1 + len(others)) for n in config.repeats)
    replies = rng.sample(others, rng.randint(fewest, most) - 1)
    place = rng.randrange(len(replies) + 1)
    replies.insert(place, asked)
    frames = REQUESTS[language] if config.paraphrased else [rng.choice(REQUESTS[language])]
    about = work.corpus.title(run.index)

    def request(form: Form, subject: str) -> str:
        return rng.choice(frames).format(thing=THINGS[language][form], about=subject)

    counted = [Exchange(request("passage", about), reply) for reply in replies]
    between = [
        Exchange(request("sentence", about), reply) for reply in singles[: len(counted) // 2]
    ]
    room = max(int(work.ctx * SHARE) // EACH, len(counted) + 4)
    n = rng.randint(min(config.exchanges[0], room), min(config.exchanges[1], room))
    for form, subject, reply in _elsewhere(work, run, n - len(counted) - len(between)):
        between.append(Exchange(request(form, subject), reply))
    exchanges = _merged(counted, between, rng)
    from_end = config.from_end and rng.random() < 0.5
    first, last = (place, len(counted)) if from_end else (0, place + 1)
    evidence = counted[first:last]
    number = rng.randint(1_000, 9_999)
    asked_for = (ANY_WORDS if config.paraphrased else SAME)[language].format(
        number=number,
        request=counted[place].request,
        about=about,
        end=ENDS[language][end],
        place=PLACES[language][place - len(counted) if from_end else place],
    )
    gold = asked[end]
    return draft(
        work,
        config,
        Target(
            question=asked_for,
            example=EXAMPLES[language],
            gold=gold,
            blocks=tuple(_parts(work, number, exchanges, evidence, counted[place], gold, language)),
            forbidden=MARKS[language],
            once=(gold,),
        ),
    )


# --- replies from the corpus --------------------------------------------------------------


def serves(corpus: Corpus, index: int) -> bool:
    """Whether a document has passages enough to be asked for several times."""
    return passages.serves(corpus, index) and _enough(runs(corpus, index))


def _enough(found: Sequence[Run]) -> bool:
    return sum(len(run.sentences) // PASSAGE[0] for run in found) >= ENOUGH


@lru_cache(maxsize=4)
def _items(corpus: Corpus) -> tuple[tuple[Run, int], ...]:
    """(run, place in it) of every sentence of the documents that serve.

    First the first ones of all documents, then the second ones, and so on.
    """
    found = []
    for index in passages.quoted(serving(corpus, GENERATOR)):
        places = [(run, at) for run in runs(corpus, index) for at in range(len(run.sentences))]
        found += list(enumerate(places))
    return tuple(place for _, place in sorted(found, key=lambda item: item[0]))


Reply = tuple[str, ...]


def _cut(
    found: Sequence[Run], run: Run, at: int, end: int, rng: random.Random
) -> tuple[Reply, list[Reply], list[Reply]]:
    """A document's runs cut into replies: the asked passage, other passages, single sentences.

    The asked one has the sentence `at` as its first (`end` 0) or last (-1). No sentence is in
    two replies.
    """
    texts = [sentence.text for sentence in run.sentences]
    if end == 0:
        a, b = at, min(at + rng.randint(*PASSAGE), len(texts))
    else:
        a, b = max(0, at + 1 - rng.randint(*PASSAGE)), at + 1
    rest = [texts[:a], texts[b:]]
    rest += [[s.text for s in other.sentences] for other in found if other != run]
    others: list[Reply] = []
    singles: list[Reply] = []
    for sentences in rest:
        while len(sentences) >= PASSAGE[0]:
            size = rng.randint(*PASSAGE)
            others.append(tuple(sentences[:size]))
            sentences = sentences[size:]
        singles += [(text,) for text in sentences]
    return tuple(texts[a:b]), others, singles


def _elsewhere(work: Workspace, run: Run, n: int) -> list[tuple[Form, str, Reply]]:
    """`n` replies about other subjects, near ones first: (form, subject, sentences)."""
    corpus, rng = work.corpus, work.rng
    about = f"{corpus.title(run.index)} {run.sentences[0].text}"
    near = neighbours(corpus, about, 4 + n // 3, without=frozenset({run.index}))
    pool = passages.quoted(serving(corpus, GENERATOR))
    subjects = {corpus.title(run.index)}
    found: list[tuple[Form, str, Reply]] = []
    for index in [*near, *(rng.choice(pool) for _ in range(n))]:
        subject = corpus.title(index)
        if subject in subjects or len(found) >= n:
            continue
        subjects.add(subject)
        for other in rng.sample(runs(corpus, index), min(3, len(runs(corpus, index)))):
            texts = [sentence.text for sentence in other.sentences]
            if rng.random() < 0.25:
                found.append(("sentence", subject, (rng.choice(texts),)))
            else:
                found.append(("passage", subject, tuple(texts[: rng.randint(*PASSAGE)])))
    return found[:n]


# --- the conversation ---------------------------------------------------------------------


def _merged(
    counted: Sequence[Exchange], between: Sequence[Exchange], rng: random.Random
) -> list[Exchange]:
    """All exchanges in random order, but the counted ones in theirs."""
    marks = [True] * len(counted) + [False] * len(between)
    rng.shuffle(marks)
    rest = iter(rng.sample(between, len(between)))
    mine = iter(counted)
    return [next(mine if mark else rest) for mark in marks]


def _parts(
    work: Workspace,
    number: int,
    exchanges: Sequence[Exchange],
    evidence: Sequence[Exchange],
    asked: Exchange,
    gold: str,
    language: str,
) -> list[Block]:
    """The conversation as blocks in order; marked are the requests counted, and the gold."""
    n = min(len(exchanges), max(2, work.ctx // 1_000))
    cuts = [i * len(exchanges) // n for i in range(n + 1)]
    blocks = []
    for part, (a, b) in enumerate(itertools.pairwise(cuts), 1):
        texts, spans, start = [], [], 0
        for exchange in exchanges[a:b]:
            reply = joined(exchange.reply)
            text = EXCHANGE[language].format(request=exchange.request, reply=reply)
            if exchange in evidence:
                spans.append((start, start + text.index("\n")))
            if exchange is asked:
                at = start + text.rindex(gold)
                spans.append((at, at + len(gold)))
            texts.append(text)
            start += len(text) + len(GAP)
        title = TITLE[language].format(number=number, part=part)
        blocks.append(
            Block(
                f"conversation/{part}", title, GAP.join(texts), tuple(spans), series="conversation"
            )
        )
    return blocks


# --- the independent solver ---------------------------------------------------------------

_SAME = (
    re.compile(r'makes the request "(.+)" several times\. Quote the (\S+) sentence of the (\S+) '),
    re.compile(r"同一个要求：“(.+)”请抄出助手(\S+?)答复这个要求时所说的(第|最后)一句。$"),
)
_ANY = (
    re.compile(
        r"different words, for a passage about “(.+)”\. Quote the (\S+) sentence of the (\S+) reply"
    ),
    re.compile(
        r"要求看一段关于「(.+)」的文字。请抄出助手(\S+?)答复这类要求时所说的(第|最后)一句；"
    ),
)
_EXCHANGE = re.compile(r"^(?:User: |用户：)(.+)\n(?:Assistant: |助手：)(.+)$", re.MULTILINE)


def solve(question: str, prompt: str) -> str | None:
    """Reads the conversation, keeps the replies to the request, counts."""
    for patterns, exact in ((_SAME, True), (_ANY, False)):
        for language, pattern in zip(("en", "zh"), patterns, strict=True):
            asked = pattern.search(question)
            if asked:
                what, end, place = asked[1], asked[2], asked[3]
                if language == "zh":
                    end, place = place, end
                replies = _replies(prompt, what, language, exact=exact)
                return _sentence(replies, end, place, language)
    return None


def _replies(prompt: str, what: str, language: str, *, exact: bool) -> list[str]:
    """The replies to a request, or to any request for a passage about something."""
    quoted = {"en": f"“{what}”", "zh": f"「{what}」"}[language]
    passage = {"en": "a passage", "zh": "一段"}[language]
    return [
        reply
        for request, reply in _EXCHANGE.findall(reading.context(prompt))
        if (request == what if exact else passage in request.replace(quoted, "", 1) != request)
    ]


def _sentence(replies: Sequence[str], end: str, place: str, language: str) -> str | None:
    at = next((at for at, words in PLACES[language].items() if words == place), None)
    if at is None or not -len(replies) <= at < len(replies):
        return None
    sentences = split(replies[at])
    return sentences[0 if end in ("first", "第") else -1] if sentences else None


GENERATOR = Generator(
    make=make,
    solve=solve,
    needs="about eight plain sentences, neighbouring ones on one line",
    serves=serves,
    least=LEAST,
)
