"""Finds the shipped recipes and templates, in an installed wheel as in a checkout.

They live at the top of the repository, where people look for them, and inside the package
once it is built into a wheel.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def folder(kind: str) -> Path:
    """The folder of shipped "recipes" or "templates", or one below it."""
    inside = PACKAGE / kind
    return inside if inside.is_dir() else PACKAGE.parent / kind


def names(kind: str, suffix: str) -> list[str]:
    """Names of the shipped files of a kind, without their suffix, sorted."""
    return sorted(path.stem for path in folder(kind).glob(f"*{suffix}"))
