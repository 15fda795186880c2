"""Every address × method × role × relation to the child: what is answered, from one small table.

The addresses are those of the URL table. One that has no line here turns the test red, and so does
a line whose address is gone.
"""

import functools
import html
import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from django.contrib import admin
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from config import urls
from config.admission import METHODS
from config.workdays import ONE_DAY, london_day
from ehcp.models import Request
from indicators.annotations import NOTED_BY
from indicators.models.publications import APPROVERS, READERS
from indicators.models.reports import AUTHORS
from referrals import corrections
from referrals.access import OfChild
from referrals.choices import InError
from referrals.models import Child, Referral
from tests import making
from tests.addresses import every_route
from visits.models import ProtectionPlan, Visit
from workforce import access
from workforce.access import CASEWORK, EVERYONE, WITH_SEND
from workforce.choices import AccountRole
from workforce.models import User
from workforce.models.people import ANSWER_FOR_STAFF, KNOW_COLLEAGUES

pytestmark = pytest.mark.django_db
TODAY = london_day(timezone.now())
READ_AND_WRITE = ("GET", "POST")  # what all roles are asked with; HEAD is asked of one
REFUSED = ("OPTIONS", "PUT", "PATCH", "DELETE", "TRACE")  # whoever asks
SAFE = {"GET": 200, "HEAD": 200}

# Which children each role sees, by their relation to it. The others are not found.
SEES = {
    "caseworker": "own team covered listed closed",
    "team_manager": "own team closed",
    "service_manager": "own team other covered closed",
    "send_officer": "own",
    "emergency_duty out of hours": "own team other covered closed",
    "emergency_duty": "",
    "workforce_officer": "",
    "analyst": "",
    "publisher": "",
    "auditor": "",
    "administrator": "",
}
RELATIONS = [
    "own",
    "team",
    "other",
    "covered",
    "restricted",
    "listed",
    "relative",
    "family",
    "closed",
    "elsewhere",
]

R = AccountRole
WHO = {
    "everyone": EVERYONE,
    "anyone": EVERYONE,  # and whoever is not signed in
    "casework": CASEWORK,
    "child": WITH_SEND,
    "colleagues": KNOW_COLLEAGUES,
    "staff": ANSWER_FOR_STAFF,
    "workforce": (R.WORKFORCE_OFFICER,),
    "authors": AUTHORS,
    "publisher": APPROVERS,
    "copies": READERS,
    "commentators": (R.ANALYST, R.PUBLISHER, R.TEAM_MANAGER, R.SERVICE_MANAGER),
    "managers": (R.TEAM_MANAGER, R.SERVICE_MANAGER),
    "notes": NOTED_BY,
    "auditor": (R.AUDITOR,),
    "administrator": (R.ADMINISTRATOR,),
    "accounts": (R.ADMINISTRATOR, R.AUDITOR),
    "reviews": (R.TEAM_MANAGER, R.SERVICE_MANAGER, R.ADMINISTRATOR, R.AUDITOR),
    "emergencies": (R.TEAM_MANAGER, R.SERVICE_MANAGER, R.AUDITOR),
    "emergency": (*WITH_SEND, R.AUDITOR),
}

# Address, who is let in, and what is behind it: a page; a list, which a search is posted to; a
# record or a form about one, of that kind; an event, whose form depends on what has happened to the
# record before; or something that answers by rules of its own.
ROUTES = """
indicators:overview                     everyone        page
indicators:indicator                    everyone        page
indicators:trend-csv                    everyone        page
indicators:trend-xlsx                   everyone        page
indicators:trend-svg                    everyone        page
indicators:definition                   everyone        page
indicators:definition-live              everyone        other
indicators:glossary                     everyone        page
indicators:annotate                     notes           other
indicators:take-off-annotation          notes           other
indicators:why                          everyone        page
indicators:why-csv                      everyone        page
indicators:why-xlsx                     everyone        page
indicators:why-live                     everyone        other
indicators:change                       everyone        page
indicators:change-csv                   everyone        page
indicators:change-xlsx                  everyone        page
indicators:change-live                  everyone        other
indicators:cases                        everyone        page
indicators:cases-csv                    everyone        page
indicators:cases-xlsx                   everyone        page
indicators:commentary                   commentators    other
indicators:report-list                  authors         list
indicators:report-new                   authors         form
indicators:report-detail                authors         other
indicators:report-preview               authors         other
indicators:report-draft                 authors         other
indicators:report-highlights            authors         other
indicators:report-up                    authors         other
indicators:report-write                 authors         other
indicators:overview-live                everyone        other
indicators:indicator-live               everyone        other
indicators:cases-live                   everyone        other
indicators:report-sign                  authors         other
indicators:publication-list             copies          list
indicators:publication-detail           copies          other
indicators:publication-approve          publisher       other
indicators:publication-file             copies          other
indicators:publication-figure           copies          other
indicators:published-reports            anyone          page
indicators:published-report             anyone          other
indicators:published-definitions        anyone          other
indicators:published-file               anyone          other
indicators:published-glossary           anyone          page
indicators:accessibility                anyone          page
workforce:team-list                     everyone        list
workforce:team-detail                   everyone        other
workforce:worker-list                   colleagues      list
workforce:worker-detail                 colleagues      other
workforce:vacancy-list                  staff           list
workforce:vacancy-detail                staff           other
workforce:start-worker                  workforce       form
workforce:start-again                   workforce       other
workforce:change-post                   workforce       other
workforce:leave                         workforce       other
workforce:open-vacancy                  workforce       form
workforce:fill-vacancy                  workforce       other
referrals:my-work                       child           page
referrals:team-work                     managers        other
referrals:team-desk                     managers        other
referrals:team-reassign                 managers        other
referrals:team-cover                    managers        other
referrals:team-quality                  managers        other
referrals:team-uncover                  managers        other
referrals:child-list                    child           list
referrals:referral-list                 casework        list
referrals:queuedreferral-list           child           other
referrals:search-list                   auditor         other
referrals:look-list                     auditor         other
referrals:look-file                     auditor         other
ehcp:request-list                       child           list
visits:protectionplan-list              casework        list
visits:visit-list                       casework        list
referrals:child-detail                  child           record child
referrals:referral-detail               casework        record referral
ehcp:request-detail                     child           record request
ehcp:request-new                        child           other
ehcp:request-of                         child           other
ehcp:decide-to-assess                   child           event request
ehcp:decide-on-plan                     child           event request
ehcp:change-decision                    child           event request
ehcp:tell-family                        child           event request
ehcp:note-exception                     child           event request
ehcp:send-draft                         child           event request
ehcp:issue-plan                         child           event request
ehcp:withdraw                           child           event request
visits:protectionplan-detail            casework        record plan
visits:visit-detail                     casework        record visit
visits:record-visit                     casework        form plan
visits:start-plan                       casework        event child
visits:protectionplan-end               casework        event plan
referrals:referral-of                   casework        other
ehcp:decision-detail                    child           other
ehcp:decision-correct                   child           other
ehcp:decision-strike-out                child           other
ehcp:draft-detail                       child           other
ehcp:draft-correct                      child           other
ehcp:draft-strike-out                   child           other
ehcp:plan-detail                        child           other
ehcp:plan-correct                       child           other
ehcp:plan-strike-out                    child           other
ehcp:permittedexception-detail          child           other
ehcp:permittedexception-correct         child           other
ehcp:permittedexception-strike-out      child           other
ehcp:request-correct                    child           other
ehcp:request-strike-out                 child           other
referrals:child-correct                 child           other
referrals:referral-correct              casework        other
referrals:assessment-correct            casework        other
referrals:involvement-correct           child           other
visits:protectionplan-correct           casework        other
visits:visit-correct                    casework        other
referrals:correction-list               child           list
referrals:correction-detail             child           record correction
referrals:correction-settle             managers        other
referrals:referral-strike-out           casework        other
referrals:assessment-detail             casework        other
referrals:assessment-strike-out         casework        other
referrals:involvement-detail            child           other
referrals:involvement-strike-out        child           other
referrals:struckout-list                child           list
referrals:struckout-detail              child           record struck
referrals:struckout-put-back            child           other
visits:protectionplan-strike-out        casework        other
visits:visit-strike-out                 casework        other
referrals:referral-take                 casework        other
referrals:find-child                    child           other
referrals:find-result                   child           other
referrals:queuedreferral-detail         child           other
referrals:emergency-access              child           other
referrals:emergency-access-list         emergencies     other
referrals:emergency-access-detail       emergency       other
referrals:emergency-access-end          emergency       other
referrals:log                           colleagues      other
referrals:child-log                     child           event child
referrals:decide                        casework        event referral
referrals:close-case                    casework        event referral
referrals:start-assessment              casework        event referral
referrals:complete-assessment           casework        event assessment
referrals:allocate                      child           event child
referrals:end-allocation                child           other
referrals:child-born                    child           event child
referrals:child-moved                   child           event child
referrals:child-died                    child           event child
referrals:child-duplicates              casework        event child
referrals:merge-children                casework        other
referrals:childmerge-detail             casework        other
referrals:refuse-merge                  managers        other
referrals:undo-merge                    managers        other
workforce:account-list                  accounts        other
workforce:account-detail                accounts        other
workforce:account-deeds                 accounts        other
workforce:invite                        administrator   other
workforce:give-role                     administrator   other
workforce:end-role                      administrator   other
workforce:send-link                     administrator   other
workforce:end-account                   administrator   other
workforce:ask-second-step-reset         administrator   other
workforce:confirm-second-step-reset     administrator   other
workforce:access-list                   reviews         other
workforce:access-detail                 reviews         other
"""
# What every account has for itself, and what needs none: no role and no child comes into it.
OWN = {
    "workforce:notices",
    "workforce:notice-read",
    "workforce:notices-read-up-to",
    "workforce:session",
    "workforce:session-stay",
    "workforce:session-keep",
    "workforce:session-discard",
    "workforce:switch-role",
    "health",
    "sign-in",
    "admin-password",
    "sign-in-to-admin",
    "sign-out",
    "welcome",
}
SIGN_IN = ("account_", "mfa_", "socialaccount_", "openid_connect_")
LINES = {name: (who, what) for name, who, *what in map(str.split, ROUTES.strip().splitlines())}


@pytest.fixture(scope="module")
def shire(django_db_setup, django_db_blocker) -> Iterator[dict]:
    """One authority for all: an account for each role, and a child for each relation."""
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole._from_testcase = True  # as in Django's own tests: looks are written within it
        with whole:
            yield seed()
            transaction.set_rollback(True)


def seed() -> dict:
    authority = making.authority(name="Testshire")
    service = making.team(authority, kind="service")
    east, west = (making.team(authority, parent=service) for _ in range(2))
    send = making.team(authority)
    own, colleague, absent, far = (making.worker(authority=authority) for _ in range(4))
    places = {"caseworker": east, "team_manager": east, "service_manager": service}
    places |= {"send_officer": send}
    accounts = {
        role: making.holder(
            role,
            places.get(role, authority),
            is_staff=True,
            is_superuser=True,  # which is to mean nothing
            demonstration=True,  # so that no second step is asked for
            worker=own if role == "caseworker" else None,
        )
        for role in AccountRole
    }
    making.cover(worker=absent, by=accounts["caseworker"], since=TODAY, until=TODAY + 7 * ONE_DAY)
    family = making.family(authority=authority)
    held = {
        "own": (east, own),
        "team": (east, colleague),
        "other": (west, far),
        "covered": (west, absent),
        "restricted": (east, own),
        "listed": (east, own),
        "relative": (east, own),
        "family": (east, own),
        "closed": (east, None),
        "elsewhere": (making.team(), None),
    }
    records = {}
    for relation, (team, worker) in held.items():
        child = making.child(
            authority_id=team.root_id,
            first_name="Secret",
            last_name=relation.capitalize(),
            reference=f"SECRET-{relation}",
            family=family if relation == "family" else None,
        )
        ended_on = TODAY - ONE_DAY if relation == "closed" else None
        held_by = making.involvement(child=child, team=team, worker=worker, ended_on=ended_on)
        if relation in ("own", "restricted", "relative"):
            making.involvement(child=child, team=send, part="send_officer")
        plan = making.protection_plan(child=child, team=team, ended_on=ended_on)
        referral = making.referral(child=child, team=team)
        records[relation] = {
            "child": child,
            "referral": referral,
            "assessment": making.assessment(referral=referral),
            "involvement": held_by,
            "request": making.request(child=child, team=team),
            "plan": plan,
            "visit": making.visit(plan=plan),
            "struck": making.struck_out(child=child, kind="referrals.involvement"),
            "correction": making.correction(child=child, kind="referrals.involvement"),
        }
    making.restriction(child=records["restricted"]["child"])
    listed = making.restriction(child=records["listed"]["child"])
    making.restriction_member(restriction=listed, user=accounts["caseworker"])
    for account in accounts.values():
        making.interest(user=account, child=records["relative"]["child"])
        making.interest(user=account, family=family)
    clients = {}
    for role in SEES:
        clients[role] = Client(raise_request_exception=False)
        clients[role].force_login(accounts[role.split()[0]])
    return {"accounts": accounts, "clients": clients, "records": records, "team": east}


def refused(status: int, request, exception) -> HttpResponse:
    return HttpResponse(status=status)


@pytest.fixture
def ask(shire, monkeypatch):
    """A function that asks for an address as an account of a role, and gives the answer."""

    for status in (403, 404):  # what a refusal looks like is not asked here
        plain = functools.partial(refused, status)
        monkeypatch.setattr(urls, f"handler{status}", plain, raising=False)

    def answer(role: str, method: str, url: str, data: dict | None = None):
        night = role.endswith("out of hours")
        monkeypatch.setattr(access, "out_of_hours", lambda now, working: night)
        client = shire["clients"][role]
        return client.generic(method, url) if data is None else client.post(url, data)

    return answer


@pytest.fixture
def rights(monkeypatch):
    """Rights that are worked out once for a test, in which nobody is moved, and not each time."""
    known = functools.cache(access.reach_of)
    now = timezone.now()
    monkeypatch.setattr(User, "reach", property(lambda user: known(user, now)))


def is_let_in(role: str, who: str) -> bool:
    return role.split()[0] in WHO[who]


def first_of(who: str) -> str:
    """The first of the roles that are let in."""
    return next(role for role in SEES if is_let_in(role, who))


def address(name: str, **given) -> str:
    """The address of a route, whose keys are nobody's unless they are given."""
    [route] = [route for route in every_route() if route.name == name]
    known = {"name": "re_referrals", "kind": "month", "ending": "2019-06-30"} | given
    return reverse(name, kwargs={key: known.get(key, 0) for key in route.takes})


def expected(method: str, what: str) -> int | None:
    """The status for those who are let in; None where the address has rules of its own."""
    if what in ("other", "event"):
        return None
    if what == "form" and method == "POST":
        return 200
    return 302 if (what, method) == ("list", "POST") else SAFE.get(method, 405)


def answers(status: int) -> bool:
    """Whether somebody who is let in is answered, by whatever rules."""
    return status < 500 and status not in (403, 404)


def test_every_address_has_its_line_and_every_line_its_address():
    names = {route.name for route in every_route() if route.match.namespaces[:1] != ["admin"]}
    assert all(names), "an address has no name"
    ours = {name for name in names - OWN if not name.startswith(SIGN_IN)}
    assert ours == LINES.keys()


def test_no_other_method_is_asked_who_the_reader_is(shire, django_assert_num_queries):
    """So the answer is the same for every role, and of every child."""
    client = shire["clients"]["service_manager"]
    with django_assert_num_queries(0):
        for name in LINES:
            for method in REFUSED:
                assert client.generic(method, address(name)).status_code == 405, (name, method)


@pytest.mark.parametrize("role", SEES)
def test_pages(shire, ask, rights, role):
    wrong = []
    for name, (who, (what, *kind)) in LINES.items():
        if kind:
            continue
        for method in METHODS if role == first_of(who) else READ_AND_WRITE:
            status = ask(role, method, address(name)).status_code
            if not is_let_in(role, who):
                right = status == 403
            elif (want := expected(method, what)) is not None:
                right = status == want
            else:
                right = answers(status) or status == 404
            if not right:
                wrong.append((name, method, status))
    assert wrong == []


@pytest.mark.parametrize("role", SEES)
def test_records(shire, ask, rights, role):
    seen, wrong = SEES[role].split(), []
    for name, (who, (what, *kind)) in LINES.items():
        if not kind:
            continue
        for relation in RELATIONS if is_let_in(role, who) else RELATIONS[:1]:
            url = address(name, pk=shire["records"][relation][kind[0]].pk)
            alone = role == first_of(who) and relation in ("own", "elsewhere")
            for method in METHODS if alone else READ_AND_WRITE:
                status = ask(role, method, url).status_code
                if not is_let_in(role, who):
                    want = 403
                elif relation not in seen:
                    want = 404
                else:
                    want = expected(method, what)
                if not (status == want or (want is None and answers(status))):
                    wrong.append((name, relation, method, status, want))
    assert wrong == []


@pytest.mark.parametrize("role", SEES)
def test_what_was_struck_out_is_found_by_nobody(shire, ask, role):
    records, wrong = shire["records"]["own"], []
    for kind in ("assessment", "referral", "visit", "plan", "request"):
        corrections.strike_out(
            record=records[kind],
            reason=InError.WRONG_CHILD,
            note="Of a twin",
            by=shire["accounts"]["service_manager"],
        )
        for name, (who, (_, *about)) in LINES.items():
            for method in READ_AND_WRITE if about == [kind] else ():
                status = ask(role, method, address(name, pk=records[kind].pk)).status_code
                if status != (404 if is_let_in(role, who) else 403):
                    wrong.append((name, method, status))
    assert wrong == []


LISTS = (
    "referrals:child-list",
    "referrals:referral-list",
    "ehcp:request-list",
    "visits:protectionplan-list",
    "visits:visit-list",
    "referrals:struckout-list",
    "referrals:correction-list",
)


@pytest.mark.parametrize("role", SEES)
def test_lists_and_what_narrows_them_tell_of_no_other_child(shire, ask, role):
    hidden = [relation for relation in RELATIONS if relation not in SEES[role].split()]
    for name in LISTS:
        if not is_let_in(role, LINES[name][0]):
            continue
        for asked in (
            "",
            "?filter=child__name__startswith&child__first_name__startswith=Secret",
            "?sort=child__family__name",
            "?sort=-restriction",
            "?page=2",
        ):
            page = ask(role, "GET", address(name) + asked)
            assert page.context["table"].paginator.count == len(SEES[role].split()), name
            for relation in hidden:
                assert f"SECRET-{relation}" not in page.text
                assert f"Secret {relation.capitalize()}" not in page.text


CASES = "/indicators/{}/cases/?period=rolling-12&ending={:%Y-%m-%d}"
FROM = (
    "/",
    "/log/",
    *(CASES.format(name, making.START) for name in ("referrals", "ehc_requests")),
    *(CASES.format(name, TODAY) for name in ("cp_plans", "caseload")),
)
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|data-left="\d+"')
LINK = re.compile(r'(?:href|action|hx-get)="([^"#]+)')


def walked(answer_to: Callable[[str], HttpResponse]) -> Iterator[tuple[str, HttpResponse]]:
    """The pages that links lead to, one of each kind; the admin's are tried below."""
    waiting, known = list(FROM), Counter()
    for url in waiting:
        path = url.partition("?")[0]
        kind = resolve(path).view_name
        known[kind] += 1
        if known[kind] > (FROM.count(url) or 1):
            continue
        page = answer_to(url)
        yield url, page
        found = [page.url] if page.status_code == 302 else LINK.findall(said(page))
        waiting += [
            html.unescape(path + link if link.startswith("?") else link)
            for link in found
            if link.startswith(("?", "/")) and not link.startswith(("//", "/static/", "/admin/"))
        ]


@pytest.mark.parametrize("role", ["caseworker", "send_officer", "analyst", "administrator"])
def test_no_page_that_links_lead_to_tells_of_a_child_out_of_reach(shire, ask, rights, role):
    hidden = [relation for relation in RELATIONS if relation not in SEES[role].split()]
    secret = {name for each in hidden for name in (f"Secret {each.capitalize()}", f"SECRET-{each}")}
    pages = dict(walked(functools.partial(ask, role, "GET")))
    told = [(url, name) for url, page in pages.items() for name in secret if name in said(page)]
    assert told == []
    assert sum(page.status_code == 200 for page in pages.values()) > 30


def said(page: HttpResponse) -> str:
    """What a page says, but for what is otherwise each time."""
    return TOKENS.sub("", page.content.decode(errors="replace"))


def test_what_is_hidden_is_answered_like_what_is_not_there(shire):
    """To the letter, and with the same headers; only that somebody asked is written down."""
    client = shire["clients"]["caseworker"]
    for name, (_, (_, *kind)) in LINES.items():
        for method in READ_AND_WRITE if kind else ():
            keys = (shire["records"]["restricted"][kind[0]].pk, 0)
            hidden, none = (client.generic(method, address(name, pk=key)) for key in keys)
            assert hidden.status_code == none.status_code, (name, method)
            assert said(hidden) == said(none), (name, method)
            assert hidden.headers == none.headers, (name, method)


def test_no_page_takes_a_form_without_its_token():
    assert [route for route in every_route() if getattr(route.match.func, "csrf_exempt", 0)] == []


@pytest.mark.parametrize("role", ["caseworker", "team_manager", "service_manager"])
def test_the_key_of_another_record_in_a_form_is_no_choice(shire, ask, role):
    from_elsewhere = making.worker()
    plan = shire["records"]["own"]["plan"]
    entered = {
        "visited_on": "today",
        "went": "alone",
        "purpose": "statutory",
        "place": "home",
        "worker": from_elsewhere.pk,
    }
    page = ask(role, "POST", address("visits:record-visit", pk=plan.pk), entered)
    assert "worker" in page.context["form"].errors
    before = Visit.objects.count()
    for relation in ("restricted", "relative", "elsewhere"):
        url = address("visits:record-visit", pk=shire["records"][relation]["plan"].pk)
        assert ask(role, "POST", url, entered | {"worker": ""}).status_code == 404
    assert Visit.objects.count() == before


MODELS = {"child": Child, "referral": Referral, "request": Request, "plan": ProtectionPlan}
MODELS |= {"visit": Visit}


def page(model, what: str, *key) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{what}", args=key)


@pytest.mark.parametrize("role", SEES)
def test_records_in_the_admin(shire, ask, rights, role):
    seen, wrong = SEES[role].split(), []
    for kind, model in MODELS.items():
        is_for = role.split()[0] in model.objects.all().roles
        listed = ask(role, "GET", page(model, "changelist"))
        assert listed.status_code == (200 if is_for else 403), kind
        if is_for:
            assert listed.context["cl"].result_count == len(seen), kind
        for relation in RELATIONS:
            key = shire["records"][relation][kind].pk
            want = 403 if not is_for else 200 if relation in seen else 404
            for what in ("change", "history"):
                status = ask(role, "GET", page(model, what, key)).status_code
                if status != want:
                    wrong.append((kind, what, relation, status, want))
            if want != 200:
                for what in ("change", "delete"):
                    status = ask(role, "POST", page(model, what, key), {"post": "yes"}).status_code
                    if status not in (403, 404):
                        wrong.append((kind, f"post {what}", relation, status))
    assert wrong == []
    assert User.objects.filter(is_superuser=True).exists()


@pytest.mark.parametrize("role", SEES)
def test_the_admin_lists_the_kinds_that_a_role_sees_and_no_others(shire, ask, role):
    index = ask(role, "GET", reverse("admin:index"))
    listed = {model["model"] for app in index.context["available_apps"] for model in app["models"]}
    of_children = {
        model for model in admin.site._registry if isinstance(model._default_manager.all(), OfChild)
    }
    if role in ("analyst", "publisher", "auditor", "administrator", "workforce_officer"):
        assert not listed & of_children
    for model in admin.site._registry:
        status = ask(role, "GET", page(model, "changelist")).status_code
        assert status == (200 if model in listed else 403), model
        if model not in listed:
            for what, key in (("add", ()), ("change", (1,)), ("delete", (1,)), ("history", (1,))):
                try:
                    url = page(model, what, *key)
                except Exception:
                    continue
                assert ask(role, "POST", url, {}).status_code in (403, 404), (model, what)


@pytest.mark.parametrize("role", ["caseworker", "team_manager", "service_manager", "send_officer"])
def test_a_choice_by_name_in_the_admin_offers_no_other_child(shire, ask, role):
    url = reverse("admin:autocomplete")
    asked = "app_label=referrals&model_name=involvement&field_name=child&term=Secret"
    offered = ask(role, "GET", f"{url}?{asked}").json()["results"]
    names = {choice["text"].removeprefix("Secret ").lower() for choice in offered}
    assert names == set(SEES[role].split())


def test_nobody_is_let_in_before_signing_in(shire):
    client = Client()
    for name, (who, *_) in LINES.items():
        for method in METHODS:
            answer = client.generic(method, address(name))
            asked = answer.status_code == 302 and answer.url.startswith(reverse("sign-in"))
            assert asked is (who != "anyone"), (name, method)


def test_whoever_moves_or_is_disabled_has_other_rights_with_the_next_request(shire, ask):
    account = shire["accounts"]["team_manager"]
    url = address("referrals:child-detail", pk=shire["records"]["team"]["child"].pk)
    assert ask("team_manager", "GET", url).status_code == 200
    held = account.appointments.get()
    account.appointments.update(until=TODAY)
    assert ask("team_manager", "GET", url).status_code == 403
    account.appointments.update(until=None, place=shire["records"]["other"]["plan"].team)
    assert ask("team_manager", "GET", url).status_code == 404
    account.appointments.update(place=held.place)
    User.objects.filter(pk=account.pk).update(is_active=False)
    assert ask("team_manager", "GET", url).status_code == 302
    User.objects.filter(pk=account.pk).update(is_active=True)
