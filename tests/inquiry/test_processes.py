"""No process outlives the one that started it, however that ends."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest
from ways import WAYS

from quorate.inquiry.processes import CHOSEN_BY, StartMethod

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="processes are looked for and signalled as POSIX does"
)

PARENT = """
import sys, time
sys.path.append(sys.argv[1])
from sleepers import sleeper
from quorate.inquiry.processes import start_method, started

if __name__ == "__main__":
    kept = [started(start_method(), sleeper) for _ in range(3)]
    print(*(pipe.recv() for _, pipe in kept), flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_processes_end_with_the_one_that_started_them(
    tmp_path: Path, way: StartMethod, number: signal.Signals
) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    parent = subprocess.Popen(
        [sys.executable, str(script), str(Path(__file__).parent)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, CHOSEN_BY: way.value},
    )
    assert parent.stdout is not None
    children = [int(word) for word in parent.stdout.readline().split()]
    assert len(children) == 3
    assert all(map(lives, children))
    parent.send_signal(number)
    ended = monotonic()
    parent.wait(timeout=10)
    while any(map(lives, children)):
        assert monotonic() - ended < 1.0
        sleep(0.01)
    parent.stdout.close()


def lives(number: int) -> bool:
    """Whether it runs; in a container nobody may ask what became of an orphan that has ended."""
    try:
        os.kill(number, 0)
        said = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except ProcessLookupError:
        return False
    except FileNotFoundError:
        return not sys.platform.startswith("linux")
    return said.rpartition(")")[2].split()[0] != "Z"
