"""How many random examples a test looks at: some in `make test`, and in `make sweep` as many as it
says, which is more."""

import os


def examples(usual: int) -> int:
    """`usual`, or what the environment variable QUORATE_EXAMPLES asks for."""
    return int(os.environ.get("QUORATE_EXAMPLES", str(usual)))
