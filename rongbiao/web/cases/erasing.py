"""Erasing (删除个人信息): one entry of a dossier, what stands in it of a person, why it goes."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.cases.models import Entry
from rongbiao.parties.refused import Refused
from rongbiao.stages import erasure
from rongbiao.web.cases.one import reader_of, seen
from rongbiao.web.cases.words import told_of_self
from rongbiao.web.doors import officer
from rongbiao.web.templatetags.rules import chinese

RULES = ("erasure_grounds", "kept_by_law", "keep_months", "refusal_reasoned")


class ErasingForm(forms.Form):
    """Why it is erased: a ground of the law, and how the person asked."""

    ground = forms.TypedChoiceField(
        label=gettext_lazy("删除的情形"), coerce=int, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("申请经过和理由"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("写明何时、以什么方式提出，怎样核对是本人；不写姓名、电话和邮箱。"),
    )

    def __init__(self, *args: Any, day: date, **options: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **options})
        self.fields["ground"].choices = [
            (str(n), chinese(words)) for n, words in erasure.grounds(day)
        ]


def entry_of(request: HttpRequest, number: str, seq: int) -> Entry:
    """Return an entry in which somebody spoke of themselves, else 404."""
    rows = seen(request, number).entries.exclude(sealed="").filter(seq=seq)
    entry = rows.select_related("case", "personal", "actor__person", "actor__organization").first()
    if entry is None:
        raise Http404(_("这条记录没有个人信息。"))
    return entry


@officer
def page(request: HttpRequest, number: str, seq: int) -> HttpResponse:
    """Show what an entry holds of a person, or erase it."""
    entry, day = entry_of(request, number, seq), timezone.localdate()
    form = ErasingForm(request.POST or None, day=day)
    if form.is_valid():
        try:
            erasure.erase(entry, actor=request.actor, day=day, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("已删除第 {n} 条记录中的个人信息。").format(n=entry.seq))
            return redirect(f"{entry.case.get_absolute_url()}#e{entry.seq}")
    return shown(request, entry, form)


def shown(request: HttpRequest, entry: Entry, form: ErasingForm) -> HttpResponse:
    """Show the page with a form."""
    reader, day = reader_of(request, entry.case), timezone.localdate()
    rules = erasure.law(day)
    context = {
        "case": entry.case,
        "line": reader.line(entry),
        "held": told_of_self(reader, entry),
        "act": reader.erased.get(entry.seq),
        "form": form,
        "rules": [(rules.rules[key], rules.rule(key)) for key in RULES],
    }
    return render(request, "cases/erase.html", context, status=409 if form.errors else 200)
