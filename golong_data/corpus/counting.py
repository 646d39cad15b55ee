"""Token counts of a store: once per tokenizer, kept beside it, checked for additivity."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pyarrow as pa

from golong_data.corpus import arrow
from golong_data.corpus.folders import write_file
from golong_data.corpus.measure import measure
from golong_data.corpus.store import COUNTS_SCHEMA, Batches, Store
from golong_data.tokens import Tokenizer, get_tokenizer, is_additive

SAMPLE = 24
"""Documents compared with the real count."""
SAMPLE_CHARS = 20_000
"""At most so much of each, cut where a segment ends."""
PARALLEL_CHARS = 20_000_000
"""Below this, starting worker processes costs more than it saves."""

Progress = Callable[[str, int, int], None]


def counts(store: Store, tokenizer: Tokenizer, workers: int, progress: Progress | None) -> Batches:
    """The counts of a store, made and recorded on first use."""
    path = store.counts_path(tokenizer.fingerprint)
    if not path.exists():
        _count(store, tokenizer, workers, progress, path)
    return Batches(path)


def _count(
    store: Store, tokenizer: Tokenizer, workers: int, progress: Progress | None, path: Path
) -> None:
    batches = len(store.docs.batches)
    chars = int(np.sum(arrow.views(store.docs.column("n_chars"))))
    made: list[tuple[bytes, bool]] = []
    if workers > 1 and chars > PARALLEL_CHARS:
        jobs = [(str(store.path), i, tokenizer.name) for i in range(batches)]
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            for done in pool.map(_count_job, jobs):
                made.append(done)
                if progress:
                    progress("count", len(made), batches)
    else:
        for i in range(batches):
            made.append(_count_batch(store, i, tokenizer))
            if progress:
                progress("count", len(made), batches)
    aligned = all(ok for _, ok in made)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, schema(aligned and additive(store, tokenizer))) as writer:
        for data, _ in made:
            with pa.ipc.open_stream(data) as reader:
                for batch in reader:
                    writer.write_batch(batch)
    write_file(path, sink.getvalue().to_pybytes())


def _count_job(job: tuple[str, int, str]) -> tuple[bytes, bool]:
    path, batch, tokenizer = job
    return _count_batch(Store(Path(path)), batch, get_tokenizer(tokenizer))


def _count_batch(store: Store, index: int, tokenizer: Tokenizer) -> tuple[bytes, bool]:
    texts = store.docs.batches[index].column("text").to_pylist()
    measured, aligned = measure(texts, tokenizer, [False] * len(texts))
    tokens = [one.tokens for one in measured]
    batch = pa.RecordBatch.from_arrays(
        [arrow.lists(tokens), arrow.numbers([int(t.sum()) for t in tokens], pa.int64())],
        schema=COUNTS_SCHEMA,
    )
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, COUNTS_SCHEMA) as writer:
        writer.write_batch(batch)
    return sink.getvalue().to_pybytes(), aligned


def schema(is_exact: bool) -> pa.Schema:
    """The schema of a counts file, with the verdict on additivity."""
    return COUNTS_SCHEMA.with_metadata({"additive": "1" if is_exact else "0"})


def additive(store: Store, tokenizer: Tokenizer) -> bool:
    """Whether counts add up on a sample of documents spread over the store."""
    spread = np.linspace(0, max(len(store) - 1, 0), SAMPLE, dtype=np.int64)
    texts = []
    for row in np.unique(spread)[: len(store)].tolist():
        text = store.docs.value(row, "text")
        if len(text) > SAMPLE_CHARS:
            ends = store.docs.list(row, "ends")
            last = int(np.searchsorted(ends, SAMPLE_CHARS, side="right")) - 1
            text = text[: int(ends[max(last, 0)])].rstrip()
        texts.append(text)
    return is_additive(tokenizer, texts)
