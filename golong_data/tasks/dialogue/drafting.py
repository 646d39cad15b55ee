"""From facts on days to a finished draft: what the five generators have in common."""

from __future__ import annotations

import datetime
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from golong_data.contexts.chats import Turn
from golong_data.contexts.sessions import Calendar, Planted, converse, dated, free_day
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.dialogue.chinese import CHINESE
from golong_data.tasks.dialogue.config import DialogueConfig
from golong_data.tasks.dialogue.english import ENGLISH
from golong_data.tasks.dialogue.wording import Language, fill
from golong_data.tasks.options import asked
from golong_data.types import Draft, MetricSpec, Refused

LANGUAGES: Mapping[str, Language] = {"en": ENGLISH, "zh": CHINESE}

ABSTENTION = "abstention"
"""The subtask of questions for what was never said."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One sentence of one session."""

    day: int
    text: str
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


class Days:
    """The calendar of one draft, and which of its days hold a fact already."""

    def __init__(self, work: Workspace, language: Language) -> None:
        rng = work.rng
        start = datetime.date(2018, 1, 1) + datetime.timedelta(days=rng.randrange(2_200))
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
    subtask: str,
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
    n = config.knobs().options
    right = language.never if ask.right is None else ask.right
    others = [] if ask.right is None else [language.never]
    wrong = [*dict.fromkeys(w for w in ask.wrong if w != right)][: n - 1 - len(others)]
    today = days.calendar.days + work.rng.randint(1, 20)
    variables, gold = asked(
        work,
        config,
        fill(language.today, d=days.dated(today), q=ask.question),
        [right],
        [*wrong, *others],
    )
    fewest, most = config.sessions
    context = converse(
        work,
        [_planted(work, language, fact) for fact in facts],
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
    return Draft(
        context=context,
        question=variables,
        gold=gold,
        metric=MetricSpec("accuracy"),
        subtask=subtask if ask.right is not None else ABSTENTION,
        difficulty=config.level,
        language=config.language,
    )


def _planted(work: Workspace, language: Language, fact: Fact) -> Planted:
    """The exchange that a fact stands in."""
    rng, space = work.rng, language.space
    if fact.request:
        user = Turn(space.join([rng.choice(language.openers), fact.request]))
        return Planted(fact.day, user, Turn(fact.text, _marked(fact, "")))
    opener = rng.choice(language.openers) + space
    closer = space + rng.choice(language.closers) if rng.random() < 0.5 else ""
    return Planted(
        fact.day,
        Turn(opener + fact.text + closer, _marked(fact, opener)),
        Turn(rng.choice(language.replies)),
    )


def _marked(fact: Fact, before: str) -> tuple[tuple[int, int], ...]:
    return ((len(before), len(before) + len(fact.text)),) if fact.evidence else ()
