"""The pages of figures: overview, an indicator, the cases behind a number."""

from .cases import CasesFile, CasesPage
from .indicator import IndicatorPage, TrendFile
from .overview import Overview
from .why import WhyFile, WhyPage

__all__ = ["CasesFile", "CasesPage", "IndicatorPage", "Overview", "TrendFile", "WhyFile", "WhyPage"]
