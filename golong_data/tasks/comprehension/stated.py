"""A labelled value that a document states, among those of others.

Where documents hold lines such as "Median age, total: 21.5 years", these are the facts. For a
share of the questions the asked document exchanges its value with another, so all options still
occur and knowing the true value misleads.
"""

from __future__ import annotations

import re

from golong_data.contexts.sampling import turn
from golong_data.contexts.workspace import Workspace
from golong_data.solving import reading
from golong_data.solving.options import offered, the_one
from golong_data.tasks.comprehension.config import ComprehensionConfig
from golong_data.tasks.comprehension.lines import Line, excerpt_of
from golong_data.tasks.comprehension.values import EXCERPT, distinct, every, excerpt_size
from golong_data.tasks.forms import compose
from golong_data.tasks.options import asked
from golong_data.types import Draft, Gold

WHAT = 'What does the document "{title}" state on its line "{label}"?'
WHICH = 'Which of the documents below states "{label}: {text}"?'


def fact(work: Workspace, config: ComprehensionConfig) -> Draft:
    """What one document states, among what others state under the same label."""
    rng = work.rng
    n = rng.randint(*config.options)
    first = turn(work, every(work.corpus))
    facts = distinct(work, first.label, first)
    if config.level == "hard":  # the nearest values are the ones to be confused
        facts.sort(key=lambda f: abs(f.value - first.value))
        shown = facts[: 1 + n + config.distractors // 4]
        shown = [first, *rng.sample(shown[1:], len(shown) - 1)]
    else:
        shown = facts[: 1 + n + config.distractors // 3]
    shown = shown[: max(n, work.ctx // 2 // EXCERPT[0] // 2)]
    texts = [f.text for f in shown]
    swapped = rng.random() < config.counterfactual
    if swapped:
        partner = rng.randrange(1, min(n, len(texts)))
        texts[0], texts[partner] = texts[partner], texts[0]
    titles = [work.corpus.title(f.index) for f in shown]
    if rng.random() < 0.5:
        question = WHAT.format(title=titles[0], label=shown[0].label)
        right, wrong = texts[0], texts[1:n]
    else:
        question = WHICH.format(label=shown[0].label, text=texts[0])
        right, wrong = titles[0], titles[1:n]
    variables, gold = asked(work, config, question, [right], wrong)
    lines = [
        Line(f.index, f.label, f.text, text, at == 0)
        for at, (f, text) in enumerate(zip(shown, texts, strict=True))
    ]
    size = excerpt_size(work, len(lines))
    blocks = [excerpt_of(work, [line], size) for line in lines]
    return compose(
        work,
        config,
        variables,
        blocks,
        gold,
        exclude=frozenset(titles),
        counterfactual=int(swapped),
    )


# --- the independent solver ---------------------------------------------------------------

_WHAT = re.compile(r'What does the document "(.+)" state on its line "(.+)"\?$')
_WHICH = re.compile(r'Which of the documents below states "([^"]+)"\?$')


def solve_fact(question: str, prompt: str) -> Gold | None:
    """Looks the line up in its document, or the document that holds a line."""
    what, which = _WHAT.search(question), _WHICH.search(question)
    if not what and not which:
        return None
    options, documents = offered(prompt), reading.documents(prompt)
    if what:
        head = f"{what[2]}: "
        lines = [x for x in documents.get(what[1], "").split("\n") if x.startswith(head)]
        return the_one(options, lines[0].removeprefix(head).strip()) if len(lines) == 1 else None
    wanted = which[1] if which else ""
    holding = [t for t in options.values() if wanted in documents.get(t, "").split("\n")]
    return the_one(options, holding[0]) if len(holding) == 1 else None
