"""Sent back (反馈的意见表): a body's filled-in form becomes opinions, one for each row, all or none."""

from __future__ import annotations

import hashlib
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from rongbiao.cases import desk
from rongbiao.cases.models import Case, Entry
from rongbiao.exchange.papers.comment_forms import Filled, Taken, read_form
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused
from rongbiao.web.uploads import uploaded

MOST = 500  # rows of one form
TOLD = 10  # doubts that are told one by one
Sheet = tuple[bytes, str, Filled]


def read(request: HttpRequest) -> Sheet:
    """Return the form that was uploaded and what it says."""
    content, name = next(uploaded(request, "form"), (b"", ""))
    if not content:
        raise Refused(_("请选择填好的意见表。"))
    filled = read_form(content, name)
    if len(filled.rows) > MOST:
        raise Refused(
            _("一份意见表最多登记 {most} 条，本表有 {n} 条，请分成几份。").format(
                most=MOST, n=len(filled.rows)
            )
        )
    return content, name, filled


def register(
    case: Case, sheet: Sheet, *, actor: Post, day: date, unit: str, rest: bool
) -> tuple[list[Entry], list[str]]:
    """Register every row as an opinion, in one transaction; the form stays with the first.

    Refused where a row cannot be taken, unless the ``rest`` is wanted. Returns the opinions,
    and what was doubtful in sentences. The same form registered again changes nothing.
    """
    content, name, filled = sheet
    flaws = [f"{flaw.place}：{flaw.words}" for flaw in filled.flaws]
    lost = [f"{flaw.place}：{flaw.words}" for flaw in filled.flaws if not flaw.taken]
    if lost and not rest:
        raise Refused("".join(lost[:TOLD]) + _("这份意见表没有登记。"))
    if not filled.rows:
        raise Refused(_("表里没有可以登记的意见。"))
    digest = hashlib.sha256(content).hexdigest()[:40]
    made = []
    with transaction.atomic():
        for place, row in enumerate(filled.rows):
            files = {} if place else {"file": SimpleUploadedFile(name, content)}
            try:
                entry = desk.act(
                    case, "comment", actor=actor, day=day, answers=answers(row, filled, unit),
                    files=files, token=f"form-{digest}-{place}",
                )  # fmt: skip
            except Refused as refused:
                raise Refused(
                    _("{place}：{why}这份意见表没有登记。").format(place=row.place, why=refused)
                ) from refused
            made.append(entry)
    more = len(flaws) - TOLD
    told = flaws[:TOLD] + ([_("另有 {n} 处，请核对原表。").format(n=more)] if more > 0 else [])
    return made, told


def answers(row: Taken, filled: Filled, unit: str) -> dict[str, str]:
    """Return a row as an opinion: what it says and why are its reason."""
    return {
        "clause": row.clause,
        "kind": "change",
        "proposed": row.proposal,
        "reason": "\n".join(filter(None, (row.words, row.reason))),
        "unit": row.unit or unit,
        "person": filled.contact or _("见意见表"),
        "phone": filled.phone,
    }
