"""Erasing (删除个人信息): what somebody said of themselves goes, the journal's chain holds.

Grounds, the duty to keep and the duty to give reasons: Personal Information Protection Law,
articles 47 and 50 (``law/tables/personal.toml``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from rongbiao.archive import emptying
from rongbiao.cases.models import Case, Entry, Personal
from rongbiao.law import InForce, periods
from rongbiao.parties import days, journal, rules
from rongbiao.parties.in_post import ask_office
from rongbiao.parties.journal import Act
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused
from rongbiao.standards import letters

VERB = "erase-personal"
PURPOSE = 1  # the first ground of the law: what it was asked for is done
SHORTEST = 2  # letters: whatever is shorter stands in any sentence


def law(day: date) -> InForce:
    """Return the rules on personal information of a day."""
    return rules.table("personal").at(day)


def grounds(day: date) -> list[tuple[int, str]]:
    """Return the grounds of the law by their numbers, in words."""
    return list(enumerate(law(day).rule("erasure_grounds").value, start=1))


def cited(ground: int, day: date) -> str:
    """Return a ground as a paper cites it: 《…》第四十七条第一款第三项."""
    return f"{law(day).rule('erasure_grounds').cited}第{'一二三四五六七八九'[ground - 1]}项"


@transaction.atomic
def erase(entry: Entry, *, actor: Post | None, day: date, ground: int, reason: str) -> Act:
    """Erase what an entry says about a person; return the line of the journal that says so.

    A letter about it that still waits, or lies in the outbox of an installation without a mail
    server, goes too, and the log of the embedded database is emptied. ``ground`` is the number
    of the law's ground. Refused to whoever is no officer, where nothing is left to erase, while
    the law orders it to be kept, while it is still needed for what it was given for, and where
    the reason itself would keep what is to be erased.
    """
    who = ask_office(actor, day, _("个人信息由联席会议办公室经办人按规定删除。"))
    said = Personal.objects.select_for_update().filter(entry=entry).first()
    if said is None:
        raise Refused(_("第 {n} 条记录没有个人信息，或已经删除。").format(n=entry.seq))
    words = dict(grounds(day)).get(ground)
    if words is None:
        raise Refused(_("请选择删除的情形。"))
    if not reason.strip():
        raise Refused(_("删除个人信息应写明理由。"))
    _ask_not_kept(entry.case, day)
    if ground == PURPOSE and not _settled(entry):
        raise Refused(
            _(
                "{case}尚未办结，也还没有答复，为办理所需的个人信息不能以“{ground}”删除；请在答复或者办结后再办。"
            ).format(case=entry.case.number, ground=words)
        )
    _ask_nameless(reason, said.words)
    if entry.receipt and (address := said.words.get("email")):
        letters.forget(address, entry.receipt)
    said.delete()
    transaction.on_commit(emptying.empty_log, robust=True)
    return journal.write(
        who, VERB, entry.case, day=day, entry=entry.seq,
        ground=words, basis=cited(ground, day), reason=reason.strip(),
    )  # fmt: skip


def _ask_not_kept(case: Case, day: date) -> None:
    """Refuse while a law or regulation orders what a dossier holds to be kept."""
    kept = law(day).rule("keep_months")
    if not kept.value:
        return
    end = periods.ends(case.closed_on, kept, days.calendar()).day if case.closed_on else None
    if end is not None and day > end:
        return
    until = _("须保存至 {day}").format(day=end) if end else _("尚未办结")
    raise Refused(
        _(
            "{case}的个人信息办结后须保存{amount}（{source}），{until}，现在不能删除：只存储和保护，不作其他处理，"
            "并向本人说明理由（{why}）。"
        ).format(
            case=case.number, amount=kept.amount, source=kept.cited, until=until,
            why=law(day).rule("refusal_reasoned").cited,
        )
    )  # fmt: skip


def _settled(entry: Entry) -> bool:
    """Tell whether what an entry asked for is done: its case is closed, or it was answered."""
    done = entry.answered.filter(action_key__in=("dispose", "hide"))
    return entry.case.closed_on is not None or done.exists()


def _ask_nameless(reason: str, words: Mapping[str, str]) -> None:
    """Refuse a reason that repeats what is to be erased; it stays in the journal for good."""
    for word in map(str, words.values()):
        if len(word) >= SHORTEST and word in reason:
            raise Refused(
                _(
                    "理由会一直留在办理记录里，不能写要删除的姓名、电话和邮箱，请改为受理号或者“本人”。"
                )
            )


def erased(case: Case) -> dict[int, Act]:
    """Return which entries of a case were emptied, by their places, each with its line; one query."""
    rows = Act.objects.filter(subject_key=journal.key_of(case), verb=VERB).order_by("pk")
    return {int(row.words["entry"]): row for row in rows}
