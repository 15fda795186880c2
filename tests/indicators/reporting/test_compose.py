"""The paper of a report: every figure from the records, and nothing said of one outside a cell."""

import datetime
import re
from decimal import Decimal

import pytest

from config.workdays import ONE_DAY
from indicators import registry
from indicators.models import Report
from indicators.reporting.compose import NOT_WRITTEN, compose, unwritten
from indicators.reporting.paper import Drawing, Paper, Part, Section, Table, Text
from tests.indicators import testshire
from tests.indicators.test_models import comparator, compared_with, promise, target
from tests.indicators.test_reports import cost, highlight, report

pytestmark = pytest.mark.django_db
MEETING = datetime.date(2019, 9, 17)
FORM = [
    "Outcome / benefits to the community",
    "Recommendation",
    "Summary of report",
    "Background",
    "Analysis of issues",
    "Financial implications of the recommendation",
    "Other financial information",
    "Cross-council implications",
    "List of background papers",
    "Contact",
]


def section(paper: Paper, heading: str) -> Section:
    return next(each for each in paper.parts() if each.heading == heading)


def table(paper: Paper, key: str) -> Table:
    return next(
        block
        for each in paper.parts()
        for block in each.blocks
        if isinstance(block, Table) and block.key == key
    )


def texts(table: Table) -> dict[str, tuple[str, ...]]:
    """The rows of a table by their headings."""
    return {row[0].text: tuple(cell.text for cell in row[1:]) for row in table.rows}


@pytest.fixture
def made(db) -> Report:
    """A report that highlights repeat referrals: one of one, after none of one the year before."""
    child = testshire.child()
    testshire.referral(datetime.date(2018, 6, 15), child=child)
    testshire.referral(datetime.date(2019, 6, 15), child=child)
    found = report(authority=testshire.authority(), summary="It has risen.\n\nIt is looked into.")
    highlight(report=found, accepted=True, trend="More families come back.")
    highlight(report=found, indicator="referrals_nfa", accepted=False)
    highlight(report=found, indicator="cp_visits_in_time", accepted=None)
    return found


def test_it_has_the_form_of_such_papers(made):
    paper = compose(made, MEETING)
    assert [each.heading for each in paper.sections if each.level == 1] == FORM
    assert [label for label, _ in paper.front] == [
        "Agenda item",
        "Title",
        "For consideration by",
        "Ward",
        "Lead officer",
    ]
    assert dict(paper.front)["For consideration by"].endswith("on 17 September 2019")
    [written, stands] = section(paper, "Summary of report").blocks
    assert written == Text(("It has risen.", "It is looked into."))
    assert stands == Text(("The information in this report stands as at 30 June 2019.",))
    assert paper.marking == "Draft of 17 September 2019. Not for publication."


def test_what_is_highlighted_has_a_numbered_section_in_three_parts_and_nothing_else_has(made):
    paper = compose(made, MEETING)
    analysis = [each.heading for each in paper.sections if each.level > 1]
    assert analysis == [
        "1. Repeat referrals within 12 months",
        "Trend",
        "Background to the issue",
        "Action being taken",
    ]
    assert section(paper, "Trend").blocks[0] == Text(("More families come back.",))
    assert section(paper, "Action being taken").blocks == (Text((NOT_WRITTEN,)),)


def test_its_table_says_what_each_period_came_to_and_how_far_the_latest_is_from_it(made):
    paper = compose(made, MEETING)
    told = texts(table(paper, "re_referrals"))
    assert told["Q1 2019-20"] == ("100.0%", "1", "1", "20.7 to 100.0%", "")
    assert told["Q1 2018-19"] == ("0.0%", "0", "1", "0.0 to 79.3%", "Worse: up 100 points")
    assert told["Q4 2018-19"] == ("no cases", "0", "0", "", "")
    assert told["2018-19"] == ("0.0%", "0", "1", "0.0 to 79.3%", "Worse: up 100 points")
    cell = table(paper, "re_referrals").rows[4][-1]
    assert (cell.number, cell.part) == (100, Part.CHANGE)
    assert [quote.first for quote in cell.quotes] == [
        datetime.date(2019, 4, 1),
        datetime.date(2018, 4, 1),
    ]


def test_a_chart_has_the_cells_of_the_table_that_follows_it(made):
    target(authority=made.authority, indicator="re_referrals", value=20)
    blocks = section(compose(made, MEETING), "Trend").blocks
    at = next(at for at, block in enumerate(blocks) if isinstance(block, Drawing))
    chart, following = blocks[at], blocks[at + 1]
    assert list(chart.points) == [row[1] for row in reversed(following.rows[:9])]
    assert chart.labels[-1] == following.rows[0][0].text
    assert (chart.level.text, chart.level.number) == ("20%", 20)
    assert not re.search(r"\d", re.sub(r"Q\d \d{4}-\d\d|12 months", "", chart.described))


def test_a_text_that_is_made_names_no_figure(made):
    paper = compose(made, MEETING)
    for each in paper.parts():
        for block in each.blocks:
            if isinstance(block, Text):
                assert not any("%" in told for told in block.paragraphs if told != NOT_WRITTEN)
    for cell in paper.cells():
        assert cell.quote or not cell.part


def test_the_appendix_has_every_indicator_with_its_numbers_and_what_it_is_held_against(made):
    target(authority=made.authority, indicator="re_referrals", value=20)
    other = comparator(published_on=datetime.date(2019, 9, 16))
    compared_with(authority=made.authority, area=other.area)
    paper = compose(made, MEETING)
    tables = [block for each in paper.appendix for block in each.blocks if isinstance(block, Table)]
    rows = {name: row for each in tables for name, row in texts(each).items()}
    assert list(rows) == [indicator.title for indicator in registry.listed()]
    assert rows["Repeat referrals within 12 months"] == (
        "100.0%",
        "1",
        "1",
        "0.0%",
        "Worse: up 100 points",
        "0.0%",
        "20%, local",
        f"{other.area} 22.6% in 2018-19",
        "Lower",
    )
    before = compose(made, MEETING - 2 * ONE_DAY)
    assert "22.6%" not in str(before)


def test_a_quote_is_of_the_days_that_are_counted_and_says_whether_of_children(made):
    made.highlights.update(accepted=False)
    quotes = {
        row[1].quote.indicator: row[1].quote
        for each in compose(made, MEETING).appendix
        for block in each.blocks
        if isinstance(block, Table)
        for row in block.rows
    }
    june = datetime.date(2019, 6, 30)
    assert (quotes["re_referrals"].first, quotes["re_referrals"].last) == (
        datetime.date(2019, 4, 1),
        june,
    )
    assert quotes["cp_plans"].first == quotes["cp_plans"].last == june
    assert quotes["turnover_12_months"].first == datetime.date(2018, 7, 1)
    assert not quotes["turnover_12_months"].counts_persons
    assert quotes["caseload"].counts_persons
    assert quotes["re_referrals"].value == Decimal(100)


def test_the_years_of_the_costs_are_those_from_the_meeting_on(made):
    cost(report=made, years_on=1, amount="£20,000", is_funded="Yes", budget="revenue")
    told = texts(table(compose(made, MEETING), "costs"))
    assert told == {
        "Current year, 2019-20": (NOT_WRITTEN,) * 3,
        "Next year, 2020-21": ("£20,000", "Yes", "Revenue"),
        "Following year, 2021-22": (NOT_WRITTEN,) * 3,
    }


def test_the_glossary_has_the_acronyms_that_it_uses_and_no_others(made):
    made.background = "The CSWW is not due before the XmR chart."
    paper = compose(made, MEETING)
    assert {"EHC", "CSWW", "XmR", "FTE"} <= dict(paper.glossary).keys()
    assert "SEN2" not in dict(paper.glossary)


def test_what_is_still_to_be_written_is_said_as_the_form_calls_it(made):
    found = unwritten(made)
    assert found[:2] == ["Lead officer", "Outcome or benefits to the community"]
    assert "Summary of report" not in found
    assert found[-2:] == [
        "Repeat referrals within 12 months: background",
        "Repeat referrals within 12 months: action",
    ]


def test_what_was_promised_before_the_meeting_is_scored(made):
    kept = {"authority": made.authority, "indicator": "re_referrals"}
    promise(**kept, value=20, due_on=datetime.date(2019, 6, 30))
    promise(**kept, value=10, due_on=datetime.date(2020, 6, 30))
    promise(**kept, value=5, due_on=datetime.date(2020, 9, 30), said_on=made.meets_on)
    promised = table(compose(made, MEETING), "re_referrals-promises")
    assert texts(promised) == {
        "30 June 2019": (
            "20%",
            "100.0%",
            "Missed by 80 points",
            "1 April 2019: Scrutiny committee",
        ),
        "30 June 2020": ("10%", "", "Open", "1 April 2019: Scrutiny committee"),
    }
    quoted = [[cell.part for cell in row if cell.quote] for row in promised.rows]
    assert quoted == [[Part.VALUE, Part.CHANGE], []]  # whoever knows the score knows the figure
