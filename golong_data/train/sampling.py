"""The sampler: epochs of a curriculum, repeated the way TRL's GRPO reads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from torch.utils.data import Sampler

from golong_data.train.curriculum import Curriculum, Entry, epoch_order, together

COLUMNS = ("row_id", "task", "capability", "difficulty", "n_tokens")


def entries(dataset: Any) -> list[Entry]:
    """What rows are ordered by, from their small columns alone.

    A column that a data set does not have says nothing; a row without an id goes by its place.
    """
    known = [name for name in COLUMNS if name in dataset.column_names]
    table = dataset.select_columns(known)[:] if known else {}
    size = len(dataset)
    ids = table.get("row_id", range(size))
    texts = [table.get(name, [""] * size) for name in ("task", "capability", "difficulty")]
    lengths = table.get("n_tokens", [0] * size)
    return [
        Entry(str(identifier), task, capability, difficulty, n_tokens)
        for identifier, task, capability, difficulty, n_tokens in zip(
            ids, *texts, lengths, strict=True
        )
    ]


class EpochSampler(Sampler[int]):
    """Indices of rows for TRL: batches of prompts, each prompt repeated, each batch repeated.

    A batch holds `prompts` rows, each `generations` times in a row; the whole batch comes
    `repeats` times, once for every forward pass that uses its completions. Rows that do not
    fill a batch wait for the next epoch. Unlike TRL's own, the order depends on the epoch and
    not on what was drawn before, so that a run resumed in a later epoch goes on as it would
    have.
    """

    def __init__(
        self,
        rows: Sequence[Entry],
        curriculum: Curriculum,
        *,
        together: int,
        seed: int,
        shuffle: bool,
        prompts: int,
        generations: int,
        repeats: int,
    ) -> None:
        self.rows = rows
        self.curriculum = curriculum
        self.together = together
        self.seed = seed
        self.shuffle = shuffle
        self.prompts = prompts
        self.generations = generations
        self.repeats = repeats
        self.epoch = 0
        # Weights that are fractions draw other rows each epoch, but trainers count batches once.
        self.batches = self._batches_that_always_fill()

    def set_epoch(self, epoch: int) -> None:
        """Called by the trainer before an epoch, also by one that resumes."""
        self.epoch = epoch

    def order(self, epoch: int) -> list[int]:
        """Rows of an epoch, in their order."""
        plain = list(range(len(self.rows)))
        if self.shuffle:
            plain = epoch_order(self.rows, self.curriculum, seed=self.seed, epoch=epoch)
        return together(plain, [row.task for row in self.rows], self.together)

    def __iter__(self) -> Iterator[int]:
        order = self.order(self.epoch)
        for number in range(self.batches):
            batch = [
                order[i % len(order)]
                for i in range(number * self.prompts, (number + 1) * self.prompts)
            ]
            for _ in range(self.repeats):
                for index in batch:
                    for _ in range(self.generations):
                        yield index

    def __len__(self) -> int:
        return self.batches * self.prompts * self.generations * self.repeats

    def _batches_that_always_fill(self) -> int:
        weights = self.curriculum.weights if self.shuffle else {}
        expected = sum(weights.get(row.capability, 1.0) for row in self.rows)
        return int(expected + 1e-9) // self.prompts
