"""The pages of figures: overview, an indicator, the cases behind a number."""

from .cases import CasesFile, CasesPage
from .indicator import IndicatorPage, TrendFile
from .overview import Overview

__all__ = ["CasesFile", "CasesPage", "IndicatorPage", "Overview", "TrendFile"]
