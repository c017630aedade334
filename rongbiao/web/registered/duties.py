"""Duties (引用处置): what a body owes answers to, change by change; several are answered at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused
from rongbiao.procedures.citation_duty import MANY, Disposal, dispose
from rongbiao.standards.citing import answering, who
from rongbiao.standards.models import Alert, Duty
from rongbiao.web.cases.filling import dressed, new_token, number
from rongbiao.web.doors import post_holder

PAGE = 50


@dataclass(frozen=True)
class Owed:
    """What a body owes because of one change: how many documents, until when, how often chased."""

    alert: Alert
    count: int
    due_on: date
    chased: int

    @property
    def href(self) -> str:
        return f"{reverse('citing_duties')}?alert={self.alert.pk}"


def owed(actor: Post) -> list[Owed]:
    """Return what the actor's unit owes, by change, the nearest deadline first; two questions."""
    if not who.may_register(actor):
        return []
    rows = Duty.objects.filter(organization=actor.organization_id, closed_on=None).order_by()
    counted = rows.values_list("alert").annotate(
        n=Count("pk"), due=Min("due_on"), chased=Max("chased")
    )
    found = {pk: (n, due, chased) for pk, n, due, chased in counted}
    alerts = Alert.objects.in_bulk(found)
    made = [Owed(alerts[pk], *said) for pk, said in found.items()]
    return sorted(made, key=lambda one: (one.due_on, one.alert.pk))


class AnswerForm(Disposal):
    """The answer to the chosen tasks; which are chosen stands in the table."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["duties"]
        self.fields["answer"].help_text = _(
            "改：修改文件，改引新版本；留：继续引用原版本；废：文件已废止；已改：修改已完成。"
        )
        self.fields["until"].help_text = _("答复“改”的填写。")
        self.fields["edition"].help_text = _("答复“改”“已改”的填写；不填的，按代替它的标准。")


@post_holder
def page(request: HttpRequest) -> HttpResponse:
    """Show what the actor's unit owes, and take the answer to several tasks at once."""
    form = dressed(AnswerForm(request.POST or None))
    if request.method == "POST" and form.is_valid():
        try:
            return answered(request, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
    status = 409 if form.errors else 200
    return render(request, "registered/duties.html", shown(request) | {"form": form}, status=status)


def chosen(request: HttpRequest) -> list[int]:
    """Return the tasks that a form names."""
    words = request.POST.getlist("duties")[: MANY + 1]
    return [pk for word in words if (pk := number(word)) is not None]


def answered(request: HttpRequest, said: dict[str, Any]) -> HttpResponse:
    """Hand an answer to the desk and go back to what is left."""
    token = request.POST.get("token", "")[:64] or new_token()
    by = {"actor": request.actor, "day": timezone.localdate(), "token": token}
    if not (pks := chosen(request)):
        raise Refused(_("请至少选择一件任务。"))
    case = dispose(pks, **said, **by)
    messages.success(
        request, _("已答复 {n} 件，办件号 {number}。").format(n=len(pks), number=case.number)
    )
    return redirect("citing_duties")


def shown(request: HttpRequest) -> dict[str, Any]:
    """Return what the page shows: changes, and the tasks of one or of all."""
    day, alert = timezone.localdate(), number(request.GET.get("alert", ""))
    done = request.GET.get("state") == "done"
    rows = tasks(request.actor, alert, done=done)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "rows": [(row, row.late_on(day), (row.due_on - day).days) for row in page.object_list],
        "chosen": chosen(request),
        "owed": owed(request.actor),
        "alert": alert,
        "done": done,
        "day": day,
        "longest": answering.longest(day),
        "token": request.POST.get("token") or new_token(),
        "may": who.may_register(request.actor),
    }


def tasks(actor: Post, alert: int | None, *, done: bool) -> QuerySet[Duty] | Sequence[Duty]:
    """Return the tasks of the actor's unit, open or closed ones."""
    if not who.may_register(actor):
        return Duty.objects.none()
    rows = Duty.objects.filter(organization=actor.organization_id, closed_on__isnull=not done)
    rows = rows.filter(alert=alert) if alert is not None else rows
    rows = rows.select_related("alert", "document")
    return rows.order_by("-closed_on", "-pk") if done else rows.order_by("due_on", "pk")
