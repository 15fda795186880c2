"""Every page that shows a child's record leaves a look: those there are, and those to come."""

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.db import DatabaseError
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from config.navigation import page_name
from config.views import RecordList, RecordPage
from config.workdays import london_day
from indicators import calculate
from referrals import looks
from referrals.access import OfChild
from referrals.models import Child, Look
from tests import making
from visits.models import ProtectionPlan, Visit

pytestmark = pytest.mark.django_db

NAME = "Unmistakable"
KEY = 1_000_000  # of each record, so that the page of any kind of record is of the child's


@pytest.fixture
def team():
    return making.team(making.authority(name="Testshire"), name="East")


@pytest.fixture
def account(team):
    """A manager who sees everything of the child, in the admin too."""
    return making.holder("service_manager", team.authority, is_staff=True)


@pytest.fixture
def records(team, account) -> dict:
    """A child with a record of every kind, all of them with the same key."""
    today = london_day(timezone.now())
    worker, key = making.worker(authority=team.authority), {"pk": KEY}
    family = making.family(authority=team.authority, **key)
    told = {"authority": team.authority, "first_name": NAME, "last_name": "Ray", "family": family}
    child = making.child(**told, **key)
    restriction = making.restriction(child=child, **key)
    plan = making.protection_plan(child=child, team=team, started_on=today, **key)
    referral = making.referral(child=child, team=team, received_on=today, **key)
    request = making.request(child=child, team=team, received_on=today, **key)
    made = [
        child,
        family,
        restriction,
        making.restriction_member(restriction=restriction, user=account, **key),
        plan,
        referral,
        request,
        making.involvement(child=child, team=team, worker=worker, **key),
        making.visit(plan=plan, worker=worker, visited_on=today, **key),
        making.queued_referral(child=child, team=team, **key),
        making.assessment(referral=referral, started_on=today, **key),
        making.decision(request=request, decided_on=today, **key),
        making.exception(request=request, noted_on=today, **key),
        making.draft(request=request, sent_on=today, **key),
        making.ehc_plan(request=request, issued_on=today, **key),
        making.struck_out(child=child, what=f"Visit to {NAME}", key=KEY, **key),
        making.correction(child=child, key=KEY, **key),
        making.merge(survivor=child, duplicate=making.child(authority=team.authority), **key),
    ]
    return {type(record): record for record in made}


@pytest.fixture
def reader(client, account):
    client.force_login(account)
    return client


def of(record) -> list[int]:
    """The children whom a record is of: a merge is of two."""
    return sorted(type(record)._default_manager.all().children_of([record.pk]))


def told() -> list[tuple[int, str, str]]:
    return list(Look.objects.order_by("id").values_list("child_id", "how", "page"))


def every(found=None, before="") -> list[tuple[str, URLPattern]]:
    """Every page of the site except the admin's, with its full name."""
    listed = []
    for pattern in found if found is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                space = f"{pattern.namespace}:" if pattern.namespace else ""
                listed += every(pattern.url_patterns, before + space)
        elif pattern.name:
            listed.append((before + pattern.name, pattern))
    return listed


OF_ONE = [at for at in every() if list(at[1].pattern.converters) == ["pk"]]


def is_list(pattern: URLPattern) -> bool:
    """Whether the page names children among others, as a worker's page does: that is no look."""
    view = getattr(pattern.callback, "view_class", object)
    return issubclass(view, RecordList) or (
        issubclass(view, RecordPage) and not isinstance(view.model.objects.all(), OfChild)
    )


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(("name", "pattern"), OF_ONE, ids=lambda part: str(part))
def test_a_page_that_shows_the_child_leaves_a_look(name, pattern, method, reader, records):
    address = reverse(name, args=[KEY])
    answer = getattr(reader, method)(address)
    if NAME in answer.text and not is_list(pattern):
        assert (KEY, "page", address) in told()


@pytest.mark.parametrize(
    "view",
    dict.fromkeys(
        view
        for _, pattern in OF_ONE
        if (view := getattr(pattern.callback, "view_class", None)) and issubclass(view, RecordPage)
    ),
    ids=lambda view: view.__name__,
)
def test_the_page_of_a_childs_record_is_looked_at_once(view, reader, records):
    record = records.get(view.model)
    if record is None:
        assert not isinstance(view.model.objects.all(), OfChild), f"Make a {view.model} here."
        return
    name = next(name for name, at in OF_ONE if getattr(at.callback, "view_class", None) is view)
    address = reverse(name, args=[record.pk])
    assert NAME in reader.get(address).text
    assert told() == [(child, "page", address) for child in of(record)]


@pytest.mark.parametrize("how", ["print", "search", "figure"])
def test_the_log_says_how_the_reader_came(how, reader, records):
    child = records[Child]
    page = reader.get(reverse("referrals:child-detail", args=[child.pk]), {"how": how})
    assert told() == [(child.pk, how, reverse("referrals:child-detail", args=[child.pk]))]
    assert ("Printed by" in page.text) is (how == "print")


@pytest.mark.parametrize("made_up", ["admin", "glance", "page\x00"])
def test_an_address_cannot_make_up_how(made_up, reader, records):
    child = records[Child]
    reader.get(reverse("referrals:child-detail", args=[child.pk]), {"how": made_up})
    assert [how for _, how, _ in told()] == ["page"]


def test_a_record_that_one_may_not_see_leaves_only_that_it_was_asked_for(client, records):
    client.force_login(making.holder("service_manager", making.authority()))
    child = records[Child]
    address = reverse("referrals:child-detail", args=[child.pk])
    assert client.get(address).status_code == 404
    assert told() == [(child.pk, "refused", address)]


def in_admin(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


OF_CHILDREN = [
    model
    for model in admin.site._registry
    if isinstance(model._default_manager.all(), OfChild) and model._meta.label != "referrals.Look"
]


@pytest.mark.parametrize("model", OF_CHILDREN, ids=lambda model: model._meta.label)
@pytest.mark.parametrize("page", ["change", "history", "delete"])
def test_the_admin_of_a_childs_record_leaves_a_look(model, page, reader, records):
    address = in_admin(model, page, records[model].pk)
    shown = reader.get(address)
    found = of(records[model]) if shown.status_code == 200 else []
    assert told() == [(child, "admin", address) for child in found]
    assert shown.status_code in (200, 302, 403)  # what is struck out is not deleted


def test_the_list_and_the_choices_of_the_admin_are_no_looks(reader, records):
    for address in (in_admin(Child, "changelist"), reverse("referrals:child-list")):
        assert NAME in reader.get(address).text
    assert told() == []


class TestCasesBehindAFigure:
    @pytest.fixture
    def cases(self, reader, records, team) -> str:
        today = london_day(timezone.now())
        calculate.drain(today=today)
        return f"/indicators/referrals/cases/?period=rolling-12&team={team.authority_id}"

    def test_a_row_that_is_opened_is_a_look(self, cases, reader, records):
        page = reader.get(cases)
        row = page.context["table"].data[0]
        assert f'href="{row.url}?how=figure"' in page.text
        assert told() == []
        reader.get(f"{row.url}?how=figure")
        assert told() == [(records[Child].pk, "figure", row.url)]

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_a_file_is_a_look_at_each_child_in_it(self, cases, reader, records, team, form):
        other = making.referral(
            child=making.child(authority=team.authority),
            team=team,
            received_on=london_day(timezone.now()),
        )
        address = cases.replace("/cases/", f"/cases.{form}")
        assert reader.get(address).status_code == 200
        where = address.partition("?")[0]
        expected = [(records[Child].pk, "export", where), (other.child_id, "export", where)]
        assert sorted(told()) == sorted(expected)


class TestWhereItCannotBeWritten:
    @pytest.fixture(autouse=True)
    def broken(self, monkeypatch):
        def refuse(*_) -> None:
            raise DatabaseError("The log is full")

        monkeypatch.setattr(looks, "_insert", refuse)

    def test_no_page_is_shown_and_it_says_so(self, reader, records):
        for model in (Child, ProtectionPlan, Visit):
            answer = reader.get(reverse(page_name(model), args=[records[model].pk]))
            assert answer.status_code == 503
            assert answer["Retry-After"] == "2"
            assert "this record cannot be shown now" in answer.text
            assert NAME not in answer.text

    def test_nothing_is_saved_either(self, reader, records):
        plan = records[ProtectionPlan]
        answer = reader.post(reverse("visits:record-visit", args=[plan.pk]), {"went": "alone"})
        assert answer.status_code == 503
        assert Visit.objects.count() == 1
        assert not list(get_messages(answer.wsgi_request))

    def test_no_file_is_made_and_the_admin_shows_nothing(self, reader, records, team):
        calculate.drain(today=london_day(timezone.now()))
        for address in (
            f"/indicators/referrals/cases.csv?period=rolling-12&team={team.authority_id}",
            in_admin(Child, "change", records[Child].pk),
            in_admin(Child, "history", records[Child].pk),
        ):
            answer = reader.get(address)
            assert answer.status_code == 503
            assert NAME not in answer.text

    def test_what_is_of_no_child_is_shown(self, reader, team):
        assert reader.get(reverse("workforce:team-detail", args=[team.pk])).status_code == 200
