"""Walls within a room: what claims, which judge, may share with rules, which are judged."""

import ast
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

from quorate.engines import bmc, induction
from quorate.inquiry.asking import proved, searched
from quorate.inquiry.claim import Claim
from quorate.inquiry.seam import Circumstances
from quorate.system import Proved, Refuted


@dataclass(frozen=True)
class Room:
    """The modules of `package`. `on_purpose` says which functions may be shared. `untrusted` ends
    the names of files whose functions a claim may ask, though what these call is another matter:
    if they are wrong a proof fails or a claim is refused. `built` are the parts of a model that a
    system is made with."""

    package: ModuleType
    on_purpose: Callable[[CodeType], bool]
    untrusted: tuple[str, ...]
    built: tuple[str, ...]

    @property
    def folder(self) -> Path:
        (folder,) = self.package.__path__
        return Path(folder)

    def imports(self, module: str) -> set[str]:
        """The modules of the room that this one imports."""
        tree = ast.parse((self.folder / f"{module}.py").read_text(encoding="utf-8"))
        names = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
        room = f"{self.package.__name__}."
        return {name.removeprefix(room) for name in names if name and name.startswith(room)}

    def below(self, modules: Collection[str]) -> set[str]:
        """These modules, and all that they import."""
        found, waiting = set[str](), set(modules)
        while waiting:
            found |= waiting
            waiting = {other for module in waiting for other in self.imports(module)} - found
        return found

    def strangers(self, called: Iterable[CodeType]) -> set[str]:
        """Those of the functions that are not shared on purpose, by name."""
        return {code.co_qualname for code in called if not self.on_purpose(code)}

    def shared(self, claims: Iterable[Claim]) -> list[str]:
        """Which functions claims and premises call that the rules of their systems call too."""
        found, systems = set[str](), dict[Circumstances, tuple[Any, set[CodeType]]]()
        for claim in claims:
            if claim.circumstances not in systems:
                model = claim.circumstances.model()
                with watched() as rules:
                    _ = model.system
                systems[claim.circumstances] = model, rules
            model, rules = systems[claim.circumstances]
            again = self._unasked(model)
            with watched(self.untrusted) as judges:
                claim.make_property(again)
                claim.make_premise(again)
            found |= {f"{claim.name}: {name}" for name in self.strangers(rules & judges)}
        return sorted(found)

    def _unasked(self, model: Any) -> Any:
        """The model with its system, and with nothing else that was asked for before."""
        again = replace(model)
        for name in self.built:
            again.__dict__[name] = getattr(model, name)
        return again


@contextmanager
def watched(untrusted: tuple[str, ...] = ()) -> Iterator[set[CodeType]]:
    """The functions of quorate that are called, but for those that `untrusted` ones call."""
    called, depth = set[CodeType](), [0]

    def watch(frame: FrameType, event: str, _: object) -> None:
        inside = bool(untrusted) and frame.f_code.co_filename.endswith(untrusted)
        if event == "call":
            if not depth[0] and "quorate" in frame.f_code.co_filename:
                called.add(frame.f_code)
            depth[0] += inside
        elif event == "return":
            depth[0] -= inside

    sys.setprofile(watch)
    try:
        yield called
    finally:
        sys.setprofile(None)


def hour() -> float:
    return 3600.0


def is_proved(claim: Claim) -> bool:
    model = claim.circumstances.model()
    known = induction.inductive(model.system, model.system.offered, hour)
    asked = claim.make_property(model)
    return isinstance(proved(induction.prove, model.system, asked, known, hour), Proved)


def is_refuted(claim: Claim, deepest: int) -> bool:
    model = claim.circumstances.model()
    asked = claim.make_property(model)
    return isinstance(searched(bmc.search, model.system, asked, deepest, hour), Refuted)
