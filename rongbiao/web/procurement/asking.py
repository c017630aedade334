"""Asking (采购助手): a tender is given, read and shown; nothing of it is kept."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.exchange.procurement import Tender, read_tender, sealed
from rongbiao.parties.allowance import spend
from rongbiao.parties.refused import Refused
from rongbiao.texts.documents import Document, Unreadable, read_apart, read_document
from rongbiao.web.doors import published
from rongbiao.web.limits import address_of
from rongbiao.web.procurement.showing import shown
from rongbiao.web.uploads import uploaded

LIMIT, SECONDS = 60, 600  # tenders from one address without an account
MOST_LETTERS = 1_000_000  # of a pasted text


class TenderForm(forms.Form):
    """A tender, as a file or as text, and the day by which its standards are judged."""

    file = forms.FileField(
        label=gettext_lazy("采购文件"),
        required=False,
        help_text=gettext_lazy("docx、pdf、xlsx、txt、md、html 或其 zip，不超过 20 MB；不保存。"),
    )
    text = forms.CharField(
        label=gettext_lazy("或者粘贴文字"),
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    on = forms.DateField(
        label=gettext_lazy("按哪一天判断标准状态"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=gettext_lazy("不填为今天。"),
    )

    def clean(self) -> dict:
        said = super().clean() or {}
        if not said.get("file") and not said.get("text", "").strip() and not self.errors:
            raise forms.ValidationError(_("请选择采购文件，或者粘贴文字。"))
        return said


@published
def page(request: HttpRequest) -> HttpResponse:
    """Take a tender in and show what is to be accepted and what may not be asked."""
    form = TenderForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        if too_often := refused(request):
            return too_often
        try:
            tender = read(request, form)
            return render(request, "procurement/one.html", shown(tender, sealed(tender)))
        except Refused as why:
            form.add_error(None, str(why))
    return render(
        request, "procurement/ask.html", {"form": form}, status=409 if form.errors else 200
    )


def refused(request: HttpRequest) -> HttpResponse | None:
    """Answer an address that gives too many tenders; None while it may."""
    if request.actor or spend(f"procurement:{address_of(request)}", limit=LIMIT, seconds=SECONDS):
        return None
    words = _("该网络地址十分钟内已提交 {n} 份采购文件，请稍后再试。").format(n=LIMIT)
    answer = render(request, "429.html", {"words": words}, status=429)
    answer["Retry-After"] = str(SECONDS)
    return answer


def read(request: HttpRequest, form: TenderForm) -> Tender:
    """Return what was read in the tender that a form sent."""
    name, document = given(request, form)
    return read_tender(document, name, form.cleaned_data["on"] or timezone.localdate())


def given(request: HttpRequest, form: TenderForm) -> tuple[str, Document]:
    """Return the tender's name and text; what strangers send is read apart."""
    try:
        for content, name in uploaded(request, "file"):
            return name, read_apart(content, name)
        text = form.cleaned_data["text"]
        return _("粘贴的文字"), read_document(text.encode("utf-8", "replace"), "text.txt")
    except Unreadable as why:
        raise Refused(str(why)) from why
