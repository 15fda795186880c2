"""The web server's settings."""

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
