"""The web server's settings."""

import gc
import signal
from typing import Any

from config.processes import die_with_parent

workers = 2
threads = 4
graceful_timeout = 25  # seconds in which requests in flight may finish; below what `up` waits
control_socket_disable = True


def post_fork(server: Any, worker: Any) -> None:
    """A worker ends with its server, so that the port is free at once."""
    die_with_parent(signal.SIGKILL)


def post_worker_init(worker: Any) -> None:
    """What a worker has loaded stays for good: it is left out when garbage is looked for.

    Going through all of it took a tenth of a second, in the middle of somebody's page.
    """
    from django.urls import get_resolver  # the application's settings are there only now

    get_resolver().url_patterns  # noqa: B018  loads every page, which the first reader need not do
    gc.collect()
    gc.freeze()
