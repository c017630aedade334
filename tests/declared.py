"""Statements for tests: an enterprise, what it says, and the standards it is held against."""

from datetime import date

from rongbiao.parties.models import Organization
from rongbiao.standards.models import Indicator, Requirement, Standard, Statement
from tests.standards_desk import enter

DAY = date(2026, 3, 2)
FIRM, CODE = "榕城水杯有限公司", "91350100MA00000011"
TEXT = """Q/RCSB 001—2026
1 范围
本文件规定了榕城水杯的技术要求和试验方法。
2 规范性引用文件
GB/T 29606—2013 不锈钢真空杯
3 术语和定义
本文件没有需要界定的术语和定义。
4 技术要求
4.1 保温效能应不低于 60 ℃。
"""


def firm(name: str = FIRM) -> Organization:
    """Return an enterprise."""
    return Organization.objects.get_or_create(name=name, defaults={"kind": "enterprise"})[0]


def state(number: str = "Q/RCSB 001—2026", title: str = "榕城水杯", rows=(), **said) -> Statement:
    """Return a statement that is being prepared, with indicators (name, limit, unit, method)."""
    said = {
        "organization": said.pop("organization", None) or firm(),
        "own": True,
        "words": TEXT,
    } | said
    row = Statement.objects.create(number=number, title=title, **said)
    for place, (name, limit, unit, method) in enumerate(rows, start=1):
        Indicator.objects.create(
            statement=row, place=place, name=name, limit=limit, unit=unit, method=method
        )
    return row


def require(number: str, title: str, rows, **said) -> Standard:
    """Return a standard with requirements (name, limit, unit, clause)."""
    standard = enter(number, title, **said)
    for place, (name, limit, unit, clause) in enumerate(rows, start=1):
        Requirement.objects.create(
            standard=standard, place=place, name=name, limit=limit, unit=unit, clause=clause,
            basis="试〔2026〕1号",
        )  # fmt: skip
    return standard
