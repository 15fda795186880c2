"""Child processes that never outlive the one that started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # what tells us to stop
LOG_LIMIT = 10 * 1024 * 1024

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def spawn(
    argv: Sequence[str | Path],
    *,
    log: Path,
    dies_with_us: signal.Signals = signal.SIGKILL,
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
    process = None
    try:
        with log.open("ab") as out, _undisturbed():
            process = subprocess.Popen(
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
    except BaseException:
        if process is not None:
            process.send_signal(dies_with_us)
            process.wait()
        raise
    return process


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Let signals wait that tell us to stop: what one raises while we fork is dropped by Python."""
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)


def run(argv: Sequence[str | Path], *, cwd: Path, env: dict[str, str], limit: float) -> None:
    """Run a program to its end. Nothing that it starts is left when we are told to stop meanwhile.

    Raises CalledProcessError where it fails, with what it said, and TimeoutExpired.
    """
    with subprocess.Popen(
        argv,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_die_with(os.getpid(), signal.SIGKILL),
    ) as process:
        try:
            said, complained = process.communicate(timeout=limit)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, argv, said, complained)


def _die_with(parent: int, number: signal.Signals) -> Callable[[], None]:
    """What the child does between fork and exec: it ties its life to that of `parent`."""

    def tie() -> None:
        die_with_parent(number)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
        if os.getppid() != parent:
            os._exit(125)

    return tie


def die_with_parent(number: signal.Signals) -> None:
    """Have the kernel send us this signal when our parent ends, however it ends.

    Only Linux can; elsewhere a parent that is killed leaves its children running.
    """
    if _libc is not None and _libc.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) is refused")


def last_lines(log: Path, count: int = 15) -> str:
    """The end of a log file, to be shown beside an error."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])


class Service:
    """A child process that is started again when it ends by itself, later each time."""

    SETTLED_AFTER = 60.0
    LONGEST_DELAY = 30.0

    def __init__(self, name: str, argv: Sequence[str | Path], *, log: Path, env: dict[str, str]):
        self.name, self.argv, self.log, self.env = name, argv, log, env
        self.process: subprocess.Popen[bytes] | None = None
        self._failures = 0
        self._started_at = self._next_at = 0.0

    def keep_running(self) -> None:
        """Start it where it does not run and its delay is over. To be called again and again."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            if now - self._started_at > self.SETTLED_AFTER:
                self._failures = 0
            self._next_at = now + min(2**self._failures, self.LONGEST_DELAY)
            self._failures += 1
            self.process = None
        if self.process is None and now >= self._next_at:
            self._started_at = now
            self.process = spawn(self.argv, log=self.log, env=self.env)

    def ask_to_stop(self) -> None:
        """Let it finish what it has in hand, and take nothing new."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self, *, until: float) -> None:
        """Wait for its end until that (monotonic) time, then end it with all its own children."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None
