"""Entering requirements (登记技术要求): what indicators are held against, with the basis of each."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import CharField
from django.utils.translation import gettext as _

from rongbiao.parties import journal
from rongbiao.parties.in_post import ask_office
from rongbiao.parties.models import Post
from rongbiao.parties.refused import Refused
from rongbiao.texts.indicators import NotALimit, read_limit

from .models import Requirement, Standard

FIELDS = ("name", "limit", "unit", "method", "clause")


@transaction.atomic
def enter(
    standard: Standard,
    rows: Iterable[Mapping[str, str]],
    basis: str,
    *,
    actor: Post,
    day: date,
) -> list[Requirement]:
    """Write the requirements of an edition anew, in their order; refused whole.

    A row has name, limit, unit, method and clause. Refused without a basis, where a name comes
    twice, where a limit cannot be read, and where something is longer than its column.
    """
    ask_office(actor, day, _("标准的技术要求由联席会议办公室经办人登记。"))
    if not basis.strip():
        raise Refused(_("登记技术要求应写明依据。"))
    made: dict[str, Requirement] = {}
    for place, row in enumerate(rows, start=1):
        said = {name: row.get(name, "").strip() for name in FIELDS}
        for name, text in said.items():
            field = Requirement._meta.get_field(name)
            assert isinstance(field, CharField)
            if len(text) > (field.max_length or 0):
                words = _("第 {n} 项的“{field}”超过 {most} 字。")
                raise Refused(
                    words.format(n=place, field=field.verbose_name, most=field.max_length)
                )
        try:
            read_limit(said["limit"], said["unit"])
        except NotALimit as bad:
            words = _("第 {n} 项“{name}”的指标值“{limit}”不能识别。")
            raise Refused(
                words.format(n=place, name=said["name"], limit=said["limit"][:40])
            ) from bad
        if not said["name"] or said["name"] in made:
            words = _("第 {n} 项“{name}”没有名称或者与前面的重复。")
            raise Refused(words.format(n=place, name=said["name"]))
        made[said["name"]] = Requirement(
            standard=standard, place=place, basis=basis.strip(), basis_on=day,
            demonstration=actor.demonstration, **said,
        )  # fmt: skip
    standard.requirements.all().delete()
    rows_made = Requirement.objects.bulk_create(made.values())
    journal.write(actor, "enter-requirements", standard, day=day, basis=basis, n=len(rows_made))
    return rows_made
