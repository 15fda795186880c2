from django.urls import path

from . import views

app_name = "indicators"

urlpatterns = [
    path("", views.Overview.as_view(), name="overview"),
    path("indicators/<slug:name>/", views.IndicatorPage.as_view(), name="indicator"),
    path("indicators/<slug:name>/cases/", views.CasesPage.as_view(), name="cases"),
    path(
        "indicators/<slug:name>/cases.csv", views.CasesFile.as_view(format="csv"), name="cases-csv"
    ),
    path(
        "indicators/<slug:name>/cases.xlsx",
        views.CasesFile.as_view(format="xlsx"),
        name="cases-xlsx",
    ),
    path("live/", views.Overview.as_view(live=True), name="overview-live"),
    path("live/<slug:name>/", views.IndicatorPage.as_view(live=True), name="indicator-live"),
    path("live/<slug:name>/cases/", views.CasesPage.as_view(live=True), name="cases-live"),
]
