"""The work of one ingest task: read a unit, clean, cut, count and sign its documents.

The result is a part file: Arrow rows with everything the final store needs, plus the
hashes by which the main process finds duplicates. Nothing large travels between processes.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from golong_data import minhash
from golong_data.corpus import arrow, cleaning, filters
from golong_data.corpus.measure import Measured, measure
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
_UNSIGNED = bytes(minhash.SIZE * 4)
PART_SCHEMA = pa.schema(
    [
        *DOCS_SCHEMA,
        *COUNTS_SCHEMA,
        ("digest", pa.binary(16)),
        ("text_hash", pa.uint64()),
        ("signed", pa.uint8()),
        ("signature", SIGNATURE),
    ]
)


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
    neutralised: int = 0
    """Spellings of special tokens in its rows."""
    broken_lines: int = 0


@dataclass(frozen=True, slots=True)
class Tidied:
    """A document after cleaning."""

    document: Document
    meta: str
    """JSON text, without the licence."""
    licence: str
    neutralised: int
    broken_lines: int


@dataclass(frozen=True, slots=True)
class Row:
    """One document ready to be stored."""

    tidied: Tidied
    measured: Measured
    digest: bytes
    text_hash: int


def tidy(document: Document) -> Tidied | Skip:
    """A document cleaned, or the reason why it is dropped."""
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
    return Tidied(
        document=dataclasses.replace(
            document, text=text, title=cleaning.inline(document.title) or document.id
        ),
        meta=json.dumps(meta, ensure_ascii=False, sort_keys=True),
        licence=licence,
        neutralised=len(cleaned.neutralised),
        broken_lines=cleaned.broken_lines,
    )


def row(tidied: Tidied, measured: Measured) -> Row:
    """A document with its measures and hashes."""
    document = tidied.document
    text_digest = hashlib.blake2b(document.text.encode(), digest_size=16).digest()
    whole = hashlib.blake2b(text_digest, digest_size=16)
    for value in (
        document.id,
        document.source,
        document.title,
        document.date,
        document.kind,
        tidied.licence,
        tidied.meta,
    ):
        whole.update(value.encode("utf-8", "surrogatepass") + b"\0")
    return Row(tidied, measured, whole.digest(), int.from_bytes(text_digest[:8], "little"))


def batch(rows: list[Row]) -> pa.RecordBatch:
    """The rows of a part."""
    docs = [row.tidied.document for row in rows]
    columns: dict[str, list[Any]] = {
        "id": [d.id for d in docs],
        "source": [d.source for d in docs],
        "title": [d.title for d in docs],
        "date": [d.date for d in docs],
        "kind": [d.kind for d in docs],
        "licence": [row.tidied.licence for row in rows],
        "n_chars": [len(d.text) for d in docs],
        "meta": [row.tidied.meta for row in rows],
        "text": [d.text for d in docs],
        "ends": [row.measured.ends for row in rows],
        "tokens": [row.measured.tokens for row in rows],
        "n_tokens": [int(row.measured.tokens.sum()) for row in rows],
        "digest": [row.digest for row in rows],
        "text_hash": [row.text_hash for row in rows],
        "signed": [row.measured.signature is not None for row in rows],
        "signature": [row.measured.signature or _UNSIGNED for row in rows],
    }
    arrays = [arrow.column(columns[f.name], f.type) for f in PART_SCHEMA]
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
    tidied: list[Tidied] = []
    drops: list[Skip] = []
    for document in documents:
        made = document if isinstance(document, Skip) else tidy(document)
        if isinstance(made, Skip):
            drops.append(made)
        else:
            tidied.append(made)
    signed = [settings.near and one.document.kind == "prose" for one in tidied]
    measured, aligned = measure([one.document.text for one in tidied], tokenizer, signed)
    rows = [row(*pair) for pair in zip(tidied, measured, strict=True)]
    read = len(rows) + len(drops)
    where = filters.compile_where(settings.where)
    if where:
        drops += [Skip(r.tidied.document.id, "where") for r in rows if not _matches(where, r)]
        rows = [r for r in rows if _matches(where, r)]
    with pa.OSFile(path, "wb") as sink, pa.ipc.new_file(sink, PART_SCHEMA) as writer:
        writer.write_batch(batch(rows))
    names: set[str] = set()
    for one in tidied:
        names.update(json.loads(one.meta))
    return Part(
        path=path,
        rows=len(rows),
        read=read,
        drops=tuple(drops),
        aligned=aligned,
        size=unit.size,
        meta_names=frozenset(names),
        neutralised=sum(r.tidied.neutralised for r in rows),
        broken_lines=sum(r.tidied.broken_lines for r in rows),
    )


def _matches(where: filters.Where, row: Row) -> bool:
    document = row.tidied.document
    values: dict[str, Any] = json.loads(row.tidied.meta) if where.meta_names else {}
    values |= {
        "id": document.id,
        "source": document.source,
        "title": document.title,
        "date": document.date,
        "kind": document.kind,
        "licence": row.tidied.licence,
        "n_chars": len(document.text),
        "n_tokens": int(row.measured.tokens.sum()),
    }
    return where.matches(values)


def read_part(path: str | Path) -> pa.RecordBatch:
    """The rows of a part file, read into memory that is freed with the batch."""
    with pa.OSFile(str(path), "rb") as source:
        return pa.ipc.open_file(source).get_batch(0)
