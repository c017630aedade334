"""The clock (到期办理): what the platform does because a day has come.

Quarters open and close, units are reminded before the last day and told after it.
Each of these is written into the journal once; a clock that stood still for weeks
catches up, and running it again does nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from rongbiao.parties import allowance, demonstration, journal
from rongbiao.parties.models import Act
from rongbiao.parties.rules import table

from .board import Board, Lit, load
from .lamps import Lamp, Standing, terms
from .models import Quarter

OPEN, REMIND, OVERDUE, CLOSE = "open-quarter", "remind", "overdue", "close-quarter"


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that a quarter does on its days: the verb, from when until when, and how."""

    verb: str
    since: date
    until: date | None
    act: Callable[[Quarter, date], str]


def tick(day: date) -> list[str]:
    """Do what is due on a day and return it in sentences; safe to run again at any time.

    What has expired by the present moment (sessions, allowances) is swept,
    whatever the day: their ends are moments, not days.
    """
    done = [said for quarter, turn in _due(day) if (said := _once(quarter, turn, day))]
    return done + _sweep()


def _due(day: date) -> Iterable[tuple[Quarter, Turn]]:
    quarters = Quarter.objects.filter(opens_on__lte=day).select_related("plan")
    for quarter in quarters.order_by("opens_on", "pk"):
        for turn in _turns(quarter):
            if turn.since <= day and (turn.until is None or day <= turn.until):
                yield quarter, turn


def _turns(quarter: Quarter) -> list[Turn]:
    law = table("reporting").at(quarter.opens_on)
    last = terms(quarter.plan, quarter).last_day
    remind_on = max(quarter.opens_on, last - timedelta(days=law.remind_days))
    after = last + timedelta(days=1)
    return [
        Turn(OPEN, quarter.opens_on, None, _open),
        Turn(REMIND, remind_on, last, _remind),
        Turn(CLOSE, after, None, _close),
    ]


@transaction.atomic
def _once(quarter: Quarter, turn: Turn, day: date) -> str:
    """Do a turn unless the journal has it already; return the sentence, or nothing."""
    Quarter.objects.select_for_update().get(pk=quarter.pk)
    key = journal.key_of(quarter)
    if Act.objects.filter(subject_key=key, verb=turn.verb).exists():
        return ""
    return turn.act(quarter, day)


def _open(quarter: Quarter, day: date) -> str:
    due_on = quarter.due_on.isoformat()
    _write(OPEN, quarter, day, due_on=due_on)
    return _("{quarter}填报已开放，{day}截止。").format(quarter=quarter, day=due_on)


def _remind(quarter: Quarter, day: date) -> str:
    """Remind every unit that has something to file yet, returned reports included."""
    seen = load(quarter.plan, quarter, day)
    missing = [one for one in seen.lit if _is_wanted(one)]
    units = _write_for_units(REMIND, quarter, day, seen, missing)
    _write(REMIND, quarter, day, units=units, assignments=len(missing))
    return _("{quarter}填报{day}截止，已提醒 {units} 个单位，尚有 {n} 个责任项未报送。").format(
        quarter=quarter, day=quarter.due_on.isoformat(), units=units, n=len(missing)
    )


def _is_wanted(one: Lit) -> bool:
    return one.lamp is Lamp.IDLE or one.stands is Standing.RETURNED


def _close(quarter: Quarter, day: date) -> str:
    """Write down how the quarter stood after its last day, and tell every unit that is overdue."""
    seen = load(quarter.plan, quarter, day)
    overdue = [one for one in seen.lit if one.lamp is Lamp.BAD]
    _write_for_units(OVERDUE, quarter, day, seen, overdue)
    counts = {one.value: number for one, number in seen.counts.items()}
    _write(CLOSE, quarter, day, total=seen.total, filed=seen.filed, counts=counts)
    return _("{quarter}填报已截止：{total} 个责任项，已报送 {filed} 个，逾期 {bad} 个。").format(
        quarter=quarter, total=seen.total, filed=seen.filed, bad=len(overdue)
    )


def _write(verb: str, quarter: Quarter, day: date, **words: Any) -> None:
    _write_all(verb, [(quarter, words)], day)


def _write_for_units(verb: str, quarter: Quarter, day: date, seen: Board, rows: list[Lit]) -> int:
    """File one act under each unit that has such assignments; return how many units."""
    keys: dict[int, list[int]] = {}
    for one in rows:
        keys.setdefault(one.organization_id, []).append(one.assignment_id)
    about = [
        (seen.units[pk], {"quarter": quarter.pk, "assignments": found})
        for pk, found in keys.items()
    ]
    _write_all(verb, about, day)
    return len(about)


def _write_all(verb: str, about: Sequence[tuple[Model, dict[str, Any]]], day: date) -> None:
    journal.write_many(None, verb, about, day=day, demonstration=demonstration.present())


def _sweep() -> list[str]:
    now = timezone.now()
    windows = allowance.sweep(now)
    sessions, _each = Session.objects.filter(expire_date__lt=now).delete()
    if not windows and not sessions:
        return []
    words = _("已清理过期会话 {sessions} 个、限次记录 {windows} 条。")
    return [words.format(sessions=sessions, windows=windows)]
