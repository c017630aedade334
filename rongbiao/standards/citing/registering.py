"""Registering (登记引用): a body hands in a document, what it cites is found, a person confirms it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rongbiao.archive.models import File
from rongbiao.parties import journal
from rongbiao.parties.in_post import ask_in_post
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused
from rongbiao.standards.currency import Standing, standings
from rongbiao.standards.events import newest
from rongbiao.standards.numbering import bare
from rongbiao.standards.standard import Standard
from rongbiao.texts.citations import Citation, find_citations, find_mentions
from rongbiao.texts.documents import Document, Unreadable, read_apart
from rongbiao.texts.numbers import NotANumber, StandardNumber, read_number

from . import who
from .alert import Watch
from .document import CitingDocument
from .kept import KeptCitation

State = KeptCitation.State
AROUND = 30  # letters shown on either side of a citation
MOST_PLACES = 20  # of one citation that are kept
MOST_CITED = 2000  # of one document, each standard once
MOST_MENTIONS = 100


@dataclass(frozen=True)
class Paper:
    """What a body says of its document, and the file as it was sent: content and name."""

    kind: str
    title: str
    number: str
    dated_on: date | None
    content: bytes
    name: str
    public: bool | None = None  # None: as is usual for its kind


def register(paper: Paper, *, actor: Post, day: date) -> CitingDocument:
    """Register a document with all it cites, to be confirmed; return it.

    Refused to whoever handles no unit's matters, for a file that cannot be read, and while
    the same file stands in the body's register.
    """
    ask_in_post(actor, day)
    if not who.may_register(actor):
        raise Refused(_("引用文件由引用单位的填报人、经办人或者负责人登记。"))
    if paper.kind not in CitingDocument.Kind.values or not paper.title.strip():
        raise Refused(_("请写明文件种类和文件名称。"))
    if paper.dated_on and paper.dated_on > day:
        raise Refused(
            _("成文日期 {on} 晚于今天 {day}，请改正。").format(on=paper.dated_on, day=day)
        )
    try:
        document = read_apart(paper.content, paper.name)
    except Unreadable as why:
        raise Refused(why.told(_)) from why
    return _entered(paper, document, actor, day)


@transaction.atomic
def _entered(paper: Paper, document: Document, actor: Post, day: date) -> CitingDocument:
    world = actor.demonstration
    file = File.objects.keep(paper.content, paper.name, document.media, demonstration=world)
    held = CitingDocument.objects.filter(
        organization=actor.organization, file__sha256=file.sha256, ended_on=None
    ).first()
    if held:
        raise Refused(_("这个文件已登记为“{held}”，不必重复登记。").format(held=held))
    usual = paper.kind in CitingDocument.OPEN
    row = CitingDocument.objects.create(
        organization=actor.organization,
        kind=paper.kind,
        title=paper.title.strip(),
        number=paper.number.strip(),
        dated_on=paper.dated_on,
        public=usual if paper.public is None else paper.public,
        file=file,
        registered_by=actor,
        registered_on=day,
        basis=paper.number.strip() or paper.title.strip()[:200],
        basis_on=paper.dated_on,
        demonstration=world,
    )
    found = [*_cited(row, document), *_mentioned(row, document)]
    found.sort(key=lambda pair: pair[0])
    for place, (_start, kept) in enumerate(found, start=1):
        kept.place = place
    KeptCitation.objects.bulk_create([kept for _start, kept in found], batch_size=500)
    journal.write(actor, "register-citing", row, day=day, sha256=file.sha256, citations=len(found))
    return row


def _cited(row: CitingDocument, document: Document) -> Iterator[tuple[int, KeptCitation]]:
    """Yield each standard once, with every place where it is cited; a range by its members."""
    by: dict[str, KeptCitation] = {}
    for one in find_citations(document.text):
        for number in _members(one.number):
            name = str(number.bare)
            kept = by.get(name)
            if kept is None:
                if len(by) >= MOST_CITED:
                    continue
                dated = number.year is not None
                kept = KeptCitation(
                    document=row, text=one.text[:300], number=name[:200], dated=dated,
                    key=number.key[:200], bare_key=bare(number)[:200], places=[],
                    demonstration=row.demonstration,
                )  # fmt: skip
                by[name] = kept
                yield one.start, kept
            if len(kept.places) < MOST_PLACES:
                kept.places.append(_place(document, one))


def _members(number: StandardNumber) -> list[StandardNumber]:
    try:
        return list(number.expand())
    except ValueError:
        return [number]


def _mentioned(row: CitingDocument, document: Document) -> Iterator[tuple[int, KeptCitation]]:
    for one in find_mentions(document.text)[:MOST_MENTIONS]:
        kept = KeptCitation(
            document=row, text=one.text[:300], dated=False, in_words=True,
            places=[_place(document, one)], demonstration=row.demonstration,
        )  # fmt: skip
        yield one.start, kept


def _place(document: Document, one: Any) -> dict[str, str]:
    before = document.text[max(0, one.start - AROUND) : one.start]
    after = document.text[one.end : one.end + AROUND]
    said = document.text[one.start : one.end]
    clause = one.clause if isinstance(one, Citation) else ""
    around = " ".join(f"{before}【{said}】{after}".split())
    return {"where": document.place(one.start), "clause": clause, "around": around}


@transaction.atomic
def confirm(
    document: CitingDocument, said: Mapping[int, str], *, actor: Post, day: date
) -> CitingDocument:
    """Confirm what a document cites; from now on its body is told of every change.

    ``said`` gives for each place the number that is meant, or nothing where it is no
    citation. Refused while a place is left out, and for a number that cannot be read.
    """
    ask_in_post(actor, day)
    row = CitingDocument.objects.select_for_update().get(pk=document.pk)
    if not who.answers(actor, row):
        raise Refused(_("“{row}”由{unit}确认。").format(row=row, unit=row.organization))
    if row.confirmed_on:
        raise Refused(_("“{row}”已于{day}确认。").format(row=row, day=row.confirmed_on))
    found = list(row.citations.all())
    if left := [one.place for one in found if one.place not in said]:
        raise Refused(
            _("还有 {n} 处引用没有确认（第 {place} 处起），请逐处选择。").format(
                n=len(left), place=left[0]
            )
        )
    _decide(found, said, day)
    KeptCitation.objects.bulk_update(
        found,
        ["state", "number", "dated", "key", "bare_key", "first_key", "standard"],
        batch_size=200,
    )
    row.confirmed_on = day
    row.save(update_fields=["confirmed_on"])
    Watch.objects.get_or_create(pk=1, defaults={"told": newest()})
    kept = sum(one.state == State.CONFIRMED for one in found)
    journal.write(actor, "confirm-citing", row, day=day, kept=kept, rejected=len(found) - kept)
    return row


def _decide(found: list[KeptCitation], said: Mapping[int, str], day: date) -> None:
    """Give each citation its number and the row of the edition that it means on the day."""
    kept = []
    for one in found:
        words = " ".join(said[one.place].split())
        if not words:
            one.state = State.REJECTED
            continue
        number = _number(one, words)
        one.number, one.dated = str(number.bare), number.year is not None
        one.key, one.bare_key = number.key, bare(number)
        one.state = State.CONFIRMED
        kept.append(one)
    for one, standing in zip(kept, standings([one.number for one in kept], day), strict=True):
        keep_against(one, standing)


def keep_against(one: KeptCitation, standing: Standing) -> None:
    """Keep a citation against the row of its standing; a number not held stays a number."""
    edition = standing.edition
    if edition is not None:
        one.standard_id, one.key, one.bare_key = edition.pk, edition.key, edition.bare
    else:
        one.standard = None
    one.first_key = one.key


def _number(one: KeptCitation, words: str) -> StandardNumber:
    try:
        return read_number(words)
    except NotANumber as bad:
        raise Refused(
            _("第 {place} 处“{words}”不是标准编号：{why}").format(
                place=one.place, words=words[:60], why=bad
            )
        ) from bad


@transaction.atomic
def withdraw(document: CitingDocument, *, actor: Post, day: date) -> None:
    """Take back a document that was not confirmed yet: nothing of it stays but the journal."""
    ask_in_post(actor, day)
    row = CitingDocument.objects.select_for_update().get(pk=document.pk)
    if not who.answers(actor, row):
        raise Refused(_("“{row}”由{unit}办理。").format(row=row, unit=row.organization))
    if row.confirmed_on:
        raise Refused(_("“{row}”已确认，不能撤回；文件失效的，请答复“废”。").format(row=row))
    journal.write(actor, "withdraw-citing", row, day=day, sha256=row.file.sha256)
    row.delete()


def citing(standard: Standard) -> Any:
    """Return the confirmed citations of any edition of a standard in documents that still hold."""
    rows = KeptCitation.objects.filter(bare_key=standard.bare_key, state=State.CONFIRMED)
    return rows.filter(document__confirmed_on__isnull=False, document__ended_on=None)
