"""Answering (引用单位处置): what becomes of citations whose standard has changed, 改 留 or 废.

The procedure of disposition calls these with the number of its case, which is the basis.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from rongbiao.law import periods
from rongbiao.parties import days, rules
from rongbiao.parties.refused import Refused
from rongbiao.standards.currency import standings
from rongbiao.standards.numbering import bare
from rongbiao.texts.numbers import NotANumber, read_number

from .alert import Alert
from .document import CitingDocument
from .duty import Duty
from .kept import KeptCitation
from .registering import keep_against

SUCCEEDED = {Alert.Kind.EDITION, Alert.Kind.REPLACED}
DONE = "done"  # the revision that was promised is made


@dataclass(frozen=True)
class Said:
    """What a body answers: ``until`` is for a promise to revise, ``edition`` for what is cited now."""

    answer: str
    reason: str = ""
    until: date | None = None
    edition: str = ""


def answer(duties: Sequence[Duty], said: Said, *, basis: str, day: date) -> None:
    """Answer some duties of one body alike, in the transaction of the act.

    Refused for a duty that is closed, without a reason, for a promise beyond the longest
    time, and for a revision that names no edition where none follows.
    """
    if not duties:
        raise Refused(_("请至少选择一件任务。"))
    rows = list(
        Duty.objects.select_for_update(of=("self",))
        .filter(pk__in=[duty.pk for duty in duties])
        .select_related("alert", "document")
        .order_by("pk")
    )
    for row in rows:
        if row.closed_on:
            raise Refused(
                _("“{document}”的这件任务已于{day}办结，请刷新页面后再办。").format(
                    document=row.document, day=row.closed_on
                )
            )
    if not said.reason.strip() and said.answer != DONE:
        raise Refused(_("请写明处置的理由。"))
    {"revise": _revise, "keep": _keep, "repeal": _repeal, DONE: _revised}[said.answer](
        rows, said, day
    )
    for row in rows:
        row.answered_on, row.basis = row.answered_on or day, basis
        row.reason = said.reason.strip() or row.reason
    fields = ["answer", "reason", "edition", "due_on", "answered_on", "closed_on", "basis"]
    Duty.objects.bulk_update(rows, fields, batch_size=200)


def longest(day: date) -> date:
    """Return the last day until which a revision may be promised on a day."""
    value = rules.table("citing").at(day).rule("revise_months")
    return periods.ends(day, value, days.calendar()).day


def _revise(rows: Sequence[Duty], said: Said, day: date) -> None:
    last = longest(day)
    if said.until is None or not day <= said.until <= last:
        raise Refused(
            _("答复“改”的，请写明修改完成的日期，自 {day} 至 {last}。").format(day=day, last=last)
        )
    for row in rows:
        row.answer, row.due_on = Duty.Answer.REVISE, said.until
        row.edition = said.edition


def _keep(rows: Sequence[Duty], said: Said, day: date) -> None:
    del said
    for row in rows:
        row.answer, row.closed_on = Duty.Answer.KEEP, day


def _repeal(rows: Sequence[Duty], said: Said, day: date) -> None:
    """The document holds no more: every duty of it ends with it."""
    del said
    documents = {row.document_id for row in rows}
    CitingDocument.objects.filter(pk__in=documents, ended_on=None).update(ended_on=day)
    for row in rows:
        row.answer, row.closed_on = Duty.Answer.REPEAL, day
    others = Duty.objects.filter(document__in=documents, closed_on=None)
    others.exclude(pk__in=[row.pk for row in rows]).update(
        answer=Duty.Answer.REPEAL, closed_on=day, answered_on=day,
        reason=_("文件已废止。"),
    )  # fmt: skip


def _revised(rows: Sequence[Duty], said: Said, day: date) -> None:
    """The document was revised: it cites another edition from now on."""
    for row in rows:
        if row.answer != Duty.Answer.REVISE:
            raise Refused(_("“{document}”还没有答复“改”。").format(document=row.document))
        follows = row.alert.by_number if row.alert.kind in SUCCEEDED else ""
        edition = said.edition or row.edition or follows
        if edition:
            row.edition = _cite(row, edition, day)
        elif row.alert.kind == Alert.Kind.WITHDRAWN:  # nothing follows: it is cited no more
            _kept(row).update(state=KeptCitation.State.REJECTED)
        row.closed_on = day


def _kept(row: Duty):
    return row.document.citations.filter(key=row.alert.key, state=KeptCitation.State.CONFIRMED)


def _cite(row: Duty, edition: str, day: date) -> str:
    """Let a document cite an edition instead of the one that changed; return its number."""
    try:
        number = read_number(edition)
    except NotANumber as bad:
        raise Refused(
            _("改引的版本“{words}”不是标准编号：{why}").format(words=edition[:60], why=bad)
        ) from bad
    standing = standings([str(number.bare)], day)[0]
    for kept in _kept(row):
        kept.number, kept.dated = str(number.bare), number.year is not None
        kept.key, kept.bare_key = number.key, bare(number)
        keep_against(kept, standing)
        kept.save()
    return str(number.bare)
