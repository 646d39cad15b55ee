"""The words the whole project is written in: small frozen dataclasses, no behaviour.

Everything that travels between modules is one of these. They import nothing of the
project, so any module may use them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["prose", "table"]


@dataclass(frozen=True, slots=True)
class Document:
    """One source document, before or after cleaning."""

    id: str
    """Unique within a corpus, stable between ingests of the same input."""
    text: str
    """The whole text. For a table: CSV with a header line."""
    source: str = ""
    """The collection it came from, such as "factbook"; one licence per source."""
    title: str = ""
    """A short name that a reader would recognise; questions refer to it."""
    date: str = ""
    """ISO 8601 date, or empty where none is known."""
    kind: Kind = "prose"
    """Whether `text` is to be read as prose or as a CSV table."""
    meta: Mapping[str, Any] = field(default_factory=dict)
    """Whatever else the reader knows, JSON types only. Understood by tasks:
    "licence": SPDX name or a phrase; "language": "en" or "zh"."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    """The header, verbatim."""
    numeric: bool
    """True where every non-empty cell is a plain number."""
    unit: str = ""
    """The unit in trailing parentheses of the header, such as "million US$"."""
    decimals: int = 0
    """The most digits after the decimal point in any cell."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with text cells; numbers are kept as written and parsed where needed."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    """Cells, one per column; the empty string is a missing value."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of evidence inside a context."""

    doc_id: str
    start: int
    """Character offset of the first character."""
    end: int
    """Character offset one past the last."""


@dataclass(frozen=True, slots=True)
class Context:
    """Stitched documents, ready to stand in a prompt."""

    text: str
    """Ends in one blank line, so whatever follows starts a segment of its own."""
    n_tokens: int
    """Exact for additive tokenizers, an estimate for the others."""
    doc_ids: tuple[str, ...]
    """In order of appearance."""
    evidence: tuple[Span, ...]
    """Offsets into `text`."""
    turns: tuple[tuple[int, str], ...] = ()
    """Offsets at which a chat message of its own starts, with its role; each but the first
    stands behind a blank line. Empty: all is one user message."""


@dataclass(frozen=True, slots=True)
class MetricSpec:
    """A metric by name with the arguments that re-create its scorer."""

    name: str
    args: Mapping[str, Any] = field(default_factory=dict)
    form: str = ""
    """What an answer, or an element of it, is, as the question says it: a name in
    `metrics.FORMS`. Empty: as the gold looks."""


Gold = str | tuple[str, ...]
"""A scalar answer, or a list-valued one."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What a task hands back: a context with the question it was built for."""

    context: Context
    question: Mapping[str, str]
    """Template variables beside the context; always has "question"."""
    gold: Gold
    metric: MetricSpec
    subtask: str = ""
    """The generator within the task; whoever has its turn is filled in."""
    counterfactual: int = 0
    """How many evidence values were changed from what the source says."""
    difficulty: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Evidence:
    """An evidence span as exported: offsets into the user message, with its text."""

    doc_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Sample:
    """One finished row."""

    id: str
    task: str
    """As the recipe names it: a built-in task, or the dotted path of another."""
    capability: str
    recipe: str
    prompt: tuple[Message, ...]
    question: str
    gold: Gold
    metric: MetricSpec
    language: str
    ctx: int
    """Tokens asked for."""
    n_tokens: int
    """Tokens of the rendered prompt, chat template included."""
    tokenizer: str
    evidence: tuple[Evidence, ...]
    seed: int
    index: int
    subtask: str
    counterfactual: int
    difficulty: str
    doc_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Generator:
    """One way to ask within a task: what it needs, how it makes a question, how to solve it."""

    make: Callable[..., Draft]
    """(Workspace, config) -> Draft. Raises `Refused` where this draw has no clean gold."""
    solve: Callable[[str, str], Gold | None]
    """(question, whole prompt text) -> the gold it finds, or None where the question is not
    of this kind. Written apart from `make`."""
    needs: str
    """What a document must have to serve it, in words."""
    serves: Callable[..., bool]
    """(Corpus, index) -> whether that document has it. Cheap: asked of many documents."""
    least: int = 1
    """Documents that must serve it in a corpus before it is asked at all."""
    words: str = ""
    """Its file of words, a name below templates/words or a path: the languages that have a
    block there are those it asks in. Empty: any."""
    candidates: Callable[[str, str], Sequence[str]] | None = None
    """(question, whole prompt text) -> all that an answer, or an element of it, could be, in
    order of appearance: what a reader sees who knows the form of the answer and nothing else.
    None: the letters of the options."""
    lazy: Mapping[str, Callable[[str, str], Gold | None]] = field(default_factory=dict)
    """What readers do who do not want to read, by name: (question, whole prompt text) -> the
    answer they give, or None where the question is not of their kind. The audit plays them."""


@dataclass(frozen=True, slots=True)
class Task:
    """A capability: how to make its questions and, apart from that, how to solve them."""

    name: str
    capability: str
    summary: str
    """One line for `golong-data list tasks`."""
    needs: str
    """What a corpus must have to serve it, in words."""
    config: type[Any]
    """A frozen dataclass; its fields are the keys of a recipe's `args`."""
    metric: str
    """The metric's name."""
    generate: Callable[..., Draft]
    """(Workspace, config) -> Draft. Raises `Refused` where this draw has no clean gold."""
    solve: Callable[[str], Gold | None]
    """(prompt text) -> the gold it finds, or None. Written apart from `generate`."""
    generators: Mapping[str, Generator] = field(default_factory=dict)
    """The ways to ask, by name; `generate` and `solve` go through them."""
    cheat_ceiling: float = 0.05
    """Mean reward that no cheating policy may pass."""


class Refused(Exception):
    """A draw that gave no clean gold: try the next. The message is the drop reason."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to build: a task with its arguments, a length, a size, a seed, a corpus."""

    name: str
    task: str
    """A name in TASKS or a dotted path "package.module:ATTRIBUTE"."""
    ctx: int
    template: str = ""
    """A form of answer or a path ending in ".jinja"; empty: that of each question's form."""
    size: int = 100
    seed: int = 0
    corpus: tuple[str, ...] = ()
    where: str = ""
    """A filter over document metadata, such as "source == 'x' and n_tokens > 2000"."""
    tokenizer: str = "qwen3"
    args: Mapping[str, Any] = field(default_factory=dict)
