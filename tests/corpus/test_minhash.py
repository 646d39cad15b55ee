"""Signatures estimate Jaccard, planted copies are found, different texts are kept."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golong_data import minhash

VOCABULARY = [f"word{i}" for i in range(4000)]


def make(rng: random.Random, words: int) -> list[str]:
    return [rng.choice(VOCABULARY) for _ in range(words)]


def edited(rng: random.Random, words: list[str], share: float) -> list[str]:
    return [rng.choice(VOCABULARY) if rng.random() < share else word for word in words]


def test_similarity_lies_in_a_band_around_the_true_overlap() -> None:
    rng = random.Random(7)
    errors = []
    for share in (0.0, 0.005, 0.01, 0.02, 0.04, 0.08, 0.2):
        for words in (60, 300, 2000, 20_000):
            a = make(rng, words)
            x, y = minhash.shingles(" ".join(a)), minhash.shingles(" ".join(edited(rng, a, share)))
            true = minhash.jaccard(x, y)
            errors.append(minhash.similarity(minhash.signature(x), minhash.signature(y)) - true)
    assert max(map(abs, errors)) < 4.5 * 0.5 / minhash.SIZE**0.5
    assert abs(float(np.mean(errors))) < 0.02


def true_shingles(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    n = max(1, len(words) - minhash.WORDS + 1)
    return {tuple(words[i : i + minhash.WORDS]) for i in range(n)} if words else set()


@given(st.lists(st.sampled_from(VOCABULARY[:30]), max_size=60),
       st.lists(st.sampled_from(VOCABULARY[:30]), max_size=60))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_jaccard_is_that_of_the_word_sequences(a: list[str], b: list[str]) -> None:
    x, y = " ".join(a), " ".join(b)
    sets = true_shingles(x), true_shingles(y)
    every = len(sets[0] | sets[1])
    expected = len(sets[0] & sets[1]) / every if every else 1.0
    assert minhash.jaccard(minhash.shingles(x), minhash.shingles(y)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "same", "other"),
    [
        ("The cat, the DOG!", "the cat the dog", "the cat the dig"),
        ("a_b c1", "A_B  c1", "a b c1"),
        ("天下大势", "天下 大势", "天下大事"),
        ("abc天", "abc 天", "ab c天"),
        ("天abc", "天 abc", "天ab c"),
        ("naïve café", "naïve-café", "naive cafe"),
    ],
)
def test_words(text: str, same: str, other: str) -> None:
    assert minhash.words(text).tolist() == minhash.words(same).tolist()
    assert minhash.words(text).tolist() != minhash.words(other).tolist()


def test_a_word_hashes_alike_wherever_it_stands() -> None:
    text = "lorem " * 3 + "x" * 70_001 + " lorem"
    hashes = minhash.words(text).tolist()
    assert len(set(hashes[:3] + hashes[-1:])) == 1


@pytest.mark.parametrize("text", ["", " \n", "one", "one two three", "。", "é"])
def test_short_texts(text: str) -> None:
    signature = minhash.signature(minhash.shingles(text))
    assert signature.shape == (minhash.SIZE,)
    assert minhash.similarity(signature, signature) == 1.0


def test_one_changed_byte_changes_little_but_something() -> None:
    text = " ".join(make(random.Random(1), 500))
    changed = text[:1000] + ("x" if text[1000] != "x" else "y") + text[1001:]
    overlap = minhash.jaccard(minhash.shingles(text), minhash.shingles(changed))
    assert 0.97 < overlap < 1.0


def find(texts: list[str], threshold: float) -> list[tuple[int, int, float]]:
    hashes = [minhash.shingles(text) for text in texts]
    signatures = [minhash.signature(h) for h in hashes]
    return list(
        minhash.duplicates(
            signatures, threshold, lambda i, j: minhash.jaccard(hashes[i], hashes[j])
        )
    )


def test_planted_clusters_are_found_and_only_they() -> None:
    rng = random.Random(3)
    texts, origin = [], {}
    for cluster in range(40):
        first = make(rng, 400)
        texts.append(" ".join(first))
        at = len(texts) - 1
        for _ in range(cluster % 4):
            origin[len(texts)] = at
            texts.append(" ".join(edited(rng, first, 0.006)))
    found = find(texts, 0.8)
    assert {i: j for i, j, _ in found} == origin
    assert all(value >= 0.8 for *_, value in found)


def test_recall_at_the_threshold_is_as_stated() -> None:
    rng = random.Random(5)
    pairs = hits = 0
    for _ in range(120):
        first = make(rng, 300)
        second = edited(rng, first, 0.022)
        texts = [" ".join(first), " ".join(second)]
        true = minhash.jaccard(minhash.shingles(texts[0]), minhash.shingles(texts[1]))
        if 0.8 <= true < 0.9:
            pairs += 1
            hits += bool(find(texts, 0.8))
    assert pairs > 40
    assert hits / pairs >= 0.97


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0])
def test_bands_reach_the_recall_they_state(threshold: float) -> None:
    count, rows = minhash.bands(threshold)
    assert count * rows <= minhash.SIZE
    assert count >= 2
    if threshold >= 0.5:
        assert 1 - (1 - threshold**rows) ** count >= minhash.RECALL


@given(st.lists(st.one_of(
    st.text(max_size=30), st.sampled_from(["", "天下大势分久必合", "one two three four five six"]),
    st.lists(st.sampled_from(VOCABULARY), max_size=40).map(" ".join),
), min_size=1, max_size=8))  # fmt: skip
@settings(max_examples=80, deadline=None)
def test_many_texts_are_signed_as_each_alone(texts: list[str]) -> None:
    together = minhash.signatures(texts)
    for text, made in zip(texts, together, strict=True):
        assert made.tolist() == minhash.signature(minhash.shingles(text)).tolist()
