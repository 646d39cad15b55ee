"""Options with letters, put into a question.

The right option's place is spread evenly over neighbouring rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from golong_data.contexts.workspace import Workspace
from golong_data.languages import languages
from golong_data.languages import texts as said
from golong_data.tasks.forms import OPTIONS, Framing, ask
from golong_data.tasks.knobs import Config
from golong_data.types import Gold, Refused

LETTERS = "ABCDEFGH"


def asked(
    work: Workspace,
    config: Config,
    question: str,
    right: Sequence[str],
    wrong: Sequence[str],
    *,
    several: bool = False,
    framing: Framing = "documents",
) -> tuple[dict[str, str], Gold]:
    """(variables of the prompt, gold) of a question with these options.

    With `several` any number of options may be right, without it there is one. Raises Refused
    where options coincide or are fewer than four.
    """
    texts = [*right, *wrong]
    if len({text.casefold() for text in texts}) < len(texts) or not right or not wrong:
        raise Refused("options that are no alternatives")
    if not 4 <= len(texts) <= len(LETTERS) or (not several and len(right) > 1):
        raise Refused("too few options")
    if several:
        order = work.rng.sample(texts, len(texts))
    else:
        order = work.rng.sample(wrong, len(wrong))
        order.insert(_place(work, len(texts)), right[0])
    letters = dict(zip(order, LETTERS, strict=False))
    gold = tuple(sorted(letters[text] for text in right))
    variables = ask(
        OPTIONS,
        config,
        question,
        languages()[config.language].options["several" if several else "one"],
        framing=framing,
        options="\n".join(f"{letter}) {text}" for text, letter in letters.items()),
    )
    if several:  # more than one line may be right, and the form shows it
        shown = said(config.language, framing, OPTIONS.name)["example"]
        variables["example"] = f"{shown}\n{shown}"
    return variables, gold if several else gold[0]


def _place(work: Workspace, n: int) -> int:
    """Of the right one among n options.

    `pick` and `depth` are two evenly spread sequences over the rows. So is this sum of
    multiples of them; among pairs up to 60 these two also spread it most evenly over the rows
    of one generator, whose `pick` moves within a narrow band.
    """
    return int((14 * work.pick + 33 * work.depth) % 1.0 * n)
