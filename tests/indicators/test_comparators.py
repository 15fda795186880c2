"""Published statistics come in as they were published, whatever a release calls its columns."""

import datetime
import io
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command

from config.imports.reading import CannotRead
from indicators.comparators import take
from indicators.models import Area, Comparator, Neighbour
from tests.returns import sample

pytestmark = pytest.mark.django_db
PUBLISHED = datetime.date(2025, 10, 30)
REVISED = datetime.date(2025, 12, 4)
PLACE = "geographic_level,country_code,country_name,region_code,region_name,new_la_code,la_name"
RELEASE = f"time_period,time_identifier,{PLACE}"
ENGLAND = "National,E92000001,England,,,,"
SOUTH_EAST = "Regional,E92000001,England,E12000008,South East,,"
ALPHA, BETA = (
    f"Local authority,E92000001,England,E12000008,South East,{code},{name}"
    for code, name in (("E06000001", "Alpha"), ("E06000002", "Beta"))
)


@pytest.fixture
def write(tmp_path):
    """A function that writes lines into a file."""

    def made(*lines: str, name: str = "release.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return made


def referrals(*values: str, column: str = "rereferral_percent") -> list[str]:
    """A release of referrals: the rate of England in 2025, or of the areas given."""
    areas = (ENGLAND, SOUTH_EAST, ALPHA, BETA)
    return [
        f"{RELEASE},{column}",
        *(
            f"2025,Reporting year,{area},{value}"
            for area, value in zip(areas, values, strict=False)
        ),
    ]


def value(area: str = "England", **asked) -> Decimal | None:
    return Comparator.objects.filter(area__name=area, **asked).latest("published_on").value


@pytest.mark.parametrize(
    "column",
    ["rereferral_percent", "Re_referrals_percent", "RE_REFERRALS_PERCENTAGE"],
)
def test_a_release_may_call_its_column_what_another_called_it(write, column):
    take(write(*referrals("22.6", column=column)), published_on=PUBLISHED)
    row = Comparator.objects.get()
    assert (row.indicator, row.value, row.area.code) == (
        "re_referrals",
        Decimal("22.6"),
        "E92000001",
    )
    assert (row.first_on, row.last_on) == (datetime.date(2024, 4, 1), datetime.date(2025, 3, 31))
    assert row.published_on == PUBLISHED


def test_a_column_of_another_name_can_be_said(write):
    path = write(*referrals("22.6", column="pt_rerefs"))
    with pytest.raises(CannotRead, match="--column INDICATOR=COLUMN"):
        take(path, published_on=PUBLISHED)
    take(path, published_on=PUBLISHED, columns={"re_referrals": "PT_rerefs"})
    assert value() == Decimal("22.6")


@pytest.mark.parametrize("marker", ["c", "x", "z", "u", "low", "Z"])
def test_a_marker_is_kept_and_never_nought(write, marker):
    outcome = take(write(*referrals(marker)), published_on=PUBLISHED)
    row = Comparator.objects.get()
    assert (row.value, row.marker) == (None, marker.lower())
    assert outcome.markers == 1


def test_nought_is_nought(write):
    take(write(*referrals("0")), published_on=PUBLISHED)
    assert value() == 0


def test_what_cannot_be_read_is_refused_with_its_place_and_the_rest_goes_in(write):
    outcome = take(write(*referrals("22.6", "..", "20")), published_on=PUBLISHED)
    assert outcome.refused == [
        "row 3: re_referrals “..”: This is neither a number nor one of c, x, z, u, low."
    ]
    assert Comparator.objects.count() == 2


def test_the_same_file_twice_changes_nothing(write):
    path = write(*referrals("22.6", "c", "20", "30.5"))
    take(path, published_on=PUBLISHED)
    before = list(Comparator.objects.values())
    outcome = take(path, published_on=PUBLISHED)
    assert outcome.counts == {"as before": 4}
    assert list(Comparator.objects.values()) == before


def test_a_restated_figure_stands_beside_the_one_published_before(write):
    take(write(*referrals("22.6", "25.1")), published_on=PUBLISHED)
    outcome = take(write(*referrals("22.7", "25.1")), published_on=REVISED)
    assert outcome.counts == {"restated": 1, "as before": 1}
    known = Comparator.objects.filter(area__name="England").values_list("published_on", "value")
    assert dict(known) == {PUBLISHED: Decimal("22.6"), REVISED: Decimal("22.7")}


def test_a_value_of_one_day_of_publication_is_corrected_in_place(write):
    take(write(*referrals("2.6")), published_on=PUBLISHED)
    outcome = take(write(*referrals("22.6")), published_on=PUBLISHED)
    assert outcome.counts == {"corrected": 1}
    assert value() == Decimal("22.6")


def test_lines_about_some_children_only_are_passed_over(write):
    path = write(
        f"{RELEASE},breakdown_topic,breakdown,pc_plans_issued_within_20_weeks",
        f"2024,Calendar year,{ENGLAND},All EHC plans issued,All EHC plans issued,46.4",
        f"2024,Calendar year,{ENGLAND},Sex,Female,47.1",
        f"2024,Calendar year,{ENGLAND},Ethnicity,Unclassified,40.0",
    )
    outcome = take(path, published_on=PUBLISHED)
    assert outcome.counts == {"new": 1, "passed over": 2}
    row = Comparator.objects.get()
    assert (row.first_on, row.last_on) == (datetime.date(2024, 1, 1), datetime.date(2024, 12, 31))


@pytest.mark.parametrize("written", ["2019", "201819", "2018-19", "2018/19"])
def test_a_financial_year_is_known_however_it_is_written(write, written):
    path = write(f"{RELEASE},rereferral_percent", f"{written},Financial year,{ENGLAND},22.6")
    take(path, published_on=PUBLISHED)
    assert Comparator.objects.get().last_on == datetime.date(2019, 3, 31)


def test_a_list_says_of_each_line_what_it_is_and_when_it_was_published(write):
    path = write(
        "indicator,year,area,value,published,source",
        "rereferral_pct,2019,England,22.6,2019-10-31,DfE",
        'rereferral_pct,2019,"Stat neighbours 2021 set (mean, n=10)",23.2,2019-10-31,own',
        "turnover_fte_pct,2019,South East,14.9,2020-02-27,DfE",
        "icpc_15wd_pct,2019,England,78.7,2019-10-31,DfE",
    )
    outcome = take(path, published_on=None)
    assert outcome.counts == {"new": 3, "passed over": 1}
    neighbours = Comparator.objects.get(area__kind="neighbours")
    assert neighbours.area.name == "Statistical neighbours 2021 set"
    assert neighbours.source == "own – mean, n=10"
    turnover = Comparator.objects.get(indicator="turnover_12_months")
    assert (turnover.first_on, turnover.last_on) == (
        datetime.date(2018, 10, 1),
        datetime.date(2019, 9, 30),
    )


def test_an_area_of_a_list_gets_the_code_that_a_release_gives_it(write):
    listed = ("indicator,year,area,value", "rereferral_pct,2019,South East,25.1")
    take(write(*listed), published_on=PUBLISHED)
    take(write(*referrals("22.6", "25.9")), published_on=PUBLISHED)
    assert Area.objects.get(name="South East").code == "E12000008"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["a,b", "1,2"], "Its columns are neither"),
        ([f"{RELEASE},something", f"2025,Reporting year,{ENGLAND},1"], "No column holds"),
        (["indicator,year,area,value", "rereferral_pct,2019,England,22.6"], "--published"),
        ([""], "empty"),
    ],
    ids=str,
)
def test_a_file_that_cannot_be_understood_is_refused_as_a_whole(write, lines, told):
    with pytest.raises(CannotRead, match=told):
        take(write(*lines), published_on=None)
    assert not Area.objects.exists()


def test_a_figure_is_not_published_before_its_year_is_over(write):
    outcome = take(write(*referrals("22.6")), published_on=datetime.date(2025, 3, 31))
    assert len(outcome.refused) == 1
    assert not Comparator.objects.exists()


def test_the_mean_of_neighbours_is_of_those_that_have_a_value(write):
    path = write(*referrals("22.6", "25.1", "20", "c"))
    take(path, published_on=PUBLISHED)
    neighbours = Area.objects.create(kind="neighbours", name="Neighbours 2021")
    for name in ("Alpha", "Beta"):
        Neighbour.objects.create(neighbours=neighbours, area=Area.objects.get(name=name))
    take(path, published_on=PUBLISHED)
    mean = Comparator.objects.get(area=neighbours)
    assert mean.value == 20
    assert mean.source == "Own calculation: unweighted mean of 1 of 2"
    take(write(*referrals("22.6", "25.1", "20", "21.5")), published_on=REVISED)
    assert value("Neighbours 2021") == Decimal("20.8")


@pytest.mark.parametrize(
    ("file", "count", "markers", "known"),
    [
        (
            "c1_children_in_need_referrals_and_rereferrals_2013_to_2025.csv",
            6396,
            152,
            ("re_referrals", "2019-03-31", "21.1", 359, 1705),
        ),
        (
            "csww_indicators_2017_to_2025.csv",
            8778,
            42,
            ("turnover_12_months", "2019-09-30", "7.4", 5, Decimal("67.2")),
        ),
        (
            "ehc_timeliness_20_week_2025.csv",
            1940,
            16,
            ("ehc_20_weeks", "2019-12-31", "8.7", 14, 161),
        ),
    ],
)
def test_the_releases_as_the_department_publishes_them(file, count, markers, known):
    outcome = take(sample(f"dfe/{file}"), published_on=datetime.date(2026, 2, 26))
    assert (outcome.counts["new"], outcome.markers, outcome.refused) == (count, markers, [])
    indicator, last_on, printed, numerator, denominator = known
    row = Comparator.objects.get(indicator=indicator, last_on=last_on, area__code="E06000041")
    assert row.value == Decimal(printed)
    assert (row.numerator, row.denominator) == (numerator, denominator)


def test_the_command_says_what_became_of_each_file(write):
    told = io.StringIO()
    path, other = write(*referrals("22.6", "-")), write("a,b", "1,2", name="other.csv")
    with pytest.raises(SystemExit):
        call_command("import_comparators", path, other, published=PUBLISHED, stdout=told)
    lines = told.getvalue().splitlines()
    assert lines[0].startswith("release.csv: 1 new, 0 restated, 0 corrected, 0 as before")
    assert lines[1].startswith("REFUSED  row 3: re_referrals “-”")
    assert lines[2].startswith("other.csv is refused as a whole: Its columns are neither")
