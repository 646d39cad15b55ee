"""The solver of questions on subsets: judges every document of a prompt by what is asked.

It searches strings and splits lines; the patterns that a gold is made with are not its.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from golong_data.solving import numbers, reading
from golong_data.tasks.exhaustive.subset_words import (
    ASKED,
    CONDITION,
    EXACTLY,
    LEAST,
    LISTED,
    SEPARATOR,
    UNLESS,
    Clause,
)
from golong_data.words import pattern, read


def solve(question: str, prompt: str) -> tuple[str, ...] | None:
    """The titles of the documents that meet what is asked; None for other questions."""
    for kind, wordings in ASKED.items():
        for language, wording in wordings.items():
            asked = pattern(wording).match(question)
            if asked:
                clauses = list(_unless(question[asked.end() :], language))
                found = [
                    title
                    for title, text in reading.documents(prompt).items()
                    if _meets(kind, asked.groupdict(), text, language)
                    and not any(_left_out(clause, text) for clause in clauses)
                ]
                return tuple(sorted(found)) or None
    return None


def _unless(rest: str, language: str) -> Iterator[Clause]:
    """The sentences behind a question, one after the other."""
    while rest := rest.lstrip():
        for kind, wordings in UNLESS.items():
            said = pattern(wordings[language]).match(rest)
            if said:
                yield Clause(kind, said.groupdict())
                rest = rest[said.end() :]
                break
        else:
            return


def _meets(kind: str, asked: Mapping[str, str], text: str, language: str) -> bool:
    lines = text.split("\n")
    if kind == "pair":
        return _holds(text, asked["one"]) and _holds(text, asked["two"])
    if kind == "without":
        return _holds(text, asked["one"]) and not _holds(text, asked["two"])
    if kind == "line":
        return any(_holds(line, asked["one"]) and _holds(line, asked["two"]) for line in lines)
    if kind == "label":
        return f"{asked['label']}: {asked['value']}" in lines
    if kind in ("ranges", "most"):
        conditions = asked["conditions"].split(SEPARATOR[language])
        needed = int(asked.get("k", len(conditions)))
        return sum(_within(said, lines, language) for said in conditions) >= needed
    if kind == "import":
        return _imports(lines, asked["name"])
    if kind == "base":
        return _derives(lines, asked["name"])
    names = [name[1:-1] for name in asked["names"].split(LISTED[language])]
    if kind == "bases":
        return any(_derives(lines, name) for name in names)
    if kind == "modules":
        count = sum(_imports(lines, name) for name in names)
    else:
        count = sum(_holds(text, name) for name in names)
    exactly = read(EXACTLY[language], asked["count"])
    least = read(LEAST[language], asked["count"]) or {"k": "0"}
    return count == int(exactly["k"]) if exactly else count >= int(least["k"])


def _left_out(clause: Clause, text: str) -> bool:
    lines, said = text.split("\n"), clause.fields
    if clause.kind == "word":
        return _holds(text, said["word"])
    if clause.kind == "module":
        return _imports(lines, said["module"])
    if clause.kind == "value":
        return f"{said['beside']}: {said['other']}" in lines
    if clause.kind == "def":
        heads = (line.partition("(")[0].split() for line in lines if "(" in line)
        return any(
            head in (["def", said["function"]], ["async", "def", said["function"]])
            for head in heads
        )
    value, bound = _number(lines, said["beside"]), numbers.number(said["bound"])
    if value is None or bound is None:
        return False
    return value > bound if clause.kind == "above" else value < bound


def _within(said: str, lines: Sequence[str], language: str) -> bool:
    """Whether the number on a line lies within bounds."""
    for wordings in CONDITION.values():
        asked = pattern(wordings[language]).fullmatch(said)
        if asked:
            bounds = {name: numbers.number(bound) for name, bound in asked.groupdict().items()}
            low, high, value = bounds.get("low"), bounds.get("high"), _number(lines, asked["label"])
            if value is None:
                return False
            return (low is None or value > low) and (high is None or value < high)
    return False


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


def _imports(lines: Sequence[str], name: str) -> bool:
    return any(_imported(line.split()) == name for line in lines if line[:1] in ("i", "f"))


def _imported(words: Sequence[str]) -> str:
    """The module that a statement imports; empty where it is none, or of several."""
    if words[:1] == ["import"] and (len(words) == 2 or (len(words) == 4 and words[2] == "as")):
        return words[1]
    return words[1] if words[:1] == ["from"] and words[2:3] == ["import"] else ""


def _derives(lines: Sequence[str], name: str) -> bool:
    heads = [line for line in lines if line.startswith("class ") and "):" in line]
    bases = [head.partition("(")[2].partition("):")[0].split(",") for head in heads]
    return any(name == base.strip() for found in bases for base in found)
