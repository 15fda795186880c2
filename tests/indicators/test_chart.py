"""Charts: what is drawn, and what is told to people who do not see it."""

import dataclasses
import itertools
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from indicators import chart
from indicators.chart import Point

SVG = "{http://www.w3.org/2000/svg}"


def points(*values) -> list[Point]:
    return [
        Point(f"Month {number}", None if value is None else Decimal(value))
        for number, value in enumerate(values, start=1)
    ]


def drawn(picture) -> ET.Element:
    return ET.fromstring(str(picture))


def test_a_period_without_cases_is_a_gap_and_not_a_zero():
    picture = drawn(chart.line(points(1, 2, None, 3, 4), key="k", title="T", unit="%"))
    assert len(picture.findall(f"{SVG}path")) == 2
    assert len(picture.findall(f"{SVG}circle")) == 4


def test_a_chart_has_a_role_a_title_and_a_description():
    picture = drawn(chart.line(points(10, 30, 20), key="k", title="Visits & plans", unit="%"))
    assert picture.get("role") == "img"
    told = {part.get("id"): part.text for part in picture if part.tag.endswith(("title", "desc"))}
    assert told["k-title"] == "Visits & plans"
    assert "Lowest 10% (Month 1), highest 30% (Month 2), latest 20% (Month 3)" in told["k-desc"]
    assert picture.get("aria-labelledby").split() == ["k-title", "k-desc"]


def test_nothing_in_a_chart_needs_an_inline_style():
    picture = str(chart.columns(points(1, 2), key="k", title="T", unit=""))
    assert "style" not in picture
    assert "script" not in picture


def test_a_title_cannot_become_markup():
    assert "<b>" not in str(chart.line(points(1), key="k", title="<b>", unit=""))


@pytest.mark.parametrize("most", [0, 0.4, 1, 7, 9.99, 10, 100, 101, 1705, 250_000])
def test_the_axis_reaches_from_nought_to_the_highest_value_in_round_steps(most):
    marks = chart.scale(most)
    assert marks[0] == 0
    assert marks[-1] >= most
    assert 2 <= len(marks) <= 7


@pytest.mark.parametrize("values", [(), (None, None), (0,), (5,), (0, 0, 0)])
def test_little_or_nothing_can_be_drawn(values):
    for draw in (chart.line, chart.columns):
        drawn(draw(points(*values), key="k", title="T", unit=""))
    drawn(chart.spark(points(*values), key="k", title="T"))


def test_names_of_periods_do_not_overlap_and_the_latest_is_named():
    many = points(*range(60))
    for width in (340, 760):
        picture = drawn(chart.line(many, key="k", title="T", unit="", width=width))
        named = [
            text for text in picture.findall(f"{SVG}text") if text.get("text-anchor") == "middle"
        ]
        places = [float(text.get("x")) for text in named]
        assert named[-1].text == "Month 60"
        assert all(later - earlier > 60 for earlier, later in itertools.pairwise(places))


def test_a_period_that_is_not_over_is_drawn_hollow():
    picture = str(
        chart.line([*points(1), Point("now", Decimal(2), True)], key="k", title="T", unit="")
    )
    assert picture.count("chart-dot--open") == 1


def test_a_point_leads_to_its_cases_and_the_keyboard_goes_to_the_table_instead():
    picture = drawn(
        chart.line(
            [Point("May", Decimal(1), url="/cases?may", told="May: 1%, 1 of 100.")],
            key="k",
            title="T",
        )
    )
    [link] = picture.findall(f"{SVG}a")
    assert (link.get("href"), link.get("tabindex")) == ("/cases?may", "-1")
    assert link.get("aria-label") == link.find(f"{SVG}title").text == "May: 1%, 1 of 100."
    assert picture.get("role") == "group"


@pytest.mark.parametrize("draw", [chart.line, chart.columns])
def test_a_signal_has_a_shape_of_its_own(draw):
    some = [*points(1, 2), Point("worse", Decimal(9), verdict="worse")]
    picture = str(draw(some, key="k", title="T"))
    assert picture.count("chart-dot--worse") == 1
    assert "More than chance: 1 of them." in picture


def test_levels_and_intervals_have_room_on_the_axis():
    picture = drawn(
        chart.line(
            [Point("May", Decimal(1), interval=(Decimal(0), Decimal(40)))],
            key="k",
            title="T",
            levels=[chart.Level("limit", Decimal(90), 0, 0)],
        )
    )
    lines = picture.findall(f"{SVG}line")
    assert all(float(line.get(y)) >= 0 for line in lines for y in ("y1", "y2"))
    assert {line.get("class") for line in lines} >= {
        "chart-interval",
        "chart-level chart-level--limit",
    }


def test_the_names_of_levels_stand_apart_and_clear_of_intervals():
    told = points(*[17] * 36)
    few = [dataclasses.replace(told[1], interval=(Decimal(10), Decimal(29)))]
    values = {"England": "22.6", "Neighbours of 2021": "22.1", "South East": "23.5"}
    levels = [
        chart.Level("comparator", Decimal(value), 0, 17, label) for label, value in values.items()
    ]
    picture = drawn(
        chart.line([told[0], *few, *told[2:]], key="k", title="T", unit="%", levels=levels)
    )
    texts = [text for text in picture.findall(f"{SVG}text") if text.text in values]
    boxes = [
        (x, y - chart.CAPITAL, x + chart.LETTER * len(text.text), y)
        for text in texts
        for x, y in [(float(text.get("x")), float(text.get("y")))]
    ]
    assert len(boxes) == 3
    for one, other in itertools.combinations(boxes, 2):
        assert one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
    [span] = [line for line in picture.findall(f"{SVG}line") if "interval" in line.get("class")]
    assert not any(left <= float(span.get("x1")) <= right for left, _, right, _ in boxes)


@pytest.mark.parametrize(
    ("values", "at_its_end", "below"),
    [
        ([2] * 12, False, False),
        ([17] * 12, False, True),
        ([15.5, 19, *[30] * 10], True, False),
        ([15.5, 19, *[30] * 9, 17], True, True),
    ],
)
def test_the_name_of_a_level_stands_where_no_line_runs(values, at_its_end, below):
    level = chart.Level("target", Decimal(16), 0, 11, "Target 16%")
    picture = drawn(chart.line(points(*values), key="k", title="T", unit="%", levels=[level]))
    [name] = [text for text in picture.findall(f"{SVG}text") if text.text == level.label]
    [line] = [one for one in picture.findall(f"{SVG}line") if "chart-level" in one.get("class")]
    middle = (float(line.get("x1")) + float(line.get("x2"))) / 2
    assert (float(name.get("x")) > middle) is at_its_end
    assert (float(name.get("y")) > float(line.get("y1"))) is below
