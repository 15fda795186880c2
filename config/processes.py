"""Child processes that never outlive the one that started them."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

LOG_LIMIT = 10 * 1024 * 1024

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def spawn(
    argv: Sequence[str | Path],
    *,
    log: Path,
    dies_with_us: signal.Signals = signal.SIGTERM,
    user: tuple[int, int] | None = None,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """A running program in a session of its own, writing to a log file.

    A session of its own keeps the terminal's Ctrl-C from it: whoever starts it, stops it. When
    the starting thread goes, however it goes, the kernel sends the program `dies_with_us`.
    `user` is the (uid, gid) to run as, which only root may choose.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(log.suffix + ".1"))
    identity = {"user": user[0], "group": user[1], "extra_groups": []} if user else {}
    with log.open("ab") as out:
        return subprocess.Popen(
            [str(part) for part in argv],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_die_with(os.getpid(), dies_with_us),
            **identity,
        )


def _die_with(parent: int, number: signal.Signals) -> Callable[[], None]:
    """What the child does between fork and exec: it ties its life to that of `parent`."""

    def tie() -> None:
        if _libc is not None and _libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0) != 0:
            os._exit(126)
        if os.getppid() != parent:
            os._exit(125)

    return tie


def last_lines(log: Path, count: int = 15) -> str:
    """The end of a log file, to be shown beside an error."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
