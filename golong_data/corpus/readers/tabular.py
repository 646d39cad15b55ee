"""CSV, TSV, Parquet and Excel: a text column makes documents, anything else a table."""

from __future__ import annotations

import contextlib
import csv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from golong_data.corpus import tables
from golong_data.corpus.readers.base import (
    TEXT_FIELDS,
    Options,
    Reader,
    Skip,
    Unit,
    from_record,
    pick,
)
from golong_data.corpus.readers.text import decode, readable
from golong_data.errors import UserError
from golong_data.types import Document

LONG_TEXT = 200
"""Mean characters from which a column named "text" is taken for documents."""
_SAMPLE = 200
_ROWS_PER_UNIT = 2000


def _plan(path: str, name: str, options: Options) -> Iterable[Unit]:
    files = ((path, name),)
    size = Path(path).stat().st_size
    if not path.lower().endswith(".parquet"):
        yield Unit("tabular", files=files, size=size)
        return
    rows = _parquet(path, name).metadata.num_rows
    head = next(_parquet(path, name).iter_batches(_SAMPLE), None)
    if head is None or not _documents(head.schema.names, head.to_pylist(), name, options):
        yield Unit("tabular", files=files, size=size)
        return
    # Row groups may be of any size, so units are cut where the groups end.
    groups, start, held = _parquet(path, name), 0, 0
    for group in range(groups.num_row_groups):
        held += groups.metadata.row_group(group).num_rows
        last = group == groups.num_row_groups - 1
        if held >= _ROWS_PER_UNIT or last:
            share = size * held // max(rows, 1)
            yield Unit("tabular", files=files, start=start, stop=group + 1, size=share)
            start, held = group + 1, 0


def _read(unit: Unit, options: Options) -> Iterator[Document | Skip]:
    ((path, name),) = unit.files
    if unit.stop:
        yield from _parquet_rows(unit, options)
        return
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".parquet":
        header, rows = _parquet_table(path, name)
    elif suffix == ".xlsx":
        header, rows = _excel(path, name)
    else:
        text = decode(Path(path).read_bytes())
        if text is None:
            yield Skip(name, "not_utf8", "it is not UTF-8 text")
            return
        header, rows = _csv(text, name)
    records = [dict(zip(header, row, strict=False)) for row in rows[:_SAMPLE]]
    if _documents(header, records, name, options):
        for number, row in enumerate(rows, 2):
            record = dict(zip(header, row, strict=False))
            yield from_record(record, f"{name}:{number}", options)
        return
    if len(header) < 2 or not rows:
        yield Skip(name, "no_table", f"{len(header)} columns and {len(rows)} rows")
        return
    yield from pieces(name, readable(PurePosixPath(name).stem), header, rows, options)


def _documents(
    header: Sequence[str], sample: Sequence[dict[str, Any]], name: str, options: Options
) -> bool:
    """Whether rows are documents: a text column was asked for, or a usual one is long."""
    field = pick(header, options.text_field, TEXT_FIELDS)
    if options.text_field:
        if not field:
            raise UserError(
                f'there is no column "{options.text_field}".',
                where=name,
                remedy=f"Columns: {', '.join(map(str, header))}.",
            )
        return True
    lengths = [len(str(record.get(field) or "")) for record in sample]
    return bool(field) and bool(lengths) and sum(lengths) / len(lengths) >= LONG_TEXT


def pieces(
    name: str, title: str, header: Sequence[str], rows: Sequence[Sequence[str]], options: Options
) -> Iterator[Document]:
    """Table documents of at most `options.table_rows` rows, named by their rows."""
    meta: dict[str, Any] = {"licence": options.licence, "path": name}
    if options.language:
        meta["language"] = options.language
    step = options.table_rows
    for start in range(0, len(rows), step):
        part = rows[start : start + step]
        span = f"{start + 1}-{start + len(part)}"
        whole = len(rows) <= step
        yield Document(
            name if whole else f"{name}#{span}",
            tables.write_csv(header, part),
            source=options.source,
            title=title if whole else f"{title} (rows {span})",
            kind="table",
            meta=meta,
        )


# --- formats --------------------------------------------------------------------------


def _csv(text: str, name: str) -> tuple[list[str], list[list[str]]]:
    head = text[:8192]
    delimiter = "\t" if name.lower().endswith(".tsv") else ","
    # One column, or too irregular to tell: the suffix decides.
    with contextlib.suppress(csv.Error):
        delimiter = csv.Sniffer().sniff(head, delimiters=",;\t|").delimiter
    try:
        rows = tables.read_csv(text, delimiter)
    except csv.Error as error:
        raise UserError(
            f"the CSV cannot be read ({error}).",
            where=name,
            remedy="Check for unbalanced quotes, or save it as Parquet.",
        ) from error
    if not rows:
        return [], []
    header = _distinct([cell.strip() for cell in rows[0]])
    width = len(header)
    body = [(row + [""] * width)[:width] for row in rows[1:] if any(c.strip() for c in row)]
    return header, body


def _distinct(names: Sequence[str]) -> list[str]:
    """Column names, each of them once and none of them empty."""
    seen: dict[str, int] = {}
    out = []
    for i, name in enumerate(names, 1):
        name = name or f"column {i}"
        seen[name] = seen.get(name, 0) + 1
        out.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return out


def _parquet(path: str, name: str) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise UserError(
            f"the Parquet file is damaged ({str(error).splitlines()[0]}).",
            where=name,
            remedy="Write or download it again.",
        ) from error


def _parquet_rows(unit: Unit, options: Options) -> Iterator[Document | Skip]:
    ((path, name),) = unit.files
    file = _parquet(path, name)
    groups = [file.metadata.row_group(i).num_rows for i in range(unit.start)]
    number = sum(groups)
    for batch in file.iter_batches(256, row_groups=range(unit.start, unit.stop), use_threads=False):
        for record in batch.to_pylist():
            number += 1
            yield from_record(record, f"{name}:{number}", options)


def _parquet_table(path: str, name: str) -> tuple[list[str], list[list[str]]]:
    table = _parquet(path, name).read(use_threads=False)
    return _distinct(table.column_names), _texts(table.to_pydict().values())


def _excel(path: str, name: str) -> tuple[list[str], list[list[str]]]:
    import pandas as pd

    try:
        frame = pd.read_excel(path, dtype=object)
    except ImportError as error:
        raise UserError(
            "reading Excel files needs openpyxl.", where=name, remedy="Run: pip install openpyxl"
        ) from error
    except (ValueError, OSError, KeyError, zipfile.BadZipFile) as error:
        raise UserError(
            f"the Excel file cannot be read ({error}).", where=name, remedy="Save it as CSV."
        ) from error
    frame = frame.astype(object).where(frame.notna(), None)
    header = _distinct(["" if str(c).startswith("Unnamed:") else str(c) for c in frame.columns])
    return header, _texts([frame.iloc[:, i].tolist() for i in range(frame.shape[1])])


def _texts(columns: Iterable[Sequence[Any]]) -> list[list[str]]:
    return [
        ["" if v is None or v != v else str(v) for v in row] for row in zip(*columns, strict=True)
    ]


READER = Reader(
    name="tabular",
    kind="format",
    description="CSV, TSV, Parquet and Excel: documents, or tables of up to 500 rows",
    plan=_plan,
    read=_read,
    suffixes=(".csv", ".tsv", ".tab", ".parquet", ".xlsx"),
)
