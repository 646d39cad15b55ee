"""Values of the user's own things: subjects, near-misses, and where they are read."""

from __future__ import annotations

from collections.abc import Sequence

from golong_data.contexts.workspace import Workspace
from golong_data.tasks.dialogue.config import DialogueConfig
from golong_data.tasks.dialogue.drafting import Days, Fact
from golong_data.tasks.dialogue.transcript import Chats
from golong_data.tasks.dialogue.wording import Language, Trait, capital, fill


def near_misses(
    work: Workspace,
    language: Language,
    trait: Trait,
    subject: tuple[str, str],
    values: Sequence[str],
    days: Days,
    config: DialogueConfig,
) -> list[Fact]:
    """A sentence for each of the values, none of which is the subject's own.

    They belong to another person, to a plan that came to nothing, to a thing whose name
    shares a word, or (the easier, the more of them) to a thing of quite another name. The
    first is always another person's.
    """
    rng = work.rng
    qualifier, noun = subject
    name = language.subject(qualifier, noun)
    people = rng.sample(language.people, len(language.people))
    unlike = [q for q in trait.qualifiers if q != qualifier]
    nouns = [w for w in trait.nouns if w != noun]
    rng.shuffle(unlike)
    rng.shuffle(nouns)
    found = []
    for i, value in enumerate(values):
        day = days.any()
        near = i == 0 or rng.random() < config.near
        kind = ("person", "plan", "qualifier", "noun")[i % 4] if near else "far"
        if kind == "person":
            who = people.pop()
            found.append(Fact(day, fill(rng.choice(trait.other), p=who, s=name, v=value)))
        elif kind == "plan":
            found.append(Fact(day, fill(rng.choice(trait.plan), s=name, v=value)))
        else:
            q = qualifier if kind == "noun" else unlike.pop()
            w = noun if kind == "qualifier" else nouns.pop()
            found.append(own(work, trait, language.subject(q, w), value, day))
    return found


def own(
    work: Workspace,
    trait: Trait,
    subject: str,
    value: str,
    day: int,
    *,
    evidence: bool = False,
    changed: bool = False,
) -> Fact:
    """The sentence that gives a subject its value."""
    rng = work.rng
    text = fill(rng.choice(trait.changed if changed else trait.said), s=subject, v=value)
    request = capital(fill(rng.choice(trait.prompt), s=subject)) if trait.prompt else ""
    return Fact(day, text, evidence, request)


# --- for solvers --------------------------------------------------------------------------


def subject_in(chats: Chats) -> str | None:
    """The thing of a trait that the question names: the longest, where names overlap."""
    language = chats.language
    named = (
        language.subject(qualifier, noun)
        for trait in language.traits
        for qualifier in trait.qualifiers
        for noun in trait.nouns
    )
    found = [name for name in named if chats.cues.holds(name, chats.question)]
    return max(found, key=len) if found else None
