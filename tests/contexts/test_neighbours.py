"""BM25 neighbours are documents on the same matter, the same on every call."""

from __future__ import annotations

from support import corpus_of

from golong_data.contexts.neighbours import neighbours, terms


def test_neighbours_are_near() -> None:
    """The document that a text was taken from comes first, islands are near islands."""
    corpus = corpus_of("factbook")
    titles = [corpus.title(i) for i in range(len(corpus))]
    iceland = titles.index("Iceland")
    assert neighbours(corpus, corpus.text(iceland)[:600], 1) == [iceland]
    near = [titles[i] for i in neighbours(corpus, "Caribbean island with tourism", 8)]
    assert {"Aruba", "Barbados"} <= set(near)


def test_what_is_left_out_stays_out() -> None:
    """Excluded documents make room for the next ones; no document comes twice."""
    corpus = corpus_of("factbook")
    all_ = neighbours(corpus, "coffee and sugar exports of an island", 12)
    assert len(set(all_)) == 12
    assert (
        neighbours(corpus, "coffee and sugar exports of an island", 10, without=frozenset(all_[:2]))
        == all_[2:]
    )


def test_words_that_no_document_holds() -> None:
    """Nothing is near to nothing."""
    assert neighbours(corpus_of("factbook"), "zzyzzx qqqq", 3) == []


def test_terms_of_both_scripts() -> None:
    """Chinese in overlapping pairs, English in folded words."""
    assert terms("GDP of 刘玄德") == ["gdp", "of", "刘玄", "玄德"]
