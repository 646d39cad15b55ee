"""Opens corpora by name and lists what there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from golong_data.corpus import arrow, counting, ingesting, sources
from golong_data.corpus.folders import corpora_folder
from golong_data.corpus.readers.base import remedy, version
from golong_data.corpus.store import FORMAT, Batches, Corpus, Store, read_manifest
from golong_data.errors import UserError
from golong_data.tokens import Tokenizer

Progress = Callable[[str, int, int], None]


def open_corpus(
    names: Sequence[str],
    *,
    tokenizer: Tokenizer,
    where: str = "",
    workers: int = 1,
    progress: Progress | None = None,
) -> Corpus:
    """One or more corpora as one, in the order given; a name given twice counts once.

    A name is a packaged corpus, a name from `ingest`, a file or folder, or
    `hf:ID_OR_PATH[:split]`. What has not been ingested or counted with this tokenizer yet
    is now, once; after that opening only maps files. Raises UserError for unknown names.
    """
    if not names:
        raise UserError(
            "no corpus was named.", where="corpus", remedy="See: golong-data list corpora"
        )
    distinct = list(dict.fromkeys(names))
    stores = [Store(_locate(name, tokenizer, workers, progress)) for name in distinct]
    counted = [counting.counts(store, tokenizer, workers, progress) for store in stores]
    return Corpus(distinct, stores, counted, where)


def _locate(name: str, tokenizer: Tokenizer, workers: int, progress: Progress | None) -> Path:
    """The folder of a name's store, ingested first where that is still to do."""
    if name in sources.packaged():
        return _packaged(name, tokenizer, workers, progress)
    if not sources.reserved(name) and name in sources.ingested():
        return corpora_folder() / name
    report = ingesting.ingest(
        [name], name=None, tokenizer=tokenizer, workers=workers, progress=progress
    )
    return Path(report.path)


def _packaged(name: str, tokenizer: Tokenizer, workers: int, progress: Progress | None) -> Path:
    folder = corpora_folder() / name
    reader = sources.packaged()[name]
    key = sources.key([], {"name": name, "version": version(reader), "format": FORMAT})
    if not _current(folder, key):
        ingesting.into(
            folder,
            [sources.resolve(name)],
            key,
            tokenizer=tokenizer,
            workers=workers,
            progress=progress,
        )
    return folder


def _current(folder: Path, key: str) -> bool:
    try:
        return (folder / "key").read_text() == key and bool(read_manifest(folder))
    except (OSError, UserError):
        return False


def list_corpora() -> list[dict[str, Any]]:
    """Every corpus that can be named, packaged ones first.

    Keys: name, kind ("embedded", "extra" or "ingested"), installed, documents and tokens
    (None where not ingested or not counted yet), licence, description, remedy.
    """
    found: list[dict[str, Any]] = []
    for name, reader in sources.packaged().items():
        installed = reader.available()
        found.append(
            {
                "name": name,
                "kind": reader.kind,
                "installed": installed,
                **_sizes(corpora_folder() / name),
                "licence": reader.licence,
                "description": reader.description,
                "remedy": "" if installed else remedy(reader),
            }
        )
    for name in sources.ingested():
        folder = corpora_folder() / name
        licences = {s["licence"] or "not stated" for s in _manifest(folder).get("sources", [])}
        found.append(
            {
                "name": name,
                "kind": "ingested",
                "installed": True,
                **_sizes(folder),
                "licence": ", ".join(sorted(licences)),
                "description": "ingested from local files",
                "remedy": "",
            }
        )
    return found


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        return read_manifest(folder)
    except UserError:
        return {}


def _sizes(folder: Path) -> dict[str, int | None]:
    manifest = _manifest(folder)
    documents = manifest["counts"]["kept"] if manifest else None
    tokens: int | None = None
    for path in sorted(folder.glob("counts-*.arrow"))[:1]:
        tokens = int(arrow.views(Batches(path).column("n_tokens")).sum())
    return {"documents": documents, "tokens": tokens}
