"""Fanning out (标准变化告警): news of the register become duties of whoever cites what changed.

The news (``Event``) are read in order, a portion in one transaction: alerts, duties,
letters and how far was read are committed together. So a process that is killed loses
nothing and repeats nothing, and two that run at once take turns. The duties of one alert
are written by one statement, however many documents cite the edition. What happens to
standards of the demonstration concerns documents of the demonstration alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from rongbiao.law import periods
from rongbiao.parties import days, rules
from rongbiao.standards.currency import PLAIN
from rongbiao.standards.event import Event
from rongbiao.standards.events import horizon, newest
from rongbiao.standards.relation import Relation
from rongbiao.standards.standard import Standard

from . import telling
from .alert import Alert, Watch
from .duty import Duty
from .kept import KeptCitation

PORTION = 100  # events read in one transaction
COMING = (Event.Kind.ENTERED, Event.Kind.EDITION, Event.Kind.IMPLEMENTED)
ENDING = {
    Event.Kind.REPLACED: Alert.Kind.REPLACED,
    Event.Kind.WITHDRAWN: Alert.Kind.WITHDRAWN,
}
GONE = {Standard.Status.SUPERSEDED, Standard.Status.WITHDRAWN}
SUCCESSION = (Relation.Kind.REPLACES, Relation.Kind.REPLACES_PART)
# A correction of these may change what a citing document means; others are bookkeeping.
TOLD = {"title", "nature", "status", "implemented_on", "withdrawn_on"}
# One duty for each document that holds and cites the edition, whatever was written before.
FAN_OUT = """
INSERT INTO standards_duty (document_id, alert_id, organization_id, opened_on, due_on, answer,
  reason, edition, basis, chased, demonstration)
SELECT DISTINCT d.id, {alert}, d.organization_id, {day}, {due}, '', '', '', '', 0, d.demonstration
FROM standards_keptcitation c JOIN standards_citingdocument d ON d.id = c.document_id
WHERE c.key = %s AND c.state = 'confirmed' AND d.confirmed_on IS NOT NULL AND d.ended_on IS NULL
  AND (d.demonstration OR NOT {demo})
  AND NOT EXISTS (SELECT 1 FROM standards_duty o WHERE o.document_id = d.id AND o.alert_id = %s)
ON CONFLICT (document_id, alert_id) DO NOTHING
"""


@dataclass(frozen=True)
class Turn:
    """One change of one edition, as an event tells it."""

    kind: Alert.Kind
    key: str  # of the edition that is cited
    occasion: str
    by: Standard | None = None
    since: date | None = None


def tick(day: date) -> list[str]:
    """Make alerts and duties of all news up to now; return it in sentences. Safe to run again."""
    made = told = 0
    try:
        while (portion := _portion(day)) is not None:
            made, told = made + portion[0], told + portion[1]
    except OperationalError:  # a long import holds the table of news: the next run catches up
        return [_("标准正在成批导入，引用告警留待下次办理。")]
    if not made:
        return []
    form = _("{day}：标准变化告警 {n} 项，引用处置任务 {duties} 件。")
    return [form.format(day=day, n=made, duties=told)]


def _portion(day: date) -> tuple[int, int] | None:
    """Read some news in one transaction; return how many alerts and duties it made, None at the end."""
    held = Watch.objects.first()
    if held is None or held.told >= newest():
        return None
    with transaction.atomic():
        watch = Watch.objects.select_for_update().get(pk=held.pk)
        until = horizon()
        events = list(_concerning(watch.told, until)[:PORTION])
        fanned = [_fan_out(alert, day) for event in events for alert in _alerts(event, day)]
        watch.told = events[-1].pk if len(events) == PORTION else max(until, watch.told)
        watch.save(update_fields=["told"])
        made = [alert for alert, _count in fanned]
        telling.of_alerts(made, day)
    return len(made), sum(count for _alert, count in fanned)


def _concerning(after: int, until: int) -> Any:
    """Return the news between two events that may concern a kept citation, oldest first."""
    kept = KeptCitation.objects.filter(state=KeptCitation.State.CONFIRMED)
    ties = Relation.objects.filter(
        subject_key=OuterRef("key"),
        kind__in=(*SUCCESSION, Relation.Kind.AMENDS),
        object_key__in=kept.values("key"),
    )
    near = Q(bare_key__in=kept.values("bare_key")) | Q(Exists(ties), kind__in=COMING)
    return Event.objects.filter(near, pk__gt=after, pk__lte=until).order_by("pk")


def _alerts(event: Event, day: date) -> Iterator[Alert]:
    """Yield the alerts that an event gives rise to and that were not given yet."""
    for turn in _turns(event, day):
        cited = Standard.objects.filter(key=turn.key).first()
        demo = any(row.demonstration for row in (cited, turn.by) if row)
        alert, new = Alert.objects.get_or_create(
            key=turn.key,
            occasion=turn.occasion,
            defaults={
                "event": event.pk,
                "kind": turn.kind,
                "number": cited.number if cited else turn.key,
                "title": cited.title if cited else "",
                "by_key": turn.by.key if turn.by else "",
                "by_number": turn.by.number if turn.by else "",
                "since": turn.since,
                "day": day,
                "demonstration": demo,
            },
        )
        if new:
            yield alert
        elif alert.kind == Alert.Kind.WITHDRAWN and turn.by:
            _add_successor(alert, turn.by)


def _add_successor(alert: Alert, by: Standard) -> None:
    """Say by what an edition is replaced whose end was told already: no second duty for it."""
    alert.kind, alert.by_key, alert.by_number = Alert.Kind.REPLACED, by.key, by.number
    alert.save(update_fields=["kind", "by_key", "by_number"])
    _follow(alert)


def _turns(event: Event, day: date) -> Iterator[Turn]:
    """Yield what an event means for editions that are cited."""
    kept = KeptCitation.objects.filter(state=KeptCitation.State.CONFIRMED)
    row = Standard.objects.filter(key=event.key).first()
    if event.kind in COMING:
        if row is not None and row.status != Standard.Status.PROJECT:
            KeptCitation.objects.filter(key=row.key, standard=None).update(standard=row)
            yield from _coming(row, day)
    elif not kept.filter(key=event.key).exists():
        return
    elif event.kind in ENDING:
        kind, by = ENDING[Event.Kind(event.kind)], _successor(event.key)
        ends = row.withdrawn_on if row else None
        if kind == Alert.Kind.WITHDRAWN:
            # An end is often told before its day: who has begun by then is the successor.
            if by and by.implemented_on and by.implemented_on <= max(ends or event.day, event.day):
                kind = Alert.Kind.REPLACED  # two words for one end
            else:
                by = None
        since = ends or (by.implemented_on if by else None) or event.day
        yield Turn(kind, event.key, _end_of(event.key, event.pk), by, since)
    elif TOLD & event.words.keys():
        yield Turn(Alert.Kind.CORRECTED, event.key, f"corrected:{event.pk}", None, event.day)


def _coming(row: Standard, day: date) -> Iterator[Turn]:
    """Yield what the coming of an edition or an amendment means for those before it."""
    begins = row.implemented_on or row.issued_on
    begun = begins is not None and begins <= day
    kept = KeptCitation.objects.filter(state=KeptCitation.State.CONFIRMED).order_by()
    before = {*kept.filter(bare_key=row.bare_key).values_list("key", flat=True).distinct()}
    said = Relation.objects.filter(subject_key=row.key)
    replaced = {*said.filter(kind__in=SUCCESSION).values_list("object_key", flat=True)}
    amended = {*said.filter(kind=Relation.Kind.AMENDS).values_list("object_key", flat=True)}
    if PLAIN.fullmatch(row.key[len(row.bare_key) :]):
        replaced |= {key for key in before if _earlier(key, row)}
    else:
        amended |= {key for key in before if row.key.startswith(f"{key}/")}
    cited = {*kept.filter(key__in=replaced | amended).values_list("key", flat=True).distinct()}
    for key in sorted(cited - {row.key}):
        if key in amended:
            yield Turn(Alert.Kind.AMENDED, key, f"amended:{row.key}", row, begins)
        elif begun:
            yield Turn(Alert.Kind.REPLACED, key, _end_of(key), row, begins)
        else:
            yield Turn(Alert.Kind.EDITION, key, f"edition:{row.key}", row, begins)


def _earlier(key: str, row: Standard) -> bool:
    """Tell whether a key is of an edition before a row, by their years."""
    date_of = PLAIN.search(key[len(row.bare_key) :])
    year = int(date_of[0].strip("-()")[-4:]) if date_of else None
    return year is not None and row.year is not None and year < row.year


def _successor(key: str) -> Standard | None:
    newer = Relation.objects.filter(kind=Relation.Kind.REPLACES, object_key=key)
    found = Standard.objects.filter(key__in=newer.values("subject_key"))
    stated = found.exclude(status=Standard.Status.PROJECT).order_by("-implemented_on").first()
    if stated:
        return stated
    row = Standard.objects.filter(key=key).first()
    if row is None or row.year is None:
        return None
    later = Standard.objects.filter(bare_key=row.bare_key, year__gt=row.year)
    later = later.exclude(status__in=[*GONE, Standard.Status.PROJECT]).order_by("year")
    return next((one for one in later if PLAIN.fullmatch(one.key[len(one.bare_key) :])), None)


def _end_of(key: str, until: int | None = None) -> str:
    """Return the occasion of an edition's end: one, whether it is called replaced or withdrawn."""
    return f"replaced:{_revived(key, until)}"


def _revived(key: str, until: int | None = None) -> int:
    """Return how often an edition that had ended was put in force again: each end is a change."""
    events = Event.objects.filter(key=key, kind=Event.Kind.CHANGED)
    if until is not None:
        events = events.filter(pk__lt=until)
    said = (words.get("status") for words in events.values_list("words", flat=True))
    return sum(bool(status and status[0] in GONE and status[1] not in GONE) for status in said)


def _fan_out(alert: Alert, day: date) -> tuple[Alert, int]:
    """Give a duty to every document that cites the edition; return how many have one now."""
    if alert.kind == Alert.Kind.REPLACED and alert.by_key:
        # What still waits because the new edition was issued goes on as one matter.
        before = Alert.objects.filter(key=alert.key, occasion=f"edition:{alert.by_key}")
        Duty.objects.filter(alert__in=before, closed_on=None).update(alert=alert)
    value = rules.table("citing").at(day).rule("answer_days")
    due = periods.ends(day, value, days.calendar()).day
    casts = ("%s", "%s", "%s")
    if connection.vendor == "postgresql":  # a parameter that is selected has no type there
        casts = ("%s::bigint", "%s::date", "%s::date")
    statement = FAN_OUT.format(
        alert=casts[0], day=casts[1], due=casts[2], demo="TRUE" if alert.demonstration else "FALSE"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [alert.pk, day, due, alert.key, alert.pk])
    if alert.kind == Alert.Kind.REPLACED and alert.by_key:
        _follow(alert)
    return alert, alert.duties.count()


def _follow(alert: Alert) -> None:
    """An undated citation means the edition in force: it goes on to the one that replaces."""
    newer = Standard.objects.get(key=alert.by_key)
    undated = KeptCitation.objects.filter(key=alert.key, dated=False)
    undated.filter(state=KeptCitation.State.CONFIRMED, bare_key=newer.bare_key).update(
        standard=newer, key=newer.key
    )
