"""Rows with a leak that was put there: the right code is always the one that ..."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping

from kinds import WORDS, Row, our_row

Picked = tuple[list[str], str]
"""(the blocks of the context, the right code)"""


def codes(rng: random.Random, n: int = 12) -> list[str]:
    """Codes that look like nothing else."""
    letters = "BCDFGHKLMNPRSTVWXZ"
    drawn = rng.sample(range(100, 1000), n)
    return [f"{''.join(rng.choices(letters, k=3))}-{number}" for number in drawn]


def told(rng: random.Random, code: str, words: int = 8) -> str:
    """A line about a code, with the code somewhere inside."""
    said = rng.choices(WORDS, k=words)
    said.insert(rng.randrange(1, words), code)
    return f"{said[0].capitalize()} {' '.join(said[1:])}."


def clean(rng: random.Random) -> Picked:
    """... chance has chosen."""
    found = codes(rng)
    return [told(rng, code) for code in found], rng.choice(found)


def first(rng: random.Random) -> Picked:
    """... stands first."""
    found = codes(rng)
    return [told(rng, code) for code in found], found[0]


def last_mentioned(rng: random.Random) -> Picked:
    """... is mentioned last, though it stood there before as well."""
    found = codes(rng)
    right = rng.choice(found)
    return [told(rng, code) for code in [*found, right]], right


def most_mentioned(rng: random.Random) -> Picked:
    """... is mentioned most often."""
    found = codes(rng)
    right = rng.choice(found)
    lines = [told(rng, code) for code in [*found, *rng.sample(found, 4), right, right]]
    return rng.sample(lines, len(lines)), right


def least_mentioned(rng: random.Random) -> Picked:
    """... is mentioned but once."""
    found = codes(rng)
    right = rng.choice(found)
    lines = [told(rng, code) for code in [*found, *found] if code != right]
    lines.append(told(rng, right))
    return rng.sample(lines, len(lines)), right


def longest_line(rng: random.Random) -> Picked:
    """... stands in the longest line."""
    found = codes(rng)
    right = rng.choice(found)
    return [told(rng, code, 14 if code == right else 8) for code in found], right


def told_word(rng: random.Random) -> Picked:
    """... stands beside a word that none of the others has."""
    found = codes(rng)
    right = rng.choice(found)
    mark = {True: "verily", False: "perhaps"}
    return [told(rng, c).replace(".", f" {mark[c == right]}.") for c in found], right


def medoid(rng: random.Random) -> Picked:
    """... all the others were made of, by a digit each."""
    right = codes(rng, 1)[0]
    others = dict.fromkeys(
        right[:at] + rng.choice([d for d in "0123456789" if d != right[at]]) + right[at + 1 :]
        for at in [4, 5, 6] * 4
    )
    found = [right, *others]
    return [told(rng, code) for code in rng.sample(found, len(found))], right


def overlap(rng: random.Random) -> Picked:
    """... stands where the question's words are."""
    found = codes(rng)
    right = rng.choice(found)
    asked = "the brass heron of Amundsen bay"
    lines = [told(rng, c).replace(".", f" {asked if c == right else ''}.") for c in found]
    return lines, right


def modal(rng: random.Random) -> Picked:
    """... stands beside the value that is there most often; two others do as well."""
    found = codes(rng)
    right, *others = rng.sample(found, 3)
    usual = {right, *others}
    lines = [
        told(rng, c).replace(".", f" at {450 if c in usual else rng.randrange(1000, 9999)}.")
        for c in found
    ]
    return lines, right


PLANTED: Mapping[str, Callable[[random.Random], Picked]] = {
    "clean": clean,
    "first": first,
    "last mentioned": last_mentioned,
    "most mentioned": most_mentioned,
    "least mentioned": least_mentioned,
    "longest line": longest_line,
    "told word": told_word,
    "medoid": medoid,
    "overlap": overlap,
    "modal": modal,
}


def planted_row(leak: str, index: int, *, task: str = "", subtask: str = "") -> Row:
    """A row whose right code leaks in that way."""
    rng = random.Random(f"{leak} {index}")
    lines, right = PLANTED[leak](rng)
    question = "Which code is on the brass heron of Amundsen bay?"
    row = our_row("exact_match", index)
    row["prompt"][0]["content"] = "\n\n".join([*lines, f"Question: {question}"])
    row["reward_model"]["ground_truth"]["golden_label"] = right
    row["extra_info"] |= {"question": question, "subtask": subtask, "id": f"{leak} {index}"}
    if task:
        row["extra_info"]["task"] = task
    return row
