"""Filling in (填写): the form of an action as a page shows it and takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from rongbiao.cases.models import Case
from rongbiao.cases.procedure import Action, Answers
from rongbiao.parties.refused import Refused
from rongbiao.web.uploads import LIMIT

ACCEPTED = ".docx,.xlsx,.pptx,.pdf,.png,.jpg,.jpeg,.txt,.csv"  # archive.kinds
MANY = 12  # choices: more are a list to choose from


@dataclass(frozen=True)
class Sent:
    """What a form sent besides its answers: which form it was, and what its page showed."""

    token: str
    seen: int | None
    about: int | None
    files: dict[str, UploadedFile[Any]]


def number(words: str) -> int | None:
    """Return a whole number of an address or a hidden field; None for what is none.

    >>> number("12"), number("-1"), number("x"), number("9" * 30)
    (12, None, None, None)
    """
    return int(words) if words.isascii() and words.isdigit() and len(words) < 18 else None


def sent(request: HttpRequest) -> Sent:
    """Return what a form sent; a file that is too large is refused before it is read."""
    files = {name: file for name, file in request.FILES.items() if isinstance(file, UploadedFile)}
    for file in files.values():
        if (file.size or 0) > LIMIT:
            raise Refused(
                _("文件“{name}”有 {size:.1f} MB，超过 20 MB 的上限，请压缩或拆分后再上传。").format(
                    name=file.name, size=(file.size or 0) / 1024 / 1024
                )
            )
    post = request.POST
    return Sent(
        token=post.get("token", "")[:64],
        seen=number(post.get("seen", "")),
        about=number(post.get("about", "")),
        files=files,
    )


def new_token() -> str:
    """Return what makes sending one form twice harmless."""
    return uuid4().hex


def form_of(
    action: Action, case: Case | None, request: HttpRequest, initial: dict[str, Any] | None = None
) -> Answers:
    """Return the form of an action: filled in when it was sent, else with what was said before."""
    kind = action.form or Answers
    if request.method == "POST":
        form = kind(request.POST, request.FILES, case=case)
    else:
        form = kind(case=case, initial=initial or {})
    return dressed(form)


def dressed(form: Answers) -> Answers:
    """Give fields the controls that browsers have for them."""
    for field in form.fields.values():
        widget = field.widget
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        elif isinstance(field, forms.MultipleChoiceField):
            field.widget = forms.CheckboxSelectMultiple(choices=list(cast("Any", field.choices)))
        elif isinstance(widget, forms.Textarea):
            widget.attrs["rows"] = 4
        elif isinstance(widget, forms.ClearableFileInput):
            field.widget = forms.FileInput(attrs={"accept": ACCEPTED})
            field.help_text = field.help_text or _("单个不超过 20 MB。")
    return form


def said_before(case: Case, action: Action) -> dict[str, Any]:
    """Return the last answers to this action here, to be put right after a return; no files."""
    if action.form is None or action.sealed or action.about:
        return {}
    last = case.entries.filter(stage_key=case.stage_key, action_key=action.key).last()
    answers = last.answers if last and not last.receipt else {}
    return {name: value for name, value in answers.items() if not isinstance(value, dict)}
