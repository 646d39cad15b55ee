"""What the names a user gives stand for: packaged corpora, files, folders, datasets."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from golong_data.corpus.folders import corpora_folder
from golong_data.corpus.readers import READERS
from golong_data.corpus.readers.base import (
    UNIT_BYTES,
    Options,
    Reader,
    Skip,
    Unit,
    missing,
    version,
)
from golong_data.errors import UserError, did_you_mean

UNSUPPORTED = frozenset(
    ".pdf .doc .docx .odt .rtf .epub .mobi .ppt .pptx .odp .ods .xls .html .htm .xhtml .xml "
    ".svg .css .png .jpg .jpeg .gif .webp .bmp .ico .tif .tiff .mp3 .mp4 .wav .ogg .webm .mov "
    ".zip .gz .tgz .bz2 .xz .zst .7z .tar .rar .jar .whl .so .dll .dylib .exe .bin .dat .o .a "
    ".pyc .pyo .class .npy .npz .pkl .pt .safetensors .gguf .onnx .db .sqlite .sqlite3 .arrow "
    ".feather .h5 .woff .woff2 .ttf .otf .lock .map".split()
)
"""Suffixes that are counted as skipped: no text, or text inside a format of its own."""
_SKIPPED_FOLDERS = frozenset({"__pycache__", "node_modules"})
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_CACHED = re.compile(r"path-[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Input:
    """One resolved input."""

    label: str
    """As the user wrote it, for messages."""
    identity: object
    """JSON value that changes when the input does."""
    size: int
    """Bytes, for progress; 0 where unknown."""
    units: Callable[[Options], Iterable[Unit]]


# --- names ----------------------------------------------------------------------------


def packaged() -> dict[str, Reader]:
    """The corpora that come out of packages, by name."""
    return {name: reader for name, reader in READERS.items() if reader.kind != "format"}


def ingested() -> list[str]:
    """Names given at ingest, sorted."""
    folder = corpora_folder()
    names = (path.parent.name for path in folder.glob("*/manifest.json"))
    return sorted(n for n in names if _NAME.fullmatch(n) and not reserved(n))


def reserved(name: str) -> bool:
    """Whether a name belongs to a packaged corpus or to the cache of paths."""
    return name in packaged() or bool(_CACHED.fullmatch(name))


def target(name: str | None) -> Path | None:
    """The folder of a named store; UserError for names that cannot be used."""
    if name is None:
        return None
    if not _NAME.fullmatch(name) or reserved(name):
        raise UserError(
            f'"{name}" cannot be the name of a corpus.',
            where="name",
            remedy="Use letters, digits, dots, dashes and underscores, up to 100, and none "
            f"of the packaged names: {', '.join(sorted(packaged()))}.",
        )
    return corpora_folder() / name


def resolve(text: str) -> Input:
    """What an input means: `hf:` before a packaged name before a path."""
    if text.startswith("hf:"):
        return _dataset(text)
    if text in packaged():
        return _package(text)
    path = Path(text).expanduser()
    if path.is_dir():
        return _tree(text, path)
    if path.is_file():
        return _file(text, path)
    raise unknown(text)


def unknown(text: str) -> UserError:
    """The error for a name that is neither a corpus nor a path."""
    names = [*packaged(), *ingested()]
    return UserError(
        "there is no corpus, file or folder of this name.",
        where=text,
        remedy=f"{did_you_mean(text, names)} A dataset is written hf:USER/NAME.",
    )


def key(found: Sequence[Input], options: Mapping[str, Any]) -> str:
    """A hash of inputs and options, under which a store is found again."""
    text = json.dumps([[item.identity for item in found], options], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def note(source: str) -> str:
    """What the reader of a packaged corpus has to say about its origin."""
    return READERS[source].note if source in READERS else ""


# --- inputs ---------------------------------------------------------------------------


def _package(name: str) -> Input:
    reader = READERS[name]
    if not reader.available():
        raise missing(reader)
    units = list(reader.plan("", "", Options()))
    return Input(
        label=name,
        identity=["package", name, version(reader)],
        size=sum(unit.size for unit in units),
        units=lambda options: units,
    )


@dataclass(frozen=True, slots=True)
class File:
    """A file of an input, looked at once."""

    path: str
    name: str
    """Below the input's root, with forward slashes."""
    size: int
    changed: int
    """Modification time in nanoseconds."""


def _look(path: str, name: str) -> File:
    found = os.stat(path)
    return File(path, name, found.st_size, found.st_mtime_ns)


def _dataset(text: str) -> Input:
    reader = READERS["hf"]
    name = text.removeprefix("hf:")
    local = Path(name.partition(":")[0]).expanduser()
    identity: object = ["hf", name]
    if local.exists():
        files = _walk(local) if local.is_dir() else [_look(str(local), local.name)]
        identity = ["hf", str(local.resolve()), name, _stats(files)]
    return Input(text, identity, 0, lambda options: reader.plan(name, name, options))


def _file(text: str, path: Path) -> Input:
    if path.suffix.lower() in UNSUPPORTED:
        raise UserError(
            f"files of type {path.suffix.lower()} cannot be read.",
            where=text,
            remedy="Convert it to text, Markdown, JSONL, CSV or Parquet first.",
        )
    files = [_look(str(path), path.name)]

    def units(options: Options) -> Iterator[Unit]:
        return _plan(files, options, explicit=True)

    return Input(text, ["file", str(path.resolve()), _stats(files)], files[0].size, units)


def _tree(text: str, path: Path) -> Input:
    files = _walk(path)
    if not files:
        raise UserError(
            "this folder holds no files.", where=text, remedy="Name a folder with documents."
        )

    def units(options: Options) -> Iterator[Unit]:
        return _plan(files, options, explicit=False)

    identity = ["tree", str(path.resolve()), _stats(files)]
    return Input(text, identity, sum(file.size for file in files), units)


def _walk(root: Path) -> list[File]:
    """Every visible file below a folder, in one order everywhere."""
    found: list[File] = []
    waiting = [(str(root), "")]
    while waiting:
        folder, prefix = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in _SKIPPED_FOLDERS:
                        waiting.append((entry.path, f"{prefix}{entry.name}/"))
                elif entry.is_file():
                    stat = entry.stat()
                    name = prefix + entry.name
                    found.append(File(entry.path, name, stat.st_size, stat.st_mtime_ns))
    return sorted(found, key=lambda file: file.name)


def _stats(files: Iterable[File]) -> list[list[object]]:
    return [[file.name, file.size, file.changed] for file in files]


def _plan(files: Sequence[File], options: Options, *, explicit: bool) -> Iterator[Unit]:
    """Units over files in order; neighbouring text files share one."""
    by_suffix = {
        suffix: reader
        for reader in READERS.values()
        for suffix in reader.suffixes
        if reader.name != "text"
    }
    texts: list[tuple[str, str]] = []
    size = 0

    def flush() -> Iterator[Unit]:
        nonlocal texts, size
        if texts:
            yield Unit("text", files=tuple(texts), size=size, explicit=explicit)
        texts, size = [], 0

    for file in files:
        suffix = os.path.splitext(file.name)[1].lower()
        if suffix in UNSUPPORTED:
            yield from flush()
            skip = Skip(file.name, "unsupported", f"{suffix} files are not read")
            yield Unit("text", documents=(skip,), size=file.size)
        elif suffix in by_suffix:
            yield from flush()
            yield from by_suffix[suffix].plan(file.path, file.name, options)
        else:
            texts.append((file.path, file.name))
            size += file.size
            if size >= UNIT_BYTES:
                yield from flush()
    yield from flush()


def nothing_kept(found: Sequence[Input], skips: Sequence[Skip]) -> UserError:
    """The error for an ingest in which no document was left."""
    reasons = Counter(skip.reason for skip in skips)
    examples = {skip.reason: skip for skip in reversed(skips)}
    told = "; ".join(
        f"{count} {reason} (such as {examples[reason].id}"
        + (f": {examples[reason].detail})" if examples[reason].detail else ")")
        for reason, count in reasons.most_common(4)
    )
    return UserError(
        f"no document was left: {told or 'nothing was found'}.",
        where=", ".join(item.label for item in found),
        remedy="Readable are text, Markdown, reStructuredText, source code, JSONL, CSV, TSV, "
        "Parquet and xlsx files in UTF-8; convert PDF, Word and HTML files first. A table's "
        "or record's text column can be named with --text-field.",
    )
