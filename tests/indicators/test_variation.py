"""Whether a change is more than chance: worked by hand, or from published tables."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.variation import Signal, interval, limits, signals

FLAT = [
    Decimal(value) for value in (51, 49) * 6
]  # average 50, each two from the last: 44.68, 55.32
PERCENT = {"floor": Decimal(0), "ceiling": Decimal(100)}


def told(*values: float | None) -> str:
    """The signals after the baseline, a letter each: Outside, Run, Near, in capitals if above."""
    found = signals(
        [*FLAT, *(None if value is None else Decimal(str(value)) for value in values)],
        limits(FLAT),
    )
    letters = [each and (each.signal.name[0], each.above) for each in found[len(FLAT) :]]
    return "".join(
        (letter[0] if letter[1] else letter[0].lower()) if letter else "." for letter in letters
    )


def test_limits_are_the_average_and_2_66_mean_moving_ranges():
    found = limits(FLAT)
    assert (found.average, found.least, found.most) == (50, Decimal("44.68"), Decimal("55.32"))


def test_fewer_than_twelve_values_have_no_limits():
    assert limits(FLAT[:11]) is None


def test_the_baseline_is_locked_whatever_comes_later():
    assert limits([*FLAT, Decimal(90), Decimal(95)]) == limits(FLAT)


def test_values_that_never_move_have_no_limits():
    assert limits([Decimal(0)] * 12) is None


def test_a_percentage_has_limits_between_nought_and_a_hundred():
    high = limits([Decimal(value) for value in (90, 100) * 6], **PERCENT)
    assert (high.most, high.least) == (100, Decimal("68.4"))
    low = limits([Decimal(value) for value in (0, 10) * 6], **PERCENT)
    assert low.least == 0


@pytest.mark.parametrize(
    ("values", "signal"),
    [
        ((55.32,), "."),
        ((55.33,), "O"),
        ((44.68,), "."),
        ((44.67,), "o"),
        ((50.1,) * 7, "......."),
        ((50.1,) * 8, "RRRRRRRR"),
        ((50.1,) * 4 + (50,) + (50.1,) * 4, "........."),
        ((49.9,) * 9, "rrrrrrrrr"),
        ((53.6, 53.6), "NN"),
        ((53.6, 50, 53.6), "N.N"),
        ((53.6, 50, 50, 53.6), "...."),
        ((53.6, 46.4, 46.4), ".nn"),
        ((53.5, 53.5), ".."),
        ((56, 53.6), "ON"),
        ((50.1,) * 7 + (56,), "RRRRRRRO"),
    ],
    ids=str,
)
def test_each_rule_holds_to_the_point(values, signal):
    assert told(*values) == signal


def test_what_is_too_small_to_judge_is_no_signal_and_breaks_no_run():
    assert told(*(50.1,) * 4, None, *(50.1,) * 4) == "RRRR.RRRR"
    assert told(53.6, None, 53.6) == "N.N"


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [
        (0, 10, "0.0", "27.8"),
        (1, 10, "1.8", "40.4"),
        (5, 10, "23.7", "76.3"),
        (15, 50, "19.1", "43.8"),
        (10, 10, "72.2", "100.0"),
    ],
)
def test_the_interval_is_wilsons(numerator, denominator, low, high):
    found = interval(Decimal(numerator), Decimal(denominator))
    assert [f"{part:.1f}" for part in found] == [low, high]


def test_a_rate_of_a_hundred_cases_stands_without_an_interval():
    assert interval(Decimal(30), Decimal(100)) is None
    assert interval(Decimal(0), Decimal(0)) is None


@given(st.integers(1, 99).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_rate_lies_within_its_interval(rate):
    numerator, denominator = map(Decimal, rate)
    low, high = interval(numerator, denominator)
    assert 0 <= low <= 100 * numerator / denominator <= high <= 100


@given(st.lists(st.integers(0, 100).map(Decimal), min_size=12, max_size=40))
def test_every_value_is_told_of_once_and_only_beyond_its_rule(values):
    found = limits(values, **PERCENT)
    if found is None:
        return
    for value, each in zip(values, signals(values, found), strict=True):
        if each and each.signal is Signal.OUTSIDE:
            assert value > found.most or value < found.least
        if each:
            assert (value > found.average) == each.above
