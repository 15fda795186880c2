"""64 people look at 50 children each while the database is killed: what was shown is logged."""

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
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from config.embedded import Cluster
from tests.databases import copied
from tests.working import free_port, wait_until

pytestmark = pytest.mark.xdist_group("up")

CLIENTS, CHILDREN = 64, 50
PATIENCE = 180.0  # seconds after which a client gives up on a page
KILLED_AFTER = CLIENTS * CHILDREN // 3  # pages shown

SEED = f"""
import json
from django.conf import settings
from django.test import Client
from tests import making
authority = making.authority()
names = {{}}
for at in range({CHILDREN}):
    name = f"Marked-{{at}}-"
    names[making.child(authority=authority, first_name="Bo", last_name=name).pk] = name
sessions = {{}}
for at in range({CLIENTS}):
    account = making.holder("service_manager", authority)
    client = Client()
    client.force_login(account)
    client.get("/children/0/moved/", HTTP_HOST="localhost")
    sessions[account.pk] = client.cookies[settings.SESSION_COOKIE_NAME].value
print(json.dumps([settings.SESSION_COOKIE_NAME, sessions, names]))
"""


class Site:
    """The web server on a database of its own, which can be killed."""

    def __init__(self, var: Path) -> None:
        self.var, self.cluster = var, Cluster(var)
        drop = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE"}
        kept = {name: value for name, value in os.environ.items() if name not in drop}
        self.env = kept | {"VAR_DIR": str(var), "PYTHONPATH": str(settings.BASE_DIR)}
        self.port = free_port()

    def manage(self, *args: str) -> str:
        argv = [sys.executable, str(settings.BASE_DIR / "manage.py"), *args]
        return subprocess.run(
            argv, env=self.env, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    @contextlib.contextmanager
    def serving(self) -> Iterator[None]:
        argv = [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn"]
        argv += ["--bind", f"127.0.0.1:{self.port}", "--log-level", "critical", "config.wsgi"]
        log = self.var / "web.log"
        with log.open("w") as out:
            web = subprocess.Popen(
                argv, env=self.env, cwd=settings.BASE_DIR, stdout=out, stderr=subprocess.STDOUT
            )
            try:
                wait_until(self._accepts, seconds=PATIENCE, what="The web server's start")
                yield
            finally:
                web.terminate()
                web.wait(timeout=60)

    def _accepts(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill_database(self) -> None:
        os.killpg(self.cluster.process.pid, signal.SIGKILL)
        self.cluster.process.wait()

    def looks(self) -> Counter:
        address = f"host={self.cluster.socket_dir} user={Cluster.name} dbname={Cluster.name}"
        with psycopg.connect(address) as db:
            return Counter(db.execute("SELECT user_id, child_id FROM referrals_look").fetchall())


@pytest.fixture
def site(migrated: str) -> Iterator[Site]:
    var = Path(tempfile.mkdtemp(prefix="reckoner-looks-"))
    var.chmod(0o711)
    made = Site(var)
    made.cluster.start()
    copied(migrated, made.cluster)
    yield made
    made.cluster.stop()
    shutil.rmtree((var / "postgres").resolve())
    shutil.rmtree(made.cluster.socket_dir, ignore_errors=True)
    shutil.rmtree(var)


class Reader:
    """Someone who opens one page after the other, again until it is shown."""

    def __init__(self, port: int, cookie: str, names: dict[str, str]) -> None:
        self.port, self.cookie, self.names = port, cookie, names
        self.failed: Counter = Counter()

    def open(self, child: str) -> None:
        """Open the form for a child's move; what it shows is the name of that child alone."""
        give_up = time.monotonic() + PATIENCE
        while (status := self.asked(child)) != 200:
            self.failed[status] += 1
            if time.monotonic() > give_up:
                raise AssertionError(f"Child {child} answers {status} for {PATIENCE} seconds")
            time.sleep(1)

    def asked(self, child: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            try:
                connection.request(
                    "GET", f"/children/{child}/moved/", headers={"Cookie": self.cookie}
                )
                response = connection.getresponse()
                page = response.read().decode()
            except (OSError, http.client.HTTPException):
                return 0
        seen = {name for name in self.names.values() if name in page}
        if response.status != 200:
            assert not seen, "A page that failed shows a child."
            return response.status
        assert seen == {self.names[child]}
        return 200


def test_what_was_shown_is_logged_though_the_database_was_killed(site: Site) -> None:
    cookie, sessions, names = json.loads(site.manage("shell", "-v", "0", "-c", SEED))
    before = site.looks()
    assert not before
    shown: Counter = Counter()
    counted, enough = threading.Lock(), threading.Event()

    def read(user: str, session: str) -> Reader:
        reader = Reader(site.port, f"{cookie}={session}", names)
        for child in names:
            reader.open(child)
            with counted:
                shown[int(user), int(child)] += 1
                if shown.total() >= KILLED_AFTER:
                    enough.set()
        return reader

    with site.serving(), ThreadPoolExecutor(CLIENTS) as pool:
        reading = [pool.submit(read, *session) for session in sessions.items()]
        assert enough.wait(PATIENCE)
        site.kill_database()
        time.sleep(0.5)
        site.cluster.start()
        readers = [task.result() for task in reading]

    logged, failed = site.looks(), sum((reader.failed for reader in readers), Counter())
    assert shown.total() == CLIENTS * CHILDREN
    assert shown.keys() == logged.keys()
    assert (logged - shown).total() <= failed.total()
    assert failed[503] > 0
    assert failed.keys() <= {0, 503}
