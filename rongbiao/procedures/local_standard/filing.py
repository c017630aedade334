"""Filing with the province (备案): sent, perhaps sent back, followed until it is accepted.

The same for what was issued and for what was abolished (Measures for Local Standards).
"""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.cases.models import Case
from rongbiao.cases.procedure import STAY, Action, Guard
from rongbiao.parties.refused import Refused
from rongbiao.stages.people import officer

from .forms import Rejected, Sent


def _sent(case: Case, day: date) -> None:
    sent = case.this_round("send").last()
    rejected = case.this_round("rejected").last()
    if sent is None:
        raise Refused(_("备案材料还没有报送。"))
    if rejected and rejected.seq > sent.seq:
        raise Refused(_("备案材料于 {day} 被退回，请改正后重新报送。").format(day=rejected.day))


SENT = Guard(name=gettext_lazy("备案材料已报送"), test=_sent, rule="filing_days")
FOLLOWED = (
    Action("send", gettext_lazy("报送备案"), officer, to=STAY, form=Sent),
    Action("rejected", gettext_lazy("备案被退回"), officer, to=STAY, form=Rejected),
)
