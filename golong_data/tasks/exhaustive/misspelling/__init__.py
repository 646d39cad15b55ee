"""Error sweep: all misspelt words of the context that meet a criterion.

Of English documents words with letters exchanged or doubled are asked for (`english`), of
Chinese ones words with a wrong character (`chinese`), whatever language the question is in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from golong_data.contexts.workspace import Workspace
from golong_data.tasks.exhaustive.config import ExhaustiveConfig
from golong_data.tasks.exhaustive.lazy import misspelling as lazy
from golong_data.tasks.exhaustive.misspelling import chinese, english
from golong_data.tasks.exhaustive.solve.misspelling import solve
from golong_data.tasks.generators import able_to_serve, speaks
from golong_data.types import Draft, Generator

if TYPE_CHECKING:
    from golong_data.corpus import Corpus

KINDS: Mapping[str, Generator] = {"zh": chinese.CHINESE, "en": english.ENGLISH}
"""By the language of the documents."""


def make(work: Workspace, config: ExhaustiveConfig) -> Draft:
    """The kind that the documents serve; where both do, that of the question's language."""
    codes = sorted(KINDS, key=lambda code: code != config.language)
    kinds = [KINDS[code] for code in codes if speaks(KINDS[code], config.language)]
    return next((k for k in kinds if able_to_serve(work.corpus, k)), kinds[0]).make(work, config)


def _serves(corpus: Corpus, index: int) -> bool:
    return any(kind.serves(corpus, index) for kind in KINDS.values())


GENERATOR = Generator(
    make=make,
    solve=solve,
    words=english.WORDS,
    needs="English words in small letters, or Chinese text",
    serves=_serves,
    least=12,
    candidates=lazy.candidates,
    lazy=lazy.READERS,
)
