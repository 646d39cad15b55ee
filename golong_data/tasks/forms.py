"""Forms of an answer: how it is asked for, what scores it, and the one exit of every draft.

A form is a template of templates/prompts and a metric. `ask` makes the variables of the
template, `compose` stitches the blocks around which a question was drawn, counts what must
stand in the finished context once or never, reads the gold off it, and makes the draft.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from golong_data.contexts.stitch import Block, stitch
from golong_data.contexts.workspace import Workspace
from golong_data.tasks.knobs import Config
from golong_data.types import Context, Draft, Gold, MetricSpec, Refused

Framing = str
"""What the context is: "documents" or "sessions"."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which an answer is given."""

    name: str
    """Of its template, and of its words in languages.yaml."""
    metric: MetricSpec
    """What scores it, where a draft names no other arguments."""


OPTIONS = Form("options", MetricSpec("accuracy"))
"""Letters of options."""
LIST = Form("list", MetricSpec("f1", form="item"))
"""A set of elements, one a line: labels, single words, dotted names."""
LINES = MetricSpec("f1", form="line")
"""What scores elements that may hold commas, such as titles."""
PAIRS = MetricSpec("f1", form="pair")
"""What scores elements that are pairs, in either order."""
TEXT = Form("text", MetricSpec("exact_match"))
"""One stretch of text, as it stands in the context."""
VALUE = Form("value", MetricSpec("math", form="number"))
"""A number in a box."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a question, where it has just one: `asks` of a file of words."""

    question: str
    answer_format: str
    """What an answer, or an element of it, is."""


FORMS: Mapping[str, Form] = {form.name: form for form in (OPTIONS, LIST, TEXT, VALUE)}


def ask(
    form: Form,
    config: Config,
    question: str,
    answer_format: str,
    *,
    framing: Framing = "documents",
    options: str = "",
) -> dict[str, str]:
    """The variables of a prompt. What shows the form there is a placeholder of the language."""
    found = {
        "form": form.name,
        "framing": framing,
        "language": config.language,
        "mode": "thinking" if config.thinking else "direct",
        "question": question,
        "answer_format": answer_format,
    }
    if options:
        found["options"] = options
    return found


def compose(
    work: Workspace,
    config: Config,
    question: Mapping[str, str],
    blocks: Sequence[Block],
    gold: Gold | Sequence[str] | Callable[[Context], Collection[str]],
    *,
    forbidden: Sequence[str] = (),
    exclude: Collection[str] = (),
    once: Mapping[str, int] | Sequence[str] = (),
    never: Sequence[str] = (),
    metric: MetricSpec | None = None,
    counterfactual: int = 0,
) -> Draft:
    """The blocks stitched into a context, and the draft over it.

    No filler holds a string of `forbidden`, `once` or `never`, nor is it titled as in
    `exclude`. The finished context holds each string of `once` exactly once, or as often as
    it says, and none of `never`; otherwise the draw is refused.
    """
    times = once if isinstance(once, Mapping) else dict.fromkeys(once, 1)
    context = stitch(
        work,
        blocks,
        work.room(question),
        exclude=exclude,
        forbidden=(*forbidden, *times, *never),
        language=config.language,
    )
    for text, n in times.items():
        if context.text.count(text) != n:
            raise Refused("what is asked about is not unique in the context")
    if any(text in context.text for text in never):
        raise Refused("the context still holds what was changed")
    return drafted(config, question, context, gold, metric=metric, counterfactual=counterfactual)


def drafted(
    config: Config,
    question: Mapping[str, str],
    context: Context,
    gold: Gold | Sequence[str] | Callable[[Context], Collection[str]],
    *,
    metric: MetricSpec | None = None,
    counterfactual: int = 0,
) -> Draft:
    """A draft over a finished context. A gold that is a function is read off the context."""
    elements = gold(context) if callable(gold) else gold
    found = elements if isinstance(elements, str) else tuple(elements)
    return Draft(
        context=context,
        question=question,
        gold=found,
        metric=metric or FORMS[question["form"]].metric,
        counterfactual=counterfactual,
        difficulty=config.level,
        language=config.language,
    )
