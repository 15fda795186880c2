"""Start everything that the service is made of, and keep it running until told to stop."""

import contextlib
import fcntl
import http.client
import importlib
import os
import signal
import socket
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from config import embedded, frontend
from config.processes import STOPS, Service, last_lines

READY_LIMIT = 90.0
STOP_LIMIT = 30.0
LOOK_EVERY = 0.25


class ToldToStop(KeyboardInterrupt):
    """What interrupts us when a signal tells us to stop.

    It is not KeyboardInterrupt itself: of that one Python remembers that it left a piece of code
    run by exec(), as dataclasses do when they are imported, and ends itself with SIGINT although
    it was caught.
    """


class Command(BaseCommand):
    """`manage.py up`: database, task queue, schedule and web server, with one command."""

    help = "Start everything: database, worker, schedule and web server. Ctrl-C stops it."
    requires_system_checks: list[str] = []  # the database is not there yet
    asked_to_stop = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
        parser.add_argument("--port", type=int, default=8000, help="port to listen at")
        parser.add_argument(
            "--empty", action="store_true", help="do not load the demonstration authority"
        )

    def handle(self, *args: Any, host: str, port: int, empty: bool, **options: Any) -> None:
        try:
            for number in STOPS:
                signal.signal(number, self._stop)
            with self._alone():
                self._refuse_taken_port(host, port)
                with self._database():
                    self._prepare(empty=empty)
                    with self._services(host, port) as services:
                        self._wait_until_well(services, host, port)
                        self._welcome(host, port)
                        self._supervise(services)
        except ToldToStop:
            _ignore_stops()
            self._say("Stopped.")
        except embedded.CannotStart as error:
            raise CommandError(str(error)) from error

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """Note that we are to stop, and leave whatever is being done."""
        self.asked_to_stop = True
        raise ToldToStop

    def _go_on(self) -> None:
        """Stop here if we were asked to: Python drops an exception that meets a finaliser."""
        if self.asked_to_stop:
            raise ToldToStop

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    @contextlib.contextmanager
    def _step(self, text: str) -> Iterator[None]:
        started = time.monotonic()
        self.stdout.write(f"{text} … ", ending="")
        self.stdout.flush()
        yield
        self._say(f"{time.monotonic() - started:.1f} s")
        self._go_on()

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        embedded.own_folder(settings.VAR_DIR)
        with (settings.VAR_DIR / "up.lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise CommandError(
                    f"Reckoner is already running on the data in {settings.VAR_DIR}."
                ) from None
            yield

    def _refuse_taken_port(self, host: str, port: int) -> None:
        try:
            family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
        except OSError as error:
            raise CommandError(
                f"Cannot listen at {host}, port {port}: {error.strerror}. "
                "Choose another with --port."
            ) from error

    @contextlib.contextmanager
    def _database(self) -> Iterator[None]:
        if settings.EMBEDDED is None:
            yield
            return
        with contextlib.ExitStack() as stack:
            with self._step("Starting PostgreSQL"):
                stack.enter_context(embedded.owning(settings.EMBEDDED))
            if not settings.EMBEDDED.home.is_relative_to(settings.VAR_DIR.resolve()):
                self._say(f"  Its data are in {settings.EMBEDDED.home}: VAR_DIR is closed to it.")
            yield
            connections.close_all()

    def _prepare(self, *, empty: bool) -> None:
        with self._step("Bringing the database up to date"):
            call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
        with self._step("Preparing the pages' styles and scripts"):
            try:
                frontend.prepare()
            except frontend.CannotPrepare as error:
                self._say(f"\n  The GOV.UK and MOJ packages cannot be fetched: {error}")
                self._say("  Pages are styled plainly; the next start tries again.")
            call_command("collectstatic", verbosity=0, interactive=False)
        if not empty and not apps.get_model("workforce", "Team").objects.exists():
            with self._step("Loading the demonstration authority"):
                call_command("demo", verbosity=0)
        connections.close_all()

    @contextlib.contextmanager
    def _services(self, host: str, port: int) -> Iterator[list[Service]]:
        """Worker, beat and web server, started; on leaving they finish what they have in hand."""
        hosts = {*settings.ALLOWED_HOSTS, host, socket.gethostname()}
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "VAR_DIR": str(settings.VAR_DIR),
            "ALLOWED_HOSTS": ",".join(sorted(hosts)),
            "SITE_ADDRESS": self._site_address(host, port),
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        celery = [sys.executable, "-m", "celery", "-A", "config"]
        worker = [
            "worker",
            "--concurrency=2",
            "--without-gossip",
            "--without-mingle",
            "--without-heartbeat",
        ]
        web = [sys.executable, "-m", "gunicorn", "--config", "python:config.gunicorn"]
        programs = {
            "worker": [*celery, *worker, "--loglevel=INFO"],
            "beat": [*celery, "beat", "--loglevel=INFO"],
            "web": [*web, "--bind", _address(host, port), "config.wsgi"],
        }
        log = settings.VAR_DIR / "log"
        services = [
            Service(name, argv, log=log / f"{name}.log", env=env) for name, argv in programs.items()
        ]
        try:
            yield services
        finally:
            _ignore_stops()
            self._say("Stopping …")
            for service in services:
                service.ask_to_stop()
            until = time.monotonic() + STOP_LIMIT
            for service in services:
                service.stop(until=until)

    def _site_address(self, host: str, port: int) -> str:
        """What links in e-mails begin with: on a local installation, this very server."""
        if settings.LOCAL and not os.environ.get("SITE_ADDRESS"):
            return f"http://{_address(host, port)}"
        return settings.SITE_ADDRESS

    def _keep_running(self, services: list[Service]) -> None:
        self._go_on()
        database = settings.EMBEDDED
        if database is not None and database.has_ended():
            self._say("PostgreSQL has ended; it is started again.")
            database.start()
        for service in services:
            service.keep_running()

    def _wait_until_well(self, services: list[Service], host: str, port: int) -> None:
        with self._step("Starting worker, schedule and web server"):
            give_up = time.monotonic() + READY_LIMIT
            while not _is_well(host, port):
                if time.monotonic() > give_up:
                    logs = "\n".join(f"{s.log}:\n{last_lines(s.log)}" for s in services)
                    raise CommandError(f"The service does not become well.\n{logs}")
                self._keep_running(services)
                time.sleep(LOOK_EVERY)

    def _supervise(self, services: list[Service]) -> None:
        while True:
            self._keep_running(services)
            time.sleep(LOOK_EVERY)

    def _welcome(self, host: str, port: int) -> None:
        self._say(f"\nReckoner is at http://{_address(host, port)}/\n")
        people = get_user_model().objects
        shown = [
            row for row in _demonstration_sign_ins() if people.filter(username=row[0]).exists()
        ]
        for username, password, role in shown:
            self._say(f"  {username:<24} {password:<24} {role}")
        if not people.exists():
            self._say("There are no accounts yet: make one with manage.py administrator.")
        connections.close_all()
        self._say(f"\nLogs are in {Path(settings.VAR_DIR, 'log')}. Ctrl-C stops everything.")


def _ignore_stops() -> None:
    """We are stopping already: who asks again does not keep us from it."""
    for number in STOPS:
        signal.signal(number, signal.SIG_IGN)


def _address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _is_well(host: str, port: int) -> bool:
    """Whether the health page answers that all is well."""
    nearest = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    connection = http.client.HTTPConnection(nearest, port, timeout=5)
    try:
        connection.request("GET", "/health/", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _demonstration_sign_ins() -> list[tuple[str, str, str]]:
    """Username, password and role of the demonstration's people, where there is one."""
    if find_spec("workforce.demo") is None:
        return []
    return importlib.import_module("workforce.demo").SIGN_INS
