"""The errors that quorate raises on purpose. Anything else that escapes is a bug of ours."""


class QuorateError(Exception):
    """Root of everything that a caller of the library may want to catch."""


class InputError(QuorateError):
    """The user's input cannot be meant as it stands.

    `where` is a file, a file and line, or a key path such as ``nodes[2].votes``; `reason` is one
    sentence that says what is wrong and what to do. The command line prints both and exits with 2.
    """

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(f"{where}: {reason}" if where else reason)
        self.reason = reason
        self.where = where

    def within(self, place: str) -> "InputError":
        """The same error, seen from further out: `place` is put before the key path."""
        return InputError(self.reason, f"{place}: {self.where}" if self.where else place)


class EvidenceError(QuorateError):
    """A trace or a certificate that does not say what it claims to say."""
