"""Units (单位): found by any of their names; one that no register named yet is entered."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from . import journal
from .fitting import fitted
from .in_post import ask_office
from .models import Organization, Post
from .refused import Refused


def named(name: str) -> Organization | None:
    """Return the unit of a name, a short name or a name that it once bore; the whole name first."""
    name = name.strip()
    if not name:  # the short name of many is empty
        return None
    found = list(Organization.objects.filter(Q(name=name) | Q(short_name=name))[:2])
    found.sort(key=lambda unit: unit.name != name)
    if found:
        return found[0]
    others = Organization.objects.exclude(aliases=[])
    return next((unit for unit in others if name in unit.aliases), None)


@transaction.atomic
def enter(name: str, kind: str, *, actor: Post, day: date) -> Organization:
    """Enter a unit; refused when its name is in use already."""
    ask_office(actor, day, _("单位由联席会议办公室经办人登记。"))
    name = " ".join(name.split())
    if known := named(name):
        raise Refused(_("“{name}”已登记为{unit}。").format(name=name, unit=known))
    unit = Organization(name=name, kind=kind, demonstration=actor.demonstration, order=10_000)
    fitted(unit).save()
    journal.write(actor, "enter-unit", unit, day=day, kind=kind)
    return unit
