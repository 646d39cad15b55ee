"""Labelled lines of documents, such as "Median age, total: 21.5 years"."""

from __future__ import annotations


def on_line(text: str, label: str) -> str | None:
    """What the one line of a text with this label says behind it; None where there is no one."""
    head = f"{label}: "
    lines = [line for line in text.split("\n") if line.startswith(head)]
    return lines[0].removeprefix(head).strip() if len(lines) == 1 else None
