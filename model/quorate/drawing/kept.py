"""Bytes that are kept from one run to the next, in a folder in which only this user can write.

What is kept here is machine code, and whoever loads it executes it. So a file is read only from a
folder of this user's own, through a descriptor of the folder that was looked at, and only if it is
whole. Where any of that cannot be seen, as on Windows, nothing is kept: then it is made again.
"""

import contextlib
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

FOLDER = "quorate"
"""Its name in the folder that the system has for what can be made again."""

_DIGEST = sha256().digest_size


def kept(name: str) -> bytes | None:
    """What was kept under this name; None if that is not there, is not whole, or could have been
    written by somebody else."""
    try:
        with _folder() as folder:
            return _whole(_read(folder, name))
    except OSError:
        return None


def keep(name: str, content: bytes) -> None:
    """Keeps it in place of all that was kept under other names, at once or not at all; where that
    is not possible nothing is kept."""
    try:
        _make_folder()
        with _folder() as folder:
            _write(folder, name, sha256(content).digest() + content)
            for other in os.listdir(folder):
                if other != name:
                    os.unlink(other, dir_fd=folder)
    except OSError:
        return


def _place() -> Path:
    """Raises `OSError` where there is none."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    if os.path.isabs(named):
        return Path(named) / FOLDER
    try:
        home = Path.home()
    except RuntimeError as error:
        raise FileNotFoundError("this user has no home") from error
    return home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / FOLDER


def _make_folder() -> None:
    """Only beneath what is this user's: with another's rights, nothing is left in a home."""
    place = _place()
    above = next(path for path in place.parents if path.exists())
    if above.stat().st_uid != _user():
        raise PermissionError("this belongs to somebody else")
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    place.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def _folder() -> Iterator[int]:
    """The folder, which cannot be exchanged while it is looked at. Raises `OSError` if somebody
    else could write in it."""
    folder = _opened(_place())
    try:
        _refuse_foreign(os.fstat(folder))
        yield folder
    finally:
        os.close(folder)


def _opened(path: str | Path, folder: int | None = None) -> int:
    """A descriptor of what stands there itself and is no link. A pipe does not make us wait."""
    if sys.platform == "win32":
        raise FileNotFoundError("whose a file is cannot be asked here")
    return os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)


def _read(folder: int, name: str) -> bytes:
    handle = _opened(name, folder)
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        _refuse_foreign(status)
        if not stat.S_ISREG(status.st_mode):
            raise FileNotFoundError("this is not a file")
        return file.read()


def _write(folder: int, name: str, content: bytes) -> None:
    draft = f"{name}.{secrets.token_hex(8)}"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.replace(draft, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft, dir_fd=folder)
        raise


def _whole(content: bytes) -> bytes | None:
    """What is behind the digest, if it has that digest."""
    digest, kept = content[:_DIGEST], content[_DIGEST:]
    return kept if sha256(kept).digest() == digest else None


def _refuse_foreign(status: os.stat_result) -> None:
    if status.st_uid != _user() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise PermissionError("somebody else could have written this")


def _user() -> int:
    if sys.platform == "win32":
        raise FileNotFoundError("whose a file is cannot be asked here")
    return os.geteuid()
