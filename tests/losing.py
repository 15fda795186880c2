"""A line to the database that is cut at a COMMIT: before it arrives, or before its answer does."""

import select
import socket
import socketserver
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

COMMIT = b"COMMIT\0"  # the end of the message that asks for it
PIECE = 65_536


class Line(socketserver.ThreadingUnixStreamServer):
    """Passes on what the application and its database say to each other, except at one COMMIT.

    ``cut(at, arrives=…)`` says at which of those to come, and whether the database gets it.
    """

    daemon_threads = True

    def __init__(self, folder: Path, host: str, port: str) -> None:
        self.host, self.to_port = host, port or "5432"
        super().__init__(str(folder / f".s.PGSQL.{self.to_port}"), Passing)
        self.cut(0, arrives=False)

    def cut(self, at: int, *, arrives: bool) -> None:
        self.left, self.arrives = at, arrives

    def is_cut_now(self) -> bool:
        """Whether the COMMIT that has just come is the one."""
        self.left -= 1
        return self.left == 0

    def database(self) -> socket.socket:
        """A connection to the database itself."""
        if not self.host.startswith("/"):
            return socket.create_connection((self.host, int(self.to_port)))
        server = socket.socket(socket.AF_UNIX)
        server.connect(f"{self.host}/.s.PGSQL.{self.to_port}")
        return server


class Passing(socketserver.BaseRequestHandler):
    """One connection over the line."""

    def handle(self) -> None:
        with closing(self.server.database()) as database:
            other = {self.request: database, database: self.request}
            while True:
                for end in select.select([*other], [], [])[0]:
                    said = end.recv(PIECE)
                    if not said:
                        return
                    if end is self.request and COMMIT in said and self.server.is_cut_now():
                        if self.server.arrives:
                            database.sendall(said)
                            database.recv(PIECE)
                        return
                    other[end].sendall(said)


@contextmanager
def line() -> Iterator[Line]:
    """The tests' connection, and those that are opened meanwhile, go over such a line."""
    kept = dict(connection.settings_dict)
    connection.close()
    with (
        tempfile.TemporaryDirectory(prefix="reckoner-line-") as folder,
        Line(Path(folder), kept["HOST"], kept["PORT"]) as made,
    ):
        threading.Thread(target=made.serve_forever, args=(0.05,), daemon=True).start()
        connection.settings_dict["HOST"] = folder
        try:
            yield made
        finally:
            connection.close()
            connection.settings_dict["HOST"] = kept["HOST"]
            made.shutdown()
