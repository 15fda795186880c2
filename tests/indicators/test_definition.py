"""The page that says what an indicator is, and where two rules about the same thing differ."""

import datetime
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.workdays import london_day
from indicators import calculate, registry
from indicators.examples import documents
from indicators.glossary import KNOWN, glossed
from tests import making
from tests.indicators import testshire
from workforce.models import User

TODAY = london_day(timezone.now())
NAMES = [indicator.name for indicator in registry.listed()]
ACRONYM = re.compile(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z0-9]*\b")


@pytest.fixture
def shire(db) -> dict:
    """Two second plans, of which the first ended long ago, and one of a restricted child."""
    authority = testshire.authority()
    made = {"authority": authority}
    for name, ended_on in (("long", 2016), ("recent", 2018), ("secret", 2016)):
        child = made[name] = testshire.child(reference=f"C-{name}")
        testshire.plan(
            datetime.date(2016, 1, 11), child=child, ended_on=datetime.date(ended_on, 12, 1)
        )
        testshire.plan(datetime.date(2019, 6, 3), child=child)
    making.restriction(child=made["secret"])
    calculate.drain(today=TODAY)
    return made


def definition(client: Client, shire: dict, name: str, role="service_manager"):
    client.force_login(making.holder(role, shire["authority"], demonstration=True))
    asked = {"period": "month", "ending": "2019-06-30", "team": shire["authority"].pk}
    return client.get(reverse("indicators:definition", args=[name]), asked)


def test_the_definition_has_all_that_a_reader_needs_to_judge_it(shire, client):
    page = definition(client, shire, "cp_visits_in_time")
    document = documents()["cp_visits_in_time"]
    for told in (
        "Of the visits due in the period",
        document.told["owner"],
        document.checked_by,
        "30 April 2027",
        "A late visit meets nothing",
        "8 May 2019",
        "FROM &quot;visits_visitdue&quot;",
    ):
        assert told in page.text


def test_two_rules_stand_side_by_side_with_each_case_on_which_they_differ(shire, client):
    [beside] = definition(client, shire, "cp_second_plans").context["variants"]
    assert [figure.numerator for figure in beside["figures"]] == [3, 1]
    assert beside["count"] == 2
    [row] = beside["rows"]
    assert row["case"].reference == "C-long"
    assert (row["here"].counts, row["there"].counts) == (True, False)
    assert beside["not_shown"] == "1 not shown: you may not open this record."


def test_cases_of_one_rule_only_are_differences_too(shire, client):
    request = making.request(child=shire["long"], received_on=datetime.date(2019, 1, 7))
    making.exception(request=request, ground="a")
    making.ehc_plan(request=request, issued_on=datetime.date(2019, 6, 17))
    calculate.drain(today=TODAY)
    [beside] = definition(client, shire, "ehc_20_weeks").context["variants"]
    [row] = beside["rows"]
    assert row["here"].counts is False
    assert row["there"] is None


@pytest.mark.parametrize("role", ["analyst", "auditor"])
def test_it_names_no_child_to_those_who_may_know_none(shire, client, role):
    page = definition(client, shire, "cp_second_plans", role)
    assert page.status_code == 200
    assert "C-long" not in page.text


def test_the_standards_are_there_with_their_days(shire, client):
    making.visit_standard(
        authority=shire["authority"], interval=15, valid_from=datetime.date(2018, 4, 1)
    )
    page = definition(client, shire, "cp_visits_in_time")
    assert ("A visit every 15 working days", datetime.date(2018, 4, 1)) in page.context["standards"]
    assert not definition(client, shire, "cp_second_plans").context["standards"]
    page = definition(client, shire, "ehc_20_weeks")
    assert any(words.endswith("140 days") for words, _ in page.context["standards"])


@pytest.mark.xdist_group("demonstration")
@pytest.mark.parametrize("name", ["ehc_open", "cp_plans", "turnover_12_months", "caseload"])
def test_every_kind_of_indicator_has_its_page(demonstration, client, name):
    client.force_login(User.objects.get(username="analyst"))
    page = client.get(reverse("indicators:definition", args=[name]))
    assert page.status_code == 200
    assert "SELECT" in page.text


@pytest.mark.parametrize("name", NAMES)
def test_every_acronym_is_in_the_glossary(name):
    indicator = registry.indicator(name)
    told = documents()[name].told
    for text in (indicator.title, indicator.what, indicator.source, told["matters"], told["owner"]):
        assert set(ACRONYM.findall(text)) <= KNOWN.keys()


def test_an_acronym_leads_to_the_glossary_once_and_nothing_becomes_markup():
    said = glossed("<b>EHC plans, EHC requests & SEN2")
    assert said.count('href="/glossary/#EHC"') == 1
    assert 'href="/glossary/#SEN2"' in said
    assert said.startswith("&lt;b&gt;")
    assert "&amp;" in said


def test_the_glossary_has_every_acronym(shire, client):
    client.force_login(making.holder("caseworker", shire["authority"], demonstration=True))
    page = client.get(reverse("indicators:glossary")).text
    for term in KNOWN.values():
        assert f'id="{term.short}"' in page
        assert term.full in page
