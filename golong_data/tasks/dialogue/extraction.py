"""A single fact, said once by the user or the assistant: a value, a taste, an advice."""

from __future__ import annotations

from golong_data.contexts.workspace import Workspace
from golong_data.tasks.dialogue.config import DialogueConfig
from golong_data.tasks.dialogue.drafting import LANGUAGES, Asked, Days, finish
from golong_data.tasks.dialogue.traits import near_misses, own, subject_in
from golong_data.tasks.dialogue.transcript import Chats, date_in
from golong_data.tasks.dialogue.wording import fill
from golong_data.types import Draft


def make(work: Workspace, config: DialogueConfig, *, said: bool = True) -> Draft:
    """One value among near-misses; without `said` only the near-misses."""
    language, rng = LANGUAGES[config.language], work.rng
    trait = rng.choice(language.traits)
    thing = rng.choice(trait.qualifiers), rng.choice(trait.nouns)
    subject = language.subject(*thing)
    days = Days(work, language)
    values = language.distinct(trait.kind, config.options - 1, rng)
    facts, right = [], None
    if said:
        right = values.pop()
        facts.append(own(work, trait, subject, right, days.take(days.first), evidence=True))
    facts += near_misses(work, language, trait, thing, values, days, config)
    question = fill(rng.choice(trait.asked), s=subject)
    ask = Asked(question, right, values)
    return finish(work, config, days, ask, facts, (subject,))


# --- the independent solver -----------------------------------------------------------------


def answer(chats: Chats) -> str | None:
    """The one value, or the option that none was said; None for questions of another kind."""
    subject, cues, question = subject_in(chats), chats.cues, chats.question
    if subject is None or cues.first.search(question) or cues.before.search(question):
        return None
    if date_in(question):
        return None
    values = {value for _, value in chats.values(subject)}
    if not values:
        return chats.language.never
    return values.pop() if len(values) == 1 else None
