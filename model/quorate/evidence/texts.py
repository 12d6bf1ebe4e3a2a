"""How what belongs to a certificate is written, and told apart."""

import json
from pathlib import Path
from typing import Any

from quorate.errors import EvidenceError


def json_text(data: Any) -> str:
    """The one text of some data."""
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def json_object(text: str) -> dict[str, Any]:
    """What a text says that is a JSON object. Raises `EvidenceError` for any other."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise EvidenceError("this is no JSON") from error
    if not isinstance(data, dict):
        raise EvidenceError("this is no JSON object")
    return data


def sha256(text: str) -> str:
    """The digest of a text."""
    return _digest(text.encode("utf-8", "backslashreplace"))


def file_sha256(path: Path) -> str:
    """The digest of the text that a file holds."""
    return _digest(path.read_bytes())


def _digest(data: bytes) -> str:
    import hashlib  # noqa: PLC0415 - it loads OpenSSL, which most commands do not need

    return hashlib.sha256(data).hexdigest()
