"""The words of the dialogue task: solvers tell every wording by its cues, questions by theirs."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golong_data.tasks.dialogue.cues import CUES
from golong_data.tasks.dialogue.drafting import LANGUAGES
from golong_data.tasks.dialogue.multi_session import answer
from golong_data.tasks.dialogue.transcript import Chats, read
from golong_data.tasks.dialogue.wording import Language, Trait, capital, fill

each_language = pytest.mark.parametrize("code", LANGUAGES)

FORMS = ("asked", "now", "at", "before", "first")


def chats(
    language: Language, *said: str, question: str = "?", choices: tuple[str, ...] = ()
) -> Chats:
    """What a solver sees of a session in which the user says these things."""
    zh = language.code == "zh"
    header = "[会话 1] 2023-03-01（星期三）" if zh else "[Session 1] 2023-03-01 (Wednesday)"
    label, mark = ("用户：", "问题：") if zh else ("User: ", "Question: ")
    asked = ("今天是2024-01-01（星期一）。" if zh else "Today is 2024-01-01 (Monday). ") + question
    lines = "\n".join(label + turn for turn in said)
    lettered = "\n".join(f"{chr(65 + i)}) {text}" for i, text in enumerate(choices))
    found = read(asked, f"{header}\n{lines}\n\n{mark}{asked}\n\n{lettered}\n")
    assert found
    return found


def spoken(language: Language, text: str, rng: random.Random) -> str:
    """A fact the way it stands in a turn: behind a lead-in, between other sentences."""
    talk = language.talk
    request, _ = rng.choice(talk.errands)
    led = rng.choice([f"{rng.choice(talk.leads)}{language.space}{text}", capital(text)])
    turn = [rng.choice(talk.openers), led, request, rng.choice(talk.closers)]
    return language.space.join(turn)


def thing(language: Language, trait: Trait, rng: random.Random) -> str:
    return language.subject(rng.choice(trait.qualifiers), rng.choice(trait.nouns))


@each_language
@settings(max_examples=20)
@given(seed=st.integers(0, 10**9))
def test_only_the_users_own_statements_give_a_value(code: str, seed: int) -> None:
    """The value is read off every wording that gives it, off no near-miss, whatever is around."""
    language, rng = LANGUAGES[code], random.Random(seed)
    for trait in language.traits:
        subject = thing(language, trait, rng)
        values = language.distinct(trait.kind, 5, rng)
        own = (*trait.said, *trait.changed)
        for wording in (*own, *trait.other, *trait.plan):
            text = fill(wording, s=subject, v=values[2], p=rng.choice(language.people))
            seen = chats(language, spoken(language, text, rng), choices=tuple(values))
            wanted = [values[2]] if wording in own else []
            assert [value for _, value in seen.values(subject)] == wanted, text


@each_language
@settings(max_examples=20)
@given(seed=st.integers(0, 10**9))
def test_only_what_the_user_did_counts(code: str, seed: int) -> None:
    """Outings and spendings: one of the user's is one, any number of other people's none."""
    language, rng = LANGUAGES[code], random.Random(seed)
    who, spending = rng.choice(language.people), language.spending
    for outing in language.outings:
        name, question = language.value("thing", rng), rng.choice(outing.asked)
        for wording in (*outing.said, *outing.again, *outing.other, *outing.plan):
            text = spoken(language, fill(wording, v=name, p=who), rng)
            own = wording in (*outing.said, *outing.again)
            seen = chats(language, text, text, question=question)
            assert answer(seen) == ("1" if own else language.never), text
    subject = language.subject(rng.choice(spending.qualifiers), rng.choice(spending.nouns))
    amount = language.value("price", rng)
    question = fill(rng.choice(spending.total), s=subject)
    for wording in (*spending.said, *spending.other, *spending.plan):
        text = spoken(language, fill(wording, s=subject, v=amount, p=who), rng)
        seen = chats(language, text, question=question)
        assert answer(seen) == (amount if wording in spending.said else language.never), text


@each_language
@settings(max_examples=20)
@given(seed=st.integers(0, 10**9))
def test_how_long_ago_is_read_off_the_sentence(code: str, seed: int) -> None:
    """Days before the session: those of the span, none on the day itself, nothing of others'."""
    language, rng = LANGUAGES[code], random.Random(seed)
    deeds, who = language.deeds, rng.choice(language.people)
    did, to_do = rng.choice(deeds.verbs)
    what = language.subject(rng.choice(deeds.qualifiers), rng.choice(deeds.nouns))
    event, plan = did.format(o=what), to_do.format(o=what)
    for span, days in deeds.spans.items():
        for wording in (*deeds.today, *deeds.ago, *deeds.other, *deeds.plan):
            text = fill(wording, e=event, i=plan, w=span, p=who)
            seen = chats(language, spoken(language, text, rng))
            found = [CUES[code].ago(told.sentence) for told in seen.about(event)]
            ago = [days] if wording in deeds.ago else []
            assert found == ([0] if wording in deeds.today else ago), text


@each_language
def test_questions_are_told_apart(code: str) -> None:
    """Every question of a form has the cue of that form and of no other."""
    language, cues, rng = LANGUAGES[code], CUES[code], random.Random(5)
    for trait in language.traits:
        for form in FORMS:
            for wording in getattr(trait, form):
                question = fill(wording, s=thing(language, trait, rng), d="2023-05-04")
                cued = {
                    "at": "2023-05-04" in question,
                    "before": bool(cues.before.search(question)),
                    "first": bool(cues.first.search(question)),
                }
                assert [name for name, there in cued.items() if there] == [
                    name for name in ("at", "before", "first") if name == form
                ], question
    assert all(cues.first.search(wording) for wording in language.deeds.first)
    assert not any(cues.first.search(wording) for wording in language.deeds.last)


@each_language
def test_there_are_many_ways_to_say_a_thing(code: str) -> None:
    """Six or more for each fact, four or more for each near-miss, several for each question."""
    language = LANGUAGES[code]
    deeds, spending = language.deeds, language.spending
    facts = [deeds.today, deeds.ago, spending.said, *(o.said for o in language.outings)]
    facts += [forms for trait in language.traits for forms in (trait.said, trait.changed) if forms]
    misses = [deeds.other, deeds.plan, spending.other, spending.plan]
    misses += [forms for trait in language.traits for forms in (trait.other, trait.plan)]
    misses += [forms for outing in language.outings for forms in (outing.other, outing.plan)]
    assert all(len(set(forms)) >= 6 for forms in facts)
    assert all(len(set(forms)) >= 4 for forms in misses)
    for trait in language.traits:
        asked = [getattr(trait, form) for form in FORMS if trait.changed or form == "asked"]
        assert all(len(set(forms)) >= 2 for forms in asked)


@each_language
def test_the_words_fit_together(code: str) -> None:
    """No talk names a thing that is asked for, subject and value share a sentence, "a" fits."""
    language = LANGUAGES[code]
    talk = language.talk
    around = [*talk.openers, *talk.leads, *talk.closers, *talk.replies, *sum(talk.errands, ())]
    subjects = {
        language.subject(q, n) for t in language.traits for q in t.qualifiers for n in t.nouns
    }
    nouns = {outing.noun for outing in language.outings}
    assert not [text for text in around for name in subjects | nouns if name in text.casefold()]
    for trait in language.traits:
        for wording in (*trait.said, *trait.changed, *trait.other, *trait.plan):
            assert len(re.findall(r"[.!?。！？]", wording)) == 1, wording
            assert wording.count("{s}") == wording.count("{v}") == 1, wording
            if "a {s}" in wording and code == "en":
                assert not [q for q in trait.qualifiers if re.match(r"[aeiu]|o(?!ne)", q)], wording


def test_other_peoples_facts_are_known_by_the_people() -> None:
    """Every person that facts are told of is one that solvers take for somebody else."""
    for code, language in LANGUAGES.items():
        assert all(CUES[code].people.search(person) for person in language.people)
