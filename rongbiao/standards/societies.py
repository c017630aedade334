"""Societies (社会团体): their letters, and how a group standard of one of them becomes public.

A number is T/ with the letters of the association, a serial and the year (团体标准管理规定,
编号 of group standards). Only :func:`publish`, called within an act of a procedure, writes.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rongbiao.archive.models import File
from rongbiao.parties.models import Organization, Post
from rongbiao.parties.refused import Refused
from rongbiao.texts.folding import units
from rongbiao.texts.numbers import NotANumber, StandardNumber, read_number

from . import declaring, edits
from .checks import Finding, Grade, findings
from .models import Association, Declaration, Disclosure, Standard, Statement

LETTERS = re.compile(r"[A-Z][A-Z0-9]{1,11}")
NAMED = 3  # of the findings that are refused
OVER = (Standard.Status.SUPERSEDED, Standard.Status.WITHDRAWN)


def read_code(text: str) -> str:
    """Return the letters of an association in canonical form; refused where they are none.

    >>> read_code("t/fzcy")
    'FZCY'
    """
    code = "".join(text.split()).upper().removeprefix("T/")
    if not LETTERS.fullmatch(code):
        raise Refused(
            _(
                "团体代号“{text}”不符合写法：用 2 至 12 个大写拉丁字母，或者以字母开头、"
                "后接阿拉伯数字，不含“T/”。"
            ).format(text=text[:20])
        )
    return code


def association_of(unit: Organization | None) -> Association | None:
    """Return the association that a unit is, if it stands in the register."""
    return Association.objects.filter(organization=unit).first() if unit else None


def standards_of(association: Association) -> QuerySet[Standard]:
    """Return the group standards that bear the letters of an association."""
    head = f"T/{association.code}"
    rows = Standard.objects.filter(level=Standard.Level.GROUP, key__startswith=head)
    return rows.filter(key__regex=f"^{head}[0-9]")  # not those of T/{code}X


def number_of(text: str, association: Association, day: date | None = None) -> StandardNumber:
    """Return a number that an association may give, or refuse; ``day``: of its issue."""
    try:
        number = read_number(text)
    except NotANumber as bad:
        raise Refused(_("没有读懂“{text}”：{why}").format(text=text[:60], why=bad)) from bad
    if number.code != f"T/{association.code}":
        raise Refused(
            _(
                "编号“{number}”的代号是 {code}，{unit}登记的团体代号是 T/{own}；"
                "社会团体只能用自己的代号编号，请改正编号。"
            ).format(
                number=number.display, code=number.code, unit=association.organization,
                own=association.code,
            )
        )  # fmt: skip
    if number.year is None:
        raise Refused(
            _("编号“{number}”没有年份，请写作 T/{code} 001—2026 的形式。").format(
                number=number.display, code=association.code
            )
        )
    if day and number.year != day.year:
        raise Refused(
            _("编号“{number}”的年份是 {year}，发布日期是{day}，两者应当一致。").format(
                number=number.display, year=number.year, day=day
            )
        )
    return number


def next_number(association: Association, year: int) -> str:
    """Return the number after the highest that the register holds; a proposal, taken by nobody."""
    head = f"T/{association.code}"
    keys = standards_of(association).values_list("key", flat=True)
    serials = [re.match(r"\d+", key.removeprefix(head)) for key in keys]
    last = max((int(one.group()) for one in serials if one), default=0)
    return f"{head} {last + 1:03}—{year}"


@dataclass
class Issued:
    """What an association makes public of a group standard that it issued."""

    number: str
    title: str
    document: str
    issued_on: date
    implemented_on: date
    patents: str
    title_en: str = ""
    ics: str = ""
    ccs: str = ""
    abstract: str = ""
    drafters: list[str] = field(default_factory=list)
    drafted_by: str = ""
    patent_words: str = ""
    references: str = ""
    notice: str = ""
    replaces: str = ""
    indicators: list[dict[str, Any]] = field(default_factory=list)
    text: File | None = None
    text_public: bool = False


def ask_new(number: StandardNumber, title: str, association: Association) -> None:
    """Refuse what was declared before, and a title that the association has in force already."""
    unit = association.organization
    if Declaration.objects.filter(organization=unit, number=number.display).exists():
        raise Refused(
            _("{number} 已由{unit}声明公开，不能再次声明；内容有变的，请发布新的版本。").format(
                number=number.display, unit=unit
            )
        )
    held = Standard.objects.filter(key=number.key).first()
    if held and units(held.title) != units(title):
        raise Refused(
            _("名录中 {number} 的名称是“{held}”，填写的是“{said}”，请核对编号和名称。").format(
                number=held.shown, held=held.title, said=title
            )
        )
    same = standards_of(association).filter(title=title).exclude(bare_key=number.undated.key)
    if other := same.exclude(status__in=OVER).first():
        raise Refused(
            _("{unit}已有同名的现行团体标准 {number}，重复制定的不能公开；代替它的请用原顺序号。").format(
                unit=unit, number=other.shown
            )
        )  # fmt: skip


def publish(said: Issued, *, basis: str, actor: Post, day: date) -> Disclosure:
    """Enter a group standard with its drafters, declare it, and return what is public of it.

    Refused, and then nothing has happened, where the number is not the association's own, the
    standard is public already, or it is below a mandatory standard (Law, art. 21).
    """
    unit = declaring.ask_declarer(actor, day)
    association = association_of(unit)
    if association is None:
        raise Refused(_("{unit}还没有登记为团体标准组织，请先办理登记。").format(unit=unit))
    number = number_of(said.number, association, said.issued_on)
    ask_new(number, said.title, association)
    standard = _entered(number, said, association, basis, actor, day)
    declaration = _declared(number, said, basis, actor, day)
    return Disclosure.objects.create(
        standard=standard, association=association, declaration=declaration,
        document=said.document, patents=said.patents, patent_words=said.patent_words,
        basis=basis, basis_on=day, demonstration=actor.demonstration,
    )  # fmt: skip


def _entered(
    number: StandardNumber,
    said: Issued,
    association: Association,
    basis: str,
    actor: Post,
    day: date,
) -> Standard:
    """Return the line of the register: the one that is held, or a new one with its drafters."""
    held = Standard.objects.filter(key=number.key).first()
    if held is None:
        unit = str(association.organization)
        names = (
            "title", "title_en", "issued_on", "implemented_on", "ics", "ccs", "abstract", "drafted_by",
        )  # fmt: skip
        columns = {name: getattr(said, name) for name in names}
        columns |= {"nature": "recommended", "publisher": unit, "owner": unit, "proposer": unit}
        wanted = edits.Wanted(
            columns=columns,
            drafters=said.drafters or None,
            relations=[("replaces", said.replaces)] if said.replaces else None,
        )
        reason = _("办件{number}自我声明公开").format(number=basis)
        ground = edits.Basis(said.document, said.issued_on, reason)
        held = edits.enter(
            str(number.bare), wanted, ground, actor=actor, day=day, may=declaring.ask_declarer
        )
    if said.text and said.text_public:
        Standard.objects.filter(pk=held.pk).update(text=said.text)
    return held


def _declared(
    number: StandardNumber, said: Issued, basis: str, actor: Post, day: date
) -> Declaration:
    row = declaring.prepare(
        declaring.Said(
            number.display, said.title, own=False, products=said.abstract[:2000],
            references=said.references, notice=said.notice, text_public=said.text_public,
            indicators=said.indicators,
        ),
        may=declaring.ask_declarer, actor=actor, day=day,
    )  # fmt: skip
    Statement.objects.filter(pk=row.pk).update(text=said.text)
    [found] = findings([row], day)
    bar(found)
    return declaring.publish(row.pk, [one.plain() for one in found], basis=basis, day=day)


def bar(found: list[Finding]) -> None:
    """Refuse what is below a mandatory standard; everything else is public with its findings."""
    barred = [f"{one.place}：{one.words}" for one in found if one.grade == Grade.BAR]
    if barred:
        raise Refused(
            _("有 {n} 处低于强制性标准，不能公开（《标准化法》第二十一条）。{first}").format(
                n=len(barred), first="；".join(barred[:NAMED])
            )
        )
