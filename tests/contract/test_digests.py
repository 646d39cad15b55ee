"""No row of any generator, at any level, changes unseen.

`pytest tests/contract/test_digests.py -n 2` is the net under every change that is to leave
rows alone; `-k "numeric and ledger"` takes one generator of it. Digests are rewritten only on
purpose, with `pytest tests/contract --golden-rewrite` in one process.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cells import cells_of, digest_of, generators_of, missing_corpora, versions_of

from golong_data.recipes import recipe_names

DIGESTS = Path(__file__).parent / "golden" / "digests"


def _params() -> list[Any]:
    found = []
    for recipe in recipe_names():
        missing = missing_corpora(recipe)
        skip = pytest.mark.skipif(bool(missing), reason=f"no corpus {', '.join(missing)}")
        for generator in generators_of(recipe):
            name = f"{recipe}-{generator}"
            found.append(pytest.param(recipe, generator, id=name, marks=skip))
    return found


@pytest.mark.parametrize(("recipe", "generator"), _params())
def test_no_row_of_a_generator_changes_unseen(
    recipe: str, generator: str, golden_rewrite: bool
) -> None:
    """Whole rows of each level at two lengths, over two corpora; see `cells.ROWS`."""
    path = DIGESTS / f"{recipe}.json"
    versions = versions_of(recipe)
    kept = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    made = {cell.name: digest_of(cell) for cell in cells_of(recipe, generator)}
    if golden_rewrite:
        found = kept.get("digests", {}) if kept.get("versions") == versions else {}
        others = {k: v for k, v in found.items() if k.partition(" ")[0] != generator or k in made}
        text = json.dumps({"versions": versions, "digests": {**others, **made}}, indent=1)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n", encoding="utf-8")
        return
    assert kept, "make them: pytest tests/contract --golden-rewrite"
    if kept["versions"] != versions:
        pytest.skip(f"made with {kept['versions']}, here are {versions}")
    wanted = {k: v for k, v in kept["digests"].items() if k.partition(" ")[0] == generator}
    assert made == wanted
