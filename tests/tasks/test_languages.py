"""Another language is a block in a generator's words and one in those of prompts: no code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import run_cli

import golong_data

ROOT = Path(golong_data.__file__).parent.parent

PROMPTS = """
lu:
  space: " "
  marker: "[Answer]"
  question: "Kelo: "
  heading: "[Pamu "
  continued: " (neta)"
  options: {one: "Hai vel.", several: "Hai vele."}
  documents:
    opening: "Sola pamuli. Vesi tola, ne kela."
    closing: "Pamuli fina."
    forms:
      list:
        rule: "Pamuli tan vala."
        think: "Mira ne [Answer] ne lista."
        direct: "Nol mira: [Answer] ne lista."
        shown: "Lista so vela:"
        example: "<vela>"
"""
"""A made-up language, as much of it as a list over documents needs."""

WORDS = """
lu:
  asks:
    question: "Pamuli tan ordali ne laguli sola. Ke ordali nol lagul {rule} vala, tola exepali?"
    answer_format: 'Una ordal, so "E-0001".'
  writes:
    goods: [sarim, velom, tikor, bunal, feros, galem, hiron, jusal, kelit]
    places: [Arun, Belos, Cimar, Dorun, Elish, Falor, Gimet, Havun, Istor]
    people: [Oran, Pelin, Quast, Rimor, Solun, Tavel, Urdin, Velor, Wimar]
    entries:
      - "Ordal {id}: {quantity} kel {goods} ta {place}, signu {person}."
      - "{person} signu ordal {id}, ta {place}: {goods}, {quantity} kel."
    rules: ["Lagul {rule}: nol ordal sopra {limit} kel {goods}."]
    raised: ["Exepa lagul {rule}: ta {place} tola {limit} kel."]
    exempt: ["Exepa lagul {rule}: {person} signu tola."]
    forbidden: ["rdal E-", "agul "]
  reads:
    asked: 'Ke ordali nol lagul (\\d+) vala'
    rule: '[Ll]agul (\\d+)'
    quantity: '(\\d+) kel'
    goods: [sarim, velom, tikor, bunal, feros, galem, hiron, jusal, kelit]
    places: [Arun, Belos, Cimar, Dorun, Elish, Falor, Gimet, Havun, Istor]
    people: [Oran, Pelin, Quast, Rimor, Solun, Tavel, Urdin, Velor, Wimar]
"""

RECIPE = """
task: exhaustive
ctx: 8k
size: 12
corpus: [factbook]
args: {language: lu, level: LEVEL}
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with one language more."""
    copy = tmp_path_factory.mktemp("house")
    for name in ("golong_data", "recipes", "templates"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path, block in {
        "prompts/languages.yaml": PROMPTS,
        "words/exhaustive/violation.yaml": WORDS,
    }.items():
        with (copy / "templates" / path).open("a", encoding="utf-8") as file:
            file.write(block)
    return copy


def run(house: Path, *argv: object) -> str:
    """What a command of that copy prints."""
    done = subprocess.run(
        [sys.executable, "-m", "golong_data", *map(str, argv)],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("level", ["easy", "hard"])
def test_a_third_language_builds_rows_that_keep_every_promise(
    level: str, house: Path, tmp_path: Path
) -> None:
    """Of all generators of the task the one that speaks it asks; its solver finds the gold."""
    recipe = tmp_path / "lu.yaml"
    recipe.write_text(RECIPE.replace("LEVEL", level), encoding="utf-8")
    run(house, "build", "--recipe", recipe, "--workers", 1, "--out", tmp_path / "rows")
    run(house, "validate", tmp_path / "rows")
    manifest = json.loads((tmp_path / "rows" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"] == {"exhaustive/violation": 12}
    row = json.loads(run(house, "show", tmp_path / "rows", "--json"))
    prompt = row["prompt"][0]["content"]
    assert row["extra_info"]["language"] == "lu"
    assert prompt.startswith("Sola pamuli.")
    assert "\nKelo: Pamuli tan ordali" in prompt
    assert "\n[Pamu 2] " in prompt


def test_a_language_that_no_generator_speaks_is_one_message(tmp_path: Path) -> None:
    """It names the generators that were asked and the languages that they speak."""
    recipe = tmp_path / "mine.yaml"
    recipe.write_text(RECIPE.replace("lu, level: LEVEL", "eo"), encoding="utf-8")
    done = run_cli("build", "--recipe", recipe, "--out", tmp_path / "rows")
    assert done.code == 2
    assert 'no language "eo"' in done.err
