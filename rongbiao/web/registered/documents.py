"""Citing documents (引用文件): the list, registering one, and the page of each."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.parties import journal
from rongbiao.parties.refused import Refused
from rongbiao.standards.citing import registering, who
from rongbiao.standards.citing.registering import Paper
from rongbiao.standards.currency import standings
from rongbiao.standards.models import CitingDocument, KeptCitation
from rongbiao.web.doors import post_holder, published
from rongbiao.web.registered.shown import counted
from rongbiao.web.registered.words import judged
from rongbiao.web.uploads import uploaded

PAGE = 30
MOST_TEXT = 500_000  # letters pasted
SPREAD = [
    ("", gettext_lazy("按文件种类")),
    ("yes", gettext_lazy("公开")),
    ("no", gettext_lazy("不公开")),
]


class DocumentForm(forms.Form):
    """What a body says of the document that it registers."""

    kind = forms.ChoiceField(label=gettext_lazy("文件种类"), choices=CitingDocument.Kind.choices)
    title = forms.CharField(label=gettext_lazy("文件名称"), max_length=300)
    number = forms.CharField(label=gettext_lazy("文号或编号"), max_length=100, required=False)
    dated_on = forms.DateField(
        label=gettext_lazy("成文日期"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    file = forms.FileField(
        label=gettext_lazy("文件"),
        required=False,
        help_text=gettext_lazy("docx、pdf、xlsx、txt、md、html 或它们的 zip，不超过 20 MB。"),
    )
    text = forms.CharField(
        label=gettext_lazy("或者粘贴正文"),
        max_length=MOST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    spread = forms.ChoiceField(
        label=gettext_lazy("名称和引用的标准"),
        choices=SPREAD,
        required=False,
        help_text=gettext_lazy(
            "规范性文件一般公开；其他文件一般只有本单位和联席会议办公室可见。文件正文都不公开。"
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the file or the text, one of them."""
        said = super().clean() or {}
        if bool(said.get("file")) == bool(said.get("text", "").strip()):
            raise forms.ValidationError(_("请上传文件，或者粘贴正文，两者选一。"))
        return said


@published
def list_page(request: HttpRequest) -> HttpResponse:
    """Show the documents that this reader may read, their own unit's where asked."""
    asked = {
        name: request.GET.get(name, "").replace("\0", "").strip()[:100]
        for name in ("q", "kind", "mine")
    }
    rows = listed(request, asked)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": page.object_list,
        "asked": asked,
        "kinds": CitingDocument.Kind.choices,
        "may": who.may_register(request.actor),
        "day": timezone.localdate(),
    }
    return render(request, "registered/list.html", context)


def listed(request: HttpRequest, asked: dict[str, str]) -> QuerySet[CitingDocument]:
    """Return documents with how many standards they cite and how many answers they owe."""
    rows = CitingDocument.objects.filter(who.readable(request.actor)).select_related("organization")
    if asked["mine"] and request.actor:
        rows = rows.filter(who.answered_by(request.actor))
    if asked["kind"] in CitingDocument.Kind.values:
        rows = rows.filter(kind=asked["kind"])
    if words := asked["q"]:
        unit = Q(organization__name__icontains=words)
        rows = rows.filter(Q(title__icontains=words) | Q(number__icontains=words) | unit)
    return counted(rows)


@post_holder
def new_page(request: HttpRequest) -> HttpResponse:
    """Register a document: hand it in; the next page confirms what was found."""
    if not who.may_register(request.actor):
        raise PermissionDenied(_("引用文件由引用单位的填报人、经办人或者负责人登记。"))
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = registering.register(
                paper(request, form.cleaned_data), actor=request.actor, day=timezone.localdate()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("citing_confirm", row.pk)
    return render(
        request, "registered/new.html", {"form": form}, status=409 if form.errors else 200
    )


def paper(request: HttpRequest, said: dict[str, Any]) -> Paper:
    """Return what a form sent as a paper; what was pasted becomes a file of text."""
    content, name = next(uploaded(request, "file"), (said["text"].encode(), "正文.txt"))
    public = {"yes": True, "no": False}.get(said["spread"])
    return Paper(
        said["kind"], said["title"], said["number"], said["dated_on"], content, name, public
    )


def readable(request: HttpRequest, pk: int) -> CitingDocument:
    """Return a document that this reader may read; any other is answered as none."""
    rows = CitingDocument.objects.select_related("organization", "file", "registered_by__person")
    document = rows.filter(pk=pk).first()
    if document is None or not who.reads(request.actor, document):
        raise Http404(_("没有这个引用文件。"))
    return document


@published
def one_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one document: what it cites today, what it owes and what became of it."""
    document, day = readable(request, pk), timezone.localdate()
    kept = list(
        document.citations.filter(state=KeptCitation.State.CONFIRMED).select_related("standard")
    )
    inside = who.answers(request.actor, document) or (
        request.actor and request.actor.role in who.OFFICE
    )
    numbers = [one.standard.number if one.standard else one.number for one in kept]
    context = {
        "document": document,
        "day": day,
        "rows": list(zip(kept, judged(standings(numbers, day)), strict=True)),
        "inside": inside,
        "answers": who.answers(request.actor, document),
        "duties": [(row, row.late_on(day)) for row in document.duties.select_related("alert")],
        "lines": journal.lines_of(document) if inside else (),
    }
    return render(request, "registered/one.html", context)
