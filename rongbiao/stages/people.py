"""The people of a case (经办的各方), by name; each with the two faces of ``Who``."""

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from rongbiao.cases.models import Case, Entry
from rongbiao.cases.who import ALL, NONE, Who, holding, seated
from rongbiao.parties.models import Post
from rongbiao.parties.post import HANDLERS


def _handles(actor: Post | None, case: Case) -> bool:
    return bool(actor and actor.role in HANDLERS and actor.organization_id == case.applicant_id)


def _handled(actor: Post | None) -> Q:
    return Q(applicant=actor.organization_id) if actor and actor.role in HANDLERS else NONE


anyone = Who(_("任何单位和个人"), lambda actor, case: True, lambda actor: ALL)
nobody = Who(_("平台"), lambda actor, case: False, lambda actor: NONE)  # the clock alone
applicant = Who(_("申请单位"), _handles, _handled)
officer = holding(_("联席会议办公室经办人"), Post.Role.OFFICER)
auditor = holding(_("审计员"), Post.Role.AUDITOR)
expert = seated(_("评审专家"), "expert")
expert_of = seated(_("评审专家"), "expert", here=False)
drafter = seated(_("起草单位"), "drafter", here=False)
signer = seated(_("会签单位"), "signer")
signer_of = seated(_("会签单位"), "signer", here=False)
invited = seated(_("定向征求意见的单位"), "invited")
department = seated(_("承办部门"), "department", here=False)
inspector = seated(_("检查人员"), "inspector", here=False)
public = Who(
    _("公众"),
    lambda actor, case: case.public_since is not None,
    lambda actor: Q(public_since__isnull=False),
)


def pending(name: Any, *keys: str) -> Who:
    """Return anybody, as long as nobody has done some actions in this round of the stage."""

    def rows(actor: Post | None) -> Q:
        del actor
        done = Entry.objects.filter(case=OuterRef("pk"), action_key__in=keys)
        return ~Q(Exists(done.filter(seq__gt=Coalesce(OuterRef("entered__seq"), 0))))

    return Who(name, lambda actor, case: not case.this_round(*keys).exists(), rows)
