"""Engines: who makes the shards. Here, this process or a pool of them.

Workers write their own shards, so nothing but small records travels between processes.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from golong_data.errors import UserError
from golong_data.making.sample import Maker, open_maker
from golong_data.making.shards import Plan, ShardRecord, write_shard
from golong_data.types import Recipe

Engine = Callable[[Plan, Sequence[int], Path], Iterator[ShardRecord]]
"""Makes the given shards in a folder, yielding each record as it is done, in any order."""

_maker: Maker | None = None


@contextmanager
def local(maker: Maker, workers: int) -> Iterator[Engine]:
    """An engine of so many processes on this machine; with one, no other is started.

    Enter it early: workers that are forked share what is open here (tokenizer, corpus),
    which a fork allows only while no thread runs that a child would miss.
    """
    if workers <= 1:
        yield lambda layout, shards, out: (write_shard(maker, layout, k, out) for k in shards)
        return
    if _may_fork():
        pool = ProcessPoolExecutor(workers, multiprocessing.get_context("fork"), _inherit, (maker,))
    else:
        pool = ProcessPoolExecutor(
            workers, multiprocessing.get_context("spawn"), _open, (maker.recipe,)
        )
    try:
        pool.submit(_ready)  # starts the workers now
        yield lambda layout, shards, out: _run(pool, layout, shards, out)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _run(
    pool: ProcessPoolExecutor, layout: Plan, shards: Sequence[int], out: Path
) -> Iterator[ShardRecord]:
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


def _may_fork() -> bool:
    """Whether a child would find everything in order.

    A thread such as a progress bar's would be missing in it, and so would the thread pool of
    polars, which then hangs: a caller who has loaded polars gets fresh processes.
    """
    return sys.platform == "linux" and threading.active_count() == 1 and "polars" not in sys.modules


def _inherit(maker: Maker) -> None:
    global _maker
    _maker = maker


def _open(recipe: Recipe) -> None:
    _inherit(open_maker(recipe))


def _ready() -> None:
    """Nothing: to have been run is enough."""


def _write(layout: Plan, shard: int, out: Path) -> ShardRecord:
    if _maker is None:
        raise RuntimeError("the worker was not initialised")
    return write_shard(_maker, layout, shard, out)
