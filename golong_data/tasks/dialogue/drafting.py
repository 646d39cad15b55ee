"""From facts on days to a finished draft: what the five generators have in common."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from golong_data.contexts.chats import Turn
from golong_data.contexts.sessions import Calendar, Planted, converse, dated, free_day
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.dialogue.chinese import CHINESE
from golong_data.tasks.dialogue.config import DialogueConfig
from golong_data.tasks.dialogue.english import ENGLISH
from golong_data.tasks.dialogue.wording import Language, Talk, capital, fill
from golong_data.tasks.forms import drafted
from golong_data.tasks.options import asked
from golong_data.types import Draft, Refused

LANGUAGES: Mapping[str, Language] = {"en": ENGLISH, "zh": CHINESE}


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


class Days:
    """The calendar of one draft, and which of its days hold a fact already."""

    def __init__(self, work: Workspace, language: Language) -> None:
        rng = work.rng
        start = datetime.date(2011, 1, 1) + datetime.timedelta(days=rng.randrange(5_000))
        sessions = how_many_sessions(work.ctx)
        self.calendar = Calendar(start, rng.randint(90, 150) + 4 * sessions)
        self.first = int(work.depth * self.calendar.days)
        """Where the first piece of evidence goes."""
        self.language = language
        self.work = work
        self.taken: list[int] = []

    def take(self, day: int) -> int:
        """The nearest free day, which is free no longer."""
        self.taken.append(free_day(day, self.taken, self.calendar))
        return self.taken[-1]

    def any(self) -> int:
        """A free day anywhere."""
        return self.take(self.work.rng.randrange(self.calendar.days))

    def spread(self, n: int) -> list[int]:
        """`n` days, one in each n-th of the calendar, in random order; the first is `first`."""
        if not n:
            return []
        strata = list(range(n))
        strata.remove(int(self.work.depth * n))
        self.work.rng.shuffle(strata)
        total = self.calendar.days
        return [
            self.take(self.first),
            *(self.take(int((s + self.work.rng.random()) / n * total)) for s in strata),
        ]

    def chain(self, before: int, after: int) -> list[int]:
        """Days in order: `before` many, the first piece of evidence, `after` many.

        The day behind the first piece of evidence stays free for questions about it.
        """
        total, rng = self.calendar.days, self.work.rng
        at = min(max(self.first, 2 * before), total - 3 - 2 * after)
        days = [*sorted(rng.sample(range(at - 1), before)), at] if before else [at]
        days += sorted(rng.sample(range(at + 2, total), after))
        self.taken += days
        return days

    def dated(self, day: int) -> str:
        """The date of a day, as questions give it."""
        return dated(self.calendar.date(day), self.language.code)


def how_many_sessions(ctx: int) -> int:
    """Sessions of a context before the recipe's bounds: 11 at 4k, 46 at 32k, 500 at 1M."""
    return max(4, int(11 * math.pow(ctx / 4096, 0.69)))


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
    language = LANGUAGES[config.language]
    n = config.options
    right = language.never if ask.right is None else ask.right
    others = [] if ask.right is None else [language.never]
    wrong = [*dict.fromkeys(w for w in ask.wrong if w != right)][: n - 1 - len(others)]
    today = days.calendar.days + work.rng.randint(1, 20)
    variables, gold = asked(
        work,
        config,
        fill(language.today, d=days.dated(today), q=capital(ask.question)),
        [right],
        [*wrong, *others],
        framing="sessions",
    )
    fewest, most = config.sessions
    context = converse(
        work,
        _exchanges(work, language, facts, config.aside),
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


def _exchanges(
    work: Workspace, language: Language, facts: Sequence[Fact], aside: float
) -> list[Planted]:
    """The exchanges that the facts stand in; those `aside` share a turn with a request."""
    rng, talk = work.rng, language.talk
    errands = itertools.cycle(rng.sample(talk.errands, len(talk.errands)))
    found = []
    for fact in facts:
        if fact.request:
            stated = Turn(capital(fact.text), _marked(fact, 0))
            found.append(Planted(fact.day, Turn(fact.request), stated))
            continue
        request, reply = "", rng.choice(talk.replies)
        if rng.random() < aside:
            request, reply = next(errands)
        user_turn = _told(work, talk, language.space, fact, request)
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
