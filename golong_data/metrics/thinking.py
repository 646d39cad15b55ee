"""Where a completion's thinking ends: nothing of it is ever paid."""

from __future__ import annotations

import re

_THINK_OPEN = re.compile(r"<think(?:ing)?>", re.IGNORECASE)
_THINK_CLOSE = re.compile(r"</think(?:ing)?>", re.IGNORECASE)


def without_thinking(text: str) -> str | None:
    """What follows the last ``</think>``; None where a ``<think>`` is open after it."""
    start = max((match.end() for match in _THINK_CLOSE.finditer(text)), default=0)
    return None if _THINK_OPEN.search(text, start) else text[start:]
