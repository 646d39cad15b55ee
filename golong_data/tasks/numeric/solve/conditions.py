"""Conditions on rows, read out of a question, and whether a row meets them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from golong_data.solving.numbers import number
from golong_data.words import pattern, words

WORDS = "numeric/conditions"


@dataclass(frozen=True, slots=True)
class Asks:
    """How conditions are put in one language."""

    kinds: Mapping[str, str]
    """"is", "above" and "below" -> a condition of that kind."""
    joint: str
    """Between two conditions."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition as a question words it."""

    kind: str
    column: str
    value: str

    def met_by(self, row: Mapping[str, str]) -> bool:
        """Whether a row meets it. What is missing or no number meets none."""
        cell = row.get(self.column, "")
        if self.kind == "is":
            return cell == self.value
        found, bound = number(cell), number(self.value)
        if found is None or bound is None:
            return False
        return found > bound if self.kind == "above" else found < bound


def conditions(text: str, language: str) -> tuple[Condition, ...] | None:
    """All conditions of a text; None where it does not consist of conditions."""
    asks = words(Asks, WORDS, "asks")[language]
    found = conjunction(text, asks.joint, asks.kinds)
    return None if found is None else tuple(Condition(kind, **fields) for kind, fields in found)


def conjunction(
    text: str, joint: str, wordings: Mapping[str, str]
) -> Sequence[tuple[str, dict[str, str]]] | None:
    """What a text joins: of each part the name of its wording, and its fields.

    A name may hold the joint itself, so the shortest parts that can be read are taken. None
    where a text cannot be read so.
    """
    parts = text.split(joint)
    for n in range(1, len(parts) + 1):
        first, rest = joint.join(parts[:n]), parts[n:]
        for name, wording in wordings.items():
            found = pattern(wording).fullmatch(first)
            others = conjunction(joint.join(rest), joint, wordings) if rest else ()
            if found and others is not None:
                return [(name, found.groupdict()), *others]
    return None
