"""The documents are true: generated parts are fresh, links lead somewhere, nothing lacks."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import fields
from functools import cache
from pathlib import Path

import generate
import pytest
from cells import missing_corpora, versions_of
from support import corpus_of

from golong_data.recipes import load_recipe, recipe_names
from golong_data.tasks import TASKS, get_task

ROOT = Path(__file__).parent.parent
DIGESTS = ROOT / "tests" / "contract" / "golden" / "digests"
README = ROOT / "README.md"
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/**/*.md"))]
DOCUMENTS += sorted(ROOT.glob("benchmarks/**/*.md"))
each_document = pytest.mark.parametrize(
    "path", DOCUMENTS, ids=[path.relative_to(ROOT).as_posix() for path in DOCUMENTS]
)
each_task = pytest.mark.parametrize("task", TASKS)


@cache
def text_of(path: Path) -> str:
    """A document."""
    return path.read_text(encoding="utf-8")


def page(task: str) -> str:
    """The page of a task."""
    return text_of(generate.page_of(task))


def named(word: str, text: str) -> bool:
    """Whether a word stands there by itself."""
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


# --- what is generated ----------------------------------------------------------------------

STALE = "run: python docs/generate.py"


@each_task
def test_tables_of_generators_and_knobs_are_fresh(task: str) -> None:
    """They say what the code says."""
    made = {"generators": generate.generators(task), "knobs": generate.knobs(task)}
    assert generate.with_blocks(page(task), made) == page(task), STALE
    for block in (*made, "examples"):
        assert page(task).count(f"<!-- generated: {block} -->") == 1


@each_task
def test_examples_are_rows_as_they_come_out(task: str) -> None:
    """With the versions of packages that the digests of rows were made with."""
    if missing := missing_corpora(task):
        pytest.skip(f"no corpus {', '.join(missing)}")
    kept = json.loads((DIGESTS / f"{task}.json").read_text(encoding="utf-8"))["versions"]
    if kept != versions_of(task):
        pytest.skip(f"made with {kept}, here are {versions_of(task)}")
    made = generate.examples(task, corpus_of(*load_recipe(task).corpus))
    assert generate.with_blocks(page(task), {"examples": made}) == page(task), STALE


@pytest.mark.parametrize("cell", ["a | b", "a\nb", "a \\| b"])
def test_nothing_in_a_cell_breaks_its_table(cell: str) -> None:
    """Every line of a table has as many cells as its head."""
    lines = generate.table(("one", "two"), [(cell, "x")]).splitlines()
    assert [len(re.findall(r"(?<!\\)\|", line)) for line in lines] == [3, 3, 3]


# --- what is written by hand ----------------------------------------------------------------


@each_task
def test_every_generator_is_explained_on_the_page_of_its_task(task: str) -> None:
    """By its name in a recipe, outside of what is generated."""
    by_hand = generate.by_hand(page(task))
    assert [name for name in get_task(task).generators if not named(name, by_hand)] == []


@each_task
def test_every_knob_has_its_place_on_the_page_of_its_task(task: str) -> None:
    """By its name in a recipe."""
    assert [f.name for f in fields(get_task(task).config) if not named(f.name, page(task))] == []


@each_task
def test_the_readme_names_every_generator(task: str) -> None:
    """In the table of capabilities."""
    capabilities = text_of(README).partition("## Capabilities")[2].partition("\n## ")[0]
    row = next(line for line in capabilities.split("\n") if line.startswith(f"| [`{task}`]"))
    assert [name for name in get_task(task).generators if f"`{name}`" not in row] == []


@pytest.mark.parametrize("recipe", recipe_names())
def test_every_recipe_is_named_on_the_page_of_its_task(recipe: str) -> None:
    """And its task is one that is listed."""
    task = load_recipe(recipe).task
    assert task in TASKS
    assert named(recipe, generate.by_hand(page(task)))


def test_the_readme_runs_the_tests_as_the_checks_do() -> None:
    """Every step of its command for development is one of .ci/run."""
    command = next(line for line in text_of(README).split("\n") if "&& .venv/bin/pytest" in line)
    _, *steps = command.replace(".venv/bin/", "").split(" && ")
    checks = text_of(ROOT / ".ci" / "run").replace("--quiet ", "").split("\n")
    assert [step for step in steps if step not in checks] == []


# --- links ----------------------------------------------------------------------------------

_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    seen: Counter[str] = Counter()
    found = set()
    for heading in _HEADING.findall(_FENCED.sub("", text_of(path))):
        slug = re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        found.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return found


@each_document
def test_every_link_leads_to_a_file_and_an_anchor_that_exist(path: Path) -> None:
    """Links to the web are not followed."""
    dead = []
    for link in _LINK.findall(_FENCED.sub("", text_of(path))):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = link.partition("#")
        target = (path.parent / file).resolve() if file else path
        inside = target.is_relative_to(ROOT) and target.exists()
        if not inside or (anchor and anchor not in anchors(target)):
            dead.append(link)
    assert dead == []


_PATH = re.compile(r"`((?:golong_data|tests|templates|recipes|docs|benchmarks)/[\w./-]+)`")


@each_document
def test_every_path_that_is_named_exists(path: Path) -> None:
    """Those in code type; capitals stand for a name of one's own."""
    named = _PATH.findall(_FENCED.sub("", text_of(path)))
    assert [n for n in named if not re.search("[A-Z]{3}", n) and not (ROOT / n).exists()] == []


def test_changes_say_whether_rows_change() -> None:
    """Every line of the changelog's list of changes."""
    changes = text_of(ROOT / "CHANGELOG.md").partition("### Changes\n")[2].partition("\n#")[0]
    lines = [" ".join(line.split()) for line in changes.split("\n- ")[1:]]
    assert lines
    assert [line for line in lines if not re.search("Rows change: (yes|no)", line)] == []
