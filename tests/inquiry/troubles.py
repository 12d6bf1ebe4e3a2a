"""Claims that go wrong in every way that a process can, in a claim file beside sound ones."""

from pathlib import Path

TESTS = Path(__file__).parents[1]

_HEAD = f"""
import os, signal, sys, time
from dataclasses import dataclass, replace
from functools import cached_property
sys.path.append({str(TESTS)!r})
from families.lease import FENCED_CLAIM, Lease, Server, one_writes

SOUND = replace(FENCED_CLAIM, teeth=())

def named(name, make, **changed):
    return replace(SOUND, name=name, make_property=make, **changed)

def dies(model):
    os._exit(7)

def is_killed(model):
    os.kill(os.getpid(), signal.SIGKILL)

def hangs(model):
    time.sleep(60)

def raises(model):
    return one_writes(model) / 0

def leaves(model):
    sys.exit(0)

@dataclass(frozen=True)
class Unbuildable(Lease):
    trouble: str = ""

    @cached_property
    def system(self):
        if self.trouble == "hangs":
            time.sleep(60)
        if self.trouble == "dies":
            os._exit(7)
        raise RuntimeError("no such lock")

def about(trouble):
    return Unbuildable(Server("No server"), trouble=trouble)
"""


def claim_file(folder: Path, claims: str) -> Path:
    """A claim file whose CLAIMS are these, by the names above."""
    file = folder / "claims.py"
    file.write_text(f"{_HEAD}\nCLAIMS = ({claims},)\n", encoding="utf-8")
    return file
