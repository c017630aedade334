"""Drawing (抽取): a list is frozen, its seed committed; later revealed, and never silently again.

The seed is kept sealed (``archive.sealing``): who reads the database, or a backup of it,
before it is revealed cannot compute who will be drawn; who also holds the installation's
secret can. That is why a witness may say something aloud when the draw is revealed: it is
mixed in, and nobody could know it when the list was frozen.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rongbiao.archive.sealing import Broken, open_seal, seal
from rongbiao.texts import lots
from rongbiao.texts.lots import Absence, Box, Lot, Rules

from . import journal, serial
from .fitting import fitted
from .in_post import ask_office
from .models import Draw, Post
from .refused import Refused

SALT_BYTES = 16
MOST_CANDIDATES = 20_000
State = Draw.State


@dataclass(frozen=True)
class Matter:
    """What is drawn for: the purpose and the case, in words; the conditions, in words.

    ``asked`` is JSON by which whoever built the list can build it again; ``grounds`` are
    the whole sentences of why each key is out, kept inside the office.
    """

    purpose: str
    basis: str
    conditions: tuple[str, ...] = ()
    asked: Any = None
    grounds: Mapping[str, Sequence[str]] = field(default_factory=dict)


@transaction.atomic
def freeze(
    matter: Matter, candidates: Sequence[Lot], rules: Rules, *, actor: Post, day: date
) -> Draw:
    """Freeze a list and commit to a seed; return the draw, whose digest and commitment are public.

    ``candidates`` are all who were looked at, those who are out with the reasons. Refused
    when the list is too small for the rules, in a sentence that says how many are lacking
    and which conditions exclude most; and when the matter has been drawn for already.
    """
    ask_office(actor, day, _("抽取由联席会议办公室经办人办理。"))
    matter = replace(matter, purpose=matter.purpose.strip(), basis=matter.basis.strip())
    if not matter.purpose or not matter.basis:
        raise Refused(_("请写明抽取的用途和办件编号（或依据）。"))
    number = _number(actor, day)  # first: two who freeze at once come here one after the other
    before = Draw.objects.filter(purpose=matter.purpose, basis=matter.basis).first()
    if before:
        raise Refused(
            _(
                "“{basis}”的{purpose}已有抽取 {number}；要重新抽取，请在该记录上办理并写明理由。"
            ).format(basis=matter.basis, purpose=matter.purpose, number=before)
        )
    return _frozen(number, matter, candidates, rules, actor, day)


@transaction.atomic
def reveal(draw: Draw, witness: str = "", *, actor: Post, day: date) -> Draw:
    """Reveal the seed and draw; refused a second time, and when anything was altered since.

    ``witness`` is what a witness said aloud, for instance three digits; it may be empty.
    """
    draw = _locked(draw, actor, day)
    if draw.state != State.FROZEN:
        raise Refused(_already(draw))
    if lots.Box(**_box(draw.head), lots=tuple(lots_of(draw))).digest != draw.digest:
        raise Refused(_("候选名单与冻结时公布的摘要不符，已被改动，不能抽取。"))
    seed = _opened(draw)
    draw.seed, draw.witness = seed.hex(), " ".join(witness.split())
    draw.state, draw.revealed_by = State.DRAWN, actor
    draw.revealed_on, draw.revealed_at = day, timezone.now()
    _fill(draw)
    fitted(draw).save()
    names = [one["name"] for one in draw.drawn]
    journal.write(actor, "draw", draw, day=day, seed=draw.seed, witness=draw.witness, drawn=names)
    return draw


@transaction.atomic
def replace_absent(draw: Draw, absent: Sequence[str], why: str, *, actor: Post, day: date) -> Draw:
    """Make good absences from the reserves, in order and under the same rules.

    ``absent`` are keys of the drawn or of reserves. What was drawn first stays as it is;
    ``seated`` says who comes now. Refused when the reserves do not suffice.
    """
    draw = _locked(draw, actor, day)
    if draw.state != State.DRAWN:
        raise Refused(_("抽取 {number} {state}，不能补抽。").format(
            number=draw, state=draw.get_state_display()))  # fmt: skip
    if not why.strip():
        raise Refused(_("请写明缺席的理由。"))
    people = {one["key"]: one["name"] for one in (*draw.drawn, *draw.reserves)}
    gone = {key for one in draw.absences for key in one["keys"]}
    keys = list(dict.fromkeys(absent))
    if not keys or not set(keys) <= people.keys() - gone:
        raise Refused(_("请从抽中和备选的人员中选择缺席的人，已登记缺席的不必再选。"))
    draw.absences = [
        *draw.absences,
        {"keys": keys, "why": why.strip()[:300], "day": day.isoformat()},
    ]
    try:
        _fill(draw)
    except lots.Short as short:
        raise Refused(_("备选人员中没有符合条件的人可以补上，请重新抽取并写明理由。")) from short
    fitted(draw).save()
    names = "、".join(people[key] for key in keys)
    journal.write(actor, "replace-absent", draw, day=day, why=why.strip(), absent=names)
    return draw


@transaction.atomic
def again(
    draw: Draw,
    why: str,
    candidates: Sequence[Lot],
    grounds: Mapping[str, Sequence[str]] | None = None,
    *,
    actor: Post,
    day: date,
) -> Draw:
    """Freeze a new list for the same matter; the draw before stays, and the new one says why.

    Refused before the seed of the one before is revealed, unless it cannot be opened any
    more: nobody drops a draw unseen.
    """
    draw = _locked(draw, actor, day)
    if draw.state == State.FROZEN and _opens(draw):
        raise Refused(_("抽取 {number} 的种子还没有揭示；请先抽取，再说明为什么重新抽取。").format(
            number=draw))  # fmt: skip
    if draw.state == State.REPEATED:
        raise Refused(_("抽取 {number} 已由抽取 {other} 重新抽取。").format(
            number=draw, other=draw.repeated_by))  # fmt: skip
    if not why.strip():
        raise Refused(_("请写明重新抽取的理由。"))
    draw.state = State.REPEATED
    draw.save(update_fields=["state"])
    head = draw.head
    conditions = tuple(head["conditions"])
    matter = Matter(draw.purpose, draw.basis, conditions, draw.asked, grounds or {})
    rules = Rules(**head["rules"])
    number = _number(actor, day)
    new = _frozen(number, matter, candidates, rules, actor, day, before=draw, why=why.strip())
    journal.write(actor, "draw-again", draw, day=day, why=why.strip(), new=new.number)
    return new


def _number(actor: Post, day: date) -> str:
    """Take the next number of the year; the demonstration counts for itself."""
    mark = "-demo" if actor.demonstration else ""
    taken = serial.take(f"draw-{day.year}", demonstration=actor.demonstration)
    return f"{day.year}-{taken:03}{mark}"


def _frozen(
    number: str,
    matter: Matter,
    candidates: Sequence[Lot],
    rules: Rules,
    actor: Post,
    day: date,
    *,
    before: Draw | None = None,
    why: str = "",
) -> Draw:
    """Salt and seal the list, commit to a seed."""
    _check(candidates, rules)
    now = timezone.localtime()
    salted = [replace(lot, salt=secrets.token_hex(SALT_BYTES)) for lot in candidates]
    box = Box(
        number=number,
        purpose=matter.purpose,
        basis=matter.basis,
        frozen_at=now.isoformat(timespec="seconds"),
        rules=rules,
        conditions=matter.conditions,
        turn=before.turn + 1 if before else 1,
        replaces=before.number if before else "",
        reason=why,
        lots=tuple(salted),
    )
    seed = lots.new_seed()
    draw = Draw(
        number=number,
        purpose=box.purpose,
        basis=box.basis,
        turn=box.turn,
        replaces=before,
        reason=why,
        asked=matter.asked or {},
        head=box.head(),
        lots=[_row(lot) for lot in salted],
        grounds={key: list(why) for key, why in matter.grounds.items()},
        digest=box.digest,
        commitment=lots.commitment_of(seed),
        sealed=seal(f"draw {number}", {"seed": seed.hex()}),
        frozen_by=actor,
        frozen_on=day,
        frozen_at=now,
        demonstration=actor.demonstration,
    )
    fitted(draw).save()
    said = {"digest": draw.digest, "commitment": draw.commitment}
    journal.write(actor, "freeze-draw", draw, day=day, **said)
    return draw


def _check(candidates: Sequence[Lot], rules: Rules) -> None:
    """Refuse a list that is too small or too long for its rules."""
    if rules.count < 1 or max(rules.count, rules.reserves, rules.per_unit) > lots.MOST_SEATS:
        raise Refused(
            _("抽取人数应为 1 至 {most} 人，备选不超过 {most} 人。").format(most=lots.MOST_SEATS)
        )
    if len(candidates) > MOST_CANDIDATES:
        raise Refused(
            _("候选名单有 {n} 人，超过 {most} 人的上限。").format(
                n=len(candidates), most=MOST_CANDIDATES
            )
        )
    if lack := lots.shortage(candidates, rules):
        raise Refused(lacking(lack, candidates, rules))


def lacking(lack: lots.Shortage, candidates: Sequence[Lot], rules: Rules) -> str:
    """Say what a list lacks under the rules, and which conditions exclude most."""
    if lack.rule == "many":
        return _("候选有 {found} 人，既按单位又按类别限定时不能超过 {needed} 人。").format(
            found=lack.found, needed=lack.needed
        )
    if lack.rule == "together":
        return _(
            "各类最少人数合计 {needed} 人，与抽取 {found} 人、每单位人数不能同时满足。"
        ).format(needed=lack.needed, found=lack.found)
    words = {
        "all": _("符合条件的只有 {found} 人，抽取和备选共需 {needed} 人，尚缺 {lack} 人。"),
        "units": _("按每单位人数上限只能抽 {found} 人，应抽 {needed} 人，尚缺 {lack} 人。"),
        "group": _("“{group}”按规则只有 {found} 人可抽，最少应有 {needed} 人，尚缺 {lack} 人。"),
    }[lack.rule]
    said = words.format(
        found=lack.found, needed=lack.needed, lack=lack.needed - lack.found, group=lack.group
    )
    most = excluded(candidates)[:3]
    if not most:
        return said
    reasons = _("、").join(
        ngettext("{why}（{n} 人）", "{why}（{n} 人）", n).format(why=why, n=n) for why, n in most
    )
    return said + _("排除最多的条件：{reasons}。").format(reasons=reasons)


def excluded(candidates: Sequence[Lot]) -> list[tuple[str, int]]:
    """Return how many each reason excludes, the most first; one person may have several."""
    counts: dict[str, int] = {}
    for lot in candidates:
        for why in lot.why:
            counts[why] = counts.get(why, 0) + 1
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def lots_of(draw: Draw) -> list[Lot]:
    """Return the frozen list."""
    return [Lot(**(row | {"why": tuple(row["why"])})) for row in draw.lots]


def record_of(draw: Draw, *, inside: bool) -> dict[str, Any]:
    """Return the record of a draw, from which anybody recomputes it.

    To the public nobody is shown before the seed is revealed, and afterwards those who
    were in; who was out, and why somebody did not come, only ``inside`` the office.
    """
    revealed = bool(draw.seed)
    absences = [
        Absence(tuple(one["keys"]), one["why"] if inside else "", one["day"])
        for one in draw.absences
    ]
    return lots.written(
        draw.head,
        lots_of(draw),
        draw.digest,
        draw.commitment,
        bytes.fromhex(draw.seed),
        draw.witness,
        absences,
        opened=lambda lot: inside or (revealed and lot.eligible),
    )


def _row(lot: Lot) -> dict[str, Any]:
    row = {name: getattr(lot, name) for name in ("key", "name", "unit", "group", "salt")}
    return row | {"why": list(lot.why)}


def _box(head: dict[str, Any]) -> dict[str, Any]:
    """Return what a box is made of, from what its digest covers."""
    said = {name: value for name, value in head.items() if name != "algorithm"}
    return said | {"rules": Rules(**head["rules"]), "conditions": tuple(head["conditions"])}


def _fill(draw: Draw) -> None:
    """Write who was drawn, who waits and who comes, as the seed and the absences give it."""
    record = record_of(draw, inside=True)
    for part in ("drawn", "reserves", "seated"):
        setattr(draw, part, [one | {"post": _post(one["key"])} for one in record[part]])


def _post(key: str) -> int | None:
    """Return the post that a key names; what is no post (an object to be inspected) has none."""
    kind, _colon, pk = key.partition(":")
    return int(pk) if kind == "post" else None


def _locked(draw: Draw, actor: Post, day: date) -> Draw:
    ask_office(actor, day, _("抽取由联席会议办公室经办人办理。"))
    return Draw.objects.select_for_update(of=("self",)).get(pk=draw.pk)


def _already(draw: Draw) -> str:
    at = timezone.localtime(draw.revealed_at)
    return _("抽取 {number} 已由{who}于{at:%Y-%m-%d %H:%M}抽出，不能再抽。").format(
        number=draw, who=draw.revealed_by, at=at
    )


def _opened(draw: Draw) -> bytes:
    try:
        seed = bytes.fromhex(open_seal(f"draw {draw.number}", draw.sealed)["seed"])
    except Broken as bad:
        raise Refused(
            _("密封的种子打不开：它被改动过，或平台换了密钥。请写明情况，重新抽取。")
        ) from bad
    if lots.commitment_of(seed) != draw.commitment:
        raise Refused(_("种子与冻结时公布的承诺不符，已被改动，不能抽取。"))
    return seed


def _opens(draw: Draw) -> bool:
    """Tell whether the seed can still be revealed."""
    try:
        return bool(_opened(draw))
    except Refused:
        return False
