"""Files appear whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

from quorate.errors import InputError

_PROBE = bytes(1 << 16)
"""As much as a picture."""


def refuse_unwritable(folder: Path) -> None:
    """Raises `InputError` where nothing can be left in `folder`, which need not be there yet, so
    that nobody works for nothing. Leaves nothing."""
    if folder.exists() and not folder.is_dir():
        raise InputError("this is a file; name a folder to write in", str(folder))
    try:
        above = next(path for path in (folder, *folder.absolute().parents) if path.exists())
        with tempfile.TemporaryFile(dir=above) as file:
            file.write(_PROBE)
    except OSError as error:
        raise _refused(error, folder) from error


def remove(path: Path) -> None:
    """Removes the file if it is there. Raises `InputError` where that is not allowed."""
    try:
        path.unlink(missing_ok=True)
    except NotADirectoryError:
        return
    except OSError as error:
        why = error.strerror or error
        raise InputError(f"this file cannot be removed: {why}", str(path)) from error


def write(path: Path, text: str) -> None:
    """Replaces the file at once; the folders above it are made. A file that already says the same
    is left as it is. Raises `InputError` where nothing can be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file() and path.read_text(encoding="utf-8", errors="replace") == text:
            return
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            # A draft is private; the file gets what the user's umask grants any new file.
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(draft, 0o666 & ~mask)
            os.replace(draft, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(draft)
            raise
    except OSError as error:
        raise _refused(error, path) from error


def _refused(error: OSError, path: Path) -> InputError:
    return InputError(f"nothing can be written here: {error.strerror or error}", str(path))
