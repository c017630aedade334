"""Words that the files of a tender share: headings, cells, the sentence of the law."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from rongbiao.law import Value
from rongbiao.parties import rules
from rongbiao.standards.verdicts import STATES, Status

from .tender import GROUPS, Group, Item


def headings() -> tuple[str, ...]:
    """Return the headings of the checklist, in the language of the reader."""
    return (
        _("序号"), _("标准编号"), _("标准名称"), _("采购文件中的要求"), _("标准状态"),
        _("履约情况"), _("检验方法"), _("结论"), _("验收人"),
    )  # fmt: skip


def acceptance_rule(day: date) -> Value | None:
    """Return the rule by which a record of acceptance names every standard."""
    return rules.table("procurement").at(day).known("acceptance.items")


def state_word(item: Item) -> str:
    """Return what the standard is on the day, with the edition in force where it is another."""
    word = str(STATES[Status(item.status)])
    if item.present and item.present != item.number and item.doubtful:
        return _("{state}，现行版本 {number}").format(state=word, number=item.present)
    return word


def required(item: Item) -> str:
    """Return the places and sentences in which a tender asks for a standard, a line each."""
    lines = []
    for one in item.places:
        place = "，".join(part for part in (one.where, one.clause) if part)
        lines.append(f"{place}：{one.sentence}" if place else one.sentence)
    return "\n".join(lines)


def group_word(group: Group) -> str:
    """Return the heading of a group."""
    return str(GROUPS[group])
