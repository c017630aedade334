"""The checklist of an acceptance as Word (验收清单): our own layout, room to write, a row a standard."""

from __future__ import annotations

from django.utils.translation import gettext as _

from rongbiao.exchange.papers.blocks import Block, Column, Heading, Listing, NewPage, Title, Words
from rongbiao.exchange.papers.packages import docx
from rongbiao.exchange.papers.pages import WIDE
from rongbiao.exchange.papers.word import body
from rongbiao.exchange.papers.wording import in_words, one_line

from .tender import Group, Tender
from .wording import acceptance_rule, group_word, headings, required, state_word

WIDTHS = (10, 41, 36, 65, 27, 26, 22, 14, 16)  # millimetres, in the order of the headings


def checklist_paper(tender: Tender) -> bytes:
    """Return the checklist as docx; the columns of the acceptance are left for filling in."""
    blocks: list[Block] = [Title(_("政府采购验收清单"), "FormTitle"), *_head(tender)]
    columns = tuple(
        Column(name, width, center=place in {0, 4})
        for place, (name, width) in enumerate(zip(headings(), WIDTHS, strict=True))
    )
    number = 0
    for group in Group:
        if not (items := tender.of(group)):
            continue
        rows = []
        for item in items:
            number += 1
            told = [
                str(number),
                item.number,
                item.title or _("名录未收录"),
                required(item),
                state_word(item),
            ]
            rows.append((*told, "", "", "", ""))
        blocks += [Heading(group_word(group), 2), Listing(columns, rows, height=16)]
    blocks += _general(tender)
    blocks.append(
        Words(
            _("验收人（签字）：　　　　　　　　　　　　验收日期：　　　　年　　月　　日"), "Flush"
        )
    )
    blocks += _doubts(tender)
    title = one_line(_("《{name}》验收清单").format(name=tender.name))
    return docx(body(blocks), WIDE, title=title, author="", day=tender.day)


def _head(tender: Tender) -> list[Block]:
    rule = acceptance_rule(tender.day)
    told = [Words(_("采购文件：{name}").format(name=tender.name), "Flush")]
    if rule:
        told.append(
            Words(_("依据：{rule}：{text}。").format(rule=rule.cited, text=rule.value), "Flush")
        )
    words = _(
        "标准状态按{day}标准名录判断；技术、服务、安全的归类由系统按提示词推定并可由采购人更改，以采购人确认为准。"
    )
    told.append(Words(words.format(day=in_words(tender.day)), "Note"))
    return list(told)


def _general(tender: Tender) -> list[Block]:
    if not tender.mentions:
        return []
    columns = (
        Column(_("位置"), 50),
        Column(_("概括引用"), 45),
        Column(_("原文"), 110),
        Column(_("应写明的标准"), 52),
    )
    rows = [(one.where, one.text, one.sentence, "") for one in tender.mentions]
    return [
        Heading(_("没有写明编号的标准（请先写明，再据以验收）"), 2),
        Listing(columns, rows, height=10),
    ]


def _doubts(tender: Tender) -> list[Block]:
    if not tender.doubts:
        return []
    columns = (
        Column(_("位置"), 40),
        Column(_("原文"), 90),
        Column(_("依据"), 55),
        Column(_("提示和建议"), 72),
    )
    rows = [
        (one.where, f"{one.before}{one.words}{one.after}", one.cited, f"{one.why}{one.advice}")
        for one in tender.doubts
    ]
    note = _("以下由系统按用语提示，不作结论，请采购人核对。")
    return [
        NewPage(),
        Heading(_("可能不合规定的要求"), 2),
        Words(note, "Note"),
        Listing(columns, rows),
    ]
