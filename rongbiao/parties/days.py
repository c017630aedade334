"""Working days here (工作日): the notices of law's table and those that officers entered."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby

from django.db import IntegrityError, transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from rongbiao.law.notices import UnreadableNotice, read_notice
from rongbiao.law.workdays import Calendar, Notice, notices

from . import journal
from .day_change import DayChange
from .in_post import ask_office
from .post import Post
from .refused import Refused

FIRST, LAST = 2000, 2099
MOST_BASIS = 200


def calendar() -> Calendar:
    """Return the calendar as it stands; one small question to the database.

    It is kept until a notice comes in, in this process or another.
    """
    seen = DayChange.objects.aggregate(n=Count("pk"), last=Max("at"))
    return _composed((seen["n"], seen["last"]))


def calendar_on(day: date) -> Calendar:
    """Return the calendar as it could be known on a day: by the notices given until then."""
    now = calendar()

    def given(some: tuple[Notice, ...]) -> tuple[Notice, ...]:
        return tuple(one for one in some if one.issued_on and one.issued_on <= day)

    return Calendar(given(now.notices), given(now.extra))


@lru_cache(maxsize=4)
def _composed(state: tuple[int, datetime | None]) -> Calendar:
    return Calendar(notices(), tuple(_entered()) if state[0] else ())


def _entered() -> Iterator[Notice]:
    """Yield the notices that were entered, in their order."""
    rows = DayChange.objects.order_by("id")
    for (year, number, whole), group in groupby(rows, lambda row: (row.year, row.basis, row.whole)):
        days = list(group)
        yield Notice(
            year=year,
            number=number,
            issued_on=days[0].basis_on,
            off=frozenset(row.day for row in days if not row.working),
            working=frozenset(row.day for row in days if row.working),
            source=number,
            verified=True,
            whole=whole,
        )


@transaction.atomic
def enter(
    year: int,
    text: str,
    *,
    basis: str,
    basis_on: date | None,
    whole: bool = True,
    actor: Post | None,
    day: date,
) -> Notice:
    """Enter the days of one notice, read from its words; refused whole when one is wrong.

    ``basis`` is the notice's number, ``basis_on`` its day. ``whole`` arranges the year from
    end to end; otherwise it only changes days.
    """
    officer = ask_office(actor, day, _("工作日调整由联席会议办公室经办人录入。"))
    read = tried(year, text, basis=basis, basis_on=basis_on, whole=whole, day=day)
    about = {"year": year, "basis": read.number, "basis_on": basis_on, "whole": whole}
    rows = [
        DayChange(day=one, working=works, demonstration=officer.demonstration, **about)
        for works, days in ((False, read.off), (True, read.working))
        for one in sorted(days)
    ]
    try:
        with transaction.atomic():
            for row in rows:
                row.save()
    except IntegrityError:
        words = _("{basis}已登记过其中的日期，请刷新页面查看。").format(basis=read.number)
        raise Refused(words) from None
    journal.write(
        officer, "enter-days", rows[0], day=day, year=year, whole=whole, reason=read.number,
        off=[str(one) for one in sorted(read.off)], working=[str(one) for one in read.worked],
    )  # fmt: skip
    return read


def tried(
    year: int, text: str, *, basis: str, basis_on: date | None, whole: bool, day: date
) -> Notice:
    """Return what a notice says, checked as it would be entered; writes nothing."""
    number = basis.strip()
    if not number or len(number) > MOST_BASIS:
        raise Refused(_("应写明通知的文号，不超过 {n} 字。").format(n=MOST_BASIS))
    if basis_on is None or basis_on > day:
        raise Refused(_("应写明通知的成文日期，且不晚于今天。"))
    if not FIRST <= year <= LAST:
        raise Refused(_("年份应在 {first} 至 {last} 之间。").format(first=FIRST, last=LAST))
    try:
        read = read_notice(year, text, number=number, issued_on=basis_on)
    except UnreadableNotice as bad:
        raise Refused(str(bad)) from None
    now = calendar()
    if whole and now.known(year):
        first = next(one for one in now.all if one.year == year and one.whole)
        words = _("{year}年的放假安排已有（{number}）；如有变动，请按补充调整录入。")
        raise Refused(words.format(year=year, number=first.number))
    if not whole and not now.known(year):
        raise Refused(_("{year}年的全年安排还没有录入，不能先录补充调整。").format(year=year))
    _check_days(year, read, now)
    return read


def _check_days(year: int, read: Notice, now: Calendar) -> None:
    """Refuse days outside the year and its turn, and days of work that are worked anyway."""
    first, last = date(year - 1, 12, 26), date(year, 12, 31)
    for one in sorted(read.off | read.working):
        if not first <= one <= last:
            raise Refused(
                _("{day}不在{year}年（含上年12月下旬）之内，请核对年份。").format(
                    day=one, year=year
                )
            )
    if worked := [one for one in read.worked if now.is_working(one)]:
        raise Refused(
            _("{day}本来就是工作日，不必调整，请核对“上班”的日期。").format(day=worked[0])
        )
    if not read.working and all(not now.is_working(one) for one in read.off):
        raise Refused(_("通知中的日期本来就休息，没有需要调整的工作日。"))
