"""What must hold on the way of a local standard."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.cases.models import Case
from rongbiao.cases.procedure import Guard
from rongbiao.parties.refused import Refused


def patents_known(case: Case) -> bool:
    """Tell whether anybody disclosed a patent in what was handed in."""
    return any(
        answers.get("patents") == "disclosed"
        for answers in case.entries.filter(action_key__in=("submit", "consult_again")).values_list(
            "answers", flat=True
        )
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
