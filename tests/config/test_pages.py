"""Every page there is: who may open it, that it answers, sorts, filters, and asks little."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import ResolverMatch, URLPattern, get_resolver, reverse
from django.urls.converters import IntConverter

from config.admission import admission_of
from config.navigation import SECTIONS, page_name
from config.problems import problem
from config.tables import Pages
from config.views import CHANGES, RecordList, RecordPage
from config.widgets import Day, DayField
from referrals.access import OfChild
from tests import making
from tests.indicators.test_publications import signed
from tests.indicators.test_reports import report
from workforce.models import Team, User

# Beside those of their panels.
MORE_QUERIES = {
    "ChildMergePage": 1,
    "ChildPage": 18,
    "CorrectionPage": 6,
    "ProtectionPlanPage": 1,
    "WorkerPage": 3,
}


def patterns(found=None, namespace="") -> list[tuple[str, URLPattern]]:
    """Every URL of the site except the admin's, with its full name."""
    listed = []
    for pattern in found if found is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            listed.append((f"{namespace}{pattern.name}", pattern))
        elif pattern.namespace != "admin":
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            listed += patterns(pattern.url_patterns, inner)
    return listed


def views_of(kind: type) -> list:
    return [
        view
        for _, pattern in patterns()
        if (view := getattr(pattern.callback, "view_class", None)) and issubclass(view, kind)
    ]


def arguments(pattern: URLPattern) -> dict:
    found = pattern.pattern.converters.items()
    return {
        name: "re_referrals" if name == "name" else 0 if isinstance(kind, IntConverter) else "x"
        for name, kind in found
    }


def is_open_to_all(pattern: URLPattern) -> bool:
    rule = admission_of(ResolverMatch(pattern.callback, (), {}))
    return rule.anyone


@pytest.fixture
def signed_in(officer: User, client: Client) -> Client:
    making.authority()
    client.force_login(officer)
    return client


@pytest.fixture
def records(db) -> dict:
    """One record of every kind, related to one another; the second of each is of no other use."""
    authority = making.authority(name="Testshire")
    team = making.team(authority, name="East")
    worker = making.worker(authority=authority, first_name="Ann", last_name="Lee", reference="W1")
    job = making.employment(worker=worker)
    making.assignment(employment=job, team=team)
    made = {"team": team, "worker": worker, "vacancy": making.vacancy(team=team)}
    made["report"] = report(authority=authority)
    made["publication"] = signed(report=made["report"])
    for _ in range(3):
        child = making.child(authority=authority, first_name="Bo", last_name="Ray")
        plan = making.protection_plan(child=child, team=team)
        referral = making.referral(child=child, team=team)
        making.queued_referral(child=child, team=team)
        assessment = making.assessment(referral=referral)
        involvement = making.involvement(child=child, team=team, worker=worker)
        request = making.request(child=child, team=team)
        visit = making.visit(plan=plan, worker=worker)
        made |= {
            "child": child,
            "referral": referral,
            "request": request,
            "protectionplan": plan,
            "visit": visit,
            "assessment": assessment,
            "involvement": involvement,
            "struckout": making.struck_out(child=child),
            "correction": making.correction(child=child),
            "childmerge": making.merge(survivor=child),
            "decision": making.decision(request=request),
            "draft": making.draft(request=request),
            "plan": making.ehc_plan(request=request),
            "permittedexception": making.exception(request=request),
        }
    return made


@pytest.mark.django_db
def test_nobody_sees_anything_before_signing_in(client):
    for name, pattern in patterns():
        answer = client.get(reverse(name, kwargs=arguments(pattern)))
        if is_open_to_all(pattern):
            assert answer.status_code < 500 or name == "health", name
        else:
            assert answer.status_code == 302, name
            assert answer.url.startswith(reverse("sign-in")), name


def test_a_record_that_is_not_there_is_not_found(signed_in):
    for name, pattern in patterns():
        if "pk" in pattern.pattern.converters:
            address = reverse(name, kwargs=arguments(pattern))
            answer = signed_in.get(address)
            if answer.status_code == 405:
                answer = signed_in.post(address)
            assert answer.status_code == 404, name


def test_pages_are_kept_out_of_caches(signed_in):
    assert signed_in.get("/children/")["Cache-Control"] == "no-store"


def test_a_disabled_account_sees_no_records(records, rf: RequestFactory):
    assert not Team.objects.visible_to(User(is_active=False)).exists()
    assert not Team.objects.visible_to(AnonymousUser()).exists()
    assert Team.objects.visible_to(making.holder("analyst", records["team"])).exists()


def test_signing_in_and_out(db, client):
    making.holder("caseworker", making.team(), username="ada", password="correct horse battery")
    page = client.get(reverse("sign-in"))
    assert 'class="govuk-input"' in page.content.decode()
    wrong = client.post(reverse("sign-in"), {"login": "ada", "password": "wrong"})
    assert "There is a problem" in wrong.content.decode()
    answer = client.post(reverse("sign-in"), {"login": "ada", "password": "correct horse battery"})
    assert answer.status_code == 302
    assert client.get("/children/").status_code == 200
    client.post(reverse("sign-out"))
    assert client.get("/children/").status_code == 302


@pytest.mark.parametrize("view", views_of(RecordList), ids=lambda view: view.__name__)
class TestLists:
    def test_every_column_sorts(self, view, signed_in, records):
        url = reverse(page_name(view.model, "list"))
        table = view.table_class([])
        assert list(table.columns)
        for column in table.columns:
            for sort in (column.name, f"-{column.name}"):
                answer = signed_in.get(url, {"sort": sort})
                assert answer.status_code == 200
                if column.orderable:
                    assert 'aria-sort="' in answer.content.decode()

    def test_every_filter_narrows_to_what_it_says(self, view, signed_in, records):
        url = reverse(page_name(view.model, "list"))
        form = signed_in.get(url).context["filter"].form
        for name, field in form.fields.items():
            choices = [str(value) for value, _ in getattr(field, "choices", []) if value != ""]
            found = [
                signed_in.post(url, {name: value}, follow=True).context["table"].paginator.count
                for value in choices or ["bo", "no such name"]
            ]
            everything = view.model.objects.count()
            assert max(found) <= everything
            assert min(found) < everything or len(choices) == 1, (name, found)

    def test_a_choice_that_does_not_exist_is_said_and_shows_nothing(self, view, signed_in, records):
        url = reverse(page_name(view.model, "list"))
        for name in signed_in.get(url).context["filter"].form.fields:
            answer = signed_in.post(url, {name: "no such thing"}, follow=True)
            assert answer.status_code == 200

    def test_what_a_list_asks_of_the_database_does_not_grow_with_it(
        self, view, signed_in, records, django_assert_num_queries
    ):
        url = reverse(page_name(view.model, "list"))
        signed_in.get(url)
        with django_assert_num_queries(6 if "team" in view.filterset_class.base_filters else 5):
            signed_in.get(url)

    def test_pages_beyond_the_last_show_the_last(self, view, signed_in, records):
        url = reverse(page_name(view.model, "list"))
        for page in ("0", "-1", "99999", "x"):
            assert signed_in.get(url, {"page": page}).status_code == 200


@pytest.mark.parametrize("view", views_of(RecordPage), ids=lambda view: view.__name__)
class TestRecordPages:
    def test_a_record_has_a_page_with_its_panels(self, view, signed_in, records):
        record = records[view.model._meta.model_name]
        answer = signed_in.get(reverse(page_name(view.model), args=[record.pk]))
        assert answer.status_code == 200
        shown = answer.content.decode()
        for panel in view.panels:
            assert panel.title in shown

    def test_what_a_page_asks_of_the_database_is_known(
        self, view, signed_in, records, django_assert_max_num_queries
    ):
        record = records[view.model._meta.model_name]
        url = reverse(page_name(view.model), args=[record.pk])
        signed_in.get(url)
        look = 5 if isinstance(view.model.objects.all(), OfChild) else 0
        more = MORE_QUERIES.get(view.__name__, 0) + 5 * (CHANGES in view.panels)
        with django_assert_max_num_queries(5 + look + 2 * len(view.panels) + more):
            signed_in.get(url)


def test_pages_of_alike_records_neither_repeat_nor_miss_one(signed_in, db):
    authority = making.authority()
    for _ in range(60):
        making.child(authority=authority, first_name="Bo", last_name="Ray")
    seen = [
        row.record.pk
        for page in (1, 2, 3)
        for row in signed_in.get("/children/", {"sort": "-name", "page": page})
        .context["table"]
        .paginated_rows
    ]
    assert len(seen) == len(set(seen)) == 60


def test_every_section_of_the_navigation_leads_somewhere(signed_in, records):
    for entry in (entry for section in SECTIONS for entry in section.entries):
        answer = signed_in.get(reverse(entry.page), follow=True)
        assert answer.status_code == 200
        page = answer.content.decode()
        assert page.count("govuk-service-navigation__item--active") == 1


def test_the_entries_of_a_section_stand_below_it_while_one_of_them_is_open(signed_in, records):
    page = signed_in.get("/referrals/").content.decode()
    assert '<a class="moj-sub-navigation__link" href="/referrals/" aria-current="page">' in page
    assert '<a class="moj-sub-navigation__link" href="/visits/">' in page
    assert 'href="/visits/"' not in signed_in.get("/").content.decode()


@pytest.mark.parametrize("status", [400, 500])
def test_problems_have_a_page_that_asks_nothing_of_the_database(status, rf):
    answer = problem(status)(rf.get("/"))
    assert answer.status_code == status
    assert "govuk-heading-l" in answer.content.decode()


def test_a_page_that_does_not_exist_says_so(signed_in):
    answer = signed_in.get("/nothing/here/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        (("30", "6", "2019"), "2019-06-30"),
        (("30/06/2019", "", ""), "2019-06-30"),
        (("2019-06-30", "", ""), "2019-06-30"),
        (("30 June 2019", "", ""), "2019-06-30"),
        (("1.2.2020", "", ""), "2020-02-01"),
    ],
)
def test_a_day_is_typed_in_three_boxes_or_pasted_into_one(typed, day):
    data = dict(zip(("d_day", "d_month", "d_year"), typed, strict=True))
    entered = Day().value_from_datadict(data, {}, "d")
    assert DayField().clean(entered).isoformat() == day


@pytest.mark.parametrize("typed", [("31", "2", "2019"), ("x", "", ""), ("30", "", "2019")])
def test_a_day_that_is_none_is_refused_and_shown_again(typed):
    data = dict(zip(("d_day", "d_month", "d_year"), typed, strict=True))
    entered = Day().value_from_datadict(data, {}, "d")
    with pytest.raises(Exception, match="valid date"):
        DayField().clean(entered)
    parts = Day().get_context("d", entered, {})["parts"]
    assert [part["value"] for part in parts] == list(typed)


def test_words_searched_for_may_be_in_any_order(signed_in, records):
    for words, count in (("ray bo", 3), ("bo", 3), ("bo nobody", 0)):
        answer = signed_in.post("/children/", {"search": words}, follow=True)
        assert answer.context["table"].paginator.count == count


def test_a_list_is_counted_as_far_as_its_pages_are_turned(signed_in, records, monkeypatch):
    found = signed_in.get("/children/").context["table"].paginator.count
    for most, said in ((found, f">{found} found<"), (found - 1, f">More than {found - 1} found")):
        monkeypatch.setattr(Pages, "most", most)
        page = signed_in.get("/children/")
        assert said in page.text
        assert len(page.context["table"].page) == page.context["table"].paginator.count == most


def test_urls_are_named_once():
    names = [name for name, _ in patterns()]
    assert [name for name, group in itertools.groupby(sorted(names)) if len(list(group)) > 1] == []
