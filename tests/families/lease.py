"""A lease lock of two clients: a family of systems that the package knows nothing of.

A server grants a lock to one client for some time, and takes it back when that time is over on its
own clock. The holder works as long as the lease lasts on *its* clock, which may be late. A fencing
number, which the storage asks for, is what keeps two from writing.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import z3

from quorate.changes.rewriting import with_updates
from quorate.inquiry.claim import Claim
from quorate.inquiry.seam import Frame
from quorate.system import (
    Action,
    ActionKind,
    Always,
    Bits,
    Lemma,
    Single,
    Sometimes,
    System,
    Trace,
    Variable,
    Verb,
)

CLIENTS = ("Anna", "Bert")


class Does(Verb):
    GRANT = "grant"
    EXPIRE = "expire"
    NOTICE = "notice"


HOLDER = Variable("holder", Single(CLIENTS))
WORKS = Variable("works", Bits(CLIENTS))
"""Those whose own clock says that they hold the lock."""
NEWEST = Variable("newest", Bits(CLIENTS))
"""Whose number the storage accepts: that of whoever came last."""
CLIENT = Variable("client", Single(CLIENTS))

FENCED = WORKS.term & NEWEST.term
"""Who may write."""


@dataclass(frozen=True)
class Server:
    name: str


@dataclass(frozen=True)
class Lease:
    """The circumstances and the model in one."""

    server: Server
    fencing: bool = True
    told: System | None = None

    subject = property(lambda self: self.server)
    label = "lease"

    def sentences(self) -> Iterator[str]:
        yield "clocks run at any speed"
        yield "the storage asks for a number" if self.fencing else "the storage asks for nothing"

    def model(self) -> "Lease":
        return self

    @cached_property
    def system(self) -> System:
        client, nobody = CLIENT.term, z3.BitVecVal(0, len(CLIENTS))
        grant = {"holder": client, "works": WORKS.term | client, "newest": client}
        return self.told or System(
            "a lease lock",
            (HOLDER, WORKS, NEWEST),
            (HOLDER.term == 0, WORKS.term == 0, NEWEST.term == 0),
            (
                Action.of(
                    Does.GRANT,
                    ActionKind.CLUSTER,
                    (client != 0, HOLDER.term == nobody),
                    grant,
                    (CLIENT,),
                ),
                Action.of(Does.EXPIRE, ActionKind.FAULT, (HOLDER.term != 0,), {"holder": nobody}),
                Action.of(
                    Does.NOTICE,
                    ActionKind.CLUSTER,
                    (client != 0, WORKS.term & client != 0, HOLDER.term != client),
                    {"works": WORKS.term & ~client},
                    (CLIENT,),
                ),
            ),
            (Lemma("one number is accepted", NEWEST.term & (NEWEST.term - 1) == 0),),
        )

    def account(self, trace: Trace, frame: Frame) -> "Log":
        return Log(frame, trace)


class Wrong(enum.Enum):
    FORGETS_NO_NUMBER = "the storage goes on to accept old numbers"

    sentence = property(lambda self: self.value)

    def twin(self, model: Lease) -> Lease:
        accepted = {"newest": NEWEST.term | CLIENT.term}
        return replace(model, told=with_updates(model.system, accepted, verbs=[Does.GRANT]))


@dataclass(frozen=True)
class Log:
    """The account: a line a step."""

    frame: Frame
    trace: Trace

    def text(self) -> str:
        steps = [
            f"{number}. {step.action}: {self._names(step.inputs.get('client', 0))}"
            for number, step in enumerate(self.trace.steps, 1)
        ]
        return "\n".join([self.frame.title, *steps, self.frame.violation])

    def data(self) -> dict[str, Any]:
        return {"lines": self.text().splitlines()}

    def picture(self) -> str:
        chain = " -> ".join(f'"{line}"' for line in self.text().splitlines())
        return f"digraph {{ {chain} }}"

    def _names(self, members: int) -> str:
        return " and ".join(n for bit, n in enumerate(CLIENTS) if members >> bit & 1) or "nobody"


def one_writes(model: Lease) -> Always:
    writers = FENCED if model.fencing else WORKS.term
    return Always("one writes", writers & (writers - 1) == 0)


def somebody_is_late(_: Lease) -> Sometimes:
    return Sometimes("a client works that holds nothing", WORKS.term & ~HOLDER.term != 0)


def alone(_: Lease) -> Always:
    return Always("one works", WORKS.term & (WORKS.term - 1) == 0)


FENCED_CLAIM = Claim(
    name="one-client-writes",
    sentence="never do two clients write",
    why="what two write at once is lost",
    violation="two clients write",
    circumstances=Lease(Server("Lock server")),
    make_property=one_writes,
    make_premise=somebody_is_late,
    path=("grant", "expire"),
    teeth=(Wrong.FORGETS_NO_NUMBER,),
)

CLAIMS = (
    FENCED_CLAIM,
    replace(
        FENCED_CLAIM,
        name="one-client-works",
        violation="two clients believe that they hold the lock",
        circumstances=Lease(Server("Lock server"), fencing=False),
        make_property=alone,
        teeth=(),
    ),
)
