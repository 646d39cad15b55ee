"""Candidates and lazy readers of the exhaustive generators: over rows, and on small prompts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lazy_rows import each_of, named_by, played, prompt, rows_of

from golong_data.solving.overlap import (
    commonest,
    most_alike,
    numbers,
    overlap,
    rarest,
    weights,
)
from golong_data.tasks.exhaustive import GENERATORS
from golong_data.tasks.exhaustive.solve import impact, interface
from golong_data.words import words

RECIPES = ("exhaustive", "exhaustive-zh", "exhaustive-code")
each = pytest.mark.parametrize(("recipe", "generator"), each_of(RECIPES))
each_generator = pytest.mark.parametrize("generator", GENERATORS)

FOUND = {
    ("citation", "sentence most alike"),
    ("citation", "rarest word"),
    ("statement", "sentence most alike"),
    ("statement", "rarest word"),
    ("conflict", "most alike, other numbers"),
}
"""Readers that do not read and are right of every row: findings of the audit, not of this test."""

AS_PRINTED = ("violation", "totals", "statement", "misspelling")
"""Generators whose elements stand in the prompt as they are answered."""


# --- over rows ------------------------------------------------------------------------------


@each
def test_the_gold_is_among_distinct_candidates(recipe: str, generator: str) -> None:
    """In every row; and there are many more than are right."""
    candidates = GENERATORS[generator].candidates
    assert candidates
    for row in played(recipe, generator):
        found = candidates(row.question, row.prompt)
        assert len(set(found)) == len(found) > 2 * len(row.elements)
        assert set(row.elements) <= set(found)


@each
def test_candidates_stand_in_order(recipe: str, generator: str) -> None:
    """Those that are printed as they are answered, by where they first stand."""
    candidates = GENERATORS[generator].candidates
    assert candidates
    for row in played(recipe, generator) if generator in AS_PRINTED else ():
        found = candidates(row.question, row.prompt)
        if generator == "violation" or generator == "totals":
            places = [row.prompt.index(name) for name in found]
            assert places == sorted(places)
        assert all(name in row.prompt for name in found)


@each
def test_lazy_readers_name_candidates(recipe: str, generator: str) -> None:
    """Distinct ones, in the shape of a gold, and never an empty list."""
    made = GENERATORS[generator]
    assert made.candidates
    for row in played(recipe, generator):
        known = set(made.candidates(row.question, row.prompt))
        for name, reader in made.lazy.items():
            found = reader(row.question, row.prompt)
            if found is not None:
                assert isinstance(found, tuple), name
                assert found, name
                assert len(set(found)) == len(found), name
                # Another docket's remarks are no candidates: its reader overlooks the number.
                assert name.startswith("any docket") or known.issuperset(found), name


@each_generator
def test_lazy_readers_play_and_are_not_the_solver(generator: str) -> None:
    """Each answers some rows and, unless it is a known finding, not all of them rightly."""
    rows = list(rows_of(RECIPES, generator))
    for name, reader in GENERATORS[generator].lazy.items():
        paid = [
            row.paid(found)
            for row in rows
            if (found := reader(row.question, row.prompt)) is not None
        ]
        assert paid, name
        assert min(paid) < 1 or (generator, name) in FOUND, name


@each
def test_questions_of_others_are_passed_over(recipe: str, generator: str) -> None:
    """No candidates and no answers where a question is of another generator."""
    made = GENERATORS[generator]
    assert made.candidates
    for other in GENERATORS:
        for row in list(rows_of(RECIPES, other))[:2] if other != generator else ():
            assert not made.candidates(row.question, row.prompt)
            assert not any(reader(row.question, row.prompt) for reader in made.lazy.values())


# --- on small prompts -----------------------------------------------------------------------

REGISTER = {
    "One": "Store rule 12: no entry may be for more than 300 kg of acids.",
    "Two": "Store entry E-1001: 310 kg of acids at Dalby, countersigned by Adair.\n\n"
    "Store entry E-1002: 300 kg of acids at Dalby, countersigned by Calder.",
    "Three": "Exception to store rule 12: entries at Ashmere may be for up to 400 kg.",
    "Four": "Store entry E-1003: 390 kg of acids at Ashmere, countersigned by Calder.\n\n"
    "Store entry E-1004: 500 kg of fuels at Dalby, countersigned by Calder.",
    "Five": "Store entry E-1005: 300 kg of acids at Dalby, countersigned by Calder.",
    "Six": "Store rule 13: no entry may be for more than 100 kg of fuels.",
}
SHEETS = {
    "One": "Tally sheet T-1001 of count 500: gate 10, yard 20; total 30.",
    "Two": "Tally sheet T-1002 of count 500: gate 10, yard 20; total 31.",
    "Three": "Tally sheet T-1003 of count 501: gate 10, yard 20; total 32.",
    "Four": "Tally sheet T-1004 of count 500: gate 110, yard 20, hall 7; total 237.",
}
REMARKS = {
    "Harbours": "The harbour of Kuala was opened in 1901 by governor Mendes.\n\nThe lighthouse "
    "of Tolo is visible from 40 miles.",
    "Filler": "Compare docket 100001: The harbour of Kuala was opened in 1907 by governor Mendes.",
    "Other": "Compare docket 100001: The lighthouse of Tolo is visible from 40 miles.",
    "Third": "Compare docket 100002: The lighthouse of Tolo is visible from 41 miles.",
    "Fourth": "Compare docket 100001 on “Harbours”: the sea is deep there.",
}
SOURCES = {
    "Rivers": "The Zambezi falls drop 108 metres near Livingstone.\n\nCattle graze there.",
    "Lakes": "Lake Titicaca lies at 3812 metres above the sea.",
    "Hills": "Cattle graze on hills of about 108 metres. Nothing else happens.",
}
SAID = "(1) “Near Livingstone the Zambezi falls drop 108 metres.”"
NUMBERED = {
    "Rivers": "[S4] The Zambezi falls drop 108 metres. [S5] Cattle graze there. "
    "[S6] Hippos number 108. [S7] Nothing else happens.",
    "Lakes": "[S5] The Zambezi falls are far away.",
}
GROUPS = {
    "Both words": "A kettle and an anvil.",
    "One word": "A kettle, a kettle, a kettle and an anvils' smith.",
    "On anvil": "Nothing of the kind.",
}
PAIR = (
    'In which documents do both "kettle" and "anvil" occur, spelt so and as whole words, in the '
    "text below the heading?"
)
SPELLING = {
    "One": "the garden was a grey garden with a garden gate and a garedn wall",
    "Two": "another grooten bassoon hummed, another one; another gravity",
}
CHINESE = {"甲": "先生来了。先生走了。先声又来。", "乙": "先生不在。书生在。先牛在。"}


@pytest.mark.parametrize(
    ("generator", "documents", "question", "wanted"),
    [
        (
            "violation",
            REGISTER,
            "Which store entries break store rule 12, all told?",
            {
                "exceptions ignored": ("E-1001", "E-1003"),
                "above every limit": None,
                "of its goods": ("E-1001", "E-1002", "E-1003", "E-1005"),
                "above its limit, any goods": ("E-1001", "E-1003", "E-1004"),
                "commonest goods": ("E-1001", "E-1002", "E-1003", "E-1005"),
                "above the commonest quantity": ("E-1001", "E-1003"),
                "largest quantities": ("E-1004", "E-1003", "E-1001"),
            },
        ),
        (
            "totals",
            SHEETS,
            "On which tally sheets of count 500 is the stated total not the sum?",
            {
                "last digits": ("T-1002",),
                "last digits, any count": ("T-1002", "T-1003"),
                "every sheet of the count": ("T-1001", "T-1002", "T-1004"),
                "longest sheets": ("T-1004", "T-1001", "T-1002"),
                "smallest totals": ("T-1001", "T-1002", "T-1004"),
            },
        ),
        (
            "conflict",
            REMARKS,
            "Which pairs contradict each other, of docket 100001?",
            {
                "most alike, other numbers": (
                    "Document 1 and Document 2",
                    "Document 1 and Document 5",
                ),
                "worst half of the remarks": (
                    "Document 1 and Document 5",
                    "Document 1 and Document 2",
                ),
                "best pair alone": ("Document 1 and Document 3",),
                "same title": ("Document 1 and Document 5",),
            },
        ),
        (
            "citation",
            SOURCES,
            f"Which are they, all taken together? Statements: {SAID}",
            {
                "sentence most alike": ("Document 1",),
                "document most alike": ("Document 1",),
                "same numbers": ("Document 1", "Document 3"),
                "any number": ("Document 1", "Document 2", "Document 3"),
                "documents in one piece": ("Document 1", "Document 2", "Document 3"),
            },
        ),
        (
            "statement",
            NUMBERED,
            "In the document titled “Rivers” every sentence has a number , so. Text: “A drop of "
            "108 metres is what the Zambezi falls have.”",
            {
                "sentence most alike": ("S4",),
                "same numbers": ("S4", "S6"),
                "any number": ("S4", "S6"),
                "around the most alike": ("S4", "S5"),
                "first sentences": ("S4", "S5", "S6"),
                "every sentence": ("S4", "S5", "S6", "S7"),
            },
        ),
        (
            "subset",
            GROUPS,
            PAIR,
            {
                "names, as many": ("Both words", "One word"),
                "all names": ("Both words", "One word"),
                "most mentions": ("One word", "Both words"),
                "name in the title": ("On anvil",),
            },
        ),
        (
            "subset",
            GROUPS,
            f'{PAIR} Leave out the documents in whose text below the heading "smith" occurs, '
            "spelt so and as a whole word.",
            {"names, as many, none left out": ("Both words",)},
        ),
        (
            "misspelling",
            SPELLING,
            "Which misspelt words begin with one of the letters b, g?",
            {
                "seen once": ("garedn", "grooten", "bassoon", "gravity"),
                "seen once, doubled letter": ("grooten", "bassoon"),
                "seen once, letters of another": ("garedn",),
                "in no dictionary": None,
            },
        ),
        (
            "misspelling",
            CHINESE,
            "The words: 先生. What are they?",
            {
                "every such word": ("先声", "书生", "先牛"),
                "in no dictionary": ("先牛",),
                "of longer words": None,
                "seen once, odd letters": None,
            },
        ),
        (
            "misspelling",
            {"甲": "司马翼在。司鸡走了。"},
            "The words: 司马昭、司机. What are they?",
            {"every such word": ("司马", "司马翼", "司鸡"), "of longer words": ("司马翼",)},
        ),
    ],
)
def test_what_lazy_readers_name(
    generator: str, documents: Mapping[str, str], question: str, wanted: Mapping[str, Any]
) -> None:
    """Each what its name says, and no more."""
    named = named_by(GENERATORS[generator], documents, question)
    assert {reader: named(reader) for reader in wanted} == wanted


def test_a_pair_holds_a_remark_of_the_docket() -> None:
    """Other pairs of documents are no candidates, nor is a document with itself."""
    question = "Which pairs contradict each other, of docket 100002?"
    candidates = GENERATORS["conflict"].candidates
    assert candidates
    assert candidates(question, prompt(REMARKS, question)) == (
        "Document 1 and Document 4",
        "Document 2 and Document 4",
        "Document 3 and Document 4",
        "Document 4 and Document 5",
    )


def test_titles_of_documents_that_go_on_count_once() -> None:
    """ "(continued)" is no part of a title."""
    documents = {**GROUPS, "Both words (continued)": "A kettle."}
    candidates = GENERATORS["subset"].candidates
    assert candidates
    assert candidates(PAIR, prompt(documents, PAIR)) == tuple(GROUPS)


FIRST = """class Table:
    limit = 3
    label = "a"
    spare = 1

    def load(self, path):
        return self.read(path)
"""
SECOND = """class Table:
    limit = 4
    label = 'a'  # quoted
    other = 1

    def load(self, path, mode):
        return self.read(path)
"""


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        (
            "fields",
            {
                "begins a changed line": (
                    "Table.limit",
                    "Table.label",
                    "Table.spare",
                    "Table.other",
                ),
                "begins a changed line, layout aside": (
                    "Table.limit",
                    "Table.spare",
                    "Table.other",
                ),
                "in one release alone": ("Table.spare", "Table.other"),
            },
        ),
        ("signatures", {"begins a changed line": ("Table.load",), "in one release alone": None}),
    ],
)
def test_lazy_readers_of_releases(kind: str, wanted: Mapping[str, Any]) -> None:
    """They compare lines, or names alone."""
    asks = words(interface.Asks, interface.WORDS, "asks")["en"].kinds[kind]
    question = asks.question.format(first="t (1.0)", second="t (1.1)")
    documents = {"t (1.0)": FIRST, "t (1.1)": SECOND}
    named = named_by(GENERATORS["interface"], documents, question)
    assert {reader: named(reader) for reader in wanted} == wanted


MODULE = """def load(path):
    return path

def read(path):
    return load(path)

def scan(path):
    return read(path)

class Reader:
    def load(self, path):
        return self.open(path)
"""
ELSEWHERE = "def use(x):\n    return x.load(1)\n"


def test_lazy_readers_of_calls() -> None:
    """A search for the last name and a bracket, in its module or anywhere; chains of these."""
    asks = words(impact.Asks, impact.WORDS, "asks")["en"]
    question = asks.reaches.format(target="m.load", release="1.0", distance=1, rule="")
    documents = {"m (1.0)": MODULE, "n": ELSEWHERE}
    named = named_by(GENERATORS["impact"], documents, question)
    assert named("calls by name") == ("m.read", "n.use")
    assert named("calls by name in its module") == ("m.read",)
    assert named("chains by name") == ("m.read", "m.scan")
    assert named("all beside it") == ("m.read", "m.scan")


# --- overlap --------------------------------------------------------------------------------

BAGS = st.lists(st.frozensets(st.sampled_from("abcdefgh"), max_size=5), min_size=1, max_size=6)


@given(BAGS)
def test_rare_words_weigh_more_and_all_weigh_something(bags: Sequence[frozenset[str]]) -> None:
    """A word of all texts weighs log 2; one of fewer texts weighs more."""
    weighed = weights(bags)
    assert set(weighed) == frozenset().union(*bags)
    assert all(weight >= math.log(2) for weight in weighed.values())
    held = {word: sum(word in bag for bag in bags) for word in weighed}
    assert all((held[a] < held[b]) == (weighed[a] > weighed[b]) for a in held for b in held)


@given(BAGS, st.frozensets(st.sampled_from("abcdefghxyz"), max_size=6))
def test_the_most_alike_has_the_largest_overlap(
    bags: Sequence[frozenset[str]], asked: frozenset[str]
) -> None:
    """And there is none where nothing is in common; the rarest word is one that some text has."""
    weighed = weights(bags)
    at, word = most_alike(asked, bags, weighed), rarest(asked, weighed)
    common = any(asked & bag for bag in bags)
    assert (at is not None) == common == (word is not None)
    if at is not None and word is not None:
        best = overlap(asked, bags[at], weighed)
        assert all(overlap(asked, bag, weighed) <= best for bag in bags)
        assert all(overlap(asked, bag, weighed) < best for bag in bags[:at])
        assert weighed[word] == max(weighed[w] for w in asked if w in weighed)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("In 1,204 of 30.5 cases", {"1204", "30.5"}),
        ("三十二人，一人", {"三十二"}),
        ("none", set()),
    ],
)
def test_numbers_of_a_text(text: str, wanted: set[str]) -> None:
    """In digits without commas, and Chinese numerals of two characters or more."""
    assert numbers(text) == wanted


def test_the_commonest_is_the_first_of_several() -> None:
    """And nothing where there is nothing."""
    assert commonest([3, 1, 1, 3]) == 3
    assert commonest([3, 1, 1]) == 1
    assert commonest(()) is None
