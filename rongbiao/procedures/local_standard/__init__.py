"""市级地方标准制修订 DB3501/T, from the application to its filing with the province.

Standardization Law (2017) arts. 2, 13–16, 22, 24; Measures for Local Standards (SAMR Order
26, 2020) arts. 3–22; the reform of 2025 (consistency assessed at the gate and again before
approval; who proposes organizes, who manages publicizes, who cites answers).
Drafters and their units never review what they drafted.
"""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from rongbiao.cases.models import Case
from rongbiao.cases.procedure import CLOSED, STAY, Action, Procedure
from rongbiao.stages.kinds import Check, Consultation, Decision, Filing, Notice, Panel, Work, never
from rongbiao.stages.people import applicant as proposer
from rongbiao.stages.people import auditor, drafter, expert_of, officer, public, signer_of
from rongbiao.stages.stays import Course, Stay

from . import clocks, effects, guards, opinions
from .filing import FOLLOWED, SENT
from .forms import (
    Announcement,
    Application,
    Audit,
    BeforeApproval,
    Draft,
    Filed,
    ForApproval,
    ForReview,
    Minutes,
    PatentNotice,
    PlanChange,
    PlanNotice,
    Reason,
    Route,
    Suggestion,
    Text,
    Vote,
)
from .gate import Gate
from .people import competent

TERMINATE = Action("terminate", _("终止项目"), officer, to=CLOSED, form=Reason, public=True)
CHANGE = Action(
    "change",
    _("变更计划"),
    officer,
    to=STAY,
    form=PlanChange,
    effect=effects.change_plan,
    public=True,
)
SUGGEST = Action(
    "suggest",
    _("建议变更或者终止"),
    proposer | drafter,
    to=STAY,
    form=Suggestion,
    effect=effects.tell_office,
)
PLANNED = (CHANGE, TERMINATE, SUGGEST)


class LocalStandard(Procedure):
    key = "local_standard"
    name = _("市级地方标准制修订")
    mark = "DB"
    law = "local_standard"
    opened_by = competent
    readers = proposer | officer | auditor | drafter | signer_of | expert_of | public
    stages = (
        Filing(
            key="application",
            name=_("立项申请"),
            code="10",
            form=Application,
            effect=effects.name_case,
            documents=(_("立项申请书"), _("标准草案"), _("论证材料"), _("查新报告")),
        ),
        Check(
            key="acceptance",
            name=_("立项审查"),
            code="10",
            back="application",
            form=Gate,
            accept=_("通过审查"),
            decline=_("不予立项"),
            more=(
                Action(
                    "route",
                    _("转其他层级标准"),
                    officer,
                    to=CLOSED,
                    form=Route,
                    effect=effects.route,
                ),
            ),
        ),
        Panel(
            key="appraisal",
            name=_("立项论证"),
            code="10",
            back="application",
            form=Minutes,
            ballot=Vote,
            more=(Action("reject", _("不予立项"), officer, to=CLOSED, form=Reason),),
            documents=(_("论证会纪要"), _("专家签名表")),
        ),
        Decision(
            key="plan",
            name=_("立项下达"),
            code="10",
            back="appraisal",
            form=PlanNotice,
            effect=effects.issue_plan,
            approve=_("下达计划"),
            documents=(_("立项计划通知"),),
        ),
        Work(
            key="drafting",
            name=_("起草"),
            code="20",
            form=Draft,
            finish=_("提交征求意见稿"),
            effect=effects.ask_around,
            more=PLANNED,
            documents=(_("征求意见稿"), _("编制说明")),
        ),
        Consultation(
            key="consultation",
            name=_("征求意见"),
            code="30",
            rule="consultation_days",
            alone="close",
            more=PLANNED,
            documents=(_("征求意见函"), _("征求意见表")),
        ),
        Work(
            key="disposition",
            name=_("意见处理"),
            code="30",
            form=ForReview,
            disposes="comment",
            effect=effects.answer_commenters,
            finish=_("提交送审稿"),
            more=(
                Action(
                    "consult_again",
                    _("再次征求意见"),
                    drafter | proposer | officer,
                    to="consultation",
                    form=Draft,
                ),
                *PLANNED,
            ),
            documents=(_("送审稿"), _("编制说明"), _("征求意见汇总处理表")),
        ),
        Panel(
            key="review",
            name=_("技术审查"),
            code="40",
            back="disposition",
            form=Minutes,
            ballot=Vote,
            more=PLANNED,
            documents=(_("审查会议纪要"), _("专家签名表"), _("专家意见汇总处理表")),
        ),
        Work(
            key="submission",
            name=_("报批"),
            code="40",
            form=ForApproval,
            finish=_("提交报批稿"),
            guards=(opinions.ANSWERED,),
            more=(
                Action(
                    opinions.ANSWER,
                    _("处理专家意见"),
                    drafter | proposer,
                    to=STAY,
                    form=opinions.ExpertAnswers,
                    guards=(opinions.GIVEN,),
                ),
                *PLANNED,
            ),
            documents=(_("报批稿"), _("编制说明"), _("一致性评估"), _("公平竞争审查结论")),
        ),
        Check(
            key="audit",
            name=_("报批审核"),
            code="50",
            by=proposer,
            back="submission",
            form=Audit,
            to="approval",
            accept=_("审核同意"),
            decline=_("建议终止"),
            more=PLANNED,
        ),
        Notice(
            key="approval_notice",
            name=_("报批公示"),
            code="50",
            rule="approval_notice_days",
            alone="close",
            more=PLANNED,
            documents=(_("公示"), _("报批稿")),
        ),
        Decision(
            key="approval",
            name=_("批准发布"),
            code="50",
            by=officer & never(_("未办理立项审查"), "accept"),
            back="submission",
            form=Announcement,
            guards=(guards.NOTICE_HELD, guards.PATENTS_PUBLISHED),
            effect=effects.publish,
            more=(
                Action(
                    "announce",
                    _("报批公示"),
                    officer,
                    to="approval_notice",
                    form=BeforeApproval,
                    guards=(guards.NOTICE_ASKED,),
                    public=True,
                ),
                Action(
                    "publish_patents",
                    _("公布涉及专利的信息"),
                    officer,
                    to=STAY,
                    form=PatentNotice,
                    public=True,
                ),
                *PLANNED,
            ),
            documents=(_("批准发布公告"),),
        ),
        Work(
            key="disclosure",
            name=_("公开文本"),
            code="60",
            by=officer,
            rule="disclosure_days",
            since="approve",
            form=Text,
            finish=_("公开文本"),
            effect=effects.disclose,
        ),
        Work(
            key="filing",
            name=_("备案"),
            code="60",
            by=officer,
            rule="filing_days",
            since="approve",
            form=Filed,
            finish=_("备案完成"),
            guards=(SENT,),
            effect=effects.note_filing,
            more=FOLLOWED,
            documents=(_("发布公告"), _("标准文本"), _("备案表")),
        ),
    )

    @classmethod
    def course(cls, case: Case, stays: Sequence[Stay], day: date) -> Course | None:
        """Return the clock from the plan notice to the publication."""
        return clocks.course_of(case, stays, day)
