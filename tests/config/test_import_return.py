"""The command that takes returns in: whole or not at all, in little memory, whatever they are."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from config import doorbell
from referrals.models import Child, Referral
from tests import making
from tests.config import hostile
from tests.returns import child, children, extract, referral, take, take_one

MEGABYTES = 200
MANY_CHILDREN = 2_000
ROOT = Path(__file__).resolve().parents[2]
# The greatest memory in kilobytes. That of getrusage begins with what the tests themselves hold.
MEASURED = (
    "import re, runpy, sys; sys.argv[0] = 'manage.py'\n"
    "try: runpy.run_path('manage.py', run_name='__main__')\n"
    "finally: print(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1],"
    " file=sys.stderr)"
)


def environment() -> dict[str, str]:
    """What another process needs to work in the database of this test."""
    at = connection.settings_dict
    place = f"{at['USER']}@{at['HOST'].replace('/', '%2F')}:{at['PORT']}/{at['NAME']}"
    return os.environ | {"DATABASE_URL": f"postgres://{place}"}


def start(*arguments: str | Path) -> subprocess.Popen:
    """`import_return` as a process of its own, which tells its greatest memory as it ends."""
    command = [sys.executable, "-c", MEASURED, "import_return", *map(str, arguments)]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def many(path: Path, number: int) -> Path:
    """A CIN census of so many children."""
    path.write_text(children(*(child(referral(), reference=f"C{n}") for n in range(number))))
    return path


# Broken and hostile files


@pytest.fixture(scope="module")
def tried(tmp_path_factory, django_db_setup) -> dict:
    """All hostile files, and a long sound one, taken in by one process, which keeps nothing."""
    folder = tmp_path_factory.mktemp("hostile")
    files = [hostile.write(folder, name) for name in hostile.REFUSED]
    sound = many(folder / "sound.xml", MANY_CHILDREN)
    process = start("--dry-run", "--authority", "901", "--format", "json", *files, sound)
    out, errors = process.communicate()
    return {
        "reports": {Path(report["file"]).name: report for report in json.loads(out)["files"]},
        "errors": errors,
        "code": process.returncode,
    }


@pytest.mark.xdist_group("hostile")
@pytest.mark.parametrize("name", hostile.REFUSED)
def test_hostile_file_is_refused_as_a_whole_with_a_sentence(tried, name):
    report = tried["reports"][name]
    assert report["refused"].endswith((".", "?"))
    assert report["total"] == dict.fromkeys(report["total"], 0)


@pytest.mark.xdist_group("hostile")
def test_no_hostile_file_costs_memory_or_ends_in_a_traceback(tried):
    assert tried["code"] == 1
    assert "Traceback" not in tried["errors"]
    assert int(tried["errors"].split()[-1]) < MEGABYTES * 1024
    assert tried["reports"]["sound.xml"]["kinds"]["child"]["new"] == MANY_CHILDREN


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("half.xml", "Line 1: the XML is broken or cut off"),
        ("wrong_root.xml", "<Messages>. That of a return is <Message>"),
        ("leaf_case.xml", "<CINReferralDate> is written <CINreferralDate>"),
        ("block_case.xml", "<CHILD> is written <Child>"),
        ("doctype.xml", "DOCTYPE"),
        ("deep.xml", "deeper than 64"),
        ("flat.xml", "more than 2,000,000 elements"),
        ("latin1_as_utf8.xml", "encoding"),
        ("nul.csv", "NUL"),
        ("workbook.csv", "Save each sheet as CSV"),
        ("unclosed_quote.csv", "quotation mark"),
    ],
)
@pytest.mark.xdist_group("hostile")
def test_sentence_says_what_is_wrong(tried, name, told):
    assert told in tried["reports"][name]["refused"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["missing.xml", "folder"])
def test_what_is_no_file_is_refused(tmp_path, name):
    (tmp_path / "folder").mkdir()
    assert take(tmp_path / name)[0]["refused"] == "There is no such file."


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_encodings_that_councils_use_are_read(tmp_path, encoding):
    path = tmp_path / "cin.xml"
    first = "" if encoding == "utf-8-sig" else f'<?xml version="1.0" encoding="{encoding}"?>\n'
    path.write_text(first + children(child(referral(), reference="Zoë’s")), encoding=encoding)
    take_one(path)
    assert Child.objects.get().reference == "Zoë’s"


# Whole or not at all


@pytest.mark.django_db
def test_file_that_is_refused_does_not_keep_the_others_out(tmp_path):
    half = tmp_path / "half.xml"
    half.write_text(children(child(referral(), reference="C1"))[:-30])
    refused, taken = take(half, many(tmp_path / "whole.xml", 2))
    assert refused["refused"]
    assert taken["total"]["new"] == 4
    assert Child.objects.count() == 2


@pytest.mark.django_db
def test_dry_run_says_everything_and_keeps_nothing(tmp_path):
    persons = extract("ssd_person", tmp_path, {"pers_person_id": "P1"})
    episode = {
        "cine_referral_id": "R1",
        "cine_person_id": "P1",
        "cine_referral_date": "2023-05-02",
    }
    episodes = extract("ssd_cin_episodes", tmp_path, episode)
    reports = take(episodes, persons, dry_run=True, authority="901")
    assert [report["total"]["new"] for report in reports] == [1, 1]
    assert not Child.objects.exists()
    assert not making.Team.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_import_that_is_killed_leaves_nothing_and_can_be_repeated(tmp_path):
    path = many(tmp_path / "cin.xml", MANY_CHILDREN)
    process = start(path)
    try:
        _wait_until_it_writes()
        process.send_signal(signal.SIGKILL)
    finally:
        process.communicate()
    assert not Child.objects.exists()
    assert not Referral.objects.exists()
    path = many(path, 3)
    assert take_one(path)["kinds"]["child"]["new"] == 3


def _wait_until_it_writes() -> None:
    """Until another session has rows of children that it has not committed."""
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_locks WHERE relation = 'referrals_referral'::regclass"
                " AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone():
                return
        time.sleep(0.1)
    pytest.fail("The import never wrote anything.")


# What it says and does besides


@pytest.mark.django_db
def test_table_tells_counts_and_each_refusal_with_its_place(tmp_path):
    path = tmp_path / "cin.xml"
    path.write_text(children(child(referral(CINreferralDate="Notadate"), referral())))
    out = io.StringIO()
    call_command("import_return", str(path), stdout=out)
    lines = out.getvalue().splitlines()
    assert "read" in lines[2]
    assert "refused" in lines[2]
    assert any(
        line.startswith("REFUSED  line 1, referral C1: CINreferralDate “Notadate”: This is not a")
        for line in lines
    )


@pytest.mark.django_db
def test_progress_is_told_to_a_terminal_only(tmp_path):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    path = many(tmp_path / "cin.xml", 2)
    quiet, terminal = io.StringIO(), Terminal()
    call_command("import_return", str(path), stdout=io.StringIO(), stderr=quiet)
    call_command("import_return", str(path), stdout=io.StringIO(), stderr=terminal)
    assert quiet.getvalue() == ""
    assert "cin.xml: 2 read" in terminal.getvalue()


@pytest.mark.django_db
def test_doorbell_rings_once_and_only_after_a_change(tmp_path, monkeypatch):
    rung = []
    monkeypatch.setattr(doorbell, "ring", lambda: rung.append("rung"))
    path = many(tmp_path / "cin.xml", 2)
    take(path, dry_run=True)
    assert rung == []
    take(path)
    assert rung == ["rung"]
    take(path)
    assert rung == ["rung"]


@pytest.mark.django_db
def test_history_says_which_file_a_change_came_from(tmp_path):
    take(many(tmp_path / "cin.xml", 1))
    event = Child.pgh_event_model.objects.get()
    assert event.pgh_context.metadata == {"command": "import_return", "file": "cin.xml"}
