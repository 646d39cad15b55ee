"""A corpus on disk and in memory: Arrow files, memory-mapped, nothing loaded whole.

A store is a folder with `docs.arrow` (documents with their segment ends), one
`counts-<tokenizer>.arrow` per tokenizer that has counted it, `manifest.json` and
`dropped.jsonl`. It is written beside its place and renamed into it, so it is there whole
or not at all. A `Corpus` is one or more stores seen as one sequence of documents.
"""

from __future__ import annotations

import bisect
import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from golong_data.corpus import arrow, filters, tables
from golong_data.errors import UserError
from golong_data.types import Document, Kind, Table

FORMAT = 1
"""Part of every cache key: a store of another format is made again."""

DOCS_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("source", pa.string()),
        ("title", pa.string()),
        ("date", pa.string()),
        ("kind", pa.string()),
        ("licence", pa.string()),
        ("n_chars", pa.int32()),
        ("meta", pa.string()),
        ("text", pa.large_string()),
        ("ends", pa.list_(pa.int32())),
    ]
)
COUNTS_SCHEMA = pa.schema([("tokens", pa.list_(pa.int32())), ("n_tokens", pa.int64())])
TABLE_CACHE = 64
"""Parsed tables kept per corpus."""

Ints = NDArray[np.int64]
Ints32 = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Segments:
    """The segments of one document, in order."""

    ends: Ints32
    """Character offset one past each segment; the last is the length of the text."""
    tokens: Ints32
    """Tokens of each; the last counts the blank line after the document as well."""


# --- one store ------------------------------------------------------------------------


class Batches:
    """The record batches of one Arrow file, mapped into memory, addressed by row."""

    def __init__(self, path: Path) -> None:
        try:
            reader = pa.ipc.open_file(pa.memory_map(str(path)))
            self.batches = [reader.get_batch(i) for i in range(reader.num_record_batches)]
        except (pa.ArrowInvalid, OSError) as error:
            raise UserError(
                f"a file of this corpus store is damaged ({type(error).__name__}).",
                where=str(path),
                remedy="Delete the folder it lies in and ingest the corpus again.",
            ) from error
        self.metadata: dict[bytes, bytes] = dict(reader.schema.metadata or {})
        sizes = [batch.num_rows for batch in self.batches]
        self.starts = [0, *np.cumsum(sizes, dtype=np.int64).tolist()]
        self._lists: dict[tuple[int, str], tuple[Any, Any]] = {}

    def __len__(self) -> int:
        return int(self.starts[-1])

    def at(self, row: int) -> tuple[int, int]:
        """(batch, row in it)."""
        batch = bisect.bisect_right(self.starts, row) - 1
        return batch, row - self.starts[batch]

    def value(self, row: int, name: str) -> Any:
        """One cell as a Python value."""
        batch, local = self.at(row)
        return self.batches[batch].column(name)[local].as_py()

    def list(self, row: int, name: str) -> Ints32:
        """One list cell as a view of the mapped file."""
        batch, local = self.at(row)
        if (batch, name) not in self._lists:
            column = self.batches[batch].column(name)
            self._lists[batch, name] = (
                arrow.view(column.offsets),
                arrow.view(column.values),
            )
        offsets, values = self._lists[batch, name]
        view: Ints32 = values[offsets[local] : offsets[local + 1]]
        return view

    def column(self, name: str) -> pa.ChunkedArray:
        """A whole column, still mapped."""
        kind = self.batches[0].schema.field(name).type if self.batches else pa.string()
        return pa.chunked_array([batch.column(name) for batch in self.batches], type=kind)


class Store:
    """One ingested corpus."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.manifest = read_manifest(path)
        self.docs = Batches(path / "docs.arrow")
        self.fingerprint: str = self.manifest["fingerprint"]

    def __len__(self) -> int:
        return len(self.docs)

    def counts_path(self, tokenizer_fingerprint: str) -> Path:
        """Where the counts of a tokenizer lie, whether or not they are there yet."""
        return self.path / f"counts-{tokenizer_fingerprint}.arrow"

    def row(self, i: int) -> dict[str, Any]:
        """What a filter may ask about a document, except its tokens."""
        batch, local = self.docs.at(i)
        columns = self.docs.batches[batch]
        names = ("id", "source", "title", "date", "kind", "licence", "n_chars", "meta")
        return {name: columns.column(name)[local].as_py() for name in names}


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest of a store of the present format; UserError for any other."""
    try:
        manifest = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
        found = manifest["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(
            "the manifest of this corpus store is missing or damaged.",
            where=str(path),
            remedy="Delete the folder and ingest the corpus again.",
        ) from error
    if found != FORMAT:
        raise UserError(
            f"this corpus store has format {found}, and this version reads {FORMAT}.",
            where=str(path),
            remedy="Ingest the corpus again with --overwrite.",
        )
    return dict(manifest)


# --- many stores as one ---------------------------------------------------------------


class Corpus:
    """Documents by index, over one or more stores, with their token counts."""

    names: tuple[str, ...]
    fingerprint: str
    """Hash of the documents and the filter: not of paths, machines or tokenizers."""
    additive: bool
    """Whether the counts of segments add up exactly for this tokenizer."""
    n_tokens: Ints
    """Per document: its text and the blank line after it. The sum of its segments, so
    exact where `additive` holds and an estimate where not."""

    def __init__(
        self, names: Sequence[str], stores: Sequence[Store], counts: Sequence[Batches], where: str
    ) -> None:
        self.names = tuple(names)
        self._stores = list(stores)
        self._counts = list(counts)
        self.additive = all(c.metadata[b"additive"] == b"1" for c in counts)
        self._starts = [0, *np.cumsum([len(s) for s in stores], dtype=np.int64).tolist()]
        every: Ints = np.concatenate(
            [np.zeros(0, dtype=np.int64), *(arrow.views(c.column("n_tokens")) for c in counts)]
        )
        is_table = np.zeros(len(every), dtype=bool)
        for start, store in zip(self._starts, stores, strict=False):
            is_table[start + _tables(store.docs)] = True
        compiled = filters.compile_where(where)
        if compiled is None:
            self._rows = np.arange(self._starts[-1], dtype=np.int64)
        else:
            self._rows = self._select(compiled, every)
        self.n_tokens = every[self._rows]
        self.n_tokens.flags.writeable = False
        self.tables: Ints = np.flatnonzero(is_table[self._rows])
        self.prose: Ints = np.flatnonzero(~is_table[self._rows])
        digest = hashlib.sha256()
        for store in stores:
            digest.update(store.fingerprint.encode())
        digest.update(compiled.text.encode() if compiled else b"")
        self.fingerprint = digest.hexdigest()[:32]
        self._clash = _ids_clash(stores)
        self._parsed: OrderedDict[int, Table] = OrderedDict()

    def __len__(self) -> int:
        return len(self._rows)

    def _select(self, where: filters.Where, tokens: Ints) -> Ints:
        known: set[str] = set()
        for store in self._stores:
            known.update(store.manifest["meta_names"])
        filters.check_names(where, known)
        keep = []
        for start, store in zip(self._starts, self._stores, strict=False):
            for i in range(len(store)):
                row = store.row(i)
                if where.meta_names:
                    row = {**json.loads(row["meta"]), **row}
                row["n_tokens"] = int(tokens[start + i])
                if where.matches(row):
                    keep.append(start + i)
        return np.asarray(keep, dtype=np.int64)

    def _find(self, i: int) -> tuple[int, int]:
        if not -len(self) <= i < len(self):
            raise IndexError(i)
        row = int(self._rows[i])
        store = bisect.bisect_right(self._starts, row) - 1
        return store, row - self._starts[store]

    def _id(self, store: int, row: int) -> str:
        plain = str(self._stores[store].docs.value(row, "id"))
        # Only where two stores share an id, so a corpus alone and in company agree.
        return f"{store + 1}/{plain}" if self._clash else plain

    def document(self, i: int) -> Document:
        """The i-th document; `meta` as `self.meta(i)` gives it."""
        store, row = self._find(i)
        docs = self._stores[store].docs
        batch, local = docs.at(row)
        columns = docs.batches[batch]
        kind: Kind = "table" if columns.column("kind")[local].as_py() == "table" else "prose"
        return Document(
            id=self._id(store, row),
            text=columns.column("text")[local].as_py(),
            source=columns.column("source")[local].as_py(),
            title=columns.column("title")[local].as_py(),
            date=columns.column("date")[local].as_py(),
            kind=kind,
            meta=self.meta(i),
        )

    def id(self, i: int) -> str:
        """The id of the i-th document, without decoding its text."""
        return self._id(*self._find(i))

    def title(self, i: int) -> str:
        """The title of the i-th document, without decoding its text."""
        store, row = self._find(i)
        return str(self._stores[store].docs.value(row, "title"))

    def text(self, i: int) -> str:
        """The text of the i-th document, without the rest of it."""
        store, row = self._find(i)
        return str(self._stores[store].docs.value(row, "text"))

    def is_table(self, i: int) -> bool:
        """Whether the i-th document is a table."""
        store, row = self._find(i)
        return bool(self._stores[store].docs.value(row, "kind") == "table")

    def meta(self, i: int) -> Mapping[str, Any]:
        """The metadata of the i-th document with its licence, without decoding its text."""
        store, row = self._find(i)
        docs = self._stores[store].docs
        meta: dict[str, Any] = json.loads(docs.value(row, "meta"))
        meta["licence"] = docs.value(row, "licence")
        return meta

    def segments(self, i: int) -> Segments:
        """The segments of the i-th document, as views of the mapped files."""
        store, row = self._find(i)
        return Segments(
            self._stores[store].docs.list(row, "ends"), self._counts[store].list(row, "tokens")
        )

    def table(self, i: int) -> Table:
        """The i-th document parsed as a table; ValueError where it is prose."""
        store, row = self._find(i)
        key = int(self._rows[i])
        if key in self._parsed:
            self._parsed.move_to_end(key)
            return self._parsed[key]
        docs = self._stores[store].docs
        if docs.value(row, "kind") != "table":
            raise ValueError(f"document {i} is not a table")
        parsed = tables.parse(docs.value(row, "title"), docs.value(row, "text"))
        self._parsed[key] = parsed
        if len(self._parsed) > TABLE_CACHE:
            self._parsed.popitem(last=False)
        return parsed

    @cached_property
    def sources(self) -> tuple[dict[str, Any], ...]:
        """Per source and licence of the selected documents: {source, licence, documents,
        tokens, note}, in order of first appearance."""
        notes: dict[str, str] = {}
        for store in self._stores:
            notes |= {s["source"]: s.get("note", "") for s in store.manifest["sources"]}
        found: dict[tuple[str, str], list[int]] = {}
        for i, tokens in enumerate(self.n_tokens.tolist()):
            store_index, row = self._find(i)
            docs = self._stores[store_index].docs
            key = (docs.value(row, "source"), docs.value(row, "licence"))
            entry = found.setdefault(key, [0, 0])
            entry[0] += 1
            entry[1] += tokens
        return tuple(
            {
                "source": source,
                "licence": licence,
                "documents": documents,
                "tokens": tokens,
                "note": notes.get(source, ""),
            }
            for (source, licence), (documents, tokens) in found.items()
        )


def _tables(docs: Batches) -> Ints:
    """Rows whose kind is "table"."""
    import pyarrow.compute as pc

    # A comparison with a Python string would import pandas; a pattern does not.
    mask = pc.match_substring(docs.column("kind"), pattern="table")
    return arrow.view(pc.indices_nonzero(mask)).astype(np.int64)


def _ids_clash(stores: Sequence[Store]) -> bool:
    if len(stores) < 2:
        return False
    chunks = [chunk for store in stores for chunk in store.docs.column("id").chunks]
    ids = pa.chunked_array(chunks, type=pa.string())
    return len(ids.unique()) < len(ids)
