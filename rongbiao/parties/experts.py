"""Experts (标准化专家): enrolled in their fields for a term, renewed, released; ties declared."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rongbiao.archive.kinds import Unacceptable, kind_of, plain_name
from rongbiao.archive.models import File
from rongbiao.texts import classes

from . import journal
from .appointments import appoint, resign
from .fitting import fitted
from .in_post import ask_in_post, ask_office
from .models import Expertise, Organization, Person, Post, Tie
from .refused import Refused

EXPERT = Post.Role.EXPERT
MOST_CODES = 12


@dataclass(frozen=True)
class Fields:
    """What an expert knows, by ICS and CCS, with title, rank and the proof as it was sent."""

    ics: tuple[str, ...]
    ccs: tuple[str, ...]
    title: str
    rank: str
    proof: tuple[bytes, str] | None = None  # content and name


@dataclass(frozen=True)
class Term:
    """From when to when an expert is engaged, on what basis."""

    since: date
    until: date
    basis: str
    basis_on: date | None = None


def everybody() -> QuerySet[Post]:
    """Return everybody who is or was an expert, with their expertise, by name."""
    rows = Post.objects.filter(role=EXPERT).select_related("person", "organization", "expertise")
    return rows.order_by("person__name", "pk")


def on(day: date) -> QuerySet[Post]:
    """Return the experts engaged on a day."""
    return everybody().filter(pk__in=Post.objects.on(day).values("pk"))


@transaction.atomic
def enroll(
    person: Person, unit: Organization, fields: Fields, term: Term, *, actor: Post, day: date
) -> Post:
    """Engage a person of a unit as an expert for a term; return the post.

    Refused without a field, with a field that no classification knows, without a basis,
    for a term that ends before it begins, or while the person is engaged already.
    """
    ask_office(actor, day, _("专家库由联席会议办公室经办人维护。"))
    Person.objects.select_for_update().get(pk=person.pk)
    ics, ccs = _codes(fields.ics, "ics"), _codes(fields.ccs, "ccs")
    if not ics and not ccs:
        raise Refused(_("请至少写明一个专业领域的分类号。"))
    _check_term(term)
    if unit.kind == Organization.Kind.COLLECTIVE:
        raise Refused(_("“{unit}”是集合名称，请写专家所在的具体单位。").format(unit=unit))
    for held in Post.objects.filter(person=person, role=EXPERT):
        if held.until is None or held.until >= term.since:
            raise Refused(
                _("{person}已是专家，聘期至{until}；续聘请在专家页上办理。").format(
                    person=person, until=held.until or _("今")
                )
            )
    post = appoint(person, unit, EXPERT, term.since, term.basis.strip(), actor=actor, day=day)
    post.until = term.until
    post.demonstration = person.demonstration or actor.demonstration
    post.save(update_fields=["until", "demonstration"])
    row = Expertise(
        post=post,
        ics=ics,
        ccs=ccs,
        title=fields.title.strip(),
        rank=fields.rank,
        proof=_kept(fields.proof, actor),
        basis=term.basis.strip(),
        basis_on=term.basis_on,
        demonstration=post.demonstration,
    )
    fitted(row, str(person)).save()
    said = {"ics": ics, "ccs": ccs, "until": term.until.isoformat()}
    journal.write(actor, "enroll-expert", post, day=day, basis=row.basis, **said)
    return post


@transaction.atomic
def renew(post: Post, until: date, basis: str, *, actor: Post, day: date) -> Post:
    """Engage an expert for longer; refused when the term has ended or would become shorter."""
    ask_office(actor, day, _("专家库由联席会议办公室经办人维护。"))
    post = _locked(post)
    _check_basis(basis)
    if post.until is None or until <= post.until:
        raise Refused(
            _("新的聘期至{until}，应晚于现在的聘期至{now}。").format(
                until=until, now=post.until or _("今")
            )
        )
    if post.until < day:
        raise Refused(
            _("{person}的聘期已于{until}届满，请重新聘任。").format(
                person=post.person, until=post.until
            )
        )
    was, post.until = post.until, until
    post.save(update_fields=["until"])
    said = {"was": was.isoformat(), "until": until.isoformat(), "basis": basis.strip()}
    journal.write(actor, "renew-expert", post, day=day, **said)
    return post


@transaction.atomic
def release(post: Post, until: date, why: str, basis: str, *, actor: Post, day: date) -> Post:
    """End an expert's engagement; ``until`` is the last day. What was reviewed stays."""
    ask_office(actor, day, _("专家库由联席会议办公室经办人维护。"))
    post = _locked(post)
    _check_basis(basis)
    if not why.strip():
        raise Refused(_("请写明解聘的理由。"))
    if post.until and post.until < until:
        raise Refused(
            _("{person}的聘期至{now}，解聘日期{until}晚于它。").format(
                person=post.person, now=post.until, until=until
            )
        )
    resign(post, until, basis.strip(), actor=actor, day=day)
    journal.write(actor, "release-expert", post, day=day, why=why.strip(), basis=basis.strip())
    post.refresh_from_db()
    return post


@transaction.atomic
def declare_tie(
    post: Post,
    kind: str,
    other: Organization | Person,
    basis: str,
    *,
    actor: Post,
    day: date,
    since: date | None = None,
    until: date | None = None,
    note: str = "",
) -> Tie:
    """Enter what binds an expert to a unit or a person; by an officer or the expert.

    From then on the expert is out of every draw that concerns the other, for the time
    stated; without a last day, for good.
    """
    if actor.pk == post.pk:
        ask_in_post(actor, day)
    else:
        ask_office(actor, day, _("利害关系由专家本人申报，或由联席会议办公室经办人登记。"))
    post = _locked(post)
    _check_basis(basis)
    if since and until and until < since:
        raise Refused(_("终止日期{until}早于起始日期{since}。").format(until=until, since=since))
    if other == post.person:
        raise Refused(_("利害关系的另一方不能是专家本人。"))
    end = {"organization": other} if isinstance(other, Organization) else {"person": other}
    row = Tie(
        post=post,
        kind=kind,
        since=since,
        until=until,
        note=note.strip(),
        basis=basis.strip(),
        declared_on=day,
        demonstration=post.demonstration or actor.demonstration,
        **end,
    )
    fitted(row, str(post.person)).save()
    # What it is stays with the row: the journal is read by more people.
    journal.write(actor, "declare-tie", post, day=day, tie=row.pk)
    return row


@transaction.atomic
def withdraw_tie(tie: Tie, why: str, *, actor: Post, day: date) -> Tie:
    """Take back what was declared, by the expert or an officer: from this day it binds nobody.

    The row stays, with the reason; whoever stood aside because of it is not called back.
    """
    if tie.post.person_id == actor.person_id:
        ask_in_post(actor, day)
    else:
        ask_office(actor, day, _("利害关系由专家本人撤回，或由联席会议办公室经办人登记。"))
    row = Tie.objects.select_for_update(of=("self",)).select_related("post").get(pk=tie.pk)
    if row.withdrawn_on:
        raise Refused(_("这项申报已于{day}撤回。").format(day=row.withdrawn_on))
    if not why.strip():
        raise Refused(_("请写明撤回的理由。"))
    row.withdrawn_on, row.withdrawn_why = day, why.strip()
    fitted(row, str(row.post.person)).save(update_fields=["withdrawn_on", "withdrawn_why"])
    journal.write(actor, "withdraw-tie", row.post, day=day, tie=row.pk)
    return row


def _locked(post: Post) -> Post:
    """Return the expert's post as it is now, for this transaction alone."""
    rows = Post.objects.select_for_update(of=("self",)).select_related("person", "organization")
    post = rows.get(pk=post.pk)
    if post.role != EXPERT:
        raise Refused(_("{post}不是专家。").format(post=post))
    return post


def _codes(codes: tuple[str, ...], scheme: str) -> str:
    """Return codes as the column holds them; refused where no table knows one."""
    found = list(dict.fromkeys(code.strip().upper() for code in codes if code.strip()))
    for code in found:
        if classes.scheme_of(code) != scheme or not classes.within(code):
            name = "ICS" if scheme == "ics" else "CCS"
            raise Refused(_("没有{scheme}分类号“{code}”。").format(scheme=name, code=code[:20]))
    if len(found) > MOST_CODES:
        raise Refused(
            _("专业领域有 {n} 个，超过 {most} 个的上限，请写上一级的分类号。").format(
                n=len(found), most=MOST_CODES
            )
        )
    return " ".join(found)


def _check_term(term: Term) -> None:
    _check_basis(term.basis)
    if term.until < term.since:
        raise Refused(
            _("聘期至{until}，早于起始日期{since}。").format(until=term.until, since=term.since)
        )


def _check_basis(basis: str) -> None:
    if not basis.strip():
        raise Refused(_("请写明依据的文件。"))


def _kept(proof: tuple[bytes, str] | None, actor: Post) -> File | None:
    if proof is None:
        return None
    content, name = proof
    try:
        media = kind_of(content, name).media
    except Unacceptable as why:
        raise Refused(str(why)) from why
    return File.objects.keep(content, plain_name(name), media, demonstration=actor.demonstration)
