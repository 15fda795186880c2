"""A real Celery worker on the test's own database, with real queues in it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from kombu import pools

from config import broker
from config.celery import app
from indicators.models import Heartbeat

BASE = settings.BASE_DIR
READY_LIMIT = 60.0


def database_url() -> str:
    """The test's database as DATABASE_URL names it."""
    made = connection.settings_dict
    host, user = quote(made["HOST"], safe=""), made["USER"]
    return f"postgresql://{user}@{host}:{made['PORT']}/{made['NAME']}"


def wait_until(true, *, seconds: float = 30.0, what: str = "it") -> None:
    """Wait for something to become true; fail with its name where it does not."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            raise AssertionError(f"{what} did not happen within {seconds:g} seconds")
        time.sleep(0.02)


def free_port() -> int:
    """A port that nobody listens at, below those that the system gives to whoever takes any."""
    for port in range(20_000 + os.getpid() % 5_000, 32_000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise AssertionError("No port is free.")


class Worker:
    """A worker process that can be killed."""

    def __init__(self) -> None:
        Heartbeat.objects.filter(name="worker").delete()
        environment = {
            name: value for name, value in os.environ.items() if name != "CELERY_BROKER_URL"
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", "1", "-l", "warning"],
            cwd=BASE,
            env=environment | {"DATABASE_URL": database_url()},
            start_new_session=True,
        )
        wait_until(
            Heartbeat.objects.filter(name="worker").exists,
            seconds=READY_LIMIT,
            what="The worker's first heartbeat",
        )

    def kill(self) -> None:
        """End the worker and its children at once, as a lack of memory does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End the worker when it has finished what it does."""
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)


@contextmanager
def queues() -> Iterator[None]:
    """The task queue of the test's process in the test's database, instead of in memory."""
    broker.install()
    kept = os.environ["CELERY_BROKER_URL"], app.conf.broker_transport_options
    os.environ["CELERY_BROKER_URL"] = "pgmq://localhost"
    app.conf.broker_transport_options = broker.options(connection.settings_dict)
    forget_connections()
    try:
        yield
    finally:
        os.environ["CELERY_BROKER_URL"], app.conf.broker_transport_options = kept
        forget_connections()


def forget_connections() -> None:
    """Close what the process has open to the broker, so that it opens it anew as configured."""
    pools.reset()
    app.amqp._producer_pool = None
    app._pool = None
