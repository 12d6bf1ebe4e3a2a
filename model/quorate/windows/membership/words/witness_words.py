"""What people call a witness, by its kind."""

from typing import assert_never

from quorate.cluster import WitnessKind
from quorate.values import dataclass


@dataclass(frozen=True)
class WitnessWords:
    """`device` is what stands behind the vote, `short` the same where it was said before, `memory`
    what it knows of the configuration."""

    device: str
    short: str
    memory: str

    @property
    def kind(self) -> str:
        return f"{self.device} witness"


def witness_words(kind: WitnessKind) -> WitnessWords:
    memory = "copy" if kind.keeps_configuration else "tag"
    match kind:
        case WitnessKind.DISK:
            return WitnessWords("disk", "disk", memory)
        case WitnessKind.FILE_SHARE:
            return WitnessWords("file share", "share", memory)
        case WitnessKind.CLOUD:
            return WitnessWords("cloud", "blob", memory)
        case _:
            assert_never(kind)


def newest_or_not(kind: WitnessKind, newest: bool) -> str:
    """What became of what the witness remembers, in a sentence."""
    words = witness_words(kind)
    if kind.keeps_configuration:
        return f"The copy on the {words.short} is {'the newest' if newest else 'outdated'} now."
    stands = "stands for" if newest else "no longer stands for"
    return f"The tag on the {words.short} {stands} the newest configuration."
