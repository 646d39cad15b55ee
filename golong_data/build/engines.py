"""Engines: who makes the shards. Here, one process or a pool of them.

Workers open the corpus by themselves (it is memory-mapped) and write their own shards, so
nothing but small records travels between processes.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from golong_data.build.sample import Maker, open_maker
from golong_data.build.shards import Plan, ShardRecord, write_shard
from golong_data.errors import UserError
from golong_data.types import Recipe

_maker: Maker | None = None


def run(
    maker: Maker, layout: Plan, shards: Sequence[int], out: Path, workers: int
) -> Iterator[ShardRecord]:
    """Makes the given shards, yielding each record as it is done, in any order."""
    if workers <= 1 or len(shards) <= 1:
        for shard in shards:
            yield write_shard(maker, layout, shard, out)
        return
    pool = ProcessPoolExecutor(
        max_workers=min(workers, len(shards)),
        # Threads of the parent (Arrow, polars) do not survive a fork.
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_open,
        initargs=(maker.recipe,),
    )
    try:
        futures = [pool.submit(_write, layout, shard, out) for shard in shards]
        for future in as_completed(futures):
            yield future.result()
    except BrokenProcessPool as error:
        raise UserError(
            "a worker process died; most often memory ran out.",
            where="build",
            remedy="Run the same command with --resume and fewer --workers.",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _open(recipe: Recipe) -> None:
    global _maker
    _maker = open_maker(recipe)


def _write(layout: Plan, shard: int, out: Path) -> ShardRecord:
    if _maker is None:
        raise RuntimeError("the worker was not initialised")
    return write_shard(_maker, layout, shard, out)
