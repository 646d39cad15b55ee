"""Words as data: every file reads strictly, and says the same things in each language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from golong_data.errors import UserError
from golong_data.languages import languages, texts
from golong_data.metrics.answer import reads_marker
from golong_data.resources import folder
from golong_data.strict import read_yaml
from golong_data.words import languages_of, pattern, read, words

FILES = sorted((folder("templates") / "words").rglob("*.yaml"))
each_file = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])


def leaves(data: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """(place, value) of everything that is neither a mapping nor a list."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, f"{place}.{key}" if place else str(key))
    elif isinstance(data, list):
        for value in data:
            yield from leaves(value, f"{place}[]")
    else:
        yield place, data


@each_file
def test_a_file_is_of_languages_and_their_three_parts(path: Path) -> None:
    """Nothing stands in it that no part of it reads."""
    data = read_yaml(path)
    assert data
    assert set(data) <= set(languages())
    assert all(set(block) <= {"asks", "writes", "reads"} for block in data.values())


@each_file
def test_words_are_texts(path: Path) -> None:
    """No null or date that YAML took for something else: numbers and flags are the only others."""
    odd = [
        (place, value)
        for place, value in leaves(read_yaml(path))
        if not isinstance(value, str | int | float)
    ]
    assert odd == []


@dataclass(frozen=True, slots=True)
class Asked:
    question: str
    answer_format: str = ""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small file of words in two languages."""
    path = tmp_path / "whose.yaml"
    path.write_text(
        "en:\n  asks: {question: 'Who said {text}?', answer_format: A name.}\n"
        "zh:\n  asks: {question: '“{text}”是谁说的？'}\n  reads: {}\n",
        encoding="utf-8",
    )
    return path


def test_words_come_by_language(file: Path) -> None:
    """A language without the part is left out."""
    found = words(Asked, file, "asks")
    assert list(found) == ["en", "zh"]
    assert found["zh"] == Asked("“{text}”是谁说的？")
    assert languages_of(file) == ("en", "zh")
    assert words(Asked, file, "writes") == {}
    with pytest.raises(UserError, match=r"whose\.yaml: asks: .*\"xx\"") as raised:
        found["xx"]
    assert "build in en or zh" in str(raised.value)


def test_an_unknown_word_is_named_with_its_place(tmp_path: Path) -> None:
    """File, language, part and key."""
    path = tmp_path / "bad.yaml"
    path.write_text("en:\n  asks: {question: Q, anser_format: F}\n", encoding="utf-8")
    with pytest.raises(UserError) as raised:
        words(Asked, path, "asks")
    assert "bad.yaml: en: asks" in str(raised.value)
    assert 'Did you mean "answer_format"?' in str(raised.value)


@pytest.mark.parametrize("text", ["", "- a\n", "en: words\n"])
def test_what_is_no_file_of_words(text: str, tmp_path: Path) -> None:
    """One message that says how it starts."""
    path = tmp_path / "none.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="mapping of languages"):
        languages_of(path)


@given(st.dictionaries(st.sampled_from("abc"), st.text("xyz ,?()[]*.", min_size=1), min_size=3))
def test_a_wording_is_read_back(fields: dict[str, str]) -> None:
    """What was written by it gives its fields again, wherever none holds what parts them."""
    wording = "Which of {a}|{b} is in {c}|{a}? Say it."
    asked = wording.format(**fields)
    assert read(wording, asked) == fields
    assert read(wording, "W" + asked) is None


def test_a_pattern_takes_the_rest_literally() -> None:
    """Marks that mean something in patterns mean themselves in wordings."""
    assert pattern("(a+b) {x}?").fullmatch("(a+b) 1?")
    assert not pattern("(a+b) {x}?").fullmatch("aab 1?")


# --- languages --------------------------------------------------------------------------


def test_every_language_says_the_same_things() -> None:
    """The forms that one has, all have; no text is empty but the space between sentences."""
    codes = list(languages())
    for framing in ("documents", "sessions"):
        forms = {
            code: set(found.forms)
            for code in codes
            if (found := getattr(languages()[code], framing))
        }
        for code, found in forms.items():
            for form in found:
                said = texts(code, framing, form)
                assert [key for key, text in said.items() if not text and key != "space"] == []


def test_every_marker_is_one_that_metrics_read() -> None:
    """An answer behind it is found; a language with another marker adds it to the metrics."""
    for code, said in languages().items():
        assert reads_marker(said.marker), code
    assert not reads_marker("[Réponse]")


@pytest.mark.parametrize(
    ("code", "framing", "form", "message"),
    [
        ("xx", "documents", "list", 'no language "xx"'),
        ("zh", "documents", "value", 'no words for documents with answers in the form "value"'),
        ("en", "sessions", "list", "Add a block list"),
    ],
)
def test_what_a_language_does_not_say(code: str, framing: str, form: str, message: str) -> None:
    """One message that names the block to add."""
    with pytest.raises(UserError) as raised:
        texts(code, framing, form)
    assert message in str(raised.value)
