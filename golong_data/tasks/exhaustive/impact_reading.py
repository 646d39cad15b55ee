"""Impact questions solved from the prompt: calls found by tokens, judged by the stated rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from golong_data.solving import python as pyread
from golong_data.tasks.exhaustive.impact_words import CHANGED, CHANGES, REACHES
from golong_data.words import pattern, read


def solve(question: str, prompt: str) -> tuple[str, ...] | None:
    """Reads the modules by their tokens and applies the rule that the question states."""
    for language in CHANGED:
        asked = read(REACHES[language], question)
        if asked:
            texts = _of_release(pyread.modules(prompt), asked["release"])
            return _solve_reach(asked["target"], int(asked["distance"]), texts)
        asked = read(CHANGED[language], question)
        if asked:
            texts = _of_release(pyread.modules(prompt), asked["release"])
            return _solve_changed(asked["target"], asked["change"], language, texts)
    return None


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


def _home(target: str, texts: Mapping[str, str]) -> tuple[str, str] | None:
    """The module that a dotted name starts with, and the rest of it."""
    names = [name for name in texts if target.startswith(f"{name}.")]
    if not names:
        return None
    home = max(names, key=len)
    return home, target[len(home) + 1 :]


def _solve_reach(target: str, distance: int, texts: Mapping[str, str]) -> tuple[str, ...] | None:
    home = _home(target, texts)
    code = pyread.read(texts[home[0]]) if home else None
    if home is None or code is None:
        return None
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
    near = {home[1]: 0}
    for step in range(1, distance + 1):
        for owner, callee in calls:
            if near.get(callee) == step - 1:
                near.setdefault(owner, step)
    found = [name for name in near if name != home[1]]
    return tuple(sorted(f"{home[0]}.{name}" for name in found)) or None


def _solve_changed(
    target: str, change: str, language: str, texts: Mapping[str, str]
) -> tuple[str, ...] | None:
    home = _home(target, texts)
    own = pyread.read(texts[home[0]]) if home else None
    if home is None or own is None:
        return None
    module, name = home
    definition = next((d for d in own.definitions if d.name == name), None)
    if definition is None or definition.parameters is None:
        return None
    plain = definition.parameters[1:] if "." in name else definition.parameters
    broken = _rule(plain, change, language)
    if broken is None:
        return None
    hits = []
    for title, text in texts.items():
        forms = _forms(title, text, module, name)
        code = pyread.read(text) if forms else None
        for call in code.calls if code else ():
            chain = call.chain
            if "." in name:  # of a method only calls by `self` in its own class
                cls = call.owner.partition(".")[0] if chain[0] == "self" else ""
                chain = (cls, *chain[1:])
            if call.owner and chain in forms and broken(call):
                hits.append(f"{title}.{call.owner}")
    return tuple(sorted(set(hits))) or None


def _forms(title: str, text: str, module: str, name: str) -> set[tuple[str, ...]]:
    """Callees that mean the function in a document; none where it cannot be called there."""
    cls, _, last = name.rpartition(".")
    if title == module:
        return {(cls, last) if cls else (last,)}
    if cls or f"{last}(" not in text:
        return set()
    forms: set[tuple[str, ...]] = set()
    for stated in re.findall(rf"^from {re.escape(module)} import (\([^)]*\)|.*)", text, re.M):
        if last in [part.strip() for part in stated.strip("()").split(",")]:
            forms.add((last,))
    for stated in re.findall(r"^import (.*)", text, re.M):
        if module in [part.strip() for part in stated.partition("#")[0].split(",")]:
            forms.add((*module.split("."), last))
    return forms


def _rule(
    parameters: Sequence[str], change: str, language: str
) -> Callable[[pyread.SeenCall], bool] | None:
    """What makes a call break, by the change and the parameters as shown, `self` left out."""
    plain = [re.split("[:=]", p)[0] for p in parameters]
    star = plain.index("*") if "*" in plain else len(plain)
    for kind, wording in CHANGES[language].items():
        fields = re.fullmatch(pattern(wording).pattern, change)
        if not fields:
            continue
        old = fields["old"]
        if kind == "rename":
            return lambda call: old in call.keywords
        if kind == "remove":
            places = fields["places"].split(", ")
            by_place = places[: places.index("*")] if "*" in places else places
            at = by_place.index(old) if old in by_place else len(by_place)
            return lambda call: old in call.keywords or call.n_positional > at
        if old not in plain:
            return None
        if kind == "keyword":
            return lambda call: call.n_positional > star
        if kind in ("insert", "swap"):
            at = min(plain.index(name) for name in (old, fields["new"]) if name in plain)
            return lambda call: call.n_positional > at
        at = plain.index(old)
        return lambda call: old not in call.keywords and (at > star or call.n_positional <= at)
    return None
