import datetime
import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from pypdf import PdfReader

from indicators.choices import Profile
from indicators.reporting.disclosure import Published, _shown, conceal
from indicators.reporting.outputs import FORMATS
from indicators.reporting.paper import (
    Cell,
    Column,
    Drawing,
    Paper,
    Part,
    Quote,
    Section,
    Table,
    Text,
)
from indicators.reporting.rules import RULES, Rules, rules

AUTHORITY, NORTH, SOUTH, EAST = 1, 2, 3, 4
TREE = {AUTHORITY: None, NORTH: AUTHORITY, SOUTH: AUTHORITY, EAST: AUTHORITY}
APRIL, MAY, JUNE = ((f"2019-{month:02}-01", f"2019-{month:02}-30") for month in (4, 5, 6))
MAY = ("2019-05-01", "2019-05-31")
TO_MAY, TO_JUNE = ("2019-04-01", "2019-05-31"), ("2019-04-01", "2019-06-30")
YEAR = ("2018-04-01", "2019-03-31")
NUMBERS = Part.NUMERATOR, Part.DENOMINATOR, Part.VALUE


def quote(numerator, denominator, days=JUNE, *, place=AUTHORITY, indicator="drawn", **told):
    numerator, denominator = Decimal(numerator), Decimal(denominator)
    first, last = map(datetime.date.fromisoformat, days)
    told.setdefault("value", numerator * 100 / denominator if denominator else None)
    return Quote(
        indicator=indicator,
        place_id=place,
        first=first,
        last=last,
        as_at=datetime.date(2019, 6, 30),
        numerator=numerator,
        denominator=denominator,
        **told,
    )


def count(number, days=JUNE, **told):
    return quote(number, number, days, unit="referrals", value=Decimal(number), **told)


def cells(one):
    ending = "%" if one.unit == "%" else ""
    value = "no cases" if one.value is None else f"{one.value:.1f}{ending}"
    return (
        Cell(str(one.numerator), one.numerator, one, Part.NUMERATOR),
        Cell(str(one.denominator), one.denominator, one, Part.DENOMINATOR),
        Cell(value, one.value, one, Part.VALUE),
    )


def paper(*quotes, blocks=(), level=1):
    columns = (Column("Numerator", True), Column("Denominator", True), Column("Figure", True))
    table = Table("figures", "Figures", columns, tuple(cells(one) for one in quotes))
    return Paper(
        title="Report",
        authority="Testshire",
        front=(("Ward", "All"),),
        sections=(Section("Figures", (table, *blocks), level),),
        as_at=datetime.date(2019, 6, 30),
    )


def shown(concealed):
    """The texts of each figure's numerator, denominator and value."""
    told = {one.quote: one.shown for one in concealed.figures}
    return [tuple(told[one.quote].get(part) for part in NUMBERS) for one in concealed.figures]


def in_full(one):
    """A figure that a report told in full."""
    return Published(one, dict(zip(NUMBERS, (cell.text for cell in cells(one)), strict=True)))


def seen(*quotes, profile=Profile.COUNCIL, published=()):
    return shown(conceal(paper(*quotes), profile, published=published, parents=TREE))


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (6, 40, ("6", "40", "15.0%")),
        (5, 40, ("c", "40", "c")),
        (1, 40, ("c", "40", "c")),
        (35, 40, ("c", "40", "c")),
        (34, 40, ("34", "40", "85.0%")),
        (2, 5, ("c", "c", "c")),
        (0, 10, ("0", "10", "0.0%")),
        (10, 10, ("10", "10", "100.0%")),
        (0, 9, ("c", "9", "c")),
        (9, 9, ("c", "9", "c")),
        (0, 0, ("0", "0", "no cases")),
    ],
)
def test_few_persons_are_hidden_and_what_few_did_not_do(numerator, denominator, expected):
    assert seen(quote(numerator, denominator)) == [expected]


def test_a_count_of_few_is_hidden_and_none_is_shown_as_none():
    assert seen(count(4), count(0, MAY), count(12, APRIL)) == [
        ("c", "c", "c"),
        ("0", "0", "0.0"),
        ("12", "12", "12.0"),
    ]


def test_figures_about_staff_are_exact_for_the_council_alone():
    leavers = quote(2, 61, counts_persons=False)
    assert seen(leavers) == [("2", "61", "3.3%")]
    assert seen(leavers, profile=Profile.DFE) == [("c", "61", "c")]


def test_the_internal_profile_hides_nothing_and_says_that_it_is_not_for_publication():
    done = conceal(paper(quote(2, 40)), Profile.INTERNAL)
    assert done.paper.marking == "Not for publication"
    assert shown(done) == [("2", "40", "5.0%")]
    assert not done.hidden


def test_the_council_shows_no_teams():
    assert seen(quote(60, 150), quote(20, 60, place=NORTH)) == [
        ("60", "150", "40.0%"),
        ("x", "x", "x"),
    ]


def test_a_second_cell_is_hidden_where_a_total_would_give_the_first_away():
    teams = quote(3, 40, place=NORTH), quote(12, 50, place=SOUTH), quote(20, 60, place=EAST)
    assert seen(quote(35, 150), *teams, profile=Profile.DFE) == [
        ("35", "150", "23.3%"),
        ("c", "40", "c"),
        ("c", "50", "c"),
        ("20", "60", "33.3%"),
    ]


def test_nothing_more_is_hidden_where_no_total_is_told():
    teams = quote(3, 40, place=NORTH), quote(12, 50, place=SOUTH), quote(20, 60, place=EAST)
    assert [told[0] for told in seen(*teams, profile=Profile.DFE)] == ["c", "12", "20"]


def test_a_share_hidden_for_others_is_whole_where_that_gives_nothing_away():
    teams = quote(3, 400, place=NORTH), quote(108, 900, place=SOUTH)
    assert seen(quote(111, 1300), *teams, profile=Profile.DFE) == [
        ("111", "1300", "8.5%"),
        ("c", "400", "c"),
        ("c", "900", "12%"),
    ]


def test_a_share_stays_hidden_where_even_whole_it_gives_the_count_away():
    teams = quote(3, 40, place=NORTH), quote(12, 50, place=SOUTH)
    assert seen(quote(15, 90), *teams, profile=Profile.DFE)[2] == ("c", "50", "c")


def test_a_year_to_date_is_hidden_that_less_an_earlier_one_tells_of_a_month():
    earlier = conceal(paper(quote(20, 80, TO_MAY)), Profile.COUNCIL)
    assert shown(earlier) == [("20", "80", "25.0%")]
    assert seen(quote(23, 120, TO_JUNE), published=earlier.figures) == [("c", "120", "c")]
    assert seen(quote(30, 120, TO_JUNE), published=earlier.figures) == [("30", "120", "25.0%")]


def test_two_versions_hide_the_same_cells():
    months = quote(3, 40, APRIL), quote(12, 40, MAY), quote(13, 40, JUNE)
    first = conceal(paper(months[0], months[1], quote(15, 80, TO_MAY)), Profile.COUNCIL)
    assert [told[0] for told in shown(first)] == ["c", "c", "15"]
    second = conceal(
        paper(*months, quote(28, 120, TO_JUNE)), Profile.COUNCIL, published=first.figures
    )
    assert [told[0] for told in shown(second)] == ["c", "c", "13", "28"]


def test_what_was_restated_since_is_hidden_by_what_it_is_today():
    first = conceal(paper(quote(9, 40), quote(30, 200, YEAR)), Profile.COUNCIL)
    second = conceal(
        paper(quote(4, 40), quote(29, 200, YEAR)), Profile.COUNCIL, published=first.figures
    )
    assert [told[0] for told in shown(second)] == ["c", "29"]
    assert not second.problems


def test_figures_that_contradict_each_other_still_give_no_difference_away():
    told = [
        Published(quote(20, 80, TO_MAY), dict(zip(NUMBERS, ("20", "80", "25.0%"), strict=True)))
    ]
    contradicting = quote(18, 70, TO_JUNE), quote(2, 30)
    assert [each[0] for each in seen(*contradicting, published=told)] == ["c", "c"]


def test_a_small_number_that_earlier_reports_tell_blocks_the_paper():
    told = [
        Published(
            one, dict(zip(NUMBERS, (str(one.numerator), str(one.denominator), ""), strict=True))
        )
        for one in (quote(20, 80, TO_MAY), quote(23, 120, TO_JUNE))
    ]
    problems = conceal(paper(quote(3, 40)), Profile.COUNCIL, published=told).problems
    assert [problem.where for problem in problems] == ["drawn, 1 June 2019 to 30 June 2019"]
    assert "earlier reports" in str(problems[0])


def test_none_in_a_part_is_shown_where_none_in_the_whole_is():
    parts = quote(0, 7, APRIL), quote(0, 9, MAY)
    assert [told[0] for told in seen(*parts)] == ["c", "c"]
    assert [told[0] for told in seen(*parts, quote(0, 16, TO_MAY))] == ["0", "0", "0"]


def test_indicators_of_the_same_cases_hide_the_same_counts():
    repeats = quote(1, 4, JUNE, indicator="re_referrals")
    whole = quote(20, 80, TO_JUNE, indicator="re_referrals")
    before = quote(19, 76, TO_MAY, indicator="re_referrals")
    received = count(4, JUNE, indicator="referrals"), count(80, TO_JUNE, indicator="referrals")
    found = seen(repeats, whole, before, *received)
    assert found[3] == ("c", "c", "c")
    assert (found[1][1], found[4][1]) in {("c", "c"), ("80", "80")}
    assert "c" in (found[1][1], found[2][1])


def test_a_hidden_cell_has_no_number_no_quote_and_no_change():
    few, many = quote(3, 40), quote(20, 40, MAY)
    change = Cell("down 42.5 points", Decimal("-42.5"), few, Part.CHANGE, since=many)
    table = Table("changes", "Changes", (Column("Change"),), ((change,),))
    drawn = Drawing(
        "drawn", "Drawn", "%", ("May", "June"), (cells(many)[2], cells(few)[2]), "A line chart."
    )
    done = conceal(paper(few, many, blocks=(table, drawn)), Profile.COUNCIL)
    hidden = [cell for cell in done.paper.cells() if cell.text == "c"]
    assert hidden == [Cell("c")] * 4
    assert not any(few in cell.quotes for cell in done.paper.cells())
    assert not done.problems


def test_a_table_says_what_the_markers_in_it_stand_for():
    def notes(*quotes, **told):
        [section] = conceal(paper(*quotes), Profile.COUNCIL, **told).paper.sections
        return [table.note for table in section.blocks]

    [hidden] = notes(quote(3, 40))
    assert hidden.startswith("c: a small number of people")
    assert notes(quote(20, 40)) == [""]
    [away] = notes(quote(20, 40, place=NORTH), parents=TREE)
    assert away == "x: not available."


def test_a_change_is_hidden_where_the_earlier_figure_is():
    few, many = quote(3, 40, MAY), quote(20, 40)
    change = Cell("up 42.5 points", Decimal("42.5"), many, Part.CHANGE, since=few)
    table = Table("changes", "Changes", (Column("Change"),), ((change,),))
    done = conceal(paper(many, blocks=(table,)), Profile.COUNCIL)
    assert [cell.text for cell in done.paper.cells()][-1] == "c"


def test_an_interval_is_hidden_with_its_figure_even_where_that_is_shown_in_whole_per_cent():
    one = quote(20, 60)
    interval = Cell("22.7 to 45.9%", None, one, Part.INTERVAL)
    for mark in ("33%", "c", "x"):
        assert _shown(interval, {(one, Part.VALUE): mark}).text in ("c", "x")
    assert _shown(interval, {}) is interval


@pytest.mark.parametrize(
    "words",
    [
        "It was 7.5 % in June.",
        "It was 7.5 per cent in June.",
        "About 8% were repeats.",
        "That is 3 of 40.",
        "Three out of the 40 came back.",
        "Of these, three children were known.",
        "There were 3 repeat referrals.",
        "Eight per cent were repeats.",
        "All but 37 children were new.",
        "Three of them came back.",
        "That is 1 in 13.",
    ],
)
@pytest.mark.parametrize("where", ["text", "caption", "note", "described"])
def test_a_text_that_names_a_hidden_number_blocks_the_paper(words, where):
    few = quote(3, 40)
    table = Table("empty", words if where == "caption" else "", (), (), words * (where == "note"))
    described = words if where == "described" else "A chart."
    drawn = Drawing("drawn", "Drawn", "%", ("June",), (cells(few)[2],), described)
    text = Text((words if where == "text" else "Nothing.",))
    [problem] = conceal(paper(few, blocks=(text, table, drawn)), Profile.COUNCIL).problems
    assert problem.where == "Figures"
    assert "drawn, 1 June 2019 to 30 June 2019" in problem.wrong


@pytest.mark.parametrize(
    "words",
    [
        "The target is 80 %, and 100% was promised.",
        "In 17.5 % of cases, and in 13 of 40.",
        "All 3,400 children; 23 children; from 3 April on.",
        "Fewer than 6 children.",
        "In 2018-3 children’s services; within 3 weeks of a referral; thirty-three children.",
        "One in five, or a third of them; half of all plans.",
    ],
)
def test_other_numbers_may_be_written(words):
    assert not conceal(paper(quote(3, 40), blocks=(Text((words,)),)), Profile.COUNCIL).problems


@pytest.mark.parametrize(
    ("numerator", "denominator", "words"),
    [
        (1, 5, "About one in five was late."),
        (3, 7, "Fewer than half of them, about 40 per cent."),
        (2, 4, "Half were late."),
        (4, 6, "Two thirds of these were late."),
        (3, 4, "Three quarters were late."),
        (0, 8, "None of these was late."),
        (5, 5, "Five of five were late."),
        (42, 45, "Forty-two of the 45 were late; three children were not."),
        (2, 40, "A couple of children, or both children."),
    ],
)
def test_a_share_in_words_that_comes_to_a_hidden_number_blocks_the_paper(
    numerator, denominator, words
):
    one = paper(quote(numerator, denominator), blocks=(Text((words,)),))
    [problem, *_] = conceal(one, Profile.COUNCIL).problems
    assert "tells a number that is hidden" in problem.wrong


@pytest.mark.parametrize(
    ("words", "blocks"),
    [
        ("Three repeat referrals were received.", True),
        ("Three children had been referred before.", True),
        ("Of the referrals one in thirteen was a repeat.", True),
        ("Three children spoke to the committee. Referrals rose.", False),
        ("A third of the workforce is new.", False),
    ],
)
@pytest.mark.parametrize("where", ["section", "title", "front"])
def test_a_sentence_elsewhere_is_about_what_the_indicators_title_speaks_of(words, blocks, where):
    one = paper(quote(3, 40, indicator="re_referrals"))
    summary = Section("Summary", (Text((words,)),))
    told = {
        "section": replace(one, sections=(summary, *one.sections)),
        "title": replace(one, title=words),
        "front": replace(one, front=(("What is corrected", words),)),
    }[where]
    assert bool(conceal(told, Profile.COUNCIL).problems) is blocks


def test_a_count_in_a_section_on_something_else_may_be_written():
    one = paper(quote(3, 40))
    other = Section("Something else", (Text(("Three children spoke to the committee.",)),))
    assert not conceal(replace(one, sections=(*one.sections, other)), Profile.COUNCIL).problems


def files(concealed):
    """Everything that is inside each file of a paper, unpacked, as text."""
    for name, format in FORMATS.items():
        content = format.render(concealed.paper)
        if name == "pdf":
            document = PdfReader(io.BytesIO(content))
            yield "".join(page.extract_text() for page in document.pages)
            yield str(document.metadata)
        elif name == "html":
            yield content.decode()
        else:
            with zipfile.ZipFile(io.BytesIO(content)) as members:
                for member in members.namelist():
                    yield members.read(member).decode(errors="replace")


def test_no_file_has_a_hidden_number_inside():
    few, many = quote(3, 41), quote(34, 97, MAY)
    drawn = Drawing(
        "drawn", "Drawn", "%", ("May", "June"), (cells(many)[2], cells(few)[2]), "A line chart."
    )
    done = conceal(paper(few, many, blocks=(drawn,)), Profile.COUNCIL)
    contents = list(files(done))
    assert any("35.1" in content for content in contents)
    assert not any("7.3" in content.replace("17.3", "") for content in contents)
    assert not any("0.073" in content for content in contents)


def test_the_rules_of_a_profile_are_those_in_force_on_the_day(monkeypatch):
    later = Rules(profile=Profile.DFE, since=datetime.date(2020, 1, 1), few=7)
    monkeypatch.setattr("indicators.reporting.rules.RULES", (*RULES, later))
    assert rules(Profile.DFE, datetime.date(2019, 12, 31)).few == 5
    assert rules(Profile.DFE, datetime.date(2020, 1, 1)).few == 7
    assert rules(Profile.DFE, datetime.date(2001, 1, 1)).few == 5
