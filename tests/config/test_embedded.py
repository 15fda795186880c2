"""The embedded database: whole or absent, found by everyone, and gone when nobody needs it."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.core.checks import Error
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from config.apps import check_durability, check_version
from config.embedded import CannotStart, Cluster, owning, serving

pytestmark = pytest.mark.xdist_group("embedded")


@pytest.fixture
def var() -> Iterator[Path]:
    """A folder that the account which runs PostgreSQL may pass through."""
    path = Path(tempfile.mkdtemp(prefix="reckoner-var-"))
    path.chmod(0o711)
    yield path
    home = (path / "postgres").resolve()
    shutil.rmtree(path)
    shutil.rmtree(home, ignore_errors=True)
    shutil.rmtree(Cluster(path).socket_dir, ignore_errors=True)


def test_first_start_makes_a_database_whose_owner_rules_nothing_else(var: Path) -> None:
    with serving(Cluster(var)):
        with psycopg.connect(own(var)) as db:
            row = db.execute(
                "SELECT rolsuper, datcollate, datlocprovider, current_setting('listen_addresses'),"
                " current_setting('synchronous_commit'), current_setting('jit')"
                " FROM pg_roles, pg_database WHERE rolname = current_user"
                " AND datname = current_database()"
            ).fetchone()
        assert row == (False, "C", "b", "", "on", "off")
        assert Cluster(var).socket_dir.stat().st_mode & 0o777 == 0o700
    assert not Cluster(var).accepts()
    assert not Cluster(var).socket_dir.exists()


def test_a_second_command_finds_the_server_and_the_first_to_come_waits_for_it(var: Path) -> None:
    inside, leave = threading.Event(), threading.Event()

    def visit() -> None:
        with serving(Cluster(var)):
            inside.set()
            leave.wait()
            assert Cluster(var).accepts()

    guest = threading.Thread(target=visit)
    with serving(Cluster(var)):
        guest.start()
        inside.wait()
        threading.Timer(0.5, leave.set).start()
        left_at = time.monotonic()
    assert time.monotonic() - left_at >= 0.5
    guest.join()
    assert not Cluster(var).accepts()


def test_what_was_acknowledged_survives_the_kill_of_every_server_process(var: Path) -> None:
    cluster = Cluster(var)
    cluster.start()
    with psycopg.connect(own(var), autocommit=True) as db:
        db.execute("CREATE TABLE kept (id int PRIMARY KEY)")
        db.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
    os.killpg(cluster.process.pid, signal.SIGKILL)
    cluster.process.wait()
    assert cluster.has_ended()
    with owning(Cluster(var)), psycopg.connect(own(var)) as db:
        assert db.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_the_server_ends_with_a_command_that_is_killed(var: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path\n"
        "from config.embedded import Cluster, serving\n"
        "with serving(Cluster(Path(sys.argv[1]))):\n"
        "    print('serving', flush=True); time.sleep(60)"
    )
    command = subprocess.Popen([sys.executable, "-c", script, var], stdout=subprocess.PIPE)
    assert command.stdout.readline() == b"serving\n"
    command.kill()
    command.communicate()
    give_up = time.monotonic() + 10
    lock_file = var / "postgres" / "data" / "postmaster.pid"  # the last thing that it removes
    while lock_file.exists() and time.monotonic() < give_up:
        time.sleep(0.05)
    assert not lock_file.exists()
    assert not Cluster(var).accepts()


def test_making_the_data_is_all_or_nothing(var: Path) -> None:
    cut_short = var / "postgres" / "new-cut-short"
    cut_short.mkdir(parents=True)
    (cut_short / "PG_VERSION").write_text("18")
    with serving(Cluster(var)):
        assert not cut_short.exists()


def test_a_socket_folder_that_somebody_else_made_is_refused(var: Path) -> None:
    cluster = Cluster(var)
    cluster.socket_dir.mkdir(mode=0o777)
    cluster.socket_dir.chmod(0o777)
    try:
        with pytest.raises(CannotStart, match="in the way"):
            cluster.start()
    finally:
        cluster.socket_dir.rmdir()


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root lends PostgreSQL to another account.")
def test_root_may_keep_everything_in_a_folder_that_is_closed_to_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Cluster, "_may", lambda *_: False)
    with tempfile.TemporaryDirectory(prefix="reckoner-closed-") as closed:
        var = Path(closed, "var")
        with serving(Cluster(var)):
            home = (var / "postgres").resolve()
            assert Path(closed) not in home.parents
            assert [path.name for path in home.iterdir() if path.name.startswith("binaries-")]
        shutil.rmtree(home)
        assert Path(closed).stat().st_mode & 0o777 == 0o700


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["synchronous_commit"])
def test_a_database_that_may_lose_what_it_acknowledged_is_refused(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {name} = off")
    found = {message.msg for message in check_durability(databases=["default"])}
    assert any(name in text for text in found)
    assert all(isinstance(message, Error) for message in check_durability(databases=["default"]))


def own(var: Path) -> str:
    """The connection string of the database's owner."""
    cluster = Cluster(var)
    return f"host={cluster.socket_dir} user={cluster.name} dbname={cluster.name}"


@pytest.mark.django_db
def test_a_database_of_a_version_between_is_refused_and_not_taken_for_one_of_today() -> None:
    assert check_version(databases=["default"]) == []
    steps = MigrationRecorder(connection).migration_qs.filter(app="visits")
    steps.filter(name="0001_initial").delete()
    assert check_version(databases=["default"]) == []
    steps.filter(name="0010_newest_plans").delete()
    [refused] = check_version(databases=["default"])
    assert "visits has not been through 0010_newest_plans" in refused.msg
    with pytest.raises(CommandError, match="Start the version from before"):
        call_command("kpis")
    with pytest.raises(CommandError, match="of an older version"):
        call_command("migrate", skip_checks=False)
    steps.all().delete()
    assert check_version(databases=["default"]) == []
