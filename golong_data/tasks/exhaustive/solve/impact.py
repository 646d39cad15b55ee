"""Which functions a change touches: calls found by tokens, judged by the stated rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from golong_data.solving import python
from golong_data.solving.query import solver
from golong_data.words import pattern, read, words

WORDS = "exhaustive/impact"


@dataclass(frozen=True, slots=True)
class Asks:
    """Wordings of the questions, in one language."""

    changed: str
    """Which callers must change."""
    reaches: str
    """Which functions reach one by a chain of calls."""
    changes: Mapping[str, str]
    """Kind of change -> what it does to the signature."""
    rules: Mapping[str, str]
    """What counts as a call."""
    answer_format: str
    """Functions that no module has."""


@dataclass(frozen=True, slots=True)
class Cues:
    """What to look for in one language."""

    part: re.Pattern[str]
    """Behind the title of a document that shows part of a module."""


@dataclass(frozen=True, slots=True)
class Query:
    """What a question asks about a function."""

    target: str
    release: str
    distance: int
    """Calls of a chain, at most; 0 where the callers that must change are asked for."""
    kind: str
    """Of the change; "" where it is told in no known way."""
    names: Mapping[str, str]
    """What the change is told with: "old", "new", "places"."""
    cues: Cues


def reads(question: str) -> Query | None:
    """The function asked about and what becomes of it; None for other questions."""
    for language, asks in words(Asks, WORDS, "asks").items():
        if said := read(asks.reaches, question) or read(asks.changed, question):
            told = said.get("change", "")
            found = ((kind, pattern(each).fullmatch(told)) for kind, each in asks.changes.items())
            kind, names = next(((kind, m.groupdict()) for kind, m in found if m), ("", {}))
            cues = words(Cues, WORDS, "reads")[language]
            distance = int(said.get("distance", 0))
            return Query(said["target"], said["release"], distance, kind, names, cues)
    return None


def finds(query: Query, prompt: str) -> tuple[str, ...] | None:
    """Reads the modules by their tokens and applies the rule that the question states."""
    texts = _of_release(python.modules(prompt, query.cues.part), query.release)
    homes = [name for name in texts if query.target.startswith(f"{name}.")]
    home = max(homes, key=len, default="")
    code = python.read(texts[home]) if home else None
    if code is None:
        return None
    name = query.target.removeprefix(f"{home}.")
    found = (
        {f"{home}.{own}" for own in _reaching(name, query.distance, code)}
        if query.distance
        else _to_change(query, home, name, code, texts)
    )
    return tuple(sorted(found)) or None


def _of_release(texts: Mapping[str, str], release: str) -> dict[str, str]:
    """Module -> text: of modules with a release to their name only the one that is asked for."""
    found: dict[str, str] = {}
    for title, text in texts.items():
        plain, mark, number = title.removesuffix(")").rpartition(" (")
        if not (mark and re.fullmatch(r"\d+(?:\.\d+)+", number)):
            found.setdefault(_module(title), text)
        elif number == release:
            found[_module(plain)] = text
    return found


def _module(title: str) -> str:
    """The module that a title names, by its path or as it is."""
    path = re.fullmatch(r"(.+?)(?:/__init__)?\.py", title)
    return path[1].replace("/", ".") if path else title


# --- chains of calls ------------------------------------------------------------------------


def _reaching(name: str, distance: int, code: python.Code) -> set[str]:
    """Functions of a module that reach one in at most so many calls."""
    known = {d.name for d in code.definitions}
    calls: list[tuple[str, str]] = []
    for call in code.calls:
        callee = ".".join(call.chain)
        if call.chain[0] == "self" and "." in call.owner:
            callee = f"{call.owner.partition('.')[0]}.{'.'.join(call.chain[1:])}"
        elif len(call.chain) > 1:
            continue
        if call.owner and callee in known:
            calls.append((call.owner, callee))
    steps = {name: 0}
    for step in range(1, distance + 1):
        for owner, callee in calls:
            if steps.get(callee) == step - 1:
                steps.setdefault(owner, step)
    return steps.keys() - {name}


# --- calls that must change -----------------------------------------------------------------


def _to_change(
    query: Query, home: str, name: str, code: python.Code, texts: Mapping[str, str]
) -> set[str]:
    """Functions of all modules that hold a call which the change breaks."""
    definition = next((d for d in code.definitions if d.name == name), None)
    if definition is None or definition.parameters is None:
        return set()
    broken = _breaking(query, definition.parameters["." in name :])
    if broken is None:
        return set()
    hits = set()
    for title, text in texts.items():
        forms = _forms(title, text, home, name)
        other = python.read(text) if forms else None
        for call in other.calls if other else ():
            chain = call.chain
            if "." in name:  # of a method only calls by `self` in its own class
                cls = call.owner.partition(".")[0] if chain[0] == "self" else ""
                chain = (cls, *chain[1:])
            if call.owner and chain in forms and broken(call):
                hits.add(f"{title}.{call.owner}")
    return hits


def _forms(title: str, text: str, home: str, name: str) -> set[tuple[str, ...]]:
    """Callees that mean the function in a document; none where it cannot be called there."""
    cls, _, last = name.rpartition(".")
    if title == home:
        return {(cls, last) if cls else (last,)}
    if cls or f"{last}(" not in text:
        return set()
    forms: set[tuple[str, ...]] = set()
    for stated in re.findall(rf"^from {re.escape(home)} import (\([^)]*\)|.*)", text, re.M):
        if last in [part.strip() for part in stated.strip("()").split(",")]:
            forms.add((last,))
    for stated in re.findall(r"^import (.*)", text, re.M):
        if home in [part.strip() for part in stated.partition("#")[0].split(",")]:
            forms.add((*home.split("."), last))
    return forms


def _breaking(query: Query, parameters: Sequence[str]) -> Callable[[python.SeenCall], bool] | None:
    """What makes a call break, by the change and the parameters as shown, `self` left out."""
    plain = [re.split("[:=]", p)[0] for p in parameters]
    star = plain.index("*") if "*" in plain else len(plain)
    kind, old = query.kind, query.names.get("old", "")
    if kind == "rename":
        return lambda call: old in call.keywords
    if kind == "remove":
        places = query.names["places"].split(", ")
        by_place = places[: places.index("*")] if "*" in places else places
        at = by_place.index(old) if old in by_place else len(by_place)
        return lambda call: old in call.keywords or call.n_positional > at
    if old not in plain:
        return None
    if kind == "keyword":
        return lambda call: call.n_positional > star
    if kind in ("insert", "swap"):
        at = min(plain.index(name) for name in (old, query.names["new"]) if name in plain)
        return lambda call: call.n_positional > at
    at = plain.index(old)
    return lambda call: old not in call.keywords and (at > star or call.n_positional <= at)


solve = solver(reads, finds)
