"""Reports to committees: what cannot be true of one, and how several people write it."""

import re
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from indicators.models import Cost, Highlight, Report
from indicators.periods import Period
from indicators.reporting.outputs import FORMATS
from indicators.reporting.writing import CHANGED_MEANWHILE, passages, write
from tests import making
from tests.indicators import testshire
from tests.indicators.test_models import commentary, target
from tests.indicators.test_outputs import everything
from tests.refusals import OTHER_TEAM, again, is_refused, updated
from tests.workforce.test_models import AS_SERVICE, elsewhere
from workforce.models import Team, User

pytestmark = pytest.mark.django_db


def report(**values) -> Report:
    """A report on the first quarter of 2019-20, which nobody has written anything in."""
    usual = {
        "title": "Key performance indicators",
        "committee": "Children’s Services Overview and Scrutiny Committee",
        "meets_on": making.Date(2019, 9, 17),
        "period": "quarter",
        "ending": making.Date(2019, 6, 30),
        "as_at": making.Date(2019, 6, 30),
    } | values
    return Report.objects.create(
        **usual | {"authority": usual.get("authority") or making.authority()}
    )


def highlight(**values) -> Highlight:
    usual = {"indicator": "re_referrals", "order": 1} | values
    return Highlight.objects.create(**usual | {"report": usual.get("report") or report()})


def cost(**values) -> Cost:
    usual = {"years_on": 0, "amount": "Nothing"} | values
    return Cost.objects.create(**usual | {"report": usual.get("report") or report()})


REFUSED = [
    updated("report_titled", Report, report, title="''"),
    updated("report_titled", Report, report, committee="''"),
    updated("report_period_known", Report, report, period="'fortnight'"),
    updated("report_state_known", Report, report, state="'lost'"),
    updated("report_dates_plausible", Report, report, meets_on="'infinity'"),
    updated("report_as_at_after_period", Report, report, as_at="ending - 1"),
    updated(
        "report_authority_is_root", Report, lambda: elsewhere(report()), authority_id=OTHER_TEAM
    ),
    updated("report_authority_is_root", Team, lambda: elsewhere(report().authority), **AS_SERVICE),
    again("highlight_once", Highlight, highlight),
    again("cost_once", Cost, cost),
    updated("cost_year_in_range", Cost, cost, years_on="3"),
    updated("cost_budget_known", Cost, cost, budget="'petty'"),
]


@pytest.mark.parametrize("refused", REFUSED, ids=str)
def test_what_cannot_be_true_is_refused(refused):
    is_refused(refused)


@pytest.fixture
def shire(db) -> Team:
    return testshire.authority()


@pytest.fixture
def writer(shire, client: Client) -> Client:
    client.force_login(making.holder("analyst", shire, first_name="Ada"))
    return client


def page(name: str, *keys, **also) -> str:
    return reverse(f"indicators:report-{name}", args=keys, kwargs=also or None)


def days(**given: str) -> dict[str, str]:
    """Days as their three boxes send them."""
    return {
        f"{name}_{part}": value
        for name, told in given.items()
        for part, value in zip(("day", "month", "year"), told.split("/"), strict=True)
    }


def begun(client: Client) -> Report:
    entered = {
        "authority": Team.objects.get(name="Testshire").pk,
        "title": "Key performance indicators",
        "committee": "Overview and Scrutiny",
        "period": "quarter",
    } | days(meets_on="17/9/2019", ending="30/6/2019", as_at="30/6/2019")
    client.post(page("new"), entered)
    return Report.objects.get()


def version(client: Client, made: Report, passage: str) -> str:
    """What the page of the report says that a passage's text is."""
    shown = client.get(page("detail", made.pk)).content.decode()
    return re.search(f'id="version-{passage}" value="([0-9a-f]+)"', shown)[1]


def sent(client: Client, made: Report, passage: str, seen: str, htmx=True, **fields):
    headers = {"HX-Request": "true"} if htmx else {}
    entered = fields | {"version": seen}
    return client.post(page("write", made.pk, passage), entered, headers=headers)


def test_a_report_is_begun_with_the_years_of_its_costs_and_what_it_might_highlight(shire, writer):
    target(authority=shire, indicator="re_referrals", value=20)
    child = testshire.child()
    for received_on in (making.Date(2018, 6, 15), making.Date(2019, 6, 15)):
        testshire.referral(received_on, child=child)
    made = begun(writer)
    assert list(made.costs.values_list("years_on", flat=True)) == [0, 1, 2]
    suggested = made.highlights.get(indicator="re_referrals")
    assert suggested.because == "Target of 20%, local, missed by 80 points: 100.0%."
    assert suggested.accepted is None
    assert "missed by 80 points" in writer.get(page("highlights", made.pk)).content.decode()


def test_a_report_is_not_begun_on_a_day_to_come_or_before_its_period_is_over(shire, writer):
    for as_at, told in (
        ("1/1/2190", "This date is in the future."),
        ("29/6/2019", "as at a day on which the period is over"),
    ):
        entered = {"authority": shire.pk, "title": "A", "committee": "B", "period": "quarter"}
        entered |= days(meets_on="17/9/2019", ending="30/6/2019", as_at=as_at)
        assert told in writer.post(page("new"), entered).content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("kind", "ending", "ends_on"),
    [
        ("quarter", making.Date(2019, 5, 31), "30 June 2019"),
        ("financial-year", making.Date(2018, 12, 31), "31 March 2019"),
        ("rolling-12", making.Date(2019, 6, 29), "30 June 2019"),
    ],
)
def test_a_report_is_about_a_whole_period(kind, ending, ends_on):
    with pytest.raises(ValidationError, match=f"that ends on {ends_on}"):
        report(period=kind, ending=ending).full_clean()
    report(period=kind, ending=Period.containing(kind, ending).end).clean()


def test_what_is_chosen_draws_in_the_commentary_and_is_there_to_be_edited(shire, writer):
    commentary(
        place=shire, trend="It has risen.", background="Two agencies.", action="Each is read."
    )
    made = report(authority=shire)
    writer.post(page("highlights", made.pk), {"others": ["re_referrals", "cp_plans"]})
    chosen = made.highlights.get(indicator="re_referrals")
    assert (chosen.trend, chosen.background) == ("It has risen.", "Two agencies.")
    seen = version(writer, made, f"highlight-{chosen.pk}")
    edited = {"trend": "It rose to a third.", "background": "", "action": "Each is read."}
    assert "Saved at" in sent(writer, made, f"highlight-{chosen.pk}", seen, **edited).text
    chosen.refresh_from_db()
    assert chosen.trend == "It rose to a third."
    plans = made.highlights.get(indicator="cp_plans")
    writer.post(page("up", made.pk, plans.pk))
    in_order = made.highlights.filter(accepted=True).values_list("indicator", flat=True)
    assert list(in_order) == ["cp_plans", "re_referrals"]
    writer.post(page("highlights", made.pk), {"chosen": ["cp_plans"]})
    chosen.refresh_from_db()
    assert chosen.accepted is False
    assert chosen.trend == "It rose to a third."


def test_a_passage_is_saved_as_one_types_and_the_answer_carries_what_is_stored_now(shire, writer):
    made = report(authority=shire)
    seen = version(writer, made, "summary")
    first = sent(writer, made, "summary", seen, summary="It has")
    assert "Saved at" in first.text
    assert first.headers["HX-Trigger"] == "reckoner:written"
    now = re.search('id="version-summary" value="([0-9a-f]+)" hx-swap-oob', first.text)[1]
    assert "Saved at" in sent(writer, made, "summary", now, summary="It has risen.").text
    made.refresh_from_db()
    assert made.summary == "It has risen."
    assert "It has risen." in writer.get(page("preview", made.pk)).text


def test_a_passage_that_somebody_else_changed_is_not_overwritten_but_shown(shire, writer):
    made = report(authority=shire)
    seen, other = version(writer, made, "summary"), version(writer, made, "background")
    Report.objects.update(summary="Grace’s")
    answer = sent(writer, made, "summary", seen, summary="Mine")
    assert "Somebody else changed this" in answer.text
    assert "Grace’s" in answer.text
    assert "HX-Trigger" not in answer.headers
    assert "Saved at" in sent(writer, made, "background", other, background="Of mine").text
    made.refresh_from_db()
    assert (made.summary, made.background) == ("Grace’s", "Of mine")
    instead = re.search('name="version" value="([0-9a-f]+)"', answer.text)[1]
    assert "Saved at" in sent(writer, made, "summary", instead, summary="Mine").text
    made.refresh_from_db()
    assert made.summary == "Mine"


def test_without_scripts_a_passage_is_saved_by_its_button_and_an_error_stands_beside_it(
    shire, writer
):
    made = report(authority=shire)
    seen = version(writer, made, "contact")
    entered = {"contact_name": "Ada", "contact_email": "nonsense"}
    refused = sent(writer, made, "contact", seen, htmx=False, **entered)
    assert "Enter a valid email address." in refused.text
    entered["contact_email"] = "ada@testshire.gov.uk"
    saved = sent(writer, made, "contact", seen, htmx=False, **entered)
    assert saved.url == page("detail", made.pk) + "#contact"
    made.refresh_from_db()
    assert made.contact_email == "ada@testshire.gov.uk"


def test_another_period_has_other_suggestions_and_what_was_decided_stays_decided(shire, writer):
    made = report(authority=shire)
    undecided = highlight(report=made, indicator="re_referrals", order=8)
    decided = highlight(report=made, indicator="cp_plans", order=9, accepted=False)
    entered = {"period": "month"} | days(ending="31/7/2019", as_at="31/7/2019")
    sent(writer, made, "position", version(writer, made, "position"), **entered)
    assert not made.highlights.filter(pk=undecided.pk).exists()
    assert made.highlights.filter(pk=decided.pk).exists()


@pytest.mark.parametrize("ending", FORMATS)
def test_a_draft_is_handed_out_in_every_format_and_says_what_it_is(shire, writer, ending):
    made = report(authority=shire)
    answer = writer.get(page("draft", made.pk, ending))
    assert answer["Content-Type"] == FORMATS[ending].content_type
    assert answer["Content-Disposition"].endswith(f'key-performance-indicators-draft.{ending}"')
    assert answer["Cache-Control"] == "no-store"
    assert "Not for publication" in everything(answer.content).decode(errors="replace")
    assert page("draft", made.pk, ending) in writer.get(page("detail", made.pk)).text
    assert writer.get(page("draft", made.pk, "exe")).status_code == 404


def test_a_report_of_another_authority_is_not_found(shire, writer):
    elsewhere = report(authority=making.authority(name="Elsewhere"))
    for name in ("detail", "preview", "highlights"):
        assert writer.get(page(name, elsewhere.pk)).status_code == 404
    assert sent(writer, elsewhere, "summary", "0", summary="x").status_code == 404
    mine = report(authority=shire)
    theirs = highlight(report=elsewhere, accepted=True)
    assert writer.post(page("up", mine.pk, theirs.pk)).status_code == 404
    assert "Elsewhere" not in writer.get(page("list")).text


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_a_passage_at_the_same_moment_one_is_told():
    made = report()
    authors = [making.holder("analyst", made.authority) for _ in range(2)]
    before = passages(made)[2]

    def save(author: User) -> None:
        at_once.wait()
        try:
            write(before, {"outcome": author.username}, seen=before.token, by=author)
            told.append(None)
        except ValidationError as refused:
            told.append(refused.message)
        finally:
            connection.close()

    at_once, told = threading.Barrier(2), []
    threads = [threading.Thread(target=save, args=[author]) for author in authors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(told) == {None, CHANGED_MEANWHILE}
    assert Report.objects.get().outcome in {author.username for author in authors}
