"""The pages of figures: overview, an indicator, the cases behind a number; and reports."""

from .annotations import AnnotateTrend, TakeOffAnnotation
from .cases import CasesFile, CasesPage
from .change import ChangeFile, ChangePage
from .commentary import WriteCommentary
from .definition import DefinitionPage, Glossary
from .indicator import IndicatorPage, TrendFile
from .overview import Overview
from .publications import (
    ApprovePublication,
    PublicationFile,
    PublicationList,
    PublicationPage,
    PublishedFigurePage,
    SignReport,
)
from .published import (
    AccessibilityStatement,
    PublishedCopy,
    PublishedDefinitions,
    PublishedGlossary,
    PublishedReport,
    PublishedReports,
)
from .reports import (
    BeginReport,
    ChooseHighlights,
    DraftFile,
    MoveHighlight,
    PreviewReport,
    ReportList,
    ReportPage,
    WritePassage,
)
from .why import WhyFile, WhyPage

__all__ = [
    "AccessibilityStatement",
    "AnnotateTrend",
    "ApprovePublication",
    "BeginReport",
    "CasesFile",
    "CasesPage",
    "ChangeFile",
    "ChangePage",
    "ChooseHighlights",
    "DefinitionPage",
    "DraftFile",
    "Glossary",
    "IndicatorPage",
    "MoveHighlight",
    "Overview",
    "PreviewReport",
    "PublicationFile",
    "PublicationList",
    "PublicationPage",
    "PublishedCopy",
    "PublishedDefinitions",
    "PublishedFigurePage",
    "PublishedGlossary",
    "PublishedReport",
    "PublishedReports",
    "ReportList",
    "ReportPage",
    "SignReport",
    "TakeOffAnnotation",
    "TrendFile",
    "WhyFile",
    "WhyPage",
    "WriteCommentary",
    "WritePassage",
]
