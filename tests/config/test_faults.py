"""What the real web server does when its database, or it itself, is ended in the middle."""

import os
import signal
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import psycopg
import pytest
from django.test import Client
from django.urls import reverse

from config.embedded import Cluster
from tests import making
from tests.serving import Site
from tests.working import wait_until

pytestmark = pytest.mark.xdist_group("up")

IN_FLIGHT = 20
TYPED = {
    "visited_on": "another",
    "visited_on_day": "3",
    "visited_on_month": "5",
    "visited_on_year": "2019",
    "outcome": "seen",
    "went": "alone",
    "purpose": "statutory",
    "place": "home",
}
HELD_UP = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' LIMIT 1"
COUNTED = "SELECT (SELECT count(*) FROM visits_visit), (SELECT count(*) FROM workforce_submission)"
OUR_OWN = f"""
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{Cluster.name}'
"""


class Casework:
    """An account's session, and the forms on which it logs a visit to each of its children."""

    def __init__(self, site: Site) -> None:
        authority = making.authority()
        team = making.team(authority)
        account = making.holder("caseworker", team)
        children = [making.child(authority=authority) for _ in range(IN_FLIGHT)]
        for child in children:
            making.involvement(child=child, team=team)
        plans = [making.protection_plan(child=child) for child in children]
        client = Client()
        client.force_login(account)
        self.site, self.session = site, client.session.session_key
        self.forms = [reverse("visits:record-visit", args=[plan.pk]) for plan in plans]

    def send(self, form: str, key: str = ""):
        return self.site.asked(form, self.session, TYPED | {"key": key or str(uuid.uuid4())})


@pytest.fixture
def casework(site: Site, django_db_blocker) -> Iterator[Casework]:
    """Casework on a site that serves, in whose database no visit is recorded."""
    with django_db_blocker.unblock(), site.connected():
        made = Casework(site)
    with site.database() as database:
        database.execute("TRUNCATE visits_visit, workforce_submission CASCADE")
    site.serve()
    return made


def held_up(site: Site) -> int:
    """The backend that waits for somebody else's lock, once there is one."""
    with site.database() as database:
        wait_until(lambda: database.execute(HELD_UP).rowcount, what="A wait for the lock")
        return database.execute(HELD_UP).fetchone()[0]


def test_a_backend_killed_in_the_middle_of_a_save_leaves_nothing_and_the_form_can_be_sent_again(
    site, casework
):
    form, key = casework.forms[0], str(uuid.uuid4())
    with ThreadPoolExecutor(1) as pool, site.database() as database, database.transaction():
        database.execute("LOCK TABLE visits_visit IN ACCESS EXCLUSIVE MODE")
        sent = pool.submit(casework.send, form, key)
        os.kill(held_up(site), signal.SIGKILL)
        answer = sent.result(timeout=60)
        with pytest.raises(psycopg.OperationalError):
            database.execute("SELECT")  # the server has ended all its other processes as well
    assert answer.status == 503
    assert answer.headers["Retry-After"] == "2"
    assert "Send it again" in answer.text
    assert f'name="key" value="{key}"' in answer.text
    wait_until(site.cluster.accepts, what="The database's recovery")
    with site.database() as database:
        assert database.execute(COUNTED).fetchone() == (0, 0)
        assert casework.send(form, key).status == 302
        assert casework.send(form, key).status == 302
        assert database.execute(COUNTED).fetchone() == (1, 1)


def take_all(address: str, taken: ExitStack) -> None:
    """Take connections until there is none for the likes of us."""
    while True:
        taken.enter_context(psycopg.connect(address))


def test_with_every_connection_taken_nobody_waits_and_whoever_rules_the_database_comes_in(
    site, casework
):
    as_we_do = f"host={site.cluster.socket_dir} user={Cluster.name} dbname={Cluster.name}"
    with ExitStack() as taken, ThreadPoolExecutor(IN_FLIGHT) as pool:
        with site.database() as database:
            database.execute(OUR_OWN)
        with pytest.raises(psycopg.OperationalError, match="remaining connection slots"):
            take_all(as_we_do, taken)
        answers = list(pool.map(casework.send, casework.forms))
        assert {answer.status for answer in answers} == {503}
        assert {answer.headers["Retry-After"] for answer in answers} == {"2"}
        assert max(answer.seconds for answer in answers) < 10
        with site.database() as database:
            database.execute(OUR_OWN)
            assert casework.send(casework.forms[0]).status == 302
            assert database.execute(COUNTED).fetchone() == (1, 1)


def test_told_to_stop_the_server_finishes_what_it_has_in_hand(site, casework):
    with ThreadPoolExecutor(IN_FLIGHT) as pool, site.database() as database:
        with database.transaction():
            database.execute("LOCK TABLE visits_visit IN ACCESS EXCLUSIVE MODE")
            sent = [pool.submit(casework.send, form) for form in casework.forms]
            wait_until(lambda: site.in_hand() == IN_FLIGHT, what="The arrival of all")
            site.process.terminate()
            wait_until(lambda: site.told("Handling signal: term"), what="The end")
        assert [answer.result().status for answer in sent] == [302] * IN_FLIGHT
        assert site.process.wait(timeout=30) == 0
        assert database.execute(COUNTED).fetchone() == (IN_FLIGHT, IN_FLIGHT)
