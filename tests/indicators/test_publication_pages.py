"""The pages of signing, approving, and of what became of a published figure."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.workdays import ONE_DAY, london_day
from indicators.models import Publication
from indicators.reporting.publishing import approve
from indicators.views import publications as pages
from tests import making
from tests.indicators import testshire
from tests.indicators.moments import known_from
from tests.indicators.test_publishing import JUNE, press, signed
from tests.indicators.test_reports import report

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(monkeypatch):
    """A report of Testshire, where one child of two was referred again."""
    shire = testshire.authority()
    again, once = testshire.child(reference="AGAIN-1"), testshire.child()
    testshire.referral(making.Date(2018, 11, 1), child=again)
    for child in (again, once):
        testshire.referral(making.Date(2019, 5, 1), child=child)
    known_from(JUNE)
    monkeypatch.setattr(pages, "PRESS", press())
    return report(authority=shire)


def signed_in(role: str, place, **values) -> Client:
    client = Client()
    client.force_login(making.holder(role, place, **values))
    return client


@pytest.fixture
def author(written) -> Client:
    return signed_in("analyst", written.authority, first_name="Ada", last_name="Author")


@pytest.fixture
def publisher(written) -> Client:
    return signed_in("publisher", written.authority, first_name="Peter", last_name="Publisher")


def address(page: str, record, *more) -> str:
    return reverse(f"indicators:{page}", args=[record.pk, *more])


def test_one_signs_and_another_approves_and_everybody_reads_it(written, author, publisher):
    form = author.get(address("report-sign", written)).text
    assert "What is otherwise" not in form
    answer = author.post(address("report-sign", written), {"profile": "council"}, follow=True)
    copy = Publication.objects.get()
    assert answer.redirect_chain[-1][0] == address("publication-detail", copy)
    assert "A publisher other than the author" in answer.text
    assert author.get(address("publication-approve", copy)).status_code == 403
    assert Client().get(address("published-report", copy)).status_code == 404
    shown = publisher.get(address("publication-detail", copy)).text
    assert "Ada Author" in shown
    assert address("publication-approve", copy) in shown
    file = publisher.get(address("publication-file", copy, "pdf"))
    assert file.content == bytes(copy.files.get(format="pdf").content)
    assert "no-store" in file["Cache-Control"]
    refused = publisher.post(address("publication-approve", copy), {})
    assert "Confirm that you have read the copy" in refused.text
    answer = publisher.post(address("publication-approve", copy), {"read": "on"}, follow=True)
    assert "Version 1 is published." in answer.text
    assert Client().get(address("published-report", copy)).status_code == 200
    assert "What is otherwise" in author.get(address("report-sign", written)).text


def test_signed_copies_are_listed_for_those_who_read_them(written, author, publisher):
    listed = reverse("indicators:publication-list")
    author.post(address("report-sign", written), {"profile": "council"})
    copy = Publication.objects.get()
    manager = signed_in("service_manager", written.authority)
    for reader in (author, publisher, manager):
        shown = reader.get(listed).text
        assert address("publication-detail", copy) in shown
        assert "Not published" in shown
    assert listed in manager.get(address("publication-detail", copy)).text
    stranger = signed_in("publisher", making.authority())
    assert copy.title not in stranger.get(listed).text
    assert signed_in("caseworker", making.team(written.authority)).get(listed).status_code == 403


def test_what_blocks_it_is_said_on_the_form(written, author, monkeypatch):
    def lacking(report):
        return ["Summary of report"]

    monkeypatch.setattr(pages, "PRESS", replace(press(), unwritten=lacking))
    assert "Summary of report" in author.get(address("report-sign", written)).text
    answer = author.post(address("report-sign", written), {"profile": "council"})
    assert "Not written yet: Summary of report." in answer.text
    assert not Publication.objects.exists()


def test_a_copy_of_a_text_that_has_changed_is_shown_as_void(written, author, publisher):
    author.post(address("report-sign", written), {"profile": "council"})
    copy = Publication.objects.get()
    written.summary = "It is better than it was."
    written.save()
    assert "has been changed since it was signed" in (
        publisher.get(address("publication-detail", copy)).text
    )
    answer = publisher.post(address("publication-approve", copy), {"read": "on"})
    assert "has been changed since it was signed" in answer.text
    assert not Publication.objects.published().exists()


@pytest.fixture
def publication(written) -> Publication:
    shire = written.authority
    copy = signed(written, making.holder("analyst", shire))
    return approve(publication=copy, by=making.holder("publisher", shire), now=timezone.now())


def test_a_figure_stands_beside_todays_and_its_cases_are_named_with_their_cause(
    written, publication, author, publisher
):
    assert "0 of 4 figures are otherwise today" in (
        author.get(address("publication-detail", publication)).text
    )
    late = testshire.referral(making.Date(2019, 6, 3), child=testshire.child(reference="LATE-1"))
    known_from(london_day(timezone.now()) + ONE_DAY)
    shown = author.get(address("publication-detail", publication)).text
    assert "4 of 4 figures are otherwise today" in shown
    assert "50.0% (1 of 2)" in shown
    assert "33.3% (1 of 3)" in shown
    figure = publication.figures.get(indicator="re_referrals", first_on=making.Date(2019, 4, 1))
    why = author.get(address("publication-figure", publication, figure.pk)).text
    assert "50.0% (1 of 2) as reported, 33.3% (1 of 3) on" in why
    assert "Recorded late" in why
    assert "LATE-1" not in why  # an analyst has pseudonyms
    assert "1 case counts otherwise" in why
    hidden = publisher.get(address("publication-figure", publication, figure.pk)).text
    assert "1 not shown" in hidden
    assert late.child.reference not in hidden


def test_publications_of_another_authority_are_not_found(publication):
    stranger = signed_in("publisher", making.authority())
    figure = publication.figures.first()
    for page, *more in (
        ("publication-detail",),
        ("publication-approve",),
        ("publication-file", "pdf"),
        ("publication-figure", figure.pk),
    ):
        assert stranger.get(address(page, publication, *more)).status_code == 404
    assert stranger.get(address("report-sign", publication.report)).status_code == 404
