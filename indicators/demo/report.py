"""The demonstration's committee report of September 2019, on the position at the end of June.

It is composed from the records as they were known when it was drawn up: before eleven referrals
were found to have been attached to the wrong child.
"""

import datetime

from config.demonstration import Scene
from config.workdays import LONDON, london_day
from indicators.choices import Profile
from indicators.known import as_known
from indicators.models import Cost, Highlight, Publication, Report
from indicators.periods import Kind
from indicators.reporting.compose import compose
from indicators.reporting.paper import Paper
from indicators.reporting.press import PRESS
from indicators.reporting.publishing import approve, sign
from workforce.choices import AccountRole
from workforce.models import Team, User

from . import COMMENTARIES, REPORTED

DRAWN_UP = datetime.datetime(2019, 9, 5, 12, tzinfo=LONDON)
PUBLISHED_AT = datetime.datetime(2019, 9, 9, 9, tzinfo=LONDON)
REPORT = {
    "title": "Key performance indicators of children’s services",
    "committee": "Overview and Scrutiny Committee",
    "meets_on": datetime.date(2019, 9, 17),
    "period": Kind.QUARTER,
    "ending": REPORTED,
    "as_at": REPORTED,
    "agenda_item": "28",
    "lead_officer": "Director of Children’s Services",
    "outcome": (
        "Children and their families are helped in time, by people who stay long enough to know"
        " them."
    ),
    "recommendation": (
        "That the committee notes the indicators, and the action being taken on those that are"
        " highlighted."
    ),
    "summary": (
        "Of the indicators of children’s services four are highlighted. No education, health"
        " and care plan has been issued in time since September 2018. More referrals are of"
        " children who had been referred within the year. Visits to children on a protection plan,"
        " and the turnover of social workers, are better than they were."
    ),
    "background": (
        "The committee is told of the indicators each quarter. A section on each indicator that is"
        " highlighted says what the trend is, what lies behind it, and what is being done."
    ),
    "financial": "The recommendation has no financial implications.",
    "cross_council": (
        "Plans are issued in time only if schools and health services advise in time. Recruitment"
        " is shared with human resources."
    ),
    "contact_name": "Performance analyst",
    "contact_service": "Children’s services",
    "contact_telephone": "01632 960 128",
    "contact_email": "performance@loddon.example",
}
COST = {"amount": "Nothing", "is_funded": "Yes", "budget": "revenue"}


def paper(authority: Team) -> Paper:
    """The paper of the report. Of the report itself nothing is kept."""
    with as_known(DRAWN_UP, authority):
        return compose(_written(authority), london_day(DRAWN_UP))


def publish(scene: Scene, authority: Team) -> Publication | None:
    """The report as it was published: signed by the analyst, approved by the publisher.

    There is none where the records do not run as far.
    """
    if scene.today <= london_day(PUBLISHED_AT):
        return None
    analyst, publisher = (
        User.objects.get(demonstration=True, appointments__role=role)
        for role in (AccountRole.ANALYST, AccountRole.PUBLISHER)
    )
    copy = sign(
        report=_written(authority),
        profile=Profile.COUNCIL,
        note="",
        by=analyst,
        now=DRAWN_UP,
        known_at=DRAWN_UP,
        press=PRESS,
    )
    return approve(publication=copy, by=publisher, now=PUBLISHED_AT)


def _written(authority: Team) -> Report:
    """The report with all that people wrote in it."""
    report = Report.objects.create(authority=authority, **REPORT)
    for years_on in range(3):
        Cost.objects.create(report=report, years_on=years_on, **COST)
    for order, (indicator, trend, background, action) in enumerate(COMMENTARIES, 1):
        Highlight.objects.create(
            report=report,
            indicator=indicator,
            order=order,
            accepted=True,
            trend=trend,
            background=background,
            action=action,
        )
    return report
