"""A report is signed by two people, published whole or not at all, and explained ever after."""

import hashlib
from decimal import Decimal
from types import SimpleNamespace

import psycopg
import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from config.workdays import ONE_DAY, london_day
from indicators import registry
from indicators.changes import Cause, Effect
from indicators.figures import figures
from indicators.models import (
    Publication,
    PublishedCase,
    PublishedFigure,
    PublishedFile,
    PublishedIndicator,
    Report,
)
from indicators.periods import Period
from indicators.reporting.paper import Cell, Column, Paper, Part, Quote, Section, Table
from indicators.reporting.publishing import Press, Told, approve, sign
from indicators.reporting.since import compared, explained
from referrals.models import Referral
from tests import making
from tests.indicators import testshire
from tests.indicators.moments import known_from
from tests.indicators.test_reports import highlight, report

pytestmark = pytest.mark.django_db

JUNE, TODAY = making.Date(2019, 6, 30), making.Date(2019, 9, 5)
REPEATS, REFERRALS = registry.indicator("re_referrals"), registry.indicator("referrals")


def quote(figure, authority) -> Quote:
    return Quote(
        indicator=figure.indicator.name,
        place_id=authority.pk,
        first=figure.period.start,
        last=figure.period.end,
        as_at=JUNE,
        numerator=figure.numerator,
        denominator=figure.denominator,
        undecided=figure.undecided,
        value=figure.value,
        unit=figure.indicator.unit,
    )


def composed(report, today) -> Paper:
    """A paper that quotes two indicators of a quarter and a year."""
    periods = [Period.ending(kind, JUNE) for kind in ("quarter", "rolling-12")]
    found = figures([REPEATS, REFERRALS], periods, as_at=JUNE, authority=report.authority)
    rows = tuple(
        (
            Cell(f"{figure.indicator.title}, {figure.period.label}"),
            Cell(figure.shown, figure.rounded, quote(figure, report.authority), Part.VALUE),
        )
        for figure in found
    )
    table = Table("figures", "Figures", (Column("What"), Column("Value", True)), rows)
    return Paper(
        title=report.title,
        authority=str(report.authority),
        front=(),
        sections=(Section("Summary", (table,)),),
        marking="Draft",
        as_at=JUNE,
    )


def told_openly(paper, profile, *, published, parents):
    """Nothing is hidden."""
    shown = [Told(cell.quote, {cell.part: cell.text}) for cell in paper.cells() if cell.quote]
    return SimpleNamespace(paper=paper, figures=shown, problems=[])


def as_text(paper: Paper) -> bytes:
    return "\n".join([paper.title, paper.marking, *(cell.text for cell in paper.cells())]).encode()


def press(**otherwise) -> Press:
    usual = {
        "unwritten": lambda report: [],
        "compose": composed,
        "conceal": told_openly,
        "write": {"html": as_text, "pdf": lambda paper: b"%PDF" + as_text(paper)},
    }
    return Press(**usual | otherwise)


@pytest.fixture
def shire(db):
    """Testshire, where of four children referred this quarter two were referred before."""
    shire = testshire.authority()
    for again in (True, True, False, False):
        child = testshire.child()
        if again:
            testshire.referral(making.Date(2018, 11, 1), child=child)
        testshire.referral(making.Date(2019, 5, 1), child=child)
    return shire


@pytest.fixture
def written(shire):
    return report(authority=shire)


@pytest.fixture
def author(shire):
    return making.holder("analyst", shire)


@pytest.fixture
def publisher(shire):
    return making.holder("publisher", shire)


def signed(report, by, **otherwise) -> Publication:
    told = {"profile": "council", "note": "", "now": timezone.now(), "press": press()} | otherwise
    return sign(report=report, by=by, **told)


def published(report, author, publisher, **otherwise) -> Publication:
    copy = signed(report, author, **otherwise)
    return approve(publication=copy, by=publisher, now=timezone.now())


def test_a_signed_copy_has_its_figures_their_cases_definitions_and_files(written, author):
    copy = signed(written, author)
    assert not copy.is_published
    quarter = copy.figures.get(indicator="re_referrals", first_on=making.Date(2019, 4, 1))
    assert (quarter.numerator, quarter.denominator, quarter.value) == (2, 4, 50)
    assert quarter.shown == {"value": "50.0%"}
    assert [case.counts for case in quarter.cases.order_by("counts")] == [False, False, True, True]
    for case in quarter.cases.filter(counts=True):
        assert case.reference
        assert "1 November 2018" in case.reason
    assert copy.figures.count() == 4
    year = copy.figures.get(indicator="referrals", first_on=making.Date(2018, 7, 1))
    assert year.cases.count() == year.numerator == 6
    kept = copy.indicators.get(indicator="re_referrals")
    assert kept.what == REPEATS.what
    assert "SELECT" in kept.statements[0][1]
    for file in copy.files.all():
        assert hashlib.sha256(file.content).hexdigest() == file.sha256
        assert b"Draft" not in bytes(file.content)


def test_nobody_approves_their_own_report_and_an_analyst_nobodys(written, author, publisher, shire):
    copy = signed(written, publisher)
    with pytest.raises(ValidationError, match="two people"):
        approve(publication=copy, by=publisher, now=timezone.now())
    with pytest.raises(ValidationError, match="does not answer"):
        approve(publication=copy, by=author, now=timezone.now())
    with pytest.raises(ValidationError, match="does not answer"):
        approve(publication=copy, by=making.holder("publisher", making.authority()), now=TODAY)
    other = approve(publication=copy, by=making.holder("publisher", shire), now=timezone.now())
    assert (other.version, other.is_published) == (1, True)
    with pytest.raises(ValidationError, match="published already"):
        approve(publication=copy, by=making.holder("publisher", shire), now=timezone.now())


@pytest.mark.parametrize("change", ["title", "highlight", "highlight's text"])
def test_a_text_that_is_changed_voids_the_signature(written, author, publisher, change):
    said = highlight(report=written)
    copy = signed(written, author)
    if change == "title":
        written.summary = "Better than ever."
        written.save()
    elif change == "highlight":
        highlight(report=written, indicator="referrals")
    else:
        said.trend = "It rose."
        said.save()
    with pytest.raises(ValidationError, match="changed since it was signed"):
        approve(publication=copy, by=publisher, now=timezone.now())
    again = signed(written, author)
    assert approve(publication=again, by=publisher, now=timezone.now()).version == 1
    copy.refresh_from_db()
    assert not copy.is_published


def test_of_two_copies_the_later_is_approved(written, author, publisher):
    first = signed(written, author)
    signed(written, author)
    with pytest.raises(ValidationError, match="later copy"):
        approve(publication=first, by=publisher, now=timezone.now())


def test_what_another_report_has_published_since_is_looked_at_again(written, author, publisher):
    copy = signed(written, author)
    published(report(authority=written.authority), author, publisher)
    with pytest.raises(ValidationError, match="Another report"):
        approve(publication=copy, by=publisher, now=timezone.now())


def test_a_correction_is_a_new_version_with_a_note(written, author, publisher):
    first = published(written, author, publisher)
    with pytest.raises(ValidationError, match="otherwise than in the version before"):
        signed(written, author)
    second = published(written, author, publisher, note="One referral was corrected.")
    assert (first.version, second.version) == (1, 2)
    assert list(Publication.objects.latest()) == [second]


def test_what_a_correction_says_stands_in_the_paper_and_is_checked_with_it(
    written, author, publisher
):
    published(written, author, publisher)
    seen = []

    def looked_at(paper, *told, **also):
        seen.append(dict(paper.front))
        return told_openly(paper, *told, **also)

    signed(written, author, note="One  referral was corrected.", press=press(conceal=looked_at))
    assert seen == [{"Otherwise than in the version before": "One referral was corrected."}]


def test_disclosure_control_is_told_what_was_published_and_blocks_with_its_reasons(
    written, author, publisher
):
    first = published(written, author, publisher)
    asked = {}

    def blocked(paper, profile, *, published, parents):
        asked.update(profile=profile, published=published, parents=parents)
        return SimpleNamespace(paper=paper, figures=[], problems=["Table 1: leave it out."])

    with pytest.raises(ValidationError, match=r"Table 1: leave it out\."):
        signed(written, author, profile="dfe", note="Again.", press=press(conceal=blocked))
    assert asked["profile"] == "dfe"
    assert [told.quote.value for told in asked["published"]] == [
        figure.value for figure in first.figures.all()
    ]
    assert asked["published"][0].shown == {Part.VALUE: "50.0%"}
    assert asked["parents"][written.authority_id] is None
    assert Publication.objects.count() == 1


def test_what_is_not_written_yet_is_not_signed(written, author):
    with pytest.raises(ValidationError, match="Not written yet: Summary, Outcome"):
        signed(written, author, press=press(unwritten=lambda report: ["Summary, Outcome"]))


def test_a_figure_that_its_cases_do_not_give_is_not_signed(written, author):
    def miscounted(report, today):
        return composed(report, today).with_cells(
            lambda cell: (
                cell
                if cell.quote is None
                else Cell(
                    cell.text,
                    cell.number,
                    Quote(**vars(cell.quote) | {"numerator": cell.quote.numerator + 1}),
                    cell.part,
                )
            )
        )

    with pytest.raises(ValidationError, match="being calculated"):
        signed(written, author, press=press(compose=miscounted))
    assert not Publication.objects.exists()


def nothing_is_stored() -> bool:
    kinds = (Publication, PublishedFigure, PublishedCase, PublishedIndicator, PublishedFile)
    return not any(kind.objects.exists() for kind in kinds)


def test_what_everybody_reads_of_it_is_what_was_signed(written, author, publisher, client):
    copy = published(written, author, publisher)
    assert copy.considered_by.endswith("Committee on 17 September 2019")
    Report.objects.update(committee="Another committee", title="Another title")
    for page, *keys in (("published-reports",), ("published-report", copy.pk)):
        shown = client.get(reverse(f"indicators:{page}", args=keys)).text
        assert copy.considered_by in shown
        assert "Another" not in shown


@pytest.mark.django_db(transaction=True)
def test_where_the_database_dies_meanwhile_nothing_is_published(written, author):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [mine] = cursor.fetchone()

    def dying(paper) -> bytes:
        with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as c:
            c.execute("SELECT pg_terminate_backend(%s)", [mine])
        return as_text(paper)

    with pytest.raises(OperationalError):
        signed(written, author, press=press(write={"html": as_text, "pdf": dying}))
    connection.close()
    assert nothing_is_stored()
    assert signed(written, author).files.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_approve_at_once_the_second_waits_and_is_told(written, author, shire):
    from threading import Thread

    copy = signed(written, author)
    told = []

    def approving(by) -> None:
        try:
            told.append(approve(publication=copy, by=by, now=timezone.now()).version)
        except ValidationError as refused:
            told.append(refused.messages[0])
        finally:
            connection.close()

    people = [making.holder("publisher", shire) for _ in range(2)]
    threads = [Thread(target=approving, args=[by]) for by in people]
    with transaction.atomic():
        type(written).objects.select_for_update().get(pk=written.pk)
        for thread in threads:
            thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(told, key=str) == [1, "This is published already."]


def test_a_record_that_is_corrected_changes_nothing_published_and_explains_the_difference(
    shire, written, author, publisher
):
    known_from(JUNE)
    publication = published(written, author, publisher)
    sums = {file.format: file.sha256 for file in publication.files.all()}
    before = Referral.objects.get(
        pk=publication.figures.get(indicator="re_referrals", first_on=making.Date(2019, 4, 1))
        .cases.filter(counts=True)[0]
        .record
    )
    Referral.objects.filter(child=before.child, received_on=making.Date(2018, 11, 1)).delete()
    late = testshire.referral(making.Date(2019, 6, 3))
    known_from(london_day(timezone.now()) + ONE_DAY)
    [quarter] = [
        each
        for each in compared(publication, publication.figures.all(), today=TODAY)
        if each.indicator is REPEATS and each.period.kind == "quarter"
    ]
    assert (quarter.then.shown, quarter.now.shown) == ("50.0%", "20.0%")
    assert quarter.is_changed
    found = explained(quarter, today=TODAY)
    assert {(change.row.record_id, change.cause) for change in found.changes} == {
        (before.pk, Cause.STRUCK_OUT),
        (late.pk, Cause.RECORDED_LATE),
    }
    assert found.effect == quarter.difference == Effect(Decimal(-1), Decimal(1))
    assert (found.before.shown, found.after.shown) == ("50.0%", "20.0%")
    for file in publication.files.all():
        assert file.sha256 == sums[file.format] == hashlib.sha256(file.content).hexdigest()


def test_what_nobody_has_touched_is_as_it_was_published(written, author, publisher):
    publication = published(written, author, publisher)
    for each in compared(publication, publication.figures.all(), today=TODAY):
        assert not each.is_changed
        assert explained(each, today=TODAY).changes == []
