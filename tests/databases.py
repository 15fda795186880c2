"""The databases of a run: several on one server, reached by one connection; copies elsewhere."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from config.embedded import Cluster


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """The tests' connection leads to another database of the same server."""
    kept = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = kept


def copied(name: str, cluster: Cluster) -> None:
    """Fill the database of another server, which is empty, with all that one of this run has."""
    at = connection.settings_dict
    from_here = [f"--host={at['HOST']}", f"--port={at['PORT'] or 5432}", f"--username={at['USER']}"]
    to_there = [f"--host={cluster.socket_dir}", f"--port={cluster.port}"]
    to_there += [f"--username={cluster.name}", "--set=ON_ERROR_STOP=1", "--quiet", cluster.name]
    dumped = subprocess.run(
        [cluster.programs / "pg_dump", *from_here, name], check=True, stdout=subprocess.PIPE
    )
    subprocess.run(
        [cluster.programs / "psql", *to_there],
        check=True,
        input=dumped.stdout,
        stdout=subprocess.DEVNULL,
    )
