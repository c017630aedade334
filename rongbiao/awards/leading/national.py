"""National leaders (国家级领跑者): recorded by officers with the list, its year and where it was read."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rongbiao.awards.models import NationalLeader
from rongbiao.parties import journal
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused


@transaction.atomic
def record(said: dict[str, Any], *, basis: str, actor: Post, day: date) -> NationalLeader:
    """Record one leader of a national list; refused to whoever is no officer, and the second time."""
    if not actor.is_officer:
        raise Refused(_("国家级领跑者由联席会议办公室经办人登记。"))
    if said["year"] > day.year:
        words = _("名单年度{year}还没有到，请核对。")
        raise Refused(words.format(year=said["year"]))
    names = ("title", "year", "product", "organization")
    if NationalLeader.objects.filter(**{name: said[name] for name in names}).exists():
        words = _("{year} 年度“{title}”已登记过{unit}的“{product}”。")
        raise Refused(
            words.format(
                year=said["year"], title=said["title"], unit=said["organization"],
                product=said["product"],
            )
        )  # fmt: skip
    row = NationalLeader.objects.create(
        **said, basis=basis, basis_on=day, demonstration=actor.demonstration
    )
    journal.write(actor, "national-leader", row, day=day, basis=basis, source=said["source"])
    return row
