"""Who makes group standards: an association that the office has entered in the register."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rongbiao.cases.models import Case
from rongbiao.cases.who import ALL, NONE, Who
from rongbiao.parties.models import Post
from rongbiao.standards.declaring import DECLARERS
from rongbiao.standards.models import Association


def _registered(actor: Post | None) -> bool:
    return bool(
        actor
        and actor.role in DECLARERS
        and Association.objects.filter(organization=actor.organization_id).exists()
    )


def _rows(actor: Post | None) -> Q:
    return ALL if _registered(actor) else NONE


def _test(actor: Post | None, case: Case) -> bool:
    return _registered(actor)


society = Who(_("已登记的社会团体"), _test, _rows)
