"""Requirements by table (技术要求导入): what standards require, one line a requirement."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.parties.in_post import ask_office
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused
from rongbiao.standards import requirements
from rongbiao.standards.models import Standard
from rongbiao.texts.numbers import NotANumber, read_number

from .tables import excel, find_headings, plain, read_rows

COLUMNS: tuple[tuple[str, Any], ...] = (
    ("number", gettext_lazy("标准编号")),
    ("name", gettext_lazy("指标名称")),
    ("limit", gettext_lazy("指标值")),
    ("unit", gettext_lazy("单位")),
    ("method", gettext_lazy("试验方法")),
    ("clause", gettext_lazy("条款")),
)
NEEDED = ("number", "name", "limit")
MOST = 1000  # standards of one table
EXAMPLE = (
    ("GB/T 29606—2013", "保温效能", "≥60", "℃", "GB/T 29606—2013 6.3", "5.3"),
    ("GB/T 29606—2013", "容量偏差", "±5", "%", "GB/T 29606—2013 6.4", "5.4"),
)


@dataclass
class Report:
    """What a table of requirements came to."""

    standards: int = 0
    requirements: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)  # line, why


def template() -> bytes:
    """Return the empty table with two lines that show how it is filled in."""
    note = _("每行一项要求；只登记标准原文写明的要求。示例行请删除。")
    return excel(_("技术要求导入模板"), note, [str(one) for _key, one in COLUMNS], EXAMPLE)


@transaction.atomic
def take_in(content: bytes, name: str, basis: str, *, actor: Post, day: date) -> Report:
    """Enter the requirements of every standard of a table anew; a wrong line keeps its standard out.

    Refused as a whole to whoever is no officer, without a basis, and when it is no such table.
    """
    ask_office(actor, day, _("标准的技术要求由联席会议办公室经办人登记。"))
    report = Report()
    told = _by_standard(read_rows(content, name))
    keys = {number: _key(number) for _line, number, _rows in told}
    held = {one.key: one for one in Standard.objects.filter(key__in=filter(None, keys.values()))}
    for line, number, rows in told:
        standard = held.get(keys[number])
        if standard is None:
            report.refused.append((line, _("名录中没有 {number}。").format(number=number)))
            continue
        try:
            with transaction.atomic():
                made = requirements.enter(standard, rows, basis, actor=actor, day=day)
        except Refused as refused:
            report.refused.append((line, f"{number}：{refused}"))
            continue
        report.standards += 1
        report.requirements += len(made)
    return report


def _by_standard(
    rows: list[tuple[int, list[Any]]],
) -> list[tuple[int, str, list[dict[str, str]]]]:
    """Return (first line, number, requirements) of each standard in the order of the table."""
    places, start = find_headings(rows, {str(label): key for key, label in COLUMNS}, NEEDED)
    found: dict[str, tuple[int, str, list[dict[str, str]]]] = {}
    for line, cells in rows[start:]:
        told = {
            key: plain(cells[at]).strip() if at < len(cells) else "" for key, at in places.items()
        }
        number = told.pop("number")
        found.setdefault(number, (line, number, []))[2].append(told)
    if len(found) > MOST:
        raise Refused(
            _("表里有 {n} 项标准，超过 {most} 项的上限，请分开导入。").format(
                n=len(found), most=MOST
            )
        )
    return list(found.values())


def _key(number: str) -> str:
    try:
        return read_number(number).key
    except NotANumber:
        return ""
