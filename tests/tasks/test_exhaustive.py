"""The exhaustive task over prose: each generator at every level and in both languages."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import corpus_of, with_args

from golong_data.errors import UserError
from golong_data.making.sample import Maker
from golong_data.material import changes, misspellings
from golong_data.material import quotes as passages
from golong_data.material.rewording import lower, reword
from golong_data.metrics import score
from golong_data.quality.cheats import answer
from golong_data.solving import reading, sentences
from golong_data.strict import strict
from golong_data.tasks import get_task
from golong_data.tasks.exhaustive import (
    GENERATORS,
    citation,
    conflict,
    statement,
    violation,
)
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.forms import Wording
from golong_data.tasks.knobs import LEVELS
from golong_data.types import Sample
from golong_data.words import pattern, words

PROSE = ("citation", "statement", "conflict", "violation", "misspelling", "totals")
"""Generators that ask about prose; those about groups and code have tests of their own."""
ROWS = 12
each_generator = pytest.mark.parametrize("generator", PROSE)


def made(generator: str, language: str = "en", *, n: int = ROWS, **args: Any) -> list[Sample]:
    """The first n samples of a generator; an index that gives none fails the test."""
    maker = maker_for(generator, language, **args)
    outcomes = [maker.make(index) for index in range(n)]
    assert all(o.sample for o in outcomes), [o.refused for o in outcomes if not o.sample]
    return [o.sample for o in outcomes if o.sample]


def maker_for(generator: str, language: str = "en", *, ctx: int = 8192, **args: Any) -> Maker:
    """A maker of one generator alone, over country profiles or the Chinese novel."""
    corpus = corpus_of("factbook" if language == "en" else "sanguo")
    name = "exhaustive" if language == "en" else "exhaustive-zh"
    return with_args({"generators": {generator: 1}, **args}, corpus, task=name, ctx=ctx)


def prompt(context: str, question: str) -> str:
    """A prompt made by hand."""
    return f"Below is a collection.\n\n{context}\n\nThe end.\n\nQuestion: {question}\n\nAnswer."


# --- every generator --------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(
    ("generator", "language"),
    [(g, language) for g in PROSE for language in ("en", "zh")],
)
def test_the_solver_finds_every_gold(generator: str, language: str, level: str) -> None:
    """From the prompt alone, at every level, in both languages; and the gold is paid in full."""
    for sample in made(generator, language, level=level):
        text = sample.prompt[0].content
        assert sample.subtask == generator
        assert sample.language == language
        assert sample.difficulty == level
        assert get_task("exhaustive").solve(text) == sample.gold, sample.question
        assert score(answer(sample.gold), sample.gold, "f1") == 1.0


@each_generator
def test_one_element_too_many_or_too_few_costs(generator: str) -> None:
    """The F1 of the set: neither part of the list nor a longer one earns all."""
    for sample in made(generator, n=4, level="hard"):
        assert score(answer(sample.gold[1:]), sample.gold, "f1") < 1
        assert score(answer([*sample.gold, "nothing of the kind"]), sample.gold, "f1") < 1


@each_generator
def test_elements_are_of_the_form_that_the_row_states(generator: str) -> None:
    """Pairs of documents are pairs, titles whole lines; nothing else holds a comma or an "and"."""
    form = {"conflict": "pair", "subset": "line"}.get(generator, "item")
    for sample in made(generator, n=6):
        assert sample.metric.form == form
        if form == "item":
            assert not any(re.search(r"[,、，;；]|\band\b|和|与", e) for e in sample.gold)
        if form == "pair":
            assert all(len(re.findall(r"\d+", element)) == 2 for element in sample.gold)


@each_generator
def test_harder_levels_ask_for_more(generator: str) -> None:
    """Twelve golds at hard have more elements than twelve at easy, given room."""
    sizes = {
        level: sum(len(s.gold) for s in made(generator, level=level, ctx=16_384))
        for level in ("easy", "hard")
    }
    assert sizes["easy"] < sizes["hard"]


CANDIDATES = {
    "citation": r"(?<=^\[)Document \d+(?=\])",
    "statement": r"(?<=\[)S\d+(?=\] )",
}


@pytest.mark.parametrize(("generator", "shape"), CANDIDATES.items())
def test_listing_all_candidates_earns_little(generator: str, shape: str) -> None:
    """Of things like those asked for there are many times more than belong to the answer."""
    for sample in made(generator):
        listed = re.findall(shape, sample.prompt[0].content, re.MULTILINE)
        assert set(sample.gold) <= set(listed)
        assert score(answer(listed), sample.gold, "f1") <= 0.2


def test_questions_of_one_kind_are_solved_by_their_own_solver_only() -> None:
    """No solver takes a question for its own that another generator asked."""
    for generator in PROSE:
        for sample in made(generator, n=3):
            text = sample.prompt[0].content
            solved = {
                name
                for name, other in GENERATORS.items()
                if other.solve(sample.question, text) is not None
            }
            assert solved == {generator}


def test_thinking_may_be_left_out() -> None:
    """The two wordings differ in what stands before the marker."""
    (thinking,) = made("totals", n=1)
    (direct,) = made("totals", n=1, thinking=False)
    assert "Think step by step" in thinking.prompt[0].content
    assert "Think step by step" not in direct.prompt[0].content
    assert "Do not explain" in direct.prompt[0].content


# --- solvers on prompts made by hand ----------------------------------------------------

SHORE = "The lighthouse on the northern shore was finished in 1874 by masons from Bergen."
MILL = "Three water mills along the river ground barley for the surrounding villages."


def test_citations_are_found_behind_other_words() -> None:
    """Documents 1 and 3 hold the sentences; document 2 speaks of the same things."""
    context = (
        f"[Document 1] A\nSome words first. {SHORE}\n\n"
        "[Document 2] B\nThe lighthouse keeper came from Bergen as well, people said.\n\n"
        f"[Document 3] C\n{MILL} The end."
    )
    stated = (
        "(1) “In 1874 the lighthouse on the northern shore was finished by masons from Bergen.”"
    )
    asks = words(citation.Asks, citation.WORDS, "asks")["en"]
    question = asks.question.format(statements=f"{stated} (2) “{MILL}”")
    assert citation.solve(question, prompt(context, question)) == ("Document 1", "Document 3")
    without = context.replace(MILL, " " * len(MILL))
    assert citation.solve(question, prompt(without, question)) is None


def test_numbered_sentences_are_read_in_the_named_document_only() -> None:
    """The same sentence under another title does not count."""
    context = (
        f"[Document 1] Coast\n[S7] Before. [S8] {SHORE} [S9] {MILL}\n\n"
        f"[Document 2] River\n[S8] {MILL} [S9] {SHORE}"
    )
    question = words(statement.Asks, statement.WORDS, "asks")["en"].question.format(
        title="River", first="S8", last="S9", statement=f"“{SHORE}”"
    )
    assert statement.solve(question, prompt(context, question)) == ("S9",)


def test_a_remark_with_another_number_contradicts_and_one_with_the_same_does_not() -> None:
    """Pairs name the smaller number first, wherever the remark stands."""
    pairs = "There were 12 ferries a day between the two towns in the summer of that year."
    context = (
        f"[Document 1] A\nDocket 311000 says: {SHORE.replace('1874', '1877')}\n\n"
        f"[Document 2] B\n{SHORE}\n\n[Document 3] C\n{pairs}\n\n"
        f"[Document 4] D\n{pairs} Thus docket 311000.\n\n"
        f"[Document 5] E\nAccording to docket 311002, {lower(SHORE, 'en').replace('1874', '1870')}"
    )
    asks = words(conflict.Asks, conflict.WORDS, "asks")["en"]
    question = asks.question.format(docket=311_000)
    found = conflict.solve(question, prompt(context, question))
    assert found == ("Document 1 and Document 2",)
    other = asks.question.format(docket=311_002)
    assert conflict.solve(other, prompt(context, other)) == ("Document 2 and Document 5",)


ENTRIES = (
    "Store entry E-1001: 300 kg of acids at Dalby, countersigned by Adair.\n\n"
    "Store entry E-1002: at Corrin, 290 kg of acids; countersigned by Hallam.\n\n"
    "Store entry E-1003: Easton has countersigned 250 kg of acids at Dalby.\n\n"
    "Store entry E-1004: 900 kg of resins at Dalby, countersigned by Hallam.\n\n"
    "Store rule 20: no entry may be for more than 250 kg of acids.\n\n"
    "Store rule 21: no entry may be for more than 950 kg of resins."
)


@pytest.mark.parametrize(
    ("exceptions", "broken"),
    [
        ("", ("E-1001", "E-1002")),
        ("Exception to store rule 20: entries at Corrin may be for up to 290 kg.", ("E-1001",)),
        (
            "Exception to store rule 20: entries at Corrin may be for up to 280 kg.",
            ("E-1001", "E-1002"),
        ),
        (
            "Exception to store rule 20: entries that Adair has countersigned are exempt.",
            ("E-1002",),
        ),
        (
            "Exception to store rule 21: entries that Adair has countersigned are exempt.",
            ("E-1001", "E-1002"),
        ),
    ],
    ids=["none", "raised", "raised too little", "exempt", "another rule's"],
)
def test_exceptions_count_for_their_own_rule(exceptions: str, broken: Sequence[str]) -> None:
    """An entry at the limit does not break a rule; one above it does, unless excepted."""
    context = f"[Document 1] A\n{ENTRIES}\n\n[Document 2] B\n{exceptions}"
    question = words(Wording, violation.WORDS, "asks")["en"].question.format(rule=20)
    assert violation.solve(question, prompt(context, question)) == broken


# --- what they are made of --------------------------------------------------------------


@given(st.text("abcdeilnorst", min_size=6, max_size=14))
def test_misspellings_are_near_and_keep_both_ends(word: str) -> None:
    """Exchanged or doubled inside; never the word itself."""
    for wrong in misspellings.misspellings(word):
        assert wrong != word
        assert (wrong[0], wrong[-1]) == (word[0], word[-1])
        assert len(wrong) - len(word) in (0, 1)


@given(st.integers(0, 10**6), st.sampled_from(("1874", "12", "4,500", "3.5", "三千余", "二十")))
def test_an_altered_number_is_another_of_the_same_form(seed: int, number: str) -> None:
    """One number changes; commas, decimals and characters stay where they were."""
    text = f"率{number}人渡江" if number[0] > "z" else f"It had {number} boats."
    changed = next(changes.numbers(text, random.Random(seed))).on(text)
    assert changed != text
    assert re.sub(r"[\d,二三四五六七八九]+", "", changed) == re.sub(
        r"[\d,二三四五六七八九]+", "", text
    )
    assert ("," in changed) == ("," in text) or number == "4,500"


@given(st.integers(0, 10**6), st.integers(2, 100), st.integers(1, 4))
def test_an_altered_number_may_stand_where_it_does(seed: int, value: int, zeros: int) -> None:
    """No share above 99 %, no day above 28, no year to come; round ones stay round, many many."""
    rng = random.Random(seed)

    def other(text: str) -> int:
        (new,) = re.findall(r"\d+", next(changes.numbers(text, rng)).on(text))
        return int(new)

    assert 2 <= other(f"They were {value}% of all people there.") <= 99
    assert 1 <= other(f"It was lost on {min(value, 31)} March, they say.") <= 28
    assert 1950 <= other(f"It was lost in {1960 + value % 65} by them.") <= changes.LATEST
    assert other(f"It had {value * 10**zeros} boats.") % 10**zeros == 0


REWORDED = (
    ("In 1830, the French captured Algiers.", "The French seized Algiers in the year 1830."),
    ("The treaty was signed in 1830.", "In the year 1830, the treaty was signed."),
    (
        "The isle came under English rule before being sold in 1765.",
        "The isle came under English rule before being sold in the year 1765.",
    ),
    (
        "The old mill by the river was (as many people said at that time) shut.",
        None,
    ),
    (
        "The old mill by the river (now a ruin) was often shut in the cold months of winter.",
        "The old mill by the river was frequently shut in the cold months of winter.",
    ),
    ("The first four arguments are (a, b).", None),
    ("The court ruled that several of the mills (except the old one) stood empty.", None),
    ("An often violent dispute, supported by a few, remained to be settled.", None),
    ("Votes held in 1967, 1993, and 1998 were lost.", None),
    ("Prices rose from 1200 to 1500 pounds within a nearly dry month.", None),
    (
        "The majority of the mills were founded in 1874, and several burnt down.",
        "Most of the mills were set up in the year 1874, and several burnt down.",
    ),
)


@pytest.mark.parametrize(("text", "told"), REWORDED)
def test_rewording_keeps_what_is_said(text: str, told: str | None) -> None:
    """Times move only within a sentence of one clause; asides go, unless they are the point."""
    assert reword(text, "en") == (told or text)


def test_modern_chinese_is_reworded_by_word() -> None:
    """Laws and manuals have other words of the same sense; look-alikes are left as they are."""
    told = reword("机关应当自受理之日起三十日内予以公布，但是案情复杂的，可以依照规定延长。", "zh")
    assert told == "机关应该自受理之日起三十日内加以公布，不过案情复杂的，可以按照规定延长。"
    law = reword("公民有权向机关申诉，自公布之日起施行。", "zh")
    assert law == "公民有权利向机关申诉，从公布之日起施行。"
    for kept in ("相应当地法规执行。", "享有权利的人来自南方。", "非常时期另作规定。"):
        assert reword(kept, "zh") == kept


def test_chinese_is_reworded_by_character() -> None:
    """Written words become spoken ones, names and set phrases keep their characters."""
    assert reword("却说韩遂问曰：“吾皆知之。”", "zh") == "韩遂问道：“我都知之。”"
    assert reword("乃命吾粲先行，遂令汝等在后。", "zh") == "乃命吾粲先行，于是令你等在后。"
    for kept in ("遂曰不可。", "不亦乐乎？", "天下幸甚！", "有诗曰：“亦然。”"):
        assert reword(kept, "zh") == kept


def test_near_matches_share_half_of_the_terms() -> None:
    """Counted by sentence; the sentence itself is one."""
    text = passages.folded(f"{SHORE} {MILL} The lighthouse on the shore: masons from Bergen.")
    wanted = passages.terms(SHORE)
    assert passages.near_matches(text, wanted) == 2
    assert passages.near_matches(text, wanted, least=0.9) == 1
    assert passages.near_matches(text, passages.terms("Camels cross the wide desert slowly")) == 0


@given(st.text())
def test_folding_keeps_the_length(text: str) -> None:
    """Offsets into the folded text are offsets into the text."""
    assert len(passages.folded(text)) == len(text)


def test_no_other_sentence_says_what_a_statement_says() -> None:
    """Read with the solver's own eyes: one sentence of one document for each piece."""
    for sample in made("citation", level="hard", ctx=16_384):
        texts = list(sentences.numbered(sample.prompt[0].content))
        for evidence in sample.evidence:
            stated = sentences.bag(evidence.text)
            like = [
                number
                for number, _, text in texts
                for piece in sentences.pieces(text)
                if sentences.alike(stated, sentences.bag(piece))
            ]
            assert len(like) == 1


def test_each_misspelt_word_stands_correctly_elsewhere() -> None:
    """Three times at least, and the misspelt form once."""
    for sample in made("misspelling"):
        seen = misspellings.WORD.findall(reading.context(sample.prompt[0].content))
        for wrong in sample.gold:
            right = [w for w in set(seen) if wrong in misspellings.misspellings(w)]
            assert seen.count(wrong) == 1
            assert any(seen.count(w) >= misspellings.TIMES for w in right)


# --- what is changed against the source --------------------------------------------------

each_language = pytest.mark.parametrize("language", ["en", "zh"])


def shown_otherwise(sample: Sample, language: str) -> list[bool]:
    """For each sentence that the gold rests on, whether its source does not hold it."""
    corpus = corpus_of("factbook" if language == "en" else "sanguo")
    text = {corpus.id(i): corpus.text(i) for i in range(len(corpus))}
    dockets = words(conflict.Words, conflict.WORDS, "writes")[language].forbidden
    return [
        evidence.text not in text[evidence.doc_id]
        for evidence in sample.evidence
        if not any(word in evidence.text for word in dockets)
    ]


@each_language
@pytest.mark.parametrize("generator", ["citation", "statement", "conflict"])
def test_the_share_that_is_counterfactual_is_shown_so(generator: str, language: str) -> None:
    """No sentence, half or nearly all differ from their source, and as many are said to."""
    for share, least, most in ((0.0, 0.0, 0.0), (0.5, 0.25, 0.75), (1.0, 0.75, 1.0)):
        changed = total = 0
        for sample in made(generator, language, counterfactual=share):
            other = shown_otherwise(sample, language)
            assert sample.counterfactual == sum(other)
            changed, total = changed + sum(other), total + len(other)
        assert least * total <= changed <= most * total


@pytest.mark.parametrize("generator", ["citation", "statement"])
def test_a_new_name_stands_in_its_document_only(generator: str) -> None:
    """A country that the source's sentence does not name is named in no other document."""
    corpus = corpus_of("factbook")
    index = {corpus.id(i): i for i in range(len(corpus))}
    countries = {corpus.title(i) for i in range(len(corpus))}
    seen = 0
    for sample in made(generator, counterfactual=1, n=ROWS * 2):
        for evidence in sample.evidence:
            named = {name for name in countries if re.search(rf"\b{name}\b", evidence.text)}
            for name in named - {n for n in named if n in corpus.text(index[evidence.doc_id])}:
                texts = sentences.numbered(sample.prompt[0].content)
                assert len({number for number, _, text in texts if name in text}) == 1
                assert name not in [title for _, title, _ in texts]
                seen += 1
    assert seen


@each_language
def test_no_citation_gives_its_title_away(language: str) -> None:
    """Neither a country's name or its adjective, nor two characters of a chapter's heading."""
    corpus = corpus_of("factbook" if language == "en" else "sanguo")
    titles = {corpus.id(i): corpus.title(i) for i in range(len(corpus))}
    for sample in made("citation", language, level="hard"):
        for evidence in sample.evidence:
            title = titles[evidence.doc_id]
            if language == "en":
                assert title[:5] not in evidence.text
            else:
                heading = title.partition(" ")[2]
                assert not any(pair in evidence.text for pair in re.findall(r"(?=(\w\w))", heading))


@each_language
def test_other_dockets_contradict_and_do_not_count(language: str) -> None:
    """Asked about a docket beside it, the same context has another answer."""
    seen = 0
    for sample in made("conflict", language, level="hard"):
        text = sample.prompt[0].content
        own = re.findall(r"\d{6,7}", sample.question)[0]
        for other in set(re.findall(r"(?:[Dd]ocket |卷宗)(\d{6,7})", text)) - {own}:
            found = conflict.solve(sample.question.replace(own, other), text)
            assert found is not None
            assert found != sample.gold
            seen += 1
    assert seen > ROWS


@each_language
def test_remarks_are_put_in_many_ways(language: str) -> None:
    """Eight forms and more, and those of remarks that contradict are those of others."""
    told = words(conflict.Words, conflict.WORDS, "writes")[language]
    contradicting: set[str] = set()
    agreeing: set[str] = set()
    for sample in made("conflict", language, n=2 * ROWS):
        right = {evidence.text for evidence in sample.evidence}
        for _, _, text in sentences.numbered(sample.prompt[0].content):
            for paragraph in text.split("\n\n"):
                if not any(word in paragraph for word in told.forbidden):
                    continue
                text_of = re.sub(r"[Dd]ocket \d+|卷宗\d+", "§", paragraph.strip())
                forms = {
                    form
                    for form in (*told.whole, *told.part)
                    if pattern(re.sub(r"\{[Dd]ocket\}", "§", form)).fullmatch(text_of)
                }
                (contradicting if paragraph.strip() in right else agreeing).update(forms)
    assert min(len(contradicting), len(agreeing)) >= 8


def test_a_contradicting_remark_may_tell_the_truth() -> None:
    """Where what is shown is changed, what contradicts it is sometimes what the source says."""
    corpus = corpus_of("factbook")
    text = "\n".join(corpus.text(i) for i in range(len(corpus)))
    remarks = [
        fact[0] in text
        for sample in made("conflict", counterfactual=1, level="hard", reworded=False)
        for evidence in sample.evidence
        if (fact := re.findall(r"(?<=says: ).+|(?<=\d: ).+", evidence.text))
    ]
    assert {True, False} <= set(remarks)


def test_listing_the_plain_sentences_of_a_document_earns_little() -> None:
    """Where most of a document is lists, its paragraphs of prose are not the answer."""
    for sample in made("statement", level="hard", ctx=16_384):
        title = sample.question.split("“")[1].split("”")[0]
        (text,) = (
            text for _, name, text in sentences.numbered(sample.prompt[0].content) if name == title
        )
        prose = re.findall(r"\[(S\d+)\] [A-Z][^:\[\n]{60,300}\.(?=\s)", text)
        assert set(sample.gold) <= {*prose, *sample.gold}
        assert score(answer(prose), sample.gold, "f1") <= 0.5


# --- arguments --------------------------------------------------------------------------

BAD: Sequence[tuple[Mapping[str, Any], str]] = (
    ({"generators": {"citations": 1}}, "unknown generator 'citations'"),
    ({"errors": [0, 4]}, "fewest at least 1"),
    ({"breaches": [5, 4]}, "fewest, most"),
    ({"agreeing": 9}, "between 0 and 6"),
    ({"exceptions": 3}, "between 0 and 2"),
    ({"language": "xx"}, "there is no language"),
)


@pytest.mark.parametrize(("args", "message"), BAD, ids=[message for _, message in BAD])
def test_arguments_out_of_range_are_refused(args: Mapping[str, Any], message: str) -> None:
    """With the argument and what it may be."""
    with pytest.raises(UserError, match=message):
        strict(ExhaustiveConfig, args, where="recipe x: args")


def test_knobs_override_their_level() -> None:
    """What is set here stands; the rest comes from the level."""
    knobs = ExhaustiveConfig(level="hard", errors=(1, 1), reworded=False)
    assert (knobs.errors, knobs.reworded) == ((1, 1), False)
    assert knobs.breaches == ExhaustiveConfig(level="hard").breaches


def test_a_context_too_short_is_refused_or_served() -> None:
    """At 1,500 tokens a row is made or refused with its reason; nothing breaks."""
    for generator in PROSE:
        outcome = maker_for(generator, ctx=1_500).make(0)
        assert outcome.sample or outcome.refused
