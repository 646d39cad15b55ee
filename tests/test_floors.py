"""The middle of the house: what tasks, solvers, material and words are to each other."""

from __future__ import annotations

import ast
import itertools
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_architecture import PACKAGE, calls, imports, parse

from golong_data.resources import folder
from golong_data.tasks import TASKS, get_task

TASK_FOLDERS = [PACKAGE / "tasks" / name for name in TASKS]
SOLVERS = [
    *sorted((PACKAGE / "solving").rglob("*.py")),
    *(path for task in TASK_FOLDERS for path in sorted((task / "solve").rglob("*.py"))),
]
MAKERS = [
    path
    for task in TASK_FOLDERS
    for path in sorted(task.rglob("*.py"))
    if not {"solve", "lazy"} & set(path.relative_to(task).parts)
]
LAZY = [path for task in TASK_FOLDERS for path in sorted((task / "lazy").rglob("*.py"))]
MATERIAL = sorted((PACKAGE / "material").rglob("*.py"))
GENERATORS = [(task, name) for task in TASKS for name in get_task(task).generators]

SOLVERS_USE = ("golong_data.solving", "golong_data.words", "golong_data.types")
"""What a solver may import beside the standard library: so it shares nothing with its maker."""
GROUND_USES = (*SOLVERS_USE, "golong_data.languages", "golong_data.scripts")


def _ids(paths: list[Path]) -> list[str]:
    return [path.relative_to(PACKAGE).as_posix() for path in paths]


def below(name: str, roots: tuple[str, ...]) -> bool:
    """Whether a dotted name is one of the roots or stands below one."""
    return any(name == root or name.startswith(f"{root}.") for root in roots)


@pytest.mark.parametrize("path", SOLVERS, ids=_ids(SOLVERS))
def test_a_solver_knows_no_maker(path: Path) -> None:
    """It imports the standard library, what solvers read with, words, types: nothing else."""
    own = ".".join(path.parent.relative_to(PACKAGE.parent).parts)
    ground = own == "golong_data.solving"
    allowed = (*(GROUND_USES if ground else (*SOLVERS_USE, "golong_data.scripts")), own)
    found = set(imports(parse(path), types=False)) | set(imports(parse(path), types=True))
    foreign = {
        name
        for name in found
        if name.partition(".")[0] not in sys.stdlib_module_names and not below(name, allowed)
    }
    assert foreign == set()


def parts_read(path: Path) -> Iterator[str]:
    """The parts of files of words that a module loads."""
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "words":
            part = node.args[2] if len(node.args) > 2 else None
            assert isinstance(part, ast.Constant), f"{path}: name the part in the call"
            yield part.value


@pytest.mark.parametrize("path", SOLVERS, ids=_ids(SOLVERS))
def test_a_solver_reads_by_words_of_its_own(path: Path) -> None:
    """Those of questions, which both sides share, and those that it looks for."""
    assert set(parts_read(path)) <= {"asks", "reads"}


@pytest.mark.parametrize("path", LAZY, ids=_ids(LAZY))
def test_a_lazy_reader_reads_as_a_solver_does(path: Path) -> None:
    """What is printed, by the words that readers look for; of what is planted it knows nothing."""
    assert set(parts_read(path)) <= {"asks", "reads"}


@pytest.mark.parametrize("path", MAKERS, ids=_ids(MAKERS))
def test_a_maker_does_not_know_what_its_solver_looks_for(path: Path) -> None:
    """It loads the words of questions and of what is planted."""
    assert set(parts_read(path)) <= {"asks", "writes"}


@pytest.mark.parametrize("path", MATERIAL, ids=_ids(MATERIAL))
def test_material_knows_no_task(path: Path) -> None:
    """It names none, by import or by a file of words."""
    assert not below_any(path, ("golong_data.tasks",))
    assert named_words(path) & set(TASKS) == set()


def below_any(path: Path, roots: tuple[str, ...]) -> set[str]:
    return {
        name
        for types in (False, True)
        for name in imports(parse(path), types=types)
        if below(name, roots)
    }


def named_words(path: Path) -> set[str]:
    """The folders of templates/words that a module names."""
    folders = {found.name for found in (folder("templates") / "words").iterdir()}
    texts = {
        node.value
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text.partition("/")[0] for text in texts if "/" in text} & folders


EACH = [path for path in (*MAKERS, *SOLVERS) if "tasks" in path.relative_to(PACKAGE).parts]


@pytest.mark.parametrize("path", EACH, ids=_ids(EACH))
def test_no_generator_names_another_capability(path: Path) -> None:
    """What two need stands below both."""
    mine = path.relative_to(PACKAGE / "tasks").parts[0]
    others = set(TASKS) - {mine}
    assert below_any(path, tuple(f"golong_data.tasks.{task}" for task in others)) == set()
    assert named_words(path) & others == set()


def test_one_place_constructs_a_draft() -> None:
    """So what every draft must have is checked once."""
    made = [path for path in PACKAGE.rglob("*.py") if "Draft" in set(calls(parse(path)))]
    assert _ids(made) == ["tasks/forms.py"]


@pytest.mark.parametrize(("task", "name"), GENERATORS)
def test_a_generator_is_found_by_its_name(task: str, name: str) -> None:
    """Its module, its solver and its words are called what recipes call it."""
    generator = get_task(task).generators[name]
    assert generator.make.__module__ == f"golong_data.tasks.{task}.{name}"
    solver = PACKAGE / "tasks" / task / "solve"
    assert (solver / f"{name}.py").is_file() or (solver / name / "__init__.py").is_file()
    path = folder("templates") / "words" / f"{generator.words}.yaml"
    assert path.is_file()
    own, shared = generator.words.split("/")[1] == name, _heading(path)
    assert generator.words.split("/")[0] == task
    assert own or name in shared, "say in its first lines whose words they are"


def _heading(path: Path) -> str:
    """The comment that a file of words starts with."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(itertools.takewhile(lambda line: line.startswith("#"), lines))


@pytest.mark.parametrize("path", [*MAKERS, *SOLVERS], ids=_ids([*MAKERS, *SOLVERS]))
def test_words_are_data(path: Path) -> None:
    """No module of a task holds the words of two languages side by side."""
    found = [
        node.lineno
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Dict)
        and {key.value for key in node.keys if isinstance(key, ast.Constant)} >= {"en", "zh"}
        and any(isinstance(part, ast.Constant) for value in node.values for part in ast.walk(value))
    ]
    assert found == []
