"""Life (生命线): the days of one edition as a drawing, and the same days as a list."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rongbiao.standards.models import Standard
from rongbiao.strategy.measures import months
from rongbiao.web.drawings.lifeline import Lane, Life, Mark, lifeline
from rongbiao.web.templatetags.rb import issued, tenths, zhdate

if TYPE_CHECKING:
    from rongbiao.web.portrait import Portrait

LANES = 4  # other editions in the drawing; all of them stand in the list of editions


@dataclass(frozen=True)
class Moment:
    """One day of the list: its date as words, and what happened."""

    day: date
    when: str
    words: str


def making(standard: Standard) -> str:
    """Return how long a standard was made, from the plan to its issue."""
    if not (standard.planned_on and standard.issued_on) or standard.issued_precision != "day":
        return ""
    spent = months(standard.planned_on, standard.issued_on)
    return _("制定 {n} 个月").format(n=tenths(spent)) if spent > 0 else ""


def left(due: date, day: date) -> str:
    """Return how much time is left until a day, or how long it has passed."""
    days = (due - day).days
    if days < 0:
        return _("已过 {n} 天").format(n=-days)
    years, rest = divmod(days, 365)
    parts = min(rest // 30, 11)
    if years and parts:
        return _("余 {years} 年 {months} 个月").format(years=years, months=parts)
    if years:
        return _("余 {years} 年").format(years=years)
    if parts:
        return _("余 {months} 个月").format(months=parts)
    return _("余 {n} 天").format(n=days)


def begun(row: Standard) -> date | None:
    """Return the day from which an edition counts."""
    return row.implemented_on or row.issued_on


def others(seen: "Portrait") -> list[tuple[Standard, date, date | None]]:
    """Return the other editions that have a day, oldest first: (edition, since, until)."""
    editions = [row for row, _state in reversed(seen.editions)]
    rows = [(row, since) for row in editions if (since := begun(row))]
    following = [*(since for _row, since in rows[1:]), None]
    found = []
    for (row, since), after in zip(rows, following, strict=True):
        gone = seen.state_of(row).gone
        until = row.withdrawn_on or (max(after, since) if gone and after else None)
        if row.pk != seen.standard.pk:
            found.append((row, since, until))
    return found


def ended(seen: "Portrait") -> date | None:
    """Return the day on which this edition went out of force, if it did and a day is known."""
    if not seen.state.gone:
        return None
    if seen.standard.withdrawn_on:
        return seen.standard.withdrawn_on
    after = [tie.relation.since or begun(tie.other) for tie in seen.kin.successors if tie.other]
    later = [day for day in after if day and day >= (begun(seen.standard) or date.min)]
    return min(later, default=None)


def moments(seen: "Portrait") -> list[Moment]:
    """Return the days of an edition in order, other editions included."""
    one = seen.standard
    found = []

    def add(day: date | None, words: str, when: str = "") -> None:
        if day:
            found.append(Moment(day, when or zhdate(day), words))

    for row, since, _until in others(seen):
        state = seen.state_of(row)
        put = row.implemented_on
        words = (_("{number} 实施") if put else _("{number} 发布")).format(number=row.shown)
        add(since, f"{words}{_('，')}{state.word}" if state else words, "" if put else issued(row))
    add(one.planned_on, _("立项"))
    made = making(one)
    add(one.issued_on, f"{_('发布')}{_('，')}{made}" if made else _("发布"), issued(one))
    add(one.implemented_on, _("实施"))
    add(one.confirmed_on, _("复审确认"))
    add(ended(seen), str(seen.state.word))
    if seen.due:
        add(seen.due, f"{_('复审期限')}{_('，')}{left(seen.due, seen.day)}")
    return sorted(found, key=lambda moment: moment.day)


def drawn(seen: "Portrait") -> SafeString:
    """Draw the life of an edition."""
    one, end = seen.standard, ended(seen)
    marks = [Mark(one.planned_on, _("立项"), zhdate(one.planned_on))] if one.planned_on else []
    if one.issued_on:
        marks.append(Mark(one.issued_on, _("发布"), issued(one)))
    if end:
        marks.append(Mark(end, str(seen.state.word), zhdate(end), "idle"))
    elif seen.due:
        words = _("{day}，{left}").format(day=zhdate(seen.due), left=left(seen.due, seen.day))
        marks.append(Mark(seen.due, _("复审期限"), words, "bad" if seen.due < seen.day else "warn"))
    life = Life(
        today=seen.day,
        today_words=_("今日"),
        planned_on=one.planned_on,
        issued_on=one.issued_on,
        begun_on=begun(one),
        ended_on=end,
        due_on=seen.due,
        making=making(one),
        force=_force(seen),
        tone=seen.state.tone or "idle",
        lanes=[_lane(seen, *row) for row in others(seen)[-LANES:]],
        marks=marks,
    )
    words = _("时间线：") + _("；").join(f"{m.when}{m.words}" for m in seen.moments)
    return lifeline(life, words)


def _force(seen: "Portrait") -> str:
    one, word = seen.standard, seen.state.word
    when = zhdate(one.implemented_on) or issued(one)
    if not word:
        return when
    if seen.state.gone:
        return _("{day}实施").format(day=when)
    return _("{state}，{day}起").format(state=word, day=when)


def _lane(seen: "Portrait", row: Standard, since: date, until: date | None) -> Lane:
    state = seen.state_of(row)
    if row.implemented_on:
        words = _("{number}，{day}实施").format(number=row.shown, day=zhdate(row.implemented_on))
    else:  # whoever says nothing of implementation said only when it came out, perhaps the month
        words = _("{number}，{day}发布").format(number=row.shown, day=issued(row))
    words = f"{words}{_('，')}{state.word}" if state else words
    return Lane(since, until, words, state.tone if state.key == "current" else "")
