"""A store is the same whoever makes it, whole or absent, and cheap to open again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from golong_data.corpus import cleaning, ingest, ingesting, list_corpora, open_corpus
from golong_data.corpus import store as stores
from golong_data.errors import UserError
from golong_data.tokens import Tokenizer, get_tokenizer, segment_ends


def sentence(rng: np.random.Generator) -> str:
    return " ".join(f"w{n}" for n in rng.integers(0, 5000, 12)).capitalize() + "."


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About 9 MB in five units: prose, JSONL, tables, copies and things that are skipped."""
    root = tmp_path_factory.mktemp("tree")
    rng = np.random.default_rng(0)
    for i in range(40):
        body = "\n".join(sentence(rng) for _ in range(3000))
        (root / f"doc{i:02}.md").write_text(f"# Report {i}\n\n{body}\n", encoding="utf-8")
    first = (root / "doc00.md").read_text(encoding="utf-8")
    (root / "zz-copy.md").write_text(first, encoding="utf-8")
    (root / "zz-near.md").write_text(first.replace("w17 ", "changed "), encoding="utf-8")
    records = [{"id": f"r{i}", "text": sentence(rng) * 30, "score": i} for i in range(200)]
    (root / "rows.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records))
    lines = ["Place,Area (sq km)", *(f"P{i},{i * 3.5}" for i in range(1200))]
    (root / "areas.csv").write_text("\n".join(lines))
    (root / "scan.pdf").write_bytes(b"%PDF-1.4\0")
    (root / "short.txt").write_text("tiny")
    (root / "latin.txt").write_bytes("é".encode("latin-1") * 50)
    (root / "nested").mkdir()
    (root / "nested" / "doc00.md").write_text(f"# Other\n\n{sentence(rng) * 9}")
    return root


def contents(folder: Path) -> dict[str, bytes]:
    names = (path for path in folder.iterdir() if path.name != "key")
    return {path.name: path.read_bytes() for path in names}


def test_same_bytes_for_any_number_of_workers(tree: Path, qwen3: Tokenizer) -> None:
    one = ingest([str(tree)], name="same-1", tokenizer=qwen3, source="t")
    two = ingest([str(tree)], name="same-2", tokenizer=qwen3, source="t", workers=2)
    assert one.fingerprint == two.fingerprint
    assert contents(Path(one.path)) == contents(Path(two.path))
    assert one.dropped == {
        "exact_duplicate": 1, "near_duplicate": 1, "not_utf8": 1, "too_short": 1, "unsupported": 1,
    }  # fmt: skip
    assert one.kept == 40 + 1 + 200 + 3
    assert one.read == one.kept + sum(one.dropped.values())
    lines = (Path(one.path) / "dropped.jsonl").read_text().splitlines()
    drops = [json.loads(line) for line in lines]
    assert {d["id"]: d["reason"] for d in drops} == {
        "zz-copy.md": "exact_duplicate", "zz-near.md": "near_duplicate", "scan.pdf": "unsupported",
        "short.txt": "too_short", "latin.txt": "not_utf8",
    }  # fmt: skip
    near = next(d for d in drops if d["reason"] == "near_duplicate")
    assert near["of"] == "doc00.md"
    assert 0.8 <= near["jaccard"] < 1
    assert str(tree) not in (Path(one.path) / "manifest.json").read_text()


def test_a_corpus_gives_back_what_went_in(tree: Path, qwen3: Tokenizer) -> None:
    corpus = open_corpus([str(tree)], tokenizer=qwen3)
    ids = [corpus.id(i) for i in range(len(corpus))]
    assert len(set(ids)) == len(ids)
    at = ids.index("nested/doc00.md")
    document = corpus.document(at)
    assert document.title == corpus.title(at) == "Other"
    assert document.meta == corpus.meta(at)
    assert document.text == (tree / "nested" / "doc00.md").read_text()
    assert corpus.meta(ids.index("r7"))["score"] == 7
    pieces = corpus.tables.tolist()
    assert [corpus.title(i) for i in pieces] == [
        "areas (rows 1-500)", "areas (rows 501-1000)", "areas (rows 1001-1200)",
    ]  # fmt: skip
    table = corpus.table(pieces[2])
    assert len(table.rows) == 200
    assert table.rows[0] == ("P1000", "3500.0")
    assert table.columns[1].numeric
    assert table.columns[1].unit == "sq km"
    assert corpus.table(pieces[2]) is table
    with pytest.raises(ValueError, match="not a table"):
        corpus.table(at)
    with pytest.raises(IndexError):
        corpus.document(len(corpus))
    assert sorted([*corpus.prose, *corpus.tables]) == list(range(len(corpus)))
    (source,) = corpus.sources
    assert source["documents"] == len(corpus)
    assert source["tokens"] == corpus.n_tokens.sum()


@pytest.mark.parametrize("name", ["factbook", "factbook-tables", "stdlib"])
def test_segments_add_up_to_real_counts(name: str, qwen3: Tokenizer) -> None:
    corpus = open_corpus([name], tokenizer=qwen3)
    assert corpus.additive
    step = max(1, len(corpus) // 25)
    for i in range(0, len(corpus), step):
        document, segments = corpus.document(i), corpus.segments(i)
        assert segments.ends.tolist() == segment_ends(document.text)
        assert segments.tokens.sum() == corpus.n_tokens[i]
        assert corpus.n_tokens[i] == qwen3.count(document.text + "\n\n")
        assert not cleaning.FORBIDDEN.search(document.text)
        later = corpus.document((i + step) % len(corpus)).text[:5000].rstrip()
        joined = qwen3.count(document.text + "\n\n" + later)
        assert joined == corpus.n_tokens[i] + qwen3.count(later)


def test_opening_again_only_maps_files(
    tree: Path, qwen3: Tokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = open_corpus([str(tree), "factbook-tables"], tokenizer=qwen3)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("nothing may be made again")

    monkeypatch.setattr(ingesting, "into", never)
    monkeypatch.setattr("golong_data.corpus.counting._count", never)
    start = time.perf_counter()
    again = open_corpus([str(tree), "factbook-tables"], tokenizer=qwen3)
    assert time.perf_counter() - start < 0.5
    assert again.fingerprint == first.fingerprint
    assert np.array_equal(again.n_tokens, first.n_tokens)


def test_a_changed_file_is_read_again(tmp_path: Path, qwen3: Tokenizer) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The first version of this text.")
    first = open_corpus([str(path)], tokenizer=qwen3)
    path.write_text("The second version of this text!")
    second = open_corpus([str(path)], tokenizer=qwen3)
    assert second.document(0).text.endswith("!")
    assert first.fingerprint != second.fingerprint


def test_the_fingerprint_is_of_the_content_alone(tmp_path: Path, qwen3: Tokenizer) -> None:
    prints = []
    for place in ("here", "there"):
        folder = tmp_path / place
        folder.mkdir()
        (folder / "a.txt").write_text("The same text in two places.")
        prints.append(open_corpus([str(folder)], tokenizer=qwen3).fingerprint)
    other = open_corpus([str(folder)], tokenizer=get_tokenizer("qwen3"), where="n_chars > 1")
    assert prints[0] == prints[1]
    assert other.fingerprint != prints[0]


def test_where(tree: Path, qwen3: Tokenizer) -> None:
    whole = open_corpus([str(tree)], tokenizer=qwen3)
    some = open_corpus([str(tree)], tokenizer=qwen3, where="n_tokens > 9000 and kind == 'prose'")
    assert 0 < len(some) < len(whole)
    assert len(some.prose) == len(some)
    assert all(some.n_tokens > 9000)
    assert some.segments(0).tokens.sum() == some.n_tokens[0]
    scored = open_corpus([str(tree)], tokenizer=qwen3, where="score in [3, 5]")
    assert [scored.id(i) for i in range(len(scored))] == ["r3", "r5"]
    assert len(open_corpus([str(tree)], tokenizer=qwen3, where="score > 1000")) == 0
    with pytest.raises(UserError, match='Did you mean "score"'):
        open_corpus([str(tree)], tokenizer=qwen3, where="scores > 3")
    kept = ingest([str(tree)], name="filtered", tokenizer=qwen3, where="score < 10")
    assert kept.kept == 10
    assert kept.dropped["where"] > 200


def test_unions_keep_their_order_and_tell_ids_apart(tmp_path: Path, qwen3: Tokenizer) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(f"This is the text of folder {name}.")
    names = [str(tmp_path / "one"), str(tmp_path / "two")]
    corpus = open_corpus([*names, names[0]], tokenizer=qwen3)
    assert corpus.names == tuple(names)
    assert [corpus.id(i) for i in range(2)] == ["1/a.txt", "2/a.txt"]
    assert corpus.document(1).text.endswith("two.")
    assert open_corpus(names[:1], tokenizer=qwen3).id(0) == "a.txt"


def test_counts_of_another_tokenizer_are_made_once(tree: Path, qwen3: Tokenizer) -> None:
    class Coarse:
        """One token per four characters of the whole text: not additive."""

        name = "coarse"
        fingerprint = "feedfacefeedface"

        def count(self, text: str) -> int:
            return -(-len(text) // 4)

        def segment_counts(self, text: str, ends: object) -> tuple[np.ndarray, bool]:
            lengths = np.diff(np.asarray(ends), prepend=0)
            return -(-lengths // 4), True

    corpus = open_corpus([str(tree)], tokenizer=Coarse())  # type: ignore[arg-type]
    assert not corpus.additive
    assert corpus.segments(0).tokens.sum() == corpus.n_tokens[0]
    assert open_corpus([str(tree)], tokenizer=qwen3).fingerprint == corpus.fingerprint


def test_names(tree: Path, qwen3: Tokenizer) -> None:
    first = ingest([str(tree)], name="mine", tokenizer=qwen3)
    again = ingest([str(tree)], name="mine", tokenizer=qwen3)
    assert (first.reused, again.reused) == (False, True)
    assert first.fingerprint == again.fingerprint
    with pytest.raises(UserError, match="there already"):
        ingest(["factbook-tables"], name="mine", tokenizer=qwen3)
    replaced = ingest(["factbook-tables"], name="mine", tokenizer=qwen3, overwrite=True)
    assert replaced.kept == 20
    assert len(open_corpus(["mine"], tokenizer=qwen3)) == 20
    listed = {entry["name"]: entry for entry in list_corpora()}
    assert listed["mine"]["documents"] == 20
    assert listed["mine"]["kind"] == "ingested"
    assert listed["factbook"]["kind"] == "embedded"
    for bad in ("factbook", "a/b", "", "../x", "path-" + "0" * 32):
        with pytest.raises(UserError, match="cannot be the name"):
            ingest([str(tree)], name=bad, tokenizer=qwen3)
    with pytest.raises(UserError, match='Did you mean "factbook"'):
        open_corpus(["factbok"], tokenizer=qwen3)


KILLED = """
import os, sys
from golong_data.corpus import ingest, assembling
from golong_data.tokens import get_tokenizer
def slow(*args, **kwargs):
    print("ready", flush=True)
    import time; time.sleep(60)
assembling.assemble = slow
ingest([sys.argv[1]], name="killed", tokenizer=get_tokenizer("qwen3"))
"""


def test_a_killed_ingest_leaves_nothing_half(tmp_path: Path, home: Path, qwen3: Tokenizer) -> None:
    (tmp_path / "a.txt").write_text("This text is read, and then the power fails.")
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True,
        env={**os.environ, "GOLONG_DATA_HOME": str(home)}, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGKILL)
    corpora = home / "corpora"
    assert not (corpora / "killed").exists()
    assert list(corpora.glob(".tmp-*"))
    report = ingest([str(tmp_path)], name="killed", tokenizer=qwen3)
    assert report.kept == 1
    assert not list(corpora.glob(".tmp-*")), "what was left behind is swept up"


def test_two_processes_may_ingest_the_same_at_once(tmp_path: Path, home: Path) -> None:
    for i in range(30):
        (tmp_path / f"{i}.txt").write_text(f"Document number {i} says something of its own. " * 9)
    code = (
        "import sys; from golong_data.corpus import open_corpus\n"
        "from golong_data.tokens import get_tokenizer\n"
        "c = open_corpus([sys.argv[1]], tokenizer=get_tokenizer('qwen3'))\n"
        "print(len(c), c.fingerprint, c.document(7).text[:9])"
    )
    environment = {**os.environ, "GOLONG_DATA_HOME": str(home)}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True,
            env=environment, cwd=Path(__file__).parents[2],
        )
        for _ in range(3)
    ]  # fmt: skip
    outputs = {process.communicate(timeout=60)[0] for process in running}
    assert len(outputs) == 1
    assert outputs.pop().startswith("30 ")
    assert not list((home / "corpora").glob(".tmp-*"))


def test_damaged_stores_are_named(tmp_path: Path, qwen3: Tokenizer) -> None:
    (tmp_path / "a.txt").write_text("A text that will be stored and damaged.")
    folder = Path(ingest([str(tmp_path)], name="damaged", tokenizer=qwen3).path)
    (folder / "docs.arrow").write_bytes(b"nonsense")
    with pytest.raises(UserError, match="damaged"):
        open_corpus(["damaged"], tokenizer=qwen3)
    (folder / "manifest.json").write_text("{}")
    with pytest.raises(UserError, match="damaged"):
        open_corpus(["damaged"], tokenizer=qwen3)
    (folder / "manifest.json").write_text(json.dumps({"format": stores.FORMAT + 1}))
    with pytest.raises(UserError, match="format"):
        open_corpus(["damaged"], tokenizer=qwen3)


def test_importing_the_package_is_light() -> None:
    code = (
        "import sys; import golong_data.corpus\n"
        "heavy = {'datasets', 'transformers', 'torch', 'polars', 'pyarrow', 'numpy', 'pandas'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
