"""What there is to say about one key of the native format."""

import enum

from quorate.values import dataclass


class Shape(enum.Enum):
    """What kind of value a key has, in the words of the error messages."""

    TEXT = "text"
    NUMBER = "a whole number"
    BOOLEAN = "true or false"
    TEXTS = "an array of texts"
    TABLE = "a table"
    TABLES = "an array of tables"


@dataclass(frozen=True)
class Key:
    """One key. `path` is dotted, with [] where an element of an array is meant.

    `default` is the value of an absent key where that is always the same; `otherwise` says in words
    what an absent key means where it depends. `most` bounds a number from above (0 bounds it from
    below) and an array in its length; `least` is the length below which `Cluster` refuses an array;
    `choices` are the only texts allowed; a text that `may_be_empty` is then as one that is absent.
    The texts of an array differ, but for one that `repeats` them. A key with `required` has neither
    default.
    """

    path: str
    shape: Shape
    meaning: str
    example: str
    required: bool = False
    default: bool | int | str | None = None
    otherwise: str = ""
    unit: str = ""
    least: int = 0
    most: int | None = None
    choices: tuple[str, ...] = ()
    may_be_empty: bool = False
    repeats: bool = False

    @property
    def name(self) -> str:
        return self.path.rpartition(".")[2]

    @property
    def table(self) -> str:
        """The path of the table that the key stands in; empty for the top of the file."""
        return self.path.rpartition(".")[0]
