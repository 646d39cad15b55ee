"""An adversary that learns where right answers stand and what they look like.

Two learners, gradient boosting over the figures of `features` and a bag of the words around a
candidate, are taught on some rows of a generator which candidates are right, and answer the
other rows with the likeliest ones; every row is answered by one that has not seen it. They
never see a question. What they earn above a random choice of as many candidates is their gain:
whatever it is made of, it is no reading.

A gain is a leak where it passes its ceiling by more than two of its standard errors: 0.05
where one thing is right, and 0.10 for lists, where each element earns a part and a weak hint
that is inherent to a question (a record of the kind that rules are about) is shared by all of
them. The true gain of sound rows is 0, so that 0.05 and two errors (0.05 each on sixty rows of
six options) are passed by chance once in some hundreds of generators.
"""

from __future__ import annotations

import importlib.util
import math
import random
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from golong_data.quality.cases import Case
from golong_data.quality.cheats import completion, stated
from golong_data.quality.features import Matrix, features, sight
from golong_data.quality.stated import ABSTENTION
from golong_data.rewards import earned

Scores = npt.NDArray[np.float64]

FEWEST_ROWS = 30
"""Rows with their gold among the candidates that it takes to learn."""
FOLDS = 5
MOST_ROWS = 400
"""Rows of a generator that are taught and played."""
NEGATIVES = 64
"""Wrong candidates of a row that are taught."""
SEEN = 600
"""Candidates of a row that are played; of more, so many are drawn, right or wrong."""
DRAWS = 16
"""Random choices of a row whose mean is its chance."""

CEILINGS: Mapping[bool, float] = {False: 0.05, True: 0.10}
"""Most that may be gained: where one thing is right, and for lists."""

MISSING = "scikit-learn is not installed: pip install 'golong-data[audit]'"
TOGETHER = "judged with its task: alone it has one answer"
TOO_FEW = f"fewer than {FEWEST_ROWS} rows with the gold among the candidates"


@dataclass(frozen=True, slots=True)
class Learned:
    """What one learner gains on the rows of one generator."""

    task: str
    subtask: str
    metric: str
    learner: str
    n: int
    mean: float
    """Its mean reward."""
    chance: float
    """The mean reward of as many candidates at random, on the same rows."""
    error: float
    """The standard error of the gain."""
    ceiling: float
    note: str = ""
    """Why there is no figure."""

    @property
    def gain(self) -> float:
        """What is earned above chance."""
        return self.mean - self.chance

    @property
    def over(self) -> bool:
        """Whether the gain passes its ceiling by more than luck explains."""
        return not self.note and self.gain > self.ceiling + 2 * self.error + 1e-9


@dataclass(frozen=True, slots=True)
class Met:
    """A row as the learners meet it."""

    case: Case
    candidates: tuple[str, ...]
    right: npt.NDArray[np.bool_]
    taught: list[int]
    """Indices of the candidates that are taught: the right ones and some others."""
    figures: Matrix
    sights: list[str]
    chance: float
    """What as many candidates at random earn."""


def learned(
    case: Case, rows: Sequence[Met], learners: Sequence[str], subtask: str
) -> list[Learned]:
    """What each learner gains on the rows of one generator or task, of which `case` is one."""
    if case.kind in ("table", "summary"):
        return []
    if subtask == ABSTENTION:
        return [_without(case, subtask, name, TOGETHER) for name in learners]
    if learners and not _at_hand():
        return [_without(case, subtask, name, MISSING) for name in learners]
    if sum(bool(row.right.any()) for row in rows) < FEWEST_ROWS:
        return [_without(case, subtask, name, TOO_FEW) for name in learners]
    from threadpoolctl import threadpool_limits

    # Tables this small are learned faster by one thread than by several that wait.
    with threadpool_limits(limits=1):
        return [_gain(rows, name, subtask) for name in learners]


def _at_hand() -> bool:
    return importlib.util.find_spec("sklearn") is not None


def _without(case: Case, subtask: str, learner: str, note: str) -> Learned:
    listed = case.kind in ("list", "order")
    return Learned(
        case.task, subtask, case.scoring.metric, learner, 0, 0.0, 0.0, 0.0,
        CEILINGS[listed], note,
    )  # fmt: skip


def meet(case: Case) -> list[Met]:
    """A row with the candidates that are looked at; whether they are right has no say in it.

    Empty where there is nothing to choose from, or nobody to learn.
    """
    if case.kind in ("table", "summary") or len(case.candidates) < 2 or not _at_hand():
        return []
    rng = random.Random(f"adversary {case.id}")
    candidates = case.candidates
    if len(candidates) > SEEN:
        drawn = sorted(rng.sample(range(len(candidates)), SEEN))
        candidates = tuple(candidates[i] for i in drawn)
    gold = {_plain(case, element) for element in case.elements}
    right = np.array([_plain(case, candidate) in gold for candidate in candidates])
    wrong = [i for i in range(len(candidates)) if not right[i]]
    taught = [*np.flatnonzero(right).tolist(), *rng.sample(wrong, min(NEGATIVES, len(wrong)))]
    return [
        Met(
            case,
            candidates,
            right,
            taught,
            features(case, candidates),
            [sight(case, candidate) for candidate in candidates],
            _chance(case, candidates),
        )
    ]


def _plain(case: Case, text: str) -> str:
    return text.replace(",", "") if case.numeric else text


def _paid(case: Case, chosen: Sequence[str]) -> float:
    text = stated(case, chosen)
    if text is None:
        return 0.0
    return earned(completion(text), case.scoring, thinking=False) or 0.0


def _chance(case: Case, candidates: Sequence[str]) -> float:
    """What as many candidates at random earn."""
    rng = random.Random(f"chance {case.id}")
    size = min(case.size, len(candidates))
    return statistics.fmean(_paid(case, rng.sample(candidates, size)) for _ in range(DRAWS))


def _gain(rows: Sequence[Met], learner: str, subtask: str) -> Learned:
    case = rows[0].case
    paid = []
    for row, scores in zip(rows, LEARNERS[learner](rows), strict=True):
        rng = random.Random(f"ties {row.case.id}")
        order = sorted(range(len(scores)), key=lambda i: (-scores[i], rng.random()))
        paid.append(_paid(row.case, [row.candidates[i] for i in order[: row.case.size]]))
    gains = [mine - row.chance for mine, row in zip(paid, rows, strict=True)]
    return Learned(
        task=case.task,
        subtask=subtask,
        metric=case.scoring.metric,
        learner=learner,
        n=len(rows),
        mean=statistics.fmean(paid),
        chance=statistics.fmean(row.chance for row in rows),
        error=statistics.stdev(gains) / math.sqrt(len(gains)),
        ceiling=CEILINGS[case.kind in ("list", "order")],
    )


# --- learners -------------------------------------------------------------------------------


def _folds(rows: Sequence[Met]) -> list[tuple[list[int], list[int]]]:
    """(rows that are taught, rows that are played) of every fold."""
    from sklearn.model_selection import GroupKFold

    groups = np.repeat(np.arange(len(rows)), [len(row.taught) for row in rows])
    split = GroupKFold(n_splits=FOLDS).split(groups, groups=groups)
    return [
        (np.unique(groups[taught]).tolist(), np.unique(groups[held]).tolist())
        for taught, held in split
    ]


def _boosting(rows: Sequence[Met]) -> list[Scores]:
    """Gradient boosting over figures."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    seen = [row.figures for row in rows]
    scores: list[Scores] = [np.zeros(len(row.candidates)) for row in rows]
    for taught, held in _folds(rows):
        x = np.vstack([seen[i][rows[i].taught] for i in taught])
        y = np.concatenate([rows[i].right[rows[i].taught] for i in taught])
        if not 0 < y.sum() < len(y):
            continue
        model = HistGradientBoostingClassifier(
            max_iter=60,
            learning_rate=0.1,
            max_leaf_nodes=8,
            min_samples_leaf=10,
            l2_regularization=1.0,
            max_bins=63,
            early_stopping=False,
            random_state=0,
        ).fit(x, y)
        _score(scores, held, model.decision_function(np.vstack([seen[i] for i in held])))
    return scores


def _score(scores: list[Scores], held: Sequence[int], found: Scores) -> None:
    """Enters what was found for the candidates of some rows, one row behind the other."""
    start = 0
    for i in held:
        end = start + len(scores[i])
        scores[i] = found[start:end]
        start = end


def _bag_of_words(rows: Sequence[Met]) -> list[Scores]:
    """Logistic regression over hashed words."""
    from scipy.sparse import vstack
    from sklearn.feature_extraction.text import HashingVectorizer
    from sklearn.linear_model import LogisticRegression

    bag = HashingVectorizer(
        n_features=2**15, alternate_sign=False, analyzer=str.split, norm="l2", binary=True
    )
    seen = [bag.transform(row.sights) for row in rows]
    scores: list[Scores] = [np.zeros(len(row.candidates)) for row in rows]
    for taught, held in _folds(rows):
        x = vstack([seen[i][rows[i].taught] for i in taught]).tocsr()
        y = np.concatenate([rows[i].right[rows[i].taught] for i in taught])
        if not 0 < y.sum() < len(y):
            continue
        model = LogisticRegression(
            C=3.0, solver="liblinear", max_iter=1000, class_weight="balanced", random_state=0
        ).fit(x, y)
        _score(scores, held, model.decision_function(vstack([seen[i] for i in held])))
    return scores


LEARNERS: Mapping[str, Callable[[Sequence[Met]], list[Scores]]] = {
    "boosting": _boosting,
    "bag of words": _bag_of_words,
}
"""Learners by name: rows -> scores of their candidates, each by a model that has not seen it."""
