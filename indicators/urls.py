from django.urls import path

from workforce.access import EVERYONE, admits, admits_anyone

from . import views
from .actions import COMMENTATORS
from .annotations import NOTED_BY
from .models.publications import APPROVERS, READERS
from .models.reports import AUTHORS

app_name = "indicators"

urlpatterns = [
    path("", admits(*EVERYONE)(views.Overview.as_view()), name="overview"),
    path(
        "indicators/<slug:name>/",
        admits(*EVERYONE)(views.IndicatorPage.as_view()),
        name="indicator",
    ),
    path(
        "indicators/<slug:name>/trend.csv",
        admits(*EVERYONE)(views.TrendFile.as_view(format="csv")),
        name="trend-csv",
    ),
    path(
        "indicators/<slug:name>/trend.xlsx",
        admits(*EVERYONE)(views.TrendFile.as_view(format="xlsx")),
        name="trend-xlsx",
    ),
    path(
        "indicators/<slug:name>/trend.svg",
        admits(*EVERYONE)(views.TrendFile.as_view(format="svg")),
        name="trend-svg",
    ),
    path("glossary/", admits(*EVERYONE)(views.Glossary.as_view()), name="glossary"),
    path(
        "indicators/<slug:name>/definition/",
        admits(*EVERYONE)(views.DefinitionPage.as_view()),
        name="definition",
    ),
    path(
        "indicators/<slug:name>/annotate/",
        admits(*NOTED_BY)(views.AnnotateTrend.as_view()),
        name="annotate",
    ),
    path(
        "indicators/annotations/<int:pk>/take-off/",
        admits(*NOTED_BY)(views.TakeOffAnnotation.as_view()),
        name="take-off-annotation",
    ),
    path("indicators/<slug:name>/why/", admits(*EVERYONE)(views.WhyPage.as_view()), name="why"),
    path(
        "indicators/<slug:name>/why.csv",
        admits(*EVERYONE)(views.WhyFile.as_view(format="csv")),
        name="why-csv",
    ),
    path(
        "indicators/<slug:name>/why.xlsx",
        admits(*EVERYONE)(views.WhyFile.as_view(format="xlsx")),
        name="why-xlsx",
    ),
    path(
        "indicators/<slug:name>/change/",
        admits(*EVERYONE)(views.ChangePage.as_view()),
        name="change",
    ),
    path(
        "indicators/<slug:name>/change.csv",
        admits(*EVERYONE)(views.ChangeFile.as_view(format="csv")),
        name="change-csv",
    ),
    path(
        "indicators/<slug:name>/change.xlsx",
        admits(*EVERYONE)(views.ChangeFile.as_view(format="xlsx")),
        name="change-xlsx",
    ),
    path(
        "indicators/<slug:name>/cases/", admits(*EVERYONE)(views.CasesPage.as_view()), name="cases"
    ),
    path(
        "indicators/<slug:name>/cases.csv",
        admits(*EVERYONE)(views.CasesFile.as_view(format="csv")),
        name="cases-csv",
    ),
    path(
        "indicators/<slug:name>/cases.xlsx",
        admits(*EVERYONE)(views.CasesFile.as_view(format="xlsx")),
        name="cases-xlsx",
    ),
    path(
        "indicators/<slug:name>/commentary/<slug:kind>/<slug:ending>/<int:place>/",
        admits(*COMMENTATORS)(views.WriteCommentary.as_view()),
        name="commentary",
    ),
    path("live/", admits(*EVERYONE)(views.Overview.as_view(live=True)), name="overview-live"),
    path(
        "live/<slug:name>/",
        admits(*EVERYONE)(views.IndicatorPage.as_view(live=True)),
        name="indicator-live",
    ),
    path(
        "live/<slug:name>/definition/",
        admits(*EVERYONE)(views.DefinitionPage.as_view(live=True)),
        name="definition-live",
    ),
    path(
        "live/<slug:name>/why/",
        admits(*EVERYONE)(views.WhyPage.as_view(live=True)),
        name="why-live",
    ),
    path(
        "live/<slug:name>/change/",
        admits(*EVERYONE)(views.ChangePage.as_view(live=True)),
        name="change-live",
    ),
    path(
        "live/<slug:name>/cases/",
        admits(*EVERYONE)(views.CasesPage.as_view(live=True)),
        name="cases-live",
    ),
    path(
        "reports/<int:pk>/sign/",
        admits(*AUTHORS)(views.SignReport.as_view()),
        name="report-sign",
    ),
    path(
        "reports/copies/<int:pk>/",
        admits(*READERS)(views.PublicationPage.as_view()),
        name="publication-detail",
    ),
    path(
        "reports/copies/",
        admits(*READERS)(views.PublicationList.as_view()),
        name="publication-list",
    ),
    path(
        "reports/copies/<int:pk>/approve/",
        admits(*APPROVERS)(views.ApprovePublication.as_view()),
        name="publication-approve",
    ),
    path(
        "reports/copies/<int:pk>/report.<slug:format>",
        admits(*READERS)(views.PublicationFile.as_view()),
        name="publication-file",
    ),
    path(
        "reports/copies/<int:pk>/figures/<int:figure>/",
        admits(*READERS)(views.PublishedFigurePage.as_view()),
        name="publication-figure",
    ),
    path("published/", admits_anyone(views.PublishedReports.as_view()), name="published-reports"),
    path(
        "published/glossary/",
        admits_anyone(views.PublishedGlossary.as_view()),
        name="published-glossary",
    ),
    path(
        "published/accessibility/",
        admits_anyone(views.AccessibilityStatement.as_view()),
        name="accessibility",
    ),
    path(
        "published/<int:pk>/",
        admits_anyone(views.PublishedReport.as_view()),
        name="published-report",
    ),
    path(
        "published/<int:pk>/definitions/",
        admits_anyone(views.PublishedDefinitions.as_view()),
        name="published-definitions",
    ),
    path(
        "published/<int:pk>/report.<slug:format>",
        admits_anyone(views.PublishedCopy.as_view()),
        name="published-file",
    ),
    path("reports/", admits(*AUTHORS)(views.ReportList.as_view()), name="report-list"),
    path("reports/new/", admits(*AUTHORS)(views.BeginReport.as_view()), name="report-new"),
    path(
        "reports/<int:pk>/",
        admits(*AUTHORS)(views.ReportPage.as_view()),
        name="report-detail",
    ),
    path(
        "reports/<int:pk>/preview/",
        admits(*AUTHORS)(views.PreviewReport.as_view()),
        name="report-preview",
    ),
    path(
        "reports/<int:pk>/draft.<slug:format>",
        admits(*AUTHORS)(views.DraftFile.as_view()),
        name="report-draft",
    ),
    path(
        "reports/<int:pk>/highlights/",
        admits(*AUTHORS)(views.ChooseHighlights.as_view()),
        name="report-highlights",
    ),
    path(
        "reports/<int:pk>/highlights/<int:highlight>/up/",
        admits(*AUTHORS)(views.MoveHighlight.as_view()),
        name="report-up",
    ),
    path(
        "reports/<int:pk>/passages/<slug:passage>/",
        admits(*AUTHORS)(views.WritePassage.as_view()),
        name="report-write",
    ),
]
