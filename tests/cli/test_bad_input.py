"""Whatever is wrong with an input: one message with what, where and remedy, and exit code 2."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import build_cli, run_cli

BUILD = ("build", "--task", "numeric", "--ctx", "4k", "--size", "2", "--workers", "1")
PROSE = "A sentence of a document that is long enough to be kept by the ingest.\n" * 20
NOT_UTF8 = "Größe: 3 Meter, naïve café. ".encode("latin-1") * 40


@dataclass(frozen=True, slots=True)
class Case:
    """A command with something wrong, and what its message must hold."""

    argv: tuple[str, ...]
    """`{tmp}` stands for the test's folder, `{built}` for a finished build in it."""
    message: tuple[str, ...]
    """Fragments of what, where and remedy."""
    files: dict[str, str | bytes] | None = None
    """Written below the folder first; a name that ends in "/" is an empty folder."""


def recipe(
    *lines: str, message: tuple[str, ...], files: dict[str, str | bytes] | None = None
) -> Case:
    """A case with a recipe of the user's own."""
    text = "\n".join(("task: numeric", "ctx: 4k", "size: 2", *lines))
    argv = ("build", "--recipe", "{tmp}/mine.yaml", "--out", "{tmp}/out", "--workers", "1")
    return Case(argv, message, {"mine.yaml": text, **(files or {})})


def corpus(
    path: str, files: dict[str, str | bytes], *message: str, more: tuple[str, ...] = ()
) -> Case:
    """A case with a corpus of the user's own."""
    return Case(
        (*BUILD, "--corpus", f"{{tmp}}/{path}", "--out", "{tmp}/out", *more), message, files
    )


def template(text: str, *message: str) -> Case:
    """A case with a template of the user's own; its path is filled in."""
    return recipe("template: {tmp}/own.jinja", message=message, files={"own.jinja": text})


def predictions(text: str | bytes, *message: str) -> Case:
    """A case with predictions for the finished build."""
    argv = ("score", "{tmp}/answers.jsonl", "--data", "{built}")
    return Case(argv, message, {"answers.jsonl": text})


CASES = {
    # commands and options
    "unknown command": Case(("biuld",), ('no command "biuld"', 'Did you mean "build"?')),
    "unknown option": Case((*BUILD, "--length", "4k"), ("--length",)),
    "unknown kind to list": Case(("list", "takss"), ("takss", "tasks", "recipes")),
    "no workers": Case((*BUILD, "--workers", "0"), ("--workers", "0")),
    "task and recipe": Case(
        (*BUILD, "--recipe", "numeric"), ("--task", "--recipe", "one of them", "For example")
    ),
    "neither task nor recipe": Case(("build", "--ctx", "4k"), ("--task or by --recipe",)),
    "ctx of no unit": Case(
        ("build", "--task", "numeric", "--ctx", "64q"), ("64q", "--ctx", "128K")
    ),
    "ctx of zero": Case(
        ("build", "--task", "numeric", "--ctx", "0"), ('"0"', "--ctx", "between 1")
    ),
    "ctx too short for any row": Case(
        ("build", "--task", "numeric", "--ctx", "100", "--out", "{tmp}/out"),
        ("no row could be made", "ctx 100", "longer --ctx"),
    ),
    "no rows": Case((*BUILD[:5], "--size", "0"), ("0 rows", "size", "Ask for 1 to")),
    "a negative number of rows": Case((*BUILD[:5], "--size", "-3"), ("-3 rows", "size")),
    "resume and overwrite": Case(
        (*BUILD, "--resume", "--overwrite"), ("contradict", "--resume", "--overwrite")
    ),
    # recipes
    "unknown task": Case(
        ("build", "--task", "numerc"), ('no recipe "numerc"', 'Did you mean "numeric"?')
    ),
    "recipe file that is not there": Case(
        ("build", "--recipe", "{tmp}/none.yaml"), ("no such recipe file", "none.yaml", "Check")
    ),
    "unknown recipe key": recipe(
        "sed: 3", message=('unknown key "sed"', "mine.yaml", 'Did you mean "seed"?')
    ),
    "recipe value of another kind": recipe(
        "seed: soon", message=("'soon'", "mine.yaml: seed", "int")
    ),
    "recipe list of another kind": recipe(
        "corpus: [1, 2]", message=("1", "mine.yaml: corpus", "str")
    ),
    "recipe that is not YAML": Case(
        ("build", "--recipe", "{tmp}/mine.yaml"),
        ("not valid YAML", "mine.yaml:3", "Mend"),
        {"mine.yaml": "task: numeric\nctx: [4k\nsize: 2\n"},
    ),
    "recipe that runs Python": Case(
        ("build", "--recipe", "{tmp}/mine.yaml"),
        ("not valid YAML", "mine.yaml"),
        {"mine.yaml": "task: !!python/object/apply:os.system ['true']\nctx: 4k\n"},
    ),
    "recipe that is not UTF-8": Case(
        ("build", "--recipe", "{tmp}/mine.yaml"),
        ("not UTF-8", "mine.yaml", "Save it as UTF-8"),
        {"mine.yaml": b"task: numeric # \xe9\n"},
    ),
    "recipe that is a list": Case(
        ("build", "--recipe", "{tmp}/mine.yaml"),
        ("mapping", "mine.yaml", "task: NAME"),
        {"mine.yaml": "- task: numeric\n"},
    ),
    "recipe without a task": Case(
        ("build", "--recipe", "{tmp}/mine.yaml"),
        ('"task" is missing', "mine.yaml", "Add a line"),
        {"mine.yaml": "ctx: 4k\n"},
    ),
    "recipe name with a slash": recipe(
        "name: a/b", message=('"a/b" is no recipe name', "mine.yaml: name", "letters")
    ),
    "recipe size of a fraction": recipe("seed: 1.5", message=("1.5", "seed", "int")),
    "unknown generator": recipe(
        "args: {generators: {aggregat: 1}}", message=("aggregat", "args", "known: aggregate")
    ),
    "unknown argument": recipe(
        "args: {levle: hard}", message=('"levle"', "args", 'Did you mean "level"?')
    ),
    "argument out of range": recipe(
        "args: {counterfactual: 2}", message=("counterfactual", "between 0 and 1", "args")
    ),
    "argument that is no choice": recipe(
        "args: {level: extreme}", message=("extreme", "args: level", "easy, hard, medium")
    ),
    "ctx of true": Case(
        ("build", "--recipe", "{tmp}/mine.yaml"),
        ("True", "mine.yaml: ctx", "64k"),
        {"mine.yaml": "task: numeric\nctx: true\n"},
    ),
    # tasks of one's own
    "task that is in no module": Case(
        ("build", "--recipe", "{tmp}/mine.yaml"),
        ("no_such_package", "cannot be imported", "installed"),
        {"mine.yaml": "task: no_such_package.tasks:TASK\ntemplate: numeric\nctx: 4k\n"},
    ),
    "task that the module has not": Case(
        ("build", "--recipe", "{tmp}/mine.yaml"),
        ("cannot be imported", "NO_TASK"),
        {"mine.yaml": "task: golong_data.tasks.numeric:NO_TASK\ntemplate: numeric\nctx: 4k\n"},
    ),
    "task that is none": Case(
        ("build", "--recipe", "{tmp}/mine.yaml"),
        ("is a dict, not a golong_data.types.Task", "task"),
        {"mine.yaml": "task: golong_data.tasks.numeric:GENERATORS\ntemplate: numeric\nctx: 4k\n"},
    ),
    "task without a path": Case(
        ("build", "--recipe", "{tmp}/mine.yaml"),
        ('no task "numerik"', 'Did you mean "numeric"?', "package.module:ATTRIBUTE"),
        {"mine.yaml": "task: numerik\ntemplate: numeric\nctx: 4k\n"},
    ),
    # templates
    "missing template": recipe(
        "template: numerc", message=('no template "numerc"', 'Did you mean "numeric"?', ".jinja")
    ),
    "template with an undefined variable": template(
        "Read.\n\n{{ context }}\n\n{{ qestion }}", "'qestion' is undefined", "own.jinja", "question"
    ),
    "template without the context": template(
        "Answer: {{ question }} {{ answer_format }}", "{{ context }} exactly once", "own.jinja"
    ),
    "template with the context inside a line": template(
        "Read {{ context }} and answer {{ question }} {{ answer_format }}", "on a line of its own"
    ),
    "template that does not parse": template(
        "{% if %}\n{{ context }}", "does not parse", "own.jinja"
    ),
    "template that reaches out of its sandbox": template(
        "{{ context }}\n{{ question.__class__.__mro__ }}", "could not be rendered", "own.jinja"
    ),
    "template that is not UTF-8": recipe(
        "template: {tmp}/own.jinja",
        message=("own.jinja",),
        files={"own.jinja": b"\xe9 {{ context }}"},
    ),
    # tokenizers
    "tokenizer folder without files": Case(
        (*BUILD, "--tokenizer", "{tmp}/empty"), ("tokenizer", "empty", "qwen3"), {"empty/": ""}
    ),
    "tokenizer folder that is not there": Case(
        (*BUILD, "--tokenizer", "{tmp}/none"), ("no such tokenizer", "none", "tokenizer.json")
    ),
    "tokenizer file that is broken": Case(
        (*BUILD, "--tokenizer", "{tmp}/broken"),
        ("tokenizer", "broken", "Name qwen3"),
        {"broken/tokenizer.json": "{", "broken/tokenizer_config.json": "{}"},
    ),
    # corpora
    "unknown corpus": Case(
        (*BUILD, "--corpus", "factbok"), ("factbok", 'Did you mean "factbook"?', "hf:USER/NAME")
    ),
    "empty corpus folder": corpus("empty", {"empty/": ""}, "holds no files", "empty"),
    "folder of empty documents": corpus(
        "docs", {"docs/a.txt": "", "docs/b.md": "\n\n"}, "no document was left", "docs", "UTF-8"
    ),
    "folder of PDFs": corpus(
        "docs", {"docs/a.pdf": b"%PDF"}, "unsupported", "a.pdf", "convert PDF"
    ),
    "PDF given alone": corpus("a.pdf", {"a.pdf": b"%PDF"}, ".pdf cannot be read", "Convert"),
    "broken JSONL": corpus(
        "docs.jsonl",
        {"docs.jsonl": f'{{"text": "{PROSE[:70]}"}}\n{{"text": \n'},
        "docs.jsonl, line 2",
        "one JSON object",
    ),
    "broken Parquet": corpus(
        "docs.parquet",
        {"docs.parquet": b"PAR1 and then nothing"},
        "Parquet",
        "docs.parquet",
        "again",
    ),
    "CSV with an open quote": corpus(
        "docs.csv", {"docs.csv": 'a,b\n1,"2\n' + "\n".join("3,4" for _ in range(9))}, "docs.csv"
    ),
    "document that is not UTF-8": corpus("a.txt", {"a.txt": NOT_UTF8}, "UTF-8", "a.txt"),
    "corpus too small for the length": corpus(
        "a.txt", {"a.txt": PROSE}, "tokens are missing", "a.txt", "shorter --ctx"
    ),
    "where that is no expression": Case(
        (*BUILD, "--where", "n_tokens >"), ("not a complete expression", "n_tokens >", "Names:")
    ),
    "where with an unknown name": Case(
        (*BUILD, "--where", "n_token > 5"), ("n_token", 'Did you mean "n_tokens"?')
    ),
    "where with a call": Case(
        (*BUILD, "--where", "__import__('os').system('true')"), ("not allowed", "Compare names")
    ),
    "where that nothing meets": Case(
        (*BUILD, "--where", "n_tokens > 999999999", "--out", "{tmp}/out"),
        ("no document of the corpus", "where: n_tokens > 999999999", "Loosen"),
    ),
    "no input to ingest": Case(("ingest", "--name", "x"), ("INPUT",)),
    "ingest under a packaged name": Case(
        ("ingest", "{tmp}/a.txt", "--name", "factbook"),
        ('"factbook" cannot be the name', "name", "Use letters"),
        {"a.txt": PROSE},
    ),
    "ingest with no threshold": Case(
        ("ingest", "{tmp}/a.txt", "--name", "x", "--near-duplicates", "7"),
        ("7", "near", "none"),
        {"a.txt": PROSE},
    ),
    # where to
    "existing build": Case(
        (*BUILD, "--out", "{built}"),
        ("a build is here already", "built", "--resume", "--overwrite"),
    ),
    "out that is a file": Case(
        (*BUILD, "--out", "{tmp}/file"), ("this is a file", "file", "--out"), {"file": "x"}
    ),
    "folder of someone else": Case(
        (*BUILD, "--out", "{tmp}/theirs"), ("no build of ours", "theirs"), {"theirs/a.txt": "x"}
    ),
    # reading
    "show: index out of range": Case(
        ("show", "{built}", "--index", "99"), ("no row 99", "2 rows", "smaller --index")
    ),
    "show: negative index": Case(("show", "{built}", "--index", "-1"), ("--index", "-1")),
    "show: empty folder": Case(
        ("show", "{tmp}/empty"), ("no data set", "empty", "golong-data build"), {"empty/": ""}
    ),
    "show: nothing there": Case(("show", "{tmp}/none"), ("none", "no such file or folder")),
    "show: unknown recipe": Case(
        ("show", "numerc"),
        ('no recipe "numerc", and no such file or folder', 'Did you mean "numeric"?'),
    ),
    "stats: a recipe": Case(
        ("stats", "numeric"), ("this is a recipe", "numeric", "golong-data build --recipe numeric")
    ),
    "export: a recipe file": Case(
        ("export", "{tmp}/mine.yaml", "--to", "jsonl"),
        ("this is a recipe", "mine.yaml", "golong-data build --recipe"),
        {"mine.yaml": "task: numeric\nctx: 4k\n"},
    ),
    "show: ctx of no unit": Case(("show", "numeric", "--ctx", "4x"), ("4x", "128K")),
    "stats: empty folder": Case(("stats", "{tmp}/empty"), ("no data set", "empty"), {"empty/": ""}),
    "validate: empty folder": Case(
        ("validate", "{tmp}/empty"), ("no data set", "empty"), {"empty/": ""}
    ),
    "score: broken line": predictions('{"id": "a", "completion": "b"}\n{"id"\n', "answers.jsonl:2"),
    "score: line without a completion": predictions(
        '{"id": "a"}\n', "answers.jsonl:1", "completion"
    ),
    "score: completion that is a number": predictions('{"id": "a", "completion": 5}', ":1"),
    "score: line that is a list": predictions("[1, 2]\n", "answers.jsonl:1"),
    "score: unknown id": predictions(
        '{"id": "numeric-4k-s0-00001", "completion": "5"}\n', "numeric-4k-s0-00001", "Did you mean"
    ),
    "score: no line": predictions(
        "\n\n", "no predictions", "answers.jsonl", "one JSON object a line"
    ),
    "score: not UTF-8": predictions(b"\xff\xfe", "not UTF-8", "answers.jsonl"),
    "score: no file": Case(("score", "{tmp}/none.jsonl", "--data", "{built}"), ("none.jsonl",)),
    "score: no data set": Case(
        ("score", "{tmp}/answers.jsonl", "--data", "{tmp}/empty"),
        ("no data set", "empty"),
        {"answers.jsonl": '{"id": "a", "completion": "b"}', "empty/": ""},
    ),
}


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of two rows."""
    out = tmp_path_factory.mktemp("finished") / "built"
    assert build_cli(out, size=2).code == 0
    return out


@pytest.fixture
def place(finished: Path, tmp_path: Path) -> Callable[[Case], tuple[str, ...]]:
    """Writes the files of a case and gives its command."""

    def lay(case: Case) -> tuple[str, ...]:
        if any("{built}" in part for part in case.argv):
            shutil.copytree(finished, tmp_path / "built")
        for name, content in (case.files or {}).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if name.endswith("/"):
                path.mkdir()
            elif isinstance(content, bytes):
                path.write_bytes(content)
            else:
                path.write_text(content.replace("{tmp}", str(tmp_path)), encoding="utf-8")
        return tuple(
            part.replace("{tmp}", str(tmp_path)).replace("{built}", str(tmp_path / "built"))
            for part in case.argv
        )

    return lay


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_bad_input_is_one_message_and_exit_code_2(
    case: Case,
    place: Callable[[Case], tuple[str, ...]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is wrong, where, and what to do; on stderr, without a traceback; nothing on stdout."""
    monkeypatch.chdir(tmp_path)
    ran = run_cli(*place(case))
    assert ran.code == 2, ran
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert len(re.findall("^Error: ", ran.err, re.MULTILINE)) == 1
    for fragment in case.message:
        assert fragment in ran.err
    assert not (tmp_path / "out").exists()


def test_an_unknown_tokenizer_is_one_message(tmp_path: Path) -> None:
    """Neither a name of ours nor a folder, and the Hub is not to be reached."""
    argv = [sys.executable, "-m", "golong_data", *BUILD, "--tokenizer", "nobody/nothing"]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    done = subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("Error: tokenizer nobody/nothing: no such tokenizer")
    assert "golong-data list tokenizers" in done.stderr


def test_a_misspelt_tokenizer_is_named_at_once() -> None:
    """A slip for a name of ours is not looked for on the Hub."""
    ran = run_cli(*BUILD, "--tokenizer", "qwen33")
    assert ran.code == 2
    assert 'Did you mean "qwen3"?' in ran.err


def test_there_are_at_least_25_kinds() -> None:
    """And no two of them are the same command over the same files."""
    assert len({(case.argv, str(case.files)) for case in CASES.values()}) == len(CASES) >= 25
