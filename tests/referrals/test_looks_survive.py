"""64 people look at 50 children each while the database is killed: what was shown is logged."""

import http.client
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client

from tests import making
from tests.serving import PATIENCE, Site

pytestmark = pytest.mark.xdist_group("up")

CLIENTS, CHILDREN = 64, 50
KILLED_AFTER = CLIENTS * CHILDREN // 3  # pages shown


def seeded() -> tuple[dict[int, str], dict[int, str]]:
    """The sessions of the people, by account, and the names of the children, by key."""
    authority = making.authority()
    names = {}
    for at in range(CHILDREN):
        name = f"Marked-{at}-"
        names[making.child(authority=authority, first_name="Bo", last_name=name).pk] = name
    sessions = {}
    for _ in range(CLIENTS):
        account = making.holder("service_manager", authority)
        client = Client()
        client.force_login(account)
        client.get("/children/0/moved/")
        sessions[account.pk] = client.session.session_key
    return sessions, names


def looks(site: Site, sessions: dict[int, str]) -> Counter:
    """How often each of the people looked at each child, as the log has it."""
    asked = "SELECT user_id, child_id FROM referrals_look WHERE user_id = ANY(%s)"
    with site.database() as database:
        return Counter(database.execute(asked, [list(sessions)]).fetchall())


class Reader:
    """Someone who opens one page after the other, again until it is shown."""

    def __init__(self, site: Site, session: str, names: dict[int, str]) -> None:
        self.site, self.session, self.names = site, session, names
        self.failed: Counter = Counter()

    def open(self, child: int) -> None:
        """Open the form for a child's move; what it shows is the name of that child alone."""
        give_up = time.monotonic() + PATIENCE
        while (status := self.asked(child)) != 200:
            self.failed[status] += 1
            if time.monotonic() > give_up:
                raise AssertionError(f"Child {child} answers {status} for {PATIENCE} seconds")
            time.sleep(1)

    def asked(self, child: int) -> int:
        try:
            answer = self.site.asked(f"/children/{child}/moved/", self.session)
        except (OSError, http.client.HTTPException):
            return 0
        seen = {name for name in self.names.values() if name in answer.text}
        if answer.status != 200:
            assert not seen, "A page that failed shows a child."
            return answer.status
        assert seen == {self.names[child]}
        return 200


def test_what_was_shown_is_logged_though_the_database_was_killed(
    site: Site, django_db_blocker
) -> None:
    with django_db_blocker.unblock(), site.connected():
        sessions, names = seeded()
    assert not looks(site, sessions)
    site.serve()
    shown: Counter = Counter()
    counted, enough = threading.Lock(), threading.Event()

    def read(user: int, session: str) -> Reader:
        reader = Reader(site, session, names)
        for child in names:
            reader.open(child)
            with counted:
                shown[user, child] += 1
                if shown.total() >= KILLED_AFTER:
                    enough.set()
        return reader

    with ThreadPoolExecutor(CLIENTS) as pool:
        reading = [pool.submit(read, *session) for session in sessions.items()]
        assert enough.wait(PATIENCE)
        site.kill_database()
        time.sleep(0.5)
        site.cluster.start()
        readers = [task.result() for task in reading]

    logged = looks(site, sessions)
    failed = sum((reader.failed for reader in readers), Counter())
    assert shown.total() == CLIENTS * CHILDREN
    assert shown.keys() == logged.keys()
    assert (logged - shown).total() <= failed.total()
    assert failed[503] > 0
    assert failed.keys() <= {0, 503}
