"""Options with letters: put into a question, and read back out of a prompt.

The right option's place is spread evenly over neighbouring rows. The example of the answer's
form uses letters that no question has, so it tells nothing about the right ones.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from golong_data.contexts.workspace import Workspace
from golong_data.tasks.asking import ask
from golong_data.types import Context, Draft, Gold, MetricSpec, Refused

LETTERS = "ABCDEFGH"

_OPTION = re.compile(rf"^([{LETTERS}])\) (.+)$", re.MULTILINE)
_QUESTION = re.compile(r"^(?:Question: |问题：)", re.MULTILINE)

_FORMAT = {
    ("en", False): "Exactly one option is right: give its letter alone.",
    ("en", True): "One or more of the options are right: give the letters of all of them, "
    "each on a line of its own.",
    ("zh", False): "只有一个选项正确：只写出它的字母。",
    ("zh", True): "有一个或多个选项正确：写出所有正确选项的字母，每行一个。",
}
_EXAMPLE = {False: ("X",), True: ("X", "Y")}


class Wording(Protocol):
    """What a config says of how its questions are put."""

    @property
    def level(self) -> str:
        """Its preset."""

    @property
    def language(self) -> str:
        """English or Chinese: en, zh."""

    @property
    def thinking(self) -> bool:
        """Whether the reply may reason first."""


def asked(
    work: Workspace,
    config: Wording,
    question: str,
    right: Sequence[str],
    wrong: Sequence[str],
    *,
    several: bool = False,
) -> tuple[dict[str, str], Gold]:
    """(template variables, gold) of a question with these options.

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
        question,
        _FORMAT[config.language, several],
        _EXAMPLE[several],
        thinking=config.thinking,
    )
    variables["options"] = "\n".join(f"{letter}) {text}" for text, letter in letters.items())
    return variables, gold if several else gold[0]


def _place(work: Workspace, n: int) -> int:
    """Of the right one among n options.

    `pick` and `depth` are two evenly spread sequences over the rows. So is this sum of
    multiples of them; among pairs up to 60 these two also spread it most evenly over the rows
    of one generator, whose `pick` moves within a narrow band.
    """
    return int((14 * work.pick + 33 * work.depth) % 1.0 * n)


def draft(
    context: Context,
    variables: Mapping[str, str],
    gold: Gold,
    config: Wording,
    subtask: str,
    counterfactual: int = 0,
) -> Draft:
    """A finished draft, scored by the letters."""
    return Draft(
        context=context,
        question=variables,
        gold=gold,
        metric=MetricSpec("accuracy"),
        subtask=subtask,
        counterfactual=counterfactual,
        difficulty=config.level,
        language=config.language,
    )


# --- for solvers --------------------------------------------------------------------------


def offered(prompt: str) -> dict[str, str]:
    """Letter -> text of the options that stand behind the question."""
    marks = list(_QUESTION.finditer(prompt))
    tail = prompt[marks[-1].start() :] if marks else ""
    return {m[1]: m[2].strip() for m in _OPTION.finditer(tail)}


def lettered(options: Mapping[str, str], right: Collection[str]) -> tuple[str, ...]:
    """The letters of the options with these texts, in order."""
    return tuple(letter for letter, text in options.items() if text in right)


def the_one(options: Mapping[str, str], right: str) -> str | None:
    """The letter of the option with this text, if it is one."""
    found = lettered(options, (right,))
    return found[0] if len(found) == 1 else None
