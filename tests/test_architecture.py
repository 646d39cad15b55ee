"""The house stands as it was drawn: who may import whom, and what nobody may call."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import golong_data

PACKAGE = Path(golong_data.__file__).parent
ROOT = "golong_data"
MOST_LINES = 400

GROUND = {
    *("types", "errors", "resources", "scripts", "strict", "languages", "words", "tokens"),
    *("minhash", "recipes", "prompts", "published"),
}
ALLOWED: dict[str, set[str]] = {
    # the ground floor
    "types": set(),
    "errors": set(),
    "resources": set(),
    "minhash": set(),
    "published": {"types", "errors"},
    "tokens": {"types", "errors"},
    "scripts": set(),
    "strict": {"errors"},
    "languages": {"errors", "resources", "strict"},
    "words": {"errors", "resources", "strict"},
    "recipes": {"types", "errors", "resources", "strict", "tokens"},
    "prompts": {"types", "errors", "resources", "languages"},
    # the way of the data
    "corpus": GROUND,
    "solving": {"types", "scripts", "languages", "words"},
    "contexts": {"types", "errors", "scripts", "languages", "tokens", "corpus"},
    "material": {"types", "errors", "scripts", "words", "contexts"},
    "tasks": {
        "types",
        "errors",
        "scripts",
        "languages",
        "words",
        "tokens",
        "solving",
        "contexts",
        "material",
    },
    "metrics": {"types", "errors"},
    "chat_templates": {"metrics"},
    "completions": {"metrics", "chat_templates"},
    "golds": {"errors"},
    "rewards": {
        *("types", "errors", "metrics", "published"),
        *("chat_templates", "completions", "golds"),
    },
    "rows": {"types", "errors", "recipes", "golds", "rewards"},
    "making": GROUND | {"corpus", "contexts", "tasks", "metrics", "rows"},
    "quality": GROUND
    | {"corpus", "solving", "contexts", "tasks", "metrics", "golds", "rewards", "rows", "making"},
    "exporters": {"types", "errors", "corpus", "rewards", "rows", "making"},
    "llm": GROUND | {"corpus", "contexts", "tasks", "metrics", "rewards", "rows", "making"},
    "train": GROUND | {"metrics", "completions", "rewards", "rows", "exporters"},
    "__init__": set(),
    "__main__": {"cli"},
}
"""Package or module -> what of the project it may import. The command line may use anything
but `train`, whose command opens it by itself; nothing imports the command line."""

FOR_TYPES: dict[str, set[str]] = {"tasks": {"corpus"}, "material": {"corpus"}}
"""What may also be named in annotations."""

CLI_AT_START = {"errors", "tokens", "recipes", "types", "__version__"}
"""What a command's module may import before the command runs."""

MODULES = sorted(PACKAGE.rglob("*.py"))
each_module = pytest.mark.parametrize(
    "path", MODULES, ids=[path.relative_to(PACKAGE).as_posix() for path in MODULES]
)


def home(path: Path) -> str:
    """The package or top module that a file belongs to."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def for_types(node: ast.AST) -> bool:
    """Whether a statement is `if TYPE_CHECKING:`."""
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def imports(node: ast.AST, *, types: bool, inside: bool = True) -> Iterator[str]:
    """Dotted names imported below a node.

    With `types` only what annotations need, without it all else; `inside` says whether to
    look into functions.
    """
    for child in ast.iter_child_nodes(node):
        if for_types(child):
            if types:
                yield from imports(child, types=False)
            continue
        if isinstance(child, ast.Import) and not types:
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and not types:
            assert child.level == 0, "imports are absolute"
            # `from golong_data import corpus` imports a part of the project by its name.
            names = [f".{alias.name}" for alias in child.names] if child.module == ROOT else [""]
            yield from (f"{child.module}{name}" for name in names)
        elif inside or not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from imports(child, types=types, inside=inside)


def ours(names: Iterator[str]) -> set[str]:
    """The parts of the project among imported names."""
    return {name.split(".")[1] for name in names if name.startswith(f"{ROOT}.")}


@each_module
def test_arrows_point_upwards(path: Path) -> None:
    """Every import of the project's own is one that the table allows."""
    here, tree = home(path), parse(path)
    if here == "cli":
        assert not ours(imports(tree, types=False)) & {"__main__"}
        return
    assert here in ALLOWED, f"say in this test what {here} may import"
    allowed = ALLOWED[here] | {here}
    assert ours(imports(tree, types=False)) <= allowed
    assert ours(imports(tree, types=True)) <= allowed | FOR_TYPES.get(here, set())


def test_the_table_has_no_circle_and_only_names_that_are_in_it() -> None:
    """So the order it stands in is one in which the house can be built."""
    known: set[str] = set()
    for name, allowed in ALLOWED.items():
        assert allowed <= known | GROUND | {"cli"}, name
        assert name not in allowed
        known.add(name)


@each_module
def test_only_a_running_command_loads_what_it_needs(path: Path) -> None:
    """The command line's modules import next to nothing before a command runs."""
    if home(path) == "cli":
        assert ours(imports(parse(path), types=False, inside=False)) <= CLI_AT_START | {"cli"}


@each_module
def test_a_module_is_short_and_says_what_it_is(path: Path) -> None:
    """A docstring, and no more lines than a reader can hold."""
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") <= MOST_LINES


BANNED = {
    "eval": "compute it, or walk an ast",
    "exec": "call it",
    "print": "return it; the command line prints",
    "input": "take an argument",
    "breakpoint": "remove it",
    "yaml.load": "yaml.safe_load",
    "yaml.unsafe_load": "yaml.safe_load",
    "yaml.full_load": "yaml.safe_load",
    "os.system": "subprocess.run with a list",
    "tempfile.mktemp": "tempfile.mkstemp",
}
BANNED_MODULES = {"pickle", "marshal", "shelve", "dill", "joblib", "secrets", "uuid"}
PURE = {"making", "tasks", "material", "contexts", "solving", "rows"}
"""Where a row comes from: the same for everyone, at any time."""
CLOCKS = {
    *("time.time", "time.time_ns", "time.monotonic", "time.perf_counter", "time.localtime"),
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
    *("datetime.datetime.now", "datetime.date.today"),
}


def calls(tree: ast.AST) -> Iterator[str]:
    """What is called, as written."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            yield ast.unparse(node.func)


@each_module
def test_nothing_banned_is_called(path: Path) -> None:
    """No code from data, no global state, no printing from the library."""
    tree = parse(path)
    called = set(calls(tree))
    assert not {f"{name}: {BANNED[name]}" for name in called & set(BANNED)}
    assert not {name.split(".")[0] for name in imports(tree, types=False)} & BANNED_MODULES
    shell = [
        keyword
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg in ("shell", "trust_remote_code")
        and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is False)
    ]
    assert not shell


@each_module
def test_chance_comes_from_a_generator_that_is_handed_in(path: Path) -> None:
    """Nobody draws from the process-wide generators of random or numpy."""
    drawn = {
        name
        for name in calls(parse(path))
        if (name.startswith("random.") and name != "random.Random")
        or (name.startswith(("np.random.", "numpy.random.")) and not name.endswith("default_rng"))
    }
    assert not drawn
    assert "random" not in {
        node.module for node in ast.walk(parse(path)) if isinstance(node, ast.ImportFrom)
    }


@each_module
def test_what_makes_a_row_reads_no_clock(path: Path) -> None:
    """Nor does it hash strings with a hash that changes from process to process."""
    if home(path) in PURE:
        called = set(calls(parse(path)))
        assert not called & CLOCKS
        assert "hash" not in called


def test_the_registries_are_plain_dictionaries() -> None:
    """Greppable: one line an entry, no decorator with a side effect."""
    from golong_data.cli import COMMANDS
    from golong_data.corpus.readers import READERS
    from golong_data.metrics import METRICS
    from golong_data.tasks import TASKS

    for registry in (TASKS, METRICS, READERS, COMMANDS):
        assert type(registry) is dict
        assert registry
