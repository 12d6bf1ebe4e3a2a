"""What a page of the catalogue makes of the model for one group."""

from collections.abc import Callable
from typing import Any

from quorate.values import dataclass


@dataclass(frozen=True)
class OfGroup:
    """`make`, a property or a premise of the model and of the name of a group, for this `group`. A
    value, so that equal claims are equal, and that it can be said of another group."""

    make: Callable[[Any, str], Any]
    group: str

    def __call__(self, model: Any) -> Any:
        return self.make(model, self.group)
