"""Documents as their sources have them: what in a context differs from them.

A policy that knows the corpus sees which sentences were altered and which lines were put in,
whatever the question is. Documents are known by their titles; those that are not of the
corpus are not judged.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from golong_data.corpus import Corpus, list_corpora, open_corpus
from golong_data.errors import UserError
from golong_data.quality.layout import Layout
from golong_data.rows.files import read_manifest
from golong_data.tokens import get_tokenizer


class Originals:
    """The texts of a corpus by title."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._texts: dict[str, str] = {}

    @cached_property
    def _by_title(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for i in range(len(self.corpus)):
            if not self.corpus.is_table(i):
                found.setdefault(self.corpus.title(i), []).append(i)
        return found

    def text(self, title: str) -> str:
        """All documents of a title, one after the other; empty where there is none."""
        if title not in self._texts:
            found = self._by_title.get(title, [])
            self._texts[title] = "\n\n".join(self.corpus.text(i) for i in found)
        return self._texts[title]

    def altered(self, layout: Layout) -> tuple[int, ...]:
        """Indices of the passages that stand in no source document of their title."""
        sources = {}
        for label, title in layout.titles.items():
            names = [title, *(bare for bare, own in layout.bare_titles.items() if own == label)]
            sources[label] = next((text for text in map(self.text, names) if text), "")
        found = []
        for i, (start, end) in enumerate(layout.passages):
            heading = layout.heading_at(start)
            if heading is None or start < heading.end:
                continue
            source = sources[heading.label]
            piece = _without_number(layout.text[start:end].strip())
            if source and piece and not all(line.strip() in source for line in piece.split("\n")):
                found.append(i)
        return tuple(found)


def _without_number(piece: str) -> str:
    """A sentence without the number in square brackets before it."""
    if piece.startswith("["):
        head, closed, rest = piece.partition("] ")
        if closed and len(head) <= 12:
            return rest
    return piece


def originals_of(source: Path) -> Originals | None:
    """The corpus that a build's manifest names, where it is at hand."""
    found = read_manifest(source) if source.is_dir() else {}
    names = found.get("corpus", {}).get("names", [])
    at_hand = {entry["name"] for entry in list_corpora() if entry["documents"] is not None}
    if not names or not at_hand.issuperset(names):
        return None
    try:
        tokenizer = get_tokenizer(found["tokenizer"]["name"])
        return Originals(open_corpus(names, tokenizer=tokenizer))
    except (UserError, KeyError):
        return None
