"""The tray (待办、待阅、已办、我发起): what the desk has for one post, a page at a time."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from rongbiao.cases.models import Case, Entry, Message
from rongbiao.cases.procedure import procedures
from rongbiao.parties.models import Post
from rongbiao.stages import reach
from rongbiao.web.cases.words import Reader

A_PAGE = 20
MOST = 99  # how far the menu counts


class Merged(Sequence[Any]):
    """Matters of other floors and cases in one order; only what a page can show is fetched.

    A matter may stand before or after any case, so that the cases of places ``a`` to ``b`` are
    among those from ``a`` less the number of matters.
    """

    def __init__(self, matters: Sequence[Any], actor: Post) -> None:
        self.cases = reach.in_tray(actor)
        self.matters = sorted(matters, key=lambda matter: matter.due_on or date.max)
        self.number = self.cases.order_by().count()

    def __len__(self) -> int:
        return len(self.matters) + self.number

    def __getitem__(self, which: Any) -> list[Any]:
        """Return the matters and cases of a slice, in order."""
        start, stop, _step = which.indices(len(self))
        before = max(start - len(self.matters), 0)
        rows = self.cases.order_by(F("due_on").asc(nulls_last=True), "pk")[before:stop]
        both = sorted([*self.matters, *rows], key=lambda one: one.due_on or date.max)
        return both[start - before : stop - before]


def waiting(actor: Post, matters: Sequence[Any], page: str | None) -> Page[Any]:
    """Return a page of what waits for an actor, overdue first."""
    return Paginator(Merged(matters, actor), A_PAGE).get_page(page)


def told(actor: Post) -> QuerySet[Message]:
    """Return the messages of an actor about cases that they may still read."""
    mine = Message.objects.filter(post=actor, entry__case__in=reach.readable(actor))
    return mine.select_related("entry__case")


def mark_read(actor: Post, pk: int | None) -> int:
    """Mark one message of an actor as read, or all of them; return how many."""
    rows = Message.objects.filter(post=actor, read_at=None)
    rows = rows if pk is None else rows.filter(pk=pk)
    return rows.update(read_at=timezone.now())


def done(actor: Post) -> QuerySet[Entry]:
    """Return what an actor did, newest first."""
    rows = Entry.objects.filter(actor=actor, case__in=reach.readable(actor))
    return rows.select_related("case", "actor__person", "actor__organization").order_by("-seq")


def named(entries: Sequence[Entry]) -> list[tuple[Case, date, str, str]]:
    """Return case, day, stage and action of some entries."""
    lines = [(entry, Reader(entry.case, None, inner=False).line(entry)) for entry in entries]
    return [(entry.case, entry.day, line.stage, line.name) for entry, line in lines]


def begun(actor: Post) -> QuerySet[Case]:
    """Return the cases that an actor began, newest first."""
    first = Q(pk__in=[])
    for procedure in procedures.values():
        stage = procedure.stages[0]
        key = stage.actions()[0].key
        first |= Q(case__procedure_key=procedure.key, stage_key=stage.key, action_key=key)
    opened = Entry.objects.filter(first, actor=actor).values("case")
    return reach.readable(actor).filter(pk__in=opened).select_related("applicant")


def unread(actor: Post) -> int:
    """Return how many messages wait to be read."""
    return Message.objects.filter(post=actor, read_at=None).count()


def number(actor: Post) -> int:
    """Return how many cases wait for an actor, as far as the menu counts and one more."""
    return reach.in_tray(actor).order_by()[: MOST + 1].count()


def tabs(now: str, counts: dict[str, int]) -> list[tuple[str, str, int | None, bool]]:
    """Return key, words, count and whether it is the present one, of each tab."""
    words = {"": _("待办"), "told": _("待阅"), "done": _("已办"), "begun": _("我发起")}
    return [(key, said, counts.get(key), key == now) for key, said in words.items()]
