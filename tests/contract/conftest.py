"""The contract's own option: golden files are rewritten only on purpose."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Known to `pytest tests/contract --golden-rewrite`."""
    parser.addoption(
        "--golden-rewrite",
        action="store_true",
        help="Rewrite tests/contract/golden from what the recipes give now.",
    )


@pytest.fixture(scope="session")
def golden_rewrite(pytestconfig: pytest.Config) -> bool:
    """Whether golden files are to be rewritten."""
    # The option is not parsed where the whole of tests/ is run: then nothing is rewritten.
    return bool(pytestconfig.getoption("golden_rewrite", default=False))
