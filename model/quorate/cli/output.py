"""How a command prints: chosen once, and carried as one value."""

import enum


class Output(enum.Enum):
    """What a command prints."""

    TEXT = "text"
    QUIET = "quiet"
    """Text, and only what is not as expected."""
    JSON = "json"

    @classmethod
    def chosen(cls, *, as_json: bool, quiet: bool) -> "Output":
        """What the options of the command line ask for; JSON is for programs, which are never told
        less."""
        if as_json:
            return cls.JSON
        return cls.QUIET if quiet else cls.TEXT

    @property
    def shows_progress(self) -> bool:
        match self:
            case Output.TEXT:
                return True
            case Output.QUIET | Output.JSON:
                return False
