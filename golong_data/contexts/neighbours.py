"""Hard distractors by BM25: the documents of a corpus that are nearest to a text.

Only the start of each document is indexed, and of a large corpus an even spread of
documents, so an index costs well under a second and is made once a process.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from golong_data.contexts.sampling import spread

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

INDEXED = 2_000
"""Documents of a corpus that are indexed."""

HEAD = 1_500
"""Characters of each."""

_RUN = re.compile(r"[a-z0-9]+|[\u4e00-\u9fff]+")


def terms(text: str) -> list[str]:
    """Lower-case words, and Chinese text in overlapping pairs of characters."""
    found = []
    for run in _RUN.findall(text.casefold()):
        if run[0] < "\u4e00":
            found.append(run)
        else:
            found += [run[i : i + 2] for i in range(max(1, len(run) - 1))]
    return found


@lru_cache(maxsize=4)
def _index(corpus: Corpus) -> tuple[Any, np.ndarray]:
    import bm25s

    prose = corpus.prose
    chosen = prose[spread(len(prose), INDEXED)]
    lists = [terms(f"{corpus.title(i)} {corpus.text(i)[:HEAD]}") or [""] for i in map(int, chosen)]
    retriever = bm25s.BM25()
    retriever.index(lists, show_progress=False)
    return retriever, chosen


def neighbours(
    corpus: Corpus, text: str, n: int, *, without: frozenset[int] = frozenset()
) -> list[int]:
    """Up to `n` prose documents nearest to a text, best first, none of `without`."""
    retriever, chosen = _index(corpus)
    wanted = [t for t in dict.fromkeys(terms(text)) if t in retriever.vocab_dict]
    if not wanted:
        return []
    scores = retriever.get_scores(wanted)
    # Ties go to the earlier document, whatever the sorting algorithm of the day.
    order = np.lexsort((np.arange(len(scores)), -scores))
    found = [int(chosen[i]) for i in order[: n + len(without)] if scores[i] > 0]
    return [i for i in found if i not in without][:n]
