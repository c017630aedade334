"""监督抽查 (双随机): one drawn object is one case (Law, arts. 27, 32, 38, 39, 42; Order 83).

The sheet is filled in by the precheck and confirmed by the inspectors; an officer concludes.
What is wrong is to be put right by a new declaration within working days; what is not, is made
public, and goes to the province where only the province may abolish or cancel.
"""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rongbiao.cases.models import Case
from rongbiao.cases.procedure import STAY, Action, Guard, Procedure
from rongbiao.parties.refused import Refused
from rongbiao.stages.answers import Words
from rongbiao.stages.guards import done, elapsed
from rongbiao.stages.kinds import Inspection, Work
from rongbiao.stages.people import applicant, auditor, inspector, officer

from . import effects, forms


def _faults(case: Case) -> list[str]:
    last = case.this_round("record").last()
    return list(last.answers["faults"]) if last else []


def _clean(case: Case, day: date) -> None:
    if n := len(_faults(case)):
        words = gettext("检查记录有 {n} 项有问题，不能按合格办结，应当责令限期改正。")
        raise Refused(words.format(n=n))


def _faulty(case: Case, day: date) -> None:
    if case.this_round("record").exists() and not _faults(case):
        raise Refused(gettext("检查记录没有发现问题，不必责令改正。"))


def _provincial(case: Case, day: date) -> None:
    if not set(_faults(case)) & set(forms.PROVINCE.values()):
        raise Refused(
            gettext(
                "只有低于强制性标准等（《标准化法》第三十九条）或者编号（第四十二条）的问题，"
                "才移送省级部门废止或者撤销编号。"
            )
        )


def _declared_anew(case: Case, day: date) -> None:
    """The enterprise corrects by declaring: another version holds, or it declares it no more."""
    row = forms.inspection_of(case)
    if row is None or (row.declaration.withdrawn_on and row.declaration.withdrawn_on <= day):
        return
    now = row.declaration.statements.on(day).order_by("-ordinal").first()
    if now is None or now.pk == row.statement_id:
        raise Refused(
            gettext(
                "“{item}”还没有声明新的版本，也没有废止；请先在“本企业标准”中改正并声明。"
            ).format(item=row.declaration)
        )


CLEAN = Guard(_("没有发现问题"), _clean)
FAULTY = Guard(_("发现了问题"), _faulty)
PROVINCIAL = Guard(_("属于省级权限"), _provincial)
ANEW = Guard(_("已重新声明或者废止"), _declared_anew)
RECORDED = done("record", _("复查记录"), _("还没有复查记录，不能移送。"))
SENT = done("send", _("已移送"), _("还没有移送，不能登记处理结果。"))
STAFF = (
    Action("recuse", _("申请回避"), inspector, to=STAY, form=Words, effect=effects.stand_aside),
    Action(
        "another", _("更换检查人员"), officer, to=STAY, form=forms.Another,
        effect=effects.send_another,
    ),
)  # fmt: skip


class Supervision(Procedure):
    """Law, arts. 27, 32, 38, 39, 42; Order 83, arts. 12 and 14."""

    key = "supervision"
    name = _("企业标准监督抽查")
    mark = "CC"
    law = "supervision"
    begun_at = "campaigns"
    opened_by = officer
    readers = applicant | officer | auditor | inspector
    stages = (
        Work(
            key="opening", name=_("立案"), form=forms.Opening, by=officer, finish=_("立案"),
            effect=effects.take,
        ),
        Inspection(
            key="inspect", name=_("检查"), rule="inspection_days", form=forms.Checked, by=inspector,
            judge=officer, back="correct", passes="publish", fails="", order=forms.Order,
            passing=(CLEAN,), ordering=(FAULTY,), noted=effects.note, effect=effects.accept,
            ordered=effects.order, more=STAFF, documents=(_("检查记录表"),),
        ),
        Work(
            key="correct", name=_("限期改正"), rule="correction_days", form=forms.Corrected,
            by=applicant, finish=_("报告改正"), guards=(ANEW,), effect=effects.correct,
            documents=(_("责令改正通知书"),),
            more=(
                Action(
                    "receive", _("代收改正报告"), officer, form=forms.Corrected, guards=(ANEW,),
                    effect=effects.correct,
                ),
                Action(
                    "lapse", _("逾期未报告，直接复查"), officer, form=Words,
                    guards=(elapsed("correction_days"),),
                ),
            ),
        ),
        Inspection(
            key="recheck", name=_("复查"), rule="recheck_days", form=forms.Checked, by=inspector,
            judge=officer, back="correct", passes="publish", fails="publish",
            failed=_("逾期未改正"), order=forms.Order, passing=(CLEAN,), ordering=(FAULTY,),
            noted=effects.note, effect=effects.accept, ordered=effects.order, lost=effects.lose,
            documents=(_("检查记录表"),),
            more=(
                *STAFF,
                Action(
                    "transfer", _("移送省级部门"), officer, to="transfer",
                    guards=(RECORDED, PROVINCIAL),
                ),
            ),
        ),
        Work(
            key="transfer", name=_("移送"), rule="transfer_days", form=forms.Answered, by=officer,
            finish=_("登记省级处理结果"), guards=(SENT,), effect=effects.hand_over,
            documents=(_("移送函"),),
            more=(Action("send", _("移送"), officer, to=STAY, form=forms.Sending),),
        ),
        Work(
            key="publish", name=_("结果公示"), rule="publication_days", form=forms.Publication,
            by=officer, finish=_("公示"), effect=effects.publish,
        ),
    )  # fmt: skip
