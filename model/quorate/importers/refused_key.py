"""A key that the native format cannot read."""

from quorate.errors import QuorateError
from quorate.importers.key_lines import KeyPath


class RefusedKeyError(QuorateError):
    """`path` leads to the key or to where it is missing; `reason` is as in `InputError`. It does
    not leave the importer, which alone knows the file."""

    def __init__(self, path: KeyPath, reason: str) -> None:
        super().__init__(reason)
        self.path = path
        self.reason = reason
