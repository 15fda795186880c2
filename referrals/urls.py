from django.urls import path

from workforce.access import CASEWORK, WITH_SEND, admits
from workforce.choices import AccountRole
from workforce.work import MANAGE

from . import (
    correction_views,
    emergency_views,
    event_views,
    intake,
    look_views,
    merge_views,
    quality_views,
    views,
    work_views,
)

app_name = "referrals"

manages = admits(*MANAGE)

urlpatterns = [
    path("my-work/", admits(*WITH_SEND)(work_views.MyWork.as_view()), name="my-work"),
    path("team-work/", manages(work_views.TeamChoice.as_view()), name="team-work"),
    path("team-work/<int:pk>/", manages(work_views.TeamWork.as_view()), name="team-desk"),
    path("team-work/<int:pk>/give/", manages(work_views.Reassign.as_view()), name="team-reassign"),
    path("team-work/<int:pk>/cover/", manages(work_views.AddCover.as_view()), name="team-cover"),
    path(
        "team-work/<int:pk>/data-quality/",
        manages(quality_views.TeamQuality.as_view()),
        name="team-quality",
    ),
    path(
        "team-work/<int:pk>/cover/<int:cover>/end/",
        manages(work_views.EndCover.as_view()),
        name="team-uncover",
    ),
    path("find-a-child/", admits(*WITH_SEND)(intake.FindChild.as_view()), name="find-child"),
    path(
        "find-a-child/<int:pk>/",
        admits(*WITH_SEND)(intake.FoundChildren.as_view()),
        name="find-result",
    ),
    path("searches/", admits(AccountRole.AUDITOR)(intake.SearchLog.as_view()), name="search-list"),
    path(
        "children/<int:pk>/referral/",
        admits(*CASEWORK)(intake.TakeReferralOf.as_view()),
        name="referral-of",
    ),
    path("referrals/new/", admits(*CASEWORK)(intake.TakeReferral.as_view()), name="referral-take"),
    path(
        "referrals/queue/",
        admits(*WITH_SEND)(intake.QueuedReferralList.as_view()),
        name="queuedreferral-list",
    ),
    path(
        "referrals/queue/<int:pk>/",
        admits(*WITH_SEND)(intake.SettleQueued.as_view()),
        name="queuedreferral-detail",
    ),
    path("looks/", admits(AccountRole.AUDITOR)(look_views.LookList.as_view()), name="look-list"),
    path(
        "looks/csv/",
        admits(AccountRole.AUDITOR)(look_views.LookFile.as_view()),
        name="look-file",
    ),
    path("log/", admits(*event_views.LOGGERS)(event_views.Log.as_view()), name="log"),
    path(
        "children/<int:pk>/log/",
        admits(*WITH_SEND)(event_views.LogForChild.as_view()),
        name="child-log",
    ),
    path(
        "referrals/<int:pk>/decide/",
        admits(*CASEWORK)(event_views.Decide.as_view()),
        name="decide",
    ),
    path(
        "referrals/<int:pk>/close/",
        admits(*CASEWORK)(event_views.CloseCase.as_view()),
        name="close-case",
    ),
    path(
        "referrals/<int:pk>/assessments/start/",
        admits(*CASEWORK)(event_views.StartAssessment.as_view()),
        name="start-assessment",
    ),
    path(
        "assessments/<int:pk>/complete/",
        admits(*CASEWORK)(event_views.CompleteAssessment.as_view()),
        name="complete-assessment",
    ),
    path(
        "children/<int:pk>/allocate/",
        admits(*WITH_SEND)(event_views.Allocate.as_view()),
        name="allocate",
    ),
    path(
        "involvements/<int:pk>/end/",
        admits(*WITH_SEND)(event_views.EndAllocation.as_view()),
        name="end-allocation",
    ),
    path(
        "children/<int:pk>/born/",
        admits(*WITH_SEND)(event_views.ChildBorn.as_view()),
        name="child-born",
    ),
    path(
        "children/<int:pk>/moved/",
        admits(*WITH_SEND)(event_views.ChildMoved.as_view()),
        name="child-moved",
    ),
    path(
        "children/<int:pk>/died/",
        admits(*WITH_SEND)(event_views.ChildDied.as_view()),
        name="child-died",
    ),
    path(
        "children/<int:pk>/duplicates/",
        admits(*CASEWORK)(merge_views.Duplicates.as_view()),
        name="child-duplicates",
    ),
    path(
        "children/<int:pk>/merge/<int:other>/",
        admits(*CASEWORK)(merge_views.MergeChildren.as_view()),
        name="merge-children",
    ),
    path(
        "merges/<int:pk>/",
        admits(*CASEWORK)(merge_views.ChildMergePage.as_view()),
        name="childmerge-detail",
    ),
    path(
        "merges/<int:pk>/refuse/", manages(merge_views.RefuseMerge.as_view()), name="refuse-merge"
    ),
    path("merges/<int:pk>/undo/", manages(merge_views.UndoMerge.as_view()), name="undo-merge"),
    path("children/", admits(*WITH_SEND)(views.ChildList.as_view()), name="child-list"),
    path("children/<int:pk>/", admits(*WITH_SEND)(views.ChildPage.as_view()), name="child-detail"),
    path(
        "children/<int:pk>/correct/",
        admits(*WITH_SEND)(correction_views.CorrectChild.as_view()),
        name="child-correct",
    ),
    path(
        "children/<int:pk>/emergency-access/",
        admits(*WITH_SEND)(emergency_views.TakeEmergencyAccess.as_view()),
        name="emergency-access",
    ),
    path(
        "emergency-access/",
        admits(*emergency_views.WATCHERS)(emergency_views.EmergencyAccessList.as_view()),
        name="emergency-access-list",
    ),
    path(
        "emergency-access/<int:pk>/",
        admits(*emergency_views.PARTIES)(emergency_views.EmergencyAccessPage.as_view()),
        name="emergency-access-detail",
    ),
    path(
        "emergency-access/<int:pk>/end/",
        admits(*emergency_views.PARTIES)(emergency_views.EndEmergencyAccess.as_view()),
        name="emergency-access-end",
    ),
    path("referrals/", admits(*CASEWORK)(views.ReferralList.as_view()), name="referral-list"),
    path(
        "referrals/<int:pk>/",
        admits(*CASEWORK)(views.ReferralPage.as_view()),
        name="referral-detail",
    ),
    path(
        "referrals/<int:pk>/correct/",
        admits(*CASEWORK)(correction_views.CorrectReferral.as_view()),
        name="referral-correct",
    ),
    path(
        "referrals/<int:pk>/strike-out/",
        admits(*CASEWORK)(correction_views.StrikeOutReferral.as_view()),
        name="referral-strike-out",
    ),
    path(
        "assessments/<int:pk>/",
        admits(*CASEWORK)(views.AssessmentPage.as_view()),
        name="assessment-detail",
    ),
    path(
        "assessments/<int:pk>/correct/",
        admits(*CASEWORK)(correction_views.CorrectAssessment.as_view()),
        name="assessment-correct",
    ),
    path(
        "assessments/<int:pk>/strike-out/",
        admits(*CASEWORK)(correction_views.StrikeOutAssessment.as_view()),
        name="assessment-strike-out",
    ),
    path(
        "allocations/<int:pk>/",
        admits(*WITH_SEND)(views.InvolvementPage.as_view()),
        name="involvement-detail",
    ),
    path(
        "allocations/<int:pk>/correct/",
        admits(*WITH_SEND)(correction_views.CorrectInvolvement.as_view()),
        name="involvement-correct",
    ),
    path(
        "allocations/<int:pk>/strike-out/",
        admits(*WITH_SEND)(correction_views.StrikeOutInvolvement.as_view()),
        name="involvement-strike-out",
    ),
    path(
        "corrections/",
        admits(*WITH_SEND)(correction_views.CorrectionList.as_view()),
        name="correction-list",
    ),
    path(
        "corrections/<int:pk>/",
        admits(*WITH_SEND)(correction_views.CorrectionPage.as_view()),
        name="correction-detail",
    ),
    path(
        "corrections/<int:pk>/settle/",
        manages(correction_views.Settle.as_view()),
        name="correction-settle",
    ),
    path(
        "struck-out/",
        admits(*WITH_SEND)(correction_views.StruckOutList.as_view()),
        name="struckout-list",
    ),
    path(
        "struck-out/<int:pk>/",
        admits(*WITH_SEND)(correction_views.StruckOutPage.as_view()),
        name="struckout-detail",
    ),
    path(
        "struck-out/<int:pk>/put-back/",
        admits(*WITH_SEND)(correction_views.PutBack.as_view()),
        name="struckout-put-back",
    ),
]
