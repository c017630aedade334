"""One action (办理页): what it does, who will be told, what the law says; then it is done.

Reading the page changes nothing. Sending it twice does it once. A refusal comes back as a
sentence above the form, with everything that was typed.
"""

from operator import methodcaller
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from rongbiao.cases import desk, message
from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import CLOSED, STAY, Action, Answers
from rongbiao.parties.allowance import spend
from rongbiao.parties.refused import Refused
from rongbiao.stages import reach
from rongbiao.web.cases import dossier
from rongbiao.web.cases.filling import form_of, new_token, number, said_before, sent
from rongbiao.web.cases.one import reader_of, seen
from rongbiao.web.doors import public
from rongbiao.web.limits import address_of

LIMIT, SECONDS = 30, 3600  # what one address may send without an account
SHOWN = 50  # entries to choose from


@public
def page(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Show an action, or do it."""
    case = seen(request, number)
    if request.method == "POST":
        return too_often(request) or done(request, case, key)
    action = next((one for one in reach.offered(case, request.actor) if one.key == key), None)
    if action is None:
        return not_open(request, case, key)
    form = form_of(action, case, request, said_before(case, action))
    return render(request, "cases/act.html", around(request, case, action, form))


def not_open(request: HttpRequest, case: Case, key: str) -> HttpResponse:
    """Lead to the case and say why an action is not open; 404 for what its matter never has.

    Another may have been faster: the address was right when it was shown.
    """
    actions = [one for one in map(methodcaller("action", key), case.procedure.stages) if one]
    if not actions:
        raise Http404(_("这一事项没有这一动作。"))
    if case.closed_on:
        words = _("{number}已办结，不能再办理“{name}”。")
    elif (here := case.stage.action(key)) is None:
        words = _("{number}现在“{stage}”环节，不能办理“{name}”。")
    else:
        actions, words = [here], _("“{name}”由{by}办理，{who}不能办理。")
    said = {"number": case.number, "name": actions[0].name, "by": actions[0].by.name}
    said |= {"stage": case.stage.name, "who": request.actor or _("未登录的来访者")}
    messages.warning(request, words.format(**said))
    return redirect(case)


def done(request: HttpRequest, case: Case, key: str) -> HttpResponse:
    """Do an action and lead on; or show the form again with the reason why not."""
    was = request.POST.get("stage", "")
    stage = next((one for one in case.procedure.stages if one.key == was), case.stage)
    try:
        said = sent(request)
        entry = desk.act(
            case,
            key,
            actor=request.actor,
            day=timezone.localdate(),
            answers=request.POST,
            files=said.files,
            token=said.token,
            seen=said.seen,
            about=said.about,
        )
    except Refused as refused:
        action = stage.action(key)
        if action is None:
            messages.error(request, str(refused))
            return redirect(case)
        return again(request, case, action, refused)
    return onward(request, entry)


def again(request: HttpRequest, case: Case, action: Action, why: Refused) -> HttpResponse:
    """Show a form again with all that was typed, and the sentence of the refusal."""
    case.refresh_from_db()  # somebody may have been faster
    form = form_of(action, case, request)
    if form.is_valid():  # else each field says itself what is wrong
        form.add_error(None, str(why))
    return render(request, "cases/act.html", around(request, case, action, form), status=409)


def onward(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Lead on after an act: to the receipt, to the case, or to the inbox."""
    if entry.receipt and request.actor is None:
        return redirect(f"{reverse('receipts')}?{urlencode({'number': entry.receipt})}")
    case = entry.case
    action = case.procedure.stage(entry.stage_key).action(entry.action_key)
    name = action.name if action else entry.action_key
    messages.success(request, _("已办理“{name}”：{case}。").format(name=name, case=case))
    if reach.readable(request.actor).filter(pk=case.pk).exists():
        return redirect(case)
    return redirect("inbox" if request.actor else "home")


def around(request: HttpRequest, case: Case, action: Action, form: Answers) -> dict[str, Any]:
    """Return everything that the page of an action shows."""
    day, reader = timezone.localdate(), reader_of(request, case)
    open_now = not case.closed_on and request.POST.get("stage", case.stage_key) == case.stage_key
    to = case.procedure.after(case.stage, action.to) if action.to != STAY else ""
    about = number(request.POST.get("about", "") or request.GET.get("about", ""))
    subjects = dossier.waiting(case, action)[:SHOWN] if action.about and open_now else []
    told = tell(case, to, request, inner=reader.inner) if to and open_now else []
    return {
        "case": case,
        "action": action,
        "form": form,
        "open": open_now,
        "about": about,
        "subject": next(iter(reader.lines(case.entries.filter(seq=about or 0))), None),
        "subjects": reader.lines(subjects),
        "to": _("办结") if to == CLOSED else case.procedure.stage(to).name if to else "",
        "told": told,
        "law": law(case),
        "musts": dossier.musts(case, [action], day) if open_now else [],
        "token": request.POST.get("token") or new_token(),
        "seen": request.POST.get("seen") or (case.entered.seq if case.entered else 0),
    }


def tell(case: Case, to: str, request: HttpRequest, *, inner: bool) -> list[str]:
    """Return who will be told; the public does not read names."""
    if not inner:
        return []
    stage = None if to == CLOSED else case.procedure.stage(to)
    posts = message.concerned(case, stage, timezone.localdate())
    mine = request.actor.pk if request.actor else None
    return [f"{post.organization} {post.person}" for post in posts if post.pk != mine]


def law(case: Case) -> str:
    """Return the rule of the present stage with its article."""
    rule = "" if case.closed_on else case.stage.rule
    return case.procedure.law_words(rule, case.opened_on) if rule else ""


def too_often(request: HttpRequest) -> HttpResponse | None:
    """Answer an address that sent too much without an account; None while it may."""
    if request.actor or spend(f"desk:{address_of(request)}", limit=LIMIT, seconds=SECONDS):
        return None
    words = _("该网络地址一小时内已提交 {n} 次，请稍后再试；成批意见请与主办单位联系。").format(
        n=LIMIT
    )
    answer = render(request, "429.html", {"words": words}, status=429)
    answer["Retry-After"] = str(SECONDS)
    return answer
