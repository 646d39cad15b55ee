"""One kind of error for everything a person can mend.

Whatever goes wrong because of an input (a flag, a recipe key, a file, a corpus that is
too small) is raised as `UserError`. The command line prints it as one message and exits
with code 2; library callers catch one class. Bugs stay ordinary exceptions.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class UserError(Exception):
    """What went wrong, where it happened, and what to do about it.

    `what` is a sentence; `where` a file, key, flag or name; `remedy` an instruction.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(what, where, remedy)

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n  {self.remedy}" if self.remedy else head

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments do not survive the default pickling between processes.
        return (_rebuild, (self.what, self.where, self.remedy))


def _rebuild(what: str, where: str, remedy: str) -> UserError:
    return UserError(what, where=where, remedy=remedy)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A remedy that names the closest known spelling, or lists what there is.

    >>> did_you_mean("numerc", ["numeric", "retrieval"])
    'Did you mean "numeric"? Known: numeric, retrieval.'
    """
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    hint = f'Did you mean "{close[0]}"? ' if close else ""
    return f"{hint}Known: {', '.join(names)}." if names else f"{hint}None is known."
