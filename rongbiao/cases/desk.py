"""The desk (经办): where cases are opened and moved. Nothing else moves them.

An act is one transaction with the dossier's row locked: what is offered and to whom, the
guards, the answers; then journal, effect on the registers, and the move. Any failure
raises ``Refused`` with a full sentence, and nothing has happened.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rongbiao.archive import sealing
from rongbiao.archive.kinds import Unacceptable, kind_of, plain_name
from rongbiao.archive.models import File
from rongbiao.parties.models import Organization, Post
from rongbiao.parties.refused import Refused
from rongbiao.parties.serial import take
from rongbiao.standards.models import Standard
from rongbiao.texts import chains

from . import message
from .models import Attachment, Case, Entry, Head, Personal
from .procedure import CLOSED, STAY, Action, Answers, Procedure

DEMO = "YS-"  # before the case numbers of the demonstration (演示)
BEGUN = "open"  # what is journaled of a case that was opened without anything filed
RECEIPT = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is misread on paper


@transaction.atomic
def open_case(
    procedure: type[Procedure],
    *,
    actor: Post | None,
    day: date,
    answers: Mapping[str, Any] | None = None,
    files: Mapping[str, UploadedFile[Any]] | None = None,
    token: str = "",
    applicant: Organization | None = None,
    standard: Standard | None = None,
    origin: Case | None = None,
    title: str = "",
    demonstration: bool = False,
) -> Case:
    """Open a case and, if there are answers, file them as its first action.

    Else its opening is journaled, so that those concerned can be reminded of it.
    ``actor`` is None for the public and for the clock; the same ``token`` opens one case.
    """
    if actor is not None and not actor.holds_on(day):
        raise Refused(_("{post}于{day}不在任，不能办理。").format(post=actor, day=day))
    own = actor.organization if actor else None
    draft = Case(procedure_key=procedure.key, applicant=applicant or own)
    by_clock = actor is None and answers is None
    if not by_clock and not procedure.opened_by(actor, draft):
        raise Refused(
            _("“{name}”由{who}提出。").format(name=procedure.name, who=procedure.opened_by.name)
        )
    world = demonstration or bool(actor and actor.demonstration)
    series = f"{DEMO if world else ''}{procedure.mark}-{day.year}"
    # This holds the row of the series: of one token sent often, one is first.
    serial = take(f"case:{series}", demonstration=world)
    if token and (
        made := Entry.objects.filter(case__procedure_key=procedure.key, token=token).first()
    ):
        return made.case
    case = Case.objects.create(
        number=f"{series}-{serial:04}",
        procedure_key=procedure.key,
        stage_key=procedure.stages[0].key,
        title=title or procedure.name,
        applicant=draft.applicant,
        standard=standard,
        origin=origin,
        opened_on=day,
        stage_since=day,
        demonstration=world,
    )
    case.due_on = case.stage.ends(case)
    case.save(update_fields=["due_on"])
    if answers is None:
        opening = Action(BEGUN, BEGUN, procedure.opened_by)
        _journal(case, opening, actor, day, {}, {}, [], token, None)
    else:
        key = case.stage.actions()[0].key
        act(case, key, actor=actor, day=day, answers=answers, files=files, token=token)
    return case


def act(
    case: Case,
    key: str,
    *,
    actor: Post | None,
    day: date,
    answers: Mapping[str, Any] | None = None,
    files: Mapping[str, UploadedFile[Any]] | None = None,
    token: str = "",
    seen: int | None = None,
    about: int | None = None,
    alone: bool = False,
) -> Entry:
    """Do one action: check it, journal it, take its effect, move the case.

    ``token`` makes a repetition harmless: the same entry is returned. ``seen`` is the
    place (``seq``) of the entry that had led the case to where the actor saw it. ``about``
    is the place of the entry that this one speaks of. ``alone``: the clock acts.
    """
    with transaction.atomic():
        locked = Case.objects.select_for_update().get(pk=case.pk)
        if token and (done := locked.entries.filter(token=token).first()):
            return done
        action = _offer(locked, key, actor, day, seen, alone)
        said, person, brought = _read(locked, action, answers or {}, files or {})
        for guard in action.guards:
            guard.test(locked, day)
        subject = _subject(locked, action, about)
        entry = _journal(locked, action, actor, day, said, person, brought, token, subject)
        if action.effect:
            action.effect(locked, entry)
        _move(locked, action, entry, day)
    for name, value in vars(locked).items():
        setattr(case, name, value)
    return entry


def _offer(
    case: Case, key: str, actor: Post | None, day: date, seen: int | None, alone: bool
) -> Action:
    action = None if case.closed_on else case.stage.action(key)
    led = case.entered.seq if case.entered else 0
    if action is None or (seen is not None and seen != led):
        raise Refused(_who_was_faster(case))
    if actor is not None and not actor.holds_on(day):
        raise Refused(_("{post}于{day}不在任，不能办理。").format(post=actor, day=day))
    if not (alone and case.stage.alone == key) and not action.by(actor, case):
        who = actor or _("未登录的来访者")
        words = _("“{name}”由{by}办理，{who}不能办理。")
        raise Refused(words.format(name=action.name, by=action.by.name, who=who))
    return action


def _who_was_faster(case: Case) -> str:
    """Return where the case is now, and who brought it there."""
    last = case.entered if not case.closed_on else case.entries.order_by("-seq").first()
    said = _("{number}已办结") if case.closed_on else _("{number}现在“{stage}”环节")
    where = said.format(number=case.number, stage=case.stage.name)
    if last is None:
        return _("{where}，没有这一动作，请刷新页面后再办。").format(where=where)
    stage = case.procedure.stage(last.stage_key)
    action = stage.action(last.action_key)
    at = timezone.localtime(last.at).strftime("%Y-%m-%d %H:%M:%S")
    name = action.name if action else last.action_key
    who = last.actor or (_("公众") if last.receipt else _("平台"))
    return _("{where}：{who}已于{at}在“{stage}”环节办理“{name}”，您的操作没有生效。").format(
        where=where, who=who, at=at, stage=stage.name, name=name
    )


def _read(
    case: Case, action: Action, answers: Mapping[str, Any], files: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any], list[tuple[str, File]]]:
    """Return the answers, what they say of a person, and the files that came with them."""
    if action.form is None:
        return {}, {}, []
    form: Answers = action.form(answers, files, case=case)
    if not form.is_valid():
        raise Refused(_errors(form))
    said: dict[str, Any] = {}
    brought: list[tuple[str, File]] = []
    for name, value in form.cleaned_data.items():
        if isinstance(value, UploadedFile):
            file = _keep(value, case)
            brought.append((name, file))
            said[name] = {"name": file.name, "sha256": file.sha256, "size": file.size}
        elif value not in (None, ""):
            said[name] = value
    person = {name: said.pop(name) for name in form.personal if name in said}
    if action.sealed:
        said = {"sealed": sealing.seal(_purpose(case, action), said)}
    return said, person, brought


def _purpose(case: Case, action: Action) -> str:
    return f"{case.number}:{action.key}"


def unsealed(entry: Entry) -> dict[str, Any]:
    """Return the answers of a sealed entry; only what counts or opens the votes calls this."""
    purpose = f"{entry.case.number}:{entry.action_key}"
    return sealing.open_seal(purpose, entry.answers["sealed"])


def _errors(form: Answers) -> str:
    found = []
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        found += [f"{label}：{error}" if label else str(error) for error in errors]
    return "；".join(found)


def _keep(upload: UploadedFile[Any], case: Case) -> File:
    content = upload.read()
    name = plain_name(upload.name or "")
    try:
        media = kind_of(content, name).media
    except Unacceptable as why:
        raise Refused(str(why)) from why
    return File.objects.keep(content, name, media, demonstration=case.demonstration)


def _subject(case: Case, action: Action, about: int | None) -> Entry | None:
    if not action.about:
        return None
    found = case.entries.filter(seq=about or 0, action_key=action.about).first()
    if found is None:
        raise Refused(_("“{name}”要指明针对本件的哪一条记录。").format(name=action.name))
    return found


def _journal(
    case: Case,
    action: Action,
    actor: Post | None,
    day: date,
    said: dict[str, Any],
    person: dict[str, Any],
    brought: list[tuple[str, File]],
    token: str,
    subject: Entry | None,
) -> Entry:
    """Write the next link of the chain; its head is locked until the transaction ends."""
    world = case.demonstration
    Head.objects.bulk_create([Head(demonstration=world)], ignore_conflicts=True)
    head = Head.objects.select_for_update().get(demonstration=world)
    salt = chains.new_salt() if person else ""
    entry = Entry(
        case=case,
        seq=head.seq + 1,
        at=timezone.now(),
        day=day,
        actor=actor,
        stage_key=case.stage_key,
        action_key=action.key,
        answers=_plain(said),
        about=subject,
        token=token or None,
        receipt=_receipt(day) if action.receipt else None,
        sealed=chains.seal(salt, _plain(person)) if person else "",
        before=head.digest,
        demonstration=world,
    )
    entry.digest = chains.link(entry.before, entry.saying())
    entry.save(force_insert=True)
    head.seq, head.digest = entry.seq, entry.digest
    head.save(update_fields=["seq", "digest"])
    if person:
        Personal.objects.create(entry=entry, salt=salt, words=_plain(person), demonstration=world)
    for field, file in brought:
        Attachment.objects.create(entry=entry, file=file, field=field, demonstration=world)
    return entry


def _plain(said: dict[str, Any]) -> dict[str, Any]:
    """Return answers as JSON says them, so that what is hashed is what will be read."""
    plain: dict[str, Any] = json.loads(json.dumps(said, cls=DjangoJSONEncoder))
    return plain


def _receipt(day: date) -> str:
    return f"{day:%Y%m%d}-" + "".join(secrets.choice(RECEIPT) for _ in range(8))


def redate(case: Case) -> bool:
    """Count a deadline again, since days off that were entered later may move it; tell whether."""
    with transaction.atomic():
        locked = Case.objects.select_for_update().get(pk=case.pk)
        due = None if locked.closed_on else locked.stage.ends(locked)
        Case.objects.filter(pk=case.pk).update(due_on=due)
        return due != locked.due_on


def _move(case: Case, action: Action, entry: Entry, day: date) -> None:
    to = case.procedure.after(case.stage, action.to)
    if to == CLOSED:
        case.closed_on, case.outcome, case.due_on = day, action.key, None
    elif action.to != STAY:
        case.stage_key, case.stage_since, case.entered = to, day, entry
        case.due_on = case.stage.ends(case)
    case.save()
    if action.to != STAY:
        message.moved(case, entry, day)
