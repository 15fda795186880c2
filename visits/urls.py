from django.urls import path

from workforce.access import CASEWORK, admits

from . import correction_views, views

app_name = "visits"

urlpatterns = [
    path(
        "children/<int:pk>/start-protection-plan/",
        admits(*CASEWORK)(views.StartPlan.as_view()),
        name="start-plan",
    ),
    path(
        "protection-plans/<int:pk>/end/",
        admits(*CASEWORK)(views.EndPlan.as_view()),
        name="protectionplan-end",
    ),
    path(
        "protection-plans/",
        admits(*CASEWORK)(views.ProtectionPlanList.as_view()),
        name="protectionplan-list",
    ),
    path(
        "protection-plans/<int:pk>/",
        admits(*CASEWORK)(views.ProtectionPlanPage.as_view()),
        name="protectionplan-detail",
    ),
    path(
        "protection-plans/<int:pk>/record-visit/",
        admits(*CASEWORK)(views.RecordVisit.as_view()),
        name="record-visit",
    ),
    path("visits/", admits(*CASEWORK)(views.VisitList.as_view()), name="visit-list"),
    path("visits/<int:pk>/", admits(*CASEWORK)(views.VisitPage.as_view()), name="visit-detail"),
    path(
        "protection-plans/<int:pk>/correct/",
        admits(*CASEWORK)(correction_views.CorrectPlan.as_view()),
        name="protectionplan-correct",
    ),
    path(
        "visits/<int:pk>/correct/",
        admits(*CASEWORK)(correction_views.CorrectVisit.as_view()),
        name="visit-correct",
    ),
    path(
        "protection-plans/<int:pk>/strike-out/",
        admits(*CASEWORK)(correction_views.StrikeOutPlan.as_view()),
        name="protectionplan-strike-out",
    ),
    path(
        "visits/<int:pk>/strike-out/",
        admits(*CASEWORK)(correction_views.StrikeOutVisit.as_view()),
        name="visit-strike-out",
    ),
]
