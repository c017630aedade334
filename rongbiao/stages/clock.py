"""The clock (到期办理): what happens to cases because a day has come.

Safe to run twice and after days off: what was done or said already is in the journal.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Max

from rongbiao.cases import desk, message
from rongbiao.cases.models import Case, Checkpoint, Entry, Head, Message
from rongbiao.cases.procedure import procedures
from rongbiao.parties import rules
from rongbiao.parties.refused import Refused

from .panel import Panel

MANY = 1000  # entries between two checkpoints
NEAR = timedelta(days=45)  # from a deadline: longer than any run of days off


def tick(day: date) -> list[str]:
    """Do what is due on a day; return it in sentences."""
    return [*_opened(day), *_redated(day), *_ended(day), *_warned(day), *_checkpoints(day)]


def _opened(day: date) -> list[str]:
    """Open the cases that the law wants opened by now, such as reviews."""
    made = []
    for procedure in procedures.values():
        for wanted in procedure.due(day):
            case = desk.open_case(procedure, actor=None, day=day, **wanted)
            made.append(f"{day}：已开启{case}。")
    return made


def _redated(day: date) -> list[str]:
    """Count near deadlines again: days off may have become known since they were counted."""
    near = {"due_on__gte": day - NEAR, "due_on__lte": day + NEAR}
    done = []
    for case in Case.objects.filter(closed_on=None, **near).order_by("due_on", "pk"):
        if desk.redate(case):
            case.refresh_from_db()
            done.append(
                f"{day}：{case}“{case.stage.name}”的期限改为{case.due_on}（放假安排有变）。"
            )
    return done


def _ended(day: date) -> list[str]:
    """End the periods that have run, where the stage lets the clock do so."""
    done = []
    for case in Case.objects.filter(closed_on=None, due_on__lt=day).order_by("due_on", "pk"):
        name = case.stage.name
        if end(case, day):
            done.append(f"{day}：{case}“{name}”期限届满，已结束。")
    return done


def end(case: Case, day: date) -> bool:
    """End the period of a case, where its stage lets the clock do so; tell whether it ended."""
    if not case.stage.alone:
        return False
    try:
        desk.act(case, case.stage.alone, actor=None, day=day, alone=True)
    except Refused:
        return False  # an objection waits, or somebody was faster
    return True


def _warned(day: date) -> list[str]:
    """Tell those concerned three days before a deadline, on its day, and once after it."""
    ahead = timedelta(days=rules.table("local_standard").at(day).warn_days)
    soon = Case.objects.filter(closed_on=None, due_on__lte=day + ahead)
    told_of = Message.objects.filter(entry__case__in=soon).order_by()
    said = dict(told_of.values_list("entry__case").annotate(Max("deadline")))
    told = 0
    for case in soon.order_by("due_on", "pk"):
        due = case.due_on
        if due is None:
            continue
        left = (due - day).days
        when = due - ahead if left > 0 else due if left == 0 else due + timedelta(1)
        if (last := said.get(case.pk)) and last >= when:
            continue
        words = {True: f"还有 {left} 天到期", False: f"已超期 {-left} 天"}[left > 0]
        words = "今天到期" if left == 0 else words
        entry = case.entries.order_by("-seq")[0]
        posts = message.concerned(case, case.stage, day)
        what = "函审回函" if isinstance(case.stage, Panel) else ""
        said_now = f"“{case.title}”的“{case.stage.name}”{what}{words}。"
        message.tell(case, entry, said_now, posts, when)
        told += len(posts)
    return [f"{day}：已就临近或超过期限的办件发出 {told} 条提醒。"] if told else []


def _checkpoints(day: date) -> list[str]:
    """Publish where each chain ends, once a day and every so many entries."""
    made = []
    for head in Head.objects.filter(seq__gt=0):
        kept = Checkpoint.objects.filter(demonstration=head.demonstration).last()
        if kept and (kept.seq == head.seq or (head.seq - kept.seq < MANY and kept.day == day)):
            continue
        last = Entry.objects.get(demonstration=head.demonstration, seq=head.seq)
        Checkpoint.objects.create(
            seq=last.seq, digest=last.digest, day=day, demonstration=head.demonstration
        )
        made.append(f"{day}：已公布检查点，第 {last.seq} 条，摘要 {last.digest}。")
    return made
