"""The errors that quorate raises on purpose. Anything else that escapes is a bug of ours."""

from quorate.values import dataclass


class QuorateError(Exception):
    """Root of everything that a caller of the library may want to catch."""


@dataclass(frozen=True)
class Place:
    """Where something is said of what a user wrote.

    `source` is the path of the file, or what else names it; `line` counts from 1 and is None where
    no line is known; `key` is what people call the place in the file, such as ``nodes[2].votes``,
    and empty where the whole file is meant.
    """

    source: str
    line: int | None = None
    key: str = ""

    def __str__(self) -> str:
        line = "" if self.line is None else str(self.line)
        return ": ".join(filter(None, (":".join(filter(None, (self.source, line))), self.key)))


class InputError(QuorateError):
    """The user's input cannot be meant as it stands.

    `place` is where, a text in place of one being a file's path; `where` is how it is printed;
    `reason` is one sentence that says what is wrong and what to do. The command line prints both
    and exits with 2.
    """

    def __init__(self, reason: str, where: Place | str = "") -> None:
        self.place = where if isinstance(where, Place) else Place(where)
        self.where = str(where)
        self.reason = reason
        super().__init__(f"{self.where}: {reason}" if self.where else reason)


class EvidenceError(QuorateError):
    """A trace or a certificate that does not say what it claims to say."""
