"""A value that was overridden: the latest, the first, the one before, the one on a date."""

from __future__ import annotations

from golong_data.contexts.workspace import Workspace
from golong_data.tasks.dialogue.config import DialogueConfig
from golong_data.tasks.dialogue.drafting import LANGUAGES, Asked, Days, finish
from golong_data.tasks.dialogue.traits import near_misses, own, subject_in
from golong_data.tasks.dialogue.transcript import Chats, date_in
from golong_data.tasks.dialogue.wording import fill
from golong_data.types import Draft

FORMS = ("now", "now", "at", "before", "first")
"""Ways to ask, the latest value twice as often."""


def make(work: Workspace, config: DialogueConfig, *, said: bool = True) -> Draft:
    """A chain of values among near-misses; without `said` only the near-misses.

    All values of the chain are options, which bounds its length.
    """
    language, rng = LANGUAGES[config.language], work.rng
    trait = rng.choice([trait for trait in language.traits if trait.changed])
    thing = rng.choice(trait.qualifiers), rng.choice(trait.nouns)
    subject = language.subject(*thing)
    form = rng.choice(FORMS)
    days = Days(work, language)
    values = language.distinct(trait.kind, config.options - 1, rng)
    length = min(1 + rng.randint(*config.updates), len(values) - 1) if said else 0
    chain, others = values[:length], values[length:]
    if trait.falls:
        chain.sort(reverse=True)
    facts, right, on = [], None, days.any() if not said else 0
    if said:
        # What the answer is: the last value, any of them, the last but one, the first.
        places = {"now": length - 1, "at": rng.randrange(length), "before": length - 2, "first": 0}
        at = places[form]
        needed = {at, length - 1} if form == "before" else {at}
        right = chain[at]
        when = days.chain(at, length - 1 - at)
        if form == "at":
            until = [*when[1:], days.calendar.days][at]
            on = rng.randrange(when[at] + 1, until)
        facts = [
            own(work, trait, subject, value, day, evidence=i in needed, changed=i > 0)
            for i, (value, day) in enumerate(zip(chain, when, strict=True))
        ]
    facts += near_misses(work, language, trait, thing, others, days, config)
    wrong = [value for value in chain if value != right] + others
    question = fill(rng.choice(getattr(trait, form)), s=subject, d=days.dated(on))
    ask = Asked(question, right, wrong)
    return finish(work, config, days, ask, facts, (subject,))


# --- the independent solver -----------------------------------------------------------------


def answer(chats: Chats) -> str | None:
    """The value, or the option that none was said; None for questions of another kind."""
    subject = subject_in(chats)
    if subject is None:
        return None
    told = chats.values(subject)
    if not told:
        return chats.language.never
    values = [value for _, value in told]
    until = date_in(chats.question)
    if until:
        values = [value for date, value in told if date <= until]
    elif chats.cues.first.search(chats.question):
        values = values[:1]
    elif chats.cues.before.search(chats.question):
        values = values[:-1]
    return values[-1] if values else None
