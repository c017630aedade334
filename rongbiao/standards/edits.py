"""Officers' edits (更正): one edition put right or entered by hand, with its basis and reason.

The procedure of correction calls these, and so do the effects of other procedures. Every
edit stands in the journal with what was before and after; of two officers who edit the same
edition one is first, and the other is told so.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rongbiao.archive.kinds import Unacceptable, kind_of, plain_name
from rongbiao.archive.models import File
from rongbiao.parties import journal
from rongbiao.parties.models import Organization, Post
from rongbiao.parties.refused import Refused
from rongbiao.texts.numbers import NotANumber, StandardNumber, read_number

from .change import changed as index_of
from .claim import keep_claims, said_as
from .events import columns_of, note
from .numbering import columns as number_columns
from .relation import Relation
from .sources import CITY
from .standard import Participation, Standard
from .status import FOLLOWING, status_on

EDIT, ENTER = "edit-standard", "enter-standard"
# What an officer may put right; the number itself names another edition.
EDITABLE = (
    "title", "title_en", "title_original", "level", "nature", "form", "status", "stage",
    "planned_on", "issued_on", "implemented_on", "confirmed_on", "withdrawn_on", "ics", "ccs",
    "publisher", "authority", "owner", "proposer", "drafted_by", "filing", "abstract",
)  # fmt: skip
MOST_DRAFTERS = 200
LONGEST_NAME = 200
May = Callable[[Post, date], object]  # refuses whoever may not


class Overtaken(Refused):
    """Somebody else changed the edition since its form was opened."""


@dataclass(frozen=True, slots=True)
class Basis:
    """On what an edit rests: the document, its day, and why."""

    number: str
    on: date | None
    reason: str

    def check(self, day: date) -> None:
        """Refuse a basis that says nothing."""
        if not self.number.strip() or self.on is None:
            raise Refused(_("更正名录应写明依据的文号和日期。"))
        if self.on > day:
            raise Refused(_("依据日期不能晚于今天。"))
        if not self.reason.strip():
            raise Refused(_("更正名录应写明理由。"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an edition is to be; a column that is not named stays as it is."""

    columns: Mapping[str, Any]
    drafters: Sequence[str] | None = None  # every drafting unit, in the order of the standard
    relations: Sequence[tuple[str, str]] | None = None  # kind and number of the other standard
    text: tuple[bytes, str] | None = None  # content and name of the file


@dataclass
class _Differences:
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)

    def note(self, name: str, was: Any, now: Any) -> bool:
        if was == now:
            return False
        self.before[name], self.after[name] = said_as(was), said_as(now)
        return True


def drafters_of(standard: Standard) -> list[str]:
    """Return the names of the drafting units in their order."""
    rows = standard.participations.order_by("place", "pk")
    return list(rows.values_list("name", flat=True))


def relations_of(standard: Standard) -> list[tuple[str, str]]:
    """Return what an edition is to others, as (kind, number)."""
    rows = Relation.objects.filter(subject_key=standard.key).order_by("kind", "object_key")
    return list(rows.values_list("kind", "object"))


def version_of(standard: Standard) -> str:
    """Return a mark of how an edition stands now; a form carries it and hands it back."""
    said = [getattr(standard, name) for name in EDITABLE]
    whole = [said, standard.text_id, standard.basis, standard.basis_on]
    whole += [drafters_of(standard), relations_of(standard)]
    return hashlib.sha256(repr(whole).encode()).hexdigest()[:24]


@transaction.atomic
def edit(
    standard: Standard,
    wanted: Wanted,
    basis: Basis,
    *,
    version: str,
    actor: Post,
    day: date,
    may: May | None = None,
) -> Standard:
    """Put an edition right; refused when it changed since ``version`` was read.

    ``may`` refuses who may not, where a procedure lets others than officers edit.
    """
    may(actor, day) if may else _check_actor(actor)
    basis.check(day)
    row = Standard.objects.select_for_update().get(pk=standard.pk)
    if version_of(row) != version:
        last = journal.lines_of(row).order_by("pk").last()
        who = last.post if last and last.post else _("别人")
        raise Overtaken(
            _(
                "您打开此页以后，{who}已经改过这项标准，您的改动没有保存。"
                "您填写的内容还在下面，请对照现在的登记核对后再保存。"
            ).format(who=who)
        )
    earlier, found = columns_of(row), _Differences()
    _write(row, wanted, basis, found, actor, day)
    if not found.after:
        raise Refused(_("没有改动，不必保存。"))
    _finish(EDIT, row, basis, found, actor, day)
    note(row, earlier, day=day)
    return row


@transaction.atomic
def enter(
    number: str,
    wanted: Wanted,
    basis: Basis,
    *,
    actor: Post,
    day: date,
    may: May | None = None,
) -> Standard:
    """Enter an edition by hand; refused when its number is in the register.

    ``may`` refuses who may not, where a procedure lets others than officers enter.
    """
    may(actor, day) if may else _check_actor(actor)
    basis.check(day)
    read = _number(number)
    made = number_columns(read)
    if held := Standard.objects.filter(key=read.key).first():
        raise Refused(
            _("{number} 已在名录中（{title}），请到它的页面更正。").format(
                number=held.shown, title=held.title
            )
        )
    if read.year is None and made["level"] not in {"international", "foreign"}:
        raise Refused(_("新登记的标准应写明年份：{number}。").format(number=read))
    row, found = Standard(**made, source=CITY, source_on=day), _Differences()
    found.note("number", "", row.number)
    _write(row, wanted, basis, found, actor, day)
    _finish(ENTER, row, basis, found, actor, day)
    note(row, None, day=day)
    return row


def _check_actor(actor: Post) -> None:
    if not actor.is_officer:
        raise Refused(_("名录由联席会议办公室经办人更正。"))


def _number(text: str) -> StandardNumber:
    try:
        return read_number(text)
    except NotANumber as bad:
        raise Refused(_("没有读懂“{text}”：{why}").format(text=text, why=bad)) from bad


def _write(
    row: Standard, wanted: Wanted, basis: Basis, found: _Differences, actor: Post, day: date
) -> None:
    """Write columns, text, drafters and relations; note what is another than before."""
    new = row.pk is None
    changes = {}
    for name in (name for name in EDITABLE if name in wanted.columns):
        was, now = getattr(row, name), wanted.columns[name]
        if found.note(name, was, now) and not new:
            changes[name] = (was, now)
        setattr(row, name, now)
    if "issued_on" in changes:  # an officer knows the day
        row.issued_precision = Standard.Precision.DAY
    row.status = row.status or status_on(row, day)
    _check(row, day)
    if wanted.text is not None:
        file = _keep(wanted.text, actor)
        found.note("text", row.text.name if row.text else "", file.name)
        row.text = file
    row.basis, row.basis_on = basis.number.strip(), basis.on
    row.demonstration = row.demonstration or actor.demonstration
    row.save()
    if wanted.drafters is not None:
        was = drafters_of(row)
        _write_drafters(row, wanted.drafters, found)
        if was and "drafters" in found.after:  # the loader keeps lists as claims, too
            changes["drafters"] = ("、".join(was), "、".join(found.after["drafters"]))
    keep_claims(row, {} if new else changes, day)
    if wanted.relations is not None:
        _write_relations(row, wanted.relations, basis, found, actor)


def _finish(
    verb: str, row: Standard, basis: Basis, found: _Differences, actor: Post, day: date
) -> None:
    journal.write(
        actor,
        verb,
        row,
        day=day,
        basis=basis.number.strip(),
        basis_on=basis.on.isoformat() if basis.on else "",
        reason=basis.reason.strip(),
        before=found.before,
        after=found.after,
    )
    index_of([row.pk])


def _check(row: Standard, day: date) -> None:
    """Refuse days that cannot follow each other, and a row without its needed words."""
    if not row.title.strip():
        raise Refused(_("标准名称不能为空。"))
    for early, late in FOLLOWING:
        first, second = getattr(row, early), getattr(row, late)
        if first and second and first > second:
            named = {
                one: getattr(Standard._meta.get_field(one), "verbose_name")  # noqa: B009  mypy's doubt
                for one in (early, late)
            }
            raise Refused(
                _("{late}（{second}）早于{early}（{first}）。").format(
                    early=named[early], first=first, late=named[late], second=second
                )
            )
    ended = row.withdrawn_on and row.withdrawn_on <= day
    if ended and row.status == Standard.Status.CURRENT:
        raise Refused(_("废止日期是{day}，状态不能是“现行”。").format(day=row.withdrawn_on))


def _keep(text: tuple[bytes, str], actor: Post) -> File:
    content, name = text
    try:
        media = kind_of(content, name).media
    except Unacceptable as why:
        raise Refused(str(why)) from why
    return File.objects.keep(content, plain_name(name), media, demonstration=actor.demonstration)


def _write_drafters(row: Standard, names: Sequence[str], found: _Differences) -> None:
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if len(wanted) > MOST_DRAFTERS:
        raise Refused(
            _("起草单位有 {n} 个，超过 {most} 个的上限。").format(n=len(wanted), most=MOST_DRAFTERS)
        )
    if long := next((name for name in wanted if len(name) > LONGEST_NAME), ""):
        raise Refused(
            _("起草单位“{name}……”超过 {most} 字，请检查是否漏了换行。").format(
                name=long[:20], most=LONGEST_NAME
            )
        )
    if not found.note("drafters", drafters_of(row), wanted):
        return
    units = units_named(wanted)
    row.participations.all().delete()
    Participation.objects.bulk_create(
        Participation(
            standard=row,
            name=name,
            organization=units.get(name),
            place=place,
            part=Participation.Part.JOIN if place else Participation.Part.LEAD,
        )
        for place, name in enumerate(wanted)
    )


def units_named(names: Sequence[str]) -> dict[str, Organization]:
    """Return the units of this city that bear some names, or once bore them."""
    found = {unit.name: unit for unit in Organization.objects.filter(name__in=names)}
    missing = set(names) - set(found)
    if missing:
        for unit in Organization.objects.exclude(aliases=[]):
            found |= dict.fromkeys(missing & set(unit.aliases), unit)
    return found


def _write_relations(
    row: Standard,
    wanted: Sequence[tuple[str, str]],
    basis: Basis,
    found: _Differences,
    actor: Post,
) -> None:
    read = {}
    for kind, text in wanted:
        number = _number(text)
        if number.key == row.key:
            raise Refused(_("一项标准不能与自己有关系：{number}。").format(number=number))
        read[kind, number.key] = number
    rows = {(one.kind, one.object_key): one for one in
            Relation.objects.filter(subject_key=row.key)}  # fmt: skip
    if not found.note(
        "relations",
        sorted(f"{Relation.Kind(kind).label} {one.object}" for (kind, _k), one in rows.items()),
        sorted(f"{Relation.Kind(kind).label} {rows[kind, key].object if (kind, key) in rows else number}"
               for (kind, key), number in read.items()),
    ):  # fmt: skip
        return
    Relation.objects.filter(pk__in=[rows[key].pk for key in rows.keys() - read.keys()]).delete()
    Relation.objects.bulk_create(
        Relation(
            kind=kind,
            subject=row.number,
            subject_key=row.key,
            object=str(number),
            object_key=key,
            dated=number.year is not None,
            source=CITY,
            basis=basis.number.strip(),
            basis_on=basis.on,
            demonstration=actor.demonstration,
        )
        for (kind, key), number in read.items()
        if (kind, key) not in rows
    )
