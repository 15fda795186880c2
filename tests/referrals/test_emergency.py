"""Emergency access: an hour, one child, a reason, a second look, and no way round any of it."""

import datetime
import inspect
import re
import threading
import time

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.privacy import LookNotRecorded
from config.workdays import LONDON, ONE_DAY, london_day
from referrals import emergency, refusals
from referrals.models import Child, EmergencyAccess, Look
from referrals.models.emergency import AN_HOUR
from tests import making
from tests.refusals import again, is_refused, updated
from tests.working import Worker, queues, wait_until
from visits.models import Visit
from workforce.models import Notice, User

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
SENTENCE = "Police ask where the child is tonight."
ASKED = {"reason_class": "harm", "reason": SENTENCE, "password": PASSWORD}
TODAY = london_day(timezone.now())


def access(**values) -> EmergencyAccess:
    return making.emergency_access(**values)


REFUSED = [
    again("emergency_reason_known", EmergencyAccess, access, reason_class="'curious'"),
    again("emergency_reason_is_a_sentence", EmergencyAccess, access, reason="'Nineteen letters..'"),
    again("emergency_reason_is_a_sentence", EmergencyAccess, access, reason="repeat('x', 40)"),
    again("emergency_reason_is_a_sentence", EmergencyAccess, access, reason="repeat('x ', 30)"),
    again("emergency_reason_is_a_sentence", EmergencyAccess, access, reason="repeat(' ', 40)"),
    again(
        "emergency_reason_is_a_sentence",
        EmergencyAccess,
        access,
        reason="'a' || repeat(' ', 30) || 'b'",
    ),
    again(
        "emergency_an_hour_at_most",
        EmergencyAccess,
        access,
        until="granted_at + interval '60 minutes 1 second'",
    ),
    again("emergency_an_hour_at_most", EmergencyAccess, access, until="granted_at"),
    again("emergency_an_hour_at_most", EmergencyAccess, access, until="'infinity'"),
    updated(
        "emergency_ended_after_taken",
        EmergencyAccess,
        access,
        ended_at="granted_at - interval '1 second'",
        ended_by_id="user_id",
    ),
    updated("emergency_ended_by_somebody", EmergencyAccess, access, ended_at="clock_timestamp()"),
    updated("emergency_reviewed_in_full", EmergencyAccess, access, review_note="'Needed.'"),
    updated("emergency_reviewed_in_full", EmergencyAccess, access, reviewed_at="now()"),
    updated(
        "emergency_reviewed_by_another",
        EmergencyAccess,
        access,
        reviewed_at="now()",
        reviewed_by_id="user_id",
        review_note="'Needed.'",
    ),
    *(
        updated("emergency_kept_as_it_is", EmergencyAccess, access, **change)
        for change in (
            {"reason": "'Something else altogether.'"},
            {"reason_class": "'other'"},
            {"until": "until - interval '1 minute'"},
            {"granted_at": "granted_at - interval '1 minute'"},
        )
    ),
]


@pytest.mark.parametrize("refused", REFUSED, ids=str)
def test_what_cannot_be_true_is_refused(refused):
    is_refused(refused)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM referrals_emergencyaccess",
        "TRUNCATE referrals_emergencyaccess CASCADE",
        "UPDATE referrals_emergencyaccess SET ended_at = NULL, ended_by_id = NULL",
        "UPDATE referrals_emergencyaccess SET review_note = 'Something else'",
    ],
)
def test_what_was_written_is_neither_changed_nor_taken_away(statement):
    taken = access()
    emergency.end(access=taken, by=taken.user)
    EmergencyAccess.objects.update(
        reviewed_at=Now(), reviewed_by=making.account(), review_note="Needed."
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE referrals_emergencyaccess ENABLE TRIGGER USER")
        with pytest.raises(IntegrityError, match="stays"), transaction.atomic():
            cursor.execute(statement)
    assert EmergencyAccess.objects.exclude(ended_at=None).get().review_note == "Needed."


@pytest.fixture
def shire() -> dict:
    authority = making.authority()
    made = {name: making.team(authority) for name in ("east", "west")}
    return made | {"authority": authority}


@pytest.fixture
def child(shire) -> Child:
    """A child whom the East team works with, and who has a brother."""
    family = making.family(authority=shire["authority"])
    child = making.child(
        authority=shire["authority"], first_name="Bo", last_name="Canary", family=family
    )
    brother = making.child(authority=shire["authority"], family=family, reference="brother")
    for each in (child, brother):
        making.involvement(child=each, team=shire["east"])
    return child


@pytest.fixture
def taker(shire) -> User:
    return making.holder("caseworker", shire["west"], username="taker", password=PASSWORD)


@pytest.fixture
def manager(shire) -> User:
    return making.holder("team_manager", shire["east"], username="manager")


@pytest.fixture
def auditor(shire) -> User:
    return making.holder("auditor", shire["authority"], username="auditor")


@pytest.fixture
def signed_in(client, taker) -> Client:
    client.force_login(taker)
    return client


def take(child: Child, by: User, **told) -> EmergencyAccess:
    told = {"reason_class": "harm", "reason": SENTENCE, "page": "/"} | told
    return emergency.take(child=child, by=by, **told)


def sees(user: User, record) -> bool:
    user = User.objects.get(pk=user.pk)
    return type(record).objects.visible_to(user).filter(pk=record.pk).exists()


def failing(*_, **__) -> None:
    """What the database answers to something that it cannot store."""
    raise IntegrityError("broken")


def page(child: Child) -> str:
    return reverse("referrals:emergency-access", args=[child.pk])


def records(child: Child) -> str:
    return reverse("referrals:child-detail", args=[child.pk])


def without_tokens(answer) -> str:
    """A page without what differs each time it is shown."""
    return re.sub(r'(csrfmiddlewaretoken" value|data-token)="[^"]*"', "", answer.content.decode())


def let_it_run_out(taken: EmergencyAccess) -> None:
    """Move an access an hour into the past, as only who may alter the table can."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE referrals_emergencyaccess DISABLE TRIGGER USER")
    hour = datetime.timedelta(minutes=60)
    EmergencyAccess.objects.filter(pk=taken.pk).update(
        granted_at=F("granted_at") - hour, until=F("until") - hour
    )
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE referrals_emergencyaccess ENABLE TRIGGER USER")
        cursor.execute(
            "ALTER TABLE referrals_emergencyaccess DISABLE TRIGGER emergency_kept_as_it_is_table"
        )


class TestTaking:
    def test_it_opens_the_records_of_that_child_for_an_hour(self, signed_in, child, taker, manager):
        assert signed_in.get(records(child)).status_code == 404
        answer = signed_in.post(page(child), ASKED)
        assert answer.url == f"{records(child)}?how=emergency"
        shown = signed_in.get(answer.url).content.decode()
        assert "(60 minutes left)" in shown
        taken = EmergencyAccess.objects.get()
        assert taken.until - taken.granted_at == datetime.timedelta(minutes=60)
        assert (taken.user, taken.child) == (taker, child)

    def test_it_is_written_down_with_the_look_and_the_notice_to_the_manager(
        self, signed_in, child, taker, manager
    ):
        signed_in.post(page(child), ASKED)
        assert Look.objects.filter(user=taker, child=child, how="emergency").count() == 1
        notice = manager.notices.get()
        assert child.reference in notice.text
        for word in ("Bo", "Canary", SENTENCE, "taker"):
            assert word not in notice.text

    @pytest.mark.parametrize("what", ["the look", "the notice"])
    def test_all_of_it_is_stored_or_nothing(self, child, taker, manager, monkeypatch, what):
        if what == "the look":
            monkeypatch.setattr(Look.objects, "create", failing)
        else:
            monkeypatch.setattr(emergency, "tell", failing)
        with pytest.raises((ValidationError, LookNotRecorded)):
            take(child, taker)
        assert not EmergencyAccess.objects.exists()
        assert not Look.objects.exists()
        assert not Notice.objects.exists()
        assert not sees(taker, child)

    def test_where_the_look_cannot_be_written_the_page_says_so(
        self, signed_in, child, taker, monkeypatch
    ):
        with monkeypatch.context() as patch:
            patch.setattr(Look.objects, "create", failing)
            assert signed_in.post(page(child), ASKED).status_code == 503
        assert signed_in.get(records(child)).status_code == 404

    def test_a_double_click_takes_it_once(self, child, taker, manager):
        assert take(child, taker) == take(child, taker)
        assert EmergencyAccess.objects.count() == manager.notices.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_two_at_the_same_moment_take_it_once(self, child, taker, manager):
        def both() -> None:
            at_once.wait()
            found.append(take(child, taker))
            connection.close()

        at_once, found = threading.Barrier(2), []
        threads = [threading.Thread(target=both) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found[0] == found[1]
        assert EmergencyAccess.objects.count() == manager.notices.count() == 1

    @pytest.mark.parametrize(
        ("told", "sentence"),
        [
            ({"reason_class": ""}, "Choose why you need access now"),
            ({"reason_class": "curious"}, "Select a valid choice"),
            ({"reason": ""}, "Say in a sentence why"),
            ({"reason": "Too short a reason."}, "at least 20 characters"),
            ({"reason": "x" * 40}, "at least 20 characters"),
            ({"reason": "  x  " * 20}, "at least 20 characters"),
            ({"reason": " " * 40}, "Say in a sentence why"),
            ({"password": ""}, "Enter your password"),
            ({"password": "wrong"}, "This is not your password"),
        ],
        ids=str,
    )
    def test_without_a_reason_and_signing_in_again_nothing_is_opened(
        self, signed_in, child, told, sentence
    ):
        answer = signed_in.post(page(child), ASKED | told)
        assert answer.status_code == 200
        assert sentence in answer.content.decode()
        assert not EmergencyAccess.objects.exists()
        assert signed_in.get(records(child)).status_code == 404

    def test_the_page_names_the_child_as_the_search_does_and_no_more(self, signed_in, child, taker):
        shown = signed_in.get(page(child)).content.decode()
        assert re.search("Bo Canary, [0-9]+ years", shown)
        for more in (child.reference, "2010", "East"):
            assert more not in shown
        assert Look.objects.filter(user=taker, child=child, how="search").exists()

    def test_who_sees_the_child_anyway_is_led_there(self, client, child, manager):
        client.force_login(manager)
        assert client.get(page(child)).url == records(child)

    @pytest.mark.parametrize(
        "role", ["caseworker", "team_manager", "service_manager", "send_officer"]
    )
    def test_for_whoever_works_with_children(self, client, shire, child, role):
        client.force_login(making.holder(role, shire["west"], password=PASSWORD))
        assert client.get(page(child)).status_code == 200

    @pytest.mark.parametrize(("out_of_hours", "answered"), [(True, 302), (False, 404)])
    def test_the_duty_worker_needs_none_by_night_and_finds_nobody_by_day(
        self, client, shire, child, monkeypatch, out_of_hours, answered
    ):
        monkeypatch.setattr("workforce.access.out_of_hours", lambda *_, **__: out_of_hours)
        client.force_login(making.holder("emergency_duty", shire["west"], password=PASSWORD))
        assert client.get(page(child)).status_code == answered

    @pytest.mark.parametrize(
        "role", ["administrator", "analyst", "publisher", "auditor", "workforce_officer"]
    )
    def test_for_nobody_else(self, client, shire, child, role):
        user = making.holder(role, shire["authority"], password=PASSWORD, demonstration=True)
        client.force_login(user)
        assert client.post(page(child), ASKED).status_code == 403
        with pytest.raises(ValidationError):
            take(child, user)

    def test_not_across_authorities(self, client, child):
        client.force_login(making.holder("service_manager", making.authority()))
        assert client.get(page(child)).status_code == 404

    def test_no_setting_has_a_say_in_it(self):
        from referrals import emergency_forms, emergency_views
        from referrals.models import emergency as stored

        for module in (emergency, emergency_views, emergency_forms, stored, refusals):
            assert "settings" not in inspect.getsource(module)


class TestSigningInAgain:
    @pytest.fixture
    def secret(self, taker) -> str:
        """What the taker's app makes its codes from."""
        made = totp.generate_totp_secret()
        totp.TOTP.activate(taker, made)
        return made

    def code(self, secret: str) -> str:
        return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))

    def asked(self, client, child, **told) -> str:
        answer = client.post(page(child), ASKED | told)
        return "taken" if answer.status_code == 302 else answer.content.decode()

    def test_an_account_with_a_second_step_is_asked_for_it(self, signed_in, child, secret):
        assert "Enter the code" in self.asked(signed_in, child)
        assert "not right" in self.asked(signed_in, child, code="000000")
        assert self.asked(signed_in, child, code=self.code(secret)) == "taken"

    def test_a_code_is_used_up_only_where_all_else_is_right(self, signed_in, child, secret):
        code = self.code(secret)
        assert "not your password" in self.asked(signed_in, child, code=code, password="wrong")
        assert self.asked(signed_in, child, code=code) == "taken"
        emergency.end(access=EmergencyAccess.objects.get(), by=EmergencyAccess.objects.get().user)
        assert "used before" in self.asked(signed_in, child, code=code)

    def test_an_account_of_the_directory_has_just_signed_in_there(self, signed_in, child, taker):
        taker.set_unusable_password()
        taker.save()
        signed_in.force_login(taker)
        assert "Your password" not in signed_in.get(page(child)).content.decode()
        session = signed_in.session
        session["started_at"] = time.time() - 6 * 60
        session.save()
        assert "sign in again through" in self.asked(signed_in, child)
        session["started_at"] = time.time() - 60
        session.save()
        assert self.asked(signed_in, child) == "taken"

    def test_wrong_passwords_are_counted_as_on_the_sign_in_page(self, signed_in, child):
        for _ in range(10):
            signed_in.post(page(child), ASKED | {"password": "wrong"})
        assert signed_in.post(page(child), ASKED).status_code != 302
        assert not EmergencyAccess.objects.exists()


class TestWhatItDoesNotOpen:
    def test_no_other_child_of_the_family(self, signed_in, child):
        signed_in.post(page(child), ASKED)
        brother = Child.objects.get(reference="brother")
        assert signed_in.get(records(child)).status_code == 200
        assert signed_in.get(records(brother)).status_code == 404

    def test_no_kind_of_record_that_the_role_does_not_see(self, shire, child):
        officer = making.holder("send_officer", shire["west"])
        plan = making.protection_plan(child=child)
        take(child, officer)
        assert sees(officer, child)
        assert not sees(officer, plan)

    def test_a_restricted_child_is_as_unknown_as_no_child(self, signed_in, child, taker):
        making.restriction(child=child)
        restricted = signed_in.get(page(child))
        unknown = signed_in.get(reverse("referrals:emergency-access", args=[0]))
        assert restricted.status_code == unknown.status_code == 404
        assert without_tokens(restricted) == without_tokens(unknown)
        assert signed_in.post(page(child), ASKED).status_code == 404
        assert not Notice.objects.exists()

    def test_a_restriction_that_comes_later_closes_it(self, child, taker):
        take(child, taker)
        making.restriction(child=child)
        assert not sees(taker, child)

    def test_who_is_on_the_list_may(self, child, taker):
        making.restriction_member(restriction=making.restriction(child=child), user=taker)
        assert not sees(taker, child)
        take(child, taker)
        assert sees(taker, child)

    @pytest.mark.parametrize("kind", ["child", "family", "postcode"])
    def test_nobodys_own_or_relatives_records(self, signed_in, child, taker, auditor, shire, kind):
        Child.objects.filter(pk=child.pk).update(postcode="PE27 5BN")
        values = {"child": child, "family": child.family, "postcode": "PE27 5BN"}
        making.interest(user=taker, **{kind: values[kind]})
        assert signed_in.post(page(child), ASKED).status_code == 404
        assert not EmergencyAccess.objects.exists()
        with pytest.raises(ValidationError):
            take(child, taker)


class TestAlerts:
    @pytest.fixture
    def relative(self, client, shire, child) -> User:
        """A caseworker of the child's own team who is related to the child."""
        user = making.holder("caseworker", shire["east"])
        making.interest(user=user, child=child)
        client.force_login(user)
        return user

    def pages(self, child: Child) -> list[str]:
        plan = making.protection_plan(child=child)
        visit = making.visit(plan=plan)
        return [
            records(child),
            page(child),
            reverse("visits:protectionplan-detail", args=[plan.pk]),
            reverse("visits:record-visit", args=[plan.pk]),
            reverse("visits:visit-detail", args=[visit.pk]),
        ]

    def test_whoever_tries_a_relatives_record_is_reported_to_the_auditors(
        self, client, child, relative, auditor
    ):
        for address in self.pages(child):
            Notice.objects.all().delete()
            assert client.get(address).status_code == 404
            text = auditor.notices.get().text
            assert child.reference in text
            assert f"Account {relative.pk} " in text
            assert "Canary" not in text

    def test_however_often_within_an_hour_it_is_one_notice(self, client, child, relative, auditor):
        for _ in range(3):
            client.get(records(child))
        notice = auditor.notices.get()
        client.force_login(auditor)
        assert client.get(notice.url).status_code == 200

    def test_a_record_of_somebody_else_is_refused_without_an_alert(
        self, client, shire, relative, auditor
    ):
        other = making.child(authority=shire["authority"])
        assert client.get(records(other)).status_code == 404
        assert client.get("/children/0/").status_code == 404
        assert not Notice.objects.exists()
        asked = Look.objects.values_list("user", "child", "how", "page")
        assert list(asked) == [(relative.pk, other.pk, "refused", records(other))]

    @pytest.mark.parametrize("name", ["change", "history"])
    def test_the_admin_refuses_and_reports_too(self, client, child, relative, auditor, name):
        User.objects.filter(pk=relative.pk).update(is_staff=True)
        answer = client.get(reverse(f"admin:referrals_child_{name}", args=[child.pk]))
        assert answer.status_code == 404
        assert auditor.notices.count() == 1


class TestEnding:
    def test_after_an_hour_it_is_over(self, child, taker):
        taken = take(child, taker)
        let_it_run_out(taken)
        assert not sees(taker, child)
        assert take(child, taker) != taken

    def test_run_out_in_the_middle_of_a_form_the_text_is_kept(self, signed_in, child, taker):
        plan = making.protection_plan(child=child)
        form = reverse("visits:record-visit", args=[plan.pk])
        taken = take(child, taker)
        assert signed_in.get(form).status_code == 200
        let_it_run_out(taken)
        typed = {"went": "alone", "place": "at the grandmother’s", "password": "not this"}
        answer = signed_in.post(form, typed)
        shown = answer.content.decode()
        assert answer.status_code == 403
        assert "Your emergency access has ended" in shown
        assert "at the grandmother’s" in shown
        assert "not this" not in shown
        assert "Canary" not in shown
        assert not Visit.objects.exists()

    def test_nothing_is_said_of_it_about_another_child(self, signed_in, child, taker):
        let_it_run_out(take(child, taker))
        brother = Child.objects.get(reference="brother")
        assert signed_in.post(records(brother)).status_code in (404, 405)
        assert signed_in.get(records(brother)).status_code == 404
        assert signed_in.get(records(child)).status_code == 403

    def test_its_taker_can_end_it(self, signed_in, child, taker):
        taken = take(child, taker)
        end = reverse("referrals:emergency-access-end", args=[taken.pk])
        assert signed_in.get(end).status_code == 405
        assert signed_in.post(end).status_code == 302
        assert signed_in.get(records(child)).status_code == 403
        taken.refresh_from_db()
        assert taken.ended_by == taker

    def test_the_manager_can_end_it_and_the_next_request_is_refused(
        self, client, signed_in, child, taker, manager
    ):
        taken = take(child, taker)
        assert signed_in.get(records(child)).status_code == 200
        other = Client()
        other.force_login(manager)
        assert manager.notices.get().url == reverse(
            "referrals:emergency-access-detail", args=[taken.pk]
        )
        assert "End this access now" in other.get(manager.notices.get().url).content.decode()
        other.post(reverse("referrals:emergency-access-end", args=[taken.pk]))
        assert signed_in.get(records(child)).status_code == 403
        assert "was ended by somebody" in taker.notices.get().text

    def test_what_is_over_is_not_ended_again(self, child, taker, manager):
        taken = take(child, taker)
        assert emergency.end(access=taken, by=manager)
        assert not emergency.end(access=taken, by=taker)
        taken.refresh_from_db()
        assert taken.ended_by == manager

    def test_a_stranger_neither_sees_nor_ends_it(self, client, shire, child, taker):
        taken = take(child, taker)
        client.force_login(making.holder("team_manager", shire["west"]))
        for name in ("detail", "end"):
            address = reverse(f"referrals:emergency-access-{name}", args=[taken.pk])
            assert client.post(address).status_code == 404
        assert sees(taker, child)


class TestWhoIsTold:
    def test_managers_above_the_team_too_but_none_of_another(self, shire, child, taker):
        told = [
            making.holder("team_manager", shire["east"]),
            making.holder("service_manager", shire["authority"]),
        ]
        making.holder("team_manager", shire["west"])
        making.holder("caseworker", shire["east"])
        take(child, taker)
        assert {notice.to for notice in Notice.objects.all()} == set(told)

    def test_without_a_manager_the_auditors(self, child, taker, auditor):
        take(child, taker)
        assert Notice.objects.get().to == auditor

    def test_a_manager_who_takes_it_is_not_told_alone(self, shire, child, auditor):
        west = making.holder("team_manager", shire["west"])
        take(child, west)
        assert Notice.objects.get().to == auditor

    def test_a_manager_related_to_the_child_is_not_told(self, child, taker, manager, auditor):
        making.interest(user=manager, child=child)
        take(child, taker)
        assert Notice.objects.get().to == auditor

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.xdist_group("worker")
    def test_the_manager_is_mailed_within_a_minute(self, child, taker, manager):
        with queues():
            worker = Worker()
            try:
                begun = time.monotonic()
                take(child, taker)
                mailed = Notice.objects.filter(to=manager, mailed_at__isnull=False)
                wait_until(mailed.exists, seconds=60, what="The mail to the manager")
                assert time.monotonic() - begun < 60
            finally:
                worker.stop()


# Nine o'clock on the Monday of last week.
MONDAY = datetime.datetime.combine(
    TODAY - (TODAY.weekday() + 7) * ONE_DAY, datetime.time(9), LONDON
)


class TestReview:
    @pytest.fixture
    def taken(self, child, taker) -> EmergencyAccess:
        return take(child, taker)

    @pytest.fixture
    def reviewer(self, shire) -> User:
        return making.holder("service_manager", shire["authority"])

    def review(self, client, access, note="It was needed."):
        address = reverse("referrals:emergency-access-detail", args=[access.pk])
        return client.post(address, {"note": note})

    def test_a_service_manager_reviews_it_once(self, client, taken, reviewer):
        client.force_login(reviewer)
        listed = reverse("referrals:emergency-access-list")
        assert SENTENCE in client.get(listed).content.decode()
        assert self.review(client, taken, note="").status_code == 200
        assert self.review(client, taken).status_code == 302
        taken.refresh_from_db()
        assert (taken.reviewed_by, taken.review_note) == (reviewer, "It was needed.")
        assert SENTENCE not in client.get(listed).content.decode()
        shown = client.get(f"{listed}?all").content.decode()
        assert f"by {reviewer.username}: It was needed." in shown
        assert "reviewed already" in self.review(client, taken, note="Again.").content.decode()

    def test_an_auditor_reads_it_without_the_childs_name(self, client, taken, auditor):
        User.objects.filter(pk=auditor.pk).update(demonstration=True)
        client.force_login(auditor)
        address = reverse("referrals:emergency-access-detail", args=[taken.pk])
        shown = client.get(address).content.decode()
        assert taken.child.reference in shown
        assert "Canary" not in shown
        assert self.review(client, taken).status_code == 302

    @pytest.mark.parametrize("kind", ["child", "family", "postcode"])
    def test_an_auditor_reads_nothing_of_a_relative(self, client, child, taker, auditor, kind):
        Child.objects.filter(pk=child.pk).update(postcode="PE27 5BN")
        values = {"child": child, "family": child.family, "postcode": "PE27 5BN"}
        making.interest(user=auditor, **{kind: values[kind]})
        taken = take(child, taker)
        assert not auditor.notices.exists()
        client.force_login(auditor)
        for address in (
            reverse("referrals:emergency-access-list"),
            reverse("referrals:emergency-access-list") + "?all",
        ):
            assert SENTENCE not in client.get(address).text
        assert self.review(client, taken).status_code == 404
        other = making.child(authority=child.authority)
        take(other, taker, reason="The school asks where this one is.")
        assert "where this one is" in client.get(reverse("referrals:emergency-access-list")).text

    def test_not_by_who_took_it_nor_by_a_team_manager(self, client, shire, child, manager):
        own = making.holder("service_manager", making.team(shire["authority"]))
        taken = take(child, own)
        for user in (own, manager):
            with pytest.raises(ValidationError, match="may not review"):
                emergency.review(access=taken, by=user, note="It was fine.")

    def test_what_waits_longer_than_a_week_stands_out(self, client, child, taker, reviewer):
        client.force_login(reviewer)
        address = reverse("referrals:emergency-access-list")
        access(child=child, user=taker)
        assert "Overdue" not in client.get(address).content.decode()
        long_ago = timezone.now() - 8 * ONE_DAY
        access(child=child, user=taker, granted_at=long_ago, until=long_ago + AN_HOUR)
        assert client.get(address).content.decode().count("Overdue") == 1

    def test_reviewers_are_reminded_each_monday_once(self, child, taker, reviewer, auditor):
        week_ago = MONDAY - 3 * ONE_DAY
        access(child=child, user=taker, granted_at=week_ago, until=week_ago + AN_HOUR)
        for moment in (MONDAY, MONDAY + ONE_DAY):
            emergency.remind_reviewers(moment)
        assert [notice.to for notice in Notice.objects.order_by("to")] == [reviewer, auditor]
        assert "to review: 1, overdue: 0" in reviewer.notices.get().text

    def test_not_before_eight_and_not_of_this_weeks(self, child, taker, reviewer):
        access(child=child, user=taker, granted_at=MONDAY, until=MONDAY + AN_HOUR)
        emergency.remind_reviewers(MONDAY - 2 * AN_HOUR)
        emergency.remind_reviewers(MONDAY)
        assert not Notice.objects.exists()

    def test_beat_asks_for_it(self, settings):
        asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
        assert "referrals.tasks.remind_reviewers" in asked
