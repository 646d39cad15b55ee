"""The knobs of numeric questions. Numbers are counts unless said otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from golong_data.material.tables import Whence
from golong_data.tasks.knobs import SHARE, Config, knob, setting, weights


@dataclass(frozen=True, slots=True)
class NumericConfig(Config):
    """Arguments of the numeric task."""

    generators: Mapping[str, float] = weights("aggregate", "join", "report", "count", "ledger")
    """Weight of each generator."""
    tables: Whence = "auto"
    """Tables of the corpus, made-up record sets, or the corpus where it has suitable ones."""
    counterfactual: float = setting(0.5, within=SHARE)
    """Share of the real numbers that are changed, so that knowing them by heart is no help."""
    rows: tuple[int, int] = knob((8, 14), (14, 28), (28, 60), within=(5, 10_000))
    """Rows of a table, fewest and most; short contexts get fewer."""
    conditions: int = knob(1, 1, 2, within=(1, 3))
    """Conditions that a row or a document has to meet."""
    distractors: int = knob(1, 2, 3, within=(0, 20))
    """Look-alike tables, statements or ledgers beside those that are asked about."""
    entities: int = knob(1, 2, 4, within=(1, 12))
    """Entities (report) or tables (join: at least 2, at most 3) that a question spans."""
    documents: tuple[int, int] = knob((6, 12), (8, 30), (12, 80), within=(3, 10_000))
    """Documents to count over, fewest and most; short contexts get fewer."""
    entries: tuple[int, int] = knob((16, 30), (30, 60), (60, 160), within=(5, 10_000))
    """Entries of a ledger, fewest and most; short contexts get fewer."""
