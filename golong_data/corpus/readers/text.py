"""Plain text, Markdown, reStructuredText and source code: one document per file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from golong_data.corpus.readers.base import Options, Reader, Skip, Unit
from golong_data.errors import UserError
from golong_data.types import Document

_MARKDOWN = re.compile(r"^#{1,6}[ \t]+(\S[^\n]*?)[ \t#]*$", re.MULTILINE)
_UNDERLINED = re.compile(r"^([^\s=\-~^*#\"'`.:+_].{0,199})\n([=\-~^*#\"'`.:+_])\2{2,}[ \t]*$", re.M)
_PROSE = frozenset({".txt", ".text", ".md", ".markdown", ".rst", ".adoc", ".org"})
_HEAD = 4000
"""Characters in which a heading is looked for."""


def decode(data: bytes) -> str | None:
    """The text of UTF-8 bytes, byte order mark or not; None for anything else."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def title(name: str, text: str) -> str:
    """The first heading of Markdown and reStructuredText, or the file name.

    Prose files lose their suffix, source files keep their path: that is their name.
    """
    path = PurePosixPath(name)
    suffix = path.suffix.lower()
    head = text[:_HEAD].replace("\r\n", "\n")
    match = None
    if suffix in (".md", ".markdown"):
        match = _MARKDOWN.search(head) or _UNDERLINED.search(head)
    elif suffix == ".rst":
        match = _UNDERLINED.search(head)
    if match:
        return match[1].strip()
    return readable(path.stem) if suffix in _PROSE else name


def readable(stem: str) -> str:
    """A file's stem as a title: separators become spaces.

    >>> readable("annual_report-2023")
    'annual report-2023'
    """
    return " ".join(stem.replace("_", " ").split()) or stem


def _read(unit: Unit, options: Options) -> Iterator[Document | Skip]:
    for path, name in unit.files:
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError as error:
            yield _failed(unit, name, "unreadable", error.strerror or type(error).__name__)
            continue
        if b"\0" in data[:8192]:
            yield _failed(unit, name, "binary", "it holds zero bytes")
            continue
        text = decode(data)
        if text is None:
            yield _failed(unit, name, "not_utf8", "it is not UTF-8 text")
            continue
        meta = {"licence": options.licence, "path": name}
        if options.language:
            meta["language"] = options.language
        yield Document(name, text, source=options.source, title=title(name, text), meta=meta)


def _failed(unit: Unit, name: str, reason: str, detail: str) -> Skip:
    if unit.explicit:
        raise UserError(
            f"this file cannot be read: {detail}.",
            where=name,
            remedy="Save it as UTF-8 text (for instance: iconv -t UTF-8), or convert it.",
        )
    return Skip(name, reason, detail)


def _plan(path: str, name: str, options: Options) -> Iterable[Unit]:
    return [Unit("text", files=((path, name),), size=Path(path).stat().st_size)]


READER = Reader(
    name="text",
    kind="format",
    description="text, Markdown, reStructuredText and source code, one document a file",
    plan=_plan,
    read=_read,
    suffixes=(*sorted(_PROSE), ".py"),
)
