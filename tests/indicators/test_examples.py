"""The worked examples that people read are true: their records give the figures beside them."""

import datetime
from decimal import Decimal

import pytest

from indicators import registry
from indicators.examples import Document, Example, documents, parsed
from indicators.figures import Figure, figure
from indicators.periods import Kind, Period
from indicators.wording import quantity
from tests import making
from tests.indicators import testshire
from visits.models import ProtectionPlan
from workforce.models import Worker

LONG_AFTER = datetime.date(2025, 12, 31)
YES_NO = {"yes": True, "no": False, "": None}
EXAMPLES = [
    (document, example)
    for document in {id(each): each for each in documents().values()}.values()
    for example in document.examples
]


def day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


class World:
    """What an example's records are loaded into: Testshire, with the people that are named."""

    def __init__(self) -> None:
        self.authority = testshire.authority()
        self.children = {}
        self.team = making.team(self.authority)

    def child(self, name: str, **values):
        if name not in self.children:
            self.children[name] = testshire.child(first_name=name, **values)
        return self.children[name]

    def load(self, example: Example) -> None:
        for table in example.records:
            for record in table.records():
                getattr(self, table.holds.replace(" ", "_"))(record.pop(table.holds), record)

    def referral(self, name: str, told: dict) -> None:
        testshire.referral(
            day(told["received"]),
            child=self.child(name),
            no_further_action=YES_NO[told["no further action"]],
            decided_on=day(told.get("decided", "")),
            decision_collected=True,
        )

    def plan(self, name: str, told: dict) -> None:
        child = self.child(name, **({"born_on": day(told["born"])} if "born" in told else {}))
        testshire.plan(day(told["started"]), child=child, ended_on=day(told.get("ended", "")))

    def visit(self, name: str, told: dict) -> None:
        recorded = day(told.get("recorded", ""))
        making.visit(
            plan=ProtectionPlan.objects.get(child=self.child(name)),
            visited_on=day(told["visited"]),
            place=told.get("place", "home"),
            seen_alone=YES_NO[told.get("seen alone", "")],
            recorded_at=recorded
            and datetime.datetime.combine(recorded, datetime.time(12), datetime.UTC),
        )

    def request(self, name: str, told: dict) -> None:
        making.request(child=self.child(name), received_on=day(told["received"]))

    def EHC_plan(self, name: str, told: dict) -> None:
        making.ehc_plan(request=self.child(name).ehc_requests.get(), issued_on=day(told["issued"]))

    def exception(self, name: str, told: dict) -> None:
        making.exception(request=self.child(name).ehc_requests.get(), ground=told["ground"])

    def decision(self, name: str, told: dict) -> None:
        making.decision(
            request=self.child(name).ehc_requests.get(),
            stage=told["about"],
            agreed=YES_NO[told["agreed"]],
            decided_on=day(told["decided"]),
        )

    def worker(self, name: str, told: dict) -> None:
        worker = making.worker(authority=self.authority, first_name=name)
        employment = making.employment(
            worker=worker,
            contract=told["contract"],
            started_on=day(told["started"]),
            left_on=day(told["left"]),
            reason_for_leaving=told["reason"],
        )
        making.assignment(
            employment=employment,
            team=self.team,
            fte=told["full-time equivalent"],
            started_on=day(told["started"]),
        )

    def vacancy(self, name: str, told: dict) -> None:
        making.vacancy(
            team=self.team, opened_on=day(told["opened"]), fte=told["full-time equivalent"]
        )

    def case_of(self, name: str, told: dict) -> None:
        making.involvement(
            child=self.child(name),
            worker=Worker.objects.get(first_name=told["worker"]),
            team=self.team,
            started_on=day(told["since"]),
        )


def said(made: Figure) -> str:
    """A figure as an example writes it: 1 of 5; 3; no cases."""
    if made.value is None:
        return "no cases"
    if made.indicator.unit in ("%", "cases per FTE"):
        return f"{quantity(made.numerator)} of {quantity(made.denominator)}"
    return quantity(Decimal(made.value))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("document", "example"), EXAMPLES, ids=lambda each: getattr(each, "title", "")
)
def test_an_examples_records_give_its_figures(document: Document, example: Example):
    world = World()
    world.load(example)
    assert example.figures
    for told in example.figures:
        indicator = registry.indicator(told["figure"])
        first, last = day(told["from"]), day(told["to"])
        made = figure(
            indicator,
            Period(Kind.YEAR_TO_DATE, first, last),
            as_at=day(told.get("as at", "")) or LONG_AFTER,
            authority=world.authority,
        )
        assert said(made) == told["gives"], told
        assert made.undecided == Decimal(told.get("not yet known") or 0)
        assert indicator.name in document.indicators


@pytest.mark.parametrize("name", [indicator.name for indicator in registry.listed()])
def test_every_indicator_says_why_it_matters_and_who_answers_for_it(name):
    document = documents()[name]
    assert document.told["matters"]
    assert document.told["owner"]
    assert document.told["checked by"]
    assert document.review_by
    rolls = registry.indicator(name).name == "turnover_average_12_months"
    assert rolls or any(example.for_indicator(name) for example in document.examples)


def test_a_document_is_read_as_it_is_written():
    document = parsed(
        "# Title\n\nindicators: one, two\nreview by: 2027-01-31\n\n## An example\n\nTwo\nlines.\n\n"
        "| plan | started |\n|---|---|\n| Amy | 2019-04-01 |\n\n"
        "| figure | gives |\n|---|---|\n| one | 1 of 2 |"
    )
    assert (document.title, document.indicators) == ("Title", ["one", "two"])
    [example] = document.examples
    assert (example.title, example.told) == ("An example", ["Two lines."])
    assert [list(table.records()) for table in example.records] == [
        [{"plan": "Amy", "started": "2019-04-01"}]
    ]
    assert example.for_indicator("one") == [{"figure": "one", "gives": "1 of 2"}]
