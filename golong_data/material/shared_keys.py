"""Tables that share a key: others of the corpus that can be joined to one, or parts of it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from golong_data.contexts.workspace import Workspace
from golong_data.material.tables import Base, base_of, corpus_base, take, titles
from golong_data.types import Refused

COMMON = 12
"""Keys that a table must have in common with the others, at least."""

LOOKED_AT = 10
"""Tables of the corpus."""


def sharing(
    work: Workspace, first: Base, n: int, suits: Callable[[Base], bool], language: str
) -> list[Base]:
    """n tables that suit and share a key, of which one is given.

    Others of the corpus where enough of them have a key column of its name and many of its
    keys, else parts of the one. Raises Refused where it cannot be parted.
    """
    found, keys = [first], set(_keys(first))
    tables = work.corpus.tables if first.real else ()
    for index in work.rng.sample(range(len(tables)), min(LOOKED_AT, len(tables))):
        if len(found) == n:
            break
        other = corpus_base(work.corpus, int(tables[index]))
        if other.doc_id in {base.doc_id for base in found} or not suits(other):
            continue
        common = keys.intersection(_keys(other))
        if _key(other) == _key(first) and len(common) >= max(COMMON, len(keys) // 3):
            found.append(other)
            keys = common
    return found if len(found) == n else _parted(first, n, language, work.rng)


def _parted(base: Base, n: int, language: str, rng: random.Random) -> list[Base]:
    """One table as n tables: each keeps the key and its own share of the other columns."""
    table, key = base.table, base.keys[0]
    if len(base.measures) < n:
        raise Refused("too few columns to part")
    measures = rng.sample(base.measures, len(base.measures))
    categories = [c for c in base.categories if c != key]
    parts = []
    for i, letter in enumerate("ABC"[:n]):
        columns = [key, *(categories[:1] if i == 1 else []), *sorted(measures[i::n])]
        title = titles(language).part.format(table=table.title, letter=letter)
        part = take(table, title, range(len(table.rows)), columns)
        parts.append(base_of(f"{base.doc_id}/{letter}", part, real=base.real))
    return parts


def shared_keys(bases: Sequence[Base]) -> list[str]:
    """Keys that every table has, in the order of the first."""
    common = set(_keys(bases[0])).intersection(*(_keys(base) for base in bases[1:]))
    return [key for key in _keys(bases[0]) if key in common]


def with_keys(base: Base, keys: Sequence[str], rng: random.Random) -> list[int]:
    """Rows of these keys and a few others, shuffled."""
    wanted = set(keys)
    names = _keys(base)
    rows = [r for r, name in enumerate(names) if name in wanted]
    others = [r for r, name in enumerate(names) if name not in wanted]
    rows += rng.sample(others, min(len(others), max(1, len(rows) // 6)))
    rng.shuffle(rows)
    return rows


def _key(base: Base) -> str:
    return base.table.columns[base.keys[0]].name


def _keys(base: Base) -> list[str]:
    return [row[base.keys[0]] for row in base.table.rows]
