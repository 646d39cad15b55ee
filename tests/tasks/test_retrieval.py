"""The retrieval task: each generator alone, at every level, in both languages."""

from __future__ import annotations

import difflib
import random
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support import corpus_of, with_args, write_documents

from golong_data.contexts.sentences import sentences
from golong_data.corpus import Corpus, open_corpus
from golong_data.errors import UserError
from golong_data.making.sample import Maker
from golong_data.material.changes import any_substitutes
from golong_data.material.exchanges import exchanged
from golong_data.material.runs import is_plain, runs
from golong_data.metrics import score
from golong_data.quality.cheats import answer
from golong_data.solving import reading
from golong_data.strict import strict
from golong_data.tasks.knobs import LEVELS
from golong_data.tasks.retrieval import GENERATORS, TASK, chain, continuation, reply
from golong_data.tasks.retrieval.config import RetrievalConfig
from golong_data.tasks.retrieval.solve.sentences import split
from golong_data.tokens import get_tokenizer
from golong_data.types import Sample
from golong_data.words import words

ROWS = 12
CORPORA = {"en": "factbook", "zh": "sanguo"}
RECIPES = {"en": "retrieval", "zh": "retrieval-zh"}

CONTINUATION = words(continuation.Asks, "retrieval/continuation", "asks")
CHAIN = words(chain.Asks, "retrieval/chain", "asks")
NOTES = words(chain.Words, "retrieval/chain", "writes")
REPLY = words(reply.Asks, "retrieval/reply", "asks")
TALK_WORDS = words(reply.Words, "retrieval/reply", "writes")

each_generator = pytest.mark.parametrize("generator", GENERATORS)
each_level = pytest.mark.parametrize("level", LEVELS)
each_language = pytest.mark.parametrize("language", CORPORA)


def maker_of(generator: str, language: str = "en", *, ctx: int = 8_192, **args: Any) -> Maker:
    """A maker with one generator, over the language's corpus."""
    only = {"generators": {generator: 1}, **args}
    corpus = corpus_of(CORPORA[language])
    return with_args(only, corpus, task=RECIPES[language], ctx=ctx)


def made(maker: Maker, n: int = ROWS) -> list[Sample]:
    """The first n samples; an index that gives none fails the test."""
    outcomes = [maker.make(index) for index in range(n)]
    assert all(o.sample for o in outcomes), [o.refused for o in outcomes if not o.sample]
    return [o.sample for o in outcomes if o.sample]


@cache
def at_level(generator: str, level: str, language: str) -> tuple[Sample, ...]:
    """Rows of one generator at a level, made once."""
    return tuple(made(maker_of(generator, language, level=level)))


def context_of(sample: Sample) -> str:
    return reading.context(sample.prompt[0].content)


def blanked(sample: Sample, at: int) -> str:
    """The prompt without one piece of its evidence."""
    prompt, span = sample.prompt[0].content, sample.evidence[at]
    return prompt[: span.start] + " " * (span.end - span.start) + prompt[span.end :]


# --- each generator alone ---------------------------------------------------------------


@each_language
@each_level
@each_generator
def test_the_solver_finds_every_gold_and_needs_every_piece_of_evidence(
    generator: str, level: str, language: str
) -> None:
    """From the prompt alone; with any one piece blanked it does not come to the gold."""
    for sample in at_level(generator, level, language):
        prompt = sample.prompt[0].content
        assert (sample.subtask, sample.difficulty) == (generator, level)
        assert sample.language == language
        assert TASK.solve(prompt) == sample.gold, sample.question
        assert score(answer(sample.gold, "exact_match"), sample.gold, "exact_match") == 1.0
        for at in range(len(sample.evidence)):
            assert TASK.solve(blanked(sample, at)) != sample.gold, sample.evidence[at].text


@each_language
@each_generator
def test_every_other_solver_leaves_the_question_alone(generator: str, language: str) -> None:
    """Questions are told apart by their fixed words."""
    for sample in at_level(generator, "medium", language):
        prompt = sample.prompt[0].content
        found = {n: g.solve(sample.question, prompt) for n, g in GENERATORS.items()}
        assert {n for n, gold in found.items() if gold is not None} == {generator}


@each_language
@each_generator
def test_the_gold_is_one_short_line_that_stands_in_the_context_only(
    generator: str, language: str
) -> None:
    """One line of at most 330 characters, and nothing said behind the question holds it."""
    for sample in at_level(generator, "hard", language):
        gold = sample.gold
        assert isinstance(gold, str)
        assert gold == gold.strip()
        assert "\n" not in gold
        assert len(gold) <= 330
        asked = sample.prompt[0].content.rpartition(sample.question)[2]
        assert gold not in asked


@each_language
def test_rows_share_no_question(language: str) -> None:
    """120 rows of the recipe: no question with its gold comes twice, no generator is left out."""
    maker = with_args({}, corpus_of(CORPORA[language]), task=RECIPES[language], ctx=4_096)
    samples = made(maker, 120)
    assert len({(sample.question, sample.gold) for sample in samples}) == len(samples)
    assert {sample.subtask for sample in samples} == set(RetrievalConfig().generators)


def test_a_corpus_of_code_is_asked_for_records_and_chains_only() -> None:
    """Python's sources have next to no sentences to quote."""
    maker = with_args({}, corpus_of("stdlib"), task="retrieval", ctx=4_096)
    assert {sample.subtask for sample in made(maker, 16)} == {"records", "chain"}


def test_a_corpus_without_prose_says_what_it_takes() -> None:
    """Tables alone hold nothing to quote and nothing to plant in."""
    maker = with_args({}, corpus_of("factbook-tables"), task="retrieval", ctx=4_096)
    with pytest.raises(UserError, match="no document of the corpus serves") as caught:
        maker.make(0)
    assert "two neighbouring plain sentences" in caught.value.remedy


@each_language
def test_the_prompt_asks_to_think_or_to_answer_at_once(language: str) -> None:
    """By `thinking`; the marker stands on a line of its own either way."""
    marker = {"en": "[Answer]", "zh": "[答案]"}[language]
    thinks = {"en": "step by step", "zh": "逐步推理"}[language]
    for thinking in (True, False):
        (sample,) = made(maker_of("records", language, thinking=thinking, ctx=4_096), 1)
        tail = sample.prompt[0].content.rpartition(sample.question)[2]
        assert (thinks in tail) == thinking
        assert tail.count(f"\n{marker}\n") == 1


# --- continuation -------------------------------------------------------------------------


def given_of(sample: Sample) -> str:
    """The sentence that a continuation question quotes."""
    found = re.search(r'sentence: "(.+)" Quote|与此一字不差：「(.+)」请抄出', sample.question)
    assert found
    return found[1] or found[2]


@each_level
@each_language
def test_what_is_quoted_and_what_follows_stand_once_in_the_context(
    language: str, level: str
) -> None:
    """So there is one place to look and one answer."""
    for sample in at_level("continuation", level, language):
        text = context_of(sample)
        assert text.count(given_of(sample)) == 1
        assert text.count(str(sample.gold)) == 1


def test_levels_ask_for_other_sentences() -> None:
    """Easy the next one, medium also the one before, hard never the next."""
    where = CONTINUATION["en"].where
    asked = {
        level: {
            step
            for sample in at_level("continuation", level, "en")
            for step, words in where.items()
            if sample.question.endswith(f"stands {words}.")
        }
        for level in LEVELS
    }
    assert asked == {"easy": {1}, "medium": {1, -1}, "hard": {-1, 2, -2}}


def near_copies(sample: Sample, text: str = "") -> int:
    """Sentences of the context, or a text, that share most of the given one's words, not all."""
    wanted = given_of(sample)
    alike = difflib.SequenceMatcher(b=wanted, autojunk=False)
    found = 0
    for sentence in sentences(text or context_of(sample)):
        alike.set_seq1(sentence.text)
        if sentence.text != wanted and alike.quick_ratio() > 0.8 and alike.ratio() > 0.8:
            found += 1
    return found


@each_language
def test_harder_levels_have_more_near_copies_of_the_given_sentence(language: str) -> None:
    """None planted at easy, where chance brings a few; at hard more than one a row on average."""
    copies = {
        level: sum(map(near_copies, at_level("continuation", level, language))) for level in LEVELS
    }
    assert copies["easy"] <= 2
    assert copies["easy"] < copies["medium"] < copies["hard"]
    assert copies["hard"] > ROWS


@each_language
def test_near_copies_stand_in_other_documents(language: str) -> None:
    """So the document that holds the given sentence leaves no doubt about it."""
    for sample in at_level("continuation", "hard", language):
        shown = reading.documents(sample.prompt[0].content).values()
        (own,) = (text for text in shown if given_of(sample) in text)
        assert near_copies(sample, own) == 0


@pytest.mark.parametrize("share", [0, 1])
@each_language
def test_golds_are_the_sources_sentences_or_changed_as_asked(language: str, share: float) -> None:
    """Compared with the document that the evidence is taken from."""
    corpus = corpus_of(CORPORA[language])
    texts = {corpus.id(i): corpus.text(i) for i in range(len(corpus))}
    samples = made(maker_of("continuation", language, counterfactual=share), 24)
    for sample in samples:
        source = texts[sample.evidence[0].doc_id]
        assert (sample.gold in source) == (not sample.counterfactual)
        assert given_of(sample) in source
    changes = sum(sample.counterfactual for sample in samples)
    assert changes >= 12 if share else changes == 0


ENGLISH = """[Document 1] Harbour
The port was built in 1880. It burned down ten years later. Nobody rebuilt it.

[Document 2] Mill
The mill was built in 1880. Two families ran it. It closed in the war.

The collection ends here.

Question: {question}"""

CHINESE = """[文档 1] 港口
港口建于冬天。十年后毁于大火。无人重建。

[文档 2] 磨坊
磨坊建于春天。两家人共同经营。后来停业。

文档到此结束。

问题：{question}"""


@pytest.mark.parametrize(
    ("given_", "step", "wanted"),
    [
        ("It burned down ten years later.", 1, "Nobody rebuilt it."),
        ("It burned down ten years later.", -1, "The port was built in 1880."),
        ("The mill was built in 1880.", 2, "It closed in the war."),
        ("It closed in the war.", -2, "The mill was built in 1880."),
        ("It closed in the war.", 1, None),
        ("The port was built in 1880.", -1, None),
        ("The port was built in 1881.", 1, None),
        ("was built in 1880.", 1, None),
    ],
)
def test_continuation_by_hand(given_: str, step: int, wanted: str | None) -> None:
    """Forward, backward, past the edge of a document, absent, and not unique."""
    question = CONTINUATION["en"].worded(given_, step)
    assert TASK.solve(ENGLISH.format(question=question)) == wanted


@pytest.mark.parametrize(
    ("given_", "step", "wanted"),
    [
        ("十年后毁于大火。", 1, "无人重建。"),
        ("两家人共同经营。", -1, "磨坊建于春天。"),
        ("磨坊建于春天。", 2, "后来停业。"),
        ("无人重建。", 1, None),
    ],
)
def test_continuation_by_hand_in_chinese(given_: str, step: int, wanted: str | None) -> None:
    """The same, with sentences that no space divides."""
    question = CONTINUATION["zh"].worded(given_, step)
    assert TASK.solve(CHINESE.format(question=question)) == wanted


# --- passages -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("The harbour was closed for three whole days in spring.", True),
        ("He was ruled by St. Clair until the end of the long war.", False),
        ('He shouted "Go home now!" and then closed the old door.', False),
        ("Background: the harbour was closed for three whole days.", False),
        ("It measured 3.5 metres from one end to the other end.", True),
        ("Too short.", False),
        ("And he stood before it in those days,) saying, Shall I yet go out?", False),
        ("The harbour (a small one) was closed for three whole days.", True),
        ("于是三人连夜引军来投朱儁，儁待之甚厚。", True),
        ("玄德曰：“好！我等同去。”于是连夜起兵。", False),
    ],
)
def test_a_sentence_is_plain_where_nobody_can_doubt_its_end(text: str, fit: bool) -> None:
    """No stop before a space inside it, no label before it."""
    (whole, *rest) = sentences(text)
    assert (is_plain(whole) and not rest) == fit


@each_language
def test_runs_are_neighbours_on_one_line_and_split_alike_by_the_solver(language: str) -> None:
    """Every run of thirty documents: nothing between its sentences, the same cut twice."""
    corpus = corpus_of(CORPORA[language])
    found = [run for index in range(30) for run in runs(corpus, index)]
    assert len(found) > 50
    for run in found:
        text = corpus.text(run.index)
        whole = text[run.sentences[0].start : run.sentences[-1].end]
        assert "\n" not in whole
        assert split(whole) == [sentence.text for sentence in run.sentences]
        assert run.n_tokens >= len(whole) // 12


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.sampled_from(list(CORPORA)))
def test_a_changed_sentence_differs_in_one_stretch_and_stays_one_sentence(
    seed: int, language: str
) -> None:
    """Of real documents, with names and clauses of another one."""
    rng = random.Random(seed)
    corpus = corpus_of(CORPORA[language])
    pool = [run for index in rng.sample(range(len(corpus)), 2) for run in runs(corpus, index)]
    assume(pool)
    old = rng.choice(rng.choice(pool).sentences).text
    donor = " ".join(s.text for s in rng.choice(pool).sentences)
    new = exchanged(old, donor, any_substitutes(corpus), rng)
    assume(new is not None)
    assert new != old
    assert isinstance(new, str)
    assert split(new) == [new]
    shared = alike_from_start(old, new) + alike_from_start(old[::-1], new[::-1])
    assert max(len(old), len(new)) - shared <= 24


def alike_from_start(a: str, b: str) -> int:
    """Characters that two texts share at their start."""
    return next(i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y)


# --- chains -----------------------------------------------------------------------------------


@given(st.integers(1, 6), st.integers(1, 10), st.integers(0, 7), st.integers(0, 10**6))
def test_keys_differ_but_begin_alike_at_each_hop(
    n: int, length: int, shared: int, seed: int
) -> None:
    """No key comes twice; at one hop all chains have the same first characters."""
    chains = chain.keys(n, length, shared, random.Random(seed))
    every = [key for keys in chains for key in keys]
    assert len(set(every)) == n * length
    assert all(re.fullmatch("[0-9a-f]{8}", key) for key in every)
    for at_hop in zip(*chains, strict=True):
        assert len({key[:shared] for key in at_hop}) == 1


KEY = "[0-9a-f]{8}"


def notes_of(text: str, forms: Sequence[str]) -> list[dict[str, str]]:
    """What the notes of some forms state, in the order of the forms."""
    parts = {"key": rf"(?P<key>{KEY})", "next": rf"(?P<next>{KEY})", "question": "(?P<question>.+)"}
    found = []
    for form in forms:
        pattern = re.escape(form).replace(r"\{", "{").replace(r"\}", "}").format(**parts)
        found += [m.groupdict() for m in re.finditer(f"^{pattern}$", text, re.MULTILINE)]
    return found


@each_language
def test_levels_have_more_hops_and_more_decoys(language: str) -> None:
    """Counted in the context: notes that lead on, and notes that hold a question."""
    for level in LEVELS:
        knobs = RetrievalConfig(level=level)
        for sample in at_level("chain", level, language):
            text = context_of(sample)
            ends = len(notes_of(text, NOTES[language].holds))
            leads = len(notes_of(text, NOTES[language].leads))
            assert ends == 1 + knobs.decoys
            assert knobs.hops[0] <= leads / ends <= knobs.hops[1]


def test_every_decoy_question_has_another_answer_in_the_context() -> None:
    """So a chain that is not followed leads to a wrong answer, not to none."""
    for sample in at_level("chain", "hard", "en"):
        prompt = sample.prompt[0].content
        held = [note["key"] for note in notes_of(prompt, NOTES["en"].holds)]
        assert len(held) == 1 + RetrievalConfig(level="hard").decoys
        start = re.search(r"Start at key (\w+)", sample.question)
        assert start
        wrong = []
        for key in held:
            asked = prompt.replace(f"Start at key {start[1]}", f"Start at key {key}")
            wrong.append(TASK.solve(asked))
        assert wrong.count(str(sample.gold)) == 1
        assert None not in wrong


def test_chains_by_hand() -> None:
    """Followed to its end; broken, circular or without a question it gives nothing."""
    asked = CONTINUATION["en"].worded("Two families ran it.", 1)
    notes = [
        "Key 00000001 leads to key 00000002.",
        "Key 00000002 leads to key 00000003.",
        f"Key 00000003 holds this question: {asked}",
        "Key 00000004 leads to key 00000005.",
        "Key 00000006 leads to key 00000007.",
        "Key 00000007 leads to key 00000006.",
    ]
    for start, wanted in (("1", "It closed in the war."), ("4", None), ("6", None), ("9", None)):
        question = CHAIN["en"].question.format(key=f"0000000{start}")
        prompt = ENGLISH.format(question=question).replace("\n\n", "\n\n" + "\n\n".join(notes), 1)
        assert TASK.solve(prompt) == wanted


# --- replies ----------------------------------------------------------------------------------


@each_language
def test_replies_are_quoted_from_the_corpus(language: str) -> None:
    """Every sentence of every reply stands in a document."""
    corpus = corpus_of(CORPORA[language])
    everything = "\n".join(corpus.text(i) for i in range(len(corpus)))
    said = re.compile(r"^(?:Assistant: |助手：)(.+)$", re.MULTILINE)
    for sample in at_level("reply", "medium", language)[:4]:
        replies = said.findall(context_of(sample))
        assert len(replies) >= 6
        assert all(reply in everything for reply in replies)


@each_language
def test_levels_repeat_more_and_count_from_the_end(language: str) -> None:
    """Easy counts from the first in the same words; hard in other words and from the last."""
    back = {"en": "last reply", "zh": "请抄出助手(?:倒数|最后一次)"}[language]
    several = {"en": "in different words", "zh": "不同的说法"}[language]
    for level in LEVELS:
        knobs = RetrievalConfig(level=level)
        asked = [sample.question for sample in at_level("reply", level, language)]
        assert any(re.search(back, question) for question in asked) == knobs.from_end
        assert all((several in question) == knobs.paraphrased for question in asked)


def conversation(exchanges: Sequence[tuple[str, str]], question: str, language: str) -> str:
    """A prompt that holds nothing but a conversation."""
    form = TALK_WORDS[language].exchange
    texts = [form.format(request=request, reply=said) for request, said in exchanges]
    mark = {"en": "Question: ", "zh": "问题："}[language]
    return "\n\n".join([*texts, f"{mark}{question}"])


FRAMES = TALK_WORDS["en"].requests
TALK = [
    (FRAMES[0].format(thing="a passage", about="Niger"), "One is here. Two is here."),
    (FRAMES[0].format(thing="a passage", about="Nigeria"), "Three is here. Four is here."),
    (FRAMES[1].format(thing="a passage", about="Niger"), "Five is here. Six is here."),
    (FRAMES[0].format(thing="a single sentence", about="Niger"), "Seven is here."),
    (FRAMES[0].format(thing="a passage", about="Niger"), "Eight is here. Nine is here."),
]


@pytest.mark.parametrize(
    ("any_words", "place", "end", "wanted"),
    [
        (False, "first", "first", "One is here."),
        (False, "second", "last", "Nine is here."),
        (False, "third", "last", None),
        (False, "second-to-last", "last", "Two is here."),
        (True, "second", "first", "Five is here."),
        (True, "last", "first", "Eight is here."),
        (True, "third-to-last", "last", "Two is here."),
        (True, "fourth", "last", None),
    ],
)
def test_replies_by_hand(any_words: bool, place: str, end: str, wanted: str | None) -> None:
    """The same words or any; other subjects and single sentences never count."""
    form = REPLY["en"].any_words if any_words else REPLY["en"].same
    question = form.format(number=17, request=TALK[0][0], about="Niger", end=end, place=place)
    assert TASK.solve(conversation(TALK, question, "en")) == wanted


@pytest.mark.parametrize(
    ("any_words", "place", "end", "wanted"),
    [
        (False, "第二次", "第", "丙句在此。"),
        (True, "第二次", "最后", "己句在此。"),
        (True, "最后一次", "第", "丙句在此。"),
        (True, "倒数第三次", "最后", "乙句在此。"),
        (False, "第三次", "第", None),
    ],
)
def test_replies_by_hand_in_chinese(
    any_words: bool, place: str, end: str, wanted: str | None
) -> None:
    """The same in Chinese."""
    frames = TALK_WORDS["zh"].requests
    same = frames[0].format(thing="一段", about="赤壁")
    talk = [
        (same, "甲句在此。乙句在此。"),
        (frames[0].format(thing="一句", about="赤壁"), "庚句在此。"),
        (frames[2].format(thing="一段", about="赤壁"), "戊句在此。己句在此。"),
        (same, "丙句在此。丁句在此。"),
    ]
    form = REPLY["zh"].any_words if any_words else REPLY["zh"].same
    question = form.format(number=17, request=same, about="赤壁", end=end, place=place)
    assert TASK.solve(conversation(talk, question, "zh")) == wanted


def test_each_ordinal_means_one_place() -> None:
    """As many words as places, in both languages."""
    for asks in REPLY.values():
        called = {at: asks.place(at) for at in range(-8, 8)}
        assert len(set(called.values())) == 16
        assert all(asks.place_of(place) == at for at, place in called.items())


# --- arguments ----------------------------------------------------------------------------

BAD: Sequence[tuple[Mapping[str, Any], str]] = (
    ({"generators": {"replies": 1}}, "unknown generator 'replies'"),
    ({"generators": {"reply": 0}}, "one must be above 0"),
    ({"counterfactual": -0.1}, "between 0 and 1"),
    ({"level": "extreme"}, "not a choice"),
    ({"language": "xx"}, 'no language "xx"'),
    ({"steps": [0]}, "not 0"),
    ({"steps": []}, "must not be empty"),
    ({"lookups": ["name"]}, "not a choice"),
    ({"records": [2, 4]}, "fewest at least 8 and most at most 1000"),
    ({"hops": [4, 2]}, "fewest, most"),
    ({"repeats": [2, 9]}, "fewest at least 2 and most at most 8"),
    ({"twins": 11}, "between 0 and 10"),
    ({"shared": 8}, "between 0 and 7"),
)


@pytest.mark.parametrize(("args", "message"), BAD, ids=[message for _, message in BAD])
def test_arguments_out_of_range_are_refused(args: Mapping[str, Any], message: str) -> None:
    """With the argument and what it may be."""
    with pytest.raises(UserError, match=message) as caught:
        strict(RetrievalConfig, args, where="recipe x: args")
    assert caught.value.where.startswith("recipe x: args")


def test_knobs_override_their_level() -> None:
    """What is set here stands, False and 0 too; the rest comes from the level."""
    knobs = RetrievalConfig(level="hard", twins=0, paraphrased=False, hops=(1, 1))
    assert (knobs.twins, knobs.paraphrased, knobs.hops) == (0, False, (1, 1))
    assert knobs.records == RetrievalConfig(level="hard").records


def test_one_hop_of_one_chain_is_the_least() -> None:
    """Knobs at their lowest still give rows."""
    maker = maker_of("chain", hops=(1, 1), decoys=0, ctx=4_096)
    for sample in made(maker, 6):
        assert len(notes_of(context_of(sample), NOTES["en"].leads)) == 1
        assert TASK.solve(sample.prompt[0].content) == sample.gold


def test_a_corpus_of_few_documents_still_gives_records(tmp_path: Path) -> None:
    """Eight text files are enough to plant in."""
    write_documents(tmp_path, corpus_of("factbook"), range(0, 80, 10))
    own: Corpus = open_corpus([str(tmp_path)], tokenizer=get_tokenizer())
    samples = made(with_args({}, own, task="retrieval", ctx=8_192), 8)
    assert Counter(sample.subtask for sample in samples).keys() == {"records", "chain"}
