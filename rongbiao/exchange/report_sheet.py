"""The sheet of a quarter (整表): a unit's assignments out as Excel, its words back in."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from rongbiao.parties.refused import Refused
from rongbiao.strategy.models import Assignment, Quarter, Report
from rongbiao.strategy.sheets import Line
from rongbiao.strategy.wording import ReportWords

from .registers import words
from .tables import excel, plain, read_rows

HEADINGS = (
    "任务代号",
    "任务",
    "上期进展",
    "上期完成比例（%）",
    "本期进展",
    "完成比例（%）",
    "困难和问题",
    "下期计划",
    "与上期相同的原因",
    "比例下降的原因",
)
FIELDS = {
    "本期进展": "text",
    "困难和问题": "difficulties",
    "下期计划": "next_steps",
    "与上期相同的原因": "same_reason",
    "比例下降的原因": "fall_reason",
}


def sheet_of(quarter: Quarter, rows: list[Assignment]) -> bytes:
    """Return the Excel table of a unit for a quarter."""
    earlier = Report.objects.filter(
        assignment__in=rows,
        quarter__ends_on__lt=quarter.starts_on,
        first_filed_on__isnull=False,
    ).order_by("quarter__ends_on")
    last = {report.assignment_id: report for report in earlier}
    lines = []
    for row in rows:
        said = last.get(row.pk)
        before = [said.text, said.share] if said else ["", ""]
        lines.append([row.task.key, str(row.task), *before, "", "", "", "", "", ""])
    unit = rows[0].organization if rows else ""
    note = _("{unit}，{quarter}，截止 {due}").format(unit=unit, quarter=quarter, due=quarter.due_on)
    return excel(_("季度填报"), note, HEADINGS, lines)


def read_sheet(content: bytes, name: str, rows: Iterable[Assignment]) -> list[Line]:
    """Return what a filled-in table reports; a line without words is left out.

    Refused with the line when a task is unknown or a share is no whole number.
    """
    known = {row.task.key: row for row in rows}
    places: dict[str, int] = {}
    found: list[Line] = []
    for number, cells in read_rows(content, name):
        if not places:
            names = {plain(cell).strip(): place for place, cell in enumerate(cells)}
            if {"任务代号", "本期进展", "完成比例（%）"} <= set(names):
                places = names
            continue
        said = {heading: _at(cells, places.get(heading)) for heading in HEADINGS}
        if not words(said["本期进展"]):
            continue
        key = words(said["任务代号"])
        if key not in known:
            raise Refused(
                _("第 {line} 行：“{key}”不是贵单位的任务代号。").format(line=number, key=key)
            )
        text = {field: plain(said[heading]).strip() for heading, field in FIELDS.items()}
        found.append((known[key], ReportWords(share=_share(said["完成比例（%）"], number), **text)))
    if not places:
        raise Refused(_("没有找到表头，请用本页下载的表填写。"))
    return found


def _at(cells: list[Any], place: int | None) -> Any:
    return cells[place] if place is not None and place < len(cells) else ""


def _share(cell: Any, line: int) -> int:
    text = words(cell).rstrip("%％")
    if not text.isdecimal() or int(text) > 100:
        raise Refused(_("第 {line} 行“完成比例（%）”应为 0 至 100 之间的整数。").format(line=line))
    return int(text)
