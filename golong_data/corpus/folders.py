"""Where corpora lie, and how a folder appears there whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from golong_data.errors import UserError


def corpora_folder() -> Path:
    """$GOLONG_DATA_HOME/corpora, by default under the user's cache folder."""
    home = os.environ.get("GOLONG_DATA_HOME")
    if not home:
        cache = os.environ.get("XDG_CACHE_HOME") or os.path.join(Path.home(), ".cache")
        home = os.path.join(cache, "golong-data")
    return Path(home) / "corpora"


@contextmanager
def building(target: Path) -> Iterator[Path]:
    """A temporary folder that becomes `target` when the block ends without an error.

    An existing target is replaced. One that another process put there meanwhile stays where
    it was made from the same input (its file "key" says so), for someone may be reading it;
    else the later of the two stays. Files are synced before the rename.
    """
    existed = target.exists()
    target.parent.mkdir(parents=True, exist_ok=True)
    sweep(target.parent)
    prefix = f".tmp-{_host()}-{os.getpid()}-"
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
    folder.chmod(0o755)  # mkdtemp's 0700 would keep a shared cache from being shared
    try:
        yield folder
        for path in folder.iterdir():
            _sync(path)
        _sync(folder)
        if existed or not _placed_or_same(folder, target):
            _replace(folder, target)
        _sync(target.parent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_file(path: Path, data: bytes) -> None:
    """Writes one file so that readers see all of it or none."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".tmp-", delete=False) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(file.name, path)


def sweep(folder: Path) -> None:
    """Removes what killed ingests on this machine left behind."""
    for path in folder.glob(f".tmp-{_host()}-*-*"):
        pid = path.name.split("-")[-2]
        if pid.isdigit() and not _alive(int(pid)):
            shutil.rmtree(path, ignore_errors=True)


def _host() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _placed_or_same(folder: Path, target: Path) -> bool:
    """Moves the folder to a target that is free; True as well where its twin is there."""
    try:
        os.rename(folder, target)
    except OSError:
        try:
            same = (target / "key").read_bytes() == (folder / "key").read_bytes()
        except OSError:
            return False
        return same and all((target / path.name).exists() for path in folder.iterdir())
    return True


def _replace(folder: Path, target: Path) -> None:
    for _ in range(100):
        old = target.with_name(f".tmp-{_host()}-{os.getpid()}-old{time.monotonic_ns()}")
        try:
            os.rename(target, old)
        except FileNotFoundError:
            pass
        else:
            # Maps of the old files stay valid: their pages live until they are closed.
            shutil.rmtree(old, ignore_errors=True)
        try:
            os.rename(folder, target)
        except OSError:
            continue  # another process put its store there between the two renames
        return
    raise UserError(
        "other processes keep replacing this corpus.",
        where=str(target),
        remedy="Let them finish, then try again.",
    )


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        pass  # some file systems cannot sync a folder
    finally:
        os.close(descriptor)
