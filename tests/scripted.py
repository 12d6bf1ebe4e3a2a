"""Text fixtures: a command, a line ----, and what the code answers up to the next empty line.

    # A comment is the reason of the case below it.
    votes mode=node-majority nodes=(A,B,C) up=(A,B)
    ----
    won 2 of 3, needs 2

Comments and empty lines stand where they stand. With `--rewrite` the answers are written into the
file; commit the diff only if you understand it.
"""

import pathlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

_ARGUMENT = re.compile(r"(\w+)=(\([^)]*\)|\S+)")


@dataclass(frozen=True)
class Command:
    """`words(name)` is an argument (A,B) as a list, `[name]` any argument as it is written."""

    name: str
    arguments: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.arguments[name]

    def words(self, name: str) -> list[str]:
        inside = self.arguments[name].removeprefix("(").removesuffix(")")
        return [word.strip() for word in inside.split(",") if word.strip()]


def check_script(path: pathlib.Path, answer: Callable[[Command], str], rewrite: bool) -> None:
    """Run every command of the file; fail where an answer differs, or rewrite the file."""
    written = path.read_text(encoding="utf-8")
    said = "".join(_answered(written, answer))
    if rewrite:
        path.write_text(said, encoding="utf-8")
        return
    assert said == written


def _answered(script: str, answer: Callable[[Command], str]) -> Iterator[str]:
    lines = iter(script.splitlines())
    for line in lines:
        yield f"{line}\n"
        if not line.strip() or line.startswith("#"):
            continue
        assert next(lines) == "----", f"no ---- below {line!r}"
        yield f"----\n{answer(_command(line))}\n"
        for old in lines:
            if not old.strip():
                yield "\n"
                break


def _command(line: str) -> Command:
    name, _, rest = line.partition(" ")
    assert not _ARGUMENT.sub("", rest).strip(), f"cannot read the arguments of {line!r}"
    return Command(name, dict(_ARGUMENT.findall(rest)))
