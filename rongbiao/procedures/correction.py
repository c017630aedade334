"""名录更正: how an officer amends the register of standards by hand, with a basis and a reason.

One act opens the case, writes the register and closes it: what was before and after stands
in the journal of the edition, who asked for it and why in the chained journal of cases.
"""

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.models import fields_for_model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rongbiao.cases import desk
from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import Answers, Procedure
from rongbiao.parties.models import Post
from rongbiao.stages.kinds import Filing
from rongbiao.stages.people import auditor, officer
from rongbiao.standards import edits
from rongbiao.standards.models import Relation, Standard

PARTS = {"columns": dict, "drafters": list, "relations": list}  # of what is wanted


class Request(Answers):
    """更正申请: what the edition is to be, and on what that rests."""

    number = forms.CharField(label=_("新登记的标准编号"), max_length=200, required=False)
    wanted = forms.JSONField(label=_("更正内容"), required=False)  # columns, drafters, relations
    text = forms.FileField(label=_("标准文本"), required=False)
    version = forms.CharField(label=_("依据的版本"), max_length=40, required=False)
    basis = forms.CharField(label=_("依据文号"), max_length=200)
    basis_on = forms.DateField(label=_("依据日期"), required=False)
    reason = forms.CharField(label=_("理由"), max_length=500)

    def clean_wanted(self) -> dict[str, Any]:
        """Refuse what cannot be written: a program sends this as it likes."""
        asked = self.cleaned_data["wanted"] or {}
        if place := badly_formed(asked):
            raise forms.ValidationError(
                gettext("“{place}”不符合格式，请按接口说明填写后再提交。").format(place=place[:100])
            )
        return asked

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        held = self.case.standard if self.case else None
        if held and not said.get("version"):
            words = gettext(
                "更正已登记的标准，应写明依据的版本，请从该标准的“更正这项标准”页面办理。"
            )
            raise forms.ValidationError(words)
        if held is None and not said.get("number"):
            raise forms.ValidationError(
                gettext("没有写明标准：更正的请从该标准的页面办理，新登记的请填写标准编号。")
            )
        return said


def badly_formed(asked: Any) -> str:
    """Return the place in what is wanted that no register can hold; "" for none.

    >>> badly_formed([1]), badly_formed({"relations": [1]}), badly_formed({"drafters": ["甲"]})
    ('wanted', 'relations.0', '')
    """
    if not isinstance(asked, dict):
        return "wanted"
    for name, part in asked.items():
        if not isinstance(part, PARTS.get(name, ())):
            return str(name)
    fields = fields_for_model(Standard, edits.EDITABLE)
    names, kinds = forms.CharField(required=False), forms.ChoiceField(choices=Relation.Kind.choices)
    for name, value in asked.get("columns", {}).items():
        if name not in fields or not _holds(fields[name], value, none=name.endswith("_on")):
            return f"columns.{name}"
    for place, name in enumerate(asked.get("drafters", [])):
        if not _holds(names, name):
            return f"drafters.{place}"
    for place, one in enumerate(asked.get("relations", [])):
        pair = isinstance(one, list) and len(one) == 2  # kind and number
        if not pair or not _holds(kinds, one[0]) or not _holds(names, one[1]):
            return f"relations.{place}"
    return ""


def _holds(field: forms.Field, value: Any, *, none: bool = False) -> bool:
    """Tell whether a value is words that a column takes; ``none``: it may be emptied."""
    if value is None or not isinstance(value, str):
        return none and value is None
    try:
        if isinstance(field, forms.DateField):
            _day(value)  # written as days are in JSON, not as in a form
        elif value.strip():  # what may not be empty the act itself says
            field.clean(value)
    except (forms.ValidationError, ValueError):
        return False
    return True


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def write(case: Case, entry: Entry) -> None:
    """Write the register as the request says."""
    said, actor = entry.answers, entry.actor
    assert actor is not None
    asked = said.get("wanted", {})
    columns = {
        name: _day(value) if name.endswith("_on") else value
        for name, value in asked.get("columns", {}).items()
    }
    kept = entry.attachments.filter(field="text").first()
    wanted = edits.Wanted(
        columns=columns,
        drafters=asked.get("drafters"),
        relations=[(kind, number) for kind, number in asked["relations"]]
        if "relations" in asked
        else None,
        text=(kept.file.read(), kept.file.name) if kept else None,
    )
    basis = edits.Basis(said["basis"], _day(said.get("basis_on")), said["reason"])
    by: dict[str, Any] = {"actor": actor, "day": entry.day}
    if case.standard is None:
        case.standard = edits.enter(said["number"], wanted, basis, **by)
    else:
        edits.edit(case.standard, wanted, basis, version=said["version"], **by)
    case.title = f"{case.standard.shown} {case.standard.title}"[:200]


class Correction(Procedure):
    key = "correction"
    name = _("名录更正")
    mark = "GZ"
    law = "local_standard"
    begun_at = "standards"  # whoever corrects begins at the page of the edition
    opened_by = officer
    readers = officer | auditor
    stages = (Filing(key="request", name=_("更正"), form=Request, by=officer, effect=write),)


def correct(
    row: Standard | None,
    wanted: edits.Wanted,
    basis: edits.Basis,
    *,
    actor: Post,
    day: date,
    version: str = "",
    number: str = "",
) -> Standard:
    """Put an edition right, or enter one (``row`` None) under a number; return it.

    Refused as ``edits`` refuses, and then nothing has happened.
    """
    asked: dict[str, Any] = {
        "columns": {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in wanted.columns.items()
        }
    }
    if wanted.drafters is not None:
        asked["drafters"] = list(wanted.drafters)
    if wanted.relations is not None:
        asked["relations"] = [list(one) for one in wanted.relations]
    answers: dict[str, Any] = {
        "number": number,
        "wanted": asked,
        "version": version,
        "basis": basis.number,
        "basis_on": basis.on,
        "reason": basis.reason,
    }
    files = {}
    if wanted.text is not None:
        content, name = wanted.text
        files["text"] = SimpleUploadedFile(name, content)
    case = desk.open_case(
        Correction, actor=actor, day=day, answers=answers, files=files, standard=row
    )
    assert case.standard is not None
    return case.standard
