"""The events that no other walk logs, each on its page in a browser by keyboard alone."""

import datetime
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from config.workdays import london_day
from ehcp.models import Request
from referrals.models import Assessment
from tests import making
from tests.browser.test_events import press
from tests.browser.test_pages import WIDTHS, complaints
from tests.browser.test_visits import Keyboard
from workforce.models import Team, Vacancy, Worker

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("worker")]
TODAY = london_day(timezone.now())


class Journey:
    """Somebody who logs one event after another, by turns on a wide and on a narrow window."""

    def __init__(self, page: "Page", site: str) -> None:
        self.page, self.site, self.logged = page, site, 0

    def signs_in(self, account) -> None:
        client = Client()
        client.force_login(account)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        signed = {"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.site}
        self.page.context.add_cookies([signed])

    def logs(self, event: str, key: int | None, answers: dict[str, str], *, told: str) -> None:
        """Fill in an event's form and send it: groups are answered, and boxes typed into."""
        width = list(WIDTHS.values())[self.logged % len(WIDTHS)]
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(self.site + reverse(event, args=[key] if key else []))
        for label, answer in answers.items():
            self._answer(label, answer)
        form = self.page.get_by_role("main").locator("form").last
        press(self.page, form.get_by_role("button").last, "Enter")
        expect(self.page.get_by_role("alert")).to_contain_text(told)
        assert complaints(self.page) == []
        self.logged += 1

    def _answer(self, label: str, answer: str) -> None:
        group = self.page.get_by_role("group", name=label)
        if group.count():
            Keyboard(self.page).choose(group, answer)
        else:
            press(self.page, self.page.get_by_label(label), "End")
            self.page.keyboard.type(answer)


@pytest.fixture
def journey(browser_page: "Page", live_server) -> Journey:
    return Journey(browser_page, live_server.url)


@pytest.fixture
def east() -> Team:
    return making.team(making.authority(name="Testshire"), name="East")


@pytest.fixture
def ann(east) -> Worker:
    """A worker of East."""
    ann = making.worker(authority=east.authority, first_name="Ann", last_name="Lee")
    making.assignment(employment=making.employment(worker=ann), team=east)
    return ann


def test_the_case_of_a_child_who_is_born_moves_and_dies(journey, east, ann):
    before = TODAY - datetime.timedelta(days=3)
    child = making.child(
        authority=east.authority, born_on=None, expected_on=TODAY + datetime.timedelta(days=9)
    )
    held = making.involvement(child=child, team=east, worker=ann, started_on=before)
    referral = making.referral(child=child, team=east, received_on=before, decided_on=before)
    plan = making.protection_plan(child=child, team=east, started_on=before)
    journey.signs_in(making.holder("caseworker", east, worker=ann))
    for how in ("Attempted: nobody in, or child not there", "Refused"):
        visit = {"When was the visit?": "Today", "How did it go?": how}
        journey.logs("visits:record-visit", plan.pk, visit, told="Next visit")
    born = {"When was the child born?": "Yesterday", "First name": "Anna"}
    journey.logs("referrals:child-born", child.pk, born, told="The birth on")
    home = {"Address": "1 High Street, Testtown", "Postcode": "pe275bn"}
    journey.logs("referrals:child-moved", child.pk, home, told="The address is recorded.")
    began = {"When did the assessment start?": "Yesterday"}
    journey.logs("referrals:start-assessment", referral.pk, began, told="The start of the")
    assessment = Assessment.objects.get()
    journey.logs(
        "referrals:complete-assessment",
        assessment.pk,
        {"When was": "Today"},
        told="The assessment is recorded as completed",
    )
    ended = {"When did it end?": "Today"}
    journey.logs("referrals:end-allocation", held.pk, ended, told="Nobody is allocated")
    given = {
        "Who works with the child?": "Ann",
        "As what?": "Allocated social worker",
        "From when?": "Today",
    }
    journey.logs("referrals:allocate", child.pk, given, told="Ann Lee")
    died = {"When did the child die?": "Today"}
    journey.logs("referrals:child-died", child.pk, died, told="The death on")
    child.refresh_from_db()
    assert (child.first_name, child.postcode, child.died_on) == ("Anna", "PE27 5BN", TODAY)


def test_an_ehc_request_to_each_of_its_ends(journey, east, ann):
    def decided(*, agreed: bool) -> Request:
        child = making.child(authority=east.authority)
        received_on = TODAY - datetime.timedelta(days=100)
        told = {"child": child, "team": east}
        making.involvement(**told, worker=ann, part="send_officer", started_on=received_on)
        request = making.request(**told, received_on=received_on)
        making.decision(request=request, agreed=agreed, decided_on=received_on)
        return request

    journey.signs_in(making.holder("send_officer", east, worker=ann))
    child = decided(agreed=False).child
    received = {"When was the request received?": "Today", "Which team is it for?": "East"}
    journey.logs("ehcp:request-of", child.pk, received, told="It goes to East. Next: decide")
    waiting = Request.objects.get(received_on=TODAY)
    ground = {
        "On which ground?": "Exceptional personal circumstances",
        "Since when is it known?": "Today",
    }
    journey.logs("ehcp:note-exception", waiting.pk, ground, told="exception")
    journey.logs("ehcp:withdraw", waiting.pk, {"When was": "Today"}, told="The withdrawal on")
    no_plan = {"What was decided?": "No plan will be made", "When was the family told?": "Today"}
    journey.logs("ehcp:decide-on-plan", decided(agreed=True).pk, no_plan, told="is recorded")
    refused = decided(agreed=False)
    ordered = {
        "How was the refusal changed?": "The Tribunal ordered it",
        "What is the date of": "Today",
    }
    journey.logs("ehcp:change-decision", refused.pk, ordered, told="is recorded")
    told = {"When was the family told?": "Today"}
    journey.logs("ehcp:tell-family", refused.pk, told, told="the family was told on")
    issued = {"When was the": "Today"}
    journey.logs("ehcp:issue-plan", decided(agreed=True).pk, issued, told="Nothing is due any more")


def test_the_posts_of_a_team(journey, east, ann):
    making.team(east.authority, name="West")
    journey.signs_in(making.holder("workforce_officer", east.authority))
    changed = {"From when?": "Today", "In which team?": "West"}
    post = ann.employments.get()
    journey.logs("workforce:change-post", post.pk, changed, told="1 FTE in West, case holder")
    empty = {
        "Since when?": "Yesterday",
        "In which team?": "East",
        "In which role?": "Case holder",
        "Full-time equivalent": "1",
    }
    journey.logs("workforce:open-vacancy", None, empty, told="FTE in East stand empty")
    vacancy = Vacancy.objects.get()
    filled = {"When was": "Today"}
    journey.logs("workforce:fill-vacancy", vacancy.pk, filled, told="The vacancy was filled on")
