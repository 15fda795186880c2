"""Pages of children and referrals."""

from config.views import Panel, RecordList, RecordPage
from workforce.views import WorkerPage

from .filters import ChildFilter, ReferralFilter
from .models import Child, Referral
from .tables import AssessmentTable, ChildTable, InvolvementTable, ReferralTable


class ChildList(RecordList):
    model = Child
    table_class = ChildTable
    filterset_class = ChildFilter


class ChildPage(RecordPage):
    model = Child
    facts = (
        "reference",
        "born_on",
        "expected_on",
        "died_on",
        "sex",
        "ethnicity",
        "disabilities",
        "upn",
        "upn_unknown",
    )
    panels = [
        Panel("Referrals", ReferralTable, "referrals"),
        Panel("Who works with the child", InvolvementTable, "involvements"),
    ]


class ReferralList(RecordList):
    model = Referral
    table_class = ReferralTable
    filterset_class = ReferralFilter


class ReferralPage(RecordPage):
    model = Referral
    facts = (
        "child",
        "reference",
        "received_on",
        "source",
        "primary_need",
        "no_further_action",
        "decided_on",
        "closed_on",
        "closure_reason",
        "team",
        "overlaps",
    )
    panels = [Panel("Assessments", AssessmentTable, "assessments")]


WorkerPage.panels.append(Panel("Children", InvolvementTable, "involvements"))
