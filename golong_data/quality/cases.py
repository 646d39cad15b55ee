"""A row as a cheat sees it: the prompt, the question, and what could be an answer.

A cheat knows the form that an answer takes, because the question says it, and finds in the
prompt whatever has that form: what the row's generator states that an answer could be, else
identifiers like the gold's, option letters, numbers, rows of tables, sentences. It does not
know which of them is right.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from golong_data.contexts.sampling import spread
from golong_data.golds import plain
from golong_data.quality.layout import Home, Layout, homes
from golong_data.quality.stated import generator_of
from golong_data.rewards import Scoring, scoring_of
from golong_data.solving import tables
from golong_data.types import Generator

Kind = Literal["scalar", "option", "list", "order", "table", "summary"]
KINDS: Mapping[str, Kind] = {
    "exact_match": "scalar",
    "math": "scalar",
    "accuracy": "option",
    "selection": "option",
    "f1": "list",
    "subem": "list",
    "ndcg": "order",
    "pairwise": "order",
    "iou": "table",
    "rouge_l": "summary",
}
"""What kind of gold a metric has; of others it is a list or a scalar."""

MAX_CANDIDATES = 5000
"""Candidates of one prompt that policies see; of more, so many are taken evenly."""
MAX_FOUND = 500_000
MAX_SHAPES = 8

NUMBER = re.compile(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?%?(?!\w)")
_OPTION = re.compile(r"^[\s*]*[(（\[]?([A-J])[)）\].、:：]\s*(\S[^\n]*)", re.MULTILINE)
_PIECE = re.compile(r"[A-Za-z0-9]+|[\u4e00-\u9fff]+|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^\n.!?。！？]{15,400}(?:[.!?](?=\s|$)|[。！？])")
_NAME = re.compile(r"\"[^\"]*\"|“[^”]*”|「[^」]*」|《[^》]*》|\b[A-Z]\w*|\S*\d\S*")
_TABLE_START = re.compile(r"^\s*(?:\||<table|\{\"|In this entry)|,.*,")


@dataclass(frozen=True)
class Case:
    """One row to be audited."""

    id: str
    task: str
    """What the row counts for in the table: a task, or a published subtask."""
    subtask: str
    scoring: Scoring
    prompt: str
    question: str
    evidence: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        gold = self.scoring.gold
        return KINDS.get(self.scoring.metric, "scalar" if isinstance(gold, str) else "list")

    @property
    def gold(self) -> str | tuple[str, ...]:
        return self.scoring.gold

    @property
    def elements(self) -> tuple[str, ...]:
        """The gold as a list; of one element where it is a scalar."""
        return (self.gold,) if isinstance(self.gold, str) else self.gold

    @cached_property
    def numeric(self) -> bool:
        """Whether the gold is one number or several."""
        return bool(self.elements) and all(NUMBER.fullmatch(e.strip()) for e in self.elements)

    @cached_property
    def form(self) -> str:
        """The question with names, quotations and numbers taken out."""
        return f"{self.subtask}: {_NAME.sub('_', self.question)}"

    @cached_property
    def option_texts(self) -> Mapping[str, str]:
        """Letter -> text of the options that the prompt offers; empty where none are found."""
        found = _OPTION.findall(self.prompt[-20_000:]) or _OPTION.findall(self.prompt)
        starts = [i for i, (letter, _) in enumerate(found) if letter == "A"]
        for start in reversed(starts):
            pairs = zip(found[start:], "ABCDEFGHIJ", strict=False)
            run = [own for own, _ in itertools.takewhile(lambda p: p[0][0] == p[1], pairs)]
            if len(run) > 1:
                return {letter: text.strip() for letter, text in run}
        return {}

    @cached_property
    def options(self) -> tuple[str, ...]:
        """The option letters that the prompt offers; A to D where none are found."""
        return tuple(self.option_texts) or ("A", "B", "C", "D")

    @cached_property
    def generator(self) -> Generator | None:
        """Who has made the row, where that is at hand."""
        return generator_of(self.task, self.subtask)

    @cached_property
    def found(self) -> tuple[str, ...]:
        """Distinct texts of the prompt that could be an element of the answer, in order.

        Of a table they are its rows, each as JSON text of a list of cells.
        """
        return tuple(itertools.islice(dict.fromkeys(self._candidates()), MAX_FOUND))

    @cached_property
    def candidates(self) -> tuple[str, ...]:
        """`found`, or so many of them, evenly, as can be handled."""
        return tuple(self.found[i] for i in spread(len(self.found), MAX_CANDIDATES))

    @cached_property
    def choices(self) -> int:
        """How many candidates there are."""
        return len(self.candidates)

    def forget(self) -> None:
        """Frees what was read out of the prompt, but for the number of candidates.

        It is read again where it is asked for; of long prompts nobody can keep many.
        """
        _ = self.choices
        for name in ("found", "candidates", "context", "layout", "homes"):
            self.__dict__.pop(name, None)

    @cached_property
    def context(self) -> str:
        """The prompt up to the question."""
        first = self.question.strip().split("\n")[0]
        at = self.prompt.rfind(first) if first else -1
        return self.prompt[:at] if at >= len(self.prompt) // 2 else self.prompt

    @cached_property
    def layout(self) -> Layout:
        """Where things stand in the context."""
        return Layout(self.context)

    @cached_property
    def homes(self) -> Mapping[str, Home]:
        """Where each candidate stands in the context."""
        return homes(self.layout, self.candidates)

    def _candidates(self) -> Iterable[str]:
        stated = self.generator.candidates if self.generator else None
        if stated is not None:
            return stated(self.question, self.prompt)
        if self.kind == "option":
            return self.options
        if self.kind == "table":
            return table_rows(self.prompt, self.columns)
        if self.kind == "summary":
            return (m.group().strip() for m in _SENTENCE.finditer(self.prompt))
        if self.numeric and self.kind == "scalar":
            return (m.group() for m in NUMBER.finditer(self.prompt))
        shapes = [shape_of(self.elements, loose=loose) for loose in (False, True)]
        for shape in filter(None, shapes):
            found = list(dict.fromkeys(m.group() for m in shape.finditer(self.prompt)))
            # What only the gold matches is no shape that a cheat could know of. Where order
            # is asked for, the elements may well be all there are.
            if self.kind == "order" or len(set(found) - set(self.elements)) >= self.size:
                return found
        if shapes[0] is None:
            return (m.group().strip() for m in _SENTENCE.finditer(self.prompt))
        return ()

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of a table gold."""
        try:
            found = json.loads("".join(self.elements))["columns"]
            return tuple(map(str, found))
        except (ValueError, TypeError, KeyError):
            return ()

    @cached_property
    def rows(self) -> tuple[str, ...]:
        """The rows of a table gold, each as JSON text of a list of cells."""
        try:
            found = json.loads("".join(self.elements))["data"]
            return tuple(json.dumps(list(row), ensure_ascii=False) for row in found)
        except (ValueError, TypeError, KeyError):
            return ()

    @cached_property
    def size(self) -> int:
        """How many candidates a right answer takes; a question often says it."""
        if self.kind == "table":
            return max(1, len(self.rows))
        if self.kind == "summary":
            return max(1, len(_SENTENCE.findall(self.elements[0] if self.elements else "")))
        return max(1, len(self.elements))


def shape_of(elements: tuple[str, ...], *, loose: bool = False) -> re.Pattern[str] | None:
    r"""A pattern of whatever is built like one of `elements`; None where they are prose.

    Numbers may be any. Words stay where all elements have them and before a number, unless
    the shape is to be `loose`; then they may be any as well.

    >>> shape_of(("Part 3", "Part 12")).findall("Part 1 of Part 22; Paragraph 3")
    ['Part 1', 'Part 22']
    >>> shape_of(("5aeab072",)).findall("5aeab072 0beb11ff INV007")
    ['5aeab072', '0beb11ff']
    """
    if not elements or any(len(e) > 80 or len(e.split()) > 6 for e in elements):
        return None
    words = [set(_PIECE.findall(element)) for element in elements]
    shared = set.intersection(*words) if len(elements) > 1 and not loose else set()
    shapes = dict.fromkeys(
        "".join(_generalised(piece, shared, numbered) for piece in _PIECE.findall(element))
        for element in elements
        if element.strip()
        for numbered in [not loose and any(char.isdigit() for char in element)]
    )
    if not shapes:
        return None
    union = "|".join(sorted(itertools.islice(shapes, MAX_SHAPES), key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z0-9_])(?:{union})(?![A-Za-z0-9_%])")


def _generalised(piece: str, shared: set[str], numbered: bool) -> str:
    if piece.isdigit():
        return r"\d+"
    if piece.isspace():
        return r"[ \t]+"
    if "\u4e00" <= piece[0] <= "\u9fff":
        return re.escape(piece) if piece in shared else rf"[\u4e00-\u9fff]{{1,{len(piece) + 4}}}"
    if not piece.isalnum() or piece in shared:
        return re.escape(piece)
    if not piece.isalpha():
        return _code(piece, numbered)
    if numbered and len(piece) > 1:
        return piece
    if piece.isupper():
        return "[A-Z]+"
    return "[A-Z][a-z]+" if piece[0].isupper() else "[A-Za-z]+"


def _code(piece: str, numbered: bool) -> str:
    """The shape of letters and digits run together: "INV007", "B2", "5aeab072"."""
    prefixed = re.fullmatch(r"([A-Za-z]+)(\d+)", piece)
    if prefixed and (numbered or prefixed[1].isupper()):
        return rf"{prefixed[1] if numbered and len(prefixed[1]) > 1 else '[A-Z]+'}\d+"
    letters = "a-f" if re.fullmatch(r"[0-9a-f]+", piece) else "A-Za-z"
    return rf"[0-9{letters}]{{{len(piece)}}}"


def table_rows(prompt: str, columns: tuple[str, ...]) -> Iterator[str]:
    """Rows of every table in the prompt, as JSON lists, cut to `columns` where it has them."""
    wanted = [name.strip().lower() for name in columns]
    for block in prompt.split("\n\n"):
        lines = block.split("\n")
        start = next((i for i, line in enumerate(lines) if _TABLE_START.search(line)), None)
        if start is None or len(lines) - start < 2:
            continue
        table = tables.table("\n".join(lines[start:]))
        names = {name.strip().lower(): name for name in table.columns}
        if all(name in names for name in wanted):
            kept = [names[name] for name in wanted]
        else:
            kept = list(table.columns)[: len(wanted)]
        for row in table.rows:
            yield json.dumps([row.get(name, "") for name in kept], ensure_ascii=False)


def case_of(row: Mapping[str, Any], number: int, profile: str | None = None) -> Case:
    """A row of ours or in the published form; `number` names one that has no id.

    Raises whatever a row of no known form leads to.
    """
    info = row.get("extra_info")
    info = info if isinstance(info, Mapping) else {}
    truth = plain(row["reward_model"])["ground_truth"]
    scoring = scoring_of(row.get("data_source"), truth, row.get("extra_info"), profile=profile)
    prompt = _prompt(row["prompt"])
    evidence = plain(info.get("evidence")) or []
    return Case(
        id=str(info.get("id") or f"row {number}"),
        task=scoring.task,
        subtask=str(info.get("subtask") or ""),
        scoring=scoring,
        prompt=prompt,
        question=str(info.get("question") or "") or _last_part(prompt),
        evidence=tuple(str(e.get("text", "")) for e in evidence if isinstance(e, Mapping)),
    )


def _prompt(prompt: Any) -> str:
    """What is said in one or several messages, but for the system's."""
    prompt = plain(prompt)
    if not isinstance(prompt, list):
        return str(prompt or "")
    messages = [m for m in prompt if isinstance(m, Mapping)]
    said = [m for m in messages if m.get("role") != "system"] or messages
    return "\n\n".join(str(m.get("content") or "") for m in said)


def _last_part(prompt: str) -> str:
    """The question of a prompt that does not say which part it is: its last paragraphs."""
    tail = prompt.rstrip()[-4000:]
    wide = tail.rsplit("\n\n\n\n", 1)
    return wide[1] if len(wide) == 2 else tail.rsplit("\n\n", 1)[-1]
