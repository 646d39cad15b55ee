"""Policies that try to earn reward without doing the task.

Each is a pure function of a case, of what is known of the other rows of its task, and of a
generator; it gives a completion, or None where it does not apply to that kind of gold. A
reward that pays one of them more than the stated ceiling is not worth training on.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from golong_data.quality.cases import NUMBER, Case
from golong_data.quality.originals import Originals

Gold = str | tuple[str, ...]
Policy = Callable[["Case", "Pool", random.Random], str | None]

THOUGHT = "<think>\n\n</think>\n\n"
"""Stands before every cheat: the published rewards pay nothing to what has not thought."""
LETTERS = "ABCDEFGHIJ"
OWN_THOUGHT = re.compile(
    r"<think>|<reasoning>|<scratchpad>|\[THINK\]|◁think▷|<\||<seed:think>|<thought>"
)
"""Starts completions that bring a thought of their own, in whatever form."""


# --- how an answer is written ---------------------------------------------------------------


def answer(gold: str | Sequence[str], metric: str = "", *, golong: bool = False) -> str:
    r"""A completion that states an answer as the prompts of a metric ask for it.

    With `golong` as the published rewards want it: exact matches and summaries without a
    marker.

    >>> answer("42"), answer(["a", "b"])
    ('\\boxed{42}', '[Answer]\na\nb')
    """
    if metric == "iou":
        return f"<answer>{gold if isinstance(gold, str) else ''.join(gold)}</answer>"
    listed = [gold] if isinstance(gold, str) else list(gold)
    if metric in ("f1", "subem") and not any(map(str.strip, listed)):
        listed = ["None"]
    if metric == "selection":
        return f"The correct answer is ({', '.join(listed)})"
    if metric in ("exact_match", "rouge_l") and golong:
        return "\n".join(listed)
    if isinstance(gold, str) and metric in ("", "math"):
        return f"\\boxed{{{gold}}}"
    return "\n".join(["[Answer]", *listed])


def written(case: Case, gold: str | Sequence[str]) -> str:
    """`answer` for a case; where document ids are asked for as well, the right ones."""
    scoring = case.scoring
    if scoring.doc_ids is None:
        return answer(gold, scoring.metric, golong=scoring.profile == "golong")
    ids, text = ", ".join(scoring.doc_ids), answer(gold, "math")
    return (
        f"<relevant_doc_ids>{ids}</relevant_doc_ids>\n"
        f"<continue_reasoning>{text}</continue_reasoning>"
    )


# --- what is known of the other rows --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pool:
    """The golds of all rows of a task, and how often each stands for what."""

    ids: tuple[str, ...]
    golds: tuple[Gold, ...]
    ranked: Mapping[str, tuple[tuple[Gold, int], ...]]
    """Subtask, or form of the question -> its two most frequent golds, with their counts."""
    originals: Originals | None = None
    """The documents as their sources have them, where the corpus is at hand."""


def pool_of(cases: Iterable[Case], originals: Originals | None = None) -> Pool:
    """The pool of a task's cases."""
    cases = list(cases)
    counts: dict[str, Counter[Gold]] = {}
    for case in cases:
        for key in (_subtask_key(case), case.form):
            counts.setdefault(key, Counter())[case.gold] += 1
    ranked = {
        key: tuple(sorted(found.items(), key=lambda item: (-item[1], str(item[0])))[:2])
        for key, found in counts.items()
    }
    return Pool(tuple(c.id for c in cases), tuple(c.gold for c in cases), ranked, originals)


def _subtask_key(case: Case) -> str:
    return f"subtask {case.subtask}"


def _commonest(case: Case, pool: Pool, key: str) -> Gold | None:
    """The most frequent gold of the other rows under a key."""
    others = [
        (gold, n - (gold == case.gold))
        for gold, n in pool.ranked.get(key, ())
        if n > (gold == case.gold)
    ]
    return max(others, key=lambda item: item[1])[0] if others else None


# --- policies that need no candidates -------------------------------------------------------


def _empty(case: Case, pool: Pool, rng: random.Random) -> str | None:
    return ""


def _refusal(case: Case, pool: Pool, rng: random.Random) -> str | None:
    return "I am sorry, but I cannot answer this question."


def _neighbour(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """Another row's gold."""
    at = rng.randrange(len(pool.ids)) if pool.ids else 0
    for i in range(at, at + len(pool.ids)):
        if pool.ids[i % len(pool.ids)] != case.id:
            return written(case, pool.golds[i % len(pool.ids)])
    return None


def _commonest_gold(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """The gold that is most frequent among the other rows of the same subtask."""
    gold = _commonest(case, pool, _subtask_key(case))
    return None if gold is None else written(case, gold)


def _context_free(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """The question without the context: the answer most frequent for questions worded so."""
    gold = _commonest(case, pool, case.form)
    gold = _commonest(case, pool, _subtask_key(case)) if gold is None else gold
    return None if gold is None else written(case, gold)


def _question(case: Case, pool: Pool, rng: random.Random) -> str | None:
    return case.question


def _echo(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """The whole context."""
    return case.prompt


def _thinking_only(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """The right answer, but only in the thinking."""
    return f"<think>\n{written(case, case.gold)}\n</think>\n\nI do not know."


def _markers(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """Markers, boxes and phrases with nothing in them."""
    return "[Answer]\n[答案]\n\\boxed{}\nThe final answer is\nThe correct answer is ()\n" * 20


def _number_grid(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """Every number of a plausible range, written as the gold's are."""
    if not case.numeric:
        return None
    if isinstance(case.gold, str):
        return written(case, ", ".join(map(str, range(101))))
    places = max(len(e.rstrip("%").partition(".")[2]) for e in case.elements)
    sign = "%" if all(e.endswith("%") for e in case.elements) else ""
    step = 10 ** -min(places, 2)
    return written(case, [f"{i * step:.{places}f}{sign}" for i in range(-100, 1000)])


def _many_boxes(case: Case, pool: Pool, rng: random.Random) -> str | None:
    if case.scoring.metric != "math":
        return None
    return " ".join(answer(str(n), "math") for n in range(101))


def _copied_number(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """A number copied from where the evidence is, without computing."""
    if case.kind != "scalar" or not case.numeric or not case.evidence:
        return None
    numbers = NUMBER.findall(case.evidence[-1])
    return written(case, numbers[-1]) if numbers else None


# --- policies over candidates ---------------------------------------------------------------


def stated(case: Case, chosen: Sequence[str]) -> str | None:
    """Candidates as an answer: a list of them, a table of rows, a summary of sentences."""
    if not chosen:
        return None
    if case.kind == "table":
        rows = [json.loads(row) for row in chosen]
        return written(
            case, json.dumps({"columns": case.columns, "data": rows}, ensure_ascii=False)
        )
    if case.kind == "summary":
        return written(case, [" ".join(chosen)])
    if isinstance(case.gold, str):
        return written(case, ", ".join(chosen))
    return written(case, chosen)


def _every_candidate(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """All that could be an element; for options every letter."""
    if case.kind in ("table", "summary"):
        return None
    return stated(case, case.candidates)


def _hedged_list(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """The most common gold, and every candidate behind it."""
    gold = _commonest(case, pool, _subtask_key(case))
    if case.kind not in ("list", "order") or not isinstance(gold, tuple):
        return None
    return stated(case, [*gold, *(c for c in case.candidates if c not in gold)])


def _first(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """As many candidates as are right, from the start of the context."""
    return None if case.kind == "option" else stated(case, case.candidates[: case.size])


def _last(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """As many candidates as are right, from its end."""
    return None if case.kind == "option" else stated(case, case.candidates[-case.size :])


def _first_and_last(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """Two candidates only, the first and the last."""
    if case.kind not in ("list", "order") or len(case.candidates) < 2:
        return None
    return stated(case, [case.candidates[0], case.candidates[-1]])


def _random(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """Random candidates of the right number, in random order."""
    size = min(1 if case.kind == "option" else case.size, len(case.candidates))
    return stated(case, rng.sample(case.candidates, size))


def _random_order(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """The right elements, in random order."""
    if case.kind != "order":
        return None
    return written(case, rng.sample(case.elements, len(case.elements)))


def _all_rows(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """Every row of every table of the context."""
    return stated(case, case.candidates) if case.kind == "table" else None


def _letter(letter: str) -> Policy:
    def policy(case: Case, pool: Pool, rng: random.Random) -> str | None:
        if case.kind != "option" or letter not in case.options:
            return None
        return stated(case, [letter])

    return policy


PLAIN: Mapping[str, Policy] = {
    "empty": _empty,
    "refusal": _refusal,
    "another row's gold": _neighbour,
    "commonest gold": _commonest_gold,
    "context-free": _context_free,
    "question repeated": _question,
    "context echoed": _echo,
    "answer in thinking only": _thinking_only,
    "markers stuffed": _markers,
    "every candidate": _every_candidate,
    "hedged list": _hedged_list,
    "first candidates": _first,
    "last candidates": _last,
    "first and last": _first_and_last,
    "random candidates": _random,
    "random order": _random_order,
    "JSON with all rows": _all_rows,
    "number grid": _number_grid,
    "many boxes": _many_boxes,
    "number of the evidence": _copied_number,
    **{f"always {letter}": _letter(letter) for letter in LETTERS},
}
"""Policies by name; `policies.POLICIES` has these and all others."""


# --- controls: right answers, cleanly written and not ---------------------------------------


def gold_answer(case: Case) -> str:
    """The gold as the prompt asks for it."""
    return THOUGHT + written(case, case.gold)


def slips(case: Case) -> tuple[str, ...]:
    """The gold with slips of form that a careful reader would pass over."""
    gold = case.elements
    if case.scoring.doc_ids is not None:
        return ()
    if case.kind == "table":
        text = "".join(gold)
        forms = [f"<answer>\n```json\n{text}\n```\n</answer>", f"Here it is:\n[Answer]\n{text}"]
    elif case.kind == "option":
        letters = ", ".join(gold)
        forms = [
            f"**[Answer]:** {letters}",
            f"[Answer]\n({letters})",
            f"[Answer]\n{letters}.",
            f"The answer is ({letters})",
        ]
    elif case.kind in ("list", "order"):
        bulleted = "\n".join(f"- {e}" for e in gold)
        numbered = "\n".join(f"{i}. **{e}**" for i, e in enumerate(gold, start=1))
        spaced = "\n\n".join(gold)
        forms = [
            f"[Answer]\n{bulleted}",
            f"**[Answer]**\n{numbered}",
            f"[Answer]:\n{spaced}",
            f"[Answer]\n{bulleted}\n\nI hope that this helps.",
        ]
    else:
        text = "\n".join(gold)
        forms = [f"**[Answer]:** {text}", f"[Answer]\n\n{text}\n"]
        if case.kind == "scalar":
            forms += [f"The answer is: {text}", f"[Answer]\n**{text}**"]
    return tuple(THOUGHT + form for form in forms)


def completion(text: str) -> str:
    """A cheat as it is sent in: after a thought, unless it brings its own."""
    return text if OWN_THOUGHT.match(text) else THOUGHT + text
