"""A value that was overridden: the latest, the one before, the one on a date."""

from __future__ import annotations

from golong_data.contexts.workspace import Workspace
from golong_data.tasks.dialogue.config import DialogueConfig
from golong_data.tasks.dialogue.drafting import LANGUAGES, Asked, Days, finish
from golong_data.tasks.dialogue.traits import asked_for, history, near_misses, own
from golong_data.tasks.dialogue.transcript import Chats, date_in
from golong_data.tasks.dialogue.wording import fill
from golong_data.types import Draft

FORMS = ("now", "now", "at", "before")
"""Ways to ask, the latest value twice as often."""


def make(work: Workspace, config: DialogueConfig, *, said: bool = True) -> Draft:
    """A chain of values among near-misses; without `said` only the near-misses."""
    language, knobs, rng = LANGUAGES[config.language], config.knobs(), work.rng
    trait = rng.choice([trait for trait in language.traits if trait.changed])
    thing = rng.choice(trait.qualifiers), rng.choice(trait.nouns)
    subject = language.subject(*thing)
    form = rng.choice(FORMS)
    days = Days(work, language)
    length = 1 + rng.randint(*knobs.updates) if said else 0
    values = language.distinct(trait.kind, max(length + 1, knobs.options - 1), rng)
    chain, others = values[:length], values[length:]
    facts, right, on = [], None, days.any() if not said else 0
    if said:
        # What the answer is: the last value, any of them, the last but one.
        at = {"now": length - 1, "at": rng.randrange(length), "before": length - 2}[form]
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
    facts += near_misses(work, language, trait, thing, others, days, knobs)
    wrong = [value for value in chain if value != right] + others
    question = fill(rng.choice(getattr(trait, form)), s=subject, d=days.dated(on))
    ask = Asked(question, right, wrong)
    return finish(work, config, "update", days, ask, facts, (subject,))


# --- the independent solver -----------------------------------------------------------------


def answer(chats: Chats) -> str | None:
    """The value, or the option that none was said; None for questions of another kind."""
    for form in ("now", "before", "at"):
        for trait, slots in asked_for(chats, form):
            told = history(chats, trait, slots["s"])
            if not told:
                return chats.language.never
            if form == "at":
                until = date_in(slots["d"])
                told = [t for t in told if until and t.date <= until]
            elif form == "before":
                told = told[:-1]
            return told[-1].slots["v"] if told else None
    return None
