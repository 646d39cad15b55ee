"""golong-data: real documents in, long-context training data with verifiable rewards out."""

from __future__ import annotations

__version__ = "0.1.0"
