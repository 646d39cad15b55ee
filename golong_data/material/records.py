"""Numbered records that are easily taken for one another.

Record numbers differ by one, by two digits changed over or by a single digit. A family of
records comes out of a real table (`records_real`) or is made up (`records_made_up`).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from golong_data.material.columns import value


@dataclass(frozen=True, slots=True)
class Record:
    """A numbered record: labelled values of someone or something, of one year or of none."""

    number: str
    """Six digits."""
    holder: str
    """Whom or what it is about."""
    period: str
    """A year of four digits, or empty."""
    fields: tuple[tuple[str, str], ...]
    """Label and value, each label once."""
    changed: frozenset[str] = frozenset()
    """Labels whose value is not what the source says."""

    def get(self, label: str) -> str:
        """The value of a label; empty where it has none."""
        return dict(self.fields).get(label, "")


def is_single(records: Sequence[Record], record: Record, label: str) -> bool:
    """Whether no other record states the value of a label, and it is too long to be guessed."""
    stated = record.get(label)
    return len(stated) > 1 and sum(other.get(label) == stated for other in records) == 1


def echoed(
    records: Sequence[Record], label: str, text: str, evidence: Sequence[Record], rng: random.Random
) -> tuple[Record, ...]:
    """The records, one of which states the value `text` of `label` under another label.

    Only where that is plausible: within the range of the values under that other label.
    None of the evidence is touched.
    """
    wanted = value(text)
    for at in rng.sample(range(len(records)), len(records)):
        record = records[at]
        others = [name for name, _ in record.fields if name != label]
        if wanted is None or record in evidence or not others:
            continue
        other = rng.choice(others)
        column = [v for r in records if (v := value(r.get(other))) is not None]
        if column and min(column) <= wanted <= max(column):
            fields = tuple((n, text if n == other else v) for n, v in record.fields)
            new = replace(record, fields=fields, changed=record.changed | {other})
            return (*records[:at], new, *records[at + 1 :])
    return tuple(records)


# --- numbers ------------------------------------------------------------------------------


def numbers(n: int, rng: random.Random) -> list[str]:
    """Numbers of six digits, each of which is easily taken for some other; in random order.

    Each comes out of any before it, and the order is lost: none is the one that the others
    were copied from.
    """
    given = [str(rng.randint(120_000, 989_000))]
    while len(given) < n:
        new = rng.choice(_SLIPS)(rng.choice(given), rng)
        if new not in given and not new.startswith("0"):
            given.append(new)
    return rng.sample(given, n)


def _next_to(number: str, rng: random.Random) -> str:
    return str(int(number) + rng.choice((-2, -1, 1, 2)))


def _changed_over(number: str, rng: random.Random) -> str:
    i = rng.randrange(len(number) - 1)
    return number[:i] + number[i + 1] + number[i] + number[i + 2 :]


def _mistyped(number: str, rng: random.Random) -> str:
    i = rng.randrange(len(number))
    return number[:i] + str(rng.randrange(10)) + number[i + 1 :]


_SLIPS: tuple[Callable[[str, random.Random], str], ...] = (_next_to, _changed_over, _mistyped)
