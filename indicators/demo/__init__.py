"""What stands beside the figures of the demonstration authority.

The comparators are real: the Department for Education (DfE) publishes them under the Open
Government Licence v3.0. All are as the DfE's releases gave them in April 2026.
"""

import datetime
from pathlib import Path

from django.utils import timezone

from config.demonstration import RECORDS_BEGIN, Scene, save
from indicators.choices import AreaKind, TargetKind
from indicators.comparators import take
from indicators.models import Annotation, Area, Commentary, ComparedWith, Promise, Target
from indicators.periods import Kind
from workforce.models import Team, User

COMPARATORS = Path(__file__).with_name("comparators.csv")
REGULATIONS_BEGAN = datetime.date(2014, 9, 1)
PLAN_BEGAN = datetime.date(2018, 4, 1)
PLAN = "Children’s services plan 2018 to 2021"
TARGETS = (
    ("cp_visits_in_time", TargetKind.LOCAL, 80, PLAN_BEGAN, PLAN),
    ("turnover_voluntary_12_months", TargetKind.LOCAL, 16, PLAN_BEGAN, PLAN),
    ("turnover_12_months", TargetKind.LOCAL, 16, PLAN_BEGAN, PLAN),
    (
        "ehc_20_weeks",
        TargetKind.NATIONAL,
        100,
        REGULATIONS_BEGAN,
        "SEND Regulations 2014, regulation 13(2)",
    ),
)
# What the committee was told in September 2019 that would be reached, and by when.
SAID_ON = datetime.date(2019, 9, 17)
PROMISES = (
    ("ehc_20_weeks", 58, datetime.date(2019, 12, 31)),
    ("ehc_20_weeks", 100, datetime.date(2020, 3, 31)),
)
REPORTED = datetime.date(2019, 6, 30)
WRITTEN_AT = datetime.datetime(2019, 7, 15, 9, tzinfo=datetime.UTC)

# Indicator; the trend, the background to it, and the action that is taken.
COMMENTARIES = (
    (
        "ehc_20_weeks",
        "No plan has been issued within 20 weeks since September 2018. The share in time had been"
        " falling before that.",
        "The service worked with less than half of its staff from early 2018 on, while requests"
        " kept coming in. It is fully staffed again. Plans that are overdue are issued first, and"
        " count as late when they are issued: the share will rise only once they are gone.",
        "Overdue requests are worked through by age. The share, and the number of requests still"
        " open, are looked at every month. Every plan is to be issued in time from early 2020 on.",
    ),
    (
        "re_referrals",
        "32.4% of the quarter’s referrals were of children referred in the 12 months before,"
        " against 18.5% in the same quarter of 2018-19 and 21.7% in that year as a whole.",
        "A rise can mean that help ended too early, or that more agencies tell us of the same"
        " worry. The number of referrals has hardly changed; the number of repeats has.",
        "Team managers read every repeat referral of the quarter, and report what brought the"
        " family back.",
    ),
    (
        "cp_visits_in_time",
        "79.0% of the visits due were made in time, against 65.4% in the same quarter of 2018-19.",
        "Children were being visited before, but visits were written down late or not at all.",
        "Visits are recorded within two working days. Managers see each morning what is due, and"
        " what was made and is not yet recorded.",
    ),
    (
        "turnover_voluntary_12_months",
        "Turnover over 12 months is 18.0%: 5 points less than at the end of 2018-19, and 12 less"
        " than at the end of December 2018.",
        "Fewer social workers left, and more were appointed. The agency share was 35% at the end"
        " of December 2018 and has been slightly lower since.",
        "Posts that agency workers hold are advertised first. Leavers are asked for their reasons.",
    ),
)

# Indicator, or all; the day, what happened, and why the limits are worked out anew, if they are.
ANNOTATIONS = (
    ("ehc_20_weeks", datetime.date(2018, 2, 1), "Half of the caseworkers’ posts are empty", ""),
    ("ehc_20_weeks", datetime.date(2019, 6, 3), "The team is fully staffed again", ""),
    (
        "ehc_20_weeks",
        datetime.date(2020, 1, 1),
        "The overdue plans have been issued",
        "Until then most plans issued had been overdue for months, and counted as late.",
    ),
)


def load(scene: Scene, authority: Team) -> None:
    """Store the targets, the areas compared with, their published figures, and commentaries."""
    save(
        Target(
            authority=authority,
            indicator=indicator,
            kind=kind,
            value=value,
            valid_from=valid_from,
            source=source,
        )
        for indicator, kind, value, valid_from, source in TARGETS
    )
    if scene.past(SAID_ON):
        save(
            Promise(
                authority=authority,
                indicator=indicator,
                value=value,
                due_on=due_on,
                said_on=SAID_ON,
                source="Overview and Scrutiny Committee",
            )
            for indicator, value, due_on in PROMISES
        )
    take(COMPARATORS, published_on=None)
    compared = Area.objects.exclude(kind=AreaKind.AUTHORITY)
    save(
        ComparedWith(authority=authority, area=area, valid_from=RECORDS_BEGIN) for area in compared
    )
    analyst = User.objects.get(username="analyst")
    save(
        Annotation(
            place=authority,
            indicator=indicator,
            happened_on=happened_on,
            words=words,
            new_baseline=bool(why),
            why=why,
            noted_by=analyst,
            noted_at=timezone.now(),
        )
        for indicator, happened_on, words, why in ANNOTATIONS
        if scene.past(happened_on)
    )
    if scene.today < REPORTED:
        return
    save(
        Commentary(
            place=authority,
            indicator=indicator,
            period=Kind.QUARTER,
            ending=REPORTED,
            trend=trend,
            background=background,
            action=action,
            written_by=analyst,
            written_at=min(WRITTEN_AT, timezone.now()),
        )
        for indicator, trend, background, action in COMMENTARIES
    )
