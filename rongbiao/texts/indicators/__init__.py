"""Indicators (指标): limits with units, read from Chinese notation, and compared.

compare(read_limit("≥95%"), read_limit("不小于90 %")).result   higher
"""

from .comparing import Comparison, Result, compare
from .limits import Kind, Limit, NotALimit, read_limit
from .units import Unit, UnknownUnit, unit

__all__ = [
    "Comparison", "Kind", "Limit", "NotALimit", "Result", "Unit", "UnknownUnit", "compare",
    "read_limit", "unit",
]  # fmt: skip
