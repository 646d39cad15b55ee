"""Python's own sources: one document per module of the standard library."""

from __future__ import annotations

import os
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

from golong_data.corpus.readers.base import UNIT_BYTES, Options, Reader, Skip, Unit
from golong_data.errors import UserError
from golong_data.types import Document

_LEFT_OUT = frozenset(
    "test tests idle_test idlelib turtledemo site-packages dist-packages lib2to3 ensurepip "
    "__pycache__ lib-dynload config".split()
)


def _files() -> list[tuple[Path, str]]:
    root = Path(sysconfig.get_path("stdlib"))
    found = []
    for folder, names, files in os.walk(root):
        names[:] = sorted(n for n in names if n not in _LEFT_OUT and not n.startswith("config-"))
        for name in files:
            if name.endswith(".py"):
                path = Path(folder, name)
                found.append((path, path.relative_to(root).as_posix()))
    return sorted(found, key=lambda item: item[1])


def _plan(_path: str, _name: str, _options: Options) -> Iterable[Unit]:
    part: list[tuple[str, str]] = []
    size = 0
    any_file = False
    for path, name in _files():
        any_file = True
        part.append((str(path), name))
        size += path.stat().st_size
        if size >= UNIT_BYTES:
            yield Unit("stdlib", files=tuple(part), size=size)
            part, size = [], 0
    if not any_file:
        raise UserError(
            "this Python has no source files beside it.",
            where="corpus stdlib",
            remedy="Use another corpus, or a Python installed with its library sources.",
        )
    if part:
        yield Unit("stdlib", files=tuple(part), size=size)


def _read(unit: Unit, _options: Options) -> Iterator[Document | Skip]:
    for path, name in unit.files:
        try:
            text = Path(path).read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            yield Skip(name, "not_utf8", str(error))
            continue
        if not text.strip():
            continue  # empty __init__.py files are no documents
        module = name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        meta = {"licence": READER.licence, "language": "en", "path": name}
        yield Document(f"stdlib/{name}", text, source="stdlib", title=module, meta=meta)


READER = Reader(
    name="stdlib",
    kind="embedded",
    description="the sources of Python's standard library, one document per module",
    plan=_plan,
    read=_read,
    licence="PSF-2.0",
    note="Read from the running Python; another version of Python gives another corpus.",
    available=lambda: bool(sysconfig.get_path("stdlib")),
)
