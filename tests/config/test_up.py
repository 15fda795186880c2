"""`manage.py up`: one command starts everything, and nothing outlives it."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from config.embedded import Cluster
from config.management.commands import up
from tests.working import free_port

pytestmark = pytest.mark.xdist_group("up")

READY = "Ctrl-C stops everything"


class Installation:
    """A folder of its own, in which `up` is run, and the port it listens at."""

    def __init__(self, var: Path) -> None:
        self.var, self.port = var, free_port()
        drop = {"CELERY_BROKER_URL", "DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
        kept = {name: value for name, value in os.environ.items() if name not in drop}
        self.env = kept | {"VAR_DIR": str(var)}

    def command(self, *args: str) -> subprocess.Popen[str]:
        argv = [sys.executable, str(settings.BASE_DIR / "manage.py"), *args]
        return subprocess.Popen(
            argv, env=self.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def up(self) -> subprocess.Popen[str]:
        """Start everything; return when it says that it is ready."""
        process = self.command("up", "--empty", "--port", str(self.port))
        said = []
        for line in process.stdout:
            said.append(line)
            if READY in line:
                return process
        raise AssertionError("".join(said))

    def health(self) -> tuple[int, dict]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection):
            connection.request("GET", "/health/")
            response = connection.getresponse()
            return response.status, json.load(response)


@pytest.fixture(scope="module")
def installation(front_end: None) -> Iterator[Installation]:
    var = Path(tempfile.mkdtemp(prefix="reckoner-up-"))
    var.chmod(0o711)
    shutil.copytree(settings.FRONTEND_DIR, var / "frontend")
    yield Installation(var)
    shutil.rmtree((var / "postgres").resolve())
    shutil.rmtree(Cluster(var).socket_dir, ignore_errors=True)
    shutil.rmtree(var)


def children(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def programs(processes: list[psutil.Process]) -> set[str]:
    known = ("worker", "beat", "gunicorn", "postgres")
    lines = [process.cmdline() for process in processes]
    return {name for name in known for line in lines if any(name in part for part in line[:6])}


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    give_up = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.1)
    return True


def test_everything_runs_is_mended_and_stops_together(installation: Installation) -> None:
    process = installation.up()
    try:
        status, health = installation.health()
        assert (status, health["ok"], health["outbox"]) == (200, True, {"length": 0})
        running = children(process)
        assert programs(running) == {"worker", "beat", "gunicorn", "postgres"}

        second = installation.command("up", "--port", "1")
        said, _ = second.communicate(timeout=30)
        assert second.returncode == 1
        assert "already running" in said
        assert "Traceback" not in said

        database = next(child for child in running if child.name() == "postgres")
        database.kill()
        assert wait_for(lambda: not database.is_running(), 5)
        assert wait_for(lambda: installation.health()[0] == 200, 20)
    finally:
        running = children(process)
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Stopped." in said
    assert psutil.wait_procs(running, timeout=5)[1] == []


def test_kill_leaves_no_process_and_the_next_start_recovers(installation: Installation) -> None:
    process = installation.up()
    running = children(process)
    process.kill()
    process.communicate()
    assert psutil.wait_procs(running, timeout=10)[1] == []

    again = installation.up()
    assert installation.health()[0] == 200
    again.send_signal(signal.SIGINT)
    again.communicate(timeout=60)
    assert again.returncode == 0


MOMENTS = [
    ("", 0.5),
    ("Starting PostgreSQL", 0.0),
    ("Starting PostgreSQL", 0.3),
    ("Bringing the database up to date", 0.3),
    ("Preparing the pages", 0.0),
    ("Starting worker", 0.0),
    ("Starting worker", 1.5),
]


@pytest.mark.parametrize(("step", "later"), MOMENTS)
def test_told_to_stop_while_it_starts(installation: Installation, step: str, later: float) -> None:
    process = installation.command("up", "--empty", "--port", str(installation.port))
    seen = b""
    while step.encode() not in seen:  # a step is named before it is over, on the same line
        more = os.read(process.stdout.fileno(), 1000)
        assert more, f"It ended before it came to that step: {seen.decode()}"
        seen += more
    time.sleep(later)
    running = children(process)
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=60)
    # Before the command has begun it ends as any program does, and has started nothing.
    assert process.returncode in (0, *([-signal.SIGTERM] if not step else [])), said
    assert "Traceback" not in said
    assert "Exception ignored" not in said
    assert psutil.wait_procs(running, timeout=5)[1] == []
    assert wait_for(lambda: not users_of(installation.var), 5)


def users_of(folder: Path) -> list[str]:
    """The processes that were started for an installation's folder."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if str(folder) in " ".join([*process.cmdline(), process.environ().get("VAR_DIR", "")]):
                found.append(" ".join(process.cmdline()))
    return found


class LosesTheException:
    """Something whose finaliser is running when the signal comes: Python drops the exception."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGTERM)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_signal_that_meets_a_finaliser_is_not_lost() -> None:
    command = up.Command()
    before = signal.signal(signal.SIGTERM, command._stop)
    try:
        LosesTheException()
        with pytest.raises(KeyboardInterrupt), command._step("Something that goes on"):
            pass
    finally:
        signal.signal(signal.SIGTERM, before)


STOPPED_IN_AN_IMPORT = """
import signal
from config.management.commands import up
signal.signal(signal.SIGTERM, up.Command()._stop)
try:
    exec("signal.raise_signal(signal.SIGTERM)")
except KeyboardInterrupt:
    print("Stopped.")
"""


def test_signal_that_meets_the_import_of_a_dataclass_ends_well() -> None:
    argv = [sys.executable, "-c", STOPPED_IN_AN_IMPORT]
    run = subprocess.run(argv, cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (0, "Stopped.\n"), run.stderr


def test_a_port_that_is_taken_is_refused_with_a_sentence(installation: Installation) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        _, port = other.getsockname()
        process = installation.command("up", "--empty", "--port", str(port))
        said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert said.startswith("CommandError: Cannot listen at 127.0.0.1")
