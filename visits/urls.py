from django.urls import path

from . import views

app_name = "visits"

urlpatterns = [
    path("protection-plans/", views.ProtectionPlanList.as_view(), name="protectionplan-list"),
    path(
        "protection-plans/<int:pk>/",
        views.ProtectionPlanPage.as_view(),
        name="protectionplan-detail",
    ),
    path(
        "protection-plans/<int:pk>/record-visit/",
        views.RecordVisit.as_view(),
        name="record-visit",
    ),
    path("visits/", views.VisitList.as_view(), name="visit-list"),
    path("visits/<int:pk>/", views.VisitPage.as_view(), name="visit-detail"),
]
