"""The pages of figures: overview, an indicator, the cases behind a number."""

from .annotations import AnnotateTrend, TakeOffAnnotation
from .cases import CasesFile, CasesPage
from .commentary import WriteCommentary
from .definition import DefinitionPage, Glossary
from .indicator import IndicatorPage, TrendFile
from .overview import Overview
from .why import WhyFile, WhyPage

__all__ = [
    "AnnotateTrend",
    "CasesFile",
    "CasesPage",
    "DefinitionPage",
    "Glossary",
    "IndicatorPage",
    "Overview",
    "TakeOffAnnotation",
    "TrendFile",
    "WhyFile",
    "WhyPage",
    "WriteCommentary",
]
