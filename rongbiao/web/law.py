"""Rules and time limits (规则与时限): every rule with its source, for everybody; officers correct."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rongbiao import law
from rongbiao.law import PERIODS, Rule, Value
from rongbiao.law.entering import typed
from rongbiao.parties import days, journal, rules
from rongbiao.parties.models import Act
from rongbiao.parties.refused import Refused
from rongbiao.web import rulebook
from rongbiao.web.doors import officer, public

DAY = {"type": "date"}
ALL, DAYS = "all", "days"  # what a page may show besides one table
UNITS = {
    "days": gettext_lazy("自然日"),
    "working_days": gettext_lazy("工作日"),
    "months": gettext_lazy("月"),
    "years": gettext_lazy("年"),
}
STATES = {
    "": gettext_lazy("全部"),
    "unread": gettext_lazy("未核实"),
    "read": gettext_lazy("已核实"),
    "corrected": gettext_lazy("经办人更正"),
}


class ChangeForm(forms.Form):
    """What a rule says from a day on, where that was read, and on what ground it is entered."""

    value = forms.CharField(label=gettext_lazy("取值"), max_length=30_000)
    unit = forms.ChoiceField(label=gettext_lazy("单位"), choices=list(UNITS.items()))
    since = forms.DateField(
        label=gettext_lazy("施行日期"),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text=gettext_lazy("原取值有误的，填规定原来的施行日期；规定有变动的，填新规定的。"),
    )
    source = forms.CharField(label=gettext_lazy("出处"), max_length=200)
    article = forms.CharField(
        label=gettext_lazy("条款"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("如“第十三条”。"),
    )
    verified = forms.BooleanField(label=gettext_lazy("已核对原文"), required=False)
    basis = forms.CharField(
        label=gettext_lazy("更正依据"),
        max_length=200,
        help_text=gettext_lazy("文号或者经办记录，公开显示。"),
    )
    basis_on = forms.DateField(
        label=gettext_lazy("依据日期"),
        required=False,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
    )

    def __init__(self, value: Value, told: Any = None) -> None:
        text = typed(value)
        first = {name: getattr(value, name) for name in ("unit", "since", "source", "article")}
        super().__init__(told, initial=first | {"value": text})
        if value.unit not in PERIODS:
            del self.fields["unit"]
        if isinstance(value.value, (dict, list)) or len(text) > 30:
            self.fields["value"].widget = forms.Textarea(
                attrs={"rows": min(10, len(text) // 20 + 2)}
            )


def asked_day(request: HttpRequest) -> date:
    """Return the day that ``?asof=`` names, else today; 404 with a sentence for what is no day."""
    text = request.GET.get("asof", "")
    try:
        return date.fromisoformat(text) if text else timezone.localdate()
    except ValueError:
        raise Http404(_("数据截至日期无法识别，应写作 2025-09-30。")) from None


def asked_rule(name: str, key: str) -> Rule:
    """Return a rule by its table and key or answer 404."""
    found = rules.tables().get(name)
    if found is None or key not in found.rules:
        raise Http404(_("没有这条规则。"))
    return found.rules[key]


def asked_table(request: HttpRequest, searching: bool) -> str:
    """Return the table to show: the one of the address, all where something is sought."""
    asked = request.GET.get("table", "")
    if asked in {ALL, DAYS, *law.names()}:
        return asked
    return ALL if searching else rulebook.ORDER[0]


@public
def page(request: HttpRequest) -> HttpResponse:
    """Every table with what holds on a day, one at a time or all."""
    day, tables, calendar = asked_day(request), rules.tables(), days.calendar()
    words = request.GET.get("q", "").replace("\x00", "").strip()[:100]
    state = request.GET.get("state", "")
    asked = asked_table(request, bool(words or state))
    found = rulebook.sheets(tables, day, words=words, state=state)
    context = {
        "asked": asked,
        "calendar": calendar,
        "counts": rulebook.counted(tables, day),
        "day": day,
        "found": sum(one.shown for one in found),
        "lacking": next((y for y in (day.year, day.year + 1) if not calendar.known(y)), None),
        "q": words,
        "shown": [one for one in found if one.shown and asked in {ALL, one.name}],
        "state": state,
        "states": STATES.items(),
        "tables": found,
        "with_days": asked in {ALL, DAYS} and not words and not state,
    }
    return render(request, "law/page.html", context)


@public
def as_json(request: HttpRequest) -> HttpResponse:
    """Every table and every notice for programs."""
    said = rulebook.document(rules.tables(), days.calendar(), asked_day(request))
    return JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})


def shown(request: HttpRequest, name: str, rule: Rule, form: ChangeForm) -> HttpResponse:
    """Show one rule with all it has said, and the form for whoever may correct it."""
    changes = list(rules.corrections(name, rule.key))
    acts = Act.objects.filter(subject_key__in=[journal.key_of(row) for row in changes])
    context = {
        "name": name,
        "table": rules.table(name),
        "line": rulebook.line(rule, timezone.localdate()),
        "form": form,
        "lines": acts.select_related("post__person") if request.actor else (),
        "day": timezone.localdate(),
    }
    return render(request, "law/rule.html", context, status=409 if form.errors else 200)


@public
def one_page(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """One rule with its history."""
    rule = asked_rule(name, key)
    return shown(request, name, rule, ChangeForm(rule.values[0]))


@officer
@require_POST
def change(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """Enter what a rule says from a day on."""
    rule = asked_rule(name, key)
    form = ChangeForm(rule.values[0], request.POST)
    if form.is_valid():
        by = {"actor": request.actor, "day": timezone.localdate()}
        try:
            rules.change(name, key, **form.cleaned_data, **by)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("规则已更正，自施行日期起生效；依据已记录。"))
            return redirect("law_rule", name, key)
    return shown(request, name, rule, form)
