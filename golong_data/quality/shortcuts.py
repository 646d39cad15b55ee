"""Policies that pick by a look at the context instead of reading it.

Each gives every candidate a score and answers with the best, as many as are right; ties are
broken at random, so that the place in the prompt says nothing unless a policy is about it.
For options the candidates are their letters, and what is looked up is their texts.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Mapping

from golong_data.quality.cases import NUMBER, Case
from golong_data.quality.cheats import Policy, Pool, stated
from golong_data.quality.layout import words
from golong_data.quality.lookalikes import centrality, distances

Scores = Mapping[str, float]

MODAL_SHARE = 0.5
"""A number that more of the candidates have is no value but a name of them all."""

WINDOW, NEARBY = 150, 20
"""Characters around a mention that are compared with the question, and how many mentions."""

_KEY = re.compile(r"(?<![\w.,-])(?=[\w-]*\d)[A-Za-z0-9][\w-]{4,}(?![\w,.]*\d)")
_BEFORE = re.compile(r"[^\n;|]{0,60}$")


def best(case: Case, scores: Scores, rng: random.Random) -> str | None:
    """The candidates that score highest, as many as are right; None where none stands out."""
    if len(set(scores.values())) < 2:
        return None
    ranked = sorted(scores, key=lambda c: (-scores[c], rng.random()))
    return stated(case, ranked[: case.size])


def _picks(case: Case) -> bool:
    return case.kind in ("scalar", "option", "list", "order")


# --- how often, and where, it is mentioned --------------------------------------------------


def mentioned(case: Case) -> dict[str, list[int]]:
    """Candidate -> offsets in the context at which it, or the text of the option, stands."""
    if case.kind == "option":
        found = case.layout.mentions(text.rstrip(".") for text in case.option_texts.values())
        return {letter: found[text.rstrip(".")] for letter, text in case.option_texts.items()}
    return {c: list(home.positions) for c, home in case.homes.items()}


def _last_mentioned(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """What stands furthest down."""
    if not _picks(case):
        return None
    return best(case, {c: max(at, default=-1) for c, at in mentioned(case).items()}, rng)


def _first_mentioned(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """The option whose text stands first; of candidates it is `first candidates`."""
    if case.kind != "option":
        return None
    end = len(case.context)
    return best(case, {c: -min(at, default=end) for c, at in mentioned(case).items()}, rng)


def _most_mentioned(case: Case, pool: Pool, rng: random.Random) -> str | None:
    if not _picks(case):
        return None
    return best(case, {c: len(at) for c, at in mentioned(case).items()}, rng)


def _least_mentioned(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """What stands there, but most rarely; of options also what does not stand there."""
    if not _picks(case):
        return None
    counts = {c: -len(at) for c, at in mentioned(case).items() if at or case.kind == "option"}
    return best(case, counts, rng)


# --- words shared with the question ---------------------------------------------------------


def overlaps(case: Case) -> dict[str, float]:
    """Candidate -> rarity of the words that what is said of it shares with the question.

    Of a document that is all its words, of a pair the words that both have, else the best
    passage that it stands in.
    """
    layout, asked = case.layout, frozenset(words(case.question))
    gained = [layout.weight(asked & own) for own in layout.passage_words]
    scores = {}
    for candidate, home in case.homes.items():
        if home.labels:
            sets = [layout.document_words[label] for label in home.labels]
            scores[candidate] = layout.weight(asked.intersection(*sets))
        else:
            scores[candidate] = max((gained[i] for i in home.passages), default=0.0)
    return scores


def _word_overlap(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """What stands where most of the question's rare words stand, unless the question has it."""
    if case.kind == "option":
        return best(case, _option_overlaps(case, *_near_best(case)), rng)
    if case.kind not in ("scalar", "list", "order", "summary"):
        return None
    scores = overlaps(case)
    fresh = {c: score for c, score in scores.items() if c not in case.question}
    return best(case, fresh or scores, rng)


def _overlap_around(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """What has most of the question's rare words right before and behind it, itself left out."""
    if case.kind not in ("scalar", "list", "order"):
        return None
    layout, asked = case.layout, frozenset(words(case.question))
    scores = {}
    for candidate, home in case.homes.items():
        if candidate in case.question:
            continue
        near = (_around(layout.text, at, len(candidate)) for at in home.positions[:NEARBY])
        scores[candidate] = max(
            (layout.weight(asked & line) + layout.weight(asked & all_) / 2 for line, all_ in near),
            default=0.0,
        )
    return best(case, scores, rng)


def _around(text: str, at: int, long: int) -> tuple[frozenset[str], frozenset[str]]:
    """The words right before and behind a mention: those of its line, and all."""
    before, behind = text[max(0, at - WINDOW) : at], text[at + long : at + long + WINDOW]
    line = f"{before.rpartition(chr(10))[2]} {behind.partition(chr(10))[0]}"
    return frozenset(words(line)), frozenset(words(f"{before} {behind}"))


def _near_best(case: Case) -> tuple[frozenset[str], frozenset[str]]:
    """The words of the passage that shares most with the question, and of its neighbours."""
    layout, asked = case.layout, frozenset(words(case.question.split("\nA")[0]))
    if not layout.passages:
        return frozenset(), frozenset()
    gained = [layout.weight(asked & own) for own in layout.passage_words]
    at = max(range(len(gained)), key=gained.__getitem__)
    beside = layout.passage_words[max(0, at - 1) : at + 2]
    return layout.passage_words[at], frozenset().union(*beside)


def _option_overlaps(case: Case, *there: frozenset[str]) -> dict[str, float]:
    """Letter -> rarity of the words that its text shares with some sets, summed."""
    layout = case.layout
    return {
        letter: sum(layout.weight(own & frozenset(words(text))) for own in there)
        for letter, text in case.option_texts.items()
    }


def _question_overlap(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """The option that repeats most of the question."""
    if case.kind != "option":
        return None
    head = case.question.split("\nA")[0]
    return best(case, _option_overlaps(case, frozenset(words(head))), rng)


# --- values and look-alikes -----------------------------------------------------------------


def _modal_value(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """What stands beside the most frequent value; of numbers the most frequent one."""
    if case.kind == "scalar" and case.numeric:
        counts = Counter(NUMBER.findall(case.context))
        return stated(case, [counts.most_common(1)[0][0]]) if counts else None
    if case.kind not in ("scalar", "list", "order"):
        return None
    values = {c: _numbers(case, c) for c in case.candidates}
    most = max(2, MODAL_SHARE * len(values))
    counts = Counter(number for found in values.values() for number in found)
    modal = max(
        (number for number, n in counts.items() if 2 <= n <= most),
        key=lambda number: (counts[number], number),
        default=None,
    )
    return None if modal is None else best(case, {c: modal in v for c, v in values.items()}, rng)


def _numbers(case: Case, candidate: str) -> set[str]:
    """The numbers of the passages that a candidate stands in, but for its own."""
    home, layout = case.homes[candidate], case.layout
    found = set()
    for i in home.passages[:20]:
        start, end = layout.passages[i]
        found.update(NUMBER.findall(layout.text[start:end]))
    return found - set(NUMBER.findall(candidate))


def _centre(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """The candidate that most others are a character or two away from."""
    if case.kind == "option":
        far = distances(case.option_texts)
        return best(case, {letter: -distance for letter, distance in far.items()}, rng)
    if case.kind not in ("scalar", "list", "order"):
        return None
    found = centrality(case.candidates)
    return best(case, {c: found.get(c, 0.0) for c in case.candidates}, rng) if found else None


def _key_centre(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """What stands with the key (a number, a code) that most other keys look like.

    Of several that do, the one behind most of the question's words.
    """
    if case.kind not in ("scalar", "list", "order"):
        return None
    layout, asked = case.layout, frozenset(words(case.question))
    where: dict[str, set[int]] = {}
    for match in _KEY.finditer(layout.text):
        where.setdefault(match.group(), set()).add(layout.passage_at(match.start()))
    central = centrality(where)
    if not central:
        return None
    peak = max(central, key=lambda key: (central[key], key))
    scores = {}
    for candidate, home in case.homes.items():
        here = where[peak].intersection(home.passages)
        said = [_said_before(case, at) for at in home.positions if layout.passage_at(at) in here]
        scores[candidate] = max((1 + layout.weight(asked & s) for s in said), default=0.0)
    return best(case, scores, rng)


def _said_before(case: Case, at: int) -> frozenset[str]:
    """The words right before an offset."""
    match = _BEFORE.search(case.context, max(0, at - 60), at)
    return frozenset(words(match.group() if match else ""))


# --- what the corpus does not have ----------------------------------------------------------


def _altered(case: Case, pool: Pool, rng: random.Random) -> str | None:
    """What stands in passages that the source documents do not have."""
    if pool.originals is None or case.kind not in ("scalar", "list", "order"):
        return None
    altered = set(pool.originals.altered(case.layout))
    if not altered:
        return None
    hosts: Counter[str] = Counter()
    for i in altered:
        heading = case.layout.heading_at(case.layout.passages[i][0])
        if heading is not None:
            hosts[heading.label] += 1
    scores = {
        c: float(min((hosts[label] for label in home.labels), default=0))
        if home.labels
        else float(bool(altered.intersection(home.passages)))
        for c, home in case.homes.items()
    }
    return best(case, scores, rng)


SHORTCUTS: Mapping[str, Policy] = {
    "last mentioned": _last_mentioned,
    "first mentioned": _first_mentioned,
    "most mentioned": _most_mentioned,
    "least mentioned": _least_mentioned,
    "best word overlap": _word_overlap,
    "word overlap around": _overlap_around,
    "overlap with the question": _question_overlap,
    "modal value": _modal_value,
    "centre of look-alikes": _centre,
    "centre of look-alike keys": _key_centre,
    "differs from the corpus": _altered,
}
"""Policies by name."""
