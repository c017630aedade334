"""Matters (办事服务): every procedure with its path, papers and periods; and how to begin one."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _

from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.cases.procedure import CLOSED, STAY, Answers, Procedure, Stage, procedures
from rongbiao.exchange.bpmn import bpmn
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused
from rongbiao.procedures.correction import Correction
from rongbiao.stages import reach
from rongbiao.standards.models import Standard
from rongbiao.standards.numbering import keyed
from rongbiao.texts.numbers import NotANumber
from rongbiao.web.cases.doing import too_often
from rongbiao.web.cases.filling import form_of, new_token, sent
from rongbiao.web.cases.pathways import drawing
from rongbiao.web.doors import public

OWN = {"citation_duty": "citing_duties"}  # matters that are begun on a page of their own


@dataclass(frozen=True)
class Service:
    """One procedure as the list of services shows it."""

    procedure: type[Procedure]
    may: bool

    @property
    def who(self) -> str:
        return str(self.procedure.opened_by.name)

    @property
    def stages(self) -> tuple[Stage, ...]:
        return self.procedure.stages


@dataclass(frozen=True)
class StageRow:
    """One stage as the page of a procedure shows it."""

    stage: Stage
    law: str
    ways: list[tuple[str, str, str]]  # action, by whom, where it leads


def may_open(procedure: type[Procedure], actor: Post | None) -> bool:
    """Tell whether somebody may begin such a matter."""
    own = actor.organization if actor else None
    return procedure.opened_by(actor, Case(procedure_key=procedure.key, applicant=own))


def named(key: str) -> type[Procedure]:
    """Return a procedure by its key; 404 for what there is not."""
    if key not in procedures:
        raise Http404(_("没有这个事项。"))
    return procedures[key]


def rows_of(procedure: type[Procedure]) -> list[StageRow]:
    """Return every stage with its period, its article, and what may be done there."""
    day = timezone.localdate()
    return [
        StageRow(
            stage,
            procedure.law_words(stage.rule, day) if stage.rule else "",
            [(str(a.name), str(a.by.name), where(procedure, stage, a.to)) for a in stage.actions()],
        )
        for stage in procedure.stages
    ]


def where(procedure: type[Procedure], stage: Stage, to: str) -> str:
    """Return where an action leads, in words; nothing when it stays."""
    if to == STAY:
        return ""
    key = procedure.after(stage, to)
    return _("办结") if key == CLOSED else str(procedure.stage(key).name)


@public
def list_page(request: HttpRequest) -> HttpResponse:
    """List every matter that is handled here."""
    services = [Service(one, may_open(one, request.actor)) for one in procedures.values()]
    return render(request, "cases/matters.html", {"services": services})


@public
def one_page(request: HttpRequest, key: str) -> HttpResponse:
    """Show one matter: who may begin it, its path, its papers, its periods."""
    procedure = named(key)
    context = {
        "procedure": procedure,
        "rows": rows_of(procedure),
        "may": may_open(procedure, request.actor),
        "drawing": drawing(procedure),
        "who": procedure.opened_by.name,
    }
    return render(request, "cases/matter.html", context)


@public
def bpmn_file(request: HttpRequest, key: str) -> HttpResponse:
    """Give the path of a matter as a BPMN 2.0 file."""
    procedure = named(key)
    answer = HttpResponse(bpmn(procedure), content_type="application/xml")
    answer["Content-Disposition"] = content_disposition_header(True, f"{procedure.key}.bpmn")
    return answer


@public
def new_page(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a matter: the form of its first action."""
    procedure = named(key)
    if key in OWN:
        return redirect(OWN[key])
    if not may_open(procedure, request.actor):
        raise PermissionDenied(
            _("“{name}”由{who}提出。").format(name=procedure.name, who=procedure.opened_by.name)
        )
    if procedure.begun_at:
        return elsewhere(request, procedure)
    if request.method == "POST":
        return too_often(request) or opened(request, procedure)
    return render(request, "cases/new.html", beginning(request, procedure))


def elsewhere(request: HttpRequest, procedure: type[Procedure]) -> HttpResponse:
    """Lead to the page where a matter begins; a correction begins at an edition."""
    if procedure is Correction:
        number = request.GET.get("standard", "")
        try:
            return redirect("standard_edit", standard_named(number).slug)
        except Refused as refused:
            words = _(
                "请先找到要更正的标准，在它的页面上点“更正这项标准”；名录中没有的，请登记一项标准。"
            )
            messages.info(request, f"{refused}{words}" if number else words)
    return redirect(procedure.begun_at)


def opened(request: HttpRequest, procedure: type[Procedure]) -> HttpResponse:
    """Open a case and lead on; or show the form again with the reason why not."""
    context = beginning(request, procedure)
    form: Answers = context["form"]
    if "standard" in form.fields and "standard" in form.errors:  # with all that is wrong besides
        return render(request, "cases/new.html", context, status=409)
    standard = form.cleaned_data["standard"] if "standard" in form.fields else None
    try:
        said = sent(request)
        case = desk.open_case(
            procedure,
            actor=request.actor,
            day=timezone.localdate(),
            answers=request.POST,
            files=said.files,
            token=said.token or new_token(),
            standard=standard,
            title=f"{standard.shown} {standard.title}"[:200] if standard else "",
            demonstration=bool(standard and standard.demonstration),
        )
    except Refused as refused:
        if form.is_valid():
            form.add_error(None, str(refused))
        return render(request, "cases/new.html", context, status=409)
    return onward(request, case)


def onward(request: HttpRequest, case: Case) -> HttpResponse:
    """Lead on after opening: to the case, or to the receipt of whoever has no account."""
    if reach.readable(request.actor).filter(pk=case.pk).exists():
        return redirect(case)
    first = case.entries.order_by("seq").first()
    number = first.receipt if first and first.receipt else case.number
    return redirect(f"{reverse('receipts')}?{urlencode({'number': number})}")


def beginning(request: HttpRequest, procedure: type[Procedure]) -> dict[str, Any]:
    """Return everything that the page of a beginning shows."""
    stage = procedure.stages[0]
    action = stage.actions()[0]
    form = form_of(action, None, request)
    if not names_itself(procedure):
        number = request.GET.get("standard", "")
        form.fields = {"standard": AboutStandard(initial=number)} | form.fields
    return {
        "procedure": procedure,
        "who": procedure.opened_by.name,
        "stage": stage,
        "action": action,
        "form": form,
        "to": where(procedure, stage, action.to),
        "law": procedure.law_words(stage.rule, timezone.localdate()) if stage.rule else "",
        "token": request.POST.get("token") or new_token(),
    }


class AboutStandard(forms.CharField):
    """The standard that a case is about, by its number; its value is the edition."""

    def __init__(self, *, initial: str) -> None:
        super().__init__(
            label=_("所涉标准编号"), max_length=100, initial=initial, help_text=called(initial),
            error_messages={"required": _("请填写所涉标准的编号。")},
        )  # fmt: skip

    def clean(self, value: Any) -> Any:
        try:
            return standard_named(super().clean((value or "").replace("\x00", "")))
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


def called(text: str) -> str:
    """Return the name of the standard whose number an address has filled in; "" for none."""
    try:
        return standard_named(text).title if text else ""
    except Refused:
        return ""


def names_itself(procedure: type[Procedure]) -> bool:
    """Tell whether the first form says what the case is called; else a standard does."""
    form = procedure.stages[0].actions()[0].form
    return form is not None and "title" in form.base_fields


def standard_named(text: str) -> Standard:
    """Return the standard of a number as it was typed; refused where the register has none."""
    words = text.replace("\x00", "").strip()[:100]
    try:
        found = Standard.objects.filter(key=keyed(words)).first()
    except NotANumber as bad:
        raise Refused(_("所涉标准的编号无法识别：{why}").format(why=bad)) from bad
    if found is None:
        raise Refused(_("名录中没有“{number}”，请核对所涉标准的编号。").format(number=words))
    return found
