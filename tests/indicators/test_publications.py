"""Reports as they were published: what cannot be true of one, and that nothing of it changes."""

import hashlib

import pytest
from django.db import IntegrityError, connection, transaction

from indicators.models import (
    Publication,
    PublishedCase,
    PublishedFigure,
    PublishedFile,
    PublishedIndicator,
)
from tests import making
from tests.indicators.test_reports import report
from tests.refusals import again, is_refused, updated

pytestmark = pytest.mark.django_db

SIGNED, PUBLISHED = "2019-09-05T09:00:00Z", "2019-09-06T09:00:00Z"


def signed(**values) -> Publication:
    """A copy of a report that its author has signed."""
    usual = {
        "title": "Key performance indicators",
        "digest": "0" * 64,
        "as_at": making.Date(2019, 6, 30),
        "known_at": SIGNED,
        "signed_at": SIGNED,
    } | values
    usual["signed_by"] = usual.get("signed_by") or making.account()
    return Publication.objects.create(**usual | {"report": usual.get("report") or report()})


def published(**values) -> Publication:
    """A report that was published."""
    usual = {"version": 1, "published_at": PUBLISHED} | values
    return signed(**usual | {"approved_by": usual.get("approved_by") or making.account()})


def figure(**values) -> PublishedFigure:
    """The share of repeat referrals of 2018-19 as it was published."""
    usual = {
        "indicator": "re_referrals",
        "first_on": making.Date(2018, 4, 1),
        "last_on": making.Date(2019, 3, 31),
        "as_at": making.Date(2019, 6, 30),
        "numerator": 370,
        "denominator": 1705,
        "undecided": 0,
        "unit": "%",
        "counts_persons": True,
        "shown": {"value": "21.7%"},
    } | values
    usual["publication"] = usual.get("publication") or published()
    usual["place"] = usual.get("place") or usual["publication"].report.authority
    return PublishedFigure.objects.create(**usual)


def case(**values) -> PublishedCase:
    usual = {"question": "re_referrals", "subject": 1, "record": 1, "team": 1, "part": "both"}
    usual |= {"on_day": making.START, "amount": 1} | values
    return PublishedCase.objects.create(**usual | {"figure": usual.get("figure") or figure()})


def definition(**values) -> PublishedIndicator:
    usual = {"indicator": "re_referrals", "title": "Repeat referrals", "what": "Referrals …"}
    usual |= {"better": "Lower is better", "standards": [], "statements": [], "comparators": []}
    usual |= values
    usual["publication"] = usual.get("publication") or published()
    return PublishedIndicator.objects.create(**usual)


def file(content: bytes = b"%PDF-1.7", **values) -> PublishedFile:
    usual = {"format": "pdf", "sha256": hashlib.sha256(content).hexdigest()} | values
    usual["publication"] = usual.get("publication") or published()
    return PublishedFile.objects.create(content=content, **usual)


SECOND = {"version": "2", "note": "'Corrected'"}
REFUSED = [
    again("publication_version_once", Publication, published),
    again("publication_by_two_people", Publication, published, approved_by_id="signed_by_id"),
    again("publication_in_full", Publication, signed, version="1"),
    again("publication_note_on_correction", Publication, published, version="2"),
    again("publication_profile_known", Publication, signed, profile="'secret'"),
    again("publication_not_internal", Publication, signed, profile="'internal'"),
    again("publication_dates_plausible", Publication, signed, as_at="'infinity'"),
    again(
        "publication_after_signed",
        Publication,
        published,
        published_at="signed_at - interval '1 day'",
        **SECOND,
    ),
    updated("publication_kept_as_it_is", Publication, published, title="'Another'"),
    again("published_figure_once", PublishedFigure, figure),
    updated("published_figure_append_only", PublishedFigure, figure, numerator="359"),
    updated("published_case_append_only", PublishedCase, case, counts="TRUE"),
    again("published_indicator_once", PublishedIndicator, definition),
    updated("published_indicator_append_only", PublishedIndicator, definition, what="''"),
    again("published_file_once", PublishedFile, file),
    again("published_file_format_known", PublishedFile, file, format="'odt'"),
    again("published_file_has_its_checksum", PublishedFile, file, content="'other'::bytea"),
    updated("published_file_append_only", PublishedFile, file, content="'other'::bytea"),
]


@pytest.mark.parametrize("refused", REFUSED, ids=str)
def test_what_cannot_be_true_is_refused(refused):
    is_refused(refused)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE indicators_publication SET version = 2, note = 'Better'",
        "UPDATE indicators_publication SET version = NULL, approved_by_id = NULL,"
        " published_at = NULL",
        "UPDATE indicators_publication SET digest = repeat('1', 64)",
        "DELETE FROM indicators_publication",
        "DELETE FROM indicators_publishedfile",
        "SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE indicators_publication ENABLE TRIGGER USER;"
        " TRUNCATE indicators_publication CASCADE",
    ],
)
def test_the_database_changes_nothing_that_is_published(statement):
    file(publication=published())
    with (
        pytest.raises(IntegrityError, match="stays as it is"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_signed_copy_is_published_by_filling_in_its_approval_once():
    copy = signed()
    told = {"version": 1, "approved_by": making.account(), "published_at": PUBLISHED}
    assert Publication.objects.filter(pk=copy.pk).update(**told) == 1
    assert list(Publication.objects.published()) == [copy]


def test_the_latest_of_each_report_is_the_one_of_the_highest_version():
    first = published()
    second = published(report=first.report, version=2, note="Eleven referrals were corrected.")
    signed(report=first.report)
    other = published()
    assert set(Publication.objects.latest()) == {second, other}
