"""Documents in, a corpus store out: bounded memory, any number of workers, same bytes.

Workers read, clean, count and sign units of input and write part files. The main process
then finds duplicates in document order and streams the kept rows into the store, which
appears under its name only when it is whole.
"""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from golong_data import minhash
from golong_data.corpus import arrow, assembling, counting, filters, neardup, parts, sources
from golong_data.corpus.folders import building, corpora_folder
from golong_data.corpus.readers.base import Options, Unit
from golong_data.corpus.store import (
    FORMAT,
    Store,
    read_manifest,
)
from golong_data.errors import UserError
from golong_data.tokens import Tokenizer

Progress = Callable[[str, int, int], None]
NEAR_DUPLICATES = 0.8
"""Jaccard overlap from which a document counts as a copy."""
PARALLEL_BYTES = 8 << 20
"""Below this much input, starting worker processes costs more than it saves."""


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did."""

    name: str
    path: str
    fingerprint: str
    read: int
    """Documents seen."""
    kept: int
    dropped: dict[str, int]
    """Documents by reason."""
    tokens: int
    megabytes: float
    """Of kept text, in UTF-8, by 10**6."""
    reused: bool = False
    """Whether the same input had been ingested before."""


def ingest(
    inputs: Sequence[str],
    *,
    name: str | None,
    tokenizer: Tokenizer,
    where: str = "",
    workers: int = 1,
    near_duplicates: float | None = NEAR_DUPLICATES,
    progress: Progress | None = None,
    text_field: str = "",
    title_field: str = "",
    source: str = "",
    licence: str = "",
    language: str = "",
    overwrite: bool = False,
) -> IngestReport:
    """Reads files, folders, datasets or packaged corpora into a store.

    With a name the store is opened by it; without, it is cached under its sources. The
    same inputs with the same options are not read twice. Raises UserError for anything
    wrong with the inputs, in which case nothing is stored.
    """
    if near_duplicates is not None and not 0 < near_duplicates <= 1:
        raise UserError(
            f"{near_duplicates} is not a Jaccard threshold.",
            where="near_duplicates",
            remedy="Give a number above 0 and up to 1, or none to keep near duplicates.",
        )
    filters.compile_where(where)
    options = Options(
        text_field=text_field,
        title_field=title_field,
        source=source or name or "local",
        licence=licence,
        language=language,
    )
    target = sources.target(name)
    found = [sources.resolve(item) for item in inputs]
    if not found:
        raise UserError(
            "nothing to ingest.", where="ingest", remedy="Name a file, a folder or a corpus."
        )
    key = sources.key(found, {**_recorded(options, where, near_duplicates), "format": FORMAT})
    folder = target or corpora_folder() / f"path-{key}"
    previous = _previous(folder, key, overwrite, tokenizer, workers, progress)
    if previous:
        return previous
    into(
        folder,
        found,
        key,
        tokenizer=tokenizer,
        options=options,
        where=where,
        workers=workers,
        near_duplicates=near_duplicates,
        progress=progress,
    )
    return report(folder, name or folder.name, reused=False, tokenizer=tokenizer)


def into(
    folder: Path,
    found: Sequence[sources.Input],
    key: str,
    *,
    tokenizer: Tokenizer,
    options: Options | None = None,
    where: str = "",
    workers: int = 1,
    near_duplicates: float | None = NEAR_DUPLICATES,
    progress: Progress | None = None,
) -> None:
    """Makes the store in `folder` from resolved inputs, replacing what was there."""
    settings = parts.Settings(
        tokenizer=tokenizer.name,
        fingerprint=tokenizer.fingerprint,
        options=options or Options(),
        where=where,
        near=near_duplicates is not None,
    )
    with building(folder) as work:
        _build(work, found, settings, tokenizer, workers, near_duplicates, progress)
        # A side file, so that the manifest holds nothing of this machine.
        (work / "key").write_text(key)


def report(folder: Path, name: str, *, reused: bool, tokenizer: Tokenizer) -> IngestReport:
    """The report of a store that is there."""
    store = Store(folder)
    manifest = store.manifest
    tokens = arrow.views(counting.counts(store, tokenizer, 1, None).column("n_tokens"))
    return IngestReport(
        name=name,
        path=str(folder),
        fingerprint=store.fingerprint,
        read=manifest["counts"]["read"],
        kept=manifest["counts"]["kept"],
        dropped=dict(manifest["dropped"]),
        tokens=int(tokens.sum()),
        megabytes=manifest["counts"]["bytes"] / 1e6,
        reused=reused,
    )


def _previous(
    folder: Path,
    key: str,
    overwrite: bool,
    tokenizer: Tokenizer,
    workers: int,
    progress: Progress | None,
) -> IngestReport | None:
    if overwrite or not folder.exists():
        return None
    try:
        same = (folder / "key").read_text() == key and bool(read_manifest(folder))
    except (OSError, UserError):
        same = False
    if same:
        counting.counts(Store(folder), tokenizer, workers, progress)
        return report(folder, folder.name, reused=True, tokenizer=tokenizer)
    raise UserError(
        "a corpus of this name is there already, made from other input or options.",
        where=folder.name,
        remedy="Choose another --name, or replace it with --overwrite.",
    )


def _build(
    work: Path,
    found: Sequence[sources.Input],
    settings: parts.Settings,
    tokenizer: Tokenizer,
    workers: int,
    threshold: float | None,
    progress: Progress | None,
) -> None:
    total = sum(item.size for item in found)
    made: list[parts.Part] = []
    done = 0
    units = chain.from_iterable(item.units(settings.options) for item in found)
    pool_workers = workers if total >= PARALLEL_BYTES or not total else 1
    for part in run(units, work, settings, tokenizer, pool_workers):
        made.append(part)
        done += part.size
        if progress:
            progress("read (kB)", done >> 10, max(total, done) >> 10)
    if not any(part.rows for part in made):
        raise sources.nothing_kept(found, [skip for part in made for skip in part.drops])
    signatures, hashes, signed = _index(made)
    texts = _Texts(made)
    copies = neardup.find(hashes, signatures, signed, threshold, texts)
    if progress:
        progress("duplicates", len(hashes), len(hashes))
    del signatures
    recorded = _recorded(settings.options, settings.where, threshold)
    assembling.assemble(work, made, copies, tokenizer, recorded, progress)


def _recorded(options: Options, where: str, threshold: float | None) -> dict[str, Any]:
    """The options that make a difference to the result."""
    compiled = filters.compile_where(where)
    return {
        **dataclasses.asdict(options),
        "where": compiled.text if compiled else "",
        "near_duplicates": threshold,
    }


def run(
    units: Iterable[Unit],
    work: Path,
    settings: parts.Settings,
    tokenizer: Tokenizer,
    workers: int,
) -> Iterator[parts.Part]:
    """The parts of the units, in their order, with a bounded number under way."""
    numbered = ((unit, str(work / f"part-{i:06}.arrow")) for i, unit in enumerate(units))
    if workers <= 1:
        for unit, path in numbered:
            yield parts.make_part_with(tokenizer, unit, path, settings)
        return
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_single_threaded
    ) as pool:
        waiting: deque[Future[parts.Part]] = deque()
        try:
            for unit, path in numbered:
                waiting.append(pool.submit(parts.make_part, unit, path, settings))
                if len(waiting) >= 3 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _single_threaded() -> None:
    """The pool is the parallelism: Arrow must not start threads of its own beside it."""
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)


class _Texts:
    """Texts by row over all parts; the last part used stays open."""

    def __init__(self, made: Sequence[parts.Part]) -> None:
        self._made = made
        self._starts = np.cumsum([0, *(part.rows for part in made)])
        self._open: tuple[int, pa.Array] | None = None

    def __call__(self, row: int) -> str:
        part = int(np.searchsorted(self._starts, row, side="right")) - 1
        if self._open is None or self._open[0] != part:
            self._open = (part, parts.read_part(self._made[part].path).column("text"))
        return str(self._open[1][row - int(self._starts[part])].as_py())


def _index(made: Sequence[parts.Part]) -> tuple[Any, Any, Any]:
    """(signatures, text hashes, has a signature?) of every row."""
    rows = sum(part.rows for part in made)
    signatures = np.zeros((rows, minhash.SIZE), dtype=np.uint32)
    hashes = np.zeros(rows, dtype=np.uint64)
    signed = np.zeros(rows, dtype=bool)
    at = 0
    for part in made:
        if not part.rows:
            continue
        batch = parts.read_part(part.path)
        here = slice(at, at + part.rows)
        hashes[here] = arrow.view(batch.column("text_hash"))
        signed[here] = arrow.view(batch.column("signed")) != 0
        stored = np.frombuffer(batch.column("signature").buffers()[1], dtype=np.uint32)
        signatures[here] = stored.reshape(part.rows, minhash.SIZE)
        at += part.rows
    return signatures, hashes, signed
