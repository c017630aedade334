"""Agreeing (赞同): anybody shares an opinion once, without an account, and may take it back.

A browser gets a random word in a signed cookie when it first agrees. What is kept is a keyed
hash of that word and of the opinion: nobody can tell from the rows who agreed, nor which
opinions one browser shares. It weighs nothing when opinions are settled.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rongbiao.cases.models import Agreement, Case, Entry
from rongbiao.parties.allowance import spend
from rongbiao.parties.refused import Refused
from rongbiao.stages import reading
from rongbiao.web.cases.filling import number as number_of
from rongbiao.web.consultations.agreed import COOKIE, YEAR, voter, word_of
from rongbiao.web.consultations.showing import found, is_open
from rongbiao.web.doors import public
from rongbiao.web.limits import address_of

LIMIT, SECONDS = 200, 3600  # from one address: a whole office may sit behind it
KEPT = ("clause", "taken", "round", "page")  # of the address, so that one goes on reading there


@public
@require_POST
def page(request: HttpRequest, number: str) -> HttpResponse:
    """Share an opinion, or take it back; then go on reading where it stands."""
    case, word = found(request, number), word_of(request) or secrets.token_urlsafe(18)
    if not spend(f"agree:{address_of(request)}", limit=LIMIT, seconds=SECONDS):
        return too_many(request)
    try:
        entry = opinion(case, number_of(request.POST.get("about", "")))
        said = voter(word, entry.pk)
        if "withdraw" in request.POST:
            Agreement.objects.filter(entry=entry, voter=said).delete()
        else:
            row = Agreement(entry=entry, voter=said, demonstration=case.demonstration)
            Agreement.objects.bulk_create([row], ignore_conflicts=True)
    except Refused as refused:
        messages.error(request, str(refused))
    return remembered(redirect(back(request, case)), word)


def opinion(case: Case, seq: int | None) -> Entry:
    """Return an opinion that everybody reads and on which one may still agree."""
    if not is_open(case, timezone.localdate()):
        raise Refused(_("征求意见已经结束，不能再赞同，也不能撤回。"))
    shown = reading.entries(case, inner=False).filter(action_key="comment", seq=seq or 0)
    one = shown.filter(seq__gt=case.entered.seq if case.entered else 0).first()
    if one is None:
        raise Refused(_("没有这条意见，请刷新页面后再办。"))
    return one


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer an address that agrees too often."""
    words = _("该网络地址一小时内赞同和撤回已达 {n} 次，请稍后再试。").format(n=LIMIT)
    answer = render(request, "429.html", {"words": words}, status=429)
    answer["Retry-After"] = str(SECONDS)
    return answer


def back(request: HttpRequest, case: Case) -> str:
    """Return the address at which the reader was, at the opinion."""
    kept = request.GET.copy()
    for name in set(kept) - set(KEPT):
        del kept[name]
    place = number_of(request.POST.get("place", ""))
    at = f"#o{place}" if place else "#remarks"
    asked = f"?{kept.urlencode()}" if kept else ""
    return f"{reverse('consultation', args=[case.number])}{asked}{at}"


def remembered(answer: HttpResponse, word: str) -> HttpResponse:
    """Let the browser keep its word; no script and no other site reads it."""
    answer.set_signed_cookie(
        COOKIE, word, salt=COOKIE, max_age=YEAR, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE, path="/consultations/",
    )  # fmt: skip
    return answer
