"""团体标准 T/…: an association makes one on the platform, or declares one that it has issued.

Standardization Law (2017) arts. 18, 21, 27; 团体标准管理规定 (2019): comments of the public for
thirty days, three quarters of the votes, drafters and their units without a vote, a number
of the association's own, public by declaration. The office approves nothing of it.
"""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from rongbiao.cases.models import Case, Entry
from rongbiao.cases.procedure import CLOSED, Action, Procedure
from rongbiao.parties.refused import Refused
from rongbiao.procedures.enterprise_account import legal_person
from rongbiao.procedures.local_standard import effects
from rongbiao.procedures.local_standard.forms import Draft, ForReview, Minutes, Reason
from rongbiao.stages.kinds import Check, Consultation, Decision, Filing, Panel, Work
from rongbiao.stages.people import applicant, auditor, drafter, expert_of, officer, public
from rongbiao.standards import societies
from rongbiao.standards.societies import Issued

from .forms import Declared, GroupConvening, Issuing, Proposal, indicators_in
from .people import society

STOP = (Action("terminate", _("终止项目"), applicant, to=CLOSED, form=Reason, public=True),)
PLAIN = (
    "number", "document", "ics", "ccs", "abstract", "patents", "patent_words", "references",
    "notice", "drafted_by", "replaces", "title", "title_en",
)  # fmt: skip


def begin(case: Case, entry: Entry) -> None:
    """The association takes the project on: it is public, and its drafters may work."""
    filed = case.said("submit")
    case.public_since = case.public_since or entry.day
    effects.seat_drafters(case, effects.lines(filed["drafters"]), entry.day)


def issue(case: Case, entry: Entry, issued_on: date, said: dict[str, Any]) -> None:
    """Enter what an association makes public; ``said`` is everything that it said of it."""
    if entry.actor is None:
        raise Refused(str(_("团体标准由社会团体的经办人或者负责人公开。")))
    text = entry.attachments.filter(field="text").select_related("file").first()
    told = Issued(
        **{name: said[name] for name in PLAIN if said.get(name)},
        issued_on=issued_on,
        implemented_on=date.fromisoformat(said["implemented_on"]),
        drafters=effects.lines(said.get("drafters", "")),
        indicators=indicators_in(said.get("indicators", "")),
        text=text.file if text else None,
        text_public=bool(said.get("text_public")),
    )
    made = societies.publish(told, basis=case.number, actor=entry.actor, day=entry.day)
    case.standard, case.public_since = made.standard, case.public_since or entry.day
    case.title = str(made.standard)[:200]


def publish(case: Case, entry: Entry) -> None:
    """The association has approved: number, register, declaration on one day."""
    filed = case.entries.filter(stage_key="proposal", action_key="submit").last()
    if filed is None:
        raise Refused(str(_("本件没有提案，不能发布。")))
    known = {name: filed.answers[name] for name in ("title", "drafters")}
    issue(case, entry, entry.day, known | entry.answers)


def declare(case: Case, entry: Entry) -> None:
    """What was issued before is public from this day."""
    issue(case, entry, date.fromisoformat(entry.answers["issued_on"]), entry.answers)


class GroupStandard(Procedure):
    key = "group_standard"
    name = _("团体标准制修订")
    mark = "TB"
    law = "group_standard"
    opened_by = society
    readers = applicant | officer | auditor | drafter | expert_of | public
    stages = (
        Filing(
            key="proposal", name=_("提案"), code="10", form=Proposal, effect=effects.name_case,
            documents=(_("提案"), _("标准草案")),
        ),
        Check(
            key="acceptance", name=_("团体立项"), code="10", by=legal_person, back="proposal",
            accept=_("立项"), decline=_("不予立项"), effect=begin,
        ),
        Work(
            key="drafting", name=_("起草"), code="20", form=Draft, finish=_("提交征求意见稿"),
            effect=effects.ask_around, more=STOP, documents=(_("征求意见稿"), _("编制说明")),
        ),
        Consultation(
            key="consultation", name=_("征求意见"), code="30", by=drafter | applicant,
            rule="consultation_days", alone="close", more=STOP,
        ),
        Work(
            key="disposition", name=_("意见处理"), code="30", form=ForReview, disposes="comment",
            effect=effects.answer_commenters, finish=_("提交送审稿"),
            more=(
                Action(
                    "consult_again", _("再次征求意见"), drafter | applicant, to="consultation",
                    form=Draft,
                ),
                *STOP,
            ),
        ),
        Panel(
            key="review", name=_("技术审查"), code="40", by=applicant, convening=GroupConvening,
            back="disposition", form=Minutes, more=STOP,
            documents=(_("审查会议纪要"), _("专家签名表")),
        ),
        Decision(
            key="approval", name=_("批准发布"), code="60", by=legal_person, back="disposition",
            form=Issuing, effect=publish, approve=_("批准、编号并公开"), more=STOP,
            documents=(_("发布文件"), _("标准文本")),
        ),
    )  # fmt: skip


class GroupDeclaration(Procedure):
    """团体标准管理规定, 自我声明公开: number, name, issuing document, patents; the text is encouraged."""

    key = "group_declaration"
    name = _("团体标准自我声明公开")
    mark = "TS"
    law = "group_standard"
    opened_by = society
    readers = applicant | officer | auditor | public
    stages = (
        Filing(
            key="declare", name=_("声明公开"), code="60", form=Declared, effect=declare,
            documents=(_("发布文件"), _("标准文本")),
        ),
    )  # fmt: skip
