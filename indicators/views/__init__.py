"""The pages of figures: overview, an indicator, the cases behind a number; and reports."""

from .annotations import AnnotateTrend, TakeOffAnnotation
from .cases import CasesFile, CasesPage
from .commentary import WriteCommentary
from .definition import DefinitionPage, Glossary
from .indicator import IndicatorPage, TrendFile
from .overview import Overview
from .reports import (
    BeginReport,
    ChooseHighlights,
    MoveHighlight,
    PreviewReport,
    ReportList,
    ReportPage,
    WritePassage,
)
from .why import WhyFile, WhyPage

__all__ = [
    "AnnotateTrend",
    "BeginReport",
    "CasesFile",
    "CasesPage",
    "ChooseHighlights",
    "DefinitionPage",
    "Glossary",
    "IndicatorPage",
    "MoveHighlight",
    "Overview",
    "PreviewReport",
    "ReportList",
    "ReportPage",
    "TakeOffAnnotation",
    "TrendFile",
    "WhyFile",
    "WhyPage",
    "WriteCommentary",
    "WritePassage",
]
