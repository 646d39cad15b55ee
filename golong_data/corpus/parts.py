"""The work of one ingest task: read a unit, clean, cut, count and sign its documents.

The result is a part file: Arrow rows with everything the final store needs, plus the
hashes by which the main process finds duplicates. Nothing large travels between processes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from golong_data import minhash
from golong_data.corpus import cleaning, filters
from golong_data.corpus.readers import READERS
from golong_data.corpus.readers.base import Options, Skip, Unit
from golong_data.corpus.store import COUNTS_SCHEMA, DOCS_SCHEMA
from golong_data.errors import UserError
from golong_data.tokens import Tokenizer, get_tokenizer
from golong_data.types import Document

SHORTEST = 20
"""Documents with fewer characters are dropped."""
LONGEST = (1 << 31) - 8
"""Character offsets are stored in 32 bits."""

SIGNATURE = pa.binary(minhash.SIZE * 4)
PART_SCHEMA = pa.schema(
    [
        *DOCS_SCHEMA,
        *COUNTS_SCHEMA,
        ("digest", pa.binary(16)),
        ("text_hash", pa.uint64()),
        ("signature", SIGNATURE),
    ]
)

_SPACES = np.array([ord(c) for c in map(chr, range(0x3001)) if c.isspace()], dtype=np.uint32)


@dataclass(frozen=True, slots=True)
class Settings:
    """What every task of one ingest needs to know."""

    tokenizer: str
    fingerprint: str
    options: Options
    where: str = ""
    near: bool = True
    """Whether to compute signatures."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a task hands back."""

    path: str
    rows: int
    read: int
    """Documents seen, kept or not."""
    drops: tuple[Skip, ...]
    aligned: bool
    """Whether no token was seen to reach across a segment's end."""
    size: int
    meta_names: frozenset[str] = frozenset()
    sources: tuple[tuple[str, str], ...] = ()
    """(source, licence) pairs of its rows, in order of appearance."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Repairs: neutralised spellings, broken lines."""


@dataclass(frozen=True, slots=True)
class Row:
    """One document ready to be stored."""

    document: Document
    meta: str
    licence: str
    ends: NDArray[np.int32]
    tokens: NDArray[np.int32]
    digest: bytes
    text_hash: int
    signature: bytes | None
    aligned: bool
    neutralised: int
    broken_lines: int


def segment_ends(text: str) -> NDArray[np.int32]:
    """The same offsets as `tokens.segment_ends`, found with numpy.

    `text` is cleaned, so a character that is white space to `str.isspace` is one to every
    tokenizer.
    """
    if text.isascii():
        codes: NDArray[Any] = np.frombuffer(text.encode("ascii"), dtype=np.uint8)
    else:
        codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    newlines = np.flatnonzero(codes[:-1] == 10) + 1
    after = codes[newlines]
    ascii_only = codes.dtype == np.uint8
    cuts = newlines[after > 32] if ascii_only else newlines[~np.isin(after, _SPACES)]
    return np.append(cuts, len(text)).astype(np.int32)


def prepare(document: Document, tokenizer: Tokenizer, *, near: bool) -> Row | Skip:
    """A document cleaned, cut and counted, or the reason why it is dropped."""
    cleaned = cleaning.clean(document.text, break_lines=document.kind == "prose")
    text = cleaned.text
    if len(text) < SHORTEST:
        reason = "too_short" if text else "empty"
        return Skip(document.id, reason, f"{len(text)} characters after cleaning")
    if len(text) > LONGEST:
        return Skip(document.id, "too_long", f"{len(text)} characters")
    meta = dict(document.meta)
    licence = str(meta.pop("licence", "") or "")
    if cleaned.neutralised:
        meta["neutralised"] = [list(pair) for pair in cleaned.neutralised]
    title = cleaning.inline(document.title) or document.id
    meta_text = json.dumps(meta, ensure_ascii=False, sort_keys=True)
    ends = segment_ends(text)
    joined = ends.copy()
    joined[-1] += 2
    # numpy offsets serve where a list of integers is asked for.
    counts, aligned = tokenizer.segment_counts(text + "\n\n", joined)  # type: ignore[arg-type]
    data = text.encode()
    text_digest = hashlib.blake2b(data, digest_size=16)
    fields = (document.id, document.source, title, document.date, document.kind, licence, meta_text)
    whole = hashlib.blake2b(text_digest.digest(), digest_size=16)
    for value in fields:
        whole.update(value.encode("utf-8", "surrogatepass") + b"\0")
    signature = None
    if near and document.kind == "prose":
        signature = minhash.signature(minhash.shingles(text)).tobytes()
    return Row(
        document=Document(document.id, text, document.source, title, document.date, document.kind),
        meta=meta_text,
        licence=licence,
        ends=ends,
        tokens=counts.astype(np.int32),
        digest=whole.digest(),
        text_hash=int.from_bytes(text_digest.digest()[:8], "little"),
        signature=signature,
        aligned=aligned,
        neutralised=len(cleaned.neutralised),
        broken_lines=cleaned.broken_lines,
    )


def list_array(values: Iterable[NDArray[np.int32]]) -> pa.ListArray:
    """An Arrow list column from one array per row."""
    arrays = list(values)
    offsets = np.zeros(len(arrays) + 1, dtype=np.int32)
    np.cumsum([len(a) for a in arrays], out=offsets[1:])
    flat = np.concatenate(arrays) if arrays else np.zeros(0, dtype=np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(flat, type=pa.int32()))


def batch(rows: list[Row]) -> pa.RecordBatch:
    """The rows of a part."""
    docs = [row.document for row in rows]
    columns: dict[str, Any] = {
        "id": [d.id for d in docs],
        "source": [d.source for d in docs],
        "title": [d.title for d in docs],
        "date": [d.date for d in docs],
        "kind": [d.kind for d in docs],
        "licence": [row.licence for row in rows],
        "n_chars": [len(d.text) for d in docs],
        "meta": [row.meta for row in rows],
        "text": [d.text for d in docs],
        "ends": list_array(row.ends for row in rows),
        "tokens": list_array(row.tokens for row in rows),
        "n_tokens": [int(row.tokens.sum()) for row in rows],
        "digest": [row.digest for row in rows],
        "text_hash": [row.text_hash for row in rows],
        "signature": [row.signature for row in rows],
    }
    arrays = [
        columns[f.name]
        if isinstance(columns[f.name], pa.Array)
        else pa.array(columns[f.name], type=f.type)
        for f in PART_SCHEMA
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=PART_SCHEMA)


def make_part(unit: Unit, path: str, settings: Settings) -> Part:
    """Runs one task and writes its part file."""
    tokenizer = get_tokenizer(settings.tokenizer)
    if tokenizer.fingerprint != settings.fingerprint:
        raise UserError(
            "a worker process loads another tokenizer under this name.",
            where=f"tokenizer {settings.tokenizer}",
            remedy="Use --workers 1.",
        )
    return make_part_with(tokenizer, unit, path, settings)


def make_part_with(tokenizer: Tokenizer, unit: Unit, path: str, settings: Settings) -> Part:
    """The same with a tokenizer at hand."""
    documents: Iterable[Document | Skip]
    documents = unit.documents or READERS[unit.reader].read(unit, settings.options)
    where = filters.compile_where(settings.where)
    keep = _keeper(where)
    rows: list[Row] = []
    drops: list[Skip] = []
    read = 0
    for document in documents:
        read += 1
        made = (
            document
            if isinstance(document, Skip)
            else prepare(document, tokenizer, near=settings.near)
        )
        if isinstance(made, Row) and not keep(made):
            made = Skip(made.document.id, "where")
        if isinstance(made, Skip):
            drops.append(made)
        else:
            rows.append(made)
    with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, PART_SCHEMA) as writer:
        writer.write_batch(batch(rows))
    names: set[str] = set()
    for row in rows:
        names.update(json.loads(row.meta) if len(row.meta) > 2 else ())
    return Part(
        path=path,
        rows=len(rows),
        read=read,
        drops=tuple(drops),
        aligned=all(row.aligned for row in rows),
        size=unit.size,
        meta_names=frozenset(names),
        sources=tuple(dict.fromkeys((r.document.source, r.licence) for r in rows)),
        counts={
            "neutralised": sum(row.neutralised for row in rows),
            "broken_lines": sum(row.broken_lines for row in rows),
        },
    )


def _keeper(where: filters.Where | None) -> Callable[[Row], bool]:
    if where is None:
        return lambda row: True

    def keep(row: Row) -> bool:
        document = row.document
        values: dict[str, Any] = json.loads(row.meta) if where.meta_names else {}
        values |= {
            "id": document.id,
            "source": document.source,
            "title": document.title,
            "date": document.date,
            "kind": document.kind,
            "licence": row.licence,
            "n_chars": len(document.text),
            "n_tokens": int(row.tokens.sum()),
        }
        return where.matches(values)

    return keep


def read_part(path: str | Path) -> pa.RecordBatch:
    """The rows of a part file, read into memory that is freed with the batch."""
    with pa.OSFile(str(path), "rb") as source:
        return pa.ipc.open_file(source).get_batch(0)
