"""Which documents belong to a group: each is judged by what is asked.

Strings are searched and lines split; the patterns that a gold is made with are not used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from golong_data.solving import numbers, reading
from golong_data.solving.query import solver
from golong_data.words import pattern, read, words

WORDS = "exhaustive/subset"


@dataclass(frozen=True, slots=True)
class Asks:
    """Wordings of the questions, in one language."""

    questions: Mapping[str, str]
    """By what is asked for."""
    left_out: Mapping[str, str]
    """What a member must not have; said behind the question."""
    conditions: Mapping[str, str]
    """On a number: "between", "above", "below"."""
    at_least: str
    exactly: str
    between_conditions: str
    quoted: str
    """A name in a list."""
    between_names: str
    answer_format: str
    """Titles that no document has."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that is said in a question: its kind, and what it is filled with."""

    kind: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Query:
    """What a question asks for, and what it leaves out."""

    asked: Clause
    unless: tuple[Clause, ...]
    asks: Asks

    def met_by(self, text: str) -> bool:
        """Whether a document belongs to the group."""
        meets = _meets(self.asked, text, self.asks)
        return meets and not any(_meets(clause, text, self.asks) for clause in self.unless)


def reads(question: str) -> Query | None:
    """The group asked for; None for other questions."""
    for asks in words(Asks, WORDS, "asks").values():
        for kind, wording in asks.questions.items():
            if said := pattern(wording).match(question):
                unless = tuple(_clauses(question[said.end() :], asks.left_out))
                return Query(Clause(kind, said.groupdict()), unless, asks)
    return None


def _clauses(rest: str, wordings: Mapping[str, str]) -> Iterator[Clause]:
    """The sentences behind a question, one after the other."""
    while rest := rest.lstrip():
        for kind, wording in wordings.items():
            if said := pattern(wording).match(rest):
                yield Clause(kind, said.groupdict())
                rest = rest[said.end() :]
                break
        else:
            return


def finds(query: Query, prompt: str) -> tuple[str, ...] | None:
    """The titles of the documents that belong to the group."""
    found = [title for title, text in reading.documents(prompt).items() if query.met_by(text)]
    return tuple(sorted(found)) or None


# --- what is asked for, or left out ---------------------------------------------------------


def _meets(clause: Clause, text: str, asks: Asks) -> bool:
    """Whether a text is as a clause says."""
    lines, kind, said = text.split("\n"), clause.kind, clause.fields
    if kind == "line":
        return any(_holds(line, said["one"]) and _holds(line, said["two"]) for line in lines)
    if kind in ("pair", "without"):
        return _holds(text, said["one"]) and _holds(text, said["two"]) == (kind == "pair")
    if "value" in said:
        return f"{said['label']}: {said['value']}" in lines
    if "label" in said:
        return _within(said, lines)
    if "conditions" in said:
        conditions = said["conditions"].split(asks.between_conditions)
        hits = sum(_within(_bounds(condition, asks), lines) for condition in conditions)
        return hits >= int(said.get("k", len(conditions)))
    names = said["names"].split(asks.between_names) if "names" in said else [f"'{said['name']}'"]
    hits = sum(HAS[kind](text, name[1:-1]) for name in names)
    count = said.get("count", asks.at_least.format(k=1))
    exactly, least = read(asks.exactly, count), read(asks.at_least, count)
    return hits == int(exactly["k"]) if exactly else hits >= int(least["k"] if least else 0)


def _bounds(condition: str, asks: Asks) -> Mapping[str, str]:
    """The label of a condition on a number, and the bounds that it has."""
    found = (pattern(wording).fullmatch(condition) for wording in asks.conditions.values())
    return next((said.groupdict() for said in found if said), {})


def _within(said: Mapping[str, str], lines: Sequence[str]) -> bool:
    """Whether the number on the line of a label lies within bounds."""
    value = _number(lines, said["label"]) if said else None
    low, high = (numbers.number(said.get(side, "")) for side in ("low", "high"))
    if value is None:
        return False
    return (low is None or value > low) and (high is None or value < high)


# --- what a text has ------------------------------------------------------------------------


def _number(lines: Sequence[str], label: str) -> Fraction | None:
    """The number right behind a label."""
    for line in lines:
        if line.startswith(f"{label}: "):
            return numbers.quantity(line[len(label) + 2 :])
    return None


def _holds(text: str, name: str) -> bool:
    """Whether a name stands in a text; one of Latin letters between other characters."""
    at = text.find(name)
    while at >= 0:
        beside = text[at - 1 : at] + text[at + len(name) : at + len(name) + 1]
        if not name.isascii() or not any(c.isalnum() or c == "_" for c in beside):
            return True
        at = text.find(name, at + 1)
    return False


def _imports(text: str, name: str) -> bool:
    lines = text.split("\n")
    return any(_imported(line.split()) == name for line in lines if line[:1] in ("i", "f"))


def _imported(parts: Sequence[str]) -> str:
    """The module that a statement imports; empty where it is none, or of several."""
    if parts[:1] == ["import"] and (len(parts) == 2 or (len(parts) == 4 and parts[2] == "as")):
        return parts[1]
    return parts[1] if parts[:1] == ["from"] and parts[2:3] == ["import"] else ""


def _derives(text: str, name: str) -> bool:
    heads = [line for line in text.split("\n") if line.startswith("class ") and "):" in line]
    bases = [head.partition("(")[2].partition("):")[0].split(",") for head in heads]
    return any(name == base.strip() for found in bases for base in found)


def _defines(text: str, name: str) -> bool:
    heads = (line.partition("(")[0].split() for line in text.split("\n") if "(" in line)
    return any(head in (["def", name], ["async", "def", name]) for head in heads)


HAS: Mapping[str, Callable[[str, str], bool]] = {
    **dict.fromkeys(("some", "word"), _holds),
    **dict.fromkeys(("import", "modules", "module"), _imports),
    **dict.fromkeys(("base", "bases"), _derives),
    "def": _defines,
}
"""Kind of a clause -> whether a text has what it names."""

solve = solver(reads, finds)
