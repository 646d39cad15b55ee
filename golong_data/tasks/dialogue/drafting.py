"""From facts on days to a finished draft: what the five generators have in common."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from golong_data.contexts.chats import Turn
from golong_data.contexts.days import Days, how_many_sessions
from golong_data.contexts.sessions import Planted, converse
from golong_data.contexts.workspace import Workspace
from golong_data.languages import language
from golong_data.tasks.dialogue.config import DialogueConfig
from golong_data.tasks.dialogue.lexicon import capital
from golong_data.tasks.forms import drafted
from golong_data.tasks.options import asked
from golong_data.types import Draft, Refused
from golong_data.words import words

TALK = "dialogue/talk"


@dataclass(frozen=True, slots=True)
class Errand:
    """What a user wants who mentions a fact in passing."""

    request: str
    answer: str


@dataclass(frozen=True, slots=True)
class Talk:
    """What stands around a fact in its exchange, in one language."""

    openers: tuple[str, ...]
    """Sentences that a user says before a fact."""
    leads: tuple[str, ...]
    """The same as the beginning of the fact's own sentence: "By the way,"."""
    closers: tuple[str, ...]
    """What a user may say behind one."""
    replies: tuple[str, ...]
    """What the assistant says to a fact."""
    errands: tuple[Errand, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What every question has, in one language."""

    today: str
    """Slots date and question: the day on which the question is asked."""
    never: str
    """The option for what was not said."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One sentence of one session."""

    day: int
    text: str
    """As it stands behind a lead-in: in small letters where it can be."""
    evidence: bool = False
    request: str = ""
    """What the user says first, where the sentence is the assistant's."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its options, before the letters."""

    question: str
    right: str | None
    """None where what is asked for was never said."""
    wrong: Sequence[str]
    """In order of preference; as many are taken as there are to be."""


def offered(question: str, right: str, others: Sequence[str], *, said: bool) -> Asked:
    """The question with these options, of which `right` is just one more where nothing was said.

    So the options look the same either way.
    """
    return Asked(question, right, others) if said else Asked(question, None, [right, *others])


def finish(
    work: Workspace,
    config: DialogueConfig,
    days: Days,
    ask: Asked,
    facts: Sequence[Fact],
    keys: Collection[str],
) -> Draft:
    """The draft: facts planted into sessions, options with letters.

    No filler holds a string of `keys`, and the finished context holds each of them as often
    as the facts do; otherwise the draw is refused.
    """
    frame = words(Frame, TALK, "asks")[config.language]
    n = config.options
    right = frame.never if ask.right is None else ask.right
    others = [] if ask.right is None else [frame.never]
    wrong = [*dict.fromkeys(w for w in ask.wrong if w != right)][: n - 1 - len(others)]
    today = days.calendar.days + work.rng.randint(1, 20)
    variables, gold = asked(
        work,
        config,
        frame.today.format(date=days.dated(today), question=capital(ask.question)),
        [right],
        [*wrong, *others],
        framing="sessions",
    )
    fewest, most = config.sessions
    context = converse(
        work,
        _exchanges(work, config, facts),
        work.room(variables),
        days.calendar,
        sessions=min(most, max(fewest, how_many_sessions(work.ctx))),
        forbidden=tuple(keys),
        language=config.language,
        layout=config.layout,
    )
    said = "\n".join(f"{fact.request}\n{fact.text}" for fact in facts).casefold()
    text = context.text.casefold()
    if any(text.count(key.casefold()) != said.count(key.casefold()) for key in keys):
        raise Refused("something else in the context speaks of what is asked for")
    return drafted(config, variables, context, gold)


def _exchanges(work: Workspace, config: DialogueConfig, facts: Sequence[Fact]) -> list[Planted]:
    """The exchanges that the facts stand in; those aside share a turn with a request."""
    rng, space = work.rng, language(config.language).space
    talk = words(Talk, TALK, "writes")[config.language]
    errands = itertools.cycle(rng.sample(talk.errands, len(talk.errands)))
    found = []
    for fact in facts:
        if fact.request:
            stated = Turn(capital(fact.text), _marked(fact, 0))
            found.append(Planted(fact.day, Turn(fact.request), stated))
            continue
        request, reply = "", rng.choice(talk.replies)
        if rng.random() < config.aside:
            errand = next(errands)
            request, reply = errand.request, errand.answer
        user_turn = _told(work, talk, space, fact, request)
        found.append(Planted(fact.day, user_turn, Turn(reply)))
    return found


def _told(work: Workspace, talk: Talk, space: str, fact: Fact, request: str) -> Turn:
    """A fact in the user's words, behind or before the request that it is told beside."""
    rng = work.rng
    first = bool(request) and rng.random() < 0.5
    before = [request] if first else []
    text = capital(fact.text)
    kind = rng.randrange(3)
    if kind == 0:
        before.append(rng.choice(talk.openers))
    elif kind == 1:
        before.append(rng.choice(talk.leads))
        text = fact.text
    after = [request] if request and not first else []
    if not request and rng.random() < 0.5:
        after.append(rng.choice(talk.closers))
    start = len(space.join([*before, ""]))
    return Turn(space.join([*before, text, *after]), _marked(fact, start))


def _marked(fact: Fact, start: int) -> tuple[tuple[int, int], ...]:
    return ((start, start + len(fact.text)),) if fact.evidence else ()
