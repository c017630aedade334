"""What must hold on the way of a local standard."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.cases.models import Case
from rongbiao.cases.procedure import Guard
from rongbiao.parties.refused import Refused


def patents_known(case: Case) -> bool:
    """Tell whether anybody disclosed a patent in what was handed in."""
    handed_in = case.entries.filter(action_key__in=("submit", "consult_again", "accept"))
    return any(
        answers.get("patents") == "disclosed"
        for answers in handed_in.values_list("answers", flat=True)
    )


def _patents_published(case: Case, day: date) -> None:
    """Patents known: the draft and they are published for 30 days first (2013 rules, art. 8)."""
    if not patents_known(case):
        return
    published = case.entries.filter(action_key="publish_patents").last()
    law = case.procedure.law_words("patent_days", case.opened_on)
    if published is None:
        raise Refused(
            _("本标准涉及专利，批准前应当公布标准草案和已知的专利信息（{law}）。").format(law=law)
        )
    if published.answers["licence"] == "refused":
        raise Refused(_("专利权人不同意许可，相关条款应当删除后再报批。"))
    last = case.end_of("patent_days", published.day).day
    if day <= last:
        raise Refused(
            _("涉及专利的信息公布至 {last} 24 时（{law}），届满前不能批准。").format(
                last=last, law=law
            )
        )


PATENTS_PUBLISHED = Guard(
    name=gettext_lazy("涉及专利的信息已公布满期"), test=_patents_published, rule="patent_days"
)


def _notice_asked(case: Case, day: date) -> None:
    """A notice before the approval is held where a rule asks for it."""
    if not int(case.law.approval_notice_days):
        words = _("本件立案时没有规定批准前公示（{law}），不需要办理。")
        law = case.procedure.law_words("approval_notice_days", case.opened_on)
        raise Refused(words.format(law=law))
    if _noticed(case):
        raise Refused(_("本次报批已经公示期满，不需要再公示。"))


def _notice_held(case: Case, day: date) -> None:
    """Where a rule asks for it, what is approved was public for its days, objections answered."""
    if int(case.law.approval_notice_days) and not _noticed(case):
        law = case.procedure.law_words("approval_notice_days", case.opened_on)
        raise Refused(_("批准前应当公示（{law}），请先办理“报批公示”。").format(law=law))


def _noticed(case: Case) -> bool:
    """Tell whether a notice ran to its end since the text was audited last."""
    audited = case.entries.filter(stage_key="audit", action_key="accept").last()
    ended = case.entries.filter(stage_key="approval_notice", action_key="close")
    return ended.filter(seq__gt=audited.seq if audited else 0).exists()


NOTICE_ASKED = Guard(
    name=gettext_lazy("规定批准前公示"), test=_notice_asked, rule="approval_notice_days"
)
NOTICE_HELD = Guard(
    name=gettext_lazy("批准前公示（有规定的）"), test=_notice_held, rule="approval_notice_days"
)
