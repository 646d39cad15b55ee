"""Planted notes: each form is read for what it says, and tells nothing by itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from support import corpus_of, with_args

from golong_data.material.worlds import logs, promises, registers
from golong_data.solving import reading
from golong_data.tasks.comprehension import GENERATORS
from golong_data.tasks.comprehension.multi_hop import values
from golong_data.tasks.comprehension.solve.names import names_in
from golong_data.types import Sample
from golong_data.words import words

LANGUAGES = ("en", "zh")
RECIPES = {"en": ("comprehension", "factbook"), "zh": ("comprehension-zh", "sanguo")}
each_language = pytest.mark.parametrize("language", LANGUAGES)

ENTRIES = words(registers.Words, "material/worlds/registers", "writes")
LOG_WORDS = words(logs.Words, "material/worlds/logs", "writes")
CORRECTIONS = words(values.Words, "comprehension/multi_hop", "writes")["en"].corrections
MINUTES: Mapping[str, Mapping[str, Sequence[str]]] = {
    language: dict(told.forms)
    for language, told in words(promises.Words, "material/worlds/promises", "writes").items()
}
REGISTERS = {language: told.forms for language, told in ENTRIES.items()}
LOGS: Mapping[str, Mapping[str, Sequence[str]]] = {
    language: {"head": told.head, "woman": told.woman, "man": told.man, **told.forms}
    for language, told in LOG_WORDS.items()
}
ALL = {"minutes": MINUTES, "registers": REGISTERS, "logs": LOGS}
FIELD = re.compile(r"\{(\w+)\}")


def prompt(question: str, options: tuple[str, ...], *notes: str, language: str) -> str:
    """Notes in documents of their own, and a question with options."""
    word, mark = ("Document", "Question: ") if language == "en" else ("文档", "问题：")
    documents = [f"[{word} {n}] T{n}\n{note}\n\n" for n, note in enumerate(notes, 1)]
    lines = [f"{letter}) {text}" for letter, text in zip("ABCDEFGH", options, strict=False)]
    return "".join(documents) + f"\n{mark}{question}\n\n" + "\n".join(lines) + "\n"


# --- the forms themselves ----------------------------------------------------------------


@each_language
@pytest.mark.parametrize("notes", ALL)
def test_every_note_has_eight_forms_in_varied_order(notes: str, language: str) -> None:
    """With the same fields in each, no two alike, and no one beginning for most of them."""
    for kind, forms in ALL[notes][language].items():
        if kind in ("woman", "man"):
            continue
        assert len(set(forms)) == len(forms) >= 8
        needed = {name.replace("whom", "who") for name in FIELD.findall(forms[0])}
        orders: Counter[tuple[str, ...]] = Counter()
        for form in forms:
            fields = [name.replace("whom", "who") for name in FIELD.findall(form)]
            assert needed <= set(fields) <= needed | {"b"}, form
            orders[tuple(fields)] += 1
        assert len(orders) > 1
        assert max(Counter(form[:6] for form in forms).values()) <= 4


@each_language
def test_both_languages_know_the_same_kinds(language: str) -> None:
    """Of notes, sentences and entries."""
    for forms in ALL.values():
        assert set(forms[language]) == set(forms["en"])


# --- each form is read for what it says ---------------------------------------------------

PEOPLE = {
    "en": ("Ada Abrecht", "Boris Corbin", "Clara Ekholm", "Hugo Farrow"),
    "zh": ("欧阳雨桐", "上官文博", "司徒月华", "慕容建平"),
}
TO = {"en": "Zeno Quillan", "zh": "尉迟海涛"}
DUTY = {"en": "repair the old mill", "zh": "修理旧城的磨坊"}
BOUND = {
    "en": "By the dates of the notes, who is bound on 9 May 2031 to {duty}, as was promised to "
    "{to}?",
    "zh": "按记录的日期，截至2031年5月9日，由谁承担向{to}许下的“{duty}”这一承诺？",
}


def day(number: int, language: str) -> str:
    return f"{number} May 2031" if language == "en" else f"2031年5月{number}日"


MINUTES_FORMS = [
    (language, kind, form)
    for language in LANGUAGES
    for kind, forms in MINUTES[language].items()
    for form in forms
]


@pytest.mark.parametrize(("language", "kind", "form"), MINUTES_FORMS)
def test_who_is_bound_after_every_form(language: str, kind: str, form: str) -> None:
    """A promise binds its giver, a hand-over the taker; kept or waived nobody; else no change."""
    a, b, *_ = PEOPLE[language]
    to, duty = TO[language], DUTY[language]
    other = to if kind in ("promised", "kept", "released") else b
    told = form.format(a=a, b=other, duty=duty, day=day(3, language))
    first = MINUTES[language]["promised"][0].format(a=a, b=to, duty=duty, day=day(1, language))
    question = BOUND[language].format(duty=duty, to=to)
    notes = (told,) if kind == "promised" else (told, first)
    expected = {"handed": "B", "kept": None, "released": None}
    text = prompt(question, PEOPLE[language], *notes, language=language)
    assert GENERATORS["commitment"].solve(question, text) == expected.get(kind, "A")


HOUSES = {
    "en": ("14 Elm Row", "4 Oak Lane", "9 Yew Court", "7 Fir Road"),
    "zh": ("听雨路14号", "望山街4号", "临溪巷9号", "栖霞里7号"),
}
TOWN = {"en": ("Ashmere", "Dalbury"), "zh": ("青溪镇", "石桥镇")}
ITEMS = {
    "en": tuple(f"the harp of {name}" for name in PEOPLE["en"]),
    "zh": tuple(f"{name}的竖琴" for name in PEOPLE["zh"]),
}
OVER = {
    "en": "Which of the things below are kept at a house that is insured for more than 500 crowns "
    "and in Ashmere?",
    "zh": "下列物品中，哪些存放在位于青溪镇且投保额高于500元的房屋？",
}


@each_language
@pytest.mark.parametrize("kind", ["loan", "town", "sum"])
def test_every_form_of_an_entry_says_the_same(kind: str, language: str) -> None:
    """The first house alone is in the town asked about and insured for more."""
    forms = REGISTERS[language]

    def entry(of: str, form: str, number: int, at: int) -> str:
        return form.format(
            n=number,
            item=ITEMS[language][at],
            house=HOUSES[language][at],
            town=TOWN[language][at > 1],
            sum=f"{(1_200, 300, 9_000, 9_000)[at]:,}",
        )

    for form in forms[kind]:
        used = {**{of: forms[of][0] for of in forms}, kind: form}
        notes = [entry(of, used[of], 100 + n, n % 4) for of in forms for n in range(4)]
        question = OVER[language]
        text = prompt(question, ITEMS[language], *notes, language=language)
        assert GENERATORS["multi_hop"].solve(question, text) == ("A",), form


LOG = {
    "en": "One document holds the house log of 14 Elm Row of 2 May 2031. Where is the brass key at "
    "the end of that log?",
    "zh": "某文档中有听雨路14号2031年5月2日的宅中日志。该日志结束时，铜钥匙在哪里？",
}
THING = {"en": "the brass key", "zh": "铜钥匙"}
MOVES = ("put", "take", "give")
PLACE = {"en": "the oak chest", "zh": "橡木箱"}


LOG_FORMS = [
    (language, kind, form)
    for language in LANGUAGES
    for kind in ("head", "holds", "lies", *MOVES)
    for form in LOGS[language][kind]
]


@pytest.mark.parametrize(("language", "kind", "form"), LOG_FORMS)
def test_where_a_thing_is_after_every_form(language: str, kind: str, form: str) -> None:
    """Put it lies there, taken or given somebody has it, whoever is named first."""
    forms, (a, b, *_) = LOGS[language], PEOPLE[language]
    roles = ("the cook", "the clerk") if language == "en" else ("厨师", "书记")
    people = [
        forms[sex][0].format(name=name, role=role)
        for name, role, sex in zip((a, b), roles, ("woman", "man"), strict=True)
    ]
    start = "lies" if kind in ("lies", "take") else "holds"
    chosen = {of: forms[of][0] for of in forms} | {kind: form}
    sentences = [chosen["head"], chosen[start], *([chosen[kind]] if kind in MOVES else [])]
    told = [
        sentence.format(
            house=HOUSES[language][0],
            day=day(2, language),
            present=LOG_WORDS[language].between.join(people),
            who=a,
            whom=a,
            to=b,
            thing=THING[language],
            place=PLACE[language],
        )
        for sentence in sentences
    ]
    spots = {
        "en": (
            "in the oak chest",
            f"in the hands of {a}",
            f"in the hands of {b}",
            "in the tin box",
        ),
        "zh": ("在橡木箱里", f"在{a}手中", f"在{b}手中", "在铁皮盒里"),
    }
    text = prompt(
        LOG[language],
        spots[language],
        LOG_WORDS[language].space.join(told),
        language=language,
    )
    expected = {"head": "B", "holds": "B", "lies": "A", "put": "A", "take": "B", "give": "C"}
    assert GENERATORS["reference"].solve(LOG[language], text) == expected[kind]


def test_every_form_of_a_correction_is_read() -> None:
    """Whatever order title, label and value come in."""
    question = 'Which of the documents below have "Exports" above $2 billion?'
    stated = tuple(f"Exports: ${n} billion" for n in (3, 4, 1, 1))
    assert len(set(CORRECTIONS)) == len(CORRECTIONS) >= 8
    for form in CORRECTIONS:
        note = form.format(title="T2", label="Exports", value="$1.5 billion")
        text = prompt(question, ("T1", "T2", "T3", "T4"), *stated, note, language="en")
        assert GENERATORS["multi_hop"].solve(question, text) == ("A",), form


# --- forms tell nothing ------------------------------------------------------------------

_NUMBER = re.compile(r"[\d,]*\d|the # of #")


def planted(sample: Sample) -> list[tuple[str, bool]]:
    """The planted lines of a prompt with names and numbers hidden, and whether each is evidence."""
    text, known = sample.prompt[0].content, names_in(sample.language)
    told, end = ENTRIES[sample.language], r"\b" if sample.language == "en" else ""
    named = "|".join([*told.towns, *(f"{end}{thing}{end}" for thing in told.things)])
    evidence = {e.text for e in sample.evidence}
    found = []
    for line in reading.context(text).split("\n"):
        if known.person.search(line) or known.house.search(line):
            hidden = line
            for pattern in (known.person, known.house, known.day, re.compile(named), _NUMBER):
                hidden = pattern.sub("#", hidden)
            found.append((hidden, line in evidence))
    return found


@pytest.mark.parametrize(
    ("recipe", "corpus"), [("comprehension", "stdlib"), ("comprehension-zh", "sanguo")]
)
def test_a_form_does_not_tell_evidence_from_distractors(recipe: str, corpus: str) -> None:
    """Every form that is often seen occurs both as evidence and as what is none."""
    maker = with_args({"generators": {"fact": 1}}, corpus_of(corpus), task=recipe)
    samples = [maker.make(index).sample for index in range(30)]
    lines = [line for sample in samples if sample for line in planted(sample)]
    evidence = Counter(form for form, needed in lines if needed)
    other = Counter(form for form, needed in lines if not needed)
    often = [form for form in evidence | other if evidence[form] + other[form] >= 12]
    assert len(often) >= 6
    assert all(evidence[form] and other[form] for form in often)
    # No form of words stands for most of the notes either.
    assert max((evidence + other).values()) < 0.3 * len(lines)


# --- evidence -----------------------------------------------------------------------------


@each_language
def test_every_piece_of_evidence_on_open_promises_is_needed(language: str) -> None:
    """What others do with a promise that went to them is none, however long the chain."""
    recipe, corpus = RECIPES[language]
    args = {"generators": {"commitment": 1}, "several": 1.0, "level": "hard"}
    maker = with_args(args, corpus_of(corpus), task=recipe, ctx=16_384)
    for sample in filter(None, (maker.make(index).sample for index in range(25))):
        text, question = sample.prompt[0].content, sample.question
        for e in sample.evidence:
            blanked = text[: e.start] + " " * len(e.text) + text[e.end :]
            assert GENERATORS["commitment"].solve(question, blanked) != sample.gold, e.text
