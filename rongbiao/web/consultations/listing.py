"""The list of consultations (公开征求意见): what runs, by the days left; what has ended, with results."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KT
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from rongbiao.cases.models import Case, Entry
from rongbiao.parties.models import Post
from rongbiao.stages import reading
from rongbiao.web.consultations.remarks import TONES, Disposition, last_words
from rongbiao.web.consultations.rounds import asked_in, consulted, last_days, running
from rongbiao.web.doors import public

A_PAGE = 20
ENDED = "ended"


@dataclass(frozen=True)
class Card:
    """One consultation in the list."""

    case: Case
    since: date
    until: date | None
    left: int | None  # days, today not counted; None once it has ended
    share: int  # of its days that have gone, in percent
    opinions: int
    taken: list[tuple[str, str, int]]  # words, tone, how many

    @property
    def settled(self) -> int:
        return sum(n for _words, _tone, n in self.taken)


def open_cases(actor: Post | None, day: date) -> QuerySet[Case]:
    """Return the cases on which anybody may speak today, what ends first in front."""
    return consulted(actor).filter(running(day)).order_by(F("due_on").asc(nulls_last=True), "pk")


def ended_cases(actor: Post | None, day: date) -> QuerySet[Case]:
    """Return the cases that have asked the public, what ended last in front."""
    stages = {stage.key for stage in asked_in().values()}
    last = Entry.objects.filter(case=OuterRef("pk"), stage_key__in=stages).order_by("-seq")
    rows = consulted(actor).exclude(pk__in=consulted(actor).filter(running(day)).values("pk"))
    return rows.annotate(ended=Subquery(last.values("day")[:1])).order_by("-ended", "-pk")


def cards(cases: list[Case], day: date) -> list[Card]:
    """Return some cases as cards, by as many queries for one as for a page of them."""
    comments = Entry.objects.filter(case__in=cases, action_key="comment")
    comments = comments.exclude(reading.unseen()).order_by()
    opinions = Counter(dict(comments.values_list("case").annotate(Count("pk"))))
    taken: dict[int, Counter[str]] = {}
    said = last_words().filter(case__in=cases).order_by()
    for case, key, n in said.values_list("case", KT("answers__taken")).annotate(Count("pk")):
        taken.setdefault(case, Counter())[key] += n
    # The page of a case says the same day: the last one by law, whenever somebody closed it.
    until = last_days(case for case in cases if not _now(case))
    return [
        _card(one, day, until.get(one.pk), opinions[one.pk], taken.get(one.pk, Counter()))
        for one in cases
    ]


def _now(case: Case) -> bool:
    """Tell whether a case still stands where the public is asked."""
    return case.stage_key == asked_in()[case.procedure_key].key and not case.closed_on


def _card(case: Case, day: date, last: date | None, opinions: int, taken: Counter[str]) -> Card:
    now = _now(case)
    until = case.due_on if now else last
    left = (until - day).days if now and until else None
    whole = (until - case.stage_since).days if now and until else 0
    share = 100 - max(0, left or 0) * 100 // whole if whole > 0 else 100
    words = [(str(said), TONES[key], taken[key]) for key, said in Disposition.TAKEN]
    since = case.stage_since if now else case.opened_on
    return Card(case, since, until, left if left is None or left >= 0 else None, share, opinions, words)  # fmt: skip


@public
def page(request: HttpRequest) -> HttpResponse:
    """List the consultations that run, or those that have ended."""
    day, ended = timezone.localdate(), request.GET.get("state") == ENDED
    now, over = open_cases(request.actor, day), ended_cases(request.actor, day)
    shown = Paginator(over if ended else now, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": shown,
        "cards": cards(list(shown.object_list), day),
        "ended": ended,
        "counts": (now.count(), over.count()),
        "day": day,
    }
    return render(request, "consultations/list.html", context)
