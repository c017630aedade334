"""Registers as tables (名录的表): which columns come in and go out, and how each is read."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.awards.models import Recognition
from rongbiao.standards.models import Declaration, Standard
from rongbiao.strategy.measures import DECLARATION, RECOGNITION, STANDARD
from rongbiao.strategy.measures import Column as Out
from rongbiao.texts.classes import within
from rongbiao.texts.credit_codes import BadCreditCode, read_credit_code
from rongbiao.texts.numbers import NotANumber, read_number

MOST_CLASSES = 15  # of one standard: what the column holds of either scheme
EXCEL_EPOCH = date(1899, 12, 30)
DAY_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")


class Wrong(ValueError):
    """A cell cannot be read; the message says why."""


def words(cell: Any) -> str:
    """Read a cell as text; a whole number loses its point."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell if cell is not None else "").split())


def day(cell: Any) -> date | None:
    """Read a day: 2025-03-01, 2025/3/1, 20250301, 2025年3月1日, or Excel's own."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = words(cell)
    if not text:
        return None
    if isinstance(cell, int | float) and 20_000 < cell < 80_000:
        return EXCEL_EPOCH + timedelta(days=int(cell))
    for form in DAY_FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 — a day has no zone
        except ValueError:
            continue
    raise Wrong(_("“{text}”不是日期，应写作 2025-03-01").format(text=text))


def choice(choices: Any) -> Callable[[Any], str]:
    """Return a reader of one of some labels or values."""
    known = {str(label): value for value, label in choices} | {
        value: value for value, _l in choices
    }

    def read(cell: Any) -> str:
        text = words(cell)
        if not text:
            return ""  # a column that is needed was asked for before
        if text not in known:
            labels = "、".join(str(label) for value, label in choices if value)
            raise Wrong(_("“{text}”不在可填的值之中：{labels}").format(text=text, labels=labels))
        return known[text]

    return read


def classes(cell: Any) -> str:
    """Read classes of ICS or CCS, one or several; in the register they stand with spaces."""
    codes = re.split(r"[\s、，,；;/]+", words(cell).upper()) if words(cell) else []
    if unknown := next((code for code in codes if code and not within(code)), ""):
        raise Wrong(_("没有“{code}”这个分类号").format(code=unknown))
    kept = list(dict.fromkeys(code for code in codes if code))
    if len(kept) > MOST_CLASSES:
        raise Wrong(_("分类号超过{most}个").format(most=MOST_CLASSES))
    return " ".join(kept)


def yes(cell: Any) -> bool:
    """Read 是 or 否."""
    text = words(cell)
    if text in {"是", "1", "True", "true", ""}:
        return True
    if text in {"否", "0", "False", "false"}:
        return False
    raise Wrong(_("“{text}”应为“是”或“否”").format(text=text))


def credit_code(cell: Any) -> str | None:
    """Read a unified social credit code, or nothing."""
    text = words(cell)
    if not text:
        return None
    try:
        return read_credit_code(text)
    except BadCreditCode as bad:
        raise Wrong(str(bad).rstrip("。")) from bad


def standard_number(cell: Any) -> str:
    """Read a standard's number in any notation into its canonical form."""
    try:
        return str(read_number(words(cell)))
    except NotANumber as bad:
        raise Wrong(str(bad).rstrip("。")) from bad


@dataclass(frozen=True)
class Column:
    """One column of a table that comes in."""

    key: str
    heading: Any
    read: Callable[[Any], Any] = words
    needed: bool = True
    also: tuple[str, ...] = ()  # other headings that mean the same


@dataclass(frozen=True)
class Register:
    """One register: its table, its name, what comes in, what goes out, what pages filter by."""

    key: str
    name: Any
    model: Any  # one of the three tables of registers
    out: tuple[Out, ...]
    incoming: tuple[Column, ...]
    identity: tuple[str, ...]  # which fields make a row the same row
    search: tuple[str, ...]
    facets: tuple[tuple[str, Any], ...]
    since: str  # the day by which rows are sorted and filtered
    first: Any  # what an empty register says to do
    units: str = "organization"  # the column of units: one, or drafters in order


UNIT_KIND = Column("unit_kind", gettext_lazy("单位类别"), needed=False)
CODE = Column("credit_code", gettext_lazy("统一社会信用代码"), credit_code, needed=False)
FIRST = gettext_lazy("名录还没有数据。经办人按模板整理明细，用“成批登记”录入，并写明依据。")

REGISTERS: dict[str, Register] = {
    register.key: register
    for register in (
        Register(
            key="standards",
            name=gettext_lazy("标准名录"),
            model=Standard,
            out=STANDARD,
            incoming=(
                Column("number", gettext_lazy("标准编号"), standard_number, also=("标准号",)),
                Column("title", gettext_lazy("标准名称"), also=("名称",)),
                Column("title_en", gettext_lazy("英文名称"), needed=False),
                Column("level", gettext_lazy("层级"), choice(Standard.Level.choices)),
                Column(
                    "nature", gettext_lazy("性质"), choice(Standard.Nature.choices), needed=False
                ),
                Column("ics", gettext_lazy("国际标准分类号"), classes, needed=False),
                Column("ccs", gettext_lazy("中国标准分类号"), classes, needed=False),
                Column("owner", gettext_lazy("归口单位"), needed=False),
                Column("planned_on", gettext_lazy("立项下达日期"), day, needed=False),
                Column("issued_on", gettext_lazy("发布日期"), day),
                Column("implemented_on", gettext_lazy("实施日期"), day, needed=False),
                Column("withdrawn_on", gettext_lazy("废止日期"), day, needed=False),
                Column("publisher", gettext_lazy("发布机构"), needed=False),
                Column("drafters", gettext_lazy("本市起草单位"), needed=False, also=("起草单位",)),
                UNIT_KIND,
            ),
            identity=("number",),
            search=("number", "title"),
            facets=(("level", gettext_lazy("层级")),),
            since="issued_on",
            first=FIRST,
            units="drafters",
        ),
        Register(
            key="declarations",
            name=gettext_lazy("自我声明公开名录"),
            model=Declaration,
            out=DECLARATION,
            incoming=(
                Column("organization", gettext_lazy("企业"), also=("企业名称", "单位")),
                CODE,
                Column("number", gettext_lazy("标准编号"), also=("标准号",)),
                Column("title", gettext_lazy("标准名称"), also=("名称",)),
                Column("own", gettext_lazy("企业标准"), yes, needed=False),
                Column("declared_on", gettext_lazy("公开日期"), day),
                Column("withdrawn_on", gettext_lazy("废止日期"), day, needed=False),
                Column("region", gettext_lazy("所在县（市）区"), needed=False),
                UNIT_KIND,
            ),
            identity=("organization", "number"),
            search=("number", "title", "organization__name"),
            facets=(),
            since="declared_on",
            first=FIRST,
        ),
        Register(
            key="recognitions",
            name=gettext_lazy("认定名录"),
            model=Recognition,
            out=RECOGNITION,
            incoming=(
                Column("kind", gettext_lazy("类别"), choice(Recognition.Kind.choices)),
                Column("level", gettext_lazy("级别"), choice(Recognition.Level.choices)),
                Column(
                    "field", gettext_lazy("领域"), choice(Recognition.Field.choices), needed=False
                ),
                Column("title", gettext_lazy("名称")),
                Column("organization", gettext_lazy("承担单位"), also=("单位",)),
                CODE,
                Column("approved_on", gettext_lazy("批准日期"), day),
                Column("accepted_on", gettext_lazy("验收日期"), day, needed=False),
                Column("until", gettext_lazy("终止日期"), day, needed=False),
                Column("region", gettext_lazy("所在县（市）区"), needed=False),
                UNIT_KIND,
            ),
            identity=("kind", "title", "organization"),
            search=("title", "organization__name"),
            facets=(("kind", gettext_lazy("类别")), ("level", gettext_lazy("级别"))),
            since="approved_on",
            first=FIRST,
        ),
    )
}
