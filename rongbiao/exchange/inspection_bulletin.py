"""The bulletin of a campaign (抽查情况通报): Word, PDF and Excel from the rows that the page shows."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from rongbiao.exchange.papers.inspections import Report
from rongbiao.exchange.tables import excel
from rongbiao.standards.models import Inspection
from rongbiao.standards.supervising import counting, population
from rongbiao.standards.supervising.counting import Bulletin
from rongbiao.standards.supervising.population import Wanted
from rongbiao.standards.supervising.sheet import names


def report(told: Bulletin) -> Report:
    """Return the bulletin as its paper needs it, in the language of papers."""
    row = told.campaign
    draws = [one for one in (row.objects_draw, row.people_draw) if one]
    with translation.override(settings.LANGUAGE_CODE):
        return Report(
            issuer=str(settings.CITY["bureau"]),
            city=str(settings.CITY["name"]),
            number=row.report_number,
            title=row.title,
            basis=row.basis,
            scope=tuple(population.conditions(Wanted(**row.asked))),
            size=row.size,
            sha256=row.population.sha256 if row.population else "",
            draws=tuple(str(one) for one in draws),
            people=row.people,
            firms=told.firms,
            headings=tuple(counting.headings()),
            whole=(told.whole.name, told.whole.figures),
            items=tuple((name, n) for name, n in told.items),
            areas=tuple((one.name, one.figures) for one in told.areas),
            fields=tuple((one.name, one.figures) for one in told.fields),
            open=told.open,
            objects=tuple(
                (
                    str(one.place or ""), one.declaration.organization.name, one.declaration.number,
                    names(one.found) or "—", shown(one),
                )
                for one in told.rows
            ),
            day=row.reported_on,
        )  # fmt: skip


def shown(row: Inspection) -> str:
    """Return the result of an object as the public reads it: nothing before it is published."""
    return str(row.get_result_display()) if row.published_on else _("尚在办理")


def figures_excel(told: Bulletin) -> bytes:
    """Return the figures by item, area and field."""
    return excel(
        str(told.campaign.title),
        _("计数单位：项；由“抽查对象”表逐行计得"),
        (_("分组"), _("名称"), *counting.headings()),
        _figures(told),
    )


def _figures(told: Bulletin) -> Iterator[tuple[Any, ...]]:
    yield (_("合计"), "", *told.whole.figures)
    for name, n in told.items:
        yield (_("检查项目"), name, "", "", "", n, "", "", "", "")
    for group, shares in ((_("区划"), told.areas), (_("领域"), told.fields)):
        for one in shares:
            yield (group, one.name, *one.figures)


HEADINGS = (
    "抽取次序", "企业", "区划", "领域", "标准编号", "标准名称", "检查日期", "发现问题的项目",
    "责令改正日期", "改正期限", "改正日期", "结果", "公示日期", "办件号",
)  # fmt: skip


def objects_excel(told: Bulletin) -> bytes:
    """Return every object with what became of it: from these rows the figures can be counted."""
    rows = (
        (
            one.place or "", one.declaration.organization.name, one.area,
            counting.field_name(one.field), one.declaration.number, one.declaration.title,
            one.inspected_on, names(one.found), one.ordered_on, one.due_on, one.corrected_on,
            shown(one), one.published_on, one.basis,
        )
        for one in told.rows
    )  # fmt: skip
    note = _("{n} 项；结果公示后填写").format(n=len(told.rows))
    return excel(_("抽查对象"), note, HEADINGS, rows)
