"""A process that does nothing for a long time."""

import os
import time

from quorate.inquiry.processes import Pipe


def sleeper(pipe: Pipe, /) -> None:
    pipe.send(os.getpid())
    time.sleep(60)
