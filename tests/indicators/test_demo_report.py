"""The committee report of September 2019 is written again, with the figures that it had."""

import io
import itertools
import re
from decimal import Decimal

import docx
import lxml.html
import pypdf
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from openpyxl import load_workbook

from config.workdays import london_day
from indicators.changes import Cause, Effect
from indicators.models import Publication, Report
from indicators.reporting.outputs import FORMATS
from indicators.reporting.since import compared, explained
from referrals.models import Child
from tests.indicators.test_outputs import as_shown, bare, everything

# Sheet, row; the figure, its numerator and denominator; points from then to June 2019.
HIGHLIGHTED = {
    ("ehc_20_weeks", "Q1 2019-20"): (0, 0, 22, None),
    ("ehc_20_weeks", "Q4 2018-19"): (0, 0, 20, 0),
    ("ehc_20_weeks", "Q3 2018-19"): (0, 0, 28, 0),
    ("ehc_20_weeks", "Q2 2018-19"): (26.9, 7, 26, -26.9),
    ("ehc_20_weeks", "Q1 2018-19"): (42.3, 11, 26, -42.3),
    ("ehc_20_weeks", "2018"): (29.9, 32, 107, -29.9),
    ("re_referrals", "Q1 2019-20"): (32.4, 141, 435, None),
    ("re_referrals", "Q4 2018-19"): (23.9, 105, 440, 8.5),
    ("re_referrals", "Q3 2018-19"): (22.9, 98, 428, 9.5),
    ("re_referrals", "Q2 2018-19"): (21.5, 88, 410, 10.9),
    ("re_referrals", "Q1 2018-19"): (18.5, 79, 427, 13.9),
    ("re_referrals", "2018-19"): (21.7, 370, 1705, 10.7),
    ("cp_visits_in_time", "Q1 2019-20"): (79, 632, 800, None),
    ("cp_visits_in_time", "Q3 2018-19"): (60, 480, 800, 19),
    ("cp_visits_in_time", "Q1 2018-19"): (65.4, 510, 780, 13.6),
    ("turnover_voluntary_12_months", "Q1 2019-20"): (18, 11, 61.1, None),
    ("turnover_voluntary_12_months", "Q4 2018-19"): (23, 14, 60.9, -5),
    ("turnover_voluntary_12_months", "Q3 2018-19"): (30, 17, 56.7, -12),
    ("turnover_voluntary_12_months", "Q2 2018-19"): (27.9, 15, 53.7, -9.9),
    ("turnover_voluntary_12_months", "Q1 2018-19"): (24, 13, 54.2, -6),
}
# Sheet, row; the figure, its numerator and denominator; a year earlier, and in the last year.
IN_THE_APPENDIX = {
    ("appendix-education", "EHC plans issued within 20 weeks"): (0, 0, 22, 42.3, 29.9),
    ("appendix-referrals", "Repeat referrals within 12 months"): (32.4, 141, 435, 18.5, 21.7),
    ("appendix-child-protection", "Child protection visits in time"): (79, 632, 800, 65.4, None),
    ("appendix-workforce", "Social worker turnover, voluntary"): (18, 11, 61.1, 24, 23),
    ("appendix-workforce", "Agency social workers, share of FTE"): (34.4, 32, 93.1, 29.4, 34.7),
}


def test_is_refused_where_there_is_no_demonstration(db, tmp_path):
    with pytest.raises(CommandError, match="not loaded"):
        call_command("demo_report", out=tmp_path)


@pytest.mark.xdist_group("demonstration")
def test_has_the_figures_that_the_committee_was_given(demonstration, tmp_path):
    call_command("demo_report", out=tmp_path / "new", verbosity=0)
    written = {path.suffix[1:]: path for path in (tmp_path / "new").iterdir()}
    assert written.keys() == FORMATS.keys()
    assert "370" in written["html"].read_text("utf-8")
    assert written["pdf"].read_bytes().startswith(b"%PDF")
    assert Report.objects.count() == 1  # that which is published in the demonstration
    sheets = load_workbook(written["xlsx"])
    rows = {
        (sheet.title, str(row[0])): row[1:]
        for sheet in sheets
        for row in sheet.iter_rows(values_only=True)
    }
    for at, told in HIGHLIGHTED.items():
        assert (*rows[at][:3], _points(rows[at][-1])) == told, at
    for at, told in IN_THE_APPENDIX.items():
        figure, numerator, denominator, before, _, year, *_ = rows[at]
        assert (figure, numerator, denominator, before) == told[:4], at
        assert told[4] in (None, year), at


def _points(cell) -> float | None:
    """By how many points a figure changed, where a cell says so, in a number or in words."""
    if not isinstance(cell, str):
        return cell
    if cell == "No change":
        return 0
    _, _, change = cell.partition(": ")
    way, points, _ = change.split()
    return float(points) * (-1 if way == "down" else 1)


@pytest.mark.xdist_group("demonstration")
def test_is_published_in_the_demonstration_and_says_why_it_is_otherwise_today(demonstration):
    [publication] = Publication.objects.published()
    told = compared(publication, publication.figures.all(), today=london_day(timezone.now()))
    [year] = [
        each
        for each in told
        if (each.indicator.name, each.period.label) == ("re_referrals", "2018-19")
    ]
    assert year.published.shown["value"] == "21.7%"
    assert (year.then.shown, year.now.shown) == ("21.7%", "21.1%")
    explanation = explained(year, today=london_day(timezone.now()))
    assert [change.cause for change in explanation.changes] == [Cause.CORRECTED] * 11
    assert explanation.effect == year.difference == Effect(Decimal(-11))


@pytest.mark.xdist_group("demonstration")
def test_its_files_have_the_same_digits_and_nowhere_a_child(demonstration):
    [publication] = Publication.objects.published()
    files = {file.format: bytes(file.content) for file in publication.files.all()}
    assert files.keys() == FORMATS.keys()

    page = lxml.html.fromstring(files["html"].decode())
    tables = [
        [[cell.text_content() for cell in row.iter("th", "td")] for row in table.iter("tr")]
        for table in page.iter("table")
    ]
    assert sum(map(len, tables)) > 80
    document = docx.Document(io.BytesIO(files["docx"]))
    assert tables == [
        [[cell.text for cell in row.cells] for row in table.rows] for table in document.tables
    ]
    _, *sheets = load_workbook(io.BytesIO(files["xlsx"])).worksheets
    for sheet, table in zip(sheets, tables, strict=True):
        rows = list(sheet.iter_rows())[-len(table) :]
        assert [[as_shown(cell) for cell in row[: len(table[0])]] for row in rows] == table
    pages = "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(files["pdf"])).pages)
    assert all(bare("".join(row)) in bare(pages) for table in tables for row in table)

    inside = [pages, *(everything(content).decode(errors="replace") for content in files.values())]
    children = Child.objects.values_list("first_name", "last_name", "reference")
    names = {tuple(words(f"{first} {last}")) for first, last, _ in children}
    names |= {name[::-1] for name in names}
    references = {reference for *_, reference in children}
    assert len(references) > 1000
    for text in inside:
        told = words(text)
        assert names.isdisjoint(itertools.pairwise(told))
        assert references.isdisjoint(re.findall(r"[\w-]+", text))


def words(text: str) -> list[str]:
    """The words of a text, without digits."""
    return re.findall(r"[^\W\d_][^\W\d_'’-]*", text)
