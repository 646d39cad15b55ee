"""Writes what can be printed rather than typed into the pages of docs/.

    python docs/generate.py           # rewrites the blocks of every page
    python docs/generate.py --check   # names stale pages; exit code 1 where there are some

A block stands between `<!-- generated: NAME -->` and `<!-- end -->`; what is around it is
written by hand and left alone. There are three to a page of a task: `generators`, where the code of
each one is; `knobs`, what a recipe can set; `examples`, a real question of each generator. That
of the metrics has one: `shape`, what chance and half the work earn.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from shape import HEAD, shapes

from golong_data.corpus import Corpus, open_corpus
from golong_data.languages import DEFAULT
from golong_data.making.sample import maker_for
from golong_data.recipes import load_recipe, override, recipe_names
from golong_data.solving.options import offered
from golong_data.strict import strict
from golong_data.tasks import TASKS, get_task
from golong_data.tasks.knobs import LEVELS, SHARE, Described, described
from golong_data.tokens import get_tokenizer
from golong_data.types import Generator, Sample
from golong_data.words import languages_of

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "tasks"
METRICS = ROOT / "docs" / "metrics.md"

CTX = "8k"
"""Length of the rows that are shown."""
LONGEST, GLIMPSE = 1_200, 150
"""Characters that are shown of a question, and of a piece of evidence."""
WIDTH, MARGIN = 100, 10
"""Columns of an example, and those that name its parts."""

_BLOCK = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def page_of(task: str) -> Path:
    """The page of a task."""
    return PAGES / f"{task}.md"


def by_hand(text: str) -> str:
    """A page without its generated blocks."""
    return _BLOCK.sub("", text)


def with_blocks(text: str, made: Mapping[str, str]) -> str:
    """A page with other blocks; those that are not made stay."""

    def block(m: re.Match[str]) -> str:
        return f"{m[1]}\n{made[m[2]]}\n{m[3]}" if m[2] in made else m[0]

    return _BLOCK.sub(block, text)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table. A bar within a cell does not end it."""
    lines = [head, ["---"] * len(head), *rows]
    cells = ([cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


# --- where the code of a generator is -------------------------------------------------------


def generators(task: str) -> str:
    """From the name in a recipe to example, module, solver and words, in one look."""
    rows = [
        (
            f"[`{name}`](#{name})",
            generator.needs,
            str(generator.least),
            ", ".join(spoken(task, name, generator)),
            *map(link, code(task, name, generator)),
            ", ".join(map(link, words_of(task, name, generator))) or "in the module",
        )
        for name, generator in get_task(task).generators.items()
    ]
    needs = ("documents that serve it", "at least", "languages")
    return table(("generator", *needs, "module", "solver", "words"), rows)


def spoken(task: str, name: str, generator: Generator) -> Sequence[str]:
    """The languages it asks in: those of its words, or else of the recipes that ask it."""
    if generator.words:
        return languages_of(generator.words)
    asking = {
        config.language
        for recipe in map(load_recipe, recipe_names())
        if recipe.task == task
        for config in [strict(get_task(task).config, recipe.args, where=recipe.name)]
        if config.generators.get(name)
    }
    return sorted(asking)


def code(task: str, name: str, generator: Generator) -> tuple[str, str]:
    """The files in which it is made and solved: those of its name, or what its recipe calls."""
    folder, caller = f"golong_data/tasks/{task}", generator.make.__module__.replace(".", "/")
    made = existing(f"{folder}/{name}", caller)
    return made, existing(f"{folder}/solve/{name}", made)


def words_of(task: str, name: str, generator: Generator) -> list[str]:
    """All files of words that it may need: its own first, then those that its modules name."""
    own = f"templates/words/{generator.words}.yaml" if generator.words else ""
    found, todo = {own: None} if own else {}, list(code(task, name, generator))
    seen: set[str] = set()
    while todo:
        file = todo.pop(0)
        if file in seen:
            continue
        seen.add(file)
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                path = f"templates/words/{node.value}.yaml"
                if "/" in node.value and "\n" not in node.value and (ROOT / path).is_file():
                    found[path] = None
            if isinstance(node, ast.ImportFrom) and node.module:
                todo += below(node.module, [alias.name for alias in node.names], task)
    return list(found)


def below(module: str, names: Sequence[str], task: str) -> list[str]:
    """The files of imported modules of a task or of material."""
    if not module.startswith((f"golong_data.tasks.{task}", "golong_data.material")):
        return []
    path = module.replace(".", "/")
    files = [f"{path}/{name}.py" for name in names] + [f"{path}.py", f"{path}/__init__.py"]
    # The task's own package imports all of its generators.
    return [
        f for f in files if (ROOT / f).is_file() and f != f"golong_data/tasks/{task}/__init__.py"
    ]


def existing(*names: str) -> str:
    """The first of these that is a file, a module or a package."""
    files = (f"{name}{end}" for name in names for end in ("", ".py", "/__init__.py"))
    return next(file for file in files if (ROOT / file).is_file())


def link(file: str) -> str:
    """A link from a page to a file of the project, shown by its last parts."""
    parts = file.removesuffix("/__init__.py").split("/")
    shown = "/".join(parts[-2:] if parts[-2] in ("solve", "misspelling") else parts[-1:])
    return f"[`{shown}`](../../{file})"


# --- what a recipe can set ------------------------------------------------------------------


def knobs(task: str) -> str:
    """Every field of the config: those that a level presets, and the others."""
    config = get_task(task).config
    hints = get_type_hints(config)
    rows = [
        (f"`{knob.name}`", *map(written, knob.values), bounds(task, knob, hints), knob.about)
        for knob in described(config)
    ]
    preset = table(("knob", *LEVELS, "within", "meaning"), [r for r in rows if len(r) == 6])
    others = table(("setting", "default", "within", "meaning"), [r for r in rows if len(r) == 4])
    return f"{preset}\nThe same at every level:\n\n{others}"


def written(value: Any) -> str:
    """A value as a recipe writes it."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {written(weight)}" for key, weight in value.items())
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def bounds(task: str, knob: Described, hints: Mapping[str, Any]) -> str:
    """What values a knob may have."""
    if knob.name == "language":
        asked = get_task(task).generators.items()
        return ", ".join(dict.fromkeys(code for name, g in asked for code in spoken(task, name, g)))
    if knob.within is None:
        return ", ".join(choices(hints[knob.name]))
    least, most = knob.within
    return "a share" if knob.within == SHARE else f"{least:,} to {most:,}"


def choices(hint: Any) -> Sequence[str]:
    """The words that a type allows, itself or for its elements; none where it says nothing."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    return choices(get_args(hint)[0]) if get_origin(hint) is tuple else ()


# --- a real question of each generator ------------------------------------------------------


def examples(task: str, corpus: Corpus) -> str:
    """A row of each generator, made from the recipe of the task's name.

    The first has index 0, the next 1: letters go round from index to index.
    """
    recipe, found = override(load_recipe(task), ctx=CTX), []
    for index, name in enumerate(get_task(task).generators):
        args = {**recipe.args, "generators": {name: 1.0}, "level": "medium", "language": DEFAULT}
        sample = maker_for(replace(recipe, args=args), corpus).make(index).sample
        assert sample, f"{name} gives no row {index} at {CTX}"
        found.append(f"### {name}\n\n```text\n{example(sample)}```\n")
    return "\n".join(found)


def example(sample: Sample) -> str:
    """A row in a few lines, as `golong-data show` names its parts."""
    options = offered("\n\n".join(message.content for message in sample.prompt))
    pieces = [f"- {cut(' '.join(e.text.split()), GLIMPSE)}" for e in sample.evidence[:2]]
    n = len(sample.evidence)
    if n:
        pieces.insert(0, "1 piece:" if n == 1 else f"{n} pieces, among them:")
    gold = [sample.gold] if isinstance(sample.gold, str) else sample.gold
    return (
        labelled("question", [cut(sample.question, LONGEST)])
        + labelled("options", [f"{letter}) {text}" for letter, text in options.items()])
        + labelled("gold", gold)
        + labelled("evidence", pieces or ["none: what is asked was never said"])
    )


def cut(text: str, most: int) -> str:
    """The beginning of a text, up to a space, where it is too long."""
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0]} ..."


def labelled(label: str, lines: Iterable[str]) -> str:
    """Lines under a label in the margin, wrapped; items of a list hang."""
    found = []
    for line in lines:
        mark = re.match(r"(- |[A-Z]\) )?", line)
        wrap = textwrap.TextWrapper(
            width=WIDTH,
            initial_indent=" " * MARGIN,
            subsequent_indent=" " * (MARGIN + (mark.end() if mark else 0)),
            break_long_words=False,
            break_on_hyphens=False,
        )
        found += wrap.wrap(line)
    found[:1] = [label.ljust(MARGIN) + first[MARGIN:] for first in found[:1]]
    return "".join(f"{line}\n" for line in found)


# --- the script -----------------------------------------------------------------------------


def main() -> int:
    """Rewrites all pages, or says which ones are stale."""
    parser = argparse.ArgumentParser(description="Writes the generated blocks of docs/tasks.")
    parser.add_argument("--check", action="store_true", help="only name pages that are stale")
    check = parser.parse_args().check
    stale = False
    for task in TASKS:
        corpus = open_corpus(load_recipe(task).corpus, tokenizer=get_tokenizer())
        made = {"generators": generators(task), "knobs": knobs(task)}
        stale |= renewed(page_of(task), {**made, "examples": examples(task, corpus)}, check=check)
    stale |= renewed(
        METRICS, {"shape": table(HEAD, [line.cells for line in shapes()])}, check=check
    )
    return int(stale and check)


def renewed(page: Path, made: Mapping[str, str], *, check: bool) -> bool:
    """Whether a page was stale; rewrites it, unless it is only to be named."""
    text = page.read_text(encoding="utf-8")
    new = with_blocks(text, made)
    if new != text:
        print(f"{'stale' if check else 'rewritten'}: {page.relative_to(ROOT)}")
        if not check:
            page.write_text(new, encoding="utf-8")
    return new != text


if __name__ == "__main__":
    sys.exit(main())
