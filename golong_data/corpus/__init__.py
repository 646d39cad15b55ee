"""Documents in: readers, cleaning, near duplicates and the corpus store.

Names are loaded on first use, so importing this package costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from golong_data.corpus.catalog import list_corpora, open_corpus
    from golong_data.corpus.cleaning import restore
    from golong_data.corpus.ingesting import IngestReport, ingest
    from golong_data.corpus.store import Corpus, Segments

__all__ = [
    "Corpus",
    "IngestReport",
    "Segments",
    "ingest",
    "list_corpora",
    "open_corpus",
    "restore",
]

_HOMES = {
    "Corpus": "store",
    "IngestReport": "ingesting",
    "Segments": "store",
    "ingest": "ingesting",
    "list_corpora": "catalog",
    "open_corpus": "catalog",
    "restore": "cleaning",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
