"""The real web server on a database of its own, which tests may kill, fill up and lock."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import psutil
import psycopg
import pytest
from django.conf import settings
from django.db import connection

from config.embedded import Cluster
from tests.databases import copied
from tests.working import free_port, wait_until

PATIENCE = 180.0  # seconds after which a client gives up on a page
TOKEN = "t" * 32


class Site:
    """The web server and its database; it shares the tests' secret key, and so their sessions."""

    def __init__(self, var: Path) -> None:
        self.var, self.log = var, var / "web.log"
        self.cluster = Cluster(var, max_connections="40")
        self.process: subprocess.Popen[bytes] | None = None
        drop = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
        kept = {name: value for name, value in os.environ.items() if name not in drop}
        self.env = kept | {"VAR_DIR": str(var)}
        (var / "secret-key").write_text(settings.SECRET_KEY)

    @contextlib.contextmanager
    def connected(self) -> Iterator[None]:
        """The tests' own connection leads to the site's database, to put records into it."""
        kept = dict(connection.settings_dict)
        connection.close()
        there = {"HOST": str(self.cluster.socket_dir), "PORT": str(self.cluster.port)}
        connection.settings_dict.update(there, NAME=Cluster.name, USER=Cluster.name)
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict.update(kept)

    def database(self) -> psycopg.Connection:
        """A connection of whoever looks after the database."""
        return psycopg.connect(f"{self.cluster.admin} dbname={Cluster.name}", autocommit=True)

    def serve(self) -> None:
        """Start the web server where it does not run."""
        if self.process and self.process.poll() is None:
            return
        self.port = free_port()
        argv = [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn"]
        argv += ["--bind", f"127.0.0.1:{self.port}", "--log-level", "info", "config.wsgi"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                argv, env=self.env, cwd=settings.BASE_DIR, stdout=log, stderr=subprocess.STDOUT
            )
        wait_until(self.listens, seconds=PATIENCE, what="The web server's start")

    def stop(self) -> None:
        """Stop the web server, which finishes what it has in hand."""
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=60)

    def listens(self) -> bool:
        """Whether the web server takes connections."""
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def in_hand(self) -> int:
        """How many connections the web server has taken, and not closed."""
        workers = psutil.Process(self.process.pid).children()
        taken = (each for worker in workers for each in worker.net_connections("tcp"))
        return sum(each.status == psutil.CONN_ESTABLISHED for each in taken)

    def told(self, words: str) -> bool:
        """Whether the web server's log has these words."""
        return words in self.log.read_text()

    def kill_database(self) -> None:
        """End every process of the database at once; it does not come back by itself."""
        os.killpg(self.cluster.process.pid, signal.SIGKILL)
        self.cluster.process.wait()

    def asked(
        self, path: str, session: str = "", typed: dict[str, str] | None = None, **headers: str
    ) -> "Answer":
        """What the server answers to one request; ``typed`` is a form that is sent."""
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        sent = {"Cookie": cookies} | headers
        body = None
        if typed is not None:
            sent |= {"Content-Type": "application/x-www-form-urlencoded"}
            body = urlencode({"csrfmiddlewaretoken": TOKEN} | typed)
        asks = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        began = time.monotonic()
        with contextlib.closing(asks):
            asks.request("GET" if body is None else "POST", path, body=body, headers=sent)
            response = asks.getresponse()
            text = response.read().decode()
        return Answer(response, text, time.monotonic() - began)


class Answer:
    """An answer of the server: status, headers, text, and the seconds that it took."""

    def __init__(self, response: http.client.HTTPResponse, text: str, seconds: float) -> None:
        self.status, self.headers = response.status, response.headers
        self.text, self.seconds = text, seconds


@pytest.fixture(scope="session")
def site(migrated: str) -> Iterator[Site]:
    """The site, with its tables and nothing in them, for all the tests that go to it."""
    var = Path(tempfile.mkdtemp(prefix="reckoner-site-"))
    var.chmod(0o711)
    made = Site(var)
    made.cluster.start()
    copied(migrated, made.cluster)
    yield made
    made.stop()
    made.cluster.stop()
    shutil.rmtree((var / "postgres").resolve())
    shutil.rmtree(made.cluster.socket_dir, ignore_errors=True)
    shutil.rmtree(var)
