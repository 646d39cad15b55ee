"""The last step of an ingest: from part files to the files of a store, as a stream."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from golong_data.corpus import arrow, counting, neardup, parts, sources
from golong_data.corpus.store import COUNTS_SCHEMA, DOCS_SCHEMA, FORMAT, Store
from golong_data.tokens import Tokenizer

Progress = Callable[[str, int, int], None]


def assemble(
    work: Path,
    made: Sequence[parts.Part],
    copies: Sequence[neardup.Duplicate],
    tokenizer: Tokenizer,
    recorded: dict[str, Any],
    progress: Progress | None,
) -> None:
    """Writes the documents that are no copies, their counts, the drops and the manifest,
    a part at a time, and removes the parts."""
    copy_of = {copy.row: copy for copy in copies}
    ids: list[str] = []
    seen: set[str] = set()
    digest = hashlib.sha256()
    reasons: Counter[str] = Counter()
    by_source: dict[tuple[str, str], list[int]] = {}
    size = tokens = kept = 0
    counts_path = work / f"counts-{tokenizer.fingerprint}.arrow"
    partial = counts_path.with_suffix(".partial")
    with (
        pa.OSFile(str(work / "docs.arrow"), "wb") as docs_file,
        pa.OSFile(str(partial), "wb") as counts_file,
        pa.ipc.new_file(docs_file, DOCS_SCHEMA) as docs,
        pa.ipc.new_file(counts_file, COUNTS_SCHEMA) as counts,
        open(work / "dropped.jsonl", "w", encoding="utf-8") as dropped,
    ):
        for number, part in enumerate(made):
            batch = parts.read_part(part.path)
            renamed = [_unique(i, seen) for i in batch.column("id").to_pylist()]
            first = len(ids)
            ids += renamed
            keep = np.ones(part.rows, dtype=bool)
            for skip in part.drops:
                reasons[skip.reason] += 1
                _log(dropped, id=skip.id, reason=skip.reason, detail=skip.detail)
            for i in range(part.rows):
                copy = copy_of.get(first + i)
                if copy:
                    keep[i] = False
                    reasons[copy.reason] += 1
                    _log(
                        dropped,
                        id=renamed[i],
                        reason=copy.reason,
                        of=ids[copy.of],
                        jaccard=copy.jaccard,
                    )
            position = batch.schema.get_field_index("id")
            batch = batch.set_column(position, "id", arrow.texts(renamed, pa.string()))
            if not keep.all():
                batch = batch.take(arrow.numbers(np.flatnonzero(keep), pa.int64()))
            for doc_id, value in zip(
                batch.column("id").to_pylist(), batch.column("digest").to_pylist(), strict=True
            ):
                digest.update(value + doc_id.encode("utf-8", "surrogatepass") + b"\0")
            lengths = batch.column("n_tokens").to_pylist()
            pairs = zip(
                batch.column("source").to_pylist(),
                batch.column("licence").to_pylist(),
                lengths,
                strict=True,
            )
            for source, licence, n in pairs:
                entry = by_source.setdefault((source, licence), [0, 0])
                entry[0] += 1
                entry[1] += n
            size += arrow.weight(batch.column("text"))
            tokens += sum(lengths)
            kept += batch.num_rows
            if batch.num_rows:
                docs.write_batch(batch.select(DOCS_SCHEMA.names))
                counts.write_batch(batch.select(COUNTS_SCHEMA.names))
            if progress:
                progress("write", number + 1, len(made))
    for part in made:
        Path(part.path).unlink()
    manifest = {
        "format": FORMAT,
        "fingerprint": digest.hexdigest()[:32],
        "options": recorded,
        "counts": {
            "read": sum(part.read for part in made),
            "kept": kept,
            "bytes": size,
            "neutralised": sum(part.neutralised for part in made),
            "broken_lines": sum(part.broken_lines for part in made),
        },
        "dropped": dict(sorted(reasons.items())),
        "meta_names": sorted(set().union(*(part.meta_names for part in made))),
        "sources": [
            {"source": s, "licence": lic, "documents": n, "note": sources.note(s)}
            for (s, lic), (n, _) in by_source.items()
        ],
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    (work / "manifest.json").write_text(text + "\n", encoding="utf-8")
    _record_additivity(work, partial, counts_path, tokenizer, all(p.aligned for p in made))


def _record_additivity(
    work: Path, partial: Path, final: Path, tokenizer: Tokenizer, aligned: bool
) -> None:
    """Copies the counts under the schema that says whether they add up."""
    exact = aligned and counting.additive(Store(work), tokenizer)
    with (
        pa.OSFile(str(partial), "rb") as source,
        pa.OSFile(str(final), "wb") as sink,
        pa.ipc.new_file(sink, counting.schema(exact)) as writer,
    ):
        reader = pa.ipc.open_file(source)
        for i in range(reader.num_record_batches):
            writer.write_batch(reader.get_batch(i))
    partial.unlink()


def _unique(doc_id: str, seen: set[str]) -> str:
    name, number = doc_id, 1
    while name in seen:
        number += 1
        name = f"{doc_id}#{number}"
    seen.add(name)
    return name


def _log(file: Any, **entry: Any) -> None:
    file.write(json.dumps(entry, ensure_ascii=False) + "\n")
