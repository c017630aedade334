"""Papers that go out together (成套文书): letters to all, the filing package, announcement and text."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from rongbiao.exchange.papers.announcements import Abolition, Approval, abolition, approval
from rongbiao.exchange.papers.binding import Unbound, bound
from rongbiao.exchange.papers.comments import CommentForm, comment_form
from rongbiao.exchange.papers.comments_excel import comment_form_excel
from rongbiao.exchange.papers.filings import (
    AbolitionForm,
    Enclosed,
    FilingForm,
    abolition_package,
    filing_package,
    safe_name,
)
from rongbiao.exchange.papers.letters import Covering, asking_letter
from rongbiao.exchange.papers.official import word_file
from rongbiao.exchange.papers.packages import zipped
from rongbiao.exchange.papers.typesetting import pdf_file
from rongbiao.parties.refused import Refused

from . import drafting, issuing
from .dossier import Dossier

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Asking:
    """The letters to all who are asked, and the form that goes with them."""

    letters: tuple[Covering, ...]
    form: CommentForm


def asking(dossier: Dossier) -> Asking | None:
    """Return the letters of the consultation that was opened last."""
    found, form = drafting.asking_letters(dossier), drafting.comment_form(dossier)
    return Asking(tuple(found), form) if found and form else None


def letters(given: Asking) -> bytes:
    """Return the zip of all letters, numbered, and of the comment form in Word and Excel."""
    files = [
        (f"{place:03} {safe_name(one.addressee)}.docx", word_file(asking_letter(one)))
        for place, one in enumerate(given.letters, start=1)
    ]
    return zipped(
        [
            *files,
            ("征求意见表.docx", comment_form(given.form)),
            ("征求意见表.xlsx", comment_form_excel(given.form)),
        ]
    )


@dataclass(frozen=True, slots=True)
class Issue:
    """An issued standard: its announcement, what is filed of it, its text."""

    announcement: Approval
    form: FilingForm
    text: tuple[Enclosed, ...]


def binds(dossier: Dossier) -> bool:
    """Tell whether the text that was made public is a PDF, which pages can be bound with."""
    disclosed = dossier.last("disclosure", "submit")
    text = dossier.files(disclosed, "text") if disclosed else []
    return bool(text) and all(one.file.media == PDF for one in text)


def issued(dossier: Dossier) -> Issue | None:
    """Return announcement, form and text of the standard, once its text is public."""
    announced, form = issuing.approval(dossier), issuing.filing_form(dossier)
    disclosed = dossier.last("disclosure", "submit")
    if announced is None or form is None or disclosed is None:
        return None
    files = dossier.files(disclosed, "text")
    text = tuple(Enclosed(one.file.name, one.file.read()) for one in files)
    return Issue(announced, form, text)


def package(given: Issue) -> bytes:
    """Return the filing package: announcement in Word and PDF, text, form, manifest."""
    paper = approval(given.announcement)
    files = (
        Enclosed("批准发布公告.docx", word_file(paper)),
        Enclosed("批准发布公告.pdf", pdf_file(paper)),
    )
    return filing_package(given.form, files, given.text)


@dataclass(frozen=True, slots=True)
class End:
    """An abolished standard: its announcement and what is filed of it."""

    announcement: Abolition
    form: AbolitionForm


def abolished(dossier: Dossier) -> End | None:
    """Return announcement and form of an abolition."""
    announced, form = issuing.abolition(dossier), issuing.abolition_form(dossier)
    return End(announced, form) if announced and form else None


def end_package(given: End) -> bytes:
    """Return the filing package of an abolition: announcement in Word and PDF, form, manifest."""
    paper = abolition(given.announcement)
    files = (
        Enclosed("废止公告.docx", word_file(paper)),
        Enclosed("废止公告.pdf", pdf_file(paper)),
    )
    return abolition_package(given.form, files)


def announced(given: Issue) -> bytes:
    """Return one PDF: the announcement, then the text of the standard."""
    try:
        return bound([pdf_file(approval(given.announcement)), *(one.content for one in given.text)])
    except Unbound as why:
        raise Refused(
            _("标准文本不能与公告合订（文本不是可以打开的 PDF，或者过大），请分别下载。")
        ) from why
