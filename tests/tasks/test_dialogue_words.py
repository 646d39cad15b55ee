"""The words of the dialogue task: solvers tell every wording by its cues, questions by theirs."""

from __future__ import annotations

import random
import re
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golong_data.languages import language
from golong_data.solving.options import offered
from golong_data.solving.sessions import sessions
from golong_data.tasks.dialogue import multi_session, temporal
from golong_data.tasks.dialogue.drafting import TALK, Frame, Talk
from golong_data.tasks.dialogue.lexicon import capital, lexicon, spelt
from golong_data.tasks.dialogue.solve import multi_session as solving
from golong_data.tasks.dialogue.solve import temporal as timing
from golong_data.tasks.dialogue.solve.chats import UNSAID, Chats, Cues
from golong_data.tasks.dialogue.solve.things import Known, reads
from golong_data.tasks.dialogue.traits import FILES, Trait, traits
from golong_data.words import languages_of, words

each_language = pytest.mark.parametrize("code", languages_of(TALK))

FORMS = ("asked", "now", "at", "before", "first")


def dated(code: str, question: str) -> str:
    """A question behind the day that it is asked on."""
    today = "今天是2024-01-01（星期一）。" if code == "zh" else "Today is 2024-01-01 (Monday). "
    return today + question


def chats(code: str, *said: str, choices: tuple[str, ...] = ()) -> Chats:
    """What a solver sees of a session in which the user says these things."""
    zh = code == "zh"
    header = "[会话 1] 2023-03-01（星期三）" if zh else "[Session 1] 2023-03-01 (Wednesday)"
    label, mark = ("用户：", "问题：") if zh else ("User: ", "Question: ")
    lines = "\n".join(label + turn for turn in said)
    lettered = "\n".join(f"{chr(65 + i)}) {text}" for i, text in enumerate(choices))
    prompt = f"{header}\n{lines}\n\n{mark}?\n\n{lettered}\n"
    found = sessions(prompt)
    assert found
    return Chats(found, offered(prompt), words(Cues, TALK, "reads")[code])


def spoken(code: str, text: str, rng: random.Random) -> str:
    """A fact the way it stands in a turn: behind a lead-in, between other sentences."""
    talk, space = words(Talk, TALK, "writes")[code], language(code).space
    request = rng.choice(talk.errands).request
    led = rng.choice([f"{rng.choice(talk.leads)}{space}{text}", capital(text)])
    turn = [rng.choice(talk.openers), led, request, rng.choice(talk.closers)]
    return space.join(turn)


def thing(code: str, trait: Trait, rng: random.Random) -> str:
    return lexicon(code).thing(rng.choice(trait.qualifiers), rng.choice(trait.nouns))


@each_language
@settings(max_examples=20)
@given(seed=st.integers(0, 10**9))
def test_only_the_users_own_statements_give_a_value(code: str, seed: int) -> None:
    """The value is read off every wording that gives it, off no near-miss, whatever is around."""
    names, rng = lexicon(code), random.Random(seed)
    for trait, _ in traits(code):
        what = thing(code, trait, rng)
        values = names.distinct(trait.kind, 5, rng)
        own = (*trait.said, *trait.changed)
        for wording in (*own, *trait.other, *trait.plan):
            text = wording.format(thing=what, value=values[2], person=rng.choice(names.people))
            seen = chats(code, spoken(code, text, rng), choices=tuple(values))
            wanted = [values[2]] if wording in own else []
            assert [value for _, value in seen.values(what)] == wanted, text


@each_language
@settings(max_examples=20)
@given(seed=st.integers(0, 10**9))
def test_only_what_the_user_did_counts(code: str, seed: int) -> None:
    """Outings and spendings: one of the user's is one, any number of other people's none."""
    names, rng = lexicon(code), random.Random(seed)
    written = words(multi_session.Written, multi_session.WORDS, "writes")[code]
    questions = words(multi_session.Questions, multi_session.WORDS, "asks")[code]
    who, spending, visits = rng.choice(names.people), written.spending, written.visits
    for outing in written.outings:
        name, slots = names.value("thing", rng), asdict(outing)
        query = solving.reads(dated(code, rng.choice(questions.counts).format(**slots)))
        assert query
        for wording in (*visits.said, *visits.again, *visits.other, *visits.plan):
            text = spoken(code, wording.format(value=name, person=who, **slots), rng)
            own = wording in (*visits.said, *visits.again)
            answer = solving.answer(query, chats(code, text, text))
            assert answer == ("1" if own else UNSAID), text
    what = names.thing(rng.choice(spending.qualifiers), rng.choice(spending.nouns))
    amount = names.value("price", rng)
    query = solving.reads(dated(code, rng.choice(questions.totals).format(thing=what)))
    assert query
    for wording in (*spending.said, *spending.other, *spending.plan):
        text = spoken(code, wording.format(thing=what, value=amount, person=who), rng)
        answer = solving.answer(query, chats(code, text, choices=(amount,)))
        assert answer == (amount if wording in spending.said else UNSAID), text


@each_language
@settings(max_examples=20)
@given(seed=st.integers(0, 10**9))
def test_how_long_ago_is_read_off_the_sentence(code: str, seed: int) -> None:
    """Days before the session: those of the span, none on the day itself, nothing of others'."""
    names, rng = lexicon(code), random.Random(seed)
    deeds = words(temporal.Deeds, temporal.WORDS, "writes")[code]
    cues, who = words(timing.Cues, temporal.WORDS, "reads")[code], rng.choice(names.people)
    did, to_do = rng.choice(list(deeds.verbs.items()))
    what = names.thing(rng.choice(deeds.qualifiers), rng.choice(deeds.nouns))
    event, plan = did.format(thing=what), to_do.format(thing=what)
    for span, days in deeds.spans.items():
        for wording in (*deeds.today, *deeds.ago, *deeds.other, *deeds.plan):
            text = wording.format(event=event, deed=plan, when=span, person=who)
            seen = chats(code, spoken(code, text, rng))
            found = [cues.days_ago(said.sentence) for said in seen.about(event)]
            ago = [days] if wording in deeds.ago else []
            assert found == ([0] if wording in deeds.today else ago), text


@each_language
def test_questions_are_told_apart(code: str) -> None:
    """Every question of a form is read as one of that form and of no other."""
    rng, day, cues = random.Random(5), "2023-05-04", words(Cues, TALK, "reads")[code]
    for trait, questions in traits(code):
        for form in FORMS:
            for wording in getattr(questions, form):
                what = thing(code, trait, rng)
                question = wording.format(thing=what, date=day)
                cued = {
                    "at": day in question,
                    "before": bool(cues.before.search(question)),
                    "first": bool(cues.first.search(question)),
                }
                timed = form in cued
                assert [name for name, there in cued.items() if there] == [form] * timed, question
                query = reads(dated(code, question))
                assert query, question
                assert (query.thing, query.which) == (what, form if timed else "only"), question
                assert str(query.until) == (day if form == "at" else "None")
    times = words(temporal.Questions, temporal.WORDS, "asks")[code]
    assert all(cues.first.search(wording) for wording in times.first)
    assert not any(cues.first.search(wording) for wording in times.last)
    asked = (dated(code, capital(wording)) for wording in (*times.first, *times.last))
    assert all(timing.reads(question) for question in asked)


@each_language
def test_there_are_many_ways_to_say_a_thing(code: str) -> None:
    """Six or more for each fact, four or more for each near-miss, several for each question."""
    deeds = words(temporal.Deeds, temporal.WORDS, "writes")[code]
    written = words(multi_session.Written, multi_session.WORDS, "writes")[code]
    spending, visits = written.spending, written.visits
    known = traits(code)
    facts = [deeds.today, deeds.ago, spending.said, visits.said]
    facts += [forms for trait, _ in known for forms in (trait.said, trait.changed) if forms]
    misses = [deeds.other, deeds.plan, spending.other, spending.plan, visits.other, visits.plan]
    misses += [forms for trait, _ in known for forms in (trait.other, trait.plan)]
    assert all(len(set(forms)) >= 6 for forms in facts)
    assert all(len(set(forms)) >= 4 for forms in misses)
    for trait, questions in known:
        asked = [getattr(questions, form) for form in FORMS if trait.changed or form == "asked"]
        assert all(len(set(forms)) >= 2 for forms in asked)


@each_language
def test_the_words_fit_together(code: str) -> None:
    """No talk names a thing that is asked for, thing and value share a sentence, "a" fits."""
    talk, names = words(Talk, TALK, "writes")[code], lexicon(code)
    around = [*talk.openers, *talk.leads, *talk.closers, *talk.replies]
    around += [text for errand in talk.errands for text in (errand.request, errand.answer)]
    known = [trait for trait, _ in traits(code)]
    things = {names.thing(q, n) for t in known for q in t.qualifiers for n in t.nouns}
    written = words(multi_session.Written, multi_session.WORDS, "writes")[code]
    nouns = {outing.noun for outing in written.outings}
    assert not [text for text in around for name in things | nouns if name in text.casefold()]
    for trait in known:
        for wording in (*trait.said, *trait.changed, *trait.other, *trait.plan):
            assert len(re.findall(r"[.!?。！？]", wording)) == 1, wording
            assert wording.count("{thing}") == wording.count("{value}") == 1, wording
            if "a {thing}" in wording and code == "en":
                assert not [q for q in trait.qualifiers if re.match(r"[aeiu]|o(?!ne)", q)], wording


@each_language
def test_other_peoples_facts_are_known_by_the_people(code: str) -> None:
    """Every person that facts are told of is one that solvers take for somebody else."""
    cues = words(Cues, TALK, "reads")[code]
    assert all(cues.people.search(person) for person in lexicon(code).people)


@each_language
def test_solvers_know_what_makers_name(code: str) -> None:
    """The lists that solvers look things up in hold all that may be asked about."""
    known = [
        things for file in FILES for things in words(Known, file, "reads")[code].things.values()
    ]
    for (trait, _), things in zip(traits(code), known, strict=True):
        assert set(trait.qualifiers) <= set(things.qualifiers)
        assert set(trait.nouns) <= set(things.nouns)
    frame, cues = words(Frame, TALK, "asks")[code], words(Cues, TALK, "reads")[code]
    assert frame.never == cues.never
    assert cues.asked.fullmatch(dated(code, "?"))


def test_runs_of_numbers_are_spelt_out() -> None:
    """With their words around them, as wide as they start, in steps."""
    assert spelt("{9..11} minutes") == ("9 minutes", "10 minutes", "11 minutes")
    assert spelt("{08..10}秒") == ("08秒", "09秒", "10秒")
    assert spelt("-{5..16..5}") == ("-5", "-10", "-15")
    assert spelt("with {honey}") == ("with {honey}",)
    assert len(lexicon("en").values["code"][2]) == 9_000
