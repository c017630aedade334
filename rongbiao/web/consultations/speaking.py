"""Speaking (提意见): one opinion at once, or several from the basket, all or none.

When an opinion arrived is what the server's clock said as its request came in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rongbiao.cases import desk
from rongbiao.cases.models import Case, Entry
from rongbiao.parties.allowance import spend
from rongbiao.parties.refused import Refused
from rongbiao.stages.answers import Comment
from rongbiao.web.cases.filling import dressed, sent
from rongbiao.web.consultations import basket
from rongbiao.web.consultations.showing import found, fresh, is_open, shown
from rongbiao.web.doors import public
from rongbiao.web.limits import address_of

LIMIT, SECONDS = 60, 3600  # opinions from one address without an account
WHO = ("unit", "person", "phone", "email", "hidden")


@dataclass(frozen=True)
class Saying:
    """One opinion to be registered."""

    token: str
    seen: int | None
    answers: Mapping[str, Any]
    files: Mapping[str, UploadedFile[Any]]
    place: int = 0  # in the basket


@public
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Take an opinion on a clause: register it, or put it into the basket."""
    day, case = timezone.localdate(), found(request, number)
    if request.method != "POST":
        return shown(request, case)
    if "put" in request.POST:
        return put(request, case)
    return too_many(request, 1) or one_sent(request, case, day)


def too_many(request: HttpRequest, n: int) -> HttpResponse | None:
    """Answer an address that says too much without an account; None while it may."""
    key = f"consultation:{address_of(request)}"
    if request.actor or all(spend(key, limit=LIMIT, seconds=SECONDS) for _each in range(n)):
        return None
    words = _(
        "该网络地址一小时内提交的意见已达 {n} 条，请稍后再试；成批的意见可以填写意见表交主办单位。"
    ).format(n=LIMIT)
    answer = render(request, "429.html", {"words": words}, status=429)
    answer["Retry-After"] = str(SECONDS)
    return answer


def put(request: HttpRequest, case: Case) -> HttpResponse:
    """Put an opinion into the basket and go on reading where it was written."""
    try:
        basket.add(request, case, {name: request.POST.get(name, "") for name in basket.FIELDS})
    except Refused as refused:
        return again(request, case, refused)
    n = len(basket.items(request, case))
    messages.success(request, _("已加入意见篮，现有 {n} 条，请在读完后一并提交。").format(n=n))
    return redirect(f"{address(case)}?{urlencode({'clause': request.POST.get('clause', '')})}#form")


def one_sent(request: HttpRequest, case: Case, day: date) -> HttpResponse:
    """Register one opinion; or show the form again with all that was typed, and why not."""
    try:
        form = sent(request)
        answers = {name: request.POST.get(name, "") for name in basket.FIELDS}
        saying = Saying(form.token, form.seen, answers | speaker(request), form.files)
        made = registered(request, case, [saying], day)
    except Refused as refused:
        return again(request, case, refused)
    return receipted(request, case, made)


def speaker(request: HttpRequest) -> dict[str, Any]:
    """Return who speaks, as the form says it: a person gives no unit, a unit gives its name."""
    said = {name: request.POST.get(name, "") for name in WHO}
    if request.POST.get("as") == "person":
        said["unit"] = ""
    elif request.POST.get("as") == "unit" and not said["unit"].strip():
        raise Refused(_("以单位名义提出的，请填写单位名称。"))
    return said


def registered(
    request: HttpRequest, case: Case, sayings: Sequence[Saying], day: date
) -> list[Entry]:
    """Register opinions in one transaction: all of them, or none and the sentence why."""
    made = []
    with transaction.atomic():
        for one in sayings:
            try:
                entry = desk.act(
                    case, "comment", actor=request.actor, day=day, answers=one.answers,
                    files=one.files, token=one.token, seen=one.seen,
                )  # fmt: skip
            except Refused as refused:
                if not one.place:
                    raise
                raise Refused(
                    _("第 {n} 条（{clause}）：{why}这一篮的意见都没有提交。").format(
                        n=one.place, clause=one.answers["clause"] or _("整份文件"), why=refused
                    )
                ) from refused
            made.append(entry)
    return made


def again(request: HttpRequest, case: Case, why: Refused) -> HttpResponse:
    """Show the form with all that was typed and the sentence of the refusal."""
    case.refresh_from_db()
    form = dressed(Comment(request.POST, case=case))
    if form.is_valid() or "put" in request.POST:  # else each field says itself what is wrong
        form.errors.clear()
        form.add_error(None, str(why))
    return shown(request, case, form)


def receipted(request: HttpRequest, case: Case, made: Sequence[Entry]) -> HttpResponse:
    """Lead to the receipts of what was registered."""
    basket.note(request, case, [entry.receipt for entry in made if entry.receipt])
    return redirect("consultation_sent", case.number)


def address(case: Case) -> str:
    """Return where a consultation stands."""
    return reverse("consultation", args=[case.number])


@public
def basket_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show what lies in the basket; take one out, or send all."""
    day, case = timezone.localdate(), found(request, number)
    held = basket.items(request, case)
    if request.method == "POST" and "drop" in request.POST:
        basket.drop(request, case, request.POST["drop"])
        return redirect("consultation_basket", case.number)
    if request.method == "POST" and held:
        return too_many(request, len(held)) or all_sent(request, case, held, day)
    if request.method == "POST" and basket.noted(request, case):
        return redirect("consultation_sent", case.number)  # sent already: the button pressed twice
    return listed(request, case, held)


def all_sent(request: HttpRequest, case: Case, held: list[basket.Item], day: date) -> HttpResponse:
    """Send all that lies in the basket."""
    try:
        files, who = sent(request).files, speaker(request)
        sayings = [
            Saying(
                one.token, one.seen, one.answers | who,
                {"file": files[name]} if (name := f"file-{one.token}") in files else {}, place,
            )
            for place, one in enumerate(held, start=1)
        ]  # fmt: skip
        made = registered(request, case, sayings, day)
    except Refused as refused:
        return listed(request, case, held, refused)
    basket.empty(request, case)
    return receipted(request, case, made)


def listed(
    request: HttpRequest, case: Case, held: list[basket.Item], why: Refused | None = None
) -> HttpResponse:
    """Show the basket, with the sentence of a refusal where there is one."""
    form = dressed(Comment(request.POST, case=case)) if why else fresh(request, case, "")
    if why:
        form.errors.clear()
        form.add_error(None, str(why))
    context = {
        "case": case,
        "items": held,
        "form": form,
        "open": is_open(case, timezone.localdate()),
    }
    return render(request, "consultations/basket.html", context, status=409 if why else 200)


@public
def sent_page(request: HttpRequest, number: str) -> HttpResponse:
    """Tell the receipts of what this visitor has just sent."""
    case = found(request, number)
    rows = case.entries.filter(receipt__in=basket.noted(request, case)).order_by("seq")
    context = {"case": case, "entries": rows, "held": any(row.answers.get("held") for row in rows)}
    return render(request, "consultations/sent.html", context)
