"""Files appear whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path

from quorate.errors import InputError


def remove(path: Path) -> None:
    """Removes the file if it is there. Raises `InputError` where that is not allowed."""
    try:
        path.unlink(missing_ok=True)
    except NotADirectoryError:
        return
    except OSError as error:
        raise InputError(f"this file cannot be removed: {error.strerror}", str(path)) from error


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
        raise InputError(f"nothing can be written here: {error.strerror}", str(path)) from error
